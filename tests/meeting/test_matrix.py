"""The matrix and what is missing, worked out from the proceedings alone."""

from typing import Any

import pytest

from grcp_cli.console import matrix as told
from grcp_cli.meeting.coverage import Gaps, as_data, coverage
from grcp_cli.meeting.entry import Draft
from grcp_cli.meeting.matrix import as_data as matrix_data
from grcp_cli.meeting.matrix import matrix, partners
from grcp_cli.meeting.proceedings import Proceedings, proceed

LUNCH = "working-lunch"


@pytest.fixture
def lunch(room: Any) -> dict[str, Any]:
    """Three tables at work, and the plenary that hears them."""
    desks = {each: room.desk(LUNCH, each, each) for each in ("africa", "asia", "europe")}
    desks["asia"].says("rec: One calendar")
    desks["africa"].says("rec: Meet twice a year")
    desks["africa"].says("rec: Share the calendar")
    desks["asia"].says("/2 Training #academia #un")
    desks["africa"].says("/2 Statistics #un")
    desks["europe"].says("note: nothing yet")
    desks["plenary"] = room.desk("session-4")
    return desks


def found(room: Any, *only: str) -> Proceedings:
    return proceed(room.meeting, room.record, only)


def gaps(room: Any, session: str) -> Gaps:
    (one,) = [each for each in coverage(found(room)).sessions if each.chapter.session.id == session]
    return one


def rows(room: Any) -> list[Any]:
    return [
        (line.statement.group, line.label, line.statement.status, line.statement.decided_in, len(line.common))
        for line in matrix(found(room))
    ]


def test_group_by_group_with_status_and_what_it_is_part_of(room: Any, lunch: dict[str, Any]) -> None:
    assert rows(room) == [
        ("africa", "africa1", "", "", 0),
        ("africa", "africa2", "", "", 0),
        ("asia", "asia1", "", "", 0),
    ]
    plenary = lunch["plenary"]
    plenary.says("/ok africa1")
    plenary.says("@europe rec: heard first here")
    plenary.says("rec: of nobody")
    plenary.says("/join africa2 asia1: One shared calendar")
    assert rows(room) == [
        ("africa", "africa1", "agreed", "session-4", 0),
        ("africa", "africa2", "", "", 1),
        ("asia", "asia1", "", "", 1),
        ("europe", "session-4/europe1", "", "", 0),
        ("", "session-4.1", "", "", 0),
    ]


def test_struck_undone_and_internal_are_in_no_matrix(room: Any, lunch: dict[str, Any]) -> None:
    lunch["africa"].says("/strike africa1")
    lunch["asia"].says("/off rec: hush")
    lunch["africa"].says("rec: a slip")
    lunch["africa"].says("/undo")
    assert [row[1] for row in rows(room)] == ["africa2", "asia1"]


def test_who_named_which_partners(room: Any, lunch: dict[str, Any]) -> None:
    assert lunch
    named = {each.actor.id: each.groups for each in partners(found(room))}
    assert named == {
        "un": (("africa", 1), ("asia", 1)),
        "academia": (("asia", 1),),
        **dict.fromkeys(("regional", "igo", "private", "civil"), ()),
    }
    assert [each.actor.id for each in coverage(found(room)).unnamed] == ["regional", "igo", "private", "civil"]


def test_struck_and_internal_name_no_partner_and_are_not_counted(room: Any, lunch: dict[str, Any]) -> None:
    lunch["asia"].says("/strike 2")
    lunch["africa"].says("/off rec: hush #un")
    lunch["africa"].says("/strike africa1")
    named = {each.actor.id: each.groups for each in partners(found(room))}
    assert (named["un"], named["academia"]) == ((("africa", 1),), ())
    (quota,) = gaps(room, LUNCH).quotas
    assert dict(quota.groups)["africa"] == 1
    assert "with UN Regional Commissions: Africa (1)" in list(told.lines(found(room)))


def test_opposition_is_told_beside_support(room: Any, lunch: dict[str, Any]) -> None:
    plenary = lunch["plenary"]
    for line in ("/join africa2 asia1: One shared calendar", "/-common1 americas", "/-common1 europe"):
        plenary.says(line)
    (line,) = [each for each in told.lines(found(room)) if each.startswith("Common 1")]
    assert line == (
        "Common 1 (common1): One shared calendar · Africa, Asia and the Pacific · "
        "opposed by Americas and Caribbean, Europe and the former Soviet Union · from Africa 2, Asia and the Pacific 1"
    )


def test_who_supports_and_opposes_a_groups_own_recommendation(room: Any, lunch: dict[str, Any]) -> None:
    for line in ("/+africa1 asia", "/+africa1 europe", "/-africa1 2"):
        lunch["plenary"].says(line)
    (line,) = [each for each in told.lines(found(room)) if each.startswith("Africa 1")]
    assert line == (
        "Africa 1 (africa1): Meet twice a year · no status · "
        "supported by Asia and the Pacific, Europe and the former Soviet Union · opposed by 2 participants"
    )
    (row, *_) = matrix_data(found(room))["matrix"]
    assert (row["support"], row["oppose"]) == (["asia", "europe"], ["2"])


def test_nothing_is_missing_where_nothing_has_begun(room: Any) -> None:
    assert coverage(found(room)).sessions == ()
    assert list(told.missing(found(room))) == []
    assert list(told.lines(found(room))) == ["no recommendations yet"]


def test_groups_without_a_file_or_an_answer(room: Any, lunch: dict[str, Any]) -> None:
    missing = gaps(room, LUNCH)
    assert missing.no_file == ("americas", "middle-east")
    assert [(each.question.address, each.groups) for each in missing.silent] == [("q2", ("europe",))]
    assert (missing.unanswered, missing.over, missing.undecided) == ((), False, ())
    room.desk(LUNCH, "table-9", "middle-east").says("rec: at a desk of another name")
    assert gaps(room, LUNCH).no_file == ("americas",)
    assert lunch


def test_what_is_read_back_is_decided_on_by_the_end(room: Any, lunch: dict[str, Any]) -> None:
    plenary = lunch["plenary"]
    plenary.says("/start")
    plenary.says("/ok africa1")
    assert gaps(room, "session-4").undecided == ()
    assert [each.question.address for each in gaps(room, "session-4").quotas] == ["q1"]
    plenary.says("/confirm africa2")
    plenary.says("/end")
    over = gaps(room, "session-4")
    assert [each.text for each in over.undecided] == ["Share the calendar", "One calendar"]
    (quota,) = over.quotas
    assert dict(quota.short) == {"africa": 2, "americas": 0, "asia": 1, "europe": 0, "middle-east": 0}
    assert [each.address for each in over.unanswered] == ["q2", "q4"]
    lines = list(told.missing(found(room)))
    assert "session-4 · no status yet: Africa 2, Asia and the Pacific 1" in lines
    assert "session-4 · no answer to questions 2, 4" in lines
    assert "working-lunch · no answer to question 2: Europe and the former Soviet Union" in lines


def test_what_was_made_common_is_decided_on_by_the_end(room: Any, lunch: dict[str, Any]) -> None:
    plenary = lunch["plenary"]
    for line in ("/start", "/ok africa1", "/ok africa2", "/ok asia1", "/join africa1: One", "/join africa2: Two"):
        plenary.says(line)
    plenary.says("/ok common1")
    assert gaps(room, "session-4").undecided == ()
    plenary.says("/end")
    assert [each.text for each in gaps(room, "session-4").undecided] == ["Two"]
    assert "session-4 · no status yet: Common 2" in list(told.missing(found(room)))
    assert "no status yet: Common 2" in list(told.of_session(found(room, "session-4")))
    (data,) = [each for each in as_data(found(room))["sessions"] if each["id"] == "session-4"]
    assert data["undecided"] == ["common2"]
    plenary.says("/defer common2")
    assert gaps(room, "session-4").undecided == ()


def test_up_to_five_asks_for_no_five(room: Any, lunch: dict[str, Any]) -> None:
    assert lunch
    (quota,) = gaps(room, LUNCH).quotas
    assert (quota.of, quota.expected, quota.short) == (5, False, ())


def test_groups_that_may_not_be_told_of_are_not(room: Any, lunch: dict[str, Any]) -> None:
    assert lunch
    hidden = coverage(found(room), ["middle-east", "europe"])
    assert hidden.sessions[0].no_file == ("americas",)
    assert hidden.sessions[0].silent == ()


def test_the_data_has_every_key(room: Any, lunch: dict[str, Any]) -> None:
    assert lunch
    data = as_data(found(room))
    assert set(data) == {"sessions", "actors", "unnamed"}
    assert data["sessions"] == [
        {
            "id": LUNCH,
            "over": False,
            "no_file": ["americas", "middle-east"],
            "no_answer": [{"question": "q2", "groups": ["europe"]}],
            "unanswered": [],
            "counts": [
                {
                    "question": "q1",
                    "expected": None,
                    "most": 5,
                    "groups": {"africa": 2, "americas": 0, "asia": 1, "europe": 0, "middle-east": 0},
                }
            ],
            "undecided": [],
        }
    ]


def test_a_conflict_is_told_in_its_line(room: Any, lunch: dict[str, Any]) -> None:
    (first,) = [each for each in matrix(found(room)) if each.label == "africa1"]
    for desk, status in (("africa", "agreed"), ("asia", "bracketed")):
        lunch[desk].append(Draft("status", {"target": first.statement.entry.id, "status": status, "session": LUNCH}))
    (line,) = [each for each in told.lines(found(room)) if each.startswith("Africa 1")]
    assert line.endswith("Meet twice a year · bracketed, Working Lunch, in conflict")
