"""A session kept with a stopwatch and a pencil, so slowly that one can see it is right.

Every second gets a line of its own: whether the session ran, who had the floor, which question was at hand. What is
undone is rubbed out, and the whole sheet is written again from the first second.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

TO_COME, RUNNING, PAUSED, ENDED = "to come", "running", "paused", "ended"
RAN, STOOD, NOTHING = "ran", "stood", ""


class Act(NamedTuple):
    """Something done: a method of `Sheet`, the id it goes by, the second it was done in, and with what."""

    what: str
    id: str
    at: int
    told: dict[str, Any]


class Turn(NamedTuple):
    """One turn on the floor; `given` is the second from which on it was theirs."""

    speaker: str
    kind: str
    given: int
    behalf: str = ""
    limit: float | None = None
    more: int = 0


@dataclass
class Second:
    """One second: what the session did, whose turn it was, the question, and which stretch without a break."""

    what: str
    turn: str
    place: str
    stretch: int


@dataclass
class Sheet:
    """What is written down; seconds count from when the desk was opened, those of a backdated start are below zero.

    Attributes:
        stretch: Which stretch without a break it is in: a pause, an end and a time away each begin another.
        floor: Ids of the turns that have the floor; only the last does, those before it are interrupted.
        since: The second in which the floor last changed.
        away: Ids of what was written when nobody was there, as far as it does not count.
    """

    place: str
    now: int = 0
    state: str = TO_COME
    extended: int = 0
    seconds: dict[int, Second] = field(default_factory=dict)
    stretch: int = 0
    turns: dict[str, Turn] = field(default_factory=dict)
    floor: list[str] = field(default_factory=list)
    since: int = -1_000_000
    over: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    behalf: dict[str, str] = field(default_factory=dict)
    open: bool = True
    limit: float | None = None
    away: list[str] = field(default_factory=list)

    # What can be read from it.

    def has(self, what: str) -> int:
        """How many seconds the session ran, or stood."""
        return sum(each.what == what for each in self.seconds.values())

    def at(self, place: str) -> int:
        """How many seconds it ran at a question."""
        return sum(each.what == RAN and each.place == place for each in self.seconds.values())

    def taken(self, turn: str) -> int:
        """How many seconds it ran while a turn had the floor."""
        return sum(each.what == RAN and each.turn == turn for each in self.seconds.values())

    @property
    def holder(self) -> str:
        """The turn that has the floor, empty for none."""
        return self.floor[-1] if self.floor else ""

    @property
    def speaking(self) -> tuple[str, str]:
        """Who has the floor, and with what kind of turn."""
        return self.turns[self.holder][:2] if self.floor else ("", "")

    # Time.

    def until(self, second: int) -> None:
        """Looks on, second by second."""
        what = {RUNNING: RAN, PAUSED: STOOD}.get(self.state, NOTHING)
        while self.now < second:
            self.seconds[self.now] = Second(what, self.holder, self.place, self.stretch)
            self.now += 1

    def _runs(self) -> None:
        self.state = RUNNING
        self.stretch += 1

    def start(self, _: str, back: int = 0) -> None:
        """Backdated, it is charged to who has the floor, from when they got it."""
        self._runs()
        self.since = self.turns[self.holder].given if self.holder else self.now - back
        for second in range(self.now - back, self.now):
            turn = self.holder if second >= self.since else ""
            self.seconds[second] = Second(RAN, turn, self.place, self.stretch)

    def pause(self, _: str) -> None:
        self.state = PAUSED

    def resume(self, _: str) -> None:
        self._runs()

    def reopen(self, _: str) -> None:
        self._runs()

    def end(self, _: str) -> None:
        self.state = ENDED
        self._clear()

    def extend(self, _: str, minutes: int) -> None:
        self.extended += minutes

    def goto(self, _: str, place: str) -> None:
        self.place = place

    def asleep(self, entry: str, seconds: int) -> None:
        """Nobody can have been there: it stood."""
        self.away.append(entry)
        for second in range(self.now - seconds, self.now):
            self.seconds[second].what = STOOD
        self.stretch += 1

    def nothing(self, _: str) -> None:
        """What changes neither time nor floor: a note, a step of the wall clock."""

    def count(self, _: str, target: str) -> None:
        """What was away is left out when the sheet is written: it ran like any other time."""

    # The floor.

    def _clear(self) -> None:
        while self.floor:
            self.done("")

    def _give(self, entry: str, kind: str, speaker: str, behalf: str, back: int = 0) -> None:
        self.turns[entry] = Turn(speaker, kind, self.now - back, behalf, self.limit)
        self.floor.append(entry)
        self.since = self.now

    def give(self, entry: str, speaker: str, behalf: str = "", back: int = 0) -> None:
        """An intervention; backdated, it takes what ran since the floor last changed, without a break."""
        before = self.since
        behalf = behalf or self.behalf.get(speaker, "")
        self._clear()
        self.withdraw(entry, speaker)
        self._give(entry, "intervention", speaker, behalf, back)
        for second in range(max(before, self.now - back), self.now):
            seen = self.seconds.get(second)
            if seen and self.state == RUNNING and (seen.what, seen.stretch) == (RAN, self.stretch):
                seen.turn = entry
                self.since = min(self.since, second)

    def reply(self, entry: str, speaker: str) -> None:
        self._clear()
        self._give(entry, "reply", speaker, "")

    def order(self, entry: str, speaker: str) -> None:
        self._give(entry, "point-of-order", speaker, "")

    def done(self, _: str) -> None:
        self.over.append(self.floor.pop())
        self.since = self.now

    def more(self, _: str, minutes: int) -> None:
        turn = self.turns[self.holder]
        self.turns[self.holder] = turn._replace(more=turn.more + minutes)

    def everybody(self, _: str, minutes: float | None) -> None:
        self.limit = minutes

    # The list.

    def queue(self, _: str, named: list[tuple[str, str]]) -> None:
        for name, behalf in named:
            if name not in self.waiting:
                self.waiting.append(name)
                if behalf:
                    self.behalf[name] = behalf

    def withdraw(self, _: str, name: str) -> None:
        if name in self.waiting:
            self.waiting.remove(name)
        self.behalf.pop(name, None)

    def move(self, _: str, name: str, place: int) -> None:
        self.waiting.remove(name)
        self.waiting.insert(place - 1, name)

    def close(self, _: str) -> None:
        self.open = False

    def reopen_list(self, _: str) -> None:
        self.open = True


class Pencil:
    """Everything done and not undone, in order; `sheet` writes it out anew."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.acts: list[Act] = []
        self.undone: list[Act] = []

    def did(self, what: str, entry: str, at: int, **told: Any) -> None:
        self.acts.append(Act(what, entry, at, told))
        self.undone.clear()

    def undo(self) -> None:
        self.undone.append(self.acts.pop())

    def redo(self) -> None:
        self.acts.append(self.undone.pop())

    def sheet(self, now: int) -> Sheet:
        """The sheet as it stands at a second; time away that somebody counted was never away."""
        sheet = Sheet(self.place)
        counted = {act.told["target"] for act in self.acts if act.what == "count"}
        for act in self.acts:
            if act.id in counted:
                continue
            sheet.until(act.at)
            getattr(sheet, act.what)(act.id, **act.told)
        sheet.until(now)
        return sheet
