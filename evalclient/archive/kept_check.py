"""What somebody kept of the log himself, receipts and checkpoints (回执、检查点), against the log in an archive.

Where the centre showed two people two logs and neither's records reached the other's, this alone tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalclient.archive.findings import Finding, bad, good
from evalclient.archive.log_check import tree_of
from evalclient.core.checkpoint import (
    PROOF_LINE,
    Checkpoint,
    VerifierKey,
    origin_of,
    parse_proof,
    parse_verifier_key,
    verify_checkpoint,
    verify_receipt,
)
from evalclient.core.counting import counted
from evalclient.core.errors import EvalclientError
from evalclient.core.merkle import Tree
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.crypto.primitives.notes import verify_note


def check_kept(
    untrusted_kept: Mapping[str, bytes], entries: Sequence[LogEntry], founding: EvaluationCreated, fingerprint: str
) -> tuple[Finding, ...]:
    """One finding for each text (by the name of its file): a ``tlog-proof`` or a signed checkpoint."""
    if not untrusted_kept:
        return ()
    try:
        key = parse_verifier_key(founding.log_key)
    except EvalclientError as error:
        return (bad("records/000000", error.zh, error.en),)
    tree = tree_of(entries, founding.hash)
    origin = origin_of(fingerprint)
    return tuple(_check(name, text, entries, tree, origin, key) for name, text in untrusted_kept.items())


def _check(
    name: str, untrusted: bytes, entries: Sequence[LogEntry], tree: Tree, origin: str, key: VerifierKey
) -> Finding:
    text = untrusted.decode("utf-8", "replace")
    is_receipt = text.startswith(f"{PROOF_LINE}\n")
    try:
        note = parse_proof(text).signed_checkpoint if is_receipt else text
        checkpoint = verify_checkpoint(note, origin, [key], verify_note)
    except EvalclientError as error:
        zh = f"不是本项目评标中心签名的回执或检查点：{error.zh}"
        return bad(name, zh, f"is no receipt or checkpoint that this evaluation's centre signed: {error.en}")
    differs = _differs(name, checkpoint, tree)
    if differs is not None:
        return differs
    if not is_receipt:
        size = checkpoint.size
        return good(
            name,
            f"检查点（{size} 条）与本日志一致。",
            f"the checkpoint of {counted(size, 'record')} is one of this log.",
        )
    index = parse_proof(text).index
    try:
        receipt = verify_receipt(text, entries[index].record, origin, [key], verify_note, tree.algorithm)
    except (EvalclientError, IndexError):
        zh = f"所证明的第 {index} 条记录与本日志的不同，回执或有改动。"
        return bad(name, zh, f"is not for record {index} of this log; was the receipt changed?")
    if receipt.received != entries[index].received:
        zh = f"第 {index} 条记录的收到时间与本日志不同。"
        return bad(name, zh, f"gives record {index} another time of receipt than this log.")
    zh = f"回执与本日志一致：第 {index} 条记录，{receipt.received} 收到。"
    return good(name, zh, f"the receipt is of this log: record {index}, received {receipt.received}.")


def _differs(name: str, checkpoint: Checkpoint, tree: Tree) -> Finding | None:
    size = checkpoint.size
    if size > len(tree):
        zh = f"由 {size} 条记录的日志出具，档案只有 {len(tree)} 条，无法比较：请用更晚导出的档案核验。"
        en = f"is of a log of {counted(size, 'record')}, the archive has {len(tree)}: check it against an archive made later."
        return bad(name, zh, en)
    if tree.root(size) != checkpoint.root:
        zh = f"评标中心对前 {size} 条记录签过另一份日志：中心出示过两份不同的日志，请保存此文件并报告监督部门。"
        en = (
            f"the centre signed another log of {counted(size, 'record')}: it has shown two. Keep this file and report it to the"
            " supervising authority."
        )
        return bad(name, zh, en)
    return None
