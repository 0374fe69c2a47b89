"""The calls of SKF (GM/T 0016-2012, GB/T 35291-2017) that the product uses, through ctypes. In the helper process alone.

ULONG is 32 bits and structures are laid out without gaps, as the standard writes them; texts are bytes that end with 0.
A vendor whose header says otherwise is not served. Calls of vendors beyond the standard are not used.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, byref, c_char_p, c_ubyte, c_uint32, c_void_p, create_string_buffer
from typing import Any, Final

USER_PIN: Final = 1
RSA_CONTAINER: Final = 1
SGD_SM4_CBC: Final = 0x00000402
SAR_OK: Final = 0
SAR_CERT_NOT_FOUND: Final = 0x0A00001C
SAR_DEVICE_REMOVED: Final = 0x0A000023
SAR_PIN_INCORRECT: Final = 0x0A000024
SAR_PIN_LOCKED: Final = 0x0A000025
SAR_PIN_INVALID: Final = 0x0A000026
SAR_PIN_LEN_RANGE: Final = 0x0A000027
SAR_USER_NOT_LOGGED_IN: Final = 0x0A00002D
#: the most that one name list, certificate or signature may take
_MOST: Final = 1 << 16

_Handle = c_void_p
_Size = POINTER(c_uint32)
_SIGNATURES: Final[dict[str, tuple[Any, ...]]] = {
    "SKF_EnumDev": (c_uint32, c_char_p, _Size),
    "SKF_ConnectDev": (c_char_p, POINTER(_Handle)),
    "SKF_DisConnectDev": (_Handle,),
    "SKF_GetDevInfo": (_Handle, c_void_p),
    "SKF_GetDevState": (c_char_p, _Size),
    "SKF_EnumApplication": (_Handle, c_char_p, _Size),
    "SKF_OpenApplication": (_Handle, c_char_p, POINTER(_Handle)),
    "SKF_CloseApplication": (_Handle,),
    "SKF_GetPINInfo": (_Handle, c_uint32, _Size, _Size, _Size),
    "SKF_VerifyPIN": (_Handle, c_uint32, c_char_p, _Size),
    "SKF_EnumContainer": (_Handle, c_char_p, _Size),
    "SKF_OpenContainer": (_Handle, c_char_p, POINTER(_Handle)),
    "SKF_CloseContainer": (_Handle,),
    "SKF_GetContainerType": (_Handle, _Size),
    "SKF_ExportCertificate": (_Handle, c_uint32, c_char_p, _Size),
    "SKF_RSASignData": (_Handle, c_char_p, c_uint32, c_char_p, _Size),
    "SKF_ECCSignData": (_Handle, c_char_p, c_uint32, c_void_p),
    "SKF_ImportSessionKey": (_Handle, c_uint32, c_char_p, c_uint32, POINTER(_Handle)),
    "SKF_DecryptInit": (_Handle, c_void_p),
    "SKF_Decrypt": (_Handle, c_char_p, c_uint32, c_char_p, _Size),
    "SKF_CloseHandle": (_Handle,),
}


class SkfFailed(Exception):
    """A call answered with another code than SAR_OK."""

    def __init__(self, call: str, code: int) -> None:
        super().__init__(f"{call} 0x{code:08X}")
        self.code = code


class _DeviceInfo(ctypes.Structure):
    """DEVINFO as far as it is read; what follows is room."""

    _pack_ = 1
    _fields_ = (
        ("version", c_ubyte * 2),
        ("manufacturer", ctypes.c_char * 64),
        ("issuer", ctypes.c_char * 64),
        ("label", ctypes.c_char * 32),
        ("serial", ctypes.c_char * 32),
        ("rest", c_ubyte * 1024),
    )


class _EccSignature(ctypes.Structure):
    """ECCSIGNATUREBLOB: numbers of 512 bits, big-endian, those of SM2 in the last 32 bytes."""

    _pack_ = 1
    _fields_ = (("r", c_ubyte * 64), ("s", c_ubyte * 64))


class _BlockCipher(ctypes.Structure):
    """BLOCKCIPHERPARAM: padding 0 means none."""

    _pack_ = 1
    _fields_ = (("iv", c_ubyte * 32), ("iv_length", c_uint32), ("padding", c_uint32), ("feed_bits", c_uint32))


class SkfLibrary:
    """One vendor's library. Every method raises SkfFailed; loading it OSError or AttributeError."""

    def __init__(self, path: str) -> None:
        loader = getattr(ctypes, "WinDLL", ctypes.CDLL) if sys.platform == "win32" else ctypes.CDLL
        self._library = loader(path)
        for name, arguments in _SIGNATURES.items():
            function = getattr(self._library, name)
            function.argtypes, function.restype = arguments, c_uint32

    def devices(self) -> list[bytes]:
        """Names of the devices that are plugged in."""
        return self._names("SKF_EnumDev", c_uint32(1))

    def connect(self, device: bytes) -> c_void_p:
        """A handle of a device."""
        return self._handle("SKF_ConnectDev", device)

    def disconnect(self, device: c_void_p) -> None:
        """Give the handle back."""
        self._call("SKF_DisConnectDev", device)

    def device_info(self, device: c_void_p) -> tuple[str, str, str]:
        """Manufacturer, label and serial number."""
        info = _DeviceInfo()
        self._call("SKF_GetDevInfo", device, byref(info))
        return text(info.manufacturer), text(info.label), text(info.serial)

    def applications(self, device: c_void_p) -> list[bytes]:
        """Names of the applications on a device."""
        return self._names("SKF_EnumApplication", device)

    def open_application(self, device: c_void_p, name: bytes) -> c_void_p:
        """A handle of an application."""
        return self._handle("SKF_OpenApplication", device, name)

    def tries(self, application: c_void_p) -> int:
        """How many wrong PINs are left before it locks."""
        most, left, standard = c_uint32(), c_uint32(), c_uint32()
        self._call("SKF_GetPINInfo", application, USER_PIN, byref(most), byref(left), byref(standard))
        return left.value

    def verify_pin(self, application: c_void_p, pin: bytes) -> int:
        """Log in; SkfFailed leaves what the token says of the tries left in the second place of its arguments."""
        left = c_uint32()
        try:
            self._call("SKF_VerifyPIN", application, USER_PIN, pin, byref(left))
        except SkfFailed as failure:
            failure.args = (*failure.args, left.value)
            raise
        return left.value

    def containers(self, application: c_void_p) -> list[bytes]:
        """Names of the containers of an application."""
        return self._names("SKF_EnumContainer", application)

    def open_container(self, application: c_void_p, name: bytes) -> c_void_p:
        """A handle of a container."""
        return self._handle("SKF_OpenContainer", application, name)

    def container_type(self, container: c_void_p) -> int:
        """0 empty, 1 RSA, 2 SM2."""
        kind = c_uint32()
        self._call("SKF_GetContainerType", container, byref(kind))
        return kind.value

    def certificate(self, container: c_void_p, *, signing: bool) -> bytes:
        """Signing or encryption certificate (DER); "" where the container has none."""
        try:
            return self._bytes("SKF_ExportCertificate", container, c_uint32(1 if signing else 0))
        except SkfFailed as failure:
            if failure.code == SAR_CERT_NOT_FOUND:
                return b""
            raise

    def rsa_sign(self, container: c_void_p, digest_info: bytes) -> bytes:
        """PKCS#1 v1.5 signature: the token adds the padding alone."""
        return self._bytes("SKF_RSASignData", container, digest_info, c_uint32(len(digest_info)))

    def sm2_sign(self, container: c_void_p, digest: bytes) -> bytes:
        """r and s, 32 bytes each, over SM3 of Z and message."""
        blob = _EccSignature()
        self._call("SKF_ECCSignData", container, digest, len(digest), byref(blob))
        return bytes(blob.r)[32:] + bytes(blob.s)[32:]

    def import_session_key(self, container: c_void_p, wrapped: tuple[bytes, bytes, bytes, bytes]) -> c_void_p:
        """A handle of an SM4 key that is wrapped for the encryption key (x, y, digest, cipher); it stays on the token."""
        x, y, digest, cipher = wrapped
        blob = bytes(32) + x + bytes(32) + y + digest + len(cipher).to_bytes(4, sys.byteorder) + cipher
        return self._handle("SKF_ImportSessionKey", container, c_uint32(SGD_SM4_CBC), blob, c_uint32(len(blob)))

    def decrypt(self, key: c_void_p, vector: bytes, ciphertext: bytes) -> bytes:
        """SM4-CBC without taking padding off."""
        parameters = _BlockCipher()
        parameters.iv[: len(vector)] = vector
        parameters.iv_length = len(vector)
        self._call("SKF_DecryptInit", key, byref(parameters))
        out, size = create_string_buffer(len(ciphertext) + 32), c_uint32(len(ciphertext) + 32)
        self._call("SKF_Decrypt", key, ciphertext, len(ciphertext), out, byref(size))
        return out.raw[: min(size.value, len(out))]

    def close_key(self, key: c_void_p) -> None:
        """Forget a session key."""
        self._call("SKF_CloseHandle", key)

    def _call(self, name: str, *arguments: Any) -> None:
        code = getattr(self._library, name)(*arguments)
        if code != SAR_OK:
            raise SkfFailed(name, code)

    def _handle(self, name: str, *arguments: Any) -> c_void_p:
        handle = _Handle()
        self._call(name, *arguments, byref(handle))
        return handle

    def _bytes(self, name: str, *arguments: Any) -> bytes:
        """Ask for the size, then for the content, as the standard has it."""
        size = c_uint32()
        self._call(name, *arguments, None, byref(size))
        size.value = min(size.value, _MOST)
        out = create_string_buffer(size.value or 1)
        self._call(name, *arguments, out, byref(size))
        return out.raw[: min(size.value, len(out))]

    def _names(self, name: str, *arguments: Any) -> list[bytes]:
        """A list of names, each ended by 0, the list by another."""
        return [each for each in self._bytes(name, *arguments).split(b"\0") if each]


def text(raw: bytes) -> str:
    """A name as it is shown: UTF-8, else what Chinese systems used before."""
    plain = bytes(raw).split(b"\0")[0]
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return plain.decode("gb18030", "replace")
