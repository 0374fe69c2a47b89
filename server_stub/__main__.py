"""``python -m server_stub --data FOLDER --roots FOLDER``: run the centre; prints one JSON line with its URL."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from evalclient.core.errors import EvalclientError
from evalclient.crypto.errors import CryptoError
from server_stub.app import create_app
from server_stub.authorities import Authorities
from server_stub.blobs import Blobs
from server_stub.keys import DEFAULT_NAME, CannotServe, load_log_key
from server_stub.service import CentreService
from server_stub.store import CentreStore, open_sqlite

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
    try:
        authorities = _authorities(arguments.roots)
        listening = _listening(arguments.host, arguments.port)
        store, service = _service(arguments.data, arguments.name, authorities)
    except EvalclientError as error:
        print(error.en if os.environ.get("LANG", "").startswith("en") else error.zh, file=sys.stderr)
        return 2
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


def _authorities(folder: Path) -> Authorities:
    """The recognised roots in ``folder``; CannotServe where there are none."""
    try:
        authorities = Authorities.load(folder)
    except OSError as error:
        raise CannotServe(
            f"根证书文件夹 {folder} 无法读取，请核对 --roots。",
            f"The folder of root certificates {folder} cannot be read ({error.strerror}); check --roots.",
        ) from error
    except (ValueError, CryptoError) as error:
        raise CannotServe(
            f"{folder} 中有文件不是证书（PEM 或 DER）或吊销列表（DER），请核对 --roots。",
            f"A file in {folder} is no certificate (PEM or DER) or revocation list (DER); check --roots.",
        ) from error
    if not len(authorities):
        raise CannotServe(
            f"{folder} 中没有证书，无人能够发布项目，请把根证书放入后重新启动。",
            f"No certificates in {folder}: nobody could found an evaluation. Put root certificates there and start again.",
        )
    return authorities


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; CannotServe where the address is not to be had."""
    try:
        listening = socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        raise CannotServe(
            f"不能在 {host}:{port} 上监听，地址有误或已被占用，请核对 --host 和 --port。",
            f"Cannot listen at {host}:{port} ({error}); check --host and --port.",
        ) from error
    # inherited by every connection: without it each answer waits 40 ms for the client's acknowledgement
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _service(folder: Path, name: str, authorities: Authorities) -> tuple[CentreStore, CentreService]:
    """What the centre keeps in ``folder``, and what it does with it; CannotServe where that cannot be used."""
    try:
        key = load_log_key(folder, name)
        store = open_sqlite(folder / "centre.db")
    except (OSError, SQLAlchemyError) as error:
        raise CannotServe(
            f"中心的数据文件夹 {folder} 无法读写，请核对 --data、权限和磁盘空间。",
            f"The centre's folder {folder} cannot be read or written; check --data, permissions and room on the disk.",
        ) from error
    return store, CentreService(store, Blobs(folder / "blobs", MOST_BLOB), key, authorities, _now)


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
