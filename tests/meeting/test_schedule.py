"""Planned times, from the agenda alone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from grcp_cli.meeting.agenda import Meeting, Session, Timing
from grcp_cli.meeting.schedule import exists, hard_stop, lateness, later, planned

ZURICH = ZoneInfo("Europe/Zurich")
DAY = date(2027, 3, 16)


def meeting(*sessions: Session, day: date = DAY, stops: tuple[time, ...] = ()) -> Meeting:
    return Meeting("m", "M", day, "Europe/Zurich", sessions=sessions, timing=Timing(hard_stops=stops))


def session(name: str, minutes: float = 60, start: time | None = None, day: date | None = None) -> Session:
    return Session(name, name, "plenary", minutes, start=start, date=day)


def times(whole: Meeting) -> dict[str, str]:
    return {name: f"{slot.start:%d %H:%M}–{slot.end:%H:%M}" for name, slot in planned(whole).items()}


def test_a_session_without_a_start_follows_on() -> None:
    whole = meeting(session("a", 75, time(9, 15)), session("b", 12.5), session("c", start=time(14)))
    assert times(whole) == {"a": "16 09:15–10:30", "b": "16 10:30–10:42", "c": "16 14:00–15:00"}


def test_nothing_tells_when_a_session_before_the_first_start_begins() -> None:
    assert times(meeting(session("a"), session("b", start=time(9)))) == {"b": "16 09:00–10:00"}
    assert times(meeting(session("a"), session("b"))) == {}


def test_a_session_of_a_later_day_does_not_follow_on_from_the_day_before() -> None:
    tomorrow = date(2027, 3, 17)
    whole = meeting(
        session("a", start=time(9)),
        session("b", day=tomorrow),
        session("c", start=time(10), day=tomorrow),
        session("d", day=tomorrow),
        session("e"),
    )
    assert times(whole) == {
        "a": "16 09:00–10:00",
        "c": "17 10:00–11:00",
        "d": "17 11:00–12:00",
        "e": "17 12:00–13:00",
    }


def test_a_session_past_midnight_ends_on_the_next_day() -> None:
    slot = planned(meeting(session("a", 90, time(23))))["a"]
    assert slot.end == datetime(2027, 3, 17, 0, 30, tzinfo=ZURICH)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2027, 3, 28), "04:00"),  # 02:00 becomes 03:00
        (date(2027, 10, 31), "02:00"),  # 03:00 becomes 02:00
        (DAY, "03:00"),
    ],
)
def test_an_hour_is_an_hour_when_the_clocks_change(day: date, end: str) -> None:
    slot = planned(meeting(session("a", 90, time(1, 30)), day=day))["a"]
    assert f"{slot.end:%H:%M}" == end
    assert slot.end.timestamp() - slot.start.timestamp() == 5400


def test_later_keeps_the_zone() -> None:
    start = datetime(2027, 3, 28, 1, 59, 59, tzinfo=ZURICH)
    after = later(start, 2)
    assert after.isoformat() == "2027-03-28T03:00:01+02:00"
    assert after.tzinfo is ZURICH


@pytest.mark.parametrize(
    ("zone", "shown", "there"),
    [
        ("Europe/Zurich", "2019-03-31T01:59:59", True),
        ("Europe/Zurich", "2019-03-31T02:00", False),
        ("Europe/Zurich", "2019-03-31T02:59:59", False),
        ("Europe/Zurich", "2019-03-31T03:00", True),
        ("Europe/Zurich", "2019-10-27T02:30", True),  # twice
        ("Pacific/Auckland", "2019-09-29T02:30", False),
        ("Pacific/Auckland", "2019-04-07T02:30", True),
        ("Asia/Kathmandu", "2019-03-31T02:30", True),
    ],
)
@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_no_clock_shows(zone: str, shown: str, fold: int, *, there: bool) -> None:
    assert exists(datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo(zone), fold=fold)) is there


@pytest.mark.parametrize(
    ("actual", "seconds"),
    [
        ("2027-03-16T10:47", 120),
        ("2027-03-16T10:40", -300),
        ("2027-03-19T10:47", 120),  # held three days later
        ("2027-03-15T10:45", 0),
        ("2027-03-16T22:44", 11 * 3600 + 59 * 60),
    ],
)
def test_lateness_compares_times_of_day(actual: str, seconds: float) -> None:
    plan = datetime(2027, 3, 16, 10, 45, tzinfo=ZURICH)
    assert lateness(plan, datetime.fromisoformat(actual).replace(tzinfo=ZURICH)) == seconds


@pytest.mark.parametrize(
    ("start", "stop"),
    [(time(9), time(13)), (time(12, 59, 59), time(13)), (time(13), time(18)), (time(18), None), (time(20), None)],
)
def test_the_first_hard_stop_after_the_start_applies(start: time, stop: time | None) -> None:
    whole = meeting(stops=(time(18), time(13)))
    found = hard_stop(whole, datetime.combine(DAY, start, ZURICH))
    assert found == (datetime.combine(DAY, stop, ZURICH) if stop else None)


def test_without_hard_stops_none_applies() -> None:
    assert hard_stop(meeting(), datetime.combine(DAY, time(9), ZURICH)) is None
