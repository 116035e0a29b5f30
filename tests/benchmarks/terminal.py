"""A process on a pseudo-terminal of its own: what it draws, when, and what it takes of the machine. POSIX only."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple, Self

LINES, COLUMNS = 30, 100
UNSEEN = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[P\]].*?(?:\x1b\\|\x07)|\x1b[()].|\x1b[^\[P\]()]")
"""What moves the cursor or changes colours."""


class Lost(Exception):  # noqa: N818 - what it was
    """Something did not appear in time."""


class Drawn(NamedTuple):
    """What appeared, and when its last byte came."""

    text: str
    at: float


class Terminal:
    """`with Terminal(...) as terminal:` runs a command of this Python on a terminal of 30 lines and 100 columns.

    Attributes:
        began: When the process was started, as everything here in seconds of `time.perf_counter`.
        pid: The process.
    """

    def __init__(self, *arguments: str) -> None:
        settings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        settings |= {"TERM": "xterm-256color", "PYTHONUTF8": "1", "GRCP_AGENDA": "grcp8"}
        self.began = time.perf_counter()
        self.pid, self._file = pty.fork()
        if not self.pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execve(sys.executable, [sys.executable, *arguments], settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves as a person would; a process that does not go is ended."""
        for _ in range(2):
            with contextlib.suppress(OSError):
                self.type("\x03")
            self.quiet(0.2)
        late = time.perf_counter() + 10
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            self.quiet(0.05)
            if time.perf_counter() > late:
                os.kill(self.pid, signal.SIGKILL)
        os.close(self._file)

    def type(self, text: str) -> None:
        data = text.encode()
        while data:
            data = data[os.write(self._file, data) :]

    def _more(self, seconds: float) -> bytes:
        """The next bytes, none when it stays quiet for so long or is gone."""
        if not select.select([self._file], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._file, 1 << 16)
        except OSError:
            return b""

    def quiet(self, seconds: float, most: float = 5.0) -> Drawn:
        """Everything until nothing came for so long."""
        data, at, began = b"", time.perf_counter(), time.perf_counter()
        while time.perf_counter() - began < most and (more := self._more(seconds)):
            data, at = data + more, time.perf_counter()
        return Drawn(_seen(data), at)

    def until(self, *marks: str, patience: float = 20.0) -> Drawn:
        """Everything until all of these have appeared.

        Raises:
            Lost: They did not.
        """
        data, late = b"", time.perf_counter() + patience
        while True:
            more = self._more(0.5)
            data, at = data + more, time.perf_counter()
            if more and all(mark in (text := _seen(data)) for mark in marks):
                return Drawn(text, at)
            if at > late:
                raise Lost(f"{marks} not seen in:\n{_seen(data)}")

    def used(self) -> float:
        """Seconds of a core used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> float:
        """Megabytes resident."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024


def _seen(data: bytes) -> str:
    return UNSEEN.sub(b"", data).decode(errors="replace")
