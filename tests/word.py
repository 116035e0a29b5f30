"""Reads a Word document as Word would: which number it prints, what stands in it, and templates with a fault."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn

from grcp_cli.report.document import Heading, Item, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grcp_cli.report.document import Document, Part


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(template: bytes, change: Callable[[str], str], name: str = "word/document.xml", **more: str) -> bytes:
    """A template with one of its parts changed, and others set or added."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for each, data in parts(template).items():
            archive.writestr(each, change(data.decode()) if each == name else data)
        for each, text in more.items():
            archive.writestr(each, text)
    return made.getvalue()


# What should stand in it.


def said(document: Document) -> list[str]:
    """All that is to stand in the body, paragraph by paragraph, cell by cell, as the built-in template has it."""
    top = [document.title, *([document.subtitle] if document.subtitle else [])]
    top += [f"{field.name}\t{field.text}" for field in document.masthead]
    if document.sort == "report" and len(document.parts) > 2:
        top += [document.terms["contents"], f"\t{document.terms['paragraph']}"]
        top += [f"{heading(part)}\t{numbers(part)}" for part in document.parts]
    body = [text for part in document.parts for text in (heading(part), *_blocks(part, document.terms["colon"]))]
    colophon = [document.terms["made"], *document.colophon] if document.colophon else []
    return [text for text in (*top, *body, *colophon) if text]


def heading(part: Part) -> str:
    return f"{part.number}. {part.title}"


def numbers(part: Part) -> str:
    found = [block.number for block in part.blocks if isinstance(block, Paragraph) and block.number]
    return "" if not found else str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}"


def _blocks(part: Part, colon: str) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield f"{block.number}. {block.text}" if block.number else block.text
        elif isinstance(block, Item):
            mark = f"{block.label}. " if block.label else f"{block.mark} " if block.mark else "• "
            speaker = f"{block.speaker}{colon} " if block.speaker else ""
            yield f"{mark}{speaker}{block.text}" + (f" ({block.note})" if block.note else "")
        elif isinstance(block, Table):
            yield from [block.caption] * bool(block.caption)
            yield from block.head
            yield from (cell for row in block.rows for cell in row.cells)


# What stands in it.


def printed(word: Any) -> list[str]:
    """All that stands in the body with the numbers that Word gives, empty paragraphs left out."""
    counts = Counts(word)
    told = []
    for element in word.element.body.iter(qn("w:p")):
        mark, text = counts.mark(element), text_of(element)
        if mark or text:
            told.append(f"{mark} {text}" if mark else text)
    return told


def text_of(element: Any) -> str:
    """What a paragraph says; a tab after a typed number is told as a space, as after a counted one."""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    text = "".join(each.text or "" if each.tag == qn("w:t") else signs.get(each.tag, "") for each in element.iter())
    style = element.pPr.pStyle.val
    return text.replace("\t", " ", 1) if style.endswith("Typed") else text


class Counts:
    """Counts as Word does: one count a list, a level begun anew under each of the level above."""

    def __init__(self, word: Any) -> None:
        numbering = word.part.numbering_part.element
        self.lists = {
            num.numId: num.abstractNumId.val for num in numbering.iter(qn("w:num")) if num.abstractNumId is not None
        }
        self.levels = {
            (int(each.get(qn("w:abstractNumId"))), int(level.get(qn("w:ilvl")))): level
            for each in numbering.iter(qn("w:abstractNum"))
            for level in each.iter(qn("w:lvl"))
        }
        self.styles = {style.style_id: style for style in word.styles}
        self.counted: dict[int, dict[int, int]] = {}

    def mark(self, element: Any) -> str:
        style = self.styles[element.pPr.pStyle.val]
        while style is not None and (style.element.pPr is None or style.element.pPr.numPr is None):
            style = style.base_style
        if style is None:
            return ""
        asked = style.element.pPr.numPr
        which, level = self.lists[asked.numId.val], asked.ilvl.val
        counts = self.counted.setdefault(which, {})
        counts[level] = counts.get(level, 0) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        form = self.levels[which, level].find(qn("w:numFmt")).get(qn("w:val"))
        pattern = self.levels[which, level].find(qn("w:lvlText")).get(qn("w:val"))
        return str(pattern).replace(f"%{level + 1}", _figure(form, counts[level]))


def _figure(form: str, count: int) -> str:
    if form == "lowerLetter":  # after z Word says aa, bb, cc
        return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    if form == "lowerRoman":
        tens, ones = divmod(count, 10)
        return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
    return str(count)


def bookmarks(word: Any) -> dict[str, str]:
    """Each bookmark with what stands under it."""
    found = {}
    body = word.element.body
    ends = {each.get(qn("w:id")): each for each in body.iter(qn("w:bookmarkEnd"))}
    for start in body.iter(qn("w:bookmarkStart")):
        end = ends.pop(start.get(qn("w:id")))
        assert start.getparent() is end.getparent()
        within = start.getparent()[start.getparent().index(start) : start.getparent().index(end)]
        name = start.get(qn("w:name"))
        assert name not in found
        found[name] = "".join(text.text or "" for each in within for text in each.iter(qn("w:t")))
    assert not ends
    return found
