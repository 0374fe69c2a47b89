"""What crypto refuses, one kind per question a caller may ask; each carries a sentence for the user in two languages."""

from __future__ import annotations

from evalclient.core.errors import EvalclientError


class CryptoError(EvalclientError):
    """Base of everything that crypto refuses."""


class SignatureRefused(CryptoError):
    """A signature is malformed, uses an algorithm that is not accepted, or does not fit the content."""


class EnvelopeRefused(CryptoError):
    """An envelope is malformed, damaged, or uses an algorithm that is not accepted."""


class NotARecipient(EnvelopeRefused):
    """An envelope is well formed but was not made for this key."""


class ZipRefused(CryptoError):
    """What lies inside an envelope is no zip archive, is damaged, or would be unsafe to unpack."""


class KeyFileRefused(CryptoError):
    """A key file is not PKCS#12, holds no private key, or a key of a kind that is not accepted."""


class WrongPin(CryptoError):
    """The PIN does not open the key. ``tries_left`` before it locks, where the key tells."""

    def __init__(self, zh: str, en: str, tries_left: int | None = None) -> None:
        super().__init__(zh, en)
        self.tries_left = tries_left


class PinLocked(CryptoError):
    """Too many wrong PINs: only the authority that issued the token can unlock it."""


class KeyAbsent(CryptoError):
    """The token is not plugged in, or was pulled out; the service of a key is out of reach."""


class KeySilent(CryptoError):
    """A key did not answer in time and was given up on, or its library fell over."""


class KeyUnusable(CryptoError):
    """A token or a service holds no certificate with a key of an accepted kind, or refuses what is asked of it."""


class KeyAddressRefused(CryptoError):
    """The address of a key is malformed, or names a library that is not there."""


class CertificateRefused(CryptoError):
    """A certificate is malformed, or its path does not hold."""


class SharesRefused(CryptoError):
    """Key shares are too few, malformed, or do not belong together."""


class PackageRefused(CryptoError):
    """A bid package is damaged, incomplete, or no package at all; the sentence names the part."""


class PdfRefused(CryptoError):
    """A PDF cannot be signed or its signatures cannot be read."""


class SuiteMissing(CryptoError):
    """This machine has no library that knows an algorithm of the SM suite."""


class TimestampRefused(CryptoError):
    """A time stamp was not given, is malformed, or does not hold for what it is said to cover."""
