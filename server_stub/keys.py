"""The centre's log key: Ed25519, in a file only the centre reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evalclient.core.checkpoint import Checkpoint, VerifierKey, sign_checkpoint
from evalclient.core.errors import EvalclientError
from evalclient.crypto.primitives.notes import new_note_key, note_signer, verifier_key

KEY_FILE: Final = "log.key"
DEFAULT_NAME: Final = "evalclient-centre"


class CannotServe(EvalclientError):
    """What the centre is started with is not as it has to be."""


@dataclass(frozen=True, slots=True, repr=False)
class LogKey:
    """The private key (32 bytes) under the centre's name."""

    name: str
    private: bytes

    @property
    def verifier(self) -> VerifierKey:
        """The public half, as record 0 names it."""
        return verifier_key(self.name, self.private)

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        return sign_checkpoint(checkpoint, self.verifier, note_signer(self.private))


def load_log_key(folder: Path, name: str = DEFAULT_NAME) -> LogKey:
    """The key kept in ``folder``, made on first use; CannotServe. Losing it ends every evaluation that names it."""
    path = folder / KEY_FILE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        private = path.read_bytes()
        if len(private) != 32:
            raise CannotServe(
                f"中心的日志密钥 {path} 已损坏，请从备份恢复后重新启动。",
                f"The centre's log key {path} is damaged; restore it from its backup and start again.",
            ) from None
        return LogKey(name, private)
    private = new_note_key()
    with os.fdopen(handle, "wb") as file:
        file.write(private)
        file.flush()
        os.fsync(file.fileno())
    return LogKey(name, private)
