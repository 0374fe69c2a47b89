"""The stages of an evaluation in words (评标环节)."""

from __future__ import annotations

from typing import Final

from evalclient.core.records.act import Role, Stage
from evalclient.core.records.fields import Bilingual

STAGE_TITLES: Final[dict[Stage, Bilingual]] = {
    "opening": Bilingual("开标", "Opening"),
    "ready": Bilingual("场地就绪", "Sites ready"),
    "checkin": Bilingual("签到核验", "Check-in"),
    "pledge": Bilingual("承诺回避", "Pledge and recusal"),
    "leader": Bilingual("推选组长", "Leader"),
    "release": Bilingual("文件开放", "Release"),
    "preliminary": Bilingual("初步评审", "Preliminary review"),
    "scoring": Bilingual("详细评分", "Scoring"),
    "settlement": Bilingual("客观分核对", "Settlement"),
    "price": Bilingual("报价评审", "Price"),
    "summary": Bilingual("汇总", "Summary"),
    "recheck": Bilingual("复核", "Re-check"),
    "candidates": Bilingual("推荐候选人", "Candidates"),
    "report": Bilingual("评标报告", "Report"),
    "archive": Bilingual("归档", "Archive"),
    "ended": Bilingual("已结束", "Ended"),
}

ROLE_TITLES: Final[dict[Role, Bilingual]] = {
    "organiser": Bilingual("招标代理（组织方）", "the organiser"),
    "supervisor": Bilingual("行政监督", "the supervisor"),
    "custodian": Bilingual("开标密钥保管方", "a custodian"),
    "administrator": Bilingual("场地管理员", "a site's administrator"),
    "member": Bilingual("评标委员会成员", "a member of the committee"),
    "bidder": Bilingual("投标人", "a bidder"),
}
