"""A zip inside a foreign envelope: listed, unpacked block by block, and refused where unpacking it would be unsafe."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import subprocess
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from evalclient.crypto.cms.foreign import open_foreign
from evalclient.crypto.cms.foreign_zip import MAX_DIRECTORY, MAX_MEMBERS, ForeignZip, Member
from evalclient.crypto.errors import CryptoError, ZipRefused
from tests.builders.foreign_cms import Reader, encrypted
from tests.builders.mutations import in_words

TEXT = "投标函".encode() * 400
NOISE = random.Random(7).randbytes(70_000)


def zipped(rows: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in rows:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def content_of(archive: ForeignZip, name: str) -> bytes:
    return b"".join(archive.blocks(name))


PLAIN = zipped([("商务/投标函.pdf", TEXT), ("技术/", b""), ("技术/图.bin", NOISE)])


def test_members_of_a_zip_inside_an_envelope_come_out(tmp_path: Path) -> None:
    """The zip as the stock command makes it."""
    (tmp_path / "商务").mkdir()
    (tmp_path / "商务" / "投标函.pdf").write_bytes(TEXT)
    (tmp_path / "图.bin").write_bytes(NOISE)
    with zipfile.ZipFile(tmp_path / "bid.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "商务" / "投标函.pdf", "商务/投标函.pdf")
        archive.write(tmp_path / "图.bin", "图.bin")
    subprocess.run(["unzip", "-tqq", str(tmp_path / "bid.zip")], check=True)
    reader = Reader.create(tmp_path, "P-256")
    for cipher in ("aes-256-gcm", "aes-256-cbc"):
        with open_foreign(
            io.BytesIO(encrypted(tmp_path / "bid.zip", cipher, reader, "-stream")), reader.key
        ) as content:
            archive_in = ForeignZip(content)
            assert archive_in.members == (Member("商务/投标函.pdf", len(TEXT)), Member("图.bin", len(NOISE)))
            assert content_of(archive_in, "商务/投标函.pdf") == TEXT
            assert content_of(archive_in, "图.bin") == NOISE
            with pytest.raises(KeyError):
                content_of(archive_in, "别的.pdf")


def test_names_in_gbk_are_read_as_people_wrote_them() -> None:
    name = "技术\\方案.pdf".encode("gbk")
    placeholder = b"x" * len(name)
    untrusted = zipped([(placeholder.decode(), TEXT)]).replace(placeholder, name)
    archive = ForeignZip(io.BytesIO(untrusted))
    assert archive.members == (Member("技术/方案.pdf", len(TEXT)),)
    # zipfile compares names as it reads them itself, so a name in another encoding opens all the same
    assert content_of(archive, "技术/方案.pdf") == TEXT


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/passwd",
        "a/../../x",
        "..\\x",
        "C:\\x",
        "c:x",
        "a/b:c",
        "a//b",
        "a/./b",
        "a\nb",
        "x" * 1001,
        "报价\u202efdp.exe",
        "a/\x7f",
        "a/ /b",
        "a/con",
        "NUL.txt",
        "lpt1 .pdf",
        "a.",
        "a /b",
    ],
)
def test_names_that_leave_the_folder_or_deceive_are_refused(name: str) -> None:
    with pytest.raises(ZipRefused, match="name"):
        ForeignZip(io.BytesIO(zipped([("good", b"1"), (name, b"2")])))


def test_doubled_members_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        doubled = zipped([("a", b"1"), ("a", b"2")])
    pairs = (("a/b", "a\\b"), ("a.txt", "A.TXT"), ("a", "a/b"), ("A/b", "a/b"), ("a/B/c", "A/b"))
    for untrusted in (doubled, *(zipped([(one, b"1"), (two, b"2")]) for one, two in pairs)):
        with pytest.raises(ZipRefused, match="twice"):
            ForeignZip(io.BytesIO(untrusted))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ZipRefused, match="far more"):
        ForeignZip(io.BytesIO(zipped([("bomb", bytes(8 << 20))])))


def test_content_longer_or_shorter_than_declared_is_refused() -> None:
    untrusted = zipped([("a", NOISE)])
    for size in (1, len(NOISE) - 1, len(NOISE) + 1, 200 * len(NOISE)):
        lying = untrusted.replace(struct.pack("<I", len(NOISE)), struct.pack("<I", size))
        assert lying != untrusted
        with pytest.raises(ZipRefused):
            content_of(ForeignZip(io.BytesIO(lying)), "a")


def test_all_members_together_unpack_to_no_more_than_sound_documents() -> None:
    """Each member packs as well as can be and is small; together they are out of proportion, or beyond what is taken."""
    rows = [(f"{number}", bytes(1 << 20)) for number in range(65)]
    with pytest.raises(ZipRefused, match="far more"):
        ForeignZip(io.BytesIO(zipped(rows)))
    assert len(ForeignZip(io.BytesIO(zipped(rows[:64]))).members) == 64
    size = struct.pack("<I", 1 << 20)
    lying = zipped(rows[:20]).replace(size, struct.pack("<I", 0xFFFFFFF0))
    with pytest.raises(ZipRefused, match="too large when unpacked"):
        ForeignZip(io.BytesIO(lying))


def test_a_large_member_is_unpacked_block_by_block() -> None:
    """Packed some 60 to 1, as a priced list in XML is; unpacked to memory it would be 64 MiB."""
    piece = random.Random(1).randbytes(1000) + bytes(59_000)
    pieces = (64 << 20) // len(piece)
    untrusted = zipped([("清单.xml", piece * pieces)])
    assert len(untrusted) < 2 << 20
    whole, most = hashlib.sha256(), 0
    tracemalloc.start()
    try:
        for block in ForeignZip(io.BytesIO(untrusted)).blocks("清单.xml"):
            whole.update(block)
            most = max(most, len(block))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert whole.digest() == hashlib.sha256(piece * pieces).digest()
    assert most <= 1 << 20
    assert peak < 8 << 20


def test_hidden_and_overlapping_entries_are_refused() -> None:
    first, rest = PLAIN[: PLAIN.index(b"PK\x03\x04", 4)], PLAIN[PLAIN.index(b"PK\x03\x04", 4) :]
    hidden = zipped([("hidden", b"x" * 100)])
    hidden = hidden[: hidden.index(b"PK\x01\x02")]
    for changed in (hidden + PLAIN, first + hidden + rest):
        with pytest.raises(ZipRefused):
            ForeignZip(io.BytesIO(changed))
    shared = bytearray(zipped([("a", NOISE), ("b", NOISE)], zipfile.ZIP_STORED))
    entry = shared.rindex(b"PK\x01\x02")
    shared[entry + 42 : entry + 46] = bytes(4)  # both entries of the directory point at the first file
    with pytest.raises(ZipRefused, match="shared"):
        ForeignZip(io.BytesIO(shared))


def test_a_directory_that_claims_to_be_huge_is_refused_unread() -> None:
    class Watched(io.BytesIO):
        most = 0

        def read(self, size: int | None = -1) -> bytes:
            found = super().read(size)
            self.most = max(self.most, len(found))
            return found

    entries = zipped([(f"{number}", b"") for number in range(MAX_MEMBERS + 1)])
    directory = entries.index(b"PK\x01\x02")
    huge = Watched(bytes(30) + entries[directory:-22] * 5)
    huge.seek(0, 2)
    size = len(huge.getvalue()) - 30
    huge.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, size, 30, 0))
    with pytest.raises(ZipRefused):
        ForeignZip(huge)
    assert huge.most <= MAX_DIRECTORY + 1
    with pytest.raises(ZipRefused, match="too many"):
        ForeignZip(io.BytesIO(entries))


def test_an_encrypted_or_oddly_packed_member_is_refused() -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(ZipRefused, match="not accepted"):
            ForeignZip(io.BytesIO(zipped([("a", TEXT)], method)))
    locked = bytearray(zipped([("a", TEXT)]))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ZipRefused, match="encrypted"):
        ForeignZip(io.BytesIO(locked))


def test_mutants_are_refused_or_read_the_same_under_an_allowed_name() -> None:
    chance = random.Random(20261126)
    small = zipped([("a.txt", TEXT[:60]), ("b/c.bin", NOISE[:100])])
    genuine = {TEXT[:60], NOISE[:100]}
    for number in range(2000):
        changed = bytearray(small)
        if number % 4:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        else:
            del changed[chance.randrange(len(changed)) :][: chance.choice((1, 4, 10**6))]
        try:
            archive = ForeignZip(io.BytesIO(changed))
            for member in archive.members:
                assert content_of(archive, member.name) in genuine
        except CryptoError as error:
            in_words(error)
