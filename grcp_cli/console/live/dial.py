"""Everything on the screen that time moves, shown from where the desk stands and what the clocks show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.console import opening
from grcp_cli.console.timekeeping import Timekeeping
from grcp_cli.meeting import clock, fitting, nudges, schedule
from grcp_cli.meeting.fitting import Outlook
from grcp_cli.meeting.schedule import NOTICED
from grcp_cli.meeting.telling import duration

from . import facts
from .floor_strip import FloorStrip
from .masthead import Masthead
from .questions import Questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.console.clerk import Seen
    from grcp_cli.console.mirroring import Mirroring
    from grcp_cli.meeting.clock import Figures, Moment
    from grcp_cli.store.desk import Desk


class Dial:
    """The two clocks, the questions' shares and the floor.

    Attributes:
        masthead: The session's time, and the speaker's where there is room.
        strip: The floor in one line.
        questions: The guiding questions.
        slot: When the session is planned, None where the agenda does not tell.
    """

    def __init__(self, desk: Desk, mirroring: Mirroring | None) -> None:
        meeting, session = desk.meeting, desk.session
        self._desk = desk
        self._mirroring = mirroring
        self.slot = schedule.planned(meeting).get(session.id)
        self._times = Timekeeping(meeting, session)
        self._reminded = False
        self.masthead = Masthead(opening.title(desk), meeting.timezone, self.slot)
        self.strip = FloorStrip(meeting, session)
        self.questions = Questions(session, meeting.name_of(desk.group) if desk.group else "")

    def outlook(self, seen: Seen) -> Outlook:
        """What fitting looks at now."""
        return Outlook(self._desk.meeting, self._desk.session, seen.walk, seen.clocks, self._desk.now())

    def show(self, seen: Seen) -> tuple[Moment, Figures]:
        """Shows everything that time moves; what that was."""
        desk, walk, outlook = self._desk, seen.walk, self.outlook(seen)
        now = outlook.now
        figures = clock.figures(walk.clock, desk.session.minutes, self.slot, now)
        speaking = facts.speaking(desk.meeting, desk.session, walk, figures.elapsed)
        self.masthead.show(figures, now.at, self._beside(seen, outlook, figures), speaking)
        self.strip.show(walk, figures.elapsed)
        self.questions.show(walk, walk.spent_here(now), fitting.shares(outlook))
        return now, figures

    def until_next(self, seen: Seen, now: Moment, figures: Figures) -> float:
        """Seconds until another second is shown."""
        return facts.until_next(now.at, figures, seen.walk.floor.turn, self._desk.machine.speed)

    def _beside(self, seen: Seen, outlook: Outlook, figures: Figures) -> list[str]:
        """What else stands with the time: the hard stop, whom the desk follows, the mirror."""
        told = []
        stop = outlook.stop
        if stop and figures.projected_end and figures.state != clock.ENDED:
            past = schedule.gap(stop, figures.projected_end)
            if past >= NOTICED:
                told.append(f"! {duration(past)} past the hard stop {stop:%H:%M}")
        if seen.lead is not None:
            told.append(f"following {seen.lead.desk or 'the session'}")
        if self._mirroring is not None:
            told.append("MIRROR LOST" if self._mirroring.lost else "mirrored")
        return told

    def reminders(self, seen: Seen, now: Moment, figures: Figures) -> Iterator[str]:
        """What to tell of thresholds of time, each once, and of a start that is overdue."""
        for told in self._times.look(seen.walk, figures):
            yield f"! {told}"
        if not self._reminded and (told := nudges.overdue(self.slot, seen.walk.clock, now)):
            self._reminded = True
            yield told
