"""The place where a page's act is done: what hinders it stands beside the button, with the article."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.records.fields import Bilingual
from evalclient.ui.live import Live, Refusal, Verb
from evalclient.ui.pages.names import with_article
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button, Kind
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, column, row


class ActLine(QWidget):
    """A hint that takes the free width, then the act's button: disabled with its reason, never silently.

    ``stacked`` puts the hint above the buttons, for narrow places.

    ``start`` runs the act; until its answer comes the button rests, and a refusal is shown by ``live.refused``.
    """

    def __init__(
        self,
        name: str,
        text: Say,
        on: Callable[[], object],
        *,
        icon: str = "",
        kind: Kind = "primary",
        before: tuple[QWidget, ...] = (),
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.button = Button(text, icon=icon, kind=kind, on=on)
        self.button.setObjectName(name)
        self._icon = Icon("info", tone="neutral", size=16)
        self.hint = Label("", "hint", wrap=True)
        self.hint.setObjectName(f"{name}-hint")
        self._reason: Say | None = None
        self._note: Say = ""
        self._busy = False
        self._acting = True
        self._brief = False
        if stacked:
            words = row(self._icon, self.hint, gap=8)
            words.setStretch(1, 1)
            self.setLayout(column(words, row(*before, STRETCH, self.button, gap=8), gap=6))
        else:
            layout = row(self._icon, self.hint, *before, self.button, gap=8)
            layout.setStretch(1, 1)
            self.setLayout(layout)
        self._apply()

    @property
    def busy(self) -> bool:
        """Whether the act is on its way."""
        return self._busy

    def judge(self, verdict: Verdict, sentence: Bilingual | None = None, note: Say = "") -> None:
        """Follow a gate's verdict; ``sentence`` replaces its reason (people by name)."""
        if verdict.reason is None:
            self.allow(note)
        else:
            self.refuse(sentence or verdict.reason, verdict.article)

    def refuse(self, reason: Say, article: str = "") -> None:
        """Disable the button and say why, beside it and in its tool tip."""
        self._reason, self._note = with_article(reason, article), ""
        self._apply()

    def allow(self, note: Say = "") -> None:
        """Enable the button; ``note`` may say what it will do."""
        self._reason, self._note = None, note
        self._apply()

    def set_acting(self, acting: bool) -> None:
        """Show the act, or only the widgets that stand before its button."""
        self._acting = acting
        self._apply()

    def set_brief(self, brief: bool) -> None:
        """Leave the hint to the button's tool tip: for places that are low and say what is missing elsewhere."""
        if brief != self._brief:
            self._brief = brief
            self._apply()

    def start(self, live: Live, verb: Verb[Any], done: Callable[[Any], object] | None = None) -> None:
        """Do the act with the certificate; ``done(result)`` when it is signed, stored and folded."""
        self._busy = True
        self._apply()
        live.key_act(verb, done=partial(self._succeeded, done), failed=partial(self._refused, live))

    def _succeeded(self, done: Callable[[Any], object] | None, result: object) -> None:
        self._rest()
        if done is not None:
            done(result)

    def _refused(self, live: Live, refusal: Refusal) -> None:
        self._rest()
        live.refused.emit(refusal)

    def _rest(self) -> None:
        self._busy = False
        self._apply()

    def _apply(self) -> None:
        reason: Say | None = (lambda: self.tr("正在签名并保存…")) if self._busy else self._reason
        self.button.refuse(reason)
        text = self._note if reason is None else reason
        self.hint.say(text)
        self._icon.setVisible(bool(said(text)) and self._acting and not self._brief)
        self.hint.setVisible(self._acting and not self._brief)
        self.button.setVisible(self._acting)
