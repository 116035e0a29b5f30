"""Who is named in what leaves the meeting, on four levels: `none | chatham | group | full`.

`full` names speakers, `group` their group only, `none` no speaker, `chatham` nor anybody else. A group
remains the author of what it wrote at its own desk, and of its recommendations, on every level; only a small one
does not under `chatham` (`withheld.py`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .contested import values
from .names import fold
from .proceedings import called
from .withheld import withheld_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .agenda import Meeting
    from .record import Record, Statement

UNNAMED = ("none", "chatham")
"""Levels on which a name in somebody's own words would tell who spoke."""

_SEVERAL, _MANY, _SHORT = 3, 6, 2


def speaker(statement: Statement, level: str, meeting: Meeting) -> str:
    """The name that stands before somebody's words, empty where none may."""
    if level == "full" and statement.speaker:
        return meeting.name_of(statement.speaker)
    if level in ("full", "group"):
        group = meeting.group_of(statement.speaker) or ("" if statement.speaker else statement.group)
        return meeting.name_of(group)
    return ""


def author(statement: Statement, meeting: Meeting) -> str:
    """The id of the group whose work an entry is, empty for none.

    A group is an author at its own table and of its recommendations; elsewhere it is a speaker like others.
    """
    session = meeting.session(statement.source.session)
    if statement.kind == "recommendation" or (session is not None and session.groups):
        return statement.group
    return ""


def owner(statement: Statement, level: str, meeting: Meeting) -> str:
    """Who does an action. That is a task, not a view, so the name stands, but under `chatham` for a larger group's."""
    named = meeting.group(statement.owner) is not None and statement.owner not in withheld_groups(meeting, level)
    return meeting.name_of(statement.owner) if named or level != "chatham" else ""


class Backing(NamedTuple):
    """Who supports or opposes an entry, as far as that may be told.

    Attributes:
        names: Of those who may be named.
        groups: How many groups besides.
        people: How many participants besides.
    """

    names: tuple[str, ...] = ()
    groups: int = 0
    people: int = 0


def support(statement: Statement, level: str, meeting: Meeting) -> Backing:
    """Who supports an entry: names where they may stand, else how many."""
    return _backing(statement.support, level, meeting)


def opposition(statement: Statement, level: str, meeting: Meeting) -> Backing:
    """Who opposes an entry, told as far as who supports it."""
    return _backing(statement.oppose, level, meeting)


def _backing(side: tuple[str, ...], level: str, meeting: Meeting) -> Backing:
    counted = sum(int(each) for each in side if each.isdecimal())
    whose = [each for each in side if not each.isdecimal()]
    if level == "full":
        return Backing(tuple(meeting.name_of(each) for each in whose), 0, counted)
    if level == "group":
        own = [meeting.group_of(each) for each in whose]
        named = dict.fromkeys(meeting.name_of(each) for each in own if each)
        return Backing(tuple(named), 0, counted + own.count(""))
    groups = sum(meeting.group(each) is not None for each in whose)
    return Backing((), groups, counted + len(whose) - groups)


def quantifier(count: int, total: int) -> str:
    """How many supported, in the words of such reports: one, two, several, many (from six), most (over half).

    Args:
        count: How many said so, at least one.
        total: How many could have; 0 where the agenda does not tell, and nothing is then "most".
    """
    if count < _SEVERAL:
        return ("one", "two")[count - 1]
    if total and count * 2 > total:
        return "most"
    return "many" if count >= _MANY else "several"


class Naming(NamedTuple):
    """A text that names a participant: the id of its entry, where that stands, and whom it names."""

    id: str
    where: str
    names: tuple[str, ...]


def leaves(statement: Statement) -> bool:
    """Whether an entry's own words stand in a final report without raw notes; of notes only what was picked out."""
    if statement.struck or statement.internal:
        return False
    return statement.kind != "note" or statement.starred or statement.status == "deferred"


def namings(record: Record, meeting: Meeting, leaving: Iterable[str]) -> Iterator[Naming]:
    """Texts in which a participant is named, as far as nobody allowed that.

    A paragraph may repeat the names of an allowed entry that it rests on.

    Args:
        record: All files.
        meeting: Whose participants may be named.
        leaving: Ids of the entries, paragraphs and clusters whose texts leave.
    """
    known = _known(record, meeting)
    sessions = {source.session for source in record.files}
    acts = (entry for session in sessions for _, entry in record.acts(session))
    allowed = {entry.target for entry in acts if entry.kind == "allow"}
    for entry_id in leaving:
        entry, source = record.entry(entry_id), record.source(entry_id)
        if entry is None or source is None or entry_id in allowed:
            continue
        stated = record.statement(entry_id)
        granted = {
            name
            for each in (stated.sources if stated else ())
            if each in allowed and (rests_on := record.statement(each))
            for name in _found(rests_on.text, known)
        }
        found = [name for name in _found(_words(stated) if stated else entry.text, known) if name not in granted]
        if found:
            place = f" under {stated.question}" if stated and entry.kind == "paragraph" else ""
            yield Naming(entry_id, called(source, entry) + place, tuple(found))


def _words(stated: Statement) -> str:
    """All that somebody wrote of an entry: its text, all of those in conflict, when it is due if no date, its tags."""
    wrote = (stated.text, *map(str, values(stated, "text")))
    return "\n".join((*wrote, *([stated.due] if isinstance(stated.due, str) else []), *stated.tags))


class _Spelling(NamedTuple):
    """One way to write a name, as a whole word; `exact` where it counts only as written."""

    word: str
    exact: bool

    def stands_in(self, text: str) -> bool:
        """Whether a text has it, folded unless it is exact."""
        return self.word in text and _pattern(self.word).search(text) is not None


def _known(record: Record, meeting: Meeting) -> dict[str, list[_Spelling]]:
    """What to look for, by the name to tell: participants with their aliases, and guests who spoke."""
    speakers = {entry.speaker for entries in record.segments.values() for entry in entries if entry.captured}
    guests = {each for each in speakers if not meeting.participant(each) and not meeting.group(each)}
    names = {each.name: (each.name, *each.aliases) for each in meeting.participants}
    names.update({guest: tuple(_written(guest)) for guest in sorted(guests - names.keys()) if guest.strip()})
    return {name: [_spelling(each) for each in spelled if fold(each).strip()] for name, spelled in names.items()}


_TITLES = re.compile(
    r"(?:(?:mr|mrs|ms|mx|miss|dr|prof|sir|dame|h\.?\s?e|m|mme|mlle|sr|sra|ambassador|minister)\b\.?\s+)+", re.IGNORECASE
)
"""What stands before a person's name and is often left out."""


def _written(guest: str) -> Iterator[str]:
    """A guest's name as it was typed, without titles, and with the family name behind."""
    yield guest
    plain = _TITLES.sub("", guest, count=1) if _TITLES.match(guest) else guest
    family, comma, given = (part.strip() for part in plain.partition(","))
    turned = f"{given} {family}" if comma and family and given else plain
    yield from dict.fromkeys(
        name for name in (plain, turned) if name != guest and (len(name) > _SHORT or not name.isascii())
    )


def _spelling(name: str) -> _Spelling:
    """Without case and accents; but two letters only as written, or `us` would name the US."""
    exact = len(name) <= _SHORT
    return _Spelling(name if exact else fold(name), exact)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    # Scripts written without spaces have no edges of words.
    begin, end = ("" if unicodedata.east_asian_width(char) in "WF" else r"\w" for char in (word[0], word[-1]))
    before, after = (f"(?<!{begin})" if begin else ""), (f"(?!{end})" if end else "")
    return re.compile(before + re.escape(word) + after)


def _found(text: str, known: dict[str, list[_Spelling]]) -> list[str]:
    folded = fold(text)
    return [
        name
        for name, spelled in known.items()
        if any(each.stands_in(text if each.exact else folded) for each in spelled)
    ]
