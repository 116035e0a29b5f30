"""`grcp export`: the report, in every format asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.meeting.record import Record
    from grcp_cli.report.document import Document
    from grcp_cli.report.formats import Format
    from grcp_cli.report.pen import Choices

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


class UsageError(GrcpError):
    """Options that do not go together."""


class NotFinalError(GrcpError):
    """A report that is not ready to be final: every reason at once."""

    exit_code = 5


@app.command()
def export(
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="md|json", help="A format, several times; else all.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder to write to.")] = Path("report"),
    session: Annotated[
        list[str] | None, typer.Option("--session", metavar="ID", help="Only this session, several times.")
    ] = None,
    attribution: Annotated[
        Literal["none", "chatham", "group", "full"] | None,
        typer.Option("--attribution", help="Who is named, else as the agenda says."),
    ] = None,
    status: Annotated[
        Literal["draft", "final"], typer.Option("--status", help="A final report has nothing left to decide.")
    ] = "draft",
    notes: Annotated[bool, typer.Option("--notes", help="Let the raw notes leave too, as an annex.")] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="A template of your own for md.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the first file written.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="-", help="-o - writes the one format on stdout.")
    ] = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
) -> None:
    """Example: grcp export --format md

    Makes the report from the agenda and what was written down, and prints the paths it wrote.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.meeting.proceedings import proceed
    from grcp_cli.report.compose import compose
    from grcp_cli.report.pen import Choices
    from grcp_cli.store import records as stored

    chosen = _chosen(formats, output, template)
    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    only = [options.session_of(meeting, each).id for each in dict.fromkeys(session or ())]
    loaded = stored.load(folder, meeting.id)
    _tell([*stored.notices(loaded), *([] if loaded.journals else [f"no records in {folder}: the agenda alone"])])
    proceedings = proceed(meeting, loaded.record, only)
    _tell(proceedings.notices)
    choices = Choices(attribution or meeting.attribution, status, notes, rehearsal)
    document = compose(proceedings, choices)
    _vetted(document, proceedings, choices, loaded.record)
    written = [(each, each.write(document, _template(each, template))) for each in chosen]
    if output is not None:
        typer.echo(written[0][1], nl=False)
        return
    stem = "-".join([meeting.id, *only])
    paths = _saved([(f"{stem}.{each.ending}", data) for each, data in written], to / "rehearsal" if rehearsal else to)
    options.tell(f"{document.words} words, {status}")
    if show:
        typer.launch(str(paths[0]))


def _tell(notices: Iterable[str]) -> None:
    for notice in notices:
        options.tell(notice)


def _chosen(names: list[str] | None, output: str | None, template: Path | None) -> list[Format]:
    """The formats wanted, each once.

    Raises:
        UnknownFormatError: There is no such format.
        UsageError: The options do not go together.
    """
    from grcp_cli.report.formats import FORMATS, named

    chosen = list(dict.fromkeys(named(each) for each in names or FORMATS))
    if output not in (None, "-"):
        raise UsageError(f"-o takes - only, not {output}", "-o - writes on stdout, --to DIR into a folder")
    if output is not None and (not names or len(chosen) != 1):
        raise UsageError("-o - takes exactly one format", "for example grcp export --format md -o -")
    if template is not None and not any(each.template for each in chosen):
        raise UsageError("none of these formats has a template", "--template goes with --format md")
    return chosen


def _template(wanted: Format, own: Path | None) -> str:
    """The text of a format's template: the one given, else as `places` finds it; empty for a format without."""
    from grcp_cli.store import places
    from grcp_cli.store.durable import refused

    if not wanted.template:
        return ""
    path = own or places.template(wanted.template)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the template {path} is not UTF-8", "save it as UTF-8") from error
    except OSError as error:
        raise refused("read", path, error) from error


def _vetted(document: Document, proceedings: Proceedings, choices: Choices, record: Record) -> None:
    """Tells which texts name somebody whom they should not, and refuses a final report that is not ready.

    Raises:
        NotFinalError: Names, open conflicts or questions without paragraphs are left.
    """
    named = _names(document, proceedings.meeting, choices, record)
    final = choices.status == "final"
    if not final:
        _tell(named)
        return
    conflicts = [
        f"{chapter.session.id}: {len(chapter.conflicts)} to be decided between corrections that disagree"
        for chapter in proceedings.chapters
        if chapter.conflicts
    ]
    undrafted = [
        f"{chapter.session.id}/{answer.place} has no paragraphs"
        for chapter in proceedings.chapters
        for answer in chapter.answers
        if answer.undrafted and not choices.notes
    ]
    nothing = ["nothing has been recorded yet"] if all(chapter.empty for chapter in proceedings.chapters) else []
    if reasons := [*nothing, *named, *conflicts, *undrafted]:
        hints = ["/amend the text, or /allow the name once"] if named else []
        hints += ["grcp record show tells the conflicts"] if conflicts else []
        hints += ["grcp draft writes the paragraphs, --notes sends the notes along"] if undrafted else []
        raise NotFinalError("this report cannot be final yet:\n" + "\n".join(reasons), "; ".join(hints))


def _names(document: Document, meeting: Meeting, choices: Choices, record: Record) -> list[str]:
    from grcp_cli.meeting.attribution import UNNAMED, namings

    if choices.attribution not in UNNAMED:
        return []
    return [f"{each.where} names {', '.join(each.names)}" for each in namings(record, meeting, document.entries)]


def _saved(files: list[tuple[str, bytes]], folder: Path) -> list[Path]:
    """Writes each file at once and prints its path.

    Raises:
        DiskError: The system refused; a file that was there before is as it was.
    """
    from grcp_cli.console.clean import drawn_line
    from grcp_cli.store.durable import DiskError, replace

    paths = []
    for name, data in files:
        path = folder / name
        try:
            replace(path, data)
        except DiskError as error:
            raise DiskError(str(error), "choose another folder with --to") from error
        typer.echo(drawn_line(str(path)))
        paths.append(path)
    return paths
