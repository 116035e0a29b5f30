"""Planned times of the sessions, from the agenda alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .agenda import Meeting

HALF_A_DAY = 12 * 3600
DAY = 24 * 3600


class Slot(NamedTuple):
    """When a session is planned, as zoned instants."""

    start: datetime
    end: datetime


def planned(meeting: Meeting) -> dict[str, Slot]:
    """The planned slot of each session by id; one without a start follows on from the one before.

    Sessions before the first start of their day are left out: nothing says when they begin.
    """
    zone = ZoneInfo(meeting.timezone)
    slots: dict[str, Slot] = {}
    before: datetime | None = None
    for session in meeting.sessions:
        day = session.date or meeting.date
        if session.start is not None:
            start = datetime.combine(day, session.start, zone)
        elif before is not None and (session.date is None or before.date() == session.date):
            start = before
        else:
            continue
        end = later(start, session.minutes * 60)
        slots[session.id] = Slot(start, end)
        before = end
    return slots


def later(start: datetime, seconds: float) -> datetime:
    """The instant so many real seconds after another; adding to a zoned datetime adds wall-clock time."""
    zone = start.tzinfo
    return (start.astimezone(ZoneInfo("UTC")) + timedelta(seconds=seconds)).astimezone(zone)


def lateness(plan: datetime, actual: datetime) -> float:
    """Seconds by which `actual` is later than planned, negative when earlier.

    A session held on another day than planned is compared with the same clock time on the day it is held.
    """
    gap = (actual - plan).total_seconds()
    if abs(gap) > HALF_A_DAY:
        gap -= round(gap / DAY) * DAY
    return gap


def hard_stop(meeting: Meeting, start: datetime) -> datetime | None:
    """When the interpreters leave: the first hard stop after a session's start, on its day."""
    stops = sorted(stop for stop in meeting.timing.hard_stops if stop > start.time())
    return datetime.combine(start.date(), stops[0], start.tzinfo) if stops else None
