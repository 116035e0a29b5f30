"""A room in memory: desks that type lines, clocks that the test moves, one record of all files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from grcp_cli.meeting import command, grammar, leading, telling, walkthrough
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.clock import Moment
from grcp_cli.meeting.decision import Decision, Refuse, Sight, Write
from grcp_cli.meeting.entry import Draft, Entry, Source
from grcp_cli.meeting.record import Record, Statement
from grcp_cli.meeting.walkthrough import Walk
from grcp_cli.store import agendas

AGENDA = Path(__file__).parents[2] / "agendas" / "grcp8.toml"


class Room:
    """A meeting, its files and its clocks; `files` may be read in any order into another record."""

    def __init__(self, meeting: Meeting, name: str = "id") -> None:
        self.meeting = meeting
        self.name = name
        self.record = Record()
        self.at = datetime(2019, 4, 5, 8, 45, tzinfo=UTC)  # 10:45 in Geneva
        self.boot = "boot-1"
        self.ticks = 1000.0
        self._ids = 0

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.ticks += seconds

    def step_wall_clock(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def reboot(self, seconds: float) -> None:
        self.wait(seconds)
        self._ids += 1
        self.boot, self.ticks = f"boot-{self._ids}", 3.0

    @property
    def now(self) -> Moment:
        zone = ZoneInfo(self.meeting.timezone)
        return Moment(self.at.astimezone(zone), self.boot, self.ticks)

    def new_id(self) -> str:
        self._ids += 1
        return f"{self.name}-{self._ids:04}"

    def desk(self, session: str = "session-2", desk: str = "", group: str = "") -> "Desk":
        return Desk(self, Source(session, desk), group)


class Desk:
    """One writer of one file of a room; `wrote` and `decision` are those of the last line."""

    def __init__(self, room: Room, source: Source, group: str) -> None:
        self.room = room
        self.source = source
        self.group = group
        session = room.meeting.session(source.session)
        assert session is not None
        self.session = session
        self.wrote: list[Entry] = []
        self.decision: Decision = Write(())

    @property
    def entries(self) -> list[Entry]:
        return self.room.record.files.get(self.source, [])

    @property
    def own_walk(self) -> Walk:
        return walkthrough.replay(self.session, self.entries)

    @property
    def lead(self) -> Source | None:
        return leading.followed(self.room.record, self.session, self.source, self.own_walk, self.group)

    @property
    def walk(self) -> Walk:
        own, lead = self.own_walk, self.lead
        return own if lead is None else leading.led(own, self.room.record.files[lead], self.session)

    def sight(self, holder: str | None = None) -> Sight:
        walk = self.walk
        return Sight(
            meeting=self.room.meeting,
            session=self.session,
            source=self.source,
            group=self.group,
            walk=walk,
            now=self.room.now,
            entries=self.entries,
            record=self.room.record,
            holder=walk.floor.speaker if holder is None else holder,
            lead=self.lead,
        )

    def type(self, line: str, holder: str | None = None) -> list[Entry]:
        """Takes a line; what it wrote, nothing where it was refused or only shows something."""
        sight = self.sight(holder)
        typed = grammar.parse(line, self.room.meeting, self.session, sight.walk.here)
        self.decision = command.decide(typed, sight)
        drafts = self.decision.drafts if isinstance(self.decision, Write) else ()
        self.wrote = [self.append(draft) for draft in drafts]
        return self.wrote

    def says(self, line: str, holder: str | None = None) -> Entry:
        """Takes a line that writes exactly one entry."""
        wrote = self.type(line, holder)
        assert len(wrote) == 1, self.decision
        return wrote[0]

    def writes(self, line: str, holder: str | None = None) -> dict[str, Any]:
        """The one entry of a line: its kind and own keys, without those that the clocks give."""
        entry = self.says(line, holder)
        fields = {key: value for key, value in entry.fields.items() if key not in ("boot", "ticks")}
        return {"kind": entry.kind, **fields}

    def refused(self, line: str) -> Refuse:
        """Takes a line that is refused."""
        self.type(line)
        assert isinstance(self.decision, Refuse), self.decision
        return self.decision

    def append(self, draft: Draft, entry_id: str = "") -> Entry:
        """Writes as the journal does: with an id, the instant in the file's form, and the number."""
        number = self.entries[-1].n if self.entries else 0
        at = datetime.fromisoformat(self.room.now.at.isoformat(timespec="milliseconds"))
        entry = Entry(entry_id or self.room.new_id(), at, number, draft.kind, dict(draft.fields))
        entry = entry._replace(n=number + entry.captured)
        self.room.record.add(self.source, [entry])
        return entry

    def stands(self, number: int) -> Statement:
        """The entry of a number as it now stands."""
        found = self.room.record.find(str(number), self.source)
        statement = self.room.record.statement(found) if found else None
        assert statement is not None
        return statement

    def told(self, entry: Entry) -> str:
        return telling.told(entry, self.room.meeting, self.session, self.room.record, self.source)


@pytest.fixture(scope="session")
def meeting() -> Meeting:
    return agendas.load(AGENDA)


@pytest.fixture(scope="session")
def new_room(meeting: Meeting) -> Any:
    """Makes rooms: for tests that need several, as those of Hypothesis do."""
    return lambda name="id": Room(meeting, name)


@pytest.fixture
def room(meeting: Meeting) -> Room:
    return Room(meeting)


@pytest.fixture
def desk(room: Room) -> Desk:
    """The desk-less file of session 2, before anything happened; it stands at q1/a."""
    return room.desk()
