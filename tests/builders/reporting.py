"""Reports of evenings for tests: content and names as a client would gather them."""

from __future__ import annotations

from typing import Final

from evalclient.core.evaluation.fold import found_evaluation
from evalclient.core.records.acts_ending import Ending
from evalclient.core.report.compose import report_content
from evalclient.core.report.content import Facts, Paragraph, ReportContent, Section
from evalclient.core.report.history import events_of_records
from evalclient.core.workflow.gates import replay
from tests.builders.evening import Evening, evening_at

NAMES: Final = {
    "m1": "张文远",
    "m2": "李晓梅",
    "m3": "欧阳建国",
    "m4": "王强",
    "m5": "赵敏",
    "m6": "孙立",
    "organiser": "云南诚信招标代理有限公司",
    "supervisor": "周监督",
}
ROOT: Final = "5a" * 32


def content_of(
    evening: Evening, *, size: int | None = None, ending: Ending = "awarded", ground: str = ""
) -> ReportContent:
    """The report on the first ``size`` records of ``evening`` (all of them by default)."""
    records = evening.records[:size]
    evaluation = replay(found_evaluation(records[0], evening.documents), records[1:])
    return report_content(evaluation, events_of_records(records), NAMES, ROOT, ending=ending, ground=ground)


def busy_evening() -> Evening:
    """A construction evening at its report in which much happened.

    A member is replaced, one differs in the preliminary review, an objective item differs and is corrected, one score
    is far off and maintained, the committee goes back to scoring once, and a record comes too late.
    """
    evening = evening_at("preliminary")
    first, second, sixth = evening.bidders[0], evening.bidders[1], evening.bidders[5]
    evening.replace("m5", "m6").check_in().pledge().step().release()
    usual = {sixth: "seal"}
    evening.review({**usual, second: "period"}, people=["m2"], close=False)
    evening.review()
    evening.until("settlement").roll_back("scoring", "评分标准理解不一致")
    low = {("m3", first, item): "1" for item in ("plan", "quality", "service")}
    evening.score({**low, ("m4", first, "record"): "5"})
    evening.settle().confirm_price().sum_up()
    return evening.recheck().recommend()


def text_of(content: ReportContent, language: str = "zh") -> str:
    """Everything the report says, one cell or paragraph per line."""
    return "\n".join(line for section in content.sections for line in section_lines(section, language))


def section_lines(section: Section, language: str = "zh") -> list[str]:
    """The lines of one section."""
    lines = [section.heading.text(language)]
    for block in section.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text.text(language))
        elif isinstance(block, Facts):
            lines += [f"{name.text(language)}: {value.text(language)}" for name, value in block.pairs]
        else:
            lines.append(" | ".join(entry.heading.text(language) for entry in block.columns))
            lines += [" | ".join(cell.text(language) for cell in row) for row in block.rows]
    return lines
