"""When to look at the clock again: just behind the turn of a second that is shown, and no oftener."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import clock
from grcp_cli.meeting.floor import allowed

if TYPE_CHECKING:
    from grcp_cli.meeting.fitting import Outlook

_MINUTE = 60
_LONGEST, _SHORTEST, _AFTER = 1.0, 0.05, 0.001
"""Seconds between two looks at the clock, and how far behind the turn of a second one looks."""


def until_next(outlook: Outlook, speed: float) -> float:
    """Real seconds until something on the stage shows another second, or another minute.

    Args:
        outlook: What is shown.
        speed: How many of its seconds pass in a real one.
    """
    if speed <= 0:
        return _LONGEST
    at, figures, turn = outlook.now.at, outlook.figures, outlook.walk.floor.turn
    waits = [_MINUTE - at.second - at.microsecond / 1e6]
    if figures.state == clock.TO_COME:
        waits.append(1.0 - at.microsecond / 1e6)
    if figures.state == clock.RUNNING:
        waits.append(figures.left % 1.0 or 1.0)
        if turn is not None and turn.since is not None:
            limit = allowed(turn, outlook.session, outlook.meeting)
            taken = turn.taken(figures.elapsed)
            waits.append((1.0 - taken % 1.0) if limit is None else ((limit - taken) % 1.0 or 1.0))
    return min(_LONGEST, max(_SHORTEST if speed > 1 else 0.0, min(waits) / speed) + _AFTER)
