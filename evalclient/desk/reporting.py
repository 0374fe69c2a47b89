"""The report at a seat: rendered once by the leader, compared by everybody with his own log, signed and stamped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from evalclient.core.checkpoint import read_checkpoint
from evalclient.core.errors import Refused
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.records.acts_ending import Ending, ReportSigned, ReportStamped
from evalclient.core.records.envelope import digest
from evalclient.core.report.compose import ReportNotDue, report_content, report_language
from evalclient.core.report.content import ReportContent
from evalclient.core.report.history import events_of_entries
from evalclient.core.report.stamp_words import signing_reason, stamp_lines
from evalclient.core.workflow.gates_ending import next_to_stamp
from evalclient.crypto.pdf import stamp
from evalclient.desk.chair import Chair
from evalclient.desk.people import display_name
from evalclient.desk.seat import Seat

if TYPE_CHECKING:
    from evalclient.paper.report_pdf import Language
    from evalclient.paper.signature_page import SignatureBox


class Reporting:
    """The report (评标报告) as one seat sees it."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.desk = seat.desk
        self._own: tuple[str, ReportContent] | None = None

    def can_render(self) -> bool:
        """Whether the verified log, without what is still on its way, has come as far as the report."""
        return self.desk.logged.stage == "report"

    def render(self) -> str:
        """Render the report from the verified log and lay it before the members; the record's id.

        ReportNotDue while records that it has to tell of are still on their way to the centre.
        """
        document = _rendered(self._content(self.desk.logged.size), self._language)
        return Chair(self.desk).present_report(document)

    def render_ending(self, ending: Ending, ground: str) -> bytes:
        """The shorter report of another lawful ending, for the organiser to end with."""
        content = self._content(self.desk.logged.size, ending, ground)
        return _rendered(content, self._language)

    def document(self) -> bytes:
        """The newest revision of the PDF; Refused while there is none."""
        report = self.desk.evaluation.report
        if report is None:
            raise Refused(
                "评标报告尚未生成。", "There is no report yet.", self.desk.evaluation.rules.article("report.rendered")
            )
        newest = report.stamps[-1][1].document if report.stamps else report.document
        return self.seat.blob(newest)

    def final_document(self) -> bytes:
        """The report that the evaluation ended with; before its end, the members' with every stamp so far."""
        ending = self.desk.logged.ending
        return self.seat.blob(ending.document) if ending is not None else self.document()

    def agrees(self, document: str) -> bool:
        """Whether this client, from its own log, renders exactly the report with this digest."""
        return self._own_content(document) is not None

    def sign(self, document: str, dissent: str = "") -> str:
        """Sign the report that was read, by digest, perhaps with a dissent; the record's id.

        Refused where this client's own log gives another report: a dissent is for conclusions, not for false numbers.
        """
        if not self.agrees(document):
            raise _not_this_logs(self.desk.evaluation.rules.article("signature"))
        return self.desk.do(ReportSigned(document=document, dissent=dissent))

    def can_stamp(self) -> bool:
        """Whether it is this person's turn and everything before it stands in the log."""
        logged = self.desk.logged
        return (
            logged.report is not None
            and self.desk.person in logged.report.signed
            and next_to_stamp(logged) == self.desk.person
            and next_to_stamp(self.desk.evaluation) == self.desk.person
        )

    def stamp(self) -> str:
        """Put this person's visible signature on the newest revision; the record's id."""
        report = self.desk.evaluation.report
        content = self._own_content(report.document) if report else None
        if report is None or content is None:
            raise _not_this_logs(self.desk.evaluation.rules.article("signature"))
        before = self.document()
        at, language = self.desk.clock.now(), self._language
        box = _box_of(content, self.desk.person)
        name = display_name(self.desk.evaluation, self.desk.person)
        dissent = report.signed[self.desk.person].dissent if self.desk.person in report.signed else ""
        revised = stamp(
            before,
            self.desk.handle,
            field_name=f"signature-{self.desk.person}",
            box=(box.page, box.x1, box.y1, box.x2, box.y2),
            lines=stamp_lines(name, at, self.desk.evaluation.fingerprint, dissent, language),
            at=datetime.fromisoformat(at),
            reason=signing_reason(dissent, language),
            trust=self.desk.trust,
            revocations=(*self.desk.evaluation.founding.revocations, *self.desk.evaluation.roster.revocations),
        )
        revision = self.desk.add_blob(revised)
        act = ReportStamped(document=revision, previous=digest(before, self.desk.evaluation.founding.hash))
        return self.desk.do(act, [revision])

    @property
    def _language(self) -> Language:
        return report_language(self.desk.evaluation)

    def _own_content(self, document: str) -> ReportContent | None:
        """The content this client's log gives for ``document``; None where it renders another report."""
        if self._own is not None and self._own[0] == document:
            return self._own[1]
        pdf = self.seat.blob(document)
        size = _basis_of(pdf)
        if size is None or size > self.desk.logged.size:
            return None
        try:
            content = self._content(size)
        except ReportNotDue:
            return None
        if _rendered(content, self._language) != pdf:
            return None
        self._own = (document, content)
        return content

    def _content(self, size: int, ending: Ending = "awarded", ground: str = "") -> ReportContent:
        """The content that the first ``size`` records of the verified log give."""
        evaluation = self.desk.logged_at(size)
        entries = [entry for entry in self.desk.log.entries() if entry.index < size]
        names = {person: display_name(evaluation, person) for person in evaluation.roster.current}
        return report_content(
            evaluation,
            events_of_entries(entries, evaluation.founding.hash),
            names,
            self._root(size),
            ending=ending,
            ground=ground,
        )

    def _root(self, size: int) -> str:
        checkpoint = read_checkpoint(self.desk.log.checkpoint())
        if checkpoint.size == size:
            return checkpoint.root.hex()
        tree = Tree(self.desk.evaluation.founding.hash)
        for entry in self.desk.log.entries():
            tree.append(leaf_bytes(entry.received, entry.record))
        return tree.root(size).hex()


def _not_this_logs(article: str) -> Refused:
    return Refused(
        "该报告与本机记录重新生成的报告不一致，不能签署；请要求组长重新生成，并报告监督人员。",
        "The report is not the one this client's log gives and is not signed; ask the leader to make it anew, and tell the"
        " supervisor.",
        article,
    )


# What draws pages is loaded with the first report: most seats never need it, and none before the end.


def _rendered(content: ReportContent, language: Language) -> bytes:
    from evalclient.paper.report_pdf import render_report

    return render_report(content, language)


def _basis_of(pdf: bytes) -> int | None:
    from evalclient.paper.report_pdf import claimed_basis

    return claimed_basis(pdf)


def _box_of(content: ReportContent, person: str) -> SignatureBox:
    from evalclient.paper.signature_page import signature_boxes

    return signature_boxes(content)[person]
