"""Typed lines on their way to disk: none is lost, and none overtakes another."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from grcp_cli.store.durable import DiskError
from grcp_cli.store.journal import RecordFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.errors import GrcpError
    from grcp_cli.store.desk import Desk, Outcome


WAITS = (DiskError, RecordFault)
"""What keeps a line from being saved for now, through no fault of the line: it is tried again."""


class Unsaved(DiskError):  # noqa: N818 - what they are
    """Lines that could not be saved to the end."""


class Inbox:
    """Lines that a desk is yet to take; what could not be saved stays first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lines: deque[tuple[str, str | None]] = deque()
        self._hint = ""

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

    def saved(self) -> Iterator[tuple[str, Outcome | GrcpError]]:
        """Saves line after line, giving each with its outcome; ends at the first that has to wait."""
        while self._lines:
            text, holder = self._lines[0]
            try:
                outcome = self._desk.say(text, holder)
            except WAITS as error:
                self._hint = error.hint
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
            hint = f"{self._hint or 'make room'}; then type them again"
            raise Unsaved(f"these lines are not saved:\n{lines}", hint)
