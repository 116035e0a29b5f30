"""The clerk: writes for the live screen, and reads what its desk sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import leading
from grcp_cli.meeting.entry import CLOCK
from grcp_cli.meeting.forward import crowded
from grcp_cli.meeting.reported import commons, origins
from grcp_cli.meeting.rows import Change, Row, changes, rows
from grcp_cli.meeting.walkthrough import REVERSALS

from .answering import by_other
from .odds import Odds
from .vigil import Vigil
from .writer import Answer, Failed, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grcp_cli.meeting.clock import Clock
    from grcp_cli.meeting.decision import Show
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.forward import Crowded
    from grcp_cli.meeting.reported import Item
    from grcp_cli.meeting.walkthrough import Walk
    from grcp_cli.store.desk import Desk

_TIMED = (*CLOCK, *REVERSALS)
"""What may move a clock."""
_ACROSS = frozenset({"cluster", "uncluster", *REVERSALS})
"""What makes or takes apart a common recommendation."""
_SHOWN = frozenset({"fit", "speakers", "matrix", "board", "forward", "closing"})
"""What is shown in lines; the rest the screen shows in its own way."""


class Seen(NamedTuple):
    """What the desk sees, after something came.

    Attributes:
        walk: Where it stands.
        lead: The file it follows, None for its own.
        clocks: Those of the sessions that began, by their leads.
        rows: All rows of the session where they must be drawn anew, else None.
        changes: What became of single rows, of the session and of those whose answers it hears.
        by_others: Lines about what others did.
        there: All rows of the sessions whose answers it hears, where `rows` are given.
        commons: What the session found to work across groups.
        files: The files there are.
        touched: The row that this desk wrote or changed last, empty where the last was another's.
        left: The file that it followed until it went elsewhere, whose clock is the session's; None for none.
    """

    walk: Walk
    lead: Source | None
    clocks: Mapping[str, Clock]
    rows: list[Row] | None = None
    changes: tuple[Change, ...] = ()
    by_others: tuple[str, ...] = ()
    there: tuple[Row, ...] = ()
    commons: tuple[Item, ...] = ()
    files: frozenset[Source] = frozenset()
    touched: str = ""
    left: Source | None = None


class Clerk(Writer["str | None", Seen]):
    """Takes lines for a desk, each with who had the floor at its first keystroke, and tells what the desk sees."""

    def __init__(self, desk: Desk, tell: Callable[[Seen | Answer | Failed], None]) -> None:
        super().__init__(desk, tell)
        self._vigil = Vigil(desk)
        self._odds = Odds(desk)
        self._record: object = None
        self._clocks: Mapping[str, Clock] = {}
        self._homes = origins(desk.session)
        self._commons: tuple[Item, ...] = ()
        self._across: frozenset[str] = frozenset()

    def begin(self) -> Seen:
        """Reads the record as it stands, then begins to work."""
        seen = self._seen()
        assert seen is not None, "the first look sees everything"
        self._thread.start()
        return seen

    def _put(self, text: str, beside: str | None) -> None:
        self._inbox.put(text, beside)

    def _woken(self) -> None:
        """Tells what happened to the machine's clocks."""
        for told in self._vigil.look():
            self._tell(Failed(told))

    def _seen(self) -> Seen | None:
        """What is new to see, None for nothing."""
        desk = self._desk
        came = desk.came()
        walk, lead = desk.walk, desk.lead
        if desk.record is not self._record:
            self._record = desk.record
            self._clocks = leading.clocks(desk.meeting, desk.record)
            self._commons = commons(desk.record, desk.session.id, desk.own, desk.meeting)
            there = tuple(row for each in self._homes for row in rows(desk.record, each))
            listed = rows(desk.record, desk.session.id)
            odds = tuple(self._odds.look(came))
            return self._whole(Seen(walk, lead, self._clocks, listed, by_others=odds, there=there))
        if not came:
            return None
        if any(entry.kind in _TIMED and source.session != desk.session.id for source, entry in came):
            self._clocks = leading.clocks(desk.meeting, desk.record)
        entries = [entry for _, entry in came]
        changed = [each for home in (*self._homes, desk.session.id) for each in changes(desk.record, home, entries)]
        if any(entry.kind in _ACROSS or entry.target in self._across for entry in entries):
            self._commons = commons(desk.record, desk.session.id, desk.own, desk.meeting)
        others = [each for each in came if each[0].session == desk.session.id and not desk.wrote(each[1])]
        told, touched = (*(by_other(desk, *each, text=False) for each in others), *self._odds.look(came)), ""
        if desk.wrote(entries[-1]):
            made = [entry.id for entry in entries if entry.kind == "cluster"]
            touched = ["", *made, *(each.id for each in changed)][-1]
        return self._whole(Seen(walk, lead, self._clocks, None, tuple(changed), told, touched=touched))

    def _whole(self, seen: Seen) -> Seen:
        """With what is the same however it came."""
        made = (each.stated for each in self._commons)
        self._across = frozenset(id_ for stated in made for id_ in (stated.entry.id, *stated.sources))
        desk = self._desk
        left = leading.left(desk.record, desk.session, desk.own, seen.walk, desk.group)
        return seen._replace(commons=self._commons, files=frozenset(desk.record.files), left=left)

    def _crowded(self) -> tuple[Crowded, ...]:
        """Where it is to be chosen what to bring forward, also where it was chosen already."""
        desk = self._desk
        listed = rows(desk.record, desk.session.id)
        return tuple(crowded(desk.meeting, desk.session, listed, desk.own, desk.group, again=True))

    def _shown(self, text: str, show: Show) -> Answer:
        if show.what not in _SHOWN:
            return Answer(text, show=show)
        crowded = self._crowded() if show.what in ("forward", "closing") else ()
        return super()._shown(text, show)._replace(crowded=crowded)
