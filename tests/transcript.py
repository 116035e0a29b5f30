"""Runs console transcripts: what stands behind `$` is typed, what follows is what must come.

A line beginning with `! ` is expected on stderr, `[exit N]` is the exit code where it is not 0, and `<...>`
stands for anything within a line.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

BIN = Path(sys.executable).parent
ANYTHING = "<...>"


class Step(NamedTuple):
    """One command with what it must print."""

    command: str
    stdout: list[str]
    stderr: list[str]
    exit_code: int
    line: int


def steps(text: str, first: int = 1) -> list[Step]:
    """The steps of a transcript; `first` is the number of its first line."""
    found: list[Step] = []
    for number, line in enumerate(text.splitlines(), first):
        if line.startswith("$ "):
            found.append(Step(line[2:], [], [], 0, number))
        elif line.startswith("> ") and found and not found[-1].stdout:
            found[-1] = found[-1]._replace(command=f"{found[-1].command}\n{line[2:]}")
        elif not found:
            continue
        elif match := re.fullmatch(r"\[exit (\d+)\]", line):
            found[-1] = found[-1]._replace(exit_code=int(match[1]))
        elif line.startswith("! "):
            found[-1].stderr.append(line[2:])
        elif not line.startswith("# "):
            found[-1].stdout.append(line)
    return found


def environment() -> dict[str, str]:
    """The environment of a terminal that is none: grcp first on the path, nothing set for it."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GRCP_") and key not in ("EDITOR", "VISUAL")
    }
    return {
        **kept,
        "GRCP_AGENDA": "grcp8",
        "PATH": f"{BIN}{os.pathsep}{kept.get('PATH', '')}",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }


def run(step: Step, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs one step through the shell."""
    return subprocess.run(
        ["sh", "-c", step.command],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def check(step: Step, folder: Path, *, stderr: bool = True) -> None:
    """Runs one step and compares; without `stderr` what comes there is not looked at."""
    done = run(step, folder)
    where = f"line {step.line}: {step.command}"
    assert done.returncode == step.exit_code, f"{where}\nexit {done.returncode}\n{done.stdout}{done.stderr}"
    assert_alike(step.stdout, done.stdout, where)
    if stderr:
        assert_alike(step.stderr, done.stderr, f"{where} (stderr)")


def assert_alike(expected: list[str], printed: str, where: str) -> None:
    """Compares line by line; empty lines at the end do not count."""
    got = printed.rstrip("\n").split("\n") if printed.strip() else []
    while expected and not expected[-1].strip():
        expected = expected[:-1]
    pattern = "\n".join(".*".join(map(re.escape, line.split(ANYTHING))) for line in expected)
    assert re.fullmatch(pattern, "\n".join(line.rstrip() for line in got)), (
        f"{where}\n--- expected\n" + "\n".join(expected) + "\n--- printed\n" + "\n".join(got)
    )
