"""When sessions are planned, and when they will be as the day goes; how the time left divides.

Planned stays planned: what happened moves the projection and never the plan.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .agenda import Meeting, Session

HALF_A_DAY = 12 * 3600
NOTICED = 30.0
"""Seconds from which early and late are told: shown times have no seconds."""


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


def minute(instant: datetime) -> datetime:
    """An instant as clocks show it, to the minute; what is a hair before the minute is the minute."""
    return later(instant, 0.5).replace(second=0, microsecond=0)


def gap(earlier: datetime, later_on: datetime) -> float:
    """Seconds from one instant to another as people who read both to the minute reckon them."""
    return apart(minute(earlier), minute(later_on))


def exists(instant: datetime) -> bool:
    """Whether a clock of that zone ever shows this; in spring an hour is left out."""
    return instant.astimezone(UTC).astimezone(instant.tzinfo).replace(fold=0) == instant.replace(fold=0)


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


class Course(NamedTuple):
    """How far a session has come, for the day's projection.

    Attributes:
        started: When it began, None while it is to come.
        ended: When it ended, None before.
        left: Seconds it has left of what was planned and added; negative in overtime.
    """

    started: datetime | None
    ended: datetime | None
    left: float


class Projection(NamedTuple):
    """A session as the day goes.

    Attributes:
        planned: Its slot, on the day it is held.
        start: When it began or will.
        end: When it ended or will.
        stop: When the interpreters leave, None where nobody says.
    """

    planned: Slot
    start: datetime
    end: datetime
    stop: datetime | None

    @property
    def drift(self) -> float:
        """Seconds by which its end is later than planned, negative when earlier."""
        return apart(self.planned.end, self.end)

    @property
    def past_stop(self) -> float:
        """Seconds by which it goes on after the interpreters leave, 0 where it does not."""
        return max(0.0, apart(self.stop, self.end)) if self.stop else 0.0


def projected(meeting: Meeting, courses: Mapping[str, Course], now: datetime) -> dict[str, Projection]:
    """Every session that has a planned slot, as the day goes.

    A session to come begins when it is planned, or when what stands before it has ended, if that is later; one that
    is overdue begins now. A break gives up its minutes to lateness, a meal without guiding questions half of them.
    What nobody runs a clock for (breaks, meals and ceremonies without guiding questions) passes by the plan. Hard
    stops do not move. Each day stands alone, and of parallel rooms each goes its own way.

    Args:
        meeting: The agenda.
        courses: How far each session has come, by id; those left out are to come.
        now: The wall clock, zoned.
    """
    slots = _held_days(meeting, courses, planned(meeting))
    found: dict[str, Projection] = {}
    for session in sorted(
        (each for each in meeting.sessions if each.id in slots), key=lambda each: _at(slots[each.id])
    ):
        slot = slots[session.id]
        course = courses.get(session.id, Course(None, None, session.minutes * 60))
        if course.started is not None:
            start = course.started
            end = course.ended or later(now, max(0.0, course.left))
        else:
            before = [found[each].end for each in _before(session, meeting, slots)]
            start = _last(slot.start, *(each for each in before if apart(slot.start, each) <= HALF_A_DAY))
            if apart(start, now) > 0 and _awaited(session, slots, courses, meeting, now):
                start = now
            whole, least = later(start, course.left), later(start, course.left * _kept(session))
            end = _last(min(slot.end, whole, key=datetime.timestamp), least)
        found[session.id] = Projection(slot, start, end, hard_stop(meeting, slot.start))
    return found


def _held_days(meeting: Meeting, courses: Mapping[str, Course], slots: dict[str, Slot]) -> dict[str, Slot]:
    """The slots, those of a day that is held on another date moved to it."""
    moved: dict[date, date] = {}
    for session in meeting.sessions:
        course = courses.get(session.id)
        if course and course.started and session.id in slots:
            plan = slots[session.id].start
            if abs(apart(plan, course.started)) > HALF_A_DAY:
                held = course.started.astimezone(plan.tzinfo)
                moved.setdefault(plan.date(), later(held, -lateness(plan, held)).date())
            else:
                moved.setdefault(plan.date(), plan.date())
    return {each: _on(slot, moved.get(slot.start.date())) for each, slot in slots.items()}


def _on(slot: Slot, day: date | None) -> Slot:
    if day is None or day == slot.start.date():
        return slot
    start = datetime.combine(day, slot.start.time(), slot.start.tzinfo)
    return Slot(start, later(start, apart(slot.start, slot.end)))


def _before(session: Session, meeting: Meeting, slots: Mapping[str, Slot]) -> list[str]:
    """The sessions that must have ended before this one can begin: those of its room, and those right before it.

    Where it runs beside others, only those of its own room count, if there are any.
    """
    begins, ends = _at(slots[session.id])
    same_day = [
        (each, *_at(slots[each.id]))
        for each in meeting.sessions
        if each.id in slots and each.id != session.id and _day(slots[each.id]) == _day(slots[session.id])
    ]
    earlier = [each for each in same_day if each[2] <= begins]
    own = [each.id for each, _, _ in earlier if each.room == session.room]
    if own and any(start < ends and begins < end and each.room != session.room for each, start, end in same_day):
        return own
    last = max((start for _, start, _ in earlier), default=0.0)
    return own + [each.id for each, _, end in earlier if end > last]


def _at(slot: Slot) -> tuple[float, float]:
    """A slot as seconds since the epoch: instants of one zone compare by what their clocks show."""
    return slot.start.timestamp(), slot.end.timestamp()


def _last(*instants: datetime) -> datetime:
    return max(instants, key=datetime.timestamp)


def _day(slot: Slot) -> date:
    return slot.start.date()


def _unclocked(session: Session) -> bool:
    """Whether a session is one that nobody runs a clock for."""
    return session.kind in ("break", "meal", "ceremony") and not session.questions


def _awaited(
    session: Session, slots: Mapping[str, Slot], courses: Mapping[str, Course], meeting: Meeting, now: datetime
) -> bool:
    """Whether a session that has not begun is still waited for, on its day.

    What passes by the plan is not, nor is what a later session of its room has left behind.
    """
    slot = slots[session.id]
    if _unclocked(session) or now.astimezone(slot.start.tzinfo).date() != _day(slot):
        return False
    return not any(
        each.id in courses and each.room == session.room and courses[each.id].started
        for each in meeting.sessions
        if each.id in slots and _at(slots[each.id]) > _at(slot) and _day(slots[each.id]) == _day(slot)
    )


def _kept(session: Session) -> float:
    """The part of a session's minutes that lateness cannot take."""
    if session.kind == "break":
        return 0.0
    return 0.5 if _unclocked(session) and session.kind == "meal" else 1.0


def shares(session: Session, here: str, spent: Mapping[str, float], left: float) -> dict[str, float]:
    """The seconds left of a session divided anew among its questions at hand and to come, by their planned shares.

    Questions left behind get nothing; the one at hand has what is left of its own share, unless that is used up.
    Minutes that the agenda gives to no question are a reserve: lateness takes them first.

    Args:
        session: As planned.
        here: Address of the question at hand.
        spent: Seconds used by address.
        left: Seconds there are.

    Returns:
        Seconds by address, empty where there is nothing to divide by: no shares are planned or no time is left.
    """
    leaves = [leaf.address for leaf in session.leaves]
    planned = {address: (session.share(address) or 0.0) * 60 for address in leaves}
    at = leaves.index(here) if here in leaves else -1
    wanted = {
        address: planned[address] - (spent.get(address, 0.0) if address == here else 0.0)
        for position, address in enumerate(leaves)
        if position >= at and (address == here or not spent.get(address))
    }
    wanted = {address: seconds for address, seconds in wanted.items() if seconds > 0}
    total, reserve = sum(wanted.values()), max(0.0, session.minutes * 60 - sum(planned.values()))
    if not total or left <= 0:
        return {}
    part = left / total if left < total else max(1.0, left / (total + reserve))
    return {address: seconds * part for address, seconds in wanted.items()}
