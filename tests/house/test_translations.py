"""The English catalogue says everything the Chinese interface says, with the same placeholders."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "resources/translations").glob("*.ts"))
PLACEHOLDER = re.compile(r"%[Ln]?\d*|\{[^{}]*\}")

Text = tuple[str, str]  # context, source


def texts(catalogue: Path) -> dict[Text, list[str] | None]:
    """Translations of each live text (several for plural forms); None when unfinished."""
    found: dict[Text, list[str] | None] = {}
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            state = "unfinished" if translation is None else translation.get("type")
            if translation is None or state in {"vanished", "obsolete"}:
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = None if state == "unfinished" or not all(form.strip() for form in forms) else forms
    return found


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_nothing_is_left_untranslated(catalogue: Path) -> None:
    found = texts(catalogue)
    assert found
    assert [key for key, forms in found.items() if forms is None] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_placeholders_survive_translation(catalogue: Path) -> None:
    for (context, source), forms in texts(catalogue).items():
        for form in forms or []:
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(source)), (context, source, form)


#: a placeholder and a noun in the plural behind it, perhaps after a word or two: "{count} checks", "{count} valid bids"
COUNTED = re.compile(r"(?<!Fewer than )(?<!/)(?<! of )\{\w+\}(?: (?!in\b)[a-z]+)? (?!(?:is|was|has|its|as)\b)[a-z]+s\b")
#: a person who does something; never one: a score, a committee
NOT_COUNTED = re.compile(r"\{name\}|\{total\} points|\{size\} members")


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_what_is_counted_has_a_form_for_one(catalogue: Path) -> None:
    """``self.tr("… %n …", None, count)`` gives a text two forms; "Bids: {count}" needs none."""
    wrong = [
        (key, forms)
        for key, forms in texts(catalogue).items()
        for form in forms or []
        if "%n" not in form and (found := COUNTED.search(form)) and not NOT_COUNTED.match(found[0])
    ]
    assert wrong == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_plural_forms_differ(catalogue: Path) -> None:
    for key, forms in texts(catalogue).items():
        if "%n" in key[1]:
            assert forms is not None
            assert len(set(forms)) == 2, key


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_catalogue_knows_every_text_of_the_source(catalogue: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(path) for path in (ROOT / "evalclient").rglob("*.py"))
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run([lupdate, "-silent", *sources, "-ts", fresh], check=True, capture_output=True)
    assert set(texts(fresh)) - set(texts(catalogue)) == set()
