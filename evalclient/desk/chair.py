"""Verbs that lead the evening: closing stages, summing up, recommending; for the leader, or the organiser before him."""

from __future__ import annotations

from evalclient.core.evaluation.results import recommended, result_digest
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import CandidatesRecommended, PriceCorrected, StageClosed, SummaryRecorded
from evalclient.core.records.acts_ending import ReportRendered, RollbackRequested
from evalclient.core.workflow.stage_ends import can_end, closing_ids, conclusion
from evalclient.desk.desk import Desk


class Chair:
    """Whoever runs the procedure now (组长, before him the organiser)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def stage_end(self) -> StageClosed:
        """The act that would end the present stage."""
        evaluation = self.desk.evaluation
        return StageClosed(stage=evaluation.stage, closes=closing_ids(evaluation), conclusion=conclusion(evaluation))

    def may_close(self) -> Verdict:
        """Whether the present stage can be ended by this person, and what is missing otherwise."""
        ready = can_end(self.desk.evaluation)
        return self.desk.may(self.stage_end()) if ready.allowed else ready

    def close_stage(self) -> str:
        """End the present stage."""
        return self.desk.do(self.stage_end())

    def correct_price(self, act: PriceCorrected) -> str:
        """Record the committee's arithmetic corrections of one bid's price."""
        return self.desk.do(act)

    def sum_up(self) -> str:
        """Record the summary."""
        return self.desk.do(SummaryRecorded(result=result_digest(self.desk.evaluation)))

    def recommend(self) -> str:
        """Record the candidates in the order of the result."""
        evaluation = self.desk.evaluation
        act = CandidatesRecommended(candidates=recommended(evaluation), result=result_digest(evaluation))
        return self.desk.do(act)

    def present_report(self, document: bytes) -> str:
        """Lay the rendered report before the members."""
        digest = self.desk.add_blob(document)
        act = ReportRendered(document=digest, result=result_digest(self.desk.evaluation))
        return self.desk.do(act, [digest])

    def request_rollback(self, to_stage: Stage, ground: str) -> str:
        """Ask the supervisor to let the committee go back to a stage."""
        return self.desk.do(RollbackRequested(to_stage=to_stage, ground=ground))
