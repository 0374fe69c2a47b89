"""Why a file of another tool is not opened though it is not damaged, and what its holder or its sender can do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import BinaryIO, Final

from asn1crypto.core import ObjectIdentifier

from evalclient.crypto.errors import EnvelopeRefused
from evalclient.crypto.primitives import der

_HEAD: Final = 4096
_PEM: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*-----BEGIN ")
_MIME: Final = re.compile(
    rb"\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*?)*?content-type:[^\r\n]*pkcs7-mime", re.IGNORECASE
)
#: content encryption that other tools use and nobody should any more, or that this program does not know
_NAMES: Final[Mapping[str, str]] = {
    "1.3.14.3.2.7": "DES-CBC",
    "1.2.840.113549.3.2": "RC2-CBC",
    "1.2.840.113549.3.4": "RC4",
    "1.2.840.113549.3.7": "3DES (DES-EDE3-CBC)",
    "1.2.392.200011.61.1.1.1.2": "Camellia-128-CBC",
    "1.2.392.200011.61.1.1.1.3": "Camellia-192-CBC",
    "1.2.392.200011.61.1.1.1.4": "Camellia-256-CBC",
    "1.2.410.200004.1.4": "SEED-CBC",
    "1.2.840.113549.1.9.16.3.18": "ChaCha20-Poly1305",
}


def require_der(untrusted: BinaryIO) -> None:
    """EnvelopeRefused for an empty file, and for one in PEM or S/MIME, which openssl turns into DER; rewinds it."""
    head = untrusted.read(_HEAD)
    untrusted.seek(0)
    if not head:
        raise EnvelopeRefused(
            "文件是空的（0 字节），请重新复制或下载。", "The file is empty (0 bytes); copy or download it again."
        )
    form = "PEM" if _PEM.search(head) else "SMIME" if _MIME.search(head) else ""
    if form:
        line = f"openssl cms -cmsout -inform {form} -in FILE -outform DER -out FILE.p7m"
        name = "PEM" if form == "PEM" else "S/MIME"
        raise EnvelopeRefused(
            f"该文件是 {name} 文本格式，请先转换为 DER 再打开：{line}",
            f"The file is text in {name} form; turn it into DER first, then open it: {line}",
        )


def cipher_refused(algorithm: der.DerReader) -> EnvelopeRefused:
    """The refusal of a content encryption, by the name it goes by. ``algorithm`` stands at its object identifier."""
    dotted = ObjectIdentifier.load(
        der.value(der.OBJECT_IDENTIFIER, bytes(algorithm.take(der.OBJECT_IDENTIFIER)))
    ).dotted
    name = _NAMES.get(dotted, dotted)
    return EnvelopeRefused(
        f"该文件以不被认可的算法 {name} 加密，请发送方用认可的算法（AES-256-GCM、AES-CBC 或 SM4-CBC）重新加密。",
        f"The file is encrypted by {name}, an algorithm that is not accepted; ask the sender to encrypt it anew by AES-256-GCM, "
        "AES-CBC or SM4-CBC.",
    )
