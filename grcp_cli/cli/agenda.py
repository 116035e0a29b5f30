"""`grcp agenda`: look at the agenda, check it, make one, edit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    help="Example: grcp agenda show\n\nThe meeting as planned: look at it, check it, make one, edit it.",
)


class ThereError(GrcpError):
    """A file that is there already and is not written over."""

    exit_code = 5


@app.command(short_help="the sessions with their times and questions")
def show(
    agenda: options.Agenda = None,
    as_json: options.Json = False,
    plain: options.Plain = False,
) -> None:
    """Example: grcp agenda show

    The sessions in running order with their times, objectives and guiding questions.
    """
    from grcp_cli.console import outline
    from grcp_cli.console.clean import json_text
    from grcp_cli.store import agendas

    meeting = agendas.load(options.agenda_file(agenda))
    if as_json:
        typer.echo(json_text(outline.data(meeting)))
    elif options.drawing() and not plain:
        outline.draw(meeting)
    else:
        typer.echo("\n".join(outline.plain(meeting)))


@app.command(short_help="every fault at once, with its place")
def check(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The agenda; else as --agenda.")] = None,
    agenda: options.Agenda = None,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp agenda check agendas/grcp8.toml

    Every fault at once, each with its place and what would mend it; exit code 3 where there is one.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console.clean import json_text
    from grcp_cli.store import agendas

    path = options.agenda_file(file or agenda)
    if not as_json:
        typer.echo(_told(path, agendas.load(path)))
        return
    meeting, faults = None, []
    try:
        meeting = agendas.load(path)
    except agendas.AgendaFaults as error:
        faults = [fault._asdict() for fault in error.faults]
    typer.echo(json_text({"file": str(path), "meeting": meeting and meeting.id, "faults": faults}))
    if faults:
        raise typer.Exit(agendas.AgendaFaults.exit_code)


@app.command(short_help="make one by answering questions")
def new(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it; else agendas/ID.toml.")
    ] = None,
) -> None:
    """Example: grcp agenda new

    Asks for title, date, place, sessions and guiding questions, and writes an agenda with remarks on what else it
    may say. Nothing is written before the last answer, and no file is written over.
    """
    from grcp_cli.console.agenda_interview import Known, interview
    from grcp_cli.machine import Machine, zone
    from grcp_cli.meeting.agenda import is_id
    from grcp_cli.store import agenda_text, agendas, durable, places

    if file is not None and file.exists():
        file = _another(file)
    if not options.terminal():
        raise options.NoChoiceError("grcp agenda new asks, and there is nobody to ask", "call it in a terminal")

    def taken(meeting_id: str) -> str:
        return f"{_own(meeting_id)} is there already" if file is None and _own(meeting_id).exists() else ""

    here = zone()
    stem = file.stem if file is not None and is_id(file.stem) else ""
    answers = interview(Known(Machine(here).now().date(), here, stem, taken))
    path = file or _own(answers["meeting"]["id"])
    path = places.unused(path)
    durable.replace(path, agenda_text.written(answers).encode())
    typer.echo(_told(path, agendas.load(path)))
    options.tell(f"grcp agenda show --agenda {path} looks at it, grcp agenda edit --agenda {path} changes it")


@app.command(short_help="change it in the editor, checked before it counts")
def edit(agenda: options.Agenda = None) -> None:
    """Example: grcp agenda edit

    Opens the agenda in the editor ($VISUAL, $EDITOR or the system's own) and checks it before it takes the place of
    what was there. The agenda that grcp brings along is copied to agendas/ first.
    """
    from grcp_cli.console import agenda_edit

    path = _writable(options.agenda_file(agenda))
    meeting = agenda_edit.edit(path, person=options.terminal())
    if meeting is None:
        options.tell(f"{path}: nothing was changed")
    else:
        typer.echo(_told(path, meeting))


def _writable(path: Path) -> Path:
    """The agenda's own file, or a copy in the working folder of one that grcp brings along."""
    from grcp_cli.store import agendas, durable, places

    own = Path("agendas")
    built_in = places.built_in("agendas").resolve()
    if path.resolve().parent != built_in or own.resolve() == built_in:
        return path
    copy = own / path.name
    if copy.exists():
        raise ThereError(f"{copy} is there already", f"edit it: grcp agenda edit --agenda {copy}")
    durable.replace(copy, agendas.read_bytes(path))
    options.tell(f"copied the built-in agenda to {copy}")
    return copy


def _another(file: Path) -> Path:
    """The file to write instead of one that is there."""
    from grcp_cli.console import ask
    from grcp_cli.store import places

    if not options.terminal():
        raise ThereError(f"{file} is there already", "name another file; grcp agenda edit changes this one")

    def check(typed: str) -> str:
        return "this cannot be left empty" if not typed else "it is there already" if Path(typed).exists() else ""

    return Path(ask.text(f"{file} is there already. Write to", str(places.unused(file)), check))


def _own(meeting_id: str) -> Path:
    return Path("agendas") / f"{meeting_id}.toml"


def _told(path: Path, meeting: Meeting) -> str:
    """A good agenda in a line: `agendas/grcp8.toml: GRCP 8 · 5 sessions · 16 guiding questions · no faults`."""
    from grcp_cli.console.clean import drawn_line

    questions = sum(len(session.leaves) for session in meeting.sessions)
    counts = ((len(meeting.sessions), "session"), (questions, "guiding question"))
    told = " · ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)
    return drawn_line(f"{path}: {meeting.short_title or meeting.title} · {told} · no faults")
