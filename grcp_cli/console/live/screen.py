"""Runs the live screen for a desk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from grcp_cli.console import seat
from grcp_cli.store.kept import Kept

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
    app = Live(desk, Kept(desk.path), greeting, mirroring)

    async def sit() -> Wish | None:
        loop = asyncio.get_running_loop()
        restore = seat.on_signals(lambda: loop.call_soon_threadsafe(app.leave))
        try:
            return await app.run_async()
        finally:
            restore()

    try:
        wish = asyncio.run(sit())
    finally:
        app.finish()
    if app.return_code:
        raise SystemExit(app.return_code)
    return wish or Wish.NOTHING
