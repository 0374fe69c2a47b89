"""The catalogue of record kinds as a page (docs/records.md), made from the catalogue itself so that it cannot differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, get_args

import msgspec
from msgspec import inspect

from evalclient.core.records import fields
from evalclient.core.records.act import Act, Stage
from evalclient.core.records.catalogue import KINDS, SEALED_CONTENT, Kind
from evalclient.core.rules import RulePack, RulesInForce, in_force

_INTRO: Final = """\
# Records

An evaluation is an append-only log of signed records; everything on a screen, in a report or in an audit is a fold of
that log. This is the closed catalogue of kinds: who may make a record of a kind, at which stage it takes effect, what
signs it, which law is behind it, and its fields. A record outside its stage or against a rule stays in the log without
effect. Stages in order: STAGES.
The page is made from `evalclient/core/records/catalogue.py` and the rule packs in `resources/rules`, as they hold on
DAY; write it anew with

    python -c "from pathlib import Path; from evalclient.core.records.catalogue_docs import page
    from evalclient.core.rules import load_rules
    packs = [load_rules(path.read_bytes()) for path in sorted(Path('resources/rules').iterdir())]
    print(page(packs, 'DAY'), end='')" > docs/records.md

**Signed by**: `certificate` is the person's own certificate (CAdES), for what binds him in person; `session` the key
that his certificate vouched for when he signed in. **Fields** marked `?` may be left out. `sealed` bodies are
ciphertext until their author publishes the key; what lies inside is listed below.
"""

_STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
#: names of the field types that have a pattern
_NAMES: Final = {
    get_args(alias)[1].pattern: name
    for alias, name in (
        (fields.Digest, "digest"),
        (fields.OptionalDigest, "digest or empty"),
        (fields.PersonId, "person"),
        (fields.ItemId, "item"),
        (fields.DecimalText, "decimal"),
        (fields.Moment, "moment"),
    )
}


def page(packs: Sequence[RulePack], day: str) -> str:
    """The whole page, Markdown; the law as ``packs`` give it on ``day`` (YYYY-MM-DD)."""
    laws = [in_force(pack, day) for pack in packs]
    parts = dict(sorted(_parts().items()))
    return "\n".join(
        [
            _INTRO.replace("STAGES", ", ".join(_STAGES)).replace("DAY", day),
            "| kind | 中文 | who | stages | signed by | fields | law: " + ", ".join(law.trade for law in laws) + " |",
            "|---|---|---|---|---|---|---|",
            *(_row(kind, laws) for kind in KINDS.values()),
            "",
            "## What each record says",
            "",
            *(f"- `{kind.name}`: {_meaning(kind.act)}" for kind in KINDS.values()),
            "",
            "## Inside sealed bodies",
            "",
            "| kind | content |",
            "|---|---|",
            *(f"| `{kind}` | `{content.__name__}` |" for kind, content in SEALED_CONTENT.items()),
            "",
            "## Parts of bodies",
            "",
            "| part | fields | meaning |",
            "|---|---|---|",
            *(f"| `{name}` | {_fields(part)} | {_meaning(part)} |" for name, part in parts.items()),
            "",
        ]
    )


def _row(kind: Kind, laws: Sequence[RulesInForce]) -> str:
    cells = (
        f"`{kind.name}`",
        kind.title.zh,
        ", ".join(kind.roles),
        _stages(kind),
        kind.signer,
        _fields(kind.act),
        "<br>".join(dict.fromkeys(law.article(kind.name) for law in laws)),
    )
    return "| " + " | ".join(cells) + " |"


def _stages(kind: Kind) -> str:
    """The stages in the order of the evening, runs of three and more as first – last."""
    runs: list[list[Stage]] = []
    for before, stage in zip((None, *_STAGES), _STAGES, strict=False):
        if stage not in kind.stages:
            continue
        if runs and runs[-1][-1] == before:
            runs[-1].append(stage)
        else:
            runs.append([stage])
    return ", ".join(f"{run[0]} – {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs) or "any"


def _meaning(struct: type[msgspec.Struct]) -> str:
    """The first paragraph of the class's docstring, on one line."""
    first = (struct.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(first.split()).replace("``", "`").replace("|", "\\|")


def _fields(struct: type[msgspec.Struct]) -> str:
    found = _info(struct).fields
    return "<br>".join(f"`{field.name}`{'' if field.required else '?'}: {_type(field.type)}" for field in found) or "–"


def _type(info: Any) -> str:
    match info:
        case inspect.StructType():
            return f"`{info.cls.__name__}`"
        case inspect.StrType():
            return _NAMES[info.pattern] if info.pattern else "text"
        case inspect.LiteralType() if set(info.values) == set(_STAGES):
            return "stage"
        case inspect.LiteralType():
            return " / ".join(f"`{value}`" if value else "empty" for value in info.values)
        case inspect.VarTupleType():
            return f"list of {_type(info.item_type)}"
        case inspect.DictType():
            return f"{_type(info.key_type)} → {_type(info.value_type)}"
        case inspect.IntType():
            return "whole number" if info.ge is None else f"whole number from {info.ge}"
        case inspect.BoolType():
            return "yes or no"
        case _:
            return "bytes"


def _parts() -> dict[str, type[msgspec.Struct]]:
    """Every struct that stands inside a body or a sealed content."""
    found: dict[str, type[msgspec.Struct]] = {}
    waiting: list[type[msgspec.Struct]] = [*(kind.act for kind in KINDS.values()), *SEALED_CONTENT.values()]
    while waiting:
        struct = waiting.pop()
        if not issubclass(struct, Act):
            found[struct.__name__] = struct
        inner = (part for field in _info(struct).fields for part in _inner(field.type))
        waiting += [part for part in inner if part.__name__ not in found]
    return found


def _inner(info: Any) -> Iterator[type[msgspec.Struct]]:
    match info:
        case inspect.StructType():
            yield info.cls
        case inspect.VarTupleType():
            yield from _inner(info.item_type)
        case inspect.DictType():
            yield from _inner(info.value_type)


def _info(struct: type[msgspec.Struct]) -> inspect.StructType:
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{struct} is not a struct")
    return info
