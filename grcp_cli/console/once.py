"""What a key decides once: pressed again where it stands so already, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.commands import BY_NAME
from grcp_cli.meeting.entry import STATUSES, status_word

if TYPE_CHECKING:
    from grcp_cli.meeting.record import Statement

_MARKS = {"star": "starred", "confirm": "confirmed", "allow": "allowed"}
_SAID = {"starred": "a headline", "confirmed": "read out", "allowed": "allowed"}

HELD = "one key each: what is held down decides only once"
"""What is told of the repeats of a key."""


def stands(line: str, stated: Statement, session: str) -> str:
    """That what a key's line would decide stands so already, in words; empty where it does not.

    Args:
        line: The line, or a key's pattern of it.
        stated: What it is about.
        session: The session that would decide; what another decided is decided anew.
    """
    command = BY_NAME.get(line.removeprefix("/").partition(" ")[0])
    if command is None or stated.conflicts:
        return ""
    if mark := _MARKS.get(command.names[0]):
        return f"{_SAID[mark]} already" if getattr(stated, mark) else ""
    status = command.names[-1]
    same = status in STATUSES and (status, session) == (stated.status, stated.decided_in)
    return f"{status_word(status)} already" if same else ""
