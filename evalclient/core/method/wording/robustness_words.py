"""The robustness of a result in words: where a document rounds, and at which level it takes the mean."""

from __future__ import annotations

import re
from typing import Final

from evalclient.core.method.document.parts import Method
from evalclient.core.method.robustness.result import OtherRounding, OtherTrimming
from evalclient.core.method.wording.step_words import rounding_words
from evalclient.core.records.fields import Bilingual

LEVEL_WORDS: Final = {
    "item": Bilingual("按评分项取评委平均", "mean of the members item by item"),
    "section": Bilingual("按评分部分取评委平均", "mean of the members section by section"),
    "total": Bilingual("按评委总分取平均", "mean of the members' totals"),
}
_OF_ALL: Final = {
    "aggregation.member_section": Bilingual("评委各部分得分", "a member's section score"),
    "aggregation.member_total": Bilingual("评委总分", "a member's total"),
    "aggregation.group": Bilingual("评委平均分", "the members' mean"),
    "aggregation.section": Bilingual("各部分得分", "a section's score"),
    "total.rounding": Bilingual("总得分", "the total"),
}
_INDEX: Final = re.compile(r"\[([0-9]+)\]")


def other_rounding(method: Method, other: OtherRounding) -> Bilingual:
    """What is rounded otherwise, and how."""
    place, how = _place(method, other.path), rounding_words(other.rounding)
    return Bilingual(f"{place.zh}：{how.zh}", f"{place.en}: {how.en}")


def other_trimming(other: OtherTrimming) -> Bilingual:
    """How many scores are dropped."""
    if not other.highest and not other.lowest:
        return Bilingual("不去最高分、最低分", "nothing dropped")
    return Bilingual(
        f"去掉 {other.highest} 个最高分、{other.lowest} 个最低分",
        f"{other.highest} highest and {other.lowest} lowest dropped",
    )


def _place(method: Method, path: str) -> Bilingual:
    """What the rounding at ``path`` of the document rounds."""
    plain = path.removeprefix("$.")
    if plain in _OF_ALL:
        return _OF_ALL[plain]
    at = [int(index) for index in _INDEX.findall(plain)]
    if plain.startswith("price."):
        return method.price.steps[at[0]].title if method.price is not None else Bilingual(path, path)
    if plain.startswith("total."):
        return method.total.steps[at[0]].title
    section = method.sections[at[0]]
    if len(at) > 1:
        return section.items[at[1]].steps[at[2]].title
    title = section.title
    if plain.endswith("group"):
        return Bilingual(f"“{title.zh}”评委平均分", f"the members' mean in {title.en}")
    return Bilingual(f"“{title.zh}”得分", f"the score of {title.en}")
