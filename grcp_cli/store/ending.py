"""The end of a session file, read without the rest of it: all that an append needs to know."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from . import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.entry import Entry

NEAR, FAR = 2 * 1024, 64 * 1024
"""How far back the end of a file is read: for an append, and for whoever it does not tell enough."""


class Tail(NamedTuple):
    """The end of a session file.

    Attributes:
        before: The seal that the next block is sealed behind, empty where there is no block yet.
        n: How many captured entries there are.
        whole: How many bytes are whole blocks; what follows is torn.
        newline: Whether the last whole line lacks its end.
        chunks: The last whole blocks, oldest first; how many depends on their size.
        complete: Whether these are all blocks.
    """

    before: str
    n: int
    whole: int
    newline: bool
    chunks: list[bytes]
    complete: bool

    def backward(self) -> Iterator[Entry]:
        """The entries of the last blocks, newest first."""
        for chunk in reversed(self.chunks):
            for part in reversed(blocks.parts(chunk)):
                entry = blocks.read(part, "", None).entry
                if entry is not None:
                    # Without the seal before it a block cannot be told to have been changed.
                    yield entry._replace(found="")


NOTHING = Tail("", 0, 0, newline=False, chunks=[], complete=True)


def tail(descriptor: int, reach: int) -> Tail:
    """Reads so many bytes from a file's end, more where the last whole block needs it."""
    size = os.fstat(descriptor).st_size
    while True:
        start = max(0, size - reach)
        data = read_at(descriptor, start, size - start)
        if start:
            # The first line may be cut anywhere, even so that it looks like the beginning of a block.
            data = data[data.find(b"\n") + 1 :]
        _, chunks, torn = blocks.cut(data)
        if chunks or not start:
            break
        reach *= 8
    if not chunks:
        return NOTHING
    last = blocks.parts(chunks[-1])[-1]
    n = blocks.number(last)
    if n is None:
        n = _numbered(descriptor)
    newline = not chunks[-1].endswith(b"\n")
    return Tail(blocks.sealed_with(last), n, size - len(torn), newline, chunks, complete=not start)


def _numbered(descriptor: int) -> int:
    """The last number of a file whose last block was not written by grcp: from the whole."""
    last: Entry | None = None
    for chunk in blocks.cut(read_at(descriptor, 0, os.fstat(descriptor).st_size))[1]:
        for part in blocks.parts(chunk):
            last = blocks.read(part, "", last).entry or last
    return last.n if last else 0


def read_at(descriptor: int, start: int, count: int) -> bytes:
    """So many bytes of an open file from a place, fewer at its end."""
    os.lseek(descriptor, start, os.SEEK_SET)
    parts = []
    while count and (part := os.read(descriptor, count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
