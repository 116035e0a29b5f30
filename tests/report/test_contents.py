"""What the report adds to what was written down: coverage, charts beside tables, stamps, colophon, calendar, terms."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Chart, Heading, Item, Paragraph, Table
from grcp_cli.report.pen import Choices
from grcp_cli.store import agendas

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.report.document import Block, Document

    Make = Callable[..., Document]


def blocks(document: Document, part_id: str = "") -> list[Block]:
    return [block for part in document.parts for block in part.blocks if part_id in ("", part.id)]


def table(document: Document, table_id: str) -> Table:
    return next(block for block in blocks(document) if isinstance(block, Table) and block.id == table_id)


def chart(document: Document, chart_id: str) -> Chart:
    return next(block for block in blocks(document) if isinstance(block, Chart) and block.id == chart_id)


def test_questions_left_unanswered_are_listed_with_their_texts(make: Make, pages: Any) -> None:
    pages("opening", "note", "one", question="q1/a")
    pages("tables.north", "recommendation", "dig", question="q1", group="north")
    document = make(pages)
    assert [row.cells for row in table(document, "unanswered").rows] == [
        ("Session 1", "1b", "How to: build roads?"),
        ("Tables", "2", "With whom?"),
        # What was reported back is an answer; that nothing was chosen is none.
        ("Session 2", "2", "What works for all?"),
    ]
    assert [part.id for part in document.parts][-2:] == ["annex-participants", "annex-unanswered"]
    told = [block.text for block in blocks(document, "summary") if isinstance(block, Paragraph)]
    assert told[-1] == "Of 6 guiding questions 3 were answered; the others are listed in an annex."


def test_coverage_where_all_or_none_or_nothing_was_answered(make: Make, full: Any, pages: Any) -> None:
    assert not [block for block in blocks(make(full)) if getattr(block, "id", "") == "unanswered"]
    empty = make(type(pages)())
    assert "annex-unanswered" not in [part.id for part in empty.parts]
    alone = type(pages)()
    alone("opening", "note", "in general", question="0")
    told = [block.text for block in blocks(make(alone, "opening"), "summary")]
    assert told == ["None of the 2 guiding questions was answered."]


def test_an_internal_entry_answers_nothing(make: Make, pages: Any) -> None:
    pages("opening", "note", "seen", question="q1/a")
    pages("opening", "note", "secret", question="q1/b", internal=True)
    assert ("Session 1", "1b", "How to: build roads?") in [row.cells for row in table(make(pages), "unanswered").rows]


def test_agreement_and_divergence_stand_under_their_questions(make: Make, full: Any) -> None:
    full("opening", "reservation", "not us", question="q1/b")
    told, section = [], False
    for block in blocks(make(full), "opening"):
        if isinstance(block, Heading) and block.level == 3:
            section = block.text == "Agreement and divergence"
        if section:
            told.append(block.text)
    assert told == [
        "Agreement and divergence",
        "The session in general",
        "The following divergence of views was recorded:",
        "who pays",
        "Question 1b: How to: build roads?",
        "The following agreement was recorded:",
        "meet yearly",
        "The following reservation was made:",
        "not us",
    ]


def test_time_planned_against_used_is_drawn(make: Make, full: Any) -> None:
    drawn = chart(make(full), "time-chart")
    assert drawn.series == ("Planned", "Used")
    assert [(bar.label, bar.values, bar.words) for bar in drawn.bars] == [
        ("Session 1", (60, 25), ("1 h 00", "25 min")),
        ("Session 2", (30, 3), ("30 min", "3 min")),
    ]


def test_speaking_time_is_drawn_by_group_on_every_level_that_tells_it(make: Make, full: Any) -> None:
    for level in ("none", "group", "full"):
        drawn = chart(make(full, attribution=level), "speaking-time-chart")
        assert [(bar.label, bar.values) for bar in drawn.bars] == [("North", (1,)), ("South", (1,))]
    by_speaker = table(make(full, attribution="full"), "speaking-time-by-speaker")
    assert [row.cells[0] for row in by_speaker.rows] == ["Blue Process", "Green Dialogue"]
    assert not [each for each in blocks(make(full, attribution="chatham")) if "speaking" in getattr(each, "id", "")]


def test_recommendations_are_drawn_by_group_and_status(make: Make, full: Any) -> None:
    document = make(full)
    drawn = chart(document, "recommendations-chart")
    assert drawn.series == ("Proposed", "Agreed", "In brackets")
    assert [(bar.label, bar.values) for bar in drawn.bars] == [
        ("North", (0, 1, 1)),
        ("South", (1, 0, 0)),
        ("of no group", (1, 0, 0)),
    ]
    beside = table(document, "recommendations-by-group")
    assert [row.cells[1:-1] for row in beside.rows] == [bar.words for bar in drawn.bars]


def test_charts_and_tables_stand_side_by_side_under_one_id_each(make: Make, full: Any) -> None:
    drawn = blocks(make(full, attribution="full", notes=True))
    ids = [block.id for block in drawn if isinstance(block, Chart | Table)]
    assert len(set(ids)) == len(ids)
    beside = [after for block, after in pairwise(drawn) if isinstance(block, Chart)]
    assert len(beside) == 3
    assert all(isinstance(block, Table) for block in beside)


def test_nothing_is_drawn_of_nothing(make: Make, pages: Any) -> None:
    assert not [block for block in blocks(make(pages)) if isinstance(block, Chart)]
    pages("opening", "recommendation", "of nobody", question="q1/a")
    assert not [block for block in blocks(make(pages)) if isinstance(block, Chart)]


@pytest.mark.parametrize(
    ("choices", "stamp"),
    [
        ({}, "DRAFT"),
        ({"status": "final"}, ""),
        ({"status": "final", "rehearsal": True}, "REHEARSAL: this is no record of a meeting"),
        ({"rehearsal": True}, "DRAFT · REHEARSAL: this is no record of a meeting"),
        ({"status": "adopted", "adopted": "2024-05-06", "by": "the Chairs"}, ""),
    ],
)
def test_stamps(make: Make, full: Any, choices: dict[str, Any], stamp: str) -> None:
    assert make(full, **choices).stamp == stamp


def test_how_it_was_made(make: Make, full: Any) -> None:
    made = make(full, version="1.2.3", heads=(("opening.toml", "9f2c41d07a3b"), ("back.toml", "0d6e41d07a3b")))
    assert made.colophon == (
        "Made with grcp 1.2.3 from the agenda and the record as of 1 March 2024, 09:35 (Africa/Tunis).",
        "Views are given without the names of those who spoke.",
        (
            "Support is told in words — one; two; several: three or more; many: six or more; most: more than half — "
            "and only where it was recorded."
        ),
        "The last seal of each session file: opening.toml 9f2c41d07a3b, back.toml 0d6e41d07a3b.",
    )


def test_the_thresholds_printed_are_those_used() -> None:
    from grcp_cli.meeting.attribution import quantifier

    assert [quantifier(count, 100) for count in (1, 2, 3, 5, 6, 50, 51)] == [
        *("one", "two", "several", "several", "many", "many", "most")
    ]


def test_a_report_of_the_agenda_alone_says_so(make: Make, pages: Any) -> None:
    assert make(pages).colophon[0] == "Made with grcp from the agenda alone."


def test_adopted_and_revised(make: Make, full: Any) -> None:
    document = make(full, status="adopted", adopted="2024-05-06", by="the Chairs", revision=2)
    assert (document.adopted, document.by, document.revision) == ("2024-05-06", "the Chairs", 2)
    stands = dict(document.masthead)["Status"]
    assert stands == "Adopted on 6 May 2024 by the Chairs, revision 2, as of 1 March 2024, 09:35 (Africa/Tunis)"


def test_the_sessions_as_planned(make: Make, pages: Any) -> None:
    agenda = make(pages).agenda
    assert [(each.id, each.title, each.start, each.end) for each in agenda] == [
        ("opening", "Session 1: Opening", "2024-03-01T09:00:00", "2024-03-01T10:00:00"),
        ("tables", "Tables: Ideas", "2024-03-01T10:00:00", "2024-03-01T10:30:00"),
        ("back", "Session 2: Back in plenary", "2024-03-01T10:30:00", "2024-03-01T11:00:00"),
    ]
    assert {(each.zone, each.place) for each in agenda} == {("Africa/Tunis", "Tunis")}
    assert agenda[0].about == "1. How to:\n1a. share water?\n1b. build roads?\n– to open."


def test_terms_are_those_that_are_listed(make: Make, pages: Any) -> None:
    """`terms.py` lists at its head what formats may rely on."""
    from grcp_cli.meeting.entry import CAPTURED, STATUSES
    from grcp_cli.report import terms

    document = make(pages)
    listed = set(re.findall(r"`([a-z-]+)`", terms.__doc__ or ""))
    told = set(document.terms)
    families = {*(f"kind-{each}" for each in (*CAPTURED, "cluster")), *(f"status-{each}" for each in STATUSES)}
    assert told - families == listed - families
    assert families <= told
    assert document.terms["page"].format(number=1, total=9) == "Page 1 of 9"
    assert document.terms["words"].format(count=7) == "7 words"


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_names_of_sheets_are_such(make: Make, pages: Any, lang: str) -> None:
    names = [text for key, text in make(pages, lang=lang).terms.items() if key.startswith("sheet-")]
    assert len(set(names)) == len(names)
    assert not [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)]


def test_every_term_that_a_format_asks_for_is_there(make: Make, pages: Any) -> None:
    root = Path(__file__).parents[2]
    files = [*(root / "grcp_cli" / "report").glob("*.py"), *(root / "templates").glob("*.*")]
    texts = [each.read_text(encoding="utf-8") for each in files if each.suffix in (".py", ".j2", ".typ")]
    asked = {key for text in texts for key in re.findall(r"\bterms(?:\.get\(|\.at\(|\[)\"([a-z-]+)\"", text)}
    asked |= {key for text in texts for key in re.findall(r"\bterms\.([a-z]+)\b(?!\()", text)} - {"py"}
    assert asked <= set(make(pages).terms)


def test_items_of_a_table_are_entries_too(make: Make, full: Any) -> None:
    (row,) = table(make(full), "actions").rows
    assert isinstance(row.entry, Item)
    assert (row.entry.id, row.entry.kind, row.entry.text) == (row.id, "action", "send the list")


def test_groups_without_a_record_and_partners_nobody_named_are_listed(make: Make, pages: Any) -> None:
    pages("tables.north", "recommendation", "dig", question="q1", group="north")
    document = make(pages)
    assert [row.cells for row in table(document, "no-file").rows] == [("Tables", "South")]
    assert [row.cells for row in table(document, "unnamed").rows] == [("United Nations",)]
    pages("tables.south", "partnership", "survey", question="q2", group="south", tags=["un"])
    document = make(pages)
    assert [row.cells for row in table(document, "no-answer").rows] == [
        ("Tables", "1", "South"),
        ("Tables", "2", "North"),
    ]
    assert not [block for block in blocks(document) if getattr(block, "id", "") in ("no-file", "unnamed")]


def test_groups_with_fewer_answers_than_expected_are_listed_once_it_is_over(agenda_text: str, pages: Any) -> None:
    asked = agenda_text.replace('captures = "recommendation"', 'captures = "recommendation"\nexpected_per_group = 2')
    meeting = agendas.parse(asked.encode(), "small.toml")
    for text in ("dig", "drain"):
        pages("tables.north", "recommendation", text, question="q1", group="north")
    pages("tables.south", "recommendation", "dredge", question="q1", group="south")

    def short(level: str) -> list[tuple[str, ...]]:
        document = compose(proceed(meeting, pages.record), Choices(level))
        return [row.cells for each in blocks(document) if getattr(each, "id", "") == "too-few" for row in each.rows]

    assert short("none") == []
    pages("back", "start")
    assert short("none") == [("Tables", "1", "2", "South (1)")]
    assert short("chatham") == []


def test_a_small_group_is_not_told_of_as_missing(make: Make, pages: Any) -> None:
    """Under the Chatham House Rule even that a group of one or two handed in nothing is not told."""
    pages("tables.north", "recommendation", "dig", question="q1", group="north")
    assert not [
        block
        for block in blocks(make(pages, attribution="chatham"))
        if getattr(block, "id", "") in ("no-file", "no-answer")
    ]
