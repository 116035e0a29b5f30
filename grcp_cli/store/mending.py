"""A session file that another program put a byte order mark before, put back to the bytes its seals are over.

Such a file is no TOML any more, yet every block in it is whole: readers tell the mark, writers append behind them.
Taken out, with the CRLF that comes with it, it leaves no word and no seal changed; the bytes that were there are kept
in `FILE.before`, as those of an unfinished append are in `FILE.torn`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import blocks, durable
from .copies import clean
from .locks import AppendLock

if TYPE_CHECKING:
    from pathlib import Path


def marked(data: bytes) -> bool:
    """Whether a session file's bytes begin with a byte order mark."""
    return data.startswith(blocks.BOM)


def mend(path: Path) -> bool:
    """Takes a byte order mark out of a session file, on disk when this returns.

    Returns:
        Whether there was one.

    Raises:
        DiskError: The system refused; the file is as it was.
    """
    try:
        with AppendLock(path):
            data = path.read_bytes()
            if not marked(data) or not blocks.cut(data)[1]:
                return False
            put(path, data, clean(data))
    except OSError as error:
        raise durable.refused("write", path, error) from error
    return True


def put(path: Path, was: bytes, data: bytes) -> None:
    """Puts bytes in the place of those that were there, whose append lock is held; these are kept beside, first.

    Raises:
        OSError: As the system refused.
    """
    durable.keep(path.with_name(f"{path.name}.before"), was)
    durable.replace(path, data)
