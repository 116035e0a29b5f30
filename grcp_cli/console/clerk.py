"""The clerk: writes and reads for a screen on a thread of its own, so that no key waits for the disk."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError
from grcp_cli.meeting import leading, nudges
from grcp_cli.meeting.closing import closing as closed
from grcp_cli.meeting.decision import Refuse, Show
from grcp_cli.meeting.entry import CLOCK
from grcp_cli.meeting.forward import crowded
from grcp_cli.meeting.reported import commons, origins
from grcp_cli.meeting.rows import Change, Row, changes, rows
from grcp_cli.meeting.walkthrough import REVERSALS
from grcp_cli.store.durable import DiskError

from . import closing, shown
from .inbox import Inbox
from .odds import Odds
from .vigil import Vigil

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grcp_cli.meeting.clock import Clock
    from grcp_cli.meeting.entry import Entry, Source
    from grcp_cli.meeting.forward import Crowded
    from grcp_cli.meeting.walkthrough import Walk
    from grcp_cli.store.desk import Desk, Outcome

_TIMED = (*CLOCK, *REVERSALS)
"""What may move a clock."""
_ACROSS = frozenset({"cluster", "uncluster", *REVERSALS})
"""What makes or takes apart a common recommendation."""
_LOOK = 0.5
"""Seconds between looks at what others wrote."""


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
    """

    walk: Walk
    lead: Source | None
    clocks: Mapping[str, Clock]
    rows: list[Row] | None = None
    changes: tuple[Change, ...] = ()
    by_others: tuple[str, ...] = ()
    there: tuple[Row, ...] = ()
    commons: tuple[Row, ...] = ()
    files: frozenset[Source] = frozenset()
    touched: str = ""


class Answer(NamedTuple):
    """What became of one line.

    Attributes:
        line: As typed.
        said: What was understood; empty when refused or not saved.
        entries: What is on disk of it now.
        notices: What else to tell.
        refused: Why it was not taken, empty when it was.
        hint: What would help.
        waiting: Whether it waits for the disk: it is tried again before the next line.
        show: What it asks to see.
        closing: The closing page, where it ended the session.
        crowded: Groups that have more answers than were asked for, where the line asks which to bring forward.
    """

    line: str
    said: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    notices: tuple[str, ...] = ()
    refused: str = ""
    hint: str = ""
    waiting: bool = False
    show: Show | None = None
    closing: tuple[str, ...] = ()
    crowded: tuple[Crowded, ...] = ()


class Failed(NamedTuple):
    """Something happened that is about no line; an empty text takes it back."""

    told: str


class _Line(NamedTuple):
    text: str
    holder: str | None


class Clerk:
    """Takes lines for a desk and tells what it sees; `tell` is called on the clerk's thread."""

    def __init__(self, desk: Desk, tell: Callable[[Seen | Answer | Failed], None]) -> None:
        self._desk = desk
        self._tell = tell
        self._inbox = Inbox(desk)
        self._lines: queue.SimpleQueue[_Line | None] = queue.SimpleQueue()
        self._vigil = Vigil(desk)
        self._odds = Odds(desk)
        self._record: object = None
        self._clocks: Mapping[str, Clock] = {}
        self._homes = origins(desk.session)
        self._commons: tuple[Row, ...] = ()
        self._across: frozenset[str] = frozenset()
        self._blind = ""
        self._thread = threading.Thread(target=self._work, daemon=True)

    def begin(self) -> Seen:
        """Reads the record as it stands, then begins to work."""
        seen = self._seen()
        assert seen is not None, "the first look sees everything"
        self._thread.start()
        return seen

    def take(self, text: str, holder: str | None) -> None:
        """Takes one line; what became of it is told."""
        self._lines.put(_Line(text, holder))

    def retry(self) -> None:
        """Tries again what the disk refused."""
        self._lines.put(_Line("", None))

    def finish(self) -> None:
        """Takes the lines still waiting, then stops.

        Raises:
            Unsaved: Some could not be saved to the end.
        """
        self._lines.put(None)
        self._thread.join()
        self._inbox.finish()

    @property
    def unsaved(self) -> list[str]:
        """The lines that the disk still refuses."""
        return self._inbox.lines

    def _work(self) -> None:
        while True:
            try:
                line = self._lines.get(timeout=_LOOK)
            except queue.Empty:
                self._look()
                continue
            self._watch()
            if line is None:
                return
            if line.text:
                self._inbox.put(line.text, line.holder)
            for text, outcome in self._inbox.saved():
                # The row first: what is called saved can be seen. Both at once: one frame shows them.
                row = self._news()
                for told in (*row, self._answer(text, outcome)):
                    self._tell(told)

    def _watch(self) -> None:
        """Tells what happened to the machine's clocks; a disk that refuses is asked again at the next look."""
        with contextlib.suppress(DiskError):
            for told in self._vigil.look():
                self._tell(Failed(told))

    def _look(self) -> None:
        self._watch()
        for told in self._news():
            self._tell(told)

    def _news(self) -> list[Seen | Failed]:
        """What is new to tell."""
        told: list[Seen | Failed] = []
        try:
            seen, failed = self._seen(), ""
        except GrcpError as error:
            seen, failed = None, f"the record cannot be read: {error}"
        if failed != self._blind:
            self._blind = failed
            told.append(Failed(failed))
        if seen is not None:
            told.append(seen)
        return told

    def _seen(self) -> Seen | None:
        """What is new to see, None for nothing."""
        desk = self._desk
        came = desk.came()
        walk, lead = desk.walk, desk.lead
        if desk.record is not self._record:
            self._record = desk.record
            self._clocks = leading.clocks(desk.meeting, desk.record)
            self._commons = commons(desk.record, desk.session.id)
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
            self._commons = commons(desk.record, desk.session.id)
        others = [each for each in came if each[0].session == desk.session.id and not desk.wrote(each[1])]
        told, touched = (*(self._told(*each) for each in others), *self._odds.look(came)), ""
        if desk.wrote(entries[-1]):
            made = [entry.id for entry in entries if entry.kind == "cluster"]
            touched = ["", *made, *(each.id for each in changed)][-1]
        return self._whole(Seen(walk, lead, self._clocks, None, tuple(changed), told, touched=touched))

    def _whole(self, seen: Seen) -> Seen:
        """With what is the same however it came."""
        self._across = frozenset(each.stated.entry.id for each in self._commons)
        return seen._replace(commons=self._commons, files=frozenset(self._desk.record.files))

    def _crowded(self, *, again: bool = False) -> tuple[Crowded, ...]:
        """Where it is to be chosen what to bring forward."""
        desk = self._desk
        listed = rows(desk.record, desk.session.id)
        return tuple(crowded(desk.meeting, desk.session, listed, desk.own, desk.group, again=again))

    def _told(self, source: Source, entry: Entry) -> str:
        desk = self._desk
        whose = "beside" if source == desk.source else source.name or source.session
        return f"{whose} · {desk.told(entry)}"

    def _answer(self, text: str, outcome: Outcome | DiskError) -> Answer:
        match outcome:
            case DiskError():
                return Answer(text, refused=f"not saved yet: {outcome}", hint=outcome.hint, waiting=True)
            case Refuse(reason, hint):
                return Answer(text, refused=f"not saved: {reason}", hint=hint)
            case Show("fit" | "speakers" | "matrix" | "board" | "forward"):
                crowded = self._crowded(again=True) if outcome.what == "forward" else ()
                return Answer(text, tuple(shown.lines(outcome, self._desk.sight())), show=outcome, crowded=crowded)
            case Show():
                return Answer(text, show=outcome)
        desk = self._desk
        try:
            said = tuple(desk.told(entry) for entry in outcome.entries)
            after = nudges.after(outcome.entries, desk.meeting, desk.session, desk.record, desk.walk, desk.own)
            page: tuple[str, ...] = ()
            many: tuple[Crowded, ...] = ()
            if any(entry.kind == "end" for entry in outcome.entries):
                page = tuple(
                    closing.lines(
                        closed(desk.meeting, desk.session, desk.record, desk.walk, desk.now(), desk.own, desk.group),
                        rehearsal=desk.rehearsal,
                    )
                )
                many = self._crowded()
            return Answer(text, said, outcome.entries, (*outcome.notices, *after), closing=page, crowded=many)
        except GrcpError as error:
            return Answer(text, ("saved",), outcome.entries, (f"the record cannot be read: {error}",))
