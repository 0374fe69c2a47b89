"""``verify`` tells what it is given by its content, and no verdict is good without something it is tied to."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.__main__ import main as command
from evalclient.archive.lone_files import Anchor, verify_file
from evalclient.core.records.envelope import SuiteName, record_id
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import dump_genesis
from tests.builders.real_seats import write_bid_folder
from tests.builders.samples_pdf import small_pdf
from tests.cli.bidding import Folder, tender_of_demo_people

SAMPLE = Path(__file__).parents[2] / "docs" / "sample" / "archive.zip"


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    return Folder(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, unpacked."""
    folder = tmp_path_factory.mktemp("sample")
    with zipfile.ZipFile(SAMPLE) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``demo-pki`` writes."""
    folder = tmp_path_factory.mktemp("people") / "demo"
    assert command(["demo-pki", str(folder)]) == 0
    return folder


def changed(path: Path, copy: Path, at: int) -> Path:
    content = path.read_bytes()
    copy.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    return copy


@pytest.mark.parametrize(
    ("suite", "bidder"), [("international", "bidder-1"), ("international", "bidder-3"), ("sm", "bidder-3")]
)
def test_a_bid_of_demo_people_from_its_folder_to_the_court(
    bench: Folder, people: Path, suite: SuiteName, bidder: str
) -> None:
    """Seal, check, open with two custodians and the bidder, compare, sign, verify; then one byte is changed.

    The custodians' keys are RSA, EC and SM2, some with a second certificate for encryption.
    """
    home, roots = bench.home, people / "roots" / "all.pem"
    tender = home / "tender.json"
    tender.write_bytes(dump_genesis(tender_of_demo_people(people, suite)))
    source, package = write_bid_folder(home / "bid"), home / "bid.asice"
    (source / "technical.pdf").write_bytes(small_pdf("one plan"))
    signer = demo_keys(people, home, bidder)
    sealed = bench.json("seal", source, "--tender", tender, "-o", package, "--signer", *signer[1:])
    assert {"Author", "Producer"} <= set(sealed["documents"][1]["removed"])
    assert "The seal holds" in bench.run("check", package)
    holders = demo_keys(people, home, bidder, "custodian-2", "custodian-3")
    bench.run("open", package, *holders, "--all", home / "opened")
    assert "Too few key shares" in bench.run("open", package, *holders[:4], *holders[8:], code=1)
    opened = home / "opened" / "technical" / "technical.pdf"
    assert text_of(opened) == text_of(source / "technical.pdf")
    assert "anonymous" not in opened.read_bytes().decode("latin-1")
    bench.run("sign", opened, *signer)
    assert "It holds." in bench.run("verify", opened, "--signature", f"{opened}.p7s", "--tender", tender)
    assert "It holds." in bench.run("verify", f"{opened}.p7s", "--trust", roots)
    answer = bench.json("verify", package, "--tender", tender)
    assert (answer["kind"], answer["holds"], len(answer["signatures"])) == ("package", True, 1)
    assert answer["findings"] == [
        {"part": "", "holds": True, "zh": "属于给出的评标项目。", "en": "it belongs to the evaluation given."}
    ]
    other = home / "other.json"
    other.write_bytes(dump_genesis(tender_of_demo_people(people, suite)))
    assert "belongs to another evaluation" in bench.run("verify", package, "--tender", other, code=1)
    for path, at in ((package, package.stat().st_size // 2), (opened, 700)):
        changed(path, path, at)
    assert "META-INF" in bench.run("verify", package, "--tender", tender, code=1)
    assert bench.json("verify", package, "--tender", tender, code=1)["error"]["kind"] == "PackageRefused"
    assert bench.run("check", package, code=1)
    told = bench.json("verify", f"{opened}.p7s", "--tender", tender, code=1)
    assert told["signatures"][0]["reason"] in {"changed", "malformed"}
    assert told["holds"] is False


def demo_keys(people: Path, home: Path, *names: str) -> list[str | Path]:
    """``--key`` and ``--password-file`` for each, in their order."""
    options: list[str | Path] = []
    for name in names:
        (home / f"{name}.pin").write_text(f"demo-{name}\n", "utf-8")
        options += ["--key", people / "people" / f"{name}.p12", "--password-file", home / f"{name}.pin"]
    return options


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = str(document[0].get_textpage().get_text_range())
    document.close()
    return text


def test_records_report_and_archive_of_one_evaluation(bench: Folder, sample: Path) -> None:
    tied = ["--trust", str(sample / "certificates" / "roots.pem")]
    fingerprint = record_id((sample / "records" / "000000.payload").read_bytes())
    for record in (sample / "records" / "000000.payload", sample / "records" / "000001.sig"):
        assert "It holds." in bench.run("verify", record, *tied, "--genesis", fingerprint)
    assert "another evaluation" in bench.run(
        "verify", sample / "records" / "000000.payload", *tied, "--genesis", "a" * 64, code=1
    )
    told = bench.json("verify", sample / "report" / "report.pdf", *tied)
    assert [one["holds"] for one in told["signatures"]] == [True] * 6, "five members, and the stamp beside the file"
    assert told["kind"] == "pdf"
    whole = bench.json("verify", SAMPLE, "--genesis", fingerprint)
    assert (whole["kind"], whole["holds"], whole["evaluation"]) == ("archive", True, fingerprint)
    assert whole["notes"]


def test_a_session_signed_record_says_that_it_needs_its_archive(bench: Folder, sample: Path) -> None:
    tied = ["--trust", str(sample / "certificates" / "roots.pem")]
    short = next(path for path in sorted((sample / "records").glob("*.sig")) if path.stat().st_size == 64)
    assert "check it together with the sign-in" in bench.run("verify", short, *tied, code=1)


def test_nothing_holds_untied(bench: Folder, sample: Path, tmp_path: Path) -> None:
    for path in (sample / "report" / "report.pdf", sample / "records" / "000000.payload"):
        assert "Not anchored: give" in bench.run("verify", path, code=1)
        assert "未锚定" in bench.run("verify", path, code=1, language="zh")
    unsigned = tmp_path / "unsigned.pdf"
    unsigned.write_bytes(small_pdf("unsigned"))
    tied = ["--trust", str(sample / "certificates" / "roots.pem")]
    assert "bears no signature" in bench.run("verify", unsigned, *tied, code=1)


def test_each_changed_byte_of_a_record_is_noticed(sample: Path, tmp_path: Path) -> None:
    trust = TrustStore(pem_roots(sample))
    payload, signature = sample / "records" / "000001.payload", sample / "records" / "000001.sig"
    now = moment()
    assert verify_file(payload, Anchor(trust), now, signature).holds
    for at in range(30, payload.stat().st_size, 97):
        copy = changed(payload, tmp_path / "copy.bin", at)
        assert not verify_file(copy, Anchor(trust), now, signature).holds


def pem_roots(sample: Path) -> list[bytes]:
    loaded = x509.load_pem_x509_certificates((sample / "certificates" / "roots.pem").read_bytes())
    return [one.public_bytes(Encoding.DER) for one in loaded]


def moment() -> datetime:
    return datetime.fromisoformat(SystemClock().now())


@pytest.mark.parametrize(
    "content", [b"", b"nothing of ours", b"\x30\x82", b"%PDF-1.7 broken", b"evalclient-record/1\n{}"]
)
def test_what_is_none_of_these_is_told(bench: Folder, content: bytes) -> None:
    file = bench.home / "file"
    file.write_bytes(content)
    for language in ("zh", "en"):
        assert len(bench.run("verify", file, code=2, language=language).splitlines()) == 1
    error = bench.json("verify", file, code=2)["error"]
    assert error["kind"] in {"FileUnusable", "PdfRefused"}
    assert bench.json("verify", bench.home / "nowhere", code=2)["error"]["kind"] == "FileUnusable"


def test_an_announcement_that_is_none_ties_nothing(bench: Folder, sample: Path) -> None:
    wrong = bench.home / "wrong.json"
    wrong.write_text(json.dumps({"payload": ""}), "utf-8")
    for path in (SAMPLE, sample / "report" / "report.pdf"):
        assert bench.json("verify", path, "--tender", wrong, code=2)["error"]["kind"] == "DocumentMalformed"
