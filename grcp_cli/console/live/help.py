"""The help overlay: what is typed and which key types it, from the tables of commands and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from grcp_cli.console import shown

from .keys import ANYWHERE, ASK, BEGIN, EMPTY, KEYS, MOVES, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

_TOLD = {
    ANYWHERE: "Keys, wherever one is",
    EMPTY: "Keys in an empty line",
    RECORD: "Keys at an entry arrowed to",
}


class Help(ModalScreen[None]):
    """All keys and commands; any of F1, Esc and Enter closes it."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q,ctrl+c", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    Help { align: center middle; }
    Help VerticalScroll { width: 92%; max-width: 104; height: 92%; background: $panel; padding: 0 2; }
    Help Static { width: 100%; }
    """

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll() as page:
            page.can_focus = True
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        word = self._word.casefold()
        about = f" about “{self._word}”" if word else ""
        yield Content.styled(f"Help{about} · ↑ ↓ Page Up/Down scroll, Esc closes", "bold $accent")
        for heading, lines in (*((_TOLD[where], keys(where)) for where in _TOLD), ("Only looking", moves())):
            found = [line for line in lines if word in line.casefold()]
            if found:
                yield Content("")
                yield Content.styled(heading, "bold $primary")
                yield from map(Content, found)
        typed = [line for line in shown.help_lines() if word in line.casefold()]
        if typed:
            yield Content("")
            yield Content.styled("What is typed", "bold $primary")
            yield from map(Content, typed)


def keys(where: str) -> Iterator[str]:
    """A line for each key: what it does, and the line it types."""
    for each in KEYS:
        if each.where == where:
            line = each.line.replace("{n}", "12").replace("{text}", "…").strip()
            asks = {ASK: "  asks first", BEGIN: "  to be finished"}.get(each.how, "")
            yield f"{each.shown:<8} {each.short:<20} {line:<12}{asks}"


def moves() -> Iterator[str]:
    """A line for each key that types nothing."""
    for name, tells in MOVES:
        yield f"{name:<15} {tells}"
