"""The live screen: masthead, questions, record, what was understood, and the line that is typed."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from grcp_cli.console import opening
from grcp_cli.console.clerk import Clerk, Seen
from grcp_cli.console.completing import completions
from grcp_cli.console.keeper import Keeper
from grcp_cli.console.once import HELD, stands
from grcp_cli.console.writer import Answer, Failed
from grcp_cli.machine import ticks
from grcp_cli.meeting.fitting import of_line

from . import theme
from .composer import Composer
from .dial import Dial
from .heard import FromClerk, Notice
from .holding import Presses
from .keys import ANYWHERE, ASK, BEGIN, DO, EMPTY, KEYS, RECORD, Key, meant
from .line import Line
from .listed import Listed
from .page import Typing, Wants, gives_way
from .pages import Pages
from .questions import Questions
from .record_pane import RecordPane
from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from grcp_cli.console.mirroring import Mirroring
    from grcp_cli.meeting.clock import Figures, Moment
    from grcp_cli.meeting.reported import Item
    from grcp_cli.meeting.rows import Row
    from grcp_cli.meeting.walkthrough import Walk
    from grcp_cli.store.desk import Desk
    from grcp_cli.store.kept import Kept

_RETRY = 5.0
"""Seconds after which what the disk refused is tried again."""
_IDLE = 30.0
"""Seconds after which the record is left, so that what is typed then is no command."""


_BENEATH = ("press", "take_back", "page", "edge", "objectives")
"""Actions of the screen itself."""


class Live(App[Wish]):
    """One desk's screen for one session.

    Attributes:
        composer: The bottom of the screen, where lines are typed.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"press('{key}', '{where}')", show=False, priority=True)
            for key, where in dict.fromkeys((each.key, each.where) for each in KEYS if each.where in (ANYWHERE, EMPTY))
        ),
        Binding("f9", "objectives", show=False, priority=True),
        Binding("ctrl+t", "other_theme", show=False, priority=True),
        Binding("escape", "take_back", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("home", "edge(-1)", show=False, priority=True),
        Binding("end", "edge(1)", show=False, priority=True),
        Binding("ctrl+q", "press('ctrl+c', 'anywhere')", show=False, priority=True),
    ]
    CSS = theme.LAYOUT

    def __init__(
        self, desk: Desk, kept: Kept, greeting: Iterable[str] = (), mirroring: Mirroring | None = None
    ) -> None:
        name = theme.chosen(Console().color_system)
        super().__init__(ansi_color=name == theme.SIXTEEN.name)
        for each in theme.THEMES:
            self.register_theme(each)
        self.theme = name
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-medium"), (120, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-high"), (40, "-tall")]
        self._desk = desk
        self._kept = kept
        self._mirroring = mirroring
        if mirroring is not None:
            mirroring.tell = self.notice
        meeting, session = desk.meeting, desk.session
        self._clerk = Clerk(desk, self._hear)
        self._keeper = Keeper(kept, self.notice)
        self._greeting = tuple(greeting)
        self._seen = Seen(desk.walk, desk.lead, {})
        self._touched = 0.0
        self._held = Presses(self.set_timer)
        self._dial = Dial(desk, mirroring)
        self._record = RecordPane(meeting, session, lambda: desk.own)
        self._listed = Listed(desk, self._record)
        self.composer = Composer(
            meeting,
            session,
            lambda before: completions(before, meeting, session, self._walk.here, self._listed.labels),
            self._clerk.take,
            self._keeper.keep,
            lambda typed: of_line(typed, self._dial.outlook(self._seen)),
        )
        self._pages = Pages(self, meeting, session, self.composer, self._listed, self._dial.questions, self.leave)

    @property
    def _walk(self) -> Walk:
        return self._seen.walk

    def compose(self) -> ComposeResult:
        """The widgets, from top to bottom."""
        yield self._dial.masthead
        yield self._dial.strip
        with Horizontal(id="panes"):
            yield self._dial.questions
            yield self._record
        yield self.composer

    def on_mount(self) -> None:
        """Shows the record as it stands, and what was typed when the screen was last left."""
        self._see(self._clerk.begin())
        self.composer.told.say(*self._greeting, *opening.stood(self._desk))
        if left := self._kept.load():
            self.composer.put_back(left)
        self._tick()

    # Time.

    def _tick(self) -> None:
        """Shows the time, and comes back when a second turns."""
        if not self.screen_stack:
            return  # it is being taken down
        if not self.is_headless and not (sys.__stdin__ and sys.__stdin__.isatty()):
            self.leave()  # the terminal went without a word
            return
        now, figures = self.look()
        if self.focused is self._record and ticks() - self._touched > _IDLE:
            self._to_line()
        self.set_timer(self._dial.until_next(self._seen, now, figures), self._tick)

    def look(self) -> tuple[Moment, Figures]:
        """Looks at the clock: shows the time, and tells the thresholds it passed."""
        now, figures = self.show_time()
        for told in self._dial.reminders(self._seen, now, figures):
            self.composer.told.note(told)
            self._pages.note(told)
        return now, figures

    def show_time(self) -> tuple[Moment, Figures]:
        """Shows everything that time moves."""
        self.composer.stands(self._walk)
        now, figures = self._dial.show(self._seen)
        self._pages.time(figures, self._dial.slot, self._walk)
        return now, figures

    # What the clerk tells.

    def _hear(self, told: Seen | Answer | Failed) -> None:
        """Brings what the clerk tells over to the screen's own thread."""
        self.post_message(FromClerk(told))

    @on(FromClerk)
    def _heard(self, message: FromClerk) -> None:
        if not self.screen_stack:
            return
        match message.told:
            case Seen() as seen:
                self._see(seen)
            case Answer() as answer:
                self._take_answer(answer)
            case Failed(told):
                self.composer.told.note(told)
        self.show_time()

    @on(Notice)
    def _noticed(self, message: Notice) -> None:
        self.composer.told.note(message.text)

    def notice(self, text: str) -> None:
        """Tells a sentence; from any thread."""
        self.post_message(Notice(text))

    def _see(self, seen: Seen) -> None:
        state = self._walk.clock.state
        self._seen = seen
        if self._listed.take(seen):
            self._dial.questions.count(self._listed.rows.listed, self._listed.answered, self._listed.many)
            self._pages.follow()
        if seen.by_others:
            self.composer.told.note(seen.by_others[-1])
            self._pages.note(seen.by_others[-1])
        if seen.rows is not None or state != self._walk.clock.state:
            self._show_keys()

    def _take_answer(self, answer: Answer) -> None:
        told = self.composer.told
        self._pages.answered(answer)
        if answer.waiting:
            told.refuse(answer.refused, f"{answer.hint}; the line is kept and tried again")
            self.set_timer(_RETRY, self._clerk.retry)
            return
        self.composer.answered(answer.line)
        if answer.refused:
            self.composer.refused(answer.line, answer.refused, answer.hint)
        elif answer.show is not None:
            self._pages.show(answer.show, answer.said, answer.crowded)
        else:
            back = ["/redo (Ctrl-Y) brings it back"] if any(each.kind == "undo" for each in answer.entries) else []
            told.say(*answer.said, notices=(*answer.notices, *back))
            if self._mirroring is not None:
                self._mirroring.poke()
        if any(each.kind == "end" for each in answer.entries):
            self.composer.do("/closing")

    @on(Wants)
    def _wanted(self, message: Wants) -> None:
        self.composer.do(message.line)

    @on(Typing)
    def _typing(self, message: Typing) -> None:
        self.composer.beside(message.line)

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of an empty line are not taken from one that is begun."""
        if len(self.screen_stack) > 1:
            return action not in _BENEATH  # a page on top has its own keys
        if action == "edge":
            return self.focused is not self.composer.line or self.composer.takes(EMPTY)
        return action != "press" or self.composer.takes(str(parameters[1]))

    def action_press(self, key: str, where: str) -> None:
        """Does what a key means."""
        if found := meant(key, self._walk.clock.state, where):
            about = ""
            if found.line == "/end":
                questions = self._dial.questions
                open_ = questions.silent("question") if questions.any_silent else ""
                told = [self._walk.floor.unfinished(self._desk.meeting), open_]
                about = "".join(f", {each}" for each in told if each)
            elif found.line == "/start" and (left := self._seen.left):
                found = found._replace(how=ASK, short="start a clock of this desk's own")
                about = f", beside {left.desk or 'the session'}'s"
            elif found.line == "/quit":
                about = ": a running clock pauses, a line begun is kept"
            elif effect := of_line(found.line, self._dial.outlook(self._seen)):
                about = f": {effect}"
            self.composer.press(found, found.line, about)

    def _press_at(self, key: Key, row: Row | Item) -> None:
        """Does what a key means at an entry arrowed to."""
        line = key.line.replace("{n}", self._record.number(row)).replace("{text}", row.stated.text)
        if not self.composer.sent and (told := stands(line, row.stated, self._desk.session.id)):
            self.composer.told.say(told)
            return
        if key.how == BEGIN:
            self._to_line()
        self.composer.press(key, line, edited=row.stated.text if "{text}" in key.line else "")

    @on(Line.Up)
    def _to_record(self) -> None:
        self._record.step(0)

    @on(RecordPane.Arrowed)
    def _arrowed(self, message: RecordPane.Arrowed) -> None:
        if message.row is None:
            self._to_line()
            return
        self._held.first("")  # who arrows let go of the key before
        self._touched = ticks()
        self._record.focus()
        self._show_keys(record=True)

    def _to_line(self) -> None:
        self._record.leave()
        self.composer.line.focus()
        self._show_keys(record=False)

    @on(Questions.Chosen)
    def _chosen(self, message: Questions.Chosen) -> None:
        self.composer.say(f"/go {message.number}")

    async def on_event(self, event: events.Event) -> None:
        """What is typed on a page of lines is the line's, from its first letter on: the page goes at once."""
        if gives_way(self, event):
            self._to_line()
            self.screen.set_focus(self.composer.line)
        if not self._takes(event):
            await super().on_event(event)

    def _takes(self, event: events.Event) -> bool:
        """Takes keys at an entry before the next is looked at: each is about where one pointed when it was pressed."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return False
        if len(self.screen_stack) != 1 or self.focused is not self._record:
            return False
        self._touched = ticks()
        row, found = self._record.cursor, meant(event.key, self._walk.clock.state, RECORD)
        if self._record.move(event.key):
            pass
        elif row and found:
            if found.how != DO:
                self._held.first(event.key)
                self._press_at(found, row)
            elif not self._held.again(event.key, partial(self._press_at, found, row)):
                self.composer.told.say(HELD)
        elif event.is_printable and event.character:
            # What is no key here begins a line, and what comes behind it is the line's too.
            self._to_line()
            self.screen.set_focus(self.composer.line)
            self.composer.line.insert(event.character)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted anywhere on the screen goes into the line; a page on top has its own."""
        if len(self.screen_stack) == 1 and self.focused is not self.composer.line:
            self._to_line()
            self.composer.line.insert(event.text)

    def action_take_back(self) -> None:
        """Esc: one thing back at a time."""
        if self.composer.take_back():
            return
        if self.focused is self._record:
            self._to_line()
        elif self._pages.show_all():
            self.show_time()
        else:
            self._record.newest()

    def action_objectives(self) -> None:
        """Folds the objectives, or unfolds them."""
        self._dial.questions.unfolded = not self._dial.questions.unfolded
        self.show_time()

    def action_page(self, by: int) -> None:
        """Looks back in the record, or on."""
        self._touched = ticks()
        self._record.page(by)

    def action_edge(self, by: int) -> None:
        """Looks at the beginning of the record, or its end."""
        self._touched = ticks()
        self._record.edge(by)

    def action_other_theme(self) -> None:
        """Light or dark."""
        if self.no_color:
            return
        self.theme = theme.other(self.theme)
        self.ansi_color = False
        self.retheme()

    def retheme(self) -> None:
        """Draws anew what keeps its colours."""
        self._record.restyled()

    def on_resize(self) -> None:
        """Shows the keys that fit."""
        self._show_keys()

    def _show_keys(self, *, record: bool | None = None) -> None:
        """Shows the keys of the record or the line, by where one is unless it is said."""
        where = self.focused is self._record if record is None else record
        self.composer.keys(self._walk.clock.state, record=where)

    # Leaving.

    def leave(self, wish: Wish = Wish.NOTHING) -> None:
        """Leaves the screen; what is typed and not saved is kept."""
        self.exit(wish)

    def finish(self) -> None:
        """After the screen is gone: saves what waits, keeps what is typed.

        Raises:
            Unsaved: Some lines could not be saved to the end.
        """
        try:
            self._clerk.finish()
        finally:
            self._keeper.finish([*self._clerk.unsaved, *self.composer.unsent])
