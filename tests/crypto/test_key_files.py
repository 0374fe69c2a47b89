"""Key files of other software: modern and legacy ciphers, Chinese names and PINs, several pairs, damage."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12

from evalclient.crypto.cms import envelop, open_envelope, sign_detached, verify_detached
from evalclient.crypto.cms.suites import verify_signature
from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import DemoPki, Purpose
from evalclient.crypto.errors import CryptoError, KeyFileRefused, WrongPin
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.public_keys import public_key_of
from tests.builders.key_files import exported, joined, read_by_openssl, refused_by_openssl
from tests.builders.openssl import pem_pair

PIN = "密码：评标 2026"
LEGACY = ["-legacy"]
SIGN: tuple[Purpose, ...] = ("sign",)
ENCRYPT: tuple[Purpose, ...] = ("encrypt",)


@pytest.fixture(scope="module")
def pair(pki: DemoPki, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, bytes]:
    credential = pki.authorities[1].issue("欧阳建国", "某某大学", pin=PIN)
    certificate, key = pem_pair(tmp_path_factory.mktemp("pair"), credential.p12, PIN)
    return certificate, key, credential.certificate


@pytest.mark.parametrize(
    "options",
    [
        [],
        LEGACY,
        [*LEGACY, "-keypbe", "PBE-SHA1-RC2-128", "-certpbe", "PBE-SHA1-RC2-128"],
        [*LEGACY, "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC4-40"],
        ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-2DES", "-macalg", "sha1"],
        ["-keypbe", "DES-EDE3-CBC", "-certpbe", "AES-192-CBC", "-macalg", "sha384"],
        ["-keypbe", "AES-128-CBC", "-certpbe", "NONE", "-macalg", "sha512"],
        ["-keypbe", "SM4-CBC", "-certpbe", "SM4-CBC", "-macalg", "sm3"],
        ["-keypbe", "NONE", "-certpbe", "NONE", "-nomaciter"],
        ["-nomac"],
    ],
    ids=" ".join,
)
def test_every_way_openssl_writes_a_key_file_opens(
    options: list[str], pair: tuple[Path, Path, bytes], tmp_path: Path
) -> None:
    certificate, key, expected = pair
    made = exported(tmp_path, certificate, key, PIN.encode(), *options, "-name", "欧阳建国 的证书")
    assert Pkcs12Key.open(made, PIN).certificate == expected
    with pytest.raises(WrongPin):
        Pkcs12Key.open(made, PIN + "。")


@pytest.mark.parametrize("file", ["cert-rc2-key-3des.p12", "cert-key-aes256cbc.p12", "name-unicode-pwd.p12"])
def test_the_vectors_of_cryptography_open_as_it_reads_them(file: str) -> None:
    vector = files("cryptography_vectors").joinpath("pkcs12", file).read_bytes()
    pin = "cryptography" if file.startswith("cert") else "password"
    expected = pkcs12.load_pkcs12(vector, pin.encode())
    assert expected.cert is not None
    assert Pkcs12Key.open(vector, pin).certificate == expected.cert.certificate.public_bytes(Encoding.DER)


def test_a_key_file_without_a_pin_opens_with_none(pair: tuple[Path, Path, bytes], tmp_path: Path) -> None:
    certificate, key, expected = pair
    for options in ([], LEGACY):
        assert Pkcs12Key.open(exported(tmp_path, certificate, key, b"", *options), "").certificate == expected


@pytest.mark.parametrize("options", [[], LEGACY], ids=["modern", "legacy"])
def test_a_pin_that_a_chinese_terminal_sent_in_gbk_is_found(
    options: list[str], pair: tuple[Path, Path, bytes], tmp_path: Path
) -> None:
    certificate, key, expected = pair
    made = exported(tmp_path, certificate, key, "评标口令".encode("gbk"), *options)
    assert refused_by_openssl(tmp_path, made, "评标口令".encode())
    assert Pkcs12Key.open(made, "评标口令").certificate == expected


def test_two_pairs_of_one_person_each_do_their_own_work(pki: DemoPki, tmp_path: Path) -> None:
    authority = pki.authorities[1]
    encryption = authority.issue("欧阳建国", "某某大学", ENCRYPT, pin=PIN)
    signing = authority.issue("欧阳建国", "某某大学", SIGN, pin=PIN)
    both = joined([_resealed(encryption.p12, tmp_path / "e"), _resealed(signing.p12, tmp_path / "s", LEGACY)], PIN)
    seen_by_openssl = read_by_openssl(tmp_path, both, PIN.encode())
    assert seen_by_openssl.count("BEGIN PRIVATE KEY") == 2

    key = Pkcs12Key.open(both, PIN)
    assert (key.certificate, key.encryption_certificate) == (signing.certificate, encryption.certificate)
    assert authority.intermediate_der in key.chain
    assert signing.certificate not in key.chain
    signature = sign_detached(b"text", key, authority.at)
    assert verify_detached(b"text", signature).certificate == signing.certificate
    assert open_envelope(envelop(b"secret", [encryption.certificate]), key) == b"secret"


def test_an_encryption_certificate_of_somebody_else_is_not_taken(pki: DemoPki, tmp_path: Path) -> None:
    mine = pki.authorities[1].issue("欧阳建国", "某某大学", SIGN, pin=PIN)
    other = pki.authorities[1].issue("李娜", "某某大学", ENCRYPT, pin=PIN)
    both = joined([_resealed(mine.p12, tmp_path / "m"), _resealed(other.p12, tmp_path / "o")], PIN)
    assert Pkcs12Key.open(both, PIN).encryption_certificate == mine.certificate


@pytest.mark.parametrize("kinds", [("ec", "ec"), ("rsa", "ec")], ids=["the same key", "a new key"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["old first", "new first"])
def test_of_an_old_and_a_renewed_certificate_the_valid_one_serves(
    kinds: tuple[KeyKind, KeyKind], order: tuple[int, int], pki: DemoPki, tmp_path: Path
) -> None:
    authority = pki.authorities[1]
    now, year = authority.at, timedelta(days=365)
    renewal = now + timedelta(days=30)
    old, new = (
        authority.issue("欧阳建国", "某某大学", pin=PIN, kind=kind, valid=valid)
        for kind, valid in zip(kinds, [(now - year, renewal), (renewal, now + year)], strict=True)
    )
    files = [_resealed(one.p12, tmp_path / str(at)) for at, one in enumerate((old, new))]
    both = joined([files[at] for at in order], PIN)
    for at, valid in ((now, old), (renewal + timedelta(days=1), new), (None, new)):
        key = Pkcs12Key.open(both, PIN, at)
        assert (key.certificate, key.encryption_certificate) == (valid.certificate, valid.certificate)
        verify_signature(public_key_of(valid.certificate), key.sign(b"text"), b"text")


def test_a_key_that_is_too_short_is_called_that(tmp_path: Path) -> None:
    short = rsa.generate_private_key(65537, 1024)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "欧阳建国")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(short.public_key())
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    dated = builder.serial_number(1).not_valid_before(begins).not_valid_after(begins + timedelta(days=365))
    own = dated.sign(short, hashes.SHA256())
    made = pkcs12.serialize_key_and_certificates(None, short, own, None, NoEncryption())
    with pytest.raises(KeyFileRefused, match="RSA from 2048 bits"):
        Pkcs12Key.open(made, "")


def test_a_key_with_another_certificate_is_said_so(pki: DemoPki) -> None:
    first, second = (pki.authorities[1].issue(name, "某某大学", pin=PIN) for name in ("欧阳建国", "李娜"))
    apart = joined([_certificate_alone(second.certificate), _key_alone(first.p12)], PIN)
    with pytest.raises(KeyFileRefused, match="do not belong together"):
        Pkcs12Key.open(apart, PIN)


def test_damage_never_ends_in_anything_but_a_sentence(pair: tuple[Path, Path, bytes], tmp_path: Path) -> None:
    """Flipped bits and cuts of a file whose checksum is gone, so that the damage reaches every part of the reader."""
    certificate, key, expected = pair
    made = exported(tmp_path, certificate, key, PIN.encode(), "-nomac", "-iter", "1", "-certpbe", "NONE")
    chance = random.Random(4711)
    refused = 0
    for _ in range(600):
        mutant = bytearray(made)
        for _ in range(chance.choice((1, 1, 2))):
            mutant[chance.randrange(len(mutant))] ^= 1 << chance.randrange(8)
        cut = bytes(mutant[: chance.randrange(len(mutant))]) if chance.random() < 0.2 else bytes(mutant)
        try:
            opened = Pkcs12Key.open(cut, PIN)
        except CryptoError:
            refused += 1
        else:
            assert opened.sign(b"text")
    assert refused > 300
    assert Pkcs12Key.open(made, PIN).certificate == expected


def _resealed(p12: bytes, folder: Path, options: list[str] | None = None) -> bytes:
    """The same pair as openssl writes it; with its issuer where it is the first."""
    folder.mkdir()
    certificate, key = pem_pair(folder, p12, PIN)
    others = pkcs12.load_pkcs12(p12, PIN.encode()).additional_certs
    issuer = folder / "issuer.pem"
    issuer.write_bytes(b"".join(other.certificate.public_bytes(Encoding.PEM) for other in others))
    return exported(folder, certificate, key, PIN.encode(), *(options or []), "-certfile", str(issuer))


def _certificate_alone(der: bytes) -> bytes:
    certificate = x509.load_der_x509_certificate(der)
    return pkcs12.serialize_key_and_certificates(None, None, None, [certificate], NoEncryption())


def _key_alone(p12: bytes) -> bytes:
    key = pkcs12.load_pkcs12(p12, PIN.encode()).key
    return pkcs12.serialize_key_and_certificates(None, key, None, None, NoEncryption())  # type: ignore[arg-type]
