"""`grcp template`: what there is, and a copy to be changed that nothing overwrites."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from grcp_cli.cli.app import app
from grcp_cli.report.formats import FORMATS
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Template = Callable[..., Result]

NAMES = [each.template for each in FORMATS.values() if each.template]


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Template:
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(app, ["template", *args])


def test_lists_what_is_built_in(template: Template) -> None:
    lines = template("list").stdout.splitlines()
    assert [line.partition(" · ")[0] for line in lines] == NAMES
    assert lines[0] == "report.docx · for docx · built in"


def test_ones_own_is_told_to_win(template: Template, tmp_path: Path) -> None:
    template("copy", "report.md.j2")
    (tmp_path / "templates" / "other.docx").write_bytes(b"")
    (tmp_path / "templates" / ".hidden").write_bytes(b"")
    (tmp_path / "templates" / "fonts").mkdir()
    lines = template("list").stdout.replace("\\", "/").splitlines()
    assert "report.md.j2 · for md · templates/report.md.j2" in lines
    assert "report.docx · for docx · built in" in lines
    assert lines[-1] == "other.docx · only with grcp export --template · templates/other.docx"
    data = json.loads(template("list", "--json").stdout)["templates"]
    assert [each["name"] for each in data if each["own"]] == ["report.md.j2", "other.docx"]
    assert {*data[0]} == {"name", "formats", "path", "own"}


def test_copies_all_where_none_is_named(template: Template, tmp_path: Path) -> None:
    result = template("copy")
    assert result.exit_code == 0
    assert [line.replace("\\", "/") for line in result.stdout.splitlines()] == [f"templates/{name}" for name in NAMES]
    assert "grcp export draws with them from now on" in result.stderr
    for name in NAMES:
        assert (tmp_path / "templates" / name).read_bytes() == (places.built_in("templates") / name).read_bytes()


def test_a_format_names_its_template(template: Template, tmp_path: Path) -> None:
    assert template("copy", "PDF", "md", "report.md.j2", "--to", "mine").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["report.md.j2", "report.typ"]
    assert "--template" in template("copy", "md", "--to", "other").stderr


def test_nothing_is_overwritten_unless_asked(template: Template, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    mine = tmp_path / "templates" / "report.md.j2"
    mine.write_text("mine", encoding="utf-8")
    result = template("copy")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "already there: " in result.stderr
    assert [path.name for path in (tmp_path / "templates").iterdir()] == ["report.md.j2"]
    assert mine.read_text(encoding="utf-8") == "mine"
    assert template("copy", "--force").exit_code == 0
    assert mine.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(("name", "told"), [("report.dox", "report.docx?"), ("xlsx", "there are report.docx")])
def test_one_that_there_is_not(template: Template, tmp_path: Path, name: str, told: str) -> None:
    result = template("copy", name)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "templates").exists()


def test_a_copy_draws_the_same_report(template: Template, tmp_path: Path) -> None:
    def export(to: str) -> dict[str, bytes]:
        run = CliRunner().invoke(app, ["export", "--agenda", "grcp8", "--to", to])
        assert run.exit_code == 0, run.stderr
        return {path.name: path.read_bytes() for path in (tmp_path / to).iterdir()}

    before = export("one")
    template("copy")
    assert export("two") == before
