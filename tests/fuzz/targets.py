"""What is fuzzed: each target takes any bytes, and whatever goes wrong in it must be a refusal in words."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from itertools import islice

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from evalclient.core.errors import EvalclientError
from evalclient.crypto.bid_package import PackageReader, asic_manifest, check_package
from evalclient.crypto.bid_package.manifest import KEYS_LINE, KeyTable, decode
from evalclient.crypto.cms import open_attached, open_envelope, open_with_key, verify_detached
from evalclient.crypto.cms.cades_t import timestamp_token
from evalclient.crypto.cms.foreign import ForeignContent, open_foreign
from evalclient.crypto.cms.foreign_zip import ForeignZip
from evalclient.crypto.cms.sm_envelopes import is_sm_envelope
from evalclient.crypto.demo.keys import private_key
from evalclient.crypto.demo.pki import DemoAuthority, DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.keys.pkcs12 import KeyPair, _file, _iterations
from evalclient.crypto.pdf import verify_pdf
from evalclient.crypto.primitives.public_keys import public_key_of
from evalclient.crypto.trust.certificates import TrustStore, common_name
from evalclient.crypto.trust.revocation_evidence import load_evidence, made_by
from evalclient.crypto.trust.timestamps import covers, read_token, token_in
from tests.builders.mutations import in_words

CONTENT = b"evalclient-record/1\n{}"
KEY = bytes(range(32))
#: a file that asks for more is only looked at, not opened: the fuzzer would do nothing else
_MOST_ROUNDS = 3000
_MOST_CONTENT = 1 << 20


@cache
def reader() -> Pkcs12Key:
    """The one person all envelopes of the corpus are for: the same key, issuer and serial number in every run."""
    private = private_key(b"fuzz", "reader", "ec")
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fuzz")])
    certificate = (
        x509.CertificateBuilder(name, name, private.public_key())
        .serial_number(4711)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .sign(private, hashes.SHA256())
    )
    return Pkcs12Key(KeyPair(private, certificate.public_bytes(Encoding.DER)))


@cache
def authority() -> DemoAuthority:
    """Who issues the certificates, lists and answers of the corpus."""
    return DemoPki.create("fuzz", datetime(2026, 11, 24, 9, 30, tzinfo=UTC)).authorities[1]


@cache
def sm_reader() -> Pkcs12Key:
    """The same for SM2."""
    return Pkcs12Key.open(authority().issue("fuzz", "fuzz", pin="1", kind="sm2").p12, "1")


def foreign_cms(data: bytes) -> None:
    """CMS of other tools, and a zip inside; the product's own envelopes and sealed parts."""
    _refused(lambda: _foreign(data, reader()))
    if is_sm_envelope(data):
        _refused(lambda: _foreign(data, sm_reader()))
        _refused(lambda: open_envelope(data, sm_reader()))
    _refused(lambda: open_envelope(data, reader()))
    _refused(lambda: open_with_key(data, KEY, b"price"))


def signatures(data: bytes) -> None:
    """Detached and attached signatures."""
    _refused(lambda: verify_detached(CONTENT, data))
    _refused(lambda: open_attached(data))


def packages(data: bytes) -> None:
    """The container of a package, and what lies in it."""
    _refused(lambda: check_package(io.BytesIO(data)))
    _refused(lambda: PackageReader(io.BytesIO(data)).recover_shares(reader()))
    _refused(lambda: asic_manifest.decode(data))
    _refused(lambda: decode(KEYS_LINE, data, KeyTable, "keys.json"))


def zips(data: bytes) -> None:
    """A zip of another tool, unpacked."""
    _refused(lambda: _unpacked(io.BytesIO(data)))


def key_files(data: bytes) -> None:
    """PKCS#12: what is looked at before a PIN is tried, and the rest where that is quick."""
    rounds: list[int] = []
    _refused(lambda: rounds.extend(_iterations(_file(data))))
    if rounds and max(rounds) <= _MOST_ROUNDS:
        _refused(lambda: Pkcs12Key.open(data, "1"))


def evidence(data: bytes) -> None:
    """Certificates, revocation lists, OCSP answers, time stamps."""
    _refused(lambda: common_name(data))
    _refused(lambda: public_key_of(data))
    _refused(lambda: _weighed(data))
    _refused(lambda: read_token(token_in(data), bytes(32)))
    _refused(lambda: covers(data, CONTENT))
    _refused(lambda: timestamp_token(data))


def pdf_files(data: bytes) -> None:
    """The signatures of a PDF, and what it brings to check them by."""
    _refused(lambda: [one.verdict.plain() for one in verify_pdf(data, TrustStore((authority().root_der,)))])


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (foreign_cms, signatures, packages, zips, key_files, evidence, pdf_files)
}


def _foreign(data: bytes, key: Pkcs12Key) -> None:
    with open_foreign(io.BytesIO(data), key) as content:
        content.read(_MOST_CONTENT)
        _unpacked(content)


def _unpacked(file: io.BytesIO | ForeignContent) -> None:
    archive = ForeignZip(file)
    for member in archive.members[:20]:
        for _ in islice(archive.blocks(member.name), 8):
            pass


def _weighed(data: bytes) -> None:
    issuer = authority().intermediate_der
    for one in load_evidence(data):
        made_by(one, issuer)
        one.revoked(1)


def _refused(read: Callable[[], object]) -> None:
    try:
        read()
    except EvalclientError as error:
        in_words(error)
