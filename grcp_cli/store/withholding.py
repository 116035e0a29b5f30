"""Session files as they are carried away: what is internal stays behind, and the seals still hold.

In the place of an internal entry, and of everything that corrects it or says how it stands, goes a block of the kind
`withheld`: id, instant and number, none of the words. The file's other blocks are as they were. Whoever has the whole
file sees the two to be one, and whoever gets the whole file later has it completed. The seal that it keeps is over a
salt too, which does not leave: nobody who guesses the words can tell by the seal that the guess is right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.entry import WITHHELD, stays_behind
from grcp_cli.meeting.entry import internal as is_internal

from . import blocks
from .copies import Copy
from .journal import RecordFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grcp_cli.meeting.entry import Entry

_INTERNAL = re.compile(rb"\binternal\b")


class Carried(NamedTuple):
    """A session file as it goes out: its bytes, and how many internal entries stayed behind."""

    data: bytes
    withheld: int


def internal(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids of what is internal among all entries of a meeting: entries, and whatever was done to them."""
    listed = list(entries)
    hidden = {each.id for each in listed if is_internal(each)}
    return frozenset(each.id for each in listed if stays_behind(each, hidden.__contains__))


def carried(name: str, data: bytes, hidden: frozenset[str] | None, owners: Mapping[str, str]) -> Carried:
    """A file as it goes out: whole blocks only, those of the ids in `hidden` withheld.

    Args:
        name: The file's, for messages.
        data: Its bytes.
        hidden: As `internal` tells; None to withhold nothing.
        owners: Of the labels that blocks gave, as the record knows them.

    Raises:
        RecordFault: A block cannot be read, and may be internal.
    """
    copy = Copy(data)
    if hidden is None:
        return Carried(data if not copy.torn.strip() else copy.head + b"".join(copy.chunks), 0)
    out, count = [copy.head], 0
    for at, (chunk, (block, _)) in enumerate(zip(copy.chunks, copy.read(0), strict=True)):
        entry = block.entry
        if (entry is None or block.fault) and _INTERNAL.search(chunk):
            told = f"block {at + 1} of {name} {block.fault}: whether it is internal cannot be told"
            raise RecordFault(told, "mend it, or pack everything with --internal")
        if entry is not None and entry.id in hidden and entry.kind != WITHHELD:
            out.append(blocks.stub(entry, copy.before(at), owners.get(entry.id, "")))
            count += entry.captured
        else:
            out.append(chunk)
    return Carried(b"".join(out), count)
