"""The walkthrough: `step(walk, entry) -> walk`, the fold over one file that rebuilds everything.

Clock, floor, place, numbering and who spoke are what a desk needs while it types; what was written
and how it stands now is the record's (`record.py`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from . import clock as clocks
from . import floor as floors
from .agenda import GENERAL, Session
from .clock import Clock, moment_of
from .entry import CLOCK, FLOOR, WITHHELD, Entry
from .floor import INTERVENTION, Floor, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REVERSALS = ("undo", "redo")
FLOOR_TURNS = ("point-of-order", "yield")
"""Acts after which the floor may go back to somebody whom only the whole file names."""


class Walk(NamedTuple):
    """Where one desk stands.

    Attributes:
        here: Address of the question it stands at, `0` for the session in general.
        following: Whether it goes where the session's lead goes.
        captured: How many captured entries its file has: the last number given.
        last: Its last captured entry not undone, as written, None before the first.
        speakers: The last two who spoke, latest last.
        spent: Seconds run at each question before `mark`.
        mark: Seconds the clock had run when it came to `here`.
    """

    here: str = GENERAL
    following: bool = True
    clock: Clock = Clock()
    floor: Floor = Floor()
    captured: int = 0
    last: Entry | None = None
    speakers: tuple[str, ...] = ()
    spent: Mapping[str, float] = {}
    mark: float = 0.0

    def spent_here(self, now: clocks.Moment) -> float:
        """Seconds the session has run at the present question."""
        return self.spent.get(self.here, 0.0) + max(0.0, self.clock.elapsed(now) - self.mark)


def opening(session: Session) -> Walk:
    """A session that nothing has happened in stands at its first question."""
    leaves = session.leaves
    return Walk(here=leaves[0].address if leaves else GENERAL)


def undone(entries: Iterable[Entry]) -> set[str]:
    """The ids that stand undone: the latest word on each, undo or redo, holds.

    Time away that was counted after all was never taken: whoever had the floor and the question at hand have it back.
    """
    gone: set[str] = set()
    counted: list[Entry] = []
    for entry in entries:
        if entry.kind == "undo":
            gone.add(entry.target)
        elif entry.kind == "redo":
            gone.discard(entry.target)
        elif entry.kind == "anomaly" and entry.target:
            counted.append(entry)
    return gone | {entry.target for entry in counted if entry.id not in gone}


def rewrites(entry: Entry) -> bool:
    """Whether an entry changes what came before it, so that a walk must be replayed."""
    return entry.kind in REVERSALS or (entry.kind == "anomaly" and entry.target != "")


def replay(session: Session, entries: Iterable[Entry]) -> Walk:
    """The walk after all entries of one file, undone ones left out."""
    listed = list(entries)
    gone = undone(listed)
    walk = opening(session)
    for entry in listed:
        walk = walk._replace(captured=entry.n) if entry.id in gone else step(walk, entry)
    return walk


def step(walk: Walk, entry: Entry) -> Walk:
    """The walk after one more entry that is neither undone nor itself an undo or redo."""
    if entry.captured:
        speakers = _spoke(walk.speakers, entry.speaker)
        return walk._replace(captured=entry.n, last=entry, speakers=speakers)
    if entry.kind not in CLOCK and entry.kind not in FLOOR:
        return walk
    now = moment_of(entry)
    if entry.kind == "goto":
        place = str(entry.fields.get("question", walk.here))
        following = bool(entry.fields.get("follow", False))
        if place != walk.here:
            spent = {**walk.spent, walk.here: walk.spent_here(now)}
            walk = walk._replace(here=place, spent=spent, mark=walk.clock.elapsed(now))
        return walk._replace(following=following)
    gained = 0.0
    if entry.kind in CLOCK:
        spent = {**walk.spent, walk.here: walk.spent_here(now)}
        clock = clocks.step(walk.clock, entry)
        gained = clock.elapsed(now) - walk.clock.elapsed(now)
        if entry.kind == "anomaly":
            # Time away is taken from the question at hand.
            spent[walk.here] = max(0.0, spent[walk.here] + gained)
        began = walk.clock.started is None and clock.started is not None
        walk = walk._replace(clock=clock, spent=spent, mark=0.0 if began else clock.elapsed(now))
    floor = floors.step(walk.floor, entry, walk.clock, gained)
    speakers = _spoke(walk.speakers, floor.speaker)
    return walk._replace(floor=floor, speakers=speakers)


def _spoke(speakers: tuple[str, ...], speaker: str) -> tuple[str, ...]:
    if not speaker or (speakers and speakers[-1] == speaker):
        return speakers
    return (*speakers[-1:], speaker)


def from_tail(session: Session, backward: Iterable[Entry], *, complete: bool) -> Walk | None:
    """Where a desk stands, from the last entries of its file alone.

    An entry tells where it was filed or stood, and who had the floor; so does the latest act of the floor.

    Args:
        session: Whose file it is.
        backward: The last entries, newest first.
        complete: Whether these are all there are.

    Returns:
        A walk of which `here` and the floor's speaker hold, or None where the tail does not tell.
    """
    here = behalf = ""
    speaker: str | None = None
    gone: dict[str, bool] = {}
    for entry in backward:
        if entry.kind in REVERSALS:
            gone.setdefault(entry.target, entry.kind == "undo")
        if gone.get(entry.id):
            continue
        if not here:
            filed = entry.fields.get("question", "") if entry.captured or entry.kind == "goto" else ""
            here = str(entry.fields.get("here", filed))
        if speaker is None:
            if entry.kind in FLOOR_TURNS:
                return None
            speaker, behalf = _told_floor(entry), str(entry.fields.get("behalf", ""))
        if speaker is not None and here:
            break
    else:
        if not complete:
            return None
    start = opening(session)
    turn = Turn("", speaker, INTERVENTION, datetime.min.replace(tzinfo=UTC), behalf=behalf) if speaker else None
    return start._replace(here=here or start.here, floor=Floor(turn))


def _told_floor(entry: Entry) -> str | None:
    """Who has the floor after an entry, empty for nobody, None where it does not tell."""
    if entry.captured:
        unsaid = entry.speaker if entry.fields.get("speaker_from") == "floor" else ""
        return str(entry.fields.get("floor", unsaid))
    if entry.kind in {"floor", "reply"}:
        return entry.speaker or None
    return "" if entry.kind == "end" else None


def newest(entries: Iterable[Entry]) -> Entry | None:
    """What `/undo` takes back: the newest entry or act not yet undone, None where nothing is left."""
    listed = list(entries)
    gone = undone(listed)
    for entry in listed[::-1]:
        if entry.kind not in (*REVERSALS, "accept") and entry.id not in gone and not _told_only(entry):
            return entry
    return None


def reversible(entries: Iterable[Entry]) -> str:
    """The id that `/redo` brings back, empty where something newer came after the last undo."""
    listed = list(entries)
    gone = undone(listed)
    for entry in listed[::-1]:
        if entry.kind == "undo" and entry.target in gone:
            return entry.target
        if entry.kind not in REVERSALS and not _told_only(entry):
            return ""
    return ""


def _told_only(entry: Entry) -> bool:
    """Whether an entry changes nothing: a step of the wall clock that the console noted, one that was withheld."""
    return entry.kind == WITHHELD or (entry.kind == "anomaly" and "seconds" not in entry.fields)
