"""Who may found an evaluation here: holders of certificates that chain to a root in the centre's folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.crypto.trust.certificates import TrustStore
from server_stub.rejected import Rejected


class Authorities:
    """The recognised roots (互认的电子认证机构), and what they revoked."""

    def __init__(self, roots: Sequence[bytes], crls: Sequence[bytes] = ()) -> None:
        self._trust = TrustStore(roots, crls)

    @classmethod
    def load(cls, folder: Path) -> Authorities:
        """Every ``*.pem``, ``*.der``, ``*.crt``, ``*.cer`` (certificates, DER or PEM) and ``*.crl`` (DER) in ``folder``."""
        roots: list[bytes] = []
        crls: list[bytes] = []
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in {".pem", ".der", ".crt", ".cer"}:
                roots += _certificates(path.read_bytes())
            elif path.suffix.lower() == ".crl":
                crls.append(path.read_bytes())
        return cls(roots, crls)

    def __len__(self) -> int:
        return len(self._trust.roots)

    def check(self, untrusted_certificate: bytes, untrusted_chain: Sequence[bytes], at: datetime) -> None:
        """Raise Rejected unless the certificate (DER) chains to a recognised root at the time ``at`` (aware)."""
        verdict = self._trust.validate(untrusted_certificate, untrusted_chain, at)
        if not verdict.accepted:
            raise Rejected(
                403,
                f"本中心不接受组织方的证书，不能发布项目：{verdict.zh}",
                f"This centre does not accept the organiser's certificate, nothing was published: {verdict.en}",
            )


def _certificates(data: bytes) -> list[bytes]:
    if b"-----BEGIN" not in data:
        return [data]
    return [certificate.public_bytes(Encoding.DER) for certificate in x509.load_pem_x509_certificates(data)]
