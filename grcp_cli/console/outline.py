"""The agenda as people read it, with its times, and as scripts read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.meeting import schedule

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from grcp_cli.meeting.agenda import Meeting, Question, Session
    from grcp_cli.meeting.schedule import Slot

_TIMES = len("09:15–10:30  ")
_MEASURE = 116
"""The widest that lines are set, however wide the terminal: longer ones are hard to follow."""


class Line(NamedTuple):
    """One line of the outline before it is wrapped.

    Attributes:
        lead: What stands before the text; the lines that follow are set in as deep.
        text: What is said.
        aside: What is said less loudly behind it.
        role: `title`, `heading`, or nothing.
    """

    lead: str = ""
    text: str = ""
    aside: str = ""
    role: str = ""


def lines(meeting: Meeting) -> Iterator[Line]:
    """The whole agenda: the meeting, then its sessions in running order."""
    yield from _masthead(meeting)
    slots = schedule.planned(meeting)
    days = [_day_of(meeting, session, slots.get(session.id)) for session in meeting.sessions]
    told: date | None = None
    for day, session in zip(days, meeting.sessions, strict=True):
        if day != told and len(set(days)) > 1:
            told = day
            yield Line()
            yield Line(text=_day(day), role="title")
        yield Line()
        yield from _session(meeting, session, slots.get(session.id))


def plain(meeting: Meeting) -> Iterator[str]:
    """The outline one thing to a line, unwrapped: for pipes."""
    for line in lines(meeting):
        yield drawn_line(f"{line.lead}{line.text}{line.aside}").rstrip()


def draw(meeting: Meeting) -> None:
    """Draws the outline on the terminal, wrapped to its width; `NO_COLOR` leaves bold and dim."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    measure = min(console.width, _MEASURE)
    styles = {"title": "bold", "heading": "cyan"}
    for line in lines(meeting):
        text = Text(drawn_line(line.text), styles.get(line.role, ""))
        text.append(drawn_line(line.aside), "dim")
        lead = Text.assemble((drawn_line(line.lead), "bold"))
        for part in text.wrap(console, max(10, measure - lead.cell_len)) or [Text()]:
            part.rstrip()
            console.print(lead + part, soft_wrap=True)
            lead = Text(" " * lead.cell_len)


def _masthead(meeting: Meeting) -> Iterator[Line]:
    yield Line(text=" · ".join(filter(None, (meeting.short_title, meeting.title))), role="title")
    if meeting.theme:
        yield Line(text=f"“{meeting.theme}”")
    yield Line(text=" · ".join(filter(None, (_day(meeting.date), meeting.place, meeting.timezone))))
    if meeting.purpose or meeting.aims:
        yield Line()
        yield Line(text="Objective", role="heading")
    if meeting.purpose:
        yield Line("  ", meeting.purpose)
    marks = [f"({_roman(number)})" for number, _ in enumerate(meeting.aims, 1)]
    for mark, aim in zip(marks, meeting.aims, strict=True):
        yield Line(f"  {mark:<{max(map(len, marks))}} ", aim)
    if meeting.issues:
        yield Line()
        yield Line(text="Issues", role="heading")
        yield from (Line("  - ", issue) for issue in meeting.issues)
    listed = {
        "Groups": [group.name for group in meeting.groups],
        "Actors": [actor.name for actor in meeting.actors],
        "Participants": [person.name for person in meeting.participants],
        "Hard stops": [f"{stop:%H:%M}" for stop in meeting.timing.hard_stops],
    }
    if any(listed.values()):
        yield Line()
    yield from (Line(f"{name:<{_TIMES}}", " · ".join(names)) for name, names in listed.items() if names)


def _session(meeting: Meeting, session: Session, slot: Slot | None) -> Iterator[Line]:
    times = f"{slot.start:%H:%M}–{slot.end:%H:%M}" if slot else "time open"
    yield Line(f"{times:<{_TIMES}}", session.heading, role="title")
    indent = " " * _TIMES
    facts = [session.id, session.kind, f"{session.minutes:g} min", session.room]
    stop = schedule.hard_stop(meeting, slot.start) if slot else None
    if slot and stop and stop < slot.end:
        facts.append(f"runs past the hard stop at {stop:%H:%M}")
    yield Line(indent, aside=" · ".join(filter(None, facts)))
    listed = {
        "Moderator": (session.moderator,),
        "Panellists": session.panellists,
        "Rapporteurs": session.rapporteurs,
        "Groups": tuple(meeting.name_of(group) for group in session.groups),
    }
    for name, names in listed.items():
        if any(names):
            yield Line(f"{indent}{name}: ", " · ".join(names))
    if session.objectives:
        yield Line(indent, "Objectives", role="heading")
        yield from (Line(f"{indent}  - ", objective) for objective in session.objectives)
    if session.questions:
        yield Line(indent, "Guiding questions", role="heading")
    for question in session.questions:
        yield Line(f"{indent}  {question.number:<2} ", question.text, _about(question, meeting))
        for sub in question.subs:
            yield Line(f"{indent}     {sub.number:<3} ", sub.text, _about(sub, meeting))


def _about(question: Question, meeting: Meeting) -> str:
    facts = [] if question.subs else [question.captures]
    if question.minutes:
        facts.append(f"{question.minutes:g} min")
    if question.max_per_group:
        facts.append(f"up to {question.max_per_group} a group")
    if question.expected_per_group:
        facts.append(f"{question.expected_per_group} a group expected")
    for words, address in (("reports back", question.reports_back), ("selects from", question.selects_from)):
        if address:
            facts.append(f"{words} {_place(address, meeting)}")
    return f"  ({', '.join(facts)})" if facts else ""


def _place(address: str, meeting: Meeting) -> str:
    """A question of another session in words: `Working Lunch 1`."""
    session_id, _, place = address.partition("/")
    session = meeting.session(session_id)
    question = session.question(place) if session else None
    return f"{session.label} {question.number}" if session and question else address


def _day_of(meeting: Meeting, session: Session, slot: Slot | None) -> date:
    return slot.start.date() if slot else session.date or meeting.date


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _roman(number: int) -> str:
    """A small number as agendas count aims: i, ii, iii."""
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


def data(meeting: Meeting) -> dict[str, Any]:
    """The agenda for scripts: never a key missing, what is absent null."""
    slots = schedule.planned(meeting)
    about = meeting._asdict()
    lists = ("groups", "actors", "participants", "sessions")
    timing = about.pop("timing")._asdict()
    timing["hard_stops"] = [f"{stop:%H:%M}" for stop in meeting.timing.hard_stops]
    kept = {key: value for key, value in about.items() if key not in lists}
    return {
        "meeting": _nulled({**kept, "date": meeting.date.isoformat(), "timing": timing}),
        "groups": [_nulled(group._asdict()) for group in meeting.groups],
        "actors": [_nulled(actor._asdict()) for actor in meeting.actors],
        "participants": [_nulled(person._asdict()) for person in meeting.participants],
        "sessions": [_session_data(meeting, session, slots.get(session.id)) for session in meeting.sessions],
    }


def _session_data(meeting: Meeting, session: Session, slot: Slot | None) -> dict[str, Any]:
    return _nulled(
        {
            **session._asdict(),
            "date": _day_of(meeting, session, slot).isoformat(),
            "start": f"{slot.start:%H:%M}" if slot else None,
            "end": f"{slot.end:%H:%M}" if slot else None,
            "questions": [_question_data(session, question) for question in session.questions],
        }
    )


def _question_data(session: Session, question: Question) -> dict[str, Any]:
    told = {key: value for key, value in question._asdict().items() if key != "subs"}
    address = f"{session.id}/{question.address}"
    return _nulled({**told, "address": address, "sub": [_question_data(session, sub) for sub in question.subs]})


def _nulled(table: dict[str, Any]) -> dict[str, Any]:
    return {key: None if value == "" else value for key, value in table.items()}
