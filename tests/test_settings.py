"""The settings file: what it may say, and what is said where it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.settings import Settings, SettingsRefused, load_settings


def written(folder: Path, text: str) -> Path:
    file = folder / "evalclient.toml"
    file.write_text(text, "utf-8")
    return file


def test_what_the_file_says_stands_beside_what_is_usual(tmp_path: Path) -> None:
    file = written(tmp_path, 'centre = "https://centre.example"\nscale = 1.25\n')
    assert load_settings(file) == Settings(centre="https://centre.example", store="", language="", scale=1.25)


def test_whole_sizes_are_sizes(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "scale = 1\n")).scale == 1.0


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('pin = "1"', "pin"),
        ('language = "fr"', "fr"),
        ("scale = 'big'", "scale"),
        ("centre = 1", "centre"),
        ('store = "a\\u0000b"', "store"),
        ("centre", "line 1"),
    ],
)
def test_anything_else_is_refused_by_name(tmp_path: Path, line: str, word: str) -> None:
    file = written(tmp_path, f"{line}\n")
    with pytest.raises(SettingsRefused) as caught:
        load_settings(file)
    for sentence in (caught.value.zh, caught.value.en):
        assert str(file) in sentence
        assert word in sentence


def test_without_a_file_of_the_platform_all_is_usual(tmp_path: Path) -> None:
    assert load_settings(environment={"XDG_CONFIG_HOME": str(tmp_path)}) == Settings()
