"""The act by which a party takes part in a draw (现场抽取); its share is published by ``seal.opened``."""

from __future__ import annotations

import msgspec

from evalclient.core.records.act import Act, DrawTime, SealedShare


class DrawShare(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published share: the random bytes that were committed to."""

    value: bytes


class DrawSealed(Act, frozen=True):
    """A member or the supervisor has sealed a random share for the draws at one point of the meeting (参与抽取).

    What is drawn follows from all shares together (docs/method.md); several draws use the same shares.
    """

    when: DrawTime
    share: SealedShare
