"""The report before any format: what stands in it, worded, ordered and numbered; a format only draws.

    Document ── Part (a chapter or annex) ── blocks: Heading · Paragraph · Item · Table

Attribution has been applied: nothing here may be withheld any more. Texts hold no control characters;
a line feed in one is a break that its author typed.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Heading(NamedTuple):
    """A heading inside a part; `level` is 3, 4 or 5 (the title is 1, a part's own heading 2)."""

    level: int
    text: str
    id: str
    type: Literal["heading"] = "heading"


class Paragraph(NamedTuple):
    """A paragraph of prose.

    Attributes:
        number: Its place in the report's one sequence, None for a remark that is not counted.
        sources: Ids of the entries that it rests on.
        id: The id of the drafted paragraph, empty where the report words it itself.
    """

    number: int | None
    text: str
    sources: tuple[str, ...] = ()
    id: str = ""
    type: Literal["paragraph"] = "paragraph"


class Item(NamedTuple):
    """One entry of the record, or one line of the agenda, in a list.

    Attributes:
        mark: `(a)` under the numbered paragraph before it; empty for a bullet and where there is a label.
        label: What a recommendation is called: `Africa 3`.
        speaker: Who said it, as far as the attribution lets it be told.
        text: In square brackets where it is bracketed.
        note: How it stands, in words: `agreed, Session 4; supported by several participants`.
        id: The entry's id, empty for a line of the agenda.
        sources: Ids of the entries it comes from.
        kind: As in the record, `cluster` for a common recommendation, empty for a line of the agenda.
        session: Id; `question` is the address within it.
        group: Id of the group that is its author.
        status: As in the record; `decided_in` is the id of the session that decided.
    """

    text: str
    mark: str = ""
    label: str = ""
    speaker: str = ""
    note: str = ""
    id: str = ""
    sources: tuple[str, ...] = ()
    kind: str = ""
    session: str = ""
    question: str = ""
    group: str = ""
    status: str = ""
    decided_in: str = ""
    type: Literal["item"] = "item"


class Row(NamedTuple):
    """One row of a table: as many cells as its head; `id` is an entry's whose text stands in it."""

    cells: tuple[str, ...]
    sources: tuple[str, ...] = ()
    id: str = ""


class Table(NamedTuple):
    """A table; `numeric` tells which columns are figures."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    numeric: tuple[int, ...] = ()
    type: Literal["table"] = "table"


Block = Heading | Paragraph | Item | Table


class Part(NamedTuple):
    """A chapter or annex.

    Attributes:
        id: Unique in the report: `summary`, `session-2`, `annex-participants`.
        role: `summary | organization | session | recommendations | way-forward | annex`.
        number: `III`, or `Annex I`.
        session: The id of the session it is about, empty for none.
    """

    id: str
    role: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    session: str = ""


class Field(NamedTuple):
    """One line of the masthead."""

    name: str
    text: str


class Document(NamedTuple):
    """A report.

    Attributes:
        meeting: The meeting's id.
        subtitle: The theme, empty for none.
        masthead: In the order to be printed.
        status: `draft` or `final`.
        attribution: `none | chatham | group | full`.
        rehearsal: Whether this is no record of a meeting.
        as_of: The instant of the latest entry in it, ISO 8601; empty where there is none.
        language: Of the report's own words.
    """

    meeting: str
    title: str
    subtitle: str
    masthead: tuple[Field, ...]
    status: str
    attribution: str
    rehearsal: bool
    as_of: str
    parts: tuple[Part, ...]
    language: str = "en"

    @property
    def entries(self) -> tuple[str, ...]:
        """Ids of the entries, paragraphs and clusters whose own words stand in it, each once."""
        found: dict[str, None] = {}
        for part in self.parts:
            for block in part.blocks:
                holders = block.rows if isinstance(block, Table) else () if isinstance(block, Heading) else (block,)
                found.update({holder.id: None for holder in holders if holder.id})
        return tuple(found)

    @property
    def words(self) -> int:
        """How long it is, the masthead left out."""
        return sum(len(text.split()) for part in self.parts for block in part.blocks for text in _texts(block))


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Table):
        return (block.caption, *block.head, *(cell for row in block.rows for cell in row.cells))
    if isinstance(block, Item):
        return (block.label, block.speaker, block.text, block.note)
    return (block.text,)
