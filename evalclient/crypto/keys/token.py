"""A key on a token (智能密码钥匙), through the helper process: ``KeyHandle`` over PKCS#11 or SKF.

The helper does the private-key step alone; digests, key wrapping and encodings are made here.
"""

from __future__ import annotations

import hashlib
import logging
import weakref
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import WrappedKey
from evalclient.crypto.cms.auth_enveloped import damaged
from evalclient.crypto.cms.key_agreement import unwrap_agreed
from evalclient.crypto.cms.suites import verify_signature
from evalclient.crypto.errors import (
    CertificateRefused,
    KeyAddressRefused,
    PinLocked,
    WrongPin,
)
from evalclient.crypto.keys.addresses import TokenAddress
from evalclient.crypto.keys.failures import failure
from evalclient.crypto.keys.libraries import Libraries
from evalclient.crypto.keys.messages import (
    Agree,
    Answer,
    Decrypt,
    Failed,
    ListTokens,
    Open,
    Opened,
    OpenSm2,
    Place,
    Reply,
    Request,
    Sign,
    Tokens,
)
from evalclient.crypto.keys.process import TokenProcess, fell_over
from evalclient.crypto.primitives import sm2
from evalclient.crypto.primitives.public_keys import load_public_key, public_key_of

R = TypeVar("R", bound=msgspec.Struct)
_log = logging.getLogger(__name__)
#: seconds a token may take: to list what is there, to log in and read, to sign or open
LISTING: Final = 10.0
OPENING: Final = 30.0
WORKING: Final = 20.0
CONFIRMING: Final = 120.0
#: DigestInfo of SHA-256 (RFC 8017, 9.2), to which the 32 bytes are appended
_SHA256_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token that is plugged in. ``holder``: the name in its certificate, where it can be read without a PIN.

    ``tries`` left before the PIN locks: 0 when it has, None where the token does not tell.
    """

    address: str
    label: str
    maker: str
    serial: str
    holder: str
    tries: int | None


class TokenKey:
    """A ``KeyHandle`` over a token that somebody has logged in to."""

    def __init__(self, process: TokenProcess, opened: Opened, patience: float) -> None:
        self._process = process
        self._opened = opened
        self._patience = patience
        self._public = public_key_of(opened.certificate)
        self._ended = weakref.finalize(self, process.end)

    @property
    def certificate(self) -> bytes:
        """Signing certificate (DER)."""
        return self._opened.certificate

    @property
    def encryption_certificate(self) -> bytes:
        """Encryption certificate (DER); the same one where the token holds one pair."""
        return self._opened.encryption_certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The other certificates on the token (DER)."""
        return self._opened.chain

    @property
    def process_id(self) -> int:
        """The operating system's number of the process that talks to the token."""
        return self._process.process_id

    def sign(self, data: bytes) -> bytes:
        """Signature over ``data`` by the suite of the key, as ``KeyHandle`` has it; checked before it is handed out."""
        public = self._public
        if isinstance(public, rsa.RSAPublicKey):
            signature = self._work(Sign(_SHA256_INFO + hashlib.sha256(data).digest()))
        elif isinstance(public, sm2.Sm2PublicKey):
            signature = _der_of(self._work(Sign(sm2.message_digest(public, data))))
        else:
            signature = _der_of(self._work(Sign(hashlib.sha256(data).digest())))
        try:
            verify_signature(public, signature, data)
        except InvalidSignature as error:
            raise failure("refused") from error
        return signature

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        """Open a small envelope made for the encryption certificate; EnvelopeRefused when it does not open."""
        public = public_key_of(self._opened.encryption_certificate)
        if isinstance(public, rsa.RSAPublicKey):
            if wrapped.algorithm not in ("rsa-oaep", "rsa-pkcs1v15"):
                raise damaged()
            oaep, mask = (wrapped.digest, wrapped.mask or "") if wrapped.algorithm == "rsa-oaep" else ("", "")
            return self._work(Decrypt(wrapped.wrapped, oaep, mask))
        if isinstance(public, sm2.Sm2PublicKey):
            raise failure("unable")
        if wrapped.algorithm != "ecdh-x963":
            raise damaged()
        return unwrap_agreed(self._work(Agree(_point_for(public, wrapped.originator))), wrapped)

    def release(self) -> None:
        """Log out by ending the helper; from any thread, whatever it is doing."""
        self._ended()

    def _work(self, request: Request) -> bytes:
        return _told(self._process.ask(request, self._patience), Answer).data


class ContentKey(TokenKey):
    """A token by SKF, or a service: it opens small contents itself and gives no key out (``core.ports.OpensContent``)."""

    def open_content(self, wrapped: WrappedKey, vector: bytes, ciphertext: bytes) -> bytes:
        """Padded plain bytes of an SM4-CBC content; EnvelopeRefused when it does not open."""
        return self._work(_sm2_cipher(wrapped, vector, ciphertext))


def open_token(
    address: TokenAddress,
    pin: str,
    libraries: Libraries,
    *,
    at: datetime | None = None,
    opening: float = OPENING,
    working: float | None = None,
) -> TokenKey:
    """Find the token and log in. WrongPin, PinLocked, KeyAbsent, KeyUnusable, KeySilent, KeyAddressRefused.

    Of several certificates one that is valid ``at`` (aware) goes first. ``opening`` and ``working`` are how long it may take, seconds; whoever has to reach for his phone gets CONFIRMING.
    """
    problem: EvalclientError = failure("absent")
    kind = TokenKey if address.interface == "pkcs11" else ContentKey
    for library in _libraries(address, libraries):
        process = _started(libraries.program)
        try:
            opened = _told(process.ask(Open(_place(address, library), pin, at), opening), Opened)
            usual = CONFIRMING if address.interface == "remote" else WORKING
            return kind(process, opened, usual if working is None else working)
        except EvalclientError as error:
            process.end()
            problem = error
            if isinstance(error, WrongPin | PinLocked):
                break  # it was the right token: another try would cost it another PIN
        except BaseException:
            process.end()
            raise
    raise problem


def list_tokens(libraries: Libraries, patience: float = LISTING) -> tuple[FoundToken, ...]:
    """What is plugged in, by every library that is set or registered; one that fails or hangs is passed over and logged."""
    found = []
    for interface, library in libraries.all():
        process = None
        try:
            process = _started(libraries.program)
            reply = _told(process.ask(ListTokens(Place(interface, library)), patience), Tokens)
        except EvalclientError as error:
            _log.info("no tokens by %s: %s", library, error.en)
            continue
        finally:
            if process is not None:
                process.end()
        found += [
            FoundToken(
                str(TokenAddress(interface, library, at.device, at.serial, at.application, at.container)),
                at.device, token.maker, at.serial, token.holder, token.tries,
            )
            for token in reply.tokens
            for at in (token.place,)
        ]  # fmt: skip
    return tuple(found)


def _libraries(address: TokenAddress, libraries: Libraries) -> tuple[str, ...]:
    if address.library:
        return (address.library,)
    known = libraries.of(address.interface)
    if not known:
        raise KeyAddressRefused(
            "本机没有登记证书介质的驱动，请安装驱动，或在设置文件中写明驱动库的路径。",
            "No token driver is registered on this machine; install it, or name its library in the settings file.",
        )
    return known


def _place(address: TokenAddress, library: str) -> Place:
    return Place(
        address.interface,
        library,
        address.device,
        address.serial,
        address.application,
        address.container,
        address.manufacturer,
        address.model,
    )


def _started(program: str) -> TokenProcess:
    try:
        return TokenProcess(program)
    except OSError as error:
        raise KeyAddressRefused(
            "介质辅助程序无法启动，请核对设置文件中的 token_program。",
            "The helper program for tokens does not start; check token_program in the settings file.",
        ) from error


def _told(reply: Reply, kind: type[R]) -> R:
    """The reply, or why there is none, in a sentence."""
    if isinstance(reply, kind):
        return reply
    if not isinstance(reply, Failed):
        raise fell_over()
    if reply.detail:
        _log.info("token: %s, %s", reply.reason, reply.detail)
    raise failure(reply.reason, reply.tries)


def _sm2_cipher(untrusted: WrappedKey, vector: bytes, ciphertext: bytes) -> OpenSm2:
    """A content whose key is an SM2Cipher, taken apart as tokens want it."""
    try:
        run = memoryview(sm2.compact(untrusted.wrapped))
    except ValueError as error:
        raise damaged() from error
    if untrusted.algorithm != "sm2":
        raise damaged()
    return OpenSm2(bytes(run[1:33]), bytes(run[33:65]), bytes(run[65:97]), bytes(run[97:]), vector, ciphertext)


def _point_for(public: ec.EllipticCurvePublicKey, untrusted_originator: bytes) -> bytes:
    """The sender's point, which must lie on the recipient's curve."""
    try:
        originator = load_public_key(untrusted_originator)
    except CertificateRefused as error:
        raise damaged() from error
    if not isinstance(originator, ec.EllipticCurvePublicKey) or originator.curve.name != public.curve.name:
        raise damaged()
    return originator.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _der_of(halves: bytes) -> bytes:
    """ECDSA as a token gives it, r and s of equal length, as DER."""
    middle = len(halves) // 2
    return encode_dss_signature(int.from_bytes(halves[:middle], "big"), int.from_bytes(halves[middle:], "big"))
