"""Editing an agenda: what was edited is checked before it takes the place of what was there, and never lost."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError
from grcp_cli.store import agendas, durable

from .ask import confirm, say
from .clean import drawn
from .editor import edit_text

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting

KEPT = ".edited"
"""Behind the agenda's name: a text with faults, kept. So called it is no agenda of the folder."""


class KeptError(GrcpError):
    """An edited text that cannot be used as it is; it was kept."""

    exit_code = 3


class ChangedError(GrcpError):
    """The agenda was changed by someone else while it was edited."""

    exit_code = 5


def edit(path: Path, *, person: bool) -> Meeting | None:
    """Lets the agenda in a file be edited.

    Args:
        path: The file; it is replaced only by a text without faults.
        person: Whether somebody can be asked.

    Returns:
        The meeting as edited, None where nothing was changed.

    Raises:
        AgendaFaults: The file is not UTF-8.
        KeptError: The edited text has faults.
        ChangedError: The file changed meanwhile.
        DiskError: The system refused.
        KeyboardInterrupt: The person broke off; what was edited is kept.
    """
    before = agendas.read_bytes(path)
    text = agendas.decoded(before, str(path))
    kept = path.with_name(path.name + KEPT)
    edited = edit_text(_begin(text, kept, person=person), suffix=".toml")
    try:
        meeting = _mended(edited, text, path, person=person)
        if meeting is None:
            kept.unlink(missing_ok=True)
            return None
        if agendas.read_bytes(path) != before:
            raise ChangedError(f"{path} was changed meanwhile", "compare the two, then edit again")
        durable.replace(path.resolve(), _as_before(edited, before))
    except BaseException as error:
        ...
    return meeting
