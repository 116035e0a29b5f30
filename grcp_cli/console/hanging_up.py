"""A terminal that goes, its window closed or its line cut, while a screen is drawn on it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def drawing_on() -> Iterator[None]:
    """A terminal that goes while it is drawn on does not keep the console and its seat for ever.

    What draws is a thread of Textual that such an error ends, and whoever hands it the next frames, or the end, waits
    for it once its queue is full. So it goes on and draws nowhere.
    """
    before = threading.excepthook

    def went(failed: threading.ExceptHookArgs) -> None:
        if failed.thread and failed.thread.name == "textual-output" and isinstance(failed.exc_value, OSError):
            to_nowhere()
            failed.thread.run()
        else:
            before(failed)

    threading.excepthook = went
    try:
        yield
    finally:
        threading.excepthook = before


def to_nowhere() -> None:
    """Nobody reads any more: what is still to be told must not fail what is still to be saved."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
