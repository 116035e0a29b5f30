"""Conflicts in lines: what an entry was, and what each side would make of it, the words that differ marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grcp_cli.meeting.entry import CORRECTIONS, STANDING
from grcp_cli.meeting.resolving import about, disputes, of_entry, said

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.entry import Entry, Source
    from grcp_cli.meeting.record import Record
    from grcp_cli.meeting.resolving import Choice, Dispute
    from grcp_cli.store.desk import Desk


def lines(dispute: Dispute, meeting: Meeting) -> Iterator[str]:
    """A conflict: what it is about, what was there before, then a line for each choice, numbered."""
    yield drawn_line(f"in conflict: {_fields(dispute, meeting)} of {called(dispute)}")
    fields = dispute.against or dispute.fields
    before = [(field, said(field, dispute.before.get(field), meeting)) for field in fields]
    yield drawn_line(f"  before · {_told(before, meeting)}")
    for position, choice in enumerate(dispute.choices, 1):
        yield drawn_line(f"  {position} · {who(choice)} · {made(dispute, choice, meeting)}")


def called(dispute: Dispute) -> str:
    """The entry by label and number: `africa3 (africa:3)`."""
    return f"{dispute.label} ({dispute.name})" if dispute.label not in ("", dispute.name) else dispute.name


def who(choice: Choice) -> str:
    """Whose corrections a choice is, and when they were written."""
    told = ", ".join(f"{by.name} {by.entry.at:%Y-%m-%d %H:%M}" for by in choice.by)
    return f"as it stands, {told}" if choice.now else told


def made(dispute: Dispute, choice: Choice, meeting: Meeting, *, mark: bool = True) -> str:
    """What a choice would make of the entry; of a text the words that go and come are marked, unless not wanted."""
    told = [_told(_becomes(dispute, choice.values, dispute.fields, meeting, mark=mark), meeting)]
    for by in choice.by:
        changes = _becomes(dispute, by.changes, by.changes, meeting, mark=mark)
        told += [f"{about(field, meeting)}: {value}" for field, value in changes]
    return "; ".join(told)


def _becomes(
    dispute: Dispute, values: Mapping[str, Any], fields: Iterable[str], meeting: Meeting, *, mark: bool
) -> list[tuple[str, str]]:
    """What fields would become, in words."""
    from grcp_cli.report.changes import words

    from .changes import marked

    told = []
    for field in fields:
        before, after = (said(field, each.get(field), meeting) for each in (dispute.before, values))
        text = "".join(map(marked, words(before, after))) if mark and field == "text" else after
        told.append((field, text))
    return told


def short(dispute: Dispute, meeting: Meeting) -> str:
    """A conflict in one sentence, with the command that ends it."""
    session = dispute.target.source.session
    return drawn_line(f"in conflict: {_fields(dispute, meeting)} of {called(dispute)} · grcp record resolve {session}")


def _fields(dispute: Dispute, meeting: Meeting) -> str:
    sides = (dispute.fields, dispute.against) if dispute.against else (dispute.fields,)
    return " against ".join(", ".join(about(field, meeting) for field in side) for side in sides)


def _told(values: list[tuple[str, str]], meeting: Meeting) -> str:
    """Values in a line; each says what it is where there are several."""
    return "; ".join(value if len(values) == 1 else f"{about(field, meeting)}: {value}" for field, value in values)


class Odds:
    """What a console has told of conflicts: each that comes with what others wrote is told once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._record: Record | None = None
        self._known: set[tuple[str, frozenset[str]]] = set()

    def look(self, came: Iterable[tuple[Source, Entry]]) -> list[str]:
        """The conflicts that are new: of this session's entries, or brought about from its desks.

        Args:
            came: What came into any file since the last look; where files were replaced, everything of the session
                is looked at.
        """
        desk = self._desk
        record, meeting, session = desk.record, desk.meeting, desk.session.id
        if record is not self._record:
            first, self._record = self._record is None, record
            found = disputes(meeting, record, session)
            new = [] if first else [each for each in found if each.key not in self._known]
            self._known.update(each.key for each in found)
        else:
            new = []
            for target in dict.fromkeys(_corrected(came)):
                mine = (source := record.source(target)) is not None and source.session == session
                for each in of_entry(meeting, record, target):
                    here = any(by.source.session == session for choice in each.choices for by in choice.by)
                    if (mine or here) and each.key not in self._known:
                        self._known.add(each.key)
                        new.append(each)
        return [short(each, meeting) for each in new]


def _corrected(came: Iterable[tuple[Source, Entry]]) -> Iterator[str]:
    for _, entry in came:
        if entry.kind in CORRECTIONS | STANDING:
            yield entry.target
        elif entry.captured or entry.kind == "paragraph":
            yield entry.id
