"""Who may found an evaluation here: holders of certificates that chain to a root in the centre's folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.verification import Criticality, ExtensionPolicy, PolicyBuilder, Store, VerificationError

from server_stub.rejected import Rejected


class Authorities:
    """The recognised roots (互认的电子认证机构)."""

    def __init__(self, roots: Sequence[x509.Certificate]) -> None:
        self._roots = tuple(roots)

    @classmethod
    def load(cls, folder: Path) -> Authorities:
        """Every ``*.pem`` (one or more) and ``*.der``, ``*.crt``, ``*.cer`` file (DER or PEM) of ``folder``."""
        roots: list[x509.Certificate] = []
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in {".pem", ".der", ".crt", ".cer"}:
                data = path.read_bytes()
                text = b"-----BEGIN" in data
                roots += x509.load_pem_x509_certificates(data) if text else [x509.load_der_x509_certificate(data)]
        return cls(roots)

    def __len__(self) -> int:
        return len(self._roots)

    def check(self, untrusted_certificate: bytes, untrusted_chain: Sequence[bytes], at: datetime) -> None:
        """Raise Rejected unless the certificate (DER) chains to a recognised root at the time ``at`` (aware)."""
        try:
            if not self._roots:
                raise _not_recognised()
            leaf = x509.load_der_x509_certificate(untrusted_certificate)
            chain = [x509.load_der_x509_certificate(der) for der in untrusted_chain]
            self._verifier(at).verify(leaf, chain)
        except (VerificationError, ValueError) as error:
            raise _not_recognised() from error

    def _verifier(self, at: datetime) -> x509.verification.ClientVerifier:
        # The default policy is that of web servers. Persons' certificates carry no names of hosts; a CA still has to
        # say that it is one.
        person = ExtensionPolicy.permit_all()
        authority = ExtensionPolicy.permit_all().require_present(x509.BasicConstraints, Criticality.AGNOSTIC, _is_ca)
        builder = PolicyBuilder().store(Store(list(self._roots))).time(at)
        return builder.extension_policies(ca_policy=authority, ee_policy=person).build_client_verifier()


def _is_ca(_policy: object, _certificate: x509.Certificate, extension: x509.BasicConstraints) -> None:
    if not extension.ca:
        raise ValueError("an issuer is no authority")


def _not_recognised() -> Rejected:
    return Rejected(
        403,
        "组织方的证书不是本中心认可的电子认证机构签发，不能发布项目；请更换证书或向中心申请认可。",
        "The organiser's certificate does not come from an authority this centre recognises; use another one or ask the"
        " centre to recognise it.",
    )
