"""The sheet of a question that selects from another, and what is proposed for it."""

import pytest

from grcp_cli.meeting.agenda import Question
from grcp_cli.meeting.record import Statement
from grcp_cli.meeting.synthesis import OPPOSES, SUPPORTS, Alike, Sheet, propose, selecting, sheet

from .conftest import Desk, Room


@pytest.fixture
def plenary(room: Room) -> Desk:
    for group in ("asia", "africa", "europe"):
        table = room.desk("working-lunch", group, group)
        for number in (1, 2, 3):
            table.says(f"rec: {group} says {number}")
    return room.desk("session-4", "common")


def asked(desk: Desk) -> Question:
    (question,) = selecting(desk.session)
    return question


def laid(desk: Desk) -> Sheet:
    return sheet(desk.room.meeting, desk.session, asked(desk), desk.room.record)


def texts(stated: object) -> list[str]:
    return [each.text for each in stated] if isinstance(stated, tuple | list) else []


def test_the_question_that_selects_is_found(plenary: Desk) -> None:
    assert (asked(plenary).address, asked(plenary).selects_from) == ("q2", "working-lunch/q1")
    assert selecting(plenary.room.desk("session-2").session) == ()


def test_columns_stand_as_the_agenda_lists_the_groups(plenary: Desk) -> None:
    found = laid(plenary)
    assert [each.group for each in found.columns] == ["africa", "asia", "europe"]
    assert found.silent == ("americas", "middle-east")
    assert [each.stated.text for each in found.columns[0].items] == ["africa says 1", "africa says 2", "africa says 3"]


def test_only_what_stands_is_on_it(plenary: Desk) -> None:
    plenary.says("/strike africa1")
    plenary.says("/drop africa2")
    plenary.room.desk("working-lunch", "africa", "africa").says("/off rec: not for the room")
    plenary.room.desk("working-lunch", "africa", "africa").says("/2 partnership: another question")
    found = laid(plenary)
    assert [each.stated.text for each in found.columns[0].items] == ["africa says 2", "africa says 3"]
    assert [each.open for each in found.columns[0].items] == [False, True]


def test_what_was_refused_or_left_behind_is_not_proposed(plenary: Desk) -> None:
    plenary.says("/no africa1")
    plenary.room.desk("working-lunch", "africa", "africa").says("/defer 2")
    plenary.says("/defer africa3")
    assert [each.open for each in laid(plenary).columns[0].items] == [False, False, True]


def test_what_is_heard_first_in_this_session_is_on_it_too(plenary: Desk) -> None:
    plenary.room.desk("session-4").says("/1 @africa rec: heard now")
    plenary.room.desk("session-4").says("/1 rec: of nobody")
    found = laid(plenary)
    assert found.columns[0].items[-1].stated.text == "heard now"
    assert (found.columns[-1].group, texts([each.stated for each in found.columns[-1].items])) == ("", ["of nobody"])


def test_what_is_common_is_told_with_its_members_and_stances(plenary: Desk) -> None:
    plenary.says("/join africa1 asia1: Together")
    plenary.says("/-common1 asia")
    plenary.says("/join africa2")
    found = laid(plenary)
    first, second = found.commons
    assert (first.stated.text, [each.stated.text for each in first.members]) == (
        "Together",
        ["africa says 1", "asia says 1"],
    )
    assert dict(first.stances) == {"africa": SUPPORTS, "americas": "", "asia": OPPOSES, "europe": "", "middle-east": ""}
    africa = found.columns[0].items
    assert [each.common for each in africa] == [(first.stated.entry.id,), (second.stated.entry.id,), ()]
    assert [each.stated.text for each in found.open] == [
        "africa says 3",
        *("asia says 2", "asia says 3", "europe says 1", "europe says 2", "europe says 3"),
    ]
    plenary.says("/split common1")
    plenary.says("/strike common2")
    assert len(laid(plenary).open) == 9


def test_one_that_another_session_made_of_these_is_told(plenary: Desk) -> None:
    plenary.room.desk("session-3").says("/join africa1 asia1: Elsewhere")
    plenary.room.desk("session-3").says("note: something else")
    plenary.room.desk("session-3").says("/join 1: Of no concern")
    (common,) = laid(plenary).commons
    assert (common.stated.text, common.session) == ("Elsewhere", "session-3")


def stated(desk: Desk) -> list[Statement]:
    return [each.stated for each in laid(desk).items]


def pair(first: int, second: int, score: int, *words: str) -> Alike:
    return Alike(first, second, score, words)


def test_a_proposal_has_its_score_words_and_most_central_text(plenary: Desk) -> None:
    # 0-2 africa, 3-5 asia, 6-8 europe
    scores = [
        pair(0, 3, 90, "Focal", "points", "network"),
        pair(0, 6, 60, "focal", "points"),
        pair(3, 6, 80, "focal", "data"),
    ]
    (found,) = propose(stated(plenary), scores).across
    assert texts(found.members) == ["africa says 1", "asia says 1", "europe says 1"]
    assert (found.score, found.least, found.words) == (77, 60, ("Focal", "points"))
    assert found.central.text == "asia says 1"
    assert found.groups == ("africa", "asia", "europe")


def test_there_is_no_chaining(plenary: Desk) -> None:
    found = propose(stated(plenary), [pair(0, 3, 90), pair(3, 6, 89)])
    assert [texts(each.members) for each in found.across] == [["africa says 1", "asia says 1"]]


def test_one_group_alone_is_told_and_not_proposed(plenary: Desk) -> None:
    found = propose(stated(plenary), [pair(0, 1, 95), pair(3, 6, 50)])
    assert [texts(each.members) for each in found.across] == [["asia says 1", "europe says 1"]]
    assert [texts(each.members) for each in found.within] == [["africa says 1", "africa says 2"]]


def test_two_of_one_group_may_be_in_it(plenary: Desk) -> None:
    (found,) = propose(stated(plenary), [pair(0, 1, 95), pair(0, 3, 60), pair(1, 3, 55)]).across
    assert texts(found.members) == ["africa says 1", "africa says 2", "asia says 1"]


def test_those_of_most_groups_come_first_then_those_most_alike(plenary: Desk) -> None:
    scores = [pair(0, 3, 99), pair(1, 4, 55), pair(1, 7, 55), pair(4, 7, 55), pair(2, 5, 99)]
    found = propose(stated(plenary), scores).across
    assert [each.members[0].text for each in found] == ["africa says 2", "africa says 1", "africa says 3"]


def test_the_order_of_scores_changes_nothing(plenary: Desk) -> None:
    scores = [pair(0, 3, 80), pair(3, 6, 80), pair(0, 6, 80), pair(1, 4, 80), pair(4, 7, 80), pair(2, 8, 80)]
    assert propose(stated(plenary), scores) == propose(stated(plenary), reversed(scores))


def test_two_thousand_that_are_all_alike_are_one(plenary: Desk) -> None:
    one = stated(plenary)[0]
    many = [one._replace(group=str(at % 26), entry=one.entry._replace(id=str(at))) for at in range(2000)]
    scores = [Alike(0, at, 90, ("network",)) for at in range(1, 2000)]
    assert len(propose(many, scores).across) == 1
    assert len(propose(many, scores).across[0].members) == 2
