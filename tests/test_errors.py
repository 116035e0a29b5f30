"""One bad input file per message, with the text that must be told and the exit code.

`NAME.expected` holds what comes on stderr, or on stdout where the input is fine, with the file's name taken out.
"""

from pathlib import Path

import pytest
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
