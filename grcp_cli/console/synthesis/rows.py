"""The table as rows to arrow through: proposals with their members, common recommendations, a column for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console.clean import drawn_line
from grcp_cli.console.shown import marks
from grcp_cli.meeting.synthesis import OPPOSES, SUPPORTS

from . import sheet_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.record import Statement
    from grcp_cli.meeting.synthesis import Column, Common, Proposal

    from .table import View

PROPOSAL, MEMBER, COMMON, PART, REGIONAL, REMARK = "proposal", "member", "common", "part", "regional", "remark"
"""What a row is; a remark cannot be arrowed to."""

PROPOSED, MADE = "proposals", "commons"
"""Keys of the headings under which proposals and common recommendations stand."""
SECTIONS = {PROPOSAL: PROPOSED, MEMBER: PROPOSED, COMMON: MADE, PART: MADE}
"""The heading under which a kind of row stands."""

GROUP_KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""One key a group, in the agenda's order."""
SIGNS = {SUPPORTS: "✓", OPPOSES: "✗", "": "·"}


class Row(NamedTuple):
    """One row.

    Attributes:
        key: What it is found again by when the table has changed.
        kind: One of the kinds above.
        head: What it is called.
        text: What it says.
        note: How it stands.
        entry: Id of the entry that it is about, empty for none.
        of: Id of the common recommendation that it is a part of, or itself; empty for none.
        proposal: The proposal that it belongs to, None for none.
        marked: Whether it is gathered for a common recommendation.
        signs: How each group stands to it, with the group's key; each is kept together.
    """

    key: str
    kind: str
    head: str
    text: str = ""
    note: str = ""
    entry: str = ""
    of: str = ""
    proposal: Proposal | None = None
    marked: bool = False
    signs: tuple[str, ...] = ()


def made(view: View, meeting: Meeting, marked: Collection[str]) -> list[Row]:
    """The proposals, then the common recommendations."""
    across, commons = view.proposed.across, view.sheet.commons
    rows = [Row(PROPOSED, REMARK, f"Proposals · {len(across)}", note="" if across else "nothing is proposed")]
    for number, proposal in enumerate(across, 1):
        rows += _proposal(number, proposal, view, marked)
    for number, proposal in enumerate(view.proposed.within):
        names = ", ".join(view.names[each.entry.id] for each in proposal.members)
        note = f"{names}: alike ({proposal.score}), all of one group"
        rows.append(Row(f"within {number}", REMARK, "not proposed", note=drawn_line(note)))
    rows.append(Row(MADE, REMARK, f"Common · {len(commons)}", note="" if commons else "none made yet"))
    for common in commons:
        rows += _common(common, view, meeting, marked)
    return rows


def _proposal(number: int, proposal: Proposal, view: View, marked: Collection[str]) -> Iterator[Row]:
    key = "proposal " + " ".join(each.entry.id for each in proposal.members)
    yield Row(key, PROPOSAL, str(number), note=drawn_line(sheet_lines.scored(proposal)), proposal=proposal)
    for each in proposal.members:
        yield _row(f"member {each.entry.id}", MEMBER, each, view, marked)._replace(proposal=proposal)


def _common(common: Common, view: View, meeting: Meeting, marked: Collection[str]) -> Iterator[Row]:
    stated = common.stated
    common_id = stated.entry.id
    signs = [
        f"{key} {meeting.name_of(group)} {SIGNS[stance]}"
        for key, (group, stance) in zip(GROUP_KEYS, common.stances, strict=False)
    ]
    shown = stated._replace(
        support=_others(stated.support, meeting),
        oppose=_others(stated.oppose, meeting),
    )
    note = drawn_line(" ".join(f"[{mark}]" for mark in marks(shown, meeting)))
    text = drawn_line(sheet_lines.text_of(stated))
    row = Row(f"common {common_id}", COMMON, view.names[common_id], text, note, common_id, common_id)
    yield row._replace(signs=tuple(map(drawn_line, signs)))
    for each in common.members:
        entry_id = each.stated.entry.id
        row = _row(f"part {common_id} {entry_id}", PART, each.stated, view, marked)
        yield row._replace(of=common_id)


def _others(whose: tuple[str, ...], meeting: Meeting) -> tuple[str, ...]:
    """Those who are no groups: the groups have a sign each."""
    return tuple(each for each in whose if meeting.group(each) is None)


def column(listed: Column, view: View, marked: Collection[str]) -> list[Row]:
    """The recommendations of one group."""
    rows = []
    for each in listed.items:
        row = _row(f"regional {each.stated.entry.id}", REGIONAL, each.stated, view, marked)
        rows.append(row._replace(note=drawn_line(sheet_lines.stands(each, view))))
    return rows


def _row(key: str, kind: str, stated: Statement, view: View, marked: Collection[str]) -> Row:
    entry_id = stated.entry.id
    text = drawn_line(sheet_lines.text_of(stated))
    return Row(
        key, kind, view.names[entry_id], text, sheet_lines.status_of(stated), entry_id, marked=entry_id in marked
    )
