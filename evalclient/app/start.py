"""How the program is started: what the command line and the settings say, and the machine's quirks set right."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evalclient.settings import Settings

if TYPE_CHECKING:
    from evalclient.crypto.keys.libraries import Libraries


@dataclass(frozen=True, slots=True)
class Start:
    """What is known before anybody signs in; with genesis, key and password file the window signs in by itself.

    ``store`` is the folder of this one seat; without it the seat gets a folder below ``settings.store_folder``.
    ``key`` is the key's address (``open_key``), ``password`` its PIN; it is used once and not kept.
    """

    settings: Settings = field(default_factory=Settings)
    genesis: Path | None = None
    store: Path | None = None
    key: str = ""
    password: str = field(default="", repr=False)
    seat: str = ""
    full_screen: bool = False
    idle_minutes: float = 10.0

    @property
    def complete(self) -> bool:
        """Whether the window can sign in without asking."""
        return self.genesis is not None and bool(self.key) and bool(self.password)


def libraries_of(settings: Settings) -> Libraries:
    """The vendors' libraries that the settings name."""
    from evalclient.crypto.keys.libraries import Libraries  # nothing of crypto is needed for the first paint

    return Libraries(settings.pkcs11, settings.skf, settings.token_program)


def mend_input_method(environment: MutableMapping[str, str]) -> None:
    """Let Chinese be typed under fcitx: Qt's wheels bring only ibus, which fcitx5 serves too, through the portal."""
    names = {environment.get("QT_IM_MODULE", ""), environment.get("XMODIFIERS", "").removeprefix("@im=")}
    if names & {"fcitx", "fcitx5"} and environment.get("QT_IM_MODULE", "fcitx") in ("fcitx", "fcitx5"):
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"
