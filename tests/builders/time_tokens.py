"""Time-stamp tokens made by hand, honest or not: what no ``openssl ts`` would give out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, core, tsp

from evalclient.core.errors import TimestampUnreachable
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.public_keys import parse_certificate
from evalclient.crypto.timestamps import response_of


def token(
    key: Pkcs12Key,
    imprint: bytes,
    at: datetime,
    *,
    algorithm: str = "sha256",
    nonce: int | None = None,
    named: bytes = b"",
    change_info: Callable[[dict[str, Any]], None] = lambda info: None,
    change_attributes: Callable[[dict[str, Any]], None] = lambda values: None,
) -> bytes:
    """A token by ``key`` (EC, SHA-256); ``named`` is the certificate that the signature names, its own without."""
    certificate = parse_certificate(key.certificate)
    info: dict[str, Any] = {
        "version": "v1",
        "policy": "1.2.3.4.1",
        "message_imprint": {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": imprint},
        "serial_number": 7,
        "gen_time": at.replace(microsecond=0),
    }
    if nonce is not None:
        info["nonce"] = nonce
    change_info(info)
    content = tsp.TSTInfo(info).dump()
    hashed = hashlib.sha256(named or key.certificate).digest()
    values: dict[str, Any] = {
        "content_type": cms.ContentType("tst_info"),
        "message_digest": core.OctetString(hashlib.sha256(content).digest()),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": hashed})]}),
    }
    change_attributes(values)
    attributes = cms.CMSAttributes([{"type": name, "values": [value]} for name, value in values.items()])
    every = (key.certificate, *(der for der in key.chain if der != key.certificate))
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "certificates": [cms.CertificateChoices.load(der) for der in every],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier(
                        "issuer_and_serial_number",
                        cms.IssuerAndSerialNumber(
                            {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                        ),
                    ),
                    "digest_algorithm": {"algorithm": "sha256"},
                    "signed_attrs": attributes,
                    "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                    "signature": key.sign(attributes.dump()),
                }
            ],
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return made


class Stamper:
    """A time-stamping authority in this process (``core.ports.TimestampService``), by the clock it is given."""

    def __init__(self, key: Pkcs12Key, clock: Callable[[], datetime]) -> None:
        self.key = key
        self.clock = clock
        self.asked = 0
        self.reachable = True

    def answer(self, request: bytes) -> bytes:
        """The whole answer to a request."""
        self.asked += 1
        if not self.reachable:
            raise TimestampUnreachable("时间戳服务机构无法连接。", "The time-stamping authority cannot be reached.")
        asked = tsp.TimeStampReq.load(request)
        covered = asked["message_imprint"]
        made = token(
            self.key,
            covered["hashed_message"].native,
            self.clock(),
            algorithm=covered["hash_algorithm"]["algorithm"].native,
            nonce=asked["nonce"].native,
        )
        return response_of(made)
