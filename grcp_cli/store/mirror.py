"""A second copy of a session file, elsewhere: on a stick, on a share.

Only whole sealed blocks are copied, byte for byte, and only behind what is there already. What the other place does
wrong is told in a sentence and raises nothing: the record does not depend on it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError

from . import blocks, durable
from .locks import AppendLock, BusyError

if TYPE_CHECKING:
    from pathlib import Path

_WRONG = {
    errno.ENOENT: "the folder is not there",
    errno.ENOTDIR: "a file is in the way there",
    errno.EEXIST: "a file is in the way there",
    errno.ENOSPC: "the disk there is full",
    errno.EDQUOT: "your share of the disk there is used up",
    errno.EROFS: "the disk there is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EIO: "the disk there failed",
}


class MirrorError(GrcpError):
    """A mirror that would be the record itself."""


class _Stamp(NamedTuple):
    """What tells that a file has changed."""

    device: int
    inode: int
    size: int
    changed: int


class _Known(NamedTuple):
    """How far the copy goes and how both files looked then.

    Attributes:
        record: The session file.
        copy: The copy, as this mirror left it; None where there is none.
        device: The disk that the mirror was on.
        length: How many bytes of the record were sealed.
        digest: Of these bytes.
        wrong: What kept the copy from going on, empty for nothing.
    """

    record: _Stamp
    copy: _Stamp | None
    device: int
    length: int
    digest: bytes
    wrong: str


class Mirror:
    """The copy of one session file below another folder.

    Attributes:
        path: The session file.
        folder: The folder that holds the mirror; it must be there and is never made.
        copy: Where the copy is: in `folder` as the session file is in the records folder.
    """

    def __init__(self, path: Path, folder: Path, *, rehearsal: bool = False) -> None:
        """Mirrors the session file at `path`.

        Args:
            path: The session file, there or not yet.
            folder: The mirror's folder.
            rehearsal: Whether it is a rehearsal's file, which lies a folder deeper.

        Raises:
            MirrorError: The copy would be the session file itself.
        """
        self.path = path
        self.folder = folder
        self._below = path.parts[-3:-1] if rehearsal else path.parts[-2:-1]
        self.copy = folder.joinpath(*self._below, path.name)
        self._known: _Known | None = None
        if _same(self.copy, path):
            raise MirrorError(
                f"the mirror {folder} is the records folder itself", "name another folder, such as a stick"
            )

    def catch_up(self) -> str:
        """Brings the copy up to the last sealed block, on disk when this returns.

        Returns:
            What is wrong there, a clause for a person; empty when the copy is whole.

        Raises:
            DiskError: The record itself cannot be read.
        """
        record = self._record()
        try:
            if not self.folder.is_dir():
                return _WRONG[errno.ENOENT]
            copy = _stamp(self.copy)
            known = self._known
            if known and (record, copy) == (known.record, known.copy):
                return known.wrong
            if record is None:
                return self._more if copy and copy.size else ""
            if copy is None and known and known.copy and known.device != self.folder.stat().st_dev:
                return "another disk is there, without the copy"
            return self._go_on(record)
        except OSError as error:
            return _WRONG.get(error.errno or 0, error.strerror or str(error))

    def _go_on(self, record: _Stamp) -> str:
        self._make_folders()
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(AppendLock(self.copy))
            except BusyError:
                return "another program holds the copy"
            sealed, copy = self._sealed(), _stamp(self.copy)
            known = self._known
            if known and not known.wrong and known.copy == copy and _digest(sealed[: known.length]) == known.digest:
                length, wrong = known.length, ""
            else:
                length, wrong = self._compared(sealed)
            if not wrong and sealed:
                self._append(sealed, length)
            digest = _digest(sealed)
            self._known = _Known(record, _stamp(self.copy), self.folder.stat().st_dev, len(sealed), digest, wrong)
        return wrong

    @property
    def _more(self) -> str:
        more = f"{self.copy.name} there holds more than the record here, so nothing is written there"
        return f"{more}: bring that back first, or choose another folder"

    def _compared(self, sealed: bytes) -> tuple[int, str]:
        """How far the copy is the beginning of the record, and what is wrong where it is something else."""
        try:
            there = self.copy.read_bytes()
        except FileNotFoundError:
            return 0, ""
        if sealed.startswith(there):
            return len(there), ""
        # A crash may leave zeros for bytes that were on their way.
        bare = there.rstrip(blocks.BLANK + b"\0")
        if sealed.startswith(bare):
            return len(bare), ""
        if there.startswith(sealed):
            return 0, self._more
        other = f"{self.copy.name} there is not the beginning of this record, so nothing is written there"
        return 0, f"{other}: choose another folder"

    def _append(self, sealed: bytes, length: int) -> None:
        descriptor = os.open(self.copy, os.O_WRONLY | os.O_APPEND | os.O_CREAT | durable.BINARY, 0o666)
        try:
            if not length:
                # The name before the bytes, as for the record.
                durable.sync_folder(self.copy.parent)
            if os.fstat(descriptor).st_size > length:
                os.ftruncate(descriptor, length)
            if length < len(sealed):
                durable.append(descriptor, sealed[length:])
        finally:
            os.close(descriptor)

    def _make_folders(self) -> None:
        """Makes the folders below the mirror's own, never that one: an empty mount point is no stick."""
        above = self.folder
        for name in self._below:
            folder = above / name
            if not folder.is_dir():
                folder.mkdir(exist_ok=True)
                durable.sync_folder(above)
            above = folder

    def _record(self) -> _Stamp | None:
        try:
            return _stamp(self.path)
        except OSError as error:
            raise durable.refused("read", self.path, error) from error

    def _sealed(self) -> bytes:
        """The whole blocks of the record."""
        try:
            # An append in flight may still be taken back: what counts is what is there between two.
            with AppendLock(self.path):
                size = self.path.stat().st_size
            with self.path.open("rb") as file:
                data = file.read(size)
        except OSError as error:
            raise durable.refused("read", self.path, error) from error
        return data[: len(data) - len(blocks.cut(data)[2])]


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, there or not yet."""
    if one.parent.is_dir() and other.parent.is_dir():
        return one.name == other.name and one.parent.samefile(other.parent)
    return one.resolve() == other.resolve()
