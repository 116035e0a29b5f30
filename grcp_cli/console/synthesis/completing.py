"""What the word before the cursor may become at the table: commands, and what lies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.console.completing import Completed, labelled
from grcp_cli.meeting.commands import COMMANDS

if TYPE_CHECKING:
    from .table import View


def completions(before: str, view: View | None) -> list[Completed]:
    """Every way to go on from the text before the cursor."""
    if not before.startswith("/") or view is None:
        return []
    if before[1:].isalpha() or before == "/":
        names = [f"/{name}" for command in COMMANDS if command.of == "record" for name in command.names]
        own = [name for name in (*names, "/accept", "/find", "/list", "/help", "/quit") if name[1:].isalpha()]
        return [Completed(each, len(before)) for each in own if each.startswith(before) and each != before]
    return labelled(before, view.typed.values)
