"""Names of the parts of a bid package, and its refusals."""

from __future__ import annotations

import re
from typing import Final, cast, get_args

from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.errors import PackageRefused

MIMETYPE: Final = "mimetype"
MEDIA_TYPE: Final = b"application/vnd.etsi.asic-e+zip"
KEYS: Final = "META-INF/keys.json"
SEAL: Final = "META-INF/ASiCManifest.xml"
SIGNATURE: Final = "META-INF/signature.p7s"
COMPARTMENTS: Final = cast(tuple[Compartment, ...], get_args(Compartment))
#: documents of a package, by the four digits of their number
MOST_DOCUMENTS: Final = 9_999
#: parts that the seal does not list: the type, the seal itself, its signature
UNLISTED: Final = frozenset({MIMETYPE, SEAL, SIGNATURE})
#: of what a hostile package may have put into a sentence
_MOST_SAID: Final = 200
_ALLOWED: Final = re.compile(
    rf"{MIMETYPE}|META-INF/(ASiCManifest\.xml|signature\.p7s|keys\.json|keys\.[0-9]{{1,3}}\.p7m"
    rf"|manifest\.({'|'.join(COMPARTMENTS)})\.p7m)|c/[0-9]{{4}}\.[0-9]{{3,6}}\.p7m",
    re.ASCII,
)


def allowed(name: str) -> bool:
    """Whether a part may be called so; rules out every path that leaves the folder it is unpacked to."""
    return _ALLOWED.fullmatch(name) is not None


def is_volume(name: str) -> bool:
    """Whether an allowed part is a volume of a document."""
    return name.startswith("c/")


def share_part(holder: int) -> str:
    """Where the shares of one holder lie: 0 is the bidder, 1… the custodians in the tender's order."""
    return f"META-INF/keys.{holder}.p7m"


def manifest_part(compartment: Compartment) -> str:
    """Where the manifest of a compartment lies."""
    return f"META-INF/manifest.{compartment}.p7m"


def volume_part(document: int, volume: int) -> str:
    """Where a volume lies; the number says nothing about the document."""
    return f"c/{document:04d}.{volume:03d}.p7m"


def not_a_package() -> PackageRefused:
    """The bytes have nothing to do with a bid package."""
    return PackageRefused(
        "该文件不是投标文件包，请选择由本系统封装的投标文件。",
        "The file is not a bid package; choose one that was sealed by this system.",
    )


def incomplete() -> PackageRefused:
    """A package that ends early."""
    return PackageRefused(
        "投标文件包不完整（下载或复制中断），请重新下载或复制。",
        "The bid package is incomplete (download or copy broke off); fetch it again.",
    )


def damaged(part: str) -> PackageRefused:
    """A part differs from what the bidder sealed."""
    return PackageRefused(
        f"投标文件包的部分 {part} 与投标人封装时不一致，已损坏或被改动，请重新下载；仍不一致请报告监督人员。",
        f"Part {part} of the bid package differs from what the bidder sealed: damaged or changed. Fetch the package "
        "again; tell the supervisor if it stays so.",
    )


def too_much() -> PackageRefused:
    """More than a package can hold."""
    return PackageRefused(
        "投标文件的内容超出了一个投标文件包所能容纳的范围，请合并或减少文件后重新封装。",
        "The bid holds more than one package can; merge documents or leave some out, and seal again.",
    )


def irregular(what_zh: str, what_en: str) -> PackageRefused:
    """A package whose structure breaks the format."""
    return PackageRefused(
        f"投标文件包结构不合规范（{what_zh[:_MOST_SAID]}），请重新下载；仍不合规范请由投标人重新封装。",
        f"The bid package breaks its format ({what_en[:_MOST_SAID]}); fetch it again, or the bidder must seal it anew.",
    )
