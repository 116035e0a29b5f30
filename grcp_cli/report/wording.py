"""How the report says things: kinds, statuses, quantifiers and lists in words, in any of its languages."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from .language import ENGLISH
from .phrases import GROUPS, KINDS, PEOPLE, RECOMMENDED, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.attribution import Backing

    from .language import Language

# Control characters have no place on paper, and embedded reading directions would turn about what follows them.
_UNPRINTABLE = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None
)
_SPACED = {0x09: " ", 0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0B: "\n", 0x0C: "\n"}


def clean(text: str) -> str:
    """A text as it can stand on paper: whole lines without outer white space, no empty ones, no control characters."""
    broken = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACED).translate(_UNPRINTABLE)
    return "\n".join(line for line in (each.strip() for each in broken.split("\n")) if line)


def due(value: object, language: Language) -> str:
    """When an action is due, as stored: a date, or somebody's words."""
    if isinstance(value, date):
        return language.day(value)
    return clean(str(value)) if value else ""


def counted(count: int, kind: str, language: Language = ENGLISH) -> str:
    """How many of a kind: `1 recommendation`, `12 lessons learnt`."""
    return f"{count} {language.tell(*KINDS[kind], count)}"


def recommended(status: str, count: int, language: Language) -> str:
    """How so many recommendations stand, in a word that agrees with them."""
    return language.tell_as(*RECOMMENDED[status], count)


def standing(kind: str, status: str, language: Language) -> str:
    """How one entry stands, in a word."""
    if kind in ("recommendation", "cluster"):
        return recommended(status, 1, language)
    return language.say(STATUSES[status])


def backed(backing: Backing, meeting: Meeting, language: Language) -> str:
    """Who supports an entry, in words: names where they may stand, else how many; empty for nobody."""
    from grcp_cli.meeting.attribution import quantifier  # consoles count without it

    told = [clean(name) for name in backing.names]
    if backing.groups:
        told.append(language.say(GROUPS[quantifier(backing.groups, len(meeting.groups))]))
    if backing.people:
        told.append(language.say(PEOPLE[quantifier(backing.people, len(meeting.participants))]))
    return language.listed(told)


def opposed(backing: Backing, language: Language) -> str:
    """Who opposes an entry: names where they may stand, else figures; empty for nobody.

    The words of `quantifier` are told of support alone: a reader may take "several" for how much was agreed.
    """
    told = [clean(name) for name in backing.names]
    if backing.groups:
        told.append(language.tell("{n} group", "{n} groups", backing.groups))
    if backing.people:
        told.append(language.tell("{n} participant", "{n} participants", backing.people))
    return language.listed(told)


def works_across(count: int, language: Language) -> str:
    """What introduces common recommendations."""
    return language.tell(
        "The following recommendation was found to work across groups:",
        "The following recommendations were found to work across groups:",
        count,
    )


def stance(brought: Iterable[str], *, supports: bool, opposes: bool) -> str:
    """Where a group stands on a common recommendation, for a cell: what it brought, `✓` or `✗`; `LEGEND` tells that."""
    own = ", ".join(filter(None, brought))
    sign = "✗" if opposes else "✓" if supports and not own else ""
    return " ".join(filter(None, (own, sign)))


def letter(position: int) -> str:
    """The mark of a list's item, counted from 0: `(a)` … `(z)`, `(aa)` …."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return f"({letters})"


_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """A number from 1 in Roman figures."""
    figures = ""
    for value, figure in _ROMAN:
        count, number = divmod(number, value)
        figures += figure * count
    return figures


def bracketed(text: str) -> str:
    """A text in square brackets, once."""
    return text if re.fullmatch(r"\[[^\[\]]*\]", text, re.DOTALL) else f"[{text}]"
