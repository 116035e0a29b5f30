r"""Markdown, by a Jinja2 template: readable as it is, and by GitHub and pandoc alike.

What people wrote stays text: the filters `line` (in one line), `lines` (its own breaks kept) and `cell` (inside
a table) put a backslash before whatever Markdown would take for more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from .document import Document

_ALWAYS = re.compile(r"([\\`*_{}\[\]<>#|~^$@])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Bare addresses that GitHub would link by itself, and dashes that pandoc would join.
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_DASHES = re.compile(r"-(?=-)")
_BEGIN = re.compile(r"^(?=[-+=:%])")
_COUNT = r"(\d{1,9}|[A-Za-z]|[IVXLCDMivxlcdm]{1,9})"
_NUMBER = re.compile(rf"^{_COUNT}([.)])(?=\s|$)")
_MARK = re.compile(rf"^\({_COUNT}\)(?=\s|$)")


class TemplateError(GrcpError):
    """A template that cannot be used."""

    exit_code = 3


_FAILS = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
"""What a template's own doings may raise besides the errors of its language."""


def write(document: Document, template: str) -> bytes:
    """The report as Markdown, UTF-8 with LF.

    Args:
        document: What stands in it; the template sees it as `document`.
        template: The text of the template.

    Raises:
        TemplateError: The template is at fault, with the line where that is known.
    """
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # Markdown, not HTML: the filters below escape
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(line=line, lines=lines, cell=cell)
    try:
        text = environment.from_string(template).render(document=document)
    except (jinja2.TemplateError, *_FAILS) as error:
        place = _line_of(error)
        where = f" in line {place}" if place else ""
        raise TemplateError(
            f"the template cannot be used{where}: {error}", "grcp's own is templates/report.md.j2"
        ) from error
    tidy = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n")).strip("\n")
    return f"{tidy}\n".encode("utf-8", "replace")


def _line_of(error: Exception) -> int:
    """The line of the template in which an error arose, 0 where that is not known."""
    if (told := getattr(error, "lineno", None)) is not None:
        return int(told)
    found, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


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
