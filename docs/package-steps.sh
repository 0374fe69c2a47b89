# shellcheck shell=sh
# What open-package.sh and open-package-sm.sh share; they read it from beside them. Names in a package are the bidder's:
# each is compared with what the format allows before it is used, and what is not understood to its end is refused.
fail() { echo "$1" >&2; exit 1; }

# unpack PACKAGE FOLDER: every part once, under a name that the format knows, as a plain file
unpack() {
    unzip -Z1 "$1" >"$2.names" </dev/null || fail "$1 is no zip file"
    if LC_ALL=C grep -qvxE 'mimetype|META-INF/[A-Za-z0-9.]+|c/[0-9.]+p7m' "$2.names"; then
        fail "the package holds a part whose name the format does not know"
    fi
    [ -z "$(sort "$2.names" | uniq -d)" ] || fail "the package holds a part twice"
    unzip -nq "$1" -d "$2" </dev/null
    [ -z "$(find "$2" ! -type f ! -type d)" ] || fail "the package holds a part that is no file"
}

# sealed_parts SEAL: "part digest" of everything that the bidder sealed
sealed_parts() { sed -n 's,.*URI="\(META-INF/[A-Za-z0-9.]*\|c/[0-9.]*p7m\)".*<ds:DigestValue>\([^<]*\)<.*,\1 \2,p' "$1"; }

# require_sealed PART SEALED: a manifest may name what is in this list of parts that were compared, and no other file
require_sealed() { cut -d ' ' -f 1 "$2" | grep -qxF -e "$1" || fail "$1 is not among what the bidder sealed"; }

# list_documents MANIFEST VOLUME: "size TAB name TAB volumes" of each document; VOLUME matches what the suite says of one.
# The whole manifest has to have the form that is matched here: otherwise a document could be passed over unnoticed.
list_documents() {
    [ "$(($(wc -l <"$1")))" = 1 ] || fail "the manifest is not written as the format says"
    if tail -n +2 "$1" | LC_ALL=C grep -q '[[:cntrl:]]'; then fail "the manifest is not written as the format says"; fi
    # Within strings \\ becomes the byte 2 and \" the byte 1, which JSON has no place for: what is left of " bounds strings.
    { tail -n +2 "$1"; echo; } | LC_ALL=C sed 's/\\\\/\x02/g; s/\\"/\x01/g' >"$1.text"
    text='"[^"]*"'
    link="$text:\\[[0-9,]*\\]" said="$text:$text"
    document='\{"name":'"$text"',"title":'"$text"',"media_type":'"$text"',"size":[0-9]+,"volumes":\[('"$2(,$2)*"')?\]'
    document="$document"',"links":\{('"$link(,$link)*"')?\}\}'
    whole='\{"evaluation":'"$text"',"compartment":'"$text"',"documents":\[('"$document(,$document)*"')?\]'
    LC_ALL=C grep -qxE "$whole"',"quote":\{('"$said(,$said)*"')?\}\}' "$1.text" ||
        fail "the manifest is not written as the format says"
    LC_ALL=C grep -oE "$document" "$1.text" |
        LC_ALL=C sed -E 's/^\{"name":"([^"]*)".*,"size":([0-9]+),"volumes":\[([^]]*)\],"links":.*/\2\t\1\t\3/; s/\x01/"/g'
}

# new_document FOLDER NAME: an empty file of that name in the folder, which had none
new_document() {
    case $2 in
    '' | . | .. | */* | *\\* | *[[:cntrl:]]*) fail "the manifest names a document in a way that no file may be called" ;;
    esac
    if [ -e "$1/$2" ] || [ -L "$1/$2" ]; then fail "$1/$2 is there already"; fi
    : >"$1/$2"
}

# require_size FILE SIZE
require_size() { [ "$(($(wc -c <"$1")))" = "$2" ] || fail "$1 has not the size that the manifest says"; }
