#!/usr/bin/env python3
"""Check an exported ledger: one file, Python 3.9 or later, nothing but its library.

查验账本导出文件，不信任服务器。用法：python3 check_ledger.py 账本文件
[--checkpoint 叶数:根]…，叶数和根照纸上的校验点录入。

Looks at every chain, the tree over the chains, the chain of checkpoints, and the checkpoints typed in from papers. Whatever
was changed, left out, put in, swapped, cut off, rolled back, or hashed anew after a
checkpoint was printed is found. Exit code 0: nothing found; 1: faults; 2: unreadable.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

GENESIS = "0" * 64
VERSION = "1"
FEWEST_DIGITS = 32
# The scanner of json.loads, without looking for blanks around it.
_scan = json.JSONDecoder().raw_decode


Say = Callable[[str], None]


class Tree:
    """The growing tree of RFC 6962."""

    def __init__(self) -> None:
        """Start without a leaf."""
        self.size = 0
        self._peaks: list[bytes] = []

    def grow(self, data: bytes) -> None:
        """Put one more leaf into the tree."""
        self._peaks.append(hashlib.sha256(b"\x00" + data).digest())
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(hashlib.sha256(b"\x01" + left + right).digest())
            size //= 2

    def root(self) -> str:
        """Return the hash of the whole tree, which has at least one leaf."""
        *rest, found = self._peaks
        for peak in reversed(rest):
            found = hashlib.sha256(b"\x01" + peak + found).digest()
        return found.hex()


class Top:
    """The checkpoints and the leaves of the tree: what papers are compared with.

    Attributes:
        leaves: batch -> line -> hash that this line had when it was gathered.
    """

    def __init__(self, fault: Say, printed: Sequence[tuple[int, str]]) -> None:
        """Take whom faults are told, and the checkpoints typed in from papers."""
        self.fault, self.printed = fault, printed
        self.tree = Tree()
        self.checkpoints: list[tuple[str, int, str]] = []
        self.leaves: dict[int, dict[int, str]] = defaultdict(dict)
        self._last_at, self._last_hash = "", GENESIS
        self._wanted = {size for size, _ in printed}
        self._roots: dict[int, str] = {}

    def checkpoint(self, said: str) -> None:
        """Read a checkpoint: number, moment, size, root, the one before, own hash."""
        number, at, size, root, prev, own = said.split("\t")
        name = f"校验点 {number}"
        if int(number) != len(self.checkpoints) + 1:
            self.fault(f"{name} 不连续")
        if prev != self._last_hash:
            self.fault(f"{name} 不接上一个")
        if _sha256(f"{number} {at} {size} {root} {prev}") != own:
            self.fault(f"{name} 被改动")
        before = self.checkpoints[-1][1] if self.checkpoints else 0
        if int(size) <= before or at < self._last_at:
            self.fault(f"{name} 的叶数或者时间倒退")
        self.checkpoints.append((number, int(size), root))
        self._last_at, self._last_hash = at, own
        self._wanted.add(int(size))

    def leaf(self, said: str) -> None:
        """Read a leaf: position, batch, length and head of its chain."""
        position, batch, length, head = said.split("\t")
        if int(position) != self.tree.size:
            self.fault(f"叶 {position} 不连续")
        before = self.leaves[int(batch)]
        if before and int(length) <= next(reversed(before)):
            self.fault(f"叶 {position} 倒退")
        before[int(length)] = head
        self.tree.grow(f"{batch} {length} {head}".encode())
        if self.tree.size in self._wanted:
            self._roots[self.tree.size] = self.tree.root()

    def compare(self) -> None:
        """Compare the roots with what checkpoints and papers say."""
        for number, size, root in self.checkpoints:
            if self._roots.get(size) != root:
                self.fault(f"校验点 {number} 的根与账本叶不符")
        covered = self.checkpoints[-1][1] if self.checkpoints else 0
        if covered != self.tree.size:
            self.fault("账本叶多于或者少于最后一个校验点")
        for size, digits in self.printed:
            root = self._roots.get(size, "")
            if not root:
                self.fault(f"纸上的校验点 {size} 不在账本里：账本被截短或者换过")
            elif not root.startswith(digits):
                self.fault(f"纸上的校验点 {size} 与账本不符：账本被改写过")


class Chains:
    """The lines of each batch, chained by hash."""

    def __init__(self, fault: Say, leaves: dict[int, dict[int, str]]) -> None:
        """Take whom faults are told, and what the leaves say of the lines."""
        self.fault, self.leaves = fault, leaves
        self.entries = self.batches = 0
        self._told: dict[int, tuple[int, str, str]] = {}
        self._now: tuple[int, int, str] = (0, 0, GENESIS)
        self._seen: set[int] = set()

    def batch(self, said: str) -> None:
        """Read a batch: key, length and head of its chain, number."""
        batch, length, head, number = said.split("\t")
        if int(batch) in self._told:
            self.fault(f"批次 {number} 出现两次")
        self._told[int(batch)] = (int(length), head, number)
        self.batches += 1

    def entry(self, said: str) -> None:
        """Read a line of the ledger: the text its hash was taken of, and the hash."""
        body, _, own = said.rpartition("\t")
        fact, end = _scan(body)
        if end != len(body):
            raise ValueError(body)
        batch, seq = fact["batch"], fact["seq"]
        if batch != self._now[0]:
            self._begin(batch)
        _, last, head = self._now
        if seq != last + 1:
            self.fault(f"{self._name(batch)}第 {last + 1} 条缺失，见到第 {seq} 条")
        if fact["prev"] != head:
            self.fault(f"{self._name(batch)}第 {seq} 条不接上一条")
        if hashlib.sha256(body.encode()).hexdigest() != own:
            self.fault(f"{self._name(batch)}第 {seq} 条被改动")
        if self.leaves[batch].pop(seq, own) != own:
            self.fault(f"{self._name(batch)}第 {seq} 条与账本叶不符")
        self._now = (batch, seq, own)
        self.entries += 1

    def finish(self) -> None:
        """End the last chain and say which lines are lost."""
        self._end()
        for length, head, number in self._told.values():
            if (length, head) != (0, GENESIS):
                self.fault(f"批次 {number} 的记录全部缺失")
        for batch, left in self.leaves.items():
            for seq in left:
                self.fault(f"批次 {batch} 第 {seq} 条已入账本叶，但记录缺失")

    def _begin(self, batch: int) -> None:
        self._end()
        if batch in self._seen:
            self.fault(f"{self._name(batch)}的记录不在一处")
        self._now = (batch, 0, GENESIS)

    def _end(self) -> None:
        batch, length, head = self._now
        if batch:
            self._seen.add(batch)
            told = self._told.pop(batch, None)
            if told is None or told[:2] != (length, head):
                self.fault(f"{self._name(batch)}末条与批次登记不符")

    def _name(self, batch: int) -> str:
        told = self._told.get(batch)
        return f"批次 {told[2] if told else batch} "


class Checker:
    """A whole file, and what was wrong with it."""

    def __init__(self, printed: Iterable[tuple[int, str]] = ()) -> None:
        """Take the checkpoints typed in from papers: size and digits of the root."""
        self.faults: list[str] = []
        self.top = Top(self.faults.append, list(printed))
        self.chains = Chains(self.faults.append, self.top.leaves)

    def read(self, lines: Iterable[str]) -> None:
        """Read the file and say at the end what is missing."""
        readers: dict[str, Say] = {
            "E\t": self.chains.entry,
            "B\t": self.chains.batch,
            "L\t": self.top.leaf,
            "C\t": self.top.checkpoint,
            "V\t": self._version,
        }
        for number, line in enumerate(lines, start=1):
            try:
                readers[line[:2]](line[2:].rstrip("\n"))
            except (TypeError, ValueError, KeyError):
                self.faults.append(f"第 {number} 行格式有误")
        self.chains.finish()
        self.top.compare()

    def _version(self, said: str) -> None:
        if said != VERSION:
            self.faults.append(f"文件格式 {said} 不是本程序能查验的")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def typed(text: str) -> tuple[int, str]:
    """Return a checkpoint as typed off a paper: size, colon, digits of the root.

    Raises: argparse.ArgumentTypeError in words of the person who typed it.
    """
    size, _, digits = text.replace("：", ":").replace(" ", "").lower().partition(":")
    wrong = not size.isdecimal() or set(digits) - set("0123456789abcdef")
    if wrong or not FEWEST_DIGITS <= len(digits) <= len(GENESIS):
        raise argparse.ArgumentTypeError(
            f"{text}：应为“叶数:根”，根至少 {FEWEST_DIGITS} 位十六进制数"
        )
    return int(size), digits


def _opened(path: str) -> TextIO:
    if path.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8", newline="\n")
    return Path(path).open(encoding="utf-8", newline="\n")


def _lines(path: str) -> Iterator[str]:
    with _opened(path) as file:
        yield from file


def main(arguments: list[str] | None = None) -> int:
    """Check one file and print what was found."""
    parser = argparse.ArgumentParser(description="查验账本导出文件")
    parser.add_argument("file")
    parser.add_argument("--checkpoint", type=typed, action="append", default=[])
    asked = parser.parse_args(arguments)
    checker = Checker(asked.checkpoint)
    try:
        checker.read(_lines(asked.file))
    except (OSError, UnicodeDecodeError, EOFError) as error:
        sys.stdout.write(f"文件读不了：{error}\n")
        return 2
    for fault in checker.faults[:100]:
        sys.stdout.write(f"× {fault}\n")
    sys.stdout.write(
        f"批次 {checker.chains.batches}，记录 {checker.chains.entries}，"
        f"账本叶 {checker.top.tree.size}，校验点 {len(checker.top.checkpoints)}，"
        f"纸上核对 {len(asked.checkpoint)}，"
        f"问题 {len(checker.faults)}\n"
    )
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
