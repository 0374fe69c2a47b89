"""What ties an archive to the world: the announced fingerprint, or every authority that record 0 recognises."""

from __future__ import annotations

import io
from functools import lru_cache

from evalclient.archive import verify
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.trust.certificates import common_name
from tests.builders.archives import AT, SignedEvening, archive_of, finished, pki
from tests.builders.desk_people import key_of


@lru_cache
def archive() -> bytes:
    return archive_of(finished())


def test_roots_anchor_it_as_well_and_tell_who_founded_it() -> None:
    report = verify(io.BytesIO(archive()), roots=pki().roots)
    assert report.holds
    who = common_name(finished().keys["organiser"].certificate)
    assert any(f"signed by “{who}”" in line for line in report.lines("en"))
    assert any(f"由“{who}”签署" in line for line in report.lines("zh"))


def test_each_authority_of_record_0_has_to_be_among_the_roots_given() -> None:
    outcomes = [(root, verify(io.BytesIO(archive()), roots=[root])) for root in pki().roots]
    assert not any(outcome.holds for _, outcome in outcomes)
    ((own, outcome),) = [one for one in outcomes if any("is signed by" in line for line in one[1].lines("en"))]
    assert {problem.part for problem in outcome.problems} == {"records/000000"}
    others = [common_name(root) for root in pki().roots if root != own]
    assert [problem.text.en.split("“")[1].split("”")[0] for problem in outcome.problems] == others


class _Forged(SignedEvening):
    """Somebody with one certificate of a trusted authority founds it, and certifies everybody else himself."""

    forger = DemoPki.create("forger", AT)

    def key(self, name: str, place: str) -> Pkcs12Key:
        if place == "organiser":
            return super().key(name, place)
        return Pkcs12Key.open(self.forger.authorities[0].issue(name, place, pin="1").p12, "1")

    def roots(self) -> tuple[bytes, ...]:
        return (*pki().roots, self.forger.roots[0])


def test_roots_do_not_anchor_an_evaluation_that_brings_an_authority_of_its_own() -> None:
    forged = archive_of(_Forged())
    problems = verify(io.BytesIO(forged), roots=pki().roots).problems
    name = common_name(_Forged.forger.roots[0])
    assert [problem.part for problem in problems if name in problem.text.en] == ["records/000000"]


def test_without_an_anchor_it_is_consistent_and_no_more() -> None:
    report = verify(io.BytesIO(archive()))
    (problem,) = report.problems
    assert "not anchored" in problem.text.en
    assert report.exit_code == 1


def test_another_fingerprint_or_foreign_roots_do_not_anchor_it() -> None:
    assert "another evaluation" in verify(io.BytesIO(archive()), "ab" * 32).problems[0].text.en
    stranger = key_of("陌生人", "stranger").certificate
    assert "authority" in verify(io.BytesIO(archive()), roots=[stranger]).problems[0].text.en
