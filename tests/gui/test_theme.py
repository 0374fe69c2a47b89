"""Tokens are readable, the style sheet is complete, icons take their colour, text grows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from evalclient.assets import asset
from evalclient.ui.theme import HIT_PX, SCALES, render_qss, theme
from evalclient.ui.theme_tokens import DARK, LIGHT, TONE_ICON, Tokens, tone_colour, tone_soft
from evalclient.ui.widgets.buttons import Button, IconButton


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(autouse=True)
def plain_theme(qapp: QApplication) -> Iterator[None]:
    yield
    theme().set_dark(False)
    theme().zoom(0)


@BOTH
@pytest.mark.parametrize("text", ["text", "text_2", "text_3", "primary_text", "ok", "warn", "bad"])
@pytest.mark.parametrize("ground", ["window", "surface", "inset"])
def test_text_is_readable_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_primary", "primary"),
        ("on_primary", "primary_hover"),
        ("on_bad", "bad"),
        ("on_bar", "bar"),
        ("on_bar", "bar_hover"),
        ("on_bar_2", "bar"),
        ("primary_text", "hover"),
        ("text", "hover"),
    ],
)
def test_words_on_colours_are_readable(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("tone", list(TONE_ICON))
def test_every_tone_is_readable_on_its_soft_ground(tokens: Tokens, tone: str) -> None:
    assert contrast(tone_colour(tokens, tone), tone_soft(tokens, tone)) >= 4.5  # type: ignore[arg-type]


@BOTH
@pytest.mark.parametrize("ground", ["window", "surface", "inset"])
def test_borders_of_inputs_can_be_seen(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.input_border, getattr(tokens, ground)) >= 3


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#808080", "#808080") == pytest.approx(1)


def test_the_sheet_leaves_no_placeholder() -> None:
    template = asset("qss/evalclient.qss").read_text(encoding="utf-8")
    for scale in SCALES:
        sheet = render_qss(template, LIGHT, scale)
        assert "@" not in sheet
        assert "px(" not in sheet
    with pytest.raises(KeyError):
        render_qss("QLabel { color: @nowhere; }", LIGHT, 1)


def test_lengths_follow_the_scale() -> None:
    assert render_qss("a { width: px(20); height: px(3) }", LIGHT, 1.5) == "a { width: 30px; height: 4px }"


def test_the_palette_follows_darkness(qtbot: QtBot) -> None:
    look = theme()
    with qtbot.waitSignal(look.changed):
        look.set_dark(True)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    with qtbot.assertNotEmitted(look.changed):
        look.set_dark(True)


def test_text_grows_and_stops_at_the_largest(qtbot: QtBot) -> None:
    look = theme()
    label = QLabel("A")
    qtbot.addWidget(label)
    before = label.fontMetrics().height()
    for _ in range(10):
        look.zoom(1)
    assert look.scale == SCALES[-1]
    assert label.fontMetrics().height() > before
    look.zoom(0)
    assert label.fontMetrics().height() == before


def test_the_bundled_font_draws_chinese(qtbot: QtBot) -> None:
    theme()
    label = QLabel("评标")
    qtbot.addWidget(label)
    assert label.font().family().startswith("Noto Sans SC")
    assert label.fontMetrics().inFontUcs4(ord("评"))


def test_an_icon_takes_its_colour(qapp: QApplication) -> None:
    picture = theme().pixmap("check", "#ff0000", 24, 2.0).toImage()
    assert (picture.width(), picture.height()) == (48, 48)
    solid = [picture.pixelColor(x, y) for x in range(48) for y in range(48)]
    solid = [colour for colour in solid if colour.alpha() == 255]
    assert solid
    assert {colour.name() for colour in solid} == {"#ff0000"}


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        theme().pixmap("no-such-icon", "#000000")


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_buttons_are_tall_enough_to_hit(qtbot: QtBot, steps: int) -> None:
    look = theme()
    for _ in range(steps):
        look.zoom(1)
    button, square = Button("提交", icon="send", kind="primary"), IconButton("x", "关闭")
    for widget in (button, square):
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert widget.sizeHint().height() >= look.px(HIT_PX) - 2
    assert square.sizeHint().width() >= look.px(HIT_PX) - 2


def test_the_application_has_the_sheet_again_when_the_last_dressed_window_is_gone(
    qapp: QApplication, qtbot: QtBot
) -> None:
    before = qapp.styleSheet()
    windows = [QWidget(), QWidget()]
    assert theme().dressed == ()
    for window in windows:
        theme().dress(window)
    assert qapp.styleSheet() == ""
    assert [window.styleSheet() for window in windows] == [before, before]
    shiboken6.delete(windows[0])
    assert qapp.styleSheet() == ""
    shiboken6.delete(windows[1])
    assert qapp.styleSheet() == ""  # nobody's style changes while a window dies
    qtbot.waitUntil(lambda: qapp.styleSheet() == before != "")
