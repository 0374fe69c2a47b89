"""Publishing (发布): a tender folder becomes an evaluation at a centre. One way for the command and for the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from evalclient.core.errors import CentreRefused, EvalclientError
from evalclient.core.evaluation.fold import Documents
from evalclient.core.ports import Clock, KeyHandle
from evalclient.core.records.acts_founding import Continuation, EvaluationCreated
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.records import found
from evalclient.desk.desk import Genesis
from evalclient.desk.founding import create
from evalclient.desk.seat import Seat
from evalclient.desk.tender_folder import TenderFolder
from evalclient.sync.register import PublishedEvaluation, Register


@dataclass(frozen=True, slots=True)
class Announcement:
    """What has been published: the fingerprint to announce, and what the announcement's file consists of."""

    fingerprint: str
    genesis: Genesis


OpenSeat = Callable[[Genesis, str], Seat]
Tell = Callable[[Bilingual], object]

_ASKING: Final = Bilingual("正在查询评标中心…", "Asking the centre …")
_SIGNING: Final = Bilingual("正在签名创建记录…", "Signing record 0 …")
_FOUNDING: Final = Bilingual("正在登记项目…", "Registering the evaluation …")
_ENTERING: Final = Bilingual("正在登录组织方席位…", "Signing in at the organiser's seat …")


class AlreadyPublished(EvalclientError):
    """The tender has its evaluation at this centre, complete with its papers."""


class Publishing:
    """One tender folder on its way to a centre; ``run`` again after a failure goes on where it stopped.

    Record 0 is signed once. Where it is at the centre and papers are not, from here or from a seat that broke down, the
    papers are handed in and nothing is founded twice. ``continues`` is the evaluation whose place it takes.
    """

    def __init__(self, folder: TenderFolder, centre: str, clock: Clock, continues: Continuation | None = None) -> None:
        self._folder = folder
        self.continues = continues
        self._centre = centre
        self._clock = clock
        self._genesis: Genesis | None = None

    def run(self, handle: KeyHandle, open_seat: OpenSeat, tell: Tell) -> Announcement:
        """Found the evaluation and hand in its papers.

        ``open_seat(genesis, person)`` opens the organiser's store before anything is at the centre. AlreadyPublished,
        CertificateRefused, DocumentMalformed, CentreUnreachable, CentreRefused, and what a store may raise.
        """
        register = Register(self._centre)
        try:
            tell(_ASKING)
            there = self._at_centre(register, handle.certificate)
            begun_here = there is None or (self._genesis is not None and there.record == self._genesis.record)
            genesis = self._signed(register, handle, tell) if there is None else _genesis_of(there)
            seat = open_seat(genesis, self._folder.arrangement.organiser)
            try:
                if there is None:
                    tell(_FOUNDING)
                    _register(register, genesis, seat.fingerprint)
                tell(_ENTERING)
                seat.enter(handle, "publish")
                missing = self._hand_in_papers(seat, tell)
                announced = Announcement(seat.fingerprint, genesis)
            finally:
                seat.close()
        finally:
            register.close()
        if there is not None and not missing and not begun_here:
            raise _already(there)
        return announced

    def _at_centre(self, register: Register, organiser: bytes) -> PublishedEvaluation | None:
        """The evaluation of this tender at the centre, if ``organiser`` may go on with it; AlreadyPublished if not."""
        act = self._folder.founding(organiser, "", self.continues)
        for line in register.evaluations():
            if (line.title, line.deadline) != (act.title, act.deadline):
                continue
            there = register.evaluation(line.fingerprint)
            if there.founding.tender != act.tender or there.fingerprint == _continued(act):
                continue
            if _founded_like(there.founding) != _founded_like(act):
                raise _already(there)
            return there
        return None

    def _signed(self, register: Register, handle: KeyHandle, tell: Tell) -> Genesis:
        """Record 0 as this person signed it before, or signs it now."""
        if self._genesis is None or found(self._genesis.record).founding.organiser.certificate != handle.certificate:
            tell(_SIGNING)
            self._genesis = create(self._folder, handle, register.log_key(), self._clock, self.continues)
        return self._genesis

    def _hand_in_papers(self, seat: Seat, tell: Tell) -> int:
        """Give the centre each paper it has not; how many these were."""
        papers = self._folder.papers
        missing = 0
        for number, (paper, data) in enumerate(zip(self._folder.tender.papers, papers, strict=True), start=1):
            tell(
                Bilingual(
                    f"正在提交项目文件 {number}/{len(papers)}…", f"Handing in papers: {number} of {len(papers)} …"
                )
            )
            if not seat.courier.has_blob(paper.digest):
                missing += 1
            seat.publish_paper(data)
        return missing


def _continued(act: EvaluationCreated) -> str:
    return act.continued.evaluation if act.continued is not None else ""


def _founded_like(act: EvaluationCreated) -> tuple[object, ...]:
    """What makes two foundings of one tender the same: whose they are, by which documents, and in whose place."""
    return act.method, act.rules, act.organiser, _continued(act)


def _genesis_of(there: PublishedEvaluation) -> Genesis:
    return Genesis(there.record, Documents(there.tender, there.method, there.rules))


def _register(register: Register, genesis: Genesis, fingerprint: str) -> None:
    documents = genesis.documents
    registered, _ = register.publish(genesis.record, documents.tender, documents.method, documents.rules)
    if registered != fingerprint:
        raise CentreRefused("中心登记的项目指纹与本机不符。", "The centre registered another fingerprint.")


def _already(there: PublishedEvaluation) -> AlreadyPublished:
    short = there.fingerprint[:16]
    return AlreadyPublished(
        f"该招标项目已在评标中心发布（项目指纹 {short}…），不能重复发布；请登录该项目办理，或更正招标项目文件后再发布。",
        f"This tender has been published at the centre already (fingerprint {short}…). Sign in to that evaluation, or"
        " correct the tender document and publish again.",
    )
