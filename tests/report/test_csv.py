"""CSV: every entry once, as Excel opens it, and nothing that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from hard import HARD, hard_agenda, hard_record

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report import csv_file
from grcp_cli.report.compose import compose
from grcp_cli.report.csv_file import safe
from grcp_cli.report.kit import Kit
from grcp_cli.report.pen import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]


def rows(document: Document) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_file.write(document, Kit()).decode("utf-8-sig"), newline="")))


def test_as_excel_opens_it(make: Make, full: Any) -> None:
    data = csv_file.write(make(full), Kit())
    assert data.startswith(b"\xef\xbb\xbfLabel,Kind,Session,")
    assert data.count(b"\r\n") == len(make(full).entries) + 1
    assert data.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n", data)


def test_every_entry_once_and_none_else(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    ids = [row["Entry"] for row in rows(document)]
    assert sorted(ids) == sorted(document.entries)
    assert not re.search("secret|mistake", csv_file.write(document, Kit()).decode())


def test_what_is_told_of_an_entry(make: Make, full: Any) -> None:
    told = {row["Entry"]: row for row in rows(make(full, attribution="full"))}
    recommended = told["tables.north.1"]
    assert recommended == {
        **dict.fromkeys(recommended, ""),
        "Label": "North 1",
        "Kind": "recommendation",
        "Session": "Tables",
        "Question": "q1",
        "Group": "North",
        "Text": "dig",
        "Status": "agreed",
        "Decided in": "Session 2",
        "Common recommendation": "Common 1",
        "Note": "agreed, Session 2; part of Common 1",
        "Entry": "tables.north.1",
    }
    common = told["back.4"]
    assert (common["Label"], common["Kind"], common["Group"]) == ("Common 1", "common recommendation", "North, South")
    assert common["Sources"] == "tables.north.1 tables.south.1"
    (action,) = [row for row in told.values() if row["Kind"] == "action"]
    assert (action["Session"], action["Question"], action["Text"]) == ("Session 1", "q1/b", "send the list")
    assert (action["Owner"], action["Due"]) == ("Green Dialogue", "1 March 2024")
    (drafted,) = [row for row in told.values() if row["Kind"] == "paragraph"]
    assert drafted["Label"].isdecimal()
    assert (drafted["Session"], drafted["Question"], drafted["Text"]) == ("Session 1", "q1/a", "Water was shared.")
    assert told["tables.south.2"]["Partners"] == "United Nations"
    assert told["opening.3"]["Speaker"] == "Blue Process"


def test_attribution_is_the_documents(make: Make, full: Any) -> None:
    assert {row["Speaker"] for row in rows(make(full, notes=True))} == {""}


@pytest.mark.parametrize("text", HARD)
def test_hard_texts(pages: Any, agenda_text: str, text: str) -> None:
    hard_record(pages, text)
    document = compose(proceed(hard_agenda(agenda_text, text), pages.record, ()), Choices("full", notes=True))
    table = list(csv.reader(io.StringIO(csv_file.write(document, Kit()).decode("utf-8-sig"), newline="")))
    assert {len(row) for row in table} == {18}
    cells = [cell for row in table for cell in row]
    assert not [cell for cell in cells if re.search(r"(^|[\n;])\s*[=+@＝-]", cell)]
    assert safe(" ".join(text.split()) if "\t" in text else text.strip()) in cells


@pytest.mark.parametrize("sign", list("=+-@\t\r＝＋－＠"))
def test_an_apostrophe_goes_before_what_begins_a_formula(sign: str) -> None:
    assert safe(f"{sign}1") == f"'{sign}1"
    assert safe(f"a\n{sign}1; {sign}2") == f"a\n'{sign}1; '{sign}2"
    assert safe(f"a {sign} 1") == f"a {sign} 1"


def test_line_feeds_and_quotes_stay_within_their_cell(make: Make, pages: Any) -> None:
    pages("opening", "note", 'say "a, b"\nand c', question="q1/a")
    data = csv_file.write(make(pages), Kit()).decode("utf-8-sig")
    assert '"say ""a, b""\nand c"' in data
    assert rows(make(pages))[0]["Text"] == 'say "a, b"\nand c'


def test_nothing_recorded(make: Make, pages: Any) -> None:
    assert csv_file.write(make(pages), Kit()).count(b"\r\n") == 1


def test_two_thousand_recommendations(make: Make, pages: Any) -> None:
    for number in range(2000):
        pages("tables.north", "recommendation", f"recommendation {number}", question="q1", group="north")
    assert [row["Text"] for row in rows(make(pages))] == [f"recommendation {number}" for number in range(2000)]


def test_same_document_same_bytes(make: Make, full: Any) -> None:
    assert csv_file.write(make(full), Kit()) == csv_file.write(make(full), Kit())
