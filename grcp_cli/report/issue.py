"""What a report said, paragraph by paragraph: the map that is kept beside what was circulated.

Document ──> Said (a numbered paragraph, or a list without one) ── Line (an item, or a row of a table)
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.errors import GrcpError
from grcp_cli.meeting.withheld import withheld_desks

from .document import Document, Heading, Item, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.record import Record

    from .document import Block
    from .pen import Choices

FORMAT = 1


class MapError(GrcpError):
    """A map that is not one."""

    exit_code = 3


class Line(NamedTuple):
    """One entry listed under a paragraph: how it is marked or called there, its words, its id (or empty)."""

    mark: str
    text: str
    id: str = ""


class Said(NamedTuple):
    """One numbered paragraph, or a list that none introduces.

    Attributes:
        number: In the report's one sequence, None for a list that none introduces.
        part: The id of the part that it stands in.
        place: The id of the heading, or else of the part, that it stands under.
        id: Of the drafted paragraph, empty where the report worded it itself.
        sources: Ids of the entries that it rests on.
        lines: What is listed under it.
    """

    number: int | None
    text: str
    part: str
    place: str
    id: str = ""
    sources: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def entries(self) -> tuple[str, ...]:
        """Ids of the entries that it rests on or lists, each once."""
        return tuple(dict.fromkeys((*self.sources, *(line.id for line in self.lines if line.id))))


class Chapter(NamedTuple):
    """One part as a whole: what it is called, and a hash over all that stands in it."""

    id: str
    title: str
    sha256: str


class Text(NamedTuple):
    """All that a report said."""

    said: tuple[Said, ...]
    chapters: tuple[Chapter, ...]


def text(document: Document) -> Text:
    """What a document says."""
    return Text(tuple(_said(document)), tuple(_chapters(document)))


def _chapters(document: Document) -> Iterator[Chapter]:
    for part in document.parts:
        whole = json.dumps(part, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield Chapter(part.id, f"{part.number}. {part.title}", hashlib.sha256(whole).hexdigest())


def _said(document: Document) -> Iterator[Said]:
    for part in document.parts:
        place, here = part.id, None
        for block in part.blocks:
            if isinstance(block, Heading) or (isinstance(block, Paragraph) and block.number is not None):
                if here:
                    yield here
                here = None
            if isinstance(block, Heading):
                place = block.id
            elif isinstance(block, Paragraph) and block.number is not None:
                here = Said(block.number, block.text, part.id, place, block.id, block.sources)
            elif lines := tuple(_lines(block)):
                if here and here.id:  # what follows drafted prose does not belong to it
                    yield here
                    here = None
                here = here or Said(None, "", part.id, place)
                here = here._replace(lines=(*here.lines, *lines))
        if here:
            yield here


def _lines(block: Block) -> Iterator[Line]:
    """What of a block is an entry's, or a line of the agenda's; other tables follow from these."""
    if isinstance(block, Item):
        whose, note = f"{block.speaker}: " if block.speaker else "", f" ({block.note})" if block.note else ""
        yield Line(block.label or block.mark, f"{whose}{block.text}{note}", block.id)
    elif isinstance(block, Table):
        for row in block.rows:
            if row.id:
                yield Line(row.cells[0], " · ".join(cell for cell in row.cells[1:] if cell), row.id)


def map_of(
    document: Document, choices: Choices, only: Sequence[str], files: Sequence[tuple[str, bytes]], name: str = ""
) -> dict[str, Any]:
    """The map of a report: what was asked, which files it has, from which records, and what it says.

    Args:
        document: What was drawn.
        choices: What was asked of it, with the last seals of the session files.
        only: Ids of the sessions wanted, empty for all.
        files: Name and bytes of each file.
        name: Of the issue, empty where it is none.
    """
    asked = {key: value for key, value in choices._asdict().items() if key not in ("heads", "version")}
    return {
        "format": FORMAT,
        "meeting": document.meeting,
        "issue": name or None,
        "as_of": document.as_of or None,
        "choices": {**asked, "sort": document.sort, "sessions": list(only)},
        "files": [
            {"name": each, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for each, data in files
        ],
        "records": [{"file": file, "seal": seal} for file, seal in choices.heads],
        **as_data(text(document)),
    }


class Asked(NamedTuple):
    """What was asked of a report that a map is of: its choices, the sessions wanted (none for all), its sort."""

    choices: Choices
    only: tuple[str, ...]
    sort: str


def asked(data: Mapping[str, Any]) -> Asked:
    """What was asked, from a map.

    Raises:
        MapError: It is not a map that this version reads.
    """
    from .pen import Choices

    try:
        _checked(data)
        told = dict(data["choices"])
        sort, only = told.pop("sort"), tuple(told.pop("sessions"))
        return Asked(Choices(**told), only, sort)
    except (AttributeError, KeyError, TypeError) as error:
        raise _faulty(data, error) from error


def heads(record: Record, meeting: Meeting, level: str) -> tuple[tuple[str, str], ...]:
    """The session file of each desk with its last seal; a desk that would name somebody becomes an asterisk.

    Of a desk that branched the last seals of all branches, with `+` between them. Its files go by the desk's name:
    which of them carries a branch in its own depends on the folder, and the same record is to tell the same.
    """
    desks = withheld_desks(meeting, level)
    seals: dict[Source, list[str]] = {}
    for source, entries in sorted(record.files.items()):
        if entries and entries[-1].seal:
            seals.setdefault(source._replace(branch=""), []).append(entries[-1].seal)
    return tuple(
        (".".join(filter(None, (session, "*" if desk in desks else desk, "toml"))), "+".join(sorted(own)))
        for (session, desk, _), own in seals.items()
    )


def as_data(told: Text) -> dict[str, Any]:
    """The part of a map that tells what was said."""
    return {
        "paragraphs": [
            {
                "number": each.number,
                "text": each.text,
                "part": each.part,
                "place": each.place,
                "id": each.id or None,
                "entries": list(each.entries),
                "sources": list(each.sources),
                "lines": [{"mark": line.mark, "text": line.text, "id": line.id or None} for line in each.lines],
            }
            for each in told.said
        ],
        "parts": [each._asdict() for each in told.chapters],
    }


def from_data(data: Mapping[str, Any]) -> Text:
    """What was said, from a map.

    Raises:
        MapError: It is not a map that this version reads.
    """
    try:
        _checked(data)
        said = tuple(
            Said(
                each["number"],
                each["text"],
                each["part"],
                each["place"],
                each["id"] or "",
                tuple(each["sources"]),
                tuple(Line(line["mark"], line["text"], line["id"] or "") for line in each["lines"]),
            )
            for each in data["paragraphs"]
        )
        return Text(said, tuple(Chapter(each["id"], each["title"], each["sha256"]) for each in data["parts"]))
    except (AttributeError, KeyError, TypeError) as error:
        raise _faulty(data, error) from error


def _checked(data: Mapping[str, Any]) -> None:
    """Sees that a map is of this format, and that what others read of it is there."""
    if data.get("format") != FORMAT:
        found = data.get("format", "missing")
        told = f"the map of {data.get('issue') or 'the report'} has format {found}, this version reads {FORMAT}"
        raise MapError(told, "a newer grcp reads it")
    for key, wanted in (("files", {"name", "sha256"}), ("records", {"file", "seal"})):
        if missing := [each for each in data[key] if not wanted <= each.keys()]:
            raise KeyError(f"{key}: {missing[0]}")


def _faulty(data: Mapping[str, Any], error: Exception) -> MapError:
    told = f"the map of {data.get('issue') or 'the report'} was changed by hand: {error}"
    return MapError(told, "bring back the one that was kept")
