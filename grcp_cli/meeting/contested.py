"""What nobody may take for settled yet: fields about which corrections contradict each other (`conflicts.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .record import Statement

CONTESTED = "contested"
"""How an entry stands about whose status, or very standing, corrections contradict each other."""

SET_ASIDE = ("not-agreed", "withdrawn", "deferred", CONTESTED)
"""How a common recommendation stands that nobody may say works across groups."""
_STANCES = ("stance", "count")


def stands(stated: Statement) -> str:
    """How an entry stands: one of `STATUSES`, `proposed` where nobody said, or `CONTESTED`."""
    if {"status", "struck"} & set(fields(stated)):
        return CONTESTED
    return stated.status or "proposed"


def works(stated: Statement) -> bool:
    """Whether a common recommendation is held to work across groups."""
    return stands(stated) not in SET_ASIDE


def fields(stated: Statement) -> tuple[str, ...]:
    """What of an entry is in conflict, each once; who takes which side is `support`, whoever it is."""
    named = (each.field for each in stated.conflicts)
    return tuple(dict.fromkeys("support" if each.partition(" ")[0] in _STANCES else each for each in named))


def values(stated: Statement, field: str) -> tuple[Any, ...]:
    """What the corrections in conflict would make of a field, in the order of the record."""
    return tuple(value for each in stated.conflicts if each.field == field for _, value in each.choices)
