"""`grcp record resolve` through a real terminal: asked about one after the other, each choice on disk at once."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="needs a pseudo-terminal")
sys.path.insert(0, str(Path(__file__).parent))

from terminals import CTRL_C, DOWN, GRCP, Terminal, environment


def grcp(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GRCP, *arguments], cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two conflicts: about the text of africa1, and about the status of africa2."""
    for text in ("Meet twice a year", "Share the calendar"):
        grcp(tmp_path, "note", "working-lunch", "--desk", "africa", f"rec: {text}")
    apart = ("--records", "apart")
    (tmp_path / "apart" / "grcp-8").mkdir(parents=True)
    here, there = tmp_path / "records" / "grcp-8", tmp_path / "apart" / "grcp-8"
    (there / "working-lunch.africa.toml").write_bytes((here / "working-lunch.africa.toml").read_bytes())
    grcp(tmp_path, "note", "working-lunch", "--desk", "asia", "/amend africa1 Meet \x1b[31mthrice a year")
    grcp(tmp_path, "note", "working-lunch", "--desk", "asia", "/ok africa2")
    grcp(tmp_path, "note", "session-4", "/amend working-lunch/africa:1 Meet once a year", *apart)
    grcp(tmp_path, "note", "session-4", "/br africa2", *apart)
    (here / "session-4.toml").write_bytes((there / "session-4.toml").read_bytes())
    return tmp_path


def decided(folder: Path) -> list[dict[str, object]]:
    path = folder / "records" / "grcp-8" / "working-lunch.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["entry"] if path.exists() else []


def test_each_is_asked_about_and_what_is_chosen_is_on_disk(folder: Path) -> None:
    with Terminal(folder, "record", "resolve") as terminal:
        terminal.wait_for("Which holds?")
        shown = terminal.shown()
        assert "in conflict: text of africa1 (africa:1)" in shown
        assert "  before · Meet twice a year" in shown
        assert "Meet [-twice-] {+␛[31mthrice+} a year" in shown
        assert "Meet [-twice-] {+once+} a year" in shown
        terminal.type(f"{DOWN}\r")
        terminal.wait_for("resolved africa1 (africa:1) · session-4: Meet once a year · working-lunch.toml")
        assert [each["kind"] for each in decided(folder)] == ["resolve"]
        terminal.wait_for("in conflict: status of africa2")
        terminal.wait(lambda shown: shown.count("Which holds?") == 2 and "bracketed, Session 4" in shown)
        terminal.type(f"{DOWN}{DOWN}\r")
        terminal.wait_for("1 conflict stays open")
        assert terminal.end() == 0
    assert len(decided(folder)) == 1
    assert "africa:1 · 1 · recommendation · Africa 1: Meet once a year [amended]\n" in grcp(
        folder, "record", "show", "working-lunch"
    )


def test_leave_and_ctrl_c_decide_nothing(folder: Path) -> None:
    with Terminal(folder, "record", "resolve", "working-lunch") as terminal:
        terminal.wait_for("Which holds?")
        terminal.type(f"{DOWN * 3}\r")
        terminal.wait_for("2 conflicts stay open")
        assert terminal.end() == 0
    with Terminal(folder, "record", "resolve") as terminal:
        terminal.wait_for("Which holds?")
        terminal.type(CTRL_C)
        assert terminal.end() == 130
    assert decided(folder) == []


def test_plain_asks_nothing(folder: Path) -> None:
    with Terminal(folder, "record", "resolve", "--plain") as terminal:
        terminal.wait_for("2 conflicts are open")
        assert terminal.end() == 5
    assert decided(folder) == []


def test_a_console_tells_a_conflict_that_a_file_brings(folder: Path) -> None:
    here = folder / "records" / "grcp-8"
    brought = (here / "session-4.toml").read_bytes()
    (here / "session-4.toml").unlink()
    with Terminal(folder, "run", "working-lunch", "--desk", "africa") as terminal:
        terminal.ready()
        assert "conflict" not in terminal.shown()
        (here / "session-4.toml").write_bytes(brought)
        terminal.wait_for("in conflict: status of africa2 (africa:2) · grcp record resolve working-lunch")
        terminal.wait_for("[conflict on status]")
        assert terminal.leave() == 0
