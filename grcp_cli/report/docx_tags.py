"""What a Word template can say besides Jinja's own words, and how what people wrote gets into its XML.

{{ block.text }}          as text, whatever stands in it
{{r block | anchor }}     first in a paragraph: puts it under the bookmark of its entry, and tells its direction
{{r part | link }}        a part's heading, as a link to it
{{ part | span }}         the numbers of a part's paragraphs: `12–18`
{{r contents_begin }}     what follows, as far as `contents_end`, Word can make anew as a table of contents
{{r pages }}              `Page 3 of 12`, counted by Word
block is numbered         whether Word's own counting gives the number that the paragraph has
block is lettered         the same for an item's mark, `(a)`; `roman` for `(i)`
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from .document import Item, Paragraph, Part, Row
from .script import RTL, direction
from .wording import letter, roman

if TYPE_CHECKING:
    from jinja2 import Environment

    from .document import Document

ENTRY, CHAPTER = "_e_", "_Toc"
"""How the names of bookmarks begin; those that begin with `_` Word keeps hidden."""

FIRST_BOOKMARK = 1_000_000
"""Their ids are counted from here, out of the way of a template's own."""

_UNHELD = dict.fromkeys((*range(0x09), *range(0x0B, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
"""What XML cannot hold at all."""
# Braces too: docxtpl reads some of them as its own.
_ESCAPES = {
    **_UNHELD,
    **{ord(char): f"&#{ord(char)};" for char in "&<>\"'{}%"},
    ord("\n"): '</w:t><w:br/><w:t xml:space="preserve">',
}

_TERMS = {
    "contents": "Contents",
    "paragraph": "Paragraph",
    "made": "How this report was made",
    "page": "Page {number} of {total}",
    "colon": ":",
}
"""For a document that does not bring them."""


def bookmark(entry_id: str) -> str:
    """The name of the hidden bookmark over an entry's words; where they stand again, `_2`, `_3` … follow.

    Word takes 40 letters, digits and underscores, so an id that is no UUID is told by its digest.
    """
    short = entry_id.replace("-", "").lower()
    return ENTRY + (short if re.fullmatch("[0-9a-f]{32}", short) else sha256(entry_id.encode()).hexdigest()[:32])


def held(text: str) -> str:
    """A text as XML can hold it."""
    return text.translate(_UNHELD)


def escaped(value: Any) -> Markup:
    """A value as text of an XML file, whatever stands in it; what is XML already stays."""
    return value if isinstance(value, Markup) else _xml(str(value).translate(_ESCAPES))


class Tags:
    """The words of one report's template.

    Attributes:
        told: What the template sees, by name.
    """

    def __init__(self, document: Document) -> None:
        terms = {**_TERMS, **document.terms}
        self.told = {"document": document, "terms": terms, "pages": _pages(terms["page"])}
        self.told.update(contents_begin=_xml(_CONTENTS), contents_end=_xml(_field("end")))
        self._bookmarks = 0
        self._seen: dict[str, int] = {}
        self._chapters = {part.id: f"{CHAPTER}{position:09}" for position, part in enumerate(document.parts, 1)}
        self._counting = Counting()

    def environment(self) -> Environment:
        """Where a template runs: it reaches no file, no network and no attribute that begins with `_`."""
        import jinja2
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        made = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True, finalize=escaped)
        made.filters.update(anchor=self.anchor, link=self.link, span=span)
        how = self._counting.how
        for name in (NUMBERED, LETTERED, ROMAN):
            made.tests[name] = lambda block, name=name: how(block) == name
        return made

    def anchor(self, what: Any) -> Markup:
        """Begins a bookmark and tells the direction; `finish` ends the one and moves the other to its place."""
        if isinstance(what, Part):
            return _xml(self._begun(self._chapters[what.id]))
        texts = [getattr(what, name, "") for name in ("text", "label", "speaker")]
        turned = "" if isinstance(what, Row) or "".join(texts).isascii() else _turned(texts[0])
        return _xml(turned + (self._begun(self._once(bookmark(what.id))) if _is_entry(what) else ""))

    def link(self, part: Part) -> Markup:
        """The heading of a part as a link to it."""
        heading = " ".join(f"{part.number}. {part.title}".split())
        return _xml(f'<w:hyperlink w:anchor="{self._chapters[part.id]}" w:history="1">{_run(heading)}</w:hyperlink>')

    def _once(self, name: str) -> str:
        times = self._seen[name] = self._seen.get(name, 0) + 1
        return name if times == 1 else f"{name}_{times}"

    def _begun(self, name: str) -> str:
        self._bookmarks += 1
        return f'<w:bookmarkStart w:id="{FIRST_BOOKMARK + self._bookmarks}" w:name="{name}"/>'


def _is_entry(what: Any) -> bool:
    """A heading has an id too, but it is nobody's words."""
    return isinstance(what, (Paragraph, Item, Row)) and bool(what.id)


def _turned(text: str) -> str:
    return f'<w:bidi w:val="{int(direction(text) == RTL)}"/>'


def span(part: Part) -> str:
    """The numbers of a part's paragraphs, `12–18`; empty for none."""
    numbers = [block.number for block in part.blocks if isinstance(block, Paragraph) and block.number]
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return str(first) if first == last else f"{first}–{last}"


def _pages(pattern: str) -> Markup:
    """`Page {number} of {total}` with Word's own fields in the places."""
    fields = {"{number}": "PAGE", "{total}": "NUMPAGES"}
    pieces = (
        f'<w:fldSimple w:instr=" {fields[piece]} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if piece in fields
        else _run(piece)
        for piece in re.split(r"({number}|{total})", pattern)
        if piece
    )
    return _xml("".join(pieces))


def _field(mark: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>'


_CONTENTS = (
    _field("begin")
    + r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-1" \h \z \u </w:instrText></w:r>'
    + _field("separate")
)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _xml(made: str) -> Markup:
    """What was made here, and so is not to be escaped again."""
    return Markup(made)  # noqa: S704 - texts of people are escaped before


NUMBERED, LETTERED, ROMAN = "numbered", "lettered", "roman"

_LAST_LETTER = 27
"""Word goes on after (z) with (aa), (bb), the report with (aa), (ab)."""
_LAST_ROMAN = 39
"""Far enough, and all count alike up to it."""


class Counting:
    """Word's own count, followed along: a number is left to Word only where Word prints what the report says.

    A template asks once for each block, in the order in which it draws them.
    """

    def __init__(self) -> None:
        self._counts = (0, 0, 0)
        self._last: object = None
        self._how = ""

    def how(self, block: object) -> str:
        """How Word counts a block: `numbered`, `lettered`, `roman`, or empty where its number has to be typed."""
        if block is not self._last:
            self._last, self._how = block, self._counted(block)
        return self._how

    def _counted(self, block: object) -> str:
        number, letters, romans = self._counts
        if isinstance(block, Paragraph) and block.number == number + 1:
            self._counts = (number + 1, 0, 0)
            return NUMBERED
        if not isinstance(block, Item) or block.label or not number:
            return ""
        # What Word makes of (a) after an (i) that stood under no letter is not the same everywhere.
        skipped = romans and not letters
        if block.mark == letter(letters) and letters < _LAST_LETTER and not skipped:
            self._counts = (number, letters + 1, 0)
            return LETTERED
        if block.mark == f"({roman(romans + 1).lower()})" and romans < _LAST_ROMAN:
            self._counts = (number, letters, romans + 1)
            return ROMAN
        return ""
