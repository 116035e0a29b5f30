"""What `/list` and `/find` let through."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.decision import Show
from grcp_cli.meeting.rows import rows
from grcp_cli.meeting.sieve import Sieve, sieve


@pytest.fixture
def written(desk: Any) -> Any:
    for line in (
        "Capitals report",
        "r: Report every YEAR",
        "/1b Région du Sud",
        "/2 measure: Count",
        "/star 2",
        "/0 x",
    ):
        desk.type(line)
    return desk


@pytest.mark.parametrize(
    ("what", "argument", "passed"),
    [
        ("list", "", [1, 2, 3, 4, 5]),
        ("list", "rec", [2]),
        ("list", "REC:", [2]),
        ("list", "note", [1, 3, 5]),
        ("list", "1", [1, 2, 3]),
        ("list", "1b", [3]),
        ("list", "/1b", [3]),
        ("list", "q1/b", [3]),
        ("list", "0", [5]),
        ("list", "starred", [2]),
        ("list", "*", [2]),
        ("list", "rec 1a starred year", [2]),
        ("list", "rec 1b", []),
        ("list", "report note", [1]),
        ("find", "report", [1, 2]),
        ("find", "year REPORT", [2]),
        ("find", "region", [3]),
        ("find", "rec", []),
        ("find", "nowhere", []),
        ("find", "", [1, 2, 3, 4, 5]),
    ],
)
def test_what_passes(written: Any, what: str, argument: str, passed: list[int]) -> None:
    asked = sieve(Show(what, argument), written.session)
    found = rows(written.room.record, "session-2")
    assert [each.stated.entry.n for each in found if asked.passes(each.stated)] == passed


@pytest.mark.parametrize(
    ("what", "argument", "told"),
    [
        ("list", "", ""),
        ("find", "", ""),
        ("list", "r", "recommendation"),
        ("list", "1b", "question 1b"),
        ("list", "starred rec", "recommendation, starred"),
        ("list", "open", "questions without an entry"),
        ("find", "Two Words", "with “two words”"),
        ("list", "lesson 2 year", "lesson, question 2, with “year”"),
    ],
)
def test_what_passes_is_told(meeting: Meeting, what: str, argument: str, told: str) -> None:
    session = meeting.session("session-2")
    assert session
    assert sieve(Show(what, argument), session).told(session) == told


def test_open_asks_for_questions(meeting: Meeting) -> None:
    session = meeting.session("session-2")
    assert session
    assert sieve(Show("list", "open"), session).open
    assert not sieve(Show("find", "open"), session).open


@given(what=st.sampled_from(["list", "find"]), argument=st.text(max_size=40))
def test_whatever_is_asked_is_told_or_lets_everything_through(meeting: Meeting, what: str, argument: str) -> None:
    session = meeting.session("session-2")
    assert session
    asked = sieve(Show(what, argument), session)
    assert bool(asked.told(session)) == (asked != Sieve())
