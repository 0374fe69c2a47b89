"""What the writer makes, its reader takes: as many documents and parts as a package can hold, and not one more."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest

from evalclient.crypto.bid_package import PackageReader, PackageRefused, SourceDocument, TenderKeys, write_package
from evalclient.crypto.bid_package.container import ContainerWriter
from evalclient.crypto.bid_package.names import MOST_DOCUMENTS, volume_part
from evalclient.crypto.custody import join_key
from tests.builders.packages import EVALUATION


@pytest.mark.parametrize("number", [0, 1])
def test_as_many_documents_as_a_reader_takes_and_not_one_more(number: int, person: Any, day: datetime) -> None:
    keys = TenderKeys(EVALUATION, (person("保管人", 1).certificate,), 1, False)
    rows = [
        SourceDocument("technical", f"{place}", "t", "text/plain", io.BytesIO(b"x"))
        for place in range(MOST_DOCUMENTS + number)
    ]
    out = io.BytesIO()
    if number:
        with pytest.raises(PackageRefused, match="more than one package can"):
            write_package(out, rows, {}, keys, person("甲公司", 1), at=day)
        assert out.getvalue() == b""
        return
    write_package(out, rows, {}, keys, person("甲公司", 1), at=day)
    reader = PackageReader(out)
    key = join_key([reader.recover_shares(person("保管人", 1))["technical"]], None, 1)
    assert reader.open_document("technical", key, f"{MOST_DOCUMENTS - 1}").read() == b"x"


def test_a_directory_or_a_manifest_that_no_reader_takes_is_not_written(person: Any, day: datetime) -> None:
    keys = TenderKeys(EVALUATION, (person("保管人", 1).certificate,), 1, False)
    links = {f"criterion-{place}": (1,) for place in range(1 << 20)}
    row = SourceDocument("technical", "a", "t", "text/plain", io.BytesIO(b""), links)
    with pytest.raises(PackageRefused, match="more than one package can"):
        write_package(io.BytesIO(), [row], {}, keys, person("甲公司", 1), at=day)
    container = ContainerWriter(io.BytesIO())
    for place in range(60_000):  # 200 GB need some 50 000
        container.add(volume_part(1, place), b"")
    with pytest.raises(PackageRefused, match="more than one package can"):
        _fill(container)


def _fill(container: ContainerWriter) -> None:
    for place in range(60_000, 90_000):
        container.add(volume_part(1, place), b"")


def test_nothing_at_all_is_no_package(person: Any, day: datetime) -> None:
    keys = TenderKeys(EVALUATION, (person("保管人", 1).certificate,), 1, False)
    with pytest.raises(ValueError, match="a document or a quote"):
        write_package(io.BytesIO(), [], {}, keys, person("甲公司", 1), at=day)
