"""A session as it was held, planned against actual: its time, its questions, its interventions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from . import clock as clocks
from . import leading, walkthrough
from .balance import balance, group_of
from .clock import moment_of
from .entry import plain
from .floor import allowed

if TYPE_CHECKING:
    from .agenda import Meeting, Question, Session
    from .balance import Share
    from .clock import Clock, Figures, Moment
    from .floor import Turn
    from .record import Record
    from .schedule import Slot
    from .walkthrough import Walk


class Asked(NamedTuple):
    """What a question took.

    Attributes:
        question: A leaf of the session, None for the session in general.
        planned: Its share in seconds, None where the agenda gives none.
        used: Seconds the session ran there.
    """

    question: Question | None
    planned: float | None
    used: float


class Taken(NamedTuple):
    """One intervention: the turn, its time standing still, and the seconds it was allowed, None for no limit."""

    turn: Turn
    allowed: float | None


class Held(NamedTuple):
    """How a session was held, by its lead's file.

    Attributes:
        clock: Of the lead.
        figures: As of the lead's last entry, or of the moment asked for.
        asked: Every question in reading order, and the session in general first where it took time.
        taken: Every turn on the floor in order, points of order too.
        acts: Ids of the acts that began and ended it.
    """

    clock: Clock
    figures: Figures
    asked: tuple[Asked, ...]
    taken: tuple[Taken, ...]
    acts: tuple[str, ...]


def held(meeting: Meeting, session: Session, record: Record, slot: Slot | None) -> Held | None:
    """A session as of its lead's last entry: the only "now" that does not change with the time of asking.

    Returns:
        None where no clock was started.
    """
    lead = leading.lead(record, session.id)
    if lead is None:
        return None
    entries = record.files[lead]
    gone = walkthrough.undone(entries)
    acts = tuple(each.id for each in entries if each.kind in ("start", "end") and each.id not in gone)
    return of_walk(meeting, session, walkthrough.replay(session, entries), slot, moment_of(entries[-1]))._replace(
        acts=acts
    )


def of_walk(meeting: Meeting, session: Session, walk: Walk, slot: Slot | None, now: Moment) -> Held:
    """A session as its lead's walk stands at a moment."""
    turns = walk.floor.charged(walk.clock.elapsed(now))
    return Held(
        walk.clock,
        clocks.figures(walk.clock, session.minutes, slot, now),
        tuple(_asked(session, walk, now)),
        tuple(Taken(turn, allowed(turn, session, meeting)) for turn in turns),
        (),
    )


def _asked(session: Session, walk: Walk, now: Moment) -> list[Asked]:
    spent = {**walk.spent, walk.here: walk.spent_here(now)}
    general = sum(seconds for place, seconds in spent.items() if session.question(place) is None)
    found = [Asked(None, None, general)] if general else []
    for leaf in session.leaves:
        share = session.share(leaf.address)
        found.append(Asked(leaf, None if share is None else share * 60, spent.get(leaf.address, 0.0)))
    return found


def as_data(meeting: Meeting, session: Session, held: Held | None, slot: Slot | None) -> dict[str, Any]:
    """A session as held, for scripts: every key is always there, absent is null; seconds to the millisecond."""
    figures = held.figures if held else None
    return {
        "planned_start": plain(slot.start) if slot else None,
        "planned_end": plain(slot.end) if slot else None,
        "planned_seconds": session.minutes * 60,
        "started": plain(held.clock.started) if held else None,
        "ended": plain(held.clock.ended) if held else None,
        "elapsed_seconds": _seconds(figures.elapsed) if figures else None,
        "paused_seconds": _seconds(figures.paused) if figures else None,
        "extended_minutes": figures.extended if figures else None,
        "extensions": list(held.clock.reasons) if held else [],
        "overrun_seconds": _seconds(figures.overrun) if figures else None,
        "late_start_seconds": _seconds(figures.late_start) if figures else None,
        "questions": [
            {
                "question": each.question.address if each.question else "0",
                "planned_seconds": _seconds(each.planned),
                "used_seconds": _seconds(each.used),
            }
            for each in (held.asked if held else ())
        ],
        "interventions": [_intervention(each, meeting) for each in (held.taken if held else ())],
        "floor": _floor(meeting, held),
    }


def _intervention(taken: Taken, meeting: Meeting) -> dict[str, Any]:
    turn = taken.turn
    over = None if taken.allowed is None else max(0.0, turn.seconds - taken.allowed)
    return {
        "id": turn.id or None,
        "speaker": turn.speaker,
        "name": meeting.name_of(turn.speaker),
        "group": group_of(turn, meeting) or None,
        "kind": turn.kind,
        "question": turn.place or None,
        "began": plain(turn.began),
        "allowed_seconds": _seconds(taken.allowed),
        "used_seconds": _seconds(turn.seconds),
        "overrun_seconds": _seconds(over),
    }


def _floor(meeting: Meeting, held: Held | None) -> dict[str, Any]:
    found = balance(meeting, (each.turn for each in held.taken) if held else ())

    def listed(shares: tuple[Share, ...], key: str) -> list[dict[str, Any]]:
        return [{key: each.of or None, "turns": len(each.turns), "seconds": _seconds(each.seconds)} for each in shares]

    return {
        "seconds": _seconds(found.seconds),
        "speakers": listed(found.speakers, "speaker"),
        "groups": listed(found.groups, "group"),
        "kinds": listed(found.kinds, "kind"),
        "unheard": list(found.unheard),
    }


def _seconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
