"""The board and read-back on a real pseudo-terminal: keys as they come, a kill in between, a screen of 100 by 30."""

import contextlib
import os
import select
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any, Self

import pyte
import pytest

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

GRCP = [sys.executable, "-m", "grcp_cli"]
UNWANTED = ("NO_COLOR", "GRCP_THEME", "GRCP_PLAIN", "GRCP_RECORDS", "GRCP_DESK")
ENV = {
    **{key: value for key, value in os.environ.items() if key not in UNWANTED},
    "TERM": "xterm-256color",
    "COLUMNS": "100",
    "LINES": "30",
    "GRCP_AGENDA": "grcp8",
}
UP, ESC, CTRL_C, CTRL_O, RIGHT = "\x1b[A", "\x1b", "\x03", "\x0f", "\x1b[C"


class Terminal:
    """Session 4 on a pseudo-terminal, and the screen it draws."""

    def __init__(self, folder: Path) -> None:
        self.master, slave = pty.openpty()
        self.screen = pyte.Screen(100, 30)
        self.screen.write_process_input = self.type
        self.stream = pyte.ByteStream(self.screen)
        self.process = subprocess.Popen(
            [*GRCP, "run", "session-4"],
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

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + 30
        while text not in (shown := "\n".join(self.screen.display)):
            assert time.monotonic() < until, f"{text} never came; the screen:\n{shown}"
            ready, _, _ = select.select([self.master], [], [], 0.1)
            if ready:
                with contextlib.suppress(OSError):
                    self.stream.feed(os.read(self.master, 65536))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.master)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where two tables have answered."""
    for desk, lines in (("africa", "Focal points\nEvaluations\nOne calendar\n"), ("asia", "Twinning\n")):
        subprocess.run(
            [*GRCP, "note", "working-lunch", "--desk", desk, "-"],
            cwd=tmp_path,
            env=ENV,
            input=lines.encode(),
            capture_output=True,
            check=True,
        )
    return tmp_path


def entries(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "records" / "grcp-8" / "session-4.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["entry"]


def test_read_back_is_decided_key_by_key_and_survives_a_kill(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for("4 reported back")
        terminal.type(CTRL_O)
        terminal.wait_for("Read back · 1 of 4")
        terminal.type("a")
        terminal.wait_for("Africa 1 · agreed · saved")
        terminal.type("b")
        terminal.wait_for("Africa 2 · [bracketed] · saved")
        terminal.type("3")
        terminal.wait_for("+ supports")
        terminal.type("e")
        terminal.wait_for("editing the text in place")
        terminal.type(" for all")
        terminal.wait_for("One calendar for all")
        time.sleep(0.3)
        terminal.process.kill()
        terminal.process.wait()
    assert [entry.get("status", entry["kind"]) for entry in entries(folder)] == ["agreed", "bracketed", "support"]
    with Terminal(folder) as terminal:
        terminal.wait_for("what you were typing is back")
        terminal.wait_for("/amend africa3 One calendar for all")
        terminal.type("\r")
        terminal.wait_for("Africa 3: One calendar for all")
        terminal.wait_for("[agreed in Session 4]")
        terminal.type(CTRL_C)
        terminal.wait_for("leave (/quit)")
        time.sleep(0.5)  # a key let go of
        terminal.type(CTRL_C)
        assert terminal.process.wait(20) == 0
    assert entries(folder)[-1]["text"] == "One calendar for all"


def test_a_key_held_down_at_the_board_loses_no_letter(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for("4 reported back")
        beside = subprocess.Popen([*GRCP, "note", "working-lunch", "--desk", "asia", "Statistics"], cwd=folder, env=ENV)
        for _ in range(200):
            terminal.type("x")
            time.sleep(0.01)
        assert beside.wait(20) == 0
        terminal.wait_for("Statistics")
        terminal.wait_for("Asia and the Pacific · 2 of 5")
        terminal.type("\r")
        terminal.wait_for("saved 1 · recommendation")
    assert [entry["text"] for entry in entries(folder)] == ["x" * 200]
