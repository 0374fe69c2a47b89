"""The whole evening's archive and report, made by ``evalclient export`` and checked by ``evalclient verify`` and pdfsig."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.desk.founding import load_genesis
from tests.builders.archives import parts_of
from tests.builders.openssl import openssl
from tests.builders.story import Story

ED25519 = 64


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = Story(tmp_path)
    yield story
    story.close()


def test_the_archive_and_the_report_of_a_real_evening_hold(story: Story, tmp_path: Path) -> None:
    story.bid()
    story.run()
    story.seats.pop("organiser").close()
    organiser = story.scenario.people / "organiser"
    archive, report = tmp_path / "archive.zip", tmp_path / "report.pdf"
    exported = command(
        [
            *("export", "--tender", str(story.scenario.genesis), "--centre", story.url, "--store", str(organiser)),
            *("--key", str(organiser / "key.p12"), "--password-file", str(organiser / "pin")),
            *("-o", str(archive), "--report", str(report)),
        ]
    )
    assert exported == 0
    fingerprint = record_id(load_genesis(story.scenario.genesis.read_bytes()).record.payload)
    assert command(["verify", str(archive), "--genesis", fingerprint]) == 0
    assert command(["verify", str(archive)]) == 1
    parts = parts_of(archive.read_bytes())
    assert parts["report/report.pdf"] == report.read_bytes()
    assert sum(name.endswith("ASiCManifest.xml") for name in parts) == 6
    if shutil.which("openssl"):
        assert certified_kinds(parts, tmp_path / "unpacked") >= {"sheet.sealed", "report.signed", "evaluation.ended"}
    if shutil.which("pdfsig"):
        told = subprocess.run(["pdfsig", "-nocert", str(report)], capture_output=True, text=True, check=True).stdout
        assert told.count("Signature is Valid.") == 5
        assert told.count("  - Total document signed") == 1


def certified_kinds(parts: Mapping[str, bytes], folder: Path) -> set[str]:
    """Kinds of records whose certificate signatures the stock command accepts; one record of each kind is tried."""
    folder.mkdir()
    (folder / "roots.pem").write_bytes(parts["certificates/roots.pem"])
    held: set[str] = set()
    for name, signature in parts.items():
        if not name.endswith(".sig") or len(signature) == ED25519:
            continue
        payload = parts[name.replace(".sig", ".payload")]
        kind = decode_payload(payload).kind
        if kind in held:
            continue
        (folder / "record").write_bytes(payload)
        (folder / "signature").write_bytes(signature)
        out = openssl("cms", "-verify", "-inform", "DER", "-binary", "-in", folder / "signature", "-content",
                      folder / "record", "-CAfile", folder / "roots.pem", "-purpose", "any")  # fmt: skip
        assert out == payload
        held.add(kind)
    return held
