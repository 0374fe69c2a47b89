"""Design tokens: every colour of the screens by purpose, once for light and once for dark."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Tone = Literal["neutral", "primary", "ok", "warn", "bad"]
"""What a state means to the reader; every tone is shown with an icon and a word as well."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as ``#rrggbb``. ``*_soft`` are backgrounds on which the tone of the same name is readable."""

    window: str
    surface: str
    inset: str
    hover: str
    border: str
    input_border: str
    track: str
    text: str
    text_2: str
    text_3: str
    primary: str
    primary_hover: str
    on_primary: str
    primary_soft: str
    primary_text: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_bad: str
    bar: str
    bar_hover: str
    on_bar: str
    on_bar_2: str
    disabled: str
    on_disabled: str
    canvas: str
    hit: str
    hit_current: str

    def items(self) -> tuple[tuple[str, str], ...]:
        return tuple((field.name, getattr(self, field.name)) for field in fields(self))


LIGHT = Tokens(
    window="#edf0f4",
    surface="#ffffff",
    inset="#f4f6f9",
    hover="#eaeff5",
    border="#d3dae3",
    input_border="#7a889c",
    track="#dbe1e9",
    text="#16202e",
    text_2="#435063",
    text_3="#5a6779",
    primary="#1b5cab",
    primary_hover="#164e93",
    on_primary="#ffffff",
    primary_soft="#e3edf9",
    primary_text="#174f94",
    ok="#136b3c",
    ok_soft="#e0f3e8",
    warn="#85500a",
    warn_soft="#fcefd7",
    bad="#ad241c",
    bad_soft="#fce6e4",
    on_bad="#ffffff",
    bar="#143b64",
    bar_hover="#24507e",
    on_bar="#ffffff",
    on_bar_2="#c6d5e7",
    disabled="#e1e6ec",
    on_disabled="#6b7788",
    canvas="#d9dfe7",
    hit="#ffe066",
    hit_current="#ffa94d",
)

DARK = Tokens(
    window="#10151c",
    surface="#1a212b",
    inset="#222b37",
    hover="#2a3543",
    border="#323e4d",
    input_border="#74839a",
    track="#344050",
    text="#e9eef4",
    text_2="#b7c3d1",
    text_3="#9aa8b9",
    primary="#68a6f7",
    primary_hover="#85b8fa",
    on_primary="#0a1524",
    primary_soft="#1c3350",
    primary_text="#8fbeff",
    ok="#5fd093",
    ok_soft="#163525",
    warn="#f0b95c",
    warn_soft="#3b2c11",
    bad="#ff968d",
    bad_soft="#43201f",
    on_bad="#2a0806",
    bar="#0f2238",
    bar_hover="#1d3a59",
    on_bar="#ffffff",
    on_bar_2="#a9bdd4",
    disabled="#2a333f",
    on_disabled="#8b97a6",
    canvas="#0b0f14",
    hit="#ffe066",
    hit_current="#ffa94d",
)

TONE_ICON: dict[Tone, str] = {
    "neutral": "circle",
    "primary": "circle-dot",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-x",
}


def tone_colour(tokens: Tokens, tone: Tone) -> str:
    """The text and icon colour of a tone."""
    return {
        "neutral": tokens.text_3,
        "primary": tokens.primary_text,
        "ok": tokens.ok,
        "warn": tokens.warn,
        "bad": tokens.bad,
    }[tone]


def tone_soft(tokens: Tokens, tone: Tone) -> str:
    """The background colour of a tone."""
    return {
        "neutral": tokens.inset,
        "primary": tokens.primary_soft,
        "ok": tokens.ok_soft,
        "warn": tokens.warn_soft,
        "bad": tokens.bad_soft,
    }[tone]
