"""Read-back: the recommendations one by one, large, each decided with one key and saved before the next is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from .answer_pane import AnswerPane
from .holding import Presses
from .keys import ANYWHERE, BEGIN, DO, EMPTY, KEYS, READ, TIME_AND_FLOOR, Key, for_screen, of_screen
from .line import Line
from .one_answer import by_region, called, packed, stance
from .page import Typing, Wants
from .read_back_head import Head
from .said import Said

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from grcp_cli.console.writer import Answer
    from grcp_cli.meeting.agenda import Group, Meeting
    from grcp_cli.meeting.reported import Item

    from .facts import Speaking

_EDITING = ("Enter saves the text", "Esc leaves it as it was")
_AMENDS = ", ".join(_EDITING)
_DECIDES = tuple(f"{each.shown} {each.short}" for each in KEYS if each.where == READ)
_MORE = ("1 2 3 … support by Region", "→ ← next, before", "↑ ↓ scroll", "Esc leave")
_OPEN = ("", "proposed")
"""Statuses of what is still to be decided on."""
_LEAVE = ("q", "ctrl+c", "ctrl+o")


class _Wanted(NamedTuple):
    """A line on its way.

    Attributes:
        line: As it was asked for.
        key: What asked for it, None for a Region's.
        about: What it comes to, empty for what its answer says.
        item: Id of the answer that was at hand.
        at: Its place.
    """

    line: str
    key: Key | None
    about: str
    item: str
    at: int


class ReadBack(ModalScreen[None]):
    """One answer a page; it stays until what a key decided is on disk."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        # In its turn, as any key: it leaves what was pressed before it decided.
        Binding(",".join(("escape", *_LEAVE)), "leave", show=False),
        Binding("right,space,l", "turn(1)", show=False),
        Binding("left,h", "turn(-1)", show=False),
    ]
    DEFAULT_CSS = """
    ReadBack { background: $background; layout: vertical; }
    ReadBack > Static { width: 100%; height: auto; padding: 0 2; }
    ReadBack #told { padding: 1 2 0 2; max-height: 4; }
    ReadBack #keys { color: $quiet; }
    """

    def __init__(self, meeting: Meeting, items: list[Item], begin: str = "") -> None:
        """Sets out the page.

        Args:
            meeting: For the names of groups.
            items: What is read back, in its order; at least one.
            begin: The id of the one to begin at, empty for the first that is not decided.
        """
        super().__init__()
        self._meeting = meeting
        self._items = items
        ids = [_id(each) for each in items]
        undecided = (at for at, each in enumerate(items) if each.stated.status in _OPEN)
        self._at = ids.index(begin) if begin in ids else next(undecided, 0)
        self._latest = items
        self._pending: _Wanted | None = None
        self._done: dict[str, tuple[str, str]] = {}
        self._refused: set[tuple[str, str]] = set()
        self._presses = Presses(self.set_timer)
        self._state = ""
        self._head, self._answer = Head(), AnswerPane(meeting, items[self._at])
        self._line = self._answer.line
        self._below, self._keys = Said(), Static(id="keys")

    # What is shown.

    def compose(self) -> ComposeResult:
        """The page from top to bottom."""
        yield self._head
        yield self._answer
        yield self._below
        yield self._keys

    def on_mount(self) -> None:
        """Shows the first."""
        self._draw_keys()
        self._draw()

    def _draw_keys(self) -> None:
        shown = _EDITING if self._line.item else (*_DECIDES, *_MORE)
        self._keys.update(Content("\n").join(packed(map(Content, shown), self._width)))

    @property
    def item(self) -> Item:
        """The one at hand."""
        return self._items[self._at]

    def show(self, items: list[Item]) -> None:
        """Shows how they stand now; the one at hand stays at hand, and while it is amended also where it went."""
        self._latest = items
        if self._gone:
            self.note(f"{called(self.item, self._meeting)} was struck or taken back meanwhile: {_AMENDS}")
            return
        if not items:
            self.dismiss(None)
            return
        ids = {_id(each): at for at, each in enumerate(items)}
        # Where the one at hand went, the next one that stayed.
        behind = (ids[each] for each in map(_id, self._items[self._at :]) if each in ids)
        self._at = next(behind, len(items) - 1)
        self._items = items
        self._draw()

    @property
    def _gone(self) -> bool:
        """Whether what is amended is read back no more."""
        return self._line.item is not None and _id(self._line.item) not in map(_id, self._latest)

    def time(self, told: str, state: str, speaking: Speaking | None, *, warned: bool) -> None:
        """Shows the session's time, and the speaker's where somebody has the floor; `state` is the clock's."""
        self._state = state
        self._head.time(told, speaking, warned=warned)

    def note(self, text: str) -> None:
        """Tells a sentence beside what was decided: a threshold of time, what others did."""
        self._below.note(text)

    def _draw(self) -> None:
        self._head.tell(f"Read back · {self._at + 1} of {len(self._items)}")
        self._answer.show(self.item)

    @property
    def _width(self) -> int:
        return max(20, self.size.width - 4)

    def _say(self, text: str, style: str = "bold $primary") -> None:
        self._below.say(text, style)

    # What is done.

    def action_turn(self, by: int) -> None:
        """To the next one, or the one before."""
        if self._line.item:
            return
        self._presses.settle()
        if self._pending is not None:
            return  # what is decided here turns the page itself
        at = self._at + by
        self._say("")
        if 0 <= at < len(self._items):
            self._go(at)
        else:
            self._say("this is the last one: Esc leaves" if by > 0 else "this is the first one", "$quiet")

    def _go(self, at: int) -> None:
        self._at = at
        self._answer.home()
        self._draw()

    def action_leave(self) -> None:
        """Leaves the text as it was, or the page."""
        self._presses.settle()
        if not self._line.item:
            self.dismiss(None)
        elif not self._line.entered:  # else Enter came first
            self._edited()

    def on_key(self, event: events.Key) -> None:
        """Decides on the one at hand."""
        if self._line.item:
            if found := self._of_screen(event, ANYWHERE):
                self._say(f"{found.shown} ({found.short}) waits: {_AMENDS}", "$quiet")
            return
        found = next((each for each in KEYS if each.where == READ and each.key == event.key), None)
        region = next((group for key, group in by_region(self._meeting) if key == event.character), None)
        found = found or self._time_or_floor(event)
        if found is None and region is None:
            if event.is_printable and event.key != "space":
                self._say(f"{event.character} means nothing here; the keys stand below", "$quiet")
            return
        event.stop()
        event.prevent_default()
        if not self._presses.again(event.key, partial(self._pressed, _id(self.item), found, region)):
            self._say("one key each: what is held down decides only once", "$quiet")

    def _pressed(self, shown: str, found: Key | None, region: Group | None) -> None:
        """Does what a key means, where that is what was shown when it was pressed and nothing is on its way."""
        if self._pending is not None or shown != _id(self.item):
            return
        if region is not None:
            self._support_by(region)
        elif found is not None and found.how == BEGIN:
            self._edit()
        elif found is not None and found.key == "u":
            self._undo(found)
        elif found is not None:
            self._want(found.line.replace("{n}", self.item.typed), found, found.short if found.where == READ else "")

    def _of_screen(self, event: events.Key, *where: str) -> Key | None:
        """What a key means on the screen beneath, except those that leave the page."""
        return None if event.key in _LEAVE else of_screen(event.key, self._state, *where)

    def _time_or_floor(self, event: events.Key) -> Key | None:
        """A key of the screen that goes on working here; of another it is told that it does not."""
        found = self._of_screen(event, ANYWHERE, EMPTY)
        if found is None or (found.how == DO and found.key in TIME_AND_FLOOR):
            return found
        self._say(for_screen(found, "Esc leaves read-back first"), "$quiet")
        return None

    def _want(self, line: str, key: Key | None, word: str = "") -> None:
        """Asks for a line; where it is about the answer at hand, `word` is what that comes to."""
        item = self._line.item or self.item
        about = f"{called(item, self._meeting)} · {word}" if word else ""
        self._pending = _Wanted(line, key, about, _id(item), self._at)
        self.post_message(Wants(line))

    def _undo(self, key: Key) -> None:
        if self._done:
            self._want(key.line, key)
        else:
            self._say("nothing was decided on these pages yet; Ctrl-Z on the screen undoes what was before", "$quiet")

    def _support_by(self, group: Group) -> None:
        """Support, then opposition, then neither."""
        typed, stands = self.item.typed, stance(self.item, group.id)
        noted_elsewhere = (_id(self.item), group.id) in self._refused
        if stands == 0 or (stands < 0 and noted_elsewhere):
            self._want(f"/+{typed} {group.id}", None, f"{group.name} supports it")
        elif stands > 0:
            self._want(f"/-{typed} {group.id}", None, f"{group.name} opposes it")
        else:
            self._want(f"/neutral {typed} {group.id}", None, f"{group.name} neither supports nor opposes it")

    def answered(self, answer: Answer) -> None:
        """Takes what became of a line; the next is shown once it is on disk."""
        wanted = self._pending
        if wanted is None or answer.line != wanted.line:
            return
        if answer.waiting:
            self._say(f"✗ {answer.refused}: it is kept and tried again", "bold $accent")
            return
        self._pending, last = None, ""
        if answer.refused:
            if wanted.line.startswith("/neutral "):
                self._refused.add((wanted.item, wanted.line.rpartition(" ")[2]))
            self._keep()
            self._say(f"✗ {' · '.join(filter(None, (answer.refused, answer.hint)))}", "bold $accent")
        elif wanted.key is not None and wanted.key.key == "u":
            self._undone(answer)
        else:
            last = self._did(wanted, answer)
        if told := " · ".join(filter(None, (last, *answer.notices[:1]))):
            self.note(told)

    def _did(self, wanted: _Wanted, answer: Answer) -> str:
        """Tells what was done, and goes on; what else to tell, where nothing is left to go on to."""
        about = wanted.about or " · ".join(answer.said)
        self._done |= {each.id: (wanted.item, about) for each in answer.entries}
        self._edited()
        self._say(f"✓ {about} · saved")
        # Who reads out goes on to decide on the same one; only a decision is done with it.
        return self._on(wanted) if any(each.kind == "status" for each in answer.entries) else ""

    def _on(self, wanted: _Wanted) -> str:
        """On to the next, where that did not come by itself; behind the last, what is left."""
        gone = _id(self.item) != wanted.item
        if not gone and self._at + 1 < len(self._items):
            self._go(self._at + 1)
        elif not gone or wanted.at >= len(self._items):
            left = sum(each.stated.status in _OPEN for each in self._items)
            return f"that was the last one{f'; {left} not decided yet' if left else ''}: Esc leaves"
        return ""

    def _undone(self, answer: Answer) -> None:
        """Back to where that was done; what others wrote into the same file meanwhile is undone before it."""
        targets = (self._done.pop(each.target, None) for each in answer.entries)
        for item, about in filter(None, targets):
            ids = [_id(each) for each in self._items]
            if item in ids:
                self._go(ids.index(item))
            self._say(f"✓ undone: {about} · saved")
            return
        self._say(f"✓ {' · '.join(answer.said)}")

    # The text edited in place.

    def _edit(self) -> None:
        self._answer.amend()
        self._say("editing the text in place")
        self._draw_keys()

    def _edited(self) -> None:
        if self._line.item:
            self._answer.amended()
            self._keep()
            self._draw_keys()
            self._say("")
            self.show(self._latest)

    def _keep(self) -> None:
        """Has the text kept that is not saved yet; what is on its way is kept as any line."""
        self.post_message(Typing("" if self._pending else self._line.begun))

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._keep()

    @on(Line.Entered)
    def _entered(self, event: Line.Entered) -> None:
        event.stop()
        self._line.entered.pop(0)
        self._line.put(event.text)  # it stays until it is on disk
        if self._line.same(event.text):
            self._edited()
        elif self._pending is None:
            key = next(each for each in KEYS if each.where == READ and each.how == BEGIN)
            gone = " though it was struck or taken back" if self._gone else ""
            self._want(event.lines[0], key, f"amended{gone}")

    @on(Line.Confirmed)
    def _nothing_left(self, event: Line.Confirmed) -> None:
        event.stop()
        self._say("nothing would be left of the text: w withdraws it, Esc leaves it as it was", "$accent")

    @on(Line.Up)
    def _up(self, event: Line.Up) -> None:
        event.stop()

    def on_resize(self) -> None:
        """Fits everything to the size."""
        self._draw_keys()
        self._draw()


def _id(item: Item) -> str:
    return item.stated.entry.id
