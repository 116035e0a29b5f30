"""The tables of a report: which groups share what, the agenda as held, participants, speaking time; and raw notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.clock import ENDED
from grcp_cli.meeting.telling import duration

from .document import Row
from .pen import NOTHING
from .wording import instant

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    head = ("Session", "Planned", "Held", "Time used", "Late start", "Paused", "Extended", "Overrun")
    rows = [_held(chapter) for chapter in pen.proceedings.chapters]
    pen.table(head, rows, "Planned against actual time, by the clock of each session", range(3, 8))
    pen.part("annex-agenda", "annex", "Agenda as held")


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
    """By group, or under full attribution by speaker; points of order are not charged to anybody."""
    turns = [turn for chapter in pen.proceedings.chapters if chapter.held for turn in chapter.held.turns]
    if not turns:
        return
    meeting, full = pen.meeting, pen.choices.attribution == "full"
    of = {turn.id: turn.speaker if full else meeting.group_of(turn.speaker) for turn in turns}
    total = sum(turn.seconds for turn in turns)

    def rows() -> Iterator[Row]:
        for whose in sorted(set(of.values()), key=lambda each: (each == "", meeting.name_of(each), each)):
            own = [turn for turn in turns if of[turn.id] == whose]
            seconds = sum(turn.seconds for turn in own)
            share = f"{seconds / total:.0%}" if total else NOTHING
            name = meeting.name_of(whose) or "of no group"
            yield Row((name, str(len(own)), duration(seconds), share), tuple(turn.id for turn in own))

    head = ("Speaker" if full else "Group", "Interventions", "Time", "Share")
    pen.table(head, rows(), "By the floor of each session; points of order are not counted", range(1, 4))
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
