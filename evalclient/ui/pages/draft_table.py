"""One's own work in progress, bidder by bidder and item by item: shown at once, saved at each field, from any seat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from evalclient.core.evaluation.state import Evaluation
from evalclient.desk.desk import Desk
from evalclient.ui.live import Live, Refusal

Mark = Literal["none", "saving", "saved", "received"]
"""``saved``: committed to this seat's disk; ``received``: in the centre's log."""
Table = dict[str, dict[str, Any]]
Load = Callable[[Desk], Table]
Save = Callable[[Desk, str, str, Any], None]


class DraftTable(QObject):
    """``table`` is what the person sees: bidder → item → content. Saving and loading run on the desk lane."""

    loaded = Signal()
    """The whole table is there, at first or because another seat has changed it."""
    marked = Signal(str, str)
    """(bidder, item): its mark has changed."""

    def __init__(self, live: Live, prefix: str, load: Load, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: Table = {}
        self._live, self._prefix, self._load, self._save = live, prefix, load, save
        self._saving: dict[tuple[str, str], int] = {}
        self._known: dict[str, str] = {}
        self._received: set[tuple[str, str]] = set()
        self._loading = False
        self._again = False
        live.changed.connect(self._changed)
        self._reload()

    def get(self, bidder: str, item: str) -> Any:
        """What stands for an item, or None."""
        return self.table.get(bidder, {}).get(item)

    def row(self, bidder: str) -> dict[str, Any]:
        """Everything of one bidder."""
        return self.table.get(bidder, {})

    def put(self, bidder: str, item: str, content: msgspec.Struct) -> None:
        """Change one field: at once on the screen, then on the disk."""
        if self.get(bidder, item) == content:
            return
        self.table.setdefault(bidder, {})[item] = content
        key = (bidder, item)
        self._saving[key] = self._saving.get(key, 0) + 1
        self._received.discard(key)
        self.marked.emit(bidder, item)
        self._live.act(
            lambda desk: self._save(desk, bidder, item, content),
            done=partial(self._saved, key),
            failed=partial(self._not_saved, key),
        )

    def mark(self, bidder: str, item: str) -> Mark:
        """How safe the field is."""
        if self.get(bidder, item) is None:
            return "none"
        if self._saving.get((bidder, item)):
            return "saving"
        return "received" if (bidder, item) in self._received else "saved"

    def _saved(self, key: tuple[str, str], _result: object) -> None:
        self._settle(key)
        bidder, item = key
        draft = self._live.evaluation.drafts.get((self._live.person, self._topic(bidder)))
        if draft is not None:
            self._known[self._topic(bidder)] = draft.record
        self.marked.emit(bidder, item)

    def _not_saved(self, key: tuple[str, str], refusal: Refusal) -> None:
        self._settle(key)
        self._live.refused.emit(refusal)
        self._reload()

    def _settle(self, key: tuple[str, str]) -> None:
        left = self._saving.get(key, 0) - 1
        if left > 0:
            self._saving[key] = left
        else:
            self._saving.pop(key, None)

    def _reload(self) -> None:
        """One load at a time: many changes at once are read once more at the end."""
        if self._loading:
            self._again = True
            return
        self._loading, self._again = True, False
        self._known = self._records(self._live.evaluation)
        self._live.act(self._load, done=self._take, failed=self._not_loaded)

    def _not_loaded(self, refusal: Refusal) -> None:
        self._loading = False
        self._live.refused.emit(refusal)

    def _take(self, table: Table) -> None:
        self._loading = False
        for bidder, item in self._saving:
            if self.get(bidder, item) is not None:
                table.setdefault(bidder, {})[item] = self.get(bidder, item)
        self.table = table
        self._follow_log()
        self.loaded.emit()
        if self._again:
            self._reload()

    @Slot(object, object)
    def _changed(self, new: Evaluation, old: Evaluation) -> None:
        if new.drafts is not old.drafts and self._changed_elsewhere(new):
            self._reload()
        self._follow_log()

    def _changed_elsewhere(self, evaluation: Evaluation) -> bool:
        being_saved = {self._topic(bidder) for bidder, _ in self._saving}
        return any(
            self._known.get(topic) != record and topic not in being_saved
            for topic, record in self._records(evaluation).items()
        )

    def _records(self, evaluation: Evaluation) -> dict[str, str]:
        """Topic → record of one's own latest drafts."""
        return {
            topic: draft.record
            for (author, topic), draft in evaluation.drafts.items()
            if author == self._live.person and topic.startswith(self._prefix)
        }

    def _follow_log(self) -> None:
        """Which of the drafts shown here stand in the centre's log."""
        logged, mine = self._live.logged.drafts, self._live.person
        for topic, record in self._records(self._live.evaluation).items():
            there = logged.get((mine, topic))
            if there is None or there.record != record:
                continue
            bidder = topic.removeprefix(self._prefix)
            for item in self.row(bidder):
                if (bidder, item) not in self._received and (bidder, item) not in self._saving:
                    self._received.add((bidder, item))
                    self.marked.emit(bidder, item)

    def _topic(self, bidder: str) -> str:
        """A bidder's row is one draft, written anew at each field."""
        return f"{self._prefix}{bidder}"
