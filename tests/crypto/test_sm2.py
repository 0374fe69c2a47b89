"""SM2 against the standard's examples and the openssl command, both ways; damaged input; use from several threads."""

from __future__ import annotations

import gc
import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.crypto.primitives import sm2

# GB/T 32918.5-2017, annexes A and C; GM/T 0004, annex A; GB/T 32907, annex A.
SCALAR = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
POINT = bytes.fromhex(
    "04"
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
DIGEST = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
CIPHER = bytes.fromhex(
    "04"
    "04EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
    "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
    "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766"
    "21886CA989CA9C7D58087307CA93092D651EFA"
)
DISTID = "distid:1234567812345678"
KEY = sm2.private_key_from(SCALAR)
SIGNED = KEY.sign(b"data")
ENCRYPTED = KEY.public_key().encrypt(b"a key of 16 byte")


def test_examples_of_the_standard() -> None:
    public = KEY.public_key()
    assert public.point == POINT
    assert sm2.message_digest(public, b"message digest").hex() == DIGEST
    public.verify(encode_dss_signature(R, S), b"message digest")
    assert KEY.decrypt(sm2.from_compact(CIPHER)) == b"encryption standard"


def test_examples_of_sm3_and_sm4() -> None:
    assert hashlib.new("sm3", b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert (
        hashlib.new("sm3", b"abcd" * 16).hexdigest()
        == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    encryptor = Cipher(SM4(key), ECB()).encryptor()
    assert encryptor.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "key.der").write_bytes(KEY.private_bytes())
    (tmp_path / "public.der").write_bytes(KEY.public_key().public_bytes())
    return tmp_path


def openssl(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True).stdout


def test_openssl_verifies_what_is_signed_here_and_the_other_way(files: Path) -> None:
    (files / "data").write_bytes(b"record" * 1000)
    (files / "signature").write_bytes(KEY.sign(b"record" * 1000))
    signed = ("-sm3", "-keyform", "DER", "-sigopt", DISTID)
    said = openssl(files, "dgst", *signed, "-verify", "public.der", "-signature", "signature", "data")
    assert said == b"Verified OK\n"
    theirs = openssl(files, "dgst", *signed, "-sign", "key.der", "data")
    KEY.public_key().verify(theirs, b"record" * 1000)
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(theirs, b"record" * 1000, b"another signer")


def test_openssl_decrypts_what_is_encrypted_here_and_the_other_way(files: Path) -> None:
    (files / "cipher").write_bytes(KEY.public_key().encrypt(b"sixteen byte key"))
    keys = ("-inkey", "key.der", "-keyform", "DER")
    assert openssl(files, "pkeyutl", "-decrypt", *keys, "-in", "cipher") == b"sixteen byte key"
    (files / "content").write_bytes(b"another key")
    assert KEY.decrypt(openssl(files, "pkeyutl", "-encrypt", *keys, "-in", "content")) == b"another key"


def test_openssl_reads_the_keys_written_here_and_the_other_way(files: Path) -> None:
    assert openssl(files, "pkey", "-inform", "DER", "-in", "key.der", "-pubout", "-outform", "DER") == (
        KEY.public_key().public_bytes()
    )
    openssl(files, "genpkey", "-algorithm", "SM2", "-out", "theirs.pem")
    theirs = openssl(files, "pkcs8", "-topk8", "-nocrypt", "-in", "theirs.pem", "-outform", "DER")
    key = sm2.load_private_key(theirs)
    (files / "theirs.der").write_bytes(theirs)
    spki = openssl(files, "pkey", "-inform", "DER", "-in", "theirs.der", "-pubout", "-outform", "DER")
    assert sm2.load_spki(spki) == key.public_key()
    assert sm2.is_spki(spki)


def test_openssl_and_the_library_agree_on_sm3_and_sm4_cbc(files: Path) -> None:
    data = bytes(range(256)) * 40
    (files / "data").write_bytes(data)
    assert openssl(files, "dgst", "-sm3", "-binary", "data") == hashlib.new("sm3", data).digest()
    sealed = openssl(files, "enc", "-sm4-cbc", "-K", "01" * 16, "-iv", "02" * 16, "-nopad", "-in", "data")
    decryptor = Cipher(SM4(b"\1" * 16), CBC(b"\2" * 16)).decryptor()
    assert decryptor.update(sealed) == data


@given(st.integers(1, sm2.ORDER - 2), st.binary(max_size=300), st.binary(min_size=1, max_size=200))
@settings(max_examples=25, deadline=None)
def test_what_a_key_signs_and_encrypts_holds_under_that_key_alone(scalar: int, data: bytes, content: bytes) -> None:
    key = sm2.private_key_from(scalar)
    assert key.scalar() == scalar
    assert sm2.load_private_key(key.private_bytes()).public_key() == key.public_key()
    signature, cipher = key.sign(data), key.public_key().encrypt(content)
    key.public_key().verify(signature, data)
    assert key.decrypt(cipher) == content
    assert sm2.from_compact(sm2.compact(cipher)) == cipher
    other = sm2.generate()
    with pytest.raises(InvalidSignature):
        other.public_key().verify(signature, data)
    with pytest.raises(ValueError, match="refuses"):
        other.decrypt(cipher)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_changed_byte_is_noticed(data: st.DataObject) -> None:
    for made, check in (
        (SIGNED, lambda changed: KEY.public_key().verify(changed, b"data")),
        (ENCRYPTED, KEY.decrypt),
        (KEY.public_key().public_bytes(), sm2.load_spki),
        (KEY.private_bytes(), sm2.load_private_key),
    ):
        at = data.draw(st.integers(0, len(made) - 1))
        bit = data.draw(st.integers(0, 7))
        changed = made[:at] + bytes((made[at] ^ 1 << bit,)) + made[at + 1 :]
        with pytest.raises((ValueError, InvalidSignature)):
            check(changed)
        with pytest.raises((ValueError, InvalidSignature)):
            check(made[:at])
        with pytest.raises((ValueError, InvalidSignature)):
            check(made + b"\0")


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused_without_another_error(untrusted: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        sm2.load_spki(untrusted)
    with pytest.raises(ValueError, match=r"\w"):
        sm2.load_private_key(untrusted)
    with pytest.raises(ValueError, match=r"\w"):
        KEY.decrypt(untrusted)
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(untrusted, b"data")


def test_a_point_off_the_curve_and_numbers_out_of_range_are_no_keys() -> None:
    with pytest.raises(ValueError, match="curve"):
        sm2.public_key_from(POINT[:-1] + bytes((POINT[-1] ^ 1,)))
    for scalar in (0, sm2.ORDER - 1, sm2.ORDER, 1 << 300):
        with pytest.raises(ValueError, match="curve"):
            sm2.private_key_from(scalar)
    with pytest.raises(ValueError, match="larger"):
        KEY.decrypt(bytes(1 << 20))


def test_keys_serve_several_threads_and_go_with_their_last_use() -> None:
    def work(number: int) -> None:
        data = str(number).encode()
        key = sm2.generate()
        key.public_key().verify(key.sign(data), data)
        KEY.public_key().verify(KEY.sign(data), data)
        assert KEY.decrypt(KEY.public_key().encrypt(data)) == data

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    gc.collect()
    KEY.public_key().verify(KEY.sign(b"still there"), b"still there")
