"""A workbook: what is asked of lists – filtered, sorted, counted – on sheets with frozen heads; every text stays text.

The first sheet says what the workbook is; what it is stamped with stands at the head of every printed page, too.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from .entries import entries
from .script import RTL, direction
from .sheets import named, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.format import Format  # type: ignore[import-untyped] # it has no types
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped] # it has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # it has no types

    from .document import Document
    from .kit import Kit
    from .sheets import Grid, Sheet

MOST = 32_767
"""What a cell holds at most, in units of UTF-16; Excel asks to repair a workbook with more."""

_WIDEST, _WIDE, _NARROWEST, _FLAT = 56, 18, 8, 11
"""Widths of columns in characters: of texts, of anything shorter, of any, of ids."""

_NARROW = 1.15
"""How many letters fit where there is room for one figure, by which widths are counted; with some to spare."""

_LINE, _HIGHEST = 15, 408
"""Heights of rows in points; a row is given its own, as not every program finds it from the texts."""

_A4 = 9
_RIGHT_TO_LEFT = 2

_PROPERTY = 255
"""How long a property of the workbook may be."""

_TITLE, _STAMP = 150, 90
"""How long they may be at the head of a printed page, where all together may have 255 characters."""

_OTHER = re.compile("[\u0590-\u08ff\ufb1d-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""A sign that a text may run from right to left: all others need no closer look."""


class _Looks(NamedTuple):
    """The formats of cells."""

    title: Format
    stamp: Format
    head: Format
    head_figure: Format
    row: Format
    text: Format
    turned: Format
    figure: Format
    flat: Format


def write(document: Document, kit: Kit) -> bytes:  # noqa: ARG001 - every format is called alike
    """The report as a workbook.

    Args:
        document: What stands in it.
        kit: Not needed.
    """
    import xlsxwriter  # type: ignore[import-untyped] # it has no types

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    told = {"title": document.title[:_PROPERTY], "comments": document.stamp[:_PROPERTY]}
    book.set_properties({**told, "created": _created(document)})
    hand = _Hand(document, _looks(book))
    made = sheets(document)
    names = {each.name.casefold() for each in made}
    hand.cover(book.add_worksheet(named(document.terms["sheet-report"], names)), made)
    for each in made:
        hand.fill(book.add_worksheet(each.name), each)
    book.close()
    return out.getvalue()


def notices(document: Document, kit: Kit) -> list[str]:  # noqa: ARG001 - every format is called alike
    """Which texts the workbook holds in part only."""
    long = [each.label or each.id for each in entries(document) if not _fits(each.text)]
    return [f"{each}: longer than the {MOST} characters that a cell of a workbook holds, cut there" for each in long]


def _fits(text: str) -> bool:
    return len(text) <= MOST // 2 or len(text.encode("utf-16-le")) <= MOST * 2


def _created(document: Document) -> datetime:
    """When the latest of what is in it was written, in UTC: the same on any day."""
    at = datetime.fromisoformat(document.as_of) if document.as_of else datetime(1980, 1, 1, tzinfo=UTC)
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _looks(book: Workbook) -> _Looks:
    top = {"valign": "top", "text_wrap": True}
    line = {"bottom": 1, "bottom_color": "#CCCCCC"}
    head = {"bold": True, "bg_color": "#DCE6F1", "bottom": 2, "bottom_color": "#004C8C", **top}
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 16, **top}),
        stamp=book.add_format({"bold": True, "font_color": "#A8330A", "border": 1, "border_color": "#A8330A", **top}),
        head=book.add_format(head),
        head_figure=book.add_format({**head, "align": "right"}),
        row=book.add_format(line),
        text=book.add_format({**top, **line}),
        turned=book.add_format({**top, **line, "reading_order": _RIGHT_TO_LEFT, "align": "right"}),
        figure=book.add_format({**top, **line, "align": "right"}),
        flat=book.add_format({**line, "valign": "top", "font_color": "#555555"}),
    )


class _Hand:
    """Writes the sheets."""

    def __init__(self, document: Document, looks: _Looks) -> None:
        self.document = document
        self.looks = looks
        self.cut = document.terms["cut"]

    def cover(self, sheet: Worksheet, made: list[Sheet]) -> None:
        """What the workbook is: stamp, masthead, the sheets with how many rows each has, and how it was made."""
        widths = (20, 80)
        sheet.set_column(0, 0, widths[0])
        sheet.set_column(1, 1, widths[1])
        row = 0
        for text, look in self._top():
            self.put(sheet, row, 1, text, look)
            sheet.set_row(row, _height(("", text), (1, 48)) * 1.5)
            row += 1
        row += 1
        for field in self.document.masthead:
            self.put(sheet, row, 0, field.name, self.looks.flat)
            self.put(sheet, row, 1, field.text)
            sheet.set_row(row, _height(field, widths))
            row += 1
        row += 1
        for each in made:
            sheet.write_number(row, 0, len(each.grids[0].rows), self.looks.figure)
            quoted = each.name.replace("'", "''")
            sheet.write_url(row, 1, f"internal:'{quoted}'!A1", string=each.name)
            row += 1
        for position, line in enumerate(self.document.colophon, row + 1):
            self.put(sheet, position, 1, line)
            sheet.set_row(position, _height(("", line), widths))
        self.print_well(sheet)

    def _top(self) -> Iterator[tuple[str, Format | None]]:
        if self.document.stamp:
            yield self.document.stamp, self.looks.stamp
        yield self.document.title, self.looks.title
        if self.document.subtitle:
            yield self.document.subtitle, None

    def fill(self, sheet: Worksheet, made: Sheet) -> None:
        """One sheet: its first grid can be filtered, and its head stays when one scrolls."""
        first = made.grids[0]
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(first.rows), 1), len(first.head) - 1)
        columns = range(max(len(grid.head) for grid in made.grids))
        widths = [max(_width(grid, column) for grid in made.grids) for column in columns]
        for column in columns:
            sheet.set_column(column, column, widths[column])
        row = 0
        for position, grid in enumerate(made.grids):
            if position:
                self.put(sheet, row + 1, 0, grid.caption, self.looks.flat)
                row += 2
            for column, title in enumerate(grid.head):
                look = self.looks.head_figure if column in grid.numeric else self.looks.head
                self.put(sheet, row, column, title or " ", look)
            sheet.set_row(row, _height(grid.head, [width - 3 for width in widths]))
            self._rows(sheet, row + 1, grid, widths)
            row += 1 + len(grid.rows)
        sheet.repeat_rows(0)
        printed = len(columns) - len(first.flat)  # ids are for machines
        sheet.print_area(0, 0, row - 1, printed - 1)
        self.print_well(sheet)

    def _rows(self, sheet: Worksheet, first: int, grid: Grid, widths: Sequence[int]) -> None:
        numeric, flat = frozenset(grid.numeric), frozenset(grid.flat)
        broken = [0 if column in flat else width for column, width in enumerate(widths)]
        for row, cells in enumerate(grid.rows, first):
            sheet.set_row(row, _height(cells, broken), self.looks.row)
            for column, cell in enumerate(cells):
                if not cell:
                    continue
                if column not in numeric:
                    self.put(sheet, row, column, cell, self.looks.flat if column in flat else None)
                elif cell.isascii() and cell.isdecimal():
                    sheet.write_number(row, column, int(cell), self.looks.figure)
                else:
                    self.put(sheet, row, column, cell, self.looks.figure)

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: Format | None = None) -> None:
        """Writes a text as it is, whatever it begins with."""
        look = look or (self.looks.turned if _OTHER.search(text) and direction(text) == RTL else self.looks.text)
        text = self._fitting(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes this for the inside of a cell with several fonts and copies it unescaped: make it one.
            sheet.write_rich_string(row, column, text[:1], look, text[1:], look)
        else:
            sheet.write_string(row, column, text, look)

    def _fitting(self, text: str) -> str:
        """A text that a cell can hold; one that is too long is cut, and says so."""
        if _fits(text):
            return text
        room = (MOST - len(self.cut)) * 2
        return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + self.cut

    def print_well(self, sheet: Worksheet) -> None:
        """As wide as the page, with stamp and page number on every one."""
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{_code(self.document.title, _TITLE)}&R{_code(self.document.stamp, _STAMP)}")
        page = _code(self.document.terms["page"], _STAMP).replace("{number}", "&P").replace("{total}", "&N")
        sheet.set_footer(f"&L{_code(self.document.subtitle, _TITLE)}&R{page}")


def _width(grid: Grid, column: int) -> int:
    """How wide a column is, in characters."""
    if column in grid.flat:
        return _FLAT
    cells = [row[column] for row in grid.rows if column < len(row)]
    longest = max((_long(line) for cell in cells for line in cell.split("\n")), default=0)
    texts = longest > _WIDEST and sum(map(len, cells)) > _WIDE * len(cells)
    title = max(map(len, grid.head[column].split()), default=0) if column < len(grid.head) else 0
    return max(_NARROWEST, title + 4, min(longest + 2, _WIDEST if texts else _WIDE))


def _height(cells: Iterable[str], widths: Sequence[int]) -> int:
    """How high a row is in points, by the lines that its texts fill; a width of 0 is a text that is never broken."""
    lines = 1
    for cell, width in zip(cells, widths, strict=False):
        if len(cell) * 2 > width > 0:
            lines = max(lines, sum(max(1, ceil(_long(line) / width / _NARROW)) for line in cell.split("\n")))
    return min(lines * _LINE, _HIGHEST)


def _long(text: str) -> int:
    """How long a text is in letters of about the usual width; Chinese ones are twice as wide."""
    return len(text) if text.isascii() else len(text) + sum(char > "\u2e7f" for char in text)


def _code(text: str, most: int) -> str:
    """A text at the head or foot of a page, where `&` begins a command, `&G` a picture."""
    shown, rest = "", most - 1
    for char in re.sub(r"&(?=G|\[)", "& ", " ".join(text.split())):
        part = "&&" if char == "&" else char
        rest -= len(part.encode("utf-16-le")) // 2
        if rest < 0:
            return f"{shown}…"
        shown += part
    return shown
