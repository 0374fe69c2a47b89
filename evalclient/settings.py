"""Settings of this installation: one TOML file, else what is usual on the platform. Frozen once read."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, Literal

from evalclient.core.errors import EvalclientError

Language = Literal["zh", "en"]
FILE_NAME: Final = "evalclient.toml"


class SettingsRefused(EvalclientError):
    """The settings file cannot be read or says something it may not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``evalclient.toml``.

    ``centre`` is the centre's address, ``store`` the folder that holds a store per evaluation and person, ``language``
    "" for the machine's own, ``scale`` the size of text (1.0 is normal). ``timestamps`` is the address of the
    time-stamping authority (RFC 3161 over HTTP) that the finished report is taken to, "" for none.

    ``pkcs11`` and ``skf`` are paths of token drivers beside those that the machine has registered; ``token_program`` is
    another build of this program to load them in, where they are of 32 bits.
    """

    centre: str = ""
    store: str = ""
    language: Literal["", "zh", "en"] = ""
    scale: float = 1.0
    timestamps: str = ""
    pkcs11: tuple[str, ...] = ()
    skf: tuple[str, ...] = ()
    token_program: str = ""

    def shown_language(self, environment: Mapping[str, str]) -> Language:
        """The language to begin with: as set, else English where the machine speaks English, else Chinese."""
        if self.language:
            return self.language
        return "en" if environment.get("LANG", "").startswith("en") else "zh"

    @property
    def store_folder(self) -> Path:
        """Where stores are kept."""
        return Path(self.store) if self.store else data_folder(os.environ)


def load_settings(file: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``file``, or from the platform's place if there is such a file; SettingsRefused says what is wrong."""
    path = file or config_folder(os.environ if environment is None else environment) / FILE_NAME
    if file is None and not path.is_file():
        return Settings()
    try:
        return _settings_of(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # not UTF-8, not TOML and not its types are ValueErrors
        raise SettingsRefused(
            f"设置文件 {path} 无法读取（{error}），请改正或删除后重新启动。",
            f"The settings file {path} cannot be read ({error}); correct or remove it, then start again.",
        ) from error


def _settings_of(untrusted_text: str) -> Settings:
    """What a settings file says; ValueError where it is no TOML or says something it may not say."""
    import tomllib  # neither is needed for the first paint where there is no such file

    import msgspec

    table = tomllib.loads(untrusted_text)
    settings = msgspec.convert(table, Settings)
    if unknown := table.keys() - {field.name for field in fields(Settings)}:
        raise ValueError(f"{min(unknown)}?")
    if "\x00" in settings.store:
        raise ValueError("store: \\0")
    return settings


def config_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where the platform keeps settings."""
    if platform == "win32":
        return Path(environment.get("APPDATA") or Path.home() / "AppData/Roaming") / "evalclient"
    if platform == "darwin":
        return Path.home() / "Library/Application Support/evalclient"
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "evalclient"


def data_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where the platform keeps a program's own data."""
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "evalclient"
    if platform == "darwin":
        return Path.home() / "Library/Application Support/evalclient"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "evalclient"
