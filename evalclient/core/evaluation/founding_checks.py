"""Whether record 0 and the documents it pins agree, so that an evaluation which could never be finished is not founded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.parts import Method
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.fields import Bilingual
from evalclient.core.rules import RulesInForce
from evalclient.core.tender import Tender

LEAST_KEEPERS: Final = 2


def check_founding(founding: EvaluationCreated, tender: Tender, method: Method, rules: RulesInForce) -> None:
    """Raise DocumentMalformed naming the first contradiction between record 0 and its documents."""
    for problem in contradictions(founding, tender, method, rules):
        raise DocumentMalformed(
            f"{problem.zh}，请组织方改正后重新创建项目。",
            f"{problem.en}; the organiser must correct it and found the evaluation again.",
        )


def _not_built(tender: Tender, method: Method) -> Iterator[Bilingual]:
    """What this version has no record for, so that the evaluation would come to a stand in the middle."""
    if method.aggregation.void_widest_from is not None and method.aggregation.lot is None:
        yield Bilingual(
            "评标办法规定剔除差距最大的评委，但未规定差距相同时的抽签（aggregation.lot）",
            "The method leaves out the member with the widest spread, but names no lot among equals (aggregation.lot)",
        )
    if tender.sealed_price:
        yield Bilingual(
            "招标项目要求技术、报价分开开启（双信封），本版本尚不支持",
            "The tender asks for two envelopes, which this version cannot open one after the other yet",
        )


def contradictions(
    founding: EvaluationCreated, tender: Tender, method: Method, rules: RulesInForce
) -> Iterator[Bilingual]:
    """Each thing that does not go together, without a full stop."""
    if {tender.trade, method.trade, rules.trade} != {founding.trade}:
        yield Bilingual(
            "招标项目、评标办法、规则包与首条记录的交易类别不一致",
            "Tender, method, rules and record 0 name different trades",
        )
    if tender.deadline != founding.deadline:
        yield Bilingual("投标截止时间与招标项目文件不一致", "The deadline is not the tender document's")
    yield from _offices(founding)
    if not founding.sites or len({site.id for site in founding.sites}) != len(founding.sites):
        yield Bilingual("没有场地或者场地编号重复", "There is no site, or two sites have the same id")
    if method.draws and not founding.recovery_custodians:
        yield Bilingual(
            "评标办法含现场抽取，但未设恢复密钥保管方：任何一方不公开份额即可使抽取落空",
            "The method draws lots and there are no recovery custodians: whoever keeps his share back would stop the draw",
        )
    yield from _not_built(tender, method)
    rule, asked = rules.composition, tender.committee
    least = rule.size_rule(tender)
    if asked.size < least.minimum:
        yield Bilingual(
            f"招标项目要求的评标委员会人数不足 {least.minimum} 人：{least.text.zh}",
            f"The committee that the tender asks for has fewer than {least.minimum} members: {least.text.en}",
        )
    if (rule.odd and asked.size % 2 == 0) or asked.representatives * rule.representatives_one_in > asked.size:
        yield Bilingual(
            f"招标项目要求的评标委员会不合规定：{rule.text.zh}",
            f"The committee that the tender asks for is not lawful: {rule.text.en}",
        )


def _offices(founding: EvaluationCreated) -> Iterator[Bilingual]:
    """Organiser, supervisor and keepers of keys are different holders, and no keeper opens anything alone."""
    keepers = dict.fromkeys((*founding.custodians, *founding.recovery_custodians))
    offices = (founding.organiser, founding.supervisor, *keepers)
    if len({party.person for party in offices}) != len(offices):
        yield Bilingual("组织方、监督方与各密钥保管方的编号有重复", "Two offices of record 0 have the same id")
    if len({party.certificate for party in offices}) != len(offices):
        yield Bilingual(
            "组织方、监督方与各密钥保管方不得为同一证书",
            "Organiser, supervisor or custodians hold the same certificate",
        )
    if len({keeper.encryption_certificate for keeper in keepers}) != len({keeper.certificate for keeper in keepers}):
        yield Bilingual(
            "不同的密钥保管方不得使用同一加密证书",
            "Two custodians have the same encryption certificate",
        )
    if founding.threshold < LEAST_KEEPERS or (
        founding.recovery_custodians and founding.recovery_threshold < LEAST_KEEPERS
    ):
        yield Bilingual(
            f"密钥门限应不少于 {LEAST_KEEPERS}，任何一方不得单独解密",
            f"Fewer than {LEAST_KEEPERS} custodians would do: nobody opens a bid or a sealed body alone",
        )
    if founding.threshold > len(set(founding.custodians)):
        yield Bilingual("开标密钥门限大于保管方数目", "More opening custodians are needed than there are")
    if founding.recovery_custodians and founding.recovery_threshold > len(set(founding.recovery_custodians)):
        yield Bilingual("恢复密钥门限大于保管方数目", "More recovery custodians are needed than there are")
