"""A page of lines on top of the screen, to be read and closed; and what pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult


TITLES = {
    "speakers": "The floor",
    "board": "Reported back",
    "matrix": "Recommendations, and what is missing",
}
"""What is shown on a page of its own, and what that is called."""


class Wants(Message):
    """A line that a key on a page made, to be taken."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class Typing(Message):
    """What is being typed on a page and not yet sent, to be kept; empty for nothing."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class Page(ModalScreen[None]):
    """Lines that scroll; any of Esc, F1, Enter and q closes it."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q,ctrl+c,ctrl+r", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    Page { align: center middle; }
    Page VerticalScroll { width: 92%; max-width: 104; height: 92%; background: $panel; padding: 0 2; }
    Page Static { width: 100%; }
    """

    def __init__(self, title: str, lines: Iterable[Content | str]) -> None:
        super().__init__()
        self._title = f"{title} · ↑ ↓ Page Up/Down scroll, Esc closes"
        self._lines = [Content(line) if isinstance(line, str) else line for line in lines]

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll() as page:
            page.can_focus = True
            yield Static(Content("\n").join([Content.styled(self._title, "bold $accent"), *self._lines]))
