"""Editing an agenda: what was edited is checked before it takes the place of what was there, and never lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError
from grcp_cli.store import agendas, durable
from grcp_cli.store.places import unused

from .ask import confirm, say
from .editor import edit_text

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting

KEPT = ".edited"
"""Behind the agenda's name: an edited text that was kept. So called it is no agenda of the folder."""
_SUFFIX = ".toml"


class FaultyEditError(GrcpError):
    """An edited text that has faults and was not put in place."""

    exit_code = 3


class ChangedError(GrcpError):
    """The agenda was changed by someone else while it was edited."""

    exit_code = 5


def edit(path: Path, *, person: bool) -> Meeting | None:
    """Lets the agenda in a file be edited; only a text without faults takes its place.

    Args:
        path: The file.
        person: Whether somebody can be asked.

    Returns:
        The meeting as edited, None where nothing was changed.

    Raises:
        AgendaFaults: The file as it was is not UTF-8.
        FaultyEditError: The edited text has faults; it is kept beside the file, as it is after the next two.
        ChangedError: The file changed meanwhile.
        DiskError: The system refused to read or write.
        EditorError: No editor could be started.
        KeyboardInterrupt: The person broke off.
    """
    before = agendas.read_bytes(path)
    text = agendas.decoded(before, str(path))
    kept = path.with_name(path.name + KEPT)
    begun = _begin(text, kept, person=person)
    edited = _edited(begun)
    if edited == text:
        return None
    try:
        meeting = _check(edited, path)
        while meeting is None:
            if not person or not confirm("Edit it again?", default=True):
                raise FaultyEditError(f"the edited text has faults; {path} is as it was", _GO_ON)
            edited = _edited(edited)
            meeting = _check(edited, path)
        _put(edited, path, before)
    except (GrcpError, KeyboardInterrupt):
        say(f"what was edited is kept in {_keep(edited, kept, begun)}")
        raise
    if begun != text:
        kept.unlink(missing_ok=True)
    return meeting


_GO_ON = "grcp agenda edit goes on with what was kept"


def _begin(text: str, kept: Path, *, person: bool) -> str:
    """What the editor opens with: the agenda, or what was kept of an earlier edit."""
    if not kept.exists():
        return text
    if person and confirm(f"Go on with what was kept in {kept}?", default=True):
        return agendas.decoded(agendas.read_bytes(kept), str(kept))
    say(f"{kept} still holds what was edited before")
    return text


def _edited(text: str) -> str:
    return edit_text(text, suffix=_SUFFIX).replace("\r\n", "\n")


def _check(text: str, path: Path) -> Meeting | None:
    """The meeting that a text describes; None where it has faults, which are told."""
    try:
        return agendas.parse(text.encode(), str(path))
    except agendas.AgendaFaults as faults:
        for line in str(faults).splitlines():
            say(line)
        return None


def _put(text: str, path: Path, before: bytes) -> None:
    """Puts a text in the file's place, its lines ended as they were."""
    if agendas.read_bytes(path) != before:
        raise ChangedError(f"{path} was changed by someone else meanwhile", "compare the two; " + _GO_ON)
    ends = "\r\n" if b"\r\n" in before else "\n"
    durable.replace(path.resolve(), text.replace("\n", ends).encode())


def _keep(text: str, kept: Path, begun: str) -> Path:
    """Keeps a text beside the agenda, or, where that cannot be, in the system's folder for such things.

    What another edit left there stays, unless this one went on with it.
    """
    if kept.exists() and agendas.read_bytes(kept) != begun.encode():
        kept = unused(kept)
    try:
        durable.replace(kept, text.encode())
    except durable.DiskError:
        kept = unused(Path(tempfile.gettempdir()) / kept.name)
        durable.replace(kept, text.encode())
    return kept
