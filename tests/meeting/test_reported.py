"""What groups report back: which answers, in which order, called what, who is missing, and what counts."""

from typing import Any

import pytest

from grcp_cli.meeting import reported
from grcp_cli.meeting.entry import Source
from grcp_cli.meeting.reported import HAS_FLOOR, HEARD, UNHEARD, WAITS, Reported


@pytest.fixture
def lunch(room: Any) -> dict[str, Any]:
    """Three tables that answered."""
    desks = {each: room.desk("working-lunch", each, group=each) for each in ("africa", "asia", "middle-east")}
    for line in ("first", "second", "third", "note: a note", "/off rec: between ourselves", "/strike 3"):
        desks["africa"].type(line)
    desks["asia"].type("of Asia")
    desks["asia"].type("/2 Joint training #academia #civil")
    desks["middle-east"].type("/start")
    return desks


def seen(room: Any, here: str = "q1", session: str = "session-4") -> Reported:
    item = room.meeting.session(session)
    return reported.from_record(room.meeting, item, here, room.record, Source(session))


def shown(found: Reported) -> dict[str, list[str]]:
    return {part.group: [f"{each.name}: {each.stated.text}" for each in part.items] for part in found.parts}


@pytest.mark.usefixtures("lunch")
def test_every_group_asked_has_a_part_in_the_agendas_order(room: Any) -> None:
    found = seen(room)
    assert shown(found) == {
        "africa": ["Africa 1: first", "Africa 2: second"],
        "americas": [],
        "asia": ["Asia and the Pacific 1: of Asia"],
        "europe": [],
        "middle-east": [],
    }
    assert found.silent == ("americas", "europe", "middle-east")
    assert found.unfiled == ("americas", "europe")
    assert (found.asked.most, found.asked.up_to, found.asked.kind) == (5, False, "recommendation")


@pytest.mark.usefixtures("lunch")
def test_partnerships_tell_which_types_of_partner_nobody_named(room: Any) -> None:
    found = seen(room, "q3")
    assert shown(found)["asia"] == ["asia:2: Joint training"]
    assert found.parts[2].items[0].typed == "working-lunch/asia:2"
    assert found.unmentioned == ("un", "regional", "igo", "private")
    assert seen(room).unmentioned == ()


def test_what_a_group_did_not_bring_forward_stands_aside_until_it_does(room: Any, lunch: dict[str, Any]) -> None:
    lunch["africa"].type("/defer 2")
    lunch["asia"].type("/drop 1")
    found = seen(room)
    assert [[each.stated.text for each in part.aside] for part in found.parts] == [["second"], [], ["of Asia"], [], []]
    assert "asia" in found.silent
    lunch["africa"].type("/propose 2")
    assert shown(seen(room))["africa"] == ["Africa 1: first", "Africa 2: second"]


@pytest.mark.usefixtures("lunch")
def test_what_the_plenary_defers_was_brought_forward(room: Any) -> None:
    plenary = room.desk("session-4")
    for line in ("/defer africa2", "@asia rec: heard here", "/defer 1"):
        plenary.type(line)
    found = seen(room)
    assert shown(found)["africa"] == ["Africa 1: first", "Africa 2: second"]
    assert [each.stated.status for each in found.parts[2].items] == ["", "deferred"]


@pytest.mark.usefixtures("lunch")
def test_what_is_heard_for_the_first_time_stands_under_its_group(room: Any) -> None:
    plenary = room.desk("session-4")
    for line in ("@africa rec: heard here", "rec: of nobody", "note: a note", "@europe rec: new", "/strike 4"):
        plenary.type(line)
    found = seen(room)
    assert shown(found)["africa"][-1] == "Africa 1 (Session 4): heard here"
    assert found.parts[0].items[-1].typed == "session-4/africa1"
    assert [(part.group, len(part.items)) for part in found.parts][-1] == ("", 1)
    assert [each.stated.text for each in found.rest] == ["a note", "new"]
    assert "europe" in found.silent


@pytest.mark.usefixtures("lunch")
def test_a_label_means_what_is_heard_also_when_the_session_has_one_like_it(room: Any) -> None:
    plenary = room.desk("session-4")
    for line in ("@africa rec: heard here", "/ok africa1", "/br Africa 2", "/ok 1", "/no session-4.1"):
        plenary.type(line)
    by_text = {each.stated.text: each.stated.status for part in seen(room).parts for each in part.items}
    assert by_text == {"first": "agreed", "second": "bracketed", "heard here": "agreed", "of Asia": ""}
    assert room.desk("session-2").refused("/ok session-4.1").reason == "there is no entry session-4.1"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("afrca2", "did you mean africa2?"),
        ("africa9", "Africa has africa1 to africa4"),
        ("Asia 2", "did you mean working-lunch/asia:2?"),
        ("asai1", "did you mean asia1?"),
        ("99", "/list shows them with their numbers"),
        ("nothing like it", "/list shows them with their numbers"),
        ("europe1", "Europe and the former Soviet Union has none yet"),
        ("asia2", "did you mean working-lunch/asia:2?"),
    ],
)
@pytest.mark.usefixtures("lunch")
def test_a_mistyped_label_gives_the_nearest(room: Any, typed: str, hint: str) -> None:
    refused = room.desk("session-4").refused(f"/ok {typed}")
    assert (refused.reason, refused.hint) == (f"there is no entry {typed}", hint)


@pytest.mark.usefixtures("lunch")
def test_they_are_read_back_group_by_group(room: Any) -> None:
    room.desk("session-4").type("@europe rec: heard here")
    turn = [each.name for each in reported.in_turn(seen(room))]
    europe = "Europe and the former Soviet Union 1 (Session 4)"
    assert turn == ["Africa 1", "Africa 2", "Asia and the Pacific 1", europe]


def test_a_session_that_hears_nothing_has_its_own(room: Any, desk: Any) -> None:
    for line in ("rec: one", "a note", "@igad rec: two"):
        desk.type(line)
    assert reported.origins(desk.session) == ()
    assert not reported.hears(desk.session, "q1/a")
    assert shown(seen(room, "q1/a", "session-2")) == {"": ["Session 2.1: one", "Session 2.2: two"]}


def test_a_table_may_be_called_otherwise_than_its_group(room: Any) -> None:
    room.desk("working-lunch", "table-7", group="europe").type("from table 7")
    found = seen(room)
    assert "europe" not in found.unfiled
    assert shown(found)["europe"] == ["Europe and the former Soviet Union 1 (table-7): from table 7"]


def test_delegations_are_seen_by_the_floor(room: Any) -> None:
    plenary = room.desk("session-4")
    for line in ("/start", "/q igad, colombo, kenya for europe", "/f"):
        plenary.type(line)

    def stand() -> list[str]:
        groups = ("africa", "asia", "europe", "americas")
        return [reported.presence(room.meeting, plenary.walk.floor, group) for group in groups]

    assert stand() == [HAS_FLOOR, WAITS, WAITS, UNHEARD]
    plenary.type("/f")
    assert stand() == [HEARD, HAS_FLOOR, WAITS, UNHEARD]


def test_tallies_are_of_questions_with_a_limit(room: Any, lunch: dict[str, Any]) -> None:
    lunch["asia"].type("/1 another")
    lunch["asia"].type("/defer 3")
    session = room.meeting.session("working-lunch")
    assert dict(reported.tallies(session, room.record.statements("working-lunch"))) == {
        ("q1", "africa"): 2,
        ("q1", "asia"): 1,
    }


# Taking back whose support was noted.


@pytest.mark.usefixtures("lunch")
def test_support_and_opposition_are_taken_back_at_any_desk(room: Any) -> None:
    plenary = room.desk("session-4")
    for line in ("/+africa1 asia, europe", "/-africa1 asia", "/neutral africa1 asia"):
        plenary.type(line)
    item = seen(room).parts[0].items[0]
    assert (item.stated.support, item.stated.oppose) == (("europe",), ())
    assert plenary.refused("/neutral africa1 asia").reason == (
        "neither support nor opposition of Asia and the Pacific is noted"
    )
    room.desk("session-4", "second").type("/-africa1 americas")
    plenary.type("/neutral africa1 americas")
    assert seen(room).parts[0].items[0].stated.oppose == ()


@pytest.mark.usefixtures("lunch")
def test_what_works_across_groups_comes_with_what_it_is_made_of(room: Any) -> None:
    plenary = room.desk("session-4")
    for line in ("@europe rec: heard here", "/join asia1 africa1 1: One network", "/join africa2"):
        plenary.type(line)
    for here in ("q1", "q2"):
        common = [(each.typed, [member.name for member in each.members]) for each in seen(room, here).common]
        europe = "Europe and the former Soviet Union 1 (Session 4)"
        assert common == [("common1", ["Asia and the Pacific 1", "Africa 1", europe]), ("common2", ["Africa 2"])]
    assert [each.name for each in reported.in_turn(seen(room, "q2"))][-2:] == ["Common 1", "Common 2"]
    assert seen(room, "q3").common == ()
    plenary.type("/strike common2")
    assert [each.typed for each in seen(room, "q2").common] == ["common1"]
