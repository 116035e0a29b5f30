"""Bytes that stay: on disk before anybody is told so.

Promised: after a call returns, what it wrote survives a crash of the process and of the system. Not
promised: what a disk does that says it has written and has not.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from pathlib import Path

from grcp_cli.errors import GrcpError

BINARY: int = getattr(os, "O_BINARY", 0)
"""Without it Windows would turn each LF into CRLF."""


class DiskError(GrcpError):
    """The system refused to write: disk full, read-only, no permission, folder gone."""

    exit_code = 6


def refused(doing: str, path: Path, error: OSError) -> DiskError:
    """What the system's refusal means to a person."""
    hints = {
        errno.ENOSPC: "the disk is full: make room, then do it again",
        errno.EDQUOT: "your share of the disk is used up: make room, then do it again",
        errno.EROFS: "the disk is read-only: choose another folder with --records",
        errno.EACCES: "you may not write there: ask for permission, or choose another folder with --records",
        errno.EPERM: "you may not write there: ask for permission, or choose another folder with --records",
        errno.ENOENT: "the folder is gone: bring it back, then do it again",
        errno.EIO: "the disk failed: save to another place with --records",
    }
    hint = hints.get(error.errno or 0, "nothing written before is harmed")
    if doing == "read" and error.errno == errno.ENOENT:
        hint = "name a file that is there"
    return DiskError(f"cannot {doing} {path}: {error.strerror or error}", hint)


def sync(descriptor: int) -> None:
    """Waits until the file's bytes are on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        # fsync(2) on macOS leaves the bytes in the drive's cache; F_FULLFSYNC does not. Some file systems lack it.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on disk; Windows does this with the file itself.

    Some network file systems know no such thing and say so; nothing more can be asked of them.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it, each on disk in the one that holds it."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def append(descriptor: int, data: bytes) -> None:
    """Appends all of `data` to an open file, on disk when this returns.

    After any failure, or when interrupted, the file is as long as it was: a part of a block, or one that may or
    may not be on disk, would stand there a second time when the same line is saved again.

    Raises:
        OSError: As the system refused.
    """
    before = os.fstat(descriptor).st_size
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        sync(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, before)
            os.fsync(descriptor)
        raise


def replace(path: Path, data: bytes) -> None:
    """Puts a whole file in place at once: a reader, or a crash, sees the old bytes or the new ones.

    Raises:
        DiskError: As the system refused; the old file is untouched.
    """
    name = ""
    try:
        make_folder(path.parent)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            sync(descriptor)
        finally:
            os.close(descriptor)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        written = Path(name)
        written.chmod(mode)
        written.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink()
        raise refused("write", path, error) from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
