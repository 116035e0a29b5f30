"""A rapporteur's sheet for every group of a breakout, to be filled in by hand at a table without a laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError

from . import front
from .compose import document
from .document import Document, Row, Table
from .naming import titled
from .pen import Pen
from .phrases import KINDS
from .wording import clean

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Group, Question
    from grcp_cli.meeting.proceedings import Chapter, Proceedings

    from .pen import Choices

ROOM = "\u00a0\n\u00a0"
"""What an empty cell holds where somebody will write: two lines."""

USUAL = 4
"""Lines for a question that does not say how many answers it wants."""

MOST = 12
"""Lines that a sheet offers for one question, whatever the agenda allows."""


class NoTableError(GrcpError):
    """There is no group that a sheet could be for."""

    exit_code = 4


def form(proceedings: Proceedings, choices: Choices) -> Document:
    """The sheets of all groups of all breakouts, each a part of its own.

    Args:
        proceedings: Of which only the agenda counts: nothing that was recorded stands on a sheet.
        choices: The language; a rehearsal's stamp.

    Raises:
        NoTableError: No session wanted has groups.
    """
    pen = Pen(proceedings, choices)
    groups = {group.id: group for group in pen.meeting.groups}
    for chapter in pen.proceedings.chapters:
        for group in chapter.session.groups:
            _sheet(pen, chapter, groups[group])
    if not pen.parts:
        raise NoTableError("no session asked for has groups", 'a breakout names them: groups = "all" in the agenda')
    title = clean(pen.meeting.short_title or pen.meeting.title)  # a long one would take the room of an answer
    sheets = document(pen, "form")._replace(title=title, subtitle="", masthead=front.bare_masthead(pen))
    return sheets._replace(as_of="", stamp=front.rehearsed(pen), colophon=())


def _sheet(pen: Pen, chapter: Chapter, group: Group) -> None:
    session, say, name = chapter.session, pen.say, clean(group.name)
    sheet = f"{session.id}-{group.id}"
    pen.add(
        Table(
            (say("Group"), say("Rapporteur"), say("When")),
            (Row((name, ROOM, _time(pen, chapter))),),
            id=f"{sheet}-head",
        )
    )
    for question in session.questions:
        pen.heading(3, _asked(pen, question), f"{sheet}-{question.id}")
        for sub in question.subs:
            pen.heading(4, _asked(pen, sub), f"{sheet}-{question.id}-{sub.id}")
            pen.add(_answers(pen, sub, sheet))
        if not question.subs:
            pen.add(_answers(pen, question, sheet))
    pen.heading(3, say("Points without consensus"), f"{sheet}-open")
    points = tuple(Row((str(n), ROOM)) for n in (1, 2))
    pen.add(Table((say("No."), say("What, and who holds otherwise")), points, id=f"{sheet}-open-table"))
    pen.part(
        sheet, "session", say("{session} — {group}", session=titled(session, pen.language), group=name), session.id
    )


def _time(pen: Pen, chapter: Chapter) -> str:
    slot, session = chapter.slot, chapter.session
    when = f"{slot.start:%H:%M}–{slot.end:%H:%M}" if slot else f"{pen.language.number(session.minutes)} min"
    return ", ".join(filter(None, (when, clean(session.room))))


def _asked(pen: Pen, question: Question) -> str:
    return pen.say("Question {number}: {text}", number=question.number, text=clean(question.text))


def _answers(pen: Pen, question: Question, sheet: str) -> Table:
    """Room for the answers to one question: a row each, and a box for every type of partner to be ticked."""
    kind = pen.tell(*KINDS[question.captures], 1)
    actors = [clean(actor.name) for actor in pen.meeting.actors if actor.id in question.tags]
    count = min(question.max_per_group or question.expected_per_group or USUAL, MOST)
    rows = tuple(Row((str(n), ROOM, *[""] * len(actors))) for n in range(1, count + 1))
    head = (pen.say("No."), kind[:1].upper() + kind[1:], *actors)
    return Table(head, rows, id=f"{sheet}-{question.address.replace('/', '-')}-table")
