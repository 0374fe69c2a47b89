r"""Words on the screen: which language is shown, and texts that follow a switch at run time.

The source language is Chinese: ``self.tr("…")`` with a literal. English comes from ``evalclient_en.qm``, made by::

    pyside6-lupdate -source-language zh_CN -target-language en_US -locations none \
        $(find evalclient/ui -name '*.py') -ts resources/translations/evalclient_en.ts
    pyside6-lrelease resources/translations/evalclient_en.ts -qm resources/translations/evalclient_en.qm
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from shiboken6 import isValid

from evalclient.assets import asset
from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from evalclient.core.records.fields import Bilingual

Language = Literal["zh", "en"]
_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")
Say: TypeAlias = "str | Callable[[], str] | Bilingual"
"""A text: fixed, or a function asked again after a language switch (``lambda: self.tr("…")``), or both languages."""


class Languages(QObject):
    """Switches the language of the running application; every widget then receives ``LanguageChange``."""

    changed = Signal(str)

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._current: Language = "zh"
        self._installed: list[QTranslator] = []
        self.show("zh")

    @property
    def current(self) -> Language:
        return self._current

    def show(self, language: Language, catalogue: Path | None = None) -> None:
        """Switch; ``catalogue`` overrides the installed ``.qm``. FileNotFoundError when English was not built."""
        files = [Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{_QT[language]}.qm"]
        if language == "en":
            files.append(catalogue or asset("translations/evalclient_en.qm"))
        translators = [loaded for file in files if (loaded := self._load(file)) is not None]
        for old in self._installed:
            self._app.removeTranslator(old)
            old.deleteLater()
        self._current = language
        self._installed = translators
        QLocale.setDefault(QLocale(_LOCALES[language]))
        for translator in translators:
            self._app.installTranslator(translator)
        self.changed.emit(language)

    def _load(self, file: Path) -> QTranslator | None:
        """Qt's own dialogs may lack a catalogue (English has none: it is their source language); ours may not."""
        translator = QTranslator(self)
        if translator.load(str(file)):
            return translator
        if "evalclient" in file.name:
            raise FileNotFoundError(file)
        return None


_QT: dict[Language, str] = {"zh": "zh_CN", "en": "en"}
_LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en_GB"}


_in_use: Final[list[Languages]] = []


def languages() -> Languages:
    """The language switch of the running application."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("texts need a QApplication")
    if not (_in_use and isValid(_in_use[0])):
        _in_use[:] = [Languages(app)]
    return _in_use[0]


def language() -> Language:
    """The language now shown."""
    return languages().current


def said(text: Say) -> str:
    """The text in the language now shown. The bundled font draws curly quotes as wide as an ideograph: no English ones."""
    if isinstance(text, str):
        words = text
    elif callable(text):
        words = text()
    else:
        words = text.text(language())
    return words.translate(_STRAIGHT) if language() == "en" else words


def fault(error: BaseException) -> Bilingual:
    """The sentence for a person: the product's own errors speak for themselves, anything else is a fault of ours."""
    from evalclient.core.records.fields import Bilingual  # records are not needed for the first paint

    if isinstance(error, EvalclientError):
        return error.sentence
    kind = type(error).__name__
    return Bilingual(
        f"程序内部错误（{kind}），已记入日志；您的工作已保存，请重试，仍不行请联系管理员。",
        f"Internal error ({kind}), logged; your work is saved. Try again, or call the administrator.",
    )


def plain(text: str) -> str:
    """Text for a tool tip, where Qt would otherwise take tags in a bidder's name for rich text."""
    if "<" not in text:
        return text
    import html  # rarely needed, and never for the first paint

    return f"<qt>{html.escape(text)}</qt>"
