"""A console's sign of life: what its clocks showed when it was last seen.

It tells a stage how fresh what it shows is, makes a rehearsal's clock known to other programs, and tells who comes
back after a crash how long nobody sat there, whatever the wall clock did meanwhile.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli import machine
from grcp_cli.meeting.clock import Moment
from grcp_cli.meeting.schedule import later

from . import locks
from .records import files

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.machine import Machine


class Pulse(NamedTuple):
    """What a console's clocks showed at one instant.

    Attributes:
        moment: The clocks it keeps time by, a rehearsal's own or the machine's.
        speed: How many of their seconds pass in a real one.
        boot: Which boot of the machine it ran in.
        ticks: The machine's clock that counts sleep, at the same instant.
    """

    moment: Moment
    speed: float
    boot: str
    ticks: float

    @property
    def age(self) -> float | None:
        """Real seconds since, None where another machine or boot was meant."""
        return max(0.0, machine.ticks() - self.ticks) if self.boot == machine.boot() else None

    def now(self) -> Moment | None:
        """What that console's clocks show by now, if it still runs; None where this machine cannot tell."""
        age = self.age
        if age is None:
            return None
        passed = age * self.speed
        return Moment(later(self.moment.at, passed), self.moment.boot, self.moment.ticks + passed)


def shared(folder: Path) -> Pulse | None:
    """The pulse of the console by whose clocks a meeting is rehearsed now; None where nobody rehearses."""
    for _, path in files(folder):
        if locks.held_by(path) and (found := read(path)) and found.moment.boot.startswith(machine.REHEARSED):
            return found
    return None


def joined(pulse: Pulse, zone: str) -> Machine | None:
    """Clocks that go with those of a rehearsal; None where this machine cannot tell what they show."""
    now = pulse.now()
    return machine.Rehearsed(zone, now.at, pulse.speed, now.boot, now.ticks) if now else None


def take(clocks: Machine) -> Pulse:
    """What a console's clocks show."""
    moment = Moment(clocks.now(), clocks.boot(), clocks.ticks())
    return Pulse(moment, clocks.speed, machine.boot(), machine.ticks())


def written(pulse: Pulse) -> str:
    """A pulse as a line of the seat."""
    at, boot, ticks = pulse.moment
    told = {"at": at.isoformat(timespec="milliseconds"), "boot": boot, "ticks": round(ticks, 6)}
    return json.dumps({**told, "speed": pulse.speed, "machine": pulse.boot, "uptime": round(pulse.ticks, 6)})


def read(path: Path) -> Pulse | None:
    """The pulse of the console that sits at the desk of a session file, or did last; None where none can be read."""
    try:
        told = json.loads(locks.pulse(path))
        moment = Moment(datetime.fromisoformat(told["at"]), str(told["boot"]), float(told["ticks"]))
        found = Pulse(moment, float(told["speed"]), str(told["machine"]), float(told["uptime"]))
    except (ValueError, KeyError, TypeError):
        return None
    return found if moment.at.tzinfo is not None else None
