"""Checkpoints and receipts: the published example note, round trips, and everything a hostile centre may send."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.checkpoint import (
    MOST_SIGNATURES,
    Checkpoint,
    CheckpointInvalid,
    Proof,
    VerifierKey,
    origin_of,
    parse_proof,
    parse_verifier_key,
    read_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_receipt,
)
from evalclient.core.merkle import ProofInvalid, Tree, leaf_bytes
from evalclient.core.records.envelope import Record
from evalclient.crypto.primitives.notes import new_note_key, note_signer, verifier_key, verify_note

SECRET = bytes(range(32))
SIGN = note_signer(SECRET)
KEY = verifier_key("centre.example", SECRET)
ORIGIN = origin_of("ab" * 32)
CHECKPOINT = Checkpoint(ORIGIN, 7, bytes(range(32)))
NOTE = sign_checkpoint(CHECKPOINT, KEY, SIGN)
MOMENT = "2026-11-24T01:02:03.004Z"


def test_the_key_of_the_go_note_package() -> None:
    """Key and signature from the documentation of golang.org/x/mod/sumdb/note."""
    key = parse_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    signature = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    assert key.name == "PeterNeumann"
    assert signature[:4] == key.key_id
    assert verify_note(key.public_key, signature[4:], text)
    assert not verify_note(key.public_key, signature[4:], text + b" ")


def test_a_verifier_key_prints_as_it_was_read() -> None:
    assert parse_verifier_key(KEY.text()) == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+" + base64.b64encode(b"\1" + bytes(32)).decode(),
        VerifierKey("name", bytes(31)).text(),
        VerifierKey("na me", bytes(32)).text(),
        KEY.text().replace("+AQ", "+Ag"),
        KEY.text() + "\n",
        KEY.text() + "=",
    ],
)
def test_other_verifier_keys_are_refused(text: str) -> None:
    with pytest.raises(CheckpointInvalid):
        parse_verifier_key(text)


def test_a_checkpoint_round_trip() -> None:
    assert verify_checkpoint(NOTE, ORIGIN, [KEY], verify_note) == CHECKPOINT
    assert read_checkpoint(NOTE) == CHECKPOINT
    assert CHECKPOINT.text() == f"{ORIGIN}\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert CHECKPOINT.seen().size == 7


def test_signatures_of_strangers_are_ignored() -> None:
    other = new_note_key()
    stranger = verifier_key("witness.example", other)
    line = sign_checkpoint(CHECKPOINT, stranger, note_signer(other)).rpartition("\n\n")[2]
    assert verify_checkpoint(NOTE + line, ORIGIN, [KEY], verify_note) == CHECKPOINT
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(CHECKPOINT.text() + "\n" + line, ORIGIN, [KEY], verify_note)


def test_a_stranger_under_the_logs_name_is_a_stranger() -> None:
    other = new_note_key()
    imposter = verifier_key(KEY.name, other)
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(sign_checkpoint(CHECKPOINT, imposter, note_signer(other)), ORIGIN, [KEY], verify_note)


def test_a_known_key_with_a_wrong_signature_rejects_the_note() -> None:
    wrong = (
        CHECKPOINT.text() + "\n" + sign_checkpoint(Checkpoint(ORIGIN, 8, bytes(32)), KEY, SIGN).rpartition("\n\n")[2]
    )
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(wrong, ORIGIN, [KEY], verify_note)


def test_a_checkpoint_of_another_evaluation_is_refused() -> None:
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(NOTE, origin_of("cd" * 32), [KEY], verify_note)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        f"{ORIGIN}\n-7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        f"{ORIGIN}\n٧\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        f"{ORIGIN}\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        f"{ORIGIN}\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n",
        f"{ORIGIN}\n7\n\n",
        f"{ORIGIN}\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nextension\n",
        f"\n{ORIGIN}\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_other_checkpoint_texts_are_refused_though_signed(text: str) -> None:
    note = f"{text}\n— {KEY.name} {base64.b64encode(KEY.key_id + SIGN(text.encode())).decode()}\n"
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(note, ORIGIN, [KEY], verify_note)


@pytest.mark.parametrize(
    "note",
    ["", "\n\n", NOTE[:-1], NOTE.replace("—", "-"), NOTE.replace("\n\n", "\n"), NOTE + "\n", NOTE.replace("7", "\t7"),
     NOTE + NOTE.rpartition("\n\n")[2] * MOST_SIGNATURES, NOTE.replace("centre.example ", "centre.example  "),
     CHECKPOINT.text() + f"\n— {KEY.name} {base64.b64encode(KEY.key_id).decode()}\n"],
)  # fmt: skip
def test_other_notes_are_refused(note: str) -> None:
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(note, ORIGIN, [KEY], verify_note)


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for parse in (parse_verifier_key, parse_proof):
        with pytest.raises(CheckpointInvalid):
            parse(text)
    with pytest.raises(CheckpointInvalid):
        verify_checkpoint(text, ORIGIN, [KEY], verify_note)


def receipt(records: list[Record], index: int, extra: bytes = MOMENT.encode()) -> str:
    tree = Tree()
    for record in records:
        tree.append(leaf_bytes(MOMENT, record))
    note = sign_checkpoint(Checkpoint(ORIGIN, len(tree), tree.root()), KEY, SIGN)
    return Proof(index, tree.inclusion_proof(index), extra, note).text()


RECORDS = [Record(f"payload {number}".encode(), b"signature") for number in range(5)]


@pytest.mark.parametrize("index", range(5))
def test_a_receipt_proves_its_record(index: int) -> None:
    text = receipt(RECORDS, index)
    proved = verify_receipt(text, RECORDS[index], ORIGIN, [KEY], verify_note)
    assert (proved.index, proved.received, proved.checkpoint.size) == (index, MOMENT, 5)
    assert parse_proof(text).text() == text
    with pytest.raises(ProofInvalid):
        verify_receipt(text, RECORDS[index - 1], ORIGIN, [KEY], verify_note)


def test_a_receipt_without_extra_data_prints_without_that_line() -> None:
    text = receipt(RECORDS, 0, b"")
    assert "extra" not in text
    assert parse_proof(text).extra == b""


def test_the_first_receipt_has_no_hashes() -> None:
    text = receipt(RECORDS[:1], 0)
    assert parse_proof(text).hashes == ()
    assert verify_receipt(text, RECORDS[0], ORIGIN, [KEY], verify_note).index == 0


@pytest.mark.parametrize(
    ("extra", "error"),
    [(b"2026-11-24T01:02:03.005Z", ProofInvalid), (b"", CheckpointInvalid), (b"\xff", CheckpointInvalid),
     (MOMENT.encode() + b"\n", CheckpointInvalid)],
)  # fmt: skip
def test_another_time_of_receipt_is_refused(extra: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        verify_receipt(receipt(RECORDS, 2, extra), RECORDS[2], ORIGIN, [KEY], verify_note)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [("index 2", "index 3", ProofInvalid), ("index 2", "index 02", CheckpointInvalid),
     ("index 2\n", "", CheckpointInvalid), ("@v1", "@v2", CheckpointInvalid), ("\n\n", "\n", CheckpointInvalid),
     ("index 2\n", f"index 2\n{'A' * 43}=\n", ProofInvalid)],
)  # fmt: skip
def test_an_altered_receipt_is_refused(old: str, new: str, error: type[Exception]) -> None:
    text = receipt(RECORDS, 2)
    assert old in text
    with pytest.raises(error):
        verify_receipt(text.replace(old, new, 1), RECORDS[2], ORIGIN, [KEY], verify_note)
