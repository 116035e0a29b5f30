"""The workbook, reopened: every entry, every text a text, heads that stay, and the same bytes on any day."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hard import HARD, hard_agenda, hard_record
from openpyxl import load_workbook

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report import xlsx
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Item, Part
from grcp_cli.report.kit import Kit
from grcp_cli.report.pen import Choices
from grcp_cli.report.sheets import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]

USUAL = ["Recommendations", "Across groups", "Actions", "Entries", "Agenda as held"]


def book(document: Document) -> Any:
    return load_workbook(io.BytesIO(xlsx.write(document, Kit())))


def rows(sheet: Any) -> list[list[Any]]:
    return [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]


def raw(document: Document) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(xlsx.write(document, Kit()))) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def noted(make: Make, pages: Any, text: str) -> Document:
    """A document with this text in it, drawn as it is."""
    item = Item(text, id="n", kind="note", session="opening", question="q1")
    return make(pages)._replace(parts=(Part("opening", "session", "I", "Opening", (item,)),))


def text_of(document: Document) -> str:
    """What the one entry of a document says on its sheet, as Excel shows it."""
    found = raw(document)
    (at,) = re.findall(r'<c r="G2"[^>]*t="s"[^>]*><v>(\d+)</v>', found["xl/worksheets/sheet5.xml"])
    strings = re.findall(r"<si>(.*?)</si>", found["xl/sharedStrings.xml"], re.DOTALL)
    shown = "".join(re.findall(r"<t(?: [^>]*)?>(.*?)</t>", strings[int(at)], re.DOTALL))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_sheets(make: Make, full: Any) -> None:
    names = book(make(full)).sheetnames
    assert names == ["Report", *USUAL, "Participants", "Speaking time", "What is missing"]


def test_the_first_sheet_says_what_it_is(make: Make, full: Any) -> None:
    document = make(full, rehearsal=True)
    cover = book(document).worksheets[0]
    told = [cell for row in rows(cover) for cell in row if cell != ""]
    assert told[:3] == [document.stamp, document.title, document.subtitle]
    for field in document.masthead:
        assert field.name in told
        assert field.text in told
    assert set(document.colophon) <= set(told)
    links = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert links[0] == "'Recommendations'!A1"
    assert len(links) == len(book(document).sheetnames) - 1


def test_heads_stay_and_filter(make: Make, full: Any) -> None:
    for sheet in book(make(full)).worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert all(cell.value for cell in sheet[1][: sheet.max_column] if cell.column <= 5), "no head without a name"


def test_recommendations_are_a_matrix(make: Make, full: Any) -> None:
    head, *told = rows(book(make(full))["Recommendations"])
    assert head[:7] == ["Group", "Label", "Text", "Partners", "Status", "Decided in", "Common recommendation"]
    assert [row[:7] for row in told] == [
        ["North", "North 1", "dig", "", "agreed", "Session 2", "Common 1"],
        ["North", "North 2", "[drain]", "", "in brackets", "Session 2", ""],
        ["South", "South 1", "dredge", "", "", "", "Common 1"],
        ["", "Session 1.1", "map the wells", "", "", "", ""],
    ]
    assert head[7:9] == ["Supported by", "Opposed by"]
    assert [row[7:9] for row in told] == [["", ""]] * 3 + [["one group and most participants", ""]]


def test_common_recommendations_against_groups(make: Make, full: Any) -> None:
    common = full("back", "cluster", "drain at last", targets=["tables.north.2"], support=["north", "south"])
    full("back", "oppose", target=common, who="north")
    full("back", "cluster", "dredge", targets=["tables.south.1"], support=["south"])
    head, *told, _, (legend, *_) = rows(book(make(full))["Across groups"])
    assert legend.endswith("✓ supports, ✗ opposes, blank: no position recorded.")
    assert head[:4] == ["Label", "Common recommendation", "North", "South"]
    assert [row[:4] for row in told] == [
        ["Common 1", "dig and dredge", "North 1", "South 1"],
        ["Common 2", "drain at last", "North 2 ✗", "✓"],
        ["Common 3", "dredge", "", "South 1"],
    ]


def test_actions(make: Make, full: Any) -> None:
    head, *told = rows(book(make(full))["Actions"])
    assert head == ["No.", "Action", "Owner", "Due", "From", "Entry"]
    assert [row[:5] for row in told] == [["(a)", "send the list", "Green Dialogue", "1 March 2024", "Session 1"]]


def test_every_entry_once_and_none_else(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    head, *told = rows(book(document)["Entries"])
    assert sorted(row[head.index("Entry")] for row in told) == sorted(document.entries)
    assert not re.search("secret|mistake", "".join(raw(document).values()))


def test_agenda_as_held_is_one_sheet(make: Make, full: Any) -> None:
    told = rows(book(make(full))["Agenda as held"])
    assert told[0][:4] == ["Session", "Planned", "Held", "Time used"]
    captions = [row[0] for row in told if row[0] and not any(row[1:])]
    assert captions == ["Time by guiding question", "Interventions; points of order are not counted"]
    assert told[-1][:2] == ["Session 1", 2]


def test_attribution_is_the_documents(make: Make, full: Any) -> None:
    assert "Green Dialogue" in "".join(raw(make(full, attribution="full", notes=True)).values())
    hidden = book(make(full, attribution="chatham", notes=True))
    assert "Participants" not in hidden.sheetnames
    assert "Speaking time" not in hidden.sheetnames
    assert not [row for sheet in hidden for row in rows(sheet) if "Zoé Ndiaye" in row]


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_stay_text(make: Make, pages: Any, agenda_text: str, text: str) -> None:
    assert text_of(noted(make, pages, text)) == (text if "_x0041_" not in text else text.replace("_x", "_x005F_x"))
    hard_record(pages, text)
    document = compose(proceed(hard_agenda(agenda_text, text), pages.record, ()), Choices("full", notes=True))
    for sheet in book(document):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert all(not cell.hyperlink or cell.hyperlink.location for row in sheet.iter_rows() for cell in row)
    found = raw(document)
    assert not [name for name in found if "externalLink" in name or "vba" in name.lower()]
    assert not [name for name, data in found.items() if "<f>" in data or 'TargetMode="External"' in data]
    assert len(rows(book(document)["Entries"])) == len(document.entries) + 1


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(make: Make, pages: Any) -> None:
    fits = text_of(noted(make, pages, "a" * xlsx.MOST))
    assert fits == "a" * xlsx.MOST
    assert xlsx.notices(noted(make, pages, "a" * xlsx.MOST), Kit()) == []
    cut = text_of(noted(make, pages, "🙂" * xlsx.MOST))
    assert len(cut.encode("utf-16-le")) // 2 <= xlsx.MOST
    assert re.fullmatch("(🙂)+… \\[cut.*\\]", cut)
    (notice,) = xlsx.notices(noted(make, pages, "🙂" * xlsx.MOST), Kit())
    assert notice == "n: longer than the 32767 characters that a cell of a workbook holds, cut there"


def test_right_to_left(make: Make, pages: Any) -> None:
    sheet = book(noted(make, pages, "العملية (2019)"))["Entries"]
    assert sheet["G2"].alignment.readingOrder == 2
    assert sheet["G2"].alignment.horizontal == "right"
    assert sheet["B2"].alignment.readingOrder == 0


def test_rows_are_high_enough_and_columns_wide_enough(make: Make, pages: Any) -> None:
    sheet = book(noted(make, pages, "word " * 100))["Entries"]
    assert sheet.column_dimensions["G"].width >= 50
    assert sheet.row_dimensions[2].height >= 15 * 500 / 70
    assert sheet["G2"].alignment.wrap_text
    assert book(noted(make, pages, "会" * 4000))["Entries"].row_dimensions[2].height == 408


def test_stamp_and_pages_at_the_edge_of_print(make: Make, full: Any) -> None:
    for sheet in book(make(full)):
        assert sheet.oddHeader.left.text == "Small Meeting"
        assert sheet.oddHeader.right.text == "DRAFT"
        assert sheet.oddFooter.right.text == "Page &P of &N"


@pytest.mark.parametrize("title", ["R&D & R&G", "&[Picture] &P", "🙂" * 300, "x" * 300, "&" * 300])
def test_titles_at_the_edge_of_print(make: Make, full: Any, title: str) -> None:
    document = make(full)._replace(title=title, subtitle=title, stamp=title)
    headers = re.findall(r"<oddHeader>(.*?)</oddHeader>", raw(document)["xl/worksheets/sheet1.xml"])
    (header,) = (each.replace("&amp;", "&") for each in headers)
    assert len(header.encode("utf-16-le")) // 2 <= 255
    assert not re.search(r"(?<!&)(&&)*&[^LR&]", header)


def test_properties_name_nobody(make: Make, full: Any) -> None:
    properties = book(make(full)).properties
    assert properties.title == "Small Meeting"
    assert properties.description == "DRAFT"
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert str(properties.created) == str(properties.modified) == "2024-03-01 08:35:00"
    assert "<Company></Company>" in raw(make(full))["docProps/app.xml"]


def test_same_document_same_bytes(make: Make, full: Any) -> None:
    """On another day, too: nothing in it is of the hour of asking."""
    once = xlsx.write(make(full), Kit())
    assert xlsx.write(make(full), Kit()) == once
    assert set(re.findall(r"20\d\d-\d\d-\d\dT", raw(make(full))["docProps/core.xml"])) == {"2024-03-01T"}
    with zipfile.ZipFile(io.BytesIO(once)) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_unanswered_questions_have_a_sheet(make: Make, pages: Any) -> None:
    pages("opening", "note", "in general", question="0")
    assert rows(book(make(pages))["What is missing"])[0][-1] == "Question"


def test_nothing_recorded(make: Make, pages: Any) -> None:
    found = book(make(pages))
    assert found.sheetnames[1:6] == USUAL
    assert all(len(rows(found[name])) == 1 for name in USUAL[:4])
    nothing = book(make(pages)._replace(parts=(), masthead=(), as_of=""))
    assert nothing.sheetnames[1:] == USUAL[:4]


def test_two_thousand_recommendations(make: Make, pages: Any) -> None:
    for number in range(2000):
        pages("tables.north", "recommendation", f"recommendation {number}", question="q1", group="north")
    found = book(make(pages))
    assert [row[2] for row in rows(found["Recommendations"])[1:]] == [
        f"recommendation {number}" for number in range(2000)
    ]
    assert len(rows(found["Entries"])) == 2001


def test_names_that_a_sheet_cannot_have() -> None:
    taken: set[str] = set()
    assert named("a/b:c*[d]", taken) == "a b c  d"
    assert named("Recommandations et propositions de suite", taken) == "Recommandations et propositions"
    assert named("recommandations et propositions", taken) == "recommandations et proposit 2"
    assert named("'", taken) == "-"
