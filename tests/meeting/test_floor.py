"""The floor: who speaks, who waits, and what each turn is charged with."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import floor as floors
from grcp_cli.meeting.clock import RUNNING, Clock, Moment
from grcp_cli.meeting.entry import Draft, Entry
from grcp_cli.meeting.floor import INTERVENTION, POINT_OF_ORDER, REPLY, Floor


@pytest.fixture
def running(desk: Any) -> Any:
    """A session that began five minutes ago."""
    desk.says("/start")
    desk.room.wait(300)
    return desk


def ran(desk: Any) -> float:
    return float(desk.walk.clock.elapsed(desk.room.now))


def charged(desk: Any) -> list[tuple[str, str, float]]:
    """Every turn so far: whose, of what kind, seconds; the present one last."""
    floor = desk.walk.floor
    now = ran(desk)
    open_turns = [turn for turn in (*floor.interrupted, floor.turn) if turn]
    return [(turn.speaker, turn.kind, turn.taken(now)) for turn in (*floor.turns, *open_turns)]


def does(desk: Any, *lines: str, every: float = 60) -> None:
    """Takes lines, the next one a minute after the one before."""
    for line in lines:
        desk.says(line)
        desk.room.wait(every)


def test_one_turn_ends_the_one_before(running: Any) -> None:
    does(running, "/f col", "/f bali", "/yield", "/f arcp")
    assert charged(running) == [
        ("colombo-process", INTERVENTION, 60),
        ("bali-process", INTERVENTION, 60),
        ("arcp", INTERVENTION, 60),
    ]


def test_a_point_of_order_returns_the_floor_and_is_not_charged_to_who_had_it(running: Any) -> None:
    does(running, "/q arcp, bali", "/f col", "/order bali", "/order arcp")
    assert running.walk.floor.speaker == "arcp"
    does(running, "/yield")
    assert running.walk.floor.speaker == "bali-process"
    does(running, "/yield")
    assert running.walk.floor.speaker == "colombo-process"
    assert charged(running) == [
        ("arcp", POINT_OF_ORDER, 60),
        ("bali-process", POINT_OF_ORDER, 120),
        ("colombo-process", INTERVENTION, 120),
    ]
    # Who raised a point of order still waits for the floor.
    assert running.walk.floor.waiting == ("arcp", "bali-process")


def test_a_reply_is_a_turn_of_its_own(running: Any) -> None:
    does(running, "/q arcp", "/f col", "/reply arcp", "/f")
    assert charged(running) == [
        ("colombo-process", INTERVENTION, 60),
        ("arcp", REPLY, 60),
        ("arcp", INTERVENTION, 60),
    ]


def test_a_pause_is_charged_to_nobody(running: Any) -> None:
    does(running, "/f col", "/pause", "/resume")
    assert charged(running) == [("colombo-process", INTERVENTION, 120)]
    does(running, "/pause", "/f bali", "/order arcp", "/yield")
    assert charged(running)[-1] == ("bali-process", INTERVENTION, 0)
    does(running, "/resume")
    assert charged(running)[-1] == ("bali-process", INTERVENTION, 60)


def test_the_end_clears_the_floor_and_what_it_interrupted(running: Any) -> None:
    does(running, "/f col", "/order bali", "/end")
    assert running.walk.floor.speaker == ""
    assert charged(running) == [("bali-process", POINT_OF_ORDER, 60), ("colombo-process", INTERVENTION, 60)]
    does(running, "/reopen")
    assert running.walk.floor.speaker == ""
    running.says("/f col")
    assert running.walk.floor.interrupted == ()


def test_a_backdated_turn_takes_its_time_from_the_one_before(running: Any) -> None:
    does(running, "/f col", every=180)
    running.says("/f bali -2")
    assert charged(running) == [("colombo-process", INTERVENTION, 60), ("bali-process", INTERVENTION, 120)]
    assert running.walk.floor.turn.began.minute == 51  # it is 10:53
    running.says("/f arcp -99")  # further back than the floor was theirs
    assert charged(running)[1:] == [("bali-process", INTERVENTION, 0), ("arcp", INTERVENTION, 120)]


def test_a_backdated_turn_does_not_reach_behind_the_end_of_the_one_before(running: Any) -> None:
    does(running, "/f col", "/yield")
    running.says("/f bali -5")
    assert charged(running) == [("colombo-process", INTERVENTION, 60), ("bali-process", INTERVENTION, 60)]


def test_a_backdated_turn_does_not_reach_behind_a_pause(running: Any) -> None:
    does(running, "/pause", "/resume")
    running.says("/f col -5")
    assert charged(running) == [("colombo-process", INTERVENTION, 60)]
    does(running, "/yield", "/pause")
    running.says("/f bali -1")
    assert charged(running)[-1] == ("bali-process", INTERVENTION, 0)


def test_a_turn_given_before_a_backdated_start(desk: Any) -> None:
    does(desk, "/f col", every=240)
    desk.says("/start -3")
    assert charged(desk) == [("colombo-process", INTERVENTION, 180)]
    does(desk, "/undo")
    does(desk, "/f bali")
    desk.says("/start -3")
    assert charged(desk) == [("colombo-process", INTERVENTION, 0), ("bali-process", INTERVENTION, 60)]


def test_time_away_that_does_not_count_is_not_charged(running: Any) -> None:
    does(running, "/f col", every=600)
    running.append(Draft("anomaly", {"seconds": 540, "counted": False, "boot": running.room.boot, "ticks": 1900.0}))
    assert charged(running) == [("colombo-process", INTERVENTION, 60)]
    running.room.wait(30)
    assert charged(running) == [("colombo-process", INTERVENTION, 90)]


def test_editing_the_list_does_not_touch_the_turn(running: Any) -> None:
    running.says("/f col")
    before = running.walk.floor.turn
    does(running, "/q bali, arcp", "/move arcp 1", "/withdraw bali", "/close", "/open", "/say Hello")
    assert running.walk.floor.turn == before
    assert running.walk.floor.waiting == ("arcp",)


def test_minutes_more_are_the_turns_own(running: Any) -> None:
    does(running, "/f col", "/more 2", "/order bali", "/more 1", "/yield")
    assert running.walk.floor.turn.more == 2
    assert running.walk.floor.turns[0].more == 1
    running.says("/extend 5")
    assert running.walk.floor.turn.more == 2


def test_the_list_keeps_its_order_and_each_name_once(running: Any) -> None:
    does(running, "/q col, bali", "/q arcp, col", "/move col 3")
    assert running.walk.floor.waiting == ("bali-process", "arcp", "colombo-process")
    running.says("/f arcp")  # out of turn: no longer waiting
    assert running.walk.floor.waiting == ("bali-process", "colombo-process")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("floor", {}),
        ("floor", {"speaker": ""}),
        ("queue", {"speakers": "col"}),
        ("queue", {"speakers": [["col"], 1, None]}),
        ("reorder", {"speaker": "col", "position": "first"}),
        ("withdraw", {"speaker": "who never waited"}),
        ("yield", {}),
        ("end", {}),
        ("extend", {"target": "t", "minutes": "five"}),
        ("point-of-order", {}),
        ("unknown", {"speaker": "col"}),
    ],
)
def test_an_act_that_does_not_fit_does_no_harm(running: Any, kind: str, fields: dict[str, Any]) -> None:
    entry = Entry("x", running.room.now.at, 0, kind, fields)
    running_clock = Clock(state=RUNNING, since=Moment(running.room.now.at))
    floor = floors.step(Floor(), entry, running_clock)
    assert floor.turn is None
    assert all(isinstance(name, str) for name in floor.waiting)


LINES = st.sampled_from(
    [
        *["/f col", "/f bali", "/f arcp -2", "/f col -9", "/f", "/q col, bali", "/order arcp", "/reply bali", "/yield"],
        *[
            "/pause",
            "/resume",
            "/end",
            "/reopen",
            "/start",
            "/start -5",
            "/more",
            "/next",
            "/undo",
            "text",
            "/move col 1",
        ],
    ]
)


@settings(max_examples=150, deadline=None)
@given(said=st.lists(st.tuples(LINES, st.integers(0, 300)), min_size=4, max_size=20))
def test_all_turns_together_never_exceed_the_running_time(new_room: Any, said: list[tuple[str, int]]) -> None:
    desk = new_room().desk()
    for line, seconds in said:
        desk.type(line)
        desk.room.wait(seconds)
        taken = [seconds for _, _, seconds in charged(desk)]
        assert all(seconds >= 0 for seconds in taken)
        assert sum(taken) <= ran(desk) + 1e-6


NOT_BACKDATED = st.sampled_from(
    [
        *["/f col", "/f bali", "/order arcp", "/order col", "/reply bali", "/yield", "/pause", "/resume", "/end"],
        *["/reopen", "text", "/q col"],
    ]
)


@settings(max_examples=150, deadline=None)
@given(said=st.lists(st.tuples(NOT_BACKDATED, st.integers(0, 40)), min_size=4, max_size=20))
def test_every_running_second_is_charged_to_who_has_the_floor(new_room: Any, said: list[tuple[str, int]]) -> None:
    desk = new_room().desk()
    desk.says("/start")
    expected: dict[str, int] = {}
    for line, seconds in said:
        desk.type(line)
        walk = desk.walk
        if walk.clock.state == RUNNING and walk.floor.speaker:
            expected[walk.floor.speaker] = expected.get(walk.floor.speaker, 0) + seconds
        desk.room.wait(seconds)
    found: dict[str, float] = {}
    for speaker, _, seconds in charged(desk):
        if seconds:
            found[speaker] = found.get(speaker, 0) + seconds
    assert found == pytest.approx({speaker: seconds for speaker, seconds in expected.items() if seconds})
