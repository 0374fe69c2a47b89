"""Taking part in a draw: a random share, sealed; the chores publish it once all parties have sealed."""

from __future__ import annotations

from evalclient.core.errors import Refused
from evalclient.core.evaluation.drawing import KIND, draw_due
from evalclient.core.records.acts_draw import DrawSealed
from evalclient.crypto.sealing import seal_share
from evalclient.desk.desk import Desk


def take_part(desk: Desk) -> str:
    """Seal this party's share of the draw that is due; the id of the record. Refused where nothing is drawn now."""
    founding = desk.evaluation.founding
    when = draw_due(desk.evaluation)
    if when is None:
        raise Refused(
            "目前没有需要参与的抽取。", "There is no draw to take part in now.", desk.evaluation.rules.article(KIND)
        )
    share = seal_share(
        algorithm=founding.hash,
        suite=founding.suite,
        draft_key=desk.keys.draft_key,
        recovery={party.person: party.encryption_certificate for party in founding.recovery_custodians},
        threshold=founding.recovery_threshold,
    )
    return desk.do(DrawSealed(when=when, share=share))
