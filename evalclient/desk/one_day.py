"""Certificates for one day from files that people hand over: the member's request, the authority's certificate."""

from __future__ import annotations

from pathlib import Path

from evalclient.core.records.acts_founding import Ground
from evalclient.crypto.event_authority import MAX_REQUEST, read_request
from evalclient.desk.administrator import Administrator
from evalclient.desk.certificate_files import open_certificate
from evalclient.desk.chosen_files import read_chosen
from evalclient.desk.desk import Desk
from evalclient.desk.organiser import Organiser


def witness_from_file(desk: Desk, *, member: str, path: Path, factors: tuple[str, ...], ground: Ground) -> str:
    """The administrator witnesses who made the key in a request file; FileNotRead, RequestRefused, Refused."""
    request = read_request(read_chosen(path, MAX_REQUEST + 1))
    return Administrator(desk).witness_identity(member, request, factors, ground)


def issue_from_file(desk: Desk, *, member: str, path: Path, factors: tuple[str, ...]) -> str:
    """The organiser records the certificate in a file; CertificateFileRefused, CertificateRefused, Refused."""
    return Organiser(desk).issue_certificate(member, open_certificate(path).der, factors)
