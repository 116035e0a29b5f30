"""The closing page: what the session came to, and from there to draft or export in one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from .wish import Wish

if TYPE_CHECKING:
    from textual.app import ComposeResult

_FORWARD = "f choose which to bring forward · "
_KEYS = "d draft the paragraphs · x export the report · r go on with the session · q leave · Esc look at the record"


class ClosingPage(ModalScreen["Wish | str | None"]):
    """Dismissed with a wish, with a line to type, or with None to look at the record."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "dismiss_with('draft')", show=False),
        Binding("x", "dismiss_with('export')", show=False),
        Binding("r", "dismiss_with('/reopen')", show=False),
        Binding("f", "dismiss_with('/forward')", show=False),
        Binding("q,ctrl+c", "dismiss_with('/quit')", show=False),
        Binding("escape", "dismiss(None)", show=False),
    ]
    DEFAULT_CSS = """
    ClosingPage { align: center middle; }
    ClosingPage VerticalScroll { width: 94%; max-width: 110; height: 94%; background: $panel; padding: 1 2; }
    ClosingPage Static { width: 100%; height: auto; }
    """

    def __init__(self, lines: tuple[str, ...], *, crowded: bool = False) -> None:
        """Sets out the page; `crowded` where a group has more answers than it was asked for."""
        super().__init__()
        self._crowded = crowded
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The page."""
        first, *rest = self._lines
        with VerticalScroll() as page:
            page.can_focus = True
            yield Static(Content.styled(first, "bold $primary"))
            yield Static(Content.styled(f"{_FORWARD if self._crowded else ''}{_KEYS}", "bold $accent"))
            yield Static(Content("\n".join(["", *rest])))

    def action_dismiss_with(self, wanted: str) -> None:
        """Leaves with what was wanted."""
        self.dismiss(wanted if wanted.startswith("/") else Wish(wanted))
