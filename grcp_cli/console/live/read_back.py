"""Read-back: the recommendations one by one, large, each decided with one key and saved before the next is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from grcp_cli.console import report_back
from grcp_cli.console.clean import drawn, drawn_line
from grcp_cli.console.letters import spelled

from .holding import Presses
from .keys import BEGIN, KEYS, READ, Key
from .line import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult

    from grcp_cli.console.writer import Answer
    from grcp_cli.meeting.agenda import Group, Meeting
    from grcp_cli.meeting.reported import Item

    from .facts import Speaking

_EDITING = ("Enter saves the text", "Esc leaves it as it was")
_DECIDES = tuple(f"{each.shown} {each.short}" for each in KEYS if each.where == READ)
_MORE = ("1 2 3 … support by Region", "→ ← next, before", "↑ ↓ scroll", "Esc leave")
_TALL, _BIG = 36, 5
"""Lines from which the label is spelled in big letters, and how many those take."""
_BY_REGION = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ReadBack(ModalScreen[None]):
    """One answer a page; it stays until what a key decided is on disk."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("q,ctrl+c,ctrl+o", "leave", show=False),
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
    ReadBack VerticalScroll { height: 1fr; padding: 1 2; }
    ReadBack VerticalScroll Static { width: 100%; max-width: 100; height: auto; text-style: bold; }
    ReadBack #standing { color: $accent; text-style: bold; }
    ReadBack Line { height: 1fr; min-height: 3; border: none; padding: 1 2; background: $panel; display: none; }
    ReadBack.-edits Line { display: block; }
    ReadBack.-edits VerticalScroll { display: none; }
    ReadBack #told { padding: 1 2 0 2; max-height: 4; }
    ReadBack #keys { color: $quiet; }
    """

    class Wants(Message):
        """A line that a key made, to be taken."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Typing(Message):
        """What is being typed and not yet sent, to be kept; empty for nothing."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

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
        undecided = (at for at, each in enumerate(items) if each.stated.status in ("", "proposed"))
        self._at = ids.index(begin) if begin in ids else next(undecided, 0)
        self._pending: tuple[str, Key | None, str] | None = None
        self._done: list[str] = []
        self._refused: set[tuple[str, str]] = set()
        self._presses = Presses(self.set_timer)
        self._told = ("", "")
        self._noted = ""
        self._time = Content("")
        self._line = Line(lambda _: [])
        self._head, self._floor = Static(id="head"), Static(id="floor")
        self._label, self._text = Static(id="label"), Static(id="text")
        self._standing, self._groups = Static(id="standing"), Static(id="groups")
        self._below, self._keys = Static(id="told"), Static(id="keys")

    # What is shown.

    def compose(self) -> ComposeResult:
        """The page from top to bottom."""
        yield self._head
        yield self._floor
        yield self._label
        with VerticalScroll() as text:
            text.can_focus = True
            yield self._text
        yield self._line
        yield self._standing
        yield self._groups
        yield self._below
        yield self._keys

    def on_mount(self) -> None:
        """Shows the first."""
        self._draw_keys()
        self._draw()

    def _draw_keys(self) -> None:
        shown = _EDITING if self.has_class("-edits") else (*_DECIDES, *_MORE)
        self._keys.update(Content("\n").join(self._packed(map(Content, shown))))

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

    def time(self, told: str, speaking: Speaking | None, *, warned: bool) -> None:
        """Shows the session's time, and the speaker's where somebody has the floor."""
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
        self._noted = text
        self._draw_told()

    def _draw(self) -> None:
        item = self.item
        self._draw_head()
        self._draw_label()
        self._text.update(Content(_text(item)))
        sign = report_back.SIGNS.get(item.stated.status, "?")
        stands = report_back.told(item, self._meeting) or ["not decided"]
        beside = [each for each in report_back.besides(item.stated, self._meeting) if " by " not in each]
        self._standing.update(Content(f"{sign} {' · '.join((*stands, *beside))}"))
        self._groups.update(self._support())
        self._draw_told()

    def _draw_label(self) -> None:
        """The label, in big letters where there is room for them and they are known."""
        called = drawn_line(report_back.called(self.item))
        big = spelled(called, self.size.width - 4, _BIG) if self.size.height >= _TALL else []
        self._label.update(Content("\n".join(big) if big else called))

    def _draw_head(self) -> None:
        left = f"Read back · {self._at + 1} of {len(self._items)}"
        room = max(1, self.size.width - 4 - len(left) - self._time.cell_length)
        head = Content.assemble((left, "bold"), " " * room, self._time)
        self._head.update(head)

    def _support(self) -> Content:
        """Each Region with its key and where it stands, in sign and word; then who else supports or opposes it."""
        parts = []
        for key, group in self._by_region():
            stance = {1: " + supports", -1: " − opposes", 0: ""}[self._stance(group.id)]
            name = drawn_line(group.name)
            parts.append(Content.assemble((f"{key} ", "bold $primary"), name, (stance, "bold $accent")))
        lines = self._packed(parts)
        groups = {group.id for group in self._meeting.groups}
        others = report_back.backing(self.item.stated, self._meeting, without=groups)
        return Content("\n").join([*lines, Content(" · ".join(others))] if others else lines)

    def _packed(self, parts: Iterable[Content]) -> list[Content]:
        """Parts in as few lines as there is room for, none of them broken."""
        room, lines = max(20, self.size.width - 4), [Content("")]
        for part in parts:
            if lines[-1].cell_length and lines[-1].cell_length + part.cell_length > room:
                lines.append(Content(""))
            lines[-1] += part + Content("   ")
        return lines

    def _by_region(self) -> list[tuple[str, Group]]:
        return list(zip(_BY_REGION, self._meeting.groups, strict=False))

    def _stance(self, group: str) -> int:
        stated = self.item.stated
        return (group in stated.support) - (group in stated.oppose)

    def _say(self, text: str, style: str = "bold $primary") -> None:
        self._told, self._noted = (text, style), ""
        self._draw_told()

    def _draw_told(self) -> None:
        text, style = self._told
        parts = [Content.styled(drawn_line(text), style)] if text else []
        if self._noted:
            parts.append(Content.styled(drawn_line(self._noted), "$accent"))
        self._below.update(Content("\n").join(parts))

    # What is done.

    def action_turn(self, by: int) -> None:
        """To the next one, or the one before."""
        if self.has_class("-edits"):
            return
        self._presses.settle()
        at = self._at + by
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
            return
        found = next((each for each in KEYS if each.where == READ and each.key == event.key), None)
        region = next((group for key, group in self._by_region() if key == event.character), None)
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
            self._want(found.line.replace("{n}", self.item.typed), found, found.short)

    def _want(self, line: str, key: Key | None, word: str) -> None:
        self._pending = line, key, word
        self.post_message(self.Wants(line))

    def _undo(self, key: Key) -> None:
        if self._done:
            self._want(key.line, key, "undone")
        else:
            self._say("nothing was decided on these pages yet; Ctrl-Z on the screen undoes what was before", "$quiet")

    def _support_by(self, group: Group) -> None:
        """Support, then opposition, then neither."""
        typed, stance = self.item.typed, self._stance(group.id)
        noted_elsewhere = (_id(self.item), group.id) in self._refused
        if stance == 0 or (stance < 0 and noted_elsewhere):
            self._want(f"/+{typed} {group.id}", None, f"{group.name} supports it")
        elif stance > 0:
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
        (line, key, word), self._pending = self._pending, None
        name = report_back.called(self.item)
        if answer.refused:
            if line.startswith("/neutral "):
                self._refused.add((_id(self.item), line.rpartition(" ")[2]))
            self._say(f"✗ {' · '.join(filter(None, (answer.refused, answer.hint)))}", "bold $accent")
        elif key is not None and key.key == "u":
            self._undone(answer)
        else:
            self._done += [_id(self.item)] * max(1, len(answer.entries))
            moves = key is not None and key.how != BEGIN
            self._edited()
            if moves and self._at + 1 < len(self._items):
                self._go(self._at + 1)
            self._say(f"✓ {name} · {word} · saved")
        if answer.notices:
            self.note(answer.notices[0])

    def _undone(self, answer: Answer) -> None:
        target = self._done.pop()
        ids = [_id(each) for each in self._items]
        if target in ids:
            self._go(ids.index(target))
        self._say(f"✓ {answer.said[0] if answer.said else 'undone'} · saved")

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
            self._told = "", ""
            self._draw()
            self.post_message(self.Typing(""))

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.has_class("-edits") and self._line.text and self._line.text != self.item.stated.text:
            self.post_message(self.Typing(f"/amend {self.item.typed} {self._line.text}"))

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


def _text(item: Item) -> str:
    """The whole text as it was written, in its brackets where it is contested."""
    written = drawn(item.stated.text)
    return report_back.in_brackets(written) if item.stated.status == "bracketed" else written
