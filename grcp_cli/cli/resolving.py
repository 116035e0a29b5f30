"""`grcp record resolve`: a person decides between corrections that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.resolving import Choice, Dispute


class OpenError(GrcpError):
    """Conflicts are left that a person must decide."""

    exit_code = 5


class NoConflictError(GrcpError):
    """A `--choose` about an entry that is in no conflict, or that names no side of it."""

    exit_code = 4


class UnclearError(GrcpError):
    """A `--choose` that says too little, or means several corrections."""


class SeveralError(GrcpError):
    """A `--choose` about what several entries are called."""

    exit_code = 5


def resolve(
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]", help="Only this session's entries.")] = None,
    choose: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ENTRY=SIDE", help="Decide without asking: africa3=africa. SIDE: a desk, a correction's id, now."
        ),
    ] = None,
    desk: Annotated[
        str | None, typer.Option("--desk", metavar="ID", help="Decide at this desk, else GRCP_DESK, else none.")
    ] = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
    rehearsal: options.Rehearsal = False,
    plain: options.Plain = False,
    as_json: options.Json = False,
) -> None:
    """Example: grcp record resolve working-lunch

    Corrections that contradict each other, because neither writer had seen the other, side by side: what was there
    before, who would make what of it, when. Asks which holds; without a terminal it only shows them and exits 5.
    What is decided is written into the file of the session's own desk, or of --desk. Nothing is erased.
    """
    from grcp_cli.console import odds
    from grcp_cli.console.clean import drawn_line, json_text
    from grcp_cli.meeting.resolving import as_data

    meeting, folder = options.opened(agenda, records, rehearsal=rehearsal)
    wanted = options.session_of(meeting, session).id if session else ""
    bench = _Bench(meeting, folder, wanted, desk, options.tell if as_json else typer.echo, rehearsal=rehearsal)
    found = bench.open()
    decided = bench.decide(choose or (), found)
    asked = options.terminal() and not (plain or as_json or choose)
    if asked:
        bench.ask()
    left = bench.open()
    if as_json:
        data = {"meeting": meeting.id, "conflicts": [as_data(each) for each in left], "resolved": decided}
        typer.echo(json_text({**data, "rehearsal": rehearsal}))
    elif not found:
        typer.echo("no conflicts")
    elif not asked:
        for each in left:
            for line in odds.lines(each, meeting):
                typer.echo(line)
    if left and not asked:
        first = left[0]
        side = next(by.name for by in first.choices[0].by)
        example = f"--choose {drawn_line(first.label or first.name)}={drawn_line(side)}"
        told = "1 conflict is" if len(left) == 1 else f"{len(left)} conflicts are"
        raise OpenError(f"{told} open", f"on a terminal grcp record resolve asks; in a script {example} decides")


class _Bench:
    """Decides conflicts and writes down what was decided; the record is read again after each."""

    def __init__(
        self,
        meeting: Meeting,
        folder: Path,
        session: str,
        desk: str | None,
        say: Callable[[str], None],
        *,
        rehearsal: bool,
    ) -> None:
        from grcp_cli.store.following import Following

        self._meeting, self._folder, self._session, self._rehearsal = meeting, folder, session, rehearsal
        self._say = say
        self._desk = options.desk_id(desk, "chair")
        self._following = Following(folder, meeting.id)
        self._following.poll()
        options.tell_of(meeting, self._following.loaded())

    def open(self) -> list[Dispute]:
        """The conflicts that are open now."""
        from grcp_cli.meeting.resolving import disputes

        self._following.poll()
        record = self._following.record
        known = [each.id for each in self._meeting.sessions]
        every = [*known, *sorted({source.session for source in record.files} - {*known})]
        sessions = [self._session] if self._session else every
        return [each for session in sessions for each in disputes(self._meeting, record, session)]

    def decide(self, asked: Iterable[str], found: list[Dispute]) -> list[str]:
        """Decides as was said on the command line, all of it or, where something is unclear, nothing.

        Returns:
            The ids of what was written.

        Raises:
            NoConflictError, UnclearError: One of `asked` does not say what is meant.
        """
        meant = [each for wish in asked for each in self._meant(wish, found)]
        for dispute, _ in meant:
            if len(sides := [_side(choice) for other, choice in meant if other is dispute]) > 1:
                raise UnclearError(
                    f"{dispute.label or dispute.name} is decided twice", f"name one side: {' or '.join(sides)}"
                )
        return [self._write(dispute, choice) for dispute, choice in meant]

    def ask(self) -> None:
        """Asks a person about each, one after the other; what comes meanwhile is asked about too."""
        from grcp_cli.console import ask, odds
        from grcp_cli.console.changes import coloured

        kept: set[object] = set()
        while waiting := [each for each in self.open() if each.key not in kept]:
            dispute = waiting[0]
            self._show([coloured(line) for line in odds.lines(dispute, self._meeting)])
            sides = {f"{position} · {odds.who(choice)}": choice for position, choice in enumerate(dispute.choices, 1)}
            answer = ask.choose("Which holds?", [*sides, _OPEN, _LEAVE])
            if answer == _LEAVE:
                break
            if answer == _OPEN:
                kept.add(dispute.key)
            else:
                self._write(dispute, sides[answer])
        if left := len(self.open()):
            typer.echo(f"{left} {'conflict stays' if left == 1 else 'conflicts stay'} open")

    def _show(self, lines: list[object]) -> None:
        from rich.console import Console

        console = Console(highlight=False)
        for line in lines:
            console.print(line)

    def _meant(self, wish: str, found: list[Dispute]) -> list[tuple[Dispute, Choice]]:
        from grcp_cli.meeting.entry import Source
        from grcp_cli.meeting.references import meant as referred
        from grcp_cli.meeting.references import several
        from grcp_cli.meeting.resolving import named

        entry, equals, side = (part.strip() for part in wish.partition("="))
        if not (entry and equals and side):
            raise UnclearError(
                f"“{wish}” does not say which entry and which side",
                f"for example {entry or 'africa1'}=africa, as grcp record resolve shows them",
            )
        record, about = self._following.record, []
        for each in found:
            target, own = each.target.entry.id, Source(each.target.source.session)
            called = [target] if entry in (target, each.name) else referred(entry, record, own, self._meeting)
            if target in called and len(called) > 1:
                raise SeveralError(*several(entry, called, record, self._meeting, own))
            about += [each] if target in called else []
        if not about:
            raise NoConflictError(f"{entry} is in no conflict", "grcp record resolve shows what is")
        meant = [(each, choice) for each in about for choice in named(each, side)]
        if not meant:
            sides = ", ".join(dict.fromkeys(_side(choice) for each in about for choice in each.choices))
            raise NoConflictError(f"{side} is no side of the conflict about {entry}", f"there are {sides}")
        if len({dispute.key for dispute, _ in meant}) < len(meant):
            ids = ", ".join(by.entry.id for _, choice in meant for by in choice.by)
            raise UnclearError(f"{side} corrected {entry} more than once", f"name the correction: one of {ids}")
        return meant

    def _write(self, dispute: Dispute, choice: Choice) -> str:
        """Writes what was decided, on disk when it is told."""
        from grcp_cli.console import odds
        from grcp_cli.console.clean import drawn_line
        from grcp_cli.machine import Machine
        from grcp_cli.meeting.agenda import Session
        from grcp_cli.meeting.resolving import resolution
        from grcp_cli.store.desk import Desk

        target = dispute.target.source.session
        # A session that left the agenda still has conflicts to end.
        session = self._meeting.session(target) or Session(target, target, "plenary", 0)
        seat = Desk(self._meeting, session, self._folder, Machine(self._meeting.timezone), self._desk)
        if self._rehearsal:
            options.rehearse(seat, self._folder)
        seat.catch_up()
        (entry,) = seat.write([resolution(dispute, choice, seat.record, seat.walk.here)])
        made = odds.made(dispute, choice, self._meeting, mark=False)
        self._say(drawn_line(f"resolved {odds.called(dispute)} · {_side(choice)}: {made} · {seat.path.name}"))
        return entry.id


_OPEN, _LEAVE = "keep it open", "leave"


def _side(choice: Choice) -> str:
    return "now" if choice.now else " and ".join(by.name for by in choice.by)
