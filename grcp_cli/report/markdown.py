r"""Markdown, by a Jinja2 template: readable as it is, and by GitHub and pandoc alike.

What people wrote stays text: the filters `line` (in one line), `lines` (its own breaks kept) and `cell` (inside
a table) put a backslash before whatever Markdown would take for more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .jinja import render

if TYPE_CHECKING:
    from .document import Document
    from .kit import Kit

_ALWAYS = re.compile(r"([\\`*_{}\[\]<>#|~^$@])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Bare addresses that GitHub would link by itself, and dashes that pandoc would join.
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_DASHES = re.compile(r"-(?=-)")
_BEGIN = re.compile(r"^(?=[-+=:%])")
_COUNT = r"(\d{1,9}|[A-Za-z]|[IVXLCDMivxlcdm]{1,9})"
_NUMBER = re.compile(rf"^{_COUNT}([.)])(?=\s|$)")
_MARK = re.compile(rf"^\({_COUNT}\)(?=\s|$)")


def write(document: Document, kit: Kit) -> bytes:
    """The report as Markdown, UTF-8 with LF.

    Args:
        document: What stands in it; the template sees it as `document`.
        kit: With the template.

    Raises:
        TemplateError: The template is at fault, with the line where that is known.
    """
    text = render(kit, {"line": line, "lines": lines, "cell": cell}, escaping=False, document=document)
    tidy = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n")).strip("\n")
    return f"{tidy}\n".encode("utf-8", "replace")


def line(text: object) -> str:
    """A text in one line, escaped."""
    return _at_begin(cell(text))


def lines(text: object, indent: int = 0) -> str:
    """A text with the breaks its author made, each line escaped; later lines are indented so many spaces."""
    return ("\\\n" + " " * indent).join(each for each in map(line, str(text).split("\n")) if each)


def cell(text: object) -> str:
    """A text in one line, escaped where it does not begin a line of the page."""
    one = " ".join(str(text).split())
    return _DASHES.sub(r"\\-", _ADDRESS.sub(r"\\\g<0>", _ENTITY.sub(r"\\&", _ALWAYS.sub(r"\\\1", one))))


def _at_begin(text: str) -> str:
    return _MARK.sub(r"\\(\1\\)", _NUMBER.sub(r"\1\\\2", _BEGIN.sub(r"\\", text)))
