"""Whether an authority signed what bears its name: certificates, lists, answers. SM2, and what the library knows but SHA-1."""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature

from evalclient.crypto.cms.suites import suite_of
from evalclient.crypto.primitives import sm2

#: digests for which other contents can be made that fit a signature
_BROKEN_DIGESTS = frozenset({"md2", "md5", "sha1"})


@cache
def signature_validator() -> Any:
    """What checks one signature for pyhanko-certvalidator: its own way, and SM2 besides."""
    from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

    class EverySuite(DefaultSignatureValidator):
        def validate_signature(
            self, signature: bytes, signed_data: bytes, public_key_info: Any, signature_algorithm: Any, *context: Any
        ) -> None:
            spki: bytes = public_key_info.dump()
            if not sm2.is_spki(spki):
                if signature_algorithm.hash_algo in _BROKEN_DIGESTS:
                    raise InvalidSignature
                super().validate_signature(signature, signed_data, public_key_info, signature_algorithm, *context)
                return
            key = sm2.load_spki(spki)
            if signature_algorithm["algorithm"].dotted not in suite_of(key).accepted:
                raise InvalidSignature
            key.verify(signature, signed_data)

    return EverySuite()


def signature_holds(signature: bytes, signed: bytes, algorithm: Any, authority: Any) -> bool:
    """Whether ``signature`` over ``signed`` is of the holder of ``authority`` (asn1crypto certificate and algorithm)."""
    try:
        signature_validator().validate_signature(
            signature=signature,
            signed_data=signed,
            public_key_info=authority.public_key,
            signature_algorithm=algorithm,
        )
    except (InvalidSignature, ValueError, TypeError, NotImplementedError):
        return False
    return True


def issued_by(certificate: Any, authority: Any) -> bool:
    """Whether ``authority`` issued ``certificate`` (both asn1crypto): names and signature fit."""
    return certificate.issuer == authority.subject and signature_holds(
        certificate["signature_value"].native,
        certificate["tbs_certificate"].dump(),
        certificate["signature_algorithm"],
        authority,
    )
