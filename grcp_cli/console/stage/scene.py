"""What the stage shows at one moment, in words, signs and digits; pure, and so the same however it is drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console import times
from grcp_cli.console.clean import drawn_line
from grcp_cli.console.live.facts import SIGNS, countdown
from grcp_cli.meeting import clock
from grcp_cli.meeting.floor import allowed
from grcp_cli.meeting.schedule import NOTICED, apart
from grcp_cli.meeting.telling import duration, early_or_late, minutes_and_seconds, place
from grcp_cli.report.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from grcp_cli.meeting.clock import Figures
    from grcp_cli.meeting.fitting import Outlook
    from grcp_cli.meeting.floor import Turn
    from grcp_cli.meeting.schedule import Projection

_LIVE = 6.0
"""Seconds from which on a console that has not been seen is told; it writes every other second."""
_MINUTE = 60
_READ = 2000
"""Letters of a message beyond which no room reads on."""


class Time(NamedTuple):
    """A clock of the stage: its digits, what they are in a sign and words, whether it runs, whether it is overtime."""

    digits: str
    words: str
    runs: bool = False
    over: bool = False


class Speaker(NamedTuple):
    """Who has the floor: the name, for whom and by what right, and the time left to them."""

    name: str
    about: str
    time: Time


class Scene(NamedTuple):
    """What the stage shows; nothing in it would steer a terminal.

    Attributes:
        title: Meeting and session.
        wall: The wall clock, to the minute.
        time: The session's clock.
        plan: Its planned and projected end.
        past: How far it goes past the hard stop, empty where it does not.
        place: The question at hand with its number, empty once the session has ended.
        speaker: Who has the floor, None for nobody.
        shares: Whether anybody had the floor, or waits for it: room is kept for them.
        waiting: Who speaks next, in order.
        closed: Whether the list is closed.
        message: What the console wants the room to read, empty for nothing.
        dark: Whether the console blacked the stage out.
        fresh: How much of this the console is known to stand behind, in words.
        rehearsal: Whether this is one.
    """

    title: str
    wall: str
    time: Time
    plan: str
    past: str
    place: str
    speaker: Speaker | None
    shares: bool
    waiting: tuple[str, ...]
    closed: bool
    message: str
    dark: bool
    fresh: str
    rehearsal: bool


def scene(outlook: Outlook, fresh: str, *, rehearsal: bool) -> Scene:
    """What the stage shows of a session whose lead stands as the outlook says."""
    meeting, session, floor = outlook.meeting, outlook.session, outlook.walk.floor
    figures = outlook.figures
    projection = outlook.day().get(session.id)
    ended = figures.state == clock.ENDED
    return Scene(
        title=drawn_line(" · ".join((meeting.short_title or meeting.title, session.heading))),
        wall=f"{outlook.now.at:%H:%M}",
        time=session_time(outlook, figures, projection),
        plan=_plan(outlook, figures, projection),
        past=_past(projection) if projection and figures.state in (clock.RUNNING, clock.PAUSED) else "",
        place="" if ended else drawn_line(place(outlook.walk.here, session)),
        speaker=_speaker(outlook, floor.turn, figures.elapsed) if floor.turn else None,
        shares=not ended and bool(floor.turn or floor.waiting or floor.turns),
        waiting=() if ended else tuple(map(drawn_line, times.waiting(meeting, floor))),
        closed=not floor.open,
        message=drawn_line(" ".join(floor.message[:_READ].split())),
        dark=floor.dark,
        fresh=drawn_line(fresh),
        rehearsal=rehearsal,
    )


def session_time(outlook: Outlook, figures: Figures, projection: Projection | None) -> Time:
    """The session's clock: until its start on its day, then what is left or over, at the end what it took."""
    sign, left = SIGNS[figures.state], figures.left
    over = _behind(_over(-left))
    match figures.state:
        case clock.TO_COME:
            return _to_come(outlook.now.at, left, projection)
        case clock.ENDED:
            return Time(countdown(math.floor(figures.elapsed)), f"{sign} ended · time used{over}")
        case clock.PAUSED:
            return Time(countdown(left), f"{sign} paused{over}", over=left <= 0)
    if left <= 0:
        return Time(countdown(left), f"! OVERTIME{over}", runs=True, over=True)
    last = _last(left, (minutes * _MINUTE for minutes in outlook.meeting.timing.warn_minutes))
    return Time(countdown(left), f"{sign} running{last}", runs=True)


def _to_come(now: datetime, left: float, projection: Projection | None) -> Time:
    words = f"{SIGNS[clock.TO_COME]} not started"
    if projection is None or projection.planned.start.date() != now.date():
        return Time(countdown(left), words)
    start = projection.planned.start
    if (wait := apart(now, start)) > 0:
        return Time(countdown(wait), f"{words} · time until {start:%H:%M}", runs=True)
    late = early_or_late(-wait) if now < projection.planned.end else ""
    return Time(countdown(left), f"{words}{_behind(late)}")


def _plan(outlook: Outlook, figures: Figures, projection: Projection | None) -> str:
    """The planned end and the one to expect."""
    word = "ended" if figures.state == clock.ENDED else "ends"
    if projection is None:
        return f"{word} {figures.projected_end:%H:%M}" if figures.projected_end else ""
    slot = projection.planned
    if figures.state == clock.TO_COME:
        date = "" if slot.start.date() == outlook.now.at.date() else f"{ENGLISH.day(slot.start.date())}, "
        # Of sessions before it that nobody keeps the time of nothing is known.
        awaited = any(each.state in (clock.RUNNING, clock.PAUSED) for each in outlook.clocks.values())
        later_on = awaited and projection.start > max(slot.start, outlook.now.at)
        expected = f" · expected at {projection.start:%H:%M}" if later_on else ""
        return f"planned {date}{slot.start:%H:%M}–{slot.end:%H:%M}{expected}"
    if late := early_or_late(projection.drift):
        return f"{word} {projection.end:%H:%M}, {late} · planned end {slot.end:%H:%M}"
    return f"{word} {projection.end:%H:%M} as planned"


def _past(projection: Projection) -> str:
    if projection.stop is None or projection.past_stop < NOTICED:
        return ""
    return f"! {duration(projection.past_stop)} past the hard stop at {projection.stop:%H:%M}"


def _speaker(outlook: Outlook, turn: Turn, ran: float) -> Speaker:
    """Who has the floor; the clock counts down where their time is limited, else up."""
    meeting, taken = outlook.meeting, turn.taken(ran)
    limit = allowed(turn, outlook.session, meeting)
    name = drawn_line(meeting.name_of(turn.speaker))
    held_up = outlook.walk.floor.interrupted
    back = f"then {meeting.name_of(held_up[-1].speaker)} goes on" if held_up else ""
    about = times.spoken(meeting, turn).removeprefix(meeting.name_of(turn.speaker)).strip()
    about = drawn_line(" · ".join(filter(None, (about, back))))
    runs = outlook.walk.clock.state == clock.RUNNING
    if limit is None:
        return Speaker(name, about, Time(countdown(math.floor(taken)), "so far, no limit", runs))
    left = limit - taken
    if left <= 0:
        return Speaker(name, about, Time(countdown(left), f"! TIME IS UP{_behind(_over(-left))}", runs, over=True))
    last = _last(left, meeting.timing.warn_intervention_seconds)
    return Speaker(name, about, Time(countdown(left), f"left of {minutes_and_seconds(limit)}{last}", runs))


def _behind(words: str) -> str:
    return f" · {words}" if words else ""


def _over(seconds: float) -> str:
    """Whole minutes over, as the digits show them; empty in the first."""
    return f"{int(seconds // _MINUTE)} min over" if seconds >= _MINUTE else ""


def _last(left: float, warnings: Iterable[float]) -> str:
    """The last warning passed, as what is left at most."""
    passed = min((each for each in warnings if left <= each), default=0.0)
    return f" · last {duration(passed)}" if passed else ""


def freshness(age: float | None, meanwhile: str, *, held: bool) -> str:
    """How fresh what is shown is.

    Args:
        age: Seconds since the console was last seen, None where nobody can tell.
        meanwhile: What the clock does without it, in words; empty where it stands anyway.
        held: Whether somebody sits at it.
    """
    goes_on = f"; {meanwhile}" if meanwhile else ""
    if not held:
        return f"○ no console{goes_on}"
    if age is None:
        return f"! no sign of the console{goes_on}"
    return "● live" if age < _LIVE else f"! no sign of the console for {duration(age)}{goes_on}"
