"""A signing service (扫码签章) on this machine: holds a person's keys, and has its own idea of what happens on his phone."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC

from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.sm2 import Sm2PrivateKey, from_compact

PIN = "scan-4711"


class SigningService(ThreadingHTTPServer):
    """``mood``: what the person does on the phone (confirm, think, cancelled, expired), or the service (the others below)."""

    daemon_threads = True

    def __init__(self, key: Pkcs12Key) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = key
        self.mood = "confirm"
        self.tries = 3
        self.asked = 0
        self.orders: dict[str, dict[str, Any]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/card"


@contextmanager
def signing_service(key: Pkcs12Key) -> Iterator[SigningService]:
    service = SigningService(key)
    thread = threading.Thread(target=service.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        thread.join()
        service.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: SigningService
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.mood == "elsewhere":
            self.send_response(307)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/card/v1/sessions":
            self._log_in(message["pin"])
        elif self.path == "/card/v1/sessions/s1/operations":
            name = f"o{len(self.server.orders)}"
            self.server.orders[name] = message
            self._answer(202, {"operation": name})
        else:
            self._answer(404, {})

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2].partition("?")[0]
        self.server.asked += 1
        mood = self.server.mood
        if mood == "mute" or (mood == "think" and self.server.asked < 3):
            self._answer(200, {"state": "waiting"})
        elif mood == "sleep":
            time.sleep(3600)
        elif mood == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(1000):
                self.wfile.write(b" ")
                time.sleep(0.05)
        elif mood == "junk":
            self._answer(200, {"state": "perhaps"})
        elif mood in ("cancelled", "expired", "refused"):
            self._answer(200, {"state": mood})
        else:
            self._answer(200, {"state": "done", "result": _text(self._result(self.server.orders[name]))})

    def _log_in(self, pin: str) -> None:
        server = self.server
        if server.tries == 0:
            self._answer(423, {})
        elif pin != PIN:
            server.tries -= 1
            self._answer(401 if server.tries else 423, {"tries": server.tries})
        else:
            key = server.key
            certificates = {"certificate": key.certificate, "encryption_certificate": key.encryption_certificate}
            texts = {name: _text(der) for name, der in certificates.items()}
            self._answer(201, {"session": "s1", **texts, "chain": [_text(der) for der in key.chain]})

    def _result(self, order: dict[str, Any]) -> bytes:
        signing, opening = self.server.key._signing.private, self.server.key._encryption.private
        given = {name: base64.b64decode(value) for name, value in order.items() if name not in ("type", "oaep", "mask")}
        match order["type"]:
            case "Sign":
                return _signed(signing, given["data"])
            case "Agree":
                assert isinstance(opening, ec.EllipticCurvePrivateKey)
                point = ec.EllipticCurvePublicKey.from_encoded_point(opening.curve, given["point"])
                return opening.exchange(ec.ECDH(), point)
            case "Decrypt":
                assert isinstance(opening, rsa.RSAPrivateKey)
                assert order["oaep"] == "sha256"
                mask = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[order.get("mask", "sha256")]
                return opening.decrypt(given["data"], padding.OAEP(padding.MGF1(mask()), hashes.SHA256(), None))
        assert isinstance(opening, Sm2PrivateKey)
        wrapped = b"\x04" + given["x"] + given["y"] + given["digest"] + given["content"]
        return _sm4_cbc(opening.decrypt(from_compact(wrapped)), given["vector"], given["ciphertext"])

    def _answer(self, status: int, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002 - its name there
        pass


def _signed(private: Any, data: bytes) -> bytes:
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(data[-32:], padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    if isinstance(private, Sm2PrivateKey):
        der = private.sign_digest(data)
    else:
        der = private.sign(data, ec.ECDSA(Prehashed(hashes.SHA256())))
    return b"".join(half.to_bytes(32, "big") for half in decode_dss_signature(der))


def _sm4_cbc(key: bytes, vector: bytes, ciphertext: bytes) -> bytes:
    decryptor = Cipher(SM4(key), CBC(vector)).decryptor()
    return decryptor.update(ciphertext) + decryptor.finalize()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
