"""The log's Merkle tree (RFC 6962 §2.1) and its proofs, over SHA-256 or SM3.

The tree keeps the hash of every complete subtree, so that an append costs O(log n) hashes and the root of any earlier
size is at hand. The verifiers take nothing for granted: hashes have the length of the algorithm, indices and sizes are
in range, and a proof has exactly the length that index and size ask for. An earlier try accepted
``leaf == root == b""``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from evalclient.core.errors import LogDishonest
from evalclient.core.records.envelope import HashName, Record

LEAF_TYPE_LINE = b"evalclient-leaf/1\n"
HASH_BYTES = 32


class ProofInvalid(LogDishonest):
    """A Merkle proof does not prove what it claims."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"评标中心给出的日志证明不成立（{what}），请停止操作并报告监督人员。",
            f"The centre's proof about its log does not hold ({what}); stop and report it to the supervisor.",
        )


def leaf_bytes(received: str, record: Record) -> bytes:
    """The bytes of one leaf: type line, received time, length of the payload, payload, signature.

    The length makes the encoding unambiguous; ``received`` holds no line break (RFC 3339).
    """
    header = f"{received}\n{len(record.payload)}\n".encode()
    return b"".join((LEAF_TYPE_LINE, header, record.payload, record.signature))


def leaf_hash(leaf: bytes, algorithm: HashName = "sha256") -> bytes:
    """``HASH(0x00 ‖ leaf)``."""
    return hashlib.new(algorithm, b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes, algorithm: HashName = "sha256") -> bytes:
    """``HASH(0x01 ‖ left ‖ right)``."""
    return hashlib.new(algorithm, b"\x01" + left + right).digest()


def empty_root(algorithm: HashName = "sha256") -> bytes:
    """Root of the tree without leaves: the hash of nothing."""
    return hashlib.new(algorithm).digest()


class Tree:
    """A growing Merkle tree. ``_levels[h][i]`` is the hash of the complete subtree over leaves [i·2ʰ, (i+1)·2ʰ)."""

    def __init__(self, algorithm: HashName = "sha256", leaf_hashes: Iterable[bytes] = ()) -> None:
        self.algorithm: HashName = algorithm
        self._levels: list[list[bytes]] = [[]]
        for hashed in leaf_hashes:
            self.append_hash(hashed)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> int:
        """Add a leaf; returns its index."""
        return self.append_hash(leaf_hash(leaf, self.algorithm))

    def append_hash(self, hashed: bytes) -> int:
        """Add a leaf by its hash; returns its index."""
        index = len(self)
        level, node = 0, hashed
        while True:
            if level == len(self._levels):
                self._levels.append([])
            nodes = self._levels[level]
            nodes.append(node)
            if len(nodes) % 2:
                return index
            node = node_hash(nodes[-2], node, self.algorithm)
            level += 1

    def truncate(self, size: int) -> None:
        """Drop the leaves from ``size`` on (entries that were looked at and not taken)."""
        for level, nodes in enumerate(self._levels):
            del nodes[size >> level :]

    def root(self, size: int | None = None) -> bytes:
        """Root of the first ``size`` leaves, of all of them without ``size``."""
        wanted = len(self) if size is None else self._checked(size)
        return self._range(0, wanted) if wanted else empty_root(self.algorithm)

    def inclusion_proof(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Audit path (RFC 6962 §2.1.1) of leaf ``index`` in the tree of ``size``, from the leaf's sibling upwards."""
        end = len(self) if size is None else self._checked(size)
        if not 0 <= index < end:
            raise ValueError(f"leaf {index} is not in a tree of size {end}")
        path: list[bytes] = []
        start = 0
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return tuple(reversed(path))

    def _checked(self, size: int) -> int:
        if not 0 <= size <= len(self):
            raise ValueError(f"size {size} is beyond a tree of size {len(self)}")
        return size

    def _range(self, start: int, end: int) -> bytes:
        """Hash of leaves [start, end); ``start`` is where a left-balanced subtree of that width begins."""
        width = end - start
        level = width.bit_length() - 1
        if width == 1 << level:
            return self._levels[level][start >> level]
        middle = start + _split(width)
        return node_hash(self._range(start, middle), self._range(middle, end), self.algorithm)


def verify_inclusion(
    hashed_leaf: bytes,
    index: int,
    size: int,
    proof: Sequence[bytes],
    root: bytes,
    algorithm: HashName = "sha256",
) -> None:
    """Raise ProofInvalid unless the leaf with ``hashed_leaf`` stands at ``index`` in the tree (``size``, ``root``)."""
    _require_hashes((hashed_leaf, root, *proof))
    if not 0 <= index < size:
        raise ProofInvalid(f"leaf {index} of {size}")
    inner, border = _proof_shape(index, size)
    if len(proof) != inner + border:
        raise ProofInvalid(f"{len(proof)} hashes instead of {inner + border}")
    node = _climb_inner(hashed_leaf, proof[:inner], index, algorithm)
    for sibling in proof[inner:]:
        node = node_hash(sibling, node, algorithm)
    if node != root:
        raise ProofInvalid("the root differs")


def _require_hashes(hashes: Iterable[bytes]) -> None:
    if any(len(hashed) != HASH_BYTES for hashed in hashes):
        raise ProofInvalid(f"a hash is not {HASH_BYTES} bytes long")


def _split(width: int) -> int:
    """The largest power of two smaller than ``width``."""
    return 1 << ((width - 1).bit_length() - 1)


def _proof_shape(index: int, size: int) -> tuple[int, int]:
    """Number of proof hashes below and on the right border of the tree."""
    inner = (index ^ (size - 1)).bit_length()
    return inner, (index >> inner).bit_count()


def _climb_inner(node: bytes, siblings: Sequence[bytes], index: int, algorithm: HashName) -> bytes:
    for level, sibling in enumerate(siblings):
        left, right = (sibling, node) if (index >> level) & 1 else (node, sibling)
        node = node_hash(left, right, algorithm)
    return node
