"""Files for ``evalclient tally``, and the command run in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evalclient.__main__ import main as command
from evalclient.core.method.document.document import dump_method
from tests.core.method.samples import preset_method

Json = dict[str, Any]
BIDDERS = {"甲": "950", "乙": "962", "丙": "948", "丁": "970", "戊": "1100"}


def method_json(name: str = "construction-comprehensive", ceiling_price: str | None = "1050") -> Json:
    found: Json = json.loads(dump_method(preset_method(name, ceiling_price)))
    return found


def tally_json() -> Json:
    """Five bidders, one of them above the ceiling price, and five members who agree on what is objective."""
    sheets = {
        f"m{member}": {
            bidder: {
                "plan": str(8 + (member + at) % 4),
                "safety": str(5 + at % 3),
                "leader": ("0", "5", "10")[at % 3],
                "others": str(7 + (member * at) % 3),
            }
            for at, bidder in enumerate(BIDDERS)
        }
        for member in range(1, 6)
    }
    return {
        "method": method_json(),
        "names": {"甲": "第一建设集团", "m1": "专家一"},
        "bidders": [{"bidder": bidder, "price": price} for bidder, price in BIDDERS.items()],
        "members": list(sheets),
        "sheets": sheets,
        "day": "2026-11-24",
    }


class Calculator:
    """Somebody who calls the command on files of his own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._capsys, self._monkeypatch = folder, capsys, monkeypatch
        self.speak("en_GB.UTF-8")

    def speak(self, language: str) -> None:
        self._monkeypatch.setenv("LANG", language)

    def file(self, content: Json | bytes, name: str = "input.json") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
        return path

    def run(self, *arguments: str | Path, code: int) -> tuple[str, list[str]]:
        """Standard output, and the lines of standard error."""
        self._capsys.readouterr()
        assert command([str(argument) for argument in arguments]) == code
        said = self._capsys.readouterr()
        return said.out, said.err.splitlines()

    def tally(self, content: Json | bytes, *options: str | Path, code: int = 0) -> Json:
        """The report as JSON."""
        out, err = self.run("tally", self.file(content), *options, code=code)
        assert err == []
        found: Json = json.loads(out)
        return found

    def refused(self, content: Json | bytes, *options: str | Path) -> list[str]:
        """The lines of a refusal, without the file's name."""
        file = self.file(content)
        out, err = self.run("tally", file, *options, code=2)
        assert out == ""
        assert err
        return [line.removeprefix(f"{file}: ") for line in err]
