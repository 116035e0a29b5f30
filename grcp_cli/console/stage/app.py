"""The stage's screen: it shows what the watch sees, turns its seconds in time, and needs no key."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message

from grcp_cli.console.live import theme
from grcp_cli.machine import ticks

from .board_page import board_page, pages
from .clock_page import clock_page
from .pace import until_next
from .scene import scene
from .sheet import Sheet
from .turning import Turning

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from .watch import Seen, Watch


class Saw(Message):
    """The watch saw something new."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen


class Stage(App[None]):
    """The room's clock for one session."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,ctrl+c,ctrl+q", "leave", show=False, priority=True),
        Binding("b", "blackout", show=False, priority=True),
        Binding("ctrl+t", "other_theme", show=False, priority=True),
    ]
    CSS = "Screen { background: $background; }"

    def __init__(self, watch: Watch, seen: Seen) -> None:
        name = theme.chosen(Console().color_system)
        super().__init__(ansi_color=name == theme.SIXTEEN.name)
        for each in theme.THEMES:
            self.register_theme(each)
        self.theme = name
        self._watch = watch
        self._seen = seen
        self._here_dark: bool | None = None
        self._next: asyncio.TimerHandle | None = None
        self._turning = Turning()
        self._sheet = Sheet()

    def compose(self) -> ComposeResult:
        """The widgets."""
        yield self._sheet

    def on_mount(self) -> None:
        """Shows how things stand, and begins to look."""
        self._tick()

    # Time.

    def _tick(self) -> None:
        """Shows the time, and comes back when a second turns."""
        if not self.screen_stack:
            return  # it is being taken down
        if not self.is_headless and not (sys.__stdin__ and sys.__stdin__.isatty()):
            self.action_leave()  # the terminal went without a word
            return
        wait = until_next(self._watch.outlook(self._seen), self._watch.speed)
        if self._next is not None:
            self._next.cancel()
        # The loop's own timer: one of Textual's would take as long as what is shown.
        self._next = asyncio.get_running_loop().call_later(wait, self._tick)
        self.show()

    def show(self) -> None:
        """Shows everything as it stands now."""
        watch, seen, (width, height) = self._watch, self._seen, self.size
        stands = scene(watch.outlook(seen), watch.fresh(seen), rehearsal=watch.rehearsal)
        dark = stands.dark if self._here_dark is None else self._here_dark
        if seen.board is not None and not stands.message:
            at = self._turning.page(seen.board, pages(seen.board, width, height), ticks())
            lines = board_page(stands, seen.board, at, width, height)
        else:
            lines = clock_page(stands, width, height)
        self._sheet.show(lines, dark=dark)

    @on(Sheet.Fits)
    def _fill(self) -> None:
        self.show()

    # What the watch sees.

    def see(self, seen: Seen) -> None:
        """Shows what is new; from any thread."""
        self.post_message(Saw(seen))

    @on(Saw)
    def _saw(self, message: Saw) -> None:
        if message.seen.walk.floor.dark != self._seen.walk.floor.dark:
            self._here_dark = None  # the console's word is the newer one
        self._seen = message.seen
        self._tick()  # seconds may turn at another instant from now on

    # Keys, for whoever stands beside it.

    def action_blackout(self) -> None:
        """Dark or light here, whatever the console said before."""
        self._here_dark = not self._sheet.dark
        self.show()

    def action_other_theme(self) -> None:
        """Light or dark colours."""
        if not self.no_color:
            self.theme = theme.other(self.theme)
            self.ansi_color = False
            self._sheet.restyled()

    def action_leave(self) -> None:
        """Leaves the stage."""
        self.exit()
