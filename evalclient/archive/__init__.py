"""The archive of a finished evaluation (评标档案): ``export`` makes it; anybody checks it by ``verify``, with no centre, no Qt."""

from evalclient.archive.errors import ArchiveIncomplete, ArchiveUnreadable
from evalclient.archive.export import export
from evalclient.archive.findings import Finding, VerificationReport
from evalclient.archive.verification import verify

__all__ = ["ArchiveIncomplete", "ArchiveUnreadable", "Finding", "VerificationReport", "export", "verify"]
