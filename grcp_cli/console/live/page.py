"""A page of lines on top of the screen, to be read and closed; and what pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App, ComposeResult
    from textual.events import Event


TITLES = {
    "speakers": "The floor",
    "board": "Reported back",
    "matrix": "Recommendations, and what is missing",
}
"""What is shown on a page of its own, and what that is called."""
_ONE_ON_TOP = 2
"""Screens on top of each other while one page is shown."""


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
    """Lines that scroll; any of Esc, F1 and Enter closes it. A letter is none of its keys, but for what is beneath."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the next key is looked at, which is the line's.
        Binding("escape,f1,enter,ctrl+c,ctrl+r", "dismiss(None)", show=False, priority=True)
    ]
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


def gives_way(app: App[Any], event: Event) -> bool:
    """Closes a page of lines where a key types something, at once: that, and what comes behind it, is the line's."""
    types = isinstance(event, Key) and event.is_printable and not event.is_forwarded
    if not types or len(app.screen_stack) != _ONE_ON_TOP or not isinstance(app.screen, Page):
        return False
    app.pop_screen()
    return True
