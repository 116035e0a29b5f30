"""Who is named, on each level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting import attribution
from grcp_cli.meeting.attribution import namings, quantifier
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Item
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.pen import Choices
from grcp_cli.report.wording import backed, opposed

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.record import Statement

LEVELS = ("none", "chatham", "group", "full")


def stated(pages: Any, entry_id: str) -> Statement:
    statement = pages.record.statement(entry_id)
    assert statement is not None
    return statement


@pytest.mark.parametrize(
    ("speaker", "told"),
    [
        ("blue", ["", "", "North", "Blue Process"]),
        ("zoe", ["", "", "", "Zoé Ndiaye"]),
        ("A. Guest", ["", "", "", "A. Guest"]),
        ("south", ["", "", "South", "South"]),
        ("", ["", "", "", ""]),
    ],
)
def test_speakers(meeting: Meeting, pages: Any, speaker: str, told: Any) -> None:
    entry = stated(pages, pages("opening", "note", "text", speaker=speaker))
    assert [attribution.speaker(entry, level, meeting) for level in LEVELS] == told


def test_a_group_is_an_author_at_its_table_and_of_its_recommendations(meeting: Meeting, pages: Any) -> None:
    table = pages("tables.north", "partnership", "p", group="north")
    plenary = pages("opening", "note", "n", group="north", speaker="north")
    recommended = pages("opening", "recommendation", "r", group="north", speaker="north")
    authors = [attribution.author(stated(pages, each), meeting) for each in (table, plenary, recommended)]
    assert authors == ["north", "", "north"]


def test_an_owner_is_no_speaker_but_chatham_names_nobody(meeting: Meeting, pages: Any) -> None:
    action = stated(pages, pages("opening", "action", "do", owner="blue"))
    told = [attribution.owner(action, level, meeting) for level in LEVELS]
    assert told == ["Blue Process", "", "Blue Process", "Blue Process"]


def test_quantifiers() -> None:
    told = [quantifier(count, 26) for count in (1, 2, 3, 5, 6, 13, 14)]
    assert told == ["one", "two", "several", "several", "many", "many", "most"]
    assert quantifier(40, 0) == "many"
    assert quantifier(3, 4) == "most"


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("full", "Blue Process, North and Zoé Ndiaye"),
        ("group", "North and one participant"),
        ("none", "one group and two participants"),
        ("chatham", "one group and two participants"),
    ],
)
def test_support_in_words(meeting: Meeting, pages: Any, level: str, told: Any) -> None:
    entry = pages("opening", "note", "text")
    for who in ("blue", "north", "zoe"):
        pages("opening", "support", target=entry, who=who)
    assert backed(attribution.support(stated(pages, entry), level, meeting), meeting, ENGLISH) == told


def test_without_support_there_is_no_quantifier(meeting: Meeting, pages: Any) -> None:
    entry = pages("opening", "note", "text")
    pages("opening", "oppose", target=entry, who="blue")
    assert not any(any(attribution.support(stated(pages, entry), level, meeting)) for level in LEVELS)
    told = [opposed(attribution.opposition(stated(pages, entry), level, meeting), ENGLISH) for level in LEVELS]
    assert told == ["1 participant", "1 participant", "North", "Blue Process"]


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("full", "North, Zoé Ndiaye and 4 participants"),
        ("group", "North and 5 participants"),
        ("none", "1 group and 5 participants"),
        ("chatham", "1 group and 5 participants"),
    ],
)
def test_opposition_is_told_where_support_is(meeting: Meeting, pages: Any, level: str, told: str) -> None:
    entry = pages("opening", "recommendation", "text")
    for who in ("north", "zoe"):
        pages("opening", "oppose", target=entry, who=who)
    pages("opening", "oppose", target=entry, count=4)
    assert opposed(attribution.opposition(stated(pages, entry), level, meeting), ENGLISH) == told


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "supported by one group; opposed by 1 group and 2 participants"),
        ("fr", "appui\xa0: un groupe\xa0; opposition\xa0: 1 groupe et 2 participants"),
        ("es", "apoyo: un grupo; oposición: 1 grupo y 2 participantes"),
    ],
)
def test_opposition_stands_beside_support_in_every_language(meeting: Meeting, pages: Any, lang: str, told: str) -> None:
    entry = pages("tables.north", "recommendation", "text", group="north")
    pages("back", "support", target=entry, who="north")
    pages("back", "oppose", target=entry, who="south")
    pages("back", "oppose", target=entry, count=2)
    for level in ("none", "chatham"):
        document = compose(proceed(meeting, pages.record), Choices(attribution=level, lang=lang))
        notes = [
            block.note for part in document.parts for block in part.blocks if isinstance(block, Item) and block.label
        ]
        assert notes
        assert all(told in note for note in notes)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Blue Process asked", ["Blue Process"]),
        ("the BLUE PROCESS, again", ["Blue Process"]),
        ("as BP said", ["Blue Process"]),
        ("30 bp of growth", []),
        ("zoe ndiaye and blue process", ["Blue Process", "Zoé Ndiaye"]),
        ("the bluer processes", []),
        ("A Guest spoke", ["A Guest"]),
        ("据王伟说", ["王伟"]),
    ],
)
def test_names_in_free_text(meeting: Meeting, pages: Any, text: str, names: list[str]) -> None:
    pages("opening", "note", "x", speaker="A Guest")
    pages("opening", "note", "x", speaker="王伟")
    entry = pages("opening", "note", text)
    assert [(each.where, list(each.names)) for each in namings(pages.record, meeting, [entry])] == (
        [("opening 3", names)] if names else []
    )


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Dr. John Smith", "John Smith agreed"),
        ("Okafor, Amina", "Ms. Amina Okafor proposed a calendar"),
        ("H.E. Mme Zola, Claire", "as Claire Zola said"),
        ("Prof. Dr. 王伟", "据王伟说"),
    ],
)
def test_a_guests_name_without_titles_and_in_either_order(
    meeting: Meeting, pages: Any, speaker: str, text: str
) -> None:
    pages("opening", "note", "x", speaker=speaker)
    entry = pages("opening", "note", text)
    assert [each.names for each in namings(pages.record, meeting, [entry])] == [(speaker,)]


def test_allowed_once_is_allowed_also_for_the_paragraph_that_rests_on_it(meeting: Meeting, pages: Any) -> None:
    one = pages("tables.north", "note", "the Blue Process does it well")
    two = pages("tables.north", "paragraph", "The Blue Process does it well.", question="q1", sources=[one])
    three = pages("tables.north", "paragraph", "So does Zoé Ndiaye.", question="q1", sources=[one])
    wheres = [each.where for each in namings(pages.record, meeting, [one, two, three])]
    assert wheres == ["tables north:1", "tables paragraph under q1", "tables paragraph under q1"]
    allow = pages("tables.north", "allow", target=one)
    left = [each.names for each in namings(pages.record, meeting, [one, two, three])]
    assert left == [("Zoé Ndiaye",)]
    pages("tables.north", "undo", target=allow)
    assert len(list(namings(pages.record, meeting, [one, two, three]))) == 3
