"""docs/protocol.md lists the routes that the centre has, and no others."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from fastapi.routing import APIRoute

from server_stub.app import create_app
from server_stub.authorities import Authorities
from server_stub.blobs import Blobs
from server_stub.keys import DEFAULT_NAME, load_log_key
from server_stub.service import CentreService
from server_stub.store import open_sqlite

PAGE = Path(__file__).parents[2] / "docs/protocol.md"
AT = datetime(2026, 11, 24, tzinfo=UTC)


def _bare(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", path.partition("?")[0])


def _listed() -> set[tuple[str, str]]:
    rows = re.findall(r"^\| `([A-Z, ]+) (/v1/[^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    return {(method, _bare(path)) for methods, path in rows for method in methods.split(", ")}


def test_the_page_lists_every_route(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path / "centre.db")
    try:
        key = load_log_key(tmp_path, DEFAULT_NAME)
        service = CentreService(store, Blobs(tmp_path / "blobs", 1), key, Authorities(()), lambda: AT)
        routes = [route for route in create_app(service).routes if isinstance(route, APIRoute)]
        served = {(method, _bare(route.path)) for route in routes for method in route.methods or ()}
    finally:
        store.close()
    assert len(served) > 10
    assert _listed() == served
