"""Which file leads a session, and what the desks that follow it see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import walkthrough
from .clock import effective
from .entry import CLOCK, FLOOR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .agenda import Meeting, Session
    from .clock import Clock
    from .entry import Entry, Source
    from .record import Record
    from .walkthrough import Walk


def lead(record: Record, session: str, without: Collection[str] = ()) -> Source | None:
    """The file whose figures are the session's: the desk-less one if it started, else the earliest start.

    Args:
        record: All files of the meeting.
        session: Its id.
        without: Desks that are not asked.

    Returns:
        None while no file of the session has a start.
    """
    starts = []
    for source, entries in record.files.items():
        if source.session == session and source.desk not in without:
            gone = walkthrough.undone(entries)
            for entry in entries:
                if entry.kind == "start" and entry.id not in gone:
                    # Of branches that went on from one start it is the one whose clock and floor were kept.
                    kept = sum(each.kind in CLOCK or each.kind in FLOOR for each in entries)
                    starts.append((source.desk != "", effective(entry).timestamp(), source.desk, -kept, source))
                    break
    return min(starts)[-1] if starts else None


def clocks(meeting: Meeting, record: Record) -> dict[str, Clock]:
    """The clock of each session's lead, by the session's id; those that have not begun are left out."""
    leads = {each: lead(record, each.id) for each in meeting.sessions}
    return {
        session.id: walkthrough.replay(session, record.files[source]).clock
        for session, source in leads.items()
        if source
    }


def message(record: Record, session: str) -> Entry | None:
    """The newest message for the stage, or blackout, that any desk of a session sent; None for none."""
    found: list[tuple[float, Entry]] = []
    for source, entries in record.files.items():
        if source.session == session:
            gone = walkthrough.undone(entries)
            latest = 0.0  # so far in this file: a clock set back does not put a message behind earlier ones
            for entry in entries:
                latest = max(latest, entry.at.timestamp())
                if entry.kind == "message" and entry.id not in gone:
                    found.append((latest, entry))
    return max(reversed(found), key=lambda each: each[0])[1] if found else None


def others(session: Session, group: str) -> list[str]:
    """The desks of other groups' tables in a breakout, whose clock and floor are not one's own."""
    return [each for each in session.groups if each != group]


def followed(record: Record, session: Session, own: Source, walk: Walk, group: str) -> Source | None:
    """The file that a desk follows: the lead, unless it is the lead, went elsewhere, or keeps its own time.

    In a breakout each group sits at a table of its own: nobody follows another group's clock and floor.
    """
    if not walk.following or walk.clock.started is not None:
        return None
    leads = lead(record, session.id, without=others(session, group))
    return None if leads == own else leads


def left(record: Record, session: Session, own: Source, walk: Walk, group: str) -> Source | None:
    """The file that a desk would follow had it not gone elsewhere, None while it follows or keeps time itself."""
    return None if walk.following else followed(record, session, own, walk._replace(following=True), group)


def led(walk: Walk, entries: Iterable[Entry], session: Session) -> Walk:
    """A desk's walk with clock, floor and question of the file it follows, and those who spoke there."""
    leads = walkthrough.replay(session, entries)
    return leads._replace(
        following=walk.following,
        captured=walk.captured,
        last=walk.last,
        speakers=(*walk.speakers, *leads.speakers),
    )
