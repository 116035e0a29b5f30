"""Where all sessions stand: a table for a terminal, or a line each, and what the day comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock
from grcp_cli.meeting.schedule import NOTICED, gap, minute
from grcp_cli.meeting.telling import duration, early_or_late

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.overview import Stands

_SIGNS = {clock.TO_COME: "○", clock.RUNNING: "▶", clock.PAUSED: "‖", clock.ENDED: "✓"}


def drawn(meeting: Meeting, stands: list[Stands], *, rehearsal: bool) -> RenderableType:
    """One row a session: state in a sign and a word, time used and planned, when, coverage, what was written."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title(meeting, rehearsal=rehearsal)), title_justify="left", expand=False)
    table.pad_edge, table.box = False, None
    table.add_column("session", overflow="fold", style="bold")
    for name in ("state", "time", "from–to", "questions", "written"):
        table.add_column(name, justify="left", overflow="fold")
    for each in stands:
        figures = each.figures
        state = f"{_SIGNS[figures.state]} {figures.state}{', attended' if each.attended else ''}"
        row = (
            each.session.id,
            state,
            time_used(each),
            ", ".join(filter(None, (_span(each), _drift(each)))),
            _questions(each, ""),
            written(each),
        )
        table.add_row(*(Text(drawn_line(cell)) for cell in row))
    return Group(table, *(Text(drawn_line(line)) for line in _day(stands)))


def lines(meeting: Meeting, stands: list[Stands], *, rehearsal: bool) -> Iterator[str]:
    """A line a session, complete in itself for whoever listens to it, then what the day comes to."""
    yield title(meeting, rehearsal=rehearsal)
    for each in stands:
        figures = each.figures
        parts = [each.session.id, figures.state if not each.attended else f"{figures.state}, attended"]
        if figures.state != clock.TO_COME:
            parts.append(time_used(each))
        parts.append(_when(each))
        parts.append(_questions(each, " questions"))
        parts.append(written(each) or "nothing written")
        yield drawn_line(" · ".join(filter(None, parts)))
    yield from map(drawn_line, _day(stands))


def title(meeting: Meeting, *, rehearsal: bool) -> str:
    """The meeting's short name, and whether this is its rehearsal."""
    return drawn_line(f"{meeting.short_title or meeting.title}{' · REHEARSAL' if rehearsal else ''}")


def _questions(each: Stands, word: str) -> str:
    """How many are covered, and how many more heard answers of elsewhere."""
    heard = f", {len(each.answered.heard)} heard" if each.answered.heard else ""
    return f"{len(each.answered.covered)} of {len(each.session.leaves)}{word}{heard}"


def _span(each: Stands) -> str:
    return f"{minute(each.projection.start):%H:%M}–{minute(each.projection.end):%H:%M}" if each.projection else ""


def _drift(each: Stands) -> str:
    """How far its end is off the plan."""
    return early_or_late(gap(each.projection.planned.end, each.projection.end)) if each.projection else ""


def _when(each: Stands) -> str:
    """When it begins and ends as the day goes: what is still to come in the words of what is to come."""
    found = each.projection
    if found is None:
        return ""
    drift = f", {late}" if (late := _drift(each)) else ""
    begins, ends = f"{minute(found.start):%H:%M}", f"{minute(found.end):%H:%M}"
    match each.figures.state:
        case clock.TO_COME:
            return f"{begins} to {ends}{drift}"
        case clock.ENDED:
            return f"ended {ends}{drift}"
    return f"ends {ends}{drift}"


def _day(stands: list[Stands]) -> Iterator[str]:
    """What the hard stops cut into, and what fits before them."""
    for each in stands:
        found = each.projection
        if found and found.stop and found.past_stop >= NOTICED and each.figures.state != clock.ENDED:
            over = duration(gap(found.stop, found.end))
            yield f"! {each.session.id} goes on {over} past the hard stop at {found.stop:%H:%M}"


def time_used(each: Stands) -> str:
    """Time used of time planned, with what was added, stood still and ran over as figures of their own."""
    figures = each.figures
    if figures.state == clock.TO_COME:
        return duration(figures.planned)
    parts = [f"{duration(figures.elapsed)} of {duration(figures.planned)}"]
    if figures.extended:
        parts.append(f"{figures.extended:+g} min")
    if figures.paused >= 1:
        parts.append(f"paused {duration(figures.paused)}")
    if figures.overrun >= 1:
        parts.append(f"over {duration(figures.overrun)}")
    if figures.late_start is not None and (late := early_or_late(figures.late_start)):
        parts.append(f"began {late}")
    return ", ".join(parts)


def written(each: Stands) -> str:
    """Counts by kind, and conflicts: `3 notes, 1 recommendation`."""
    parts = [f"{count} {kind if count == 1 else _plural(kind)}" for kind, count in each.entries.items()]
    if each.conflicts:
        parts.append(f"{each.conflicts} in conflict")
    return ", ".join(parts)


def _plural(kind: str) -> str:
    return f"{kind}s"
