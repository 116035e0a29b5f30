"""Lines of a page: pieces of text, each with the name of its style, fitted to a width in cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT, STRONG, QUIET, TIME, STILL, OVER, BADGE = "text", "strong", "quiet", "time", "still", "over", "badge"
DARK = "dark"
"""What looks different; each style is also told apart by a sign, a word or its place."""

_PAPER = Console(width=200)
"""Only for its rules of wrapping."""
_PER_CELL = 4
"""Letters of a text that are looked at for each cell there is: one may have a million."""


class Piece(NamedTuple):
    """Some text in one style."""

    text: str
    style: str = TEXT


Line = tuple[Piece, ...]
BLANK: Line = ()


_MARGIN, _MARGINS_FROM = 1, 40
"""Cells left and right, and from which width on: what touches the frame is hard to read."""


def inner(width: int) -> int:
    """The width between the margins."""
    return width - 2 * _MARGIN if width >= _MARGINS_FROM else width


def with_margins(lines: list[Line], width: int) -> list[Line]:
    """Lines of the inner width, set in."""
    return [(Piece(" " * _MARGIN), *line) if line and width >= _MARGINS_FROM else line for line in lines]


def cells(line: Line) -> int:
    """How wide a line is."""
    return sum(cell_len(piece.text) for piece in line)


def cut(text: str, width: int) -> str:
    """A text that is no wider, with an ellipsis where something is missing."""
    within = text[: width * _PER_CELL]
    if len(within) == len(text) and cell_len(text) <= width:
        return text
    return set_cell_size(within, width - 1).rstrip() + "…" if width > 0 else ""


def wrapped(text: str, width: int, most: int) -> list[str]:
    """A text in at most so many lines, with an ellipsis where something is missing."""
    if width < 1 or most < 1 or not text:
        return []
    return list(_wrapped(text[: width * most * _PER_CELL], width, most))


@lru_cache(maxsize=256)
def _wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Kept, as a page is drawn every second and seldom says anything new."""
    lines = [each.plain.rstrip() for each in Text(text).wrap(_PAPER, width)]
    if len(lines) > most:
        lines[most - 1 :] = [cut(f"{lines[most - 1]} {lines[most]}", width)]
    return tuple(cut(each, width) for each in lines)


def across(left: Line, right: Line, width: int) -> Line:
    """What stands left and right on one line; the left gives way."""
    room = width - cells(right) - 1
    if room < 0:
        return shortened(right, width)
    left = shortened(left, room)
    return (*left, Piece(" " * (width - cells(left) - cells(right))), *right)


def shortened(line: Line, width: int) -> Line:
    """A line that is no wider."""
    found: list[Piece] = []
    for text, style in line:
        room = width - cells(tuple(found))
        if room <= 0:
            break
        found.append(Piece(cut(text, room), style))
    return tuple(found)


def centred(rows: Iterable[str], width: int, style: str) -> list[Line]:
    """Rows in the middle, each on its own."""
    return [_indented(cut(row, width), width, style) for row in rows]


def _indented(row: str, width: int, style: str) -> Line:
    left = (width - cell_len(row)) // 2
    return (Piece(" " * left), Piece(row, style))


def upright(lines: list[Line], height: int) -> list[Line]:
    """Lines in the middle of so many, cut where there are more."""
    above = max(0, (height - len(lines)) // 2)
    return [*([BLANK] * above), *lines, *([BLANK] * height)][:height]


def beside(left: list[Line], right: list[Line], width: int, gap: int) -> list[Line]:
    """Two blocks next to each other, the left one so wide; as many lines as the longer one has."""
    found = []
    for at in range(max(len(left), len(right))):
        one = shortened(left[at], width) if at < len(left) else BLANK
        other = right[at] if at < len(right) else BLANK
        pad = (Piece(" " * (width - cells(one) + gap)),) if other else ()
        found.append((*one, *pad, *other))
    return found
