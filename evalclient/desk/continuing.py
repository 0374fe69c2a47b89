"""Founding anew after a committee was dissolved (重新组建评标委员会): what the new record 0 says of the old evaluation."""

from __future__ import annotations

from pathlib import Path

from evalclient.core.errors import Refused
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.records.acts_founding import Continuation
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.crypto.records import found
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Desk, Genesis
from evalclient.desk.kept_log import kept_log


def continuation_of(desk: Desk) -> Continuation:
    """The link to the evaluation at this desk, as far as its log is verified; Refused where a new committee does not follow."""
    evaluation = desk.logged
    ending = evaluation.ending
    if ending is None or ending.ending != "new_committee":
        raise Refused(
            "本项目没有因重新组建评标委员会而结束，不能接续发布新项目。",
            "This evaluation has not ended with a new committee to be formed; nothing is founded in its place.",
            evaluation.rules.ending_article("new_committee"),
        )
    algorithm = evaluation.founding.hash
    without_effect = {entry.record for entry in evaluation.without_effect}
    tree, ended = Tree(algorithm), ""
    for entry in desk.log.entries():
        tree.append(leaf_bytes(entry.received, entry.record))
        identity = record_id(entry.record.payload, algorithm)
        if decode_payload(entry.record.payload).kind == "evaluation.ended" and identity not in without_effect:
            ended = identity
    return Continuation(
        evaluation=evaluation.fingerprint, size=len(tree), root=tree.root().hex(), ended=ended, ground=ending.ground
    )


def continuation_in(store: Path, genesis: Genesis) -> Continuation:
    """``continuation_of`` the organiser's own store, its window closed; as ``kept_log``."""
    with kept_log(store, genesis) as log:
        organiser = found(genesis.record).founding.organiser.person
        return continuation_of(Desk(genesis, log, organiser, SystemClock()))
