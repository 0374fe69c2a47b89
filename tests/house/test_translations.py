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


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_catalogue_knows_every_text_of_the_source(catalogue: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(path) for path in (ROOT / "evalclient").rglob("*.py"))
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run([lupdate, "-silent", *sources, "-ts", fresh], check=True, capture_output=True)
    assert set(texts(fresh)) - set(texts(catalogue)) == set()
