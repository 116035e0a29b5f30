"""Corrections that contradict each other, and the order in which corrections of several desks apply.

Two corrections are rivals where neither writer had seen the other. Where they would make something else of one field,
that is a conflict until a person's `resolve` says which holds; what each side made of the field last stands against
what the other did. One that strikes an entry is at odds with every one that changes it or says how it stands: these
want it to stand.

    a ──> a2 ──┐
               ├─ the latest of each side: a2 against b      (c saw both and decided nothing)
    b ─────────┴─> c
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from .entry import Entry, Source, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Sets = tuple[Entry, Mapping[str, Any]]
    """A correction or standing, with the fields that it sets, and to what."""
    Horizons = Mapping[str, frozenset[str]]
    """What the writer of each correction had seen of the others, by ids."""


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

    @property
    def source(self) -> Source:
        """The file it stands in."""


Touch = TypeVar("Touch", bound=_Placed)


def found(target: str, touches: Iterable[Sets], horizons: Callable[[], Horizons]) -> tuple[Conflict, ...]:
    """The conflicts about one entry.

    Args:
        target: Its id.
        touches: Its corrections and standing in record order.
        horizons: Gives what their writers had seen, of all that was ever done to the entry; seldom needed.
    """
    by_field: dict[str, list[tuple[Entry, Any]]] = {}
    decided: list[tuple[Entry, Mapping[str, Any]]] = []
    for entry, outcome in touches:
        if entry.kind == "resolve" and outcome:
            decided.append((entry, outcome))
        for field, value in wished(outcome).items():
            by_field.setdefault(field, []).append((entry, value))
    conflicts = []
    for field, sets in by_field.items():
        if _differ(field, sets):
            known = horizons()
            deciding = [resolve for resolve, outcome in decided if field in outcome or not _fields(resolve)]
            open_ = _unsettled(sets, deciding, known)
            for sides in _sides([entry for entry, _ in open_], known):
                left = [each for each in open_ if each[0].id in sides]
                if _differ(field, left):
                    conflicts.append(Conflict(target, field, tuple((entry.id, value) for entry, value in left)))
    return tuple(conflicts)


def _differ(field: str, sets: Sequence[tuple[Entry, Any]]) -> bool:
    # A status is the same whichever session decided it.
    values = [value[0] if field == "status" else value for _, value in sets]
    return any(value != values[0] for value in values)


def _unsettled(
    sets: Sequence[tuple[Entry, Any]], deciding: Iterable[Entry], known: Horizons
) -> list[tuple[Entry, Any]]:
    """Without what each `resolve` decided on: what it names, and what these had seen."""
    settled: set[str] = set()
    for resolve in deciding:
        for each in named(resolve):
            settled |= {each, *known.get(each, ())}
    return [each for each in sets if each[0].id not in settled]


def _sides(entries: Sequence[Entry], known: Horizons) -> Iterator[set[str]]:
    """The ids of those that stand against each other: the latest of each side, one set for each quarrel."""
    left = {entry.id: entry for entry in entries}
    while left:
        quarrel: set[str] = set()
        wanted = [next(iter(left))]
        while wanted:
            if (each := wanted.pop()) in left:
                entry = left.pop(each)
                quarrel.add(each)
                wanted += [other.id for other in left.values() if _apart(entry, other, known)]
        if len(quarrel) > 1:
            sides = [entry for entry in entries if entry.id in quarrel]
            yield {each.id for each in sides if not any(_saw(other, each, known) for other in sides)}


def _apart(one: Entry, other: Entry, known: Horizons) -> bool:
    """Whether neither writer had seen the other."""
    return not (_saw(one, other, known) or _saw(other, one, known))


def _saw(one: Entry, other: Entry, known: Horizons) -> bool:
    """Whether the writer of one had seen the other; where both carry the same `after` it had not."""
    return other.id in known[one.id] and one.fields.get("after") != other.fields.get("after")


def horizons(touches: Iterable[Touch]) -> dict[str, frozenset[str]]:
    """What the writer of each had seen of the rest, by ids: what it names, what these had seen, and its own file.

    Args:
        touches: All that was done to one entry, what was undone too, as `causal` orders it.
    """
    known: dict[str, frozenset[str]] = {}
    own: dict[Source, frozenset[str]] = {}
    for touch in touches:
        horizon = set(own.get(touch.source, ()))
        for each in seen(touch.entry):
            horizon |= {each, *known.get(each, ())}
        known[touch.entry.id] = frozenset(horizon)
        own[touch.source] = frozenset((*horizon, touch.entry.id))
    return known


def carried(ids: Sequence[str], known: Horizons) -> dict[str, Any]:
    """What a correction carries of those before it: `after`, the latest; `seen`, others that none of them had seen.

    Args:
        ids: Of the corrections that stand, in record order.
        known: As `horizons` has it.
    """
    if not ids:
        return {}
    beside = [each for each in ids[:-1] if not any(each in known.get(other, ()) for other in ids)]
    return {"after": ids[-1], **({"seen": beside} if beside else {})}


def wished(outcome: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a correction makes of an entry, with what it takes for granted: what is changed is to stand.

    Where among others a paragraph has its place says nothing of that.
    """
    return {"struck": False, **outcome} if outcome.keys() - {"order"} else outcome


def named(resolve: Entry) -> tuple[str, ...]:
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
    """The corrections that the writer of one names as seen: the latest, others beside it, and what it decided on."""
    return (str(entry.fields.get("after", "")), *texts(entry.fields.get("seen")), *named(entry))
