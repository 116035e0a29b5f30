"""What a person sees when a session is opened: what it is for, its questions, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock, fitting, schedule, telling
from grcp_cli.meeting.reported import hears

from . import shown, times
from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.clock import Figures
    from grcp_cli.store.desk import Desk


_ANOTHER = 60.0
"""Seconds by which a share divided anew must differ to be told."""
_LAST = 3
"""How many of the last entries are shown to whoever comes back."""


def figures(desk: Desk) -> Figures:
    """The session's figures now, as this desk sees its clock."""
    slot = schedule.planned(desk.meeting).get(desk.session.id)
    return clock.figures(desk.walk.clock, desk.session.minutes, slot, desk.now())


def lines(desk: Desk) -> Iterator[str]:
    """Title, objectives, guiding questions with their numbers, and how things stand."""
    session = desk.session
    slot = schedule.planned(desk.meeting).get(session.id)
    when = f" · {slot.start:%H:%M}–{slot.end:%H:%M}" if slot else ""
    meeting = desk.meeting.short_title or desk.meeting.title
    rehearsal = " · REHEARSAL" if desk.rehearsal else ""
    yield drawn_line(f"{meeting} · {session.heading}")
    yield drawn_line(f"{session.minutes:g} minutes{when}{_sitting(desk)}{rehearsal}")
    if session.objectives:
        yield ""
        yield "Objectives"
        for objective in session.objectives:
            yield drawn_line(f"  - {objective}")
    if session.questions:
        yield ""
        yield "Guiding questions"
        for question in session.every_question:
            indent = "    " if "/" in question.address else "  "
            yield drawn_line(f"{indent}{question.number}  {question.text}{_about(question.minutes, question.captures)}")
    yield ""
    yield from stands(desk)


def stood(desk: Desk) -> Iterator[str]:
    """Where a session stood when its desk was last left, for whoever comes back."""
    last = desk.last_instant()
    own = desk.own_walk.clock
    if last is None or own.state == clock.TO_COME:
        return
    away = schedule.apart(last, desk.now().at)
    since = f", the last entry {telling.duration(away)} ago" if away >= 1 else ""
    go_on = {clock.PAUSED: " · F4 goes on", clock.ENDED: " · F10 closing page, F4 goes on"}.get(own.state, "")
    question = desk.session.question(desk.walk.here)
    yield f"{own.state}{since} · at question {question.number if question else desk.walk.here}{go_on}"


def title(desk: Desk) -> str:
    """Desk, session and meeting in one line: what tells one table from the next stands where nothing cuts it off."""
    meeting, session = desk.meeting, desk.session
    parts = ["REHEARSAL"] if desk.rehearsal else []
    if desk.source.desk:
        parts.append(f"desk {desk.source.desk}")
    if desk.group and desk.group != desk.source.desk:
        parts.append(meeting.name_of(desk.group))
    return " · ".join([*parts, session.heading, meeting.short_title or meeting.title])


def stands(desk: Desk) -> Iterator[str]:
    """Where the session stands: clock, question, floor, what was written."""
    now = figures(desk)
    began = desk.walk.clock.started
    match now.state:
        case clock.TO_COME:
            yield "not started · /start starts the clock, /help lists the rest"
        case clock.ENDED:
            yield f"ended · {telling.duration(now.elapsed)} used"
        case _:
            since = f" · started {began:%H:%M}" if began else ""
            go_on = " · /resume goes on" if now.state == clock.PAUSED else ""
            yield f"{now.state}{since} · {left(now)}{go_on}"
    if written := desk.walk.captured:
        entries = "1 entry" if written == 1 else f"{written} entries"
        yield f"{entries} in this file"
    if lead := desk.lead:
        yield f"following {f'desk {lead.desk}' if lead.desk else 'the session'}"
    statements = [each for each in desk.record.statements(desk.session.id) if desk.own.holds(each.source)]
    for each in statements[-_LAST:]:
        yield f"  {shown.statement(each, desk.meeting, desk.session, desk.record, desk.own)}"
    yield from here(desk)


def here(desk: Desk, *, named: bool = False) -> Iterator[str]:
    """The question at hand, unless it was just named, with the time it has and the session has."""
    walk = desk.walk
    if not named:
        yield drawn_line(f"at {telling.place(walk.here, desk.session)}")
    now = figures(desk)
    state = "" if now.state == clock.RUNNING else f" ({'not started' if now.state == clock.TO_COME else now.state})"
    yield f"time · {left(now)}{state}{_share(desk)}"
    if walk.floor.turn:
        yield drawn_line(f"floor · {times.spoken(desk.meeting, walk.floor.turn)}")


def board(desk: Desk) -> Iterator[str]:
    """What groups answered elsewhere, where the question at hand hears it."""
    if hears(desk.session, desk.walk.here):
        from . import report_back

        yield from report_back.lines(desk.sight())


def _share(desk: Desk) -> str:
    """What the question at hand has of the time: its planned share, and that divided anew where it is another."""
    minutes = desk.session.share(desk.walk.here)
    if not minutes:
        return ""
    sight = desk.sight()
    planned = minutes * 60 - desk.walk.spent_here(sight.now)
    if planned < 0:
        return f" · {telling.duration(planned)} over its share"
    given = fitting.shares(fitting.outlook(sight)).get(desk.walk.here, planned)
    if abs(given - planned) < _ANOTHER:
        return f" · {telling.duration(planned)} of its own"
    return f" · {telling.duration(given)} of its own as time goes ({telling.duration(planned)} planned)"


def left(now: Figures) -> str:
    """The time left in words: `12 min left`, `3 min over`."""
    return f"{telling.duration(now.left)} {'left' if now.left >= 0 else 'over'}"


def _sitting(desk: Desk) -> str:
    parts = [f"desk {desk.source.desk}"] if desk.source.desk else []
    if desk.group and desk.group != desk.source.desk:
        parts.append(desk.meeting.name_of(desk.group))
    return "".join(f" · {part}" for part in parts)


def _about(minutes: float | None, captures: str) -> str:
    parts = [] if captures == "note" else [captures]
    if minutes:
        parts.append(f"{minutes:g} min")
    return f"  ({', '.join(parts)})" if parts else ""
