"""The archive as a file: the same bytes each time, checked by stock tools, and hostile files refused in one sentence."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from evalclient.archive import ArchiveIncomplete, ArchiveUnreadable, export, packing, verify
from evalclient.archive.layout import allowed
from evalclient.archive.packing import read_parts, write_parts
from evalclient.core.records.envelope import record_id
from tests.builders.archives import archive_of, finished, parts_of, tampered

ROOT = Path(__file__).parents[2]
openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def fingerprint() -> str:
    return record_id(finished().genesis.record.payload)


def test_the_same_store_gives_the_same_bytes() -> None:
    assert archive_of(finished()) == archive_of(finished())


def test_an_archive_holds_everything_that_is_asked_for() -> None:
    parts = parts_of(archive_of(finished()))
    assert {"README.txt", "archive.json", "log.txt", "checkpoint.txt", "report/report.pdf"} <= parts.keys()
    assert {"documents/tender.json", "documents/method.json", "documents/rules.json"} <= parts.keys()
    assert sum(name.endswith(".payload") for name in parts) == len(finished().tape)
    assert sum(name.startswith("seals/") for name in parts) == 6 * 5
    assert not any(data.startswith(b"PK") for data in parts.values())
    assert fingerprint() in parts["README.txt"].decode()


def test_the_last_revision_keeps_all_the_earlier_ones() -> None:
    parts = parts_of(archive_of(finished()))
    lines = [line.split(" ") for line in parts["report/revisions.txt"].decode().splitlines()]
    assert len(lines) == 6
    assert {line[2] for line in lines} == {"report/report.pdf"}
    assert int(lines[-1][1]) == len(parts["report/report.pdf"])
    assert [int(line[1]) for line in lines] == sorted(int(line[1]) for line in lines)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    for name, data in parts_of(archive_of(finished())).items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return tmp_path


def _openssl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def _cms(folder: Path, signature: str, content: str) -> int:
    told = _openssl(
        folder,
        *("cms", "-verify", "-inform", "DER", "-binary", "-in", signature, "-content", content),
        *("-CAfile", "certificates/roots.pem", "-purpose", "any", "-no_check_time", "-out", "/dev/null"),
    )
    return told.returncode


@openssl
def test_stock_openssl_checks_records_as_the_read_me_says(unpacked: Path) -> None:
    by_certificate = by_session = 0
    for signature in sorted((unpacked / "records").glob("*.sig"))[::7]:
        content = f"records/{signature.stem}.payload"
        if signature.stat().st_size != 64:
            assert _cms(unpacked, f"records/{signature.name}", content) == 0
            by_certificate += 1
            continue
        session = (unpacked / content).read_text("utf-8").split('"session":"')[1][:64]
        told = _openssl(
            unpacked,
            *("pkeyutl", "-verify", "-pubin", "-inkey", f"sessions/{session}.pem", "-rawin", "-in", content),
            *("-sigfile", f"records/{signature.name}"),
        )
        assert "Signature Verified Successfully" in told.stdout
        by_session += 1
    assert by_certificate
    assert by_session


@openssl
def test_stock_openssl_refuses_a_changed_record_and_checks_a_seal(unpacked: Path) -> None:
    file = unpacked / "records" / "000000.payload"
    assert _cms(unpacked, "records/000000.sig", "records/000000.payload") == 0
    file.write_bytes(file.read_bytes().replace(b"2026", b"2027", 1))
    assert _cms(unpacked, "records/000000.sig", "records/000000.payload") != 0
    seal = next((unpacked / "seals").iterdir()).relative_to(unpacked)
    assert _cms(unpacked, f"{seal}/signature.p7s", f"{seal}/ASiCManifest.xml") == 0


def test_an_archive_is_not_made_while_something_is_missing() -> None:
    evening = finished()
    log = evening.desk("organiser").log
    gone = {name: data for name, data in evening.blobs.items() if not data.startswith(b"amendment")}
    with pytest.raises(ArchiveIncomplete, match="the document"):
        export(io.BytesIO(), log, evening.desk("organiser").logged, gone.get, evening.open_package)
    with pytest.raises(ArchiveIncomplete, match="the bid package"):
        export(io.BytesIO(), log, evening.desk("organiser").logged, evening.blobs.get, lambda _name: None)
    with pytest.raises(ArchiveIncomplete, match="the seal"):
        export(
            io.BytesIO(),
            log,
            evening.desk("organiser").logged,
            evening.blobs.get,
            lambda _name: io.BytesIO(b"no package"),
        )
    wrong = {name: data + b"!" for name, data in evening.blobs.items()}
    with pytest.raises(ArchiveIncomplete, match="the document"):
        export(io.BytesIO(), log, evening.desk("organiser").logged, wrong.get, evening.open_package)


# -- hostile files -----------------------------------------------------------------------------------------------------


def _zip(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def _refusal(data: bytes) -> str:
    with pytest.raises(ArchiveUnreadable) as caught:
        verify(io.BytesIO(data), fingerprint())
    assert caught.value.zh.endswith("请向档案保管单位重新索取。")
    return caught.value.en


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "a/../../b",
        "C:\\x",
        "records\\x",
        "a//b",
        ".hidden",
        "a/.ssh",
        "a\x00b",
        "档案",
        "a/b/c/d/e",
        "",
    ],
)
def test_names_that_could_leave_the_folder_are_refused(name: str) -> None:
    assert not allowed(name)
    if name and "\x00" not in name:
        assert "not allowed" in _refusal(_zip({"log.txt": b"", name: b"x"}))


def test_a_part_that_stands_twice_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("log.txt", b"one")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("log.txt", b"two")
    assert "twice" in _refusal(buffer.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too large" in _refusal(_zip({"log.txt": bytes(65 << 20)}))
    monkeypatch.setattr(packing, "MAX_TOTAL", 1000)
    assert "when unpacked" in _refusal(_zip({f"blobs/{n}": bytes(300) for n in range(4)}))
    monkeypatch.setattr(packing, "MAX_PARTS", 3)
    assert "too many" in _refusal(_zip({f"blobs/{n}": b"" for n in range(4)}))


def test_a_part_that_unpacks_to_more_than_it_says_is_named() -> None:
    data = bytearray(_zip({"log.txt": bytes(5000)}))
    at = data.rindex(b"PK\x01\x02") + 24
    assert struct.unpack_from("<I", data, at)[0] == 5000
    struct.pack_into("<I", data, at, 10)
    assert read_parts(io.BytesIO(bytes(data))).damaged == ("log.txt",)


def test_other_packings_and_encryption_are_refused() -> None:
    assert "packed in a way" in _refusal(_zip({"log.txt": b"x"}, zipfile.ZIP_BZIP2))
    data = bytearray(_zip({"log.txt": b"x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "packed in a way" in _refusal(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"not a zip" * 50, b"%PDF-1.7"])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert "archive" in _refusal(data)


def test_a_truncated_archive_is_refused() -> None:
    whole = archive_of(finished())
    for cut in (10, len(whole) // 2, len(whole) - 10):
        assert "cannot be read" in _refusal(whole[:cut])


def test_a_flipped_byte_in_the_file_names_the_part() -> None:
    parts = parts_of(archive_of(finished()))
    data = bytearray(_zip(parts, zipfile.ZIP_STORED))
    data[data.index(parts["records/000030.payload"]) + 200] ^= 1
    report = verify(io.BytesIO(bytes(data)), fingerprint())
    assert report.problems[0].part == "records/000030.payload"
    assert "damaged" in report.problems[0].text.en
    first = bytearray(_zip(parts, zipfile.ZIP_STORED))
    first[first.index(parts["records/000000.payload"]) + 200] ^= 1
    report = verify(io.BytesIO(bytes(first)), fingerprint())
    assert [problem.part for problem in report.problems] == ["records/000000.payload"]


def test_garbage_where_records_should_be_is_a_finding_not_a_crash() -> None:
    for name, data in {
        "records/000000.payload": b"{}",
        "records/000000.sig": b"\x30\x80",
        "records/000003.payload": b"evalclient-record/1\n" + b"[" * 100_000,
        "records/000004.sig": bytes(100),
        "log.txt": b"\xff\xfe",
        "checkpoint.txt": b"\xff\x00",
        "documents/rules.json": b"[]",
        "report/revisions.txt": b"a b c\n1 99999999999 report/report.pdf\n",
    }.items():
        report = verify(io.BytesIO(tampered(archive_of(finished()), {name: data})), fingerprint())
        assert report.exit_code == 1


def test_parts_come_back_as_they_were_written() -> None:
    parts = {"b": b"2", "a/c": bytes(1000), "a/b": b""}
    buffer = io.BytesIO()
    write_parts(buffer, parts)
    read = read_parts(io.BytesIO(buffer.getvalue()))
    assert dict(read.files) == parts
    assert list(read.files) == sorted(parts)
    assert read.damaged == ()


# -- the command -------------------------------------------------------------------------------------------------------


def _command(*arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    script = (
        "import sys; from evalclient.__main__ import main; code = main(sys.argv[1:]);"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]; sys.exit(code)"
    )
    return subprocess.run(
        [sys.executable, "-c", script, "verify", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"LANG": f"{lang}_US.UTF-8", "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )


def test_the_command_says_what_holds_and_its_exit_code_too(tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    file.write_bytes(archive_of(finished()))
    told = _command(str(file), "--genesis", fingerprint())
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.endswith("The archive holds.\n")
    roots = tmp_path / "roots.pem"
    roots.write_bytes(parts_of(file.read_bytes())["certificates/roots.pem"])
    assert _command(str(file), "--trust", str(roots)).returncode == 0
    kept = tmp_path / "checkpoint.txt"
    kept.write_bytes(parts_of(file.read_bytes())["checkpoint.txt"])
    assert f"✓ {kept}" in _command(str(file), "--genesis", fingerprint(), "--receipt", str(kept)).stdout
    assert _command(str(file), "--genesis", fingerprint(), "--receipt", str(roots)).returncode == 1
    loose = _command(str(file), lang="zh")
    assert loose.returncode == 1
    assert "未锚定" in loose.stdout
    file.write_bytes(b"nothing")
    broken = _command(str(file))
    assert broken.returncode == 2
    assert "is no archive" in broken.stderr
    assert _command(str(tmp_path / "none.zip")).returncode == 2
    assert _command(str(file), "--trust", str(file)).returncode == 2
