"""The append-only Merkle tree of RFC 6962 (section 2.1), a leaf at a time.

Pure; knows bytes, not what they mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be kept of a tree so that it can go on growing.

    Attributes:
        size: how many leaves it has.
        peaks: roots of the perfect subtrees it consists of, the largest first: one
            for each binary digit 1 of ``size``.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> Frontier:
        """Return the tree with leaves (their data, not their hashes) after its last."""
        size, peaks = self.size, list(self.peaks)
        for data in leaves:
            peaks.append(leaf_hash(data))
            size += 1
            for _ in range(_trailing_zeros(size)):
                right = peaks.pop()
                peaks.append(node_hash(peaks.pop(), right))
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """Return the tree hash; of an empty tree, the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256().digest()
        *rest, found = self.peaks
        for peak in reversed(rest):
            found = node_hash(peak, found)
        return found


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1
