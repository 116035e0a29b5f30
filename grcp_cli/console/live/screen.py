"""Runs the live screen for a desk."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING

from grcp_cli.console import escape, seat
from grcp_cli.store.kept import Kept

# Textual reads this when it is imported: half its usual wait between two frames, so that what is saved shows at once.
os.environ.setdefault("TEXTUAL_FPS", "120")

from .app import Live
from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
            _to_nowhere()
        app.finish()
    if app.return_code and not gone:
        raise SystemExit(app.return_code)
    return wish or Wish.NOTHING


@contextlib.contextmanager
def drawing_on() -> Iterator[None]:
    """A terminal that goes while it is drawn on does not keep the console and its seat for ever.

    What draws is a thread of Textual that such an error ends, and whoever hands it the next frames, or the end, waits
    for it once its queue is full. So it goes on and draws nowhere.
    """
    before = threading.excepthook

    def went(failed: threading.ExceptHookArgs) -> None:
        if failed.thread and failed.thread.name == "textual-output" and isinstance(failed.exc_value, OSError):
            _to_nowhere()
            failed.thread.run()
        else:
            before(failed)

    threading.excepthook = went
    try:
        yield
    finally:
        threading.excepthook = before


def _to_nowhere() -> None:
    """Nobody reads any more: what is still to be told must not fail what is still to be saved."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
