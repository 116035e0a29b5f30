"""Several files of one desk as the tree of their blocks: a folder was copied, and both copies were written on.

    a─b─c─┬─d─e      africa.toml holds a b c d e, its branch a b c f:
          └─f        three segments, of which the shared one has no label and the others those of d and f

What comes of it depends on the blocks alone, never on which file holds them. A block that was changed by hand is still
the one that its seal says: of its versions the one holds that was accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .entry import WITHHELD, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from .entry import Entry

    Accepted = Mapping[tuple[str, str], tuple[datetime, str]]
    """When it was accepted, and by which act, that an entry stands as it was found."""


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
    return list(_grown(sorted(files.items()), 0, source._replace(branch=""), _accepted(files)))


def _accepted(files: Mapping[Source, Sequence[Entry]]) -> Accepted:
    acts = (each for entries in files.values() for each in entries)
    found = sorted((each.at, each.id, accepts) for each in acts if (accepts := each.accepts))
    return {accepts: (at, act) for at, act, accepts in found}


def _grown(
    files: list[tuple[Source, Sequence[Entry]]], start: int, source: Source, accepted: Accepted
) -> Iterator[Segment]:
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
            shared.append(holding([entries[at] for _, entries in going], accepted))
            at += 1
    yield Segment(source, start, shared, ended, leaf=not branches)
    for label in sorted(branches):
        branch = f"{source.branch}/{label}" if source.branch else label
        yield from _grown(branches[label], at, source._replace(branch=branch), accepted)


def block(entry: Entry) -> str:
    """What tells a block from every other: its seal, which stands for all before it too."""
    return entry.seal or entry.id


def holding(same: Sequence[Entry], accepted: Accepted) -> Entry:
    """Of one block in several files the version that holds, whichever file has it.

    What was changed by hand and accepted, the latest accepted first; else what is there in full, where a bundle
    withheld it in some: of that, as it was written.
    """
    if len(same) == 1:
        return same[0]

    def rank(each: Entry) -> tuple[bool, tuple[datetime, str] | tuple[()], bool, bool, str]:
        hand = accepted.get((each.id, each.found)) if each.found else None
        return hand is not None, hand or (), each.kind != WITHHELD, not each.found, each.found

    return max(same, key=rank)
