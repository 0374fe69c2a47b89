#!/bin/sh
# Opens one compartment of a bid package of the SM suite with stock tools only: unzip, openssl (3.0 or later), sed, awk.
#
#   open-package-sm.sh PACKAGE ROOTS.pem COMPARTMENT KEY FOLDER [TIME]
#
# As open-package.sh; check-signature-sm.sh, which lies beside it, checks the signatures. The bidder must have an SM2
# key. Ends with 0 when everything was authenticated and the documents lie in FOLDER.
set -eu
package=$(realpath "$1") roots=$(realpath "$2") compartment=$3 key=$4 folder=$(realpath -m "$5") time=${6:-$(date +%s)}
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }
sm3() { openssl dgst -sm3 -binary "$1"; }
# check_signed SIGNATURE CONTENT: the signer's certificate
check_signed() { sh "$here/check-signature-sm.sh" "$1" "$2" "$roots" "$time"; }

unzip -q "$package" -d "$work/package"
cd "$work/package"

# 1. The seal: the bidder's signature over the list of digests, and the digests.
check_signed META-INF/signature.p7s META-INF/ASiCManifest.xml >"$work/bidder.pem"
sed -n 's/.*URI="\([^"]*\)".*<ds:DigestValue>\([^<]*\)<.*/\1 \2/p' META-INF/ASiCManifest.xml |
while read -r part digest; do
    [ "$(sm3 "$part" | openssl base64 -A)" = "$digest" ] || fail "$part differs from what the bidder sealed"
done

# 2. The manifest of the compartment: sealed under its own key, signed by the bidder.
unseal() { # its digest was compared above
    own=$(printf 'evalclient-part-key/1\n%s' "$1" | openssl dgst -sm3 -mac HMAC -macopt "hexkey:$key" -r | head -c 32)
    openssl cms -EncryptedData_decrypt -inform DER -binary -secretkey "$own" -in "$1"
}
unseal "META-INF/manifest.$compartment.p7m" >"$work/manifest.p7m"
check_signed "$work/manifest.p7m" "$work/manifest" >"$work/signer.pem"
cmp -s "$work/signer.pem" "$work/bidder.pem" || fail "the manifest is not the bidder's"
[ "$(head -n 1 "$work/manifest")" = evalclient-manifest/1 ]

# 3. The documents: their volumes, one after another, each with the digest that the manifest says.
mkdir -p "$folder"
{ tail -n +2 "$work/manifest"; echo; } | sed 's/{"name":"/\n&/g' | sed -n 's/^{"name":"\([^"\\]*\)".*"volumes":\[\([^]]*\)\].*/\1\t\2/p' |
while IFS="$(printf '\t')" read -r name volumes; do
    : >"$folder/$name"
    printf %s "$volumes" | sed 's/},{/}\n{/g; s/$/\n/' | sed -n 's/.*"part":"\([^"]*\)","sm3":"\([^"]*\)".*/\1 \2/p' |
    while read -r part digest; do
        [ "$(sm3 "$part" | od -An -tx1 | tr -d ' \n')" = "$digest" ] || fail "$part is not the volume that was signed"
        unseal "$part" >>"$folder/$name"
    done
    echo "$name"
done
