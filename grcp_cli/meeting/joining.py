"""What is made common: which standing recommendations are part of which, and what to tell of a `/join`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .labels import COMMON
from .telling import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .decision import Sight
    from .entry import Source
    from .record import Record, Statement


_REFUSED = {"withdrawn": "was withdrawn", "not-agreed": "was not agreed", "deferred": "was deferred"}
"""What to tell of a status that speaks against making something common."""


def numbered(record: Record, own: Source) -> dict[str, int]:
    """The number of a new common recommendation, where its file by itself would give it one that is taken.

    Every desk of a session counts on from what it sees, so that no two of them make a `Common 1`.
    """
    given: list[int] = []
    here = 0
    for entry_id, label in (*record.labels.items(), *record.unsent.items()):
        source = record.source(entry_id)
        if label.owner == COMMON and source is not None and source.session == own.session:
            given.append(label.number)
            here = max(here, label.number if own.holds(source) else 0)
    number = max(given, default=0) + 1
    return {"number": number} if number != here + 1 else {}


def standing(record: Record) -> list[Statement]:
    """Every common recommendation of the meeting that stands, in record order within its session."""
    return [each for session in record.sessions for each in record.commons(session) if not each.struck]


def parts(commons: Iterable[Statement]) -> dict[str, tuple[str, ...]]:
    """The ids of the common recommendations that an entry is part of, by the entry's id."""
    found: dict[str, tuple[str, ...]] = {}
    for common in commons:
        for target in common.sources:
            found[target] = (*found.get(target, ()), common.entry.id)
    return found


def remarks(members: Sequence[Statement], record: Record, sight: Sight, into: str = "") -> Iterator[str]:
    """What a person should know of what they join; all of it is accepted.

    Args:
        members: What is joined.
        record: All files, before it is.
        sight: Of the desk that joins.
        into: Id of the common recommendation that they go into, empty for a new one.
    """
    meeting, own = sight.meeting, sight.source
    already = parts(each for each in standing(record) if each.entry.id != into)
    for each in members:
        name = name_of(each.entry.id, meeting, record, own)
        if each.struck:
            yield f"{name} is struck"
        elif each.status in _REFUSED:
            yield f"{name} {_REFUSED[each.status]}"
        if each.internal:
            yield f"{name} is internal: no export tells of it"
        if others := already.get(each.entry.id):
            yield f"{name} is part of {', '.join(name_of(other, meeting, record, own) for other in others)} already"
    groups = {each.group for each in members}
    if len(members) > 1 and len(groups) == 1 and (group := groups.pop()):
        yield f"all of them are of {meeting.name_of(group)}"
