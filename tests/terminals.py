"""The program on a pseudo-terminal of its own, and the screen it draws."""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

GRCP = [sys.executable, "-m", "grcp_cli"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal and signals as POSIX has them")
UP, DOWN, RIGHT, ESC, TAB, CTRL_C, CTRL_O = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b", "\t", "\x03", "\x0f"
_UNWANTED = ("NO_COLOR", "GRCP_THEME", "GRCP_PLAIN", "COLORTERM", "GRCP_RECORDS", "GRCP_DESK", "COLUMNS", "LINES")
LONGEST = 30.0
"""Seconds after which what was waited for never comes."""


def environment(**more: str) -> dict[str, str]:
    """What a person's shell gives the program, whatever this one has set."""
    kept = {key: value for key, value in os.environ.items() if key not in _UNWANTED}
    return {**kept, "TERM": "xterm-256color", "GRCP_AGENDA": "grcp8", "PYTHONUTF8": "1", **more}


class Terminal:
    """A process on a pseudo-terminal.

    Attributes:
        beside: Another one that is read with it: nobody can draw on a terminal that nobody looks at.
    """

    beside: "Terminal | None" = None

    def __init__(self, folder: Path, *arguments: str, size: tuple[int, int] = (100, 30), **more: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        import pyte

        self.columns, self.rows = size
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        self.screen = pyte.Screen(*size)
        self.screen.write_process_input = self.type
        self.stream = pyte.ByteStream(self.screen)
        self.process = subprocess.Popen(
            [*GRCP, *arguments],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(**more),
            start_new_session=True,
            # Whose window is closed is told so by the system only where it is the process's own terminal.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        os.close(slave)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def shown(self) -> str:
        try:
            return "\n".join(line.rstrip() for line in self.screen.display).rstrip()
        except IndexError:
            return ""  # half a wide letter, while a frame is read: pyte cannot tell such a line

    def wait(self, seen: Callable[[str], bool], what: str = "it") -> None:
        until = time.monotonic() + LONGEST
        while not seen(self.shown()):
            assert time.monotonic() < until, f"{what} never came; the screen:\n{self.shown()}"
            self.read()

    def wait_for(self, *texts: str) -> None:
        self.wait(lambda shown: all(text in shown for text in texts), str(texts))

    def ready(self) -> None:
        """Waits until lines may be typed: what is typed earlier may be lost."""
        self.wait_for("F1 help")

    def read(self) -> None:
        open_ = {each.master: each for each in (self, self.beside) if each and each.master >= 0}
        for ready in select.select([*open_], [], [], 0.05)[0]:
            with contextlib.suppress(OSError):
                open_[ready].stream.feed(os.read(ready, 65536))

    def leave(self) -> int:
        """Leaves the live screen."""
        self.type(CTRL_C)
        self.wait_for("leave (/quit)")
        self.type(CTRL_C)
        return self.end()

    def end(self) -> int:
        """Waits until the process ends; its exit code."""
        until = time.monotonic() + LONGEST
        while self.process.poll() is None and time.monotonic() < until:
            self.read()
        return self.process.wait(10)

    def hang_up(self) -> None:
        """Closes the terminal's window."""
        os.close(self.master)
        self.master = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.master >= 0:
            with contextlib.suppress(OSError):
                os.close(self.master)
