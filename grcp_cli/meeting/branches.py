"""Several files of one desk as the tree of their blocks: a folder was copied, and both copies were written on.

    a─b─c─┬─d─e      africa.toml holds a b c d e, its branch a b c f:
          └─f        three segments, of which the shared one has no label and the others those of d and f

What comes of it depends on the blocks alone, never on which file holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .entry import WITHHELD, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .entry import Entry


class Segment(NamedTuple):
    """Entries of a desk between two branchings.

    Attributes:
        source: The desk's, with the branch.
        start: The position of its first entry in every file that holds it.
        entries: In the order of these files.
        files: Those that end within it.
        leaf: Whether no branch goes on behind it.
    """

    source: Source
    start: int
    entries: list[Entry]
    files: list[Source]
    leaf: bool


def segments(files: Mapping[Source, Sequence[Entry]]) -> list[Segment]:
    """The segments of one desk's files, each behind the one that it goes on from.

    Args:
        files: All files of one desk of a session, whole, by what they are called in their folder.
    """
    source = next(iter(files))
    return list(_grown(sorted(files.items()), 0, source._replace(branch="")))


def _grown(files: list[tuple[Source, Sequence[Entry]]], start: int, source: Source) -> Iterator[Segment]:
    """The segment that begins at a position in files that are one up to there, and all behind it."""
    shared: list[Entry] = []
    ended: list[Source] = []
    branches: dict[str, list[tuple[Source, Sequence[Entry]]]] = {}
    going = files
    at = start
    while going:
        branches = {}
        for file, entries in going:
            if at < len(entries):
                branches.setdefault(block(entries[at]), []).append((file, entries))
            else:
                ended.append(file)
        going = []
        if len(branches) == 1:
            (going,) = branches.values()
            shared.append(whole(entries[at] for _, entries in going))
            at += 1
    yield Segment(source, start, shared, ended, leaf=not branches)
    for label in sorted(branches):
        branch = f"{source.branch}/{label}" if source.branch else label
        yield from _grown(branches[label], at, source._replace(branch=branch))


def block(entry: Entry) -> str:
    """What tells a block from every other: its seal, which stands for all before it too."""
    return entry.seal or entry.id


def whole(same: Iterator[Entry]) -> Entry:
    """Of one block in several files the one that is whole, where a bundle withheld it in some."""
    first = next(same)
    return first if first.kind != WITHHELD else next((each for each in same if each.kind != WITHHELD), first)
