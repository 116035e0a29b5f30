"""Which page of the board is seen: one after the other by itself, and the one where something changed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .board import Board
    from .board_page import Page

_SECONDS, _CHANGED = 10.0, 20.0
"""How long a page is seen, and how long one where something changed."""


class Turning:
    """Turns the pages; `now` is any clock's seconds."""

    def __init__(self) -> None:
        self._at = 0
        self._until = float("-inf")
        self._before: Board | None = None

    def page(self, board: Board, pages: list[Page], now: float) -> int:
        """Which of the pages to show."""
        changed = _changed(self._before, board)
        self._before = board
        there = next((at for at, page in enumerate(pages) if changed and changed in page.items), None)
        if there is not None:
            self._at, self._until = there, now + _CHANGED
        elif now >= self._until:
            self._at = 0 if self._until == float("-inf") else self._at + 1
            self._until = now + _SECONDS
        self._at = self._at % len(pages)
        return self._at


def _changed(before: Board | None, board: Board) -> str:
    """The id of an item that is new or stands otherwise than before, the one last acted on first; empty for none."""
    if before is None or before is board:
        return ""
    known = {item.id: item for column in before.columns for item in column.items}
    changed = [item.id for column in board.columns for item in column.items if known.get(item.id) != item]
    return board.last if board.last in changed else next(iter(changed), "")
