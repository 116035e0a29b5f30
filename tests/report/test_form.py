"""A rapporteur's sheet: one a group, the questions with room to write, boxes for types of partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.document import Heading, Table
from grcp_cli.report.form import ROOM, NoTableError, form
from grcp_cli.report.pen import Choices
from grcp_cli.store import agendas, places

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document


def sheets(meeting: Meeting, pages: Any, *only: str, **choices: Any) -> Document:
    return form(proceed(meeting, pages.record, only), Choices(**{"attribution": "none", **choices}))


def test_a_sheet_for_every_group(meeting: Meeting, full: Any) -> None:
    document = sheets(meeting, full)
    assert [(part.id, part.title, part.session) for part in document.parts] == [
        ("tables-north", "Tables: Ideas — North", "tables"),
        ("tables-south", "Tables: Ideas — South", "tables"),
    ]
    assert (document.sort, document.stamp, document.colophon, document.as_of) == ("form", "", (), "")
    assert document.masthead == (("Date", "1 March 2024, Tunis"),)


def test_questions_with_room_to_write_and_boxes_to_tick(meeting: Meeting, pages: Any) -> None:
    blocks = sheets(meeting, pages).parts[0].blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "Question 1: What do you recommend?",
        "Question 2: With whom?",
        "Points without consensus",
    ]
    head, first, second, _ = [block for block in blocks if isinstance(block, Table)]
    assert [row.cells for row in head.rows] == [("North", ROOM, "10:00–10:30")]
    assert (first.head, len(first.rows)) == (("No.", "Recommendation"), 4)
    assert second.head == ("No.", "Partnership", "United Nations")
    assert second.rows[0].cells == ("1", ROOM, "")


def test_as_many_lines_as_the_agenda_allows() -> None:
    grcp8 = agendas.parse(places.built_in("agendas").joinpath("grcp8.toml").read_bytes(), "grcp8.toml")
    session = grcp8.session("working-lunch")
    assert session is not None
    first = session.questions[0]
    for most, lines in ((3, 3), (None, 4), (40, 12)):
        asked = (first._replace(max_per_group=most), *session.questions[1:])
        changed = tuple(each._replace(questions=asked) if each == session else each for each in grcp8.sessions)
        from .conftest import Pages

        part = sheets(grcp8._replace(sessions=changed), Pages()).parts[0]
        tables = {block.id: block for block in part.blocks if isinstance(block, Table)}
        assert len(tables["working-lunch-africa-q1-table"].rows) == lines
    assert tables["working-lunch-africa-q2-table"].head[-1] == "civil society"


def test_nothing_recorded_stands_on_a_sheet(meeting: Meeting, full: Any, pages: Any) -> None:
    assert sheets(meeting, full).parts == sheets(meeting, type(pages)()).parts


def test_in_every_language_and_for_a_rehearsal(meeting: Meeting, pages: Any) -> None:
    document = sheets(meeting, pages, lang="fr", rehearsal=True)
    assert document.parts[0].blocks[0].head == ("Groupe", "Rapporteur", "Horaire")
    assert document.stamp == "RÉPÉTITION\u00a0: ceci n’est pas le compte rendu d’une réunion"


def test_without_groups_there_is_no_sheet(meeting: Meeting, pages: Any) -> None:
    with pytest.raises(NoTableError, match="no session asked for has groups") as caught:
        sheets(meeting, pages, "opening")
    assert caught.value.exit_code == 4
