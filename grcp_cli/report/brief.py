"""The page of the next morning: one side of A4 with headlines, what was agreed, what is to be done, what is open.

Sections take turns until the page is full, so that a long one leaves room to the others; what found no room is
counted at the end. Nothing is cut short, and no paragraph is numbered: numbers are those of the whole report.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.contested import CONTESTED, stands

from . import front
from .compose import document
from .document import Document, Item
from .language import word, words
from .naming import session_named
from .pen import Pen
from .phrases import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.meeting.record import Statement

    from .pen import Choices

LINES, WIDTH = 48.0, 84
"""What one side of A4 holds, in lines of so many letters, whichever format draws it."""

_HEADING, _BETWEEN = 3.6, 0.25
"""Lines that a heading takes with what stands about it, and that stand between two items."""

MOST_HEADLINES = 3
"""Starred entries of one session."""

OPEN_KINDS = ("divergence", "reservation")
OPEN_STATUSES = ("bracketed", "bis", "not-agreed", CONTESTED)
"""What makes an entry a point without consensus."""

LEFT_OUT = {
    "headlines": words("{n} headline: {sessions}", "{n} headlines: {sessions}"),
    "agreed": words(
        "{n} agreed or common recommendation: {sessions}", "{n} agreed or common recommendations: {sessions}"
    ),
    "actions": words("{n} action: {sessions}", "{n} actions: {sessions}"),
    "open": words("{n} point without consensus: {sessions}", "{n} points without consensus: {sessions}"),
}
"""How what found no room is counted, by section."""

TITLES = {
    "headlines": ("summary", word("Headlines")),
    "agreed": ("recommendations", word("Agreed and common recommendations")),
    "actions": ("way-forward", word("Actions")),
    "open": ("summary", word("Points without consensus")),
}
"""The role and heading of each section, in the order of the page."""


class Place(NamedTuple):
    """Where an item would stand: in which section, and at which place of it."""

    section: str
    position: int


def brief(proceedings: Proceedings, choices: Choices) -> Document:
    """The one page of some proceedings.

    Args:
        proceedings: What stands.
        choices: Attribution, status and what else was asked; raw notes are never on it.
    """
    pen = Pen(proceedings, choices)
    page = document(pen, "brief")
    page = page._replace(masthead=front.short_masthead(pen), colophon=front.short_colophon(pen))
    entries = _entries(pen)
    chosen = _fitting(pen, entries, LINES - _around(page))
    for section, (role, title) in TITLES.items():
        own = [item for place, item in entries.items() if place.section == section and place in chosen]
        for item in own:
            pen.add(item)
        if own:
            pen.part(section, role, pen.say(title))
    if left := _left_out(pen, entries, chosen):
        for line in left:
            pen.add(Item(line))
        pen.part("left-out", "summary", pen.say("What found no room on this page"))
    if not entries:
        pen.remark(pen.say("Nothing has been starred, agreed, assigned or left open yet."))
        pen.part("summary", "summary", pen.say("Summary"))
    return page._replace(parts=tuple(pen.parts))


def _entries(pen: Pen) -> dict[Place, Item]:
    """All that the page would like to show; an entry stands in one section only."""
    wanted: dict[str, list[Item]] = {section: [] for section in TITLES}
    for chapter in pen.proceedings.chapters:
        for each in chapter.statements:
            if section := _section(each):
                wanted[section].append(pen.item(each, note=_note(pen, each)))
    for common in pen.proceedings.common:
        if section := _section(common.stated, otherwise="agreed" if common.works else ""):
            wanted[section].append(pen.common(common, pen.origin(common)))
    return {Place(section, position): item for section, items in wanted.items() for position, item in enumerate(items)}


def _note(pen: Pen, statement: Statement) -> str:
    """What must be said of an entry here: who does it and until when, or what it is and how it stands."""
    if statement.kind == "action":
        return pen.language.beside((pen.owner(statement), pen.due(statement), pen.position(statement)))
    kind = "" if pen.label(statement.entry.id) else pen.tell(*KINDS[statement.kind], 1)
    where = session_named(pen.meeting, statement.source.session, pen.language)
    return pen.language.beside((kind, pen.position(statement) or where))


def _section(statement: Statement, otherwise: str = "") -> str:
    """Where an entry would stand, empty for nowhere; `otherwise` is where nothing in it says."""
    status = stands(statement)
    if status == "withdrawn":
        return ""
    if statement.starred:
        return "headlines"
    if statement.kind == "action":
        return "actions"
    if statement.kind in OPEN_KINDS or status in OPEN_STATUSES:
        return "open"
    return "agreed" if statement.kind == "recommendation" and status == "agreed" else otherwise


def _fitting(pen: Pen, entries: dict[Place, Item], room: float) -> set[Place]:
    """What fits into so many lines, beside the count of what does not."""
    reserve = 0.0
    while True:
        chosen = _filled(entries, room - reserve)
        left = _left_out(pen, entries, chosen)
        needed = _HEADING + sum(map(_lines, left)) if left else 0.0
        if needed <= reserve:
            return chosen
        reserve = needed


def _filled(entries: dict[Place, Item], room: float) -> set[Place]:
    """Fills the page, one of each section at a time; an entry too long for what is left gives way to shorter ones."""
    chosen: set[Place] = set()
    headlines: Counter[str] = Counter()
    for place in filter(None, _in_turn(entries)):
        item = entries[place]
        begun = any(each.section == place.section for each in chosen)
        needed = _lines(f"{item.label}. {item.speaker}: {item.text} ({item.note})") + (0.0 if begun else _HEADING)
        if place.section == "headlines":
            if headlines[item.session] == MOST_HEADLINES:
                continue
            headlines[item.session] += needed <= room
        if needed <= room:
            chosen.add(place)
            room -= needed
    return chosen


def _in_turn(entries: dict[Place, Item]) -> Iterator[Place | None]:
    sections = [[place for place in entries if place.section == section] for section in TITLES]
    for places in zip_longest(*sections):
        yield from places


def _left_out(pen: Pen, entries: dict[Place, Item], chosen: set[Place]) -> list[str]:
    """What found no room, a line for each section: how many, and in which sessions."""
    lines = []
    for section, counted in LEFT_OUT.items():
        left = Counter(
            item.session for place, item in entries.items() if place.section == section and place not in chosen
        )
        if left:
            where = [f"{session_named(pen.meeting, each, pen.language)} ({count})" for each, count in left.items()]
            lines.append(pen.tell(*counted, left.total(), sessions=pen.language.listed(where)))
    return lines


def _around(page: Document) -> float:
    """Lines that title, masthead and colophon take, in their larger and smaller letters."""
    title = 1.8 * ceil(_width(page.title) / 50) + 1.9 * ceil(_width(page.subtitle) / 80 if page.subtitle else 0)
    masthead = 2.0 + sum(ceil(_width(field.text) / 70) for field in page.masthead)
    return title + masthead + 2.5 + sum(ceil(_width(line) / 100) for line in page.colophon)


def _lines(text: str) -> float:
    """Lines that a text takes as an item, and what stands between it and the next."""
    return sum(ceil(_width(line) / WIDTH) for line in text.split("\n")) + _BETWEEN


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text) or 1
