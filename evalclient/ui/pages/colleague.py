"""A member on the committee's strip: how far he is, by name, and a place where one may ask to see his sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from evalclient.ui.pages.names import short
from evalclient.ui.pages.readiness import Standing
from evalclient.ui.texts import Say, plain, said
from evalclient.ui.widgets.buttons import IconButton
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import row


class Colleague(QWidget):
    """State icon, name, crown for the leader, an eye to ask for his sheet (not at one's own)."""

    def __init__(self, person: str, ask: Callable[[], object] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"member-{person}")
        self._state = Icon("circle", tone="neutral", size=16)
        self._crown = Icon("crown", colour="warn", size=14)
        self._name = Label("")
        self._name.setObjectName(f"member-name-{person}")
        self._eye: IconButton | None = None
        parts: list[QWidget] = [self._state, self._name, self._crown]
        if ask is not None:
            self._eye = IconButton("eye", lambda: self.tr("查看该评委的评分表"), on=ask)
            self._eye.setObjectName(f"peek-{person}")
            self._eye.setProperty("role", "eye")
            parts.append(self._eye)
        self.setLayout(row(*parts, gap=3))

    def show_member(self, name: str, standing: Standing, *, leader: bool, note: Say, asking: bool) -> None:
        """Name, state and a tip that says the state in words; ``asking``: there may be a sheet to ask for."""
        self._name.say(short(name))
        self._name.set_tone("ok" if standing == "done" else "neutral")
        if standing == "done":
            self._state.set("circle-check", tone="ok")
        else:
            self._state.set("clock" if standing == "due" else "circle", tone="neutral")
        self._crown.setVisible(leader)
        tip = f"{name} · {said(note)}"
        self.setToolTip(plain(tip))
        self.setAccessibleName(tip)
        if self._eye is not None:
            self._eye.setVisible(asking)
            self._eye.say("", lambda: self.tr("查看{name}的评分表").format(name=name))
