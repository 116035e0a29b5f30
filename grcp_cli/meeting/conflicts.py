"""Corrections that contradict each other, and the order in which corrections of several desks apply.

Two corrections are rivals where neither writer had seen the other: both carry the same `after`. Where they would make
something else of one field, that is a conflict until a person's `resolve` names them all and says which holds. One
that strikes an entry is at odds with every one that changes it or says how it stands: these want it to stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from .entry import Entry, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Conflict(NamedTuple):
    """Two or more corrections of one field that did not see each other and differ."""

    target: str
    field: str
    choices: tuple[tuple[str, Any], ...]
    """Pairs of the correction's id and what it would make of the field, in record order."""


class _Placed(Protocol):
    """What stands somewhere in the record and is an entry."""

    @property
    def entry(self) -> Entry:
        """The entry."""


Touch = TypeVar("Touch", bound=_Placed)


def found(target: str, touches: Iterable[tuple[Entry, Mapping[str, Any]]]) -> tuple[Conflict, ...]:
    """The conflicts about one entry.

    Args:
        target: Its id.
        touches: Its corrections and standing in record order, each with the fields that it sets, and to what.
    """
    rivals: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    ended: list[tuple[frozenset[str], Mapping[str, Any], bool]] = []
    for entry, outcome in touches:
        if entry.kind == "resolve" and outcome:
            ended.append((frozenset(settled(entry)), outcome, not _fields(entry)))
        for field, value in wished(outcome).items():
            rivals.setdefault((str(entry.fields.get("after", "")), field), []).append((entry.id, value))
    conflicts = []
    for (_, field), choices in rivals.items():
        ids = {entry_id for entry_id, _ in choices}
        # A status is the same whichever session decided it.
        outcomes = [value[0] if field == "status" else value for _, value in choices]
        differ = any(outcome != outcomes[0] for outcome in outcomes)
        if differ and not any(ids <= named and (whole or field in outcome) for named, outcome, whole in ended):
            conflicts.append(Conflict(target, field, tuple(choices)))
    return tuple(conflicts)


def wished(outcome: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a correction makes of an entry, with what it takes for granted: what is changed is to stand.

    Where among others a paragraph has its place says nothing of that.
    """
    return {"struck": False, **outcome} if outcome.keys() - {"order"} else outcome


def settled(resolve: Entry) -> tuple[str, ...]:
    """The corrections that a `resolve` names: the one that holds, then those over which it does."""
    return (str(resolve.fields.get("chosen", "")), *texts(resolve.fields.get("over")))


def chosen(resolve: Entry, outcome: Mapping[str, Any], over: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What of an outcome a `resolve` makes hold: the fields that it names.

    Where it names none, all of them, and that the entry stands where one of those over which it holds struck it.
    """
    wanted = _fields(resolve)
    if not wanted:
        return wished(outcome) if any(each.get("struck") for each in over) else outcome
    return {field: value for field, value in wished(outcome).items() if field in wanted}


def _fields(resolve: Entry) -> tuple[str, ...]:
    """The fields that a `resolve` decides on, none where a hand left them out: then it decides on all."""
    return texts(resolve.fields.get("fields"))


def causal(touches: list[Touch]) -> list[Touch]:
    """Corrections in record order, none before one its writer had seen: the clocks of several machines differ."""
    ids = {each.entry.id for each in touches}
    ordered: list[Touch] = []
    done: set[str] = set()
    while touches:
        free = (at for at, each in enumerate(touches) if not (set(seen(each.entry)) & ids) - done)
        ordered.append(touches.pop(next(free, 0)))  # 0: a circle, which only a hand can make
        done.add(ordered[-1].entry.id)
    return ordered


def seen(entry: Entry) -> tuple[str, ...]:
    """The corrections that the writer of one had seen."""
    return (str(entry.fields.get("after", "")), *settled(entry))
