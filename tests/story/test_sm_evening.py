"""A whole evening of the SM suite with a mixed committee: one key of RSA, one on P-256, the others of SM2."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.envelope import Record, decode_payload, digest
from evalclient.crypto.bid_package import check_package
from evalclient.crypto.cms import sm_envelopes, verify_detached
from evalclient.crypto.cms.suites import suite_of
from evalclient.crypto.primitives import sm2
from evalclient.crypto.primitives.public_keys import public_key_of
from evalclient.demo.preparation import Keys
from tests.builders.archives import parts_of
from tests.builders.story import Story

SCRIPT = Path(__file__).parents[2] / "docs" / "check-signature-sm.sh"
KEYS = Keys(("rsa", "ec", "sm2"), {"m1": "rsa", "m2": "ec", "b2": "ec"}, "sm2")


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = Story(tmp_path, bidders=3, suite="sm", keys=KEYS)
    yield story
    story.close()


def test_a_mixed_committee_evaluates_in_the_sm_suite_and_the_archive_holds(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story.bid()
    evaluation = story.run()
    assert evaluation.ending is not None
    assert evaluation.ending.ending == "awarded"
    assert not evaluation.without_effect
    report = evaluation.report
    assert report is not None
    members = [member.person for member in active_members(evaluation)]
    assert [person for person, _ in report.stamps] == members
    kinds = [suite_of(public_key_of(story.cast.certificates[member])).digest for member in members]
    assert kinds == ["sha256", "sha256", "sm3", "sm3", "sm3"]
    for session in evaluation.roster.sessions.values():
        assert isinstance(sm2.public_key_from(session.signing_key), sm2.Sm2PublicKey)
    founding = evaluation.founding
    assert all(party.encryption for party in (*founding.custodians, *founding.recovery_custodians))
    for bidder in story.cast.of("bidder"):
        with (story.scenario.people / bidder.person / "bid.asice").open("rb") as package:
            assert check_package(package).suite == "sm"
    records = [entry.record for entry in story.seat("organiser").log.entries()]
    assert _digests_of(records) == {"sha256", "sm3"}
    assert any(sm_envelopes.is_sm_envelope(session.vault) for session in evaluation.roster.sessions.values())
    _verify(story, records[0], tmp_path, capsys)


def _digests_of(records: list[Record]) -> set[str]:
    """The digests by which certificates signed, of the records that they signed."""
    signed = [record for record in records if len(record.signature) != 64]
    signers = {verify_detached(record.payload, record.signature).certificate for record in signed}
    return {suite_of(public_key_of(certificate)).digest for certificate in signers}


def _verify(story: Story, first: Record, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exported and verified by the public commands; a digit changed is named."""
    story.seats.pop("organiser").close()
    home, archive = story.scenario.people / "organiser", folder / "archive.zip"
    exported = command(
        [
            *("export", "--tender", str(story.scenario.genesis), "--centre", story.url, "--store", str(home)),
            *("--key", str(home / "key.p12"), "--password-file", str(home / "pin"), "-o", str(archive)),
        ]
    )
    assert exported == 0
    fingerprint = digest(first.payload, "sm3")
    capsys.readouterr()
    assert command(["verify", str(archive), "--genesis", fingerprint]) == 0
    assert capsys.readouterr().out.rstrip().endswith(("核验成立。", "The verification holds."))
    parts = parts_of(archive.read_bytes())
    _check_a_session_by_the_readme(parts, folder / "unpacked")
    for name in ("records/000000.payload", "records/000000.sig"):
        (folder / "unpacked" / name).write_bytes(parts[name])
    _check_certified_records_by_the_script(parts, folder)
    lone = str(folder / "unpacked" / "records" / "000000.payload")
    assert command(["verify", lone, "--tender", str(story.scenario.genesis)]) == 0


def _check_certified_records_by_the_script(parts: Mapping[str, bytes], folder: Path) -> None:
    """Stock openssl accepts what SM2 certificates signed, under authorities of every kind."""
    (folder / "roots.pem").write_bytes(parts["certificates/roots.pem"])
    kinds: set[str] = set()
    for name, signature in parts.items():
        if not name.endswith(".sig") or len(signature) == 64:
            continue
        payload = parts[name.replace(".sig", ".payload")]
        kind, author = decode_payload(payload).kind, verify_detached(payload, signature).certificate
        if kind in kinds or suite_of(public_key_of(author)).digest != "sm3":
            continue
        (folder / "record").write_bytes(payload)
        (folder / "signature").write_bytes(signature)
        command = ["sh", SCRIPT, folder / "signature", folder / "record", folder / "roots.pem"]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (kind, done.stderr)
        kinds.add(kind)
    assert kinds >= {"evaluation.created", "sheet.sealed", "report.signed"}


def _check_a_session_by_the_readme(parts: Mapping[str, bytes], folder: Path) -> None:
    """The commands of the read-me, with a record of a session and that session's key in the places it names."""
    number, payload = next(
        (name[8:14], parts[name.replace(".sig", ".payload")])
        for name, signature in parts.items()
        if name.endswith(".sig") and len(signature) == 64
    )
    for name in (f"records/{number}.sig", f"records/{number}.payload"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(parts[name])
    session = decode_payload(payload).session
    (folder / "public.pem").write_bytes(parts[f"sessions/{session}.pem"])
    lines = parts["README.txt"].decode().splitlines()
    wanted = ("set --", "printf 'asn1", "openssl asn1parse", "openssl dgst -sm3 -sigopt")
    commands = [next(line.strip() for line in lines if line.strip().startswith(start)) for start in wanted]
    script = "\n".join(("set -e", *commands)).replace("NNNNNN", number)
    script = script.replace("attributes.der", f"records/{number}.payload")
    done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert "Verified OK" in done.stdout, done.stderr
