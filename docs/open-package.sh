#!/bin/sh
# Opens one compartment of a bid package with stock tools only: unzip, openssl (3.0 or later), sed, cat.
#
#   open-package.sh PACKAGE ROOTS.pem COMPARTMENT KEY FOLDER [TIME]
#
# ROOTS.pem holds the recognised authorities' root certificates, KEY is the compartment's key (64 hexadecimal digits),
# TIME (seconds since 1970) is when the certificates must have been valid; without it, now.
# Ends with 0 when everything was authenticated and the documents lie in FOLDER.
set -eu
package=$1 roots=$2 compartment=$3 key=$4 folder=$5 time=${6:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -z "$time" ] || time="-attime $time"
id=$(printf %s "$compartment" | od -An -tx1 | tr -d ' \n')

unzip -q "$package" -d "$work"

# 1. The seal: the bidder's signature over the list of digests, and the digests.
# shellcheck disable=SC2086
openssl cms -verify -cades -binary -inform DER -in "$work/META-INF/signature.p7s" \
    -content "$work/META-INF/ASiCManifest.xml" -CAfile "$roots" $time -out /dev/null
sed -n 's/.*URI="\([^"]*\)".*<ds:DigestValue>\([^<]*\)<.*/\1 \2/p' "$work/META-INF/ASiCManifest.xml" |
while read -r part digest; do
    [ "$(openssl dgst -sha256 -binary "$work/$part" | openssl base64 -A)" = "$digest" ] ||
        { echo "$part differs from what the bidder sealed" >&2; exit 1; }
done

# 2. The manifest of the compartment: sealed under the key, signed by the bidder.
unseal() { openssl cms -decrypt -inform DER -secretkey "$key" -secretkeyid "$id" -in "$1"; }
unseal "$work/META-INF/manifest.$compartment.p7m" >"$work/manifest.p7m"
# shellcheck disable=SC2086
openssl cms -verify -cades -binary -inform DER -in "$work/manifest.p7m" -CAfile "$roots" $time -out "$work/manifest"
[ "$(head -n 1 "$work/manifest")" = evalclient-manifest/1 ]

# 3. The documents: their volumes, one after another.
mkdir -p "$folder"
{ tail -n +2 "$work/manifest"; echo; } | sed 's/{"name":"/\n&/g' | sed -n 's/^{"name":"\([^"\\]*\)".*"volumes":\[\([^]]*\)\].*/\1\t\2/p' |
while IFS="$(printf '\t')" read -r name volumes; do
    : >"$folder/$name"
    printf %s "$volumes" | grep -o '"part":"[^"]*"' | sed 's/"part":"\(.*\)"/\1/' |
    while read -r part; do
        unseal "$work/$part" >"$work/volume" # openssl writes before it has checked: use it only after its exit status
        cat "$work/volume" >>"$folder/$name"
    done
    echo "$name"
done
