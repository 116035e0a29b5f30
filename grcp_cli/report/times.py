"""Time: the agenda as held, planned against actual, and who spoke how long; tables, and charts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.balance import balance
from grcp_cli.meeting.clock import ENDED
from grcp_cli.meeting.floor import POINT_OF_ORDER
from grcp_cli.meeting.schedule import NOTICED
from grcp_cli.meeting.telling import duration

from .document import Bar, Row
from .naming import titled
from .pen import NOTHING
from .phrases import PARTICIPANTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.balance import Share
    from grcp_cli.meeting.proceedings import Chapter

    from .pen import Pen


def as_held(pen: Pen) -> None:
    """The annex of planned against actual time: the sessions, then their questions, then their interventions."""
    chapters, say = pen.proceedings.chapters, pen.say
    _drawn(pen)
    pen.table(
        "held",
        (
            *(say("Session"), say("Planned"), say("Held"), say("Time used")),
            *(say("Late start"), say("Paused"), say("Extended"), say("Overrun")),
        ),
        [_held(pen, chapter) for chapter in chapters],
        say("Planned against actual time, by the clock of each session"),
        range(3, 8),
    )
    pen.table(
        "questions",
        (say("Session"), say("Question"), say("Planned"), say("Time used")),
        [row for chapter in chapters for row in _asked(pen, chapter)],
        say("Time by guiding question"),
        range(2, 4),
    )
    pen.table(
        "interventions",
        (say("Session"), say("Interventions"), say("Time allowed"), say("Time used"), say("Over their time")),
        [row for chapter in chapters for row in _taken(pen, chapter)],
        say("Interventions; points of order are not counted"),
        range(1, 5),
    )
    pen.part("annex-agenda", "annex", say("Agenda as held"))


def _drawn(pen: Pen) -> None:
    """Minutes planned and used, of the sessions whose clock ran."""
    bars = []
    for chapter in pen.proceedings.chapters:
        if chapter.held:
            planned, used = chapter.session.minutes * 60, chapter.held.figures.elapsed
            minutes = (round(planned / 60, 2), round(used / 60, 2))
            bars.append(Bar(pen.called(chapter.session), minutes, (duration(planned), duration(used))))
    pen.chart("time-chart", pen.say("Time planned and time used"), (pen.say("Planned"), pen.say("Used")), bars)


def _held(pen: Pen, chapter: Chapter) -> Row:
    session, slot, held, say = chapter.session, chapter.slot, chapter.held, pen.say
    title = titled(session, pen.language)
    minutes = f"{pen.language.number(session.minutes)} min" if session.minutes else NOTHING
    plan = f"{slot.start:%H:%M}–{slot.end:%H:%M}, {minutes}" if slot else minutes
    if held is None:
        when = NOTHING if chapter.empty else say("recorded without a clock")
        return Row((title, plan, when, *[NOTHING] * 5))
    figures, began, ended = held.figures, held.clock.started, held.clock.ended
    other_day = began and slot and began.date() != slot.start.date()
    begin = (pen.language.instant(began) if other_day else f"{began:%H:%M}") if began else ""
    still = say("not ended")
    actual = f"{begin}–{ended:%H:%M}" if ended and held.clock.state == ENDED else f"{begin}, {still}"
    late, extended = figures.late_start, figures.extended
    cells = (
        duration(figures.elapsed),
        NOTHING if late is None else _late(pen, late),
        _time(figures.paused),
        f"{'+' if extended > 0 else ''}{pen.language.number(extended)} min" if extended else NOTHING,
        _time(figures.overrun),
    )
    return Row((title, plan, actual, *cells), held.acts)


def _late(pen: Pen, seconds: float) -> str:
    if abs(seconds) < NOTICED:
        return NOTHING
    return duration(seconds) if seconds > 0 else pen.say("{time} early", time=duration(seconds))


def _time(seconds: float) -> str:
    return duration(seconds) if round(seconds) else NOTHING


def _asked(pen: Pen, chapter: Chapter) -> Iterator[Row]:
    for each in chapter.held.asked if chapter.held else ():
        number = each.question.number if each.question else pen.say("in general")
        planned = NOTHING if each.planned is None else duration(each.planned)
        yield Row((pen.called(chapter.session), number, planned, _time(each.used)))


def _taken(pen: Pen, chapter: Chapter) -> Iterator[Row]:
    """One row a session: who spoke is not told here, under any attribution."""
    taken = [each for each in (chapter.held.taken if chapter.held else ()) if each.turn.kind != POINT_OF_ORDER]
    if not taken:
        return
    allowed = sum(each.allowed or 0.0 for each in taken)
    over = sum(each.allowed is not None and each.turn.seconds > each.allowed for each in taken)
    used = sum(each.turn.seconds for each in taken)
    figures = (str(len(taken)), duration(allowed), duration(used), str(over) if over else NOTHING)
    ids = tuple(each.turn.id for each in taken if each.turn.id)
    yield Row((pen.called(chapter.session), *figures), ids)


def speaking(pen: Pen) -> None:
    """The annex of speaking time: by group, under full attribution by speaker too, and by kind of participant."""
    turns = [each.turn for chapter in pen.proceedings.chapters if chapter.held for each in chapter.held.taken]
    found, meeting, say = balance(pen.meeting, turns), pen.meeting, pen.say
    if not found.groups:
        return
    known = {each.of: "" if meeting.participant(each.of) else meeting.name_of(each.of) for each in found.groups}
    names = {group: name or say("of no group") for group, name in known.items()}
    bars = [Bar(names[each.of], (round(each.seconds / 60, 2),), (duration(each.seconds),)) for each in found.groups]
    pen.chart("speaking-time-chart", say("Speaking time by group"), (say("Time"),), bars)

    def table(table_id: str, what: str, shares: Iterable[tuple[str, Share]], caption: str) -> None:
        head = (what, say("Interventions"), say("Time"), say("Share"))
        pen.table(
            table_id, head, [_share(pen, name, each, found.seconds) for name, each in shares], caption, range(1, 4)
        )

    by_floor = say("By the floor of each session; points of order are not counted")
    table("speaking-time", say("Group"), [(names[each.of], each) for each in found.groups], by_floor)
    if pen.choices.attribution == "full":
        speakers = sorted((meeting.name_of(each.of), each) for each in found.speakers)
        table("speaking-time-by-speaker", say("Speaker"), speakers, say("By speaker"))
    if any(each.of in PARTICIPANTS for each in found.kinds):
        kinds = [
            (say(PARTICIPANTS[each.of]) if each.of in PARTICIPANTS else say("of no kind"), each) for each in found.kinds
        ]
        table("speaking-time-by-kind", say("Kind"), kinds, say("By kind of participant"))
    pen.part("annex-speaking-time", "annex", say("Speaking time"))


def _share(pen: Pen, name: str, share: Share, seconds: float) -> Row:
    part = pen.language.share(share.seconds / seconds) if seconds else NOTHING
    return Row((name, str(len(share.turns)), duration(share.seconds), part), tuple(turn.id for turn in share.turns))
