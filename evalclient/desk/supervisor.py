"""The supervisor's verbs: read-only sight of everything open, approval of roll-backs, co-signatures, draws."""

from __future__ import annotations

from evalclient.core.checkpoint import read_checkpoint
from evalclient.core.errors import Refused
from evalclient.core.evaluation.results import tally_input
from evalclient.core.evaluation.views import scores
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.records.acts_ending import CheckpointCosigned, RollbackApproved
from evalclient.core.records.envelope import Seen
from evalclient.core.workflow.reading import may_read, may_read_robustness
from evalclient.desk.desk import Desk
from evalclient.desk.drawing import take_part


class Supervisor:
    """The administrative supervisor (行政监督)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def approve_rollback(self, request: str) -> str:
        """Let the committee go back; a new round begins."""
        return self.desk.do(RollbackApproved(request=request))

    def take_part(self) -> str:
        """Seal a share of the draw that is due."""
        return take_part(self.desk)

    def read_sheet(self, member: str) -> dict[str, dict[str, str]]:
        """A member's scores once all have sealed; Refused before."""
        may_read(self.desk.evaluation, self.desk.person, member, "sheet.sealed").require()
        return scores(self.desk.evaluation).get(member, {})

    def robustness_basis(self) -> tuple[Method, TallyInput]:
        """What ``core.method.robustness.analysis`` works on, from the verified log; Refused before the signing is over."""
        may_read_robustness(self.desk.logged, self.desk.person).require()
        return self.desk.logged.method, tally_input(self.desk.logged)

    def checkpoint(self) -> Seen:
        """The centre's last checkpoint that this client has verified; Refused while there is none."""
        text = self.desk.log.checkpoint()
        if not text:
            raise Refused(
                "尚未收到评标中心的检查点，请等待同步完成。",
                "No checkpoint of the centre has been verified yet; wait for it.",
                "RFC 6962",
            )
        return read_checkpoint(text).seen()

    def cosign(self) -> str:
        """Vouch for the checkpoint this client has verified."""
        seen = self.checkpoint()
        return self.desk.do(CheckpointCosigned(stage=self.desk.evaluation.stage, size=seen.size, root=seen.root))
