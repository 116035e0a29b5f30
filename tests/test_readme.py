"""The README cannot lie: its examples are typed, and its test command is the one that CI runs."""

import re
import shutil
from pathlib import Path

import pytest
from transcript import check, steps

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shutil.which("sh") is None, reason="examples are typed into sh")
def test_every_example_prints_what_it_says(tmp_path: Path) -> None:
    fences = list(FENCE.finditer(README))
    assert len(fences) >= 5
    for fence in fences:
        for step in steps(fence[1], README.count("\n", 0, fence.start(1)) + 1):
            check(step, tmp_path, stderr=bool(step.stderr))


def test_ci_calls_the_test_command_of_the_readme() -> None:
    commands = re.findall(r"^\.venv/bin/pip install .*pytest$", README, re.MULTILINE)
    assert len(commands) == 1
    assert commands[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_quick_start_is_two_commands() -> None:
    start = README.split("## Quick start", 1)[1].split("\n## ", 1)[0]
    shell = re.findall(r"^```sh\n(.*?)^```", start, re.MULTILINE | re.DOTALL)
    assert [len(fence.strip().splitlines()) for fence in shell] == [1, 1]
    assert shell[0].strip().endswith("grcp run session-2")


def test_every_command_is_documented() -> None:
    from grcp_cli.cli.app import NOUNS

    missing = [noun for noun in NOUNS if f"grcp {noun}" not in README]
    assert not missing
