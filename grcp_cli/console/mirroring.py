"""The mirror kept up beside a session: looked after from a thread, told when it is lost and when it is back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from grcp_cli.store.durable import DiskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.store.mirror import Mirror

_LOOK = 2.0
"""Seconds between looks at what others appended, and at whether the mirror is back."""
_PATIENCE = 2.0
"""Seconds that the end waits for the mirror: a share may be gone for good."""


class Mirroring:
    """`with Mirroring(mirror, tell) as mirroring:` keeps the mirror up until the block ends.

    Attributes:
        tell: Told a sentence when the mirror is lost, and one when it is whole again; called from the thread.
        lost: What is wrong with the mirror, empty while it is whole.
    """

    def __init__(self, mirror: Mirror, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.lost = ""
        self._mirror = mirror
        self._asked = threading.Event()
        self._leaving = False
        self._thread = threading.Thread(target=self._keep_up, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving = True
        self.poke()
        self._thread.join(_PATIENCE)
        if self._thread.is_alive():
            self.tell(f"the mirror in {self._mirror.folder} is behind: it does not answer; the record itself is safe")

    def poke(self) -> None:
        """Has the mirror catch up now; returns at once."""
        self._asked.set()

    def _keep_up(self) -> None:
        leaving = False
        while not leaving:
            leaving = self._leaving
            self._look()
            self._asked.wait(0 if leaving else _LOOK)
            self._asked.clear()

    def _look(self) -> None:
        folder = self._mirror.folder
        try:
            wrong = self._mirror.catch_up()
            told = f"{wrong}; the record itself is safe"
        except DiskError as error:
            wrong = told = str(error)
        before, self.lost = self.lost, wrong
        if wrong and not before:
            self.tell(f"the mirror in {folder} is lost: {told}")
        elif before and not wrong:
            self.tell(f"the mirror in {folder} is whole again")


def once(mirror: Mirror, tell: Callable[[str], None]) -> None:
    """Has a mirror catch up one time, waiting no longer for it than a session's end does."""
    with Mirroring(mirror, tell):
        pass
