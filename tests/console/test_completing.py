"""What the word before the cursor may become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.console.completing import Completed, completions, labelled
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


LABELS = ("africa1", "africa2", "africa10", "asia1", "session-4/africa1", "common1", "session-2.1")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("/ok afr", ["africa1", "africa2", "africa10", "session-4/africa1"]),
        ("/OK afr", []),
        ("/agreed afr", ["africa1", "africa2", "africa10", "session-4/africa1"]),
        ("/ok AS", ["asia1"]),
        ("/ok session-", ["session-2.1", "session-4/africa1"]),
        ("/ok ", []),
        ("/ok zzz", []),
        ("/amend com", ["common1"]),
        ("/amend common1 as", []),
        ("/amend common1 africa1 and as", []),
        ("/join africa3 as", ["asia1"]),
        ("/join africa3,as", ["asia1"]),
        ("/join africa3 asia1: com", []),
        ("/split common1 as", ["asia1"]),
        ("/+com", ["common1"]),
        ("/-com", ["common1"]),
        ("/support com", ["common1"]),
        ("/neutral com", ["common1"]),
        ("/+common1 as", []),
        ("/strike as", ["asia1"]),
        ("/off as", []),
        ("/find as", []),
        ("/f afr", ["Africa"]),
        ("/go as", []),
        ("as", []),
        ("ok as", []),
    ],
)
def test_labels_where_one_is_expected(meeting: Meeting, before: str, words: list[str]) -> None:
    session = meeting.session("session-4")
    assert session
    assert [each.word for each in completions(before, meeting, session, "q2", lambda: LABELS)] == words


@given(before=st.one_of(st.text(max_size=30), st.text("/+-:, joinkamdsplt0123afrcso", max_size=14).map("/".__add__)))
def test_a_label_takes_the_place_of_its_beginning(before: str) -> None:
    for word, instead_of in labelled(before, lambda: LABELS):
        assert word in LABELS
        assert 0 < instead_of <= len(before)
        assert before[-instead_of:].lower() in word
