"""One answer as the room sees it while it is read back: what it is called, says and is made of, how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from textual.content import Content

from grcp_cli.console import report_back
from grcp_cli.console.clean import drawn, drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.meeting.agenda import Group, Meeting
    from grcp_cli.meeting.reported import Item

_BY_REGION = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAPER = Console(width=200)


def called(item: Item, meeting: Meeting) -> str:
    """What an answer is called in the room: its label, else whose it is; what is typed for it is not for the room."""
    if item.label is not None:
        return drawn_line(item.name)
    whose = meeting.name_of(item.stated.group) if item.stated.group else ""
    return drawn_line(" · ".join(filter(None, (whose, item.stated.kind))))


def text(item: Item) -> Content:
    """The whole text as it was written, in its brackets where it is contested."""
    written = drawn(item.stated.text)
    return Content(report_back.in_brackets(written) if item.stated.status == "bracketed" else written)


def members(item: Item, width: int, room: int) -> Content:
    """What a common recommendation is made of: whole texts where there is room for all, else a line each.

    Args:
        item: The answer; one that is not made of others gives nothing.
        width: Cells of a line.
        room: Lines that are left for it.
    """
    if not item.members:
        return Content("")
    made = [(f"{drawn_line(each.name)}:", report_back.text(each.stated)) for each in item.members]
    if sum(_lines(f"{name} {said}", width) for name, said in made) >= room:
        made = [(name, _shortened(said, width - cell_len(name) - 1)) for name, said in made]
    told = (Content.assemble((name, "bold"), f" {said}") for name, said in made)
    return Content("\n").join([Content.styled("made of", "$quiet"), *told])


def _lines(written: str, width: int) -> int:
    return len(Text(written).wrap(_PAPER, width))


def _shortened(written: str, width: int) -> str:
    shown = Text(written)
    shown.truncate(max(1, width), overflow="ellipsis")
    return shown.plain


def standing(item: Item, meeting: Meeting) -> Content:
    """How it stands, in sign and word; who supports it is told by Region."""
    sign = report_back.SIGNS.get(item.stated.status, "?")
    return Content(f"{sign} {' · '.join((*report_back.stand(item, meeting), *report_back.marks(item.stated)))}")


def support(item: Item, meeting: Meeting, width: int) -> Content:
    """Each Region with its key and where it stands, in sign and word; then who else supports or opposes it."""
    parts = []
    for key, group in by_region(meeting):
        stands = {1: " + supports", -1: " − opposes", 0: ""}[stance(item, group.id)]
        parts.append(Content.assemble((f"{key} ", "bold $primary"), drawn_line(group.name), (stands, "bold $accent")))
    found = packed(parts, width)
    groups = {group.id for group in meeting.groups}
    others = report_back.backing(item.stated, meeting, without=groups)
    return Content("\n").join([*found, Content(" · ".join(others))] if others else found)


def by_region(meeting: Meeting) -> list[tuple[str, Group]]:
    """The Regions with the key of each."""
    return list(zip(_BY_REGION, meeting.groups, strict=False))


def stance(item: Item, group: str) -> int:
    """1 where a group supports an answer, -1 where it opposes it, else 0."""
    return (group in item.stated.support) - (group in item.stated.oppose)


def packed(parts: Iterable[Content], width: int) -> list[Content]:
    """Parts in as few lines as there is room for, none of them broken."""
    found = [Content("")]
    for part in parts:
        if found[-1].cell_length and found[-1].cell_length + part.cell_length > width:
            found.append(Content(""))
        found[-1] += part + Content("   ")
    return found
