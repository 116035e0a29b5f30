"""The table of sessions for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock
from grcp_cli.meeting.telling import duration

from .clean import drawn_line

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.overview import Stands

_SIGNS = {clock.TO_COME: "○", clock.RUNNING: "▶", clock.PAUSED: "‖", clock.ENDED: "✓"}


def show(meeting: Meeting, stands: list[Stands], *, rehearsal: bool) -> None:
    """Draws one row a session: state in a sign and a word, time used and planned, coverage, what was written."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    title = f"{meeting.short_title or meeting.title}{' · REHEARSAL' if rehearsal else ''}"
    table = Table(title=Text(drawn_line(title)), title_justify="left", expand=False, pad_edge=False, box=None)
    table.add_column("session", overflow="fold", style="bold")
    for name in ("state", "time", "ends", "questions", "written"):
        table.add_column(name, justify="left", overflow="fold")
    for each in stands:
        figures = each.figures
        state = f"{_SIGNS[figures.state]} {figures.state}{', attended' if each.attended else ''}"
        ends = figures.projected_end.strftime("%H:%M") if figures.projected_end else ""
        row = (
            each.session.id,
            state,
            time_used(each),
            ends,
            f"{len(each.covered)} of {len(each.session.leaves)}",
            written(each),
        )
        table.add_row(*(Text(drawn_line(cell)) for cell in row))
    Console(highlight=False).print(table)


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
    if figures.late_start is not None and abs(figures.late_start) >= 30:  # noqa: PLR2004 - less is on time
        parts.append(f"{duration(figures.late_start)} {'late' if figures.late_start > 0 else 'early'}")
    return ", ".join(parts)


def written(each: Stands) -> str:
    """Counts by kind, and conflicts: `3 notes, 1 recommendation`."""
    parts = [f"{count} {kind if count == 1 else _plural(kind)}" for kind, count in each.entries.items()]
    if each.conflicts:
        parts.append(f"{each.conflicts} in conflict")
    return ", ".join(parts)


def _plural(kind: str) -> str:
    return f"{kind}s"
