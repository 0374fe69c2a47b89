"""The log in an archive: records and times put together, the Merkle root against the signed checkpoint, receipts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evalclient.archive import layout
from evalclient.archive.findings import Finding, bad, good
from evalclient.archive.people import called
from evalclient.core.checkpoint import (
    Checkpoint,
    VerifierKey,
    origin_of,
    parse_verifier_key,
    verify_checkpoint,
    verify_receipt,
)
from evalclient.core.errors import EvalclientError
from evalclient.core.merkle import Tree, leaf_bytes, leaf_hash
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.catalogue import vouched_states
from evalclient.core.records.envelope import HashName, Record, decode_payload
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import Roster
from evalclient.crypto.primitives.notes import verify_note

_LINE: Final = re.compile(
    r"([0-9]{6}) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z) ([0-9a-f]{64}) ([0-9a-f]{64}) "
    r"([a-z]+\.[a-z]+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class LogRead:
    """The entries that could be put together, from index 0 on, and the leaf hashes that log.txt lists for them."""

    entries: tuple[LogEntry, ...]
    listed: tuple[bytes, ...]
    findings: tuple[Finding, ...]


def read_log(files: Mapping[str, bytes], damaged: Sequence[str]) -> LogRead:
    """Put records and times of receipt together; what is missing or malformed is a finding, and ends the log there."""
    entries: list[LogEntry] = []
    listed: list[bytes] = []
    findings: list[Finding] = []
    for number, line in enumerate(files.get(layout.LOG, b"").decode("utf-8", "replace").splitlines()):
        match = _LINE.fullmatch(line)
        if match is None or int(match[1]) != number:
            findings.append(bad(layout.LOG, f"第 {number + 1} 行不合格式。", f"line {number + 1} is malformed."))
            break
        parts = [layout.payload_part(number), layout.signature_part(number)]
        missing = [part for part in parts if part not in files]
        if missing:
            findings += [bad(part, "缺失。", "is missing.") for part in missing if part not in damaged]
            break
        record = Record(files[parts[0]], files[parts[1]])
        entries.append(LogEntry(number, match[2], record))
        listed.append(bytes.fromhex(match[3]))
    return LogRead(tuple(entries), tuple(listed), tuple(findings))


def check_log(
    log: LogRead, files: Mapping[str, bytes], founding: EvaluationCreated, fingerprint: str
) -> tuple[Finding, ...]:
    """The root over the records against the checkpoint that record 0's log key signed; names each leaf that differs."""
    if layout.CHECKPOINT not in files:
        return (bad(layout.CHECKPOINT, "缺失。", "is missing."), *_differing(log, founding.hash))
    try:
        key = parse_verifier_key(founding.log_key)
        text = files[layout.CHECKPOINT].decode("utf-8", "replace")
        checkpoint = verify_checkpoint(text, origin_of(fingerprint), [key], verify_note)
    except EvalclientError as error:
        return (bad(layout.CHECKPOINT, error.zh, error.en), *_differing(log, founding.hash))
    tree = tree_of(log.entries, founding.hash)
    if checkpoint.size == len(tree) and checkpoint.root == tree.root():
        text_zh = f"日志：{len(tree)} 条记录的树根与评标中心签名的检查点一致。"
        holds = good("", text_zh, f"Log: the root over {len(tree)} records is the one that the centre signed.")
        return (holds, *_differing(log, founding.hash), *_receipts(log.entries, files, key, tree, fingerprint))
    return (*_differing(log, founding.hash), _root_differs(log, checkpoint, founding.hash))


def check_views(entries: Sequence[LogEntry], algorithm: HashName, roster: Roster) -> tuple[Finding, ...]:
    """What every author had verified, or co-signed, must be a state of this log: nobody was shown another one."""
    tree = tree_of(entries, algorithm)
    findings = []
    for entry in entries:
        payload = decode_payload(entry.record.payload)
        states = vouched_states(payload)
        if any(state.size > entry.index or tree.root(state.size).hex() != state.root for state in states):
            part = layout.payload_part(entry.index)
            who = called(roster, payload.author)
            zh = f"{who.zh}当时看到或签署的日志与本日志不一致，评标中心可能出示过另一份日志。"
            en = f"{who.en} had seen or co-signed another log: the centre may have shown two."
            findings.append(bad(part, zh, en))
    if findings:
        return tuple(findings)
    return (
        good(
            "",
            "日志：每条记录的作者所见、所签的检查点均为本日志的一部分。",
            "Log: what every author had seen or co-signed is a part of this log.",
        ),
    )


def tree_of(entries: Sequence[LogEntry], algorithm: HashName) -> Tree:
    """The Merkle tree over the entries."""
    return Tree(algorithm, (leaf_hash(leaf_bytes(entry.received, entry.record), algorithm) for entry in entries))


def _differing(log: LogRead, algorithm: HashName) -> list[Finding]:
    """Records or times that are not those of the leaf listed for them."""
    findings = []
    for entry, listed in zip(log.entries, log.listed, strict=True):
        if leaf_hash(leaf_bytes(entry.received, entry.record), algorithm) != listed:
            part = f"{layout.payload_part(entry.index)} / .sig / {layout.LOG}"
            zh = f"第 {entry.index} 条记录的内容、签名或收到时间与日志所列叶哈希不符，其中有一处被改动。"
            en = f"record {entry.index}: payload, signature or time of receipt is not that of the leaf in the log."
            findings.append(bad(part, zh, en))
    return findings


def _root_differs(log: LogRead, checkpoint: Checkpoint, algorithm: HashName) -> Finding:
    if checkpoint.size != len(log.entries):
        return bad(
            layout.LOG,
            f"档案有 {len(log.entries)} 条记录，检查点为 {checkpoint.size} 条。",
            f"the archive has {len(log.entries)} records, the checkpoint {checkpoint.size}.",
        )
    if Tree(algorithm, log.listed).root() == checkpoint.root:
        zh = "日志所列叶哈希与检查点一致，上列记录被改动。"
        return bad("records/", zh, "the leaves listed fit the checkpoint: the records named above were changed.")
    return bad(
        layout.CHECKPOINT,
        "日志的树根与评标中心签名的检查点不一致。",
        "the root over the records is not the one that the centre signed.",
    )


def receipts_told(files: Mapping[str, bytes]) -> tuple[Bilingual, ...]:
    """A line for the reader where there are no receipts to check: their absence contradicts nothing, but is told.

    How many there are depends on whose store the archive was written from, so no record says it.
    """
    if any(name.startswith(layout.RECEIPTS) for name in files):
        return ()
    return (
        Bilingual(
            "回执：档案内没有回执，可用 --receipt 与自己保存的回执比对。",
            "Receipts: there are none in the archive; compare one that you kept with --receipt.",
        ),
    )


def _receipts(
    entries: Sequence[LogEntry], files: Mapping[str, bytes], key: VerifierKey, tree: Tree, fingerprint: str
) -> list[Finding]:
    names = [name for name in files if name.startswith(layout.RECEIPTS)]
    findings = []
    for name in names:
        number = name.removeprefix(layout.RECEIPTS).removesuffix(".txt")
        index = int(number) if number.isdecimal() and len(number) == 6 else len(entries)
        if index >= len(entries):
            findings.append(bad(name, "没有对应的记录。", "there is no such record."))
            continue
        entry = entries[index]
        text = files[name].decode("utf-8", "replace")
        try:
            receipt = verify_receipt(text, entry.record, origin_of(fingerprint), [key], verify_note, tree.algorithm)
        except EvalclientError as error:
            findings.append(bad(name, error.zh, error.en))
            continue
        known = receipt.checkpoint.size <= len(tree) and receipt.checkpoint.root == tree.root(receipt.checkpoint.size)
        if receipt.index != index or receipt.received != entry.received or not known:
            findings.append(bad(name, "回执与日志不一致。", "the receipt and the log contradict each other."))
    if names and not findings:
        findings.append(good("", f"回执：{len(names)} 份全部成立。", f"Receipts: all {len(names)} hold."))
    return findings
