"""The record as it grows: only what is seen is ever drawn, so five thousand entries cost what fifty do."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from grcp_cli.console.clean import drawn_line
from grcp_cli.console.report_back import Heading
from grcp_cli.meeting.references import called
from grcp_cli.meeting.reported import Item

from . import board_rows, record_rows
from .scrolling import Scrolling, Top

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
        self._board: tuple[str, ...] = ()
        self._board_of = ""
        self._touched = ""
        self._filter = ""
        self._total = 0
        self._cursor = ""
        self._view = Scrolling(lambda at: len(self._drawn(self._rows[at])), lambda: len(self._rows), lambda: self._room)
        self._shown = range(0)
        self._cache: dict[tuple[str, bool], tuple[Row | Item | Heading, list[Strip]]] = {}
        self._styles: dict[str, Style] = {}
        self._strips: list[Strip] | None = None

    def show(self, rows: list[Row], filtered: str, total: int) -> None:
        """Shows these rows of so many; `filtered` says which they are, empty for all."""
        if self._board or filtered != self._filter:
            self._board, self._board_of = (), ""
            self._view.follow()
        self._filter, self._total = filtered, total
        self._take(rows)

    def show_board(
        self, laid: Sequence[Row | Item | Heading], titles: tuple[str, ...], of: str, touched: str = ""
    ) -> None:
        """Shows what is reported back.

        Args:
            laid: Headings and rows, from top to bottom.
            titles: What stands above, which tells what is missing: the first one that fits, or the last.
            of: The question that the board is of: another's begins at its top.
            touched: The row to bring into view, empty to go on seeing what is seen.
        """
        if self._board_of != of:
            self._rows = []  # of the record, or of another board, nothing is looked at any more
            self._view.begin()
        self._filter, self._board, self._board_of = "", titles, of
        self._touched = touched or self._touched
        self._take(laid, touched)

    def _take(self, rows: Sequence[Row | Item | Heading], touched: str = "") -> None:
        """Takes rows in place of others: who looks back, or arrowed to one, goes on seeing it."""
        if not self._view.follows:
            at, line = self._view.top
            now = {_id(each): place for place, each in enumerate(rows)}
            stays = next((each for each in self._rows[at:] if _id(each) in now), None)
            if stays is None:
                self._view.begin()
            else:
                self._view.put(Top(now[_id(stays)], line if stays is self._rows[at] else 0))
        self._rows = rows
        if self._cursor and self.cursor is None:
            self._cursor = ""
        if (there := _place(rows, touched or self._cursor)) is not None:
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
        """Looks back (-1) or on (1) by about what is seen; what is arrowed to goes along."""
        before, now = self._view.top, _place(self._rows, self._cursor)
        self._view.page(by, follows=not self._board)
        seen = [each for each in self._places if each in self._view.seen and Top(each) >= self._view.top]
        if now is not None and self._view.top == before:
            self.edge(by)
        elif now is not None and now not in seen and seen:
            self._point(seen[0 if by > 0 else -1])
        self._again()

    def edge(self, by: int) -> None:
        """Looks at the beginning (-1) or the end (1); arrows to the entry there where one is arrowed to."""
        if self._cursor and self._places:
            self._point(self._places[-1 if by > 0 else 0])
        elif by < 0:
            self._view.begin()
        elif self._board:
            self._view.end()
        else:
            self._view.follow()
        self._again()

    def newest(self) -> None:
        """Shows the newest again; of the board, its beginning."""
        if self._board:
            self._view.begin()
        else:
            self._view.follow()
        self._again()

    def leave(self) -> None:
        """Arrows to no entry any more."""
        self._cursor = ""
        if self._board:
            self._again()
        else:
            self.newest()

    def step(self, by: int) -> None:
        """Arrows to the entry before (-1) or behind (1); from none to the newest, on the board to that touched last."""
        places = self._places
        if not places:
            return
        now = _place(self._rows, self._cursor)
        if now is None:
            touched = _place(self._rows, self._touched) if self._board else places[-1]
            seen = self._view.seen
            at = touched if touched is not None else next((each for each in places if each in seen), places[0])
        elif by > 0 and now >= places[-1]:
            self.post_message(self.Arrowed(None))
            return
        else:
            at = places[max(0, bisect_left(places, now) + by)]
        self._point(at)

    @property
    def _places(self) -> list[int]:
        """Where the entries are, headings left out."""
        return [at for at, each in enumerate(self._rows) if not isinstance(each, Heading)]

    def _point(self, at: int) -> None:
        each = self._rows[at]
        if isinstance(each, Heading):
            return
        self._cursor = self._touched = each.stated.entry.id
        self._bring(at)
        self._again()
        self.post_message(self.Arrowed(each))

    def _bring(self, at: int) -> None:
        """Brings a row into view, with the heading above it and those that end the board, as far as there is room."""
        if all(isinstance(each, Heading) for each in self._rows[at + 1 :]):
            self._view.bring(len(self._rows) - 1)
        if at and isinstance(self._rows[at - 1], Heading):
            self._view.bring(at - 1)
        self._view.bring(at)

    def _scroll(self, by: int) -> None:
        self._view.by(by, follows=not self._board)
        self._again()

    def _again(self) -> None:
        self._strips = None
        self.refresh()

    @property
    def _room(self) -> int:
        return max(1, self.size.height - 1)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        if self._strips is None:
            self._strips = self._draw()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self) -> list[Strip]:
        self._load_styles()
        lines: list[Strip] = []
        if self._rows:
            self._shown = self._view.seen
            for at in self._shown:
                lines += self._drawn(self._rows[at])
            first = self._view.top.line
            lines = lines[first : first + self._room]
        else:
            words = "nothing found · Esc shows everything" if self._filter else "nothing written yet"
            lines = [self._strip(Text(f" {words}", self._styles["meta"]))]
        return [self._strip(Text.assemble(" ", self._title())), *lines]

    def _title(self) -> Text:
        newer, width = self._view.below, self.size.width - 1
        if self._board:
            below = f"▼ {newer} below (End) · " if newer else ""
            told = [drawn_line(f"{below}{each}") for each in self._board]
        else:
            parts = [f"Record · {self._total} {'entry' if self._total == 1 else 'entries'}"]
            parts += [f"only {self._filter}: {len(self._rows)} (Esc: all)"] if self._filter else []
            parts += [f"▼ {newer} newer (End)"] if newer else []
            told = [drawn_line(" · ".join(parts))]
        fits = next((each for each in told if cell_len(each) <= width), told[-1])
        title = Text(fits, self._styles["title"], no_wrap=True)
        title.truncate(width, overflow="ellipsis")
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
        style = self._styles["meta" if self._own().holds(row.stated.source) else "theirs"]
        aligned = width >= _ALIGNED
        head = record_rows.head(row, self.number(row), self._session, style, pointed=pointed, aligned=aligned)
        body = record_rows.body(row, self._meeting, self._styles)
        if aligned:
            hang = head.cell_len
            wrapped = body.wrap(self.app.console, min(_MEASURE, width - hang)) or [Text()]
            pad = Text(" " * hang)
            return [Text.assemble(pad if at else head, line) for at, line in enumerate(wrapped)]
        return self._hung(Text.assemble(head, body), 4)

    def _hung(self, whole: Text, hang: int) -> list[Text]:
        """A text in lines that hang under its first by so many cells."""
        wrapped = whole.wrap(self.app.console, max(12, min(_MEASURE, self.size.width - hang)))
        return [Text.assemble(" " * (hang if at else 0), line) for at, line in enumerate(wrapped)]

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
        if not self._view.follows:
            self._view.put(Top(self._view.top.row))
        there = _place(self._rows, self._cursor or self._touched) if self._board else None
        if there is not None and (self._cursor or there in self._shown):
            self._bring(there)
        self._again()

    def on_mouse_scroll_up(self) -> None:
        """Looks back."""
        self._scroll(-3)

    def on_mouse_scroll_down(self) -> None:
        """Looks on."""
        self._scroll(3)

    def on_click(self, event: events.Click) -> None:
        """Arrows to the entry clicked on."""
        y = event.y - 1 + self._view.top.line
        if event.y < 1:
            return
        for at in self._view.seen:
            y -= len(self._drawn(self._rows[at]))
            if y < 0:
                self._point(at)
                return

    def move(self, key: str) -> bool:
        """Moves where a key says; False for one that moves nowhere."""
        moves: dict[str, Callable[[], None]] = {
            "up": lambda: self.step(-1),
            "down": lambda: self.step(1),
            "home": lambda: self.edge(-1),
            "end": lambda: self.edge(1),
        }
        if key in moves:
            moves[key]()
        return key in moves


def _id(row: Row | Item | Heading) -> str:
    return row.id if isinstance(row, Heading) else row.stated.entry.id


def _place(rows: Sequence[Row | Item | Heading], row_id: str) -> int | None:
    """Where a row stands, None where it does not."""
    return next((at for at, each in enumerate(rows) if _id(each) == row_id), None) if row_id else None
