"""What is told quietly, and when nothing is."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.meeting import nudges
from grcp_cli.meeting.clock import Clock, Moment
from grcp_cli.meeting.schedule import planned


def told(desk: Any, line: str) -> list[str]:
    """What is told once a line of a desk is saved."""
    wrote = desk.type(line)
    room = desk.room
    return list(nudges.after(wrote, room.meeting, desk.session, room.record, desk.walk, desk.source))


def test_an_ordinary_hour_is_quiet(desk: Any) -> None:
    lines = ("/start", "a note about Colombo Process", "/next", "rec: exchange data", "r: again", "/1c kept", "/f col")
    assert [told(desk, line) for line in lines] == [[] for _ in lines]


def test_leaving_a_question_without_an_entry_is_told_with_the_way_back(desk: Any) -> None:
    desk.type("/start")
    assert told(desk, "/next") == ["nothing was written under 1a: /go 1a returns"]
    desk.says("something")
    assert told(desk, "/next") == []
    assert told(desk, "/1a") == ["nothing was written under 1c: /go 1c returns"]
    assert told(desk, "/go 1a") == []  # it stands there already


def test_leaving_is_told_only_while_the_clock_is_on(desk: Any) -> None:
    assert told(desk, "/next") == []
    desk.type("/start")
    desk.type("/end")
    assert told(desk, "/next") == []


@pytest.mark.parametrize("line", ["/pause", "/f col", "/q col, igad", "/extend 5", "/say welcome", "/more"])
def test_where_it_stood_is_seen_past_other_acts(desk: Any, line: str) -> None:
    for typed in ("/start", "/1b filed elsewhere", "/f igad", line):
        desk.type(typed)
    assert told(desk, "/go 2") == ["nothing was written under 1a: /go 1a returns"]


def test_where_it_stood_is_seen_past_an_undone_way(desk: Any) -> None:
    for typed in ("/start", "a note", "/go 2", "/undo"):
        desk.type(typed)
    assert told(desk, "/next") == []


def test_the_entry_of_any_desk_answers_a_question(room: Any, desk: Any) -> None:
    desk.type("/start")
    room.desk(desk="second").says("/1a from beside")
    assert told(desk, "/next") == []


@pytest.mark.parametrize("line", ["/strike 1", "/undo", "/set 1 /2"])
def test_what_was_struck_undone_or_moved_answers_nothing(desk: Any, line: str) -> None:
    for typed in ("/start", "a note", line):
        desk.type(typed)
    assert told(desk, "/next") == ["nothing was written under 1a: /go 1a returns"]


def test_what_was_moved_there_answers_a_question(desk: Any) -> None:
    for typed in ("/start", "/2 a note", "/set 1 /1a"):
        desk.type(typed)
    assert told(desk, "/next") == []


def test_the_session_in_general_and_a_stem_may_stay_empty(desk: Any) -> None:
    for typed in ("/start", "x", "/go 0"):
        desk.type(typed)
    assert told(desk, "/go 1") == []
    assert told(desk, "/go 1a") == []


def test_a_desk_that_follows_is_not_told_of_ways_that_are_the_leads(room: Any, desk: Any) -> None:
    second = room.desk(desk="second")
    desk.type("/start")
    gone = "no longer following the session: /follow returns; this desk's own clock is not started"
    assert told(second, "/go 2") == [gone]
    assert told(second, "/go 1b") == []
    assert told(second, "/follow") == []


def test_ending_with_open_questions_is_told(desk: Any) -> None:
    for typed in ("/start", "x", "/1c y"):
        desk.type(typed)
    assert told(desk, "/end") == ["nothing was written under 1b, 2: /1b text still files it, /reopen goes on"]


def test_ending_with_every_question_answered_is_quiet(desk: Any) -> None:
    for typed in ("/start", *(f"/{each.number} x" for each in desk.session.leaves)):
        desk.type(typed)
    assert told(desk, "/end") == []


def test_an_action_without_an_owner_is_told_until_it_has_one(desk: Any) -> None:
    assert told(desk, "action: write a paper") == ["1 has no owner: /owner 1 NAME [DATE]"]
    assert told(desk, "s/paper/page/") == []
    assert told(desk, "/owner 1 igad") == []
    desk.says("said first, an action afterwards")
    assert told(desk, "action:") == ["2 has no owner: /owner 2 NAME [DATE]"]
    assert told(desk, "/set 1 note:") == []


def test_a_date_alone_leaves_an_action_without_an_owner_untold(desk: Any) -> None:
    desk.type("action: write a paper")
    assert told(desk, "/owner 1 2019-06-30") == []


NAMED = "“Colombo Process” in 1, which a final report refuses: /amend 1 TEXT or /allow 1"


def test_a_name_that_may_not_leave_is_told_when_it_is_written(desk: Any) -> None:
    assert told(desk, "rec: follow the colombo process") == [NAMED]
    for line in ("/ok 1", "/star 1", "/+1 igad", "/2", "/set 1 /2", "r: another"):
        assert told(desk, line) == []
    assert told(desk, "/amend 1 ask the Colombo Process") == [NAMED]
    assert told(desk, "/amend 1 ask somebody") == []


def test_several_names_are_one_sentence(desk: Any) -> None:
    (sentence,) = told(desk, "lesson: Rabat Process and Colombo Process meet")
    assert sentence.startswith("“Colombo Process”, “Rabat Process” in 1, ")


def test_a_name_that_was_allowed_is_not_told_again(desk: Any) -> None:
    for typed in ("rec: follow the Colombo Process", "/allow 1"):
        desk.type(typed)
    assert told(desk, "s/follow/ask/") == []


def test_a_note_may_name_anybody_until_it_becomes_a_headline_or_another_kind(desk: Any) -> None:
    assert told(desk, "the Colombo Process spoke") == []
    assert told(desk, "/star 1") == [NAMED]
    desk.type("the Colombo Process spoke again")
    assert told(desk, "lesson:") == [NAMED.replace("1", "2")]


def test_what_is_internal_or_struck_names_nobody(desk: Any) -> None:
    assert told(desk, "/off rec: the Colombo Process spoke") == []
    desk.type("rec: a text")
    desk.type("/strike 2")
    assert told(desk, "/amend 2 the Colombo Process spoke") == []


def test_where_names_may_stand_none_is_told(room: Any) -> None:
    room.meeting = room.meeting._replace(attribution="full")
    assert told(room.desk(), "rec: follow the Colombo Process") == []


def test_a_guest_who_spoke_is_a_name_too(desk: Any) -> None:
    desk.type("@Ana Silva: hello")
    assert told(desk, "rec: as Ana Silva said")[0].startswith("“Ana Silva” in 2, ")


def test_a_common_recommendation_that_names_somebody_is_told(desk: Any) -> None:
    desk.type("rec: x")
    (sentence,) = told(desk, "/join 1: with the Colombo Process")
    assert sentence == (
        "“Colombo Process” in session-2/common1, which a final report refuses: "
        "/amend session-2/common1 TEXT or /allow session-2/common1"
    )


def test_an_entry_of_another_desk_is_called_by_its_own_number(room: Any, desk: Any) -> None:
    room.desk(desk="second").type("rec: x")
    (sentence,) = told(desk, "/amend second:1 the Colombo Process")
    assert sentence.endswith(" in second:1, which a final report refuses: /amend second:1 TEXT or /allow second:1")


SIXTH = "Africa has 6 here, up to 5 were asked for; all are kept"


def of_five(count: int, group: str = "Africa") -> list[str]:
    return [f"{count} of up to 5 for {group}, {5 - count or 'none'} left"]


def test_up_to_five_counts_down_by_group_and_more_are_told_and_kept(room: Any) -> None:
    africa = room.desk("working-lunch", "africa", group="africa")
    asia = room.desk("working-lunch", "asia", group="asia")
    for number in range(1, 6):
        assert told(africa, f"number {number}") == of_five(number)
        assert told(asia, f"number {number}") == of_five(number, "Asia and the Pacific")
    assert told(africa, "a sixth") == [SIXTH]
    assert told(africa, "/strike 6") == of_five(5)
    assert told(africa, "another sixth") == [SIXTH]
    assert told(africa, "note: of another kind") == []
    assert told(africa, "r:") == [SIXTH.replace("6", "7")]
    assert told(africa, "/2 partnership of another question") == []
    assert [each.text for each in room.record.statements("working-lunch") if each.struck] == ["a sixth"]


def test_what_does_not_come_forward_does_not_count(room: Any) -> None:
    africa = room.desk("working-lunch", "africa", group="africa")
    for line in ("one", "two", "three", "/off rec: between ourselves"):
        africa.type(line)
    assert told(africa, "/defer 2") == of_five(2)
    assert told(africa, "/drop 1") == of_five(1)
    assert told(africa, "/propose 2") == of_five(2)
    assert told(africa, "/restore 1") == []  # it stands already
    assert told(africa, "/ok 2") == []
    assert told(africa, "/set 3 /2") == []
    assert told(africa, "/set 3 /1") == of_five(2)
    assert told(africa, "/set 3 @asia") == of_five(1, "Asia and the Pacific")
    assert told(africa, "/amend 3 another text") == []


def test_what_the_plenary_defers_counts_where_it_was_written(room: Any) -> None:
    africa, plenary = room.desk("working-lunch", "africa", group="africa"), room.desk("session-4")
    africa.type("one")
    assert told(plenary, "/defer africa1") == []
    assert told(africa, "two") == of_five(2)


START = datetime(2019, 4, 5, 10, 45, tzinfo=ZoneInfo("Europe/Zurich"))
SENTENCE = "planned for 10:45, not started: /start starts now, /start 10:45 backdates"


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(-60, ""), (0, ""), (4.9, ""), (5, SENTENCE), (74, SENTENCE), (75, ""), (24 * 60 + 10, "")],
)
def test_a_session_that_should_have_begun_is_told(desk: Any, minutes: float, says: str) -> None:
    slot = planned(desk.room.meeting)["session-2"]
    now = Moment(START + timedelta(minutes=minutes))
    assert nudges.overdue(slot, desk.walk.clock, now) == says
    assert nudges.overdue(None, desk.walk.clock, now) == ""


def test_a_session_that_was_started_is_not_overdue(desk: Any) -> None:
    slot = planned(desk.room.meeting)["session-2"]
    desk.room.wait(600)
    assert nudges.overdue(slot, desk.walk.clock, desk.room.now) == SENTENCE
    desk.type("/start 10:45")
    assert nudges.overdue(slot, desk.walk.clock, desk.room.now) == ""
    assert desk.walk.clock.elapsed(desk.room.now) == 600


@given(st.integers(-10_000, 10_000))
def test_overdue_does_not_hang_on_the_zone_of_the_asking(minutes: int) -> None:
    from grcp_cli.meeting.schedule import Slot

    slot = Slot(START, START + timedelta(minutes=75))
    at = START.astimezone(UTC) + timedelta(minutes=minutes)
    assert bool(nudges.overdue(slot, Clock(), Moment(at))) is (5 <= minutes < 75)


def test_who_goes_elsewhere_than_the_desk_they_followed_is_told_once(room: Any) -> None:
    lead, second = room.desk("session-2", "africa"), room.desk("session-2", "second")
    lead.type("/start")
    gone = "no longer following africa: /follow returns; this desk's own clock is not started"
    assert told(second, "/next") == [gone]
    assert told(second, "/next") == []
    assert told(second, "/follow") == []
    assert told(second, "/1b") == [gone]
    assert gone not in told(lead, "/next")


def test_tables_of_groups_follow_nobody_and_are_told_nothing(room: Any) -> None:
    room.desk("working-lunch", "africa", "africa").type("/start")
    asia = room.desk("working-lunch", "asia", "asia")
    wrote = asia.type("/next")
    found = nudges.after(wrote, room.meeting, asia.session, room.record, asia.walk, asia.source, "asia")
    assert list(found) == []
