"""One HTML page that needs nothing else, no script and no other file: for a screen, a phone, a reader aloud and paper.

The template sees the document as chapters whose blocks have their anchors: `p7` for a numbered paragraph, an entry's
own id where its words stand first, and items that follow each other as one list. What it prints is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .charts import captioned, svg
from .document import Chart, Heading, Item, Paragraph, Table
from .jinja import render
from .script import RTL, direction, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markupsafe import Markup

    from .document import Block, Document, Part
    from .kit import Kit

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\U0010ffff]")
"""A sign that a text may be in another script than Latin: all others need no closer look."""


class Shown(NamedTuple):
    """A block as the page shows it.

    Attributes:
        type: As the block's own, `list` for items that follow each other, `row` for a table's.
        block: What it shows, None for a list.
        anchor: Its id on the page, empty for none.
        inner: A list's items or a table's rows.
    """

    type: str
    block: Any
    anchor: str = ""
    inner: tuple[Shown, ...] = ()


class Chapter(NamedTuple):
    """A part as the page shows it.

    Attributes:
        anchor: Its id on the page.
        paragraphs: The numbers of its paragraphs, `8–13`; empty for none.
    """

    anchor: str
    role: str
    number: str
    title: str
    paragraphs: str
    blocks: tuple[Shown, ...]


def write(document: Document, kit: Kit) -> bytes:
    """The report as one page, UTF-8.

    Args:
        document: What stands in it; the template sees it as `document`, its parts as `chapters`.
        kit: With the template.

    Raises:
        TemplateError: The template is at fault, with the line where that is known.
    """
    from markupsafe import Markup, escape

    def way(text: str) -> Markup:
        """The attributes of an element that holds a text in another script, or none."""
        tag = language(text, "") if _OTHER_SCRIPT.search(text) else ""
        turned = ' dir="rtl"' if tag and direction(text) == RTL else ""
        return Markup(f' lang="{tag}"{turned}') if tag else Markup()  # noqa: S704 - two fixed sets of words

    def lines(text: str) -> Markup:
        """A text with the breaks that its author made."""
        return escape(text).replace("\n", Markup("<br>"))

    filters: dict[str, Callable[..., object]] = {
        "way": way,
        "rtl": lambda text: bool(_OTHER_SCRIPT.search(text)) and direction(text) == RTL,
        "lines": lines,
        "drawn": lambda chart: Markup(svg(chart)),  # noqa: S704 - escaped there
        "css": lambda text: Markup(_css(text)),  # noqa: S704 - escaped there
        "counted": lambda text: Markup(_counted(text)),  # noqa: S704 - escaped there
    }
    text = render(kit, filters, escaping=True, document=document, terms=document.terms, chapters=_chapters(document))
    return text.replace("\r\n", "\n").encode("utf-8", "replace")


class _Anchors:
    """Ids of the page, no two alike."""

    def __init__(self, document: Document) -> None:
        numbers = [block.number for part in document.parts for block in part.blocks if isinstance(block, Paragraph)]
        self._taken = {"top", "contents", "report", *(f"p{number}" for number in numbers if number)}
        self._told: set[str] = set()

    def new(self, wanted: str) -> str:
        """An id like the one wanted."""
        base = "-".join(wanted.split()) or "here"
        anchor, count = base, 1
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._taken.add(anchor)
        return anchor

    def entry(self, entry_id: str) -> str:
        """The id of an entry where its words stand first, empty further down."""
        if not entry_id or entry_id in self._told:
            return ""
        self._told.add(entry_id)
        return self.new(entry_id)


def _chapters(document: Document) -> list[Chapter]:
    anchors = _Anchors(document)
    named = [anchors.new(part.id) for part in document.parts]
    return [
        Chapter(anchor, part.role, part.number, part.title, _paragraphs(part), tuple(_shown(part.blocks, anchors)))
        for anchor, part in zip(named, document.parts, strict=True)
    ]


def _paragraphs(part: Part) -> str:
    numbers = [block.number for block in part.blocks if isinstance(block, Paragraph) and block.number]
    if not numbers:
        return ""
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def _shown(blocks: Iterable[Block], anchors: _Anchors) -> Iterator[Shown]:
    items: list[Shown] = []
    level = 2
    for block in captioned(blocks):
        if isinstance(block, Item):
            items.append(Shown("item", block, anchors.entry(block.id)))
            continue
        if items:
            yield Shown("list", None, inner=tuple(items))
            items = []
        match block:
            case Paragraph():
                yield Shown("paragraph", block, anchors.entry(block.id))
            case Table():
                rows = tuple(Shown("row", row, anchors.entry(row.id)) for row in block.rows)
                yield Shown("table", block, anchors.new(f"table-{block.id}"), rows)
            case Heading():
                level = min(block.level, level + 1)  # no level is left out on the way down
                yield Shown("heading", block._replace(level=level), anchors.new(block.id))
            case Chart():
                yield Shown("chart", block, anchors.new(block.id))
    if items:
        yield Shown("list", None, inner=tuple(items))


def _css(text: str) -> str:
    """A text as a string of CSS: whatever is no letter, figure or space by its number."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'


def _counted(text: str) -> str:
    """`Page {number} of {total}` as what CSS prints at the foot of a page."""
    counters = {"{number}": "counter(page)", "{total}": "counter(pages)"}
    parts = re.split(r"(\{number\}|\{total\})", text)
    return " ".join(counters.get(part) or _css(part) for part in parts if part)
