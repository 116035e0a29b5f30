"""What was circulated, what is final and what was adopted: kept, compared, checked and never overwritten."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from grcp_cli.cli.app import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Grcp = Callable[..., Result]

ADOPTED = ("--status", "adopted", "--adopted", "2024-03-02", "--by", "the Chairs")


@pytest.fixture
def grcp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agenda_text: str) -> Grcp:
    """Runs a command in a folder of its own that holds the small meeting's agenda."""
    monkeypatch.chdir(tmp_path)
    for name in ("GRCP_AGENDA", "GRCP_RECORDS", "GRCP_DESK"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "agendas").mkdir()
    (tmp_path / "agendas" / "small.toml").write_text(agenda_text, encoding="utf-8")
    app = typer.Typer(cls=Door)
    app.callback()(lambda: None)

    def run(*args: str) -> Result:
        return CliRunner().invoke(app, args)

    return run


@pytest.fixture
def export(grcp: Grcp) -> Grcp:
    def run(*args: str) -> Result:
        return grcp("export", *([] if "--format" in args else ["--format", "md", "--format", "json"]), *args)

    return run


@pytest.fixture
def drafted(pages: Any, tmp_path: Path) -> Any:
    """A record with nothing left to decide; `more` adds to it."""
    first = pages("opening", "note", "rivers cross borders", question="q1/a")
    second = pages("opening", "recommendation", "map the wells", question="q1/a")
    pages("opening", "paragraph", "Water was shared.", question="q1/a", sources=[first, second])
    pages.save(tmp_path / "records" / "small")
    return pages


def number(folder: Path, words: str) -> int:
    """The number of the paragraph of those words in an issue."""
    told = json.loads((folder / "map.json").read_text(encoding="utf-8"))["paragraphs"]
    return next(each["number"] for each in told if each["text"].startswith(words))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.usefixtures("drafted")
def test_an_issue_keeps_all_files_and_their_map(export: Grcp, tmp_path: Path) -> None:
    result = export("--issue", "draft-1")
    assert result.exit_code == 0
    assert [path.replace("\\", "/") for path in result.stdout.split()] == [
        f"report/draft-1/{name}" for name in ("small.md", "small.json", "map.json")
    ]
    kept = files(tmp_path / "report" / "draft-1")
    assert sorted(kept) == ["map.json", "small.json", "small.md"]
    told = json.loads(kept["map.json"])
    assert (told["meeting"], told["issue"], told["as_of"]) == ("small", "draft-1", "2024-03-01T09:03:00.000+01:00")
    assert [each["file"] for each in told["records"]] == ["opening.toml"]
    assert [each["name"] for each in told["files"]] == ["small.md", "small.json"]
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["draft-1"]


@pytest.mark.usefixtures("drafted")
def test_an_issue_is_never_overwritten(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    before = files(tmp_path / "report" / "draft-1")
    grcp("note", "opening", "more")
    again = export("--issue", "draft-1")
    assert (again.exit_code, again.stdout) == (5, "")
    assert "never overwritten" in again.stderr
    assert files(tmp_path / "report" / "draft-1") == before
    assert export("--issue", "draft-2").exit_code == 0
    (tmp_path / "report" / "draft-3").write_text("a file of that name", encoding="utf-8")
    assert export("--issue", "draft-3").exit_code == 5


def test_an_issue_of_a_rehearsal_is_kept_apart(export: Grcp, pages: Any, tmp_path: Path) -> None:
    pages("opening", "note", "only tried")
    pages.save(tmp_path / "records" / "small" / "rehearsal")
    assert export("--rehearsal", "--issue", "draft-1").exit_code == 0
    assert (tmp_path / "report" / "rehearsal" / "draft-1" / "map.json").is_file()
    assert export("--compare", "draft-1").exit_code == 4
    assert export("--compare", "draft-1", "--rehearsal").exit_code == 0
    wrong = export("--check", "report/rehearsal/draft-1")
    assert wrong.exit_code == 2
    assert "--rehearsal" in wrong.stderr
    assert export("--check", "report/rehearsal/draft-1", "--rehearsal").exit_code == 0


# An address.


@pytest.mark.usefixtures("drafted")
def test_a_paragraph_that_was_circulated_is_an_address(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    water = number(tmp_path / "report" / "draft-1", "Water was shared.")
    done = grcp("note", "opening", f"/amend p{water}@draft-1 Water was shared fairly.")
    assert (done.exit_code, done.stdout.strip()) == (0, "amended paragraph · Water was shared fairly.")
    one = number(tmp_path / "report" / "draft-1", "The following recommendation")
    assert grcp("note", "opening", f"/ok p{one}@draft-1").stdout.strip() == "agreed 2 · map the wells"
    changed = export("--compare", "draft-1").stdout
    assert f"p{water} (now p{water + 1}) changed: Water was [-shared.-] {{+shared fairly.+}}" in changed
    assert "The following recommendation was agreed" in changed
    assert "map the wells" in changed


# What changed.


@pytest.mark.usefixtures("drafted")
def test_nothing_changed_since(export: Grcp) -> None:
    export("--issue", "draft-1")
    result = export("--compare", "draft-1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.strip() == "nothing changed since draft-1, as of 09:03, 1 March 2024"


@pytest.mark.usefixtures("drafted")
def test_what_changed_is_asked_for_as_the_issue_was(export: Grcp, grcp: Grcp) -> None:
    """Otherwise the differences would be those of the asking."""
    export("--issue", "draft-1", "--attribution", "full", "--session", "opening", "--lang", "fr", "--notes")
    assert export("--compare", "draft-1").stdout == ""
    grcp("note", "tables", "elsewhere", "--desk", "north")
    assert export("--compare", "draft-1").stdout == ""
    grcp("note", "opening", "/1a more")
    assert "more" in export("--compare", "draft-1").stdout


@pytest.mark.usefixtures("drafted")
def test_what_changed_as_data(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    water = number(tmp_path / "report" / "draft-1", "Water")
    grcp("note", "opening", f"/strike p{water}@draft-1")
    data = json.loads(export("--compare", "draft-1", "--json").stdout)
    assert (data["meeting"], data["issue"]) == ("small", "draft-1")
    assert data["as_of"]["then"] == "2024-03-01T09:03:00.000+01:00"
    assert [each["was"] for each in data["changes"] if each["what"] == "removed"] == [water]
    assert {each["what"] for each in data["changes"]} >= {"removed", "renumbered"}


@pytest.mark.usefixtures("drafted")
def test_an_unknown_issue_is_told(export: Grcp) -> None:
    none = export("--compare", "draft-1")
    assert none.exit_code == 4
    assert "grcp export --issue draft-1 keeps one" in none.stderr
    export("--issue", "draft-1")
    assert "there is draft-1" in export("--compare", "draft-2").stderr


# Whether they agree.


@pytest.mark.usefixtures("drafted")
def test_documents_and_records_agree_until_one_changes(export: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    folder = tmp_path / "report" / "draft-1"
    good = export("--check", "report/draft-1")
    assert (good.exit_code, good.stdout) == (0, "")
    assert "the records agree" in good.stderr
    (folder / "small.md").write_text("mine", encoding="utf-8")
    edited = export("--check", "report/draft-1")
    assert (edited.exit_code, edited.stdout) == (3, "small.md was changed after it was made\n")
    (folder / "small.md").unlink()
    assert export("--check", "report/draft-1").stdout == "small.md is gone\n"


@pytest.mark.usefixtures("drafted")
def test_a_record_that_went_on_is_told(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    grcp("note", "opening", "--internal", "between us")
    assert export("--check", "report/draft-1").stdout == "opening.toml was written to since\n"
    grcp("note", "tables", "more", "--desk", "north")
    found = export("--check", "report/draft-1", "--json")
    assert found.exit_code == 3
    data = json.loads(found.stdout)
    assert (data["agrees"], data["checked"], data["superseded"]) == (False, ["draft-1"], [])
    assert data["found"][:2] == ["opening.toml was written to since", "tables.north.toml was not there yet"]
    assert data["found"][2].startswith("the records now say otherwise: ")
    for path in (tmp_path / "records" / "small").glob("*"):
        path.unlink()
    assert "opening.toml is gone" in export("--check", "report/draft-1").stdout


@pytest.mark.usefixtures("drafted")
def test_documents_without_a_map_are_drawn_again(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    assert export("--check", "report").exit_code == 4
    export("--attribution", "full", "--notes")
    assert export("--check", "report").exit_code == 4  # who is named is part of the name
    checked = export("--check", "report", "--attribution", "full")  # the JSON tells what else was asked
    assert (checked.exit_code, checked.stderr) == (0, "report and the records agree: small-full\n")
    (tmp_path / "report" / "small-full.json").unlink()
    assert export("--check", "report", "--attribution", "full", "--notes").exit_code == 0
    assert "small-full.md is not what" in export("--check", "report", "--attribution", "full").stdout
    grcp("note", "opening", "more")
    assert export("--check", "report", "--attribution", "full", "--notes").exit_code == 3
    assert export("--check", "report", "--session", "opening").exit_code == 4


# Final and adopted.


@pytest.mark.usefixtures("drafted")
def test_a_final_report_names_the_heads_of_its_records(export: Grcp, tmp_path: Path) -> None:
    assert export("--status", "final").exit_code == 0
    told = json.loads((tmp_path / "report" / "small.map.json").read_text(encoding="utf-8"))
    seal = told["records"][0]["seal"]
    report = json.loads((tmp_path / "report" / "small.json").read_text(encoding="utf-8"))
    assert f"opening.toml {seal}" in " ".join(report["colophon"])


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace("rivers cross", "rivers meet"), "opening.toml: 1 changed by hand"),
        (lambda text: text + '[[entry]]\nid = "x', "opening.toml: an append did not finish"),
        (lambda text: text.replace("meeting =", "meeting", 1), "opening.toml has a header that is not TOML"),
    ],
)
@pytest.mark.usefixtures("drafted")
def test_a_final_report_asks_for_records_that_are_whole(
    export: Grcp, tmp_path: Path, spoil: Callable[[str], str], told: str
) -> None:
    path = tmp_path / "records" / "small" / "opening.toml"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    assert export().exit_code == 0
    final = export("--status", "final", "--to", "final")
    assert (final.exit_code, final.stdout) == (3, "")
    assert told in final.stderr
    assert "grcp record verify" in final.stderr
    assert not (tmp_path / "final").exists()


@pytest.mark.usefixtures("drafted")
def test_a_change_by_hand_that_was_accepted_may_be_final(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    path = tmp_path / "records" / "small" / "opening.toml"
    text = path.read_text(encoding="utf-8").replace("rivers cross", "rivers meet")
    path.write_text(text, encoding="utf-8", newline="\n")
    grcp("record", "repair", "--accept", "all")
    assert export("--status", "final").exit_code == 0


@pytest.mark.usefixtures("drafted")
def test_the_same_final_may_be_made_again_and_in_more_formats(export: Grcp, tmp_path: Path) -> None:
    export("--status", "final", "--format", "md")
    assert export("--status", "final").exit_code == 0
    told = json.loads((tmp_path / "report" / "small.map.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in told["files"]] == ["small.md", "small.json"]
    assert export("--check", "report").exit_code == 0


@pytest.mark.parametrize("status", [("--status", "final"), ADOPTED])
@pytest.mark.usefixtures("drafted")
def test_what_is_final_is_replaced_by_nothing_else(
    export: Grcp, grcp: Grcp, tmp_path: Path, status: tuple[str, ...]
) -> None:
    assert export(*status).exit_code == 0
    before = files(tmp_path / "report")
    draft = export()
    assert (draft.exit_code, draft.stdout) == (5, "")
    assert "and this draft would replace it" in draft.stderr
    grcp("note", "opening", "rec: drain the wells")
    later = export(*status)
    assert (later.exit_code, later.stdout) == (5, "")
    assert "the record has changed since" in later.stderr
    assert files(tmp_path / "report") == before
    assert "drain the wells" in export("--compare", "small").stdout
    revised = export(*status, "--rev", "1")
    assert revised.exit_code == 0
    assert "small-rev1.md" in revised.stdout
    assert {name: data for name, data in files(tmp_path / "report").items() if "rev1" not in name} == before
    assert "revision 1" in (tmp_path / "report" / "small-rev1.md").read_text(encoding="utf-8")
    grcp("note", "opening", "rec: drain no wells")
    assert export(*status, "--rev", "1").exit_code == 5
    assert "--rev 2" in export(*status, "--rev", "1").stderr


@pytest.mark.usefixtures("drafted")
def test_what_is_final_is_adopted_in_place_if_it_still_says_the_same(export: Grcp, tmp_path: Path) -> None:
    export("--status", "final")
    assert export(*ADOPTED).exit_code == 0
    page = (tmp_path / "report" / "small.md").read_text(encoding="utf-8")
    assert "Adopted on 2 March 2024 by the Chairs" in page
    assert export("--check", "report").exit_code == 0
    assert export(*ADOPTED).exit_code == 0
    final = export("--status", "final")
    assert final.exit_code == 5
    assert "is adopted, and this final would replace it" in final.stderr
    other = export(*ADOPTED[:-1], "someone else")
    assert other.exit_code == 5
    assert "is adopted already, and this one differs" in other.stderr
    assert (tmp_path / "report" / "small.md").read_text(encoding="utf-8") == page


@pytest.mark.usefixtures("drafted")
def test_a_final_document_edited_by_hand_is_not_lost(export: Grcp, tmp_path: Path) -> None:
    export("--status", "final")
    (tmp_path / "report" / "small.md").write_text("edited", encoding="utf-8")
    for status in (("--status", "final"), ADOPTED):
        assert export(*status).exit_code == 5
    assert (tmp_path / "report" / "small.md").read_text(encoding="utf-8") == "edited"


@pytest.mark.usefixtures("drafted")
def test_a_map_that_cannot_be_read_is_told(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    path = tmp_path / "report" / "draft-1" / "map.json"
    told_of = {"{": "is not as grcp wrote it", "[]": "is not as grcp wrote it", "{}": "has format missing"}
    for text, told in told_of.items():
        path.write_text(text, encoding="utf-8")
        for option in (("--compare", "draft-1"), ("--check", "report/draft-1")):
            result = export(*option)
            assert result.exit_code == 3
            assert told in result.stderr
    path.write_text('{"meeting": "small"}', encoding="utf-8")
    assert grcp("note", "opening", "/star p1@draft-1").exit_code == 3


@pytest.mark.usefixtures("drafted")
def test_an_issue_of_another_meeting_is_told(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    export("--issue", "draft-1")
    path = tmp_path / "report" / "draft-1" / "map.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"small"', '"large"'), encoding="utf-8")
    result = export("--compare", "draft-1")
    assert result.exit_code == 2
    assert "draft-1 is of the meeting large, not of small" in result.stderr
    assert grcp("note", "opening", "/star p1@draft-1").exit_code == 4


@pytest.mark.usefixtures("drafted")
def test_chatham_maps_name_nobody(export: Grcp, grcp: Grcp, tmp_path: Path) -> None:
    grcp("note", "tables", "a desk named after its writer", "--desk", "zoe-ndiaye", "--group", "north")
    export("--issue", "draft-1", "--attribution", "chatham")
    text = (tmp_path / "report" / "draft-1" / "map.json").read_text(encoding="utf-8")
    assert "zoe" not in text.lower()
    assert export("--check", "report/draft-1").exit_code == 0
