"""Put on PYTHONPATH, this notes what a process opens and whom it calls: one JSON line each in $EVALCLIENT_OBSERVED/<pid>.

Audit events cover what Python does; libraries' own files (the store) are seen by looking at the process from outside.
"""

import json
import os
import sys

_FOLDER = os.environ.get("EVALCLIENT_OBSERVED")


def _observe(folder: str) -> None:
    notes = os.open(f"{folder}/{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    files = {
        "open",
        "os.listdir",
        "os.scandir",
        "os.rename",
        "os.remove",
        "os.mkdir",
        "sqlite3.connect",
        "shutil.copyfile",
    }

    def note(event: str, about: object) -> None:
        os.write(notes, (json.dumps([event, about]) + "\n").encode())

    def hook(event: str, arguments: tuple) -> None:  # type: ignore[type-arg]
        if event in files:
            for path in arguments[:2]:
                if isinstance(path, str | bytes | os.PathLike):
                    note("file", os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - pathlib would look at the file
        elif event == "socket.connect":
            note("connect", list(arguments[1]) if isinstance(arguments[1], tuple) else str(arguments[1]))
        elif event in ("socket.bind", "subprocess.Popen", "os.fork", "os.exec", "os.posix_spawn", "os.system"):
            note(event, repr(arguments[1:2]))

    note("process", sys.orig_argv)
    sys.addaudithook(hook)


if _FOLDER:
    _observe(_FOLDER)
