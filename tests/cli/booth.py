"""A bidder at the command line, where every refusal is one sentence in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from tests.builders.centre import PIN
from tests.builders.real_seats import SECRET_PRICE, Place, key_with

BIDDER = "bidder-one"


@dataclass
class Booth:
    """A bidder with a sealed package, before he hands it in."""

    place: Place
    home: Path
    package: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    caplog: pytest.LogCaptureFixture

    def run(self, *arguments: str | Path, code: int) -> tuple[str, str]:
        """Run the command in Chinese and in English; what it says on standard error, checked for secrets."""
        said = []
        for language in ("zh_CN.UTF-8", "en_GB.UTF-8"):
            self.monkeypatch.setenv("LANG", language)
            self.capsys.readouterr()
            assert command([str(argument) for argument in arguments]) == code
            out = self.capsys.readouterr()
            self.require_no_secret(out.out + out.err + self.caplog.text)
            lines = [line for line in (out.err or out.out).splitlines() if line]
            assert len(lines) == 1, lines
            said.append(lines[0])
        assert any("一" <= sign <= "鿿" for sign in said[0])
        assert said[0] != said[1]
        return said[0], said[1]

    def require_no_secret(self, text: str) -> None:
        assert PIN not in text
        assert SECRET_PRICE not in text
        key = key_with((self.home / "key.p12").read_bytes())
        number = key._signing.private.private_numbers().private_value  # type: ignore[union-attr]
        assert f"{number:x}" not in text
        assert str(number) not in text

    def key(self, home: Path | None = None) -> list[str | Path]:
        own = home or self.home
        return ["--key", own / "key.p12", "--password-file", own / "pin"]

    def there(self, home: Path | None = None, url: str = "") -> list[str | Path]:
        """The options of a command that works at the centre."""
        own = home or self.home
        return ["--tender", self.place.announcement, "--centre", url or self.place.process.url,
                "--store", own, *self.key(home)]  # fmt: skip

    def submit(self, *, url: str = "", package: Path | None = None, code: int = 2) -> tuple[str, str]:
        return self.run("submit", package or self.package, *self.there(url=url), code=code)

    def reseal(self) -> None:
        """Seal the bid anew, with keys of its own: a package that the centre has not seen."""
        self.package.unlink()
        arguments = ["seal", self.place.bid_folder(), "--tender", self.place.announcement, "-o", self.package,
                     "--signer", *self.key()[1:]]  # fmt: skip
        assert command([str(argument) for argument in arguments]) == 0
        self.capsys.readouterr()

    def kept(self) -> bytes:
        """The package that was sealed: no failure may take it away."""
        return self.package.read_bytes()


def flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
