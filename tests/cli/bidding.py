"""A tender with three custodians, two of whom are needed, and people who seal and open at the command line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.__main__ import main as command
from evalclient.core.records.act import Party
from evalclient.core.records.acts_founding import RevocationRule
from evalclient.core.records.envelope import SuiteName
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.notes import new_note_key, verifier_key
from evalclient.desk.desk import Genesis
from tests.builders.centre import PIN, key_of
from tests.builders.real_seats import genesis_for, key_file

CUSTODIANS = ("custodian-agency", "custodian-platform", "custodian-witness")


def tender_of_three(suite: SuiteName = "international") -> Genesis:
    """A tender whose bids are opened by two of three custodians and the bidder."""
    parties = tuple(Party(person, key_of(person).certificate) for person in CUSTODIANS)
    more: dict[str, object] = {"custodians": parties, "threshold": 2, "suite": suite}
    return genesis_for(verifier_key("centre", new_note_key()).text(), more=more)


def tender_of_demo_people(folder: Path, suite: SuiteName = "international") -> Genesis:
    """A tender among the people of ``evalclient demo-pki``: three custodians with RSA, EC and SM2 keys, two needed.

    Its rule refuses certificates that no list clears, and it brings no list: bids are sealed and checked all the same.
    """
    roots = x509.load_pem_x509_certificates((folder / "roots" / "all.pem").read_bytes())
    organiser = Pkcs12Key.open((folder / "people" / "organiser.p12").read_bytes(), "demo-organiser")
    keepers = tuple(demo_party(folder, f"custodian-{number}") for number in (1, 2, 3))
    more: dict[str, object] = {
        "roots": tuple(root.public_bytes(Encoding.DER) for root in roots),
        "organiser": demo_party(folder, "organiser"),
        "supervisor": demo_party(folder, "supervisor"),
        "custodians": keepers,
        "threshold": 2,
        "suite": suite,
        "recovery_custodians": keepers,
        "revocation_rule": RevocationRule(unknown="refuse"),
    }
    return genesis_for(verifier_key("centre", new_note_key()).text(), more=more, organiser=organiser)


def demo_party(folder: Path, person: str) -> Party:
    """One of them as record 0 names him."""
    encryption = folder / "people" / f"{person}-encryption.cer"
    certificate = (folder / "people" / f"{person}.cer").read_bytes()
    return Party(person, certificate, encryption.read_bytes() if encryption.exists() else b"")


@dataclass
class Folder:
    """Where somebody works at the command line, with key files of everybody beside him."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, *arguments: str | Path, code: int = 0, language: str = "en") -> str:
        """What the command says, output and complaint; it ends with ``code``."""
        self.monkeypatch.setenv("LANG", {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}[language])
        self.capsys.readouterr()
        ended = command([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        assert ended == code, said
        assert PIN not in said.out + said.err
        return said.out + said.err

    def json(self, *arguments: str | Path, code: int = 0) -> dict[str, Any]:
        """The answer for machines."""
        self.capsys.readouterr()
        assert command([*map(str, arguments), "--json"]) == code
        answer: dict[str, Any] = json.loads(self.capsys.readouterr().out)
        assert answer.pop("exit") == code
        return answer

    def keys(self, *people: str) -> list[str | Path]:
        """``--key`` for each, and the one PIN file."""
        pin = self.home / "pin"
        pin.write_text(PIN + "\n", "utf-8")
        options: list[str | Path] = []
        for person in people:
            file = self.home / f"{person}.p12"
            file.write_bytes(key_file(person))
            options += ["--key", file]
        return [*options, "--password-file", pin]
