"""Encrypted CMS of other tools: everything stock openssl makes opens, in DER and BER, and nothing unchecked comes out."""

from __future__ import annotations

import io
import itertools
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.core.ports import WrappedKey
from evalclient.crypto.cms.auth_enveloped import AUTH_ENVELOPED_DATA
from evalclient.crypto.cms.envelopes import _recipient_info, envelop
from evalclient.crypto.cms.foreign import BLOCK, open_foreign
from evalclient.crypto.cms.foreign_ber import read_frame
from evalclient.crypto.errors import EnvelopeRefused, NotARecipient
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives import der
from tests.builders.ber import as_ber
from tests.builders.foreign_cms import CIPHERS, CURVES, Reader, encrypted
from tests.builders.openssl import openssl

CONTENT = random.Random(4).randbytes(5000)
LARGE = random.Random(5).randbytes(3 * BLOCK + 777)
OAEP = ("-keyopt", "rsa_padding_mode:oaep")
DATA = bytes.fromhex("06092a864886f70d010701")
DIGESTS = ("sha1", "sha224", "sha256", "sha384", "sha512")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("foreign")
    (made / "content").write_bytes(CONTENT)
    (made / "large").write_bytes(LARGE)
    (made / "empty").write_bytes(b"")
    return made


@pytest.fixture(scope="module")
def readers(folder: Path) -> dict[str, Reader]:
    return {kind: Reader.create(folder, kind) for kind in ("RSA", *CURVES)}


@pytest.fixture(scope="module")
def made(folder: Path, readers: dict[str, Reader]) -> dict[str, bytes]:
    """Small envelopes for RSA and EC under both kinds of cipher, in DER."""
    return {
        f"{kind} {cipher}": encrypted(folder / "content", cipher, readers[kind])
        for kind in ("RSA", "P-256")
        for cipher in ("aes-256-gcm", "aes-128-cbc")
    }


def read(untrusted: bytes, reader: Reader) -> bytes:
    return open_foreign(io.BytesIO(untrusted), reader.key).read()


@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize("stream", [(), ("-stream",)], ids=["der", "ber"])
def test_every_cipher_opens_in_der_and_in_ber_of_indefinite_length(
    cipher: str, stream: tuple[str, ...], folder: Path, readers: dict[str, Reader]
) -> None:
    names = ("content", "large") if stream and cipher.endswith("gcm") else ("content", "large", "empty")
    for kind, name in itertools.product(("RSA", "P-256"), names):  # openssl fails to stream nothing under GCM
        untrusted = encrypted(folder / name, cipher, readers[kind], *stream)
        assert (untrusted[1] == 0x80) == bool(stream)
        with open_foreign(io.BytesIO(untrusted), readers[kind].key) as content:
            assert content.algorithm == cipher.upper()
            assert content.authenticated == cipher.endswith("gcm")
            assert content.size == (folder / name).stat().st_size
            assert content.read() == (folder / name).read_bytes()


@pytest.mark.parametrize("options", [(), *((*OAEP, "-keyopt", f"rsa_oaep_md:{digest}") for digest in DIGESTS)])
@pytest.mark.parametrize("by", [(), ("-keyid",)], ids=["by issuer", "by key identifier"])
def test_every_rsa_padding_opens(
    options: tuple[str, ...], by: tuple[str, ...], folder: Path, readers: dict[str, Reader]
) -> None:
    assert read(encrypted(folder / "content", "aes-256-gcm", readers["RSA"], *by, *options), readers["RSA"]) == CONTENT


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("digest", DIGESTS)
def test_every_curve_derivation_and_key_wrap_opens(
    curve: str, digest: str, folder: Path, readers: dict[str, Reader]
) -> None:
    """openssl chooses the key wrap by the cipher's key: AES-128, 192 and 256."""
    for cipher in ("aes-128-cbc", "aes-192-gcm", "aes-256-gcm"):
        untrusted = encrypted(folder / "content", cipher, readers[curve], "-keyid", "-keyopt", f"ecdh_kdf_md:{digest}")
        assert read(untrusted, readers[curve]) == CONTENT


@pytest.mark.parametrize(("label", "mask"), [("sha256", "sha1"), ("sha512", "sha256"), ("sha1", "sha384")])
def test_a_mask_of_another_sha_than_the_label_opens(
    label: str, mask: str, folder: Path, readers: dict[str, Reader]
) -> None:
    """Java's ``OAEPWithSHA-256AndMGF1Padding`` means MGF1 with SHA-1."""
    mixed = (*OAEP, "-keyopt", f"rsa_oaep_md:{label}", "-keyopt", f"rsa_mgf1_md:{mask}")
    assert read(encrypted(folder / "content", "aes-256-gcm", readers["RSA"], *mixed), readers["RSA"]) == CONTENT


def test_a_padding_with_another_digest_than_sha_is_refused(folder: Path, readers: dict[str, Reader]) -> None:
    for odd in (("rsa_oaep_md:sha256", "rsa_mgf1_md:md5"), ("rsa_oaep_md:md5", "rsa_mgf1_md:sha256")):
        mixed = (*OAEP, *(part for option in odd for part in ("-keyopt", option)))
        with pytest.raises(EnvelopeRefused, match="not accepted"):
            read(encrypted(folder / "content", "aes-256-gcm", readers["RSA"], *mixed), readers["RSA"])


@pytest.mark.parametrize(
    ("cipher", "name"),
    [
        ("des-ede3-cbc", "3DES"),
        ("camellia-256-cbc", "Camellia-256-CBC"),
        ("aria-256-cbc", "1.2.410."),
    ],
)
def test_an_old_cipher_is_refused_by_its_name(cipher: str, name: str, folder: Path, readers: dict[str, Reader]) -> None:
    with pytest.raises(EnvelopeRefused) as refusal:
        read(encrypted(folder / "content", cipher, readers["RSA"]), readers["RSA"])
    assert f"不被认可的算法 {name}" in refusal.value.zh
    assert name in refusal.value.en


@pytest.mark.parametrize(
    ("form", "options"), [("PEM", ()), ("S/MIME", ("-stream",)), ("S/MIME", ("-subject", "bid", "-to", "a@b"))]
)
def test_text_is_refused_with_the_command_that_turns_it_into_what_opens(
    form: str, options: tuple[str, ...], folder: Path, tmp_path: Path, readers: dict[str, Reader]
) -> None:
    encrypt = (
        "cms",
        "-encrypt",
        "-binary",
        "-aes-256-cbc",
        "-in",
        folder / "content",
        "-outform",
        form.replace("/", ""),
    )
    (tmp_path / "FILE").write_bytes(openssl(*encrypt, *options, readers["RSA"].certificate))
    with pytest.raises(EnvelopeRefused, match=form) as refusal:
        read((tmp_path / "FILE").read_bytes(), readers["RSA"])
    command = refusal.value.en.partition("then open it: ")[2].split()
    assert command == refusal.value.zh.partition("再打开：")[2].split()
    openssl(*[tmp_path / one if one.startswith("FILE") else one for one in command[1:]])
    assert read((tmp_path / "FILE.p7m").read_bytes(), readers["RSA"]) == CONTENT


def test_an_empty_file_is_called_so(readers: dict[str, Reader]) -> None:
    with pytest.raises(EnvelopeRefused, match="empty"):
        read(b"", readers["RSA"])


def test_who_is_no_recipient_is_told_so(made: dict[str, bytes], readers: dict[str, Reader]) -> None:
    for name, kind in (("RSA aes-256-gcm", "P-256"), ("P-256 aes-256-gcm", "P-384"), ("P-256 aes-128-cbc", "RSA")):
        with pytest.raises(NotARecipient):
            read(made[name], readers[kind])


@pytest.mark.parametrize("name", ["RSA aes-256-gcm", "RSA aes-128-cbc", "P-256 aes-256-gcm", "P-256 aes-128-cbc"])
def test_every_other_encoding_of_the_same_opens_the_same(
    name: str, made: dict[str, bytes], readers: dict[str, Reader]
) -> None:
    reader = readers[name.split(maxsplit=1)[0]]

    @settings(max_examples=60, deadline=None, database=None)
    @given(as_ber(made[name]))
    def opens(untrusted: bytes) -> None:
        assert read(untrusted, reader) == CONTENT

    opens()


def test_random_access_equals_a_plain_file(folder: Path, readers: dict[str, Reader]) -> None:
    chance = random.Random(6)
    for cipher in ("aes-256-gcm", "aes-256-cbc"):
        untrusted = encrypted(folder / "large", cipher, readers["P-256"], "-stream")
        content, plain = open_foreign(io.BytesIO(untrusted), readers["P-256"].key), io.BytesIO(LARGE)
        for _ in range(60):
            at = chance.choice([0, BLOCK - 1, BLOCK, len(LARGE), chance.randrange(len(LARGE) + 10)])
            whence = chance.choice([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
            base = {io.SEEK_SET: 0, io.SEEK_CUR: plain.tell(), io.SEEK_END: len(LARGE)}[whence]
            assert content.seek(at - base, whence) == plain.seek(at - base, whence)
            count = chance.choice([1, 15, 4096, BLOCK + 3])
            assert content.read(count) == plain.read(count)
        with pytest.raises(ValueError, match="before the start"):
            content.seek(-1)
        content.close()
        with pytest.raises(ValueError, match="closed"):
            content.read(1)


def test_memory_does_not_grow_with_the_content(folder: Path, readers: dict[str, Reader]) -> None:
    (folder / "huge").write_bytes(bytes(24 << 20))
    path = folder / "huge.p7m"
    path.write_bytes(encrypted(folder / "huge", "aes-256-gcm", readers["P-256"], "-stream"))
    (folder / "huge").unlink()
    tracemalloc.start()
    try:
        with path.open("rb") as file, open_foreign(file, readers["P-256"].key) as content:
            buffer = bytearray(1 << 16)
            assert sum(iter(lambda: content.readinto(buffer), 0)) == 24 << 20
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
        path.unlink()


def test_what_changes_between_checking_and_reading_is_not_handed_out(folder: Path, readers: dict[str, Reader]) -> None:
    file = io.BytesIO(encrypted(folder / "large", "aes-256-gcm", readers["P-256"]))
    content = open_foreign(file, readers["P-256"].key)
    assert content.read(10) == LARGE[:10]
    at = file.getbuffer().nbytes - BLOCK
    file.seek(at)
    file.write(b"changed")
    content.seek(2 * BLOCK)
    buffer = bytearray(BLOCK)
    with pytest.raises(EnvelopeRefused):
        content.readinto(buffer)
    assert not any(buffer)
    file.truncate(BLOCK)
    with pytest.raises(EnvelopeRefused):
        content.readinto(buffer)
    assert not any(buffer)


def test_a_padding_that_does_not_hold_ends_in_the_same_words_as_a_tag_that_does_not(
    made: dict[str, bytes], readers: dict[str, Reader]
) -> None:
    """Implicit rejection: also where a token says that the padding is wrong, the reader goes on with a key of chance."""

    class Telltale(Pkcs12Key):
        def unwrap(self, wrapped: WrappedKey) -> bytes:
            raise EnvelopeRefused("填充错误", "wrong padding")

    key = readers["RSA"].key
    untrusted = bytearray(made["RSA aes-256-gcm"])
    untrusted[-1] ^= 1
    said = set()
    with pytest.raises(EnvelopeRefused) as refusal:
        read(bytes(untrusted), readers["RSA"])
    said.add(str(refusal.value))
    for untold in (Telltale(key._encryption), key):
        changed = bytearray(made["RSA aes-256-gcm"])
        wrapped_at = bytes(changed).index(bytes.fromhex("04820100")) + 4
        changed[wrapped_at + 255] ^= 1
        with pytest.raises(EnvelopeRefused) as refusal:
            open_foreign(io.BytesIO(changed), untold)
        said.add(str(refusal.value))
    assert len(said) == 1


def built(
    key: Pkcs12Key, *attributes: bytes, tag_bytes: int = 16, nonce: bytes = bytes(12), suffix: bytes = b""
) -> bytes:
    """AuthEnvelopedData of CONTENT with authenticated attributes, which openssl does not make, or an odd tag or nonce."""
    content_key = bytes(range(32))
    sealed = AESGCM(content_key).encrypt(
        nonce, CONTENT, der.value(der.SET, *sorted(attributes)) if attributes else None
    )
    parameters = der.value(der.OCTET_STRING, nonce) + der.value(der.INTEGER, bytes((tag_bytes,)))
    algorithm = bytes.fromhex("060960864801650304012e") + der.value(der.SEQUENCE, parameters)
    content = der.value(der.SEQUENCE, DATA, der.value(der.SEQUENCE, algorithm), der.value(0x80, sealed[:-16]))
    data = der.value(
        der.SEQUENCE,
        bytes.fromhex("020100"),
        der.value(der.SET, _recipient_info(content_key, key.certificate)),
        content,
        der.value(0xA1, *attributes) if attributes else b"",
        der.value(der.OCTET_STRING, sealed[-16:][:tag_bytes]),
        suffix,
    )
    return der.value(der.SEQUENCE, AUTH_ENVELOPED_DATA, der.value(0xA0, data))


def attribute(kind: str, value: bytes) -> bytes:
    return der.value(der.SEQUENCE, bytes.fromhex(kind), der.value(der.SET, value))


def test_authenticated_attributes_are_authenticated_and_may_stand_in_any_order(readers: dict[str, Reader]) -> None:
    reader = readers["P-256"]
    rows = (attribute("06092a864886f70d010903", DATA), attribute("06032a0304", der.value(der.OCTET_STRING, b"x")))
    for order in (rows, rows[::-1]):
        untrusted = built(reader.key, *order, suffix=der.value(0xA2, rows[1]))
        assert read(untrusted, reader) == CONTENT
        with pytest.raises(EnvelopeRefused):
            read(untrusted.replace(b"\x04\x01x", b"\x04\x01y", 1), reader)


def test_a_tag_or_nonce_of_another_length_is_refused(readers: dict[str, Reader]) -> None:
    reader = readers["RSA"]
    assert read(built(reader.key), reader) == CONTENT
    odd = [built(reader.key, tag_bytes=length) for length in (4, 8, 12, 13, 14, 15)]
    for untrusted in (*odd, built(reader.key, nonce=bytes(16)), built(reader.key, nonce=bytes(8))):
        with pytest.raises(EnvelopeRefused, match="not accepted"):
            read(untrusted, reader)


class Inside(Pkcs12Key):
    """A key as a token by SKF keeps it: content goes in, plain bytes come out, the content key never does."""

    def open_content(self, wrapped: WrappedKey, vector: bytes, ciphertext: bytes) -> bytes:
        return Cipher(SM4(super().unwrap(wrapped)), CBC(vector)).decryptor().update(ciphertext)

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        raise AssertionError("the content key stays inside")


def test_envelopes_of_gb_t_35275_open_in_every_encoding_by_file_and_by_token(person: Any) -> None:
    """openssl 3.0 makes none; ours are read by another path of the product as well, and differ in encoding here."""
    key = person("张伟", 1, "sm2")
    untrusted = envelop(LARGE[: BLOCK + 5], [key.certificate])
    for opener in (key, Inside(key._encryption)):
        with open_foreign(io.BytesIO(untrusted), opener) as content:
            assert (content.algorithm, content.authenticated, content.size) == ("SM4-CBC", False, BLOCK + 5)
            assert content.read() == LARGE[: BLOCK + 5]
    small = envelop(CONTENT, [key.certificate])

    @settings(max_examples=40, deadline=None, database=None)
    @given(as_ber(small))
    def opens(encoded: bytes) -> None:
        assert open_foreign(io.BytesIO(encoded), key).read() == CONTENT

    opens()
    with pytest.raises(NotARecipient):
        open_foreign(io.BytesIO(small), person("路人", 1, "sm2"))
    with pytest.raises(EnvelopeRefused):
        open_foreign(io.BytesIO(small.replace(bytes.fromhex("55016802"), bytes.fromhex("55016803"))), key)


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None, database=None)
def test_junk_is_no_frame(junk: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reader says
        read_frame(io.BytesIO(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80" + junk))


def test_depth_and_number_of_values_are_bounded() -> None:
    algorithm = "06092a864886f70d010701" + "301d" + "060960864801650304012a" + "0410" + "00" * 16
    head = bytes.fromhex("3080" + "06092a864886f70d010703" + "a080" + "3080" + "020100" + "3100")
    head += bytes.fromhex("3080" + algorithm + "a080")
    assert read_frame(io.BytesIO(head + b"\x04\x01x" + bytes(10))).ciphertext.size == 1
    with pytest.raises(ValueError, match="too deep"):
        read_frame(io.BytesIO(head + b"\x24\x80" * 100_000 + bytes(10)))
    for hostile in (b"\x04\x00", b"\x24\x00"):
        with pytest.raises(ValueError, match="too many"):
            read_frame(io.BytesIO(head + hostile * 10_001 + bytes(10)), most_values=10_000)
    recipients = head.replace(b"\x31\x00", b"\x31\x80" + b"\x30\x00" * 100_000 + b"\x00\x00", 1)
    with pytest.raises(ValueError, match="too large"):
        read_frame(io.BytesIO(recipients + bytes(12)))
