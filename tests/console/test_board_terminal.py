"""The board and read-back on a real pseudo-terminal: keys as they come, a kill in between, a screen of 100 by 30."""

import subprocess
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from terminals import CTRL_C, CTRL_O, GRCP, Terminal, environment

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where two tables have answered."""
    for desk, lines in (("africa", "Focal points\nEvaluations\nOne calendar\n"), ("asia", "Twinning\n")):
        subprocess.run(
            [*GRCP, "note", "working-lunch", "--desk", desk, "-"],
            cwd=tmp_path,
            env=environment(),
            input=lines.encode(),
            capture_output=True,
            check=True,
        )
    return tmp_path


def entries(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "records" / "grcp-8" / "session-4.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["entry"]


def test_read_back_is_decided_key_by_key_and_survives_a_kill(folder: Path) -> None:
    with Terminal(folder, "run", "session-4") as terminal:
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
    with Terminal(folder, "run", "session-4") as terminal:
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
    with Terminal(folder, "run", "session-4") as terminal:
        terminal.wait_for("4 reported back")
        beside = subprocess.Popen(
            [*GRCP, "note", "working-lunch", "--desk", "asia", "Statistics"], cwd=folder, env=environment()
        )
        for _ in range(200):
            terminal.type("x")
            time.sleep(0.01)
        assert beside.wait(20) == 0
        terminal.wait_for("Statistics")
        terminal.wait_for("Asia and the Pacific · 2 of 5")
        terminal.type("\r")
        terminal.wait_for("saved 1 · recommendation")
    assert [entry["text"] for entry in entries(folder)] == ["x" * 200]
