"""``python -m server_stub --data FOLDER --roots FOLDER``: run the centre; prints one JSON line with its URL."""

from __future__ import annotations

import json
import logging
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import uvicorn

from server_stub.app import create_app
from server_stub.authorities import Authorities
from server_stub.blobs import Blobs
from server_stub.keys import DEFAULT_NAME, load_log_key
from server_stub.service import CentreService
from server_stub.store import open_sqlite

MOST_BLOB = 4 << 30
GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    """Says when it is up, and wakes waiting feeds when it is to end."""

    def __init__(self, config: uvicorn.Config, service: CentreService, listening: socket.socket) -> None:
        super().__init__(config)
        self._service = service
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            host, port = self._listening.getsockname()[:2]
            print(json.dumps({"url": f"http://{host}:{port}", "log_key": self._service.log_key}), flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._service.stop()
        super().handle_exit(sig, frame)


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 0 after a clean end."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    authorities = Authorities.load(arguments.roots)
    if not len(authorities):
        print(f"no certificates in {arguments.roots}: nobody could found an evaluation", file=sys.stderr)
        return 2
    store = open_sqlite(arguments.data / "centre.db")
    blobs = Blobs(arguments.data / "blobs", MOST_BLOB)
    service = CentreService(store, blobs, load_log_key(arguments.data, arguments.name), authorities, _now)
    listening = socket.create_server((arguments.host, arguments.port))
    # inherited by every connection: without it each answer waits 40 ms for the client's acknowledgement
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        create_app(service),
        log_config=None,
        access_log=False,  # addresses and times of people belong into no file
        timeout_graceful_shutdown=GRACE_SECONDS,  # a waiting feed would hold the process for ever
        server_header=False,
    )
    # uvicorn raises the signal again when it has ended
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    try:
        _Server(config, service, listening).run(sockets=[listening])
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        store.close()
    return 0


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the centre's one clock


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="server_stub", description="The reference centre of evalclient.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="database, blobs and log key")
    parser.add_argument("--roots", type=Path, required=True, metavar="FOLDER", help="recognised root certificates")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (loopback by default)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--name", default=DEFAULT_NAME, help="name of the log key")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
