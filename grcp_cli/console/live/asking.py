"""A line that a key asks about before it is taken: the key pressed again takes it, Esc leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .holding import Presses

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer


class Asks(Protocol):
    """Where it is asked."""

    def ask(self, question: str) -> None:
        """Asks."""

    def say(self) -> None:
        """Takes back what was asked."""


_HARMLESS = ("/quit",)
"""Lines that a key held down may confirm: nothing is lost by leaving, and who hammers at the key wants to leave."""


class Asking:
    """What is asked about now, if anything."""

    def __init__(
        self, told: Asks, wait: Callable[[float, Callable[[], None]], Timer], take: Callable[[str], None]
    ) -> None:
        """Begins with no question.

        Args:
            told: Where it is asked.
            wait: Calls something after so many seconds.
            take: Takes a line once it is confirmed.
        """
        self._told, self._take = told, take
        self._presses = Presses(wait)
        self._line = ""

    def press(self, key: str, line: str, question: str, again: str = "") -> None:
        """Asks about a line; asked about already, takes it, unless its key is held down.

        Args:
            key: The key's name for people.
            line: The line.
            question: What to ask, without its question mark.
            again: What takes it, where that is not the key again.
        """
        if line != self._line:
            self._presses.first(key)
            self._line = line
            self._told.ask(f"{question}? {again or f'{key} again'} does it, Esc leaves it")
        elif line in _HARMLESS:
            self.confirm()
        elif not self._presses.again(key, self.confirm):
            self._told.ask(f"{question}? let go of {key}, then press it again; Esc leaves it")

    def confirm(self) -> bool:
        """Takes the line that was asked about; False where nothing was."""
        self._presses.drop()
        line = self._line
        self._clear()
        if line:
            self._take(line)
        return bool(line)

    def leave(self) -> bool:
        """Leaves what was asked; False where nothing was."""
        self._presses.drop()
        return self._clear()

    def over(self) -> None:
        """Something else is done: what was confirmed is taken, what was only asked is left."""
        self._presses.settle()
        self._clear()

    def _clear(self) -> bool:
        asked, self._line = self._line, ""
        if asked:
            self._told.say()
        return bool(asked)
