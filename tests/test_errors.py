"""One bad input file per message, with the text that must be told and the exit code.

`NAME.expected` holds what comes on stderr, or on stdout where the input is fine, with the file's name taken out.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from transcript import check, steps
from typer.testing import CliRunner

from grcp_cli.cli.app import app

ERRORS = Path(__file__).parent / "errors"
AGENDAS = sorted(ERRORS.glob("agenda-*.toml"))


def told(name: str) -> str:
    """What `grcp agenda check` says of a file of the folder."""
    done = CliRunner().invoke(app, ["agenda", "check", name])
    assert not (done.stdout and done.stderr)
    exit_code = f"[exit {done.exit_code}]\n"
    return (done.stderr or done.stdout).replace(f" in {name}\n", "\n").replace(f"{name}: ", "").replace(
        f"{name}:", ""
    ) + exit_code


def test_there_is_an_input_for_each_expected_text() -> None:
    assert {path.stem for path in ERRORS.glob("agenda-*.expected")} == {path.stem for path in AGENDAS}


@pytest.mark.parametrize("path", AGENDAS, ids=lambda path: path.stem)
def test_agenda(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ERRORS)
    assert told(path.name) == path.with_suffix(".expected").read_text(encoding="utf-8")


RECORDS = sorted(ERRORS.glob("record-*.toml"))
LINES = sorted(ERRORS.glob("line-*.txt"))
TALKS = sorted(ERRORS.glob("run-*.txt"))
COMMANDS = sorted(ERRORS.glob("command-*.txt"))


def said(arguments: list[str], given: bytes = b"") -> str:
    """What comes on stdout, then behind `!` what comes on stderr, then the exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "grcp_cli", *arguments, "--agenda", "grcp8"],
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )
    told = done.stderr.decode().splitlines()
    return done.stdout.decode() + "".join(f"! {line}\n" for line in told) + f"[exit {done.returncode}]\n"


def expected(path: Path) -> str:
    return path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_record(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "records" / "grcp-8"
    folder.mkdir(parents=True)
    data = path.read_bytes()
    (folder / "session-1.toml").write_bytes(data)
    assert said(["record", "verify"]) == expected(path)
    assert said(["note", "session-1", "one more"]).endswith(("[exit 0]\n", "[exit 3]\n"))
    kept = b"".join(each.read_bytes() for each in folder.glob("session-1.toml*"))
    assert data.rstrip() in kept or path.stem == "record-torn"
    assert all(part in kept for part in data.split(b"\n[[entry]]"))


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.stem)
def test_line(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said(["note", "session-4", "note: one entry"])
    assert said(["note", "session-4", "-"], path.read_bytes()) == expected(path)


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_talk(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    held = ["--at", "2019-04-05T09:15", "--speed", "0"]
    told = said(["run", "session-1", "--plain", *held], path.read_bytes())
    assert told.partition("! ")[2] == expected(path)


@pytest.mark.skipif(shutil.which("sh") is None, reason="commands are typed into sh")
@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_command(path: Path, tmp_path: Path) -> None:
    for step in steps(path.read_text(encoding="utf-8")):
        check(step, tmp_path)


def test_the_inputs_are_there() -> None:
    assert min(map(len, (RECORDS, LINES, TALKS, COMMANDS))) >= 10
