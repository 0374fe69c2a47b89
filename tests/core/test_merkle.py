"""The Merkle tree against a naive recursion over RFC 6962's definitions, known roots, and hostile proofs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.merkle import (
    ProofInvalid,
    Tree,
    empty_root,
    leaf_bytes,
    leaf_hash,
    verify_inclusion,
)
from evalclient.core.records.envelope import HashName, Record

MOST = 130

# The eight leaves and roots that the Certificate Transparency implementations test against.
KNOWN_LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
]
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def split(n: int) -> int:
    """Largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_root(leaves: Sequence[bytes], algorithm: HashName = "sha256") -> bytes:
    """MTH of RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.new(algorithm, b"").digest()
    if len(leaves) == 1:
        return hashlib.new(algorithm, b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.new(
        algorithm, b"\x01" + naive_root(leaves[:k], algorithm) + naive_root(leaves[k:], algorithm)
    ).digest()


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962 §2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def tree_of(leaves: Sequence[bytes], algorithm: HashName = "sha256") -> Tree:
    tree = Tree(algorithm)
    for leaf in leaves:
        tree.append(leaf)
    return tree


LEAVES = [f"leaf {number}".encode() for number in range(MOST)]


def test_known_roots() -> None:
    tree = tree_of(KNOWN_LEAVES)
    assert [tree.root(size).hex() for size in range(9)] == KNOWN_ROOTS


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_root_of_every_size_is_the_definition(algorithm: HashName) -> None:
    tree = tree_of(LEAVES, algorithm)
    for size in range(MOST + 1):
        assert tree.root(size) == naive_root(LEAVES[:size], algorithm)
    assert tree.root() == tree.root(MOST)


def test_inclusion_proofs_of_every_leaf_in_every_size() -> None:
    tree = tree_of(LEAVES)
    for size in range(1, MOST + 1):
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion_proof(index, size)
            verify_inclusion(leaf_hash(LEAVES[index]), index, size, proof, root)
        assert list(proof) == naive_path(size - 1, LEAVES[:size])


@given(st.data(), st.integers(1, 70))
def test_proofs_are_those_of_the_definition(data: st.DataObject, size: int) -> None:
    tree = tree_of(LEAVES)
    index = data.draw(st.integers(0, size - 1))
    assert list(tree.inclusion_proof(index, size)) == naive_path(index, LEAVES[:size])


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_truncated_tree_grows_again_to_the_same_roots(size: int, other: int) -> None:
    small, large = sorted((size, other))
    tree = tree_of(LEAVES[:large])
    tree.truncate(small)
    assert len(tree) == small
    assert tree.root() == naive_root(LEAVES[:small])
    for leaf in LEAVES[small:large]:
        tree.append(leaf)
    assert tree.root() == naive_root(LEAVES[:large])


def test_empty_hashes_prove_nothing() -> None:
    with pytest.raises(ProofInvalid):
        verify_inclusion(b"", 0, 1, [], b"")


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (5, 4), (0, 0), (0, -1)])
def test_an_index_outside_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(ProofInvalid):
        verify_inclusion(b"\0" * 32, index, size, [], b"\0" * 32)


def flipped(hashed: bytes, bit: int) -> bytes:
    value = bytearray(hashed)
    value[bit // 8] ^= 1 << (bit % 8)
    return bytes(value)


#: what a hostile centre may do to a list of hashes; None where the list leaves it unchanged
Damage = Callable[[list[bytes], int], list[bytes]]
DAMAGES: dict[str, Damage] = {
    "flip a bit": lambda proof, n: [*proof[: n % len(proof)], flipped(proof[n % len(proof)], n % 256),
                                    *proof[n % len(proof) + 1 :]],
    "drop the last": lambda proof, n: proof[:-1],
    "drop the first": lambda proof, n: proof[1:],
    "repeat the last": lambda proof, n: [*proof, proof[-1]],
    "append the empty hash": lambda proof, n: [*proof, b""],
    "append zeros": lambda proof, n: [*proof, b"\0" * 32],
    "prepend the root of nothing": lambda proof, n: [empty_root(), *proof],
    "reverse": lambda proof, n: proof[::-1],
    "one byte short": lambda proof, n: [*proof[:-1], proof[-1][:-1]],
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@given(st.data(), st.integers(2, MOST))
def test_damaged_inclusion_proofs_are_refused(damage: Damage, data: st.DataObject, size: int) -> None:
    tree = tree_of(LEAVES[:size])
    index = data.draw(st.integers(0, size - 1))
    proof = list(tree.inclusion_proof(index))
    hostile = damage(proof, data.draw(st.integers(0, 4095)))
    if hostile == proof:
        return
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(LEAVES[index]), index, size, hostile, tree.root())


@given(st.data(), st.integers(2, MOST))
def test_a_proof_of_one_leaf_is_none_of_another(data: st.DataObject, size: int) -> None:
    tree = tree_of(LEAVES[:size])
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    proof = tree.inclusion_proof(index)
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(LEAVES[other]), index, size, proof, tree.root())
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(LEAVES[index]), other, size, proof, tree.root())
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(LEAVES[index]), index, size, proof, flipped(tree.root(), other))


def test_an_inner_node_is_no_leaf() -> None:
    tree = tree_of(LEAVES[:4])
    left, right = tree_of(LEAVES[:2]).root(), tree_of(LEAVES[2:4]).root()
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf_hash(left + right), 0, 1, [], tree.root())


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40))
def test_leaf_bytes_are_unambiguous(payload: bytes, signature: bytes, payload2: bytes, signature2: bytes) -> None:
    moment = "2026-11-24T01:02:03.004Z"
    first, second = Record(payload, signature), Record(payload2, signature2)
    assert (leaf_bytes(moment, first) == leaf_bytes(moment, second)) == (first == second)
    assert leaf_bytes(moment, first) != leaf_bytes("2026-11-24T01:02:03.005Z", first)


def test_leaf_bytes_are_fixed() -> None:
    leaf = leaf_bytes("2026-11-24T01:02:03.004Z", Record(b"payload", b"signature"))
    assert leaf == b"evalclient-leaf/1\n2026-11-24T01:02:03.004Z\n7\npayloadsignature"


@pytest.mark.parametrize("call", [lambda t: t.root(4), lambda t: t.inclusion_proof(3), lambda t: t.root(-1),
                                  lambda t: t.inclusion_proof(0, 9)])  # fmt: skip
def test_asking_beyond_the_tree_is_a_programming_error(call: Callable[[Tree], object]) -> None:
    with pytest.raises(ValueError, match="size"):
        call(tree_of(LEAVES[:3]))
