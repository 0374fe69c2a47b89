"""``evalclient open PKG``: what a bid package, or an envelope of another tool, holds for who brings the keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, complain, key_words, meter, opened_key, worded
from evalclient.cli.machine import add_json_option, answer, answer_refused, asked_for
from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from typing import BinaryIO

    from evalclient.core.ports import KeyHandle
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.opened_files import Document, Opened, OpenedEnvelope, OpenedPackage

#: no share file is larger
_MOST_SHARE = 1 << 20


class KeysMissing(EvalclientError):
    """Neither a key nor a share was given."""


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "open",
        help=worded(
            "用足够的密钥打开投标文件，列出或取出其中的文件",
            "open a bid package with enough keys; list or take out documents",
        ),
    )
    parser.add_argument(
        "package",
        type=Path,
        metavar="PKG",
        help=worded("投标文件，或其他软件加密的 CMS 文件", "the bid package, or a CMS envelope of another tool"),
    )
    _add_keys(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--list", action="store_true", help=worded("列出其中的文件（默认）", "list the documents (default)")
    )
    what.add_argument("--extract", metavar="NAME", help=worded("取出一个文件，写到 -o", "take one document out, to -o"))
    what.add_argument(
        "--all",
        type=Path,
        metavar="FOLDER",
        help=worded("全部取出到新文件夹，不加密", "take all documents out to a new folder, not encrypted"),
    )
    what.add_argument(
        "--save-share",
        type=Path,
        metavar="FILE",
        help=worded(
            "只取出本人的密钥份额，保存为文件，供他处 --share 使用；得到文件者即得到份额",
            "take out one's own key shares only, for --share elsewhere; whoever has the file has them",
        ),
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=worded("取出的文件写到这里", "where the document goes")
    )
    add_json_option(parser)


def _add_keys(parser: Any) -> None:
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help=key_words() + worded("；可多次给出", "; may be given several times"),
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=worded(
            "口令文件：一个用于全部 --key，或按顺序各给一个；不指定则询问",
            "a file with the PIN: one for every --key, or one each in their order; asked for otherwise",
        ),
    )
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="ARCHIVE",
        help=worded(
            "评标档案：组织方或评委的 --key 用其中收到的份额或授予的密钥打开",
            "an archive: the organiser's or a member's --key opens with the shares or keys it was sent then",
        ),
    )
    parser.add_argument(
        "--share",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=worded("他人以 --save-share 保存的密钥份额", "key shares that another saved with --save-share"),
    )


def run(arguments: Namespace) -> int:
    """Exit code 1 where the keys are too few, 2 where something cannot be read; what was decrypted is written on request only."""
    from evalclient.crypto.errors import NotARecipient, SharesRefused
    from evalclient.desk.archived_keys import NothingArchived
    from evalclient.desk.opened_files import looks_like_package
    from evalclient.desk.package_opening import TooFewShares

    if (arguments.extract is None) != (arguments.output is None):
        raise KeysMissing("--extract 与 -o 须同时给出。", "Give --extract and -o together.")
    if not arguments.key and not arguments.share:
        raise KeysMissing("请用 --key 给出密钥。", "Give a key with --key.")
    keys = _keys(arguments)
    try:
        with arguments.package.open("rb") as file:
            return (
                _open_package(arguments, file, keys)
                if looks_like_package(file)
                else _open_envelope(arguments, file, keys)
            )
    except (TooFewShares, SharesRefused, NotARecipient, NothingArchived) as error:
        complain(error)
        if asked_for(arguments):
            answer_refused(error, FAILED)
        return FAILED


def _keys(arguments: Namespace) -> list[KeyHandle]:
    """Each key opened with its PIN."""
    files: list[Path | None] = list(arguments.password_file)
    if len(files) == 1:
        files *= len(arguments.key)
    if files and len(files) != len(arguments.key):
        raise KeysMissing(
            "--password-file 须为一个，或与 --key 数目相同。", "Give one --password-file, or as many as --key."
        )
    return [
        opened_key(address, file)
        for address, file in zip(arguments.key, files or [None] * len(arguments.key), strict=True)
    ]


def _open_package(arguments: Namespace, file: BinaryIO, keys: list[KeyHandle]) -> int:
    from evalclient.crypto.bid_package import PackageReader
    from evalclient.crypto.trust.certificates import common_name
    from evalclient.desk.chosen_files import read_chosen
    from evalclient.desk.opened_files import OpenedPackage
    from evalclient.desk.package_opening import held_shares, joined_keys

    reader = PackageReader(file, digests=True)
    if arguments.archive is not None:
        opened = OpenedPackage(reader, _archived(arguments, reader, keys))
    else:
        held = held_shares(reader, keys, [read_chosen(path, _MOST_SHARE) for path in arguments.share])
        if arguments.save_share is not None:
            return _save_share(arguments, reader, keys)
        opened = OpenedPackage(reader, joined_keys(reader, held))
    found = {
        "evaluation": reader.evaluation,
        "signer": common_name(reader.signer.certificate),
        "quotes": opened.quotes,
    }
    return _hand_out(arguments, opened, found, [*_quotes(opened)])


def _archived(arguments: Namespace, reader: Any, keys: list[KeyHandle]) -> Any:
    from evalclient.archive.replaying import evaluation_in
    from evalclient.desk.archived_keys import archived_keys

    if len(keys) != 1 or arguments.share or arguments.save_share:
        raise KeysMissing("--archive 须且只须一个 --key。", "--archive goes with one --key.")
    return archived_keys(evaluation_in(arguments.archive), reader, keys[0])


def _save_share(arguments: Namespace, reader: Any, keys: list[KeyHandle]) -> int:
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.package_opening import shares_file
    from evalclient.desk.plain_files import write_new

    if len(keys) != 1:
        raise KeysMissing("--save-share 须且只须一个 --key。", "--save-share goes with one --key.")
    write_new(arguments.save_share, [shares_file(reader.recover_shares(keys[0]))])
    told = Bilingual(
        f"密钥份额已写入 {arguments.save_share}；得到该文件者即得到份额，请妥善传递，用后删除。",
        f"The key shares are in {arguments.save_share}; whoever has the file has them: pass it on with care, delete it after use.",
    )
    return answer(arguments, OK, {"written": [str(arguments.save_share)]}, [told])


def _open_envelope(arguments: Namespace, file: BinaryIO, keys: list[KeyHandle]) -> int:
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.opened_files import OpenedEnvelope

    if len(keys) != 1 or arguments.share or arguments.save_share:
        raise KeysMissing(
            "该文件不是投标文件包；其他软件加密的文件用一个 --key 打开，没有密钥份额。",
            "The file is no bid package; an envelope of another tool opens with one --key and knows no shares.",
        )
    opened: OpenedEnvelope = OpenedEnvelope(file, keys[0])
    warned = [] if opened.authenticated else [
        Bilingual(
            "注意：该文件的加密方式不含完整性校验，内容可能被改动而不被发现。",
            "Mind: the file is encrypted without a check of integrity; its content may have been changed unnoticed.",
        )
    ]  # fmt: skip
    return _hand_out(arguments, opened, {"authenticated": opened.authenticated}, warned)


def _hand_out(arguments: Namespace, opened: Opened, found: dict[str, Any], lines: list[Bilingual]) -> int:
    """List the documents, or write what was asked for."""
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.opened_files import document_named, write_all, write_document

    if arguments.extract is not None:
        document = document_named(opened, arguments.extract)
        write_document(_Metered(opened, document.size), document, arguments.output)
        written = [arguments.output]
    elif arguments.all is not None:
        written = list(write_all(_Metered(opened, sum(one.size for one in opened.documents)), arguments.all))
    else:
        lines = [*lines, *(_line(document) for document in opened.documents)]
        return answer(arguments, OK, {**found, "documents": [_facts(one) for one in opened.documents]}, lines)
    told = [Bilingual(f"已写入 {path}（未加密）", f"Written, not encrypted: {path}") for path in written]
    return answer(arguments, OK, {**found, "written": [str(path) for path in written]}, [*lines, *told])


class _Metered:
    """The same documents; a terminal shows how much of them was read."""

    def __init__(self, opened: Opened, whole: int) -> None:
        self._opened, self._tell, self._done = opened, meter(whole), 0

    @property
    def documents(self) -> tuple[Document, ...]:
        return self._opened.documents

    def blocks(self, document: Document) -> Iterator[bytes | memoryview]:
        for block in self._opened.blocks(document):
            yield block
            self._done += len(block)
            self._tell(self._done)


def _quotes(opened: OpenedPackage) -> Iterator[Bilingual]:
    from evalclient.core.records.fields import Bilingual

    for compartment, quote in opened.quotes.items():
        for name, text in quote.items():
            line = f"{compartment}: {name} = {text}"
            yield Bilingual(line, line)


def _line(document: Document) -> Bilingual:
    from evalclient.core.records.fields import Bilingual

    about = "  ".join(filter(None, (document.media_type, document.title)))
    line = f"{document.size:>12,}  {document.path}" + (f"  {about}" if about else "")
    return Bilingual(line, line)


def _facts(document: Document) -> dict[str, Any]:
    return {
        "path": document.path,
        "size": document.size,
        "title": document.title,
        "media_type": document.media_type,
    }
