"""CAdES-T (EN 319 122-1, 5.3): a time stamp over a signature, kept in it as an attribute that nobody signed.

It proves that the signature was there at that time, so that it outlives its certificate. Anybody can put one in or take
it out without touching what was signed: a signature without one, or with a bad one, is what it was before.
"""

from __future__ import annotations

import hashlib
from typing import Final, cast

from asn1crypto import cms

from evalclient.core.records.envelope import HashName
from evalclient.crypto.errors import SignatureRefused
from evalclient.crypto.primitives.public_keys import MALFORMED

_NAME: Final = "signature_time_stamp_token"
_PARSER_ERRORS: Final = (*MALFORMED, AttributeError, IndexError)


def stamped_value(untrusted_signature: bytes) -> bytes:
    """What a time stamp over a signature (CMS, DER) covers: the bare signature value."""
    value: bytes = _signer(_parsed(untrusted_signature))["signature"].contents
    return value


def stamp_imprint(untrusted_signature: bytes, algorithm: HashName = "sha256") -> bytes:
    """The digest of it, as an authority is asked for."""
    return hashlib.new(algorithm, stamped_value(untrusted_signature)).digest()


def with_timestamp(untrusted_signature: bytes, token: bytes) -> bytes:
    """The signature with the token (DER) in it, in place of any it had; what was signed stays the same bytes."""
    outer = _parsed(untrusted_signature)
    signer = _signer(outer)
    try:
        others = [one for one in signer["unsigned_attrs"] if one["type"].native != _NAME]
        stamped = cms.CMSAttribute({"type": _NAME, "values": [cms.ContentInfo.load(token, strict=True)]})
        signer["unsigned_attrs"] = cms.CMSAttributes([*others, stamped])
        return cast(bytes, outer.dump())
    except _PARSER_ERRORS as error:
        raise _refused() from error


def timestamp_token(untrusted_signature: bytes) -> bytes | None:
    """The token (DER, untrusted) over a signature; None where it has none."""
    signer = _signer(_parsed(untrusted_signature))
    try:
        for attribute in signer["unsigned_attrs"]:
            if attribute["type"].native == _NAME:
                return cast(bytes, attribute["values"][0].dump())
    except _PARSER_ERRORS as error:
        raise _refused() from error
    return None


def _parsed(untrusted: bytes) -> cms.ContentInfo:
    try:
        outer = cms.ContentInfo.load(untrusted, strict=True)
        if outer["content_type"].native != "signed_data":
            raise ValueError("not SignedData")
    except _PARSER_ERRORS as error:
        raise _refused() from error
    return outer


def _signer(outer: cms.ContentInfo) -> cms.SignerInfo:
    try:
        (signer,) = outer["content"]["signer_infos"]
    except _PARSER_ERRORS as error:
        raise _refused() from error
    return signer


def _refused() -> SignatureRefused:
    return SignatureRefused(
        "电子签名不合格式，无法读取或者附加时间戳，请要求签名人重新签名并发送。",
        "The signature is malformed, no time stamp can be read or added; ask the signer to sign and send again.",
    )
