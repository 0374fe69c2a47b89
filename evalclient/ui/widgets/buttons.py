"""Buttons with an icon that follows the theme and a text that follows the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import set_variant, theme
from evalclient.ui.theme_tokens import Tone

Kind = Literal["plain", "primary", "danger", "ghost", "icon", "step", "option", "nav"]
ICON_PX = 18
GAP_PX = 5


class Button(QPushButton):
    """A push button; ``on`` is called when it is clicked (no argument)."""

    def __init__(
        self,
        text: Say = "",
        *,
        icon: str = "",
        kind: Kind = "plain",
        tip: Say = "",
        on: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._say, self._tip, self._icon = text, tip, icon
        self._on = on
        self._icon_token = ""
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self._retranslate()
        self._restyle()
        theme().changed.connect(self._restyle)
        if on is not None:
            self.clicked.connect(self._clicked)

    def say(self, text: Say, tip: Say | None = None) -> None:
        self._say = text
        self._tip = self._tip if tip is None else tip
        self._retranslate()

    def set_kind(self, kind: Kind) -> None:
        set_variant(self, "kind", kind)
        self._restyle()

    def set_tone(self, tone: Tone) -> None:
        set_variant(self, "tone", tone)

    def set_icon(self, name: str, token: str = "") -> None:
        """Show another Lucide icon, in the colour of a token instead of the button's own."""
        self._icon, self._icon_token = name, token
        self._restyle()

    @property
    def icon_name(self) -> str:
        """The Lucide icon shown, "" for none."""
        return self._icon

    def refuse(self, reason: Say | None) -> None:
        """Disable the button and say why in its tool tip; None enables it again."""
        self.setEnabled(reason is None)
        self._tip = "" if reason is None else reason
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _clicked(self) -> None:
        if self._on is not None:
            self._on()

    def _retranslate(self) -> None:
        text, tip = said(self._say), said(self._tip)
        self.setText(text.replace("&", "&&"))
        self.setToolTip(plain(tip))
        self.setAccessibleName(text or tip)
        self.setAccessibleDescription(tip if text else "")

    def _restyle(self) -> None:
        if not self._icon:
            return
        look = theme()
        pad = GAP_PX if said(self._say) else 0
        self.setIcon(look.icon(self._icon, look.colour(self._icon_token or self._default_token()), ICON_PX, pad))
        self.setIconSize(look.icon_size(ICON_PX, pad))

    def _default_token(self) -> str:
        kind = str(self.property("kind"))
        return {"primary": "on_primary", "danger": "on_bad", "ghost": "primary_text"}.get(kind, "text_2")


class IconButton(Button):
    """A square button that shows only an icon; ``name`` is its tool tip and its name for screen readers."""

    def __init__(
        self,
        icon: str,
        name: Say,
        *,
        on: Callable[[], object] | None = None,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", icon=icon, kind="icon", tip=name, on=on, parent=parent)
        self.setCheckable(checkable)
