"""One signed file outside an archive: a record, a bid package, a PDF, or anything with a signature beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import FileUnusable, RecordMalformed
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import Payload, Record, decode_payload, record_id
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.bid_package.names import MEDIA_TYPE
from evalclient.crypto.pdf import MAX_PDF
from evalclient.crypto.signature_verdict import SignatureVerdict
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.verdicts import detached_verdicts, package_verdicts, pdf_verdicts, record_verdicts, stamp_verdict

Kind = Literal["archive", "package", "pdf", "record", "signed"]
Progress = Callable[[int], None]
_HEAD: Final = 1024
_RECORD: Final = b"evalclient-record/1\n"
#: where a signature or time stamp lies beside its file: the archive's records, what ``sign`` writes, what ``openssl ts`` does
_SIGNATURES: Final = (".sig", ".p7s")
_STAMP: Final = ".tsr"
#: larger files with a signature beside them are not read
MAX_SIGNED: Final = 2 << 30
_MAX_SIDE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the checker trusts: authorities, and the announced fingerprint; either may be missing."""

    trust: TrustStore | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found of one file; it holds where every signature and every other finding does, and something is signed."""

    kind: Kind
    signatures: tuple[SignatureVerdict, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all of it is to be relied on."""
        return bool(self.signatures) and all(one.holds for one in self._every)

    @property
    def lines(self) -> tuple[Bilingual, ...]:
        """One line each, the verdict last."""
        last = Bilingual("核验成立。", "It holds.") if self.holds else Bilingual("核验不成立。", "It does not hold.")
        return (*(Bilingual(one.line("zh"), one.line("en")) for one in self._every), last)

    @property
    def _every(self) -> tuple[SignatureVerdict | Finding, ...]:
        return (*self.signatures, *self.findings)

    def plain(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "kind": self.kind,
            "holds": self.holds,
            "signatures": [one.plain() for one in self.signatures],
            "findings": [one.plain() for one in self.findings],
        }


def kind_of(path: Path) -> Kind:
    """What a file is, by its first bytes; OSError where it cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return "package" if MEDIA_TYPE in head else "archive"
    if head.startswith(_RECORD):
        return "record"
    return "pdf" if b"%PDF-" in head else "signed"


def verify_file(
    path: Path, anchor: Anchor, now: datetime, signature: Path | None = None, progress: Progress | None = None
) -> FileReport:
    """Check one file that is no archive, offline, as of ``now`` (aware).

    ``signature`` is the file beside it, looked for where it is not given. FileUnusable where there is none, PackageRefused
    and PdfRefused where the file is damaged beyond a verdict, OSError.
    """
    content = _signed_by(path) if signature is None else None
    if content is not None:
        path, signature = content, path
    trust = anchor.trust or TrustStore(())
    kind = kind_of(path)
    if signature is not None and kind in ("pdf", "package", "archive"):
        kind = "signed"
    if kind == "package":
        with path.open("rb") as file:
            verdicts = package_verdicts(file, trust, now, progress)
            file.seek(0)
            evaluation = PackageReader(file).evaluation
        return FileReport(kind, verdicts, (*_anchored(anchor), *_of_evaluation(anchor, evaluation)))
    if kind == "pdf":
        stamp = _beside(path, (_STAMP,))
        verdicts = pdf_verdicts(_read(path, MAX_PDF), trust, now, _side(stamp) if stamp else b"")
        unsigned = () if verdicts else (bad("", "该 PDF 没有电子签章。", "the PDF bears no signature."),)
        return FileReport(kind, verdicts, (*_anchored(anchor), *unsigned))
    signature, stamp = signature or _beside(path, _SIGNATURES), _beside(path, (_STAMP,))
    if signature is None and stamp is not None:
        verdict = stamp_verdict(_signed(path), _side(stamp), trust, now, name=path.name)
        return FileReport("signed", (verdict,), _anchored(anchor))
    if signature is None:
        raise FileUnusable(
            f"{path} 不是评标档案、投标文件包、PDF 或记录，旁边也没有签名文件（{path.name}.p7s）；请核对，或用 --signature 指定。",
            f"{path} is no archive, bid package, PDF or record, and no signature lies beside it ({path.name}.p7s); check it, or "
            "name the signature with --signature.",
        )
    return _detached(path, _side(signature), kind, anchor, trust, now)


def _detached(
    path: Path, untrusted_signature: bytes, kind: Kind, anchor: Anchor, trust: TrustStore, now: datetime
) -> FileReport:
    content = _signed(path)
    if kind != "record":
        verdicts = detached_verdicts(content, untrusted_signature, trust, now, name=path.name)
        return FileReport("signed", verdicts, _anchored(anchor))
    try:
        payload = decode_payload(content)
    except RecordMalformed as error:
        verdicts = detached_verdicts(content, untrusted_signature, trust, now, kind="record", name=path.name)
        return FileReport(kind, verdicts, (*_anchored(anchor), bad("", error.zh, error.en)))
    verdicts = record_verdicts(Record(content, untrusted_signature), trust, now)
    return FileReport(kind, verdicts, (*_anchored(anchor), *_of_evaluation(anchor, _evaluation_of(payload, content))))


def _evaluation_of(payload: Payload, content: bytes) -> str:
    """The fingerprint of the evaluation a record belongs to; record 0 is its own, by the hash it names."""
    if payload.evaluation:
        return payload.evaluation
    try:
        act = decode_act(payload)
    except RecordMalformed:
        act = None
    return record_id(content, act.hash if isinstance(act, EvaluationCreated) else "sha256")


def _anchored(anchor: Anchor) -> tuple[Finding, ...]:
    if anchor.trust is not None:
        return ()
    zh = "未锚定：请用 --tender 给出项目公告文件，或用 --trust 给出信任的根证书。"
    return (bad("", zh, "Not anchored: give the announced genesis file with --tender, or roots with --trust."),)


def _of_evaluation(anchor: Anchor, evaluation: str) -> tuple[Finding, ...]:
    if anchor.fingerprint is None:
        return ()
    if anchor.fingerprint == evaluation:
        return (good("", "属于给出的评标项目。", "it belongs to the evaluation given."),)
    zh = f"属于另一个评标项目（指纹 {evaluation}）。"
    return (bad("", zh, f"it belongs to another evaluation (fingerprint {evaluation})."),)


def _signed_by(path: Path) -> Path | None:
    """What a signature file is about, where ``path`` is one and that lies beside it."""
    if path.suffix not in _SIGNATURES or kind_of(path) != "signed":
        return None
    return next((one for one in (path.with_suffix(""), path.with_suffix(".payload")) if one.is_file()), None)


def _beside(path: Path, suffixes: tuple[str, ...]) -> Path | None:
    names = [name for suffix in suffixes for name in (path.name + suffix, path.stem + suffix)]
    return next((path.with_name(name) for name in names if path.with_name(name).is_file()), None)


def _signed(path: Path) -> bytes:
    """What a signature or stamp is over; FileUnusable beyond MAX_SIGNED."""
    content = _read(path, MAX_SIGNED) if path.stat().st_size <= MAX_SIGNED else None
    if content is None or len(content) > MAX_SIGNED:
        raise FileUnusable(f"{path} 过大，无法核验签名。", f"{path} is too large to check a signature over it.")
    return content


def _side(path: Path) -> bytes:
    return _read(path, _MAX_SIDE)


def _read(path: Path, most: int) -> bytes:
    """``most`` bytes and one, by which a reader knows that it is too much."""
    with path.open("rb") as file:
        return file.read(most + 1)
