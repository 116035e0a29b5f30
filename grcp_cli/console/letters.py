"""Words in big capitals, for what a whole room shall read.

Latin and Cyrillic letters with their marks have big ones here; any other script is left to the terminal's own.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from .font import NONE, WIDE, font

_LIKE = str.maketrans("АВЕКМНОРСТХІЈЅ’‘´‚–—−“”„", "ABEKMHOPCTXIJS''',---\"\"\"")
"""Letters and signs that look like others."""
_SEVERAL = {"Œ": "OE", "Æ": "AE", "…": "..."}

_ABOVE = {
    "\u0300": (" #   ", "  #  "),
    "\u0301": ("   # ", "  #  "),
    "\u0302": ("  #  ", " # # "),
    "\u0303": (" ## #", "#  ##"),
    "\u0304": ("     ", " ### "),
    "\u0306": (" # # ", "  #  "),
    "\u0307": ("     ", "  #  "),
    "\u0308": ("     ", " # # "),
    "\u030a": ("  #  ", " # # "),
    "\u030b": (" # ##", "#  # "),
    "\u030c": (" # # ", "  #  "),
}
_BELOW = {"\u0326": "  #  ", "\u0327": "  ## ", "\u0328": "   ##"}


class _Size(NamedTuple):
    """Half columns and half rows that one dot takes; a cell is twice as high as wide, so 2 and 1 make a square."""

    across: int
    down: int

    def lines(self, rows: int) -> int:
        """Lines of the terminal that so many rows of dots take."""
        return -(-rows * self.down // 2)


_SIZES = sorted(
    {_Size(max(1, down * slim // 2), down) for down in range(1, 13) for slim in (4, 3, 2)},
    key=lambda size: (-size.across * size.down, -size.down),
)
"""Square dots and slimmer ones, the largest first."""


def spelled(text: str, width: int, height: int) -> list[str]:
    """A text in capitals as large as it fits, wrapped between words.

    Args:
        text: Words.
        width: Cells there are.
        height: Rows there are.

    Returns:
        Rows of cells, each line's own equally long; none where a letter is missing here or there is no room even for
        the smallest.
    """
    words = ["".join(_SEVERAL.get(each, each) for each in word.upper()) for word in text.split()]
    letters = [_letters(word) for word in words]
    if not all(letters):
        return []
    for size in _SIZES:
        lines = _wrapped(letters, (2 * width + size.across) // ((WIDE + 1) * size.across))
        blank = max(1, size.down // 2)
        if lines and sum(size.lines(_high(line)) + blank for line in lines) - blank <= height:
            rows = [row for line in lines for row in (*_drawn(line, size), *([""] * blank))]
            return rows[:-blank]
    return []


class _Letter(NamedTuple):
    """The dots of one letter, and of its marks."""

    rows: tuple[str, ...]
    above: tuple[str, ...]
    below: str


def _letters(word: str) -> list[_Letter]:
    """The letters of a word, none where one is missing."""
    found: list[_Letter] = []
    for each in unicodedata.normalize("NFD", word).translate(_LIKE):
        if each in font():
            found.append(_Letter(font()[each], (), ""))
        elif found and each in _ABOVE:
            found[-1] = found[-1]._replace(above=_ABOVE[each])
        elif found and each in _BELOW:
            found[-1] = found[-1]._replace(below=_BELOW[each])
        else:
            return []
    return found


def _wrapped(words: list[list[_Letter]], room: int) -> list[list[_Letter]]:
    """Lines of at most so many letters, none where a word is longer."""
    lines: list[list[_Letter]] = []
    for word in words:
        if len(word) > room:
            return []
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] = [*lines[-1], _Letter(font()[" "], (), ""), *word]
        else:
            lines.append(word)
    return lines


def _high(line: list[_Letter]) -> int:
    """Rows of dots that a line of letters takes."""
    return len(_dots(line))


def _dots(line: list[_Letter]) -> list[str]:
    """The rows of dots of a line of letters."""
    dots = [" ".join(parts) for parts in zip(*(each.rows for each in line), strict=True)]
    if any(each.above for each in line):
        marks = zip(*(each.above or (NONE, NONE) for each in line), strict=True)
        dots = [*(" ".join(parts) for parts in marks), " " * len(dots[0]), *dots]
    if any(each.below for each in line):
        dots.append(" ".join(each.below or NONE for each in line))
    return dots


def _drawn(line: list[_Letter], size: _Size) -> list[str]:
    """A line of letters in cells, each of four quarters."""
    quarters = ["".join(dot * size.across for dot in row) for row in _dots(line) for _ in range(size.down)]
    quarters = [f"{row} " if len(row) % 2 else row for row in quarters]
    if len(quarters) % 2:
        quarters.append(" " * len(quarters[0]))
    return [
        "".join(_QUARTERS[upper[at : at + 2] + lower[at : at + 2]] for at in range(0, len(upper), 2))
        for upper, lower in zip(quarters[::2], quarters[1::2], strict=True)
    ]


_SHAPES = " ▗▖▄▝▐▞▟▘▚▌▙▀▜▛█"
_QUARTERS = {f"{at:04b}".replace("0", " ").replace("1", "#"): shape for at, shape in enumerate(_SHAPES)}
"""What a cell looks like by its quarters: upper left, upper right, lower left, lower right."""
