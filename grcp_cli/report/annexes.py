"""The tables of a report: which groups share what, the agenda as held, participants, speaking time; and raw notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.balance import KIND_NAMES, balance
from grcp_cli.meeting.clock import ENDED
from grcp_cli.meeting.floor import POINT_OF_ORDER
from grcp_cli.meeting.telling import duration

from .document import Row
from .pen import NOTHING
from .wording import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.balance import Share
    from grcp_cli.meeting.proceedings import Chapter

    from .pen import Pen


def matrix(pen: Pen) -> None:
    """Common recommendations against groups: in a cell what the group brought in, or a mark where it only joins."""
    proceedings, common = pen.proceedings, pen.proceedings.common
    involved = {each.group for each in proceedings.recommendations}
    involved.update(group for each in common for group in each.groups)
    groups = [group for group in pen.meeting.groups if group.id in involved]
    if not groups:
        return
    rows = []
    for each in common:
        cells = [pen.label(each.entry.id)]
        for group in groups:
            own = [pen.label(target.entry.id) or "×" for target in each.targets if target.group == group.id]
            cells.append(", ".join(own) or ("×" if group.id in each.groups else ""))
        rows.append(Row(tuple(cells), (each.entry.id, *(target.entry.id for target in each.targets))))
    pen.table(("", *(group.name for group in groups)), rows, "Which group shares what")


def write(pen: Pen) -> None:
    """All annexes that there is something for."""
    _agenda(pen)
    if pen.choices.attribution != "chatham":
        _participants(pen)
        _speaking_time(pen)
    if pen.choices.notes:
        _notes(pen)


def _agenda(pen: Pen) -> None:
    """Planned against actual: the sessions, then their questions, then their interventions."""
    chapters = pen.proceedings.chapters
    head = ("Session", "Planned", "Held", "Time used", "Late start", "Paused", "Extended", "Overrun")
    rows = [_held(chapter) for chapter in chapters]
    pen.table(head, rows, "Planned against actual time, by the clock of each session", range(3, 8))
    if asked := [row for chapter in chapters for row in _asked(chapter)]:
        pen.table(("Session", "Question", "Planned", "Time used"), asked, "Time by guiding question", range(2, 4))
    if taken := [row for chapter in chapters for row in _taken(chapter)]:
        columns = ("Session", "Interventions", "Time allowed", "Time used", "Over their time")
        pen.table(columns, taken, "Interventions; points of order are not counted", range(1, 5))
    pen.part("annex-agenda", "annex", "Agenda as held")


def _asked(chapter: Chapter) -> Iterator[Row]:
    for each in chapter.held.asked if chapter.held else ():
        number = each.question.number if each.question else "in general"
        planned = NOTHING if each.planned is None else duration(each.planned)
        yield Row((chapter.session.label, number, planned, _time(each.used)))


def _taken(chapter: Chapter) -> Iterator[Row]:
    """One row a session: who spoke is not told here, under any attribution."""
    taken = [each for each in (chapter.held.taken if chapter.held else ()) if each.turn.kind != POINT_OF_ORDER]
    if not taken:
        return
    allowed = sum(each.allowed or 0.0 for each in taken)
    over = sum(each.allowed is not None and each.turn.seconds > each.allowed for each in taken)
    used = sum(each.turn.seconds for each in taken)
    cells = (chapter.session.label, str(len(taken)), duration(allowed), duration(used), str(over) if over else NOTHING)
    yield Row(cells, tuple(each.turn.id for each in taken if each.turn.id))


def _held(chapter: Chapter) -> Row:
    session, slot, held = chapter.session, chapter.slot, chapter.held
    title = f"{session.label}: {session.title}" if session.number is not None else session.title
    minutes = f"{session.minutes:g} min" if session.minutes else NOTHING
    plan = f"{slot.start:%H:%M}–{slot.end:%H:%M}, {minutes}" if slot else minutes
    if held is None:
        when = NOTHING if chapter.empty else "recorded without a clock"
        return Row((title, plan, when, *[NOTHING] * 5))
    figures, began, ended = held.figures, held.clock.started, held.clock.ended
    end = f"{ended:%H:%M}" if ended and held.clock.state == ENDED else "not ended"
    other_day = began and slot and began.date() != slot.start.date()
    begin = (instant(began) if other_day else f"{began:%H:%M}") if began else ""
    late = figures.late_start
    cells = (
        duration(figures.elapsed),
        NOTHING if late is None else _late(late),
        _time(figures.paused),
        f"{figures.extended:+g} min" if figures.extended else NOTHING,
        _time(figures.overrun),
    )
    return Row((title, plan, f"{begin}–{end}" if ended else f"{begin}, {end}", *cells), held.acts)


def _late(seconds: float) -> str:
    if abs(seconds) < 30:  # noqa: PLR2004 - half a minute: shown times have no seconds
        return NOTHING
    return duration(seconds) if seconds > 0 else f"{duration(seconds)} early"


def _time(seconds: float) -> str:
    return duration(seconds) if round(seconds) else NOTHING


def _participants(pen: Pen) -> None:
    meeting = pen.meeting
    if not meeting.participants:
        return
    represents = any(each.represents for each in meeting.participants)
    head = ("Participant", "Group", "Represents") if represents else ("Participant", "Group")
    order = {group.id: position for position, group in enumerate(meeting.groups)}
    people = sorted(meeting.participants, key=lambda each: order.get(each.group, len(order)))
    rows = []
    for each in people:
        group = meeting.name_of(each.group) if each.group else NOTHING
        rows.append(Row((each.name, group, each.represents)[: len(head)]))
    pen.table(head, rows, "As listed in the agenda")
    pen.part("annex-participants", "annex", "Participants")


def _speaking_time(pen: Pen) -> None:
    """By group, or under full attribution by speaker, and by kind of participant; points of order are not charged."""
    turns = [each.turn for chapter in pen.proceedings.chapters if chapter.held for each in chapter.held.taken]
    found, meeting = balance(pen.meeting, turns), pen.meeting
    if not found.groups:
        return

    def rows(shares: Iterable[Share], nobody: str) -> list[Row]:
        told = []
        for each in shares:
            share = f"{each.seconds / found.seconds:.0%}" if found.seconds else NOTHING
            cells = (meeting.name_of(each.of) or nobody, str(len(each.turns)), duration(each.seconds), share)
            told.append(Row(cells, tuple(turn.id for turn in each.turns)))
        return told

    full = pen.choices.attribution == "full"
    head = ("Speaker" if full else "Group", "Interventions", "Time", "Share")
    shares = sorted(found.speakers, key=lambda each: meeting.name_of(each.of)) if full else found.groups
    told = rows(shares, "of no group")
    pen.table(head, told, "By the floor of each session; points of order are not counted", range(1, 4))
    if any(each.of in KIND_NAMES for each in found.kinds):
        kinds = [each._replace(of=KIND_NAMES.get(each.of, "")) for each in found.kinds]
        pen.table(("Kind", *head[1:]), rows(kinds, "of no kind"), "By kind of participant", range(1, 4))
    pen.part("annex-speaking-time", "annex", "Speaking time")


def _notes(pen: Pen) -> None:
    written = False
    for chapter in pen.proceedings.chapters:
        answers = [(each, [note for note in each.statements if note.kind == "note"]) for each in chapter.answers]
        if not any(notes for _, notes in answers):
            continue
        written = True
        pen.heading(3, chapter.session.label, f"notes-{chapter.session.id}")
        for answer, notes in answers:
            if notes:
                if answer.question:
                    pen.heading(4, f"Question {answer.question.number}", f"notes-{chapter.session.id}-{answer.place}")
                elif answer.other:
                    pen.heading(4, f"Other ({answer.place})", f"notes-{chapter.session.id}-{answer.place}")
                pen.statements(notes, marks=False)
    if written:
        pen.part("annex-notes", "annex", "Notes, as taken")
