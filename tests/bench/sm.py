"""A 15 MB document in a package of the SM suite: digests checked, then decrypted; beside it openssl on the same bytes."""

from __future__ import annotations

import io
import os
import random
import subprocess
from datetime import UTC, datetime

from evalclient.crypto.bid_package import PackageReader, SourceDocument, TenderKeys, write_package
from evalclient.crypto.bid_package.suites import SM
from evalclient.crypto.custody import join_key
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives import sm2
from tests.bench.figures import MB, Figure, Measured, milliseconds, scratch, share, spread, turn_about

_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_SIZE = 15 * MB
_PAIRS = 5
_ROUNDS = 500


def measure() -> Measured:
    content = random.Random(15).randbytes(_SIZE)
    authority = DemoPki.create("bench of SM", _AT, ("sm2", "sm2", "sm2")).authorities[0]
    bidder, custodian = (
        Pkcs12Key.open(authority.issue(name, "SM", pin="1", kind="sm2").p12, "1") for name in ("bidder", "custodian")
    )
    out = io.BytesIO()
    document = SourceDocument("technical", "a.pdf", "a", "application/pdf", io.BytesIO(content))
    tender = TenderKeys("ab" * 32, (custodian.encryption_certificate,), 1, False, SM)
    sealing = milliseconds(lambda: write_package(out, [document], {}, tender, bidder, at=_AT))
    key = join_key([PackageReader(out).recover_shares(custodian)["technical"]], None, 1)

    def read() -> None:
        if PackageReader(out).open_document("technical", key, "a.pdf").read() != content:
            raise AssertionError("another content")

    with scratch("sm") as folder:
        (folder / "sealed").write_bytes(content + bytes(-_SIZE % 16))
        command = ["openssl", "enc", "-d", "-sm4-cbc", "-nopad", "-K", "01" * 16, "-iv", "02" * 16]

        def stock() -> None:
            sealed = str(folder / "sealed")
            for line in (["openssl", "dgst", "-sm3", sealed], [*command, "-in", sealed]):
                subprocess.run(line, check=True, stdout=subprocess.DEVNULL)

        opened, by_openssl, ratio = turn_about(_PAIRS, lambda: milliseconds(read), lambda: milliseconds(stock))
    own, public = sm2.generate(), custodian.encryption_certificate
    digest = os.urandom(32)
    shares = [milliseconds(lambda: PackageReader(out).recover_shares(custodian)) for _ in range(9)]
    return Measured(
        (
            Figure("package opened, 15 MB document checked and decrypted", opened, "ms", 250),
            Figure("openssl dgst -sm3 and enc -d -sm4-cbc of as many bytes", by_openssl, "ms"),
            Figure("the former to the latter", ratio, "times"),
            Figure("sealing it", sealing, "ms"),
            Figure("package opened, shares recovered with the custodian's key", share(shares, 0.5), "ms"),
            *spread("SM2 signature", [milliseconds(lambda: own.sign_digest(digest)) for _ in range(_ROUNDS)])[:1],
        ),
        (f"custodian's certificate of {len(public)} bytes; one thread",),
    )
