"""``evalclient demo-pki``: a new folder, the same for the same words, and none where something lies already."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.__main__ import main


def read(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_what_its_readme_says_it_was_made_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo-pki", str(tmp_path / "one"), "--seed", "s", "--at", "2026-11-24T09:30:00Z"]) == 0
    told = capsys.readouterr().out
    assert str(tmp_path / "one" / "README.md") in told
    (tmp_path / "two").mkdir()
    assert main(["demo-pki", str(tmp_path / "two"), "--seed", "s", "--at", "2026-11-24T17:30:00+08:00"]) == 0
    files = read(tmp_path / "one")
    assert files == read(tmp_path / "two")
    readme = files["README.md"].decode()
    assert "--seed s --at 2026-11-24T09:30:00Z" in readme
    for word in ("authorities/nanling", "people.csv", "time-stamping", "event-authority", "centre"):
        assert word in readme
        assert any(name.startswith(word) for name in files)


@pytest.mark.parametrize("at", ["yesterday", "2026-13-01", "9999-12-31"])
def test_a_time_that_is_none_is_refused(at: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo-pki", str(tmp_path / "new"), "--at", at]) == 2
    assert "2026-11-24" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("keep")
    for place in (tmp_path, tmp_path / "mine"):
        assert main(["demo-pki", str(place)]) == 2
    assert capsys.readouterr().err
    assert read(tmp_path) == {"mine": b"keep"}
