"""What was done by hand to a session file, told: an entry that was changed, or that something before it is gone.

A seal covers the entry and all before it, so that alone it does not tell which of the two was touched. The numbers of
what was captured do, where one of them is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .entry import CAPTURED, KINDS, WITHHELD, Source
from .telling import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .agenda import Meeting
    from .entry import Entry
    from .record import Record

_UNNUMBERED = KINDS - {*CAPTURED, WITHHELD}


def change(
    entry_id: str, found: str, entries: Sequence[Entry], source: Source, meeting: Meeting, record: Record
) -> str:
    """What a seal that does not fit tells a person, and of which entry.

    Args:
        entry_id: Of the entry whose seal does not fit.
        found: What its seal should be.
        entries: The file, in its order.
        source: Which file it is.
        meeting: For names.
        record: For what a correction is about.
    """
    at = next((at for at, each in enumerate(entries) if (each.id, each.found) == (entry_id, found)), None)
    if at is None:
        return f"changed by hand: {entry_id} · a block that cannot be read"
    entry = entries[at]
    moved = gap(entries[at - 1] if at else None, entry, entries)
    return f"{f'{moved} ·' if moved else 'changed by hand:'} {entry_id} · {_words(entry, source, meeting, record)}"


def gap(previous: Entry | None, entry: Entry, entries: Sequence[Entry]) -> str:
    """What the numbers tell of the place before an entry: what is not there, or not in its place; empty for nothing."""
    before = previous.n if previous else 0
    counts = entry.n > before if entry.kind not in (*CAPTURED, *_UNNUMBERED) else entry.captured
    last = entry.n - counts
    if last == before:
        return ""
    where = f"between {before or 'the beginning'} and {entry.n if counts else 'what follows'}"
    there = {each.n for each in entries if before < each.n <= last and each.kind not in _UNNUMBERED}
    if last < before or len(there) == last - before:
        return f"something {where} was moved or put in twice"
    first = before + 1
    lost = f"{first} is" if last == first else f"some of {first} to {last} are" if there else f"{first} to {last} are"
    return f"something {where} is missing or was changed: {lost} not there"


def _words(entry: Entry, source: Source, meeting: Meeting, record: Record) -> str:
    """What an entry says now."""
    session = meeting.session(source.session)
    if entry.captured or session is None:
        return f"{entry.n} {entry.kind}: {entry.text or entry.target}"
    return told(entry, meeting, session, record, Source(source.session))
