"""What is typed and not yet saved, in `FILE.typed` beside the session file.

The file holds whole states of the lines, each in a slot; a new one never goes where the newest stands, so a write
that is cut short or mixed by a crash leaves the one before. Two slots are made of real bytes when the file is, so
that lines fit in place on a disk that has filled up since, unless the file system writes nothing in place.

    slots of 16 KiB at 0 and 16 KiB, two of 32 KiB behind them, two of 64 KiB behind those, …
    a slot: hash " " number " " length LF, that many bytes of JSON, zeros
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import threading
from typing import TYPE_CHECKING, NamedTuple

from . import durable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SLOT = 16 * 1024
_RESERVED = 2 * _SLOT
_HEAD = re.compile(rb"([0-9a-f]{32})( (\d{1,18}) (\d{1,18})\n)")


class _State(NamedTuple):
    """One state of the lines as found: its number, where its slot begins, the lines."""

    number: int
    start: int
    lines: tuple[str, ...]


_NOTHING = _State(0, -1, ())


class Kept:
    """The lines typed at one desk and not yet saved; survives the process, however that ends.

    Safe to call from several threads.

    Attributes:
        path: Where they are kept; no file is there before something is.
    """

    def __init__(self, path: Path) -> None:
        """Keeps beside the session file at `path`."""
        self.path = path.with_name(path.name + ".typed")
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        self._newest = _NOTHING

    def load(self) -> tuple[str, ...]:
        """The lines kept, oldest first, the last perhaps unfinished; none where there are none or none are whole."""
        with self._lock, contextlib.suppress(OSError):
            return self._read().lines
        return ()

    def keep(self, lines: Sequence[str]) -> None:
        """Keeps these lines in place of those kept before; half a surrogate pair becomes U+FFFD.

        They survive this process at once, and the system as soon as it writes them of itself. The first call makes
        the file and waits for the disk.

        Raises:
            DiskError: The system refused; what was kept before still is.
        """
        try:
            with self._lock:
                if self._descriptor is None:
                    if not lines and not self.path.exists():
                        return
                    self._open()
                if lines:
                    self._put(tuple(lines))
                else:
                    self._clear()
        except OSError as error:
            raise durable.refused("write", self.path, error) from error

    def close(self) -> None:
        """Removes the file where nothing is kept, and leaves it otherwise."""
        with self._lock:
            if self._descriptor is not None:
                with contextlib.suppress(OSError):
                    durable.sync(self._descriptor)
                os.close(self._descriptor)
                self._descriptor = None
            with contextlib.suppress(OSError):
                # One that is damaged is not ours to throw away: a person may still read something in it.
                if not self.path.read_bytes().strip(b"\0"):
                    self.path.unlink()

    def _read(self) -> _State:
        return max(_states(self.path.read_bytes()), default=_NOTHING)

    def _open(self) -> None:
        durable.make_folder(self.path.parent)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | durable.BINARY, 0o666)
        try:
            self._newest = self._read()
            size = os.fstat(descriptor).st_size
            if size < _RESERVED:
                _write(descriptor, size, bytes(_RESERVED - size))
                durable.sync(descriptor)
                durable.sync_folder(self.path.parent)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def _put(self, lines: tuple[str, ...]) -> None:
        assert self._descriptor is not None
        number = self._newest.number + 1
        data = _encoded(number, lines)
        size = _SLOT
        while size < len(data):
            size *= 2
        start = _first(size)
        if start == self._newest.start:
            start += size
        # The zeros overwrite what a longer state left: what was erased in the line is erased here too.
        _write(self._descriptor, start, data.ljust(size, b"\0"))
        self._newest = _State(number, start, lines)

    def _clear(self) -> None:
        assert self._descriptor is not None
        os.ftruncate(self._descriptor, _RESERVED)
        _write(self._descriptor, 0, bytes(_RESERVED))
        self._newest = _NOTHING


def _first(size: int) -> int:
    """Where the first of the two slots of a size begins: behind all smaller ones."""
    return 2 * (size - _SLOT)


def _encoded(number: int, lines: tuple[str, ...]) -> bytes:
    text = json.dumps(lines, ensure_ascii=False)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    rest = f" {number} {len(data)}\n".encode() + data
    return _hash(rest) + rest


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:32].encode()


def _states(data: bytes) -> Iterator[_State]:
    """Every whole state in a file's bytes."""
    size = _SLOT
    while _first(size) < len(data):
        for start in (_first(size), _first(size) + size):
            head = _HEAD.match(data, start)
            if head is None:
                continue
            rest = data[head.start(2) : head.end() + int(head[4])]
            if _hash(rest) == head[1]:
                yield _State(int(head[3]), start, tuple(json.loads(rest[len(head[2]) :])))
        size *= 2


def _write(descriptor: int, start: int, data: bytes) -> None:
    """Writes at a place of a file; Windows has no call that does it in one."""
    os.lseek(descriptor, start, os.SEEK_SET)
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
