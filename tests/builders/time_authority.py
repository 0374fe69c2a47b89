"""A time-stamping authority for tests: a small HTTP server around the stock ``openssl ts -reply``."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import Credential, DemoPki, Purpose
from evalclient.desk.clock import SystemClock
from tests.builders.openssl import openssl, pem_file, pem_pair

STAMPS: Final[tuple[Purpose, ...]] = ("timestamp",)
_CONFIGURATION: Final = """\
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_cert = {certificate}
signer_key = {key}
certs = {chain}
signer_digest = {digest}
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256, sha384, sha512, sm3
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = {named_by}
"""


def now() -> datetime:
    """The machine's clock: it is the one that ``openssl ts`` stamps by."""
    return datetime.fromisoformat(SystemClock().now())


class TimeAuthority:
    """Stamps with a certificate of one of the demonstration authorities, as of the machine's clock."""

    def __init__(
        self,
        folder: Path,
        pki: DemoPki,
        authority: int = 1,
        kind: KeyKind = "ec",
        *,
        credential: Credential | None = None,
        digest: str = "sha256",
        named_by: str = "sha256",
    ) -> None:
        self.folder = folder
        self.requests = 0
        issuer = pki.authorities[authority]
        name = f"时间戳 DEMO TSA {kind}"
        self.credential = credential or issuer.issue(name, "演示时间戳服务", STAMPS, pin="1", kind=kind)
        certificate, key = pem_pair(folder, self.credential.p12, "1")
        self.chain = pem_file(folder / "tsa-chain.pem", [issuer.intermediate_der])
        self.roots = pem_file(folder / "tsa-roots.pem", pki.roots)
        (folder / "serial").write_text("01\n")
        text = _CONFIGURATION.format(
            folder=folder, certificate=certificate, key=key, chain=self.chain, digest=digest, named_by=named_by
        )
        (folder / "tsa.cnf").write_text(text)

    def answer(self, request: bytes) -> bytes:
        """The answer that ``openssl ts`` gives: this is a ``TimestampService`` without a network, too."""
        self.requests += 1
        query, reply = self.folder / f"{self.requests}.tsq", self.folder / f"{self.requests}.tsr"
        query.write_bytes(request)
        openssl(
            "ts",
            "-reply",
            "-config",
            self.folder / "tsa.cnf",
            "-section",
            "authority",
            "-queryfile",
            query,
            "-out",
            reply,
        )
        return reply.read_bytes()

    def accepts(self, response: bytes, data: bytes) -> bool:
        """Whether ``openssl ts -verify`` accepts an answer for ``data``."""
        (self.folder / "given.tsr").write_bytes(response)
        (self.folder / "given.data").write_bytes(data)
        told = subprocess.run(
            ["openssl", "ts", "-verify", "-in", str(self.folder / "given.tsr"), "-data", str(self.folder / "given.data"),
             "-CAfile", str(self.roots), "-untrusted", str(self.chain)],
            capture_output=True, check=False,
        )  # fmt: skip
        return told.returncode == 0


@contextmanager
def served(authority: TimeAuthority) -> Iterator[str]:
    """The authority's address while it is served over HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Type"] != "application/timestamp-query":
                self.send_error(415)
                return
            answer = authority.answer(body)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/stamp"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
