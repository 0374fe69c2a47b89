"""A package opened away from the evaluation, by who brings the keys: custodians and bidder, or files of their shares.

Nothing here asks for the time: who holds enough keys can open at any time, with this program or with ``openssl``. What
keeps a bid shut before the deadline is that nobody does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import KeyHandle
from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import PackageReader, PackageRefused
from evalclient.crypto.bid_package.manifest import SHARES_LINE, Holder, decode_shares, encode
from evalclient.crypto.custody import join_key
from evalclient.crypto.errors import SharesRefused

Shares = Mapping[Compartment, bytes]


class TooFewShares(EvalclientError):
    """The shares at hand do not open the package; ``held`` are those that would."""

    def __init__(self, held: HeldShares) -> None:
        who_zh, who_en = held.words()
        need_zh = "，须有投标人本人" if held.bidder_needed else ""
        need_en = " and the bidder's own" if held.bidder_needed else ""
        super().__init__(
            f"密钥份额不足：现有{who_zh}，需要保管方 {held.threshold} 份{need_zh}；请再给出其他人的 --key 或 --share。",
            f"Too few key shares: here is {who_en}; it takes {held.threshold} custodians'{need_en}. Give the others' with "
            "--key or --share.",
        )
        self.held = held


@dataclass(frozen=True, slots=True)
class HeldShares:
    """Shares at hand: of custodians by their number in the tender (from 1), and the bidder's own."""

    threshold: int
    bidder_needed: bool
    custodians: Mapping[int, Shares]
    bidder: Shares | None

    @property
    def enough(self) -> bool:
        """Whether they open the package."""
        return len(self.custodians) >= self.threshold and (self.bidder is not None or not self.bidder_needed)

    def words(self) -> tuple[str, str]:
        """Whose shares are at hand, in Chinese and English."""
        numbers = ", ".join(map(str, sorted(self.custodians)))
        zh = [f"第 {numbers} 保管方" if numbers else "", "投标人" if self.bidder else ""]
        en = [f"custodian {numbers}" if numbers else "", "the bidder" if self.bidder else ""]
        return "、".join(filter(None, zh)) or "无", " and ".join(filter(None, en)) or "none"


def held_shares(reader: PackageReader, keys: Sequence[KeyHandle], untrusted_files: Sequence[bytes]) -> HeldShares:
    """The shares that ``keys`` open in the package (one key operation each), and those in files (``keys.N.p7m`` decrypted).

    NotARecipient for a key that holds none, SharesRefused for a file whose shares are no holder's of this package.
    """
    return shares_of(reader, [*(reader.recover_shares(key) for key in keys), *map(_in_file, untrusted_files)])


def shares_of(reader: PackageReader, every: Sequence[Shares]) -> HeldShares:
    """Whose these shares are; SharesRefused for some that are no holder's of this package."""
    found = [(holder_of(reader, shares), shares) for shares in every]
    table = reader.table
    numbers = {holder.part: number for number, holder in enumerate(_custodians(reader), start=1)}
    return HeldShares(
        table.threshold,
        table.bidder_share,
        {numbers[holder.part]: shares for holder, shares in found if holder.role == "custodian"},
        next((shares for holder, shares in found if holder.role == "bidder"), None),
    )


def joined_keys(reader: PackageReader, held: HeldShares) -> dict[Compartment, bytes]:
    """The keys of all compartments, each compared with the package's commitment; TooFewShares, SharesRefused."""
    if not held.enough:
        raise TooFewShares(held)
    keys = {}
    for name in reader.compartments:
        key = join_key(
            [shares[name] for shares in held.custodians.values()],
            held.bidder[name] if held.bidder_needed and held.bidder else None,
            held.threshold,
        )
        reader.check_key(name, key)
        keys[name] = key
    return keys


def shares_file(shares: Shares) -> bytes:
    """Shares as a file that ``held_shares`` takes: whoever has it has them."""
    return encode(SHARES_LINE, {name: share.hex() for name, share in shares.items()})


def _custodians(reader: PackageReader) -> list[Holder]:
    return [holder for holder in reader.table.holders if holder.role == "custodian"]


def _in_file(untrusted: bytes) -> Shares:
    try:
        return decode_shares(untrusted, "--share")
    except PackageRefused as error:
        raise SharesRefused(
            "--share 指定的不是密钥份额文件，请核对。", "What --share names is no file of key shares; check it."
        ) from error


def holder_of(reader: PackageReader, shares: Shares) -> Holder:
    """Who was given these shares, by the bidder's commitments; SharesRefused."""
    for holder in reader.table.holders:
        if shares.keys() == holder.shares.keys() and all(
            reader.share_fits(holder, name, share) for name, share in shares.items()
        ):
            return holder
    raise SharesRefused(
        "该份额不属于该投标文件的任何持有人，请核对是否另一份投标文件的份额。",
        "These shares are no holder's of this package; they may be another package's.",
    )
