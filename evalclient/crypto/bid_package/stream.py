"""A document inside a package as a file: only the volumes that are read are decrypted, in memory, each authenticated."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from evalclient.crypto.bid_package.manifest import VOLUME_BYTES, ManifestDocument, Volume

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CACHE_BYTES = 32 << 20
#: ``load(volume, buffer)`` fills the buffer with the volume's authenticated content and returns its length
Load = Callable[[Volume, memoryview], int]


class VolumeCache:
    """The volumes read last, at most ``capacity`` bytes of them; buffers are used again, not allocated anew."""

    def __init__(self, capacity: int = CACHE_BYTES) -> None:
        self._slots = max(1, capacity // VOLUME_BYTES)
        self._kept: OrderedDict[str, tuple[memoryview, int]] = OrderedDict()
        self._spare: list[memoryview] = []
        self._lock = threading.Lock()

    def copy(self, volume: Volume, load: Load, start: int, target: memoryview) -> int:
        """Copy the volume's content from ``start`` into ``target``, as much as fits; how much that was."""
        with self._lock:
            content = self._content(volume, load)
            count = min(len(target), len(content) - start)
            target[:count] = content[start : start + count]
            return count

    def whole(self, volume: Volume, load: Load, target: memoryview) -> int:
        """The whole volume into ``target``, which is as long: past the cache, unless it is there already."""
        with self._lock:
            if volume.part not in self._kept:
                return load(volume, target)
        return self.copy(volume, load, 0, target)

    def clear(self) -> None:
        """Forget all content, overwriting it."""
        with self._lock:
            for buffer, length in self._kept.values():
                buffer[:length] = bytes(length)
            self._kept.clear()
            self._spare.clear()

    def _content(self, volume: Volume, load: Load) -> memoryview:
        kept = self._kept.get(volume.part)
        if kept is None:
            buffer = self._free_buffer()
            try:
                kept = (buffer, load(volume, buffer))
            except BaseException:
                self._spare.append(buffer)
                raise
            self._kept[volume.part] = kept
        self._kept.move_to_end(volume.part)
        return kept[0][: kept[1]]

    def _free_buffer(self) -> memoryview:
        if self._spare:
            return self._spare.pop()
        if len(self._kept) >= self._slots:
            return self._kept.popitem(last=False)[1][0]
        return memoryview(bytearray(VOLUME_BYTES))


class DocumentStream(io.RawIOBase):
    """Read-only, seekable file over one document; reading raises PackageRefused where a volume is damaged."""

    def __init__(self, document: ManifestDocument, cache: VolumeCache, load: Load) -> None:
        super().__init__()
        self.document = document
        self._cache = cache
        self._load = load
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Position in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; positions behind the end read as empty."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.document.size}[whence]
        if base + offset < 0:
            raise ValueError("position before the start")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as the document goes.

        Whole volumes are decrypted where they are wanted: until this returns, ``buffer`` may hold bytes that are not yet
        authenticated, so it must be the caller's alone; after a refusal it holds nothing of that volume.
        """
        target = memoryview(buffer).cast("B")
        done = 0
        wanted = min(len(target), max(self.document.size - self._at, 0))
        while done < wanted:
            number, start = divmod(self._at, VOLUME_BYTES)
            volume = self.document.volumes[number]
            length = min(VOLUME_BYTES, self.document.size - number * VOLUME_BYTES)
            if start == 0 and wanted - done >= length:
                count = self._cache.whole(volume, self._load, target[done : done + length])
            else:
                count = self._cache.copy(volume, self._load, start, target[done:wanted])
            if count <= 0:
                raise ValueError("volume is shorter than the manifest says")
            done += count
            self._at += count
        return done

    def readall(self) -> bytes:
        """Everything from the position on."""
        buffer = bytearray(max(self.document.size - self._at, 0))
        self.readinto(buffer)
        return bytes(buffer)
