"""How many pages a PDF has."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TREE = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
_PACKED = re.compile(rb"/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)


def pages(data: bytes) -> int:
    """The number of pages that a PDF says it has, 0 where that cannot be told."""
    counts = (int(one or other) for piece in _pieces(data) for one, other in _TREE.findall(piece))
    return max(counts, default=0)


def _pieces(data: bytes) -> Iterator[bytes]:
    """The file itself, and what it holds packed."""
    yield data
    for packed in _PACKED.findall(data):
        try:
            yield zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue
