"""`grcp record repair`: what another program did to a file is undone, what a person changed by hand may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.store.records import Loaded

    Edits = dict[str, list["Edit"]]
    """What was changed by hand, by the id of the entry."""


class Edit(NamedTuple):
    """A change made by hand: the file where, the hash found there, and what a person is told of it."""

    path: Path
    found: str
    told: str


class NotWholeError(GrcpError):
    """A record that was changed by hand or cannot be read in full."""

    exit_code = 3


class NoEntryError(GrcpError):
    """No such entry to accept."""

    exit_code = 4


def repair(
    accept: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Let a block stand as it was changed; all for every one.")
    ] = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
) -> None:
    """Example: grcp record repair --accept 01912f6e-4c1a-7c3e-9f00-2d5b8a7c6e11

    Appends what was found, so that a change made by hand stands as accepted. A byte order mark that another program
    put before a file is taken out, and the file as it was kept beside it in FILE.before; nothing else is rewritten.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console.clean import drawn_line
    from grcp_cli.store.mending import mend
    from grcp_cli.store.records import load

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    loaded = load(folder, meeting.id)
    mended = False
    for read in loaded.journals.values():
        if mend(read.path):
            name = read.name
            # Told at once: where the system refuses the next file, this one is done.
            typer.echo(drawn_line(f"took the byte order mark out of {name}; the file as it was is {name}.before"))
            mended = True
    edited = _edited(loaded, meeting)
    if not edited and not mended:
        typer.echo("nothing was changed by hand")
    _accept(edited, accept or [], meeting.timezone)


def _edited(loaded: Loaded, meeting: Meeting) -> Edits:
    from grcp_cli.meeting import by_hand

    edited: Edits = {}
    for source, read in loaded.journals.items():
        for each in read.edited:
            told = by_hand.change(*each, read.entries, source, meeting, loaded.record)
            edited.setdefault(each.id, []).append(Edit(read.path, each.found, told))
    return edited


def _accept(edited: Edits, accept: list[str], zone: str) -> None:
    """Lets changes stand, each in the file where it is: a branch is one of its own.

    Raises:
        NoEntryError: One that is named was not changed.
        NotWholeError: None is named, and there are some.
        DiskError: The system refused.
    """
    from grcp_cli.console.clean import drawn_line
    from grcp_cli.machine import Machine, new_id
    from grcp_cli.meeting.entry import Draft
    from grcp_cli.store.journal import Held

    wanted = list(edited) if edited and "all" in accept else [each for each in accept if each != "all"]
    if unknown := next((each for each in wanted if each not in edited), None):
        raise NoEntryError(f"{unknown} was not changed by hand", "grcp record verify tells what was")
    if edited and not wanted:
        changes = "\n".join(drawn_line(each.told) for edits in edited.values() for each in edits)
        told = f"not as grcp wrote it:\n{changes}"
        raise NotWholeError(told, "name what may stand with --accept ID, or --accept all")
    for entry_id in wanted:
        for path, found, told in edited[entry_id]:
            with Held(path, b"") as held:
                accepted = Draft("accept", {"target": entry_id, "found": found})
                held.append(accepted, Machine(zone).now(), new_id())
            typer.echo(drawn_line(f"accepted in {path.name}: {told}"))
