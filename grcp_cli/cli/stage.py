"""`grcp stage`: the room's clock on a projector or second screen; it only reads."""

from __future__ import annotations

from typing import Annotated

import typer

from . import options

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def stage(
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]", help="The session's id.")] = None,
    board: Annotated[
        bool, typer.Option("--board", help="The recommendations by group instead of the clocks, as they are read out.")
    ] = False,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
) -> None:
    """Example: grcp stage session-2

    The session's time in digits that fill the screen, the question at hand, who has the floor and who speaks next,
    as the session's console goes on: run it in another terminal of the same machine, on the screen that the room
    sees. It writes nothing and needs no key; b makes it dark and light again, q leaves.

    From the console /say TEXT puts a message on it, /blackout makes it dark; /say off and /blackout off undo this.
    """
    import gc

    from grcp_cli.console.stage.watch import Watch
    from grcp_cli.machine import Machine

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    item = options.session_of(meeting, session or options.chosen_session(meeting))
    watch = Watch(meeting, item, folder, Machine(meeting.timezone), rehearsal=rehearsal, with_board=board)
    gc.enable()
    if options.terminal() and options.full_screen() and not plain:
        from grcp_cli.console.stage import screen

        screen.run(watch)
    else:
        from grcp_cli.console.stage import lines

        lines.run(watch)
