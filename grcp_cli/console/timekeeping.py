"""Tells a threshold of time once: of the session, and of whoever has the floor. Signals only; nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock
from grcp_cli.meeting.clock import crossed
from grcp_cli.meeting.floor import allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.clock import Figures
    from grcp_cli.meeting.walkthrough import Walk


class Timekeeping:
    """Looks at the two clocks again and again, and tells what they passed since the last look."""

    def __init__(self, meeting: Meeting, session: Session) -> None:
        self._meeting = meeting
        self._session = session
        self._left: float | None = None
        self._turn = ""
        self._turn_left: float | None = None

    def look(self, walk: Walk, now: Figures) -> Iterator[str]:
        """What to tell now, in lines: `time · 5 min left`, `floor · Colombo Process · time is up`."""
        timing = self._meeting.timing
        if now.state != clock.RUNNING:
            self._left = None
            return
        before, self._left = self._left, now.left
        if told := crossed(now.left if before is None else before, now.left, timing.warn_minutes):
            yield f"time · {told}"
        turn = walk.floor.turn
        limit = allowed(turn, self._session, self._meeting) if turn else None
        if turn is None or limit is None:
            self._turn = ""
            return
        left = limit - turn.taken(now.elapsed)
        if turn.id != self._turn:
            self._turn, self._turn_left = turn.id, None
        before, self._turn_left = self._turn_left, left
        warnings = (seconds / 60 for seconds in timing.warn_intervention_seconds)
        if told := crossed(left if before is None else before, left, warnings, every=1):
            yield f"floor · {self._meeting.name_of(turn.speaker)} · {told}"
