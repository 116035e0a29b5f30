"""A session as held, in lines: planned against actual, and who had the floor how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock
from grcp_cli.meeting.balance import KIND_NAMES, balance
from grcp_cli.meeting.floor import INTERVENTION, allowed
from grcp_cli.meeting.schedule import planned
from grcp_cli.meeting.telling import duration, early_or_late, minutes_and_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.balance import Share
    from grcp_cli.meeting.clock import Figures, Moment
    from grcp_cli.meeting.floor import Floor, Turn
    from grcp_cli.meeting.held import Held
    from grcp_cli.meeting.walkthrough import Walk


def as_held(meeting: Meeting, session: Session, held: Held) -> Iterator[str]:
    """Planned against actual: the session, its questions, how many spoke and how long."""
    slot = planned(meeting).get(session.id)
    began, ended = held.clock.started, held.clock.ended
    parts = [f"planned {slot.start:%H:%M}–{slot.end:%H:%M}"] if slot else []
    if began:
        parts.append(f"held {began:%H:%M}–{ended:%H:%M}" if ended else f"began {began:%H:%M}, not ended")
    yield " · ".join(["as held", *parts, *used(held.figures)])
    for each in held.asked:
        number = each.question.number if each.question else "in general"
        share = f"{duration(each.planned)} planned, " if each.planned else ""
        yield f"  {number} · {share}{duration(each.used)} used"
    if held.taken:
        yield f"  {_summed([each.turn for each in held.taken])} · grcp record show {session.id} --floor"


def used(figures: Figures) -> Iterator[str]:
    """Used of planned, then what was added, stood still, ran over and came late, each for itself."""
    yield f"{duration(figures.elapsed)} used of {duration(figures.planned)} planned"
    if figures.extended:
        yield f"extended {figures.extended:+g} min"
    if figures.paused >= 1:
        yield f"paused {duration(figures.paused)}"
    if figures.overrun >= 1:
        yield f"{duration(figures.overrun)} over"
    if figures.late_start is not None and (late := early_or_late(figures.late_start)):
        yield f"started {late}"


def floor(meeting: Meeting, session: Session, held: Held | None) -> Iterator[str]:
    """Every turn with the time it was allowed and took, then the sums by group and by kind."""
    yield session.heading
    if held is None or not held.taken:
        yield "nobody had the floor yet"
        return
    yield ""
    for each in held.taken:
        yield f"  {_turn(meeting, session, each.turn)}"
    yield ""
    yield from sums(meeting, [each.turn for each in held.taken])


def _turn(meeting: Meeting, session: Session, turn: Turn) -> str:
    return f"{turn.began:%H:%M} · {spoken(meeting, turn)} · {of_allowed(meeting, session, turn, 0.0)}"


def spoken(meeting: Meeting, turn: Turn) -> str:
    """Who has or had a turn, for whom, and what kind it is unless it is an ordinary one."""
    behalf = f" for {meeting.name_of(turn.behalf)}" if turn.behalf else ""
    kind = "" if turn.kind == INTERVENTION else f" ({_KINDS.get(turn.kind, turn.kind)})"
    return f"{meeting.name_of(turn.speaker)}{behalf}{kind}"


_KINDS = {"point-of-order": "point of order", "reply": "right of reply"}


def speakers(meeting: Meeting, session: Session, walk: Walk, now: Moment) -> Iterator[str]:
    """Who has the floor, who waits, and how the floor was shared so far."""
    stands, ran = walk.floor, walk.clock.elapsed(now)
    if turn := stands.turn:
        yield f"floor · {spoken(meeting, turn)} · {of_allowed(meeting, session, turn, ran)}"
    else:
        yield "floor · nobody"
    closed = "" if stands.open else " · the list is closed"
    yield f"waiting · {', '.join(waiting(meeting, stands)) or 'nobody'}{closed}"
    yield from sums(meeting, stands.charged(ran))


def waiting(meeting: Meeting, stands: Floor) -> Iterator[str]:
    """The names on the speakers' list, each with the group they will speak for."""
    for name in stands.waiting:
        behalf = stands.behalf.get(name, "")
        yield f"{meeting.name_of(name)}{f' for {meeting.name_of(behalf)}' if behalf else ''}"


def of_allowed(meeting: Meeting, session: Session, turn: Turn, ran: float) -> str:
    """What a turn took of what it may take: `1:20 of 3:00`, `3:10 of 3:00, 0:10 over`."""
    taken, limit = turn.taken(ran), allowed(turn, session, meeting)
    if limit is None:
        return minutes_and_seconds(taken)
    over = f", {minutes_and_seconds(taken - limit)} over" if taken > limit + clock.A_SECOND else ""
    return f"{minutes_and_seconds(taken)} of {minutes_and_seconds(limit)}{over}"


def sums(meeting: Meeting, turns: Iterable[Turn]) -> Iterator[str]:
    """Turns and time by group and by kind, and who has not been heard; points of order count for nobody."""
    found = balance(meeting, turns)
    for name, shares, nobody in (("by group", found.groups, "of no group"), ("by kind", found.kinds, "of no kind")):
        if shares and any(each.of for each in shares):
            yield f"{name} · " + " · ".join(_share(meeting, each, nobody) for each in shares)
    if found.unheard and found.groups:
        yield f"not heard yet · {', '.join(map(meeting.name_of, found.unheard))}"


def _share(meeting: Meeting, share: Share, nobody: str) -> str:
    return f"{KIND_NAMES.get(share.of) or meeting.name_of(share.of) or nobody} {_summed(share.turns)}"


def _summed(turns: Iterable[Turn]) -> str:
    counted = list(turns)
    times = "intervention" if len(counted) == 1 else "interventions"
    return f"{len(counted)} {times}, {minutes_and_seconds(sum(turn.seconds for turn in counted))}"
