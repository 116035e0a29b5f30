"""The recommendations as they are read out: by group, with label, brackets and status; only what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console import report_back
from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting import reported, telling
from grcp_cli.meeting.entry import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.record import Record


class Item(NamedTuple):
    """One recommendation: its id, what it is called, how it stands in words, what it says."""

    id: str
    label: str
    status: str
    text: str


class Column(NamedTuple):
    """What one group recommends; `many` tells how many of how many, in words."""

    name: str
    many: str
    items: tuple[Item, ...]


class Board(NamedTuple):
    """The recommendations of a session.

    Attributes:
        title: The question they answer, empty where there is none.
        columns: By group in the agenda's order, then those of no group, then what works across groups.
        silent: Names of the groups asked that have none.
        last: Id of the item last written or acted on, empty for none.
    """

    title: str
    columns: tuple[Column, ...]
    silent: tuple[str, ...]
    last: str


def board(meeting: Meeting, session: Session, record: Record, here: str) -> Board:
    """The board of a session: what is reported back to the question at hand, else to the first that hears reports.

    Args:
        meeting: The agenda.
        session: The session.
        record: All files of the meeting.
        here: Address of the question at hand.

    Returns:
        What was written under the question reported back from, and of the same kind here; where nothing is reported
        back, the session's own recommendations. Struck and internal entries are left out.
    """
    found = reported.from_record(meeting, session, here, record, Source(session.id))
    about = found.asked
    columns = [
        Column(
            drawn_line(meeting.name_of(part.group) if part.group else session.label),
            _many(about, part),
            tuple(map(_item, part.items)),
        )
        for part in found.parts
        if part.items or part.aside
    ]
    common = tuple(_commons(found.common))
    if common:
        columns.append(Column(report_back.ACROSS, str(len(common)), common))
    acted = {each.stated.entry.id: each.stated.latest for part in found.parts for each in part.items}
    acted |= {each.id: record.latest(each.id) for each in common}
    keys = {item: key for item, act in acted.items() if (key := record.key(act or item))}
    return Board(
        title=drawn_line(telling.place(about.question.address, session)) if about.question else "",
        columns=tuple(columns),
        silent=tuple(drawn_line(meeting.name_of(part.group)) for part in found.parts if _silent(about, part)),
        last=max(keys, key=keys.__getitem__, default=""),
    )


def _many(about: reported.Asked, part: reported.Part) -> str:
    """How many of how many, and how many the group kept back."""
    told = f"{len(part.items)}{report_back.of_how_many(about) if part.group else ''}"
    return f"{told} · {len(part.aside)} not brought forward" if part.aside else told


def _silent(about: reported.Asked, part: reported.Part) -> bool:
    return part.group in about.groups and not part.items and not part.aside


def _item(item: reported.Item) -> Item:
    return Item(
        item.stated.entry.id,
        drawn_line(item.name),
        " · ".join(report_back.stands(item.stated)),
        report_back.text(item.stated),
    )


def _commons(found: Iterable[reported.Item]) -> Iterator[Item]:
    """What this session found to work across groups, with what it rests on; not where nothing of that stands."""
    for each in found:
        if each.members or not each.stated.sources:
            common = _item(each)
            yield common._replace(status=" · ".join(filter(None, (common.status, *report_back.made_of(each)))))
