"""The floor: who speaks, who waits, and what each turn is charged with."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import floor as floors
from grcp_cli.meeting.clock import RUNNING, Clock, Moment
from grcp_cli.meeting.decision import act
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


def test_a_pause_of_no_length_is_a_pause(running: Any) -> None:
    running.room.wait(120)
    does(running, "/pause", "/resume", "/f col -1", every=0)
    running.room.wait(30)
    assert charged(running) == [("colombo-process", INTERVENTION, 30)]


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


def slept(desk: Any, seconds: float) -> None:
    """The machine sleeps while the session runs, and the console writes it down."""
    desk.room.wait(seconds)
    desk.append(act("anomaly", desk.sight(), seconds=seconds, counted=False, asleep=True))


AWAY = [
    ("who speaks still", ["/f col", "+60", "sleep", "+60", "/count", "+60"], {"colombo-process": 420}),
    (
        "who spoke before",
        ["/f col", "+60", "sleep", "/f bali", "+60", "/count"],
        {"colombo-process": 300, "bali-process": 60},
    ),
    ("who gave up the floor", ["/f col", "+60", "sleep", "/yield", "+60", "/count"], {"colombo-process": 300}),
    (
        "who is interrupted",
        ["/f col", "+60", "sleep", "/order bali", "+60", "/count"],
        {"bali-process": 60, "colombo-process": 300},
    ),
    (
        "who was interrupted",
        ["/f col", "+60", "sleep", "/order bali", "+60", "/yield", "+60", "/count"],
        {"bali-process": 60, "colombo-process": 360},
    ),
    (
        "who raised a point of order",
        ["/f col", "/order bali", "sleep", "/yield", "+60", "/count"],
        {"bali-process": 240, "colombo-process": 60},
    ),
    ("nobody", ["sleep", "/f col", "+60", "/count"], {"colombo-process": 60}),
    ("nobody, at once", ["sleep", "/f col", "/count"], {"colombo-process": 0}),
    (
        "who spoke before a pause",
        ["/f col", "sleep", "/pause", "+60", "/f bali", "/resume", "+60", "/count"],
        {"colombo-process": 240, "bali-process": 60},
    ),
    ("who spoke before the end", ["/f col", "sleep", "/end", "+60", "/count"], {"colombo-process": 240}),
    (
        "who spoke, the clock set back",
        ["/f col", "sleep", "wall", "/f bali", "+60", "/count"],
        {"colombo-process": 240, "bali-process": 60},
    ),
    (
        "whom a backdated turn gives it",
        ["/f col", "sleep", "+60", "/f bali -4", "+60", "/count"],
        {"colombo-process": 60, "bali-process": 300},
    ),
]


@pytest.mark.parametrize(("whose", "happened", "expected"), AWAY, ids=[row[0] for row in AWAY])
def test_time_away_that_counts_after_all_goes_back_to(
    running: Any, whose: str, happened: list[str], expected: dict[str, float]
) -> None:
    for what in happened:
        match what:
            case "sleep":
                slept(running, 240)
            case "wall":
                running.room.step_wall_clock(-86_400)
            case _ if what.startswith("+"):
                running.room.wait(float(what))
            case _:
                running.says(what)
    assert {speaker: seconds for speaker, _, seconds in charged(running)} == expected, whose
    assert ran(running) == 300 + 240 + sum(float(each) for each in happened if each.startswith("+")) - PAUSES.get(
        whose, 0
    )


PAUSES = {"who spoke before a pause": 60, "who spoke before the end": 60}
"""Seconds of what happened in which the session did not run."""


def test_a_backdated_turn_does_not_reach_behind_the_end_of_a_session(running: Any) -> None:
    does(running, "/end", "/reopen")
    running.says("/f col -5")
    assert charged(running) == [("colombo-process", INTERVENTION, 60)]


def test_a_backdated_turn_does_not_reach_behind_a_turn_given_before_the_start(desk: Any) -> None:
    desk.room.wait(120)
    desk.says("/f col")
    desk.room.wait(60)
    desk.says("/start -3")
    desk.says("/f bali -5")
    assert charged(desk) == [("colombo-process", INTERVENTION, 0), ("bali-process", INTERVENTION, 60)]


def test_a_backdated_turn_reaches_as_far_after_time_away_as_without(running: Any) -> None:
    """What counts again is time like any other; only what ran before the machine slept stays as it was."""
    running.says("/f col")
    slept(running, 240)
    running.room.wait(120)
    running.says("/count")
    running.room.wait(60)
    running.says("/f bali -2")
    assert charged(running) == [("colombo-process", INTERVENTION, 300), ("bali-process", INTERVENTION, 120)]


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


def limit(desk: Any, **session: Any) -> float | None:
    """Seconds that who has the floor may take, in the session as planned or otherwise."""
    return floors.allowed(desk.walk.floor.turn, desk.session._replace(**session), desk.room.meeting)


def test_limits_by_kind(running: Any) -> None:
    does(running, "/f col")
    assert limit(running) == 180
    assert limit(running, panellists=("Colombo Process",)) == 600
    assert limit(running, moderator="colombo-process") is None
    does(running, "/more 2", "/limit 1:30")
    assert limit(running) == 300, "a limit is for whoever is given the floor from then on"
    does(running, "/f bali")
    assert limit(running) == 90
    assert limit(running, panellists=("bali-process",)) == 600
    does(running, "/limit off", "/f arcp")
    assert limit(running) == 180
    running.says("/more -1")
    assert limit(running) == 120
    assert "2 min less would leave nothing" in running.refused("/more -2").reason


def test_a_report_back_is_what_is_said_for_a_group_where_groups_report(room: Any) -> None:
    desk = room.desk("session-4")
    asked = [leaf.number for leaf in desk.session.leaves if leaf.reports_back]
    assert asked
    does(desk, "/start", f"/go {asked[0]}", "/f africa")
    assert limit(desk) == 120
    does(desk, "/f Jane Doe for asia")
    assert limit(desk) == 120
    does(desk, "/f igad")
    assert limit(desk) == 180, "who speaks for themselves does not report back"
    does(desk, "/0", "/f africa")
    assert limit(desk) == 180


def test_speaking_for_a_group(running: Any) -> None:
    does(running, "/q kenya for africa, igad", "/f")
    turn = running.walk.floor.turn
    assert (turn.speaker, turn.behalf) == ("kenya", "africa")
    assert running.walk.floor.waiting == ("igad-rcp",)
    said = running.says("we support this")
    assert (said.speaker, said.fields["group"]) == ("kenya", "africa")
    does(running, "/f", "/order Jane for asia")
    assert running.walk.floor.turn.behalf == "asia"
    # What was begun while somebody spoke is theirs, and their group's.
    late = running.says("said before", holder="kenya")
    assert (late.speaker, late.fields["group"], late.fields["behalf"]) == ("kenya", "africa", "asia")


def test_the_list_keeps_the_order_that_was_typed(running: Any) -> None:
    running.type("/q igad, kenya for africa, bali, Jane for asia, arcp")
    assert running.walk.floor.waiting == ("igad-rcp", "kenya", "bali-process", "Jane", "arcp")
    assert running.walk.floor.behalf == {"kenya": "africa", "Jane": "asia"}
    does(running, "/withdraw kenya", "/move Jane 1")
    assert running.walk.floor.behalf == {"Jane": "asia"}
    does(running, "/f")
    assert running.walk.floor.turn.behalf == "asia"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/f col", "Colombo Process has the floor already"),
        ("/withdraw col", "Colombo Process has the floor and does not wait for it"),
        ("/withdraw arcp", "ARCP does not wait for the floor"),
        ("/q bali", "Bali Process waits already, at place 1"),
        ("/f colmbo", "colmbo is not in the agenda"),
        ("/q igad, rabbat", "rabbat is not in the agenda"),
        ("/q igad for afrca", "afrca is no group of the agenda"),
        ("/order p", "p could be RCM, PIDC, Prague Process"),
        ("/limit 0", "how long may everybody speak?"),
        ("/limit soon", "how long may everybody speak?"),
        ("/limit 999", "999 min is too long for an intervention"),
        ("/limit off", "the agenda's limits hold already"),
        ("/more 999", "999 min is too much at once"),
        ("/extend -500", "-500 min is too much at once"),
        ("/extend -71", "71 min less would leave nothing: 70 min are left"),
        ("/fit soon", "how long may everybody speak?"),
        ("/count", "there is no time away to count"),
        ("/blackout now", "the stage is dark or not"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(running: Any, line: str, reason: str) -> None:
    running.says("/f col")
    running.says("/q bali")
    before = running.walk
    refused = running.refused(line)
    assert reason in refused.reason
    assert running.walk == before


def test_a_guest_like_somebody_of_the_agenda_has_a_colon(running: Any) -> None:
    does(running, "/f Colmbo:")
    assert running.walk.floor.speaker == "Colmbo"
    assert "Colombo Process" in running.refused("/q colmbo").hint


def test_time_counted_after_all_goes_to_whom_it_belonged(running: Any) -> None:
    does(running, "/f col", every=240)
    away = {"seconds": 240.0, "counted": False, "boot": running.room.boot, "ticks": running.room.ticks}
    running.append(Draft("anomaly", away))
    assert charged(running) == [("colombo-process", INTERVENTION, 0)]
    does(running, "/count")
    assert charged(running) == [("colombo-process", INTERVENTION, 300)]
    does(running, "/undo")
    assert charged(running) == [("colombo-process", INTERVENTION, 120)]


def test_time_counted_late_is_not_charged_to_who_came_after(running: Any) -> None:
    does(running, "/f col", every=240)
    running.append(Draft("anomaly", {"seconds": 240.0, "counted": False, "boot": "boot-1", "ticks": 1540.0}))
    running.room.wait(5)
    does(running, "/f bali", "/count")
    assert charged(running)[1] == ("bali-process", INTERVENTION, 120)
    assert ran(running) == 300 + 240 + 5 + 120


def test_after_the_end_nobody_is_given_the_floor(running: Any) -> None:
    does(running, "/f col", "/q bali, arcp")
    running.says("/end")
    assert "Colombo Process has the floor, 2 waiting: Bali Process, ARCP" in running.decision.notices
    for line in ("/f", "/f igad", "/q igad", "/order igad", "/limit 2"):
        assert running.refused(line).hint == "/reopen goes on"
    running.says("/say Thank you")


def test_a_guest_heard_before_is_not_another(running: Any) -> None:
    does(running, "/f Switzerland", "/q Fiji")
    assert "did you mean Switzerland" in running.refused("/f Swizerland").hint
    assert "did you mean Fiji" in running.refused("/withdraw Fijii").hint
    does(running, "/f Fiji", "/f Switzerland", "/q Fijii:")
    assert running.walk.floor.waiting == ("Fijii",)


def test_a_place_behind_the_last_is_the_last(running: Any) -> None:
    does(running, "/q col, bali, arcp")
    assert running.says("/move col 99").fields["position"] == 3
    assert running.walk.floor.waiting == ("bali-process", "arcp", "colombo-process")


def test_the_stage_is_dark_and_light_again(running: Any) -> None:
    running.says("/blackout")
    assert running.walk.floor.dark
    assert running.told(running.says("/blackout off")) == "stage · light again"
    assert not running.walk.floor.dark


def test_two_commands_in_one_line_are_no_name(running: Any) -> None:
    assert "is no name" in running.refused("/f Kenya/f Switzerland").reason


def test_a_turn_began_no_earlier_than_it_reaches(running: Any) -> None:
    does(running, "/f col", every=20)
    running.says("/f bali -1")
    assert running.walk.floor.turn.began.second == 0
    assert charged(running) == [("colombo-process", INTERVENTION, 0), ("bali-process", INTERVENTION, 20)]
