"""What a page tells of a key: what it came to, and a sentence beside it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from grcp_cli.console.clean import drawn_line


class Said(Static):
    """The newest of each."""

    def __init__(self) -> None:
        super().__init__(id="told")
        self._said, self._noted = Content(""), Content("")

    def say(self, text: str, style: str) -> None:
        """Tells what a key came to; what was told before goes."""
        self._said, self._noted = Content.styled(drawn_line(text), style), Content("")
        self._draw()

    def note(self, text: str) -> None:
        """Tells a sentence beside it: a threshold of time, what others did."""
        self._noted = Content.styled(drawn_line(text), "$accent")
        self._draw()

    def _draw(self) -> None:
        self.update(Content("\n").join(each for each in (self._said, self._noted) if each))
