"""Corrections that contradict each other: nobody's outcome is taken until a person has chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .entry import texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .entry import Entry


class Conflict(NamedTuple):
    """Two or more corrections of one field that did not see each other and differ."""

    target: str
    field: str
    choices: tuple[tuple[str, Any], ...]
    """Pairs of the correction's id and what it would make of the field, in record order."""


def found(target: str, touches: Sequence[tuple[Entry, Mapping[str, Any]]]) -> tuple[Conflict, ...]:
    """Corrections with the same `after` that set one field differently and are not resolved.

    Args:
        target: The entry that they are about.
        touches: Every correction and standing of it, in record order, with the fields that it sets.
    """
    resolved = [
        {str(entry.fields.get("chosen", "")), *texts(entry.fields.get("over"))}
        for entry, _ in touches
        if entry.kind == "resolve"
    ]
    rivals: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for entry, outcomes in touches:
        if entry.kind != "resolve":
            after = str(entry.fields.get("after", ""))
            for field, value in outcomes.items():
                rivals.setdefault((after, field), []).append((entry.id, value))
    conflicts = []
    for (_, field), choices in rivals.items():
        ids = {entry_id for entry_id, _ in choices}
        # A status is the same whichever session decided it.
        said = [value[0] if field == "status" else value for _, value in choices]
        differ = any(outcome != said[0] for outcome in said)
        if differ and not any(ids <= ended for ended in resolved):
            conflicts.append(Conflict(target, field, tuple(choices)))
    return tuple(conflicts)
