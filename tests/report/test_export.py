"""`grcp export`, from records on disk to files on disk."""

from __future__ import annotations

import json
import re
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from grcp_cli.cli import export as command
from grcp_cli.cli.app import NOUNS, Door
from grcp_cli.report.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Grcp = Callable[..., Result]


@pytest.fixture
def grcp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agenda_text: str) -> Grcp:
    """Runs the command in a folder of its own that holds the small meeting's agenda."""
    monkeypatch.chdir(tmp_path)
    for name in ("GRCP_AGENDA", "GRCP_RECORDS", "GRCP_DESK"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "agendas").mkdir()
    (tmp_path / "agendas" / "small.toml").write_text(agenda_text, encoding="utf-8")
    assert "export" in NOUNS
    app = typer.Typer(cls=Door)
    app.callback()(lambda: None)

    def run(*args: str, noun: str = "export") -> Result:
        return CliRunner().invoke(app, [noun, *args])

    return run


@pytest.fixture
def saved(full: Any, tmp_path: Path) -> Any:
    full.save(tmp_path / "records" / "small")
    return full


@pytest.mark.usefixtures("saved")
def test_writes_every_format_and_prints_the_paths(grcp: Grcp, tmp_path: Path) -> None:
    result = grcp()
    assert result.exit_code == 0
    wanted = [f"report/small.{each}" for each in ("docx", "pdf", "html", "md", "xlsx", "json")]
    assert [path.replace("\\", "/") for path in result.stdout.split()] == wanted
    assert sorted(f"report/{path.name}" for path in (tmp_path / "report").iterdir()) == sorted(wanted)
    assert "see Other" in result.stderr
    assert re.search(r"\d+ of 8,500 words, \d+ pages?, draft as of 09:35, 1 March 2024$", result.stderr.strip())


@pytest.mark.usefixtures("saved")
def test_same_record_same_bytes(grcp: Grcp, tmp_path: Path) -> None:
    assert grcp("--to", "one").exit_code == 0
    time.sleep(1.1)  # archives and PDFs hold times to the second
    grcp("--to", "two")
    made = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert len(made) == 6


def test_same_record_same_bytes_in_whichever_folder_it_was_merged(grcp: Grcp, full: Any, tmp_path: Path) -> None:
    full.save(tmp_path / "one" / "small")
    shutil.copytree("one", "two")
    for folder, text in (("one", "left"), ("two", "right")):
        assert grcp("tables", f"rec: {text}", "--desk", "north", "--records", folder, noun="note").exit_code == 0
    shutil.copytree("one", "kept")
    for folder, other in (("one", "two"), ("two", "kept")):
        assert grcp("merge", other, "--records", folder, noun="record").exit_code == 0
    formats = [f"--format={each}" for each in FORMATS]
    for level in ("none", "chatham"):
        made = []
        for folder in ("one", "two"):
            to = tmp_path / f"{folder}-{level}"
            asked = ("--records", folder, "--to", str(to), "--attribution", level)
            assert grcp(*asked, *formats).exit_code == 0
            made.append({path.name: path.read_bytes() for path in to.iterdir()})
        assert (made[0], len(made[0])) == (made[1], len(FORMATS))
    colophon = (tmp_path / "one-none" / "small.md").read_text(encoding="utf-8")
    assert re.search(r"tables\.north\.toml [0-9a-f]{12}\+[0-9a-f]{12}, tables\.south\.toml [0-9a-f]{12}\.", colophon)


@pytest.mark.usefixtures("saved")
def test_attribution_is_the_agendas_unless_asked(grcp: Grcp, tmp_path: Path, agenda_text: str) -> None:
    asked = agenda_text.replace("theme = ", 'attribution = "full"\ntheme = ')
    (tmp_path / "agendas" / "small.toml").write_text(asked, encoding="utf-8")
    assert "Speakers are named" in grcp("--format", "md", "-o", "-").stdout
    assert "Chatham House Rule" in grcp("--format", "md", "-o", "-", "--attribution", "chatham").stdout


@pytest.mark.usefixtures("saved")
def test_one_format_on_stdout(grcp: Grcp, tmp_path: Path) -> None:
    result = grcp("--format", "json", "-o", "-")
    assert json.loads(result.stdout)["meeting"] == "small"
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ("--format", "pptx"),
            "there is no format pptx\n      there are docx, pdf, html, md, xlsx, json, csv, ics, form",
        ),
        (("-o", "-"), "-o - takes exactly one format"),
        (("--format", "md", "--format", "json", "-o", "-"), "-o - takes exactly one format"),
        (("--format", "md", "-o", "file.md"), "-o takes - only"),
        (("--format", "json", "--template", "t.j2"), "none of these formats has a template"),
        (("--template", "t.j2"), "t.j2 could be for html or md"),
        (("--template", "t.odt"), "t.odt is a template of none of these formats"),
        (("--format", "md", "--template", "t.docx"), "t.docx is a template of none of these formats"),
        (("--brief", "--format", "form"), "--brief and --format form do not go together"),
        (("--format", "form,csv", "--issue", "a"), "csv and form are two documents, and --issue and --check take one"),
        (("--issue", "a", "--compare", "b"), "--issue and --compare do not go together"),
        (("--check", ".", "--format", "md", "-o", "-"), "--check and -o - do not go together"),
        (("--issue", "Draft 1"), "“Draft 1” cannot name an issue"),
        (("--issue", "../draft"), "“../draft” cannot name an issue"),
        (("--issue", "rehearsal"), "“rehearsal” cannot name an issue"),
        (("--status", "adopted"), "an adopted report says when it was adopted, and by whom"),
        (("--status", "adopted", "--adopted", "2024-03-02", "--by", " "), "and by whom"),
        (("--status", "adopted", "--adopted", "2 March", "--by", "all"), "2 March is no date here"),
        (("--status", "final", "--by", "all"), "--adopted and --by go with --status adopted"),
        (("--rev", "-1"), "--rev"),
        (("--lang", "de"), "--lang"),
        (("--attribution", "some"), "--attribution"),
        (("--status", "ready"), "--status"),
    ],
)
@pytest.mark.usefixtures("saved")
def test_wrong_usage(grcp: Grcp, tmp_path: Path, args: tuple[str, ...], told: Any) -> None:
    result = grcp(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert not (tmp_path / "report").exists()


@pytest.mark.usefixtures("saved")
def test_an_unknown_session_is_told_with_the_nearest(grcp: Grcp) -> None:
    result = grcp("--session", "openin")
    assert result.exit_code == 4
    assert "did you mean opening?" in result.stderr


@pytest.mark.usefixtures("saved")
def test_an_extract_has_a_file_of_its_own(grcp: Grcp) -> None:
    result = grcp("--session", "opening", "--format", "md")
    assert result.stdout.split()[0].endswith("small-opening.md")


def test_no_records_at_all(grcp: Grcp, tmp_path: Path) -> None:
    result = grcp("--format", "md")
    assert result.exit_code == 0
    assert "no records in" in result.stderr
    assert "as planned" in (tmp_path / "report" / "small.md").read_text(encoding="utf-8")
    final = grcp("--status", "final")
    assert final.exit_code == 5
    assert "nothing has been recorded yet" in final.stderr


def test_a_rehearsal_is_kept_apart_and_stamped(grcp: Grcp, full: Any, tmp_path: Path) -> None:
    full.save(tmp_path / "records" / "small" / "rehearsal")
    result = grcp("--rehearsal", "--format", "md")
    assert result.stdout.strip().replace("\\", "/") == "report/rehearsal/small.md"
    assert (tmp_path / "report" / "rehearsal" / "small.md").read_text(encoding="utf-8").startswith("# Rehearsal: ")


@pytest.mark.usefixtures("saved")
def test_a_template_of_ones_own(grcp: Grcp, tmp_path: Path) -> None:
    (tmp_path / "my.j2").write_text("{{ document.title | line }}: {{ document.words }}", encoding="utf-8")
    assert grcp("--format", "md", "--template", "my.j2", "-o", "-").stdout.startswith("Small Meeting: ")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "report.md.j2").write_text("mine", encoding="utf-8")
    assert grcp("--format", "md", "-o", "-").stdout == "mine\n"
    assert grcp("--format", "md", "--template", "none.j2").exit_code == 6
    (tmp_path / "latin.j2").write_bytes(b"\xe9")
    assert "is not UTF-8" in grcp("--format", "md", "--template", "latin.j2").stderr


def test_a_fault_of_the_template_leaves_what_was_there(grcp: Grcp, saved: Any, tmp_path: Path) -> None:
    grcp()
    before = (tmp_path / "report" / "small.json").read_bytes()
    (tmp_path / "my.md.j2").write_text("{{ nothing }}", encoding="utf-8")
    saved("opening", "note", "more")
    result = grcp("--template", "my.md.j2")
    assert (result.exit_code, result.stdout) == (3, "")
    assert (tmp_path / "report" / "small.json").read_bytes() == before


def test_final_tells_every_reason_at_once(grcp: Grcp, pages: Any, tmp_path: Path) -> None:
    note = pages("opening", "note", "the Blue Process asked", question="q1/a")
    pages("opening", "amend", target=note, text="Blue Process asked")
    pages("opening.second", "amend", target=note, text="they asked, says BP")
    pages("opening", "paragraph", "Green Dialogue answered.", question="q1/b")
    pages.save(tmp_path / "records" / "small")
    draft = grcp("--format", "md")
    assert draft.exit_code == 0
    assert "opening 1 names Blue Process" in draft.stderr
    final = grcp("--status", "final", "--to", "final")
    assert (final.exit_code, final.stdout) == (5, "")
    for told in (
        "opening paragraph under q1/b names Green Dialogue",
        "opening: 1 to be decided",
        "opening/q1/a has no paragraphs",
    ):
        assert told in final.stderr
    assert not (tmp_path / "final").exists()


def test_final_goes_through_when_nothing_is_left(grcp: Grcp, pages: Any, tmp_path: Path) -> None:
    note = pages("opening", "note", "the Blue Process asked", question="q1/a")
    pages("opening", "paragraph", "A question was asked.", question="q1/a", sources=[note])
    pages.save(tmp_path / "records" / "small")
    assert grcp("--status", "final").exit_code == 0
    noted = grcp("--status", "final", "--notes")
    assert noted.exit_code == 5
    assert "opening 1 names Blue Process" in noted.stderr
    assert grcp("--status", "final", "--notes", "--attribution", "full", "--to", "named").exit_code == 0


def test_a_final_report_tells_what_of_internal_entries_may_leave(grcp: Grcp, pages: Any, tmp_path: Path) -> None:
    notes = [pages("opening", "note", "hush", question="q1/a", internal=True) for _ in range(2)]
    known = pages("opening", "note", "known", question="q1/a")
    pages("opening", "paragraph", "What was said.", question="q1/a", sources=[*notes, known])
    pages("opening", "paragraph", "What is known.", question="q1/b", sources=[known])
    struck = pages("opening", "paragraph", "What was dropped.", question="q1/b", sources=notes)
    pages("opening", "strike", target=struck)
    pages.save(tmp_path / "records" / "small")
    result = grcp("--status", "final")
    assert result.exit_code == 0
    (told,) = (line for line in result.stderr.splitlines() if "internal" in line)
    assert told == (
        "opening: “What was said.” rests on opening 1, opening 2, which are internal: "
        "what the paragraph says of them leaves with the report"
    )
    assert "internal" not in grcp("--status", "final", "--brief", "--format", "md").stderr


def test_allowed_names_may_stand_in_a_final_report(grcp: Grcp, pages: Any, tmp_path: Path) -> None:
    note = pages("opening", "note", "the Blue Process asked", question="q1/a")
    pages("opening", "allow", target=note)
    pages("opening", "paragraph", "The Blue Process asked.", question="q1/a", sources=[note])
    pages.save(tmp_path / "records" / "small")
    result = grcp("--status", "final", "--notes")
    assert result.exit_code == 0
    assert "names" not in result.stderr


@pytest.mark.usefixtures("saved")
def test_a_folder_that_cannot_be_written(grcp: Grcp, tmp_path: Path) -> None:
    (tmp_path / "report").write_text("a file", encoding="utf-8")
    result = grcp()
    assert (result.exit_code, result.stdout) == (6, "")
    assert "choose another folder with --to" in result.stderr


@pytest.mark.usefixtures("saved")
def test_open_opens_the_first(grcp: Grcp, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(command.typer, "launch", opened.append)
    grcp("--open")
    assert [each.replace("\\", "/") for each in opened] == ["report/small.docx"]


@pytest.mark.usefixtures("saved")
def test_formats_may_stand_behind_one_another(grcp: Grcp) -> None:
    result = grcp("--format", "md,json", "--format", "md")
    assert [path[-5:] for path in result.stdout.split()] == ["ll.md", ".json"]


@pytest.mark.usefixtures("saved")
def test_another_language_and_the_page_of_the_next_morning_stand_beside(grcp: Grcp) -> None:
    told = grcp("--format", "md").stdout + grcp("--format", "md", "--lang", "fr").stdout
    told += grcp("--format", "md", "--brief").stdout + grcp("--format", "md", "--session", "back", "--rev", "2").stdout
    names = ["small.md", "small-fr.md", "small-brief.md", "small-back-rev2.md"]
    assert [path.replace("\\", "/") for path in told.split()] == [f"report/{name}" for name in names]


@pytest.mark.usefixtures("saved")
def test_sheets_are_a_pdf_unless_asked_otherwise(grcp: Grcp, tmp_path: Path) -> None:
    result = grcp("--format", "form")
    assert result.stdout.strip().endswith("small-form.pdf")
    assert "nothing was written down" not in result.stderr
    assert "words" not in result.stderr
    assert grcp("--format", "form", "--format", "md", "-o", "-").stdout.startswith("# Small Meeting")
    assert (tmp_path / "report" / "small-form.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("saved")
def test_lists_beside_sheets_are_of_the_report(grcp: Grcp, tmp_path: Path) -> None:
    told = grcp("--format", "csv", "--format", "ics", "--to", "alone").stdout + grcp("--format", "csv,ics,form").stdout
    names = ["alone/small.csv", "alone/small.ics", "report/small-form.pdf", "report/small.csv", "report/small.ics"]
    assert [path.replace("\\", "/") for path in told.split()] == names
    for name in ("small.csv", "small.ics"):
        assert (tmp_path / "report" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
    both = grcp("--format", "form,md,xlsx", "--to", "both").stdout
    assert [path.replace("\\", "/") for path in both.split()] == ["both/small-form.md", "both/small.xlsx"]


@pytest.mark.usefixtures("saved")
def test_a_template_goes_to_the_format_that_it_ends_in(grcp: Grcp, tmp_path: Path) -> None:
    (tmp_path / "mine.md.j2").write_text("mine", encoding="utf-8")
    assert grcp("--template", "mine.md.j2").exit_code == 0
    assert (tmp_path / "report" / "small.md").read_text(encoding="utf-8") == "mine\n"
    assert "Small Meeting" in (tmp_path / "report" / "small.html").read_text(encoding="utf-8")


def test_a_session_that_runs_is_told_as_of_its_last_entry(grcp: Grcp, pages: Any, tmp_path: Path) -> None:
    pages("opening", "start")
    pages("opening", "note", "one", question="q1/a")
    pages.save(tmp_path / "records" / "small")
    result = grcp("--format", "md")
    assert "as of 09:02, 1 March 2024" in result.stderr
    assert "as of 1 March 2024, 09:02" in (tmp_path / "report" / "small.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("saved")
def test_a_file_that_cannot_be_replaced_leaves_all_others(grcp: Grcp, tmp_path: Path) -> None:
    (tmp_path / "report" / "small.json").mkdir(parents=True)
    (tmp_path / "report" / "small.md").write_text("before", encoding="utf-8")
    result = grcp("--format", "md", "--format", "json")
    assert (result.exit_code, result.stdout) == (6, "")
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == ["small.json", "small.md"]
    assert (tmp_path / "report" / "small.md").read_text(encoding="utf-8") == "before"
