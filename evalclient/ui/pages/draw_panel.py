"""How a draw is drawn again: the text that was hashed, its hash, and what follows from it; to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from evalclient.core.evaluation.drawing import Drawing
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.envelope import HashName, digest
from evalclient.ui.pages.dialogs import Panel
from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.labels import Label

WIDE_PX: Final = 860
TEXT_PX: Final = 320
_HASHES: Final[dict[HashName, str]] = {"sha256": "SHA-256", "sm3": "SM3"}


class DrawPanel(Panel):
    """``draw-text`` holds the texts of all draws shown."""

    def __init__(self, evaluation: Evaluation, found: Sequence[tuple[Drawing, str]], parent: QWidget) -> None:
        super().__init__("draw-panel", lambda: self.tr("怎样复算抽取结果"), parent, WIDE_PX)
        algorithm = evaluation.founding.hash
        name = _HASHES[algorithm]
        explain: Say = lambda: self.tr(  # noqa: E731
            "下列文本即抽取的全部输入：各方公开的份额，以及评标中心日志中最后一份封存的叶哈希（在公开之前已确定）。对文本求 {hash}，再按评标办法说明（docs/method.md“Draws”）取数，任何人都得到同一结果；说明中有可直接运行的脚本。"
        ).format(hash=name)
        text = QPlainTextEdit()
        text.setObjectName("draw-text")
        text.setReadOnly(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setAccessibleName(self.tr("抽取的输入文本"))
        text.setPlainText(
            "\n".join(
                f"# {words}\n# {name} {digest((one.text or '').encode(), algorithm)}\n{one.text}"
                for one, words in found
            )
        )
        text.setMinimumHeight(theme().px(TEXT_PX))
        self.add(Label(explain, "secondary", wrap=True), text)
