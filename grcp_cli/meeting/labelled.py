"""Which label was meant by a mistyped one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .decision import record_of
from .labels import typed
from .names import nearest
from .reported import origins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .decision import Sight

_FORM = re.compile(r"(?P<owner>.*?[^\d.])\.?\d+(?:@\S*)?")


def nearest_to(reference: str, sight: Sight) -> str:
    """Which label was meant by one that is none, in words; empty where nothing is near."""
    wanted = "".join(reference.casefold().split())
    form = _FORM.fullmatch(wanted)
    if form is None:
        return ""
    sessions = (*origins(sight.session), sight.session.id)
    labels = dict(_labels(sight, sessions))
    if near := nearest(wanted, tuple(labels)):
        return f"did you mean {near}?"
    owner = nearest(form["owner"], tuple(dict.fromkeys(labels.values())))
    own = sorted((each for each, of in labels.items() if of == owner), key=_natural)
    if not own:
        return ""
    there = own[0] if len(own) == 1 else f"{own[0]} to {own[-1]}"
    return f"{sight.meeting.name_of(owner)} has {there}"


def _labels(sight: Sight, sessions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The labels of some sessions as they are typed, each with its owner."""
    record = record_of(sight)
    for entry_id, label in record.labelled().items():
        source = record.source(entry_id)
        if source is not None and source.session in sessions:
            yield typed(label, source.session, sight.meeting), label.owner


def _natural(label: str) -> tuple[str, int]:
    digits = re.search(r"(\d+)(?:@|$)", label)
    return ("@" in label) * "@", int(digits[1]) if digits else 0
