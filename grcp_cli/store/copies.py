"""Two copies of one session file compared: which is the beginning of the other, and where they part.

Blocks are told apart by their bytes; one that a bundle withheld is the one it stands for.
"""

from __future__ import annotations

from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.entry import WITHHELD

from . import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.entry import Entry

    from .journal import Edited

_WITHHELD = f'\nkind = "{WITHHELD}"\n'.encode()


def clean(data: bytes) -> bytes:
    """Bytes as grcp writes them, over which the seals are: without what mail and other editors do to lines."""
    return blocks.plain(data.removeprefix(blocks.BOM))


class Changed(NamedTuple):
    """Blocks that were changed by hand, by their positions.

    Attributes:
        by_hand: All of them.
        open: Those that nobody accepted since.
    """

    by_hand: frozenset[int]
    open: frozenset[int]


class Content(NamedTuple):
    """What blocks say.

    Attributes:
        entries: Of those that can be read, in their order.
        changed: Which were changed by hand.
        faults: What is wrong with their form, in sentences.
    """

    entries: list[Entry]
    changed: Changed
    faults: list[str]


class Copy:
    """A session file's bytes taken apart, LF at every line's end.

    Attributes:
        head: What stands before the first block.
        chunks: The whole blocks.
        torn: What an append that did not finish left.
    """

    def __init__(self, data: bytes) -> None:
        self.head, chunks, self.torn = blocks.cut(clean(data))
        self.chunks = [part for chunk in chunks for part in blocks.parts(chunk)]

    def before(self, at: int) -> str | bytes:
        """What a block is sealed behind."""
        if not at:
            return self.head
        chunk = self.chunks[at - 1]
        return blocks.sealed_with(chunk) or blocks.read(chunk, self.before(at - 1), None).found

    def seal(self, at: int) -> str:
        """The seal that the chain goes on behind a block with."""
        return str(self.before(at + 1))

    def found(self, at: int) -> str:
        """What the seal of a block should be by its bytes."""
        return blocks.read(self.chunks[at], self.before(at), None).found

    def edited(self, at: int) -> bool:
        """Whether a block was changed by hand."""
        return self.found(at) != blocks.sealed_with(self.chunks[at])

    @cached_property
    def changed(self) -> Changed:
        """Which blocks were changed by hand."""
        return self.content(0).changed

    def content(self, at: int) -> Content:
        """What the blocks from one on say."""
        entries: list[Entry] = []
        edited: dict[int, Edited] = {}
        accepted: set[tuple[str, str]] = set()
        faults: list[str] = []
        for number, (block, wrong) in enumerate(self.read(at), at):
            if wrong:
                edited[number] = wrong
            if block.fault:
                faults.append(f"block {number + 1} {block.fault}")
            if block.entry:
                entries.append(block.entry)
                if accepts := block.entry.accepts:
                    accepted.add(accepts)
        doubtful = frozenset(each for each, found in edited.items() if found not in accepted)
        return Content(entries, Changed(frozenset(edited), doubtful), faults)

    def overtakes(self, other: Copy) -> bool:
        """Whether a copy is the beginning of this one, but for what was changed by hand here and accepted."""
        pairs = list(zip(self.chunks, other.chunks, strict=False))
        same = all(blocks.sealed_with(ours) == blocks.sealed_with(theirs) != "" for ours, theirs in pairs)
        fuller = any(_withheld(ours) and not _withheld(theirs) for ours, theirs in pairs)
        longer = len(self.chunks) >= len(other.chunks)
        if not longer or not same or fuller:
            return False
        return bool(self.changed.by_hand) and not self.changed.open and not other.changed.by_hand

    def read(self, at: int) -> Iterator[tuple[blocks.Block, Edited | None]]:
        """The blocks from one on, and of each what was changed by hand."""
        from .journal import Edited

        before, previous = self.before(at), None
        for number, chunk in enumerate(self.chunks[at:], at + 1):
            block = blocks.read(chunk, before, previous)
            before, previous = block.seal or block.found, block.entry or previous
            wrong = Edited(block.entry.id if block.entry else f"block-{number}", block.found)
            yield block, wrong if block.seal != block.found else None


class Compared(NamedTuple):
    """How two copies stand to each other.

    Attributes:
        shared: Blocks that are the same in both, from the first on.
        by_hand: Whether what differs first was changed by hand in one of them, so that it is no branching.
        more: Blocks that only the first has.
        fewer: Blocks that only the second has.
        completes: Whether the first has something that is withheld in the second.
    """

    shared: int
    by_hand: bool
    more: int
    fewer: int
    completes: bool


def compare(one: Copy, other: Copy) -> Compared:
    """Compares a copy of a desk's file with another that is there.

    What a hand made of a block and nobody accepted stands for none that is withheld there: in its place it would keep
    out the words as they were written.
    """
    shared, completes = 0, False
    if one.head.strip() == other.head.strip():
        for mine, theirs in zip(one.chunks, other.chunks, strict=False):
            if mine != theirs and mine.rstrip() != theirs.rstrip():
                if not _stands_for(mine, theirs) or shared in one.changed.open:
                    break
                completes = completes or not _withheld(mine)
            shared += 1
    more, fewer = len(one.chunks) - shared, len(other.chunks) - shared
    by_hand = bool(more and fewer) and (
        one.seal(shared) == other.seal(shared) or one.edited(shared) or other.edited(shared)
    )
    return Compared(shared, by_hand, more, fewer, completes)


def grown_apart(one: Copy, other: Copy) -> int | None:
    """How many blocks two copies have in common by their seals, whatever a hand changed in these.

    Returns:
        None where something behind these is in both: then they cannot lie beside each other as branches.
    """
    mine, theirs = ([block.entry for block, _ in each.read(0)] for each in (one, other))
    pairs = zip(map(blocks.sealed_with, one.chunks), map(blocks.sealed_with, other.chunks), strict=False)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1] != "", pairs))
    if None in mine or None in theirs:
        return None
    behind = ({each.id for each in entries[common:] if each} for entries in (mine, theirs))
    return None if set.intersection(*behind) else common


def completed(one: Copy, other: Copy, shared: int) -> list[bytes]:
    """The blocks that two copies share, each from the one that has it in full, ended so that others may follow."""
    pairs = zip(one.chunks[:shared], other.chunks[:shared], strict=True)
    return [(theirs if _withheld(mine) else mine).rstrip(blocks.BLANK) + b"\n\n" for mine, theirs in pairs]


def _stands_for(one: bytes, other: bytes) -> bool:
    """Whether one of two blocks is the other as a bundle withheld it."""
    withheld = _withheld(one), _withheld(other)
    seal = blocks.sealed_with(one)
    return any(withheld) and bool(seal) and seal == blocks.sealed_with(other)


def _withheld(chunk: bytes) -> bool:
    return _WITHHELD in chunk
