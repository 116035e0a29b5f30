"""The floor: who is speaking, who waits, and what each intervention took; a fold over its acts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from .clock import Moment, moment_of, seconds_between

if TYPE_CHECKING:
    from .entry import Entry

INTERVENTION, POINT_OF_ORDER, REPLY = "intervention", "point-of-order", "reply"


class Turn(NamedTuple):
    """One turn on the floor.

    Attributes:
        id: The id of the entry that gave it.
        speaker: A participant's id or a free name.
        kind: `intervention`, `point-of-order` or `reply`.
        began: When it was given.
        seconds: What it took before `since`.
        since: From when it is being charged, None while interrupted or paused.
        more: Minutes added to it.
    """

    id: str
    speaker: str
    kind: str
    began: datetime
    seconds: float = 0.0
    since: Moment | None = None
    more: float = 0.0

    def taken(self, now: Moment) -> float:
        """Seconds taken so far; interruptions are not charged."""
        return self.seconds + (seconds_between(self.since, now) if self.since else 0.0)

    def stopped(self, now: Moment) -> Turn:
        """The turn with its time standing still."""
        return self._replace(seconds=self.taken(now), since=None)


class Floor(NamedTuple):
    """How the floor stands after its last act; `interrupted` holds those to whom it returns, latest last."""

    turn: Turn | None = None
    interrupted: tuple[Turn, ...] = ()
    waiting: tuple[str, ...] = ()
    open: bool = True
    turns: tuple[Turn, ...] = ()
    message: str = ""

    @property
    def speaker(self) -> str:
        """Who has the floor, empty for nobody."""
        return self.turn.speaker if self.turn else ""


def step(floor: Floor, entry: Entry) -> Floor:  # noqa: C901, PLR0912 - one case an act
    """The floor after one more entry; an act that does not fit changes nothing."""
    now = moment_of(entry)
    fields = entry.fields
    match entry.kind:
        case "floor" | "reply" if entry.speaker:
            kind = REPLY if entry.kind == "reply" else INTERVENTION
            return _give(_cleared(floor, now), entry, kind, now)
        case "point-of-order" if entry.speaker:
            held = (floor.turn.stopped(now),) if floor.turn else ()
            return _give(floor._replace(interrupted=(*floor.interrupted, *held)), entry, POINT_OF_ORDER, now)
        case "yield":
            return _yielded(floor, now)
        case "queue":
            names = fields.get("speakers") or [entry.speaker]
            new = [str(name) for name in dict.fromkeys(names) if name and name not in floor.waiting]
            return floor._replace(waiting=(*floor.waiting, *new))
        case "withdraw":
            return floor._replace(waiting=_without(floor.waiting, entry.speaker))
        case "reorder" if entry.speaker in floor.waiting:
            rest = _without(floor.waiting, entry.speaker)
            position = fields.get("position", 1)
            place = max(0, position - 1) if isinstance(position, int) else 0
            return floor._replace(waiting=(*rest[:place], entry.speaker, *rest[place:]))
        case "close-list":
            return floor._replace(open=False)
        case "open-list":
            return floor._replace(open=True)
        case "message":
            return floor._replace(message=entry.text)
        case "extend" if floor.turn and entry.target == floor.turn.id:
            minutes = fields.get("minutes", 0)
            more = float(minutes) if isinstance(minutes, int | float) else 0.0
            return floor._replace(turn=floor.turn._replace(more=floor.turn.more + more))
        case "pause" if floor.turn:
            return floor._replace(turn=floor.turn.stopped(now))
        case "resume" | "reopen" if floor.turn and floor.turn.since is None:
            return floor._replace(turn=floor.turn._replace(since=now))
        case "end":
            return _cleared(floor, now)
    return floor


def _give(floor: Floor, entry: Entry, kind: str, now: Moment) -> Floor:
    effective = entry.fields.get("effective")
    began = effective if isinstance(effective, datetime) and effective.tzinfo else entry.at
    before = max(0.0, (entry.at - began).total_seconds())
    turn = Turn(entry.id, entry.speaker, kind, began, seconds=before, since=now)
    return floor._replace(turn=turn, waiting=_without(floor.waiting, entry.speaker))


def _yielded(floor: Floor, now: Moment) -> Floor:
    if floor.turn is None:
        return floor
    back = floor.interrupted[-1]._replace(since=now) if floor.interrupted else None
    done = (*floor.turns, floor.turn.stopped(now))
    return floor._replace(turn=back, interrupted=floor.interrupted[:-1], turns=done)


def _cleared(floor: Floor, now: Moment) -> Floor:
    while floor.turn is not None:
        floor = _yielded(floor, now)
    return floor


def _without(waiting: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in waiting if each != name)
