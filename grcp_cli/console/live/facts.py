"""What the screen tells of time and questions, in words and signs; pure, and so the same in every colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console import times
from grcp_cli.meeting import clock, telling
from grcp_cli.meeting.floor import allowed
from grcp_cli.meeting.schedule import lateness, minute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from grcp_cli.meeting.agenda import Meeting, Question, Session
    from grcp_cli.meeting.answered import Answered
    from grcp_cli.meeting.clock import Figures
    from grcp_cli.meeting.floor import Turn
    from grcp_cli.meeting.schedule import Slot
    from grcp_cli.meeting.walkthrough import Walk

SIGNS = {clock.TO_COME: "○", clock.RUNNING: "▶", clock.PAUSED: "‖", clock.ENDED: "■"}
_USED, _LEFT, _OVER = "━", "─", "▓"


def countdown(seconds: float) -> str:
    """The time left as a clock shows it, `42:15`; `+3:10` is over. It shows zero when the time is up, not before."""
    whole = math.ceil(seconds) if seconds > 0 else math.floor(-seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return shown if seconds > 0 or not whole else f"+{shown}"


class Speaking(NamedTuple):
    """Who has the floor, for the second clock.

    Attributes:
        sign: `▶`, `△` near the end of what they may take, `!` beyond it, `‖` while their time stands still.
        who: Their name, with the group they speak for.
        time: What is left, `1:20`, or over, `+0:40`; of who has no limit what they took.
        words: That in words, with what they may take.
        warned: Whether the colour of warnings belongs to it.
    """

    sign: str
    who: str
    time: str
    words: str
    warned: bool


def speaking(meeting: Meeting, session: Session, walk: Walk, elapsed: float) -> Speaking | None:
    """The present turn when the session has run for so many seconds, None where nobody has the floor."""
    turn = walk.floor.turn
    if turn is None:
        return None
    who = times.spoken(meeting, turn)
    taken, limit = turn.taken(elapsed), allowed(turn, session, meeting)
    still = walk.clock.state != clock.RUNNING
    if limit is None:
        return Speaking(
            "‖" if still else "▶", who, telling.minutes_and_seconds(math.floor(taken)), "taken", warned=False
        )
    left = limit - taken
    over = left <= 0
    near = left <= max(meeting.timing.warn_intervention_seconds, default=0.0)
    sign = "!" if over else "‖" if still else "△" if near else "▶"
    words = f"{'over the' if over and left else 'left of'} {telling.minutes_and_seconds(limit)}"
    return Speaking(sign, who, countdown(left), words, warned=near)


_LONGEST, _SHORTEST, _BEHIND = 1.0, 0.05, 0.001
"""Seconds between two looks at the clock, and how far behind the turn of a second one looks."""


def until_next(at: datetime, now: Figures, turn: Turn | None, speed: float) -> float:
    """Seconds until the wall clock, the session's time or the speaker's shows another second.

    Args:
        at: The wall clock.
        now: The session's figures.
        turn: Who has the floor, None for nobody. What they may take is whole seconds.
        speed: How many seconds of both pass in a real one.
    """
    if speed <= 0:
        return _LONGEST
    waits = [1.0 - at.microsecond / 1e6]
    if now.state == clock.RUNNING:
        waits.append(now.left % 1.0 or 1.0)
        if turn is not None and turn.since is not None:
            waits.append(-turn.taken(now.elapsed) % 1.0 or 1.0)
    return min(_LONGEST, max(_SHORTEST if speed > 1 else 0.0, min(waits) / speed) + _BEHIND)


def state(now: Figures) -> str:
    """The state in a sign and a word."""
    if now.state == clock.RUNNING and now.left <= 0:
        return "! OVERTIME"
    word = "not started" if now.state == clock.TO_COME else now.state
    return f"{SIGNS[now.state]} {word}"


def ends(now: Figures, slot: Slot | None) -> str:
    """When it ends as things stand: `ends 11:47, 6 min late`; before the start, when it is planned."""
    if now.state == clock.TO_COME:
        return f"planned {slot.start:%H:%M}–{slot.end:%H:%M}" if slot else ""
    if now.projected_end is None:
        return ""
    told = f"{'ended' if now.state == clock.ENDED else 'ends'} {minute(now.projected_end):%H:%M}"
    late = telling.early_or_late(lateness(slot.end, minute(now.projected_end))) if slot else ""
    return f"{told}, {late}" if late else told


def minutes(seconds: float) -> str:
    """Time used, to the minute: what would turn each second is told by the digits alone."""
    return telling.duration(seconds) if seconds >= 60 else "0 min"  # noqa: PLR2004 - a minute's


def used(now: Figures, slot: Slot | None) -> Iterator[str]:
    """Used, planned, added, paused and late, each a figure of its own."""
    yield f"{minutes(now.elapsed)} used of {telling.duration(now.planned)}"
    if slot and now.state != clock.TO_COME:
        yield f"planned end {slot.end:%H:%M}"
    if now.extended:
        yield f"extended {now.extended:+g} min"
    if now.paused >= 60:  # noqa: PLR2004 - a minute's
        yield f"paused {minutes(now.paused)}"
    if now.late_start is not None and (late := telling.early_or_late(now.late_start)):
        yield f"began {late}"


def fitting(parts: Iterable[str], width: int) -> str:
    """Those parts that fit into a line of so many cells, each whole; the first in any case."""
    from rich.cells import cell_len  # the stage's plain lines do without

    told = ""
    for part in parts:
        longer = f"{told} · {part}" if told else part
        told = longer if not told or cell_len(longer) <= width else told
    return told


def bar(now: Figures, width: int) -> tuple[str, str, str]:
    """Used, left and over, as three parts of a bar of so many cells."""
    planned = now.elapsed + now.left
    if planned <= 0 or width <= 0:
        return "", _LEFT * max(0, width), ""
    if now.left >= 0:
        part = round(width * now.elapsed / planned)
        return _USED * part, _LEFT * (width - part), ""
    over = min(width // 2, math.ceil(width * now.overrun / now.elapsed))
    return _USED * (width - over), "", _OVER * over


_ANOTHER = 60.0
"""Seconds by which a share divided anew must differ to be shown."""


class Place(NamedTuple):
    """One line of the questions: a sign, a number, words, and how deep it stands."""

    sign: str
    number: str
    text: str
    about: str
    depth: int
    here: bool


def places(
    session: Session,
    here: str,
    answered: Answered,
    spent: float,
    given: Mapping[str, float],
    many: Mapping[str, str],
) -> Iterator[Place]:
    """Every question with whether it is covered and its share of the time; of the one at hand what it has used.

    Args:
        session: Whose questions.
        here: The address of the one at hand.
        answered: Which questions are covered, which heard something, which are open.
        spent: Seconds used at the one at hand.
        given: Seconds that those at hand and to come have as time goes, by address.
        many: How many groups have of how many, in words, by address.
    """
    for question in session.every_question:
        at, about = question.address == here, many.get(question.address, "")
        yield _place(session, question, at, answered, spent, given.get(question.address), about)


def _moved(share: float, given: float | None, spent: float = 0.0) -> bool:
    """Whether a share divided anew, with what was used of it, differs from the planned one so that it is shown."""
    return given is not None and abs(given + spent - share * 60) >= _ANOTHER


def _anew(share: float, given: float | None, spent: float = 0.0) -> str:
    """A share as planned, and behind it as time goes: `17 min`, `17→20 min`."""
    planned = telling.duration(share * 60)
    if given is None or not _moved(share, given, spent):
        return planned
    return f"{planned.removesuffix(' min')}→{telling.duration(given + spent)}"


def _place(
    session: Session,
    question: Question,
    at: bool,
    answered: Answered,
    spent: float,
    given: float | None,
    many: str,
) -> Place:
    count, told = answered.filed.get(question.address, 0), answered.told.get(question.address, 0)
    share = session.share(question.address)
    parts = []
    if count and not question.subs:
        parts.append(f"{count} {'entry' if count == 1 else 'entries'}")
    elif told and not (many and question.reports_back):  # those by group are told already
        parts.append(f"{told} {'common' if question.selects_from else 'heard'}")
    elif not (told or question.subs):
        parts.append("open")
    if many:
        # A number that is the same is told once.
        parts = [many] if many.startswith(f"{count} of ") else [*parts, many]
    if at:
        used = telling.duration(spent)
        parts.append(f"{used} of {_anew(share, given, spent)}" if share else f"{used} here")
    elif share and (question.minutes or "/" not in question.address or _moved(share, given)):
        parts.append(_anew(share, given))
    sign = "▶" if at else "✓" if count or told else " " if question.subs else "·"
    return Place(sign, question.number, question.text, ", ".join(parts), question.address.count("/"), at)
