"""A draw in the meeting (随机抽取): who takes part, whose share is published, what was drawn and how to draw it again."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.drawing import (
    DRAWN_IN,
    Drawing,
    by_place,
    draw_due,
    draw_times,
    drawings,
    parties,
    share_by,
    waiting_for,
)
from evalclient.core.evaluation.state import Evaluation, Seal
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.records.act import DrawTime, SealedShare
from evalclient.core.records.acts_draw import DrawSealed
from evalclient.core.records.fields import Bilingual
from evalclient.desk.drawing import take_part
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.draw_panel import DrawPanel
from evalclient.ui.pages.names import by_name, listed
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import FlowLayout, row

# the gate does not look at the share
_ANY_SHARE = SealedShare(commitment="0" * 64, author_key=b"")


class DrawCard(Card):
    """``take-part`` seals a share (for members and the supervisor); ``draw-<party>``, ``drawn``, ``draw-again``.

    Shown while something is drawn in the present stage; with ``all_times`` also what was drawn before.
    """

    def __init__(
        self, live: Live, *, party: bool = True, all_times: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(lambda: self.tr("随机抽取"), parent=parent)
        self.setObjectName("draw-card")
        self._live, self._party, self._all_times = live, party, all_times
        self._what = Label("", "secondary", wrap=True)
        self._what.setObjectName("draw-what")
        self._drawn = Label("", "heading", tone="primary", wrap=True)
        self._drawn.setObjectName("drawn")
        self._people: Rows[Chip] = Rows(chips := FlowLayout(gap=6), self._make)
        self._act = ActLine("take-part", lambda: self.tr("参与抽取"), self._take_part, icon="shield-check")
        self._again = Button(lambda: self.tr("怎样复算"), icon="list-checks", kind="ghost", on=self._show_how)
        self._again.setObjectName("draw-again")
        result = row(self._drawn, self._again, gap=12)
        result.setStretch(0, 1)
        self.add(self._what, chips, result, self._act)

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the shares; hidden where nothing is drawn."""
        times = self._times(evaluation)
        self.setVisible(bool(times))
        if not times:
            return
        when = times[-1]
        shares = {person: share_by(evaluation, person, when) for person in parties(evaluation, when)}
        self._show_people(shares)
        self._mark(evaluation, when, shares)
        titles = [one.draw.title for one in drawings(evaluation) if one.draw.when == when]
        self._what.say(lambda: self._words(listed(said(title) for title in titles)))
        known = self._known(evaluation)
        self._drawn.setVisible(bool(known))
        self._again.setVisible(bool(known))
        self._drawn.say(lambda: "\n".join(_outcome(self._live, one) for one in known))
        self._judge(evaluation, shares)

    def _times(self, evaluation: Evaluation) -> list[DrawTime]:
        """The points of the meeting shown, the one that matters now last."""
        return [
            when
            for when in draw_times(evaluation)
            if DRAWN_IN[when] == evaluation.stage or (self._all_times and when in evaluation.draw_shares)
        ]

    def _known(self, evaluation: Evaluation) -> list[Drawing]:
        times = self._times(evaluation)
        return [one for one in drawings(evaluation) if one.result is not None and one.draw.when in times]

    def _words(self, what: str) -> str:
        return self.tr(
            "抽取：{what}。各方各自封存一份随机份额，全部封存后由各自的客户端自动公开，结果由全部份额和日志算出，任何一方都不能左右。"
        ).format(what=what)

    def _show_people(self, shares: Mapping[str, Seal | None]) -> None:
        self._people.show(shares)
        for person, share in shares.items():
            name = self._name(person)
            if share is None:
                self._people[person].set("neutral", name, "clock", lambda: self.tr("尚未参与"))
            elif share.opened:
                self._people[person].set("ok", name, "lock-open", lambda: self.tr("份额已公开"))
            else:
                self._people[person].set("primary", name, "lock", lambda: self.tr("份额已封存"))

    def _mark(self, evaluation: Evaluation, when: DrawTime, shares: Mapping[str, Seal | None]) -> None:
        everybody = len(shares)
        sealed = everybody - len(waiting_for(evaluation, when))
        opened = sum(share is not None and share.opened for share in shares.values())
        if sealed < everybody:
            self.mark(
                lambda: self.tr("已参与 {sealed}/{everybody}").format(sealed=sealed, everybody=everybody), "primary"
            )
        elif opened < everybody:
            self.mark(
                lambda: self.tr("已公开 {opened}/{everybody}").format(opened=opened, everybody=everybody), "primary"
            )
        else:
            self.mark(lambda: self.tr("已抽取"), "ok")

    def _judge(self, evaluation: Evaluation, shares: Mapping[str, Seal | None]) -> None:
        due = draw_due(evaluation)
        self._act.setVisible(self._party and due is not None and due not in evaluation.draw_shares)
        if due is None or self._act.isHidden():
            return
        if shares.get(self._live.person) is not None:
            self._act.set_acting(False)
            return
        self._act.set_acting(True)
        verdict = self._live.may(DrawSealed(when=due, share=_ANY_SHARE))
        self._act.judge(
            verdict,
            by_name(evaluation, verdict.reason) if verdict.reason else None,
            note=lambda: self.tr("将用您的证书签名；份额由本机随机生成，封存后不能更改或撤回。"),
        )

    def _name(self, person: str) -> Say:
        supervisor = self._live.evaluation.founding.supervisor.person
        return (lambda: self.tr("行政监督")) if person == supervisor else self._live.name(person)

    def _make(self, person: str) -> Chip:
        chip = Chip()
        chip.setObjectName(f"draw-{person}")
        return chip

    def _take_part(self) -> None:
        self._act.start(self._live, take_part)

    def _show_how(self) -> None:
        evaluation = self._live.evaluation
        DrawPanel(evaluation, [(one, _outcome(self._live, one)) for one in self._known(evaluation)], self).open()


def _outcome(live: Live, one: Drawing) -> str:
    """“Discount: 4”, or the bidders or members in the order drawn."""
    if isinstance(one.result, Mapping):
        order = enumerate(by_place(one.result), start=1)
        if one.draw.kind == "members":
            found = listed(f"{place}. {live.name(member)}" for place, member in order)
        else:
            found = listed(f"{place}. {bidder_name(live.evaluation, bidder)}" for place, bidder in order)
    else:
        found = one.result or ""
    colon = said(Bilingual("：", ": "))
    return f"{said(one.draw.title)}{colon}{found}"
