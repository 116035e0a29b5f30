"""A session's captured entries as rows that follow the record as it grows."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from .walkthrough import REVERSALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .entry import Entry, Source
    from .record import Key, Label, Record, Statement


class Row(NamedTuple):
    """One captured entry as it now stands: its place in the record, and what it is called as a recommendation."""

    key: Key
    stated: Statement
    label: Label | None


class Change(NamedTuple):
    """What became of one captured entry; without a row it was undone."""

    id: str
    row: Row | None


def rows(record: Record, session: str) -> list[Row]:
    """A session's rows, in record order."""
    return [each for stated in record.statements(session) if (each := _row(record, stated))]


def row(record: Record, entry_id: str) -> Row | None:
    """One row, None for an entry that is none or was undone."""
    stated = record.statement(entry_id)
    return _row(record, stated) if stated is not None and stated.entry.captured else None


def _row(record: Record, stated: Statement) -> Row | None:
    key = record.key(stated.entry.id)
    label = record.label(stated.entry.id) if stated.kind == "recommendation" else None
    return Row(key, stated, label) if key else None


def number(stated: Statement, own: Source) -> str:
    """How an entry is called from one's own file: `12`, `africa:12`, `session-4/africa:12`."""
    source = stated.source
    if source == own:
        return str(stated.entry.n)
    session = "" if source.session == own.session else f"{source.session}/"
    return f"{session}{source.desk}:{stated.entry.n}"


def changes(record: Record, session: str, came: Iterable[Entry]) -> list[Change]:
    """What new entries of any file did to a session's rows, each row once."""
    touched = dict.fromkeys(target for entry in came for target in _about(record, entry))
    return [Change(each, row(record, each)) for each in touched if _of(record, each) == session]


def _of(record: Record, entry_id: str) -> str:
    source = record.source(entry_id)
    return source.session if source else ""


def _about(record: Record, entry: Entry) -> Iterator[str]:
    """The captured entries that an entry is, or changes."""
    if entry.captured:
        yield entry.id
    elif entry.kind in REVERSALS and (reversed_ := record.entry(entry.target)):
        yield from _about(record, reversed_)
    elif entry.target:
        yield entry.target


class Rows:
    """The rows of a session in record order, kept so while changes come."""

    def __init__(self, listed: Iterable[Row] = ()) -> None:
        self.listed = list(listed)
        self._keys = [each.key for each in self.listed]
        self._known = {each.stated.entry.id: each.key for each in self.listed}

    def take(self, changed: Iterable[Change]) -> None:
        """Puts each changed row in its place, or takes it out."""
        for entry_id, new in changed:
            key = self._known.get(entry_id)
            if key is not None and new is not None and key == new.key:
                self.listed[bisect_left(self._keys, key)] = new
                continue
            if key is not None:
                position = bisect_left(self._keys, key)
                del self.listed[position], self._keys[position], self._known[entry_id]
            if new is not None:
                position = bisect_left(self._keys, new.key)
                self.listed.insert(position, new)
                self._keys.insert(position, new.key)
                self._known[entry_id] = new.key

    def get(self, entry_id: str) -> Row | None:
        """The row of an entry, None where there is none."""
        key = self._known.get(entry_id)
        return None if key is None else self.listed[bisect_left(self._keys, key)]
