#!/bin/sh
# Checks one CAdES signature by an SM2 key with stock tools only: openssl (3.0 or later), sed, awk, od.
#
#   check-signature-sm.sh SIGNATURE CONTENT ROOTS.pem [TIME]
#
# SIGNATURE is CMS in DER. A detached one is compared with the file CONTENT; an attached one writes it there, if it does
# not exist. TIME (seconds since 1970) is when the certificates must have been valid; without it, now. The signer's
# certificate goes to standard output. "openssl cms" knows no SM2, so the signature is taken apart with
# "openssl asn1parse" and checked with "openssl dgst", and the chain is followed certificate by certificate.
set -eu
signature=$1 content=$2 roots=$3 time=${4:-$(date +%s)}
id=distid:1234567812345678
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
fail() { echo "$1" >&2; exit 1; }
# cut_out FILE OFFSET LENGTH
cut_out() { tail -c +$(($2 + 1)) "$1" | head -c "$3"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

# attribute NAME: the attribute's first octet string, in hexadecimal
attribute() {
    sed -n "/:$1\$/,\$p" "$parts/attribute.tree" | sed -n 's/.*OCTET STRING *\[HEX DUMP\]:\(.*\)/\1/p' | head -n 1 | tr A-F a-f
}

# issued ISSUERS PEM: whether one of them issued it; an authority with an RSA or EC key signs without an identity
issued() {
    given="-x509_strict -partial_chain -attime $time -CAfile $1"
    # shellcheck disable=SC2086
    openssl verify -vfyopt $id $given "$2" >/dev/null 2>&1 || openssl verify $given "$2" >/dev/null 2>&1
}

# check_chain PEM DEPTH: its issuer among the roots, or among the certificates in the signature, up to a root. The
# identity goes to the certificate on the command line alone, hence step by step.
check_chain() {
    if issued "$roots" "$1"; then return; fi
    [ "$2" -lt 8 ] || fail "the chain is too long"
    for issuer in "$parts"/certificate.*; do
        [ "$issuer" != "$1" ] || continue
        if issued "$issuer" "$1"; then
            check_chain "$issuer" $(($2 + 1))
            return
        fi
    done
    fail "a certificate is not of a recognised authority"
}

# Offset, depth, length of the header, length of the content, and name of every value.
openssl asn1parse -inform DER -in "$signature" |
    sed 's/^ *\([0-9]*\):d=\([0-9]*\) *hl=\([0-9]*\) *l= *\([0-9]*\) *....: *\(.*\)$/\1 \2 \3 \4 \5/' >"$parts/tree"
# SignedData: version, digests, content, [0] certificates, signer infos
# shellcheck disable=SC2046
set -- $(awk '$2 == 3 { print $1 }' "$parts/tree")
encapsulated=$3 certificates=$4 infos=$5
if [ ! -e "$content" ]; then
    # shellcheck disable=SC2046
    set -- $(awk -v from="$encapsulated" -v to="$certificates" '$1 > from && $1 < to && $2 == 5 { print $1 + $3, $4 }' "$parts/tree")
    cut_out "$signature" "$1" "$2" >"$content"
fi
number=0
awk -v from="$certificates" -v to="$infos" '$1 > from && $1 < to && $2 == 4 { print $1, $3 + $4 }' "$parts/tree" |
while read -r offset length; do
    cut_out "$signature" "$offset" "$length" | openssl x509 -inform DER -out "$parts/certificate.$number"
    number=$((number + 1))
done
# SignerInfo: version, sid, digest, [0] attributes, signature algorithm, signature
# shellcheck disable=SC2046
set -- $(awk -v from="$infos" '$1 > from && $2 == 5 { print $1, $3, $4 }' "$parts/tree")
shift 9
{ printf '\061'; cut_out "$signature" $(($1 + 1)) $(($2 + $3 - 1)); } >"$parts/attributes"
cut_out "$signature" $(($7 + $8)) "$9" >"$parts/signature"
openssl asn1parse -inform DER -in "$parts/attributes" >"$parts/attribute.tree"
[ "$(openssl dgst -sm3 -binary "$content" | hex)" = "$(attribute messageDigest)" ] || fail "the content is another"

# The signed attributes name the signer's certificate by its digest.
named=$(attribute id-smime-aa-signingCertificateV2) signer=
for certificate in "$parts"/certificate.*; do
    [ "$(openssl x509 -in "$certificate" -outform DER | openssl dgst -sm3 -binary | hex)" != "$named" ] || signer=$certificate
done
[ -n "$signer" ] || fail "the signer's certificate is missing"
openssl x509 -in "$signer" -noout -pubkey >"$parts/public.pem"
openssl dgst -sm3 -sigopt $id -verify "$parts/public.pem" -signature "$parts/signature" "$parts/attributes" >/dev/null ||
    fail "the signature does not hold"
check_chain "$signer" 0
cat "$signer"
