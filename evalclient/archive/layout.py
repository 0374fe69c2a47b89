"""What lies where in an archive, and how large it may be."""

from __future__ import annotations

import re
from typing import Final

from evalclient.core.records.acts_bids import READ_OUT, Compartment

FORMAT: Final = "evalclient-archive/1"
README: Final = "README.txt"
SUMMARY: Final = "archive.json"
LOG: Final = "log.txt"
CHECKPOINT: Final = "checkpoint.txt"
RECEIPTS: Final = "receipts/"
REPORT: Final = "report/report.pdf"
REVISIONS: Final = "report/revisions.txt"
#: an authority's time stamp (RFC 3161) over the report, where there is one
REPORT_STAMP: Final = "report/report.pdf.tsr"
#: the state of the log that an authority stamped, as a checkpoint's text, and the stamp
LOG_STAMPED: Final = "timestamps/checkpoint.txt"
LOG_STAMP: Final = "timestamps/checkpoint.txt.tsr"
#: how firmly the result stands, from the signatures on; may be left out
ROBUSTNESS: Final = "robustness.json"
DOCUMENTS: Final = ("documents/tender.json", "documents/method.json", "documents/rules.json")
#: what an archive keeps of a bid package: its seal, never its content
SEAL_PARTS: Final = ("META-INF/ASiCManifest.xml", "META-INF/signature.p7s", "META-INF/keys.json")

#: and of one that was opened what its bidder signed of name and price, still sealed: the opening record has its key
MANIFESTS: Final[dict[Compartment, str]] = {name: f"META-INF/manifest.{name}.p7m" for name in READ_OUT}

MAX_PARTS: Final = 100_000
MAX_PART: Final = 64 << 20
MAX_TOTAL: Final = 512 << 20
MAX_SEAL_PART: Final = 8 << 20
_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,3}", re.ASCII)
_EXTENSIONS: Final = {"application/pdf": "pdf", "text/plain": "txt", "application/json": "json", "text/html": "html"}


def allowed(name: str) -> bool:
    """Whether a part may be called so; rules out every path that leaves the folder it is unpacked to."""
    return _NAME.fullmatch(name) is not None


def payload_part(index: int) -> str:
    """The exact bytes of a record."""
    return f"records/{index:06d}.payload"


def signature_part(index: int) -> str:
    """The signature over a record: CMS (DER), or 64 bytes by a session key."""
    return f"records/{index:06d}.sig"


def receipt_part(index: int) -> str:
    """The centre's receipt for a record."""
    return f"{RECEIPTS}{index:06d}.txt"


def paper_part(number: int, kind: str, media_type: str) -> str:
    """A paper of the tender, in its order from 1."""
    bare = media_type.partition(";")[0].strip()
    return f"papers/{number:02d}-{kind}.{_EXTENSIONS.get(bare, 'bin')}"


def blob_part(digest: str) -> str:
    """Any other document that a record names."""
    return f"blobs/{digest}"


def seal_part(package: str, part: str) -> str:
    """A part of the seal of a bid package."""
    return f"seals/{package}/{part.rpartition('/')[2]}"


def certificate_part(person: str) -> str:
    """The certificate that signs for a person (PEM)."""
    return f"certificates/{person.replace(':', '-')}.pem"


def session_part(session: str) -> str:
    """The public key of a session (PEM)."""
    return f"sessions/{session}.pem"


ROOTS: Final = "certificates/roots.pem"
