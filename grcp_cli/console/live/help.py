"""The help overlay: what is typed and which key types it, from the tables of commands and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from grcp_cli.console import shown

from .keys import ANYWHERE, ASK, BEGIN, EMPTY, KEYS, MOVES, READ, READ_MOVES, RECORD
from .page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLD = {
    ANYWHERE: "Keys, wherever one is",
    EMPTY: "Keys in an empty line",
    RECORD: "Keys at an entry arrowed to",
    READ: "Keys while recommendations are read back",
}


def page(word: str) -> Page:
    """All keys and commands, or those about a word."""
    about = f" about “{word}”" if word else ""
    return Page(f"Help{about}", _lines(word.casefold()))


def _lines(word: str) -> Iterator[Content]:
    sections = [(_TOLD[where], keys(where)) for where in _TOLD]
    sections += [
        ("Read back, besides", moves(READ_MOVES)),
        ("Only looking", moves(MOVES)),
        ("What is typed", shown.help_lines()),
    ]
    for heading, lines in sections:
        found = [line for line in lines if word in line.casefold()]
        if found:
            yield Content("")
            yield Content.styled(heading, "bold $primary")
            yield from map(Content, found)


def keys(where: str) -> Iterator[str]:
    """A line for each key: what it does, and the line it types."""
    for each in KEYS:
        if each.where == where:
            line = each.line.replace("{n}", "12").replace("{text}", "…").strip()
            asks = {ASK: "  asks first", BEGIN: "  to be finished"}.get(each.how, "")
            yield f"{each.shown:<8} {each.short:<20} {line:<12}{asks}"


def moves(table: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """A line for each key that types nothing."""
    for name, tells in table:
        yield f"{name:<15} {tells}"
