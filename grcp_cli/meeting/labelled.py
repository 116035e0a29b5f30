"""What a label means where answers of other sessions are heard, and which one was meant by a mistyped one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .decision import record_of
from .names import nearest
from .reported import origins
from .telling import label_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .decision import Sight
    from .record import Label

_FORM = re.compile(r"(?P<owner>.*?[^\d.@])\.?\d+(?:@[a-z0-9-]+)?")


def heard(reference: str, sight: Sight) -> str:
    """The entry that a label, typed or as printed, means among the answers that a session hears; empty for none.

    There `africa3` stays what Africa's own desk called so, also once the session has an `Africa 3` of its own.
    """
    sessions = origins(sight.session)
    if not sessions:
        return ""
    record, wanted = record_of(sight), "".join(reference.casefold().split())
    found = [
        (key, entry_id)
        for entry_id, label in _labels(sight, sessions)
        if wanted in (label.typed, "".join(label_name(label, sight.meeting).casefold().split()))
        and (key := record.key(entry_id))
        and record.statement(entry_id)
    ]
    return min(found)[1] if found else ""


def nearest_to(reference: str, sight: Sight) -> str:
    """Which label was meant by one that is none, in words; empty where nothing is near."""
    wanted = "".join(reference.casefold().split())
    form = _FORM.fullmatch(wanted)
    if form is None:
        return ""
    sessions = (*origins(sight.session), sight.session.id)
    labels = {label.typed: label.owner for _, label in _labels(sight, sessions)}
    known = sight.meeting.group(form["owner"])
    near = "" if known else nearest(wanted, tuple(labels))
    if near:
        return f"did you mean {near}?"
    owner = known.id if known else nearest(form["owner"], tuple(dict.fromkeys(labels.values())))
    own = sorted((each for each, of in labels.items() if of == owner), key=_natural)
    there = own[0] if len(own) == 1 else f"{own[0]} to {own[-1]}" if own else "none yet"
    return f"{sight.meeting.name_of(owner)} has {there}" if owner else ""


def _labels(sight: Sight, sessions: tuple[str, ...]) -> Iterator[tuple[str, Label]]:
    record = record_of(sight)
    for entry_id, label in record.labels.items():
        source = record.source(entry_id)
        if source is not None and source.session in sessions:
            yield entry_id, label


def _natural(label: str) -> tuple[str, int]:
    digits = re.search(r"(\d+)(?:@|$)", label)
    return ("@" in label) * "@", int(digits[1]) if digits else 0
