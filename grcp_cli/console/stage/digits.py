"""A time in digits that fill a box of whole cells, to be read from the back of a room."""

from __future__ import annotations

from functools import cache

BLOCK = "█"

_GLYPHS = {
    "0": ("###", "#.#", "#.#", "#.#", "###"),
    "1": ("##.", ".#.", ".#.", ".#.", "###"),
    "2": ("###", "..#", "###", "#..", "###"),
    "3": ("###", "..#", "###", "..#", "###"),
    "4": ("#.#", "#.#", "###", "..#", "..#"),
    "5": ("###", "#..", "###", "..#", "###"),
    "6": ("###", "#..", "###", "#.#", "###"),
    "7": ("###", "..#", "..#", "..#", "..#"),
    "8": ("###", "#.#", "###", "#.#", "###"),
    "9": ("###", "#.#", "###", "..#", "###"),
    ":": (".", "#", ".", "#", "."),
    "+": ("...", ".#.", "###", ".#.", "..."),
}
"""Each drawn on a grid whose outer lines are strokes; what lies between them stretches to the size wanted."""

_LOWEST, _NARROWEST = 5, 3
"""Rows and columns below which digits cannot be told apart."""
_WIDEST, _TALLEST = 2.2, 0.7
"""Columns a digit may have for each of its rows, at most and at least: a cell is twice as high as wide."""


def big(text: str, width: int, height: int) -> list[str]:
    """A time such as `1:42:15` or `+3:10` as large as it fits.

    Args:
        text: Digits, colons and a plus.
        width: Cells there are.
        height: Rows there are.

    Returns:
        Rows of equal length, none where there is no room for digits that can be told apart.
    """
    size = _fitting(sum(each.isdigit() for each in text), text.count(":"), text.count("+"), width, height)
    if size is None:
        return []
    gap = " " * _gap(_strokes(*size)[0])
    return [gap.join(parts) for parts in zip(*(_glyph(each, *size) for each in text), strict=True)]


@cache
def _fitting(digits: int, colons: int, pluses: int, width: int, height: int) -> tuple[int, int] | None:
    """Columns and rows of the largest digits that fit."""
    for wide in range(min(width, int(height * _WIDEST)), _NARROWEST - 1, -1):
        high = min(height, max(_LOWEST, int(wide / _TALLEST)))
        across, _ = _strokes(wide, high)
        cells = digits * wide + (colons + 3 * pluses) * across + (digits + colons + pluses - 1) * _gap(across)
        if high >= _LOWEST and cells <= width:
            return wide, high
    return None


def _gap(across: int) -> int:
    return max(1, across * 2 // 3)


def _strokes(wide: int, high: int) -> tuple[int, int]:
    """How many columns an upright stroke takes and how many rows a level one, about equally thick."""
    down = max(1, high // 6)
    return max(1, min((wide + 1) // 4, 2 * down + 1)), down


@cache
def _glyph(each: str, wide: int, high: int) -> list[str]:
    """The rows of one digit."""
    across, down = _strokes(wide, high)
    side = wide - across
    columns = {":": (across,), "+": (across,) * 3, "1": (side // 2, across, side - side // 2)}
    upper = (high - 3 * down) // 2
    rows = (down, upper, down, high - 3 * down - upper, down) if each != ":" else _dots(across, high)
    drawn = []
    for line, times in zip(_GLYPHS[each], rows, strict=True):
        widths = columns.get(each, (across, wide - 2 * across, across))
        cells = "".join((BLOCK if dot == "#" else " ") * count for dot, count in zip(line, widths, strict=True))
        drawn += [cells] * times
    return drawn


def _dots(across: int, high: int) -> tuple[int, ...]:
    """The rows of a colon: two square dots, and about as much above, between and below."""
    dot = max(1, (across + 1) // 2)
    outer = (high - 2 * dot) // 3
    return outer, dot, high - 2 * (outer + dot), dot, outer
