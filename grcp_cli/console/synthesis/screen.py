"""Runs the table's screen for a desk."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from grcp_cli.console import escape, seat
from grcp_cli.console.hanging_up import drawing_on, to_nowhere
from grcp_cli.store.kept import Kept

from .app import Choosing

if TYPE_CHECKING:
    from .table import Table


def run(table: Table) -> None:
    """Seats a person at the table until they leave.

    Raises:
        Unsaved: Some lines could not be saved to the end; they are kept.
        SystemExit: A bug; its traceback was shown.
    """
    escape.keep_apart()
    app = Choosing(table, Kept(table.desk.path))

    async def sit() -> None:
        loop = asyncio.get_running_loop()
        restore = seat.on_signals(lambda: loop.call_soon_threadsafe(app.exit))
        try:
            await app.run_async()
        finally:
            seat.leaving()
            restore()

    gone = False
    try:
        with drawing_on():
            asyncio.run(sit())
    except OSError:
        # A terminal that was closed can be neither drawn on nor restored.
        gone = not sys.stdout.isatty()
        if not gone:
            raise
    finally:
        gone = gone or not sys.stdout.isatty()
        if gone:
            to_nowhere()
        app.finish()
    if app.return_code and not gone:
        raise SystemExit(app.return_code)
