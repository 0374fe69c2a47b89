"""The organiser's folder for ``evalclient publish``: tender, method, rules, papers, parties, roots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from evalclient.assets import asset
from evalclient.core.records.act import Site
from evalclient.core.records.envelope import HashName, SuiteName, digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.tender import Committee, Paper, PaperKind, Tender, dump_tender
from evalclient.demo.documents.model import DemoTender, TenderFile
from evalclient.demo.method_document import bilingual, method_document
from evalclient.demo.people import Cast, Person
from evalclient.desk.tender_folder import Arrangement

_PAPER_TITLES: dict[str, Bilingual] = {
    "tender": Bilingual("招标文件", "Tender document"),
    "amendment": Bilingual("答疑补遗文件", "Amendment"),
    "background": Bilingual("采购人背景说明", "Purchaser's background note"),
    "pledge": Bilingual("评标纪律与承诺书", "Discipline and pledge"),
}


def write_tender_folder(
    folder: Path,
    tender: DemoTender,
    files: Sequence[TenderFile],
    cast: Cast,
    roots: Sequence[bytes],
    lists: Sequence[bytes],
    deadline: str,
    suite: SuiteName,
) -> None:
    """Write everything the organiser publishes; ``deadline`` is RFC 3339 UTC with milliseconds, ``lists`` revoke (DER)."""
    arrangement = _arrangement(tender, cast, len(roots), len(lists), suite)
    for name in ("papers", "parties", "roots"):
        (folder / name).mkdir(parents=True)
    algorithm = arrangement.hash
    papers = [_paper(folder, algorithm, file.role, file.media_type, file.content) for file in files]
    pledge = tender.pledge_text.text(tender.language).encode()
    papers.append(_paper(folder, algorithm, "pledge", "text/plain; charset=utf-8", pledge))
    (folder / "tender.json").write_bytes(dump_tender(_tender(tender, tuple(papers), cast, deadline)))
    (folder / "method.json").write_bytes(method_document(tender))
    (folder / "rules.json").write_bytes(asset(f"rules/cn-{tender.kind}.json").read_bytes())
    for number, root in enumerate(roots):
        (folder / "roots" / f"{number}.der").write_bytes(root)
    for number, revocations in enumerate(lists):
        (folder / "roots" / f"{number}.crl").write_bytes(revocations)
    for person in (*cast.of("supervisor"), *_keepers(cast)):
        (folder / "parties" / f"{person.person}.der").write_bytes(cast.certificates[person.person])
    for person in _keepers(cast):
        if person.person in cast.encryption:
            (folder / "parties" / _encryption_file(person)).write_bytes(cast.encryption[person.person])
    (folder / "evaluation.json").write_bytes(msgspec.json.format(msgspec.json.encode(arrangement)))


def _keepers(cast: Cast) -> tuple[Person, ...]:
    """Those whom others encrypt shares to."""
    return (*cast.of("custodian"), *cast.of("recovery"))


def _encryption_file(person: Person) -> str:
    return f"{person.person}-encryption.der"


def _paper(folder: Path, algorithm: HashName, kind: PaperKind, media_type: str, content: bytes) -> Paper:
    name = digest(content, algorithm)
    (folder / "papers" / name).write_bytes(content)
    return Paper(kind=kind, title=_PAPER_TITLES[kind], media_type=media_type, digest=name)


def _tender(tender: DemoTender, papers: tuple[Paper, ...], cast: Cast, deadline: str) -> Tender:
    members = cast.of("member")
    return Tender(
        version=1,
        code=tender.project_code,
        trade_id=tender.trade_id,
        trade=tender.kind,
        title=bilingual(tender.title),
        lot=bilingual(tender.lot),
        purchaser=bilingual(tender.purchaser),
        agency=bilingual(tender.agency),
        place=bilingual(tender.sites[0].name),
        budget=tender.ceiling_price,
        deadline=deadline,
        committee=Committee(
            size=len(members),
            representatives=sum(member.member_kind == "representative" for member in members),
        ),
        compartments=("identity", "qualification", "technical", "price"),
        language=tender.language,
        papers=papers,
        notice_media=tuple(bilingual(medium) for medium in tender.notice_media),
    )


def _arrangement(tender: DemoTender, cast: Cast, roots: int, lists: int, suite: SuiteName) -> Arrangement:
    return Arrangement(
        jurisdiction="CN",
        organiser="organiser",
        supervisor=("supervisor", "supervisor.der"),
        custodians=tuple((person.person, f"{person.person}.der") for person in cast.of("custodian")),
        threshold=2,
        bidder_share=True,
        recovery_custodians=tuple((person.person, f"{person.person}.der") for person in cast.of("recovery")),
        recovery_threshold=2,
        sites=tuple(Site(site.id, site.name.text(tender.language), site.role == "main") for site in tender.sites),
        roots=tuple(f"{number}.der" for number in range(roots)),
        revocations=tuple(f"{number}.crl" for number in range(lists)),
        encryption={one.person: _encryption_file(one) for one in _keepers(cast) if one.person in cast.encryption},
        practice=True,
        suite=suite,
    )
