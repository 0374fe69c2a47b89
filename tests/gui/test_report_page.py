"""A report counts as this log's own only after this client has rendered the same; each one laid before him, anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from evalclient.core.errors import Refused
from evalclient.core.records.envelope import digest
from evalclient.desk.chair import Chair
from evalclient.desk.desk import Desk
from evalclient.desk.reporting import Reporting
from evalclient.ui.pages.office import local
from tests.builders.desks import Desks, desks_at
from tests.gui.member_room import DeskSeat, Sitting

Sit = Callable[..., Sitting]


def reporting(desk: Desk) -> Reporting:
    return Reporting(DeskSeat(desk))  # type: ignore[arg-type]


def rendered(desks: Desks) -> tuple[bytes, bytes]:
    """The leader has laid the true report before the members; it, and one that differs."""
    leader = desks.desk("m1")
    reporting(leader).render()
    desks.share()
    report = leader.evaluation.report
    assert report is not None
    true = leader.log.blob(report.document)
    assert true is not None
    return true, true.replace(b"%%EOF", b"%%EOF\n% other numbers\n", 1)


def lay_before(desks: Desks, document: bytes) -> None:
    Chair(desks.desk("m1")).present_report(document)
    desks.share()


def test_another_report_laid_before_a_member_is_compared_anew(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("report")
    true, false = rendered(desks)
    desks.blobs |= {digest(document): document for document in (true, false)}
    sat = sit(desks, "m2")
    sat.wait(qtbot, lambda: sat.find("sign-report").isEnabled())
    lay_before(desks, false)
    sat.wait(qtbot, lambda: any("与此不同" in text for text in sat.texts()))
    assert not sat.find("sign-report").isEnabled()
    assert "要求组长重新生成" in sat.says("sign-report-hint")
    assert "请要求组长重新生成" in sat.says("next-act")
    assert not any("逐字节一致" in text for text in sat.texts())
    lay_before(desks, true)
    sat.click(qtbot, "sign-report")
    sat.wait(qtbot, lambda: "m2" in sat.live.evaluation.report.signed)  # type: ignore[union-attr]


def test_before_there_is_a_report_its_place_says_so(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("report")
    draft = desks.fork()
    true, _ = rendered(draft)
    desks.blobs[digest(true)] = true
    sat = sit(desks, "m2")
    sat.wait(qtbot, lambda: sat.find("no-report").isVisible())
    assert not sat.find("document-view").isVisible()
    assert not sat.find("render-report").isVisible()
    lay_before(desks, true)
    sat.wait(qtbot, lambda: sat.find("document-view").isVisible())
    assert not sat.find("no-report").isVisible()


def test_the_leader_makes_a_report_that_does_not_agree_anew(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("report")
    true, false = rendered(desks)
    lay_before(desks, false)
    desks.blobs |= {digest(document): document for document in (true, false)}
    leader = desks._desks.pop("m1")
    desks.secrets["m1"] = {name: kept for name in [f"session:{leader.session}"] if (kept := leader.log.secret(name))}
    sat = sit(desks, "m1")
    sat.wait(qtbot, lambda: sat.find("render-report").isVisible())
    sat.wait(qtbot, lambda: "请重新生成" in sat.says("next-act"))
    sat.click(qtbot, "render-report")
    sat.wait(qtbot, lambda: sat.find("sign-report").isEnabled())
    assert not sat.find("render-report").isVisible()


@pytest.mark.parametrize("dissent", ["", "对第二名的评分有不同意见"])
def test_who_has_signed_reads_what_he_signed_and_when(sit: Sit, qtbot: QtBot, dissent: str) -> None:
    desks = desks_at("report")
    true, _ = rendered(desks)
    desks.blobs[digest(true)] = true
    sat = sit(desks, "m2")
    sat.wait(qtbot, lambda: sat.find("sign-report").isEnabled())
    assert not sat.find("own-signature").isVisible()
    if dissent:
        sat.click(qtbot, "dissent")
        sat.type("dissent-reason", dissent)
    sat.click(qtbot, "sign-report")
    sat.wait(qtbot, lambda: sat.find("own-signature").isVisible())
    report = sat.live.evaluation.report
    assert report is not None
    told = f"并附不同意见：{dissent}" if dissent else "未提不同意见。"
    assert sat.says("own-signature") == f"您于 {local(report.signed_at['m2'])} 签署本报告，{told}"


def test_no_client_signs_a_report_that_its_own_log_does_not_give() -> None:
    desks = desks_at("report")
    true, false = rendered(desks)
    lay_before(desks, false)
    member = desks.desk("m2")
    for document in (true, false):
        member.log.put_blob(digest(document), document)
    with pytest.raises(Refused, match="ask the leader to make it anew"):
        reporting(member).sign(digest(false), "对第二名的评分有不同意见")
    with pytest.raises(Refused, match="open it again"):
        reporting(member).sign(digest(true))
    lay_before(desks, true)
    reporting(member).sign(digest(true), "对第二名的评分有不同意见")
    assert member.evaluation.report is not None
    assert member.evaluation.report.signed["m2"].dissent
