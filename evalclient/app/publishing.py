"""Publishing from the window: the same code as the command, with stores where the window keeps them. No Qt."""

from __future__ import annotations

from datetime import datetime

from evalclient.app.folders import Folders
from evalclient.core.ports import KeyHandle
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.keys import REGISTERED, Libraries, open_key, release_key
from evalclient.crypto.records import found
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Genesis
from evalclient.desk.publishing import Announcement, Publishing, Tell
from evalclient.desk.seat import Seat
from evalclient.desk.tender_folder import TenderFolder
from evalclient.ui.pages.publish import PublishOrder

_READING = Bilingual("正在打开证书…", "Opening the certificate …")


class WindowPublishing:
    """Remembers what it has begun, so that the same folder goes on after a failure; for one lane alone."""

    def __init__(self, folders: Folders, libraries: Libraries = REGISTERED) -> None:
        self._folders = folders
        self._libraries = libraries
        self._begun: tuple[TenderFolder, str, Publishing] | None = None

    def __call__(self, order: PublishOrder, tell: Tell) -> Announcement:
        """Publish, and list the evaluation on this machine; as ``open_key`` and as ``Publishing.run``."""
        tell(_READING)
        key = open_key(order.key, order.pin, self._libraries, datetime.fromisoformat(SystemClock().now()))
        try:
            return self._published(order, key, tell)
        finally:
            release_key(key)

    def _published(self, order: PublishOrder, key: KeyHandle, tell: Tell) -> Announcement:
        def open_seat(genesis: Genesis, person: str) -> Seat:
            folder = self._folders.seat(found(genesis.record).record.id, key.certificate)
            seat = Seat(folder.path, order.centre, genesis, person, SystemClock())
            folder.remember_place(key.certificate, person)
            return seat

        announcement = self._publishing(order).run(key, open_seat, tell)
        self._folders.remember(announcement.fingerprint, announcement.genesis)
        return announcement

    def _publishing(self, order: PublishOrder) -> Publishing:
        if self._begun is None or self._begun[0] is not order.folder or self._begun[1] != order.centre:
            self._begun = (
                order.folder,
                order.centre,
                Publishing(order.folder, order.centre, SystemClock(), order.continues),
            )
        return self._begun[2]
