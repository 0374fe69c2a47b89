"""The recipe of docs/package-format.md, run with stock unzip and openssl."""

from __future__ import annotations

import io
import json
import random
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evalclient.crypto.bid_package import PackageReader, SourceDocument, TenderKeys, write_package
from evalclient.crypto.bid_package import manifest as manifests
from evalclient.crypto.bid_package.manifest import ManifestDocument, Volume
from evalclient.crypto.bid_package.suites import INTERNATIONAL, SM, PackageSuite
from evalclient.crypto.custody import join_key
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from tests.builders.openssl import openssl, pem_file, pem_pair
from tests.builders.packages import TEXT, SmallPackage, parts_of, small_package, with_manifest

DOCS = Path(__file__).parents[2] / "docs"
QUOTED = '12" "size",5,{"name" "x".txt'
LARGE = random.Random(3).randbytes((5 << 20) + 77)


@dataclass(frozen=True)
class Sealed:
    """A package on disk, the key of its technical compartment, the roots, and the script that opens it."""

    path: Path
    key: str
    roots: tuple[bytes, ...]
    script: Path


@pytest.fixture(params=[INTERNATIONAL, SM], ids=lambda suite: suite.name)
def package(request: pytest.FixtureRequest, day: datetime, tmp_path: Path) -> Sealed:
    suite: PackageSuite = request.param
    sm = suite is SM
    pki = DemoPki.create("recipe", day, ("sm2", "sm2", "sm2") if sm else ("rsa", "ec", "ec"))

    def person(name: str, authority: int) -> Pkcs12Key:
        credential = pki.authorities[authority].issue(name, "某某公司", pin="1", kind="sm2" if sm else "ec")
        return Pkcs12Key.open(credential.p12, "1")

    custodian = person("交易平台", 1)
    rows = [
        SourceDocument("technical", "技术 方案.pdf", "技术方案", "application/pdf", io.BytesIO(LARGE), {"b1": (3,)}),
        SourceDocument("technical", "empty.txt", "nothing", "text/plain", io.BytesIO(b"")),
        SourceDocument("technical", "short.pdf", "short", "application/pdf", io.BytesIO(b"%PDF")),
        SourceDocument(
            "technical", QUOTED, '12" "size":5,{"name":"x", \\"', "text/plain", io.BytesIO(b"q"), {'name":"': (1,)}
        ),
    ]
    path = tmp_path / "bid.asice"
    with path.open("w+b") as out:
        keys = TenderKeys("ab" * 32, (custodian.certificate,), 1, False, suite)
        write_package(out, rows, {"price": {"price": "1"}}, keys, person("甲公司", 0), at=day)
        key = join_key([PackageReader(out).recover_shares(custodian)["technical"]], None, 1)
    return Sealed(path, key.hex(), pki.roots, DOCS / ("open-package-sm.sh" if sm else "open-package.sh"))


def run(
    script: Path, package: Path, key: str, roots: Path, folder: Path, day: datetime
) -> subprocess.CompletedProcess[str]:
    command = [script, package, roots, "technical", key, folder, int(day.timestamp())]
    return subprocess.run(["sh", *map(str, command)], check=False, capture_output=True, text=True)


def test_stock_tools_open_a_compartment(package: Sealed, day: datetime, tmp_path: Path) -> None:
    roots, folder = pem_file(tmp_path / "roots.pem", package.roots), tmp_path / "out"
    done = run(package.script, package.path, package.key, roots, folder, day)
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "技术 方案.pdf": LARGE,
        "empty.txt": b"",
        "short.pdf": b"%PDF",
        QUOTED: b"q",
    }


def test_the_recipe_refuses_a_changed_part_a_wrong_key_and_an_unknown_authority(
    package: Sealed, day: datetime, tmp_path: Path
) -> None:
    script, path, key = package.script, package.path, package.key
    roots = pem_file(tmp_path / "roots.pem", package.roots)
    assert run(script, path, "00" * 32, roots, tmp_path / "one", day).returncode != 0
    others = pem_file(tmp_path / "others.pem", package.roots[1:])
    assert run(script, path, key, others, tmp_path / "two", day).returncode != 0
    expired = day + timedelta(days=4000)
    assert run(script, path, key, roots, tmp_path / "late", expired).returncode != 0
    changed = tmp_path / "changed.asice"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-1] + bytes((content[-1] ^ 1,)) if name == "c/0001.001.p7m" else content)
    done = run(script, changed, key, roots, tmp_path / "three", day)
    assert done.returncode != 0
    assert "c/0001.001.p7m differs" in done.stderr


@pytest.fixture(params=[INTERNATIONAL, SM], ids=lambda suite: suite.name)
def small(request: pytest.FixtureRequest, day: datetime, tmp_path: Path) -> Small:
    sm = request.param is SM
    pki = DemoPki.create("recipe", day, ("sm2", "sm2", "sm2") if sm else ("rsa", "ec", "ec"))

    def person(name: str, authority: int) -> Pkcs12Key:
        credential = pki.authorities[authority].issue(name, "某某公司", pin="1", kind="sm2" if sm else "ec")
        return Pkcs12Key.open(credential.p12, "1")

    made = small_package(person("甲公司", 0), person("交易平台", 1), day, suite=request.param)
    roots = pem_file(tmp_path / "roots.pem", pki.roots)
    return Small(made, DOCS / ("open-package-sm.sh" if sm else "open-package.sh"), roots, tmp_path, day)


@dataclass(frozen=True)
class Small:
    """A package of one document, whose bidder is hostile, and the script that opens it in ``folder``."""

    made: SmallPackage
    script: Path
    roots: Path
    folder: Path
    day: datetime

    def documents(self, change: Callable[[ManifestDocument], tuple[ManifestDocument, ...]]) -> bytes:
        """The package, its manifest listing what ``change`` makes of its only document."""
        return with_manifest(
            self.made,
            lambda manifest: msgspec.structs.replace(manifest, documents=change(manifest.documents[0])),
            self.day,
        )

    def refusal(self, package: bytes) -> str:
        """The script's sentence; nothing but the folder that it was told lies there afterwards."""
        (self.folder / "bid.asice").write_bytes(package)
        before = {*self.folder.iterdir()}
        # ROOTS and FOLDER are relative, and nobody can answer a question
        command = ["sh", self.script, "bid.asice", "roots.pem", "price", self.made.key.hex(), "out"]
        done = subprocess.run(
            [*map(str, command), str(int(self.day.timestamp()))],
            check=False, capture_output=True, text=True, cwd=self.folder, stdin=subprocess.PIPE, timeout=60,
        )  # fmt: skip
        assert {*self.folder.iterdir()} - before <= {self.folder / "out"}
        return done.stderr if done.returncode else ""


def test_paths_may_be_relative(small: Small) -> None:
    assert small.refusal(small.made.package) == ""
    assert (small.folder / "out" / "a.pdf").read_bytes() == TEXT


@pytest.mark.parametrize("name", ["../x", "/x", "a/b", "..", "", "a\\b", "a\x01b", "a\nb", "a\tb"])
def test_a_name_that_leads_elsewhere_is_refused(small: Small, name: str) -> None:
    untrusted = small.documents(lambda one: (msgspec.structs.replace(one, name=name),))
    assert "no file may be called" in small.refusal(untrusted)
    assert not [path for path in (small.folder / "out").iterdir() if path.is_file()]


def test_a_document_that_the_script_would_not_see_is_refused(small: Small) -> None:
    def with_size(size: int) -> bytes:
        return small.documents(lambda one: (msgspec.structs.replace(one, size=size),))

    assert "has not the size" in small.refusal(with_size(len(TEXT) + 1))
    twice = small.documents(lambda one: (one, msgspec.structs.replace(one, volumes=(), size=0)))
    (small.folder / "out" / "a.pdf").unlink()
    assert "is there already" in small.refusal(twice)
    (small.folder / "out" / "a.pdf").unlink()
    elsewhere = Volume("META-INF/../../../roots.pem", "00" * 32, "00" * 16)
    if small.made.suite is SM:
        elsewhere = Volume("META-INF/../../../roots.pem", sm3=SM.digest(small.roots.read_bytes()).hex())
    untrusted = small.documents(lambda one: (msgspec.structs.replace(one, volumes=(elsewhere,)),))
    assert "not among what the bidder sealed" in small.refusal(untrusted)


def test_a_manifest_in_another_hand_is_refused(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON that a reader takes, and that a pattern made for the usual form would read with a document less."""
    usual = manifests.encode
    monkeypatch.setattr(manifests, "encode", lambda line, value: usual(line, value).replace(b'{"name":', b'{ "name":'))
    assert "not written as the format says" in small.refusal(small.documents(lambda one: (one,)))


def test_a_zip_with_other_entries_is_refused(small: Small) -> None:
    parts = parts_of(small.made.package)

    def zipped(*more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings(action="ignore"):
            for name, content in [*parts.items(), *more]:
                archive.writestr(name, content)
        return out.getvalue()

    link = zipfile.ZipInfo("c/0009.000.p7m")
    link.external_attr = 0o120777 << 16
    assert "a part twice" in small.refusal(zipped(("c/0001.000.p7m", b"another")))
    assert "no file" in small.refusal(zipped((link, b"/etc/hostname")))
    for name in ("../c/0001.000.p7m", "c/x/0001.000.p7m", "/c/0001.000.p7m", "a"):
        assert "the format does not know" in small.refusal(zipped((name, b"x")))


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
