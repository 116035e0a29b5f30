"""Looks after a session's files and its console's seat, cheaply: what they say is worked out once a change.

It takes no lock that a writer waits for, writes nothing, and never stops: what it saw last holds until it sees more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli import machine
from grcp_cli.meeting import leading, walkthrough
from grcp_cli.meeting.clock import RUNNING, Moment, moment_of
from grcp_cli.meeting.entry import Source
from grcp_cli.meeting.fitting import Outlook
from grcp_cli.meeting.record import Record
from grcp_cli.store import locks, pulse
from grcp_cli.store.durable import DiskError
from grcp_cli.store.following import Following
from grcp_cli.store.records import session_file

from .board import Board, board
from .scene import freshness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from grcp_cli.machine import Machine
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.clock import Clock
    from grcp_cli.meeting.walkthrough import Walk
    from grcp_cli.store.pulse import Pulse

_WHOLE, _SEAT = 2.0, 1.0
"""Seconds after which the files are read even if nothing tells of a change, and between two looks at the seat."""


class Seen(NamedTuple):
    """What the files say, after they changed.

    Attributes:
        walk: Where the session's lead stands; before it began, the file that somebody writes in.
        clocks: Of the meeting's sessions that began, by id.
        last: The clocks as that file's newest entry knows them, None while it is empty.
        board: The recommendations, None where they were not asked for.
        trouble: Why the files cannot be read now, in words; empty when they can.
    """

    walk: Walk
    clocks: Mapping[str, Clock]
    last: Moment | None
    board: Board | None
    trouble: str


class _Seat(NamedTuple):
    """Whether somebody sits at the console, and what its clocks showed when it was last seen."""

    held: bool = False
    pulse: Pulse | None = None


class Watch:
    """Follows one session; `look` is called again and again, from one thread, everything else from any.

    Attributes:
        meeting: The agenda.
        session: The session shown.
        rehearsal: Whether it is rehearsed: then its console's clocks count, not the machine's.
    """

    def __init__(
        self,
        meeting: Meeting,
        session: Session,
        folder: Path,
        clocks: Machine,
        *,
        rehearsal: bool = False,
        with_board: bool = False,
    ) -> None:
        self.meeting = meeting
        self.session = session
        self.rehearsal = rehearsal
        self._folder = folder
        self._with_board = with_board
        self._machine = clocks
        self._following: Following | None = None
        self._record: Record | None = None
        self._lead: Source | None = None
        self._paths = [folder]
        self._signs: object = None
        self._there = False
        self._whole = self._seat_again = float("-inf")
        self._seat = _Seat()
        self._seen: Seen | None = None

    def look(self) -> Seen | None:
        """What is new to see, None for nothing; the first look always sees."""
        self._look_at_seat()
        signs, now = self._changes(), machine.ticks()
        if signs == self._signs and now < self._whole:
            return None
        self._signs, self._whole = signs, now + _WHOLE
        try:
            return self._read()
        except DiskError as error:
            # What was read of the other files is not in the record yet: begin again once all can be read.
            self._following = None
            return self._told(self._seen or self._work_out(Record()), str(error))

    # What time it is there.

    def outlook(self, seen: Seen) -> Outlook:
        """What was seen, as it stands now."""
        return Outlook(self.meeting, self.session, seen.walk, seen.clocks, self._now(seen))

    @property
    def speed(self) -> float:
        """How many of the session's seconds pass in a real one."""
        if not self.rehearsal:
            return self._machine.speed
        return self._seat.pulse.speed if self._seat.pulse else 0.0

    def fresh(self, seen: Seen) -> str:
        """How fresh what was seen is, in words."""
        meanwhile = ""
        if seen.walk.clock.state == RUNNING:
            meanwhile = "counting on" if self.speed > 0 else "the clock stands still"
        if seen.trouble:
            return "; ".join(filter(None, (f"! {seen.trouble}", meanwhile)))
        seat = self._seat
        return freshness(seat.pulse.age if seat.pulse else None, meanwhile, held=seat.held)

    def _now(self, seen: Seen) -> Moment:
        """The machine's clocks; of a rehearsal its console's, without one those of its newest entry, held still."""
        real = Moment(self._machine.now(), self._machine.boot(), self._machine.ticks())
        if not self.rehearsal:
            return real
        theirs = self._seat.pulse.now() if self._seat.pulse else None
        return theirs or seen.last or real

    # What the files say.

    def _changes(self) -> object:
        """What differs once a file grew, was replaced, came or went; costs no reading."""
        return [_sign(path) for path in self._paths]

    def _read(self) -> Seen | None:
        following = self._following or Following(self._folder, self.meeting.id)
        came, trouble = following.poll(), self._gone()
        if trouble and self._seen and self._following is None:
            return self._told(self._seen, trouble)  # what is not there must not be taken for what has not begun
        self._following, record = following, following.record
        if not came and record is self._record and self._seen:
            return self._told(self._seen, trouble)
        self._record = record
        self._paths = [self._folder, *following.paths]
        return self._told(self._work_out(record), self._gone())

    def _told(self, seen: Seen, trouble: str) -> Seen | None:
        before, self._seen = self._seen, seen._replace(trouble=trouble)
        return None if self._seen == before else self._seen

    def _gone(self) -> str:
        """What was there and is not any more, in words; empty for nothing."""
        self._there = self._there or _sign(self._folder) is not None
        missing = (path for path in self._paths if self._there and _sign(path) is None)
        return next((f"{path} is gone" for path in missing), "")

    def _work_out(self, record: Record) -> Seen:
        session = self.session
        # What is said on the stage before the clock starts stands in a file that does not lead yet.
        own = sorted(source for source in record.files if source.session == session.id)
        self._lead = leading.lead(record, session.id)
        source = self._lead or next(iter(own), None)
        entries = record.files[source] if source else []
        walk = walkthrough.replay(session, entries)
        if said := leading.message(record, session.id):
            dark = said.fields.get("blackout") is True
            walk = walk._replace(floor=walk.floor._replace(message=said.text, dark=dark))
        return Seen(
            walk=walk,
            clocks=leading.clocks(self.meeting, record),
            last=moment_of(max(entries, key=lambda entry: entry.at)) if entries else None,
            board=board(self.meeting, session, record, walk.here) if self._with_board else None,
            trouble="",
        )

    # Who sits there.

    def _look_at_seat(self) -> None:
        now = machine.ticks()
        if now < self._seat_again:
            return
        self._seat_again = now + _SEAT
        path = next((path for path in self._seats() if locks.held_by(path)), None)
        self._seat = _Seat(held=True, pulse=pulse.read(path)) if path else _Seat()

    def _seats(self) -> Iterator[Path]:
        """The session files whose desk keeps its time, or will: the lead's, before it began all of them."""
        session = self.session
        desks = [self._lead.desk] if self._lead else ["", *session.groups]
        return (session_file(self._folder, Source(session.id, desk)) for desk in desks)


def _sign(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
