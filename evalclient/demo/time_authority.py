"""The demo's time-stamping authority (RFC 3161 over HTTP), with a certificate of one of the demo authorities.

Run as ``python -m evalclient.demo.time_authority FOLDER``, where ``key.p12`` and ``pin`` lie; it prints its own URL as one
JSON line. It stamps by the machine's clock whatever it is asked to: for practice and tests alone.
"""

from __future__ import annotations

import json
import secrets
import signal
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from asn1crypto import algos, cms, core, tsp

from evalclient.core.ports import KeyHandle
from evalclient.crypto.cms.suites import suite_of
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.public_keys import MALFORMED, parse_certificate, public_key_of
from evalclient.crypto.trust.timestamps import MEDIA_TYPE_REQUEST, MEDIA_TYPE_RESPONSE, response_of
from evalclient.desk.clock import SystemClock

_POLICY: Final = "1.2.3.4.1"
_MOST: Final = 4096


def answer(untrusted_request: bytes, key: KeyHandle, at: datetime) -> bytes:
    """The whole answer to a request (DER): granted, or a rejection where it makes no sense."""
    try:
        asked = tsp.TimeStampReq.load(untrusted_request, strict=True)
        imprint = asked["message_imprint"]
        info: dict[str, Any] = {
            "version": "v1",
            "policy": _POLICY,
            "message_imprint": {
                "hash_algorithm": {"algorithm": imprint["hash_algorithm"]["algorithm"].dotted},
                "hashed_message": imprint["hashed_message"].native,
            },
            "serial_number": secrets.randbits(63) | 1,
            "gen_time": at.replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
        if asked["nonce"].native is not None:
            info["nonce"] = asked["nonce"].native
    except (*MALFORMED, AttributeError, IndexError):
        status: bytes = tsp.PKIStatusInfo({"status": "rejection"}).dump()
        rejected: bytes = core.Sequence(contents=status).dump()
        return rejected
    return response_of(token_over(tsp.TSTInfo(info).dump(), key))


def token_over(content: bytes, key: KeyHandle, named: bytes = b"", **changed: Any) -> bytes:
    """A token (DER) over a TSTInfo (DER), in the suite of the key.

    ``named`` is the certificate that the signature names, the key's own by default; ``changed`` are signed attributes to
    put in place of the right ones, None to leave one out. Both serve tests of those who check.
    """
    suite = suite_of(public_key_of(key.certificate))
    certificate = parse_certificate(key.certificate)
    identifier = tsp.ESSCertIDv2(
        {"hash_algorithm": {"algorithm": suite.digest_oid}, "cert_hash": suite.hash(named or key.certificate)}
    )
    values: dict[str, Any] = {
        "content_type": cms.ContentType("tst_info"),
        "message_digest": core.OctetString(suite.hash(content)),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [identifier]}),
        **changed,
    }
    attributes = cms.CMSAttributes(
        [{"type": name, "values": [value]} for name, value in values.items() if value is not None]
    )
    issuer = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    every = (key.certificate, *(der for der in key.chain if der != key.certificate))
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": suite.digest_oid}],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "certificates": [cms.CertificateChoices.load(der) for der in every],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier("issuer_and_serial_number", issuer),
                    "digest_algorithm": {"algorithm": suite.digest_oid},
                    "signed_attrs": attributes,
                    "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": suite.signature}),
                    "signature": key.sign(attributes.dump()),
                }
            ],
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return made


def served(key: KeyHandle) -> ThreadingHTTPServer:
    """The authority on a loopback port of its own, not yet running."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.headers.get("Content-Type") != MEDIA_TYPE_REQUEST or not length.isdecimal() or int(length) > _MOST:
                self.send_error(400)
                return
            made = answer(self.rfile.read(int(length)), key, datetime.fromisoformat(SystemClock().now()))
            self.send_response(200)
            self.send_header("Content-Type", MEDIA_TYPE_RESPONSE)
            self.send_header("Content-Length", str(len(made)))
            self.end_headers()
            self.wfile.write(made)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's own name
            """Say nothing on the stage manager's line."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def main(argv: Sequence[str] | None = None) -> int:
    """Stamp until told to stop."""
    parser = ArgumentParser(prog="evalclient.demo.time_authority")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(argv).folder
    server = served(Pkcs12Key.open((folder / "key.p12").read_bytes(), (folder / "pin").read_text("utf-8")))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    sys.stdout.write(json.dumps({"url": url}) + "\n")
    sys.stdout.flush()
    with server:
        server.serve_forever(0.1)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
