"""The annexes in their order: agenda as held, participants, speaking time, what is missing, raw notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.coverage import coverage
from grcp_cli.meeting.withheld import withheld_groups

from . import times
from .document import Row
from .pen import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.proceedings import Answer

    from .pen import Pen


def write(pen: Pen) -> None:
    """All annexes that there is something for."""
    times.as_held(pen)
    if pen.choices.attribution != "chatham":
        _participants(pen)
        times.speaking(pen)
    if not all(chapter.empty for chapter in pen.proceedings.chapters):
        _coverage(pen)
    if pen.choices.notes:
        _notes(pen)


def _participants(pen: Pen) -> None:
    meeting, say = pen.meeting, pen.say
    if not meeting.participants:
        return
    represents = any(each.represents for each in meeting.participants)
    head = (say("Participant"), say("Group"), say("Represents")) if represents else (say("Participant"), say("Group"))
    order = {group.id: position for position, group in enumerate(meeting.groups)}
    people = sorted(meeting.participants, key=lambda each: order.get(each.group, len(order)))
    rows = []
    for each in people:
        group = meeting.name_of(each.group) if each.group else NOTHING
        rows.append(Row((each.name, group, each.represents)[: len(head)]))
    pen.table("participants", head, rows, say("As listed in the agenda"))
    pen.part("annex-participants", "annex", say("Participants"))


def _coverage(pen: Pen) -> None:
    """What is missing: the guiding questions under which nothing stands, groups, and partners nobody named."""
    say, named, names = pen.say, pen.called, pen.meeting.name_of
    found = coverage(pen.proceedings, withheld_groups(pen.meeting, pen.choices.attribution))
    unanswered = list(_unanswered(pen))
    head = (say("Session"), say("No."), say("Question"))
    pen.table("unanswered", head, unanswered, say("Guiding questions under which nothing was recorded"))
    no_file = [
        Row((named(gaps.chapter.session), ", ".join(map(names, gaps.no_file))))
        for gaps in found.sessions
        if gaps.no_file
    ]
    pen.table("no-file", (say("Session"), say("Groups")), no_file, say("Groups that handed in no record"))
    silent = [
        Row((named(gaps.chapter.session), each.question.number, ", ".join(map(names, each.groups))))
        for gaps in found.sessions
        for each in gaps.silent
    ]
    head = (say("Session"), say("No."), say("Groups"))
    pen.table("no-answer", head, silent, say("Groups that recorded nothing under a question"))
    short = [
        Row((named(gaps.chapter.session), quota.question.number, str(quota.of), _counted(pen, quota.short)))
        for gaps in found.sessions
        if gaps.over
        for quota in gaps.quotas
        if quota.short
    ]
    columns = (say("Session"), say("No."), say("Expected"), say("Groups"))
    pen.table("too-few", columns, short, say("Groups that recorded fewer answers than expected"), (2,))
    partners = [Row((each.actor.name,)) for each in found.unnamed]
    pen.table("unnamed", (say("Type of partner"),), partners, say("Types of partner that nobody mentioned"))
    if unanswered or no_file or silent or short or partners:
        pen.part("annex-unanswered", "annex", say("What is missing"))


def _counted(pen: Pen, groups: Iterable[tuple[str, int]]) -> str:
    """How many each group has: `Africa (2), Middle East (0)`."""
    return ", ".join(f"{pen.meeting.name_of(group)} ({n})" for group, n in groups)


def _unanswered(pen: Pen) -> Iterator[Row]:
    for chapter in pen.proceedings.chapters:
        stems = {sub.address: question.text for question in chapter.session.questions for sub in question.subs}
        for answer in chapter.unanswered:
            if answer.question:
                text = f"{stems.get(answer.place, '')} {answer.question.text}"
                yield Row((pen.called(chapter.session), answer.question.number, text))


def _notes(pen: Pen) -> None:
    written = False
    for chapter in pen.proceedings.chapters:
        answers = [(each, [note for note in each.statements if note.kind == "note"]) for each in chapter.answers]
        if not any(notes for _, notes in answers):
            continue
        written = True
        pen.heading(3, pen.called(chapter.session), f"notes-{chapter.session.id}")
        for answer, notes in answers:
            if notes:
                if answer.place != "0":
                    pen.heading(4, _place(pen, answer), f"notes-{chapter.session.id}-{answer.place}")
                pen.statements(notes, marks=False)
    if written:
        pen.part("annex-notes", "annex", pen.say("Notes, as taken"))


def _place(pen: Pen, answer: Answer) -> str:
    if answer.question:
        return pen.say("Question {number}", number=answer.question.number)
    return pen.say("Other ({place})", place=answer.place)
