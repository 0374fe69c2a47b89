"""Citations in English: every law that packs and code cite, articles, paragraphs, items, several in a row."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

import evalclient
from evalclient.assets import asset
from evalclient.core.law_words import cited, number

CJK = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")
ARTICLE = re.compile(r"[\w〔〕]+ ?第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十（）]+[款项])?")
ROOT = Path(evalclient.__file__).parent


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("招标投标法 第四十四条", "Tendering and Bidding Law, article 44"),
        ("87号令 第六十四条第四项", "MOF Order No. 87, article 64, item 4"),
        ("12号令 第四十二条第（一）项", "Order No. 12, article 42, item 1"),
        ("政府采购法 第三十六条第一款第二项", "Government Procurement Law, article 36, paragraph 1, item 2"),
        ("财政部令第87号第六十三条第四项", "MOF Order No. 87, article 63, item 4"),
        ("招标投标法实施条例 第四十八条、第七十条", "Tendering and Bidding Regulation, articles 48 and 70"),
        ("12号令 第四条、第五条、第六条", "Order No. 12, articles 4, 5 and 6"),
        ("12号令 第四条第一项、第九条", "Order No. 12, article 4, item 1 and article 9"),
        ("招标投标法 第二十八条；实施条例 第四十四条", "Tendering and Bidding Law, article 28; Regulation, article 44"),
        ("发改办法规〔2025〕807号", "NDRC Notice [2025] No. 807"),
        ("招标文件评标办法", "evaluation method of the tender documents"),
        ("GB/T 22239-2019 8.1.4", "GB/T 22239-2019 8.1.4"),
        ("", ""),
    ],
)
def test_a_citation_in_both_languages(zh: str, en: str) -> None:
    assert cited(zh).zh == zh
    assert cited(zh).en == en


@pytest.mark.parametrize("strange", ["某省办法 第三条", "招标投标法 第三条之一", "招标投标法 第三条、附则"])
def test_what_is_not_understood_stays(strange: str) -> None:
    assert cited(strange).en == strange


@pytest.mark.parametrize(
    ("numeral", "value"), [("九", 9), ("十", 10), ("二十", 20), ("六十四", 64), ("一百零五", 105), ("一百一十三", 113)]
)
def test_a_numeral(numeral: str, value: int) -> None:
    assert number(numeral) == value


def test_no_other_text_is_a_numeral() -> None:
    with pytest.raises(ValueError, match="第三"):
        number("第三")


def test_every_article_of_the_packs_and_of_the_code_has_its_english() -> None:
    found = _of_packs() | _of_code()
    assert "87号令 第六十四条第四项" in found
    assert "招标投标法实施条例 第五十一条" in found  # the demonstration's method
    assert "招标投标法实施条例 第五十一条第五项" in found  # the ceiling price
    assert not [citation for citation in sorted(found) if CJK.search(cited(citation).en)]


def _of_packs() -> set[str]:
    texts: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "article":
                    texts.add(inner)
                gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    for pack in asset("rules").glob("*.json"):
        gather(json.loads(pack.read_text("utf-8")))
    return texts


def _of_code() -> set[str]:
    """Texts that are a citation and nothing else."""
    return {
        node.value
        for file in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ARTICLE.fullmatch(node.value)
    }
