"""The dark bar at the top: which evaluation, who is here, and the switches that are always at hand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from evalclient.ui.texts import Say, language, languages, plain, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button, IconButton
from evalclient.ui.widgets.labels import Icon, Label, OneLine
from evalclient.ui.widgets.layout import STRETCH, box, column, row

FACE_PX = 36


@dataclass(frozen=True, slots=True)
class Identity:
    """What the bar names. ``fingerprint`` is the genesis fingerprint; its first 16 characters are shown in groups.

    ``certificate`` is how the person's certificate stood when he signed in.
    """

    tender: Say = ""
    lot: Say = ""
    fingerprint: str = ""
    person: str = ""
    role: Say = ""
    practice: bool = False
    certificate: Say = ""


class _Face(QWidget):
    """The first character of the person's name in a circle."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme().px(FACE_PX)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("bar_hover"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(look.colour("on_bar"))
        painter.setFont(look.font(16, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.letter)
        painter.end()


class TopBar(QFrame):
    """Text size, darkness and language switch here by themselves; ``lock`` and ``full_screen`` are for the frame."""

    lock = Signal()
    full_screen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._identity = Identity()
        self.title = OneLine("", "heading")
        self.about = OneLine("", "caption")
        self.person = Label("")
        self.role = Label("", "caption")
        self._face = _Face()
        self.larger = IconButton("a-large-small", lambda: self.tr("放大文字（Ctrl + / Ctrl −）"), on=self._larger)
        self.dark = IconButton("moon", lambda: self.tr("深色 / 浅色"), on=self._toggle_dark)
        self.language = Button(
            self._other_language, icon="languages", kind="ghost", tip="中文 / English", on=self._switch
        )
        self.whole = IconButton("maximize", lambda: self.tr("全屏（F11）"), on=self.full_screen.emit)
        self.lock_button = IconButton("lock", lambda: self.tr("锁定屏幕（Ctrl+L）"), on=self.lock.emit)
        for button in (self.larger, self.dark, self.language, self.whole, self.lock_button):
            button.set_icon(button.icon_name, "on_bar")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.who = box(row(self._face, column(self.person, self.role, gap=0), gap=10))
        words = column(self.title, self.about, gap=1)
        switches = row(self.larger, self.dark, self.language, self.whole, self.lock_button, gap=4)
        layout = row(
            Icon("landmark", colour="on_bar", size=28), words, STRETCH, switches, self.who, gap=14, margins=(16, 8)
        )
        layout.setStretch(1, 1000)
        self.setLayout(layout)
        self.show_identity(self._identity)

    def show_identity(self, identity: Identity) -> None:
        self._identity = identity
        self.title.say(self._title_text)
        self.about.say(self._about_text)
        self.person.say(identity.person)
        self.role.say(identity.role)
        self._face.letter = identity.person[:1]
        self._face.update()
        self.who.setVisible(bool(identity.person))
        self.lock_button.setVisible(bool(identity.person))
        self._tell_all()

    def changeEvent(self, event: QEvent) -> None:
        """The tool tip speaks the language too."""
        if event.type() == QEvent.Type.LanguageChange:
            self._tell_all()
        super().changeEvent(event)

    def _tell_all(self) -> None:
        """The tool tip has in full what the bar may have to shorten: title, lot, the whole fingerprint."""
        identity = self._identity
        lines = [self._title_text(), said(identity.lot)]
        if identity.fingerprint:
            lines.append(self.tr("项目指纹：{fingerprint}").format(fingerprint=identity.fingerprint))
        for label in (self.title, self.about):
            label.setToolTip(plain("\n".join(filter(None, lines))))
        certificate = said(identity.certificate)
        self.who.setToolTip(plain(self.tr("登录时的证书：{state}").format(state=certificate)) if certificate else "")

    def _title_text(self) -> str:
        return said(self._identity.tender) or self.tr("电子评标室")

    def _about_text(self) -> str:
        identity = self._identity
        parts = [said(identity.lot)]
        if identity.fingerprint:
            parts.append(self.tr("指纹 {groups}").format(groups=grouped(identity.fingerprint)))
        if identity.practice:
            parts.append(self.tr("练习"))
        return "  ·  ".join(part for part in parts if part)

    def _other_language(self) -> str:
        return "English" if language() == "zh" else "中文"

    def _larger(self) -> None:
        look = theme()
        before = look.scale
        look.zoom(1)
        if look.scale == before:
            look.zoom(0)

    def _toggle_dark(self) -> None:
        look = theme()
        look.set_dark(not look.dark)
        self.dark.set_icon("sun" if look.dark else "moon", "on_bar")

    def _switch(self) -> None:
        languages().show("en" if language() == "zh" else "zh")


def grouped(fingerprint: str) -> str:
    """The first 16 characters of a fingerprint in groups of four, for reading aloud against the announcement."""
    head = fingerprint.rpartition(":")[2][:16]
    return " ".join(head[at : at + 4] for at in range(0, len(head), 4))
