"""Keeps what is typed on disk while it is typed, on a thread of its own: no key waits for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from grcp_cli.store.durable import DiskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grcp_cli.store.kept import Kept

_PATIENCE = 5.0
"""Seconds that the end waits for a disk that does not answer."""


class Keeper:
    """The latest state of what is typed, always on its way to disk; `tell` is called once when that is refused."""

    def __init__(self, kept: Kept, tell: Callable[[str], None]) -> None:
        self._kept = kept
        self._tell = tell
        self._lines: Sequence[str] = ()
        self._changed = threading.Event()
        self._leaving = False
        self._refused = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def keep(self, lines: Sequence[str]) -> None:
        """Takes what is typed now, oldest line first; what was on its way before is left out."""
        self._lines = tuple(lines)
        self._changed.set()

    def finish(self, lines: Sequence[str]) -> None:
        """Keeps these lines for the next time, or clears away where there are none."""
        self._leaving = True
        self.keep(lines)
        self._thread.join(_PATIENCE)

    def _work(self) -> None:
        leaving = False
        while not leaving:
            self._changed.wait()
            self._changed.clear()
            leaving = self._leaving
            try:
                self._kept.keep(self._lines)
                self._refused = False
            except DiskError as error:
                if not self._refused:
                    self._tell(f"the line being typed is not kept on disk: {error}")
                self._refused = True
        self._kept.close()
