"""The session file: read it whole, follow it as it grows, append to it.

Only a file's end is ever written. Readers take no lock and repair nothing.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import tomli

from grcp_cli.errors import GrcpError

from . import blocks, durable
from .ending import FAR, NEAR, NOTHING, Tail, read_at, tail
from .locks import AppendLock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from grcp_cli.meeting.entry import Draft, Entry

_SEAM = 64
"""Bytes before what is to be read next that must still be there: they hold the last block's seal."""
_NO_RECORD = "holds nothing that grcp wrote, or was saved in another encoding"


class RecordFault(GrcpError):  # noqa: N818 - a fault in a record, as people say
    """A session file that cannot be what it is taken for."""

    exit_code = 3


class Edited(NamedTuple):
    """A block whose seal is wrong or missing: its entry's id, and the hash that was found."""

    id: str
    found: str


class Journal(NamedTuple):
    """One session file as read.

    Attributes:
        path: Where it is.
        header: `format`, `meeting`, `session`, `desk`, as far as given.
        entries: In the order of the file.
        edited: Blocks changed by hand and not accepted since.
        faults: What is wrong with its form, in sentences.
        torn: The bytes of an append that did not finish.
        seal: The last block's, which stands for all before it; empty where there is none.
    """

    path: Path
    header: dict[str, Any]
    entries: list[Entry]
    edited: list[Edited]
    faults: list[str]
    torn: bytes
    seal: str = ""

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


def read(path: Path) -> Journal:
    """Reads a whole session file.

    Raises:
        DiskError: The system refused.
        FileNotFoundError: There is no such file.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise durable.refused("read", path, error) from error
    return _Reading(path).more(data).journal()


class _Reading:
    """A file being read: takes bytes, whole blocks at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0
        self.seam = b""
        self.entries: list[Entry] = []
        self.before: str | bytes = b""
        self._header: dict[str, Any] = {}
        self._count = 0
        self._edited: list[Edited] = []
        self._accepted: set[tuple[str, str]] = set()
        self._faults: list[str] = []
        self._ill_formed: dict[Edited, str] = {}
        self._torn = b""

    def more(self, data: bytes) -> _Reading:
        """Takes the bytes behind `offset`; an unfinished block is left for the next time."""
        head, chunks, self._torn = blocks.cut(data)
        if chunks:
            if not self.offset:
                self._take_header(head)
            whole = len(data) - len(self._torn)
            self.offset += whole
            self.seam = data[max(0, whole - _SEAM) : whole]
            for chunk in chunks:
                for part in blocks.parts(chunk):
                    self._take(part)
        return self

    def _take_header(self, head: bytes) -> None:
        if head.startswith(blocks.BOM):
            told = "begins with a byte order mark, which another program put there"
            self._faults.append(f"{told}; grcp record repair takes it out")
            head = head.removeprefix(blocks.BOM)
        self.before = blocks.plain(head)
        try:
            self._header = tomli.loads(self.before.decode("utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            self._faults.append(f"has a header that is not TOML: {error}")
        if self._header.get("format") != 1 and not self._faults:
            self._faults.append(f"has format {self._header.get('format', 'missing')}, this version reads 1")

    def _take(self, chunk: bytes) -> None:
        self._count += 1
        previous = self.entries[-1] if self.entries else None
        block = blocks.read(chunk, self.before, previous)
        self.before = block.seal or block.found
        entry = block.entry
        edited = Edited(entry.id if entry else f"block-{self._count}", block.found)
        if block.fault:
            self._ill_formed[edited] = f"block {self._count} {block.fault}"
        if block.seal != block.found:
            self._edited.append(edited)
        if entry is None:
            return
        self.entries.append(entry)
        if accepts := entry.accepts:
            self._accepted.add(accepts)

    def journal(self) -> Journal:
        edited = [each for each in self._edited if each not in self._accepted]
        ill_formed = [told for each, told in self._ill_formed.items() if each not in self._accepted]
        faults = [*self._faults, *ill_formed]
        if not self.offset and not blocks.begun(self._torn):
            faults = [*faults, _NO_RECORD]
        torn, seal = self._torn.strip(blocks.BLANK), self.before if isinstance(self.before, str) else ""
        return Journal(self.path, self._header, self.entries, edited, faults, torn, seal)


class Follower:
    """Follows one session file as it grows; `poll` gives what came since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reading = _Reading(path)
        self._inode = 0

    @property
    def entries(self) -> list[Entry]:
        """Everything so far."""
        return self._reading.entries

    @property
    def journal(self) -> Journal:
        """The file as far as read."""
        return self._reading.journal()

    def poll(self) -> tuple[list[Entry], bool]:
        """The entries that came since the last time.

        Returns:
            The new entries, and whether the file was replaced by another, so that they are all there is.

        Raises:
            DiskError: The system refused.
        """
        try:
            with self.path.open("rb") as file:
                found = os.fstat(file.fileno())
                seam = self._reading.seam
                file.seek(self._reading.offset - len(seam))
                replaced = found.st_ino != self._inode != 0 or file.read(len(seam)) != seam
                self._inode = found.st_ino
                if replaced:
                    self._reading = _Reading(self.path)
                    file.seek(0)
                data = file.read()
        except FileNotFoundError:
            return [], False
        except OSError as error:
            raise durable.refused("read", self.path, error) from error
        known = len(self._reading.entries)
        self._reading.more(data)
        return self._reading.entries[known:], replaced


class Held:
    """A session file held for appending: `with Held(path, header) as held: held.append(…)`.

    The append lock is held throughout, so what is decided inside on what the file says still holds when it is
    written.
    """

    def __init__(self, path: Path, header: bytes) -> None:
        self.path = path
        self._header = header
        self._stack = contextlib.ExitStack()
        self._descriptor: int | None = None
        self._tail: Tail | None = None
        self.set_aside = False

    def __enter__(self) -> Self:
        try:
            durable.make_folder(self.path.parent)
            self._stack.enter_context(AppendLock(self.path))
            with contextlib.suppress(FileNotFoundError):
                self._open(os.O_RDWR | os.O_APPEND)
        except OSError as error:
            self._stack.close()
            raise durable.refused("write", self.path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open(self, flags: int) -> None:
        self._descriptor = os.open(self.path, flags | durable.BINARY, 0o666)
        self._stack.callback(os.close, self._descriptor)

    @property
    def own(self) -> bool:
        """Whether the file begins as it would be given to begin; one not yet there does."""
        if self._descriptor is None:
            return True
        return self._header.startswith(read_at(self._descriptor, 0, len(self._header)))

    @property
    def tail(self) -> Tail:
        """The end of the file as it now is."""
        if self._tail is None:
            self._tail = NOTHING if self._descriptor is None else tail(self._descriptor, NEAR)
        return self._tail

    def tails(self) -> Iterator[Tail]:
        """The end of the file as it now is, then more of it where there is more."""
        yield self.tail
        if not self.tail.complete and self._descriptor is not None:
            yield tail(self._descriptor, FAR)

    def append(self, draft: Draft, at: datetime, entry_id: str) -> Entry:
        """Appends one block, as `append_all` does."""
        return self.append_all([(draft, at, entry_id)])[0]

    def append_all(self, drafts: Iterable[tuple[Draft, datetime, str]]) -> list[Entry]:
        """Appends blocks, each of a draft, its instant and its id; all are on disk when this returns, or none is.

        Raises:
            DiskError: The system refused; the file is as it was.
            RecordFault: What is in the file is no record.
        """
        try:
            return self._append(drafts)
        except OSError as error:
            raise durable.refused("write", self.path, error) from error

    def extend(self, data: bytes) -> None:
        """Appends whole blocks as they are, on disk when this returns; the file must be there.

        Raises:
            DiskError: The system refused; the file is as it was.
        """
        assert self._descriptor is not None
        try:
            self._set_torn_aside(self.tail)
            durable.append(self._descriptor, data)
        except OSError as error:
            raise durable.refused("write", self.path, error) from error
        self._tail = None

    def _append(self, drafts: Iterable[tuple[Draft, datetime, str]]) -> list[Entry]:
        from grcp_cli.meeting.entry import CAPTURED, Entry

        if self._descriptor is None:
            self._open(os.O_RDWR | os.O_APPEND | os.O_CREAT)
        assert self._descriptor is not None
        before = self.tail
        self._set_torn_aside(before)
        if not before.before:
            # The name before the bytes: a failure after them would be told of a block that is there.
            durable.sync_folder(self.path.parent)
        lead = b"" if before.before else self._header
        written, entries = [b"\n" if before.newline else lead], []
        seal, n = before.before, before.n
        for draft, at, entry_id in drafts:
            n += draft.kind in CAPTURED
            written.append(blocks.block(entry_id, at, n, draft, seal or self._header))
            seal = written[-1][-15:-3].decode()
            entries.append(Entry(entry_id, at, n, draft.kind, draft.fields, seal))
        data = b"".join(written)
        durable.append(self._descriptor, data)
        self._tail = Tail(seal, n, before.whole + len(data), newline=False, chunks=written[-1:], complete=False)
        return entries

    def _set_torn_aside(self, before: Tail) -> None:
        """Moves the bytes of an unfinished append to `FILE.torn` before the file goes on."""
        assert self._descriptor is not None
        size = os.fstat(self._descriptor).st_size
        if size == before.whole:
            return
        torn = read_at(self._descriptor, before.whole, size - before.whole)
        if not before.before and not blocks.begun(torn):
            raise RecordFault(
                f"{self.path} {_NO_RECORD}", "put that file away, or choose another folder with --records"
            )
        if torn.strip(blocks.BLANK):
            durable.keep(self.path.with_name(f"{self.path.name}.torn"), torn)
            self.set_aside = True
        os.ftruncate(self._descriptor, before.whole)
        durable.sync(self._descriptor)
