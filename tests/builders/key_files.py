"""Key files as other software makes them, from openssl and by putting several into one."""

from __future__ import annotations

import hmac
import subprocess
from pathlib import Path

from asn1crypto import algos, pkcs12

from evalclient.crypto.keys.password_encryption import derive
from tests.builders.openssl import openssl

_SALT, _ROUNDS = b"eight..!", 2048


def exported(folder: Path, certificate: Path, key: Path, pin: bytes, *options: str) -> bytes:
    """``openssl pkcs12 -export`` of a PEM pair; ``pin`` as the bytes that a terminal would send."""
    (folder / "pin").write_bytes(pin + b"\n")
    return openssl(
        *("pkcs12", "-export", *options, "-inkey", key, "-in", certificate, "-passout", f"file:{folder / 'pin'}")
    )


def read_by_openssl(folder: Path, p12: bytes, pin: bytes) -> str:
    """All that the openssl command finds in a file, keys unencrypted; CalledProcessError where it refuses."""
    (folder / "read.p12").write_bytes(p12)
    (folder / "pin").write_bytes(pin + b"\n")
    arguments = ("-in", folder / "read.p12", "-nodes", "-legacy", "-passin", f"file:{folder / 'pin'}")
    return openssl("pkcs12", *arguments).decode("utf-8", "replace")


def refused_by_openssl(folder: Path, p12: bytes, pin: bytes) -> bool:
    """Whether the openssl command does not read a file with this PIN."""
    try:
        read_by_openssl(folder, p12, pin)
    except subprocess.CalledProcessError:
        return True
    return False


def joined(files: list[bytes], pin: str) -> bytes:
    """One file with the safes of several, under a checksum of SHA-1 as software of old makes it."""
    safes = [safe for file in files for safe in pkcs12.Pfx.load(file).authenticated_safe]
    content = pkcs12.AuthenticatedSafe(safes).dump()
    key = derive(pin.encode("utf-16-be") + b"\0\0", _SALT, _ROUNDS, 3, 20, "sha1")
    digest = {
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha1"}),
        "digest": hmac.digest(key, content, "sha1"),
    }
    return bytes(
        pkcs12.Pfx(
            {
                "version": "v3",
                "auth_safe": {"content_type": "data", "content": content},
                "mac_data": {"mac": digest, "mac_salt": _SALT, "iterations": _ROUNDS},
            }
        ).dump()
    )
