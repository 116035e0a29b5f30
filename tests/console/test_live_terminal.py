"""The live screen on a real pseudo-terminal: what only a terminal can show."""

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from terminals import CTRL_C, ESC, GRCP, Terminal, environment

from grcp_cli.console.escape import parted
from grcp_cli.store.kept import Kept

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")


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
        beside = subprocess.Popen([*GRCP, "note", "session-1", "from beside"], cwd=tmp_path, env=environment())
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
        terminal.wait_for("Session 2 · ISCMs")
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


def test_a_poor_terminal_gets_plain_lines(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1", TERM="dumb") as terminal:
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
from grcp_cli.console.hanging_up import drawing_on

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


def test_ctrl_c_hammered_leaves_and_cuts_short_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("▶ running")
        terminal.type("half a line")
        terminal.wait_for("half a line")
        until = time.monotonic() + 20
        while terminal.process.poll() is None and time.monotonic() < until:
            terminal.type(CTRL_C)
            terminal.read()
            time.sleep(0.1)
        # One more may come when all is done and the program only ends.
        assert terminal.end() in (0, 130)
    assert [entry["kind"] for entry in entries(tmp_path)] == ["start", "pause"]
    assert Kept(path(tmp_path)).load() == ("half a line",)


def test_an_ended_session_is_looked_at_gone_on_with_or_left(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.ready()
        terminal.type("/start\r")
        terminal.wait_for("▶ running")
        terminal.type("/end\r")
        terminal.wait_for("closing · Session 1")
        terminal.type("q")
        assert terminal.end() == 0
    for keys, ready in (("\x1b[B\x1b[B\r", False), ("\r", True), ("\x1b[B\r", True)):
        with Terminal(tmp_path, "run", "session-1") as terminal:
            terminal.wait_for("session-1 was ended")
            terminal.type(keys)
            if ready:
                terminal.ready()
                terminal.type("added later\r")
                terminal.wait_for("✓ saved")
            assert (terminal.leave() if ready else terminal.end()) == 0
    kinds = [entry["kind"] for entry in entries(tmp_path)]
    assert kinds == ["start", "end", "achievement", "reopen", "achievement", "pause"]
