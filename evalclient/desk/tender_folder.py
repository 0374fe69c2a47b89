"""The folder for a new evaluation (发布资料): read once and checked as a whole, so that what is shown is what is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import UNSET, Meta

from evalclient.core.errors import DocumentMalformed, EvalclientError
from evalclient.core.evaluation.fold import Documents
from evalclient.core.evaluation.founding_checks import contradictions
from evalclient.core.method.document.document import load_method
from evalclient.core.method.document.parts import Method
from evalclient.core.records.act import Party, Site
from evalclient.core.records.acts_founding import Continuation, EvaluationCreated, RevocationRule
from evalclient.core.records.envelope import HashName, SuiteName, digest
from evalclient.core.records.fields import Bilingual, PersonId
from evalclient.core.rules import RulesInForce, in_force, load_rules
from evalclient.core.tender import Tender, load_tender
from evalclient.crypto.records import found, trust_of
from evalclient.crypto.trust.certificate_verdict import meant_for
from evalclient.crypto.trust.certificates import common_name
from evalclient.desk.certificate_files import CertificateFile, open_certificate
from evalclient.desk.chosen_files import read_chosen
from evalclient.desk.desk import Genesis

#: nothing that belongs into such a folder is larger, bytes
LARGEST: Final = 64 << 20
T = TypeVar("T")
#: a file's own name, in the folder where it belongs
FileName = Annotated[str, Meta(pattern=r"^[^/\\\x00]{1,200}$(?!\n)")]
#: the same, or "" for none
OptionalFileName = Annotated[str, Meta(pattern=r"^[^/\\\x00]{0,200}$(?!\n)")]


class Arrangement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the organiser decides besides the tender itself (``evaluation.json`` of a tender folder).

    Certificates are names of files (DER or PEM) in the folder ``parties``; ``roots`` of such files and ``revocations`` of
    revocation lists and OCSP responses (DER) in ``roots``. ``encryption`` names the encryption certificates of those
    custodians who have two. ``intermediates`` names certificates, in ``roots``, of issuing authorities below a root, for people
    whose keys bring no chain: nobody has to be made a root for that. ``event_authority`` names the certificate, in ``roots``, of the authority that certifies for a
    day members whose own certificate cannot be used; "" for none.
    """

    jurisdiction: str
    organiser: PersonId
    supervisor: tuple[PersonId, FileName]
    custodians: tuple[tuple[PersonId, FileName], ...]
    threshold: int
    bidder_share: bool = True
    recovery_custodians: tuple[tuple[PersonId, FileName], ...] = ()
    recovery_threshold: int = 2
    recovery_minutes: Annotated[int, Meta(ge=0)] = 10
    patience_minutes: Annotated[int, Meta(ge=0)] = 30
    sites: tuple[Site, ...]
    roots: tuple[FileName, ...]
    revocations: tuple[FileName, ...] = ()
    revocation_rule: RevocationRule = RevocationRule()
    encryption: dict[PersonId, FileName] = {}
    event_authority: OptionalFileName = ""
    intermediates: tuple[FileName, ...] = ()
    practice: bool = False
    suite: SuiteName = "international"

    @property
    def hash(self) -> HashName:
        """The hash that goes with the suite: record ids, digests of documents, the log's tree."""
        return "sm3" if self.suite == "sm" else "sha256"


class TenderFolderRefused(EvalclientError):
    """The folder founds no evaluation; ``problems`` has a sentence for each thing that is wrong."""

    def __init__(self, problems: tuple[Bilingual, ...]) -> None:
        super().__init__("\n".join(problem.zh for problem in problems), "\n".join(problem.en for problem in problems))
        self.problems = problems

    @property
    def sentences(self) -> tuple[Bilingual, ...]:
        """One for each problem."""
        return self.problems


@dataclass(frozen=True, slots=True)
class TenderFolder:
    """All of a sound folder, in memory. ``parties`` and ``roots`` have the certificates; ``papers`` are as in the tender."""

    arrangement: Arrangement
    documents: Documents
    tender: Tender
    method: Method
    rules: RulesInForce
    supervisor: CertificateFile
    custodians: tuple[CertificateFile, ...]
    recovery_custodians: tuple[CertificateFile, ...]
    roots: tuple[CertificateFile, ...]
    revocations: tuple[bytes, ...]
    encryption: Mapping[str, CertificateFile]
    event_authority: tuple[CertificateFile, ...]
    intermediates: tuple[CertificateFile, ...]
    papers: tuple[bytes, ...]

    def founding(self, organiser: bytes, log_key: str, continues: Continuation | None = None) -> EvaluationCreated:
        """The body of record 0 for the holder of a certificate (DER), at the centre with this log key (vkey).

        ``continues`` is the evaluation whose place it takes.
        """
        arrangement, tender, documents = self.arrangement, self.tender, self.documents
        return EvaluationCreated(
            title=tender.title,
            trade=tender.trade,
            jurisdiction=arrangement.jurisdiction,
            tender=digest(documents.tender, arrangement.hash),
            method=digest(documents.method, arrangement.hash),
            rules=digest(documents.rules, arrangement.hash),
            hash=arrangement.hash,
            suite=arrangement.suite,
            roots=tuple(root.der for root in self.roots),
            log_key=log_key,
            organiser=Party(arrangement.organiser, organiser),
            supervisor=Party(arrangement.supervisor[0], self.supervisor.der),
            custodians=_parties(arrangement.custodians, self.custodians, self.encryption),
            threshold=arrangement.threshold,
            bidder_share=arrangement.bidder_share,
            recovery_custodians=_parties(arrangement.recovery_custodians, self.recovery_custodians, self.encryption),
            recovery_threshold=arrangement.recovery_threshold,
            recovery_minutes=arrangement.recovery_minutes,
            sites=arrangement.sites,
            deadline=tender.deadline,
            practice=arrangement.practice,
            patience_minutes=arrangement.patience_minutes,
            revocations=self.revocations,
            revocation_rule=arrangement.revocation_rule,
            event_authority=b"".join(authority.der for authority in self.event_authority),
            continues=UNSET if continues is None else continues,
            intermediates=tuple(one.der for one in self.intermediates) or UNSET,
        )


def read_tender_folder(folder: Path, at: str) -> TenderFolder:
    """The folder (``evaluation.json tender.json method.json rules.json parties/ roots/ papers/``), to be signed at ``at``.

    TenderFolderRefused with everything that is wrong with it.
    """
    reading = _Reading(folder)
    found = reading.whole()
    if found is not None:
        reading.problems += _misfits(found, at)
    if found is None or reading.problems:
        raise TenderFolderRefused(tuple(dict.fromkeys(reading.problems)))
    return found


def files_of(genesis: Genesis, paper: Callable[[str], bytes]) -> dict[str, bytes]:
    """The folder from which ``genesis`` could have been founded, by path; ``paper`` gives a paper by its digest."""
    founding, documents = found(genesis.record).founding, genesis.documents
    parties = (founding.supervisor, *founding.custodians, *founding.recovery_custodians)
    roots = {f"{number}.der": root for number, root in enumerate(founding.roots)}
    lists = {f"{number}.crl": data for number, data in enumerate(founding.revocations)}
    day = {"event-authority.der": founding.event_authority} if founding.event_authority else {}
    between = {f"intermediate-{number}.der": one for number, one in enumerate(founding.between)}
    arrangement = Arrangement(
        jurisdiction=founding.jurisdiction,
        organiser=founding.organiser.person,
        supervisor=_named(founding.supervisor),
        custodians=tuple(_named(party) for party in founding.custodians),
        threshold=founding.threshold,
        bidder_share=founding.bidder_share,
        recovery_custodians=tuple(_named(party) for party in founding.recovery_custodians),
        recovery_threshold=founding.recovery_threshold,
        recovery_minutes=founding.recovery_minutes,
        patience_minutes=founding.patience_minutes,
        sites=founding.sites,
        roots=tuple(roots),
        revocations=tuple(lists),
        revocation_rule=founding.revocation_rule,
        encryption={party.person: _encryption_file(party) for party in parties if party.encryption},
        event_authority=next(iter(day), ""),
        intermediates=tuple(between),
        practice=founding.practice,
        suite=founding.suite,
    )
    return {
        "evaluation.json": msgspec.json.format(msgspec.json.encode(arrangement)),
        "tender.json": documents.tender,
        "method.json": documents.method,
        "rules.json": documents.rules,
        **{f"parties/{_named(party)[1]}": party.certificate for party in parties},
        **{f"parties/{_encryption_file(party)}": party.encryption for party in parties if party.encryption},
        **{f"roots/{name}": data for name, data in (roots | lists | day | between).items()},
        **{f"papers/{one.digest}": paper(one.digest) for one in load_tender(documents.tender).papers},
    }


class _Reading:
    """Reads on after a problem, so that all of them are told at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[Bilingual] = []

    def whole(self) -> TenderFolder | None:
        """Everything, or None where something cannot be read."""
        arrangement = self._take(lambda: _arrangement(self._file("evaluation.json")))
        tender = self._take(lambda: self._document("tender.json", load_tender))
        method = self._take(lambda: self._document("method.json", load_method))
        pack = self._take(lambda: self._document("rules.json", load_rules))
        papers = self._papers(tender[1], arrangement.hash) if tender and arrangement else None
        rules = tender and pack and self._take(lambda: in_force(pack[1], tender[1].deadline[:10]))
        if arrangement is None:
            return None
        supervisor = self._certificates("parties", (arrangement.supervisor[1],))
        custodians = self._certificates("parties", tuple(file for _, file in arrangement.custodians))
        recovery = self._certificates("parties", tuple(file for _, file in arrangement.recovery_custodians))
        encryption = self._certificates("parties", tuple(arrangement.encryption.values()))
        roots = self._certificates("roots", arrangement.roots)
        day = self._certificates("roots", (arrangement.event_authority,) if arrangement.event_authority else ())
        between = self._certificates("roots", arrangement.intermediates)
        lists = [self._take(lambda name=name: self._file("roots", name)) for name in arrangement.revocations]  # type: ignore[misc]
        if not (tender and method and pack and rules) or self.problems or papers is None:
            return None
        return TenderFolder(
            arrangement=arrangement,
            documents=Documents(tender[0], method[0], pack[0]),
            tender=tender[1],
            method=method[1],
            rules=rules,
            supervisor=supervisor[0],
            custodians=custodians,
            recovery_custodians=recovery,
            roots=roots,
            revocations=tuple(data for data in lists if data is not None),
            encryption=dict(zip(arrangement.encryption, encryption, strict=True)),
            event_authority=day,
            intermediates=between,
            papers=papers,
        )

    def _take(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except EvalclientError as error:
            self.problems.append(error.sentence)
            return None

    def _file(self, *names: str) -> bytes:
        return read_chosen(self._folder.joinpath(*names), LARGEST)

    def _document(self, name: str, load: Callable[[bytes], T]) -> tuple[bytes, T]:
        """A document as it is, which record 0 pins, and what it says."""
        data = self._file(name)
        return data, load(data)

    def _certificates(self, part: str, names: tuple[str, ...]) -> tuple[CertificateFile, ...]:
        """Those that can be read; what is wrong with the others names their file."""
        found = []
        for name in names:
            try:
                found.append(open_certificate(self._folder / part / name))
            except EvalclientError as error:
                self.problems.append(Bilingual(f"{part}/{name}：{error.zh}", f"{part}/{name}: {error.en}"))
        return tuple(found)

    def _papers(self, tender: Tender, algorithm: HashName) -> tuple[bytes, ...]:
        """The papers that are there and are those that the tender names."""
        found = []
        for paper in tender.papers:
            data = self._take(lambda name=paper.digest: self._file("papers", name))  # type: ignore[misc]
            if data is not None and digest(data, algorithm) != paper.digest:
                self.problems.append(
                    Bilingual(
                        f"“{paper.title.zh}”的文件与 tender.json 所列摘要不符，请换回原文件后再发布。",
                        f"The file of “{paper.title.en}” is not the one that tender.json names; put the original back.",
                    )
                )
            found.append(data or b"")
        return tuple(found)


def _arrangement(untrusted: bytes) -> Arrangement:
    try:
        return msgspec.json.decode(untrusted, type=Arrangement)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentMalformed(
            f"evaluation.json 不合格式（{error}），请改正后再发布。",
            f"evaluation.json does not follow its format ({error}); correct it and publish again.",
        ) from error


def _named(party: Party) -> tuple[PersonId, FileName]:
    return party.person, f"{party.person}.der"


def _encryption_file(party: Party) -> FileName:
    return f"{party.person}-encryption.der"


def _parties(
    named: tuple[tuple[PersonId, FileName], ...],
    files: tuple[CertificateFile, ...],
    encryption: Mapping[str, CertificateFile],
) -> tuple[Party, ...]:
    own = {person: file.der for person, file in encryption.items()}
    return tuple(Party(person, file.der, own.get(person, b"")) for (person, _), file in zip(named, files, strict=True))


def _misfits(folder: TenderFolder, at: str) -> Iterator[Bilingual]:
    """What is readable and does not go together, or not any more."""
    act = folder.founding(b"", "")  # by whom and where is not known yet, and judged when it is signed
    for problem in contradictions(act, folder.tender, folder.method, folder.rules):
        yield Bilingual(f"{problem.zh}，请改正后再发布。", f"{problem.en}; correct it and publish again.")
    try:
        trust_of(act)
    except EvalclientError as error:
        yield error.sentence
    if folder.tender.deadline <= at:
        yield Bilingual(
            "招标项目文件所列投标截止时间已过，无人能够投标，请改正后再发布。",
            "The deadline in the tender document has passed and nobody could bid; correct it and publish again.",
        )
    for keeper in dict.fromkeys((*act.custodians, *act.recovery_custodians)):
        if not meant_for(keeper.encryption_certificate, "encrypt"):
            yield Bilingual(
                f"{common_name(keeper.certificate)}的证书不能用于加密，请在 encryption 中另列其加密证书。",
                f"The certificate of {common_name(keeper.certificate)} is not meant for encryption; name his encryption "
                "certificate under “encryption”.",
            )
    for office in (folder.supervisor, *folder.custodians, *folder.recovery_custodians, *folder.encryption.values()):
        if office.valid_to < folder.tender.deadline[:10]:
            yield Bilingual(
                f"{office.name}的证书有效期至 {office.valid_to}，早于投标截止时间，请换用有效的证书。",
                f"The certificate of {office.name} is valid to {office.valid_to}, before the deadline; use a valid one.",
            )
