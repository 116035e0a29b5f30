"""What changed between two texts of a report, paragraph by paragraph, the words marked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from .issue import Line, Said, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

ADDED, REMOVED, CHANGED, MOVED, RENUMBERED = "added", "removed", "changed", "moved", "renumbered"
KEPT, OUT, IN = "kept", "out", "in"

# A word with the space before it. Scripts written without spaces are compared letter by letter.
_LETTERS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORDS = re.compile(rf"\s*(?:[{_LETTERS}]|[^\s{_LETTERS}]+)|\s+")
_COMPARABLE = 4_000_000
"""Pairs of words beyond which what differs is shown as a whole."""

_HALF = 0.5
"""The share of their words that two wordings of one paragraph have in common."""

Either = TypeVar("Either", Said, Line)


class Word(NamedTuple):
    """A run of words: `kept`, `out` or `in`."""

    what: str
    text: str


class Change(NamedTuple):
    """What became of one paragraph, or of one line listed under it.

    Attributes:
        what: `added | removed | changed | moved | renumbered`.
        was: A paragraph's number then, None where it had none; `now` likewise.
        part: The id of the part that it stands in now, or stood; `place` that of the heading.
        before: Its text then, empty where it was not there; `after` likewise.
        id: The entry's, empty for none.
        mark: How a line is marked or called: `(a)`, `Africa 3`; empty for a paragraph.
        lines: What became of the lines listed under it.
    """

    what: str
    was: int | None
    now: int | None
    part: str
    place: str
    before: str
    after: str
    id: str = ""
    mark: str = ""
    lines: tuple[Change, ...] = ()


def compare(before: Text, after: Text) -> list[Change]:
    """What changed, in the order of the report as it is now; what was removed stands where it stood."""
    return [change for was, now in _aligned(before.said, after.said, _SAID) if (change := _change(was, now))]


def elsewhere(before: Text, after: Text, changes: Iterable[Change]) -> list[str]:
    """The titles of parts that differ in what no paragraph tells, such as a table of an annex."""
    told = {each.part for each in changes}
    old = {each.id: each for each in before.chapters}
    new = {each.id: each for each in after.chapters}
    ids = [*new, *(each for each in old if each not in new)]
    differ = [each for each in ids if each not in old or each not in new or old[each].sha256 != new[each].sha256]
    return [(new.get(each) or old[each]).title for each in differ if each not in told]


def words(before: str, after: str) -> list[Word]:
    """What of a text was kept, taken out and put in."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    out, put = old[head : len(old) - tail], new[head : len(new) - tail]
    told = [Word(KEPT, "".join(old[:head])), *_within(out, put), Word(KEPT, "".join(old[len(old) - tail :]))]
    return [each for each in told if each.text]


def as_data(change: Change) -> dict[str, Any]:
    """A change for scripts; what is absent is null."""
    optional = {key: getattr(change, key) or None for key in ("part", "place", "before", "after", "id", "mark")}
    told = words(change.before, change.after) if change.before and change.after else []
    return {
        **change._asdict(),
        **optional,
        "words": [each._asdict() for each in told],
        "lines": [as_data(each) for each in change.lines],
    }


def _within(old: list[str], new: list[str]) -> Iterator[Word]:
    if len(old) * len(new) > _COMPARABLE:
        yield from (Word(OUT, "".join(old)), Word(IN, "".join(new)))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Word(KEPT, "".join(old[a:b]))
        else:
            yield from (Word(OUT, "".join(old[a:b])), Word(IN, "".join(new[c:d])))


def _change(was: Said | None, now: Said | None) -> Change | None:
    """What became of one paragraph, None where it stands as it stood."""
    here = now or was
    assert here is not None, "one of the two is there"
    lines = tuple(_lines(was.lines if was else (), now.lines if now else ()))
    if was is None or now is None:
        what = ADDED if was is None else REMOVED
    elif lines or was.text != now.text:
        what = CHANGED
    elif was.place != now.place:
        what = MOVED
    elif was.number != now.number:
        what = RENUMBERED
    else:
        return None
    before, after = was.text if was else "", now.text if now else ""
    numbers = was.number if was else None, now.number if now else None
    return Change(what, *numbers, here.part, here.place, before, after, here.id, lines=lines)


def _lines(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Change]:
    """What became of listed lines; that one is lettered anew is no change."""
    for was, now in _aligned(old, new, _LISTED):
        here, before, after = now or was, was.text if was else "", now.text if now else ""
        assert here is not None, "one of the two is there"
        if was is None or now is None or before != after:
            what = ADDED if was is None else REMOVED if now is None else CHANGED
            yield Change(what, None, None, "", "", before, after, here.id, here.mark)


_SAID: tuple[Callable[[Said], Hashable], ...] = (
    lambda each: each.id,
    lambda each: (each.place, each.text),
    lambda each: not each.id and bool(each.lines) and each.lines[0].id and (each.place, each.lines[0].id),
    lambda each: each.number is None and each.place,
)
"""By what a paragraph is known again, the surest first."""

_LISTED: tuple[Callable[[Line], Hashable], ...] = (lambda each: each.id, lambda each: not each.id and each.text)


def _aligned(
    old: Sequence[Either], new: Sequence[Either], keys: Iterable[Callable[[Either], Hashable]]
) -> list[tuple[Either | None, Either | None]]:
    """Pairs of what is the same, and what is on one side only, in the order of `new`."""
    partners = _partners(old, new, keys)
    free = set(range(len(old))) - set(partners.values())
    stood = {was: now for now, was in partners.items()}
    rows: list[tuple[tuple[int, int], Either | None, Either | None]] = []
    for at, each in enumerate(new):
        rows.append(((at, 0), old[partners[at]] if at in partners else None, each))
    behind = -1
    for at, each in enumerate(old):
        behind = stood.get(at, behind)
        if at in free:
            rows.append(((behind, 1), each, None))
    return [(was, now) for _, was, now in sorted(rows, key=lambda row: row[0])]


def _partners(
    old: Sequence[Either], new: Sequence[Either], keys: Iterable[Callable[[Either], Hashable]]
) -> dict[int, int]:
    """What of `new` was which of `old`, by position; what no key tells is known by half of its words."""
    partners: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for key in keys:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for at in free:
            waiting[key(old[at])].append(at)
        for at, each in enumerate(new):
            if at not in partners and (known := key(each)) and waiting[known]:
                partners[at] = waiting[known].popleft()
                del free[partners[at]]
    for at, each in enumerate(new):
        if at not in partners and not each.id:
            alike = {_alike(old[was], each): was for was in reversed(free) if not old[was].id}
            if alike and (best := max(alike)) >= _HALF:
                partners[at] = alike[best]
                del free[alike[best]]
    return partners


def _alike(old: Either, new: Either) -> float:
    """How many words two texts share, of all that they have; none where they stand in different places."""
    if getattr(old, "place", "") != getattr(new, "place", ""):
        return 0.0
    one, other = Counter(old.text.split()), Counter(new.text.split())
    return 2 * (one & other).total() / max(1, one.total() + other.total())
