"""The table's lines on their way: begun, typed or made by a key, sent and not yet answered; every one is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .wording import Wording


class Sending:
    """From the line to who takes it: none is between two hands.

    Attributes:
        sent: Lines on their way, not yet answered.
    """

    def __init__(self, line: Wording, take: Callable[[str], None], keep: Callable[[list[str]], None]) -> None:
        """Begins with nothing on its way.

        Args:
            line: Where lines are typed.
            take: Takes a line.
            keep: Called with every line not yet saved, oldest first, whenever that changes.
        """
        self._line, self._take, self._keep = line, take, keep
        self._typed: set[str] = set()
        self.sent: list[str] = []

    @property
    def begun(self) -> list[str]:
        """What Enter just took off the line, and what stands there."""
        return [text for text in (*self._line.entered, self._line.whole) if text]

    def say(self, line: str) -> None:
        """Sends a line, typed or made by a key."""
        self.sent.append(line)
        self.keep()
        self._take(line)

    def entered(self, lines: Iterable[str]) -> None:
        """Sends what Enter took off the line."""
        self._line.entered.pop(0)
        for line in lines:
            if line.strip():
                self._typed.add(line)
                self._line.remember(line)
                self.say(line)

    def answered(self, line: str) -> None:
        """A line was taken or refused for good: it need not be kept any more."""
        if line in self.sent:
            self.sent.remove(line)

    def put_back(self, line: str) -> bool:
        """Puts a line that was refused back to be mended; False for a key's, or where another is begun."""
        if line not in self._typed or self.begun:
            return False
        self._line.put(line)
        self._line.returned = line
        return True

    def keep(self) -> None:
        """Has every line kept that is not saved yet."""
        self._keep([*self.sent, *self.begun])
