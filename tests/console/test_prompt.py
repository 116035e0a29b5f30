"""The prompt on a real pseudo-terminal: what only a terminal can show."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Self

import pyte
import pytest

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

GRCP = [sys.executable, "-m", "grcp_cli"]


class Terminal:
    """A process on a pseudo-terminal of 80 columns, and the screen it draws."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        self.screen = pyte.HistoryScreen(80, 50, history=1000)
        self.screen.write_process_input = self.type
        self.stream = pyte.ByteStream(self.screen)
        self.process = subprocess.Popen(
            [*GRCP, *arguments],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "50", "GRCP_AGENDA": "grcp8"},
            start_new_session=True,
        )
        os.close(slave)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def wait_for(self, text: str, seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        while text not in self.shown():
            if time.monotonic() > until:
                pytest.fail(f"{text!r} never came; the screen:\n{self.shown()}")
            self._read()

    def _read(self) -> None:
        ready, _, _ = select.select([self.master], [], [], 0.1)
        if ready:
            with contextlib.suppress(OSError):
                self.stream.feed(os.read(self.master, 65536))

    def ready(self, last: str = ">") -> None:
        """Waits until the last line on the screen is an empty prompt: what is typed earlier may be lost."""
        until = time.monotonic() + 20
        while (self.shown().splitlines() or [""])[-1] != last:
            assert time.monotonic() < until, self.shown()
            self._read()

    def leave(self) -> int:
        self.ready()
        self.type("\x04")
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
        os.close(self.master)


def entries(folder: Path, session: str) -> list[dict[str, object]]:
    path = folder / "records" / "grcp-8" / f"{session}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["entry"]


def test_time_passes_while_a_line_is_typed_and_no_letter_is_lost(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("clock · started")
        terminal.ready()
        terminal.type("half a ")
        terminal.wait_for("74:58 left")
        subprocess.run([*GRCP, "note", "session-1", "from beside"], cwd=tmp_path, check=True, capture_output=True)
        terminal.type("line é中")
        terminal.wait_for("74:56 left")
        terminal.type("\r")
        terminal.wait_for("saved 2 · achievement · q1")
        terminal.type("\x03")
        terminal.wait_for("clock · paused")
        assert terminal.end() == 0
    assert [entry.get("text") for entry in entries(tmp_path, "session-1") if "text" in entry] == [
        "from beside",
        "half a line é中",
    ]


def test_a_refused_line_stays_to_be_mended(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("@zzz hello\r")
        terminal.wait_for("not saved: @zzz is not in the agenda")
        terminal.wait_for("(Up brings the line back)")
        terminal.ready()
        terminal.type("\x1b[A")
        terminal.wait_for("not started\n> @zzz hello")
        terminal.type("\x01\x1b[3~" + "\x1b[3~" * 4 + "@igad \r")
        terminal.wait_for("saved 1 · achievement · q1 · IGAD-RCP")
        assert terminal.leave() == 0
    assert [entry["text"] for entry in entries(tmp_path, "session-1")] == ["hello"]


def test_a_line_is_theirs_who_had_the_floor_at_its_first_letter(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/f bali\r")
        terminal.wait_for("floor · Bali Process")
        terminal.wait_for("not started · Bali Process\n>")
        terminal.type("what Bali sa")
        terminal.wait_for("what Bali sa")
        subprocess.run([*GRCP, "note", "session-1", "@- from beside"], cwd=tmp_path, check=True, capture_output=True)
        terminal.type("id\r")
        terminal.wait_for("saved 2 · achievement · q1 · Bali Process")
        assert terminal.leave() == 0
    captured = [entry for entry in entries(tmp_path, "session-1") if "text" in entry]
    told = [(entry.get("speaker"), entry.get("speaker_from")) for entry in captured]
    assert told == [(None, None), ("bali-process", "floor")]


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
    assert entries(tmp_path, "session-1")[0]["text"] == long


def test_the_time_away_is_asked_and_counted_only_when_said_so(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("clock · started")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    time.sleep(1.5)
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.wait_for("Count it?")
        terminal.type("what was being said\r")
        terminal.wait_for("y or n")
        terminal.type("\x15y\r")
        terminal.wait_for("counted")
        assert terminal.leave() == 0
    anomaly = next(entry for entry in entries(tmp_path, "session-1") if entry["kind"] == "anomaly")
    assert anomaly["counted"] is True
    assert float(str(anomaly["seconds"])) >= 1.5


def test_a_session_is_chosen_where_none_is_named(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run") as terminal:
        terminal.wait_for("Which session?")
        terminal.type("\x1b[B\r")
        terminal.wait_for("GRCP 8 · Session 2")
        terminal.ready()
        assert terminal.leave() == 0


def test_ctrl_c_puts_a_line_begun_aside_and_leaves_on_an_empty_one(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("half a li")
        terminal.wait_for("> half a li")
        terminal.type("\x03")
        terminal.ready()
        terminal.type("\x1b[A")
        terminal.wait_for("> half a li")
        terminal.type("ne\r")
        terminal.wait_for("saved 1")
        terminal.ready()
        terminal.type("\x03")
        assert terminal.end() == 0
    assert [entry["text"] for entry in entries(tmp_path, "session-1")] == ["half a line"]


def test_pasted_lines_are_entries_each(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("\x1b[200~one\nrec: two\n@igad three\x1b[201~\r")
        terminal.wait_for("saved 3 · achievement · q1 · IGAD-RCP")
        assert terminal.leave() == 0
    kinds = [(entry["kind"], entry["text"]) for entry in entries(tmp_path, "session-1")]
    assert kinds == [("achievement", "one"), ("recommendation", "two"), ("achievement", "three")]


def test_the_end_of_the_terminal_pauses(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("clock · started")
        terminal.ready()
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.end() == 0
    assert [entry["kind"] for entry in entries(tmp_path, "session-1")] == ["start", "pause"]


def test_whoever_comes_back_sees_the_last_entries_and_what_came_beside(tmp_path: Path) -> None:
    subprocess.run([*GRCP, "note", "session-1", "before"], cwd=tmp_path, check=True, capture_output=True)
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.wait_for("1 · 1 · achievement: before")
        terminal.ready()
        subprocess.run([*GRCP, "note", "session-1", "from a shell"], cwd=tmp_path, check=True, capture_output=True)
        terminal.wait_for("beside · saved 2 · achievement · q1: from a shell")
        assert terminal.leave() == 0
