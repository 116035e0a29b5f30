"""The house rules that a test can hold: floors, file sizes, and what a light command may import."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "grcp_cli"
HEAVY = (
    "asyncio",
    "importlib.metadata",
    "jinja2",
    "prompt_toolkit",
    "questionary",
    "rapidfuzz",
    "rich",
    "textual",
    "tomllib",
    "unittest",
)


def test_no_file_is_above_400_lines() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert len(sizes) > 30
    assert not {name: size for name, size in sizes.items() if size > 400}


def test_rooms_are_those_of_the_house() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == {"meeting", "store", "report", "console", "cli"}


def test_an_init_holds_a_docstring_and_nothing_else() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        text = path.read_text(encoding="utf-8").strip()
        assert text.startswith('"""')
        assert text.endswith('"""')
        assert text.count('"""') == 2


def _lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).parent / ("lint-imports.exe" if os.name == "nt" else "lint-imports")
    return subprocess.run(
        [script, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("where", "line", "contract"),
    [
        ("meeting/agenda.py", "import grcp_cli.store.journal", "Floors"),
        ("meeting/agenda.py", "import time", "The meeting is pure"),
        ("store/durable.py", "import grcp_cli.report", "Floors"),
        ("console/clean.py", "import typer", "Only the command line knows Typer"),
        ("meeting/agenda.py", "import grcp_cli.meeting.plan", "No cycles"),
    ],
    ids=["upward", "impure", "sideways", "typer", "cycle"],
)
def test_a_broken_floor_is_told(tmp_path: Path, where: str, line: str, contract: str) -> None:
    shutil.copytree(PACKAGE, tmp_path / "grcp_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / "grcp_cli" / where
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = _lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(f"^{contract}.* BROKEN$", done.stdout, re.MULTILINE), done.stdout


def test_the_floors_hold() -> None:
    done = _lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["note", "session-1", "a note"], ["run", "session-1", "--plain"], ["status"], ["status", "--json"]],
    ids=["note", "run --plain", "status", "status --json"],
)
def test_nothing_heavy_is_imported(tmp_path: Path, arguments: list[str]) -> None:
    code = (
        "import json, sys\n"
        "sys.argv = ['grcp', *json.loads(sys.argv[1])]\n"
        "from grcp_cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code, done.code\n"
        "print('MODULES', json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(arguments)],
        cwd=tmp_path,
        input="/start\na line\n/next\ns/line/word/\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    modules = json.loads(done.stdout.rsplit("MODULES ", 1)[1])
    assert not [module for module in modules if module.partition(".")[0] in HEAVY or module in HEAVY]
