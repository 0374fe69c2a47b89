"""How firmly the result stands, in the archive: worked out again by whoever verifies, and absent before the signatures."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.archive.layout import README, ROBUSTNESS, SUMMARY
from evalclient.archive.readme import readme
from evalclient.core.errors import Refused
from evalclient.core.evaluation.results import result_digest
from evalclient.core.evaluation.views import active_members
from evalclient.core.method.robustness.analysis import Robustness, robustness, robustness_bytes
from evalclient.core.records.envelope import digest
from evalclient.desk.supervisor import Supervisor
from tests.archive.checking import archive, checked
from tests.builders.archives import archive_of, finished, parts_of, signed_at, tampered


def test_the_archive_holds_what_the_supervisor_sees_and_its_digest() -> None:
    parts = parts_of(archive())
    method, entries = Supervisor(finished().fork().desk("supervisor")).robustness_basis()
    assert parts[ROBUSTNESS] == robustness_bytes(robustness(method, entries))
    assert msgspec.json.decode(parts[SUMMARY])["robustness"] == digest(parts[ROBUSTNESS])


def test_it_is_about_the_result_that_was_signed() -> None:
    evaluation = finished().fork().desk("supervisor").logged
    found = msgspec.json.decode(parts_of(archive())[ROBUSTNESS], type=Robustness)
    assert found.result == result_digest(evaluation)
    assert evaluation.candidates == tuple(bidder for place in found.candidates for bidder in place.bidders)
    assert [line.member for line in found.members] == [member.person for member in active_members(evaluation)]


def test_verification_works_it_out_again() -> None:
    report = checked(archive())
    assert any(finding.part == ROBUSTNESS and finding.holds for finding in report.findings)


def test_a_changed_or_missing_analysis_is_found_by_its_name() -> None:
    told = parts_of(archive())[ROBUSTNESS]
    for changed in (told.replace(b'"pivotal":false', b'"pivotal":true', 1), None):
        report = checked(tampered(archive(), {ROBUSTNESS: changed}))
        assert not report.holds
        assert [finding.part for finding in report.problems] == [ROBUSTNESS]


def test_an_archive_of_an_earlier_version_holds_without_it() -> None:
    evaluation = finished().fork().desk("organiser").logged
    summary = msgspec.json.decode(parts_of(archive())[SUMMARY])
    del summary["robustness"]
    earlier = {
        ROBUSTNESS: None,
        SUMMARY: msgspec.json.format(msgspec.json.encode(summary), indent=1),
        README: readme(evaluation.fingerprint, summary["records"], evaluation.founding, robustness=False),
    }
    report = checked(tampered(archive(), earlier))
    assert report.problems == ()
    assert ROBUSTNESS not in [finding.part for finding in report.findings]


def test_an_archive_made_before_the_signatures_has_none_and_may_not_claim_one() -> None:
    evening = signed_at("report")
    evening.render()
    early = archive_of(evening)
    assert ROBUSTNESS not in parts_of(early)
    assert b"robustness" not in parts_of(early)[SUMMARY]
    added = tampered(early, {ROBUSTNESS: parts_of(archive())[ROBUSTNESS]})
    assert ROBUSTNESS in [finding.part for finding in checked(added, evening).problems]


@pytest.mark.parametrize("person", ["m1", "organiser", "supervisor"])
def test_no_desk_gives_it_out_before_the_signatures(person: str) -> None:
    evening = signed_at("report")
    evening.render()
    with pytest.raises(Refused) as refused:
        Supervisor(evening.desk(person)).robustness_basis()
    assert refused.value.article == "招标投标法 第四十四条"


@pytest.mark.parametrize("person", ["m1", "organiser"])
def test_members_and_organiser_are_refused_afterwards_too(person: str) -> None:
    with pytest.raises(Refused):
        Supervisor(finished().fork().desk(person)).robustness_basis()
