#!/bin/sh
# Opens one compartment of a bid package of the SM suite with stock tools only: unzip, openssl (3.0 or later), sed, awk.
#
#   open-package-sm.sh PACKAGE ROOTS.pem COMPARTMENT KEY FOLDER [TIME]
#
# As open-package.sh. "openssl cms" knows no SM2, so signatures are taken apart with "openssl asn1parse" and checked with
# "openssl dgst", and the chain is followed certificate by certificate. Bidders and authorities must have SM2 keys.
# Ends with 0 when everything was authenticated and the documents lie in FOLDER.
set -eu
package=$1 roots=$2 compartment=$3 key=$4 folder=$5 time=${6:-$(date +%s)}
id=distid:1234567812345678
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "$1" >&2; exit 1; }

# der FILE OUT OFFSET: the value at OFFSET of a DER file, with its header
der() { openssl asn1parse -inform DER -in "$1" -strparse "$3" -noout -out "$2" 2>/dev/null; }
# values FILE DEPTH OFFSET: "offset tag" of every value at that depth from OFFSET on
tree() { openssl asn1parse -inform DER -in "$1" | sed 's/^ *\([0-9]*\):d=\([0-9]*\) *hl=\([0-9]*\) *l= *\([0-9]*\) *\(....\): *\(.*\)$/\1 \2 \3 \4 \6/'; }
# cut FILE OFFSET LENGTH
cut_out() { tail -c +$(($2 + 1)) "$1" | head -c "$3"; }
sm3() { openssl dgst -sm3 -binary "$1"; }

# check_signed P7 CONTENT: the one signature of a SignedData over CONTENT, its CAdES attributes, and its signer's chain.
# A detached signature names its CONTENT; an attached one writes it there.
check_signed() {
    p7=$1 content=$2 parts=$work/parts
    rm -rf "$parts"; mkdir "$parts"
    tree "$p7" >"$parts/tree"
    # SignedData at depth 2: version, digests, content, [0] certificates, signer infos
    set -- $(awk '$2 == 3 { print $1 }' "$parts/tree")
    encapsulated=$3 certificates=$4 infos=$5
    if [ ! -e "$content" ]; then # the octet string at depth 5 below the content
        set -- $(awk -v from="$encapsulated" -v to="$certificates" \
            '$1 > from && $1 < to && $2 == 5 { print $1 + $3, $4 }' "$parts/tree")
        cut_out "$p7" "$1" "$2" >"$content"
    fi
    # the signer's certificate is the first; the others are intermediates
    number=0
    awk -v from="$certificates" -v to="$infos" '$1 > from && $1 < to && $2 == 4 { print $1, $3 + $4 }' "$parts/tree" |
    while read -r offset length; do
        cut_out "$p7" "$offset" "$length" | openssl x509 -inform DER -out "$parts/$number.pem"
        number=$((number + 1))
    done
    # SignerInfo: version, sid, digest, [0] attributes, signature algorithm, signature
    set -- $(awk -v from="$infos" '$1 > from && $2 == 5 { print $1, $3, $4 }' "$parts/tree")
    shift 9
    { printf '\061'; cut_out "$p7" $(($1 + 1)) $(($2 + $3 - 1)); } >"$parts/attributes"
    cut_out "$p7" $((${7} + ${8})) "${9}" >"$parts/signature"
    openssl x509 -in "$parts/0.pem" -noout -pubkey >"$parts/public.pem"
    openssl dgst -sm3 -sigopt $id -verify "$parts/public.pem" -signature "$parts/signature" "$parts/attributes" \
        >/dev/null || fail "a signature does not hold"
    openssl asn1parse -inform DER -in "$parts/attributes" >"$parts/attribute.tree"
    attribute messageDigest "$(sm3 "$content" | od -An -tx1 | tr -d ' \n')"
    attribute id-smime-aa-signingCertificateV2 \
        "$(openssl x509 -in "$parts/0.pem" -outform DER | openssl dgst -sm3 -binary | od -An -tx1 | tr -d ' \n')"
    check_chain "$parts/0.pem" 0
}

# attribute NAME HEX: the attribute's first octet string
attribute() {
    found=$(sed -n "/:$1\$/,\$p" "$work/parts/attribute.tree" | sed -n 's/.*OCTET STRING *\[HEX DUMP\]:\(.*\)/\1/p' | head -n 1)
    [ "$(echo "$found" | tr A-F a-f)" = "$2" ] || fail "the attribute $1 does not fit"
}

# check_chain PEM DEPTH: its issuer among the roots, or among the certificates in the signature, up to a root. The
# identity goes to the certificate on the command line alone, hence step by step.
check_chain() {
    given="-x509_strict -partial_chain -attime $time -vfyopt $id"
    # shellcheck disable=SC2086
    if openssl verify $given -CAfile "$roots" "$1" >/dev/null 2>&1; then return; fi
    [ "$2" -lt 8 ] || fail "the chain is too long"
    for issuer in "$work"/parts/[1-9]*.pem; do
        [ -e "$issuer" ] || break
        # shellcheck disable=SC2086
        if openssl verify $given -CAfile "$issuer" "$1" >/dev/null 2>&1; then
            check_chain "$issuer" $(($2 + 1))
            return
        fi
    done
    fail "a certificate is not of a recognised authority"
}

unzip -q "$package" -d "$work/package"
cd "$work/package"

# 1. The seal: the bidder's signature over the list of digests, and the digests.
check_signed META-INF/signature.p7s META-INF/ASiCManifest.xml
cp "$work/parts/0.pem" "$work/bidder.pem"
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
check_signed "$work/manifest.p7m" "$work/manifest"
cmp -s "$work/parts/0.pem" "$work/bidder.pem" || fail "the manifest is not the bidder's"
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
