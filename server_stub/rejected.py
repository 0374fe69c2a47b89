"""What the centre answers when it will not do what was asked."""

from __future__ import annotations

from evalclient.core.errors import EvalclientError


class Rejected(EvalclientError):
    """An answer of ``status`` 400 and above, with a sentence in both languages."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.status = status


def not_found() -> Rejected:
    """There is no such evaluation."""
    return Rejected(
        404, "本中心没有这个评标项目，请核对项目指纹。", "The centre has no such evaluation; check the fingerprint."
    )


def malformed() -> Rejected:
    """The message is not what the protocol says."""
    return Rejected(400, "请求不合格式，请升级客户端。", "The request does not follow the protocol; update the client.")


def login_needed() -> Rejected:
    """No token, or one that has ended."""
    return Rejected(401, "登录已失效，请重新登录席位。", "The login has ended; sign in at your seat again.")


def feed_too_early() -> Rejected:
    """Nobody learns from the log who bids while bids still come in (招标投标法 第二十二条)."""
    return Rejected(
        425,
        "投标截止前不向投标人和密钥保管方提供评标日志，截止后自动提供。",
        "Until the deadline bidders and custodians do not read the log; afterwards it comes by itself.",
    )


def packages_too_early() -> Rejected:
    """Nobody but its bidder is handed a bid while bids still come in (招标投标法实施条例 第四十一条)."""
    return Rejected(
        403,
        "投标截止前不向任何人提供已递交的投标文件。",
        "Until the deadline nobody is handed a bid that came in.",
    )


def feed_ends_for_bidders() -> Rejected:
    """What follows the opening is the committee's work (招标投标法 第三十八条)."""
    return Rejected(
        425,
        "开标之后的评标过程不向投标人公开，结果以公告为准。",
        "Bidders do not read the log beyond the opening; the result will be published.",
    )


def too_large() -> Rejected:
    """More bytes than the centre takes."""
    return Rejected(
        413, "内容超过允许的大小，请联系组织方。", "This is larger than the centre takes; ask the organiser."
    )
