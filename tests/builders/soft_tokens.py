"""Real PKCS#11 tokens in software: SoftHSM2 in a folder of its own, with people's keys and certificates on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from evalclient.crypto.demo.pki import Credential
from tests.builders.compiled import compiled

_PLACES = ("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib/aarch64-linux-gnu/softhsm")
LIBRARY = next((path for place in _PLACES if (path := Path(place, "libsofthsm2.so")).exists()), Path(_PLACES[0]))
PIN = "评标-4711"
_SO_PIN = "12345678"
#: fills a token; in a process of its own, because a library is loaded once and for one folder
_FILL = """
import json, sys
import pkcs11
from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
order = json.load(sys.stdin)
token = pkcs11.lib(order["library"]).get_token(token_label=order["label"])
with token.open(rw=True, user_pin=order["pin"]) as session:
    for identity, kind, der in order["objects"]:
        own = {Attribute.TOKEN: True, Attribute.ID: bytes.fromhex(identity), Attribute.LABEL: kind}
        data = bytes.fromhex(der)
        private = {Attribute.PRIVATE: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
        if kind == "ec":
            use = {Attribute.SIGN: True, Attribute.DERIVE: True}
            session.create_object({**decode_ec_private_key(data), **use, **private, **own})
        elif kind == "rsa":
            session.create_object({**decode_rsa_private_key(data), **private, **own})
        else:
            session.create_object({**own, Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.SUBJECT: b"subject",
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509, Attribute.VALUE: data})
"""


@dataclass(frozen=True, slots=True)
class SoftToken:
    """One token of a SoftHSM whose configuration lies in ``folder``; name it in SOFTHSM2_CONF to see it."""

    label: str
    folder: Path

    @property
    def configuration(self) -> Path:
        return self.folder / "softhsm2.conf"

    @property
    def objects(self) -> Path:
        """Where the token itself lies: taking the folder away is pulling the token out."""
        return self.folder / "tokens"

    def address(self, library: Path = LIBRARY) -> str:
        return f"pkcs11:token={self.label}?module-path={library}"


def soft_token(
    folder: Path, label: str, people: Sequence[Credential], pin: str, others: Sequence[bytes] = ()
) -> SoftToken:
    """A fresh token with the keys and certificates of ``people`` (key files under ``pin``), and ``others`` (DER)."""
    token = SoftToken(label, folder)
    token.objects.mkdir(parents=True)
    token.configuration.write_text(
        f"directories.tokendir = {token.objects}\nlog.level = ERROR\nslots.removable = true\n"
    )
    _util(token, "--init-token", "--free", "--label", label, "--so-pin", _SO_PIN, "--pin", PIN)
    objects = []
    for at, credential in enumerate(people, start=1):
        key = pkcs12.load_pkcs12(credential.p12, pin.encode()).key
        assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
        der = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        objects.append((f"{at:02x}", "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ec", der.hex()))
        objects.append((f"{at:02x}", "certificate", credential.certificate.hex()))
    objects += [(f"{at:02x}", "certificate", der.hex()) for at, der in enumerate(others, start=0xA0)]
    order = {"library": str(LIBRARY), "label": label, "pin": PIN, "objects": objects}
    subprocess.run(
        [sys.executable, "-c", _FILL],
        input=json.dumps(order).encode(),
        env=_environment(token),
        check=True,
        capture_output=True,
    )
    return token


@dataclass(frozen=True, slots=True)
class Awkward:
    """SoftHSM with a temper: it locks as hardware does, and has moods."""

    library: Path
    _state: Path

    def mood(self, mood: str) -> None:
        """What it does from now on when it is to sign: "" (sign), hang, crash, chatter."""
        self._state.with_name("mood").write_text(mood)


def awkward_library(built: Path, state: Path, environment: pytest.MonkeyPatch) -> Awkward:
    """The library, built in one folder; its tries and its mood in another."""
    temper = Awkward(compiled("awkward", built, "-ldl"), state / "tries")
    environment.setenv("AWKWARD_LIBRARY", str(LIBRARY))
    environment.setenv("AWKWARD_STATE", str(state / "tries"))
    environment.setenv("AWKWARD_MOOD", str(state / "mood"))
    return temper


def _util(token: SoftToken, *arguments: object) -> None:
    subprocess.run(["softhsm2-util", *map(str, arguments)], env=_environment(token), check=True, capture_output=True)


def _environment(token: SoftToken) -> dict[str, str]:
    return {**os.environ, "SOFTHSM2_CONF": str(token.configuration)}
