"""A folder of demonstration authorities and everybody whom they certify, the same bytes for the same seed and time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from evalclient.crypto.demo.issuing import key_file
from evalclient.crypto.demo.keys import ChanceOfSeed, KeyKind, derive
from evalclient.crypto.demo.pki import Credential, DemoAuthority, DemoPki, Purpose, event_authority
from evalclient.crypto.demo.readme import TSA_CONFIGURATION, readme
from evalclient.crypto.primitives.sm2 import Sm2PrivateKey

#: of the three authorities, in order
KINDS: tuple[KeyKind, KeyKind, KeyKind] = ("rsa", "ec", "sm2")
NAMES = ("nanling", "donghu", "beiyuan")
_UNIVERSITY, _AGENCY, _ROOMS = "演示大学", "演示招标代理有限公司", "演示评标中心"


@dataclass(frozen=True, slots=True)
class DemoHolder:
    """Somebody who gets a key file: file name, name, organisation, which authority, kind of key, one certificate or two."""

    id: str
    name: str
    organisation: str
    authority: int
    kind: KeyKind
    two: bool = False
    state: str = "valid"

    @property
    def pin(self) -> str:
        """The PIN of the key file."""
        return f"demo-{self.id}"


HOLDERS = (
    DemoHolder("expert-1", "王建国", _UNIVERSITY, 0, "rsa"),
    DemoHolder("expert-2", "李慧敏", _UNIVERSITY, 1, "ec"),
    DemoHolder("expert-3", "陈志远", _UNIVERSITY, 2, "sm2", two=True),
    DemoHolder("expert-4", "赵文博", _UNIVERSITY, 1, "ec", two=True),
    DemoHolder("expert-5", "孙丽华", _UNIVERSITY, 2, "sm2", two=True),
    DemoHolder("expert-revoked", "周明", _UNIVERSITY, 1, "ec", state="revoked"),
    DemoHolder("expert-expired", "吴敏", _UNIVERSITY, 0, "ec", state="expired"),
    DemoHolder("bidder-1", "云岭建设有限公司", "云岭建设有限公司", 0, "rsa", two=True),
    DemoHolder("bidder-2", "滇池工程有限公司", "滇池工程有限公司", 1, "ec"),
    DemoHolder("bidder-3", "苍山市政有限公司", "苍山市政有限公司", 2, "sm2", two=True),
    DemoHolder("room-main", "郑凯", _ROOMS, 1, "ec"),
    DemoHolder("room-sub", "何静", _ROOMS, 2, "sm2", two=True),
    DemoHolder("organiser", "何方", _AGENCY, 0, "rsa"),
    DemoHolder("supervisor", "林静", "演示行政监督部门", 1, "ec"),
    DemoHolder("custodian-1", "保管人甲", _AGENCY, 0, "rsa", two=True),
    DemoHolder("custodian-2", "保管人乙", _ROOMS, 1, "ec"),
    DemoHolder("custodian-3", "保管人丙", "演示公证处", 2, "sm2", two=True),
)


def demo_folder(seed: str, at: datetime) -> dict[str, bytes]:
    """Path in the folder → content. ``at`` (aware) is when everything is issued; whole seconds count."""
    at = at.replace(microsecond=0)
    pki, event = DemoPki.create(seed, at, KINDS), event_authority(seed, at)
    files = dict(_people(pki, at))
    files |= _services(pki)
    files |= _event(event)
    files |= _authorities(pki, at)
    files["roots/event.pem"] = _pem(event.root)
    files["roots/all.pem"] = b"".join(_pem(one.root) for one in (*pki.authorities, event))
    files["people.csv"] = _table()
    files["README.md"] = readme(seed, at).encode()
    return dict(sorted(files.items()))


def _people(pki: DemoPki, at: datetime) -> Iterator[tuple[str, bytes]]:
    for holder in HOLDERS:
        authority = pki.authorities[holder.authority]
        credential = _issued(authority, holder, at)
        if holder.state == "revoked":
            authority.revoke(credential.certificate, at - timedelta(hours=2))
        yield f"people/{holder.id}.p12", credential.p12
        yield f"people/{holder.id}.cer", credential.certificate
        if holder.two:
            yield f"people/{holder.id}-encryption.cer", credential.encryption_certificate


def _issued(authority: DemoAuthority, holder: DemoHolder, at: datetime) -> Credential:
    name = f"{holder.name}（演示）"
    valid = (at - timedelta(days=400), at - timedelta(days=35)) if holder.state == "expired" else None
    issue = authority.issue_pair if holder.two else authority.issue
    return issue(name, holder.organisation, pin=holder.pin, kind=holder.kind, valid=valid)


def _services(pki: DemoPki) -> dict[str, bytes]:
    nanling, donghu = pki.authorities[:2]
    tsa, tsa_key = _service(nanling, "时间戳服务 DEMO TSA", ("timestamp",), "rsa")
    centre, centre_key = _service(donghu, "评标中心服务器 DEMO centre", ("server",), "ec")
    return {
        "time-stamping/tsa.pem": tsa,
        "time-stamping/tsa.key.pem": tsa_key,
        "time-stamping/chain.pem": _pem(nanling.issuing),
        "time-stamping/openssl.cnf": TSA_CONFIGURATION.encode(),
        "time-stamping/serial": b"01\n",
        "centre/centre.pem": centre + _pem(donghu.issuing),
        "centre/centre.key.pem": centre_key,
    }


def _service(authority: DemoAuthority, name: str, purposes: Sequence[Purpose], kind: KeyKind) -> tuple[bytes, bytes]:
    """Certificate and key (PEM, no password) of a service that reads no key file."""
    credential = authority.issue(name, f"{authority.name} DEMO", purposes, pin="demo", kind=kind)
    key = authority.key_of(name, f"{authority.name} DEMO", purposes, kind)
    if isinstance(key, Sm2PrivateKey):
        raise TypeError("a service's key is RSA or EC: stock tools read no other")
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return _pem(x509.load_der_x509_certificate(credential.certificate)), private


def _event(event: DemoAuthority) -> dict[str, bytes]:
    chance = ChanceOfSeed(derive(event.seed, "file/event", 32))
    held = key_file(
        "当日证书 DEMO", [(event.issuing_key, event.intermediate_der)], [event.root_der], "demo-event", chance
    )
    return {"event-authority/authority.p12": held, "event-authority/issuing.pem": _pem(event.issuing)}


def _authorities(pki: DemoPki, at: datetime) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, authority in zip(NAMES, pki.authorities, strict=True):
        of_the_root, of_the_issuer = authority.crls(at)
        files[f"roots/{name}.pem"] = _pem(authority.root)
        own = f"authorities/{name}"
        files[f"{own}/issuing.pem"] = _pem(authority.issuing)
        files[f"{own}/root.crl"], files[f"{own}/issuing.crl"] = of_the_root, of_the_issuer
        files[f"{own}/lists.pem"] = b"".join(
            x509.load_der_x509_crl(one).public_bytes(Encoding.PEM) for one in (of_the_root, of_the_issuer)
        )
        responder: KeyKind = "rsa" if authority is pki.authorities[0] else "ec"
        signer, key = _service(authority, f"{name} DEMO OCSP", ("ocsp",), responder)
        files[f"{own}/ocsp.pem"], files[f"{own}/ocsp.key.pem"] = signer, key
        files[f"{own}/index.txt"] = authority.index(at).encode()
        for by, other in zip(NAMES, pki.authorities, strict=True):
            if other is not authority:
                cross = x509.load_der_x509_certificate(other.certify(authority))
                files[f"{own}/root-by-{by}.pem"] = _pem(cross)
    return files


def _table() -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("file", "name", "organisation", "authority", "key", "certificates", "state", "pin"))
    for one in HOLDERS:
        certificates = 2 if one.two else 1
        authority = NAMES[one.authority]
        table.writerow(
            (one.id, f"{one.name}（演示）", one.organisation, authority, one.kind, certificates, one.state, one.pin)
        )
    return out.getvalue().encode()


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
