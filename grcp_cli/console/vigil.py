"""Watches over the machine's clocks while somebody sits at a desk: sleep, a program that stood still, a step.

Time away counts as a pause until a person says that it counts, so that a question nobody answers is answered too.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from grcp_cli.machine import ticks
from grcp_cli.meeting import clock
from grcp_cli.meeting.clock import Reading, lapse
from grcp_cli.meeting.decision import act
from grcp_cli.meeting.telling import duration
from grcp_cli.store import locks
from grcp_cli.store.records import session_file

from .inbox import WAITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.store.desk import Desk


_AT_ONCE = 0.5
"""Seconds within which the clocks are read one after the other, unless something comes between."""


class Vigil:
    """Looks at the clocks again and again; what happened between two looks is written down where time is kept.

    A desk that follows is told when the console that keeps its time goes, and when it is back.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._before = self._reading()
        self._led = True

    def look(self) -> Iterator[str]:
        """Writes down and tells what happened since the last look, in sentences; what cannot be written waits."""
        with contextlib.suppress(*WAITS):
            yield from self._look()

    def _look(self) -> Iterator[str]:
        now = self._reading()
        desk = self._desk
        found = lapse(self._before, now, desk.machine.speed)
        if found is not None and desk.own_walk.clock.state == clock.RUNNING:
            sight = desk.sight()
            drafts, told = [], []
            if found.away:
                why = {"asleep": True} if found.asleep else {}
                drafts.append(act("anomaly", sight, seconds=round(found.away, 3), counted=False, **why))
                reason = "asleep" if found.asleep else "this program stood still"
                told.append(f"away {duration(found.away)}, {reason}: count it? /count does, else it is a pause")
            if found.step:
                drafts.append(act("anomaly", sight, step=round(found.step, 3)))
                way = "forward" if found.step > 0 else "back"
                told.append(
                    f"the computer's clock was set {duration(found.step)} {way}; the session's time goes on as it was"
                )
            desk.write(drafts)
            yield from told
        self._before = now
        yield from self._lead()

    def _lead(self) -> Iterator[str]:
        """Tells a desk that follows whether somebody sits at the console that keeps its time."""
        lead = self._desk.lead
        led = lead is None or bool(locks.held_by(session_file(self._desk.path.parent, lead)))
        if led != self._led:
            self._led = led
            yield "the console that keeps the time is back" if led else "nobody keeps the time now; its clock counts on"

    def _reading(self) -> Reading:
        """All clocks at one moment; read once more where the machine slept, or the program stood, between two."""
        began = ticks()
        read = Reading(self._desk.now(), self._desk.machine.awake())
        return read if ticks() - began < _AT_ONCE else Reading(self._desk.now(), self._desk.machine.awake())
