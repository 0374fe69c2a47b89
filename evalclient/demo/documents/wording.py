"""Money, dates and amounts in words, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evalclient.demo.documents.model import Language

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def money(amount: Decimal | str | int) -> str:
    """Yuan with thousands separators and two decimals."""
    return f"{Decimal(amount):,.2f}"


def day(when: date, language: Language) -> str:
    """A date as people write it."""
    if language == "en":
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月{when.day}日"


def in_words(amount: Decimal | str, language: Language) -> str:
    """A sum of money below a trillion in words: Chinese banking numerals (大写) or English."""
    cents = int(Decimal(amount) * 100)
    return _english(cents) if language == "en" else _chinese(cents)


def _chinese(cents: int) -> str:
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _chinese_whole(yuan) + "元"
    if not jiao and not fen:
        return text + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_DIGITS[fen] + "分" if fen else "整")


def _chinese_whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    groups = [(number // 10**power % 10**4, unit) for power, unit in ((8, "亿"), (4, "万"), (0, ""))]
    text = ""
    for value, unit in groups:
        if value == 0:
            continue
        if text and (value < 1000 or text.endswith("零")):
            text = text.rstrip("零") + "零"
        text += _chinese_group(value) + unit
    return text


def _chinese_group(value: int) -> str:
    text, gap = "", False
    for power, unit in ((3, "仟"), (2, "佰"), (1, "拾"), (0, "")):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = False
    return text


def _english(cents: int) -> str:
    yuan, rest = divmod(cents, 100)
    parts = []
    for size, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if yuan >= size:
            parts.append(f"{_english_hundreds(yuan // size)} {name}")
            yuan %= size
    if yuan or not parts:
        parts.append(_english_hundreds(yuan))
    return f"CNY {' '.join(parts)} and {rest:02}/100"


def _english_hundreds(number: int) -> str:
    words = []
    if number >= 100:
        words.append(f"{_ONES[number // 100]} hundred")
        number %= 100
    if number >= 20:
        tens = _TENS[number // 10]
        words.append(f"{tens}-{_ONES[number % 10]}" if number % 10 else tens)
    elif number or not words:
        words.append(_ONES[number])
    return " ".join(words)
