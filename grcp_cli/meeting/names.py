"""Whom `@WHO` means: the longest known name, alias or id, or an unambiguous beginning."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .agenda import Group, Meeting

NOBODY, BEFORE = "-", "<"
"""`@-`: nobody said it; `@<`: who spoke before."""

NAME_LIMIT = 240
"""Letters that a name may have; of anything longer no more is looked at."""

_FREE = r"([^:\n]{1,120}):(?:\s+|$)"


class Who(NamedTuple):
    """Who a line is attributed to.

    Attributes:
        speaker: A participant's or group's id, a free name, or one of `NOBODY` and `BEFORE`.
        group: The group's id when a group itself is meant.
        known: Whether the agenda knows the speaker.
    """

    speaker: str
    group: str = ""
    known: bool = True


class Puzzle(NamedTuple):
    """An `@WHO` that cannot be told: what it could be, or is most like."""

    typed: str
    could_be: tuple[str, ...]
    ambiguous: bool


def fold(text: str) -> str:
    """A text as it is compared: without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _known(meeting: Meeting) -> Iterator[tuple[str, Who, str]]:
    """Every name by which someone is known, folded, with whom it means and their full name."""
    for person in meeting.participants:
        for name in (person.name, person.id, *person.aliases):
            yield fold(name), Who(person.id), person.name
    for group in meeting.groups:
        for name in (group.name, group.id):
            yield fold(name), _group(group), group.name


def _group(group: Group) -> Who:
    return Who(group.id, group=group.id)


def attributed(rest: str, meeting: Meeting) -> tuple[Who | Puzzle, str] | None:
    """Reads `WHO` and what follows it, from what stands after an `@`.

    Returns:
        Who it is, or why that cannot be told, and the rest of the line; None where an `@` begins no
        attribution (it is followed by white space or nothing).
    """
    if not rest or rest[0].isspace():
        return None
    names = list(_known(meeting))
    most = max((len(name.split()) for name, _, _ in names), default=1)
    words = rest.split(maxsplit=most)[:most]
    if words[0] in (NOBODY, BEFORE):
        return Who(words[0]), _after(rest, 1)
    full = _longest(words, names)
    if full:
        return full[0], _after(rest, full[1])
    typed = words[0].rstrip(":,")
    found = _beginning(typed, names)
    if len(found) == 1:
        return next(iter(found)), _after(rest, 1)
    if not found and (free := re.match(_FREE, rest)):
        return Who(free[1].strip(), known=False), rest[free.end() :]
    could_be = tuple(found.values()) if found else _alike(typed, names)
    return Puzzle(typed[:NAME_LIMIT], could_be, ambiguous=bool(found)), _after(rest, 1)


def named(text: str, meeting: Meeting) -> Who | Puzzle:
    """Whom a whole text means: a known name or its beginning, else a guest by that name.

    Returns:
        A puzzle only where a beginning fits several.
    """
    wanted = " ".join(fold(text[:NAME_LIMIT]).split())
    names = list(_known(meeting))
    for name, who, _ in names:
        if name == wanted:
            return who
    found = _beginning(text.strip(), names)
    if len(found) > 1:
        return Puzzle(text.strip(), tuple(found.values()), ambiguous=True)
    return next(iter(found), None) or Who(" ".join(text.split()), known=False)


def _longest(words: list[str], names: list[tuple[str, Who, str]]) -> tuple[Who, int] | None:
    folded = [fold(word[:NAME_LIMIT]) for word in words]
    best: tuple[Who, int] | None = None
    for name, who, _ in names:
        parts = name.split()
        heard = folded[: len(parts)]
        if heard and heard[-1] != parts[-1]:
            heard[-1] = heard[-1].rstrip(":,")
        if parts and heard == parts and (best is None or len(parts) > best[1]):
            best = who, len(parts)
    return best


def _beginning(typed: str, names: list[tuple[str, Who, str]]) -> dict[Who, str]:
    wanted = fold(typed[:NAME_LIMIT])
    return {who: full for name, who, full in names if wanted and name.startswith(wanted)}


_LIKE, _NEARLY = 0.6, 0.8
"""How like a name something must be to be offered for it, and to be taken for a slip of the keyboard."""


def alike(typed: str, meeting: Meeting, guests: Iterable[str] = ()) -> tuple[str, ...]:
    """The full names that a mistyped one is nearly, at most three; of the agenda, and of guests heard before."""
    heard = [(fold(guest), Who(guest, known=False), guest) for guest in guests]
    return _alike(typed, [*_known(meeting), *heard], _NEARLY)


def _alike(typed: str, names: list[tuple[str, Who, str]], cutoff: float = _LIKE) -> tuple[str, ...]:
    from difflib import get_close_matches

    # Against the first word of a name too: `@Colmbo` is little like all of Colombo Process.
    called = {part: full for name, _, full in reversed(names) for part in (name.partition(" ")[0], name)}
    near = get_close_matches(fold(typed[:NAME_LIMIT]), called, n=3, cutoff=cutoff)
    return tuple(dict.fromkeys(called[name] for name in near))


def _after(text: str, count: int) -> str:
    """What follows the first so many words, its leading white space removed."""
    parts = text.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""


def slug(name: str) -> str:
    """A name as it is typed behind `#`: `civil society` becomes `civil-society`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def nearest(word: str, choices: tuple[str, ...]) -> str:
    """The choice most like a mistyped word, empty where none is near or several are equally so."""
    from difflib import SequenceMatcher, get_close_matches

    typed = word[:NAME_LIMIT]
    near = get_close_matches(typed, dict.fromkeys(choices), n=2, cutoff=0.6)
    ratios = {SequenceMatcher(None, typed, each).ratio() for each in near}
    return near[0] if near and len(ratios) == len(near) else ""
