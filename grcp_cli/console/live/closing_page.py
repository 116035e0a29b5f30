"""The closing page: what the session came to, and from there to draft or export in one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.clock import ENDED

from .asking import Asking
from .keys import ANYWHERE, EMPTY, for_screen, of_screen
from .page import Wants
from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, ConsoleOptions
    from textual import events
    from textual.app import ComposeResult

_GO_ON_TOP = ("/help", "/speakers", "/closing")
"""Lines of keys that show something on top of this page, or this page anew; the others wait."""
_HANGS = 2
"""Cells by which a line that goes on stands behind where it begins."""


class Came(NamedTuple):
    """What the page shows.

    Attributes:
        lines: The page, its title first.
        crowded: Whether a group has more answers than it was asked for.
        state: The clock's.
    """

    lines: tuple[str, ...]
    crowded: bool
    state: str

    @property
    def ended(self) -> bool:
        """Whether the session has ended, so that one may go on with it."""
        return self.state == ENDED


class _Hanging:
    """Lines of which one that goes on is told from the next that begins."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for line in self._lines:
            said = line.lstrip()
            begins = len(line) - len(said)
            goes_on = " " * (begins + _HANGS)
            first, *more = Text(said).wrap(console, max(1, options.max_width - len(goes_on))) or [Text()]
            yield Text(" " * begins) + first
            yield from (Text(goes_on) + each for each in more)


_LEAVES = {
    "d": ("draft", "draft the paragraphs"),
    "x": ("export", "export the report"),
    "q": ("/quit", "leave"),
    "Ctrl-C": ("/quit", "leave"),
}
"""Keys that leave the screen: what they dismiss the page with, and what that is."""


class ClosingPage(ModalScreen["Wish | str | None"]):
    """Dismissed with a wish, with a line to type, or with None to look at the record."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "leave('d')", show=False),
        Binding("x", "leave('x')", show=False),
        Binding("q", "leave('q')", show=False),
        Binding("ctrl+c", "leave('Ctrl-C')", show=False),
        Binding("r", "go_on", show=False),
        Binding("f", "forward", show=False),
        # Before the next key is looked at, which is the line's.
        Binding("escape", "take_back", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ClosingPage { align: center middle; }
    ClosingPage > Vertical { width: 94%; max-width: 110; height: 94%; background: $panel; padding: 1 2; }
    ClosingPage VerticalScroll { height: 1fr; }
    ClosingPage Static { width: 100%; height: auto; }
    """

    def __init__(self, came: Came) -> None:
        super().__init__()
        self._came = came
        self._told: list[str] = []
        self._asked = ""
        self._asking = Asking(self, self.set_timer, self._leave_with)
        self._head, self._rest = Static(), Static()

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical():
            yield self._head
            with VerticalScroll() as page:
                page.can_focus = True
                yield self._rest

    def on_mount(self) -> None:
        """Shows it."""
        self._draw()

    def show(self, came: Came) -> None:
        """Shows what the session came to by now."""
        self._came = came
        self._draw()

    def tell(self, text: str) -> None:
        """Tells above the page what became of a key, until the next."""
        self._told.append(drawn_line(text))
        self._draw()

    def ask(self, question: str) -> None:
        """Asks above the page what would leave a session that has not ended."""
        self._asked = question
        self._draw()

    def say(self) -> None:
        """Asks nothing any more."""
        self.ask("")

    def _draw(self) -> None:
        title, *rest = self._came.lines
        told = [Content.styled(each, "bold $primary") for each in self._told]
        told += [Content.styled(self._asked, "bold $accent")] if self._asked else []
        keys = Content.styled(" · ".join(self._keys()), "bold $accent")
        self._head.update(Content("\n").join([Content.styled(title, "bold $primary"), keys, *told, Content("")]))
        self._rest.update(_Hanging(rest))

    def _keys(self) -> list[str]:
        forward = ["f choose which to bring forward"] if self._came.crowded else []
        go_on = ["r go on with the session"] if self._came.ended else []
        leaves = [f"{key} {_LEAVES[key][1]}" for key in ("d", "x", "q")]
        return [*forward, *leaves[:2], *go_on, leaves[2], "Esc look at the record"]

    def on_key(self, event: events.Key) -> None:
        """Keys of the screen beneath do here what they do there, or say that they wait."""
        found = of_screen(event.key, self._came.state, ANYWHERE, EMPTY)
        if found is None or found.line == "/quit":
            return
        self._told = []
        if found.line in _GO_ON_TOP:
            self.post_message(Wants(found.line))
        else:
            self.tell(for_screen(found, "Esc goes back to it"))

    def action_forward(self) -> None:
        """To the choice of what to bring forward; it comes back here."""
        self._asking.over()
        self._told = []
        self.post_message(Wants("/forward"))

    def action_go_on(self) -> None:
        """Leaves to go on with a session that has ended."""
        self._asking.over()
        if self._came.ended:
            self.dismiss("/reopen")
        else:
            self._told = []
            self.tell("the session has not ended: Esc goes back to it")

    def action_leave(self, key: str) -> None:
        """Leaves the screen; a session that has not ended only once that was asked."""
        wanted, short = _LEAVES[key]
        if self._came.ended:
            self._leave_with(wanted)
        else:
            self._asking.press(key, wanted, f"{short}: the session is left, a running clock pauses")

    def _leave_with(self, wanted: str) -> None:
        self.dismiss(wanted if wanted.startswith("/") else Wish(wanted))

    def action_take_back(self) -> None:
        """Esc: what was asked, then the page."""
        if not self._asking.leave():
            self.dismiss(None)
