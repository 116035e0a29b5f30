"""Planned times of the sessions, from the agenda alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .agenda import Meeting

HALF_A_DAY = 12 * 3600


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
    return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(zone)


def lateness(plan: datetime, actual: datetime) -> float:
    """Seconds by which `actual` is later than planned, negative when earlier.

    A session held on another day than planned is compared with the same clock time on the day it is held.
    """
    gap = apart(plan, actual)
    if abs(gap) <= HALF_A_DAY:
        return gap
    # Whole days of seconds would be an hour out in the other half of the year.
    held = actual.astimezone(plan.tzinfo).date()
    try:
        days = [held + timedelta(days) for days in (-1, 0, 1)]
    except OverflowError:  # an instant that no clock showed, made by hand
        return gap
    return min((apart(datetime.combine(day, plan.time(), plan.tzinfo), actual) for day in days), key=abs)


def apart(earlier: datetime, later_on: datetime) -> float:
    """Real seconds from one instant to another; subtracting within one zone counts wall-clock time."""
    return (later_on.astimezone(UTC) - earlier.astimezone(UTC)).total_seconds()


def hard_stop(meeting: Meeting, start: datetime) -> datetime | None:
    """When the interpreters leave: the first hard stop after a session's start, on its day."""
    stops = sorted(stop for stop in meeting.timing.hard_stops if stop > start.time())
    return datetime.combine(start.date(), stops[0], start.tzinfo) if stops else None
