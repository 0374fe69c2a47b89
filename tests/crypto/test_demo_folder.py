"""The folder of demonstration authorities: the same every time, marked, and what stock openssl makes of it."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import pem
from cryptography import x509

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.cms import sign_detached
from evalclient.crypto.demo.folder import HOLDERS, NAMES, demo_folder
from evalclient.crypto.demo.pki import MARK
from evalclient.crypto.event_authority import issue, new_request, read_request
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.trust.certificate_verdict import meant_for
from evalclient.crypto.trust.certificates import TrustStore, fingerprint
from evalclient.crypto.trust.timestamps import verify_token
from tests.builders.openssl import openssl

#: today, since stock tools stamp and answer by the machine's clock
AT = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: TID251
_DISTID = ("-vfyopt", "distid:1234567812345678")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return demo_folder("tests", AT)


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo-pki")
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def certificates(data: bytes) -> list[bytes]:
    return [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]


def test_seed_and_time_give_every_byte_key_files_included(files: dict[str, bytes]) -> None:
    assert demo_folder("tests", AT + timedelta(microseconds=7)) == files
    other = demo_folder("another", AT)
    assert files.keys() == other.keys()
    secret = [name for name in files if name.endswith((".p12", ".cer", ".pem", ".crl"))]
    assert not [name for name in secret if files[name] == other[name]]


def test_every_name_is_marked(files: dict[str, bytes]) -> None:
    shown = [name for name in files if name.endswith((".cer", ".pem")) and "key" not in name and "lists" not in name]
    assert len(shown) > 40
    for name in shown:
        for der in certificates(files[name]):
            certificate = x509.load_der_x509_certificate(der)
            for each in (certificate.subject, certificate.issuer):
                assert MARK in each.rfc4514_string(), name
                assert "DEMO" in each.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value or "演示" in (
                    each.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
                )


def test_everybody_opens_his_key_file_and_stands_as_the_table_says(files: dict[str, bytes]) -> None:
    roots = certificates(files["roots/all.pem"])
    lists = [files[f"authorities/{name}/{which}.crl"] for name in NAMES for which in ("root", "issuing")]
    store = TrustStore(roots, lists, rule=RevocationRule(unknown="refuse"))
    table = list(csv.DictReader(io.StringIO(files["people.csv"].decode())))
    assert [row["file"] for row in table] == [holder.id for holder in HOLDERS]
    assert {row["key"] for row in table} == {"rsa", "ec", "sm2"}
    for row in table:
        key = Pkcs12Key.open(files[f"people/{row['file']}.p12"], row["pin"])
        assert key.certificate == files[f"people/{row['file']}.cer"]
        verdict = store.validate(key.certificate, key.chain, AT)
        assert verdict.reason == {"valid": "accepted"}.get(row["state"], row["state"]), verdict.en
        assert sign_detached(b"x", key, AT)
        if row["certificates"] == "2":
            assert key.encryption_certificate == files[f"people/{row['file']}-encryption.cer"] != key.certificate
            assert store.validate(key.encryption_certificate, key.chain, AT, "encrypt").accepted
            assert not meant_for(key.certificate, "encrypt")


def test_every_root_leads_to_everybody_through_the_cross_certificates(files: dict[str, bytes]) -> None:
    cross = [der for name in files if "/root-by-" in name for der in certificates(files[name])]
    assert len(cross) == 6
    for trusted in NAMES:
        store = TrustStore(certificates(files[f"roots/{trusted}.pem"]), (), cross)
        for holder in HOLDERS:
            key = Pkcs12Key.open(files[f"people/{holder.id}.p12"], holder.pin)
            expected = "expired" if holder.state == "expired" else "accepted"
            assert store.validate(key.certificate, key.chain, AT).reason == expected


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: holder.id)
def test_stock_openssl_verifies_them(holder: object, folder: Path) -> None:
    assert isinstance(holder, type(HOLDERS[0]))
    authority = NAMES[holder.authority]
    issuing, root = folder / f"authorities/{authority}/issuing.pem", folder / f"roots/{authority}.pem"
    time = ("-attime", int(AT.timestamp()))
    person = folder / f"people/{holder.id}.cer"
    if authority == "beiyuan":  # the command gives the identity of SM2 to the certificate in question alone
        openssl("verify", *_DISTID, *time, "-x509_strict", "-CAfile", root, issuing)
        openssl("verify", *_DISTID, *time, "-partial_chain", "-trusted", issuing, person)
        return
    lists = folder / f"authorities/{authority}/lists.pem"
    command = ("verify", "-x509_strict", *time, "-crl_check_all", "-CRLfile", lists)
    whole = (*command, "-CAfile", root, "-untrusted", issuing, person)
    if holder.state == "valid":
        openssl(*whole)
        return
    with pytest.raises(subprocess.CalledProcessError) as caught:
        openssl(*whole)
    word = {"revoked": b"certificate revoked", "expired": b"certificate has expired"}[holder.state]
    assert word in caught.value.stderr


def test_stock_openssl_goes_by_a_cross_certificate_and_serves_tls(folder: Path) -> None:
    time = ("-attime", int(AT.timestamp()))
    others = (folder / "authorities/donghu/issuing.pem", folder / "authorities/donghu/root-by-nanling.pem")
    untrusted = [word for other in others for word in ("-untrusted", other)]
    openssl("verify", *time, "-CAfile", folder / "roots/nanling.pem", *untrusted, folder / "people/expert-2.cer")
    centre = folder / "centre/centre.pem"
    usage = ("-purpose", "sslserver", "-verify_hostname", "localhost")
    openssl("verify", *time, *usage, "-CAfile", folder / "roots/donghu.pem", "-untrusted", centre, centre)


def test_stock_openssl_stamps_with_it_and_the_product_reads_the_stamp(folder: Path, tmp_path: Path) -> None:
    place = folder / "time-stamping"
    data = tmp_path / "document"
    data.write_bytes(b"what is stamped")
    query, reply = tmp_path / "document.tsq", tmp_path / "document.tsr"
    openssl("ts", "-query", "-data", data, "-sha256", "-cert", "-out", query)
    command = ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", str(query), "-out", str(reply)]
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    root = folder / "roots/nanling.pem"
    openssl("ts", "-verify", "-data", data, "-in", reply, "-CAfile", root, "-untrusted", place / "chain.pem")
    openssl("ts", "-reply", "-in", reply, "-token_out", "-out", tmp_path / "token")
    trust = TrustStore(certificates(root.read_bytes()))
    imprint = hashlib.sha256(b"what is stamped").digest()
    now = datetime.now(UTC)  # noqa: TID251
    stamp = verify_token((tmp_path / "token").read_bytes(), imprint, "sha256", trust, not_after=now)
    assert abs(stamp.at - now) < timedelta(minutes=5)


@pytest.mark.parametrize(("who", "status"), [("expert-2", "accepted"), ("expert-revoked", "revoked")])
def test_stock_openssl_answers_ocsp_with_it_and_the_product_goes_by_the_answer(
    who: str, status: str, folder: Path, tmp_path: Path
) -> None:
    place, person = folder / "authorities/donghu", folder / f"people/{who}.cer"
    request, response = tmp_path / "request", tmp_path / "response"
    openssl("ocsp", "-issuer", place / "issuing.pem", "-cert", person, "-no_nonce", "-reqout", request)
    signer = ("-rsigner", place / "ocsp.pem", "-rkey", place / "ocsp.key.pem")
    index = ("-index", place / "index.txt", "-CA", place / "issuing.pem", "-ndays", 1)
    openssl("ocsp", *index, *signer, "-reqin", request, "-respout", response)
    roots = certificates((folder / "roots/donghu.pem").read_bytes())
    chain = certificates((place / "issuing.pem").read_bytes())
    evidence = ((place / "root.crl").read_bytes(), response.read_bytes())
    store = TrustStore(roots, evidence, rule=RevocationRule(unknown="refuse"))
    verdict = store.validate(person.read_bytes(), chain, AT)
    assert verdict.reason == status, verdict.en
    assert "OCSP" in (verdict.en if status == "revoked" else verdict.revocation.en)


def test_the_authority_of_the_day_opens_with_its_pin(files: dict[str, bytes]) -> None:
    key = Pkcs12Key.open(files["event-authority/authority.p12"], "demo-event")
    assert certificates(files["event-authority/issuing.pem"]) == [key.certificate]
    root = certificates(files["roots/event.pem"])
    assert TrustStore(root).validate(key.certificate, key.chain, AT, "any").accepted
    _, request = new_request("周明（演示）", "演示大学", "1")
    day = issue(read_request(request), key, AT, timedelta(hours=12))
    store = TrustStore((), event_authority=key.certificate)
    assert store.seating((fingerprint(day),), "sha256").validate(day, (), AT).accepted
