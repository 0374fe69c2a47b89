"""A list that comes to light after a visible signature takes nothing from it, even where a later one brings it along."""

from __future__ import annotations

from datetime import timedelta

from evalclient.crypto.pdf import verify_pdf
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.desk.chair import Chair
from evalclient.desk.organiser import Organiser
from tests.archive.checking import checked
from tests.builders.archives import AT, archive_of, pki, signed_at
from tests.builders.revocations import issuer_of, revocation_list


def test_a_list_from_after_a_signature_does_not_undo_it() -> None:
    evening = signed_at("report")
    evening.render()
    for person in evening.members:
        evening.sign(person)
    evening.share()
    leader, second, *others = evening.members
    evening.stamp(leader)
    evening.stamp(second)
    lost = evening.keys[second].certificate
    issuer = issuer_of(next(one for one in pki().authorities if one.intermediate_der in evening.keys[second].chain))
    Organiser(evening.desk("organiser")).list_revocations(
        revocation_list(issuer, AT, revoked={lost: AT - timedelta(hours=1)})
    )
    evening.share()
    for person in others:
        evening.stamp(person)
    Chair(evening.desk(evening.evaluation.leader)).close_stage()
    evening.share()
    report = evening.evaluation.report
    assert report is not None
    last = evening.blobs[report.stamps[-1][1].document]
    evening.end("awarded", "评标完成", last)
    alone = verify_pdf(last, TrustStore(pki().roots))
    assert [one.verdict.reason for one in alone] == ["holds", "revoked", *["holds"] * len(others)]
    assert checked(archive_of(evening), evening).problems == ()
