"""The page with the recommendations: a column a group where there is room, else one below the other, page by page."""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from .clock_page import foot, heading, style
from .paper import (
    BLANK,
    OVER,
    QUIET,
    STRONG,
    TEXT,
    Line,
    Piece,
    across,
    beside,
    cut,
    inner,
    shortened,
    upright,
    with_margins,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .board import Board, Column, Item
    from .scene import Scene

_NARROWEST, _WIDEST, _GAP = 34, 110, 3
"""Cells a column has at least, else the groups stand one below the other; at most; and between two."""
_ABOVE, _BELOW = 4, 3
"""Lines around the recommendations: title, time, question, blank; groups without any, the last one, how fresh it is."""


class Page(NamedTuple):
    """What is seen at once: its lines, and the ids of the items on it."""

    lines: list[Line]
    items: frozenset[str]


def board_page(scene: Scene, board: Board, at: int, width: int, height: int) -> list[Line]:
    """One page in exactly so many lines, none wider.

    Args:
        scene: The session, its time and who has the floor.
        board: The recommendations.
        at: Which page, from 0; one that is not there is the last.
        width: Cells.
        height: Lines.
    """
    found = pages(board, width, height)
    at = min(at, len(found) - 1)
    return with_margins(_page(scene, board, (found, at), inner(width), height), width)


def _page(scene: Scene, board: Board, shown: tuple[list[Page], int], width: int, height: int) -> list[Line]:
    found, at = shown
    page = found[at]
    above = [heading(scene, width), _time(scene, width), (Piece(cut(board.title, width), QUIET),), BLANK]
    number = (Piece(f"page {at + 1} of {len(found)}", STRONG),) if len(found) > 1 else ()
    below = [_silent(board, width), _last(board, page, width), foot(scene, width, number)]
    room = max(0, height - _ABOVE - _BELOW)
    body = page.lines or upright([(Piece(cut("no recommendations yet", width), QUIET),)], room)
    return [*above, *[*body, *([BLANK] * room)][:room], *below][-height:]


@lru_cache(maxsize=4)
def pages(board: Board, width: int, height: int) -> list[Page]:
    """The recommendations in pages, at least one; kept, as they are asked for every second."""
    width, room = inner(width), max(1, height - _ABOVE - _BELOW)
    count = len(board.columns)
    each = min(_WIDEST, (width + _GAP) // count - _GAP) if count else width
    if count < 2 or each < _NARROWEST:  # noqa: PLR2004 - one needs no columns
        return _packed(board.columns, board.last, width, room) or [Page([], frozenset())]
    columns = [_packed([column], board.last, each, room) for column in board.columns]
    found = []
    for row in zip_longest(*columns):
        # A column that has no more pages goes on showing its last.
        found.append(_side_by_side([page or column[-1] for page, column in zip(row, columns, strict=True)], each))
    return found


def _side_by_side(columns: list[Page], each: int) -> Page:
    lines = columns[0].lines
    for at, column in enumerate(columns[1:], 1):
        lines = beside(lines, column.lines, at * (each + _GAP) - _GAP, _GAP)
    return Page(lines, frozenset().union(*(column.items for column in columns)))


def _packed(columns: Iterable[Column], marked: str, width: int, room: int) -> list[Page]:
    """Whole items in pages; a group that goes on is named again."""
    found: list[Page] = []
    lines: list[Line] = []
    items: set[str] = set()
    for column in columns:
        for at, item in enumerate(column.items):
            block = _item(item, width, room, marked=item.id == marked)
            named = _head(column, width) if at == 0 else []
            if lines and len(lines) + len(named) + len(block) > room:
                found.append(Page(lines, frozenset(items)))
                lines, items = [], set()
                named = _head(column, width, "" if at == 0 else " (continued)")
            lines += [*named, *block, BLANK]
            items.add(item.id)
    return [*found, Page(lines, frozenset(items))] if lines else found


def _head(column: Column, width: int, more: str = "") -> list[Line]:
    name = cut(f"{column.name} · {column.many}{more}", width)
    return [(Piece(name, STRONG),), (Piece("─" * width, QUIET),)]


def _item(item: Item, width: int, room: int, *, marked: bool) -> list[Line]:
    """Its label and status, its text below; the one last acted on has a sign."""
    status = f" · {item.status}" if item.status else ""
    head = (Piece("▸ " if marked else "  ", OVER), Piece(item.label, STRONG), Piece(status, OVER if marked else QUIET))
    text = wrapped(item.text, width - 2, max(1, room - 3))
    return [shortened(head, width), *((Piece("  "), Piece(row, TEXT)) for row in text)]


# Around it.


def _time(scene: Scene, width: int) -> Line:
    """Both clocks in a line."""
    time, speaker = scene.time, scene.speaker
    left = [Piece(f"{time.digits} {time.words}", style(time)), Piece(f" · {scene.plan}" if scene.plan else "", QUIET)]
    if scene.past:
        left.append(Piece(f" · {scene.past}", OVER))
    right = (Piece(f"{speaker.name} {speaker.time.digits}", style(speaker.time)),) if speaker else ()
    return across(tuple(left), right, width)


def _silent(board: Board, width: int) -> Line:
    return (Piece(cut(f"nothing yet from {', '.join(board.silent)}", width), QUIET),) if board.silent else BLANK


def _last(board: Board, page: Page, width: int) -> Line:
    """What was last acted on, where the page does not show it."""
    if board.last in page.items:
        return BLANK
    items = (item for column in board.columns for item in column.items if item.id == board.last)
    for item in items:
        parts = " · ".join(filter(None, (item.label, item.status, item.text)))
        return shortened((Piece("▸ ", OVER), Piece(f"last: {parts}", TEXT)), width)
    return BLANK
