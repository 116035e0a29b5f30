"""`grcp note`: one line into a session, from the shell or from a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grcp_cli.meeting.decision import Refuse
    from grcp_cli.meeting.entry import Entry
    from grcp_cli.meeting.grammar import Line
    from grcp_cli.store.desk import Desk, Outcome

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


class RefusedError(GrcpError):
    """A line that was not taken."""

    def __init__(self, refuse: Refuse) -> None:
        super().__init__(f"not saved: {refuse.reason}", refuse.hint)
        self.exit_code = refuse.exit_code


# A line may begin with a hyphen: what is no option of ours is text, and -h is none.
@app.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
def note(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="The session's id.")],
    line: Annotated[str, typer.Argument(metavar="LINE", help="What to write; - reads lines from stdin.")],
    kind: Annotated[str | None, typer.Option(help="note, recommendation, action …")] = None,
    question: Annotated[str | None, typer.Option(metavar="1b", help="The question it answers.")] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Who said it.")] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag that the agenda declares.")] = None,
    internal: Annotated[bool, typer.Option("--internal", help="Keep it out of every export.")] = False,
    desk: options.DeskId = None,
    group: options.GroupId = None,
    mirror: options.MirrorFolder = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp note session-2 "@col rec: meet twice a year"

    Writes one line as a rapporteur types it, corrections included; clock and floor belong to grcp run.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.machine import Machine
    from grcp_cli.meeting.decision import Refuse
    from grcp_cli.meeting.grammar import Prose
    from grcp_cli.meeting.prefixes import Prefixes, prefixed
    from grcp_cli.store.desk import Desk

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    item = options.session_of(meeting, session)
    sitting = options.sitting(meeting, item, desk, group, folder)
    given = Prefixes(kind or "", question or "", speaker or "", tuple(tag or ()), internal)
    seat = Desk(meeting, item, folder, Machine(meeting.timezone), sitting.desk, sitting.group)
    if rehearsal:
        options.rehearse(seat, folder)
    copied = options.mirror(mirror, seat)

    def prepare(typed: Line | None) -> Line | Refuse | None:
        if item.groups and not sitting.group and isinstance(typed, Prose):
            return Refuse(f"whose is it? {item.id} has a desk for each group", f"--desk {item.groups[0]}")
        return prefixed(typed, given, meeting, item)

    try:
        if line == "-":
            _many(seat, prepare, as_json)
        else:
            _one(seat, prepare, as_json, line)
    finally:
        if copied is not None:
            from grcp_cli.console import mirroring

            mirroring.once(copied, options.tell)


def _one(seat: Desk, prepare: Callable[[Line | None], Line | Refuse | None], as_json: bool, line: str) -> None:
    from grcp_cli.meeting.decision import Refuse

    text, replaced = _decoded(line)
    if replaced:
        options.tell("some bytes were not text and became \ufffd")
    outcome = seat.note(text, prepare)
    _answer(outcome, seat, as_json)
    if isinstance(outcome, Refuse):
        raise RefusedError(outcome)


def _many(seat: Desk, prepare: Callable[[Line | None], Line | Refuse | None], as_json: bool) -> None:
    """Each line of stdin by itself: one that is refused is told and the others are saved."""
    from grcp_cli.console.clean import complain
    from grcp_cli.meeting.decision import Refuse

    refused = 0
    for number, (line, replaced) in enumerate(_lines(), 1):
        if replaced:
            options.tell(f"line {number}: some bytes were not text and became \ufffd")
        outcome = seat.note(line, prepare)
        if isinstance(outcome, Refuse):
            refused += 1
            complain(f"line {number} not saved: {outcome.reason}", outcome.hint, line.strip()[:200])
        else:
            _answer(outcome, seat, as_json)
    if refused:
        raise options.SomeRefusedError(refused)


def _lines() -> Iterator[tuple[str, bool]]:
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").removeprefix("\ufeff")
        yield line, "\ufffd" in line and "\ufffd".encode() not in raw


def _decoded(line: str) -> tuple[str, bool]:
    """An argument as text; bytes that are none come as lone surrogates and are replaced."""
    text = line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return text, text != line


def _answer(outcome: Outcome, seat: Desk, as_json: bool) -> None:
    from grcp_cli.console.clean import drawn_line, json_line
    from grcp_cli.meeting.decision import Show
    from grcp_cli.meeting.entry import as_data
    from grcp_cli.store.desk import Saved

    if isinstance(outcome, Show):
        from grcp_cli.console import shown

        typer.echo("\n".join(shown.lines(outcome, seat.sight())))
    elif isinstance(outcome, Saved):
        for notice in (*outcome.notices, *_counted(outcome.entries, seat)):
            options.tell(notice)
        for entry in outcome.entries:
            said = seat.told(entry)
            typer.echo(json_line({**as_data(entry), "told": said}) if as_json else drawn_line(said))


_RECOUNTED = ("amend", "strike", "restore", "status")
"""What may change how many of "up to five" a group has, besides what is written."""


def _counted(entries: Iterable[Entry], seat: Desk) -> Iterator[str]:
    """How many of "up to five" a group has; the whole record is read only where a question has such a limit."""
    for entry in entries:
        question = seat.session.question(str(entry.fields.get("question", "")))
        limited = entry.captured and question is not None and question.max_per_group
        if limited or entry.kind in _RECOUNTED:
            from grcp_cli.meeting.nudges import counted

            seat.catch_up()
            yield from counted(entry, seat.meeting, seat.session, seat.record)
