"""Articles of law as each language cites them: rule packs and code name them the Chinese way, English is made of that.

What is not understood stays as it stands: a citation may be strange, but is never lost.
"""

from __future__ import annotations

import re
from typing import Final

from evalclient.core.records.fields import Bilingual

#: the English short name of each law; 实施条例 alone is the regulation of the law cited before it
LAWS: Final = {
    "招标投标法": "Tendering and Bidding Law",
    "招标投标法实施条例": "Tendering and Bidding Regulation",
    "政府采购法": "Government Procurement Law",
    "政府采购法实施条例": "Government Procurement Regulation",
    "实施条例": "Regulation",
    "电子签名法": "Electronic Signature Law",
    "电子招标投标办法": "Electronic Tendering Measures",
    "12号令": "Order No. 12",
    "87号令": "MOF Order No. 87",
    "财政部令第87号": "MOF Order No. 87",
    "水利工程建设项目招标投标管理规定": "Tendering Rules for Water Projects",
    "招标文件评标办法": "evaluation method of the tender documents",
}
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PLACES: Final = {"十": 10, "百": 100}
_NUMBER: Final = "[零〇一二三四五六七八九十百]+"
_ARTICLE: Final = re.compile(
    rf"第(?P<article>{_NUMBER})条(?:第(?P<paragraph>{_NUMBER})款)?(?:第（?(?P<item>{_NUMBER})）?项)?"
)
_CITATION: Final = re.compile(rf"(?P<law>{'|'.join(sorted(LAWS, key=len, reverse=True))})\s*(?P<places>.*)")
_NOTICE: Final = re.compile(r"发改办法规〔(\d{4})〕(\d+)号")


def cited(citation: str) -> Bilingual:
    """A citation such as ``"87号令 第六十四条第四项"`` in both languages; the Chinese is the text itself."""
    return Bilingual(citation, "; ".join(_one(part) for part in citation.split("；")))


def number(numeral: str) -> int:
    """A Chinese numeral below 1000 (``"六十四"``) as a number; ValueError for anything else."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        elif sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            raise ValueError(numeral)
    return total + digit


def _one(part: str) -> str:
    """One law with its articles in English, or the part as it stands."""
    notice = _NOTICE.fullmatch(part)
    if notice is not None:
        return f"NDRC Notice [{notice[1]}] No. {notice[2]}"
    found = _CITATION.fullmatch(part)
    if found is None:
        return part
    law, places = LAWS[found["law"]], found["places"]
    if not places:
        return law
    articles = [_ARTICLE.fullmatch(place) for place in places.split("、")]
    known = [match for match in articles if match is not None]
    if len(known) < len(articles):
        return part
    if len(known) > 1 and not any(match["paragraph"] or match["item"] for match in known):
        return f"{law}, articles {_listed([str(number(match['article'])) for match in known])}"
    return f"{law}, {_listed([_place(match) for match in known])}"


def _place(match: re.Match[str]) -> str:
    words = (("article", match["article"]), ("paragraph", match["paragraph"]), ("item", match["item"]))
    return ", ".join(f"{word} {number(numeral)}" for word, numeral in words if numeral)


def _listed(texts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
