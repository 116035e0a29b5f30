"""What the word before the cursor may become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.console.completing import Completed, completions
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.grammar import Command, Prose, Unclear, parse


def offered(meeting: Meeting, before: str, session: str = "session-2", here: str = "q1/a") -> list[str]:
    item = meeting.session(session)
    assert item
    return [each.word for each in completions(before, meeting, item, here)]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("/ex", ["/extend"]),
        ("/EX", ["/extend"]),
        ("/re", ["/resume", "/reopen", "/reply", "/restore", "/redo", "/readback"]),
        ("/extend", []),
        ("/zzz", []),
        ("@colo", ["Colombo Process"]),
        ("@COLOMBO PR", ["Colombo Process"]),
        ("@pueb", ["RCM"]),
        ("@come", ["MIDCOM"]),
        ("@asia", ["Asia and the Pacific"]),
        ("rec: @bali", ["Bali Process"]),
        ("/1b @bali", ["Bali Process"]),
        ("someone@bali", []),
        ("@", []),
        ("/f bu", ["Budapest Process"]),
        ("/floor bu", ["Budapest Process"]),
        ("/q igad, colo", ["Colombo Process"]),
        ("/q ", []),
        ("/q igad, kenya for afr", ["Africa"]),
        ("/go 1", ["1a", "1b", "1c"]),
        ("/go ", ["1a", "1b", "1c", "2"]),
        ("/go 9", []),
        ("plain prose about bali", []),
        ("", []),
    ],
)
def test_offered(meeting: Meeting, before: str, words: list[str]) -> None:
    assert offered(meeting, before) == words


def test_tags_only_where_the_agenda_offers_them(meeting: Meeting) -> None:
    assert offered(meeting, "works #ac", "working-lunch", "q2") == ["#academia"]
    assert len(offered(meeting, "works #", "working-lunch", "q2")) == 6
    assert offered(meeting, "works #ac") == []


@given(before=st.one_of(st.text(max_size=30), st.sampled_from(["/", "/f ", "@", "/go ", "x @"]).flatmap(
    lambda start: st.text("abcdeimprst 12,#@/", max_size=8).map(lambda rest: start + rest)
)))  # fmt: skip
def test_whatever_is_taken_fits_the_text_before_the_cursor(meeting: Meeting, before: str) -> None:
    session = meeting.session("working-lunch")
    assert session
    for each in completions(before, meeting, session, "q2"):
        assert isinstance(each, Completed)
        assert 0 <= each.instead_of <= len(before)
        assert each.word
        assert each.word != before[len(before) - each.instead_of :]


@pytest.mark.parametrize("typed", ["/", "/f m", "/q a", "@p", "@a", "/order i", "/go "])
def test_what_is_completed_is_understood(meeting: Meeting, typed: str) -> None:
    session = meeting.session("session-2")
    assert session
    found = completions(typed, meeting, session, "q1/a")
    assert found
    for each in found:
        line = typed[: len(typed) - each.instead_of] + each.word
        parsed = parse(f"{line} text" if typed.startswith("@") else line, meeting, session, "q1/a")
        assert isinstance(parsed, Prose | Command)
        assert not isinstance(parsed, Unclear)
        assert isinstance(parsed, Prose) == typed.startswith("@")
