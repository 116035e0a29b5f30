"""The live screen on a pseudo-terminal that is the process's own: its window closed, a kill, a key held down."""

import signal
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
from terminals import GRCP, LONGEST, Terminal

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")
pyte = pytest.importorskip("pyte")


def entries(folder: Path, session: str = "session-1") -> list[dict[str, object]]:
    path = folder / "records" / "grcp-8" / f"{session}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["entry"]


def kinds(folder: Path) -> list[object]:
    return [entry["kind"] for entry in entries(folder)]


def started(terminal: Terminal) -> None:
    terminal.ready()
    terminal.type("/start\r")
    terminal.wait_for("clock · started")


def test_start_type_kill_and_go_on(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        started(terminal)
        terminal.type("what was said\r")
        terminal.wait_for("saved 1 · achievement · q1")
        terminal.type("half a line é中")
        terminal.wait_for("half a line é")
        # The keeper writes on a thread of its own; its file tells when it has.
        typed = tmp_path / "records" / "grcp-8" / "session-1.toml.typed"
        until = time.monotonic() + LONGEST
        while "half a line é中".encode() not in typed.read_bytes():
            assert time.monotonic() < until
            terminal.read()
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    assert kinds(tmp_path) == ["start", "achievement"]
    time.sleep(1.2)
    with Terminal(tmp_path, "run", "session-1") as terminal:
        terminal.wait_for("Count it?")
        terminal.type("y\r")
        terminal.wait_for("back in the line")
        terminal.wait_for("half a line é")
        terminal.type(" and the rest\r")
        terminal.wait_for("saved 2 · achievement · q1")
        assert terminal.leave() == 0
    assert not typed.exists()
    written = entries(tmp_path)
    assert [entry["kind"] for entry in written] == ["start", "achievement", "anomaly", "achievement", "pause"]
    assert written[2]["counted"] is True
    assert float(str(written[2]["seconds"])) >= 1.0
    assert written[3]["text"] == "half a line é中 and the rest"


@pytest.mark.parametrize("how", ["SIGHUP", "SIGTERM", "closed"])
def test_the_end_of_the_terminal_pauses_and_keeps_the_line(tmp_path: Path, how: str) -> None:
    with Terminal(tmp_path, "run", "session-1") as terminal:
        started(terminal)
        terminal.type("half a line")
        terminal.wait_for("half a line")
        if how == "closed":
            terminal.hang_up()
            ended = terminal.process.wait(LONGEST)
        else:
            terminal.process.send_signal(getattr(signal, how))
            ended = terminal.end()
    assert kinds(tmp_path) == ["start", "pause"]
    typed = tmp_path / "records" / "grcp-8" / "session-1.toml.typed"
    assert b"half a line" in typed.read_bytes()
    assert ended == 0


def test_a_key_held_down_loses_no_letter(tmp_path: Path) -> None:
    letters = "".join(chr(ord("a") + at % 26) for at in range(200))
    with Terminal(tmp_path, "run", "session-1") as terminal:
        started(terminal)
        beside = subprocess.Popen(
            [*GRCP, "note", "session-1", "-"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        assert beside.stdin
        for at, letter in enumerate(letters):
            terminal.type(letter)
            if at % 20 == 0:
                beside.stdin.write(f"from beside {at}\n")
                beside.stdin.flush()
            terminal.read() if at % 10 == 0 else time.sleep(0.004)
        beside.stdin.close()
        terminal.type("\r")
        assert beside.wait(LONGEST) == 0
        until = time.monotonic() + LONGEST
        while letters not in [entry.get("text") for entry in entries(tmp_path)]:
            assert time.monotonic() < until, terminal.shown()
            terminal.read()
        terminal.wait_for("✓ saved 11")  # what is asked before is told over by it
        assert terminal.leave() == 0
    assert sum(1 for entry in entries(tmp_path) if "text" in entry) == 11


def test_sixteen_colours_are_enough(tmp_path: Path) -> None:
    with Terminal(tmp_path, "run", "session-1", TERM="xterm") as terminal:
        started(terminal)
        assert terminal.leave() == 0
    assert kinds(tmp_path) == ["start", "pause"]
