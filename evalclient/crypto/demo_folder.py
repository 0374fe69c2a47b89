"""The demonstration authorities as files: roots, intermediates, cross-certificates, revocation lists, a few people."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from evalclient.crypto.demo_keys import KeyKind
from evalclient.crypto.demo_pki import DemoPki

#: common name, organisation, kind of key; one authority after another
PEOPLE: tuple[tuple[str, str, KeyKind], ...] = (
    ("张伟", "评标专家库（演示）", "ec"),
    ("王芳", "评标专家库（演示）", "rsa"),
    ("李强", "评标专家库（演示）", "ec"),
    ("甲公司", "甲公司（演示）", "ec"),
    ("招标代理", "招标代理机构（演示）", "ec"),
)
REVOKED, EXPIRED = "吊销的专家", "过期的专家"


def write_demo_folder(folder: Path, seed: str | None, at: datetime, pin: str) -> tuple[Path, ...]:
    """Write authorities and people below ``folder`` (made if missing) and return the files.

    ``roots/ intermediates/ cross/`` hold certificates and ``crls/`` revocation lists (DER), ``people/NAME.p12`` key files
    that ``pin`` opens; one person is revoked, one has expired. The same ``seed`` and ``at`` give the same certificates
    (key files differ by their salt); without a seed everything is fresh.
    """
    pki = DemoPki.create(seed if seed is not None else secrets.token_hex(16), at)
    people = {
        name: pki.authorities[number % len(pki.authorities)].issue(name, organisation, pin=pin, kind=kind)
        for number, (name, organisation, kind) in enumerate(PEOPLE)
    }
    issuer, (_, organisation, _) = pki.authorities[1], PEOPLE[0]
    people[REVOKED] = issuer.issue(REVOKED, organisation, pin=pin)
    issuer.revoke(people[REVOKED].certificate, at)
    until = at - timedelta(days=1)
    people[EXPIRED] = issuer.issue(EXPIRED, organisation, pin=pin, valid=(until - timedelta(days=365), until))
    files = [
        *_numbered(folder / "roots", pki.roots, "cer"),
        *_numbered(folder / "intermediates", pki.intermediates, "cer"),
        *_numbered(folder / "cross", pki.cross_certificates, "cer"),
        *_numbered(folder / "crls", pki.crls(at), "crl"),
    ]
    for name, credential in people.items():
        files.append(_written(folder / "people" / f"{name}.p12", credential.p12))
        files.append(_written(folder / "people" / f"{name}.cer", credential.certificate))
    return tuple(files)


def _numbered(folder: Path, contents: Sequence[bytes], ending: str) -> list[Path]:
    return [_written(folder / f"{number}.{ending}", content) for number, content in enumerate(contents, start=1)]


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
