"""A draft tells nothing as settled about which corrections contradict each other, in no format's document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting import contested
from grcp_cli.meeting.attribution import namings
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report import phrases
from grcp_cli.report.brief import brief
from grcp_cli.report.document import Item, Paragraph, Table
from grcp_cli.report.entries import entries
from grcp_cli.report.pen import Choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document

    Make = Callable[..., Document]


def notes(document: Document, entry: str) -> set[str]:
    """How an entry stands, as every list of a document tells it."""
    blocks = (block for part in document.parts for block in part.blocks)
    return {block.note for block in blocks if isinstance(block, Item) and block.id == entry}


def lead(document: Document, entry: str) -> list[str]:
    """The sentences that introduce an entry."""
    found, said = [], ""
    for block in (block for part in document.parts for block in part.blocks):
        if isinstance(block, Paragraph):
            said = block.text
        elif isinstance(block, Item) and block.id == entry:
            found.append(said)
    return found


@pytest.fixture
def dig(pages: Any) -> str:
    made: str = pages("tables.north", "recommendation", "dig", question="q1", group="north")
    return made


def test_a_status_in_conflict_is_none_of_the_two(make: Make, meeting: Meeting, pages: Any, dig: str) -> None:
    pages("back", "status", target=dig, status="not-agreed", session="back")
    pages("back.south", "status", target=dig, status="agreed", session="back")
    document = make(pages)
    assert notes(document, dig) == {"in conflict: not agreed / agreed"}
    assert lead(document, dig) == ["The following recommendation was made by North:"] * 2
    text = str(document.parts)
    assert "1 recommendation was made: 1 in conflict." in text
    assert "decided on in this session — in conflict: North 1." in text
    (row,) = [each for each in entries(document) if each.id == dig]
    assert (row.status, row.decided) == ("in conflict", "")
    page = brief(proceed(meeting, pages.record), Choices("none"))
    assert [part.title for part in page.parts] == ["Points without consensus"]
    assert "en conflit\u00a0: non convenue / convenue" in notes(make(pages, lang="fr"), dig)
    assert "en conflicto: no convenida / convenida" in notes(make(pages, lang="es"), dig)
    rivals = [each.id for entries in pages.files.values() for each in entries if each.kind == "status"]
    pages("back", "resolve", target=dig, chosen=rivals[1], over=rivals[:1], fields=["status"], after=rivals[1])
    assert notes(make(pages), dig) == {"agreed, Session 2"}


def test_a_text_in_conflict_shows_both(make: Make, pages: Any, dig: str) -> None:
    pages("back", "amend", target=dig, text="dig\ndeep")
    pages("back.south", "amend", target=dig, text="dig wide")
    document = make(pages)
    assert notes(document, dig) == {"in conflict with “dig deep”"}
    tables = [block for part in document.parts for block in part.blocks if isinstance(block, Table)]
    (matrix,) = [each for each in tables if each.id == "recommendations-matrix-table"]
    assert matrix.rows[0].cells[1:4] == ("North 1: dig wide", "–", "in conflict with “dig deep”")


def test_a_strike_in_conflict_keeps_the_entry(make: Make, pages: Any, dig: str) -> None:
    pages("back", "status", target=dig, status="agreed", session="back")
    pages("back.south", "strike", target=dig)
    document = make(pages)
    assert notes(document, dig) == {"in conflict: agreed / struck"}
    assert "The following recommendation was agreed:" not in lead(document, dig)
    note = pages("opening", "note", "one", question="q1/a")
    pages("opening", "amend", target=note, text="two")
    pages("opening.south", "strike", target=note)
    assert notes(make(pages), note) == {"in conflict: no status / struck"}


def test_a_paragraph_in_conflict_says_so_in_itself(make: Make, pages: Any) -> None:
    drafted = pages("opening", "paragraph", "Water was shared.", question="q1/a", order=1.0)
    pages("opening", "amend", target=drafted, text="Water was sold.")
    pages("opening.south", "amend", target=drafted, text="Water was spilt.")
    told = {row.text for row in entries(make(pages)) if row.id == drafted}
    assert told == {"Water was spilt. [in conflict with “Water was sold.”]"}


def test_of_other_fields_only_what_they_are(make: Make, pages: Any, dig: str) -> None:
    action = pages("opening", "action", "send the list", question="q1/b")
    for place, owner, due in (("opening", "zoe", "soon"), ("opening.south", "green", "late")):
        pages(place, "amend", target=action, owner=owner, due=due)
    for place, side in (("back", "support"), ("back.south", "oppose")):
        pages(place, side, target=dig, who="zoe")
    document = make(pages, attribution="chatham")
    assert notes(document, dig) == {"opposed by 1 participant; in conflict: who supports or opposes it"}
    (row,) = [each for each in entries(document) if each.id == action]
    assert row.note == "in conflict: the owner and when it is due"
    assert "zoe" not in str(document).lower()


def test_a_name_in_a_text_in_conflict_is_told(meeting: Meeting, pages: Any, dig: str) -> None:
    pages("back", "amend", target=dig, text="as Zoé Ndiaye said")
    pages("back.south", "amend", target=dig, text="dig wide")
    assert [each.names for each in namings(pages.record, meeting, [dig])] == [("Zoé Ndiaye",)]


@pytest.mark.parametrize(
    ("status", "lang", "said"),
    [
        ("not-agreed", "en", "The following common recommendation was not agreed:"),
        ("withdrawn", "en", "The following common recommendation was withdrawn:"),
        ("deferred", "en", "The following common recommendation was deferred:"),
        ("not-agreed", "fr", "La recommandation commune suivante n’a pas été convenue\u00a0:"),
        ("withdrawn", "es", "Se retiró la siguiente recomendación común:"),
    ],
)
def test_what_was_set_aside_is_said_to_work_nowhere(
    make: Make, pages: Any, dig: str, status: str, lang: str, said: str
) -> None:
    common = pages("back", "cluster", "dig for all", targets=[dig], support=["north", "south"])
    works = lead(make(pages, lang=lang), common)
    assert len(works) == 3
    assert len(set(works)) == 1
    pages("back", "status", target=common, status=status, session="back")
    document = make(pages, lang=lang)
    assert set(lead(document, common)) - {"The following was deferred:"} == {said}
    assert works[0] not in str(document)
    assert lead(document, common)[:2] == [said] * 2


def test_every_way_to_be_set_aside_has_its_words() -> None:
    assert tuple(phrases.SET_ASIDE) == contested.SET_ASIDE


def test_how_a_common_one_stands_may_be_in_conflict(make: Make, meeting: Meeting, pages: Any, dig: str) -> None:
    common = pages("back", "cluster", "dig for all", targets=[dig], support=["north", "south"])
    pages("back", "status", target=common, status="agreed", session="back")
    pages("back.south", "status", target=common, status="withdrawn", session="back")
    document = make(pages)
    assert set(lead(document, common)) == {"It is in conflict how the following common recommendation stands:"}
    assert "Recommendations found to work across groups: none were recorded." in str(document)
    (only,) = proceed(meeting, pages.record).common
    assert not only.works


def test_a_deferred_common_one_is_on_the_way_forward_and_not_on_the_page(
    make: Make, meeting: Meeting, pages: Any, dig: str
) -> None:
    common = pages("back", "cluster", "dig for all", targets=[dig], support=["north", "south"])
    pages("back", "status", target=common, status="deferred", session="back")
    assert lead(make(pages), common)[-1] == "The following was deferred:"
    page = brief(proceed(meeting, pages.record), Choices("none"))
    assert common not in page.entries
