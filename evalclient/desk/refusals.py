"""What a desk answers where the state of its session keeps it from acting."""

from __future__ import annotations

from evalclient.core.errors import Refused
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.verdict import Verdict, no


def always_overtaken(evaluation: Evaluation) -> Refused:
    """While the certificate signed, the session's next number was taken again and again."""
    return Refused(
        "签名期间本席位不断有新的记录，未能完成，请停止其他操作后再签一次。",
        "Other records kept coming from this seat while it was being signed; let the rest be and sign once more.",
        evaluation.rules.article("signature"),
    )


def superseded(evaluation: Evaluation) -> Verdict:
    """The person has signed in at another seat since."""
    return no(
        "您已在另一席位登录，本席位不能再办理事项；请到新席位继续，或在此重新登录。",
        "You have signed in at another seat, nothing more can be done here; go on there, or sign in here again.",
        evaluation.rules.article("session.opened"),
    )


def not_signed_in(evaluation: Evaluation) -> Refused:
    """Nobody has signed in at this desk."""
    return Refused(
        "尚未登录席位，请先用证书登录。",
        "Nobody has signed in at this seat; sign in with a certificate first.",
        evaluation.rules.article("session.opened"),
    )
