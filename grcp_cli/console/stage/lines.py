"""The stage in plain lines: where it stands, then a line for whatever changes, until the session has ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console import opening, seat, times
from grcp_cli.console.clean import complain, drawn_line, say
from grcp_cli.console.timekeeping import Timekeeping
from grcp_cli.meeting import clock
from grcp_cli.meeting.telling import duration

from .scene import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.fitting import Outlook

    from .board import Board, Item
    from .scene import Scene
    from .watch import Watch

_LOOK = 0.1
"""Seconds between two looks."""


def run(watch: Watch) -> None:
    """Tells until the session has ended or somebody leaves; how fresh it is goes to stderr."""
    restore = seat.leave_on_signals()
    try:
        _tell(watch)
    except KeyboardInterrupt:
        pass
    finally:
        restore()


def _tell(watch: Watch) -> None:
    seen = watch.look()
    assert seen is not None, "the first look always sees"
    clocks, recommended, fresh = Clocks(rehearsal=watch.rehearsal), Recommended(), ""
    while True:
        if (told := watch.fresh(seen)).partition(" for ")[0] != fresh:
            fresh = told.partition(" for ")[0]
            complain(told.lstrip("○●! "))
        for line in clocks.look(watch.outlook(seen)) if seen.board is None else recommended.look(seen.board):
            say(line)
        if seen.walk.clock.state == clock.ENDED:
            return
        time.sleep(_LOOK)
        seen = watch.look() or seen


class _Told(NamedTuple):
    """A line about one thing, said again once `stands` differs."""

    stands: object
    line: str


class Clocks:
    """Tells clock, question, floor and message: where each stands, then whatever changes, and thresholds of time."""

    def __init__(self, *, rehearsal: bool) -> None:
        self._rehearsal = rehearsal
        self._before: dict[str, object] = {}
        self._keeping: Timekeeping | None = None

    def look(self, outlook: Outlook) -> Iterator[str]:
        """What to say now, in lines."""
        shown = scene(outlook, "", rehearsal=self._rehearsal)
        if self._keeping is None:
            self._keeping = Timekeeping(outlook.meeting, outlook.session)
            yield f"{shown.title}{' · REHEARSAL' if self._rehearsal else ''}"
            self._before = {"floor": None, "next": (), "message": "", "stage": False}
        for what, (stands, line) in _told(outlook, shown).items():
            if what not in self._before or self._before[what] != stands:
                yield drawn_line(line)
            self._before[what] = stands
        yield from map(drawn_line, self._keeping.look(outlook.walk, outlook.figures))


def _told(outlook: Outlook, shown: Scene) -> dict[str, _Told]:
    clocks, floor, figures = outlook.walk.clock, outlook.walk.floor, outlook.figures
    ended = figures.state == clock.ENDED
    state = "not started" if figures.state == clock.TO_COME else figures.state
    used = f"{duration(figures.elapsed)} used" if ended else opening.left(figures)
    parts = ("time", f"{used} ({state})", shown.plan, shown.past)
    told = {"time": _Told((clocks.state, clocks.extended), " · ".join(filter(None, parts)))}
    if not ended:
        told |= {
            "question": _Told(shown.place, f"at {shown.place}"),
            "floor": _Told(floor.turn.id if floor.turn else None, f"floor · {_speaker(outlook)}"),
            "next": _Told(shown.waiting, f"next · {', '.join(shown.waiting) or 'nobody'}"),
        }
    return told | {
        "message": _Told(shown.message, f"message · {shown.message or 'off'}"),
        "stage": _Told(shown.dark, f"stage · {'dark' if shown.dark else 'light'}"),
    }


def _speaker(outlook: Outlook) -> str:
    turn = outlook.walk.floor.turn
    if turn is None:
        return "nobody"
    taken = times.of_allowed(outlook.meeting, outlook.session, turn, outlook.figures.elapsed)
    return f"{times.spoken(outlook.meeting, turn)} · {taken}"


class Recommended:
    """Tells the recommendations: all of them, then each that is new or stands otherwise, and which are taken off."""

    def __init__(self) -> None:
        self._before: Board | None = None

    def look(self, board: Board) -> Iterator[str]:
        """What to say now, in lines."""
        before, self._before = self._before, board
        if before is None or before.title != board.title:
            yield from _whole(board)
            return
        known, stand = _items(before), _items(board)
        for each in stand.values():
            if known.get(each.id) != each:
                yield _line(each)
        for each in known.values():
            if each.id not in stand:
                yield f"{each.label} · taken off"


def _whole(board: Board) -> Iterator[str]:
    yield board.title or "recommendations"
    for column in board.columns:
        yield f"{column.name} · {column.many}"
        for item in column.items:
            yield f"  {_line(item)}"
    if board.silent:
        yield f"nothing yet from {', '.join(board.silent)}"
    elif not board.columns:
        yield "no recommendations yet"


def _items(board: Board) -> dict[str, Item]:
    return {item.id: item for column in board.columns for item in column.items}


def _line(item: Item) -> str:
    return " · ".join(filter(None, (item.label, item.status, item.text)))
