"""The session clock: a fold over its acts; every figure is computed from it and `now`, nothing ticks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from .entry import number
from .schedule import Slot, apart, lateness, later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .entry import Entry

A_SECOND = 1.0
"""What is less is not told as overtime."""
TO_COME, RUNNING, PAUSED, ENDED = "to come", "running", "paused", "ended"


class Moment(NamedTuple):
    """One reading of the machine's clocks.

    Attributes:
        at: Zoned wall-clock instant.
        boot: Which boot of the machine, empty where not known.
        ticks: Seconds of a clock that counts sleep and ignores wall-clock steps.
    """

    at: datetime
    boot: str = ""
    ticks: float = 0.0


class Reading(NamedTuple):
    """The clocks as a console reads them again and again, to see what happened to the machine between two looks.

    Attributes:
        moment: The wall clock, and the clock that counts sleep.
        awake: Seconds of a clock that stands still while the machine sleeps.
    """

    moment: Moment
    awake: float


class Lapse(NamedTuple):
    """What happened between two looks that a person should know of.

    Attributes:
        away: Seconds during which nobody can have been attending, 0 for none.
        asleep: Whether the machine slept; else the program stood still.
        step: Seconds by which the wall clock was set forward (negative: back), 0 for none.
    """

    away: float
    asleep: bool
    step: float


_ASLEEP, _STOOD_STILL, _STEPPED = 5.0, 30.0, 1.0
"""Seconds of sleep, of standing still and of a step from which a person is told."""


def lapse(before: Reading, now: Reading, speed: float = 1.0) -> Lapse | None:
    """What happened between two looks of one console, which come every second.

    Args:
        before: The clocks at the look before.
        now: The clocks now.
        speed: How many of their seconds pass in a real one; clocks held still tell nothing.

    Returns:
        None for nothing worth a word.
    """
    passed = now.moment.ticks - before.moment.ticks
    asleep = passed - (now.awake - before.awake) >= _ASLEEP * speed
    step = apart(before.moment.at, now.moment.at) - passed
    away = passed if asleep or passed >= _STOOD_STILL * speed else 0.0
    step = step if abs(step) >= _STEPPED * speed else 0.0
    return Lapse(away, asleep, step) if speed > 0 and (away or step) else None


def moment_of(entry: Entry) -> Moment:
    """The clocks as they stood when an entry was made."""
    ticks = entry.fields.get("ticks", 0.0)
    if not isinstance(ticks, int | float):
        return Moment(entry.at)
    return Moment(entry.at, str(entry.fields.get("boot", "")), float(ticks))


def seconds_between(earlier: Moment, later_on: Moment) -> float:
    """Seconds from one moment to another, never negative.

    Within one boot the difference of ticks, across boots the difference of wall-clock instants.
    """
    if earlier.boot and earlier.boot == later_on.boot:
        return max(0.0, later_on.ticks - earlier.ticks)
    return max(0.0, apart(earlier.at, later_on.at))


def effective(entry: Entry) -> datetime:
    """When an act took effect: when it was made, unless it was backdated."""
    said = entry.fields.get("effective")
    if isinstance(said, datetime) and said.tzinfo is not None and apart(said, entry.at) > 0:
        return said
    return entry.at


class Clock(NamedTuple):
    """How a session's time stands after its last act.

    Attributes:
        state: `to come`, `running`, `paused` or `ended`.
        started: When it began (backdated if so said), None before.
        ended: When it ended, None before.
        since: When the present state began.
        used: Seconds that ran before `since`.
        paused: Seconds that stood still before `since`.
        resumed: Seconds that had run when it last went on after standing still.
        extended: Minutes added, less those taken away.
        reasons: Why minutes were added, in order.
    """

    state: str = TO_COME
    started: datetime | None = None
    ended: datetime | None = None
    since: Moment | None = None
    used: float = 0.0
    paused: float = 0.0
    resumed: float = 0.0
    extended: float = 0.0
    reasons: tuple[str, ...] = ()

    def elapsed(self, now: Moment) -> float:
        """Seconds the session has run."""
        running = self.state == RUNNING and self.since is not None
        return self.used + (seconds_between(self.since, now) if running and self.since else 0.0)

    def stood(self, now: Moment) -> float:
        """Seconds the session has been paused."""
        still = self.state == PAUSED and self.since is not None
        return self.paused + (seconds_between(self.since, now) if still and self.since else 0.0)

    def turned(self, state: str, now: Moment) -> Clock:
        """The clock in another state from now on."""
        return self._replace(state=state, since=now, used=self.elapsed(now), paused=self.stood(now))

    def going_on(self, now: Moment, away: float = 0.0) -> Clock:
        """The clock running from now on, less seconds that it only seemed to run."""
        on = self.turned(RUNNING, now)
        return on._replace(used=on.used - away, paused=on.paused + away, resumed=on.used - away)


def step(clock: Clock, entry: Entry) -> Clock:
    """The clock after one more entry; an act that does not fit the state changes nothing."""
    now = moment_of(entry)
    match entry.kind, clock.state:
        case "start", "to come":
            began = effective(entry)
            return clock._replace(state=RUNNING, started=began, since=now, used=apart(began, entry.at))
        case "pause", "running":
            return clock.turned(PAUSED, now)
        case "resume", "paused":
            return clock.going_on(now)
        case "end", ("running" | "paused"):
            return clock.turned(ENDED, now)._replace(ended=entry.at)
        case "reopen", "ended":
            return clock.going_on(now)._replace(ended=None)
        case "extend", _ if not entry.target:
            minutes, reason = entry.fields.get("minutes", 0), str(entry.fields.get("reason", ""))
            reasons = (*clock.reasons, reason) if reason else clock.reasons
            return clock._replace(extended=clock.extended + number(minutes), reasons=reasons)
        case "anomaly", "running" if entry.fields.get("counted") is False:
            away = min(max(0.0, number(entry.fields.get("seconds", 0))), clock.elapsed(now))
            return clock.going_on(now, away)
    return clock


class Figures(NamedTuple):
    """What a clock tells at one moment; pause, extension, overrun and late start are four figures for ever.

    Attributes:
        state: As the clock's.
        planned: Seconds planned, without extensions.
        elapsed: Seconds used.
        paused: Seconds paused.
        extended: Minutes added.
        left: Seconds left of what was planned and added; negative in overtime.
        overrun: Seconds used beyond what was planned and added.
        late_start: Seconds the start came after its planned time (negative: before); None if not started.
        projected_end: When it will end if it uses what is left, or did end; None where nothing tells.
    """

    state: str
    planned: float
    elapsed: float
    paused: float
    extended: float
    left: float
    overrun: float
    late_start: float | None
    projected_end: datetime | None


def figures(clock: Clock, minutes: float, slot: Slot | None, now: Moment) -> Figures:
    """The figures of a session planned for so many minutes, in a planned slot where there is one."""
    elapsed = clock.elapsed(now)
    left = (minutes + clock.extended) * 60 - elapsed
    end: datetime | None
    if clock.state == ENDED:
        end = clock.ended
    elif clock.state == TO_COME:
        end = later(slot.start, left) if slot else None
    else:
        end = later(now.at, max(0.0, left))
    late = lateness(slot.start, clock.started) if slot and clock.started else None
    return Figures(
        state=clock.state,
        planned=minutes * 60,
        elapsed=elapsed,
        paused=clock.stood(now),
        extended=clock.extended,
        left=left,
        overrun=max(0.0, -left),
        late_start=late,
        projected_end=end,
    )


def crossed(before: float, after: float, warn_minutes: Iterable[float], every: float = 5) -> str:
    """What to tell when the seconds left went from `before` to `after`; empty for nothing.

    Told are the warnings, the end, and overtime at every so many minutes.
    """
    if before > 0 >= after:
        return "time is up"
    for minutes in sorted(warn_minutes):
        if before > minutes * 60 >= after:
            return f"{minutes:g} min left" if minutes >= 1 else f"{minutes * 60:g} s left"
    period = every * 60
    if after < 0 and max(0.0, -before) // period != -after // period:
        return f"{int(-after // 60)} min over"
    return ""
