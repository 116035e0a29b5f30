"""Drafting: the paragraphs of the report beside the entries they rest on, as a page that people edit.

    record ──page──> text ──(a person writes)──> text ──read──> drafts, and what could not be placed

A page says what it showed, so that reading it back changes what its writer changed and nothing else: what others
did meanwhile stays, and where both changed the same the record has a conflict.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import telling
from .decision import Sight, record_of, short
from .draft_names import Places, References
from .draft_page import Mark, escaped, flat, key, remark, unmarked
from .entry import status_word
from .labels import printed
from .resolving import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .record import Record, Statement

_NUMBER = re.compile(r"([0-9]+)$")


def standing(record: Record, session: str) -> dict[str, Statement]:
    """A session's paragraphs by the key of their id, struck ones too, in their order."""
    return {key(each.entry.id): each for each in record.paragraphs(session)}


def mark_of(stated: Statement) -> Mark:
    """What a page made now says of a paragraph."""
    return Mark.of(stated.entry.id, stated.latest, flat(stated.text), stated.sources)


def page(sight: Sight, at: str = "", *, rehearsal: bool = False) -> str:
    """The page of a session, or of one question of it.

    Args:
        sight: Of the desk that writes, with a record.
        at: A question's address; empty for the whole session.
        rehearsal: Whether the record is a rehearsal's, which the page then says.
    """
    record, session = record_of(sight), sight.session
    places, references = Places(session, record), References(record, sight.meeting, sight.source)
    paragraphs = [each for each in standing(record, session.id).values() if not each.struck and flat(each.text)]
    lines, shown = _opening(sight, rehearsal=rehearsal), []
    for address in places.within(at):
        here = [each for each in paragraphs if each.question == address]
        lines += ["", f"## {_heading(address, places)}"]
        for stated in here:
            lines += ["", *_disputed(stated, sight), f"<!-- ¶ {mark_of(stated)} -->", _body(stated, references)]
        entries = [each for each in record.statements(session.id) if each.question == address and not each.struck]
        lines += ["", *(remark(_entry(each, sight, references)) for each in entries)] if entries else []
        marks = " ".join(str(mark_of(each)) for each in here)
        shown.append(f"<!-- shown at {places.word(address)}: {marks}".rstrip() + " -->")
    lines += ["", "<!-- The lines below tell what this page showed; leave them as they are. -->"]
    return "\n".join([*lines, f"<!-- page of {page_of(sight)} -->", *shown, ""])


def page_of(sight: Sight) -> str:
    """What a page is of: meeting, session, and the desk from which its numbers count: `grcp-8/lunch.africa`."""
    desk = f".{sight.source.desk}" if sight.source.desk else ""
    return f"{sight.meeting.id}/{sight.session.id}{desk}"


def _opening(sight: Sight, *, rehearsal: bool) -> list[str]:
    name = unmarked(" ".join(sight.session.heading.split()))
    return [
        f"<!-- {'REHEARSAL · ' if rehearsal else ''}{name}",
        "Write the report's paragraphs under their questions; an empty line ends one, its lines become one.",
        "[12 15] at its end names the entries it rests on: numbers, africa:12, or labels such as africa3.",
        "A paragraph taken away, or moved with the ¶ line above it, is taken out of the report, or moved.",
        "Entries and all else in comments are for reading: what is changed there is not saved.",
        r"A backslash makes plain text of \# at the beginning and \[2019] at the end.",
        "-->",
    ]


def _heading(address: str, places: Places) -> str:
    word, told = places.word(address), unmarked(" ".join(telling.place(address, places.session).split()))
    return told if told.startswith(f"{word} · ") else f"{word} · {told}"


def _body(stated: Statement, references: References) -> str:
    names = " ".join(map(references.name, stated.sources))
    return escaped(flat(stated.text)) + (f" [{names}]" if names else "")


def _disputed(stated: Statement, sight: Sight) -> Iterator[str]:
    """What contradicts itself in a paragraph, for who now writes it."""
    for conflict in stated.conflicts:
        for entry_id, choice in conflict.choices:
            source = record_of(sight).source(entry_id)
            value = said(conflict.field, choice, sight.meeting)
            yield remark(f"in conflict · {conflict.field} · {source.name if source else ''}: {value}")


def _entry(stated: Statement, sight: Sight, references: References) -> str:
    label = record_of(sight).label(stated.entry.id)
    parts = [references.name(stated.entry.id), stated.kind]
    if label:
        parts.append(printed(label, stated.source.session, sight.meeting))
    elif stated.group:
        parts.append(sight.meeting.name_of(stated.group))
    if stated.speaker and stated.speaker != stated.group:
        parts.append(sight.meeting.name_of(stated.speaker))
    parts += [mark for mark in (status_word(stated.status), "internal" if stated.internal else "") if mark]
    tags = "".join(f" #{tag}" for tag in stated.tags)
    return f"{' · '.join(parts)}: {stated.text}{tags}"


def unused(sight: Sight, at: str = "") -> list[str]:
    """The standing entries that no paragraph of the session rests on, as their desk calls them; internal ones aside.

    Args:
        sight: Of the desk that asks, with a record.
        at: Only of this question; empty for the whole session.
    """
    record = record_of(sight)
    used = {source for each in record.paragraphs(sight.session.id) if not each.struck for source in each.sources}
    for common in record.commons(sight.session.id):
        if common.entry.id in used:
            used.update(common.sources)
    within = Places(sight.session, record).within(at)
    references = References(record, sight.meeting, sight.source)
    return [
        references.name(each.entry.id)
        for each in record.statements(sight.session.id)
        if not each.struck and not each.internal and each.question in within and each.entry.id not in used
    ]


def confided(record: Record, paragraphs: Iterable[Statement]) -> Iterator[tuple[Statement, tuple[str, ...]]]:
    """The paragraphs that leave and rest on internal entries, each with the ids of these."""
    for each in paragraphs:
        sources = ((source, record.statement(source)) for source in each.sources)
        found = tuple(source for source, stated in sources if stated and stated.internal)
        if found and not each.struck and not each.internal:
            yield each, found


def told_confided(stated: Statement, names: list[str]) -> str:
    """What a person should know of such a paragraph, the internal entries by name."""
    are = "which is internal" if len(names) == 1 else "which are internal"
    which = "it" if len(names) == 1 else "them"
    rests = f"rests on {runs(names)}, {are}: what the paragraph says of {which} leaves with the report"
    return f"“{short(stated.text, 40)}” {rests}"


def runs(names: list[str]) -> str:
    """Entries for a sentence: three and more that follow on one another as `3-7`."""
    told: list[list[str]] = []
    for name in names:
        if told and _next(told[-1][-1]) == name:
            told[-1].append(name)
        else:
            told.append([name])
    return ", ".join(f"{run[0]}-{_NUMBER.split(run[-1])[1]}" if len(run) > 2 else ", ".join(run) for run in told)  # noqa: PLR2004


def _next(name: str) -> str:
    before, number, *_ = (*_NUMBER.split(name), "")
    return f"{before}{int(number) + 1}" if number else ""
