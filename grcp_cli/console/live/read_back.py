"""Read-back: the recommendations one by one, large, each decided with one key and saved before the next is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from grcp_cli.console.clean import drawn_line
from grcp_cli.console.letters import spelled

from .holding import Presses
from .keys import ANYWHERE, BEGIN, DO, EMPTY, KEYS, READ, TIME_AND_FLOOR, Key, meant
from .line import Line
from .one_answer import by_region, called, members, packed, stance, standing, support, text
from .page import Typing, Wants
from .said import Said

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from grcp_cli.console.writer import Answer
    from grcp_cli.meeting.agenda import Group, Meeting
    from grcp_cli.meeting.reported import Item

    from .facts import Speaking

_EDITING = ("Enter saves the text", "Esc leaves it as it was")
_DECIDES = tuple(f"{each.shown} {each.short}" for each in KEYS if each.where == READ)
_MORE = ("1 2 3 … support by Region", "→ ← next, before", "↑ ↓ scroll", "Esc leave")
_OPEN = ("", "proposed")
"""Statuses of what is still to be decided on."""
_LEAVE = ("q", "ctrl+c", "ctrl+o")
_TALL, _BIG = 36, 5
"""Lines from which the label is spelled in big letters, and how many those take."""


class ReadBack(ModalScreen[None]):
    """One answer a page; it stays until what a key decided is on disk."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding(",".join(_LEAVE), "leave", show=False),
        Binding("right,space,l", "turn(1)", show=False),
        Binding("left,h", "turn(-1)", show=False),
    ]
    DEFAULT_CSS = """
    ReadBack { background: $background; layout: vertical; }
    ReadBack > Static { width: 100%; height: auto; padding: 0 2; }
    ReadBack #head { background: $panel; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    ReadBack #floor { background: $panel; height: 1; text-wrap: nowrap; text-overflow: ellipsis; display: none; }
    ReadBack #floor.-taken { display: block; }
    ReadBack #label { padding: 1 2 0 2; text-style: bold; color: $primary; }
    ReadBack VerticalScroll { height: 1fr; padding: 1 2; scrollbar-gutter: stable; }
    ReadBack VerticalScroll Static { width: 100%; max-width: 100; height: auto; text-style: bold; }
    ReadBack VerticalScroll #members { text-style: none; margin-top: 1; }
    ReadBack #standing { color: $accent; text-style: bold; }
    ReadBack Line { height: 1fr; min-height: 3; border: none; padding: 1 2; background: $panel; display: none; }
    ReadBack.-edits Line { display: block; }
    ReadBack.-edits VerticalScroll { display: none; }
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
        self._pending: tuple[str, Key | None, str] | None = None
        self._done: dict[str, tuple[str, str]] = {}
        self._refused: set[tuple[str, str]] = set()
        self._presses = Presses(self.set_timer)
        self._time, self._state = Content(""), ""
        self._line = Line(lambda _: [])
        self._head, self._floor = Static(id="head"), Static(id="floor")
        self._label, self._text, self._members = Static(id="label"), Static(id="text"), Static(id="members")
        self._standing, self._groups = Static(id="standing"), Static(id="groups")
        self._below, self._keys = Said(), Static(id="keys")

    # What is shown.

    def compose(self) -> ComposeResult:
        """The page from top to bottom."""
        yield self._head
        yield self._floor
        yield self._label
        with VerticalScroll() as text:
            text.can_focus = True
            yield self._text
            yield self._members
        yield self._line
        yield self._standing
        yield self._groups
        yield self._below
        yield self._keys

    def on_mount(self) -> None:
        """Shows the first."""
        self._draw_keys()
        self._draw()
        self.watch(self.query_one(VerticalScroll), "scroll_y", self._draw_standing, init=False)

    def _draw_keys(self) -> None:
        shown = _EDITING if self.has_class("-edits") else (*_DECIDES, *_MORE)
        self._keys.update(Content("\n").join(packed(map(Content, shown), self._width)))

    @property
    def item(self) -> Item:
        """The one at hand."""
        return self._items[self._at]

    def show(self, items: list[Item]) -> None:
        """Shows how they stand now; the one at hand stays at hand."""
        here, ids = _id(self.item), [_id(each) for each in items]
        if not items:
            self.dismiss(None)
            return
        self._items = items
        self._at = ids.index(here) if here in ids else min(self._at, len(items) - 1)
        self._draw()

    def time(self, told: str, state: str, speaking: Speaking | None, *, warned: bool) -> None:
        """Shows the session's time, and the speaker's where somebody has the floor; `state` is the clock's."""
        self._state = state
        shown = Content.styled(told, "bold $accent" if warned else "bold $primary")
        if shown != self._time:
            self._time = shown
            self._draw_head()
        self._floor.set_class(speaking is not None, "-taken")
        if speaking is not None:
            floor = drawn_line(f"{speaking.sign} {speaking.who} {speaking.time} {speaking.words}")
            self._floor.update(Content.styled(floor, "bold $accent" if speaking.warned else "bold $primary"))

    def note(self, text: str) -> None:
        """Tells a sentence beside what was decided: a threshold of time, what others did."""
        self._below.note(text)

    def _draw(self) -> None:
        item, width = self.item, self._width
        self._draw_head()
        self._draw_label()
        self._text.update(text(item))
        self._groups.update(support(item, self._meeting, width))
        self._members.display = bool(item.members)
        self._draw_standing()
        # How much room the text leaves is known once everything else has its place.
        self.call_after_refresh(self._draw_members)

    def _draw_members(self) -> None:
        """What it is made of, as far as there is room."""
        room, width = self.query_one(VerticalScroll).content_size.height, self._text.size.width
        if self.item.members and width:
            self._members.update(members(self.item, width, room - self._text.size.height - 2))
        self.call_after_refresh(self._draw_standing)

    def _draw_standing(self) -> None:
        """How it stands, and whether more of it is out of sight: a bar alone is no word."""
        scroll = self.query_one(VerticalScroll)
        more = "   ▼ more" if scroll.scroll_offset.y < scroll.max_scroll_y else ""
        self._standing.update(standing(self.item, self._meeting) + Content.styled(more, "$primary"))

    @property
    def _width(self) -> int:
        return max(20, self.size.width - 4)

    def _draw_label(self) -> None:
        """The label, in big letters where there is room for them and they are known."""
        name = called(self.item, self._meeting)
        big = spelled(name, self.size.width - 4, _BIG) if self.size.height >= _TALL else []
        self._label.update(Content("\n".join(big) if big else name))

    def _draw_head(self) -> None:
        left = f"Read back · {self._at + 1} of {len(self._items)}"
        room = max(1, self.size.width - 4 - len(left) - self._time.cell_length)
        head = Content.assemble((left, "bold"), " " * room, self._time)
        self._head.update(head)

    def _say(self, text: str, style: str = "bold $primary") -> None:
        self._below.say(text, style)

    # What is done.

    def action_turn(self, by: int) -> None:
        """To the next one, or the one before."""
        if self.has_class("-edits") or self._pending is not None:
            return
        self._presses.settle()
        at = self._at + by
        self._say("")
        if 0 <= at < len(self._items):
            self._go(at)
        else:
            self._say("this is the last one: Esc leaves" if by > 0 else "this is the first one", "$quiet")

    def _go(self, at: int) -> None:
        self._at = at
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._draw()

    def action_leave(self) -> None:
        """Leaves the text as it was, or the page."""
        self._presses.settle()
        if self.has_class("-edits"):
            self._edited()
        else:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Decides on the one at hand."""
        if self.has_class("-edits"):
            self._key_while_editing(event)
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
        if event.key in _LEAVE:
            return None
        return next(filter(None, (meant(event.key, self._state, each) for each in where)), None)

    def _key_while_editing(self, event: events.Key) -> None:
        if found := self._of_screen(event, ANYWHERE):
            self._say(f"{found.shown} ({found.short}) waits: Enter saves the text, Esc leaves it as it was", "$quiet")

    def _time_or_floor(self, event: events.Key) -> Key | None:
        """A key of the screen that goes on working here; of another it is told that it does not."""
        found = self._of_screen(event, ANYWHERE, EMPTY)
        if found is None or (found.how == DO and found.key in TIME_AND_FLOOR):
            return found
        self._say(f"{found.shown} ({found.short}) is for the screen: Esc leaves read-back first", "$quiet")
        return None

    def _want(self, line: str, key: Key | None, word: str = "") -> None:
        """Asks for a line; where it is about the answer at hand, `word` is what that comes to."""
        self._pending = line, key, f"{called(self.item, self._meeting)} · {word}" if word else ""
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
        if self._pending is None or answer.line != self._pending[0]:
            return
        if answer.waiting:
            self._say(f"✗ {answer.refused}: it is kept and tried again", "bold $accent")
            return
        (line, key, about), self._pending = self._pending, None
        if answer.refused:
            if line.startswith("/neutral "):
                self._refused.add((_id(self.item), line.rpartition(" ")[2]))
            self._say(f"✗ {' · '.join(filter(None, (answer.refused, answer.hint)))}", "bold $accent")
        elif key is not None and key.key == "u":
            self._undone(answer)
        else:
            about = about or " · ".join(answer.said)
            self._done |= {each.id: (_id(self.item), about) for each in answer.entries}
            self._edited()
            self._say(f"✓ {about} · saved")
            # Who reads out goes on to decide on the same one; only a decision is done with it.
            if any(each.kind == "status" for each in answer.entries):
                self._on()
        if answer.notices:
            self.note(answer.notices[0])

    def _on(self) -> None:
        """On to the next; behind the last it is told what is left."""
        if self._at + 1 < len(self._items):
            self._go(self._at + 1)
        else:
            left = sum(each.stated.status in _OPEN for each in self._items)
            self.note(f"that was the last one{f'; {left} not decided yet' if left else ''}: Esc leaves")

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
        self.add_class("-edits")
        self._line.put(self.item.stated.text)
        self._line.focus()
        self._say("editing the text in place")
        self._draw_keys()

    def _edited(self) -> None:
        if self.has_class("-edits"):
            self.remove_class("-edits")
            self._draw_keys()
            self.query_one(VerticalScroll).focus()
            self._say("")
            self._draw()
            self.post_message(Typing(""))

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.has_class("-edits") and self._line.text and self._line.text != self.item.stated.text:
            self.post_message(Typing(f"/amend {self.item.typed} {self._line.text}"))

    @on(Line.Entered)
    def _entered(self, event: Line.Entered) -> None:
        event.stop()
        self._line.entered -= 1
        if self._pending is not None:
            self._line.put(event.text)
            return
        if event.text.strip() == self.item.stated.text:
            self._edited()
            return
        self._line.put(event.text)  # it stays until it is on disk
        key = next(each for each in KEYS if each.where == READ and each.how == BEGIN)
        self._want(f"/amend {self.item.typed} {event.text.strip()}", key, "amended")

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
