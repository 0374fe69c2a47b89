"""Why a bid is out, in a sentence for screens and the report."""

from __future__ import annotations

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import Rejection
from evalclient.core.records.fields import Bilingual


def rejection_sentence(method: Method, rejection: Rejection) -> Bilingual:
    """The reason of ``rejection``: as the committee wrote it, or as the method document makes it."""
    limits = method.thresholds
    if rejection.code == "above_ceiling" and limits.ceiling_price is not None:
        return Bilingual(
            f"报价高于最高投标限价 {limits.ceiling_price}",
            f"the price is above the ceiling price {limits.ceiling_price}",
        )
    if rejection.code == "below_technical" and limits.minimum_technical is not None:
        return Bilingual(
            f"技术商务得分低于 {limits.minimum_technical} 分",
            f"the score before the price is below {limits.minimum_technical}",
        )
    if rejection.code == "price_limit":
        for limit in method.limits:
            if limit.reason.zh == rejection.reason:
                return limit.reason
    return Bilingual(rejection.reason, rejection.reason)
