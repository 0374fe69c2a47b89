"""Handing over (资料移交): the announcement, the archive and the signed report as files, from one's own seat."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from evalclient.desk.chosen_files import not_written, write_chosen
from evalclient.desk.founding import dump_genesis
from evalclient.desk.reporting import Reporting
from evalclient.desk.seat import Seat
from evalclient.desk.tender_folder import files_of


class Handover:
    """What leaves the seat as a file. Each file appears when it is complete; FileNotWritten where it cannot."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat

    def save_announcement(self, path: Path) -> Path:
        """The genesis file, as it was announced: what bidders and members start from."""
        return write_chosen(path, dump_genesis(self.seat.desk.genesis))

    def save_tender_folder(self, path: Path) -> Path:
        """What this evaluation was published from, as a new folder: to found another like it."""
        desk = self.seat.desk
        files = files_of(desk.genesis, self.seat.blob)
        try:
            for part in ("papers", "parties", "roots"):
                (path / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise not_written(path) from error
        for name, data in files.items():
            write_chosen(path / name, data)
        return path

    def save_archive(self, path: Path) -> Path:
        """The archive that anybody can verify; ArchiveIncomplete, or what the centre says where a part is missing."""
        from evalclient.archive import export  # brings what draws and checks reports; a window opens without

        part = path.with_name(path.name + ".part")
        try:
            with part.open("wb") as file:
                export(file, self.seat.log, self.seat.desk.logged, self.seat.blob, self.seat.open_package)
            part.replace(path)
        except OSError as error:
            raise not_written(path) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return path

    def save_report(self, path: Path) -> Path:
        """The report it ended with, or the last revision so far; Refused while there is none."""
        ending = self.seat.desk.evaluation.ending
        report = self.seat.blob(ending.document) if ending is not None else Reporting(self.seat).final_document()
        return write_chosen(path, report)
