"""`grcp draft`: the paragraphs of the report, written beside the entries they rest on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from grcp_cli.meeting.entry import Entry
    from grcp_cli.meeting.record import Record
    from grcp_cli.store.desk import Desk

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


class NoEditorError(GrcpError):
    """There is no terminal to open an editor on, or no page where one was named."""


class NoQuestionError(GrcpError):
    """The session has no such question."""

    exit_code = 4


class SomeNotSavedError(GrcpError):
    """Some paragraphs of a page could not be placed."""


class ClashError(GrcpError):
    """Two people changed the same; a person must decide."""

    exit_code = 5


@app.command()
def draft(
    place: Annotated[str, typer.Argument(metavar="SESSION[/QUESTION]", help="session-2, session-2/1a, session-2/0.")],
    page: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Read the page from a file, or - for stdin; no editor.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the page and write nothing.")] = False,
    desk: options.DeskId = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
) -> None:
    """Example: grcp draft session-2/1a

    Opens a page in your editor (VISUAL, else EDITOR): each question with its paragraphs and, as comments, its
    entries with their numbers. Write prose under the questions; an empty line ends a paragraph and its lines
    become one. [12 15] at the end names the entries it rests on. What you change is saved when you close it.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.machine import Machine, Rehearsed
    from grcp_cli.meeting import drafting
    from grcp_cli.store.desk import Desk
    from grcp_cli.store.records import load

    if show and page is not None:
        raise NoEditorError("--show prints a page and --from reads one", "choose one of them")
    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    session, _, question = place.partition("/")
    seat = Desk(meeting, options.session_of(meeting, session), folder, Machine(meeting.timezone), options.desk_id(desk))
    options.tell_of(meeting, load(folder, meeting.id))
    if rehearsal and (last := seat.last_instant()):
        # A rehearsal's own clock is known to nobody else: its last word is taken for now.
        seat.machine = Rehearsed(meeting.timezone, last, 0)
    at = _question(seat, question)
    if page is None and not show and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoEditorError("an editor needs a terminal", "--show prints the page, --from FILE reads it back")
    if page is not None:
        _save(seat, _read(page), at, None if page == "-" else page)
        return
    shown = drafting.page(seat.sight(), at, rehearsal=rehearsal)
    if show:
        _print(shown)
    else:
        _edit(seat, shown, at)


def _question(seat: Desk, question: str) -> str:
    """The address of the question asked for, empty for the whole session."""
    from grcp_cli.meeting.draft_names import Places
    from grcp_cli.meeting.names import nearest

    if not question:
        return ""
    places = Places(seat.session, seat.record)
    address = places.address(question)
    if address is None:
        words = [places.word(each) for each in places.all]
        near = nearest(question.casefold(), (*words, *places.all))
        hint = f"did you mean {seat.session.id}/{near}?" if near else "there are " + ", ".join(words)
        raise NoQuestionError(f"there is no question {question} in {seat.session.id}", hint)
    return address


def _read(page: str) -> str:
    """The page of a file or of stdin; what is no text becomes U+FFFD and is told."""
    from grcp_cli.console.editor import decoded
    from grcp_cli.store.durable import refused

    try:
        data = sys.stdin.buffer.read() if page == "-" else Path(page).read_bytes()
    except FileNotFoundError as error:
        raise NoEditorError(
            f"there is no page {page}", "--show prints one: grcp draft SESSION --show > page.md"
        ) from error
    except OSError as error:
        raise refused("read", Path(page), error) from error
    text = decoded(data, "replace")
    if "\ufffd" in text and "\ufffd".encode() not in data:
        options.tell("some bytes were not text and became \ufffd")
    return text


def _print(page: str) -> None:
    """A pipe gets the page as it is, so that it can come back; a terminal what may be drawn on it."""
    from grcp_cli.console.clean import drawn

    typer.echo(drawn(page) if sys.stdout.isatty() else page, nl=False)


def _edit(seat: Desk, page: str, at: str) -> None:
    from grcp_cli.console.editor import edit_text

    before = _kept_pages(seat)
    for path in before:
        options.tell(f"a page with faults is still kept: {path}")
    edited = edit_text(page, suffix=".md")
    if edited == page:
        options.tell("nothing changed")
        _tell_unused(seat, at)
        return
    _save(seat, edited, at, None)


def _save(seat: Desk, page: str, at: str, path: str | None) -> None:
    """Writes down what a page changes, and keeps the page wherever something of it would be lost.

    Args:
        seat: Whose file it goes to.
        page: As it was sent back.
        at: The question asked for, empty for the whole session.
        path: The file that holds the page and stays, None where there is none.
    """
    from grcp_cli.meeting import drafted

    try:
        seat.catch_up()
        reading = drafted.read(page, seat.sight(), at)
        known = {each.target for each in seat.record.conflicts(seat.session.id)}
        entries = seat.write(list(reading.drafts)) if reading.drafts else []
        seat.catch_up()
    except BaseException:
        options.tell(f"the page is kept: {path or _keep(seat, page)}")
        raise
    for entry in entries:
        _tell_saved(entry, seat.record)
    _tell_confided(seat, entries)
    for notice in (*reading.notices, *reading.clashes):
        options.tell(notice)
    clashes = len(reading.clashes) + _tell_conflicts(seat, known)
    if not entries and not reading.faults and not clashes:
        options.tell("nothing changed")
    _tell_unused(seat, at)
    if reading.faults:
        kept = path or _keep(seat, page)
        for fault in reading.faults:
            options.tell(f"line {fault.line} not saved: {fault.reason}; {fault.hint}")
        here = f"{seat.session.id}/{at}" if at else seat.session.id
        quoted = f'"{kept}"' if " " in str(kept) else kept
        again = f"mend it, then: grcp draft {here} --from {quoted}"
        raise SomeNotSavedError(f"not everything was saved; the page is kept: {kept}", again)
    if clashes:
        again = f"look at it again: grcp draft {seat.session.id}"
        raise ClashError("another changed the same since the page was made; nothing of either is lost", again)


def _tell_saved(entry: Entry, record: Record) -> None:
    from grcp_cli.console.clean import drawn_line
    from grcp_cli.meeting.decision import short

    stated = record.statement(entry.target or entry.id)
    said = {"paragraph": "saved", "amend": "amended", "strike": "taken out", "restore": "standing again"}[entry.kind]
    question, text = (stated.question, stated.text) if stated else ("", "")
    typer.echo(drawn_line(f"{said} · paragraph · {question} · {short(text, 60)}"))


def _tell_conflicts(seat: Desk, known: set[str]) -> int:
    """Tells the conflicts that were not there before; how many there are."""
    new = [each for each in seat.record.conflicts(seat.session.id) if each.target not in known]
    for conflict in new:
        for entry_id, value in conflict.choices:
            source = seat.record.source(entry_id)
            desk = source.name if source and source.name else "the session’s own desk"
            options.tell(f"in conflict · {conflict.field} · {desk}: {value}")
    return len(new)


def _tell_confided(seat: Desk, entries: list[Entry]) -> None:
    """Tells what of internal entries may leave in the paragraphs just saved."""
    from grcp_cli.meeting.draft_names import References
    from grcp_cli.meeting.drafting import confided, told_confided

    record = seat.record
    name = References(record, seat.meeting, seat.source).name
    saved = {entry.target or entry.id for entry in entries}
    paragraphs = (each for each in record.paragraphs(seat.session.id) if each.entry.id in saved)
    for stated, found in confided(record, paragraphs):
        options.tell(told_confided(stated, list(map(name, found))))


def _tell_unused(seat: Desk, at: str) -> None:
    from grcp_cli.meeting.drafting import runs, unused

    if left := unused(seat.sight(), at):
        options.tell(f"not used by any paragraph: {runs(left)}")


def _kept_pages(seat: Desk) -> list[Path]:
    name = seat.path.name.removesuffix(".toml")
    return sorted(seat.path.parent.glob(f"{name}.draft*.md"))


def _keep(seat: Desk, page: str) -> Path:
    """Puts a page beside the record, or where that is refused beside the system's temporary files."""
    import tempfile

    from grcp_cli.store.durable import DiskError, replace

    name = seat.path.name.removesuffix(".toml")
    for folder in (seat.path.parent, Path(tempfile.gettempdir())):
        number, path = 1, folder / f"{name}.draft.md"
        while path.exists():
            number += 1
            path = folder / f"{name}.draft-{number}.md"
        try:
            replace(path, page.encode("utf-8", "replace"))
        except DiskError:
            continue
        return path
    raise DiskError("the page cannot be kept anywhere; here it is:\n" + page, "make room, then send it again")
