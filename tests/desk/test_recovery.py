"""A member falls silent after sealing: real keys, real shares, and the evening goes on."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from evalclient.core.evaluation.views import scores, seal_by
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_recovery import RecoveryReleased
from evalclient.crypto.cms import envelop
from evalclient.crypto.records import RecordRefused
from evalclient.desk.organiser import Organiser
from evalclient.desk.outsiders import ShareHolder
from tests.builders.desks import Desks, desks_at


@pytest.fixture
def silent() -> tuple[Desks, str]:
    """m4 has sealed first and gone; the others have sealed and opened. The evening and m4's seal."""
    desks = desks_at("scoring").fork()
    desks.seal_sheets("m4")
    desks._desks.pop("m4")  # his machine is gone, and with it the key
    desks.seal_sheets("m1", "m2", "m3", "m5")
    seal = seal_by(desks.evaluation, "m4", "sheet.sealed")
    assert seal is not None
    assert not seal.opened
    desks.clock.moment += datetime.timedelta(minutes=11)
    return desks, seal.record


def test_custodians_bring_back_a_silent_members_sheet(silent: tuple[Desks, str]) -> None:
    desks, seal = silent
    assert ShareHolder(desks.desk("recovery-1")).recovery_owed() == ()
    Organiser(desks.desk("organiser")).request_recovery(seal, "评委终端损坏")
    desks.share()
    for keeper in ("recovery-1", "recovery-2"):
        assert "m4" not in scores(desks.evaluation)
        holder = ShareHolder(desks.desk(keeper))
        assert holder.recovery_owed() == (seal,)
        assert holder.owed() == ()
        holder.release_recovery(seal)
        assert holder.recovery_owed() == ()
        desks.share()
    assert set(scores(desks.evaluation)) == {"m1", "m2", "m3", "m4", "m5"}
    desks.close()
    assert desks.evaluation.stage == "settlement"
    assert not [entry for entry in desks.evaluation.without_effect if entry.kind.startswith(("seal", "recovery"))]


def test_a_custodian_who_hands_out_garbage_opens_nothing(silent: tuple[Desks, str]) -> None:
    desks, seal = silent
    Organiser(desks.desk("organiser")).request_recovery(seal, "评委终端损坏")
    desks.share()
    ShareHolder(desks.desk("recovery-1")).release_recovery(seal)
    session = desks.evaluation.roster.session_of("organiser")
    assert session is not None
    false = RecoveryReleased(seal=seal, share=envelop(b"\x02" + b"0" * 32, [session.encryption_key]))
    desks.desk("recovery-2").do(false)
    desks.share()
    assert "m4" not in scores(desks.evaluation)
    assert not desks.evaluation.seals[seal].opened


def test_a_false_key_by_the_organiser_is_no_record(silent: tuple[Desks, str]) -> None:
    """By its author a false key would make the sheet count as not submitted; by another it must do nothing."""
    desks, seal = silent
    Organiser(desks.desk("organiser")).request_recovery(seal, "评委终端损坏")
    desks.share()
    for keeper in ("recovery-1", "recovery-2"):
        desks.desk(keeper).do(RecoveryReleased(seal=seal, share=b"nothing"))
    desks.share()
    organiser = desks.desk("organiser")
    with pytest.raises(RecordRefused, match="opens no sealed body"):
        organiser.do(SealOpened(seal=seal, key=b"0" * 32))
    assert replace(desks.evaluation.seals[seal], opened=False) == desks.evaluation.seals[seal]
