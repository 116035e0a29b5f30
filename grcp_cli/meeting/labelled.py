"""Which label was meant by a mistyped one, and what became of one that leads nowhere any more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .decision import record_of
from .labels import printed, spelled, typed
from .names import nearest
from .reported import origins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .decision import Sight
    from .labels import Label

_FORM = re.compile(r"(?P<owner>.*?[^\d.@])\.?\d+(?:@[a-z0-9-]+)?(?:~[0-9a-z-]*)?")


def called(reference: str, labels: Mapping[str, Label], sight: Sight) -> Iterator[tuple[str, str]]:
    """The ids of what is called so by some labels, printed or typed, each with the label as it is printed."""
    record, wanted = record_of(sight), " ".join(reference.casefold().split())
    for entry_id, label in labels.items():
        if source := record.source(entry_id):
            ways = (each.casefold() for way in spelled(label, source.session, sight.meeting) for each in way)
            if wanted in (*ways, f"{source.session}/{label.typed}"):
                yield entry_id, printed(label, source.session, sight.meeting)


def taken_back(reference: str, sight: Sight) -> tuple[str, str]:
    """What became of what was called so and is there no more, and how it comes back; empty for nothing."""
    record = record_of(sight)
    for entry_id, name in called(reference, record.labelled(), sight):
        entry = record.entry(entry_id)
        again = ", /join makes another" if entry and entry.kind == "cluster" else ""
        if record.undone(entry_id):
            return f"{name} was undone", f"/redo brings it back at the desk that undid it, where that was last{again}"
        if entry and record.statement(entry_id) is None:
            return f"{name} was taken apart already", f"/undo brings it back where it was done last{again}"
    return "", ""


def nearest_to(reference: str, sight: Sight) -> str:
    """Which label was meant by one that is none, in words; empty where nothing is near."""
    wanted = "".join(reference.casefold().split())
    form = _FORM.fullmatch(wanted)
    if form is None:
        return ""
    sessions = (*origins(sight.session), sight.session.id)
    if numbered := _numbered(wanted, sight, sessions):
        return f"did you mean {numbered}?"
    labels = dict(_labels(sight, sessions))
    bare, marked, _ = wanted.partition("~")
    if alike := [each for each in labels if marked and each.partition("~")[0] == bare]:
        return f"did you mean {' or '.join(alike)}?"
    known = sight.meeting.group(form["owner"])
    near = "" if known else nearest(wanted, tuple(labels))
    if near:
        return f"did you mean {near}?"
    owner = known.id if known else nearest(form["owner"], tuple(dict.fromkeys(labels.values())))
    own = sorted((each for each, of in labels.items() if of == owner), key=_natural)
    there = own[0] if len(own) == 1 else f"{own[0]} to {own[-1]}" if own else "none yet"
    return f"{sight.meeting.name_of(owner)} has {there}" if owner else ""


def _numbered(wanted: str, sight: Sight, sessions: tuple[str, ...]) -> str:
    """An entry's number without its colon: `africa12` for `africa:12`."""
    match = re.fullmatch(r"(?P<desk>[a-z0-9-]*[a-z-])(?P<number>\d{1,9})", wanted)
    if match is None:
        return ""
    record = record_of(sight)
    for session in sessions:
        number = f"{match['desk']}:{match['number']}"
        number = number if session == sight.session.id else f"{session}/{number}"
        if record.find(number, sight.source, sight.meeting):
            return number
    return ""


def _labels(sight: Sight, sessions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The labels of some sessions as they are typed, each with its owner."""
    record = record_of(sight)
    for entry_id, label in record.labelled().items():
        source = record.source(entry_id)
        if source is not None and source.session in sessions and record.statement(entry_id):
            yield typed(label, source.session, sight.meeting), label.owner


def _natural(label: str) -> tuple[str, int]:
    digits = re.search(r"(\d+)(?:[@~]|$)", label)
    return ("@" in label) * "@", int(digits[1]) if digits else 0
