"""The few functions of OpenSSL's libcrypto (3.0 or later) that nothing else gives: SM2, the checksum of key files, primes.

Python links libcrypto for ``hashlib`` and ``ssl``. The same copy is used here: once it is loaded, the loader finds it by
its name wherever it lies, in a distribution's folder or in the bundle. Nothing is called that the shared library does
not promise to keep (``EVP_PKEY_…``, ``d2i_…``, ``i2d_…``).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_char_p, c_int, c_long, c_size_t, c_void_p
from functools import lru_cache

from evalclient.crypto.errors import SuiteMissing

_NAMES = {
    "linux": ("libcrypto.so.3",),
    "darwin": ("libcrypto.3.dylib",),
    "win32": ("libcrypto-3-x64.dll", "libcrypto-3.dll"),
}
_OLDEST = 3 << 28
_SIZE = POINTER(c_size_t)
_OUT = POINTER(c_void_p)
#: name → result, arguments; a pointer that libcrypto owns is always c_void_p, so that it is not cut to 32 bits
_FUNCTIONS = {
    "OpenSSL_version_num": (ctypes.c_ulong,),
    "ERR_clear_error": (None,),
    "CRYPTO_free": (None, c_void_p, c_char_p, c_int),
    "d2i_PUBKEY": (c_void_p, c_void_p, _OUT, c_long),
    "i2d_PUBKEY": (c_int, c_void_p, _OUT),
    "d2i_AutoPrivateKey": (c_void_p, c_void_p, _OUT, c_long),
    "i2d_PrivateKey": (c_int, c_void_p, _OUT),
    "EVP_PKEY_is_a": (c_int, c_void_p, c_char_p),
    "EVP_PKEY_free": (None, c_void_p),
    "EVP_PKEY_CTX_new": (c_void_p, c_void_p, c_void_p),
    "EVP_PKEY_CTX_free": (None, c_void_p),
    "EVP_PKEY_sign_init": (c_int, c_void_p),
    "EVP_PKEY_sign": (c_int, c_void_p, c_char_p, _SIZE, c_char_p, c_size_t),
    "EVP_PKEY_verify_init": (c_int, c_void_p),
    "EVP_PKEY_verify": (c_int, c_void_p, c_char_p, c_size_t, c_char_p, c_size_t),
    "EVP_PKEY_encrypt_init": (c_int, c_void_p),
    "EVP_PKEY_encrypt": (c_int, c_void_p, c_char_p, _SIZE, c_char_p, c_size_t),
    "EVP_PKEY_decrypt_init": (c_int, c_void_p),
    "EVP_PKEY_decrypt": (c_int, c_void_p, c_char_p, _SIZE, c_char_p, c_size_t),
    "d2i_PKCS12": (c_void_p, c_void_p, _OUT, c_long),
    "PKCS12_free": (None, c_void_p),
    "PKCS12_set_mac": (c_int, c_void_p, c_char_p, c_int, c_char_p, c_int, c_int, c_void_p),
    "i2d_PKCS12": (c_int, c_void_p, _OUT),
    "EVP_sha256": (c_void_p,),
    "BN_bin2bn": (c_void_p, c_char_p, c_int, c_void_p),
    "BN_free": (None, c_void_p),
    "BN_check_prime": (c_int, c_void_p, c_void_p, c_void_p),
}


@lru_cache(maxsize=1)
def libcrypto() -> ctypes.CDLL:
    """The loaded library with its functions declared; SuiteMissing where this machine has none that knows SM2."""
    import _hashlib  # noqa: F401 - loads the copy that Python links, wherever it lies

    for name in _NAMES.get(sys.platform, ("libcrypto.so.3",)):
        try:
            library = ctypes.CDLL(name)
            for function, (result, *arguments) in _FUNCTIONS.items():
                declared = getattr(library, function)
                declared.restype, declared.argtypes = result, arguments
        except (OSError, AttributeError):
            continue
        if library.OpenSSL_version_num() >= _OLDEST:
            return library
    raise missing()


def missing() -> SuiteMissing:
    """What a machine is told that has no library with SM2."""
    return SuiteMissing(
        "本机缺少支持国密算法（SM2）的 OpenSSL 3 程序库（libcrypto），请安装操作系统的 libssl3 软件包后再试。",
        "This machine lacks an OpenSSL 3 library (libcrypto) that knows SM2; install the system's package libssl3.",
    )


def is_prime(number: int) -> bool:
    """Whether a positive number is prime, to all that anybody will ever find out."""
    library = libcrypto()
    digits = number.to_bytes((number.bit_length() + 7) // 8, "big")
    held = library.BN_bin2bn(digits, len(digits), None)
    try:
        return bool(library.BN_check_prime(held, None, None) == 1)
    finally:
        library.BN_free(held)


@contextmanager
def pointer_to(data: bytes) -> Iterator[c_void_p]:
    """A pointer to a copy of ``data`` as ``d2i_…`` functions move it on; the copy is overwritten afterwards."""
    buffer = ctypes.create_string_buffer(data, len(data) or 1)
    try:
        yield c_void_p(ctypes.addressof(buffer))
    finally:
        ctypes.memset(buffer, 0, len(buffer))


def decoded(function: str, data: bytes) -> int | None:
    """The object that ``d2i_…`` makes of exactly ``data``, to be freed by the caller; None where it makes none."""
    library = libcrypto()
    with pointer_to(data) as start:
        at = c_void_p(start.value)
        made: int | None = getattr(library, function)(None, ctypes.byref(at), len(data))
        whole = made is not None and at.value == (start.value or 0) + len(data)
    library.ERR_clear_error()
    if made is not None and not whole:
        getattr(library, "PKCS12_free" if function == "d2i_PKCS12" else "EVP_PKEY_free")(made)
        return None
    return made


def encoded(function: str, made: int) -> bytes:
    """The DER that ``i2d_…`` writes of an object; what libcrypto held of it is overwritten."""
    library = libcrypto()
    out = c_void_p()
    length = getattr(library, function)(made, ctypes.byref(out))
    if length <= 0 or not out.value:
        library.ERR_clear_error()
        raise ValueError("libcrypto cannot encode the object")
    try:
        return ctypes.string_at(out.value, length)
    finally:
        ctypes.memset(out.value, 0, length)
        library.CRYPTO_free(out, None, 0)
