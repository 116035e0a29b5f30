"""Charts as plain SVG 1.1: bars from the left, each value in words beside its bar; for the page and for print alike.

A row's label stands above its bars, so that a long one has the whole width and a phone can still show it. The
series differ in colour (told apart by the colour-blind) and in stripes (told apart in grey). No `direction`
attribute: not every renderer knows it, so a text from right to left is isolated by Unicode's own characters.
"""

from __future__ import annotations

import unicodedata
from math import isfinite
from typing import TYPE_CHECKING

from .document import Chart, Table
from .script import RTL, direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .document import Bar, Block

WIDTH = 480.0
_SIZE = 14.0
"""Of letters. At the width of a phone that is still about 10 pixels."""
_LINE = 18.0
_THICK = 14.0
_BETWEEN = 12.0
_MOST_WORDS = 0.45
"""The share of the width that values in words may take."""
_LINES = 2

_LOOKS = (
    *(("#0072B2", ""), ("#D55E00", "2 5"), ("#008F68", "5 2"), ("#767676", "2 2")),
    *(("#9467BD", ""), ("#A6761D", "2 5"), ("#D6287C", "5 2"), ("#0072B2", "2 2")),
)
"""Colour, and where the white stripes are, as lengths of stripe and gap; then from the beginning again."""

_TOLD_APART = 2
"""How many series a legend can explain; of more, each bar says which it is, and what is nothing is left out."""

_RLI, _PDI = "\u2067", "\u2069"


def captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks for a format that draws: a table right below a chart of the same title does not repeat that."""
    above = ""
    for block in blocks:
        yield block._replace(caption="") if isinstance(block, Table) and block.caption == above else block
        above = block.title if isinstance(block, Chart) else ""


def svg(chart: Chart) -> str:
    """A chart as one `<svg>` element.

    Args:
        chart: What it shows; a value that is negative or no number is drawn as nothing.
    """
    shapes: list[str] = []
    top = _legend(shapes, chart.series) if 1 < len(chart.series) <= _TOLD_APART else 0.0
    rows = [(bar.label, _told(bar, chart.series)) for bar in chart.bars]
    words = max((_width(word) for _, told in rows for _, _, word in told), default=0.0)
    room = WIDTH - min(words, WIDTH * _MOST_WORDS) - 10
    longest = max((value for _, told in rows for _, value, _ in told), default=0.0)
    scale = room / longest if longest else 0.0
    for label, told in rows:
        top = _row(shapes, label, [(look, value * scale, word) for look, value, word in told], top) + _BETWEEN
    height = _figure(max(top - _BETWEEN, 1.0))
    wide, title = _figure(WIDTH), _one(chart.title)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{wide}" height="{height}" '
        f'viewBox="0 0 {wide} {height}" role="img" aria-label="{_escaped(title)}" '
        f'font-family="sans-serif" font-size="{_figure(_SIZE)}">'
    )
    return "".join([head, f"<title>{_escaped(title)}</title>", *shapes, "</svg>"])


def _told(bar: Bar, series: Sequence[str]) -> list[tuple[int, float, str]]:
    """What is drawn of a row: look, value and words, one a series."""
    told = [
        (look, _drawable(value), word) for look, (value, word) in enumerate(zip(bar.values, bar.words, strict=False))
    ]
    if len(series) <= _TOLD_APART:
        return told
    said = [(look, value, f"{word} · {name}") for (look, value, word), name in zip(told, series, strict=False) if value]
    return said or told[:1]


def _legend(shapes: list[str], series: Iterable[str]) -> float:
    """Which look is which series; the height it took."""
    left, top = 0.0, 0.0
    for look, name in enumerate(series):
        shown = _cut(name, WIDTH - 22)
        wide = 22 + _width(shown)
        if left and left + wide > WIDTH:
            left, top = 0.0, top + _LINE
        shapes.append(_bar(look, left, top + 2, _THICK))
        shapes.append(_text(shown, left + 20, top + 14))
        left += wide + 20
    return top + _LINE + _BETWEEN


def _row(shapes: list[str], label: str, told: Iterable[tuple[int, float, str]], top: float) -> float:
    """The bars of a row under its label, each a look, a length and words; where the row ends."""
    for line in _lines(label):
        shapes.append(_text(line, 0, top + 14, bold=True))
        top += _LINE
    begin = top + 1
    for look, long, word in told:
        if long:
            shapes.append(_bar(look, 0, top + 2, long))
        shapes.append(_text(_cut(word, WIDTH - long - 7), long + 7, top + 14))
        top += _LINE
    shapes.append(f'<path d="M0.5 {_figure(begin)}V{_figure(top)}" stroke="#767676" stroke-width="1"/>')
    return top


def _bar(look: int, left: float, top: float, long: float) -> str:
    colour, stripes = _LOOKS[look % len(_LOOKS)]
    x, y, wide, high = _figure(left), _figure(top), _figure(long), _figure(_THICK)
    bar = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{colour}"/>'
    if not stripes:
        return bar
    # Stripes across the bar: one thick, dashed line along it, which needs no pattern and so no id.
    middle = _figure(top + _THICK / 2)
    dashes = f'stroke="#fff" stroke-width="{high}" stroke-dasharray="{stripes}" stroke-dashoffset="-5"'
    return f'{bar}<path d="M{x} {middle}h{wide}" {dashes}/>'


def _text(text: str, left: float, base: float, *, bold: bool = False) -> str:
    shown = _escaped(f"{_RLI}{text}{_PDI}" if direction(text) == RTL else text)
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{_figure(left)}" y="{_figure(base)}" fill="currentColor"{weight}>{shown}</text>'


def _lines(label: str) -> list[str]:
    """A label in as many lines as there may be, the last one cut where that is not enough."""
    room = WIDTH / 1.08  # bold letters are wider
    lines: list[str] = []
    rest = _one(label)
    while rest and len(lines) < _LINES - 1:
        line = _first(rest, room)
        lines.append(line)
        rest = rest[len(line) :].strip()
    return [*lines, _cut(rest, room)] if rest else lines


def _first(text: str, room: float) -> str:
    """What of a text fits into one line, broken between words where it has some."""
    fits = _fitting(text, room)
    if fits == len(text):
        return text
    space = text.rfind(" ", 0, fits + 1)
    return text[:space] if space > 0 else text[:fits]


def _cut(text: str, room: float) -> str:
    one = _one(text)
    if _fitting(one, room) == len(one):
        return one
    return f"{one[: _fitting(one, room - _SIZE)].rstrip()}…"


def _fitting(text: str, room: float) -> int:
    """How many characters of a text fit, at least one; what joins the character before stays with it."""
    wide = 0.0
    for position, advance in enumerate(_advances(text)):
        wide += advance
        if wide > room:
            return max(position, 1)
    return len(text)


def _width(text: str) -> float:
    return sum(_advances(text))


def _advances(text: str) -> Iterator[float]:
    """About how wide each character is: there is no font to ask, so rather too wide than too narrow."""
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            yield 0.0
        elif unicodedata.east_asian_width(char) in "WF":
            yield _SIZE * 1.05
        elif char.isupper() or char in "mw%@—…":
            yield _SIZE * 0.78
        else:
            yield _SIZE * (0.3 if char in " iljtf.,:;'|!()-" else 0.56)


def _drawable(value: float) -> float:
    return value if isfinite(value) and value > 0 else 0.0


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    # By hand: xml.sax.saxutils costs 28 ms, as it imports the network.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _one(text: str) -> str:
    """A text in one line, without what XML cannot hold even escaped."""
    one = " ".join(text.split())
    if one.isprintable():
        return one
    return "".join(
        char for char in one.encode("utf-8", "replace").decode() if char >= " " and char not in "\ufffe\uffff"
    )
