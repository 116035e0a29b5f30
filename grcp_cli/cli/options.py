"""What several commands have in common: options, the meeting they are about, the session meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.store.desk import Desk
    from grcp_cli.store.mirror import Mirror
    from grcp_cli.store.records import Loaded

Agenda = Annotated[
    str | None, typer.Option("--agenda", metavar="PATH|ID", help="The agenda, else GRCP_AGENDA, else agendas/.")
]
Records = Annotated[
    Path | None, typer.Option("--records", metavar="DIR", help="The records folder, else GRCP_RECORDS, else records/.")
]
MirrorFolder = Annotated[
    Path | None,
    typer.Option("--mirror", metavar="DIR", help="Keep a copy in this folder too, such as a stick; else GRCP_MIRROR."),
]
Rehearsal = Annotated[bool, typer.Option("--rehearsal", help="The rehearsal's records, kept apart.")]
Json = Annotated[bool, typer.Option("--json", help="Data for scripts.")]
Plain = Annotated[bool, typer.Option("--plain", help="Lines without boxes, colour or redrawing.")]
DeskId = Annotated[
    str | None, typer.Option("--desk", metavar="ID", help="Your desk, where several write, or -; else GRCP_DESK.")
]
GroupId = Annotated[str | None, typer.Option("--group", metavar="ID", help="The group your entries carry.")]


NO_DESK = "-"
"""Says that it is nobody's desk: the session's own file."""


class NoSessionError(GrcpError):
    """The agenda has no such session."""

    exit_code = 4


class NoChoiceError(GrcpError):
    """Something must be chosen and there is nobody to ask."""


class DeskError(GrcpError):
    """A desk or group that cannot be sat at."""


class SomeRefusedError(GrcpError):
    """Some lines of several were not taken."""

    def __init__(self, refused: int) -> None:
        super().__init__(f"{refused} {'line was' if refused == 1 else 'lines were'} not saved", "see above")


class Opened(NamedTuple):
    """A meeting and where its session files are."""

    meeting: Meeting
    folder: Path


def tell(message: str) -> None:
    """A message for a person, on stderr."""
    from grcp_cli.console.clean import drawn

    typer.echo(drawn(message), err=True)


def terminal() -> bool:
    """Whether a person can be asked: both ends are a terminal and nothing says plain."""
    import os
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("GRCP_PLAIN")


def full_screen() -> bool:
    """Whether the terminal can draw a screen."""
    import os

    return os.environ.get("TERM", "") not in ("dumb", "unknown")


def drawing() -> bool:
    """Whether a person looks at stdout and nothing says plain."""
    import os
    import sys

    return sys.stdout.isatty() and not os.environ.get("GRCP_PLAIN")


def watched() -> bool:
    """Whether a person looks at stderr and nothing says plain."""
    import os
    import sys

    return sys.stderr.isatty() and not os.environ.get("GRCP_PLAIN")


def opened(agenda: str | None, records: Path | None, *, rehearsal: bool = False) -> Opened:
    """The meeting asked for, and the folder of its session files.

    Raises:
        GrcpError: As `places.agenda` and `agendas.load` do.
    """
    from grcp_cli.store import agendas, places

    meeting = agendas.load(agenda_file(agenda))
    return Opened(meeting, places.records(records, meeting.id, rehearsal=rehearsal))


def agenda_file(agenda: str | None) -> Path:
    """The agenda asked for; where there are several and nothing says which, a person is.

    Raises:
        GrcpError: As `places.agenda` does.
    """
    from grcp_cli.store import places

    try:
        chosen = places.agenda(agenda)
    except places.ChoiceError as error:
        if not terminal():
            raise
        from grcp_cli.console.ask import choose

        chosen = places.agenda(choose("Which agenda?", error.choices))
    if chosen.notice:
        tell(chosen.notice)
    return chosen.path


def tell_of(meeting: Meeting, loaded: Loaded) -> None:
    """Tells what a person should know of the files read, and of what the agenda does not know."""
    for notice in findings(meeting, loaded):
        tell(notice)


def findings(meeting: Meeting, loaded: Loaded) -> list[str]:
    """What `tell_of` tells, in sentences."""
    from grcp_cli.meeting.strays import strays
    from grcp_cli.store.records import notices

    return [*notices(loaded), *strays(meeting, loaded.record)]


def session_of(meeting: Meeting, session_id: str) -> Session:
    """The session of an id.

    Raises:
        NoSessionError: There is none; the nearest is named.
    """
    session = meeting.session(session_id)
    if session is None:
        from grcp_cli.meeting.names import nearest

        ids = tuple(each.id for each in meeting.sessions)
        near = nearest(session_id, ids)
        hint = f"did you mean {near}?" if near else "there are " + ", ".join(ids)
        raise NoSessionError(f"there is no session {session_id}", hint)
    return session


def chosen_session(meeting: Meeting) -> str:
    """The session that a person chooses where none was named.

    Raises:
        NoChoiceError: There is nobody to ask.
    """
    if not terminal():
        ids = ", ".join(each.id for each in meeting.sessions)
        raise NoChoiceError("which session?", f"name one of {ids}")
    from grcp_cli.console.ask import choose

    named = {each.heading: each.id for each in meeting.sessions}
    return named[choose("Which session?", list(named))]


def desk_id(asked: str | None, example: str = "africa") -> str:
    """The desk that is asked for: `--desk`, else `GRCP_DESK`; empty for none, which is said by `-` too.

    Raises:
        DeskError: An id that may not name a file.
    """
    from grcp_cli.meeting.agenda import is_id

    wanted = _asked_desk(asked)
    if wanted in ("", NO_DESK):
        return ""
    if not is_id(wanted):
        raise DeskError(f"“{wanted}” cannot name a desk", f"use small letters, digits and hyphens, such as {example}")
    return wanted


def _asked_desk(asked: str | None) -> str:
    import os

    return asked if asked is not None else os.environ.get("GRCP_DESK", "")


class Sitting(NamedTuple):
    """A desk's id and the group its entries carry; each empty for none."""

    desk: str
    group: str


def sitting(
    meeting: Meeting, session: Session, desk: str | None, group: str | None, folder: Path | None = None
) -> Sitting:
    """Which desk is meant: `--desk`, else `GRCP_DESK`; in a breakout a group's id.

    Args:
        meeting: The agenda.
        session: The session sat at.
        desk: `--desk`.
        group: `--group`.
        folder: Of the session files, where in a breakout too `-` may mean the session's file without a desk.

    Raises:
        DeskError: An id that may not name a file, an unknown group, or a breakout without a desk and nobody to ask.
    """
    wanted = desk_id(desk)
    nobody = folder is not None and _asked_desk(desk) == NO_DESK
    if not wanted and session.groups and not nobody:
        shared = folder is not None and (folder / f"{session.id}.toml").is_file()
        wanted = _chosen_group(meeting, session, shared=shared)
    if group and meeting.group(group) is None:
        raise DeskError(f"there is no group {group}", "there are " + ", ".join(each.id for each in meeting.groups))
    if not group and wanted in session.groups:
        group = wanted
    if session.groups and not group and not nobody:
        names = ", ".join(session.groups)
        raise DeskError(f"{wanted} is no group of {session.id}", f"name one of {names}, or say whose with --group")
    return Sitting(wanted, group or "")


def _chosen_group(meeting: Meeting, session: Session, *, shared: bool) -> str:
    if not terminal():
        names = ", ".join(session.groups)
        hint = f"--desk {session.groups[0]}" + (f"; --desk - for {session.id}.toml, which is no group's" * shared)
        raise DeskError(f"{session.id} has a desk for each group: {names}", hint)
    from grcp_cli.console.ask import choose

    named = {meeting.name_of(each): each for each in session.groups}
    return named[choose("Whose desk is this?", list(named))]


def mirror(asked: Path | None, desk: Desk) -> Mirror | None:
    """The mirror of a desk's file, None where none is asked for.

    Raises:
        MirrorError: It would be the record itself.
    """
    from grcp_cli.store import places

    folder = places.mirror(asked)
    if folder is None:
        return None
    from grcp_cli.store.mirror import Mirror

    return Mirror(desk.path, folder, rehearsal=desk.rehearsal)


def rehearse(seat: Desk, folder: Path) -> None:
    """Gives a desk the clocks of the console that rehearses; where there is none, its last word is taken for now."""
    from grcp_cli.machine import Rehearsed
    from grcp_cli.store import pulse

    beat = pulse.shared(folder)
    last = seat.last_instant()
    zone = seat.meeting.timezone
    joined = pulse.joined(beat, zone) if beat else None
    seat.machine = joined or (Rehearsed(zone, last, 0) if last else None) or seat.machine
