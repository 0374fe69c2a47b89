"""Files that people hand in at a desk, mutated: announcement, bid list, arrangement, certificate, settings.

Each is accepted or refused by one error of the product in both languages; never anything else, and nothing is left behind.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.notes import new_note_key, verifier_key
from evalclient.desk.certificate_files import read_certificate
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Genesis
from evalclient.desk.founding import create, dump_genesis, load_genesis
from evalclient.desk.sealing import seal_bid
from evalclient.desk.tender_folder import read_tender_folder
from evalclient.settings import load_settings
from tests.builders.centre import PIN, key_of
from tests.builders.mutations import damaged, in_words, odd_json
from tests.builders.real_seats import genesis_for, key_file, write_bid_folder
from tests.builders.tender_folders import write_tender_folder

on_disk = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@cache
def genesis() -> Genesis:
    return genesis_for(verifier_key("centre", new_note_key()).text())


@cache
def announcement() -> bytes:
    return dump_genesis(genesis())


def founded(folder: Path) -> Genesis:
    """What a tender folder founds now."""
    read = read_tender_folder(folder, SystemClock().now())
    return create(read, key_of("organiser"), verifier_key("centre", new_note_key()).text(), SystemClock())


@settings(max_examples=100)
@given(st.data())
def test_an_announcement(data: st.DataObject) -> None:
    untrusted = data.draw(st.one_of(damaged(announcement()), odd_json(announcement())))
    try:
        loaded = load_genesis(untrusted)
    except EvalclientError as error:
        in_words(error)
    else:
        assert loaded.record.payload == genesis().record.payload, "only the signature's encoding may differ"
        assert loaded.documents == genesis().documents


@on_disk
@given(data=st.data())
def test_a_bid_list(tmp_path: Path, data: st.DataObject) -> None:
    folder = write_bid_folder(tmp_path / "bid")
    valid = (folder / "bid.json").read_bytes()
    (folder / "bid.json").write_bytes(data.draw(st.one_of(odd_json(valid), damaged(valid))))
    output = tmp_path / "bid.asice"
    output.unlink(missing_ok=True)
    try:
        seal_bid(folder, genesis(), key_of("bidder-one"), output, SystemClock())
    except EvalclientError as error:
        in_words(error)
        assert not output.exists()
    assert not list(tmp_path.glob("*.part"))


@on_disk
@given(data=st.data())
@pytest.mark.parametrize("name", ["evaluation.json", "parties/supervisor", "roots/root-1", "tender.json", "paper"])
def test_a_tender_folder(tmp_path: Path, name: str, data: st.DataObject) -> None:
    folder = write_tender_folder(tmp_path / "tender", genesis().documents)
    file = next((folder / "papers").iterdir()) if name == "paper" else folder / name
    valid = file.read_bytes()
    file.write_bytes(data.draw(st.one_of(damaged(valid), odd_json(valid)) if name.endswith("json") else damaged(valid)))
    try:
        created = founded(folder)
    except EvalclientError as error:
        in_words(error)
    else:
        assert load_genesis(dump_genesis(created)) == created


def test_a_whole_tender_folder_founds_an_evaluation(tmp_path: Path) -> None:
    folder = write_tender_folder(tmp_path / "tender", genesis().documents)
    pem = x509.load_der_x509_certificate(key_of("supervisor").certificate).public_bytes(Encoding.PEM)
    (folder / "parties" / "supervisor").write_bytes(pem)
    created = founded(folder)
    assert load_genesis(dump_genesis(created)) == created


@settings(max_examples=150)
@given(damaged(key_of("m1").certificate))
def test_a_certificate_file(untrusted: bytes) -> None:
    try:
        read_certificate(untrusted)
    except EvalclientError as error:
        in_words(error)


@settings(max_examples=60)
@given(damaged(key_file("m1")))
def test_a_key_file(untrusted: bytes) -> None:
    try:
        key = Pkcs12Key.open(untrusted, PIN)
    except EvalclientError as error:
        in_words(error)
    else:
        assert key.certificate == key_of("m1").certificate


SETTINGS = b'centre = "https://centre.example"\nstore = "/var/lib/evalclient"\nlanguage = "en"\nscale = 1.25\n'


@on_disk
@given(untrusted=st.one_of(damaged(SETTINGS), st.sampled_from([
    b"\xff\xfe", b"a = " + b"[" * 100_000, b"store = '\\u0000'", b'store = "\\u0000"', b"scale = 'big'", b"scale = nan",
    b"scale = 1e999", b"language = 'fr'", b"PIN = '1'", b"centre = 1", b"[centre]", b"scale = -3",
])))  # fmt: skip
def test_a_settings_file(tmp_path: Path, untrusted: bytes) -> None:
    file = tmp_path / "evalclient.toml"
    file.write_bytes(untrusted)
    try:
        loaded = load_settings(file)
    except EvalclientError as error:
        in_words(error, str(file))
    else:
        assert loaded.shown_language({}) in ("zh", "en")
        assert "\x00" not in str(loaded.store_folder)
