"""A common recommendation is amended, decided on, supported and taken apart like any other."""

from typing import Any

import pytest

from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.answered import of_record
from grcp_cli.meeting.decision import Refuse, Write
from grcp_cli.meeting.entry import Draft
from grcp_cli.meeting.listing import session_data
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.meeting.record import Record, Statement
from grcp_cli.report.brief import brief
from grcp_cli.report.document import Item
from grcp_cli.report.pen import Choices

from .conftest import Desk, Room


@pytest.fixture
def plenary(room: Room) -> Desk:
    for group in ("africa", "asia", "europe"):
        table = room.desk("working-lunch", group, group)
        for number in (1, 2):
            table.says(f"rec: {group} says {number}")
    return room.desk("session-4", "common")


def common(desk: Desk, number: int = 1) -> Statement:
    found = desk.room.record.find(f"common{number}", desk.source)
    assert found
    stated = desk.room.record.statement(found)
    assert stated
    return stated


def heard(desk: Desk) -> list[str]:
    """What the last line was taken to be."""
    return [desk.told(each) for each in desk.wrote]


def write(desk: Desk, kind: str, **fields: object) -> None:
    """An entry as another version, or a hand, would write it."""
    desk.append(Draft(kind, fields))


def notices(desk: Desk, line: str) -> tuple[str, ...]:
    desk.says(line)
    assert isinstance(desk.decision, Write)
    return desk.decision.notices


def test_its_support_opens_with_those_who_brought_it(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    stated = common(plenary)
    assert (stated.kind, stated.text, stated.group, stated.status) == ("cluster", "Together", "", "")
    assert stated.support == ("africa", "asia")
    plenary.says("/-common1 asia")
    plenary.says("/+common1 europe")
    assert (common(plenary).support, common(plenary).oppose) == (("africa", "europe"), ("asia",))
    plenary.says("/+common1 europe off")
    assert heard(plenary)[0] == "support Common 1 · Europe and the former Soviet Union no longer · Together"
    assert common(plenary).support == ("africa",)
    plenary.says("/undo")
    assert common(plenary).support == ("africa", "europe")


@pytest.mark.parametrize(
    ("line", "field", "value", "told"),
    [
        ("/amend common1 In better words", "text", "In better words", "amended Common 1 · In better words"),
        ("/ok common1", "status", "agreed", "agreed Common 1 · Together"),
        ("/br Common 1", "status", "bracketed", "bracketed Common 1 · Together"),
        ("/bis common1", "status", "bis", "alternative (bis) Common 1 · Together"),
        ("/no common1", "status", "not-agreed", "not agreed Common 1 · Together"),
        ("/defer common1", "status", "deferred", "deferred Common 1 · Together"),
        ("/drop common1", "status", "withdrawn", "withdrawn Common 1 · Together"),
        ("/star common1", "starred", True, "starred Common 1 · Together"),
        ("/confirm common1", "confirmed", True, "read out Common 1 · Together"),
        ("/allow common1", "allowed", True, "allowed Common 1 · Together"),
        ("/strike common1", "struck", True, "struck Common 1 · Together"),
    ],
)
def test_it_is_acted_on_as_others_are_and_undone(
    plenary: Desk, line: str, field: str, value: object, told: str
) -> None:
    plenary.says("/join africa1 asia1: Together")
    before = common(plenary)
    plenary.says(line)
    assert getattr(common(plenary), field) == value
    assert heard(plenary) == [told]
    plenary.says("/undo")
    assert common(plenary) == before


def test_a_member_comes_in_and_goes_out_with_its_group(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    plenary.says("/ok common1")
    plenary.says("/join common1 europe2")
    assert heard(plenary)[0].startswith(
        "amended Common 1 · made of Africa 1, Asia and the Pacific 1, Europe and the former"
    )
    assert common(plenary).support == ("africa", "asia", "europe")
    plenary.says("/split common1 africa1")
    stated = common(plenary)
    assert stated.support == ("asia", "europe")
    assert (len(stated.sources), stated.status, stated.text) == (2, "agreed", "Together")
    assert stated.amendments == ["members changed"]
    plenary.says("/amend common1 Side by side")
    assert common(plenary).amendments == ["amended", "members changed"]
    plenary.says("/undo")
    plenary.says("/undo")
    plenary.says("/undo")
    assert common(plenary).support == ("africa", "asia")


def test_a_group_that_opposes_is_not_brought_back_by_its_member(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    plenary.says("/-common1 africa")
    plenary.says("/join common1 africa2")
    assert common(plenary).support == ("asia",)


def test_two_become_one(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    plenary.says("/join africa2 europe1: Apart")
    plenary.type("/join common1 common2: As one")
    assert heard(plenary)[0].startswith("split Common 2")
    record = plenary.room.record
    assert [each.text for each in record.commons("session-4")] == ["As one"]
    assert len(common(plenary).sources) == 4


def test_one_alone_is_told_as_such(plenary: Desk) -> None:
    plenary.says("/join africa1")
    assert heard(plenary) == ["joined · Common 1 · Africa 1 alone, as worded · africa says 1"]
    plenary.says("/join asia1: In other words")
    assert heard(plenary) == ["joined · Common 2 · In other words · from Asia and the Pacific 1 alone · asia says 1"]


def test_what_one_should_know_of_members_is_told_and_all_is_accepted(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    assert notices(plenary, "/join africa1 europe1: Again") == ("Africa 1 is part of Common 1 already",)
    assert notices(plenary, "/join africa1 africa2: Own") == (
        "Africa 1 is part of Common 1, Common 2 already",
        "all of them are of Africa",
    )
    plenary.says("/strike europe2")
    plenary.says("/drop asia2")
    assert notices(plenary, "/join europe2 asia2: Gone") == (
        "Europe and the former Soviet Union 2 is struck",
        "Asia and the Pacific 2 was withdrawn",
    )
    plenary.says("/split common1")
    plenary.says("/strike common2")
    assert notices(plenary, "/join africa1 asia1: Once more") == ("Africa 1 is part of Common 3 already",)


def test_every_desk_of_a_session_counts_on_from_what_it_sees(room: Room, plenary: Desk) -> None:
    console = room.desk("session-4")
    plenary.says("/join africa1 asia1: one")
    console.says("/join asia2 europe1: two")
    assert heard(console)[0].startswith("joined · Common 2 · two")
    assert console.wrote[-1].fields["number"] == 2
    plenary.says("/join europe2")
    assert heard(plenary)[0].startswith("joined · Common 3 · ")
    console.says("/undo")
    console.says("/join africa2")
    assert heard(console)[0].startswith("joined · Common 4 · "), "a number given once is given to nothing else"
    console.says("/br common3")
    assert common(plenary, 3).status == "bracketed"


@pytest.mark.parametrize("command", ["ok", "br", "bis", "no", "defer", "drop", "propose", "confirm", "star", "allow"])
def test_a_decision_on_what_is_struck_is_refused(plenary: Desk, command: str) -> None:
    plenary.room.desk("working-lunch", "africa", "africa").says("/strike 1")
    refuse = plenary.refused(f"/{command} africa1")
    assert (refuse.reason, refuse.hint) == (
        "Africa 1 is struck",
        "/restore working-lunch/africa:1 lets it stand again",
    )
    assert notices(plenary, f"/{command} africa2") == ()


@pytest.mark.parametrize(
    "line", ["/ok common1", "/-common1 asia", "/amend common1 text", "/split common1", "/ok Common 1"]
)
def test_what_was_taken_back_is_told_with_how_it_returns(plenary: Desk, line: str) -> None:
    colleague, console = plenary, plenary.room.desk("session-4")
    colleague.says("/join africa1 asia1: one")
    colleague.says("/undo")
    refuse = console.refused(line)
    assert (refuse.exit_code, refuse.reason) == (4, "Common 1 was undone")
    assert refuse.hint == "/redo brings it back at the desk that undid it, where that was last, /join makes another"
    colleague.says("/redo")
    colleague.says("/split common1")
    refuse = console.refused(line)
    assert (refuse.exit_code, refuse.reason) == (4, "Common 1 was taken apart already")
    assert refuse.hint == "/undo brings it back where it was done last, /join makes another"


def test_what_was_taken_back_is_not_offered_for_a_slip_of_the_keyboard(plenary: Desk) -> None:
    table = plenary.room.desk("working-lunch", "africa", "africa")
    table.says("/undo")
    refuse = plenary.refused("/ok africa2")
    assert (refuse.reason, refuse.hint) == (
        "Africa 2 was undone",
        "/redo brings it back at the desk that undid it, where that was last",
    )
    assert plenary.refused("/ok africa3").hint == "Africa has africa1"


def test_what_works_across_groups_answers_the_question_that_selects(plenary: Desk) -> None:
    session = plenary.session
    assert "2" in [each.number for each in of_record(session, plenary.room.record).open]
    plenary.says("/join africa1 asia1: one")
    assert "2" not in [each.number for each in of_record(session, plenary.room.record).open]
    plenary.says("/split common1")
    assert "2" in [each.number for each in of_record(session, plenary.room.record).open]


def test_split_gives_its_members_back(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    plenary.says("/split common1")
    record = plenary.room.record
    assert record.commons("session-4") == []
    refused = plenary.refused("/ok common1")
    assert isinstance(refused, Refuse)
    assert refused.exit_code == 4
    plenary.says("/undo")
    assert [each.text for each in record.commons("session-4")] == ["Together"]


def test_decisions_that_did_not_see_each_other_are_a_conflict(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    target = common(plenary).entry.id
    write(plenary, "status", target=target, status="agreed", session="session-4")
    write(plenary.room.desk("session-4", "other"), "status", target=target, status="bracketed", session="session-4")
    conflicts = plenary.room.record.conflicts("session-4")
    assert [(each.target, each.field) for each in conflicts] == [(target, "status")]
    assert proceed(plenary.room.meeting, plenary.room.record).chapters[3].conflicts == tuple(conflicts)


def test_clusters_of_clusters_made_by_hand_end_nowhere(room: Room) -> None:
    desk = room.desk("session-4", "common")
    write(desk, "cluster", targets=["id-0002"], text="one")
    write(desk, "cluster", targets=["id-0001"], text="two")
    write(desk, "amend", target="id-0001", targets=["id-0002", "id-0001"])
    assert [each.text for each in room.record.commons("session-4")] == ["one", "two"]


def test_scripts_get_what_it_is_made_of(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    plenary.says("/ok common1")
    plenary.says("/amend africa1 africa says more")
    (told,) = session_data(plenary.room.meeting, plenary.room.record, plenary.session)["clusters"]
    keys = {"id", "label", "text", "targets", "support", "status", "decided_in", "oppose", "amended", "starred"}
    assert keys <= told.keys()
    assert (told["status"], told["decided_in"], told["label"]) == ("agreed", "session-4", "common1")
    assert [(each["label"], each["group"], each["text"]) for each in told["members"]] == [
        ("africa1", "africa", "africa says more"),
        ("asia1", "asia", "asia says 1"),
    ]


def reported(meeting: Meeting, record: Record, page: Any = None) -> dict[str, list[Item]]:
    from grcp_cli.report.compose import compose

    document = (page or compose)(proceed(meeting, record), Choices("none"))
    items: dict[str, list[Item]] = {}
    for part in document.parts:
        items.setdefault(part.role, []).extend(
            each for each in part.blocks if isinstance(each, Item) and each.kind == "cluster"
        )
    return items


def test_the_report_has_its_brackets_status_and_those_who_share_it(plenary: Desk) -> None:
    for line in ("/join africa1 asia1: Together", "/br common1", "/+common1 col", "/-common1 asia"):
        plenary.says(line)
    (item,) = reported(plenary.room.meeting, plenary.room.record)["recommendations"]
    assert (item.label, item.text, item.status, item.decided_in) == ("Common 1", "[Together]", "bracketed", "session-4")
    assert item.groups == ("africa",)
    assert item.note == (
        "Africa; opposed by Asia and the Pacific; in brackets, Session 4; supported by one participant; "
        "from Africa 1, Asia and the Pacific 1"
    )


@pytest.mark.parametrize("line", ["/drop common1", "/no common1", "/strike common1", "/split common1"])
def test_what_is_not_held_to_work_any_more_is_in_no_summary(plenary: Desk, line: str) -> None:
    plenary.says("/join africa1 asia1: Together")
    assert reported(plenary.room.meeting, plenary.room.record)["summary"]
    plenary.says(line)
    items = reported(plenary.room.meeting, plenary.room.record)
    assert not items["summary"]
    assert bool(items.get("recommendations")) is (line in ("/drop common1", "/no common1"))


def test_on_the_page_of_the_next_morning_it_stands_where_its_status_puts_it(plenary: Desk) -> None:
    for text in ("One", "Two", "Three", "Four"):
        plenary.says(f"/join africa1 asia1: {text}")
    for line in ("/br common2", "/drop common3", "/star common4"):
        plenary.says(line)
    document = brief(proceed(plenary.room.meeting, plenary.room.record), Choices("none"))
    found = {block.text: part.title for part in document.parts for block in part.blocks if isinstance(block, Item)}
    assert (found["One"], found["[Two]"], found["Four"]) == (
        "Agreed and common recommendations",
        "Points without consensus",
        "Headlines",
    )
    assert "Three" not in found
