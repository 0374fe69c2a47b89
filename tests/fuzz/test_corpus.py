"""Every kept input of the fuzzer ends in words, and every seed still opens what it was made to open."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from evalclient.crypto.bid_package import check_package
from evalclient.crypto.cms import open_envelope, open_with_key, verify_detached
from evalclient.crypto.cms.cades_t import timestamp_token
from evalclient.crypto.cms.foreign import open_foreign
from evalclient.crypto.cms.foreign_zip import ForeignZip
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import verify_pdf
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.revocation_evidence import load_evidence, made_by
from evalclient.crypto.trust.timestamps import read_token
from tests.fuzz.run import CORPUS
from tests.fuzz.run import TARGETS as NAMES
from tests.fuzz.targets import CONTENT, KEY, TARGETS, authority, reader, sm_reader


def kept(name: str) -> list[Path]:
    return sorted((CORPUS / name).iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_every_kept_input_ends_in_words(name: str) -> None:
    assert kept(name)
    for path in kept(name):
        TARGETS[name](path.read_bytes())


def test_the_runner_and_the_targets_name_the_same() -> None:
    assert tuple(TARGETS) == NAMES


def test_seeds_open() -> None:
    """A seed that no longer opened would have the fuzzer try the first check only."""
    cms = CORPUS / "foreign_cms"
    assert open_envelope((cms / "seed-envelope").read_bytes(), reader()) == b"content"
    assert open_with_key((cms / "seed-sealed").read_bytes(), KEY, b"price") == b"content"
    for name in ("aes-256-gcm", "aes-256-gcm-stream", "aes-128-cbc", "aes-128-cbc-stream"):
        with open_foreign(io.BytesIO((cms / f"seed-{name}").read_bytes()), reader()) as content:
            assert [member.name for member in ForeignZip(content).members] == ["商务/a.txt", "b.bin"]
    assert open_envelope((cms / "seed-sm2").read_bytes(), sm_reader()) == b"content"
    for name in ("detached", "sm2"):
        verify_detached(CONTENT, (CORPUS / "signatures" / f"seed-{name}").read_bytes())
    folder = CORPUS / "evidence"
    for name in ("list", "answer"):
        (weighed,) = load_evidence((folder / f"seed-{name}").read_bytes())
        assert made_by(weighed, authority().intermediate_der)
    stamp = read_token((folder / "seed-token").read_bytes(), bytes(32))
    assert timestamp_token((folder / "seed-stamped").read_bytes())
    assert stamp.at.year == 2026
    (signature,) = verify_pdf((CORPUS / "pdf_files" / "seed-signed").read_bytes(), TrustStore((authority().root_der,)))
    assert signature.bottom_line
    check_package(io.BytesIO((CORPUS / "packages" / "seed-package").read_bytes()))
    Pkcs12Key.open((CORPUS / "key_files" / "seed-modern").read_bytes(), "1")
