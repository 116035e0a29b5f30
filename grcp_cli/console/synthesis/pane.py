"""Rows to arrow through: only what is seen is ever drawn, so two thousand cost what twenty do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from .rows import COMMON, MEMBER, PART, PROPOSAL, REMARK, SECTIONS

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from .rows import Row

_MEASURE = 110
"""Cells beyond which a line of text is hard to read."""
_DEPTH = {REMARK: 0, PROPOSAL: 1, COMMON: 1, MEMBER: 4, PART: 4}
_CACHED = 600


class Pane(Widget, can_focus=True):
    """Rows under a title; one of them is pointed at while the pane has the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"pane--{name}" for name in ("title", "focused", "head", "text", "note", "remark", "marked", "cursor")
    }
    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; padding: 0 1 0 0; }
    Pane > .pane--title { color: $quiet; text-style: bold; }
    Pane > .pane--focused { color: $primary; text-style: bold underline; }
    Pane > .pane--head { color: $primary; text-style: bold; }
    Pane > .pane--text { color: $foreground; }
    Pane > .pane--note { color: $quiet; }
    Pane > .pane--remark { color: $quiet; text-style: bold; }
    Pane > .pane--marked { color: $accent; text-style: bold; }
    Pane > .pane--cursor { background: $cursor-row; }
    """

    class Pointed(Message):
        """Another row is pointed at."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._title = title
        self._rows: list[Row] = []
        self._at = -1
        self._first = 0
        self._cache: dict[tuple[int, bool], list[Strip]] = {}
        self._styles: dict[str, Style] = {}

    def show(self, rows: list[Row], title: str = "") -> None:
        """Shows these rows; who pointed at one goes on pointing at it, or at what came into its place.

        That is under the same heading, or the heading: a key means another thing under another.
        """
        before = self._rows[self._at] if 0 <= self._at < len(self._rows) else None
        self._title = title
        self._rows = rows
        self._cache = {}
        keys = [each.key for each in rows]
        if before is not None and before.key in keys:
            self._at = keys.index(before.key)
        else:
            self._at = self._near(max(0, min(self._at, len(rows) - 1)), SECTIONS.get(before.kind, "") if before else "")
        self._again()

    @property
    def row(self) -> Row | None:
        """The row pointed at, None for none."""
        found = self._rows[self._at] if 0 <= self._at < len(self._rows) else None
        return found if found and found.kind != REMARK else None

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self._rows

    def point(self, key: str) -> bool:
        """Points at a row; False where there is none such."""
        for at, each in enumerate(self._rows):
            if each.key == key:
                self._to(at)
                return True
        return False

    def step(self, by: int) -> None:
        """Points at the row so many further on, or as far as there are any."""
        at, steps = self._at, abs(by)
        places = range(self._at + 1, len(self._rows)) if by > 0 else range(self._at - 1, -1, -1)
        for place in places:
            if steps == 0:
                break
            if self._rows[place].kind != REMARK:
                at, steps = place, steps - 1
        if at == self._at and by < 0:
            self._first = 0  # what stands above the first row that can be pointed at
        self._to(at)

    def _to(self, at: int) -> None:
        self._at = at
        self._again()
        self.post_message(self.Pointed())

    def _near(self, at: int, section: str) -> int:
        """The nearest row that can be pointed at, under a heading where one is named, else that; -1 for none."""
        places = sorted(range(len(self._rows)), key=lambda place: (abs(place - at), place))
        for place in places:
            kind = self._rows[place].kind
            if kind != REMARK and SECTIONS.get(kind, "") == (section or SECTIONS.get(kind, "")):
                return place
        return next((place for place in places if section and self._rows[place].key == section), -1)

    def restyled(self) -> None:
        """Draws all anew, after a change of colours."""
        self._cache.clear()
        self._styles.clear()
        self.refresh()

    def _again(self) -> None:
        self._cache = {} if len(self._cache) > _CACHED else self._cache
        self.refresh()

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        self._load_styles()
        if y == 0:
            style = self._styles["focused" if self.has_focus else "title"]
            title = Text(f" {self._title}", style, no_wrap=True)
            title.truncate(max(1, self.size.width), overflow="ellipsis")
            return self._strip(title)
        if y == 1:
            self._scroll()
        seen = 0
        for at in range(self._first, len(self._rows)):
            drawn = self._drawn(at)
            if y - 1 < seen + len(drawn):
                return drawn[y - 1 - seen]
            seen += len(drawn)
        return Strip.blank(self.size.width, self.rich_style)

    def _scroll(self) -> None:
        """Lets the row pointed at be seen: at the bottom where it lies below, at the top where it lies above."""
        room = max(1, self.size.height - 1)
        self._first = min(self._first, max(0, len(self._rows) - 1))
        if self._at < 0:
            self._first = 0
        elif self._at < self._first:
            self._first = self._at
            while self._first and self._rows[self._first - 1].kind == REMARK:
                self._first -= 1
        else:
            first, room = self._at, room - len(self._drawn(self._at))
            while first > self._first and (room := room - len(self._drawn(first - 1))) >= 0:
                first -= 1
            self._first = first

    def _drawn(self, at: int) -> list[Strip]:
        row, pointed = self._rows[at], at == self._at and self.has_focus
        key = at, pointed
        if key not in self._cache:
            self._cache[key] = [self._strip(line, pointed=pointed) for line in self._lines(row, pointed=pointed)]
        return self._cache[key]

    def _lines(self, row: Row, *, pointed: bool) -> list[Text]:
        styles, depth = self._styles, _DEPTH.get(row.kind, 1)
        sign = "▸" if pointed else " "
        mark = "● " if row.marked else ""
        whole = Text()
        if mark:
            whole.append(mark, styles["marked"])
        whole.append(row.head, styles["remark" if row.kind == REMARK else "head"])
        if row.text:
            whole.append(f" {row.text}", styles["text"])
        if row.note:
            whole.append(" · " if row.head or row.text else "", styles["note"])
            whole.append(row.note, styles["note"])
        width = max(8, min(_MEASURE, self.size.width - 1) - depth - 2)
        wrapped = [*(whole.wrap(self.app.console, width) or [Text()])]
        wrapped += [Text(line, styles["note"]) for line in _packed(row.signs, width)]
        first = f"{' ' * (depth - 1)}{sign} " if depth else sign
        behind = " " * (len(first) + 2)
        return [Text.assemble(behind if at else first, line) for at, line in enumerate(wrapped)]

    def _load_styles(self) -> None:
        if not self._styles:
            self._styles = {name[6:]: self.get_component_rich_style(name) for name in self.COMPONENT_CLASSES}

    def _strip(self, line: Text, *, pointed: bool = False) -> Strip:
        under = self.rich_style
        if pointed:
            under += self._styles["cursor"]
            line.stylize(self._styles["cursor"])
        strip = Strip(line.render(self.app.console), line.cell_len)
        return strip.adjust_cell_length(self.size.width, under).apply_style(under)

    # Hands.

    def on_resize(self) -> None:
        """Wraps anew."""
        self._cache.clear()
        self.refresh()

    def on_focus(self) -> None:
        """Shows which row is pointed at."""
        self._again()
        self.post_message(self.Pointed())

    def on_blur(self) -> None:
        """Points at none."""
        self._again()

    def on_mouse_scroll_up(self) -> None:
        """Looks back."""
        self.step(-1)

    def on_mouse_scroll_down(self) -> None:
        """Looks on."""
        self.step(1)

    def on_click(self, event: events.Click) -> None:
        """Points at the row clicked on."""
        seen = 1
        for at in range(self._first, len(self._rows)):
            seen += len(self._drawn(at))
            if event.y < seen:
                if event.y and self._rows[at].kind != REMARK:
                    self._to(at)
                return

    def move(self, key: str) -> bool:
        """Moves where a key says; False for one that moves nowhere."""
        page = max(1, (self.size.height - 2) // 2)
        steps = {
            "up": -1,
            "down": 1,
            "pageup": -page,
            "pagedown": page,
            "home": -len(self._rows),
            "end": len(self._rows),
        }
        if key in steps:
            self.step(steps[key])
        return key in steps


def _packed(pieces: tuple[str, ...], width: int) -> list[str]:
    """Pieces in lines of so many cells, none of them broken."""
    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}   {piece}" if lines else piece
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines
