"""The report-back board in words: what groups answered elsewhere, group by group, for every way of showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.entry import STATUSES
from grcp_cli.meeting.reported import presence
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.wording import bracketed, standing

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.floor import Floor
    from grcp_cli.meeting.record import Statement
    from grcp_cli.meeting.reported import Asked, Item, Part, Reported

SIGNS = {
    "": "○",
    "proposed": "○",
    "agreed": "✓",
    "bracketed": "□",
    "bis": "≈",
    "not-agreed": "✗",
    "deferred": "»",
    "withdrawn": "−",
}
"""How an answer stands, in a sign of one cell beside the word."""
ASIDE = "not brought forward"


class Heading(NamedTuple):
    """A line of the board that is no answer.

    Attributes:
        id: What tells it from others.
        name: What it is about.
        about: What is told of that.
        missing: Whether something is still to come.
    """

    id: str
    name: str
    about: str = ""
    missing: bool = False

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " · ".join(filter(None, (self.name, self.about)))


def laid_out(found: Reported, meeting: Meeting, floor: Floor) -> Iterator[Heading | Item]:
    """The board from top to bottom: each group asked, what it answered and did not bring forward, who is missing."""
    for part in found.parts:
        if part.group or part.items or part.aside:
            yield _heading(found, part, meeting, floor)
            yield from part.items
            yield from part.aside
    if silent := missing(found, meeting):
        yield Heading("missing", "still missing", ", ".join(silent), missing=True)
    if found.unmentioned:
        names = {actor.id: actor.name for actor in meeting.actors}
        told = ", ".join(drawn_line(names.get(tag, tag)) for tag in found.unmentioned)
        yield Heading("actors", "nobody mentioned", told, missing=True)


def missing(found: Reported, meeting: Meeting) -> list[str]:
    """The groups without any answer, and which of them have no file."""
    without = {group: " (no file yet)" if group in found.unfiled else "" for group in found.silent}
    return [f"{drawn_line(meeting.name_of(group))}{why}" for group, why in without.items()]


def _heading(found: Reported, part: Part, meeting: Meeting, floor: Floor) -> Heading:
    if not part.group:
        return Heading("group", "of no group", str(len(part.items)))
    told = [f"{len(part.items)}{of_how_many(found.asked)}"]
    if part.aside:
        told.append(f"{len(part.aside)} {ASIDE}")
    if part.group in found.unfiled:
        told.append("no file yet")
    told.append(presence(meeting, floor, part.group))
    return Heading(
        f"group {part.group}",
        drawn_line(meeting.name_of(part.group)),
        " · ".join(told),
        missing=not part.items,
    )


def of_how_many(about: Asked) -> str:
    """How many each group was asked for, behind how many it has; empty where nothing says."""
    return f" of {'up to ' if about.up_to else ''}{about.most}" if about.most else ""


def stands(stated: Statement) -> list[str]:
    """How an answer stands, in words: `agreed`, `read out`."""
    told = [standing("recommendation", stated.status, ENGLISH)] if stated.status in STATUSES else []
    return [*told, "read out"] if stated.confirmed else told


def decided(stated: Statement, meeting: Meeting) -> str:
    """A status with the session that decided it: `agreed in Session 4`; empty for none."""
    if not stated.status:
        return ""
    told = standing("recommendation", stated.status, ENGLISH) if stated.status in STATUSES else stated.status
    session = meeting.session(stated.decided_in)
    return f"{told} in {session.label if session else stated.decided_in}"


def told(item: Item, meeting: Meeting) -> list[str]:
    """How an answer stands on the board, and which types of partner it names."""
    stated = item.stated
    found = [f"{ASIDE}, {decided(stated, meeting)}" if item.aside else decided(stated, meeting)]
    if stated.confirmed:
        found.append("read out")
    names = {actor.id: actor.name for actor in meeting.actors}
    if stated.tags:
        found.append("with " + ", ".join(names.get(tag, tag) for tag in stated.tags))
    return [drawn_line(each) for each in found if each]


def text(stated: Statement) -> str:
    """What an answer says, in one line; contested text in its brackets."""
    return bracketed(one_line(stated.text)) if stated.status == "bracketed" else one_line(stated.text)


def one_line(written: str) -> str:
    """A text in one line as it may be drawn."""
    return drawn_line(" ".join(written.split()))
