"""The folder that ``evalclient demo-pki`` writes: complete, reproducible, with one revoked and one expired person."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from evalclient.crypto.certificates import TrustStore
from evalclient.crypto.demo_folder import EXPIRED, PEOPLE, REVOKED, write_demo_folder
from evalclient.crypto.keys import Pkcs12Key

PIN = "演示口令"


def read(folder: Path, pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob(pattern))]


def test_people_in_the_folder_are_what_their_names_say(day: datetime, tmp_path: Path) -> None:
    files = write_demo_folder(tmp_path, "seed", day, PIN)
    assert set(files) == {path for path in tmp_path.rglob("*") if path.is_file()}
    store = TrustStore(read(tmp_path, "roots/*"), read(tmp_path, "crls/*"))
    reasons = {}
    for path in (tmp_path / "people").glob("*.p12"):
        key = Pkcs12Key.open(path.read_bytes(), PIN)
        assert key.certificate == path.with_suffix(".cer").read_bytes()
        reasons[path.stem] = store.validate(key.certificate, key.chain, day + timedelta(hours=1)).reason
    assert reasons == {**{name: "accepted" for name, _, _ in PEOPLE}, REVOKED: "revoked", EXPIRED: "expired"}


def test_a_seed_gives_the_same_certificates_and_none_gives_others(day: datetime, tmp_path: Path) -> None:
    for name, seed in (("one", "seed"), ("two", "seed"), ("three", None)):
        write_demo_folder(tmp_path / name, seed, day, PIN)
    certificates = [read(tmp_path / name, "**/*.cer") for name in ("one", "two", "three")]
    assert certificates[0] == certificates[1]
    assert not set(certificates[0]) & set(certificates[2])
