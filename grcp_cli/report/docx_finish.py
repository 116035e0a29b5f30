"""What a filled-in Word page still needs: bookmarks ended, directions and languages told, columns that fit."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped] # it has no types

from .docx_tags import FIRST_BOOKMARK
from .script import RTL, direction, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any
    """Of lxml."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

LANGUAGES = {
    tag[:2]: tag
    for tag in (
        *("en-GB", "fr-FR", "es-ES", "ru-RU", "el-GR", "ar-SA", "he-IL", "zh-CN", "ja-JP", "ko-KR", "hi-IN", "th-TH"),
    )
}
"""As Word names them."""
_KINDS = {
    **dict.fromkeys(("ar", "he", "hi", "th"), "bidi"),
    **dict.fromkeys(("zh", "ja", "ko"), "eastAsia"),
}
"""Word keeps three languages a run: of complex scripts, of East Asian ones, of all others."""

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff"
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_PLAIN = "\x00-\u024f\u1e00-\u1eff\u2000-\u2bff"
"""Latin letters with the signs and figures among them, such as ½ and ª."""
_FOREIGN = re.compile(rf"[^\W\d_{_PLAIN}]")

# A stretch is letters of one script with what stands between them. Classes are told by what they leave out, and
# reach beyond the first 65,536 characters in one place only: those that list whole planes take long to compile.
_OTHER = rf"[^\W\d_{_PLAIN}{_RIGHT}]"
_OTHERS = rf"({_OTHER}(?:[^{_LATIN}{_RIGHT}]*{_OTHER})?)"
_ARABIC = _RIGHT + "\U00010800-\U00010fff\U0001e800-\U0001efff"
_IN_LEFT = re.compile(rf"([{_ARABIC}](?:[{_ARABIC}\W\d_]*[{_ARABIC}])?)|{_OTHERS}")
_IN_RIGHT = re.compile(rf"([{_LATIN}](?:[{_LATIN}\W\d_]*[{_LATIN}])?)|{_OTHERS}")
_ENOUGH = 24
"""Letters of a stretch from which its language is told."""


def finish(tree: Element, tables: str, room: int) -> None:
    """Finishes what a template was filled into.

    Args:
        tree: The body of a document, a header or a footer.
        tables: The id of the table style whose columns are fitted, empty for none.
        room: How wide a table can be, in twentieths of a point.

    Raises:
        ValueError: A field begins and does not end.
    """
    marks = [mark.get(f"{W}fldCharType") for mark in tree.iter(f"{W}fldChar")]
    if marks.count("begin") != marks.count("end"):
        raise ValueError("contents_begin and contents_end go together")
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for note in list(tree.iter(f"{W}{name}")):
            _parent(note).remove(note)  # The template's own, for those who change it.
    for start in tree.iter(f"{W}bookmarkStart"):
        number = start.get(f"{W}id", "")
        if number.isdecimal() and int(number) > FIRST_BOOKMARK:
            _parent(start).append(etree.Element(f"{W}bookmarkEnd", {f"{W}id": number}))
    _direct(tree)
    for table in tree.iter(f"{W}tbl"):
        styled = table.find(f"{W}tblPr/{W}tblStyle")
        if tables and styled is not None and styled.get(f"{W}val") == tables:
            fit(table, room)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} stands alone")
    return parent


# Directions and languages.


def _direct(tree: Element) -> None:
    """Gives paragraphs their direction and each run of another script its language."""
    told: dict[Element, str] = {}
    for mark in list(tree.iter(f"{W}bidi")):
        paragraph = _parent(mark)
        if paragraph.tag == f"{W}p":  # Where `anchor` left it; in its own place it is the template's.
            paragraph.remove(mark)
            told[paragraph] = mark.get(f"{W}val", "")
    foreign: dict[Element, None] = {}
    for text in tree.iter(f"{W}t"):
        words = text.text
        if words and not words.isascii() and _FOREIGN.search(words):
            foreign.update(dict.fromkeys(islice(text.iterancestors(f"{W}p"), 1)))
    for paragraph in foreign:
        right = told.get(paragraph)
        if right is None:
            right = str(int(direction("".join(text.text or "" for text in paragraph.iter(f"{W}t"))) == RTL))
        if right == "1":
            _set_right(paragraph)
        for run in list(paragraph.iter(f"{W}r")):
            _split(run, right=right == "1")


_AFTER_BIDI = {
    f"{W}{name}"
    for name in (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
        *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr"),
        *("sectPr", "pPrChange"),
    )
}
"""What has to follow the direction among a paragraph's properties."""


def _set_right(paragraph: Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{W}bidi") is None:
        place = next((at for at, each in enumerate(properties) if each.tag in _AFTER_BIDI), len(properties))
        properties.insert(place, etree.Element(f"{W}bidi"))


def _split(run: Element, *, right: bool) -> None:
    """Cuts a run where the script changes, each piece with its direction and language."""
    if not any(each.tag == f"{W}t" and each.text and (right or _FOREIGN.search(each.text)) for each in run):
        return
    properties = run.find(f"{W}rPr")
    pieces = [_piece(properties, *told) for told in _pieces(run, right=right)]
    parent, at = _parent(run), _parent(run).index(run)
    parent[at : at + 1] = pieces


def _pieces(run: Element, *, right: bool) -> Iterator[tuple[Element, bool, str]]:
    """What a run holds, in order: an element, whether it runs from the right, and its language if it is another."""
    for each in run:
        if each.tag == f"{W}t":
            for words, turned, tag in stretches(each.text or "", right=right):
                text = etree.Element(f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
                text.text = words
                yield text, turned, tag
        elif each.tag != f"{W}rPr":
            yield each, right, ""


def stretches(text: str, *, right: bool) -> Iterator[tuple[str, bool, str]]:
    """A text in stretches of one script: the words, whether they run from the right, and their language if not Latin.

    Args:
        text: The words.
        right: Whether the paragraph runs from the right; what has no direction of its own then does so too.
    """
    done = 0
    for found in (_IN_RIGHT if right else _IN_LEFT).finditer(text):
        begin, end = found.span()
        if begin > done:
            yield _untold(text[done:begin], right=right)
        words = found[0]
        turned = found[1] is not None and not right
        yield words, turned, language(words[:_ENOUGH], "")
        done = end
    if done < len(text):
        yield _untold(text[done:], right=right)


def _untold(words: str, *, right: bool) -> tuple[str, bool, str]:
    return words, right, language(words[:_ENOUGH], "ar") if right else ""


def _piece(properties: Element | None, content: Element, turned: bool, tag: str) -> Element:
    run = etree.Element(f"{W}r")
    own = etree.Element(f"{W}rPr") if properties is None else deepcopy(properties)
    found = own.find(f"{W}lang")
    spoken = etree.Element(f"{W}lang") if found is None else found
    if turned and own.find(f"{W}rtl") is None:
        own.append(etree.Element(f"{W}rtl"))
    if tag:
        spoken.set(f"{W}{_KINDS.get(tag, 'val')}", LANGUAGES.get(tag, tag))
        own.append(spoken)
    if len(own):
        run.append(own)
    run.append(content)
    return run


# Columns.

_SHORT, _WORD, _LINE = 11, 22, 90
"""In letters: the longest text that is kept in one line, and the longest word and text for which a column asks room."""
_LETTER, _MARGIN = 94, 210
"""About how wide a letter of a table and the margins of a cell are, in twentieths of a point."""


def fit(table: Element, room: int) -> None:
    """Makes the columns of a table as wide as their content asks, all of them together as wide as there is room."""
    rows = [row.findall(f"{W}tc") for row in table.iter(f"{W}tr")]
    count = max(map(len, rows), default=0)
    if not count or next(table.iter(f"{W}gridSpan", f"{W}vMerge"), None) is not None:
        return
    texts = [["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in row] for row in rows]
    widths = shared([[row[at] for row in texts if at < len(row)] for at in range(count)], room)
    grid = table.find(f"{W}tblGrid")
    if grid is not None:
        grid[:] = [etree.Element(f"{W}gridCol", {f"{W}w": str(width)}) for width in widths]
    for row in rows:
        for cell, width in zip(row, widths, strict=False):
            asked = cell.find(f"{W}tcPr/{W}tcW")
            if asked is not None:
                asked.set(f"{W}w", str(width))
                asked.set(f"{W}type", "dxa")


def shared(columns: list[list[str]], room: int) -> list[int]:
    """How wide each column is: as its text asks where there is room, else at least as wide as its longest word.

    Args:
        columns: The texts of each.
        room: What they have together, in twentieths of a point.
    """
    least = [_MARGIN + _LETTER * min(_WORD, max(map(_longest_word, texts))) for texts in columns]
    wanted = [_MARGIN + _LETTER * letters for letters in _letters(columns)]
    lacking, left = sum(wanted) - sum(least), room - sum(least)
    if sum(wanted) <= room:
        widths = [room * want // sum(wanted) for want in wanted]
    elif left <= 0 or lacking <= 0:
        widths = [room * low // sum(least) for low in least]
    else:
        widths = [low + left * (want - low) // lacking for want, low in zip(wanted, least, strict=True)]
    widths[-1] += room - sum(widths)
    return widths


def _letters(columns: list[list[str]]) -> Iterator[int]:
    """How many letters of a line each column would like; where somebody is to write, the first such column many."""
    to_write = _LINE
    for texts in columns:
        longest = min(_LINE, max(map(len, texts)))
        if any(text.strip() for text in texts[1:]):
            yield longest
        else:
            yield max(longest, to_write)
            to_write = _LINE // 5


def _longest_word(text: str) -> int:
    return len(text) if len(text) <= _SHORT else max(map(len, text.split()), default=0)
