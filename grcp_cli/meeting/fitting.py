"""Fit to stop: how the time left divides among those who wait, and what a limit or an extension would do.

Nothing here is applied: it is told before somebody decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import clock, leading, schedule
from .decision import Refusal, limit_said, minutes_said, record_of
from .floor import allowed
from .schedule import Course, apart, gap, later, minute
from .telling import duration, early_or_late, minutes_and_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from .agenda import Meeting, Session
    from .clock import Clock, Figures, Moment
    from .decision import Sight
    from .walkthrough import Walk


_A_HAIR = 0.5
"""Seconds; a list that is through so little late is through in time."""


class Outlook(NamedTuple):
    """What fitting looks at.

    Attributes:
        meeting: The agenda.
        session: The session sat at.
        walk: Where its lead stands.
        clocks: Those of the meeting's sessions that began, by id.
        now: The machine's clocks.
    """

    meeting: Meeting
    session: Session
    walk: Walk
    clocks: Mapping[str, Clock]
    now: Moment

    @property
    def figures(self) -> Figures:
        """The session's figures; its late start is not among what is asked of them here."""
        return clock.figures(self.walk.clock, self.session.minutes, None, self.now)

    def day(self, extended: float = 0.0) -> Mapping[str, schedule.Projection]:
        """The day as it goes, were the session to have so many minutes more."""
        clocks = {**self.clocks, self.session.id: self.walk.clock}
        wished = {self.session.id: clocks[self.session.id]._replace(extended=self.walk.clock.extended + extended)}
        return schedule.projected(self.meeting, courses(self.meeting, {**clocks, **wished}, self.now), self.now.at)

    @property
    def stop(self) -> datetime | None:
        """When the interpreters leave, None where nobody says."""
        projection = self.day().get(self.session.id)
        return projection.stop if projection else None


def outlook(sight: Sight) -> Outlook:
    """What a desk that read the whole record looks at."""
    return Outlook(sight.meeting, sight.session, sight.walk, leading.clocks(sight.meeting, record_of(sight)), sight.now)


def of_line(typed: str, outlook: Outlook) -> str:
    """What a line that is being typed would do to the time, `/extend 5` or `/limit 3:40`; empty for any other."""
    name, _, rest = typed.partition(" ")
    try:
        if name == "/extend":
            return of_extension(outlook, minutes_said(rest, "")[0])
        return of_limit(outlook, limit_said(rest)) if name == "/limit" else ""
    except Refusal:
        return ""


def wished(rest: str) -> tuple[str, float]:
    """What `/fit` is asked about: `/extend` for `+5`, `/limit` for `2` or `3:40`, nothing by itself; and minutes."""
    if not rest:
        return "", 0.0
    try:
        if rest[0] in "+-":
            return "/extend", float(minutes_said(rest, "/fit +5")[0])
        return "/limit", limit_said(rest)
    except Refusal as refusal:
        hint = "/fit 2 for a limit, /fit +5 for an extension, /fit for how it is"
        raise Refusal(f"fit to what? {refusal.refuse.reason}", hint) from refusal


def shares(outlook: Outlook) -> dict[str, float]:
    """The seconds of the questions at hand and to come, divided anew over the time left to the nearest end.

    Returns:
        Seconds by address; empty before the start, after the end, and where the agenda gives no shares.
    """
    figures, walk = outlook.figures, outlook.walk
    if figures.state not in (clock.RUNNING, clock.PAUSED):
        return {}
    left = min(room for room, _ in _ends(outlook))
    spent = {**walk.spent, walk.here: walk.spent_here(outlook.now)}
    return schedule.shares(outlook.session, walk.here, spent, left)


def courses(meeting: Meeting, clocks: Mapping[str, Clock], now: Moment) -> dict[str, Course]:
    """How far each session that has a clock has come.

    Args:
        meeting: The agenda.
        clocks: Of the sessions' leads, by id of the session.
        now: The machine's clocks.
    """
    return {
        session.id: Course(
            clocks[session.id].started,
            clocks[session.id].ended,
            clock.figures(clocks[session.id], session.minutes, None, now).left,
        )
        for session in meeting.sessions
        if session.id in clocks
    }


def fit(outlook: Outlook) -> Iterator[str]:
    """Minutes and seconds for each of those who wait, to the session's end and to the hard stop."""
    waiting = len(outlook.walk.floor.waiting)
    rest = _rest(outlook)
    whose = outlook.meeting.name_of(outlook.walk.floor.speaker)
    taken = f", less {minutes_and_seconds(rest)} for {whose}" if rest else ""
    for room, name in _ends(outlook):
        if room <= 0:
            yield f"{duration(room)} past {name}"
        elif not waiting:
            yield f"nobody waits, {duration(room)} to {name}{taken}"
        elif room <= rest:
            yield f"{waiting} waiting, {duration(room)} to {name}{taken}: no time for them"
        else:
            each = minutes_and_seconds((room - rest) / waiting)
            yield f"{waiting} waiting, {duration(room)} to {name}{taken}: {each} each"


def of_limit(outlook: Outlook, minutes: float) -> str:
    """What a limit would do to the list: when it would be through, and where that leaves the session."""
    waiting = len(outlook.walk.floor.waiting)
    if not waiting:
        return f"{minutes_and_seconds(minutes * 60)} for each from now on; nobody waits yet"
    needed = _rest(outlook) + waiting * minutes * 60
    done = later(outlook.now.at, needed)
    parts = [f"{waiting} waiting at {minutes_and_seconds(minutes * 60)}: through at {done:%H:%M}"]
    for room, name in _ends(outlook):
        parts.append(f"{duration(room - needed)} {'before' if room - needed > -_A_HAIR else 'after'} {name}")
    return ", ".join(parts)


def of_extension(outlook: Outlook, minutes: float) -> str:
    """What an extension would do: the new end, the hard stop, and whom it would make wait."""
    before, after = outlook.day(), outlook.day(minutes)
    here = after.get(outlook.session.id)
    if here is None:
        return f"{minutes:+g} min, without a planned time"
    parts = [f"ends {minute(here.end):%H:%M}"]
    if here.stop is not None:
        room = gap(here.end, here.stop)
        parts.append(f"{duration(room)} {'before' if room >= 0 else 'past'} the hard stop at {here.stop:%H:%M}")
    moved = []
    for session in outlook.meeting.sessions:
        if session.id in before and session.id != outlook.session.id:
            was, becomes = before[session.id], after[session.id]
            if apart(was.start, becomes.start):
                late = early_or_late(gap(becomes.planned.start, becomes.start)) or "on time"
                moved.append(f"{session.label} begins {minute(becomes.start):%H:%M}, {late}")
    return ", ".join([*parts, *(moved[:1] or ["nothing after it moves"])])


def _rest(outlook: Outlook) -> float:
    """Seconds that who has the floor may still take."""
    turn = outlook.walk.floor.turn
    limit = allowed(turn, outlook.session, outlook.meeting) if turn else None
    if turn is None or limit is None:
        return 0.0
    return max(0.0, limit - turn.taken(outlook.figures.elapsed))


def _ends(outlook: Outlook) -> Iterator[tuple[float, str]]:
    """Seconds to the session's end as it stands and to the hard stop, with what to call them."""
    figures = outlook.figures
    if figures.state == clock.ENDED:
        return
    yield figures.left, "the end"
    if stop := outlook.stop:
        yield apart(outlook.now.at, stop), f"the hard stop at {stop:%H:%M}"
