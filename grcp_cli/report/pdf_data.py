"""What the PDF's template gets: the document as plain data, and how to set what needs more than Latin letters."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest
from math import ceil
from typing import TYPE_CHECKING, Any

from .charts import captioned, svg
from .document import Block, Chart, Heading, Item, Paragraph, Table
from .script import RTL, direction, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document, Part

FOREIGN = re.compile(r"[^\x00-\u02ff\u2000-\u206f]")
"""What makes a text more than Latin letters."""
_LONG = re.compile(r"[^\s\-/\u2e80-\uffff\u200b]{25,}")
"""A word that may be longer than a line, in a language that breaks lines between words."""
_PIECE = 4


def data(document: Document) -> dict[str, Any]:
    """The document as the template sees it: as `document.py` describes, with consecutive items as one block.

    Beside it: `words`, how long it is; `ways`, by text how it is set where that is not simply as Latin letters.
    """
    plain = {key: value for key, value in document._asdict().items() if key not in ("masthead", "parts", "agenda")}
    parts = [{**part._asdict(), "blocks": list(_blocks(part))} for part in document.parts]
    plain["title"] = document.title or document.meeting  # PDF/UA wants one
    told = {**plain, "masthead": [each._asdict() for each in document.masthead], "parts": parts}
    return {**told, "words": document.words, "ways": dict(_ways(told, document.language))}


def _blocks(part: Part) -> Iterator[dict[str, Any]]:
    level = 2
    blocks = tuple(captioned(part.blocks))
    beside = zip_longest(blocks, blocks[1:])
    for (sort, rtl, style), several in groupby(beside, lambda each: _sort(each[0])):
        if sort == "items":
            items = [item._asdict() for item, _ in several]
            yield {"type": "items", "rtl": rtl, "style": style, "items": items}
            continue
        for block, after in several:
            if isinstance(block, Table):
                yield from map(_table, _abreast(block))
            elif isinstance(block, Heading):
                level = min(block.level, level + 1)  # PDF/UA has no gaps between levels
                yield {**block._asdict(), "level": level}
            elif isinstance(block, Chart):
                yield {"type": "chart", "title": block.title, "svg": svg(block)}
            elif isinstance(block, Paragraph):
                yield {**block._asdict(), "leads": isinstance(after, Item | Table)}


def _sort(block: Block) -> tuple[str, bool, str]:
    """Items of one sort are one list."""
    if not isinstance(block, Item):
        return (block.type, False, "")
    style = "label" if block.label else "mark" if block.mark else "bullet"
    return ("items", direction(block.text) == RTL, style)


_LINE = 96
"""About so many characters fit into the width of a table."""
_BLANK = 60
"""How wide a cell is that is left to be filled in by hand, in characters."""


def _widths(table: Table) -> Iterator[float | None]:
    """Each column's share of the width, None for just as wide as its cells where that is no more than its due."""
    cells = [[head, *(row.cells[position] for row in table.rows)] for position, head in enumerate(table.head)]
    columns = [[len(cell) if cell.strip() or not cell else _BLANK for cell in column] for column in cells]
    longest = [max(column) + 2 for column in columns]
    order = sorted(range(len(columns)), key=lambda each: (each not in table.numeric, longest[each]))
    narrow, left = set(), _LINE
    for done, position in enumerate(order[:-1]):  # the last one takes what is left
        if longest[position] > left / (len(order) - done):
            break
        narrow.add(position)
        left -= longest[position]
    for position, column in enumerate(columns):
        yield None if position in narrow else round(max(sum(column) / len(column), 8.0) ** 0.5, 2)


_MOST, _ABREAST = 8, 6
"""A table of more columns becomes several, each with the first column and so many of the others."""


def _abreast(table: Table) -> Iterator[Table]:
    """A table in pieces that are not too wide for the page."""
    others = len(table.head) - 1
    if others < _MOST:
        yield table
        return
    size = ceil(others / ceil(others / _ABREAST))
    for begin in range(1, others + 1, size):
        kept = (0, *range(begin, min(begin + size, others + 1)))
        rows = tuple(row._replace(cells=tuple(row.cells[each] for each in kept)) for row in table.rows)
        numeric = tuple(place for place, each in enumerate(kept) if each in table.numeric)
        head = tuple(table.head[each] for each in kept)
        yield table._replace(head=head, rows=rows, numeric=numeric, caption=table.caption if begin == 1 else "")


_HEAD, _WHOLE = 200, 1200
"""The longest cell of a head that is repeated, in characters; a table of no more is not broken across pages."""


def _whole(table: Table) -> bool:
    return sum(len(cell) + 40 * (1 + cell.count("\n")) for row in table.rows for cell in row.cells) <= _WHOLE


def _table(table: Table) -> dict[str, Any]:
    return {
        **table._asdict(),
        "rows": [row.cells for row in table.rows],
        "widths": list(_widths(table)),
        "whole": _whole(table),
        "repeats": max(map(len, table.head)) <= _HEAD,  # else there may be no room left below it
    }


def _ways(value: Any, otherwise: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """How texts are set that are not simply Latin letters: language, direction, and where long words may break."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("svg", "id"):
                yield from _ways(each, otherwise)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _ways(each, otherwise)
    elif isinstance(value, str) and (FOREIGN.search(value) if not value.isascii() else _LONG.search(value)):
        broken = _LONG.sub(_broken, value)
        yield value, {"lang": language(value, otherwise), "rtl": direction(value) == RTL, "text": broken}


def _broken(word: re.Match[str]) -> str:
    return "\u200b".join(word[0][each : each + _PIECE] for each in range(0, len(word[0]), _PIECE))
