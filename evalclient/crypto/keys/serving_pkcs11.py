"""Tokens by PKCS#11 (OASIS 2.40 and later), in the helper process alone.

Certificates and keys belong together by CKA_ID. Of the signing mechanisms only the raw ones are used (CKM_RSA_PKCS,
CKM_ECDSA): every token has them, the digest is made outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import pkcs11
from asn1crypto import x509
from asn1crypto.core import OctetString
from pkcs11 import KDF, MGF, Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11 import exceptions as ck

from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.keys.messages import Opened, OpenSm2, Place, Reason, Token, TokenFailed
from evalclient.crypto.keys.pairs import signing_and_encryption
from evalclient.crypto.keys.unpadding import oaep_unpadded

_OAEP: Final = {
    "sha1": (Mechanism.SHA_1, MGF.SHA1),
    "sha224": (Mechanism.SHA224, MGF.SHA224),
    "sha256": (Mechanism.SHA256, MGF.SHA256),
    "sha384": (Mechanism.SHA384, MGF.SHA384),
    "sha512": (Mechanism.SHA512, MGF.SHA512),
}
_GONE: Final = (
    ck.DeviceRemoved,
    ck.TokenNotPresent,
    ck.TokenNotRecognised,
    ck.SessionHandleInvalid,
    ck.SessionClosed,
    ck.SlotIDInvalid,
    ck.KeyHandleInvalid,
    ck.ObjectHandleInvalid,
)
_NO_SUCH_WAY: Final = (ck.MechanismInvalid, ck.MechanismParamInvalid, ck.ArgumentsBad, ck.FunctionNotSupported)


class Pkcs11Token:
    """A token that somebody has logged in to; its session stays open as long as the process lives."""

    def __init__(self, token: Any, session: Any, place: Place, at: datetime | None) -> None:
        self._token = token
        self._session = session
        found = [(bytes(each[Attribute.VALUE]), each[Attribute.ID]) for each in _certificates(session)]
        keys = {identity: key for key in _private_keys(session) if (identity := key[Attribute.ID]) is not None}
        wanted = bytes.fromhex(place.container)
        pairs = [(der, identity) for der, identity in found if identity in keys and (not wanted or identity == wanted)]
        if not pairs:
            raise TokenFailed("empty")
        try:
            signing, encryption = signing_and_encryption([der for der, _ in pairs], at)
        except CertificateRefused as error:
            raise TokenFailed("empty") from error
        self._signing, self._encryption = keys[pairs[signing][1]], keys[pairs[encryption][1]]
        own = (pairs[signing][0], pairs[encryption][0])
        self._contents = Opened(*own, tuple(der for der, _ in found if der not in own))

    def contents(self) -> Opened:
        return self._contents

    def sign(self, data: bytes) -> bytes:
        with self._at_work():
            rsa = self._signing.key_type == KeyType.RSA
            return bytes(self._signing.sign(data, mechanism=Mechanism.RSA_PKCS if rsa else Mechanism.ECDSA))

    def decrypt(self, data: bytes, oaep: str, mask: str) -> bytes:
        with self._at_work(otherwise="damaged"):
            if not oaep:
                return bytes(self._encryption.decrypt(data, mechanism=Mechanism.RSA_PKCS))
            try:
                parameter = (_OAEP[oaep][0], _OAEP[mask or oaep][1], None)
                return bytes(
                    self._encryption.decrypt(data, mechanism=Mechanism.RSA_PKCS_OAEP, mechanism_param=parameter)
                )
            except _NO_SUCH_WAY:  # many tokens know OAEP with SHA-1 alone, or not at all
                encoded = bytes(self._encryption.decrypt(data, mechanism=Mechanism.RSA_X_509))
                return oaep_unpadded(encoded, oaep, mask or oaep)

    def agree(self, point: bytes) -> bytes:
        with self._at_work():
            try:
                return self._derived(point, len(point) // 2)
            except _NO_SUCH_WAY:  # PKCS#11 allows the point as a DER OCTET STRING, too, and some tokens only that
                return self._derived(OctetString(point).dump(), len(point) // 2)

    def open_sm2(self, _cipher: OpenSm2) -> bytes:
        raise TokenFailed("unable")  # PKCS#11 has no mechanism of SM2 that two vendors share

    def _derived(self, point: bytes, size: int) -> bytes:
        secret = self._encryption.derive_key(
            KeyType.GENERIC_SECRET,
            8 * size,
            mechanism=Mechanism.ECDH1_DERIVE,
            mechanism_param=(KDF.NULL, None, point),
            template={Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True, Attribute.TOKEN: False},
        )
        return bytes(secret[Attribute.VALUE])

    @contextmanager
    def _at_work(self, otherwise: Reason = "refused") -> Iterator[None]:
        """A token's refusal in our own words. What tokens say once they are gone differs, so the token is looked for again.

        They differ over a wrong padding, too: whatever they say while decrypting must sound the same.
        """
        try:
            yield
        except (
            ck.EncryptedDataInvalid,
            ck.EncryptedDataLenRange,
            ck.DataInvalid,
            ck.DataLenRange,
            ValueError,
        ) as error:
            raise TokenFailed("damaged", detail=type(error).__name__) from error
        except (ck.UserNotLoggedIn, ck.PinExpired) as error:
            raise TokenFailed("again", detail=type(error).__name__) from error
        except _NO_SUCH_WAY as error:
            raise TokenFailed("refused", detail=type(error).__name__) from error
        except pkcs11.PKCS11Error as error:
            gone = isinstance(error, _GONE) or not self._present()
            raise TokenFailed("absent" if gone else otherwise, detail=type(error).__name__) from error

    def _present(self) -> bool:
        try:
            return bool(self._token.slot.get_token().serial == self._token.serial)
        except pkcs11.PKCS11Error:
            return False


def open_token(place: Place, pin: str, at: datetime | None) -> Pkcs11Token:
    """Log in and read what is on the token; certificates that are valid ``at`` (aware) go first. TokenFailed: pin, locked, absent, empty, library."""
    with _said():
        token = _the_token(place)
        if token.flags & TokenFlag.USER_PIN_LOCKED:
            raise TokenFailed("locked")
        try:
            session = token.open(user_pin=pin)
        except (ck.PinIncorrect, ck.PinInvalid, ck.PinLenRange) as error:
            flags = token.slot.get_token().flags
            if flags & TokenFlag.USER_PIN_LOCKED:
                raise TokenFailed("locked") from error
            raise TokenFailed("pin", _tries(flags)) from error
        return Pkcs11Token(token, session, place, at)


def list_tokens(place: Place) -> tuple[Token, ...]:
    """The tokens one library sees; what it does not let everybody read of them stays empty."""
    with _said():
        return tuple(
            Token(
                Place(
                    "pkcs11",
                    place.library,
                    device=token.label,
                    serial=token.serial.decode("ascii", "replace"),
                ),
                " ".join(filter(None, (token.manufacturer_id, token.model))),
                _holder(token),
                _tries(token.flags),
            )
            for token in _tokens(place.library)
        )


def _the_token(place: Place) -> Any:
    for token in _tokens(place.library):
        known = {
            token.label: place.device,
            token.serial.decode("ascii", "replace"): place.serial,
            token.manufacturer_id: place.manufacturer,
            token.model: place.model,
        }
        if all(wanted in ("", value) for value, wanted in known.items()):
            return token
    raise TokenFailed("absent")


def _tokens(library: str) -> Iterator[Any]:
    for slot in pkcs11.lib(library).get_slots(token_present=True):
        try:
            token = slot.get_token()
        except (ck.TokenNotPresent, ck.TokenNotRecognised, ck.DeviceRemoved):
            continue
        if token.flags & TokenFlag.TOKEN_INITIALIZED:
            yield token


def _tries(flags: Any) -> int | None:
    """PKCS#11 tells no number but of the last try."""
    if flags & TokenFlag.USER_PIN_LOCKED:
        return 0
    return 1 if flags & TokenFlag.USER_PIN_FINAL_TRY else None


def _holder(token: Any) -> str:
    """Whose token it is, by the certificates that can be read without a PIN; "" where none can."""
    try:
        with token.open() as session:
            found = [bytes(each[Attribute.VALUE]) for each in _certificates(session)]
        names = [x509.Certificate.load(der) for der in found]
        people = [each for each in names if not each.ca]
        return str((people or names)[0].subject.native.get("common_name", "")) if names else ""
    except (pkcs11.PKCS11Error, ValueError, TypeError, KeyError):
        return ""


def _certificates(session: Any) -> Iterable[Any]:
    return list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))


def _private_keys(session: Any) -> Iterable[Any]:
    return list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except ck.PinLocked as error:
        raise TokenFailed("locked") from error
    except _GONE as error:
        raise TokenFailed("absent", detail=type(error).__name__) from error
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        # an error with a code of its own comes from a library that was loaded: some do not start without their token
        own = isinstance(error, pkcs11.PKCS11Error) and type(error) is not pkcs11.PKCS11Error
        raise TokenFailed("unready" if own else "library", detail=str(error) or type(error).__name__) from error
