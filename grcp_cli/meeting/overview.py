"""Where every session of a meeting stands: the figures of its lead, coverage, counts, desks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import clock, leading, schedule, walkthrough
from .clock import Figures, Moment
from .entry import CAPTURED, CLOCK, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .agenda import Meeting, Session
    from .entry import Source
    from .record import Record
    from .walkthrough import Walk


class DeskStands(NamedTuple):
    """One desk of a session; `id` is empty for the desk-less file, `elapsed` in seconds."""

    id: str
    state: str
    elapsed: float


class Stands(NamedTuple):
    """One session.

    Attributes:
        session: As planned.
        figures: Of its lead's clock.
        walk: The lead's, as opened where nothing has happened.
        attended: Whether a console sits at one of its desks.
        covered: Addresses of leaf questions with a standing captured entry from any desk.
        entries: Standing captured entries by kind, in the order of the report.
        desks: Every desk that has a file.
        conflicts: How many corrections contradict each other.
    """

    session: Session
    figures: Figures
    walk: Walk
    attended: bool
    covered: frozenset[str]
    entries: Mapping[str, int]
    desks: tuple[DeskStands, ...]
    conflicts: int


def overview(
    meeting: Meeting, record: Record, now: Moment, attended: Callable[[Source], bool], *, as_of_last: bool = False
) -> list[Stands]:
    """Every session in running order.

    Args:
        meeting: The agenda.
        record: All its files.
        now: The machine's clocks.
        attended: Whether a console sits at the desk of a file.
        as_of_last: Take the last entry of each file for now: a rehearsal's own clock is known to nobody else.
    """
    slots = schedule.planned(meeting)
    found = []
    for session in meeting.sessions:
        sources = sorted(source for source in record.files if source.session == session.id)
        walks = {source: walkthrough.replay(session, record.files[source]) for source in sources}
        moments = {source: _moment(record, source, now) if as_of_last else now for source in sources}
        lead = leading.lead(record, session.id)
        walk = walks[lead] if lead else walkthrough.opening(session)
        moment = moments[lead] if lead else now
        statements = [each for each in record.statements(session.id) if not each.struck]
        counts = Counter(each.kind for each in statements)
        filed = {each.question for each in statements}
        found.append(
            Stands(
                session=session,
                figures=clock.figures(walk.clock, session.minutes, slots.get(session.id), moment),
                walk=walk,
                attended=any(attended(source) for source in sources),
                covered=frozenset(leaf.address for leaf in session.leaves if leaf.address in filed),
                entries={kind: counts[kind] for kind in CAPTURED if counts[kind]},
                desks=tuple(
                    DeskStands(source.desk, walks[source].clock.state, walks[source].clock.elapsed(moments[source]))
                    for source in sources
                ),
                conflicts=len(record.conflicts(session.id)),
            )
        )
    return found


def _moment(record: Record, source: Source, now: Moment) -> Moment:
    """The latest instant a file knows of; its own clocks where the last entry carries them."""
    entries = record.files[source]
    if not entries:
        return now
    last = max(entries, key=lambda entry: entry.at)
    ticking = [entry for entry in entries if entry.kind in CLOCK and "ticks" in entry.fields]
    if ticking and ticking[-1].at == last.at:
        return clock.moment_of(ticking[-1])
    return Moment(last.at)


def as_data(meeting: Meeting, stands: list[Stands]) -> dict[str, object]:
    """The overview for scripts: keys as documented for `status --json`; seconds to the millisecond."""
    return {
        "meeting": meeting.id,
        "sessions": [
            {
                "id": each.session.id,
                "state": each.figures.state,
                "attended": each.attended,
                "planned_minutes": each.session.minutes,
                "elapsed_seconds": round(each.figures.elapsed, 3),
                "paused_seconds": round(each.figures.paused, 3),
                "extended_minutes": each.figures.extended,
                "overrun_seconds": round(each.figures.overrun, 3),
                "late_start_seconds": _rounded(each.figures.late_start),
                "projected_end": plain(each.figures.projected_end),
                "questions": {"total": len(each.session.leaves), "covered": len(each.covered)},
                "entries": dict(each.entries),
                "desks": [
                    {"id": desk.id or None, "state": desk.state, "elapsed_seconds": round(desk.elapsed, 3)}
                    for desk in each.desks
                ],
                "here": each.walk.here,
                "floor": each.walk.floor.speaker or None,
                "conflicts": each.conflicts,
            }
            for each in stands
        ],
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
