"""Clock, floor and speakers' list against a person with a stopwatch and a pencil (`naive.py`), line by line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from naive import ENDED, PAUSED, RAN, RUNNING, STOOD, TO_COME, Pencil, Sheet

from grcp_cli.meeting import clock, walkthrough
from grcp_cli.meeting.commands import BY_NAME
from grcp_cli.meeting.decision import act
from grcp_cli.meeting.entry import Entry
from grcp_cli.meeting.schedule import Slot, later

BASES = [
    datetime(2019, 4, 5, 8, 45, tzinfo=UTC),
    datetime(2019, 4, 5, 21, 50, tzinfo=UTC),  # ten to midnight in Geneva
    datetime(2019, 3, 31, 0, 50, tzinfo=UTC),  # ten minutes before the clocks go forward
    datetime(2019, 10, 27, 0, 50, tzinfo=UTC),  # ten minutes before they go back
]
NAMES = st.sampled_from(["colombo-process", "bali-process", "arcp", "igad-rcp", "Ms Guest:"])
GROUPS = st.sampled_from(["", "", "africa", "europe"])
STATES = {"start": (TO_COME,), "pause": (RUNNING,), "resume": (PAUSED,), "end": (RUNNING, PAUSED), "reopen": (ENDED,)}
"""The states of the clock that a line fits."""
MINUTES = 3
"""What the agenda allows an intervention."""
BACK = st.sampled_from([0, 0, 1, 2, 5])
MODEST = settings(
    max_examples=150,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class ClockMachine(RuleBasedStateMachine):
    """Lines about time, typed at a desk and written on a sheet."""

    def __init__(self, new_room: Any) -> None:
        super().__init__()
        self.room = new_room()
        self.desk = self.room.desk()
        self.pencil = Pencil("q1/a")
        self.places = ["0", *(leaf.address for leaf in self.desk.session.leaves)]
        self.began: datetime | None = None
        self.second = 0
        self.slot = Slot(self.room.now.at, self.room.now.at)
        self.mishap = ""
        self.written: tuple[object, Sheet] | None = None
        self.walk = self.desk.own_walk

    @initialize(base=st.sampled_from(BASES), mishap=st.sampled_from(["", "step", "reboot"]))
    def opened(self, base: datetime, mishap: str) -> None:
        """In one run the wall clock is stepped, in another the machine restarted: after both nobody could tell."""
        self.room.at = base
        self.slot = Slot(self.room.now.at, later(self.room.now.at, 60 * self.desk.session.minutes))
        self.mishap = mishap

    # What is common to all rules.

    @property
    def sheet(self) -> Sheet:
        """The sheet as of now, written out once for each act and second."""
        stands = self.second, tuple(each.id for each in self.pencil.acts)
        if self.written is None or self.written[0] != stands:
            self.written = stands, self.pencil.sheet(self.second)
        return self.written[1]

    def types(self, line: str, what: str, *, fits: bool, **told: Any) -> None:
        """Types a line that is taken if it fits and refused if not, and writes on the sheet what it does."""
        wrote = self.desk.type(line)
        assert bool(wrote) == fits, (line, self.desk.decision)
        for entry in wrote:
            self.pencil.did(what, entry.id, self.second, **told)
        self.steps(wrote)

    def steps(self, wrote: list[Entry]) -> None:
        """The desk's walk, as a console keeps it."""
        for entry in wrote:
            if walkthrough.rewrites(entry):
                self.walk = walkthrough.replay(self.desk.session, self.desk.entries)
            else:
                self.walk = walkthrough.step(self.walk, entry)

    def writes(self, kind: str, what: str, told: dict[str, Any], **fields: Any) -> None:
        """An entry that the console writes by itself."""
        entry = self.desk.append(act(kind, self.desk.sight(), **fields))
        self.pencil.did(what, entry.id, self.second, **told)
        self.steps([entry])

    # Time passes.

    @rule(seconds=st.sampled_from([0, 1, 7, 20, 60, 90]))
    def wait(self, seconds: int) -> None:
        self.room.wait(seconds)
        self.second += seconds

    @rule(seconds=st.sampled_from([5, 30, 240]))
    def sleep(self, seconds: int) -> None:
        """A console that was running writes down that nobody can have been there."""
        self.wait(seconds)
        if self.sheet.state == RUNNING:
            self.writes("anomaly", "asleep", {"seconds": seconds}, seconds=seconds, counted=False, asleep=True)

    @precondition(lambda self: self.mishap == "step")
    @rule(seconds=st.sampled_from([-600, -90, 90, 600]))
    def step_wall_clock(self, seconds: int) -> None:
        self.room.step_wall_clock(seconds)
        if self.sheet.state == RUNNING:
            # Told, and nothing that could be undone.
            self.steps([self.desk.append(act("anomaly", self.desk.sight(), step=seconds))])

    @precondition(lambda self: self.mishap == "reboot")
    @rule(seconds=st.sampled_from([1, 40]))
    def reboot(self, seconds: int) -> None:
        self.room.reboot(seconds)
        self.second += seconds

    # The clock.

    @precondition(lambda self: self.sheet.state == TO_COME)
    @rule(back=BACK)
    def start(self, back: int) -> None:
        began = self.room.at - timedelta(minutes=back)
        self.types(f"/start -{back}" if back else "/start", "start", fits=True, back=60 * back)
        self.began = began

    @precondition(lambda self: self.sheet.state in STATES["pause"])
    @rule()
    def pause(self) -> None:
        self.types("/pause", "pause", fits=True)

    @precondition(lambda self: self.sheet.state in STATES["resume"])
    @rule()
    def resume(self) -> None:
        self.types("/resume", "resume", fits=True)

    @precondition(lambda self: self.sheet.state in STATES["end"])
    @rule()
    def end(self) -> None:
        self.types("/end", "end", fits=True)

    @precondition(lambda self: self.sheet.state in STATES["reopen"])
    @rule()
    def reopen(self) -> None:
        self.types("/reopen", "reopen", fits=True)

    @rule(line=st.sampled_from(sorted(STATES)))
    def what_does_not_fit_is_refused(self, line: str) -> None:
        if self.sheet.state not in STATES[line]:
            self.types(f"/{line}", line, fits=False)

    @rule(minutes=st.sampled_from([-80, -5, -1, 2, 10]))
    def extend(self, minutes: int) -> None:
        sheet = self.sheet
        left = (self.desk.session.minutes + sheet.extended) * 60 - sheet.has(RAN)
        self.types(f"/extend {minutes}", "extend", fits=left + minutes * 60 > 0 or minutes > 0, minutes=minutes)

    @rule()
    def count(self) -> None:
        away = self.sheet.away
        self.types("/count", "count", fits=bool(away), **({"target": away[-1]} if away else {}))

    # Questions, notes, and taking back.

    @rule(place=st.integers(0, 4))
    def go(self, place: int) -> None:
        to = self.places[place]
        self.types(f"/go {to}", "goto", fits=True, place=to)

    @rule(by=st.sampled_from([-1, 1]))
    def step(self, by: int) -> None:
        at = self.places.index(self.sheet.place) + by
        fits = 0 <= at < len(self.places)
        self.types("/next" if by > 0 else "/back", "goto", fits=fits, place=self.places[at] if fits else "")

    @rule()
    def note(self) -> None:
        self.types("@- a note", "nothing", fits=True)

    @rule()
    def undo(self) -> None:
        wrote = self.desk.type("/undo")
        assert bool(wrote) == bool(self.pencil.acts), self.desk.decision
        if wrote:
            assert wrote[0].target == self.pencil.acts[-1].id
            self.pencil.undo()
            self.steps(wrote)

    @rule()
    def redo(self) -> None:
        wrote = self.desk.type("/redo")
        assert bool(wrote) == bool(self.pencil.undone), self.desk.decision
        if wrote:
            self.pencil.redo()
            self.steps(wrote)

    # What must hold after each.

    @invariant()
    def the_figures_are_those_of_the_sheet(self) -> None:
        sheet, walk, now = self.sheet, self.desk.own_walk, self.room.now
        minutes = self.desk.session.minutes
        told = clock.figures(walk.clock, minutes, self.slot, now)
        left = (minutes + sheet.extended) * 60 - sheet.has(RAN)
        assert (told.state, told.elapsed, told.paused, told.extended) == (
            sheet.state,
            sheet.has(RAN),
            sheet.has(STOOD),
            sheet.extended,
        )
        assert (told.left, told.overrun) == (left, max(0, -left))
        late = None if self.began is None or sheet.state == TO_COME else (self.began - self.slot.start).total_seconds()
        assert told.late_start == late
        if sheet.state in (RUNNING, PAUSED):
            assert told.projected_end == later(now.at, max(0, left))

    @invariant()
    def each_question_has_its_time(self) -> None:
        walk, sheet = self.desk.own_walk, self.sheet
        spent = {**walk.spent, walk.here: walk.spent_here(self.room.now)}
        assert walk.here == sheet.place
        assert {place: spent.get(place, 0) for place in self.places} == {
            place: sheet.at(place) for place in self.places
        }

    @invariant()
    def stepping_is_replaying(self) -> None:
        assert self.walk == walkthrough.replay(self.desk.session, list(self.desk.entries))


class FloorMachine(ClockMachine):
    """Lines about the floor and its list among them."""

    def types(self, line: str, what: str, *, fits: bool, **told: Any) -> None:
        """As of the clock; once the session has ended the floor rests."""
        command = BY_NAME.get(line.split(maxsplit=1)[0].removeprefix("/"))
        rests = command is not None and command.of == "floor" and self.sheet.state == ENDED
        super().types(line, what, fits=fits and not rests, **told)

    @rule(named=st.lists(st.tuples(NAMES, GROUPS), min_size=1, max_size=3, unique_by=lambda each: each[0]))
    def queue(self, named: list[tuple[str, str]]) -> None:
        line = ", ".join(f"{name} for {group}" if group else name for name, group in named)
        pairs = [(name.rstrip(":"), group) for name, group in named]
        fits = self.sheet.open and any(name not in self.sheet.waiting for name, _ in pairs)
        self.types(f"/q {line}", "queue", fits=fits, named=pairs)

    @rule(name=NAMES)
    def withdraw(self, name: str) -> None:
        who = name.rstrip(":")
        self.types(f"/withdraw {name}", "withdraw", fits=who in self.sheet.waiting, name=who)

    @rule(name=NAMES, place=st.integers(1, 6))
    def move(self, name: str, place: int) -> None:
        who = name.rstrip(":")
        self.types(f"/move {name} {place}", "move", fits=who in self.sheet.waiting, name=who, place=place)

    # Before the start the wall clock is all there is to tell how long somebody has had the floor.

    @precondition(lambda self: self.mishap != "step" or self.sheet.state != TO_COME)
    @rule()
    def give_next(self) -> None:
        waiting = self.sheet.waiting
        self.types("/f", "give", fits=bool(waiting), speaker=waiting[0] if waiting else "")

    @precondition(lambda self: self.mishap != "step" or self.sheet.state != TO_COME)
    @rule(name=NAMES, group=GROUPS, back=BACK)
    def give(self, name: str, group: str, back: int) -> None:
        who = name.rstrip(":")
        line = f"/f {name}{f' for {group}' if group else ''}{f' -{back}' if back else ''}"
        fits = self.sheet.speaking != (who, "intervention")
        self.types(line, "give", fits=fits, speaker=who, behalf=group, back=60 * back)

    @precondition(lambda self: self.mishap != "step" or self.sheet.state != TO_COME)
    @rule(name=NAMES, kind=st.sampled_from(["order", "reply"]))
    def interrupt(self, name: str, kind: str) -> None:
        who = name.rstrip(":")
        full = {"order": "point-of-order"}.get(kind, kind)
        self.types(f"/{kind} {name}", kind, fits=self.sheet.speaking != (who, full), speaker=who)

    @rule()
    def give_up(self) -> None:
        self.types("/yield", "done", fits=bool(self.sheet.floor))

    @rule(minutes=st.sampled_from([-1, 1, 2]))
    def more(self, minutes: int) -> None:
        sheet, fits = self.sheet, False
        if sheet.floor:
            turn = sheet.turns[sheet.floor[-1]]
            given = (turn.limit or MINUTES) + turn.more + minutes
            fits = minutes > 0 or given * 60 > sheet.taken(sheet.floor[-1])
        self.types(f"/more {minutes}", "more", fits=fits, minutes=minutes)

    @rule(minutes=st.sampled_from([None, 2, 3.5]))
    def limit(self, minutes: float | None) -> None:
        fits = minutes is not None or self.sheet.limit is not None
        self.types(f"/limit {minutes or 'off'}", "everybody", fits=fits, minutes=minutes)

    @rule()
    def close(self) -> None:
        self.types("/close", "close", fits=self.sheet.open)

    @rule()
    def reopen_list(self) -> None:
        self.types("/open", "reopen_list", fits=not self.sheet.open)

    @invariant()
    def the_list_is_that_of_the_sheet(self) -> None:
        floor, sheet = self.desk.own_walk.floor, self.sheet
        assert (list(floor.waiting), dict(floor.behalf)) == (sheet.waiting, sheet.behalf)
        assert (floor.open, floor.limit) == (sheet.open, sheet.limit)

    @invariant()
    def every_turn_is_charged_with_its_seconds(self) -> None:
        walk, sheet = self.desk.own_walk, self.sheet
        ran = walk.clock.elapsed(self.room.now)
        found = walk.floor.charged(ran)
        assert [turn.id for turn in found] == [*sheet.over, *sheet.floor]
        for turn in found:
            kept = sheet.turns[turn.id]
            assert (turn.speaker, turn.kind, turn.behalf) == (kept.speaker, kept.kind, kept.behalf)
            assert (turn.limit, turn.more) == (kept.limit, kept.more)
        assert {turn.id: turn.seconds for turn in found} == {turn.id: sheet.taken(turn.id) for turn in found}
        assert sum(turn.seconds for turn in found) <= ran


def test_the_clock(new_room: Any) -> None:
    run_state_machine_as_test(lambda: ClockMachine(new_room), settings=MODEST)


def test_clock_floor_and_list(new_room: Any) -> None:
    run_state_machine_as_test(lambda: FloorMachine(new_room), settings=MODEST)
