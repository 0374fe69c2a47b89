#!/bin/sh
# Opens one compartment of a bid package with stock tools only: unzip, openssl (3.0 or later), grep, sed.
#
#   open-package.sh PACKAGE ROOTS.pem COMPARTMENT KEY FOLDER [TIME]
#
# ROOTS.pem holds the recognised authorities' root certificates, KEY is the compartment's key (64 hexadecimal digits),
# TIME (seconds since 1970) is when the certificates must have been valid; without it, now.
# Ends with 0 when everything was authenticated and all documents of the compartment lie in FOLDER, which had none of
# their names. package-steps.sh lies beside it.
set -eu
package=$1 roots=$2 compartment=$3 key=$4 folder=$5 time=${6:-}
scratch=$(mktemp -d)
work=$scratch/package seal=$scratch/package/META-INF/ASiCManifest.xml
trap 'rm -rf "$scratch"' EXIT
# shellcheck source=docs/package-steps.sh
. "$(dirname "$(realpath "$0")")/package-steps.sh"
[ -z "$time" ] || time="-attime $time"
id=$(printf %s "$compartment" | od -An -tx1 | tr -d ' \n')

unpack "$package" "$work"

# 1. The seal: the bidder's signature over the list of digests, and the digests.
# shellcheck disable=SC2086
openssl cms -verify -cades -binary -inform DER -in "$work/META-INF/signature.p7s" \
    -content "$seal" -CAfile "$roots" $time -out /dev/null
sealed_parts "$seal" >"$scratch/sealed"
while read -r part digest; do
    [ "$(openssl dgst -sha256 -binary "$work/$part" | openssl base64 -A)" = "$digest" ] ||
        fail "$part differs from what the bidder sealed"
done <"$scratch/sealed"

# 2. The manifest of the compartment: sealed under the key, signed by the bidder.
unseal() {
    require_sealed "$1" "$scratch/sealed"
    openssl cms -decrypt -inform DER -secretkey "$key" -secretkeyid "$id" -in "$work/$1"
}
unseal "META-INF/manifest.$compartment.p7m" >"$scratch/manifest.p7m"
# shellcheck disable=SC2086
openssl cms -verify -cades -binary -inform DER -in "$scratch/manifest.p7m" -CAfile "$roots" $time -out "$scratch/manifest"
[ "$(head -n 1 "$scratch/manifest")" = evalclient-manifest/1 ]

# 3. The documents: their volumes, one after another.
mkdir -p "$folder"
list_documents "$scratch/manifest" '\{"part":"[^"]*","sha256":"[0-9a-f]*","tag":"[0-9a-f]*"\}' >"$scratch/documents"
while IFS="$(printf '\t')" read -r size name volumes; do
    new_document "$folder" "$name"
    printf %s "$volumes" | grep -o '"part":"[^"]*"' | sed 's/"part":"\(.*\)"/\1/' >"$scratch/volumes"
    while read -r part; do
        unseal "$part" >"$scratch/volume" # openssl writes before it has checked: use it only after its exit status
        cat "$scratch/volume" >>"$folder/$name"
    done <"$scratch/volumes"
    require_size "$folder/$name" "$size"
    printf '%s\n' "$name"
done <"$scratch/documents"
