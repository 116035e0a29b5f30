"""The report before any format: what stands in it, worded, ordered and numbered; a format only draws.

    Document ── Part (a chapter or annex) ── blocks: Heading · Paragraph · Item · Table · Chart

Attribution has been applied: nothing here may be withheld any more. Texts hold no control characters;
a line feed in one is a break that its author typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        question: The address, within its session, of the question that a drafted paragraph is about.
    """

    number: int | None
    text: str
    sources: tuple[str, ...] = ()
    id: str = ""
    question: str = ""
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
        status: As in the record; `decided_in` is the id of the session that decided. Both are empty in a conflict.
        tags: Names of the types of partner it is with.
        clusters: What the common recommendations are called that it is part of.
        groups: Ids of the groups that share a common recommendation.
        against: Ids of those that oppose it.
        support: Who supports it, in words, as far as that may be told; `oppose` likewise.
        conflicts: What of it corrections contradict each other about: `text`, `status`, `struck`, ….
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
    tags: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    support: str = ""
    oppose: str = ""
    conflicts: tuple[str, ...] = ()
    type: Literal["item"] = "item"


class Row(NamedTuple):
    """One row of a table: as many cells as its head; `id` is an entry's whose text stands in it.

    Attributes:
        entry: That entry as an item, for formats that list entries; None where there is no `id`.
    """

    cells: tuple[str, ...]
    sources: tuple[str, ...] = ()
    id: str = ""
    entry: Item | None = None


class Table(NamedTuple):
    """A table.

    Attributes:
        numeric: Which columns are figures.
        id: Which table it is, for formats that draw it otherwise: `matrix`, `actions`, `held`, …; unique in the report.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    numeric: tuple[int, ...] = ()
    id: str = ""
    type: Literal["table"] = "table"


class Bar(NamedTuple):
    """One row of a chart: its name, a value a series, and each value in words."""

    label: str
    values: tuple[float, ...]
    words: tuple[str, ...]


class Chart(NamedTuple):
    """Bars, for formats that can draw; what it shows stands in a table beside it in every format.

    Attributes:
        id: Unique in the report.
        title: What it shows, in words: also what is told instead of it.
        series: What each row's values are: `planned`, `used`.
    """

    id: str
    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    type: Literal["chart"] = "chart"


Block = Heading | Paragraph | Item | Table | Chart


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


class Appointment(NamedTuple):
    """One session of the agenda with its zoned times, ISO 8601 with the zone's name.

    Attributes:
        id: The session's.
        start: Local time of the meeting, `2019-04-05T10:45:00`; `end` likewise.
        zone: `Europe/Zurich`.
        about: Its guiding questions and objectives, a line each.
    """

    id: str
    title: str
    start: str
    end: str
    zone: str
    place: str
    about: str


class Document(NamedTuple):
    """A report.

    Attributes:
        meeting: The meeting's id.
        subtitle: The theme, empty for none.
        masthead: In the order to be printed.
        status: `draft`, `final` or `adopted`.
        attribution: `none | chatham | group | full`.
        rehearsal: Whether this is no record of a meeting.
        as_of: The instant of the latest entry in it, ISO 8601; empty where there is none.
        language: Of the report's own words: `en`, `fr` or `es`.
        stamp: What stands on every page of a draft or rehearsal: `DRAFT`, `REHEARSAL: this is no record of a meeting`,
            both with ` · ` between them; empty for nothing.
        colophon: Lines at the very end: how it was made and from which records.
        terms: Words that a format needs of itself, in the report's language; always all those that `terms.py` lists.
        agenda: The sessions as planned, for a calendar.
        sort: `report`; `brief` is the one page of the next morning, `form` a sheet a part to be filled in by hand:
            both without contents.
        revision: 0 until something was changed after it was final.
        running: What stands at the head of each page: the symbol, else the meeting's short title, else its title.
        adopted: When, ISO 8601; `by` is who adopted it. Both are empty unless `status` is `adopted`.
        groups: What groups are called, by id, in the order of the agenda; `sessions` likewise.
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
    stamp: str = ""
    colophon: tuple[str, ...] = ()
    terms: Mapping[str, str] = {}
    agenda: tuple[Appointment, ...] = ()
    sort: str = "report"
    revision: int = 0
    adopted: str = ""
    by: str = ""
    groups: Mapping[str, str] = {}
    sessions: Mapping[str, str] = {}
    running: str = ""

    @property
    def entries(self) -> tuple[str, ...]:
        """Ids of the entries, paragraphs and clusters whose own words stand in it, each once."""
        found: dict[str, None] = {}
        for part in self.parts:
            for block in part.blocks:
                holders = block.rows if isinstance(block, Table) else (block,) if isinstance(block, _TOLD) else ()
                found.update({holder.id: None for holder in holders if holder.id})
        return tuple(found)

    @property
    def words(self) -> int:
        """How long it is, the masthead left out."""
        return sum(len(text.split()) for part in self.parts for block in part.blocks for text in _texts(block))


_TOLD = (Paragraph, Item)
"""Blocks that may hold an entry's own words."""


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Chart):
        return ()  # its table is counted
    if isinstance(block, Table):
        return (block.caption, *block.head, *(cell for row in block.rows for cell in row.cells))
    if isinstance(block, Item):
        return (block.label, block.speaker, block.text, block.note)
    return (block.text,)
