"""`grcp synthesize`: which recommendations of the groups work across them; what is alike is proposed, people decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.console.synthesis.table import Table
    from grcp_cli.meeting.agenda import Meeting, Question, Session
    from grcp_cli.store.desk import Desk

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

DESK = "common"
"""The desk that is sat at where no other is named: what it makes is called `Common 1`."""


class NoQuestionError(GrcpError):
    """The session has no such question."""

    exit_code = 4


class NotSelectingError(GrcpError):
    """The question, or every one of the session, selects from no other."""


@app.command()
def synthesize(
    place: Annotated[
        str | None, typer.Argument(metavar="[SESSION[/QUESTION]]", help="session-4/2, or session-4 where one selects.")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Print what is alike, with the line that would join it; write nothing.")
    ] = False,
    desk: Annotated[
        str, typer.Option("--desk", metavar="ID", help="The desk to write at, where several people decide.")
    ] = DESK,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp synthesize session-4

    The recommendations of all groups side by side, and which of them are alike, with the words that make them so.
    Accept a proposal, word it, move one in or out, mark which groups support it, take it apart again: every choice
    is an entry of the desk “common”, while grcp run goes on in the same folder. Nothing is joined without you.
    """
    from grcp_cli.console.synthesis import sheet_lines
    from grcp_cli.console.synthesis.table import Table
    from grcp_cli.machine import Machine
    from grcp_cli.store.desk import Desk
    from grcp_cli.store.records import load

    desk = options.desk_id(desk, DESK)
    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    item, question = _asked(meeting, place)
    options.tell_of(meeting, load(folder, meeting.id))
    seat = Desk(meeting, item, folder, Machine(meeting.timezone), desk)
    if rehearsal:
        _rehearse(seat, folder)
    table = Table(seat, question)
    if as_json or propose:
        view = table.look()
        if as_json:
            from grcp_cli.console.clean import json_text

            typer.echo(json_text(sheet_lines.data(view, meeting, item)))
            return
        for line in (
            *sheet_lines.opening(view, meeting, item, rehearsal=rehearsal),
            *sheet_lines.proposals(view, meeting),
        ):
            typer.echo(line)
        return
    _sit(table, plain=plain)


def _sit(table: Table, *, plain: bool) -> None:
    """Seats a person until they leave.

    Raises:
        SomeRefusedError: Lines came from no terminal, and some of them were not taken.
        GrcpError: The system refused.
    """
    import gc
    import sys

    from grcp_cli.console import seat

    refused = 0
    restore = seat.leave_on_signals()
    try:
        with seat.Seated(table.desk):
            gc.enable()
            try:
                if options.terminal() and options.full_screen() and not plain:
                    from grcp_cli.console.synthesis import screen

                    screen.run(table)
                else:
                    from grcp_cli.console.synthesis import lines

                    refused = lines.run(table)
            except KeyboardInterrupt:
                pass
    finally:
        restore()
    if refused and not sys.stdin.isatty():
        raise options.SomeRefusedError(refused)


def _rehearse(desk: Desk, folder: Path) -> None:
    """By the clocks of the console that rehearses; where there is none, the desk's last word is taken for now."""
    from grcp_cli.machine import Rehearsed
    from grcp_cli.store import pulse

    zone, beat, last = desk.meeting.timezone, pulse.shared(folder), desk.last_instant()
    joined = pulse.joined(beat, zone) if beat else None
    desk.machine = joined or (Rehearsed(zone, last, 0) if last else None) or desk.machine


def _asked(meeting: Meeting, place: str | None) -> tuple[Session, Question]:
    """The session and question meant.

    Raises:
        GrcpError: There is none such, or none that selects from another, or nobody says which of several.
    """
    from grcp_cli.meeting.synthesis import selecting

    every = [(session, question) for session in meeting.sessions for question in selecting(session)]
    addresses = [f"{session.id}/{question.number}" for session, question in every]
    if place is None:
        return _chosen(every, addresses)
    session_id, _, number = place.partition("/")
    session = options.session_of(meeting, session_id)
    if not number:
        here = [each for each in every if each[0].id == session.id]
        if not here:
            told = f"no question of {session.id} selects from another session’s answers"
            raise NotSelectingError(told, _others(addresses))
        return _chosen(here, [f"{session.id}/{question.number}" for _, question in here])
    question = session.question(number.casefold())
    if question is None:
        from grcp_cli.meeting.names import nearest

        words = [each.number for each in session.every_question]
        near = nearest(number.casefold(), (*words, *(each.address for each in session.every_question)))
        hint = f"did you mean {session.id}/{near}?" if near else "there are " + ", ".join(words)
        raise NoQuestionError(f"there is no question {number} in {session.id}", hint)
    if not question.selects_from:
        told = f"question {question.number} of {session.id} selects from no other session’s answers"
        raise NotSelectingError(told, _others(addresses))
    return session, question


def _others(addresses: list[str]) -> str:
    if not addresses:
        return 'selects_from = "SESSION/QUESTION" in the agenda says where a question’s answers come from'
    return f"{' and '.join(addresses)} {'does' if len(addresses) == 1 else 'do'}"


def _chosen(every: list[tuple[Session, Question]], addresses: list[str]) -> tuple[Session, Question]:
    """The only one, else the one that a person chooses."""
    if not every:
        raise NotSelectingError("no question of this agenda selects from another’s answers", _others([]))
    if len(every) == 1:
        return every[0]
    if not options.terminal():
        raise options.NoChoiceError("which question?", f"name one of {', '.join(addresses)}")
    from grcp_cli.console.ask import choose

    named = {f"{each[0].label} · {each[1].number} · {each[1].text}": each for each in every}
    return named[choose("Which question?", list(named))]
