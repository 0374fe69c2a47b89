"""The sealed bid package (加密投标文件): an ASiC-E-like zip of standard CMS parts. See docs/package-format.md."""

from evalclient.crypto.bid_package.manifest import Manifest, ManifestDocument
from evalclient.crypto.bid_package.reader import PackageReader
from evalclient.crypto.bid_package.seal import PackageSeal, PartSeal, check_package
from evalclient.crypto.bid_package.stream import DocumentStream
from evalclient.crypto.bid_package.writer import SourceDocument, TenderKeys, write_package
from evalclient.crypto.errors import PackageRefused

__all__ = [
    "DocumentStream",
    "Manifest",
    "ManifestDocument",
    "PackageReader",
    "PackageRefused",
    "PackageSeal",
    "PartSeal",
    "SourceDocument",
    "TenderKeys",
    "check_package",
    "write_package",
]
