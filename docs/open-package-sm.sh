#!/bin/sh
# Opens one compartment of a bid package of the SM suite with stock tools only: unzip, openssl (3.0 or later), sed, awk.
#
#   open-package-sm.sh PACKAGE ROOTS.pem COMPARTMENT KEY FOLDER [TIME]
#
# As open-package.sh; check-signature-sm.sh, which checks the signatures, and package-steps.sh lie beside it. The bidder
# must have an SM2 key. Ends with 0 when everything was authenticated and all documents lie in FOLDER.
set -eu
package=$(realpath "$1") roots=$(realpath "$2") compartment=$3 key=$4 folder=$(realpath -m "$5") time=${6:-$(date +%s)}
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=docs/package-steps.sh
. "$here/package-steps.sh"
sm3() { openssl dgst -sm3 -binary "$1"; }
# check_signed SIGNATURE CONTENT: the signer's certificate
check_signed() { sh "$here/check-signature-sm.sh" "$1" "$2" "$roots" "$time"; }

unpack "$package" "$work/package"
cd "$work/package"

# 1. The seal: the bidder's signature over the list of digests, and the digests.
check_signed META-INF/signature.p7s META-INF/ASiCManifest.xml >"$work/bidder.pem"
sealed_parts META-INF/ASiCManifest.xml >"$work/sealed"
while read -r part digest; do
    [ "$(sm3 "$part" | openssl base64 -A)" = "$digest" ] || fail "$part differs from what the bidder sealed"
done <"$work/sealed"

# 2. The manifest of the compartment: sealed under its own key, signed by the bidder.
unseal() { # its digest was compared above
    own=$(printf 'evalclient-part-key/1\n%s' "$1" | openssl dgst -sm3 -mac HMAC -macopt "hexkey:$key" -r | head -c 32)
    openssl cms -EncryptedData_decrypt -inform DER -binary -secretkey "$own" -in "$1"
}
require_sealed "META-INF/manifest.$compartment.p7m" "$work/sealed"
unseal "META-INF/manifest.$compartment.p7m" >"$work/manifest.p7m"
check_signed "$work/manifest.p7m" "$work/manifest" >"$work/signer.pem"
cmp -s "$work/signer.pem" "$work/bidder.pem" || fail "the manifest is not the bidder's"
[ "$(head -n 1 "$work/manifest")" = evalclient-manifest/1 ]

# 3. The documents: their volumes, one after another, each with the digest that the manifest says.
mkdir -p "$folder"
list_documents "$work/manifest" '\{"part":"[^"]*","sm3":"[0-9a-f]*"\}' >"$work/documents"
while IFS="$(printf '\t')" read -r size name volumes; do
    new_document "$folder" "$name"
    printf %s "$volumes" | sed 's/},{/}\n{/g; s/$/\n/' | sed -n 's/.*"part":"\([^"]*\)","sm3":"\([^"]*\)".*/\1 \2/p' >"$work/volumes"
    while read -r part digest; do
        require_sealed "$part" "$work/sealed"
        [ "$(sm3 "$part" | od -An -tx1 | tr -d ' \n')" = "$digest" ] || fail "$part is not the volume that was signed"
        unseal "$part" >>"$folder/$name"
    done <"$work/volumes"
    require_size "$folder/$name" "$size"
    printf '%s\n' "$name"
done <"$work/documents"
