"""`grcp status`: where every session stands, and when the rest of the day will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import options

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.overview import Stands
    from grcp_cli.meeting.record import Record

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def status(
    watch: Annotated[bool, typer.Option("--watch", help="Keep telling, until Ctrl-C.")] = False,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp status --watch

    Every session in running order: its state, time used of time planned, when it begins and ends as the day goes,
    questions covered, what was written. --watch keeps it up to date.
    """
    from grcp_cli.console import board, watching
    from grcp_cli.console.clean import json_line, json_text
    from grcp_cli.meeting.overview import as_data
    from grcp_cli.store.records import load

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    if watch:
        options.tell_of(meeting, load(folder, meeting.id))
        drawn = options.drawing() and not plain and not as_json

        def told(stands: list[Stands]) -> list[str]:
            if as_json:
                return [json_line({**as_data(meeting, stands), "rehearsal": rehearsal})]
            return list(board.lines(meeting, stands, rehearsal=rehearsal))

        def look(record: Record) -> list[Stands]:
            return _stands(meeting, record, folder, rehearsal=rehearsal)

        if drawn:
            watching.draw(folder, meeting, look, lambda stands: board.drawn(meeting, stands, rehearsal=rehearsal))
        else:
            watching.tell(folder, meeting, look, told, whole=as_json)
        return
    loaded = load(folder, meeting.id)
    stands = _stands(meeting, loaded.record, folder, rehearsal=rehearsal)
    options.tell_of(meeting, loaded)
    if as_json:
        typer.echo(json_text({**as_data(meeting, stands), "rehearsal": rehearsal}))
    elif options.drawing() and not plain:
        from rich.console import Console

        Console(highlight=False).print(board.drawn(meeting, stands, rehearsal=rehearsal))
    else:
        for line in board.lines(meeting, stands, rehearsal=rehearsal):
            typer.echo(line)


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
