"""A path and a button that writes a file, or a folder, there, on the desk lane; says where it went, or why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.verdict import YES, Verdict
from evalclient.core.records.fields import Bilingual
from evalclient.desk.desk import Desk
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.names import with_article
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.path_field import PathField

Write = Callable[[Path], Path]


class SaveLine(QWidget):
    """``<name>-path``, ``<name>-path-browse``, ``save-<name>``, ``<name>-result``."""

    def __init__(
        self,
        name: str,
        live: Live,
        prompt: Say,
        kinds: Say,
        text: Say,
        write: Write,
        *,
        folder: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._write = write
        self._busy = False
        self._verdict = YES
        self.saved: Path | None = None
        """Where it was saved last."""
        self._path = PathField(f"{name}-path", prompt, kinds, saves=not folder, folder=folder)
        self._button = Button(text, icon="save", on=self._start)
        self._button.setObjectName(f"save-{name}")
        self._result = Label("", "caption", wrap=True)
        self._result.setObjectName(f"{name}-result")
        self._result.hide()
        line = row(self._path, self._button, gap=8)
        line.setStretch(0, 1)
        self.setLayout(column(line, self._result, gap=4))
        self._path.field.textChanged.connect(self._apply)
        self._apply()

    def suggest(self, file: str) -> None:
        """A file's name in the person's folder, where no path has been typed."""
        self._path.suggest(str(Path.home() / file))

    def judge(self, verdict: Verdict) -> None:
        """Whether there is something to save."""
        self._verdict = verdict
        self._apply()

    def run(self, _desk: Desk, path: Path) -> Path:
        """Write it, on the desk lane."""
        return self._write(path)

    def _apply(self) -> None:
        reason: Say | None = None
        if self._verdict.reason is not None:
            reason = with_article(self._verdict.reason, self._verdict.article)
        elif self._busy:
            reason = lambda: self.tr("正在保存…")  # noqa: E731
        elif self._path.path is None:
            reason = lambda: self.tr("请填写保存位置。")  # noqa: E731
        self._button.refuse(reason)

    def _start(self) -> None:
        path = self._path.path
        if path is None:
            return
        self._busy = True
        self._apply()
        self._say(lambda: self.tr("正在保存…"), "neutral")
        self._live.act(lambda desk: self.run(desk, path), done=self._saved, failed=self._failed)

    def _saved(self, path: Path) -> None:
        self._busy = False
        self.saved = path
        self._apply()
        self._say(lambda: self.tr("已保存：{path}").format(path=path), "ok")

    def _failed(self, refusal: Refusal) -> None:
        self._busy = False
        self._apply()
        sentence: Bilingual = refusal.sentence
        self._say(with_article(sentence, refusal.article), "bad")

    def _say(self, text: Say, tone: str) -> None:
        self._result.say(text)
        self._result.set_tone(tone)  # type: ignore[arg-type]
        self._result.show()
