"""What changed since an issue was circulated, and whether documents and records still agree; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from grcp_cli.errors import GrcpError

from . import making, options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from grcp_cli.report.changes import Change
    from grcp_cli.report.pen import Choices

    from .making import Basis, Drawing


class DisagreeError(GrcpError):
    """Documents that no longer say what the records say, or are not as they were made."""

    exit_code = 3


class NothingToCheckError(GrcpError):
    """A folder without a document of this meeting."""

    exit_code = 4


class AnotherMeetingError(GrcpError):
    """An issue of another meeting, or of a rehearsal."""


class Wish(NamedTuple):
    """What an export was asked for, for documents that are kept without a map."""

    drawings: list[Drawing]
    choices: Choices
    only: tuple[str, ...]
    sort: str
    stem: str


class Since(NamedTuple):
    """What a report says now beside what it said, when each was so, and what changed."""

    as_of: tuple[str | None, str | None]
    changes: list[Change]
    elsewhere: list[str]
    heads: tuple[tuple[str, str], ...]


def compare(basis: Basis, place: Path, name: str, *, as_json: bool, colour: bool) -> None:
    """Prints what changed since an issue, asked for as it was then.

    Raises:
        GrcpError: There is no such issue, or its map cannot be read.
    """
    from grcp_cli.console import changes as shown
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.report.changes import as_data
    from grcp_cli.store import issues

    kept = issues.map_of(place, name)
    since = _since(basis, kept, name)
    if as_json:
        told = {
            "meeting": basis.meeting.id,
            "issue": name,
            "as_of": dict(zip(("then", "now"), since.as_of, strict=True)),
            "changes": [as_data(each) for each in since.changes],
            "elsewhere": since.elsewhere,
        }
        typer.echo(json_text(told))
        return
    lines = [*shown.lines(since.changes), *(drawn_line(f"{title}: changed too") for title in since.elsewhere)]
    if colour:
        from rich.console import Console

        console = Console(highlight=False, soft_wrap=True)
        for line in lines:
            console.print(shown.coloured(line))
    else:
        for line in lines:
            typer.echo(line)
    then, now = (making.when(each) or "the agenda alone" for each in since.as_of)
    options.tell(f"{name} as of {then}, now as of {now}" if lines else f"nothing changed since {name}, as of {then}")


def check(basis: Basis, folder: Path, wish: Wish, *, as_json: bool) -> None:
    """Prints whether the documents of a folder are as they were made, and say what the records say.

    Raises:
        DisagreeError: They do not.
        NothingToCheckError: There are none.
    """
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.store import issues

    maps = issues.maps(folder)
    newest = _newest(maps)
    superseded = {name: by for name, by in newest.items() if by != name}
    checked = [name for name in maps if name not in superseded] or [wish.stem]
    faults = {} if maps else {wish.stem: list(_redrawn(basis, folder, wish))}
    for name, kept in maps.items():
        said = _disagreement(basis, name, kept) if name in checked else ()
        faults[name] = [*issues.changed(folder, kept["files"]), *said]
    found = [f"{name}: {each}" if len(maps) > 1 else each for name, told in faults.items() for each in told]
    if as_json:
        data = {"meeting": basis.meeting.id, "folder": str(folder), "agrees": not found, "found": found}
        data["checked"], data["superseded"] = checked, [{"name": name, "by": by} for name, by in superseded.items()]
        typer.echo(json_text(data))
    for line in found if not as_json else ():
        typer.echo(drawn_line(line))
    for name, by in superseded.items():
        options.tell(f"{name} is superseded by {by}: only its files were looked at")
    named = [name for name, told in faults.items() if told] or checked
    which = "" if named == [folder.resolve().name] else f": {', '.join(named)}"
    if found:
        disagree = f"{folder} and the records do not agree{which}"
        raise DisagreeError(disagree, "export anew, or bring back what was changed")
    options.tell(f"{folder} and the records agree{which}")


def _since(basis: Basis, kept: Mapping[str, Any], name: str) -> Since:
    """What changed since a map was made, by asking for the same again.

    Raises:
        AnotherMeetingError: The map is of another meeting, or of a rehearsal and the records are not.
        MapError: It was changed by hand.
    """
    from grcp_cli.report import changes, issue

    then, asked = issue.from_data(kept), issue.asked(kept)
    if kept.get("meeting") != basis.meeting.id:
        told = f"{name} is of the meeting {kept.get('meeting')}, not of {basis.meeting.id}"
        raise AnotherMeetingError(told, "name its agenda with --agenda")
    if asked.choices.rehearsal and not basis.rehearsal:
        raise AnotherMeetingError(f"{name} is of a rehearsal", "--rehearsal reads the rehearsal's records")
    made = making.composed(basis, asked.choices, asked.only, asked.sort)
    now = issue.text(made.document)
    found = changes.compare(then, now)
    as_of = kept.get("as_of"), made.document.as_of or None
    return Since(as_of, found, changes.elsewhere(then, now, found), made.choices.heads)


def _newest(maps: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """For each map the one of the newest revision of its report; the others are past agreeing with anything."""
    from grcp_cli.report.issue import asked

    revisions = {name: asked(kept).choices.revision for name, kept in maps.items()}
    reports = {name: name.removesuffix(f"-rev{revision}") for name, revision in revisions.items()}
    return {
        name: max((each for each in maps if reports[each] == report), key=lambda each: revisions[each])
        for name, report in reports.items()
    }


def _disagreement(basis: Basis, name: str, kept: Mapping[str, Any]) -> Iterator[str]:
    """What the records no longer say as a map has it, in sentences."""
    from grcp_cli.report.changes import ADDED, RENUMBERED
    from grcp_cli.store import issues

    since = _since(basis, kept, name)
    yield from issues.grown(kept["records"], since.heads)
    if since.changes or since.elsewhere:
        new = sum(each.what == ADDED for each in since.changes)
        told = [f"p{each.was}" for each in since.changes if each.was and each.what != RENUMBERED]
        told += [f"{new} new"] if new else []
        told += [each.place for each in since.changes if not each.was and not each.now and each.what != ADDED]
        yield f"the records now say otherwise: {', '.join([*told, *since.elsewhere])}"
        yield f"grcp export --compare {name} tells what changed"


def _redrawn(basis: Basis, folder: Path, wish: Wish) -> Iterator[str]:
    """Documents without a map are drawn again, as the JSON among them says or as asked, and must come out the same."""
    from grcp_cli.store import issues
    from grcp_cli.store.durable import refused

    paths = {each: folder / f"{wish.stem}.{each.format.ending}" for each in wish.drawings}
    there = [each for each, path in paths.items() if path.is_file()]
    if not there:
        told = f"there is no {wish.stem} in {folder} to check"
        raise NothingToCheckError(
            told, "--format, --session, --attribution, --lang and --rev say which, as at the export"
        )
    choices = _told(wish.choices, issues.read_map(folder / f"{wish.stem}.json") or {})
    made = making.composed(basis, choices, wish.only, wish.sort)
    for each, data in making.drawn(there, made.document, bars=False):
        try:
            same = paths[each].read_bytes() == data
        except OSError as error:
            raise refused("read", paths[each], error) from error
        if not same:
            asked = f"{choices.status}, attribution {choices.attribution}"
            yield f"{paths[each].name} is not what grcp export makes of the records now ({asked})"


def _told(choices: Choices, report: Mapping[str, Any]) -> Choices:
    """What was asked for, as far as the report as JSON tells."""
    notes = any(part.get("id") == "annex-notes" for part in report.get("parts", ()))
    return choices._replace(
        attribution=str(report.get("attribution", choices.attribution)), notes=notes or choices.notes
    )
