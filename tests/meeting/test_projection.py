"""The day as it goes: what late, long, skipped and parallel sessions do to those after them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.agenda import Meeting, Question, Session, Timing
from grcp_cli.meeting.schedule import Course, Projection, apart, later, planned, projected, shares

ZURICH = ZoneInfo("Europe/Zurich")
DAY, NEXT_DAY = date(2019, 4, 5), date(2019, 4, 6)
ASKED = (Question("q1", "q1", "1", "What?"),)


def item(name: str, start: str, minutes: float, kind: str = "plenary", **more: Any) -> Session:
    """A session; plenaries, panels and breakouts have a guiding question."""
    asked = ASKED if kind in ("plenary", "panel", "breakout") else ()
    return Session(name, name, kind, minutes, start=time.fromisoformat(start), **{"questions": asked, **more})


def day(*sessions: Session, on: date = DAY, zone: str = "Europe/Zurich") -> Meeting:
    timing = Timing(hard_stops=(time(13), time(18)))
    return Meeting("m", "M", on, zone, sessions=sessions, timing=timing)


def at(told: str, on: date = DAY) -> datetime:
    """`10:45` on the day, or an instant in full."""
    if "T" in told:
        return datetime.fromisoformat(told).astimezone(ZURICH)
    return datetime.combine(on, time.fromisoformat(told), ZURICH)


def running(since: str, left: float) -> Course:
    """A session that runs, with so many minutes left."""
    return Course(at(since), None, left * 60)


def held(began: str, ended: str) -> Course:
    return Course(at(began), at(ended), 0.0)


def told(meeting: Meeting, courses: dict[str, Course], now: str) -> dict[str, str]:
    """When each session begins and ends, as the day goes."""
    found = projected(meeting, courses, at(now))
    return {name: f"{each.start:%H:%M}–{each.end:%H:%M}" for name, each in found.items()}


MORNING = day(
    item("a", "09:00", 60),
    item("coffee", "10:00", 15, "break"),
    item("b", "10:15", 75),
    item("lunch", "11:30", 60, "meal"),
    item("c", "12:30", 60),
)
PLAN = {"a": "09:00–10:00", "coffee": "10:00–10:15", "b": "10:15–11:30", "lunch": "11:30–12:30", "c": "12:30–13:30"}


def test_before_it_begins_the_day_goes_as_planned() -> None:
    assert told(MORNING, {}, "08:00") == PLAN


def test_a_session_on_time_moves_nothing() -> None:
    assert told(MORNING, {"a": running("09:00", 20)}, "09:40") == PLAN


LATE = [
    ("the break gives up its minutes", "09:50", 20, {"a": "09:00–10:10", "coffee": "10:10–10:15"}),
    ("the break is gone, nothing else", "09:50", 25, {"a": "09:00–10:15", "coffee": "10:15–10:15"}),
    (
        "more than the break pushes what follows, and lunch gives up what it can",
        "09:50",
        45,
        {"a": "09:00–10:35", "coffee": "10:35–10:35", "b": "10:35–11:50", "lunch": "11:50–12:30"},
    ),
    (
        "lunch keeps half, and then all is late",
        "09:50",
        70,
        {"a": "09:00–11:00", "coffee": "11:00–11:00", "b": "11:00–12:15", "lunch": "12:15–12:45", "c": "12:45–13:45"},
    ),
]


@pytest.mark.parametrize(("what", "now", "left", "moved"), LATE, ids=[row[0] for row in LATE])
def test_a_session_that_runs_late(what: str, now: str, left: float, moved: dict[str, str]) -> None:
    assert told(MORNING, {"a": running("09:00", left)}, now) == {**PLAN, **moved}, what


def test_a_session_in_overtime_ends_now() -> None:
    found = told(MORNING, {"a": running("09:00", -5)}, "10:20")
    assert (found["a"], found["b"]) == ("09:00–10:20", "10:20–11:35")


def test_minutes_added_push_what_follows_and_are_no_plan() -> None:
    meeting = day(item("a", "09:00", 60), item("b", "10:00", 60))
    found = projected(meeting, {"a": running("09:00", 60 + 10)}, at("09:00"))
    assert (found["a"].end, found["b"].start) == (at("10:10"), at("10:10"))
    assert (found["a"].drift, found["b"].drift, found["a"].planned.end) == (600, 600, at("10:00"))


def test_a_working_lunch_with_questions_keeps_its_minutes() -> None:
    lunch = item("lunch", "10:00", 60, "meal", questions=ASKED)
    meeting = day(item("a", "09:00", 60), lunch, item("c", "11:00", 60))
    found = told(meeting, {"a": running("09:00", 30)}, "09:50")
    assert (found["lunch"], found["c"]) == ("10:20–11:20", "11:20–12:20")


def test_a_ceremony_keeps_its_minutes_too() -> None:
    meeting = day(item("a", "09:00", 60), item("photo", "10:00", 10, "ceremony"), item("b", "10:10", 60))
    found = told(meeting, {"a": running("09:00", 30)}, "09:50")
    assert (found["photo"], found["b"]) == ("10:20–10:30", "10:30–11:30")


def test_a_session_that_ended_early_starts_the_next_as_planned() -> None:
    assert told(MORNING, {"a": held("09:00", "09:40")}, "09:45") == {**PLAN, "a": "09:00–09:40"}


def test_a_session_that_ended_late_pushes_the_next() -> None:
    found = told(MORNING, {"a": held("09:05", "10:25")}, "10:25")
    assert (found["a"], found["coffee"], found["b"]) == ("09:05–10:25", "10:25–10:25", "10:25–11:40")


def test_a_session_that_is_overdue_begins_now() -> None:
    found = told(MORNING, {"a": held("09:00", "10:00")}, "10:22")
    assert (found["coffee"], found["b"]) == ("10:00–10:15", "10:22–11:37")
    assert told(MORNING, {}, "09:10")["a"] == "09:10–10:10"


def test_what_nobody_runs_a_clock_for_passes_by_the_plan() -> None:
    meeting = day(item("opening", "09:00", 30, "ceremony"), item("a", "09:30", 60))
    assert told(meeting, {}, "09:20") == {"opening": "09:00–09:30", "a": "09:30–10:30"}
    assert told(meeting, {}, "09:40") == {"opening": "09:00–09:30", "a": "09:40–10:40"}


def test_a_session_that_was_skipped_is_not_waited_for() -> None:
    found = told(MORNING, {"a": held("09:00", "10:00"), "c": running("11:00", 60)}, "11:00")
    assert (found["b"], found["lunch"], found["c"]) == ("10:15–11:30", "11:30–12:30", "11:00–12:00")
    two = day(item("a", "09:00", 60), item("b", "10:00", 60), item("c", "11:00", 60))
    found = told(two, {"a": held("09:00", "09:50"), "b": held("09:55", "10:20")}, "10:30")
    assert found["c"] == "11:00–12:00"


# Hard stops.


def test_hard_stops_do_not_move_and_what_goes_past_one_is_told() -> None:
    meeting = day(item("a", "11:00", 60), item("b", "12:00", 55), item("c", "14:00", 60))
    found = projected(meeting, {"a": running("11:00", 75)}, at("11:00"))
    assert [each.stop for each in found.values()] == [at("13:00"), at("13:00"), at("18:00")]
    assert (found["b"].end, found["b"].past_stop) == (at("13:10"), 600)
    assert (found["a"].past_stop, found["c"].past_stop, found["c"].start) == (0, 0, at("14:00"))


def test_a_session_begun_after_its_stop_is_past_it() -> None:
    meeting = day(item("a", "12:00", 30))
    found = projected(meeting, {"a": running("13:05", 30)}, at("13:05"))["a"]
    assert (found.stop, found.past_stop, found.drift) == (at("13:00"), 35 * 60, 65 * 60)


def test_without_hard_stops_nothing_is_past_one() -> None:
    meeting = day(item("a", "19:00", 60))
    assert (projected(meeting, {}, at("08:00"))["a"].stop, projected(meeting, {}, at("08:00"))["a"].past_stop) == (
        None,
        0,
    )


# Days and rooms.


def test_each_day_stands_alone() -> None:
    meeting = day(item("a", "17:00", 60), item("b", "09:00", 60, date=NEXT_DAY), item("c", "10:00", 60, date=NEXT_DAY))
    found = projected(meeting, {"a": running("17:30", 300)}, at("17:30"))
    assert found["a"].end == at("22:30")
    assert (found["b"].start, found["c"].end) == (at("09:00", NEXT_DAY), at("11:00", NEXT_DAY))


def test_a_session_never_held_is_not_waited_for_on_the_day_after() -> None:
    meeting = day(item("a", "17:00", 60), item("b", "09:00", 60, date=NEXT_DAY))
    found = projected(meeting, {}, at("10:00", NEXT_DAY))
    assert (found["a"].start, found["b"].start) == (at("17:00"), at("10:00", NEXT_DAY))


PARALLEL = day(
    item("open", "09:00", 60),
    item("east", "10:00", 60, "breakout", room="East"),
    item("east-2", "11:00", 30, "breakout", room="East"),
    item("west", "10:00", 90, "breakout", room="West"),
    item("close", "11:30", 60),
)


def test_parallel_rooms_go_their_own_way_and_the_plenary_waits_for_all() -> None:
    begun = {"open": held("09:00", "10:00"), "east": running("10:00", 80), "west": running("10:00", 90)}
    found = told(PARALLEL, begun, "10:00")
    assert (found["east"], found["east-2"]) == ("10:00–11:20", "11:20–11:50")
    assert (found["west"], found["close"]) == ("10:00–11:30", "11:50–12:50")


def test_a_late_plenary_pushes_every_room() -> None:
    found = told(PARALLEL, {"open": running("09:00", 70)}, "09:00")
    assert [found[name] for name in ("east", "east-2", "west", "close")] == [
        "10:10–11:10",
        "11:10–11:40",
        "10:10–11:40",
        "11:40–12:40",
    ]


def test_a_session_waits_for_the_one_in_its_room_however_short_the_others_were() -> None:
    """Beside the long one a short one has ended: its room is still taken."""
    meeting = day(item("long", "09:00", 60), item("short", "10:00", 30, room="Side"), item("next", "11:00", 60))
    begun = {"long": running("09:30", 90), "short": held("10:00", "10:30")}
    assert told(meeting, begun, "10:30")["next"] == "12:00–13:00"


# A day held on another date.


@pytest.mark.parametrize(
    ("now", "began"),
    [
        ("2026-08-03T09:20:00+02:00", "2026-08-03T09:05:00+02:00"),
        ("2026-11-23T09:20:00+01:00", "2026-11-23T09:05:00+01:00"),
    ],
    ids=["in summer", "in winter"],
)
def test_a_day_held_years_later_keeps_its_hours(now: str, began: str) -> None:
    found = projected(MORNING, {"a": Course(at(began), None, 45 * 60)}, at(now))
    on = at(now).date()
    assert {each.planned.start.date() for each in found.values()} == {on}
    assert {name: f"{each.planned.start:%H:%M}–{each.planned.end:%H:%M}" for name, each in found.items()} == PLAN
    assert (found["a"].end, found["a"].drift) == (at("10:05", on), 300)
    assert (found["coffee"].start, found["b"].start, found["c"].stop) == (
        at("10:05", on),
        at("10:15", on),
        at("13:00", on),
    )


def test_only_the_day_that_is_held_elsewhere_moves() -> None:
    meeting = day(item("a", "09:00", 60), item("b", "10:00", 60), item("c", "09:00", 60, date=NEXT_DAY))
    found = projected(meeting, {"a": Course(at("2026-08-03T09:00+02:00"), None, 3600)}, at("2026-08-03T09:00+02:00"))
    assert found["b"].planned.start == at("2026-08-03T10:00+02:00")
    assert found["c"].planned.start == at("09:00", NEXT_DAY)


def test_held_in_the_small_hours_a_late_evening_belongs_to_the_day_before() -> None:
    meeting = day(item("a", "23:30", 60))
    found = projected(meeting, {"a": Course(at("2026-08-04T00:10+02:00"), None, 3600)}, at("2026-08-04T00:10+02:00"))[
        "a"
    ]
    assert (found.planned.start, found.drift) == (at("2026-08-03T23:30+02:00"), 2400)


# Nights on which the clocks change.


def night(on: date) -> Meeting:
    """Sessions of half an hour that follow on from each other, from 01:30."""
    rest = [Session(name, name, "plenary", 30, questions=ASKED) for name in "bcdef"]
    return day(item("a", "01:30", 30), *rest, on=on)


@pytest.mark.parametrize("on", [date(2019, 3, 31), date(2019, 10, 27)], ids=["an hour left out", "an hour twice"])
def test_a_night_on_which_the_clocks_change_goes_as_any_other(on: date) -> None:
    meeting, began = night(on), datetime.combine(on, time(1, 30), ZURICH)
    on_time = projected(meeting, {}, later(began, -3600))
    late = projected(meeting, {"a": Course(began, None, 40 * 60)}, began)
    for place, name in enumerate("abcdef"):
        assert apart(began, on_time[name].start) == place * 1800
        assert apart(began, on_time[name].end) == (place + 1) * 1800
        assert apart(began, late[name].end) == (place + 1) * 1800 + 600
        assert late[name].drift == 600


# Whatever happens.

KINDS = st.sampled_from(["plenary", "plenary", "panel", "break", "meal", "ceremony"])


@st.composite
def days(draw: Any) -> Meeting:
    """A day of one or two rooms, each with sessions one after the other."""
    sessions = []
    for room in ["", *draw(st.sampled_from([[], ["East"]]))]:
        minute = 9 * 60 + draw(st.sampled_from([0, 0, 30, 60]))
        for number in range(draw(st.integers(1, 5))):
            minute += draw(st.sampled_from([0, 0, 10, 45]))
            minutes = draw(st.sampled_from([10, 30, 60]))
            start = time(minute // 60, minute % 60)
            sessions.append(item(f"{room or 'main'}-{number}", f"{start:%H:%M}", minutes, draw(KINDS), room=room))
            minute += minutes
    return day(*sorted(sessions, key=lambda each: each.start or time()))


@st.composite
def hours(draw: Any) -> tuple[Meeting, dict[str, Course], datetime]:
    """A day so far: in each room some sessions are over, one may run, the rest is to come; some were skipped."""
    meeting = draw(days())
    now = at("09:00") + timedelta(minutes=draw(st.integers(-30, 400)))
    courses = {}
    for room in {each.room for each in meeting.sessions}:
        free = at("08:30")
        for session in (each for each in meeting.sessions if each.room == room):
            began = max(free, planned(meeting)[session.id].start) + timedelta(minutes=draw(st.integers(-5, 20)))
            began = max(free, began)
            if began > now:
                break
            if draw(st.integers(0, 5)) == 0 or (session.kind == "break" and draw(st.booleans())):
                continue
            ended = began + timedelta(minutes=draw(st.integers(1, 90)))
            if ended > now:
                courses[session.id] = Course(began, None, draw(st.integers(-20, 60)) * 60.0)
                break
            courses[session.id] = Course(began, ended, 0.0)
            free = ended
    return meeting, courses, now


def to_come(meeting: Meeting, courses: dict[str, Course]) -> list[Session]:
    """The sessions that have not begun and were not left out: nothing after them in their room has begun."""
    found = []
    for position, session in enumerate(meeting.sessions):
        after = (each for each in meeting.sessions[position:] if each.room == session.room)
        if not any(each.id in courses for each in after):
            found.append(session)
    return found


@settings(max_examples=200, deadline=None)
@given(hour=hours())
def test_whatever_happens_the_plan_stays_and_no_two_sessions_share_a_room(
    hour: tuple[Meeting, dict[str, Course], datetime],
) -> None:
    meeting, courses, now = hour
    before = planned(meeting)
    found = projected(meeting, courses, now)
    assert planned(meeting) == before == {name: each.planned for name, each in found.items()}
    coming = to_come(meeting, courses)
    for session in coming:
        assert found[session.id].start >= before[session.id].start
        assert found[session.id].end >= found[session.id].start
    for room in {each.room for each in meeting.sessions}:
        taken: list[Projection] = [
            found[each.id] for each in meeting.sessions if each.room == room and each.id in courses
        ]
        for each in (found[session.id] for session in coming if session.room == room):
            assert all(other.end <= each.start for other in taken)
            taken.append(each)


@settings(max_examples=100, deadline=None)
@given(meeting=days(), minute=st.integers(-60, 500))
def test_a_day_on_time_goes_as_planned(meeting: Meeting, minute: int) -> None:
    now, slots = at("09:00") + timedelta(minutes=minute), planned(meeting)
    courses = {
        name: Course(slot.start, slot.end if slot.end <= now else None, max(0.0, apart(now, slot.end)))
        for name, slot in slots.items()
        if slot.start <= now
    }
    found = projected(meeting, courses, now)
    assert {name: (each.start, each.end) for name, each in found.items()} == {
        name: (slot.start, slot.end) for name, slot in slots.items()
    }
    assert not any(each.drift for each in found.values())


@settings(max_examples=100, deadline=None)
@given(hour=hours(), more=st.integers(1, 60))
def test_more_minutes_bring_nothing_forward(hour: tuple[Meeting, dict[str, Course], datetime], more: int) -> None:
    meeting, courses, now = hour
    longer = {name: each._replace(left=each.left + 60 * more) for name, each in courses.items()}
    before, after = projected(meeting, courses, now), projected(meeting, longer, now)
    assert all(after[name].start >= each.start and after[name].end >= each.end for name, each in before.items())


# What is left of a session, divided among its questions.


def asked(*minutes: float | None) -> Session:
    """A session with questions of so many minutes; the first has three sub-questions."""
    subs = tuple(Question(letter, f"q1/{letter}", f"1{letter}", letter) for letter in "abc")
    questions = [
        Question(f"q{number}", f"q{number}", str(number), "?", minutes=each, subs=subs if number == 1 else ())
        for number, each in enumerate(minutes, 1)
    ]
    return item("s", "10:00", 75, questions=tuple(questions))


SHARES = [
    ("at the start, as planned", "q1/a", {}, 75, {"q1/a": 15, "q1/b": 15, "q1/c": 15, "q2": 30}),
    ("with half of it left, half each", "q1/a", {}, 37.5, {"q1/a": 7.5, "q1/b": 7.5, "q1/c": 7.5, "q2": 15}),
    ("of the one at hand what is left", "q1/a", {"q1/a": 5}, 70, {"q1/a": 10, "q1/b": 15, "q1/c": 15, "q2": 30}),
    ("the one at hand is used up", "q1/a", {"q1/a": 20}, 60, {"q1/b": 15, "q1/c": 15, "q2": 30}),
    ("those behind get nothing", "q1/c", {"q1/a": 20, "q1/b": 5}, 45, {"q1/c": 15, "q2": 30}),
    ("nor do those passed over", "q2", {}, 60, {"q2": 60}),
    ("nor one ahead that was dealt with", "q1/a", {"q1/b": 1}, 60, {"q1/a": 15, "q1/c": 15, "q2": 30}),
    ("in general all are to come", "0", {"0": 10}, 65, {"q1/a": 13, "q1/b": 13, "q1/c": 13, "q2": 26}),
    ("no time is left", "q1/a", {}, 0, {}),
    ("it is over", "q2", {}, -5, {}),
    ("the last one is used up", "q2", {"q2": 31}, 5, {}),
]


@pytest.mark.parametrize(("what", "here", "spent", "left", "expected"), SHARES, ids=[row[0] for row in SHARES])
def test_the_time_left_is_divided(
    what: str, here: str, spent: dict[str, float], left: float, expected: dict[str, float]
) -> None:
    found = shares(asked(45, 30), here, {place: each * 60 for place, each in spent.items()}, left * 60)
    assert found == pytest.approx({place: each * 60 for place, each in expected.items()}), what


def test_without_shares_there_is_nothing_to_divide_by() -> None:
    assert shares(asked(None, None), "q1/a", {}, 3600) == {}
    assert shares(asked(None, 30), "q1/a", {}, 600) == {"q2": 600}


RESERVE = [("on time", 75, 45, 20), ("late", 70, 45, 20), ("very late", 52, 36, 16), ("made longer", 90, 54, 24)]


@pytest.mark.parametrize(("what", "left", "first", "second"), RESERVE, ids=[row[0] for row in RESERVE])
def test_minutes_that_no_question_has_are_taken_first(what: str, left: float, first: float, second: float) -> None:
    found = shares(asked(45, 20), "q1/a", {}, left * 60)
    assert sum(found[f"q1/{each}"] for each in "abc") == pytest.approx(first * 60), what
    assert found["q2"] == pytest.approx(second * 60)


@settings(max_examples=100, deadline=None)
@given(
    here=st.sampled_from(["0", "q1/a", "q1/b", "q1/c", "q2", "q3"]),
    spent=st.dictionaries(st.sampled_from(["q1/a", "q1/b", "q2"]), st.integers(0, 4000)),
    left=st.integers(1, 9000),
)
def test_shares_use_up_what_is_left_and_keep_their_proportions(here: str, spent: dict[str, int], left: int) -> None:
    session = asked(45, 20, 10)
    found = shares(session, here, spent, left)
    places = [leaf.address for leaf in session.leaves]
    if found:
        assert sum(found.values()) == pytest.approx(left)
    assert all(each > 0 for each in found.values())
    if here in places:
        assert not set(found) & set(places[: places.index(here)])
    ahead = [place for place in found if place != here]
    ratios = [found[place] / (session.share(place) or 0) for place in ahead]
    assert ratios == pytest.approx(ratios[:1] * len(ratios))
