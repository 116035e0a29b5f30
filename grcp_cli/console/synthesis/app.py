"""The table's screen: the groups' columns, what is proposed and what was made common, and the line that is typed."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from grcp_cli.console.clean import drawn_line
from grcp_cli.console.keeper import Keeper
from grcp_cli.console.live import theme
from grcp_cli.console.live.asking import Asking
from grcp_cli.console.live.heard import Notice
from grcp_cli.console.live.holding import Presses
from grcp_cli.console.live.line import Line
from grcp_cli.console.live.page import Page, gives_way
from grcp_cli.console.live.told import Told
from grcp_cli.console.once import HELD
from grcp_cli.console.writer import Answer, Failed

from . import keys, sheet_lines
from .below import Below
from .columns import Columns
from .heard import FromScribe
from .layout import LAYOUT
from .pane import Pane
from .pressing import Pressed, Stroke, left, pressed
from .rows import made
from .scribe import Laid, Scribe
from .sending import Sending
from .wording import Wording

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from grcp_cli.store.kept import Kept

    from .table import Table, View

_RETRY = 5.0
"""Seconds after which what the disk refused is tried again."""
_WATCH = 1.0
"""Seconds between looks at whether the terminal is still there."""


class Choosing(App[None]):
    """One person's screen for one question that selects from the groups' recommendations."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "#made"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", show=False, priority=True),
        Binding("tab", "other_pane", show=False, priority=True),
        Binding("ctrl+z", "say('/undo')", show=False, priority=True),
        Binding("ctrl+y", "say('/redo')", show=False, priority=True),
        Binding("ctrl+t", "other_theme", show=False, priority=True),
        Binding("escape", "take_back", show=False, priority=True),
        Binding("ctrl+c,ctrl+q", "leave", show=False, priority=True),
    ]
    CSS = LAYOUT

    def __init__(self, table: Table, kept: Kept) -> None:
        name = theme.chosen(Console().color_system)
        super().__init__(ansi_color=name == theme.SIXTEEN.name)
        for each in theme.THEMES:
            self.register_theme(each)
        self.theme = name
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-high"), (40, "-tall")]
        self._desk = table.desk
        self._kept = kept
        self._scribe = Scribe(table, self._hear)
        self._keeper = Keeper(kept, self.notice)
        self._view: View | None = None
        self._marked: list[str] = []
        self._left: set[str] = set()
        self._last_common = ""
        self._held = Presses(self.set_timer)
        self._title = Static(id="title")
        self._counts = Static(id="counts")
        self._columns = Columns(self._desk.meeting, self._desk.session)
        self._made = Pane()
        self._made.id = "made"
        self.told = Told()
        self._asking = Asking(self.told, self.set_timer, self.say)
        self.line = Wording(lambda: self._view)
        self.sending = Sending(self.line, self._take, self._keeper.keep)
        self._below = Below()

    def compose(self) -> ComposeResult:
        """The widgets, from top to bottom."""
        yield self._title
        yield self._counts
        yield self._columns
        yield self._made
        yield self.told
        yield self.line
        yield self._below

    async def on_mount(self) -> None:
        """Shows the table as it stands, and the line that was begun when it was last left."""
        await self._show(self._scribe.begin())
        self.told.say("Enter accepts a proposal, / types a line, F1 tells every key")
        if left := self._kept.load():
            self.line.put("\n".join(left))
            self.line.focus()
            self.told.note("what you were typing is back in the line; Enter saves it, Esc leaves it")
            self.told.note(self.line.hint)
        self.set_interval(_WATCH, self._watch)

    def _watch(self) -> None:
        if not self.is_headless and not (sys.__stdin__ and sys.__stdin__.isatty()):
            self.exit()  # the terminal went without a word

    # What the scribe tells.

    def _hear(self, told: Laid | Answer | Failed) -> None:
        self.post_message(FromScribe(told))

    @on(FromScribe)
    async def _heard(self, message: FromScribe) -> None:
        if not self.screen_stack:
            return
        match message.told:
            case Laid(view, told):
                await self._show(view)
                if told:
                    self.told.note(told[-1])
            case Answer() as answer:
                self._answered(answer)
            case Failed(told):
                self.told.note(told)

    @on(Notice)
    def _noticed(self, message: Notice) -> None:
        self.told.note(message.text)

    def notice(self, text: str) -> None:
        """Tells a sentence; from any thread."""
        self.post_message(Notice(text))

    def _answered(self, answer: Answer) -> None:
        if answer.waiting:
            self.told.refuse(answer.refused, f"{answer.hint}; the line is kept and tried again")
            self.set_timer(_RETRY, self._scribe.retry)
            return
        self.sending.answered(answer.line)
        if answer.refused:
            self.told.refuse(answer.refused, answer.hint)
            if self.sending.put_back(answer.line):
                self.line.focus()
        elif answer.show is not None:
            self._shows(answer)
        else:
            self.told.say(*answer.said, notices=answer.notices)
            self._point_at_made(answer)
        self.sending.keep()

    def _point_at_made(self, answer: Answer) -> None:
        """Points at a common recommendation that was just made, to be worded, decided on and supported."""
        for entry in answer.entries:
            if entry.kind == "cluster" and self._made.point(f"common {entry.id}"):
                self._marked = []
                self._made.focus()

    def _shows(self, answer: Answer) -> None:
        what = answer.show.what if answer.show else ""
        if what == "quit":
            self.exit()
        elif what == "help":
            self.action_help()
        else:
            self.push_screen(Page(answer.line, ("", *answer.said)))

    async def _show(self, view: View) -> None:
        self._view = view
        desk = self._desk
        opening = list(sheet_lines.opening(view, desk.meeting, desk.session, rehearsal=desk.rehearsal))
        self._title.update(Content(f"{opening[1]} · {opening[0]}"))
        self._counts.update(Content(opening[2]))
        await self._draw()

    async def _draw(self) -> None:
        if self._view is None:
            return
        known = {each.stated.entry.id for each in self._view.sheet.items}
        self._marked = [each for each in self._marked if each in known]
        self._made.show(made(self._view, self._desk.meeting, self._marked), "Proposed and common")
        await self._columns.lay(self._view, self._marked)
        self._show_keys()

    # Lines.

    def say(self, line: str) -> None:
        """Has a line taken, typed or made by a key."""
        self.sending.say(line)

    def _take(self, line: str) -> None:
        assert self._view is not None, "the table was looked at before anything was typed"
        self._scribe.take(line, self._view)

    def action_say(self, line: str) -> None:
        """As `say`, for a key."""
        self.say(line)

    @on(Line.Entered)
    def _entered(self, message: Line.Entered) -> None:
        self.sending.entered(message.lines)
        self._to_rows()

    @on(Line.Up)
    @on(Line.Confirmed)
    def _emptied(self) -> None:
        if self.line.lead:
            self.told.refuse("nothing would be left of the text", self.line.hint)
        else:
            self._to_rows()

    def _to_rows(self) -> None:
        self._pane.focus()

    @on(TextArea.Changed)
    def _changed(self) -> None:
        if not self.line.entered:
            self.told.offer(self.line.offered, 0)
            self.sending.keep()
            self._show_keys()

    # Rows.

    @property
    def _pane(self) -> Pane:
        """Where one points: a column, or what is proposed and made."""
        return self._columns.current if self.screen.has_class("-columns") and self._columns.current else self._made

    @on(Pane.Pointed)
    def _pointed(self) -> None:
        self.screen.set_class(isinstance(self.focused, Pane) and self.focused is not self._made, "-columns")
        self._asking.over()
        if (row := self._pane.row) and row.of:
            self._last_common = row.of
        self._show_keys()

    async def on_event(self, event: events.Event) -> None:
        """Keys at a row are taken before the next is looked at: what is typed fast behind a `/` is all of the line."""
        if self.screen_stack and self.screen_stack[0].focused is self.line:
            gives_way(self, event)
        pointing = len(self.screen_stack) == 1 and isinstance(self.focused, Pane)
        if not (pointing and isinstance(event, events.Key) and await self._press(event)):
            await super().on_event(event)

    async def _press(self, event: events.Key) -> bool:
        """Does what a key means where one points; False where it means nothing there."""
        pane = self.focused
        if not isinstance(pane, Pane) or self._view is None:
            return False
        if pane.move(event.key):
            return True
        if event.key in ("left", "right") and pane is not self._made:
            self._columns.turn(1 if event.key == "right" else -1)
        elif event.character == "/":
            self._begin("/")
            self.line.returned = "/"  # who types the slash that the key put there means no second one
        elif event.key == "q":
            self.exit()
        else:
            stroke = Stroke(event.key, event.character or "")
            wish = pressed(stroke, pane.row, self._view, self._marked, self._last_common)
            if wish is None or not wish.once:
                self._held.first(event.key)
                return wish is not None and await self._do(wish)
            if not self._held.again(event.key, partial(self._do_once, wish)):
                self.told.say(HELD)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted anywhere on the screen goes into the line; a page on top has its own."""
        if len(self.screen_stack) == 1 and self.focused is not self.line:
            self.screen.set_focus(self.line)
            self.line.insert(event.text)

    def _begin(self, line: str) -> None:
        """Goes to the line at once, so that the next key finds it; Ctrl-P brings back what stood there."""
        self.line.remember(self.line.whole)
        self.line.put(line)
        self.screen.set_focus(self.line)
        if hint := self.line.hint:
            self.told.say(hint)

    def _do_once(self, wish: Pressed) -> None:
        self._asking.over()
        if wish.leaves:
            self._left ^= set(wish.leaves)
            self._scribe.leave(frozenset(self._left))
            self.told.say(left(wish, self._left))
        else:
            self.say(wish.line)

    async def _do(self, wish: Pressed) -> bool:
        if wish.refused:
            self.told.refuse(wish.refused, wish.hint)
        elif wish.marks:
            let_go = [each for each in self._marked if each != wish.marks]
            self._marked = let_go if wish.marks in self._marked else [*let_go, wish.marks]
            await self._draw()
        elif wish.how == keys.BEGIN:
            self._begin(wish.line)
        else:
            self._asking.press(wish.shown, wish.line, f"{wish.short} ({drawn_line(wish.line)})")
        return True

    def _show_keys(self) -> None:
        if self.focused is self.line:
            self._below.of_line(self.line)
        else:
            self._below.of_row(row.kind if (row := self._pane.row) else "")

    def on_descendant_focus(self) -> None:
        """Shows the keys of where one is now."""
        self._show_keys()

    def on_resize(self) -> None:
        """Shows the keys and columns that fit, once what they stand in has its new size."""
        self.call_after_refresh(self._columns.fit)
        self.call_after_refresh(self._show_keys)

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page on top has keys of its own; a line that is begun keeps its own too."""
        del parameters
        if len(self.screen_stack) > 1:
            return action == "leave"
        return not (action in ("other_pane", "say") and self.focused is self.line)

    def action_other_pane(self) -> None:
        """Between the columns and what is proposed and made."""
        to = self._columns.current if self.focused is self._made else self._made
        (to or self._made).focus()

    def action_take_back(self) -> None:
        """Esc: a question, then a line, then what is gathered."""
        if self._asking.leave():
            return
        if self.focused is self.line:
            self.line.remember(self.line.whole)
            if self.line.lead:
                self.told.say("left as it was")
            self.line.put("")
            self._to_rows()
        elif self._marked:
            self._marked = []
            self.call_later(self._draw)

    def action_help(self) -> None:
        """Every key, and what may be typed."""
        self.push_screen(Page("Help", keys.help_lines()))

    def action_other_theme(self) -> None:
        """Light or dark."""
        if self.no_color:
            return
        self.theme = theme.other(self.theme)
        self.ansi_color = False
        for pane in self.query(Pane):
            pane.restyled()

    def action_leave(self) -> None:
        """Leaves; what is typed and not saved is kept."""
        self.exit()

    def finish(self) -> None:
        """After the screen is gone: saves what waits, keeps what is typed.

        Raises:
            Unsaved: Some lines could not be saved to the end.
        """
        try:
            self._scribe.finish()
        finally:
            self._keeper.finish([*self._scribe.unsaved, *self.sending.begun])
