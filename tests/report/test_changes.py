"""What changed between two reports, and the map that a report is compared by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.console.changes import coloured, lines
from grcp_cli.meeting.entry import Source
from grcp_cli.meeting.record import Record
from grcp_cli.report.changes import Change, as_data, compare, elsewhere, words
from grcp_cli.report.issue import Line, MapError, Said, Text, asked, from_data, heads, map_of, text
from grcp_cli.report.pen import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document

    from .conftest import Pages

    Make = Callable[..., Document]


def said(*paragraphs: Said) -> Text:
    return Text(paragraphs, ())


def paragraph(number: int | None, what: str, entry_id: str = "", place: str = "here", *listed: Line) -> Said:
    return Said(number, what, "part", place, entry_id, (), listed)


def told(before: Text, after: Text) -> list[str]:
    return list(lines(compare(before, after)))


def test_a_map_says_what_the_document_says(full: Any, make: Make) -> None:
    document = make(full)
    found = map_of(document, Choices("none"), ["opening"], [("small.md", b"bytes")], "draft-1")
    back = json.loads(json.dumps(found))
    assert from_data(back) == text(document)
    assert asked(back) == (Choices("none"), ("opening",), "report")
    numbers = [each["number"] for each in found["paragraphs"] if each["number"]]
    assert numbers == list(range(1, len(numbers) + 1))
    drafted = next(each for each in found["paragraphs"] if each["id"])
    assert drafted["text"] == "Water was shared."
    assert drafted["entries"] == ["opening.2", "opening.3"]
    assert found["files"][0] == {
        "name": "small.md",
        "size": 5,
        "sha256": "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9",
    }


def test_every_entry_of_the_report_is_in_the_map(full: Any, make: Make) -> None:
    document = make(full, notes=True)
    found = text(document)
    assert {entry for each in found.said for entry in (each.id, *each.entries) if entry} >= set(document.entries)


def test_nothing_changed(full: Any, make: Make) -> None:
    before = text(make(full))
    assert compare(before, before) == []
    assert elsewhere(before, before, []) == []


def test_words_are_marked_where_they_differ() -> None:
    before, after = paragraph(7, "They exchange data each year.", "a"), paragraph(7, "They share data each year.", "a")
    assert told(said(before), said(after)) == ["p7 changed: They [-exchange-] {+share+} data each year."]


def test_what_was_added_removed_and_numbered_anew() -> None:
    before = said(*(paragraph(n, f"text {n}", f"id{n}") for n in range(1, 7)))
    after = said(
        paragraph(1, "text 1", "id1"),
        paragraph(2, "new", "new", "session-2-q1"),
        paragraph(3, "text 2", "id2"),
        paragraph(4, "text 3", "id3"),
        paragraph(5, "text 5", "id5"),
        paragraph(6, "text 6", "id6"),
    )
    assert told(before, after) == [
        "p2 added, session-2-q1: new",
        "p2–p3 are now p3–p4",
        "p4 removed: text 4",
    ]
    assert told(after, before) == [
        "p2 removed: new",
        "p3–p4 are now p2–p3",
        "p4 added, here: text 4",
    ]


def test_a_paragraph_moved_to_another_question() -> None:
    before, after = said(paragraph(1, "text", "a", "q1")), said(paragraph(2, "text", "a", "q2"))
    assert told(before, after) == ["p1 (now p2) moved to q2: text"]


def test_lists_are_compared_line_by_line() -> None:
    before = paragraph(3, "Made:", "", "r", Line("Africa 1", "dig", "x"), Line("Africa 2", "drain", "y"))
    after = paragraph(3, "Made:", "", "r", Line("Africa 1", "dig deep", "x"), Line("Africa 3", "dredge", "z"))
    assert told(said(before), said(after)) == [
        "p3 changed: Made:",
        "    Africa 1 changed: dig {+deep+}",
        "    Africa 2 removed: drain",
        "    Africa 3 added: dredge",
    ]


def test_one_lettered_anew_is_no_change() -> None:
    before = paragraph(3, "Made:", "", "r", Line("(a)", "one", "x"), Line("(b)", "two", "y"))
    after = paragraph(3, "Made:", "", "r", Line("(a)", "two", "y"))
    assert told(said(before), said(after)) == ["p3 changed: Made:", "    (a) removed: one"]


def test_the_reports_own_wording_is_known_by_what_it_lists() -> None:
    before = said(
        paragraph(1, "By Africa:", "", "r", Line("Africa 1", "dig", "x")),
        paragraph(2, "By Asia:", "", "r", Line("Asia 1", "dam", "y")),
    )
    after = said(
        paragraph(1, "By the Americas:", "", "r", Line("Americas 1", "drain", "z")),
        paragraph(2, "By Africa, two:", "", "r", Line("Africa 1", "dig", "x"), Line("Africa 2", "draw", "w")),
        paragraph(3, "By Asia:", "", "r", Line("Asia 1", "dam", "y")),
    )
    assert told(before, after) == [
        "p1 added, r: By the Americas:",
        "    Americas 1 added: drain",
        "p1 (now p2) changed: By [-Africa:-] {+Africa, two:+}",
        "    Africa 2 added: draw",
        "p2 is now p3",
    ]


def test_the_reports_own_wording_is_known_by_half_of_its_words() -> None:
    before = said(
        paragraph(1, "Of 15 questions 2 were answered.", "", "s"), paragraph(2, "Quite other words.", "", "s")
    )
    after = said(
        paragraph(1, "The following was agreed:", "", "s"), paragraph(2, "Of 15 questions 3 were answered.", "", "s")
    )
    assert told(before, after) == [
        "p1 added, s: The following was agreed:",
        "p1 (now p2) changed: Of 15 questions [-2-] {+3+} were answered.",
        "p2 removed: Quite other words.",
    ]


def test_a_line_of_the_agenda_may_be_worded_anew() -> None:
    before = paragraph(3, "Aims:", "", "r", Line("(a)", "to look back at water"), Line("(b)", "to dig"))
    after = paragraph(3, "Aims:", "", "r", Line("(a)", "to look ahead at water"), Line("(b)", "to sow"))
    assert told(said(before), said(after)) == [
        "p3 changed: Aims:",
        "    (a) changed: to look [-back-] {+ahead+} at water",
        "    (b) changed: to [-dig-] {+sow+}",
    ]


def test_thousands_of_new_lines_do_not_take_for_ever() -> None:
    before = said(*(paragraph(n, f"text {n} of before", "", f"at{n}") for n in range(2_000)))
    after = said(*(paragraph(n, f"words {n} since then", "", f"at{n}") for n in range(2_000)))
    assert len(compare(before, after)) == 4_000


def test_a_table_that_no_paragraph_tells_of_is_named(full: Any, make: Make) -> None:
    before = text(make(full))
    full("tables.south", "start")
    after = text(make(full))
    changes = compare(before, after)
    assert [each for each in elsewhere(before, after, changes) if "Agenda as held" in each]


def test_a_change_as_data() -> None:
    change = compare(said(paragraph(7, "one two", "a")), said(paragraph(8, "one three", "a")))[0]
    data = as_data(change)
    assert (data["what"], data["was"], data["now"], data["id"], data["mark"]) == ("changed", 7, 8, "a", None)
    assert data["words"] == [
        {"what": "kept", "text": "one"},
        {"what": "out", "text": " two"},
        {"what": "in", "text": " three"},
    ]
    assert as_data(Change("added", None, 1, "p", "p", "", "x"))["before"] is None


texts = st.text(st.sampled_from("ab 中文.\n") | st.characters(exclude_categories=["Cs"]), max_size=40)


@given(texts, texts)
def test_words_give_both_texts_back(before: str, after: str) -> None:
    found = words(before, after)
    assert "".join(each.text for each in found if each.what != "in") == before
    assert "".join(each.text for each in found if each.what != "out") == after


def test_scripts_without_spaces_are_compared_letter_by_letter() -> None:
    assert [each.text for each in words("各区域会议", "各国会议")] == ["各", "区域", "国", "会议"]


def test_very_long_texts_do_not_take_for_ever() -> None:
    before, after = ("x y " * 40_000, "z y " * 40_000)
    assert [each.what for each in words(before, after)][:2] == ["out", "in"]


def test_what_is_drawn_cannot_steer_a_terminal() -> None:
    line = told(said(paragraph(1, "a", "a")), said(paragraph(1, "\x1b[31mb", "a")))[0]
    assert "\x1b" not in line
    assert "{+" in coloured(line).plain


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(format=2),
        lambda data: data.pop("paragraphs"),
        lambda data: data["paragraphs"][0].pop("text"),
        lambda data: data.update(paragraphs=[1]),
        lambda data: data.update(parts=7),
        lambda data: data.update(files=[{}]),
        lambda data: data.update(records=[1]),
        lambda data: data.pop("records"),
    ],
)
def test_a_map_changed_by_hand_is_told(full: Any, make: Make, spoil: Callable[[dict[str, Any]], Any]) -> None:
    data = map_of(make(full), Choices("none"), [], [])
    spoil(data)
    with pytest.raises(MapError):
        from_data(data)


@pytest.mark.parametrize("choices", [None, {}, {"sort": "report", "sessions": [], "attribution": "none", "odd": 1}])
def test_what_was_asked_changed_by_hand_is_told(choices: Any) -> None:
    with pytest.raises(MapError, match="the map of draft-1 was changed by hand"):
        asked({"format": 1, "issue": "draft-1", "files": [], "records": [], "choices": choices})


def test_a_desk_named_after_somebody_is_not_named(meeting: Meeting, pages: Pages) -> None:
    for place, seal in (("opening", "aa"), ("tables.blue", "bb"), ("tables.north", "cc")):
        pages(place, "note", "n", seal=seal)
    found = (("opening.toml", "aa"), ("tables.blue.toml", "bb"), ("tables.north.toml", "cc"))
    assert heads(pages.record, meeting, "full") == found
    assert heads(pages.record, meeting, "none") == (found[0], ("tables.*.toml", "bb"), found[2])


def test_branches_go_by_their_desk_whatever_their_files_are_called(meeting: Meeting, pages: Pages) -> None:
    shared = pages("tables.north", "note", "n", seal="aa")
    left, right = (pages("tables.north", "note", each, seal=each * 2) for each in "bc")
    a, b, c = pages.files.pop(Source("tables", "north"))
    assert (a.id, b.id, c.id) == (shared, left, right)
    for main, branch in ((b, c), (c, b)):
        record = Record()
        record.add_all({Source("tables", "north"): [a, main], Source("tables", "north", branch.seal): [a, branch]})
        assert heads(record, meeting, "none") == (("tables.north.toml", "bb+cc"),)
        assert heads(record, meeting, "chatham") == (("tables.*.toml", "bb+cc"),)
