"""Runs the stage on a terminal."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from typing import TYPE_CHECKING

from grcp_cli.console import seat

# Textual reads this when it is imported: half its usual wait between two frames, so that a second turns in time.
os.environ.setdefault("TEXTUAL_FPS", "120")

from .app import Stage

if TYPE_CHECKING:
    from .watch import Watch

_LOOK = 0.1
"""Seconds between two looks at the files."""


def run(watch: Watch) -> None:
    """Shows the stage until somebody leaves it.

    Args:
        watch: What to show; not looked at yet.

    Raises:
        SystemExit: A bug on the screen; its traceback was shown.
    """
    seen = watch.look()
    assert seen is not None, "the first look always sees"
    # What was read stays for the hour: it is looked through for garbage neither now nor later.
    gc.freeze()
    app = Stage(watch, seen)
    done, failed = threading.Event(), []

    def follow(loop: asyncio.AbstractEventLoop) -> None:
        try:
            while not done.wait(_LOOK):
                if (new := watch.look()) is not None:
                    app.see(new)
        except Exception as error:  # noqa: BLE001 - raised again where it does not write over the screen
            failed.append(error)
            loop.call_soon_threadsafe(app.action_leave)

    async def stand() -> None:
        loop = asyncio.get_running_loop()
        restore = seat.on_signals(lambda: loop.call_soon_threadsafe(app.action_leave))
        threading.Thread(target=follow, args=(loop,), daemon=True).start()
        try:
            await app.run_async(mouse=False)
        finally:
            restore()
            done.set()

    try:
        asyncio.run(stand())
    except OSError:
        # A terminal that was closed can be neither drawn on nor restored.
        if sys.stdout.isatty():
            raise
    for error in failed:
        raise error
    if app.return_code and sys.stdout.isatty():
        raise SystemExit(app.return_code)
