"""Gates of time stamps: one over the report that it ended with, one over the log to its end.

That a token is right (signature, authority, what it covers) is checked by ``crypto.records``, which says so as a doubt.
"""

from __future__ import annotations

from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.records.acts_ending import LogTimestamped, ReportTimestamped


def stamp_report(evaluation: Evaluation, act: ReportTimestamped, author: Author) -> Verdict:
    """By organiser or leader, of the report that the evaluation ended with, once."""
    article = evaluation.rules.article("report.timestamped")
    if evaluation.ending is None or act.document != evaluation.ending.document:
        return no(
            "时间戳只盖在评标结束时的最终报告上。",
            "A time stamp goes on the report that the evaluation ended with.",
            article,
        )
    if evaluation.report_stamp is not None:
        return no("最终报告已有时间戳。", "The final report has a time stamp.", article)
    return _right(evaluation, author, article)


def stamp_log(evaluation: Evaluation, act: LogTimestamped, author: Author) -> Verdict:
    """By organiser or leader, of a state of the log that holds the record of the end, once."""
    article = evaluation.rules.article("log.timestamped")
    if evaluation.ending is None or not evaluation.ended_size <= act.size <= evaluation.size:
        return no(
            "时间戳须覆盖评标日志直至结束记录。",
            "The time stamp must cover the log up to the record of the end.",
            article,
        )
    if evaluation.log_stamp is not None:
        return no("评标日志已有时间戳。", "The log has a time stamp.", article)
    return _right(evaluation, author, article)


def _right(evaluation: Evaluation, author: Author, article: str) -> Verdict:
    if author.person not in (evaluation.leader, evaluation.founding.organiser.person):
        return no("时间戳由组织方或者组长取得。", "Organiser or leader get the time stamp.", article)
    return YES if author.doubt is None else Verdict(author.doubt, article)
