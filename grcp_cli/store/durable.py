"""Bytes that stay: on disk before anybody is told so.

Promised: after a call returns, what it wrote survives a crash of the process and of the system. Not
promised: what a disk does that says it has written and has not.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def keep(path: Path, data: bytes) -> None:
    """Appends bytes to a file that is there or not, on disk when this returns, its name too.

    Raises:
        OSError: As the system refused.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | BINARY, 0o666)
    try:
        append(descriptor, data if data.endswith(b"\n") else data + b"\n")
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


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
    replace_all([(path, data)])


def replace_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Puts several whole files in place: all of them, or where the system refuses one, none.

    Each is on disk beside its place before the first is put there, so that little is left that can fail; what was
    put there by then is taken back. A crash in that last moment may leave some old and some new, each of them whole.

    Raises:
        DiskError: As the system refused; the old files are untouched.
    """
    new: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, data in files:
            make_folder(path.parent)
            new.append((path, _beside(path, data)))
        _put(new)
        for path in {each.parent: each for each, _ in new}.values():
            sync_folder(path.parent)
    except OSError as error:
        raise refused("write", path, error) from error
    finally:
        for _, left in new:
            with contextlib.suppress(OSError):
                left.unlink()


def _put(new: list[tuple[Path, Path]]) -> None:
    """Renames each file written beside its place to that place; after a failure all are as they were."""
    old: list[tuple[Path, Path]] = []
    try:
        for at, (path, written) in enumerate(new):
            if at + 1 < len(new):  # the last has none after it that could fail
                old.append((path, _aside(path)))
            try:
                written.replace(path)
            except OSError as error:
                raise refused("write", path, error) from error
    except BaseException:
        for path, was in reversed(old):
            with contextlib.suppress(OSError):
                if was.exists():
                    was.replace(path)
                else:
                    path.unlink(missing_ok=True)
        raise
    finally:
        for _, was in old:
            with contextlib.suppress(OSError):
                was.unlink()


def _aside(path: Path) -> Path:
    """A second name, or where a file system has none a copy, of what is about to be replaced; nothing of nothing."""
    was = path.with_name(f".{path.name}.old")
    was.unlink(missing_ok=True)
    if path.exists():
        try:
            was.hardlink_to(path)
        except OSError:
            shutil.copyfile(path, was)
    return was


def _beside(path: Path, data: bytes) -> Path:
    """Writes the bytes, on disk, to a file beside the place where they will be."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            sync(descriptor)
        finally:
            os.close(descriptor)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask()
        Path(name).chmod(mode)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def umask() -> int:
    """The permissions that new files and folders do without."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
