"""Keyed widgets in a layout: what is still wanted stays as it is, so nothing flickers and no focus is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Rows(Generic[W]):
    """Widgets by key, in order, in ``layout``. Widgets whose key is gone are deleted, new ones made."""

    def __init__(self, layout: QLayout, make: Callable[[str], W]) -> None:
        self._layout = layout
        self._make = make
        self._held: dict[str, W] = {}

    def show(self, keys: Iterable[str]) -> dict[str, W]:
        """Bring the layout to ``keys``; the widgets by key, in that order."""
        wanted = list(dict.fromkeys(keys))
        if wanted == list(self._held):
            return self._held
        for gone in [key for key in self._held if key not in wanted]:
            widget = self._held.pop(gone)
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        held = {key: self._held.get(key) or self._make(key) for key in wanted}
        for place, widget in enumerate(held.values()):
            if isinstance(self._layout, QBoxLayout):
                if self._layout.indexOf(widget) != place:
                    self._layout.insertWidget(place, widget)
            elif widget.parentWidget() is None:
                self._layout.addWidget(widget)
        self._held = held
        return held

    def __getitem__(self, key: str) -> W:
        return self._held[key]

    def get(self, key: str) -> W | None:
        """The widget of a key, if it is shown."""
        return self._held.get(key)

    def __iter__(self) -> Iterator[W]:
        return iter(self._held.values())

    def held(self) -> list[str]:
        """The keys shown, in order."""
        return list(self._held)
