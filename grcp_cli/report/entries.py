"""Every entry that a document holds, one row each, for formats that are tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.contested import CONTESTED

from .document import Item, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document import Block, Document, Part, Row

_OWNER, _DUE = 2, 3
"""Where the table of actions tells who and until when."""


class Told(NamedTuple):
    """One entry in words.

    Attributes:
        label: Of a recommendation; the number of a paragraph.
        question: Its address within the session.
        group: Who is its author, or which groups share it.
        cluster: What the common recommendations are called that it is part of.
        sources: Ids of the entries that it rests on, with spaces between.
        id: The entry's id.
    """

    label: str
    kind: str
    session: str
    question: str
    group: str
    speaker: str
    text: str
    status: str
    decided: str
    partners: str
    cluster: str
    support: str
    oppose: str
    owner: str
    due: str
    note: str
    sources: str
    id: str


def head(document: Document, fields: Iterable[str] = Told._fields) -> tuple[str, ...]:
    """What the columns are called."""
    return tuple(document.terms[field] for field in fields)


def entries(document: Document) -> list[Told]:
    """All of them, each once: session by session as the report has them, then what stands elsewhere only."""
    found: dict[str, Told] = {}
    for part in sorted(document.parts, key=lambda each: each.role != "session"):
        for block in part.blocks:
            for item, owner, due in _items(part, block):
                if item.id and item.id not in found:
                    found[item.id] = _told(document, item)._replace(owner=owner, due=due)
    return list(found.values())


def items(document: Document, kind: str) -> list[Item]:
    """The entries of a kind as items, each once, in the order of the chapter of recommendations, then of the others."""
    parts = sorted(document.parts, key=lambda each: each.role != "recommendations")
    found: dict[str, Item] = {}
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Item) and block.kind == kind:
                found.setdefault(block.id, block)
    return list(found.values())


def _items(part: Part, block: Block) -> Iterator[tuple[Item, str, str]]:
    """The items in a block, each with its owner and when it is due."""
    if isinstance(block, Item):
        yield block, "", ""
    elif isinstance(block, Paragraph):
        number = str(block.number) if block.number else ""
        item = Item(block.text, label=number, id=block.id, sources=block.sources, kind="paragraph")
        yield item._replace(session=part.session, question=block.question), "", ""
    elif isinstance(block, Table):
        for row in block.rows:
            yield _of(row), *((row.cells[_OWNER], row.cells[_DUE]) if block.id == "actions" else ("", ""))


def _of(row: Row) -> Item:
    return row.entry or Item(" · ".join(filter(None, row.cells)), id=row.id, sources=row.sources)


def _told(document: Document, item: Item) -> Told:
    sessions, groups, terms = document.sessions, document.groups, document.terms
    kind = terms["paragraph"].lower() if item.kind == "paragraph" else terms.get(f"kind-{item.kind}", item.kind)
    return Told(
        label=item.label,
        kind=kind,
        session=sessions.get(item.session, item.session),
        question=item.question,
        group=", ".join(groups.get(each, each) for each in item.groups or (item.group,) if each),
        speaker=item.speaker,
        text=item.text,
        status=terms.get(f"status-{_stands(item)}", ""),
        decided=sessions.get(item.decided_in, item.decided_in),
        partners=", ".join(item.tags),
        cluster=", ".join(item.clusters),
        support=item.support,
        oppose=item.oppose,
        owner="",
        due="",
        note=item.note,
        sources=" ".join(each for each in item.sources if each != item.id),
        id=item.id,
    )


def _stands(item: Item) -> str:
    return CONTESTED if {"status", "struck"} & set(item.conflicts) else item.status
