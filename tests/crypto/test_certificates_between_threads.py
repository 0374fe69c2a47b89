"""Certificates are read by several threads at once: lanes of the program, requests to the centre."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from evalclient.crypto.primitives.public_keys import load_certificate
from evalclient.crypto.trust.certificate_verdict import CertificateVerdict, meant_for
from evalclient.crypto.trust.certificates import TrustStore

THREADS = 6
ROUNDS = 120


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that are interrupted as often as the interpreter can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_read_one_certificate_at_once_see_it_whole(day: datetime, hasty: None) -> None:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("root", root_key, None, root_key, day)
    store = TrustStore([root])
    seen: list[tuple[str, object]] = []
    for number in range(ROUNDS):
        signing = _certificate(f"signs {number}", key, root, root_key, day)
        encrypting = _certificate(f"encrypts {number}", key, root, root_key, day, signs=False)
        _at_once(partial(_told, seen, "encrypts", partial(meant_for, encrypting, "sign")))
        _at_once(partial(_told, seen, "signs", partial(store.validate, signing, (), day)))
    assert Counter(seen) == {("encrypts", False): THREADS * ROUNDS, ("signs", True): THREADS * ROUNDS}


def test_the_parsers_classes_are_ready_before_threads_can_share_them() -> None:
    program = (
        "import evalclient.crypto.primitives.public_keys\n"
        "from asn1crypto import cms, core, crl, ocsp, tsp, x509\n"
        "for each in (x509.Certificate, x509.KeyUsage, cms.SignedData, crl.CertificateList, ocsp.OCSPResponse, tsp.TSTInfo):\n"
        "    assert each in core._SETUP_CLASSES, each\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def _told(seen: list[tuple[str, object]], what: str, question: Callable[[], bool | CertificateVerdict]) -> None:
    try:
        answer = question()
        seen.append((what, answer.accepted if isinstance(answer, CertificateVerdict) else answer))
    except Exception as error:  # whatever a race makes of it is the answer
        seen.append((what, repr(error)))


def _at_once(work: Callable[[], object]) -> None:
    gate = threading.Barrier(THREADS)

    def wait_and_work() -> None:
        gate.wait()
        work()

    threads = [threading.Thread(target=wait_and_work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: bytes | None,
    issuer_key: ec.EllipticCurvePrivateKey,
    day: datetime,
    *,
    signs: bool = True,
) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    ca = issuer is None
    use = dict.fromkeys(
        ("content_commitment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage = x509.KeyUsage(
        digital_signature=signs and not ca, key_encipherment=not signs, key_cert_sign=ca, crl_sign=ca, **use
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else load_certificate(issuer).subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day - timedelta(days=1))
        .not_valid_after(day + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.DER)
