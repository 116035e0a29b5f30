"""The floor: who is speaking, who waits, and what each intervention took; a fold over its acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .clock import RUNNING, effective, moment_of
from .entry import number, texts
from .names import fold
from .schedule import apart, later

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .agenda import Meeting, Session
    from .clock import Clock
    from .entry import Entry

INTERVENTION, POINT_OF_ORDER, REPLY = "intervention", "point-of-order", "reply"


class Turn(NamedTuple):
    """One turn on the floor, charged with seconds of the session's clock: while that stands, so does the turn.

    Attributes:
        id: The id of the entry that gave it.
        speaker: A participant's id or a free name.
        kind: `intervention`, `point-of-order` or `reply`.
        began: When it was given.
        seconds: What it took before `since`.
        since: Seconds the session had run when it began to be charged, None while interrupted or over.
        more: Minutes added to it.
        behalf: The group spoken for, empty where the speaker speaks for themselves.
        place: Address of the question at hand when it was given.
        limit: Minutes that `/limit` gave everybody when it was given, None where the agenda's hold.
    """

    id: str
    speaker: str
    kind: str
    began: datetime
    seconds: float = 0.0
    since: float | None = None
    more: float = 0.0
    behalf: str = ""
    place: str = ""
    limit: float | None = None

    def taken(self, ran: float) -> float:
        """Seconds taken when the session has run for `ran`; interruptions are not charged."""
        return self.seconds + (max(0.0, ran - self.since) if self.since is not None else 0.0)

    def stopped(self, ran: float) -> Turn:
        """The turn with its time standing still from then on."""
        return self._replace(seconds=self.taken(ran), since=None)


class Floor(NamedTuple):
    """How the floor stands after its last act.

    Attributes:
        turn: Whose it is, None for nobody's.
        interrupted: To whom it returns, latest last.
        waiting: The speakers' list.
        behalf: For which group those who wait will speak, by speaker; only those who speak for one.
        open: Whether names may be added to the list.
        turns: Those that are over.
        limit: Minutes that everybody gets, None where the agenda's limits hold.
        message: What the stage shows, empty for nothing.
        dark: Whether the stage is blacked out.
        changed: Seconds the session had run when the floor last changed; before that it was somebody else's.
    """

    turn: Turn | None = None
    interrupted: tuple[Turn, ...] = ()
    waiting: tuple[str, ...] = ()
    behalf: Mapping[str, str] = {}
    open: bool = True
    turns: tuple[Turn, ...] = ()
    limit: float | None = None
    message: str = ""
    dark: bool = False
    changed: float = 0.0

    @property
    def speaker(self) -> str:
        """Who has the floor, empty for nobody."""
        return self.turn.speaker if self.turn else ""

    @property
    def heard(self) -> tuple[str, ...]:
        """Everybody who spoke, speaks or waits, each once."""
        turns = (*self.turns, *self.interrupted, *((self.turn,) if self.turn else ()))
        return tuple(dict.fromkeys((*(turn.speaker for turn in turns), *self.waiting)))

    def unfinished(self, meeting: Meeting) -> str:
        """Who speaks and who waits, for whoever is about to end; empty for nobody."""
        told = [f"{meeting.name_of(self.speaker)} has the floor"] if self.turn else []
        if self.waiting:
            told.append(f"{len(self.waiting)} waiting: {', '.join(map(meeting.name_of, self.waiting))}")
        return ", ".join(told)

    def charged(self, ran: float) -> tuple[Turn, ...]:
        """Every turn so far, its time standing still as when the session has run for `ran`: over, held up, present."""
        return (*self.turns, *(turn.stopped(ran) for turn in (*self.interrupted, self.turn) if turn))

    def spoke_for(self, speaker: str) -> str:
        """The group that a speaker spoke for when they last had the floor, empty for none."""
        turns = (*self.turns, *self.interrupted, *((self.turn,) if self.turn else ()))
        return next((turn.behalf for turn in reversed(turns) if turn.speaker == speaker), "")


def allowed(turn: Turn, session: Session, meeting: Meeting) -> float | None:
    """Seconds that a turn may take; who goes on longer is signalled and never cut off.

    A panellist has a panellist's minutes; who speaks for a group where groups report back has a report-back's;
    everybody else has an intervention's, and the moderator as many as they need. A limit given in the room
    (`/limit`) takes the place of an intervention's and a report-back's minutes.

    Returns:
        The limit with what was added to it, None where there is none.
    """
    timing = meeting.timing
    names = {fold(turn.speaker), fold(meeting.name_of(turn.speaker))}
    if session.moderator and fold(session.moderator) in names:
        return None
    question = session.question(turn.place)
    minutes = timing.intervention_minutes
    if names & {fold(each) for each in session.panellists}:
        minutes = timing.panellist_minutes
    elif turn.limit is not None:
        minutes = turn.limit
    elif question and question.reports_back and (turn.behalf or meeting.group(turn.speaker)):
        minutes = timing.report_back_minutes
    return max(0.0, (minutes + turn.more) * 60)


def step(floor: Floor, entry: Entry, clock: Clock, gained: float = 0.0) -> Floor:
    """The floor after one more entry; an act that does not fit changes nothing.

    Args:
        floor: Before it.
        entry: The act.
        clock: The session's clock after it.
        gained: Seconds that the act itself added to what the session had run: those of a backdated start.
    """
    ran = clock.elapsed(moment_of(entry))
    match entry.kind:
        case "floor" | "reply" if entry.speaker:
            since = _since(floor, entry, clock, ran)
            kind, cleared = REPLY, _cleared(floor, since)
            if entry.kind == "floor":
                kind, cleared = INTERVENTION, _off_the_list(cleared, entry.speaker)
            began = later(entry.at, since - ran) if clock.state == RUNNING else effective(entry)
            return _given(cleared, entry, kind, since, began)
        case "point-of-order" if entry.speaker:
            held = (floor.turn.stopped(ran),) if floor.turn else ()
            return _given(floor._replace(interrupted=(*floor.interrupted, *held)), entry, POINT_OF_ORDER, ran, entry.at)
        case "yield":
            return _yielded(floor, ran)
        case "end":
            return _cleared(floor, ran)._replace(changed=ran)
        case "start" if floor.turn and gained > 0:
            before = max(0.0, apart(effective(entry), floor.turn.began))
            since = min(before, ran)
            return floor._replace(turn=floor.turn._replace(since=since), changed=since)
    return _set(floor, entry)


def _set(floor: Floor, entry: Entry) -> Floor:
    """Limits and the stage after one more entry; no clock is touched."""
    minutes = number(entry.fields.get("minutes", 0))
    match entry.kind:
        case "extend" if floor.turn and entry.target == floor.turn.id:
            return floor._replace(turn=floor.turn._replace(more=floor.turn.more + minutes))
        case "limit":
            return floor._replace(limit=minutes if minutes > 0 else None)
        case "message":
            return floor._replace(message=entry.text, dark=entry.fields.get("blackout") is True)
    return _listed(floor, entry)


def _listed(floor: Floor, entry: Entry) -> Floor:
    """The speakers' list after one more entry; nothing here touches a running turn."""
    fields = entry.fields
    match entry.kind:
        case "queue":
            named = fields.get("speakers")
            names = map(str, named) if isinstance(named, list | tuple) else [entry.speaker]
            new = [name for name in dict.fromkeys(names) if name and name not in floor.waiting]
            # One group a name, in the same order; empty for who speaks for themselves.
            spoken_for = dict(zip(texts(named), texts(fields.get("behalf")), strict=False))
            behalf = {name: spoken_for[name] for name in new if spoken_for.get(name)}
            return floor._replace(waiting=(*floor.waiting, *new), behalf={**floor.behalf, **behalf})
        case "withdraw":
            return _off_the_list(floor, entry.speaker)
        case "reorder" if entry.speaker in floor.waiting:
            rest = _without(floor.waiting, entry.speaker)
            position = fields.get("position", 1)
            place = max(0, position - 1) if isinstance(position, int) else 0
            return floor._replace(waiting=(*rest[:place], entry.speaker, *rest[place:]))
        case "close-list":
            return floor._replace(open=False)
        case "open-list":
            return floor._replace(open=True)
    return floor


def _since(floor: Floor, entry: Entry, clock: Clock, ran: float) -> float:
    """Seconds the session had run when a turn, perhaps backdated, began.

    Backdating takes from whoever has the floor, never from turns before theirs, nor from before the last pause.
    """
    if clock.state != RUNNING:
        return ran
    return max(floor.changed, clock.resumed, ran - apart(effective(entry), entry.at))


def _given(floor: Floor, entry: Entry, kind: str, since: float, began: datetime) -> Floor:
    """A new turn; backdated, it began as far back as it reaches, which may be less than was said."""
    turn = Turn(
        entry.id,
        entry.speaker,
        kind,
        began,
        since=since,
        behalf=str(entry.fields.get("behalf", "")),
        place=str(entry.fields.get("here", "")),
        limit=floor.limit,
    )
    return floor._replace(turn=turn, changed=since)


def _yielded(floor: Floor, ran: float) -> Floor:
    if floor.turn is None:
        return floor
    back = floor.interrupted[-1]._replace(since=ran) if floor.interrupted else None
    done = (*floor.turns, floor.turn.stopped(ran))
    return floor._replace(turn=back, interrupted=floor.interrupted[:-1], turns=done, changed=ran)


def _cleared(floor: Floor, ran: float) -> Floor:
    while floor.turn is not None:
        floor = _yielded(floor, ran)
    return floor


def _off_the_list(floor: Floor, speaker: str) -> Floor:
    behalf = {name: group for name, group in floor.behalf.items() if name != speaker}
    return floor._replace(waiting=_without(floor.waiting, speaker), behalf=behalf)


def _without(waiting: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in waiting if each != name)
