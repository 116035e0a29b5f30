"""The head of the page that reads back: which answer of how many, the session's time, and the speaker's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from grcp_cli.console.clean import drawn_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from .facts import Speaking


class Head(Vertical):
    """A line for the session, and one for the floor while somebody has it."""

    DEFAULT_CSS = """
    Head { height: auto; }
    Head Static { width: 100%; height: 1; padding: 0 2; background: $panel; }
    Head Static { text-wrap: nowrap; text-overflow: ellipsis; }
    Head #floor { display: none; }
    Head #floor.-taken { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told, self._time = "", Content("")
        self._session, self._floor = Static(), Static(id="floor")

    def compose(self) -> ComposeResult:
        """The two lines."""
        yield self._session
        yield self._floor

    def tell(self, told: str) -> None:
        """Tells which answer is at hand."""
        self._told = told
        self._draw()

    def time(self, told: str, speaking: Speaking | None, *, warned: bool) -> None:
        """Shows the session's time, and the speaker's where somebody has the floor."""
        shown = _coloured(told, warned=warned)
        if shown != self._time:
            self._time = shown
            self._draw()
        self._floor.set_class(speaking is not None, "-taken")
        if speaking is not None:
            floor = drawn_line(f"{speaking.sign} {speaking.who} {speaking.time} {speaking.words}")
            self._floor.update(_coloured(floor, warned=speaking.warned))

    def _draw(self) -> None:
        room = max(1, self.app.size.width - 4 - len(self._told) - self._time.cell_length)
        self._session.update(Content.assemble((self._told, "bold"), " " * room, self._time))


def _coloured(told: str, *, warned: bool) -> Content:
    return Content.styled(told, "bold $accent" if warned else "bold $primary")
