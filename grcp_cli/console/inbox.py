"""Typed lines on their way to disk: none is lost, and none overtakes another."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from grcp_cli.store.durable import DiskError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.store.desk import Desk, Outcome


class Unsaved(DiskError):  # noqa: N818 - what they are
    """Lines that could not be saved to the end."""


class Inbox:
    """Lines that a desk is yet to take; what the disk refused stays first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lines: deque[tuple[str, str | None]] = deque()

    @property
    def lines(self) -> list[str]:
        """What is not saved yet, oldest first."""
        return [text for text, _ in self._lines]

    def put(self, text: str, holder: str | None = None) -> None:
        """Takes one line in.

        Args:
            text: As typed.
            holder: Who had the floor at its first keystroke, None for who has it now.
        """
        self._lines.append((text, holder))

    def saved(self) -> Iterator[tuple[str, Outcome | DiskError]]:
        """Saves line after line, giving each with its outcome; ends at the first that the disk refuses."""
        while self._lines:
            text, holder = self._lines[0]
            try:
                outcome = self._desk.say(text, holder)
            except DiskError as error:
                yield text, error
                return
            self._lines.popleft()
            yield text, outcome

    def finish(self) -> None:
        """Tells the lines that could not be saved to the end.

        Raises:
            Unsaved: There are some.
        """
        if self._lines:
            lines = "\n".join(self.lines)
            raise Unsaved(f"these lines are not saved:\n{lines}", "make room, then type them again")
