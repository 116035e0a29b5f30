"""What was understood, in one line."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting import entry as entries
from grcp_cli.meeting import labels, telling
from grcp_cli.meeting.entry import KINDS, Draft, Entry
from grcp_cli.meeting.labels import Label
from grcp_cli.meeting.record import Record


def test_the_line_of_the_contract(desk: Any) -> None:
    for _ in range(11):
        desk.says("text")
    assert desk.told(desk.says("/1b @col rec: text")) == "saved 12 · recommendation · q1/b · Colombo Process"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("text", "saved 1 · partnership · q3"),
        ("/0 note: text", "saved 1 · note · 0"),
        ("@Any Name: text", "saved 1 · partnership · q3 · Any Name"),
        ("@africa text", "saved 1 · partnership · q3 · Africa"),
        ("text #un #academia", "saved 1 · partnership · q3 · #un · #academia"),
        ("/off @col text", "saved 1 · partnership · q3 · Colombo Process · internal"),
    ],
)
def test_what_was_saved(room: Any, line: str, told: str) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    assert desk.told(desk.says(line)) == told


def test_the_group_of_a_desk_is_told(room: Any) -> None:
    desk = room.desk("working-lunch", "africa", "africa")
    assert desk.told(desk.says("@igad text")) == "saved 1 · recommendation · q1 · IGAD-RCP · Africa"


ACTS = [
    ("/start", "clock · started 10:45"),
    ("/start -5", "clock · started 10:40"),
    ("/extend 5 late bus", "clock · +5 min · late bus"),
    ("/extend -5", "clock · -5 min"),
    ("/next", "at 1b · "),
    ("/go 0", "at 0 · the session in general"),
    ("/f col", "floor · Colombo Process"),
    ("/f Any Name", "floor · Any Name"),
    ("/q col, Any Name", "speakers' list · Colombo Process, Any Name"),
    ("/order col", "floor · Colombo Process · point of order"),
    ("/reply col", "floor · Colombo Process · right of reply"),
    ("/close", "speakers' list · closed"),
    ("/say Back at 11", "stage · Back at 11"),
    ("/say off", "stage · message off"),
]


@pytest.mark.parametrize(("line", "told"), ACTS, ids=[row[0] for row in ACTS])
def test_what_was_done(desk: Any, line: str, told: str) -> None:
    assert desk.told(desk.says(line)).startswith(told)


RUNNING = [
    ("/pause", "clock · paused"),
    ("/end", "clock · ended"),
    ("/withdraw bali", "floor · Bali Process · withdrawn"),
    ("/move bali 1", "speakers' list · Bali Process to place 1"),
    ("/more 2", "the speaker has +2 min"),
    ("/strike 1", "struck 1"),
    ("/ok 1", "agreed 1"),
    ("/br 1", "bracketed 1"),
    ("/+1 col", "support 1 · Colombo Process"),
    ("/-1 5", "oppose 1 · 5"),
    ("/confirm 1", "read out 1"),
    ("/star", "starred 1"),
    ("/allow 1", "allowed 1"),
    ("/amend 1 other text", "amended 1 · other text"),
    ("s/first/1st/", "amended 1 · 1st text"),
    ("r:", "amended 1 · recommendation"),
    ("@col", "amended 1 · Colombo Process"),
    ("@-", "amended 1 · nobody"),
    ("/set 1 /2", "amended 1 · 2 · How ISCMs"),
    ("/owner 1 col 2019-06-30", "amended 1 · Colombo Process · 2019-06-30"),
    ("/join 1: together", "joined · Common 1 (Session 2) · together"),
    ("/undo", "undone · speakers' list · Bali Process"),
]


@pytest.mark.parametrize(("line", "told"), RUNNING, ids=[row[0] for row in RUNNING])
def test_what_was_done_to_a_session_in_hand(desk: Any, line: str, told: str) -> None:
    for before in ("/start", "first text", "/f arcp", "/q bali"):
        desk.says(before)
    assert desk.told(desk.says(line)).startswith(told)


def test_the_chain_of_an_entry_is_told(desk: Any) -> None:
    desk.says("rec: text")
    told = [desk.told(desk.says(line)) for line in ("/undo", "/redo", "/strike 1", "/restore 1", "/join 1: x")]
    told += [desk.told(desk.says(line)) for line in ("/split common1", "/f col", "/yield", "/start", "/pause")]
    assert told[:2] == ["undone · saved 1 · recommendation · q1/a", "redone · saved 1 · recommendation · q1/a"]
    assert told[2:4] == ["struck 1 · text", "restored 1 · text"]
    assert told[4] == "joined · Common 1 (Session 2) · x · from Session 2.1 alone · text"
    assert told[5] == "split Common 1 (Session 2)"
    assert told[7].startswith("floor · ")
    assert desk.told(desk.says("/resume")) == "clock · running"


def test_recommendations_of_others_are_called_by_their_labels(room: Any) -> None:
    africa, plenary = room.desk("working-lunch", "africa", "africa"), room.desk("working-lunch")
    africa.says("text")
    plenary.says("text")
    assert plenary.told(plenary.says("/star africa:1")) == "starred Africa 1 · text"
    assert africa.told(africa.says("/star :1")) == "starred Working Lunch 1 · text"
    later = room.desk("session-4")
    assert later.told(later.says("/ok africa1")) == "agreed Africa 1 · text"
    assert later.told(later.says("/ok working-lunch/:1")) == "agreed Working Lunch 1 · text"


def test_what_stands_in_another_session_is_told_with_its_place_and_its_old_text(room: Any) -> None:
    there, here = room.desk("session-4"), room.desk("session-2")
    there.says("note: first")
    paragraph = there.append(Draft("paragraph", {"text": "Old prose.", "question": "q1/a", "order": 1.0}))
    assert here.told(here.says("/amend session-4:1 second")) == "amended session-4:1 · second · was: first"
    here.says("/star session-4:1")
    assert here.told(here.says("/amend session-4:1 third")) == "amended session-4:1 · third · was: second"
    assert here.told(here.says("/set session-4:1 lesson:")) == "amended session-4:1 · lesson"
    amended = here.append(Draft("amend", {"target": paragraph.id, "text": "New prose."}))
    assert here.told(amended) == "amended session-4/q1/a paragraph · New prose. · was: Old prose."
    agreed = here.append(Draft("status", {"target": paragraph.id, "status": "agreed"}))
    assert here.told(agreed) == "agreed session-4/q1/a paragraph · New prose."
    assert there.told(agreed) == "agreed paragraph · New prose."


def test_time_away(desk: Any) -> None:
    counted = desk.append(Draft("anomaly", {"seconds": 250.0, "counted": True}))
    assert desk.told(counted) == "clock · away 4 min, counted"
    paused = desk.append(Draft("anomaly", {"seconds": 40, "counted": False}))
    assert desk.told(paused) == "clock · away 40 s, counts as a pause"


NASTY = st.text(alphabet=st.one_of(st.sampled_from("\n\r\u2028\u202e\x1b\x9b · saved"), st.characters()), max_size=20)
VALUES = st.one_of(NASTY, st.none(), st.integers(-5, 5), st.lists(NASTY, max_size=2), st.booleans(), st.floats(0, 99))
KEYS = "target text question speaker group tags owner due new_kind status who count session effective minutes reason"
FIELDS = st.dictionaries(
    st.sampled_from(f"{KEYS} speakers position seconds counted follow".split()), VALUES, max_size=6
)


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(sorted(KINDS | {"surprise", "saved 13"})), fields=FIELDS)
def test_every_kind_has_one_line_and_only_a_captured_one_says_saved(
    new_room: Any, kind: str, fields: dict[str, Any]
) -> None:
    desk = new_room().desk()
    entry = Entry("x", datetime(2019, 4, 5, 8, 45, tzinfo=UTC), 1, kind, fields)
    desk.room.record.add(desk.source, [entry])
    for record in (desk.room.record, None):
        line = drawn_line(telling.told(entry, desk.room.meeting, desk.session, record, desk.source))
        assert line.strip()
        assert line.splitlines() == [line]
        assert "\x1b" not in line
        assert line.startswith("saved") == (kind in entries.CAPTURED)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_is_unknown_to_the_telling(desk: Any, kind: str) -> None:
    entry = desk.append(Draft(kind, {"target": "x", "text": "x", "status": "agreed", "speaker": "col"}))
    assert "does not know" not in desk.told(entry)


@pytest.mark.parametrize(
    ("label", "printed", "typed"),
    [
        (Label("africa", 3), "Africa 3", "africa3"),
        (Label("asia", 1), "Asia and the Pacific 1", "asia1"),
        (Label("africa", 3, "africa-2"), "Africa 3 (africa-2)", "africa3@africa-2"),
        (Label("session-2", 4), "Session 2.4", "session-2.4"),
        (Label("common", 1), "Common 1 (Working Lunch)", "common1"),
        (Label("africa", 3, "", "9f2c41d07a3b"), "Africa 3~9f2c", "africa3~9f2c"),
    ],
)
def test_labels(meeting: Any, label: Label, printed: str, typed: str) -> None:
    assert (
        labels.printed(label, "session-2" if label.owner == "session-2" else "working-lunch", meeting),
        label.typed,
    ) == (printed, typed)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (42.4, "42 s"), (-59, "59 s"), (60, "1 min"), (89, "1 min"), (3599, "1 h 00"), (3900, "1 h 05")],
)
def test_durations(seconds: float, said: str) -> None:
    assert telling.duration(seconds) == said


def test_a_question_that_is_no_longer_there(desk: Any) -> None:
    assert telling.place("q9", desk.session) == "q9 · no longer in the agenda"
    assert telling.place("q2", desk.session).startswith("2 · How ISCMs")
    assert Record().label("x") is None
