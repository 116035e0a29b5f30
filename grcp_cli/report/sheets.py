"""What stands on the sheets of a workbook: names, heads and rows, before anything is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .document import Table
from .entries import entries, head, items
from .wording import stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document, Item

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

_RECOMMENDED = (
    "group",
    "label",
    "text",
    "partners",
    "status",
    "decided",
    "cluster",
    "support",
    "oppose",
    "session",
    "question",
    "note",
    "id",
)

_ANNEXES = (
    ("sheet-agenda", ("held", "questions", "interventions")),
    ("sheet-participants", ("participants",)),
    ("sheet-speaking-time", ("speaking-time", "speaking-time-by-speaker", "speaking-time-by-kind")),
    ("sheet-unanswered", ("unanswered", "no-file", "no-answer", "too-few", "unnamed")),
)
"""Sheets with tables of the report, and the ids of these."""


class Grid(NamedTuple):
    """A head and the rows below it.

    Attributes:
        numeric: Which columns are figures.
        flat: Which columns are never broken into lines: ids.
        caption: What stands above it, empty for nothing; not drawn of a sheet's first.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    flat: tuple[int, ...] = ()
    caption: str = ""


class Sheet(NamedTuple):
    """A sheet: grids, one below the other."""

    name: str
    grids: tuple[Grid, ...]


def sheets(document: Document) -> list[Sheet]:
    """All sheets of a report; those of annexes only where there is something on them."""
    terms = document.terms
    made = [
        Sheet(terms["sheet-recommendations"], (_recommendations(document),)),
        Sheet(terms["sheet-across"], _across(document)),
        Sheet(terms["sheet-actions"], (_actions(document),)),
        Sheet(terms["sheet-entries"], (_entries(document),)),
    ]
    tables = {each.id: each for each in _tables(document)}
    for key, ids in _ANNEXES:
        grids = tuple(_drawn(tables[each]) for each in ids if each in tables)
        if grids:
            made.append(Sheet(terms[key], grids))
    taken: set[str] = set()
    return [each._replace(name=named(each.name, taken)) for each in made]


def named(wanted: str, taken: set[str]) -> str:
    """A name that a sheet can have, and that is then taken."""
    base = _FORBIDDEN.sub(" ", wanted).strip("' ")[:_LONGEST_NAME] or "-"
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        name = f"{base[: _LONGEST_NAME - 4]} {count}"
    taken.add(name.casefold())
    return name


def _recommendations(document: Document) -> Grid:
    told = {each.id: each for each in entries(document)}
    found = [told[each.id] for each in items(document, "recommendation") if each.id in told]
    rows = tuple(tuple(getattr(each, field) for field in _RECOMMENDED) for each in found)
    return Grid(head(document, _RECOMMENDED), rows, flat=(len(_RECOMMENDED) - 1,))


def _across(document: Document) -> tuple[Grid, ...]:
    """Common recommendations against the groups that take a side, and those that recommended something at all."""
    common, made = items(document, "cluster"), items(document, "recommendation")
    of = {each.group for each in made} | {group for each in common for group in (*each.groups, *each.against)}
    groups = [*(each for each in document.groups if each in of), *sorted(of - {*document.groups, ""})]
    groups = groups if common else []
    terms = document.terms
    first = (terms["label"], terms["cluster"])
    names = tuple(document.groups.get(each, each) for each in groups)
    rows = tuple(_shared(each, groups, made) for each in common)
    drawn = Grid((*first, *names, terms["note"], terms["id"]), rows, flat=(len(groups) + 3,))
    return (drawn, Grid((), (), caption=terms["legend"])) if groups else (drawn,)


def _shared(item: Item, groups: list[str], made: list[Item]) -> tuple[str, ...]:
    """A common recommendation with where each group stands on it."""
    cells = []
    for group in groups:
        brought = [each.label for each in made if each.group == group and each.id in item.sources]
        cells.append(stance(brought, supports=group in item.groups, opposes=group in item.against))
    return (item.label, item.text, *cells, item.note, item.id)


def _actions(document: Document) -> Grid:
    """The table of actions as it is in the report, and which entries they are."""
    terms = document.terms
    for table in _tables(document):
        if table.id == "actions":
            titles = (table.head[0] or terms["number"], *table.head[1:], terms["id"])
            return Grid(titles, tuple((*row.cells, row.id) for row in table.rows), flat=(len(titles) - 1,))
    return Grid(tuple(terms[each] for each in ("number", "kind-action", "owner", "due", "session", "id")), ())


def _entries(document: Document) -> Grid:
    titles = head(document)
    return Grid(titles, tuple(entries(document)), flat=(len(titles) - 2, len(titles) - 1))


def _tables(document: Document) -> Iterator[Table]:
    return (block for part in document.parts for block in part.blocks if isinstance(block, Table))


def _drawn(table: Table) -> Grid:
    return Grid(table.head, tuple(row.cells for row in table.rows), table.numeric, caption=table.caption)
