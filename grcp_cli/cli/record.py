"""`grcp record`: what was written down, whether it is whole, carrying it about, accepting what was changed by hand."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer evaluates the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import options, repairing, resolving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.record import Record
    from grcp_cli.store.journal import Journal

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    help="Example: grcp record show session-2\n\nWhat was written down, whether it is whole, and mending it.",
)


@app.command(short_help="every entry as it stands, by question")
def show(
    session: Annotated[str | None, typer.Argument(metavar="SESSION", help="The session's id.")] = None,
    floor: Annotated[bool, typer.Option("--floor", help="Only the session's time and who spoke how long.")] = False,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp record show session-2

    Every entry of a session, all desks together, as it now stands, by guiding question; then its time, planned
    against actual. --floor tells of the speaking time instead.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console import times
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.meeting import held
    from grcp_cli.meeting.listing import session_data
    from grcp_cli.meeting.schedule import planned
    from grcp_cli.store.records import load

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    item = options.session_of(meeting, session or options.chosen_session(meeting))
    loaded = load(folder, meeting.id)
    options.tell_of(meeting, loaded)
    if as_json:
        data = session_data(meeting, loaded.record, item)
        typer.echo(json_text({"session": item.id, "held": data["held"]} if floor else data))
        return
    if rehearsal:
        typer.echo("REHEARSAL")
    found = held.held(meeting, item, loaded.record, planned(meeting).get(item.id))
    for line in times.floor(meeting, item, found) if floor else _shown(loaded.record, meeting, item):
        typer.echo(drawn_line(line))
    if not floor and found:
        typer.echo("")
        for line in times.as_held(meeting, item, found):
            typer.echo(drawn_line(line))


def _shown(record: Record, meeting: Meeting, session: Session) -> Iterator[str]:
    from grcp_cli.console import odds
    from grcp_cli.console.shown import common, statement
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.resolving import disputes
    from grcp_cli.meeting.telling import place

    own = Source(session.id)
    statements = record.statements(session.id)
    yield session.heading
    commons = record.commons(session.id)
    if not statements and not commons:
        yield "nothing written yet"
    addresses = [each.address for each in session.every_question]
    filed = dict.fromkeys(each.question for each in statements)
    for address in sorted(filed, key=lambda each: _rank(each, addresses)):
        yield ""
        yield place(address, session)
        for each in statements:
            if each.question == address:
                yield f"  {statement(each, meeting, session, record, own)}"
    for stated in commons:
        yield ""
        yield common(stated, meeting, record)
        for each_id in stated.sources:
            if joined := record.statement(each_id):
                yield f"  from {statement(joined, meeting, session, record, own)}"
    for dispute in disputes(meeting, record, session.id):
        yield ""
        yield from odds.lines(dispute, meeting)


def _rank(address: str, addresses: list[str]) -> int:
    """The session in general first, then its questions, then what is no longer in the agenda."""
    return addresses.index(address) if address in addresses else -1 if address == "0" else len(addresses)


@app.command(short_help="check every seal")
def verify(
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]", help="Only this session's files.")] = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp record verify

    Checks every seal. Exit 3 where a block was changed by hand and not accepted, or cannot be read.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.store.records import load

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    wanted = options.session_of(meeting, session).id if session else None
    loaded = load(folder, meeting.id)
    journals = {source: read for source, read in loaded.journals.items() if wanted in (None, source.session)}
    strangers = loaded.strangers if wanted is None else []
    changed = sum(bool(read.edited or read.faults) for read in journals.values())
    if as_json:
        checked = [_verified(source, read, meeting, loaded.record) for source, read in journals.items()]
        typer.echo(
            json_text(
                {"meeting": meeting.id, "whole": not (changed or strangers), "files": checked, "strangers": strangers}
            )
        )
    else:
        for source, read in journals.items():
            for line in _verdict(read, _verified(source, read, meeting, loaded.record)):
                typer.echo(drawn_line(line))
        for stranger in strangers:
            typer.echo(drawn_line(stranger))
        if not journals:
            typer.echo("no session files yet")
    if changed:
        files = "1 file is" if changed == 1 else f"{changed} files are"
        raise repairing.NotWholeError(
            f"{files} not as grcp wrote it",
            "look at what changed there or right before it; grcp record repair --accept ID lets it stand",
        )
    if strangers:
        hint = "grcp record merge FILE takes in what is of this meeting; put all else where it belongs"
        raise repairing.NotWholeError("files that lie here are left out", hint)


def _verified(source: Source, read: Journal, meeting: Meeting, record: Record) -> dict[str, Any]:
    from grcp_cli.meeting import by_hand
    from grcp_cli.meeting.entry import missing, unknown

    session = meeting.session(source.session)
    questions = {each.address for each in session.every_question} if session else set()
    gone = {
        str(entry.fields["question"])
        for entry in read.entries
        if entry.captured and "question" in entry.fields and entry.fields["question"] not in (*questions, "0")
    }
    return {
        "file": read.name,
        "branch": record.home(source).label or None,
        "blocks": len(read.entries),
        "captured": sum(entry.captured for entry in read.entries),
        "edited": [
            {"id": each.id, "found": each.found, "told": by_hand.change(*each, read.entries, source, meeting, record)}
            for each in read.edited
        ],
        "faults": read.faults,
        "torn": bool(read.torn),
        "unknown": sorted({word for entry in read.entries for word in unknown(entry)}),
        "incomplete": sorted({f"{entry.id}: no {key}" for entry in read.entries for key in missing(entry)}),
        "questions_gone": sorted(gone),
    }


def _verdict(read: Journal, verified: dict[str, Any]) -> Iterator[str]:
    good = not (read.edited or read.faults)
    whole = "whole" if good else "NOT whole"
    branch = f", branch {verified['branch']}" if verified["branch"] else ""
    yield f"{read.name}: {verified['blocks']} blocks, {verified['captured']} captured, {whole}{branch}"
    if withheld := sum(entry.kind == "withheld" for entry in read.entries):
        yield f"  {withheld} withheld: internal, and not sent along"
    for each in verified["edited"]:
        yield f"  {each['told']}"
    for fault in read.faults:
        yield f"  {fault}"
    if read.torn:
        yield "  an append did not finish; the next one sets its bytes aside in FILE.torn"
    for word in verified["unknown"]:
        yield f"  {word} is not known to this version; it is kept"
    for word in verified["incomplete"]:
        yield f"  {word}"
    for address in verified["questions_gone"]:
        yield f"  question {address} is no longer in the agenda; its entries are reported under Other"


app.command(short_help="decide between corrections that contradict each other")(resolving.resolve)


@app.command(short_help="agenda and records in one file to carry")
def pack(
    sessions: Annotated[list[str] | None, typer.Argument(metavar="[SESSION]...", help="Only these, else all.")] = None,
    internal: Annotated[bool, typer.Option("--internal", help="Internal entries too.")] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE|DIR|-", help="Where to, else the working folder.")
    ] = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp record pack working-lunch -o /media/stick

    One file with the agenda and the session files, for `grcp record merge` elsewhere. Internal entries stay behind,
    and it says how many; the seals of all others hold. The same record makes the same bytes.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.store import agendas, places
    from grcp_cli.store.records import load, notices

    from . import packing

    path = options.agenda_file(agenda)
    meeting = agendas.load(path)
    wanted = [options.session_of(meeting, each).id for each in dict.fromkeys(sessions or ())]
    loaded = load(places.records(records, meeting.id, rehearsal=rehearsal), meeting.id)
    for notice in notices(loaded):
        options.tell(notice)
    packed = packing.packed(path, meeting.id, loaded, wanted, internal=internal)
    packing.tell(packed)
    if output == "-":
        packing.to_stdout(packed)
        return
    put, written = packing.put(packed, output)
    if as_json:
        typer.echo(json_text(packing.as_data(packed, put, meeting.id, written=written)))
        return
    for name in packed.files:
        typer.echo(drawn_line(name))
    typer.echo(drawn_line(f"packed {put}" if written else f"{put} is there already, byte for byte"))


@app.command(short_help="take in what colleagues wrote")
def merge(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Bundles, session files, folders.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what is new.")] = False,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp record merge /media/stick africa.zip

    Takes in bundles, session files and folders of them, in any order and as often as you like. Shows what is new first,
    and on a terminal asks. Nothing here is renamed or lost: where two wrote on copies of one file, both are kept.
    """
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.store import places
    from grcp_cli.store.incoming import look
    from grcp_cli.store.merging import Plan
    from grcp_cli.store.steps import WRITES

    from . import merging

    incoming = look(paths)
    found = merging.agenda_of(agenda, records, incoming)
    folder = places.records(records, found.meeting.id, rehearsal=rehearsal)
    plan = Plan(folder, found.meeting, rehearsal=rehearsal)
    steps = plan.take_all(incoming.files)
    faults = merging.faults(steps, incoming, found)
    if not as_json:
        for line in merging.lines(steps):
            typer.echo(drawn_line(line))
        for notice in merging.notices(steps, incoming, found):
            options.tell(notice)
        for fault in faults:
            options.tell(fault)
    new = [step for step in steps if step.what in WRITES]
    going = bool(new or found.put) and not dry_run
    if going and options.terminal() and not plain and not as_json:
        from grcp_cli.console.ask import confirm

        going = confirm("Take this in?", default=True)
    if going:
        steps = merging.carry_out(plan, found)
    if as_json:
        typer.echo(json_text(merging.as_data(steps, incoming, found, written=going)))
    else:
        what = f"{len(new)} merged" if going and new else "nothing new" if not new and not found.put else ""
        typer.echo(what or ("merged the agenda" if going else "nothing was written"))
    if faults and len(faults) == len(incoming.missing):
        raise merging.MissingError("not all of it was there", "all else was looked through")
    if faults:
        raise merging.FaultsError("not all of it could be taken as it is", "what is told above names each, and why")


app.command(short_help="let a change made by hand stand")(repairing.repair)
