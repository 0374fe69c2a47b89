"""SM2 certificates, key files and CAdES signatures with SM3: chains by openssl, signatures by openssl in both directions."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.crypto.cms import open_attached, sign_attached, sign_detached, verify_detached
from evalclient.crypto.cms.suites import SM3, suite_of
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import CertificateRefused, SignatureRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives import der, sm2
from evalclient.crypto.primitives.public_keys import parse_certificate, public_key_of
from evalclient.crypto.trust.certificates import common_name
from tests.builders.openssl import openssl, pem_file
from tests.crypto.conftest import PIN

CONTENT = "评审记录".encode() * 100
DISTID = "distid:1234567812345678"
DAY = datetime.fromisoformat("2026-11-24T09:30:00+00:00")
SCRIPT = Path(__file__).parents[2] / "docs" / "check-signature-sm.sh"
GB_SIGNED_DATA, GB_DATA = "1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1"


@pytest.fixture(scope="module")
def sm_pki(day: datetime) -> DemoPki:
    return DemoPki.create("crypto tests in SM2", day, ("sm2", "sm2", "rsa"))


@pytest.fixture(scope="module")
def expert(sm_pki: DemoPki) -> Pkcs12Key:
    return Pkcs12Key.open(sm_pki.authorities[0].issue("张伟", "某某大学", pin=PIN, kind="sm2").p12, PIN)


def test_openssl_validates_the_chain_and_the_list(
    sm_pki: DemoPki, expert: Pkcs12Key, tmp_path: Path, day: datetime
) -> None:
    root = pem_file(tmp_path / "root.pem", [sm_pki.roots[0]])
    issuing = pem_file(tmp_path / "issuing.pem", [sm_pki.intermediates[0]])
    person = pem_file(tmp_path / "person.pem", [expert.certificate])
    # The command tells the identity to the signature of the certificate it is given alone, hence step by step.
    for issuer, certificate in ((root, issuing), (issuing, person)):
        given = ("-x509_strict", "-partial_chain", "-vfyopt", DISTID, "-attime", int(day.timestamp()))
        openssl("verify", *given, "-CAfile", issuer, certificate)
    revocations = x509.load_der_x509_crl(sm_pki.authorities[0].crls(day)[1])
    (tmp_path / "signed").write_bytes(revocations.tbs_certlist_bytes)
    (tmp_path / "signature").write_bytes(revocations.signature)
    public = tmp_path / "public.pem"
    public.write_bytes(openssl("x509", "-in", issuing, "-noout", "-pubkey"))
    check = ("-sm3", "-sigopt", DISTID, "-verify", public, "-signature", tmp_path / "signature")
    assert openssl("dgst", *check, tmp_path / "signed") == b"Verified OK\n"


def test_openssl_opens_the_key_file_and_ours_opens_openssls(expert: Pkcs12Key, sm_pki: DemoPki, tmp_path: Path) -> None:
    (tmp_path / "ours.p12").write_bytes(sm_pki.authorities[1].issue("王芳", "某某大学", pin="4711", kind="sm2").p12)
    pem = openssl("pkcs12", "-in", tmp_path / "ours.p12", "-passin", "pass:4711", "-nodes")
    (tmp_path / "all.pem").write_bytes(pem)
    openssl(
        "pkcs12", "-export", "-in", tmp_path / "all.pem", "-out", tmp_path / "theirs.p12", "-passout", "pass:另一个"
    )
    theirs = Pkcs12Key.open((tmp_path / "theirs.p12").read_bytes(), "另一个")
    assert common_name(theirs.certificate) == "王芳"
    assert verify_detached(CONTENT, sign_detached(CONTENT, theirs, DAY)).certificate == theirs.certificate


def test_openssl_verifies_the_signed_attributes(expert: Pkcs12Key, tmp_path: Path) -> None:
    signed = cms.ContentInfo.load(sign_detached(CONTENT, expert, DAY))["content"]
    (info,) = signed["signer_infos"]
    assert info["digest_algorithm"]["algorithm"].dotted == SM3
    assert info["signature_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.501"
    (tmp_path / "attributes").write_bytes(b"\x31" + info["signed_attrs"].dump()[1:])
    (tmp_path / "signature").write_bytes(info["signature"].native)
    certificate = pem_file(tmp_path / "certificate.pem", [expert.certificate])
    public = tmp_path / "public.pem"
    public.write_bytes(openssl("x509", "-in", certificate, "-noout", "-pubkey"))
    given = ("-sm3", "-sigopt", DISTID, "-verify", public, "-signature", tmp_path / "signature")
    assert openssl("dgst", *given, tmp_path / "attributes") == b"Verified OK\n"
    (tmp_path / "content").write_bytes(CONTENT)
    values = {attribute["type"].native: attribute["values"][0] for attribute in info["signed_attrs"]}
    assert values["message_digest"].native == openssl("dgst", "-sm3", "-binary", tmp_path / "content")


def foreign(expert: Pkcs12Key, folder: Path, *, names: tuple[str, str], algorithm: str) -> bytes:
    """A detached signature as other software makes it, its number by openssl."""
    certificate = parse_certificate(expert.certificate)
    identifier = tsp.ESSCertIDv2({"cert_hash": hashlib.new("sm3", expert.certificate).digest()})
    identifier["hash_algorithm"] = {"algorithm": SM3, "parameters": core.Null()}
    values: dict[str, Any] = {
        "content_type": cms.ContentType(names[1]),
        "message_digest": core.OctetString(hashlib.new("sm3", CONTENT).digest()),
        "signing_time": cms.Time({"utc_time": DAY}),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [identifier]}),
    }
    attributes = cms.CMSAttributes([{"type": name, "values": [value]} for name, value in values.items()])
    (folder / "attributes").write_bytes(attributes.dump())
    given = ("-sm3", "-sigopt", DISTID, "-sign", folder / "key.pem")
    signature = openssl("dgst", *given, folder / "attributes")
    name = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", name),
        "digest_algorithm": {"algorithm": SM3, "parameters": core.Null()},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": algorithm},
        "signature": signature,
    }
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": SM3}],
            "encap_content_info": {"content_type": names[1]},
            "certificates": [cms.CertificateChoices.load(expert.certificate)],
            "signer_infos": [info],
        }
    )
    return der.value(der.SEQUENCE, cms.ContentType(names[0]).dump(), der.value(0xA0, signed.dump()))


@pytest.fixture
def key_folder(sm_pki: DemoPki, tmp_path: Path) -> Path:
    (tmp_path / "file.p12").write_bytes(sm_pki.authorities[0].issue("张伟", "某某大学", pin=PIN, kind="sm2").p12)
    pem = openssl("pkcs12", "-in", tmp_path / "file.p12", "-passin", f"pass:{PIN}", "-nodes", "-nocerts")
    (tmp_path / "key.pem").write_bytes(pem)
    return tmp_path


@pytest.mark.parametrize("algorithm", ["301", "301.1", "301.3", "501"])
@pytest.mark.parametrize("names", [(GB_SIGNED_DATA, GB_DATA), ("signed_data", "data")])
def test_signatures_under_every_name_of_the_standards_are_read(
    expert: Pkcs12Key, key_folder: Path, names: tuple[str, str], algorithm: str
) -> None:
    made = foreign(expert, key_folder, names=names, algorithm=f"1.2.156.10197.1.{algorithm}")
    assert verify_detached(CONTENT, made).certificate == expert.certificate
    with pytest.raises(SignatureRefused):
        verify_detached(CONTENT + b".", made)


def test_names_of_another_suite_are_refused(expert: Pkcs12Key, key_folder: Path) -> None:
    for algorithm in ("sha256_ecdsa", "1.2.156.10197.1.504"):
        made = foreign(expert, key_folder, names=("signed_data", "data"), algorithm=algorithm)
        with pytest.raises(SignatureRefused, match="algorithm"):
            verify_detached(CONTENT, made)


def test_attached_content_comes_back_and_every_changed_byte_is_noticed(expert: Pkcs12Key) -> None:
    signed = sign_attached(CONTENT, expert, DAY)
    content, signer = open_attached(signed)
    assert (content, signer.certificate, signer.chain) == (CONTENT, expert.certificate, expert.chain)
    unseen = 0
    for at in range(0, len(signed), 7):
        changed = signed[:at] + bytes((signed[at] ^ 1,)) + signed[at + 1 :]
        try:
            found, signer = open_attached(changed)
        except SignatureRefused:
            continue
        assert (found, signer.certificate) == (CONTENT, expert.certificate)
        unseen += 1
    assert unseen < len(signed) / 7  # the chain's certificates are judged with the path, not here


def test_the_suite_follows_the_key(expert: Pkcs12Key, person: Any) -> None:
    found = [suite_of(public_key_of(key.certificate)) for key in (expert, person("张伟"), person("王芳", 2, "rsa"))]
    assert [suite.digest for suite in found] == ["sm3", "sha256", "sha256"]
    assert isinstance(public_key_of(expert.certificate), sm2.Sm2PublicKey)


def test_a_certificate_whose_point_is_off_the_curve_is_refused(expert: Pkcs12Key) -> None:
    point = public_key_of(expert.certificate)
    assert isinstance(point, sm2.Sm2PublicKey)
    wrong = expert.certificate.replace(point.point, point.point[:-1] + bytes((point.point[-1] ^ 1,)))
    x509.load_der_x509_certificate(wrong).public_bytes(Encoding.DER)
    with pytest.raises(CertificateRefused):
        public_key_of(wrong)


def test_the_script_of_stock_tools_checks_a_signature(sm_pki: DemoPki, expert: Pkcs12Key, tmp_path: Path) -> None:
    roots = pem_file(tmp_path / "roots.pem", sm_pki.roots)
    (tmp_path / "signature").write_bytes(sign_detached(CONTENT, expert, DAY))
    (tmp_path / "attached").write_bytes(sign_attached(CONTENT, expert, DAY))
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "changed").write_bytes(CONTENT + b".")

    def check(signature: str, content: str, roots: Path, at: datetime = DAY) -> subprocess.CompletedProcess[str]:
        command = ["sh", SCRIPT, tmp_path / signature, tmp_path / content, roots, int(at.timestamp())]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)

    held = check("signature", "content", roots)
    assert held.returncode == 0, held.stderr
    assert x509.load_pem_x509_certificate(held.stdout.encode()).public_bytes(Encoding.DER) == expert.certificate
    assert check("attached", "written", roots).returncode == 0
    assert (tmp_path / "written").read_bytes() == CONTENT
    strangers = pem_file(tmp_path / "strangers.pem", sm_pki.roots[1:])
    for refused, said in (
        (check("signature", "changed", roots), "the content is another"),
        (check("signature", "content", strangers), "recognised authority"),
        (check("signature", "content", roots, DAY + timedelta(days=4000)), "recognised authority"),
    ):
        assert refused.returncode != 0
        assert said in refused.stderr


def test_the_script_of_stock_tools_notices_every_changed_part(
    sm_pki: DemoPki, expert: Pkcs12Key, tmp_path: Path
) -> None:
    roots = pem_file(tmp_path / "roots.pem", sm_pki.roots)
    signed = sign_detached(CONTENT, expert, DAY)
    (info,) = cms.ContentInfo.load(signed)["content"]["signer_infos"]
    (tmp_path / "content").write_bytes(CONTENT)
    for part in (info["signed_attrs"].dump()[1:], info["signature"].dump(), expert.certificate):
        at = signed.index(part) + len(part) // 2
        (tmp_path / "changed").write_bytes(signed[:at] + bytes((signed[at] ^ 1,)) + signed[at + 1 :])
        command = ["sh", SCRIPT, tmp_path / "changed", tmp_path / "content", roots, int(DAY.timestamp())]
        assert subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode != 0
