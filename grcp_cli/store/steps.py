"""What was decided on a file that was handed over, and how it is done: on disk, or not at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.entry import WITHHELD

from . import durable
from .journal import Held
from .locks import AppendLock
from .mending import marked, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from grcp_cli.meeting.entry import Entry, Source

    from .incoming import Given

NEW, LONGER, FORK, COMPLETES, ACCEPTED, MENDS = "new", "longer", "branch", "completes", "accepted", "mends"
SAME, OLDER = "same", "older copy"
OTHER, REHEARSED, REAL, BY_HAND, FORMAT, EMPTY = (
    "another meeting",
    "a rehearsal",
    "no rehearsal",
    "changed by hand",
    "unknown format",
    "no whole block",
)
WRITES = (NEW, LONGER, FORK, COMPLETES, ACCEPTED, MENDS)


class Counts(NamedTuple):
    """What blocks hold.

    Attributes:
        kinds: Captured entries by kind; `groups` by the group they carry.
        internal: How many of these are internal.
        acts: All else.
        withheld: How many stand for an internal entry that was not sent along.
        completed: How many such are there now in full.
    """

    kinds: Mapping[str, int] = {}
    groups: Mapping[str, int] = {}
    internal: int = 0
    acts: int = 0
    withheld: int = 0
    completed: int = 0

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Counts:
        """What entries come to."""
        listed = list(entries)
        captured = [each for each in listed if each.captured]
        return cls(
            dict(Counter(each.kind for each in captured)),
            dict(Counter(str(each.fields["group"]) for each in captured if each.fields.get("group"))),
            sum(each.fields.get("internal") is True for each in captured),
            sum(not each.captured and each.kind != WITHHELD for each in listed),
            sum(each.kind == WITHHELD for each in listed),
        )


class Step(NamedTuple):
    """What is to be done with one file that was handed over.

    Attributes:
        given: The file.
        what: One of the words above; `WRITES` are those with which something is written.
        source: The desk that it is of, None for what is not taken.
        path: Where it goes, or what it is a copy of.
        base: What is there now, None for nothing.
        data: What is to be there as a whole, or for `LONGER` behind it.
        counts: Of what is new.
        shared: Blocks that it has in common with what is there.
        notices: What a person should know besides, in sentences.
        faults: What they should see to, in sentences.
    """

    given: Given
    what: str
    source: Source | None = None
    path: Path | None = None
    base: bytes | None = None
    data: bytes = b""
    counts: Counts = Counts()
    shared: int = 0
    notices: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def act(step: Step) -> bool:
    """Does what was decided, on disk when this returns.

    Returns:
        False where the folder has changed since, so that it must be decided anew.

    Raises:
        DiskError: The system refused; what was there is as it was.
    """
    path = step.path
    assert path is not None, "only what has a place is written"
    if step.what == LONGER:
        with Held(path, b"") as held:
            if _bytes(path) != step.base:
                return False
            held.extend(step.data)
        return True
    try:
        durable.make_folder(path.parent)
        with AppendLock(path):
            if _bytes(path) != step.base:
                return False
            if step.base and marked(step.base):
                put(path, step.base, step.data)
            else:
                durable.replace(path, step.data)
    except OSError as error:
        raise durable.refused("write", path, error) from error
    return True


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
