"""PDF, by Typst and a template in its language: tagged and checked against PDF/UA-1 while it is made.

What people wrote reaches the template as data, never as markup. A template gets no disk and no network: its root
is an empty folder, packages are looked for nowhere, and the words that could load or run anything else are refused.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.errors import GrcpError

from . import glyphs, pdf_data
from .kit import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document import Document
    from .kit import Kit


class PlaceError(GrcpError):
    """The system gives no place for what is needed while drawing."""

    exit_code = 6


def write(document: Document, kit: Kit) -> bytes:
    """The report as PDF.

    Args:
        document: What stands in it; the template sees it as `sys.inputs.document`, see `templates/report.typ`.
        kit: With the template and the fonts beside Typst's own.

    Raises:
        TemplateError: The template is at fault, with the line.
        PlaceError: There is no room for temporary files.
    """
    return _drawn(document, kit).data


def notices(document: Document, kit: Kit) -> list[str]:
    """What a person must be told of the PDF: letters that no font has, and what is printed instead.

    Raises:
        TemplateError: The template is at fault.
    """
    return glyphs.told(document, _drawn(document, kit).missing)


class _Drawn(NamedTuple):
    data: bytes
    missing: frozenset[str]


_latest: list[tuple[Document, Kit, _Drawn]] = []
"""What was drawn last: `notices` is asked about what was just written."""


def _drawn(document: Document, kit: Kit) -> _Drawn:
    for known, own, made in _latest:
        if known is document and own == kit:
            return made
    try:
        made = _compiled(document, kit)
    except OSError as error:
        raise PlaceError(f"no place for temporary files: {error.strerror or error}", "TMPDIR names a folder") from error
    _latest[:] = [(document, kit, made)]
    return made


def _compiled(document: Document, kit: Kit) -> _Drawn:
    """The PDF, with codes in place of letters that no font has."""
    import typst

    name, when = kit.name or "the template", _seconds(document.as_of)
    _vetted(kit.text, name)
    data = json.dumps(pdf_data.data(document), ensure_ascii=False).encode("utf-8", "replace").decode()
    with _places(kit.fonts) as (root, folders):
        found = typst.Fonts(include_system_fonts=False, font_paths=folders)
        typesetter = typst.Compiler(root=root, font_paths=found, package_path=root, package_cache_path=root)

        def drawn(template: str, told: str) -> bytes:
            inputs = {"document": told}
            made = typesetter.compile(
                template.encode(), format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=when
            )
            return bytes(made)  # type: ignore[arg-type] # a PDF is one file

        missing: frozenset[str] = frozenset()
        # First the letters alone: cheaper than to draw the whole report and be told then.
        if foreign := sorted({char for char in set(data) if pdf_data.FOREIGN.match(char)}):
            try:
                drawn(_LETTERS, json.dumps(foreign))
            except typst.TypstError as error:
                missing = _lacking(error.diagnostic, data)
        while True:
            try:
                return _Drawn(drawn(kit.text, glyphs.spelled(data, missing)), missing)
            except typst.TypstError as error:
                lacking = _lacking(error.diagnostic, data) - missing
                if not lacking:
                    raise _fault(error, name) from error
                missing |= lacking


_LETTERS = "#set document(title: [Letters])\n#for each in json(bytes(sys.inputs.document)) [#box(each) ]"


def _seconds(as_of: str) -> int:
    """The instant that the file says it was made: that of the latest entry, so that it is the same on any day."""
    from datetime import datetime

    return int(datetime.fromisoformat(as_of).timestamp()) if as_of else 0


# What the template does not get.

_LOADS = re.compile(r"\b(import|include|eval|std)\b", re.ASCII)
# A whole line of comment: nothing in it can end what it stands in and go on as code.
_COMMENT = re.compile(r"\s*//[^`\"*]*")


def _vetted(template: str, name: str) -> None:
    """Refuses a template that could load or run what is not in it: Typst fetches packages from the network.

    Raises:
        TemplateError: It has a word for that.
    """
    for number, line in enumerate(re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", template), 1):
        if (found := _LOADS.search(line)) and not _COMMENT.fullmatch(line):
            told = f"{name} cannot be used in line {number}: the word “{found[0]}” may not stand in a template"
            raise TemplateError(
                told, "a template loads nothing else; put the word into a comment line, or leave it out"
            )


@contextmanager
def _places(fonts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """An empty folder for the template's root, and the folders of fonts.

    Typst reads whole folders of fonts only, so that single files stand, as links, in a folder of their own.
    """
    import shutil
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="grcp-", ignore_cleanup_errors=True) as folder:
        root, single = Path(folder, "root"), Path(folder, "fonts")
        root.mkdir()
        single.mkdir()
        folders = [each for each in fonts if Path(each).is_dir()]
        for number, file in enumerate(Path(each) for each in fonts if each not in folders):
            place = single / f"{number}-{file.name}"
            try:
                place.symlink_to(file.resolve())
            except OSError:  # Windows lets few people make links
                shutil.copyfile(file, place)
        yield str(root), [*folders, str(single)]


# What Typst says.

_NO_GLYPH = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ENDS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def _lacking(diagnostic: str, data: str) -> frozenset[str]:
    """The letters of the document that Typst found in no font.

    With a sign that no font has Typst names the letter it stands over too: that is printed if it is a usual one.
    """
    named = "".join(_unescaped(text[1:-1]) for text in _NO_GLYPH.findall(diagnostic))
    letters = {char for char in named if char in data}
    return frozenset({char for char in letters if not _usual(char)} or letters)


def _usual(char: str) -> bool:
    return char < "\u0250" or "\u2000" <= char <= "\u200f"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else _ENDS.get(found[2], found[2]), text)


# Warnings, such as of a font that is not there, stand before the error with places of their own.
_PLACE = re.compile(r"^error: .*?__typst_py_bytes__\.typ:(\d+):\d+", re.DOTALL | re.MULTILINE)
_SEARCHED = re.compile(r" \(searched at .*\)$")


def _fault(error: Any, name: str) -> TemplateError:
    """A fault of the template, with its line where Typst knows it."""
    place = _PLACE.search(str(error.diagnostic))
    where = f" in line {place[1]}" if place else ""
    hints = [str(each) for each in error.hints if "project" not in str(each)]
    hint = "; ".join([*hints, "grcp template copy gives grcp's own"])
    return TemplateError(f"{name} cannot be used{where}: {_SEARCHED.sub('', str(error.message))}", hint)
