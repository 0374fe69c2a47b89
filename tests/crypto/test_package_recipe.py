"""The recipe of docs/package-format.md, run with stock unzip and openssl."""

from __future__ import annotations

import io
import json
import random
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from evalclient.crypto.bid_package import PackageReader, SourceDocument, TenderKeys, write_package
from evalclient.crypto.custody import join_key
from evalclient.crypto.demo_pki import DemoPki
from tests.builders.openssl import openssl, pem_file, pem_pair

SCRIPT = Path(__file__).parents[2] / "docs" / "open-package.sh"
LARGE = random.Random(3).randbytes((5 << 20) + 77)


@pytest.fixture
def package(pki: DemoPki, person: Any, day: datetime, tmp_path: Path) -> tuple[Path, str]:
    """A package on disk, and the key of its technical compartment."""
    custodian = person("交易平台", 1)
    rows = [
        SourceDocument("technical", "技术 方案.pdf", "技术方案", "application/pdf", io.BytesIO(LARGE), {"b1": (3,)}),
        SourceDocument("technical", "empty.txt", "nothing", "text/plain", io.BytesIO(b"")),
        SourceDocument("technical", "short.pdf", "short", "application/pdf", io.BytesIO(b"%PDF")),
    ]
    path = tmp_path / "bid.asice"
    with path.open("w+b") as out:
        keys = TenderKeys("ab" * 32, (custodian.certificate,), 1, False)
        write_package(out, rows, {"price": {"price": "1"}}, keys, person("甲公司", 0), at=day)
        key = join_key([PackageReader(out).recover_shares(custodian)["technical"]], None, 1)
    return path, key.hex()


def run(package: Path, key: str, roots: Path, folder: Path, day: datetime) -> subprocess.CompletedProcess[str]:
    command = [SCRIPT, package, roots, "technical", key, folder, int(day.timestamp())]
    return subprocess.run(["sh", *map(str, command)], check=False, capture_output=True, text=True)


def test_stock_tools_open_a_compartment(package: tuple[Path, str], pki: DemoPki, day: datetime, tmp_path: Path) -> None:
    roots, folder = pem_file(tmp_path / "roots.pem", pki.roots), tmp_path / "out"
    done = run(*package, roots, folder, day)
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "技术 方案.pdf": LARGE,
        "empty.txt": b"",
        "short.pdf": b"%PDF",
    }


def test_the_recipe_refuses_a_changed_part_a_wrong_key_and_an_unknown_authority(
    package: tuple[Path, str], pki: DemoPki, day: datetime, tmp_path: Path
) -> None:
    path, key = package
    roots = pem_file(tmp_path / "roots.pem", pki.roots)
    assert run(path, "00" * 32, roots, tmp_path / "one", day).returncode != 0
    assert run(path, key, pem_file(tmp_path / "others.pem", pki.roots[1:]), tmp_path / "two", day).returncode != 0
    changed = tmp_path / "changed.asice"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-1] + bytes((content[-1] ^ 1,)) if name == "c/0001.001.p7m" else content)
    done = run(changed, key, roots, tmp_path / "three", day)
    assert done.returncode != 0
    assert "c/0001.001.p7m differs" in done.stderr


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_custodian_finds_his_shares_with_openssl(
    kind: Any, pki: DemoPki, person: Any, day: datetime, tmp_path: Path
) -> None:
    credential = pki.authorities[2].issue("见证人", "公证处", pin="1", kind=kind)
    out = io.BytesIO()
    keys = TenderKeys("ab" * 32, (person("代理").certificate, credential.certificate), 2, True)
    write_package(out, [], {"price": {"price": "1"}}, keys, person("甲公司", 0), at=day)
    with zipfile.ZipFile(out) as archive:
        archive.extract("META-INF/keys.2.p7m", tmp_path)
    certificate, key = pem_pair(tmp_path, credential.p12, "1")
    part = tmp_path / "META-INF" / "keys.2.p7m"
    content = openssl("cms", "-decrypt", "-inform", "DER", "-in", part, "-recip", certificate, "-inkey", key)
    line, text = content.split(b"\n", 1)
    assert line == b"evalclient-shares/1"
    assert bytes.fromhex(json.loads(text)["price"])[0] == 2
