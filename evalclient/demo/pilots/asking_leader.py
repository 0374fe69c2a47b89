"""A leader who, once, asks the supervisor to let the committee go back: gives a played supervisor something to decide."""

from __future__ import annotations

import time
from typing import Final

from evalclient.core.records.fields import Bilingual
from evalclient.demo.pilots.member import MemberPilot

_GROUND: Final = Bilingual(
    "有评委反映确认报价评审前未看完计算过程，申请回退到报价评审，全体重新确认。",
    "A member says he confirmed the price evaluation before he had read it through; all should confirm it again.",
)


class AskingLeader:
    """A member's pilot that asks at the price evaluation and waits up to ``patience`` seconds for the answer."""

    def __init__(self, pilot: MemberPilot, patience: float) -> None:
        self._pilot = pilot
        self._patience = patience
        self._asked = 0.0

    def step(self) -> bool:
        """Do the next thing due; whether there was one."""
        evaluation = self._pilot.desk.evaluation
        leads = evaluation.leader == self._pilot.desk.person
        if leads and evaluation.stage == "price" and evaluation.round == 1:
            if not self._asked:
                self._asked = time.monotonic()
                self._pilot.chair.request_rollback("price", _GROUND.text(self._pilot.language))
                return True
            if time.monotonic() - self._asked < self._patience:
                return False
        return self._pilot.step()
