"""The walkthrough: a fold over one file, the same however it is folded."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import walkthrough
from grcp_cli.meeting.decision import act
from grcp_cli.meeting.entry import Draft, Entry
from grcp_cli.meeting.walkthrough import Walk, from_tail, newest, replay, reversible, step, undone

LINES = st.sampled_from(
    [
        *["text", "@col text", "@- text", "@< text", "/1b text", "rec: text", "/0 text", "r:", "… more", "/off text"],
        *["/start", "/start -5", "/pause", "/resume", "/extend 5", "/end", "/reopen", "/next", "/back", "/1c", "/go 2"],
        *["/f col", "/f bali -1", "/f", "/q col, bali", "/order arcp", "/reply bali", "/yield", "/more 1", "/close"],
        *["/strike 1", "/restore 1", "/ok 1", "/+1 col", "/star", "/join 1: text", "/split common1", "/say Hi"],
        *["/undo", "/undo", "/undo", "/redo", "/follow", "s/text/words/"],
    ]
)
SAID = st.lists(st.tuples(LINES, st.integers(0, 400)), min_size=4, max_size=25)


def told(desk: Any, said: list[tuple[str, int]]) -> list[Entry]:
    """A file made by typing lines, with so many seconds after each."""
    for line, seconds in said:
        desk.type(line)
        desk.room.wait(seconds)
    return list(desk.entries)


@settings(max_examples=120, deadline=None)
@given(said=SAID)
def test_stepping_is_replaying(new_room: Any, said: list[tuple[str, int]]) -> None:
    desk = new_room().desk()
    entries = told(desk, said)
    gone = undone(entries)
    walk = walkthrough.opening(desk.session)
    for entry in entries:
        if entry.id not in gone and entry.kind not in walkthrough.REVERSALS:
            walk = step(walk, entry)
    assert replay(desk.session, entries)._replace(captured=walk.captured) == walk
    assert replay(desk.session, entries).captured == sum(entry.captured for entry in entries)


@settings(max_examples=120, deadline=None)
@given(said=SAID)
def test_what_is_undone_is_as_if_never_done(new_room: Any, said: list[tuple[str, int]]) -> None:
    desk = new_room().desk()
    entries = told(desk, said)
    for count in range(1, len(entries) + 1):
        before = entries[:count]
        last = newest(before)
        if last is None:
            continue
        undo = Entry("undo", desk.room.now.at, before[-1].n, "undo", {"target": last.id})
        kept = [entry for entry in before if entry.id != last.id]
        never = replay(desk.session, kept)
        after = replay(desk.session, [*before, undo])
        assert after._replace(captured=0) == never._replace(captured=0)
        redo = undo._replace(id="redo", kind="redo")
        assert replay(desk.session, [*before, undo, redo]) == replay(desk.session, before)
        assert reversible([*before, undo]) == last.id


@settings(max_examples=150, deadline=None)
@given(said=SAID)
def test_the_tail_agrees_with_the_whole_wherever_it_answers(new_room: Any, said: list[tuple[str, int]]) -> None:
    desk = new_room().desk()
    entries = told(desk, said)
    whole = replay(desk.session, entries)
    for count in range(len(entries) + 1):
        tail = entries[len(entries) - count :]
        walk = from_tail(desk.session, reversed(tail), complete=count == len(entries))
        if walk is not None:
            assert (walk.here, walk.floor.speaker) == (whole.here, whole.floor.speaker)
        else:
            assert count < len(entries) or any(entry.kind in walkthrough.FLOOR_TURNS for entry in entries)


def test_one_entry_is_tail_enough(desk: Any) -> None:
    """Whatever was typed: with thousands of entries the last one tells place and floor."""
    desk.says("/start")
    for line in ("text", "@col text", "/1b text", "@- text"):
        assert from_tail(desk.session, [desk.says(line)], complete=False) is not None
    desk.says("/f col")
    for line in ("text", "@bali text", "@- text", "/2 text"):
        walk = from_tail(desk.session, [desk.says(line)], complete=False)
        assert walk is not None
        assert (walk.here, walk.floor.speaker) == ("q1/a", "colombo-process")
    desk.says("/order arcp")
    desk.says("/yield")
    walk = from_tail(desk.session, [desk.says("text")], complete=False)
    assert walk is not None
    assert walk.floor.speaker == "colombo-process"


def test_the_tail_knows_what_was_undone_and_redone(desk: Any) -> None:
    for line in ("/start", "text", "/f col", "/1b", "/undo", "/undo", "/redo"):
        desk.says(line)
    assert (desk.walk.here, desk.walk.floor.speaker) == ("q1/a", "colombo-process")
    walk = from_tail(desk.session, reversed(desk.entries), complete=True)
    assert walk is not None
    assert (walk.here, walk.floor.speaker) == ("q1/a", "colombo-process")


def test_an_empty_file_is_a_session_just_opened(desk: Any, room: Any) -> None:
    assert from_tail(desk.session, [], complete=True) == walkthrough.opening(desk.session)
    assert from_tail(desk.session, [], complete=False) is None
    assert replay(desk.session, []) == Walk(here="q1/a")
    bare = desk.session._replace(questions=())
    assert walkthrough.opening(bare).here == "0"
    assert walkthrough.opening(room.desk("working-lunch").session).here == "q1"


def test_numbers_count_what_was_captured_undone_or_not(desk: Any) -> None:
    desk.says("one")
    desk.says("two")
    desk.says("/undo")
    assert desk.walk.captured == 2
    assert desk.walk.last.text == "one"
    assert desk.says("three").n == 3


def test_time_spent_at_each_question(desk: Any) -> None:
    for line, seconds in [("/start -1", 120), ("/next", 60), ("/pause", 999), ("/resume", 30), ("/1a", 10)]:
        desk.says(line)
        desk.room.wait(seconds)
    walk = desk.walk
    assert walk.spent == {"q1/a": 180, "q1/b": 90}
    assert walk.spent_here(desk.room.now) == 190
    desk.room.wait(600)
    fields = {"seconds": 600, "counted": False, "boot": desk.room.boot, "ticks": desk.room.ticks}
    desk.append(Draft("anomaly", fields))
    assert desk.walk.spent_here(desk.room.now) == 190


def test_time_away_is_taken_from_the_question_at_hand_and_given_back_to_it(desk: Any) -> None:
    desk.says("/start")
    desk.room.wait(300)
    desk.append(act("anomaly", desk.sight(), seconds=240, counted=False))
    desk.says("/next")
    desk.room.wait(30)
    assert desk.walk.spent == {"q1/a": 60}
    desk.says("/count")
    assert desk.walk.spent["q1/a"] == 300
    assert desk.walk.spent_here(desk.room.now) == 30


def test_a_second_start_made_by_hand_changes_nothing(desk: Any) -> None:
    desk.says("/start")
    desk.room.wait(60)
    desk.append(act("start", desk.sight()))
    desk.room.wait(60)
    assert desk.walk.spent_here(desk.room.now) == 120


def test_a_session_held_by_hand_made_acts(desk: Any) -> None:
    desk.append(Draft("goto", {}))
    desk.append(Draft("goto", {"question": "q9"}))
    desk.append(Draft("surprise", {"question": "q1/b"}))
    assert desk.walk.here == "q9"  # told as no longer in the agenda, never dropped
    desk.says("/next")
    assert desk.walk.here == "q1/a"


@pytest.mark.parametrize("kind", ["undo", "redo", "accept"])
def test_undo_passes_over_what_is_no_act_of_the_meeting(desk: Any, kind: str) -> None:
    entry = desk.says("text")
    desk.append(Draft(kind, {"target": "elsewhere"}))
    assert newest(desk.entries) == entry
