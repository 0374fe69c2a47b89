"""A tender folder on disk, as ``evalclient publish`` and the organiser's publishing page take it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from evalclient.core.evaluation.fold import Documents
from evalclient.core.tender import load_tender
from tests.builders.centre import authorities, key_of

PARTIES = ("supervisor", "custodian-agency", "custodian-platform", "recovery-one", "recovery-two")


def write_tender_folder(folder: Path, documents: Documents) -> Path:
    """Everything in place for these documents, which are those of ``tests.builders.documents``; "organiser" signs."""
    folder.mkdir(exist_ok=True)
    for name, content in (("tender", documents.tender), ("method", documents.method), ("rules", documents.rules)):
        (folder / f"{name}.json").write_bytes(content)
    papers = {paper.digest: f"{paper.kind} {paper.title.en}".encode() for paper in load_tender(documents.tender).papers}
    for part, files in (
        ("parties", {name: key_of(name).certificate for name in PARTIES}),
        ("roots", {f"root-{n}": root for n, root in enumerate(authorities().roots)}),
        ("papers", papers),
    ):
        (folder / part).mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / part / name).write_bytes(content)
    (folder / "evaluation.json").write_bytes(
        msgspec.json.encode(
            {
                "jurisdiction": "CN",
                "organiser": "organiser",
                "supervisor": ["supervisor", "supervisor"],
                "custodians": [[name, name] for name in PARTIES[1:3]],
                "threshold": 2,
                "recovery_custodians": [[name, name] for name in PARTIES[3:]],
                "recovery_threshold": 2,
                "sites": [{"id": "main", "name": "主场", "main": True}, {"id": "a", "name": "副场", "main": False}],
                "roots": ["root-0", "root-1", "root-2"],
                "practice": True,
            }
        )
    )
    return folder
