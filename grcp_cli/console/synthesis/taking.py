"""What may be typed at the table: the grammar of every desk but clock and floor, and three words of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grcp_cli.meeting import grammar
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
    parsed = grammar.parse(line, desk.meeting, desk.session, desk.walk.here)
    command = BY_NAME.get(parsed.name) if isinstance(parsed, grammar.Command) else None
    if command is not None and command.of in ("clock", "floor"):
        return Refuse("clock and floor are not kept here", f"grcp run {desk.session.id} keeps them")
    if isinstance(parsed, grammar.Prose) and parsed.text and not parsed.place:
        return f"/{view.sheet.question.number} {line}"  # what is said at the table is about its question
    return typed
