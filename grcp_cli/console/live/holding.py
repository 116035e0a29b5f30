"""A key held down repeats itself; what a second press confirms or decides is never done by one nobody let go of.

A terminal tells no key's release, so a repeat is known by its pace alone.

    press ──(first repeat: ¼ to 1 s)──> press ──(10 to 40 a second)──> press …
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from grcp_cli.machine import ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

APART = 0.4
"""Seconds within which the same key again is one that is held down: nobody read anything between."""
FIRST = 1.1
"""Seconds within which it may still be the first repeat of one held down: it counts once no other follows."""
PACE = 0.15
"""Seconds within which a held key has repeated itself once more."""


class Presses:
    """Presses of keys, told apart from the repeats of one that is held down."""

    def __init__(self, wait: Callable[[float, Callable[[], None]], Timer]) -> None:
        """Begins with no key pressed.

        Args:
            wait: Calls something after so many seconds.
        """
        self._wait = wait
        self._key, self._at = "", -inf
        self._do: Callable[[], object] | None = None
        self._timer: Timer | None = None

    def first(self, key: str) -> None:
        """Notes a press that does nothing yet: it only asks."""
        self.settle()
        self._key, self._at = key, ticks()

    def again(self, key: str, do: Callable[[], object]) -> bool:
        """Does what a press means, unless it is the repeat of one; where that is not known yet, a moment later.

        Args:
            key: Which.
            do: What it means.

        Returns:
            Whether it counts; False where the key is held down.
        """
        apart = ticks() - self._at if key == self._key else inf
        if apart < APART:
            self.drop()
            self._at = ticks()
            return False
        self.first(key)
        self._do = do
        if apart < FIRST:
            self._timer = self._wait(PACE, self.settle)
        else:
            self.settle()
        return True

    def settle(self) -> None:
        """Does now what waits: whatever came behind it, no repeat did."""
        do = self._do
        self.drop()
        if do is not None:
            do()

    def drop(self) -> None:
        """Leaves what waits undone."""
        if self._timer is not None:
            self._timer.stop()
        self._do = self._timer = None
