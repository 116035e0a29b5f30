"""The walkthrough in plain lines: for pipes, screen readers and poor terminals.

One line in, one line out; what is told by the clock comes between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock, nudges, schedule

from . import opening
from .answering import by_other
from .clean import complain, drawn_line, say
from .odds import Odds
from .talk import Talk, converse
from .timekeeping import Timekeeping
from .vigil import Vigil

if TYPE_CHECKING:
    from grcp_cli.store.desk import Desk, Saved

    from .talk import Typed

_MOVES = frozenset({"goto", "start", "resume", "undo", "redo", "extend", "reopen"})
"""Acts after which the question and its time are told."""
_TURNS = frozenset({"yield"})
"""Acts after which the floor may have gone back to who was interrupted."""


class Walkthrough(Talk):
    """One desk's walkthrough: lines are answered, the clock and what others write are told between them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        desk.news()
        self._times = Timekeeping(desk.meeting, desk.session)
        self._vigil = Vigil(desk)
        self._odds = Odds(desk)
        self._odds.look(())
        self._overdue = False
        self._stood = desk.walk.here

    def take(self, typed: Typed) -> None:
        """As `Talk.take`; a sleep just woken from is told first."""
        self._watch()
        super().take(typed)

    def finish(self) -> None:
        """As `Inbox.finish`; a sleep just woken from is not counted by the pause that follows."""
        self._watch()
        super().finish()

    def _saved(self, saved: Saved) -> None:
        super()._saved(saved)
        desk = self.desk
        kinds = {entry.kind for entry in saved.entries}
        if kinds & _MOVES:
            for line in opening.here(desk, named="goto" in kinds):
                say(line)
            self._arrive()
        elif kinds & _TURNS and (speaker := desk.walk.floor.speaker):
            say(drawn_line(f"floor · {desk.meeting.name_of(speaker)}"))
        if "end" in kinds and desk.walk.clock.state == clock.ENDED:
            self._close()

    def _arrive(self) -> None:
        """The board, on coming to a question that hears what groups answered elsewhere."""
        before, self._stood = self._stood, self.desk.walk.here
        if before != self._stood:
            for line in opening.board(self.desk):
                say(line)

    def _close(self) -> None:
        """The closing page, which loads what makes reports and is seldom wanted."""
        from . import closing

        for line in closing.seen(self.desk.sight()):
            say(line)

    def _watch(self) -> None:
        """Tells what happened to the machine's clocks."""
        for told in self._vigil.look():
            complain(told)

    def look(self) -> None:
        """Tells what others wrote since, and the time where a threshold was crossed."""
        self._watch()
        super().look()

    def _look(self) -> None:
        desk = self.desk
        here = desk.walk.here
        came = desk.came()
        for source, entry in came:
            if source.session != desk.session.id or desk.wrote(entry):
                continue
            if entry.captured or source == desk.source:
                say(by_other(desk, source, entry))
        for told in self._odds.look(came):
            complain(told)
        if desk.walk.here != here:
            for line in opening.here(desk):
                say(line)
            self._arrive()
        for told in self._times.look(desk.walk, opening.figures(desk)):
            say(drawn_line(told))
        self._remind()

    def _remind(self) -> None:
        """Tells once that the session should have begun."""
        desk = self.desk
        slot = schedule.planned(desk.meeting).get(desk.session.id)
        if not self._overdue and (told := nudges.overdue(slot, desk.walk.clock, desk.now())):
            complain(told)
            self._overdue = True


def run(desk: Desk) -> None:
    """Reads lines from stdin until its end or `/quit`.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: At the end some lines could still not be saved; they are in the message.
    """
    # First: what others write while the opening is told is news.
    talk = Walkthrough(desk)
    for line in (*opening.lines(desk), *opening.board(desk)):
        say(line)
    talk.look()
    converse(talk)
