"""Complete linkage: groups of things in which every two are alike, found by mutual nearest neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def linked(count: int, scores: Iterable[tuple[int, int, int]], owners: Sequence[str]) -> list[tuple[int, ...]]:
    """Groups of at least two, in the order of their first members; each thing is in one at most.

    Those of different owners find each other first; then what of the same owner is alike joins in. Ties go to what
    comes first, so the same scores give the same groups.

    Args:
        count: How many things there are.
        scores: Pairs of their places with a score from 1 to 100; a pair left out is not alike.
        owners: Whose each thing is.
    """
    rows = [bytearray(count) for _ in range(count)]
    for first, second, score in scores:
        rows[first][second] = rows[second][first] = score
    apart = [bytearray(row) for row in rows]
    same: dict[str, list[int]] = {}
    for at, owner in enumerate(owners):
        same.setdefault(owner, []).append(at)
    for places in same.values():
        for at in places:
            for other in places:
                apart[at][other] = 0
    groups = _merged([(at,) for at in range(count)], apart)
    return [tuple(sorted(each)) for each in _merged(groups, _between(groups, rows)) if len(each) > 1]


def _between(groups: list[tuple[int, ...]], rows: list[bytearray]) -> list[bytearray]:
    """What groups score among each other: the least of any two of their members."""
    found = []
    for group in groups:
        row = rows[group[0]]
        for member in group[1:]:
            row = bytearray(map(min, row, rows[member]))
        found.append(bytearray(min(row[member] for member in other) for other in groups))
    for at, row in enumerate(found):
        row[at] = 0
    return found


def _merged(groups: list[tuple[int, ...]], rows: list[bytearray]) -> list[tuple[int, ...]]:
    """Joins groups for as long as any two of them are alike; `rows` is used up."""
    held: list[tuple[int, ...]] = list(groups)
    alive = [True] * len(held)
    for start in range(len(held)):
        chain = [start] if alive[start] else []
        while chain:
            top = chain[-1]
            row = rows[top]
            best = max(row, default=0)
            before = chain[-2] if len(chain) > 1 else -1
            if not best:
                chain.pop()  # like nothing that is left
            elif before >= 0 and row[before] == best:
                del chain[-2:]
                first, second = min(top, before), max(top, before)
                _join(first, second, rows)
                held[first] += held[second]
                alive[second] = False
                if not chain and alive[start]:
                    chain.append(start)
            else:
                chain.append(row.index(best))
    return [each for each, lives in zip(held, alive, strict=True) if lives]


def _join(first: int, second: int, rows: list[bytearray]) -> None:
    """What two have in common with a third is the lesser of both; the second is like nothing any more."""
    joined = bytearray(map(min, rows[first], rows[second]))
    joined[first] = joined[second] = 0
    rows[first], rows[second] = joined, bytearray(len(rows))
    for at, row in enumerate(rows):
        row[second] = 0
        row[first] = joined[at]
    rows[first][first] = 0
