"""`grcp status`: where every session stands, and when the rest of the day will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from . import options

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.overview import Stands
    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.meeting.record import Record

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


class Day(NamedTuple):
    """Everything that is told: where every session stands, and what came of them."""

    stands: list[Stands]
    proceedings: Proceedings


@app.command()
def status(
    watch: Annotated[bool, typer.Option("--watch", help="Keep telling, until Ctrl-C.")] = False,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="The recommendations side by side, and all that is missing.")
    ] = False,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp status --watch

    Every session in running order: its state, time used of time planned, when it begins and ends as the day goes,
    questions covered, what was written; then what is missing. --watch keeps it up to date. --matrix has each
    recommendation by group, with its partners, its status and who decided, and what it is part of.
    """
    from grcp_cli.console import watching
    from grcp_cli.console.clean import json_text
    from grcp_cli.store.records import load

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    page = _Page(meeting, rehearsal=rehearsal, matrix=matrix)
    tabled = options.drawing() and not plain and not as_json

    def look(record: Record) -> Day:
        from grcp_cli.meeting.proceedings import proceed

        return Day(_stands(meeting, record, folder, rehearsal=rehearsal), proceed(meeting, record))

    loaded = load(folder, meeting.id)
    if not watch:
        day = look(loaded.record)
        options.tell_of(meeting, loaded)
        if as_json:
            typer.echo(json_text(page.data(day)))
        elif tabled:
            from rich.console import Console

            Console(highlight=False).print(page.drawn(day))
        else:
            for line in page.lines(day):
                typer.echo(line)
        return
    options.tell_of(meeting, loaded)
    if tabled:
        watching.draw(folder, meeting, look, page.drawn)
    else:
        watching.tell(folder, meeting, look, page.watched if as_json else page.lines, whole=as_json)


class _Page(NamedTuple):
    """What is told of a day, for each way of telling."""

    meeting: Meeting
    rehearsal: bool
    matrix: bool

    def data(self, day: Day) -> dict[str, object]:
        """For scripts."""
        from grcp_cli.meeting import coverage, matrix
        from grcp_cli.meeting.overview import as_data

        return {
            **as_data(self.meeting, day.stands),
            **matrix.as_data(day.proceedings),
            "coverage": coverage.as_data(day.proceedings),
            "rehearsal": self.rehearsal,
        }

    def watched(self, day: Day) -> list[str]:
        """For scripts, in one line."""
        from grcp_cli.console.clean import json_line

        return [json_line(self.data(day))]

    def lines(self, day: Day) -> list[str]:
        """In plain lines."""
        from grcp_cli.console import board, matrix

        if self.matrix:
            return [board.title(self.meeting, rehearsal=self.rehearsal), *matrix.lines(day.proceedings)]
        told = board.lines(self.meeting, day.stands, rehearsal=self.rehearsal)
        return [*told, *matrix.missing(day.proceedings)]

    def drawn(self, day: Day) -> RenderableType:
        """On a terminal."""
        from rich.console import Group
        from rich.text import Text

        from grcp_cli.console import board, matrix

        if self.matrix:
            return matrix.drawn(day.proceedings, board.title(self.meeting, rehearsal=self.rehearsal))
        table = board.drawn(self.meeting, day.stands, rehearsal=self.rehearsal)
        return Group(table, *(Text(line, style="dim") for line in matrix.missing(day.proceedings)))


def _stands(meeting: Meeting, record: Record, folder: Path, *, rehearsal: bool) -> list[Stands]:
    """Where every session stands now; a rehearsal's now is what its consoles' clocks show."""
    from grcp_cli.machine import Machine
    from grcp_cli.meeting.clock import Moment
    from grcp_cli.meeting.overview import overview
    from grcp_cli.store import locks, pulse
    from grcp_cli.store.records import session_file

    machine = Machine(meeting.timezone)
    now = Moment(machine.now(), machine.boot(), machine.ticks())

    def _desk_file(source: Source) -> Path:
        return session_file(folder, source._replace(branch=""))  # nobody sits at a branch that came from elsewhere

    def attended(source: Source) -> bool:
        return bool(locks.held_by(_desk_file(source)))

    def seen(source: Source) -> Moment | None:
        beat = pulse.read(_desk_file(source)) if attended(source) else None
        return beat.now() if beat else None

    return overview(meeting, record, now, attended, seen if rehearsal else None)
