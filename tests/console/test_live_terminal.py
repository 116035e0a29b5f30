"""The live screen on a real pseudo-terminal: what only a terminal can show."""

import contextlib
import os
import select
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pyte
import pytest

from grcp_cli.console.escape import parted

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

GRCP = [sys.executable, "-m", "grcp_cli"]
ENV = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "GRCP_AGENDA": "grcp8"}
UP, ESC, CTRL_C, TAB = "\x1b[A", "\x1b", "\x03", "\t"


class Terminal:
    """A process on a pseudo-terminal of 100 columns, and the screen it draws."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        self.screen = pyte.Screen(100, 30)
        self.screen.write_process_input = self.type
        self.stream = pyte.ByteStream(self.screen)
        self.process = subprocess.Popen(
            [*GRCP, *arguments],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=ENV,
            start_new_session=True,
        )
        os.close(slave)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def wait(self, seen: Callable[[str], bool]) -> None:
        until = time.monotonic() + 20
        while not seen(self.shown()):
            if time.monotonic() > until:
                pytest.fail(f"it never came; the screen:\n{self.shown()}")
            self._read()

    def wait_for(self, text: str) -> None:
        self.wait(lambda shown: text in shown)

    def ready(self) -> None:
        """Waits until the screen is drawn: what is typed earlier may be lost."""
        self.wait_for("F1 help")

    def _read(self) -> None:
        ready, _, _ = select.select([self.master], [], [], 0.1)
        if ready:
            with contextlib.suppress(OSError):
                self.stream.feed(os.read(self.master, 65536))

    def leave(self) -> int:
        self.type(CTRL_C)
        self.wait_for("leave (/quit)")
        time.sleep(0.5)  # a key let go of
        self.type(CTRL_C)
        return self.end()

    def end(self) -> int:
        until = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < until:
            self._read()
        return self.process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)


def path(folder: Path, session: str = "session-1") -> Path:
    return folder / "records" / "grcp-8" / f"{session}.toml"


def entries(folder: Path, session: str = "session-1") -> list[dict[str, object]]:
    return tomllib.loads(path(folder, session).read_text(encoding="utf-8"))["entry"]


def texts(folder: Path) -> list[object]:
    return [entry["text"] for entry in entries(folder) if "text" in entry]


def test_a_key_held_down_loses_no_letter_while_others_write_and_time_passes(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("▶ running")
        beside = subprocess.Popen([*GRCP, "note", "session-1", "from beside"], cwd=tmp_path, env=ENV)
        for _ in range(100):
            terminal.type("x")
            time.sleep(0.02)
        assert beside.wait(20) == 0
        terminal.wait_for("from beside")
        terminal.type("é中\r")
        terminal.wait_for("saved 2 · achievement · q1")
        assert terminal.leave() == 0
    assert texts(tmp_path) == ["from beside", "x" * 100 + "é中"]
    assert [entry["kind"] for entry in entries(tmp_path)][-1] == "pause"


def test_what_is_typed_survives_a_kill_and_is_offered(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("one\r")
        terminal.wait_for("saved 1")
        terminal.type("half a line")
        terminal.wait_for("half a line")
        time.sleep(0.2)
        terminal.process.kill()
        terminal.process.wait()
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.wait_for("what you were typing is back")
        terminal.wait_for("half a line")
        terminal.type(" made whole\r")
        terminal.wait_for("saved 2")
        assert terminal.leave() == 0
    assert texts(tmp_path) == ["one", "half a line made whole"]
    assert not path(tmp_path).with_name("session-1.toml.typed").exists()


def test_the_terminal_closed_pauses_and_keeps_the_line(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("▶ running")
        terminal.type("half a line")
        terminal.wait_for("half a line")
        time.sleep(0.2)
        # Nobody sends a signal here: it is no controlling terminal.
        os.close(terminal.master)
        assert terminal.process.wait(20) == 0
    assert [entry["kind"] for entry in entries(tmp_path)] == ["start", "pause"]
    assert b"half a line" in path(tmp_path).with_name("session-1.toml.typed").read_bytes()


def test_the_time_away_is_asked_and_counted_only_when_said_so(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("▶ running")
        terminal.process.kill()
        terminal.process.wait()
    time.sleep(1.5)
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.wait_for("Count it?")
        terminal.type("y\r")
        terminal.wait_for("counted")
        assert terminal.leave() == 0
    anomaly = next(entry for entry in entries(tmp_path) if entry["kind"] == "anomaly")
    assert anomaly["counted"] is True
    assert float(str(anomaly["seconds"])) >= 1.5


def test_a_session_is_chosen_where_none_is_named(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run") as terminal:
        terminal.wait_for("Which session?")
        terminal.type("\x1b[B\r")
        terminal.wait_for("GRCP 8 · Session 2")
        terminal.ready()
        assert terminal.leave() == 0


def test_pasted_lines_are_entries_each_after_one_enter(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("\x1b[200~one\nrec: two\n@igad three\x1b[201~")
        terminal.wait_for("3 lines: Enter saves each")
        assert not path(tmp_path).exists()
        terminal.type("\r")
        terminal.wait_for("saved 3 · achievement · q1 · IGAD-RCP")
        assert terminal.leave() == 0
    assert texts(tmp_path) == ["one", "two", "three"]


def test_escape_and_a_command_in_one_piece_are_two_keys(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("one\r")
        terminal.wait_for("saved 1 · achievement")
        terminal.type("/amend 1 begun")
        terminal.wait_for("/amend 1 begun")
        terminal.type(f"{ESC}/amend 1 in other words, and more of them\r")
        terminal.wait_for("amended 1 · in other words, and more of them")
        terminal.type("/amend")
        terminal.wait_for("/amend")
        terminal.type(f"{ESC}/star\r")
        terminal.wait_for("starred 1")
        assert terminal.leave() == 0
    assert [entry["kind"] for entry in entries(tmp_path)] == ["achievement", "amend", "star"]


def test_what_is_pasted_stays_as_it_is() -> None:
    pasted = "\x1b[200~a\x1b/b\x1b[201~"
    assert parted(f"{ESC}/x{pasted}{ESC}/y{ESC}[A") == f"\x1b[27u/x{pasted}\x1b[27u/y{ESC}[A"


def test_a_poor_terminal_gets_plain_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENV, "TERM", "dumb")
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.wait_for("time · ")
        terminal.type("one\n")
        terminal.wait_for("saved 1")
        terminal.type("\x04")
        assert terminal.end() == 0
    assert texts(tmp_path) == ["one"]


def test_a_line_longer_than_the_terminals_own_editing_takes(tmp_path: Path) -> None:
    long = "word " * 1200 + "end"
    with Terminal(tmp_path, "run", "session-1", "--plain") as terminal:
        terminal.wait_for("time · ")
        for start in range(0, len(long), 500):
            terminal.type(long[start : start + 500])
            time.sleep(0.05)
        terminal.type("\n")
        terminal.wait_for("saved 1")
        terminal.type("\x04")
        assert terminal.end() == 0
    assert texts(tmp_path) == [long]


DRAWS_ON = """
import sys
from textual.drivers._writer_thread import WriterThread
from grcp_cli.console.live.screen import drawing_on

sys.stdin.readline()
with drawing_on():
    writer = WriterThread(sys.__stderr__)
    writer.start()
    for _ in range(100):
        writer.write("a frame")
    writer.stop()
"""


def test_a_terminal_that_goes_while_it_is_drawn_on_keeps_nobody(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", DRAWS_ON], cwd=tmp_path, stdin=subprocess.PIPE, stdout=slave, stderr=slave, text=True
    ) as process:
        os.close(slave)
        os.close(master)
        try:
            process.communicate("go on\n", timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
