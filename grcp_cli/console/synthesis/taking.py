"""What may be typed at the table: the grammar of every desk but clock and floor, and three words of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from grcp_cli.console.clean import drawn_line
from grcp_cli.console.once import stands
from grcp_cli.meeting import grammar, references, telling
from grcp_cli.meeting.commands import BY_NAME
from grcp_cli.meeting.decision import Refuse

from .table import accepting, join_line

if TYPE_CHECKING:
    from grcp_cli.store.desk import Desk

    from .table import View

WORDS = (
    ("/accept 2", "make proposal 2 a common recommendation; /accept 2: text words it"),
    ("/proposals", "what is proposed now"),
    ("/sheet", "the recommendations by group, and the common ones"),
)
"""What is only understood here, for help."""
_ACCEPT = re.compile(r"/accept\b\s*(\d*)\s*(?::\s*(.*))?", re.DOTALL)


def meant(typed: str, view: View, desk: Desk) -> str | Refuse:
    """The line that a typed one stands for, or why it is none here.

    Args:
        typed: As typed.
        view: What was last shown: its proposals have the numbers that are meant.
        desk: Who types.
    """
    line = typed.strip()
    if match := _ACCEPT.fullmatch(line):
        number = int(match[1]) if match[1] else 0
        across = view.proposed.across
        if not 1 <= number <= len(across):
            numbers = f"there are 1 to {len(across)}" if across else "nothing is proposed"
            return Refuse(f"there is no proposal {match[1] or '…'}", numbers, 4)
        proposal, text = across[number - 1], (match[2] or "").strip()
        return join_line(proposal.members, text, view) if text else accepting(proposal, view)
    place = view.sheet.question.address
    parsed = grammar.parse(line, desk.meeting, desk.session, place)
    if isinstance(parsed, grammar.Command):
        command = BY_NAME.get(parsed.name)
        if command is not None and command.of in ("clock", "floor"):
            return Refuse("clock and floor are not kept here", f"grcp run {desk.session.id} keeps them")
        said = grammar.parse(parsed.rest, desk.meeting, desk.session, place) if parsed.name == "off" else None
        return f"/off {_placed(said, place, desk)}" if _unplaced(said) else typed
    return _placed(parsed, place, desk) if _unplaced(parsed) else typed


def _unplaced(said: grammar.Line | None) -> TypeGuard[grammar.Prose]:
    return isinstance(said, grammar.Prose) and bool(said.text) and not said.place


def _placed(said: grammar.Prose, place: str, desk: Desk) -> str:
    """What is said at the table is about its question, wherever the plenary stands."""
    return grammar.render(said._replace(place=place), desk.meeting, desk.session, place)


def unchanged(typed: str, desk: Desk) -> str:
    """That a wording says, or a decision is, what stands there already; empty where it is not."""
    parsed = grammar.parse(typed, desk.meeting, desk.session, desk.walk.here)
    if not isinstance(parsed, grammar.Command):
        return ""
    reference, _, text = parsed.rest.partition(" ")
    found = references.meant(reference, desk.record, desk.own, desk.meeting)
    stated = desk.record.statement(found[0]) if len(found) == 1 else None
    if stated is None:
        return ""
    if parsed.name == "amend":
        told = "unchanged" if text.split() == stated.text.split() else ""
    else:
        told = "" if text else stands(f"/{parsed.name}", stated, desk.session.id)
    return drawn_line(f"{told} · {telling.name_of(found[0], desk.meeting, desk.record, desk.own)}") if told else ""
