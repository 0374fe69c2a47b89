"""The bundled resources are where the program looks for them, usable, and come with their licences."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QImage, QRawFont
from pytestqt.qtbot import QtBot

from evalclient.assets import asset

ICONS = sorted(asset("icons").glob("*.svg"))


def test_missing_asset_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-file"):
        asset("fonts/no-such-file.ttf")


@pytest.mark.parametrize(("file", "style"), [("NotoSansSC-Regular.ttf", "Regular"), ("NotoSansSC-Bold.ttf", "Bold")])
def test_font_is_noto_sans_sc(qtbot: QtBot, file: str, style: str) -> None:
    number = QFontDatabase.addApplicationFont(str(asset(f"fonts/{file}")))
    assert QFontDatabase.applicationFontFamilies(number) == ["Noto Sans SC"]
    assert style in QFontDatabase.styles("Noto Sans SC")


def test_font_has_the_characters_of_the_domain_and_of_rare_names(qtbot: QtBot) -> None:
    font = QRawFont(str(asset("fonts/NotoSansSC-Regular.ttf")), 12)
    text = "远程异地评标综合评估法符合性审查投标报价否决回避承诺书签章喆堃燚犇淼䶮㙓①②③√×¥％"
    assert [character for character in text if not font.supportsCharacter(ord(character))] == []


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icon_draws_something(qtbot: QtBot, path: Path) -> None:
    image: QImage = QIcon(str(path)).pixmap(24, 24).toImage()
    inked = [QColor(image.pixelColor(x, y)).alpha() for x in range(image.width()) for y in range(image.height())]
    assert max(inked) > 200
    assert min(inked) == 0


def test_licences_lie_beside_what_they_cover() -> None:
    assert "SIL Open Font License" in asset("fonts/OFL.txt").read_text(encoding="utf-8")
    assert "ISC License" in asset("icons/LICENSE").read_text(encoding="utf-8")
