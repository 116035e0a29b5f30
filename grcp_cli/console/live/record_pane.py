"""The record as it grows: only what is seen is ever drawn, so five thousand entries cost what fifty do."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from grcp_cli.console import shown
from grcp_cli.console.clean import drawn_line
from grcp_cli.console.report_back import Heading
from grcp_cli.meeting.labels import printed
from grcp_cli.meeting.references import called
from grcp_cli.meeting.reported import Item

from . import board_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.rows import Row

_MEASURE = 100
"""Cells beyond which a line of text is hard to read."""
_ALIGNED = 84
"""Cells from which what is told of an entry has a column of its own."""
_CACHED = 400
_SHORT = {"recommendation": "rec", "achievement": "achieved", "partnership": "partner", "agreement": "agreed"}
_KIND_CELLS = 11


class RecordPane(Widget, can_focus=True):
    """Entries with number, time, question, who and kind; the newest in view unless one looks back."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record--title",
        "record--meta",
        "record--who",
        "record--text",
        "record--mark",
        "record--struck",
        "record--theirs",
        "record--cursor",
    }
    DEFAULT_CSS = """
    RecordPane { height: 1fr; width: 1fr; padding: 0 1 0 0; }
    RecordPane > .record--title { color: $quiet; text-style: bold; }
    RecordPane > .record--meta { color: $quiet; }
    RecordPane > .record--who { color: $primary; text-style: bold; }
    RecordPane > .record--text { color: $foreground; }
    RecordPane > .record--mark { color: $accent; }
    RecordPane > .record--struck { color: $quiet; text-style: strike dim; }
    RecordPane > .record--theirs { color: $accent; text-style: italic; }
    RecordPane > .record--cursor { background: $cursor-row; }
    """

    class Arrowed(Message):
        """An entry was arrowed to, or with none the record was left."""

        def __init__(self, row: Row | Item | None) -> None:
            super().__init__()
            self.row = row

    def __init__(self, meeting: Meeting, session: Session, own: Callable[[], Source]) -> None:
        super().__init__()
        self._meeting, self._session, self._own = meeting, session, own
        self._rows: Sequence[Row | Item | Heading] = []
        self._board = ""
        self._home = ""
        self._filter = ""
        self._total = 0
        self._last: int | None = None
        self._cursor = ""
        self._cache: dict[tuple[str, bool], tuple[Row | Item | Heading, list[Strip]]] = {}
        self._styles: dict[str, Style] = {}
        self._strips: list[Strip] | None = None

    def show(self, rows: list[Row], filtered: str, total: int) -> None:
        """Shows these rows of so many; `filtered` says which they are, empty for all."""
        if self._board:
            self._board, self._last = "", None
        elif self._last is not None and filtered == self._filter and len(rows) >= len(self._rows):
            # Who looks back goes on seeing what they look at.
            self._last = _place(rows, _id(self._rows[self._last]) if self._last < len(self._rows) else "")
        elif filtered != self._filter:
            self._last = None
        self._rows, self._filter, self._total = rows, filtered, total
        if self._cursor and self.cursor is None:
            self._cursor = ""
        self._again()

    def show_board(self, laid: Sequence[Row | Item | Heading], title: str, touched: str) -> None:
        """Shows what is reported back.

        Args:
            laid: Headings and rows, from top to bottom.
            title: What stands above, which tells what is missing.
            touched: The row to bring into view, empty to go on seeing what is seen.
        """
        arrived = not self._board
        at = _id(self._rows[self._last]) if self._last is not None and self._last < len(self._rows) else ""
        self._rows, self._filter, self._board = laid, "", title
        if self._cursor and self.cursor is None:
            self._cursor = ""
        self._home = touched or ("" if arrived else self._home)
        self._last = None if arrived else _place(laid, at)
        if self._last is None:
            self._bring(0)
        if (there := _place(laid, touched or self._cursor)) is not None:
            self._bring(there)
        self._again()

    @property
    def cursor(self) -> Row | Item | None:
        """The entry arrowed to, None for none."""
        if not self._cursor:
            return None
        found = (each for each in reversed(self._rows) if not isinstance(each, Heading))
        return next((each for each in found if each.stated.entry.id == self._cursor), None)

    def number(self, row: Row | Item) -> str:
        """How an entry is called from this desk; an answer by its label."""
        return row.typed if isinstance(row, Item) else called(row.stated.entry, row.stated.source, self._own())

    def restyled(self) -> None:
        """Draws all anew, after a change of colours."""
        self._cache.clear()
        self._styles.clear()
        self._again()

    def page(self, by: int) -> None:
        """Looks back (-1) or on (1) by about what is seen."""
        seen = max(1, len(self._seen()) - 1)
        self._scroll(by * seen)

    def newest(self) -> None:
        """Shows the newest again; of the board, its beginning."""
        self._last = None
        if self._board:
            self._bring(0)
        self._again()

    def leave(self) -> None:
        """Arrows to no entry any more."""
        self._cursor = ""
        if self._board:
            self._again()
        else:
            self.newest()

    def step(self, by: int) -> None:
        """Arrows to the entry before (-1) or behind (1)."""
        places = [at for at, each in enumerate(self._rows) if not isinstance(each, Heading)]
        if not places:
            return
        now = _place(self._rows, self._cursor) if self._cursor else None
        if now is None:
            seen = self._seen()
            at = next((each for each in places if each in seen), places[0]) if self._board else places[-1]
        elif by > 0 and now >= places[-1]:
            self.post_message(self.Arrowed(None))
            return
        else:
            at = places[max(0, bisect_left(places, now) + by)]
        self._point(at)

    def _point(self, at: int) -> None:
        each = self._rows[at]
        if isinstance(each, Heading):
            return
        self._cursor = each.stated.entry.id
        self._bring(at)
        if self._board and all(isinstance(above, Heading) for above in self._rows[:at]):
            self._bring(0)  # its group's heading is seen with the first answer
        self._again()
        self.post_message(self.Arrowed(each))

    def _bring(self, at: int) -> None:
        """Brings a row into view."""
        last = len(self._rows) - 1 if self._last is None else self._last
        if at > last:
            self._last = at
        elif at not in self._seen():
            # It stands at the top: find what then stands at the bottom.
            room, last = self._room - len(self._drawn(self._rows[at])), at
            while last + 1 < len(self._rows) and (room := room - len(self._drawn(self._rows[last + 1]))) >= 0:
                last += 1
            self._last = last
        if self._last == len(self._rows) - 1:
            self._last = None

    def _scroll(self, by: int) -> None:
        last = len(self._rows) - 1
        at = min(last, max(0, (last if self._last is None else self._last) + by))
        self._last = None if at == last else at
        self._again()

    def _again(self) -> None:
        self._strips = None
        self.refresh()

    @property
    def _room(self) -> int:
        return max(1, self.size.height - 1)

    def _seen(self) -> range:
        """Which rows are in view."""
        last = len(self._rows) - 1 if self._last is None else self._last
        first, room = last + 1, self._room
        while first > 0 and (room := room - len(self._drawn(self._rows[first - 1]))) >= 0:
            first -= 1
        return range(min(first, max(last, 0)), last + 1)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        if self._strips is None:
            self._strips = self._draw()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self) -> list[Strip]:
        self._load_styles()
        lines: list[Strip] = []
        if self._rows:
            last = len(self._rows) - 1 if self._last is None else self._last
            for at in range(last, -1, -1):
                drawn = self._drawn(self._rows[at])
                lines = [*drawn, *lines]
                if len(lines) >= self._room:
                    # One taller than the pane is read from its beginning.
                    lines = lines[: self._room] if at == last else lines[-self._room :]
                    break
        else:
            words = "nothing found · Esc shows everything" if self._filter else "nothing written yet"
            lines = [self._strip(Text(f" {words}", self._styles["meta"]))]
        return [self._strip(Text.assemble(" ", self._title())), *lines]

    def _title(self) -> Text:
        newer = len(self._rows) - 1 - self._last if self._last is not None else 0
        parts = [self._board or f"Record · {self._total} {'entry' if self._total == 1 else 'entries'}"]
        if self._filter:
            parts.append(f"only {self._filter}: {len(self._rows)} (Esc: all)")
        if newer:
            parts.insert(0 if self._board else len(parts), f"▼ {newer} {'below' if self._board else 'newer'} (End)")
        title = Text(drawn_line(" · ".join(parts)), self._styles["title"], no_wrap=True)
        title.truncate(self.size.width - 1, overflow="ellipsis")
        return title

    def _drawn(self, row: Row | Item | Heading) -> list[Strip]:
        """The lines of one row, kept for the next time."""
        row_id = _id(row)
        key = row_id, row_id == self._cursor
        kept = self._cache.get(key)
        if kept is not None and (kept[0] is row or kept[0] == row):
            return kept[1]
        if len(self._cache) > _CACHED:
            self._cache.clear()
        self._load_styles()
        strips = [self._strip(line, pointed=key[1]) for line in self._lines(row, pointed=key[1])]
        self._cache[key] = row, strips
        return strips

    def _load_styles(self) -> None:
        if not self._styles:
            self._styles = {name[8:]: self.get_component_rich_style(name) for name in self.COMPONENT_CLASSES}

    def _lines(self, row: Row | Item | Heading, *, pointed: bool) -> list[Text]:
        width = self.size.width
        if isinstance(row, Heading):
            return self._hung(board_rows.heading(row, self._styles), 5)
        if isinstance(row, Item):
            return self._hung(board_rows.answer(row, self._meeting, self._styles, pointed=pointed), 4)
        head = self._head(row, "▸" if pointed else " ", aligned=width >= _ALIGNED)
        body = self._body(row)
        if width >= _ALIGNED:
            hang = head.cell_len
            wrapped = body.wrap(self.app.console, min(_MEASURE, width - hang)) or [Text()]
            pad = Text(" " * hang)
            return [Text.assemble(pad if at else head, line) for at, line in enumerate(wrapped)]
        return self._hung(Text.assemble(head, body), 4)

    def _hung(self, whole: Text, hang: int) -> list[Text]:
        """A text in lines that hang under its first by so many cells."""
        wrapped = whole.wrap(self.app.console, max(12, min(_MEASURE, self.size.width - hang)))
        return [Text.assemble(" " * (hang if at else 0), line) for at, line in enumerate(wrapped)]

    def _head(self, row: Row, sign: str, *, aligned: bool) -> Text:
        """A sign where it is arrowed to, then number, time, question and kind."""
        stated = row.stated
        question = self._session.question(stated.question)
        number = self.number(row)
        kind = stated.kind if not aligned else _SHORT.get(stated.kind, stated.kind)
        place = question.number if question else stated.question
        at = f"{stated.entry.at:%H:%M}"
        theirs = not self._own().holds(stated.source)
        told = (
            f"{sign}{number:>4} {at} {place:<3} {kind:<{_KIND_CELLS}} "
            if aligned
            else f"{sign}{number} {at} {place} {kind} "
        )
        return Text(drawn_line(told), self._styles["theirs" if theirs else "meta"])

    def _body(self, row: Row) -> Text:
        """Who, what, and how it stands."""
        stated, styles = row.stated, self._styles
        who = self._meeting.name_of(stated.speaker)
        if row.label:
            label = printed(row.label, stated.source.session, self._meeting)
            who = f"{label} · {who}" if who else label
        text = Text()
        if who:
            text.append(f"{drawn_line(who)}: ", styles["who"])
        text.append(drawn_line(stated.text), styles["struck" if stated.struck else "text"])
        for tag in stated.tags:
            text.append(f" #{tag}", styles["meta"])
        for mark in shown.marks(stated, self._meeting):
            text.append(f" [{drawn_line(mark)}]", styles["mark"])
        return text

    def _strip(self, line: Text, *, pointed: bool = False) -> Strip:
        under = self.rich_style
        if pointed:
            under += self._styles["cursor"]
            line.stylize(self._styles["cursor"])
        strip = Strip(line.render(self.app.console), line.cell_len)
        return strip.adjust_cell_length(self.size.width, under).apply_style(under)

    def on_resize(self) -> None:
        """Wraps anew."""
        self._cache.clear()
        if self._board:
            self._last = None
            self._bring(0)
            self._bring(_place(self._rows, self._cursor or self._home) or 0)
        self._again()

    def on_mouse_scroll_up(self) -> None:
        """Looks back."""
        self._scroll(-2)

    def on_mouse_scroll_down(self) -> None:
        """Looks on."""
        self._scroll(2)

    def on_click(self, event: events.Click) -> None:
        """Arrows to the entry clicked on."""
        y = event.y - 1
        for at in self._seen():
            y -= len(self._drawn(self._rows[at]))
            if y < 0:
                self._point(at)
                return

    def on_key(self, event: events.Key) -> None:
        """Arrows move; everything else is for the screen."""
        moves: dict[str, Callable[[], None]] = {
            "up": lambda: self.step(-1),
            "down": lambda: self.step(1),
            "home": lambda: self._to_end(0),
            "end": lambda: self._to_end(-1),
        }
        if event.key in moves:
            event.stop()
            moves[event.key]()

    def _to_end(self, which: int) -> None:
        """Arrows to the first entry (0) or the last (-1)."""
        if places := [at for at, each in enumerate(self._rows) if not isinstance(each, Heading)]:
            self._point(places[which])


def _id(row: Row | Item | Heading) -> str:
    return row.id if isinstance(row, Heading) else row.stated.entry.id


def _place(rows: Sequence[Row | Item | Heading], row_id: str) -> int | None:
    """Where a row stands, None where it does not."""
    return next((at for at, each in enumerate(rows) if _id(each) == row_id), None) if row_id else None
