"""Which questions are covered, heard and open: the same on every screen and page, and to scripts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.console import board
from grcp_cli.console import closing as page
from grcp_cli.meeting import nudges, overview
from grcp_cli.meeting.answered import Answered, answered, of_record
from grcp_cli.meeting.closing import closing
from grcp_cli.meeting.coverage import coverage
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.meeting.reported import commons
from grcp_cli.meeting.rows import rows

LUNCH = "working-lunch"


def numbers(found: Answered) -> tuple[list[str], list[str], list[str]]:
    return tuple([each.number for each in part] for part in (found.covered, found.heard, found.open))  # type: ignore[return-value]


def of(desk: Any) -> tuple[list[str], list[str], list[str]]:
    return numbers(of_record(desk.session, desk.room.record, desk.group))


def told(desk: Any, line: str) -> list[str]:
    wrote, room = desk.type(line), desk.room
    return list(nudges.after(wrote, room.meeting, desk.session, room.record, desk.walk, desk.source, desk.group))


def closed(desk: Any) -> list[str]:
    room = desk.room
    return list(
        page.lines(closing(room.meeting, desk.session, room.record, desk.walk, room.now, desk.source, desk.group))
    )


def stands(room: Any, session: str) -> overview.Stands:
    return next(
        each
        for each in overview.overview(room.meeting, room.record, room.now, lambda _: False)
        if each.session.id == session
    )


@pytest.fixture
def plenary(room: Any) -> Any:
    """The plenary that hears what two tables answered."""
    for group in ("africa", "asia"):
        table = room.desk(LUNCH, group, group)
        table.says("rec: Meet twice a year")
        table.says("/2 Training #un")
    return room.desk("session-4")


def test_what_is_reported_back_is_heard_and_not_covered(plenary: Any) -> None:
    assert of(plenary) == ([], ["1", "3"], ["2", "4"])
    plenary.says("rec: heard first here")
    assert of(plenary) == (["1"], ["3"], ["2", "4"])


def test_a_choice_is_answered_by_what_was_made_common_and_not_refused(plenary: Any) -> None:
    plenary.says("/join africa1 asia1: One")
    assert of(plenary)[1] == ["1", "2", "3"]
    plenary.says("/no common1")
    assert of(plenary)[2] == ["2", "4"]
    plenary.says("/ok common1")
    plenary.says("/strike common1")
    assert of(plenary)[2] == ["2", "4"]


def test_struck_and_internal_answers_are_not_heard(plenary: Any) -> None:
    for group in ("africa", "asia"):
        plenary.room.desk(LUNCH, group, group).says("/strike 1")
        plenary.room.desk(LUNCH, group, group).says("/off rec: between ourselves")
    assert of(plenary)[2] == ["1", "2", "4"]


def test_as_many_are_heard_as_were_brought_forward(plenary: Any) -> None:
    africa = plenary.room.desk(LUNCH, "africa", "africa")
    africa.says("/1 One calendar")
    assert of_record(plenary.session, plenary.room.record).told["q1"] == 3
    africa.says("/defer africa2")
    assert of_record(plenary.session, plenary.room.record).told["q1"] == 2


def test_every_page_tells_the_same(plenary: Any) -> None:
    room = plenary.room
    plenary.says("/start")
    assert told(plenary, "/next") == []  # the first question heard the tables
    assert told(plenary, "/next") == ["nothing was written under 2: /go 2 returns"]
    plenary.says("/join africa1 asia1: One")
    plenary.says("/3 another partnership")
    assert told(plenary, "/end") == ["nothing was written under 4: /4 text still files it, /reopen goes on"]
    assert closed(plenary)[2] == "questions · 1 of 4 covered, 2 heard · open: 4"
    (line,) = [
        each for each in board.lines(room.meeting, [stands(room, "session-4")], rehearsal=False) if "session-4" in each
    ]
    assert " · 1 of 4 questions, 2 heard · " in line
    data = overview.as_data(room.meeting, [stands(room, "session-4")])
    assert data["sessions"][0]["questions"] == {"total": 4, "covered": 1, "heard": 2}  # type: ignore[index]
    (gaps,) = coverage(proceed(room.meeting, room.record, ["session-4"])).sessions
    assert [each.number for each in gaps.unanswered] == ["4"]


def test_at_a_groups_own_desk_what_that_group_answered_counts(room: Any) -> None:
    africa, europe = room.desk(LUNCH, "africa", "africa"), room.desk(LUNCH, "europe", "europe")
    for line in ("rec: Meet twice a year", "/2 Training #un"):
        africa.says(line)
    europe.says("/start")
    europe.says("rec: Share the calendar")
    assert (of(africa), of(europe)) == ((["1", "2"], [], []), (["1"], [], ["2"]))
    assert told(europe, "/go 2") == []
    name = "Europe and the former Soviet Union"
    assert told(europe, "/go 1") == [f"nothing was written under 2 by {name}: /go 2 returns"]
    assert told(europe, "/end") == [f"nothing was written under 2 by {name}: /2 text still files it, /reopen goes on"]
    lines = closed(europe)
    assert lines[2] == f"questions · 1 of 2 covered by {name} · open: 2"
    assert f"missing · no answer to question 2: {name}" in lines
    assert closed(africa)[2] == "questions · 2 of 2 covered by Africa"
    assert closed(room.desk(LUNCH))[2] == "questions · 2 of 2 covered"
    assert [each.number for each in stands(room, LUNCH).answered.covered] == ["1", "2"]


LINES = [
    *("rec: one", "/off a note", "/1 note: two", "/2 three #un", "/3 four", "/strike 1", "/undo", "/set 1 /2", "r:"),
    *("/join africa1: one", "/no common1", "/ok common1", "/split common1", "@asia /1 five", "@africa six"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([LUNCH, "session-4"]), st.sampled_from(LINES)), max_size=12))
def test_each_question_is_once_in_all_three_and_screens_see_what_the_record_says(
    new_room: Any, typed: list[tuple[str, str]]
) -> None:
    room = new_room()
    desks = {LUNCH: room.desk(LUNCH, "africa", "africa"), "session-4": room.desk("session-4")}
    for session, line in typed:
        desks[session].type(line)
    for desk in desks.values():
        found = of_record(desk.session, room.record, desk.group)
        together = (*found.covered, *found.heard, *found.open)
        assert sorted(each.address for each in together) == sorted(each.address for each in desk.session.leaves)
        there = [each.stated for each in rows(room.record, LUNCH)] if desk.session.id != LUNCH else []
        across = [each.stated for each in commons(room.record, desk.session.id, desk.source, room.meeting)]
        here = [each.stated for each in rows(room.record, desk.session.id)]
        assert answered(desk.session, here, there, across, desk.group) == found
