"""`grcp run`: the timed walkthrough of a session, with capture."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from grcp_cli.console.mirroring import Mirroring
    from grcp_cli.machine import Machine
    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.store.desk import Desk
    from grcp_cli.store.mirror import Mirror

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


_FIRST_YEAR, _LAST_YEAR, _FASTEST = 1900, 3000, 100_000


class ClockError(GrcpError):
    """A rehearsal's clock that cannot be set so."""


@app.command()
def run(
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]", help="The session's id.")] = None,
    desk: options.DeskId = None,
    group: options.GroupId = None,
    plain: options.Plain = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Go on with a session that was ended.")] = False,
    at: Annotated[
        str | None, typer.Option(metavar="ISO8601", help="Rehearse: the clock begins here (2019-04-05T10:45).")
    ] = None,
    speed: Annotated[
        float | None, typer.Option(min=0, help="Rehearse: so many times as fast; 0 holds the clock still.")
    ] = None,
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="Rehearse, kept apart from the record.")] = False,
    mirror: options.MirrorFolder = None,
    agenda: options.Agenda = None,
    records: options.Records = None,
) -> None:
    """Example: grcp run session-2

    Shows the session and its guiding questions, keeps its time, and writes down what is typed: every line is on
    disk before it is told as saved. /help lists what may be typed. Ctrl-C pauses and leaves; the same command
    goes on.
    """
    import gc

    from grcp_cli.console import line, seat
    from grcp_cli.console.clean import say
    from grcp_cli.store.desk import Desk

    rehearsing = rehearsal or at is not None or speed is not None
    meeting, folder = options.opened(agenda, records, rehearsal=rehearsing)
    item = options.session_of(meeting, session or options.chosen_session(meeting))
    sitting = options.sitting(meeting, item, desk, group)
    place = Desk(meeting, item, folder, _machine(meeting, at, speed), sitting.desk, sitting.group)
    if rehearsing:
        place.machine = _rehearsed(place, folder, at, speed)
    copying = _mirroring(options.mirror(mirror, place))
    person = options.terminal() and not plain
    wish = None
    restore = seat.leave_on_signals()
    try:
        with seat.Seated(place) as seated, copying as mirrored:
            found = options.findings(meeting, place.loaded())
            greeting = _resume(place, seated.away, person=person, reopen=reopen)
            # What was read stays for the hour: it is looked through for garbage neither now nor later.
            gc.freeze()
            gc.enable()
            try:
                if person and options.full_screen():
                    from grcp_cli.console.live import screen

                    try:
                        wish = screen.run(place, (*greeting, *found), mirrored)
                    finally:
                        if mirrored is not None:
                            mirrored.tell = options.tell  # the screen is gone
                else:
                    for notice in found:
                        options.tell(notice)
                    for told in greeting:
                        say(told)
                    line.run(place)
            except KeyboardInterrupt:
                pass
            finally:
                _pause(place)
    finally:
        restore()
    if wish is not None:
        _grant(wish.value, item.id, agenda, records, rehearsal=rehearsing)


def _grant(wish: str, session: str, agenda: str | None, records: Path | None, *, rehearsal: bool) -> None:
    """What was wished for when the screen was left."""
    if wish == "draft":
        from .draft import draft

        draft(session, agenda=agenda, records=records, rehearsal=rehearsal)
    elif wish == "export":
        from .export import export

        export(agenda=agenda, records=records, rehearsal=rehearsal)


def _mirroring(mirror: Mirror | None) -> AbstractContextManager[Mirroring | None]:
    """What keeps the mirror up, where there is one."""
    if mirror is None:
        return contextlib.nullcontext()
    from grcp_cli.console.mirroring import Mirroring

    return Mirroring(mirror, options.tell)


def _pause(desk: Desk) -> None:
    """Pauses the clock where it runs; what keeps it from that is told and hides nothing else."""
    from grcp_cli.console import seat
    from grcp_cli.console.clean import say
    from grcp_cli.errors import GrcpError

    try:
        if seat.pause(desk):
            say("clock · paused")
    except GrcpError as error:
        options.tell(f"the clock is not paused: {error}")


def _machine(meeting: Meeting, at: str | None, speed: float | None) -> Machine:
    from zoneinfo import ZoneInfo

    from grcp_cli.machine import Machine, Rehearsed
    from grcp_cli.meeting.schedule import exists

    real = Machine(meeting.timezone)
    if at is None and speed is None:
        return real
    try:
        began = real.now() if at is None else datetime.fromisoformat(at)
    except ValueError as error:
        raise ClockError(f"--at {at} is no instant", "write it so: 2019-04-05T10:45") from error
    if not _FIRST_YEAR <= began.year <= _LAST_YEAR:
        raise ClockError(f"--at {at} is too far away", f"between the years {_FIRST_YEAR} and {_LAST_YEAR}")
    instant = began if began.tzinfo else began.replace(tzinfo=ZoneInfo(meeting.timezone))
    if not exists(instant):
        raise ClockError(f"--at {at} does not exist: the clocks are put forward over it", "choose another hour")
    if speed is not None and not speed <= _FASTEST:
        raise ClockError(f"--speed {speed} is too fast", f"0 holds the clock still, {_FASTEST} is the most")
    return Rehearsed(meeting.timezone, began, 1.0 if speed is None else speed)


def _rehearsed(desk: Desk, folder: Path, at: str | None, speed: float | None) -> Machine:
    """The clocks of a rehearsal: those of a console that rehearses already, else on from where it stood."""
    from grcp_cli.machine import REHEARSED
    from grcp_cli.store import pulse

    zone = desk.meeting.timezone
    beat = pulse.shared(folder) if at is None and speed is None else None
    if beat and (joined := pulse.joined(beat, zone)):
        options.tell("rehearsed by the clock of the console that runs already")
        return joined
    last = desk.last_instant()
    own = any(str(entry.fields.get("boot", "")).startswith(REHEARSED) for entry in desk.entries)
    if last and (last > desk.machine.now() or (own and at is None)):
        if at is not None:
            options.tell(f"this rehearsal stood at {last:%H:%M} and goes on from there")
        return _machine(desk.meeting, last.isoformat(), speed)
    return desk.machine


def _resume(desk: Desk, away: float, *, person: bool, reopen: bool) -> list[str]:
    """Settles what must be before lines are taken: an ended session, time during which nobody sat there.

    Returns:
        What to tell of it, and where it stood.
    """
    from grcp_cli.console import seat
    from grcp_cli.meeting import clock
    from grcp_cli.meeting.telling import duration

    told = []
    if desk.own_walk.clock.state == clock.ENDED:
        if not reopen and not person:
            raise seat.EndedError(f"{desk.session.id} was ended: no line was taken", _after_the_end(desk))
        if reopen or _goes_on(desk):
            told.append(desk.told(seat.reopen(desk)))
    if away >= 1:
        counted = person and _asked(f"The clock ran {duration(away)} with nobody here. Count it?", default=False)
        told.append(desk.told(seat.count_away(desk, away, counted=counted)))
    return told


def _goes_on(desk: Desk) -> bool:
    """Asks what is wanted of an ended session: its clock again, or only to look at it and add to it.

    Raises:
        Exit: Neither.
    """
    from grcp_cli.console.ask import choose

    look, again = "look at it; lines may be added, its clock stays as it is", "go on with it, its clock runs again"
    chosen = choose(f"{desk.session.id} was ended", [look, again, "leave it"])
    if chosen not in (look, again):
        raise typer.Exit
    return chosen == again


def _after_the_end(desk: Desk) -> str:
    """The commands that go on with an ended session, and that add to it as it is."""
    which = f" --desk {desk.source.desk}" if desk.source.desk else ""
    which += " --rehearsal" if desk.rehearsal else ""
    again = f"grcp run {desk.session.id}{which} --reopen goes on with it, its clock runs again"
    return f"{again}; grcp note {desk.session.id}{which} LINE adds a line and leaves the clock"


def _asked(question: str, *, default: bool) -> bool:
    from grcp_cli.console.ask import confirm

    return confirm(question, default=default)
