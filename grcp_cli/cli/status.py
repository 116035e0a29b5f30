"""`grcp status`: where every session stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from . import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.overview import Stands

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def status(
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp status

    Every session in running order: its state, time used of time planned, questions covered, what was written.
    """
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.machine import Machine
    from grcp_cli.meeting.clock import Moment
    from grcp_cli.meeting.overview import as_data, overview
    from grcp_cli.store import locks
    from grcp_cli.store.records import load, session_file

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    loaded = load(folder, meeting.id)
    machine = Machine(meeting.timezone)
    stands = overview(
        meeting,
        loaded.record,
        Moment(machine.now(), machine.boot(), machine.ticks()),
        lambda source: bool(locks.held_by(session_file(folder, source))),
        as_of_last=rehearsal,
    )
    options.tell_of(meeting, loaded)
    if as_json:
        typer.echo(json_text({**as_data(meeting, stands), "rehearsal": rehearsal}))
        return
    if options.drawing() and not plain:
        from grcp_cli.console import board

        board.show(meeting, stands, rehearsal=rehearsal)
        return
    for line in _lines(meeting, stands, rehearsal=rehearsal):
        typer.echo(drawn_line(line))


def _lines(meeting: Meeting, stands: list[Stands], *, rehearsal: bool) -> Iterator[str]:
    """One line a session, complete in itself for whoever listens to it."""
    from grcp_cli.console.board import written
    from grcp_cli.meeting.telling import duration

    yield f"{meeting.short_title or meeting.title}{' · REHEARSAL' if rehearsal else ''}"
    for each in stands:
        figures = each.figures
        parts = [each.session.id, figures.state if not each.attended else f"{figures.state}, attended"]
        if figures.state != "to come":
            parts.append(f"{duration(figures.elapsed)} of {duration(figures.planned)}")
        parts.append(f"{len(each.covered)} of {len(each.session.leaves)} questions")
        parts.append(written(each) or "nothing written")
        yield " · ".join(parts)
