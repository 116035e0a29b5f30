"""`grcp export`: the report, in every format asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from . import making, options
from .making import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.pen import Choices

    from .delivering import Order

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def export(
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="docx|pdf|html|md|xlsx|json|csv|ics|form", help="A format, several times."),
    ] = None,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder to write to.")] = Path("report"),
    session: Annotated[
        list[str] | None, typer.Option("--session", metavar="ID", help="Only this session, several times.")
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="One page for the next morning.")] = False,
    attribution: Annotated[
        Literal["none", "chatham", "group", "full"] | None,
        typer.Option("--attribution", help="Who is named, else as the agenda says."),
    ] = None,
    status: Annotated[
        Literal["draft", "final", "adopted"],
        typer.Option("--status", help="A final report has nothing left to decide."),
    ] = "draft",
    rev: Annotated[
        int | None, typer.Option("--rev", min=1, metavar="N", help="A revision, beside what was final before.")
    ] = None,
    adopted: Annotated[str, typer.Option("--adopted", metavar="DATE", help="When it was adopted: 2019-06-30.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="BODY", help="Who adopted it.")] = "",
    notes: Annotated[bool, typer.Option("--notes", help="Let the raw notes leave too, as an annex.")] = False,
    lang: Annotated[
        Literal["en", "fr", "es"], typer.Option("--lang", help="The language of the report's own words.")
    ] = "en",
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help="A template of your own, for the format it ends in."),
    ] = None,
    issue: Annotated[
        str | None, typer.Option("--issue", metavar="NAME", help="Keep what is circulated, for ever, as report/NAME/.")
    ] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="NAME", help="Tell what changed since that issue; write nothing.")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", metavar="DIR", help="Tell whether the documents there still agree; write nothing."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the first file written.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="-", help="-o - writes the one format on stdout.")
    ] = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: Annotated[bool, typer.Option("--json", help="What --compare and --check find, as data.")] = False,
) -> None:
    """Example: grcp export --format docx --format pdf

    Makes the report from the agenda and what was written down, and prints the paths it wrote: docx, pdf, html, md,
    xlsx and json where no --format is given; form is a rapporteur's sheet for each group, to be printed.

    The paragraphs of what --issue keeps are addresses, p34@draft-1, wherever an entry's number is. What is final or
    adopted is replaced by nothing that differs: --rev puts a later one beside it.
    """
    from grcp_cli.report.pen import Choices
    from grcp_cli.store import places
    from grcp_cli.store import records as stored

    _together(output, issue=issue, compare=compare, check=check)
    _issue_name(issue)
    adopted = _adopting(status, adopted, by)
    chosen = making.chosen(formats or (), template, brief=brief)
    _documents(chosen, piped=output is not None, named=bool(formats), kept=issue is not None or check is not None)
    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    only = tuple(options.session_of(meeting, each).id for each in dict.fromkeys(session or ()))
    choices = Choices(attribution or meeting.attribution, status, notes, rehearsal, lang, rev or 0, adopted, by)
    loaded = stored.load(folder, meeting.id)
    _tell([*stored.notices(loaded), *([] if loaded.journals else [f"no records in {folder}: the agenda alone"])])
    basis, place = making.Basis(meeting, loaded, rehearsal), places.report(to, rehearsal=rehearsal)
    if compare is not None:
        from . import comparing

        colour = options.drawing() and not plain
        comparing.compare(basis, place, compare, as_json=as_json, colour=colour)
        return
    if check is not None:
        from . import comparing

        drawings, sort = chosen[0]
        wish = comparing.Wish(drawings, choices, only, sort, _stem(meeting, choices, only, sort))
        comparing.check(basis, check, wish, as_json=as_json)
        return
    orders = _composed(basis, choices, only, chosen, place)
    first = orders[0]
    if output is not None:
        typer.echo(making.drawn(first.drawings, first.made.document, bars=False)[0][1], nl=False)
        return
    from . import delivering

    bars = options.watched() and not plain
    if issue is not None:
        files = delivering.issued(first, place, issue, bars=bars)
        if place.resolve() != (home := places.report(rehearsal=rehearsal)).resolve():
            options.tell(f"p1@{issue} is no address: only what is kept in {home} has them")
    else:
        files = delivering.put(orders, place, bars=bars)
    delivering.show(files, first.made, drawn=options.drawing() and not plain)
    if show:
        typer.launch(str(files[0].path))


def _composed(
    basis: making.Basis, choices: Choices, only: tuple[str, ...], chosen: Sequence[making.Chosen], place: Path
) -> list[Order]:
    """Every document asked for; tells what is to be known of them.

    Raises:
        NotFinalError: One may not be called what it is to be.
    """
    from . import vetting
    from .delivering import Order

    orders = []
    for drawings, sort in chosen:
        made, stem = making.composed(basis, choices, only, sort), _stem(basis.meeting, choices, only, sort)
        if sort != making.FORM:  # which says nothing of what was recorded
            _tell(made.proceedings.notices)
            _tell(vetting.vetted(made, basis.loaded, place / stem))
        orders.append(Order(made, drawings, stem))
    return orders


def _tell(notices: Iterable[str]) -> None:
    for notice in notices:
        options.tell(notice)


def _together(output: str | None, **only_one: object) -> None:
    """Refuses options that exclude each other.

    Raises:
        UsageError: They do.
    """
    if output not in (None, "-"):
        raise UsageError(f"-o takes - only, not {output}", "-o - writes on stdout, --to DIR into a folder")
    given = [f"--{name}" for name, value in only_one.items() if value is not None]
    given += ["-o -"] if output is not None else []
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} do not go together", "choose one of them")


def _documents(chosen: Sequence[making.Chosen], *, piped: bool, named: bool, kept: bool) -> None:
    """Refuses more documents than one, or more formats, where only one has a place.

    Raises:
        UsageError: There are more.
    """
    if piped and not (named and len(chosen) == len(chosen[0].drawings) == 1):
        raise UsageError("-o - takes exactly one format", "for example grcp export --format md -o -")
    if kept and len(chosen) > 1:
        told = f"{chosen[1].drawings[0].name} and form are two documents, and --issue and --check take one"
        raise UsageError(told, "ask for each by itself")


def _issue_name(issue: str | None) -> None:
    """Refuses a name that no folder should have on every system, or that is taken.

    Raises:
        UsageError: It cannot be the name of an issue.
    """
    from grcp_cli.meeting.agenda import is_id
    from grcp_cli.store.places import REHEARSAL

    if issue is not None and (not is_id(issue) or issue == REHEARSAL):
        raise UsageError(f"“{issue}” cannot name an issue", "use small letters, digits and hyphens, such as draft-1")


def _adopting(status: str, adopted: str, by: str) -> str:
    """Sees that an adopted report says when and by whom, and no other does.

    Returns:
        When, ISO 8601, empty for a report that is not adopted.

    Raises:
        UsageError: Something is missing, too much, or no date.
    """
    if status != "adopted":
        if adopted or by:
            raise UsageError("--adopted and --by go with --status adopted", "leave them out, or say so")
        return ""
    if not adopted or not by.strip():
        example = 'for example --status adopted --adopted 2019-06-30 --by "the Chairs"'
        raise UsageError("an adopted report says when it was adopted, and by whom", example)
    try:
        return date.fromisoformat(adopted).isoformat()
    except ValueError:
        raise UsageError(f"{adopted} is no date here", "write it so: 2019-06-30") from None


def _stem(meeting: Meeting, choices: Choices, only: Sequence[str], sort: str) -> str:
    """What the files are called before their endings: `grcp-8`, `grcp-8-session-2-fr`, `grcp-8-full`, `grcp-8-rev1`.

    What is the usual is left out; what is not stands in the name, so that none takes the place of another unseen.
    """
    from grcp_cli.report.language import TAGS

    parts = [meeting.id, *only, sort if sort != making.REPORT else ""]
    if sort != making.FORM and choices.attribution != meeting.attribution:
        parts.append(choices.attribution)
    parts.append(choices.lang if choices.lang != TAGS[0] else "")
    return "-".join(filter(None, [*parts, f"rev{choices.revision}" if choices.revision else ""]))
