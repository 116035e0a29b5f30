"""What the screen tells of time and questions, in words and signs; pure, and so the same in every colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import clock, telling
from grcp_cli.meeting.schedule import lateness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from grcp_cli.meeting.agenda import Question, Session
    from grcp_cli.meeting.clock import Figures
    from grcp_cli.meeting.schedule import Slot

SIGNS = {clock.TO_COME: "○", clock.RUNNING: "▶", clock.PAUSED: "‖", clock.ENDED: "■"}
_USED, _LEFT, _OVER = "━", "─", "▓"
_LATE = 30.0
"""Seconds from which late is told."""


def countdown(seconds: float) -> str:
    """The time left as a clock shows it, `42:15`; `+3:10` is over. It shows zero when the time is up, not before."""
    whole = math.ceil(seconds) if seconds > 0 else math.floor(-seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return shown if seconds > 0 or not whole else f"+{shown}"


_LONGEST, _SHORTEST, _BEHIND = 1.0, 0.05, 0.001
"""Seconds between two looks at the clock, and how far behind the turn of a second one looks."""


def until_next(at: datetime, now: Figures, speed: float) -> float:
    """Seconds until the wall clock or the session's time shows another second.

    Args:
        at: The wall clock.
        now: The session's figures.
        speed: How many seconds of both pass in a real one.
    """
    if speed <= 0:
        return _LONGEST
    waits = [1.0 - at.microsecond / 1e6]
    if now.state == clock.RUNNING:
        waits.append(now.left % 1.0 or 1.0)
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
    told = f"{'ended' if now.state == clock.ENDED else 'ends'} {now.projected_end:%H:%M}"
    late = lateness(slot.end, now.projected_end) if slot else 0.0
    return told if abs(late) < _LATE else f"{told}, {telling.duration(late)} {'late' if late > 0 else 'early'}"


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
    if now.late_start is not None and abs(now.late_start) >= _LATE:
        yield f"began {telling.duration(now.late_start)} {'late' if now.late_start > 0 else 'early'}"


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


class Place(NamedTuple):
    """One line of the questions: a sign, a number, words, and how deep it stands."""

    sign: str
    number: str
    text: str
    about: str
    depth: int
    here: bool


def places(session: Session, here: str, counts: Mapping[str, int], spent: float) -> Iterator[Place]:
    """Every question with whether it is covered and its share of the time; of the one at hand what it has used.

    Args:
        session: Whose questions.
        here: The address of the one at hand.
        counts: Standing entries by address.
        spent: Seconds used at the one at hand.
    """
    for question in session.every_question:
        yield _place(session, question, question.address == here, counts, spent)


def _place(session: Session, question: Question, at: bool, counts: Mapping[str, int], spent: float) -> Place:
    count = counts.get(question.address, 0)
    share = session.share(question.address)
    parts = []
    if not question.subs:
        parts.append(f"{count} {'entry' if count == 1 else 'entries'}" if count else "open")
    if at:
        parts.append(
            f"{telling.duration(spent)} of {telling.duration(share * 60)}"
            if share
            else f"{telling.duration(spent)} here"
        )
    elif share and (question.minutes or "/" not in question.address):
        parts.append(telling.duration(share * 60))
    sign = "▶" if at else "✓" if count else " " if question.subs else "·"
    return Place(sign, question.number, question.text, ", ".join(parts), question.address.count("/"), at)
