"""The two locks beside a session file; both go with the process that holds them, however it ends.

`.lock` serialises appends and is held for one of them. `.seat` is held by a console throughout and refuses
only a second console on the same desk; it tells in its first line who sits there, and in its second, written every
other second, by which clocks (`pulse.py`).
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError

from .durable import BINARY, DiskError, make_folder, refused

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 30.0
_ASKING = 0.05
_MOST = 1000
"""Bytes of a seat that are read."""
_FAR = 1 << 30
"""Windows locks bytes and keeps others from reading them: one far behind the text is locked."""

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int, *, wait: bool = False, shared: bool = False) -> bool:
        # There is no shared lock of this kind: who only asks tries for a moment, others may be asking too.
        patience = _PATIENCE if wait else _ASKING if shared else 0
        until = time.monotonic() + patience
        while True:
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.005)
            else:
                return True

else:
    import fcntl

    def _take(descriptor: int, *, wait: bool = False, shared: bool = False) -> bool:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        until = time.monotonic() + (_PATIENCE if wait else 0)
        while True:
            try:
                fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.002)
            else:
                return True


class BusyError(DiskError):
    """Another process holds a lock for longer than an append takes."""


class TakenError(GrcpError):
    """Somebody else sits at this desk."""

    exit_code = 6


class AppendLock:
    """`with AppendLock(path):` one writer at a time."""

    def __init__(self, path: Path) -> None:
        self._name = f"{path}.lock"
        self._path = path

    def __enter__(self) -> None:
        self._descriptor = os.open(self._name, os.O_RDWR | os.O_CREAT | BINARY, 0o666)
        taken = False
        try:
            taken = _take(self._descriptor, wait=True)
        finally:
            if not taken:
                os.close(self._descriptor)
        if not taken:
            raise BusyError(f"{self._path} is locked by another program", "try again")

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


class Seat:
    """A console's seat at a desk, held until `leave` or the end of the process."""

    def __init__(self, path: Path, who: str, pulse: str = "") -> None:
        """Takes the seat of the session file at `path`.

        Args:
            path: The session file.
            who: Host, process and name, told to whoever is refused.
            pulse: As for `seen`: a kill in the first instant leaves a sign of life too.

        Raises:
            TakenError: Another console sits there.
            DiskError: The system refused.
        """
        self._name = path.with_name(path.name + ".seat")
        try:
            make_folder(path.parent)
            self._descriptor = os.open(self._name, os.O_RDWR | os.O_CREAT | BINARY, 0o666)
        except OSError as error:
            raise refused("open", path, error) from error
        # A reader that asks whether the seat is held holds it for an instant: try more than once.
        for _ in range(20):
            if _take(self._descriptor):
                break
            time.sleep(0.01)
        else:
            os.close(self._descriptor)
            sitting = held_by(path) or "another console"
            raise TakenError(
                f"{path} is in use: {sitting}",
                "use that console, add lines with grcp note, or sit at a desk of your own with --desk",
            )
        try:
            self._who = f"{who}\n"
            self._write(f"{pulse}\n" if pulse else "")
        except OSError as error:
            os.close(self._descriptor)
            raise refused("write", self._name, error) from error

    def seen(self, pulse: str) -> None:
        """Marks that somebody sits here now, so that a crash can be told from a long silence.

        A disk that refuses this does no harm that an append would not tell.

        Args:
            pulse: One line about the console's clocks.
        """
        with contextlib.suppress(OSError):
            self._write(f"{pulse}\n")

    def _write(self, pulse: str) -> None:
        """Writes both lines over what stands there; never fewer bytes for an instant than somebody may be reading."""
        data = f"{self._who}{pulse}".encode()
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, data)
        os.ftruncate(self._descriptor, len(data))

    def leave(self) -> None:
        """Gives the seat up."""
        os.close(self._descriptor)


def held_by(path: Path) -> str:
    """Who sits at the desk of a session file, empty for nobody; takes nothing and changes nothing."""
    name = f"{path}.seat"
    try:
        descriptor = os.open(name, os.O_RDONLY)
    except OSError:
        return ""
    try:
        if _take(descriptor, shared=True):
            return ""
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = os.read(descriptor, _MOST).decode("utf-8", "replace").partition("\n")[0]
        return told.strip() or "another console"
    finally:
        os.close(descriptor)


def pulse(path: Path) -> str:
    """What the console that sits at a desk, or did last, wrote about its clocks; empty for nothing."""
    try:
        with path.with_name(path.name + ".seat").open("rb") as file:
            return file.read(_MOST).decode("utf-8", "replace").partition("\n")[2].strip()
    except OSError:
        return ""
