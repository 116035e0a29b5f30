"""How the report says things: dates, lists, numbers, kinds and statuses in words."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}

KINDS = {
    "note": ("note", "notes"),
    "achievement": ("achievement", "achievements"),
    "lesson": ("lesson learnt", "lessons learnt"),
    "practice": ("effective practice", "effective practices"),
    "recommendation": ("recommendation", "recommendations"),
    "partnership": ("partnership", "partnerships"),
    "resource": ("resource", "resources"),
    "measure": ("way of measuring", "ways of measuring"),
    "action": ("action", "actions"),
    "agreement": ("agreement", "agreements"),
    "divergence": ("divergence of views", "divergences of views"),
    "reservation": ("reservation", "reservations"),
}
"""Each kind in the singular and the plural."""

STATUSES = {
    "proposed": "proposed",
    "agreed": "agreed",
    "bracketed": "in brackets",
    "bis": "alternative (bis)",
    "not-agreed": "not agreed",
    "deferred": "deferred",
    "withdrawn": "withdrawn",
}

ATTRIBUTIONS = {
    "none": "Views are given without the names of those who spoke",
    "chatham": "Chatham House Rule: neither speakers nor participants are identified",
    "group": "Speakers are identified by their group only",
    "full": "Speakers are named",
}

# Control characters have no place on paper, and embedded reading directions would turn about what follows them.
_UNPRINTABLE = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None
)
_SPACED = {0x09: " ", 0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0B: "\n", 0x0C: "\n"}


def clean(text: str) -> str:
    """A text as it can stand on paper: whole lines without outer white space, no empty ones, no control characters."""
    broken = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACED).translate(_UNPRINTABLE)
    return "\n".join(line for line in (each.strip() for each in broken.split("\n")) if line)


def day(value: date) -> str:
    """A date: `5 April 2019`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(values: Iterable[date]) -> str:
    """The days of a meeting: `5 April 2019`, `4–5 April 2019`, `31 March – 2 April 2019`."""
    first, last = min(values := list(values)), max(values)
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    begin = day(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{begin} – {day(last)}"


def instant(value: datetime) -> str:
    """An instant to the minute: `5 April 2019, 12:32`."""
    return f"{day(value)}, {value:%H:%M}"


def due(value: object) -> str:
    """When an action is due, as stored: a date, or somebody's words."""
    if isinstance(value, date):
        return day(value)
    return clean(str(value)) if value else ""


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def counted(count: int, kind: str) -> str:
    """How many of a kind: `1 recommendation`, `12 lessons learnt`."""
    one, several = KINDS[kind]
    return f"{count} {one if count == 1 else several}"


def lead_in(kind: str, count: int, behind: str = "") -> str:
    """What introduces a list: `The following recommendations were made by Africa:`."""
    verb = "made" if kind in ("recommendation", "reservation") else "recorded"
    noun, was = (KINDS[kind][0], "was") if count == 1 else (KINDS[kind][1], "were")
    return f"The following {noun} {was} {verb}{behind}:"


def works_across(count: int) -> str:
    """What introduces common recommendations."""
    return f"The following recommendation{' was' if count == 1 else 's were'} found to work across groups:"


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
