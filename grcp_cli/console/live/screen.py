"""Runs the live screen for a desk."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from grcp_cli.console import escape, seat
from grcp_cli.console.hanging_up import drawing_on, to_nowhere
from grcp_cli.store.kept import Kept

# Textual reads this when it is imported: half its usual wait between two frames, so that what is saved shows at once.
os.environ.setdefault("TEXTUAL_FPS", "120")

from .app import Live
from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.console.mirroring import Mirroring
    from grcp_cli.store.desk import Desk


def run(desk: Desk, greeting: Iterable[str] = (), mirroring: Mirroring | None = None) -> Wish:
    """Sits a person at the screen until they leave.

    Args:
        desk: Where they sit.
        greeting: What to tell at the beginning.
        mirroring: What keeps a second copy, None for nothing.

    Returns:
        What they want next.

    Raises:
        Unsaved: Some lines could not be saved to the end; they are kept.
        SystemExit: A bug; its traceback was shown.
    """
    escape.keep_apart()
    app = Live(desk, Kept(desk.path), greeting, mirroring)

    async def sit() -> Wish | None:
        loop = asyncio.get_running_loop()
        restore = seat.on_signals(lambda: loop.call_soon_threadsafe(app.leave))
        try:
            return await app.run_async()
        finally:
            seat.leaving()
            restore()

    wish, gone = None, False
    try:
        with drawing_on():
            wish = asyncio.run(sit())
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
    return wish or Wish.NOTHING
