"""Where every session of a meeting stands: the figures of its lead, coverage, counts, desks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import answered, clock, held, leading, schedule, walkthrough
from .clock import Figures, Moment
from .entry import CAPTURED, CLOCK, plain
from .fitting import courses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .agenda import Meeting, Session
    from .answered import Answered
    from .entry import Source
    from .held import Held
    from .record import Record
    from .schedule import Projection, Slot
    from .walkthrough import Walk


class DeskStands(NamedTuple):
    """One desk of a session, or a branch of its file; `id` is empty for the desk-less one, `elapsed` in seconds."""

    id: str
    state: str
    elapsed: float
    branch: str


class Stands(NamedTuple):
    """One session.

    Attributes:
        session: As planned.
        figures: Of its lead's clock.
        walk: The lead's, as opened where nothing has happened.
        attended: Whether a console sits at one of its desks.
        answered: Its questions, covered, heard and open.
        entries: Standing captured entries by kind, in the order of the report.
        desks: Every desk that has a file.
        conflicts: How many corrections contradict each other.
        slot: When it is planned, None where the agenda does not tell.
        projection: When it will be as the day goes, None where the agenda gives it no time.
        held: Planned against actual as it stands now, None where no clock was started.
    """

    session: Session
    figures: Figures
    walk: Walk
    attended: bool
    answered: Answered
    entries: Mapping[str, int]
    desks: tuple[DeskStands, ...]
    conflicts: int
    slot: Slot | None
    projection: Projection | None
    held: Held | None


def overview(
    meeting: Meeting,
    record: Record,
    now: Moment,
    attended: Callable[[Source], bool],
    seen: Callable[[Source], Moment | None] | None = None,
) -> list[Stands]:
    """Every session in running order.

    Args:
        meeting: The agenda.
        record: All its files.
        now: The machine's clocks.
        attended: Whether a console sits at the desk of a file.
        seen: Of a rehearsal, whose clocks only its console knows: what they show now for a file, None where nobody
            tells; then its last entry is taken for now. None for a real meeting.
    """
    slots = schedule.planned(meeting)
    moments = {source: (seen(source) or _last(record, source) or now) if seen else now for source in record.files}
    leads = {each.id: leading.lead(record, each.id) for each in meeting.sessions}
    walks = {
        source: walkthrough.replay(session, entries)
        for source, entries in record.files.items()
        if (session := meeting.session(source.session)) is not None
    }
    clocks = {session: walks[lead].clock for session, lead in leads.items() if lead}
    day = max(moments.values(), key=lambda each: each.at, default=now) if seen else now
    projections = schedule.projected(meeting, courses(meeting, clocks, day), day.at)
    found = []
    for session in meeting.sessions:
        sources = sorted(source for source in walks if source.session == session.id)
        lead = leads[session.id]
        walk = walks[lead] if lead else walkthrough.opening(session)
        moment = moments[lead] if lead else now
        slot = slots.get(session.id)
        stated = record.statements(session.id)
        statements = [each for each in stated if not each.struck]
        counts = Counter(each.kind for each in statements)
        found.append(
            Stands(
                session=session,
                figures=clock.figures(walk.clock, session.minutes, slot, moment),
                walk=walk,
                attended=any(attended(source) for source in sources),
                answered=answered.answered(session, stated, *answered.elsewhere(session, record)),
                entries={kind: counts[kind] for kind in CAPTURED if counts[kind]},
                desks=tuple(
                    DeskStands(
                        source.desk,
                        walks[source].clock.state,
                        walks[source].clock.elapsed(moments[source]),
                        source.label,
                    )
                    for source in sources
                ),
                conflicts=len(record.conflicts(session.id)),
                slot=slot,
                projection=projections.get(session.id),
                held=held.of_walk(meeting, session, walk, slot, moment) if lead else None,
            )
        )
    return found


def _last(record: Record, source: Source) -> Moment | None:
    """The latest instant a file knows of, None for an empty one; its own clocks where the last entry carries them."""
    entries = record.files[source]
    if not entries:
        return None
    last = max(entries, key=lambda entry: entry.at)
    ticking = [entry for entry in entries if entry.kind in CLOCK and "ticks" in entry.fields]
    if ticking and ticking[-1].at == last.at:
        return clock.moment_of(ticking[-1])
    return Moment(last.at)


def as_data(meeting: Meeting, stands: list[Stands]) -> dict[str, object]:
    """The overview for scripts: keys as documented for `status --json`; seconds to the millisecond."""
    return {"meeting": meeting.id, "sessions": [_session(meeting, each) for each in stands]}


def _session(meeting: Meeting, each: Stands) -> dict[str, object]:
    session, figures, projection = each.session, each.figures, each.projection
    floor = each.walk.floor
    return {
        "id": session.id,
        "state": figures.state,
        "attended": each.attended,
        "planned_minutes": session.minutes,
        "elapsed_seconds": round(figures.elapsed, 3),
        "paused_seconds": round(figures.paused, 3),
        "extended_minutes": figures.extended,
        "overrun_seconds": round(figures.overrun, 3),
        "late_start_seconds": _rounded(figures.late_start),
        "projected_start": plain(projection.start) if projection else None,
        "projected_end": plain(projection.end if projection else figures.projected_end),
        "drift_seconds": _rounded(projection.drift if projection else None),
        "hard_stop": plain(projection.stop) if projection else None,
        "past_hard_stop_seconds": _rounded(projection.past_stop if projection else None),
        "questions": {
            "total": len(session.leaves),
            "covered": len(each.answered.covered),
            "heard": len(each.answered.heard),
        },
        "entries": dict(each.entries),
        "desks": [
            {
                "id": desk.id or None,
                "branch": desk.branch or None,
                "state": desk.state,
                "elapsed_seconds": round(desk.elapsed, 3),
            }
            for desk in each.desks
        ],
        "here": each.walk.here,
        "floor": floor.speaker or None,
        "waiting": list(floor.waiting),
        "conflicts": each.conflicts,
        "held": held.as_data(meeting, session, each.held, each.slot),
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
