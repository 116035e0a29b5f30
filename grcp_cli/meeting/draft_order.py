"""In which order paragraphs stand: what was moved, and numbers for what comes between others."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EXACT = 2**53
"""Below it a float and a whole number are the same; TOML's whole numbers end not far above."""


def filled(orders: Sequence[float | None], last: float) -> list[float]:
    """Orders for what has none yet, between its neighbours; all anew where there is no room or no order.

    Args:
        orders: In the sequence wanted, None for what was written or moved.
        last: What orders at the end must exceed.
    """
    if None not in orders:
        return [each for each in orders if each is not None]
    last, found = float(last), list[float]()
    for at, order in enumerate(orders):
        if order is not None:
            found.append(float(order))
            continue
        ahead = next(((each, after) for after, each in enumerate(orders[at:]) if each is not None), None)
        if ahead is None:
            found.append(max(found[-1] if found else last, last) + 1)
        elif not found:
            found.append(ahead[0] - ahead[1])
        else:
            found.append(found[-1] + (ahead[0] - found[-1]) / (ahead[1] + 1))
    if not all(one < two for one, two in pairwise(found)) or not all(map(math.isfinite, found)):
        found = [float(number) for number in range(1, len(found) + 1)]
    return [int(each) if each.is_integer() and abs(each) < _EXACT else each for each in found]


def rising(ranks: Iterable[int | None]) -> set[int]:
    """The positions of a longest rising run of ranks: what was not moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for at, rank in enumerate(ranks):
        if rank is not None:
            place = bisect_left(tails, rank)
            before[at] = ends[place - 1] if place else None
            tails[place:] = [rank] if place == len(tails) else [rank, *tails[place + 1 :]]
            ends[place:] = [at] if place == len(ends) else [at, *ends[place + 1 :]]
    kept: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept
