"""A person whose key brings no chain counts where the tender names the authorities between his certificate and the root."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.crypto.primitives.notes import new_note_key, verifier_key
from evalclient.crypto.records import found, trust_of
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import create
from evalclient.desk.tender_folder import files_of, read_tender_folder
from tests.builders.centre import authorities, key_of
from tests.builders.real_seats import genesis_for
from tests.builders.tender_folders import write_tender_folder

LOG_KEY = verifier_key("centre", new_note_key()).text()


def reason(founding: EvaluationCreated) -> str:
    at = datetime.now(UTC)  # noqa: TID251 - the demonstration authorities of the centre's tests are of today
    return trust_of(founding).validate(key_of("somebody").certificate, (), at).reason


def test_an_intermediate_of_the_tender_stands_in_for_a_chain_that_is_missing(tmp_path: Path) -> None:
    folder = write_tender_folder(tmp_path / "tender", genesis_for(LOG_KEY).documents)
    plain = create(read_tender_folder(folder, SystemClock().now()), key_of("organiser"), LOG_KEY, SystemClock())
    assert b"intermediates" not in plain.record.payload
    assert reason(found(plain.record).founding) == "unknown_authority"

    issuing = authorities().authorities[1].intermediate_der
    (folder / "roots" / "issuing").write_bytes(issuing)
    arrangement = folder / "evaluation.json"
    named = {**json.loads(arrangement.read_bytes()), "intermediates": ["issuing"]}
    arrangement.write_text(json.dumps(named))
    genesis = create(read_tender_folder(folder, SystemClock().now()), key_of("organiser"), LOG_KEY, SystemClock())
    founding = found(genesis.record).founding
    assert founding.between == (issuing,)
    assert reason(founding) == "accepted"
    assert issuing not in founding.roots

    again = files_of(genesis, lambda digest: b"")
    assert json.loads(again["evaluation.json"])["intermediates"] == ["intermediate-0.der"]
    assert again["roots/intermediate-0.der"] == issuing


def test_an_intermediate_that_no_root_issued_vouches_for_nobody() -> None:
    pki = authorities()
    between = (pki.authorities[1].intermediate_der,)
    other = genesis_for(LOG_KEY, more={"intermediates": between, "roots": (pki.roots[0], pki.roots[2])})
    assert reason(found(other.record).founding) == "unknown_authority"
    known = genesis_for(LOG_KEY, more={"intermediates": between})
    assert reason(found(known.record).founding) == "accepted"
