"""Sitting down and getting up: the seat, what happened while nobody sat there, the pause at the end."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING, Self

from grcp_cli.errors import GrcpError
from grcp_cli.machine import ticks
from grcp_cli.meeting import clock
from grcp_cli.meeting.clock import seconds_between
from grcp_cli.meeting.decision import act
from grcp_cli.store import locks, pulse

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from grcp_cli.meeting.entry import Entry
    from grcp_cli.store.desk import Desk
    from grcp_cli.store.pulse import Pulse

_HEARTBEAT = 2.0
_HAMMERED = 5.0
"""Seconds within which Ctrl-C is still the hand that left; behind them it ends what a disk holds up."""


class EndedError(GrcpError):
    """The session was ended: going on with it is a choice for a person."""

    exit_code = 5


class Seated:
    """`with Seated(desk):` sits at the desk until the block ends, however it ends.

    Attributes:
        away: Seconds during which the clock ran and nobody sat there, 0 where there were none.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done = threading.Event()
        self.away = 0.0

    def __enter__(self) -> Self:
        seen = pulse.read(self._desk.path)
        self._seat = locks.Seat(self._desk.path, _who(), self._pulse())
        try:
            self._desk.catch_up()
        except BaseException:
            self._seat.leave()
            raise
        self.away = _away(self._desk, seen)
        threading.Thread(target=self._beat, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._seat.leave()

    def _pulse(self) -> str:
        return pulse.written(pulse.take(self._desk.machine))

    def _beat(self) -> None:
        while not self._done.wait(_HEARTBEAT):
            self._seat.seen(self._pulse())


def _who() -> str:
    import getpass
    import platform

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = "somebody"
    return f"{platform.node() or 'this machine'}, process {os.getpid()}, {name}"


def _away(desk: Desk, seen: Pulse | None) -> float:
    """Seconds from the last sign of life to now, while the desk's own clock was left running.

    Counted, like the session's time, by a clock that knows of no step of the wall clock, wherever there is one.
    """
    running = desk.own_walk.clock
    if running.state != clock.RUNNING or running.since is None:
        return 0.0
    now = desk.now()
    last = clock.Moment(max(entry.at for entry in desk.entries))
    if seen is not None and (seen.moment.boot == now.boot or seen.moment.at > last.at):
        last = seen.moment
    return min(seconds_between(last, now), seconds_between(running.since, now))


def count_away(desk: Desk, seconds: float, *, counted: bool) -> Entry:
    """Writes down what was asked about the time away and answered."""
    return desk.write([act("anomaly", desk.sight(), seconds=round(seconds, 3), counted=counted)])[0]


def reopen(desk: Desk) -> Entry:
    """Lets an ended session go on."""
    return desk.write([act("reopen", desk.sight())])[0]


def pause(desk: Desk) -> Entry | None:
    """Pauses the desk's own clock where it runs; the session stays resumable."""
    desk.catch_up()
    if desk.own_walk.clock.state != clock.RUNNING:
        return None
    return desk.write([act("pause", desk.sight())])[0]


def leave_on_signals() -> Callable[[], None]:
    """Makes the end of the terminal or a polite kill the same as Ctrl-C; returns what undoes this."""

    def leave() -> None:
        raise KeyboardInterrupt

    restore, interrupt = on_signals(leave, interrupt=False), signal.getsignal(signal.SIGINT)

    def back() -> None:
        restore()
        signal.signal(signal.SIGINT, interrupt)

    return back


def leaving() -> None:
    """Lets Ctrl-C do nothing for a while: pressed once more, it cuts short nothing that is saved on leaving.

    What `leave_on_signals` returned undoes this.
    """
    since = ticks()

    def handle(_: int, __: FrameType | None) -> None:
        if ticks() - since > _HAMMERED:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, handle)


def on_signals(leave: Callable[[], object], *, interrupt: bool = True) -> Callable[[], None]:
    """Has the end of the terminal, a polite kill and, if so wished, Ctrl-C call `leave`; returns what undoes this."""
    kept = {}

    def handle(_: int, __: FrameType | None) -> None:
        leave()

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK", *(("SIGINT",) if interrupt else ())):
        number = getattr(signal, name, None)
        if number is not None:
            kept[number] = signal.signal(number, handle)

    def restore() -> None:
        for number, handler in kept.items():
            if signal.getsignal(number) is handle:  # else it is not this one's any more
                signal.signal(number, handler)

    return restore
