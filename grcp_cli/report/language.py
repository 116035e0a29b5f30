"""The language of the report's own words: whole sentences from a catalogue, dates, lists and numbers.

A sentence in the code is its own English. French and Spanish stand in `locale/`, made and checked with Babel by
`tests/report/catalogues.py`; at run time the standard library reads them, and only where one is asked for.
What people wrote stays as they typed it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from gettext import GNUTranslations

TAGS = ("en", "fr", "es")
"""The languages a report can be in."""

_LOCALE = Path(__file__).parent / "locale"
_SOUND_I = re.compile(r"h?[ií](?!e)", re.IGNORECASE)


def word(text: str) -> str:
    """Marks a text that stands in a table of the code, so that the catalogues have it."""
    return text


def words(one: str, several: str) -> tuple[str, str]:
    """Marks a text in the singular and the plural."""
    return one, several


def words_as(context: str, one: str, several: str) -> tuple[str, str, str]:
    """Marks a text in the singular and the plural whose translation depends on what it is said of."""
    return context, one, several


MONTHS = (
    *(word("January"), word("February"), word("March"), word("April"), word("May"), word("June"), word("July")),
    *(word("August"), word("September"), word("October"), word("November"), word("December")),
)


class Language:
    """One language.

    Attributes:
        tag: `en`, `fr` or `es`.
    """

    def __init__(self, tag: str = "en") -> None:
        self.tag = tag
        self._catalogue = None if tag == "en" else _catalogue(tag)

    def say(self, text: str, /, **values: Any) -> str:
        """A text in this language, its `{places}` filled with values."""
        return (self._catalogue.gettext(text) if self._catalogue else text).format(**values)

    def say_as(self, context: str, text: str, /, **values: Any) -> str:
        """A text whose translation depends on what it is said of."""
        return (self._catalogue.pgettext(context, text) if self._catalogue else text).format(**values)

    def tell(self, one: str, several: str, n: int, /, **values: Any) -> str:
        """A text that depends on how many there are; `{n}` is how many."""
        if self._catalogue:
            return self._catalogue.ngettext(one, several, n).format(n=n, **values)
        return (one if n == 1 else several).format(n=n, **values)

    def tell_as(self, context: str, one: str, several: str, n: int, /, **values: Any) -> str:
        """A text that depends on how many there are and on what it is said of."""
        if self._catalogue:
            return self._catalogue.npgettext(context, one, several, n).format(n=n, **values)
        return (one if n == 1 else several).format(n=n, **values)

    # Dates.

    def day(self, value: date) -> str:
        """A date: `5 April 2019`."""
        return self.say("{day} {month} {year}", day=self._day(value), month=self._month(value), year=value.year)

    def days(self, values: Iterable[date]) -> str:
        """The days of a meeting: `5 April 2019`, `4–5 April 2019`, `31 March – 2 April 2019`."""
        first, last = min(values := list(values)), max(values)
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            days = {"first": self._day(first), "last": self._day(last)}
            return self.say("{first}–{last} {month} {year}", **days, month=self._month(last), year=last.year)
        return self.say("{begin} – {end}", begin=self._begin(first, last), end=self.day(last))

    def when(self, values: Iterable[date]) -> str:
        """The days of a meeting within a sentence: `on 5 April 2019`, `from 4 to 5 April 2019`."""
        first, last = min(values := list(values)), max(values)
        if first == last:
            return self.say("on {day}", day=self.day(first))
        if (first.year, first.month) == (last.year, last.month):
            days = {"first": self._day(first), "last": self._day(last)}
            return self.say("from {first} to {last} {month} {year}", **days, month=self._month(last), year=last.year)
        return self.say("from {begin} to {end}", begin=self._begin(first, last), end=self.day(last))

    def instant(self, value: datetime) -> str:
        """An instant to the minute: `5 April 2019, 12:32`."""
        return self.say("{day}, {time}", day=self.day(value), time=f"{value:%H:%M}")

    def _day(self, value: date) -> str:
        return self.say_as("first of a month", "1") if value.day == 1 else str(value.day)

    def _month(self, value: date) -> str:
        return self.say(MONTHS[value.month - 1])

    def _begin(self, first: date, last: date) -> str:
        if first.year != last.year:
            return self.day(first)
        return self.say("{day} {month}", day=self._day(first), month=self._month(first))

    # Lists and numbers.

    def listed(self, names: Iterable[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        *most, last = list(names) or [""]
        if not most:
            return last
        parts = {"most": ", ".join(most), "last": last}
        if _SOUND_I.match(last):
            return self.say_as("before the sound of i", "{most} and {last}", **parts)
        return self.say("{most} and {last}", **parts)

    def beside(self, remarks: Iterable[str]) -> str:
        """Remarks one after the other: `agreed; part of Common 1`; empty ones are left out."""
        return self.say_as("between remarks", "; ").join(filter(None, remarks))

    def number(self, value: float) -> str:
        """A number as it is written: `7.5`."""
        return f"{value:g}".replace(".", self.say_as("decimal sign", "."))

    def share(self, part: float) -> str:
        """A part of a whole: `25%`."""
        return self.say("{number}%", number=f"{part * 100:.0f}")


def _catalogue(tag: str) -> GNUTranslations:
    import gettext

    with (_LOCALE / tag / "LC_MESSAGES" / "grcp.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


ENGLISH = Language()
