"""Fit to stop: what there is for each who waits, and what a limit or an extension would do; nothing is applied."""

from typing import Any

import pytest

from grcp_cli.meeting import fitting
from grcp_cli.meeting.decision import Show

SIX = "/q igad, rcm, cmc, pidc, arcp, igc"


def fit(desk: Any) -> list[str]:
    return list(fitting.fit(fitting.outlook(desk.sight())))


def at(desk: Any, minutes: float, *lines: str) -> Any:
    """The session begun at 10:45, so many minutes ago; it is planned until 12:00, the interpreters until 13:00."""
    desk.says("/start")
    desk.room.wait(minutes * 60)
    for line in lines:
        desk.says(line)
    return desk


def of(desk: Any, line: str) -> str:
    return fitting.of_line(line, fitting.outlook(desk.sight()))


def test_six_wait_and_22_minutes_are_left_to_the_hard_stop(desk: Any) -> None:
    assert fit(at(desk, 113, SIX)) == [
        "38 min past the end",
        "6 waiting, 22 min to the hard stop at 13:00: 3:40 each",
    ]


FITS = [
    (
        "to both ends",
        53,
        [SIX],
        ["6 waiting, 22 min to the end: 3:40 each", "6 waiting, 1 h 22 to the hard stop at 13:00: 13:40 each"],
    ),
    ("one waits", 53, ["/q igad"], ["1 waiting, 22 min to the end: 22:00 each"]),
    ("nobody waits", 53, [], ["nobody waits, 22 min to the end"]),
    (
        "somebody speaks, whose three minutes are theirs",
        53,
        [SIX, "/f col"],
        ["6 waiting, 22 min to the end, less 3:00 for Colombo Process: 3:10 each"],
    ),
    (
        "with a minute more",
        53,
        [SIX, "/f col", "/more 1"],
        ["6 waiting, 22 min to the end, less 4:00 for Colombo Process: 3:00 each"],
    ),
    (
        "less time than the speaker still has",
        73,
        [SIX, "/f col"],
        ["6 waiting, 2 min to the end, less 3:00 for Colombo Process: no time for them"],
    ),
    ("at the end", 75, [SIX], ["0 s past the end"]),
    ("past both", 135.5, [SIX], ["1 h 00 past the end", "30 s past the hard stop at 13:00"]),
    ("made longer", 53, ["/extend 8", SIX], ["6 waiting, 30 min to the end: 5:00 each"]),
    ("paused", 53, [SIX, "/pause"], ["6 waiting, 22 min to the end: 3:40 each"]),
    ("ended", 53, [SIX, "/end"], []),
]


@pytest.mark.parametrize(("what", "minutes", "lines", "told"), FITS, ids=[row[0] for row in FITS])
def test_what_there_is_for_each(desk: Any, what: str, minutes: float, lines: list[str], told: list[str]) -> None:
    assert fit(at(desk, minutes, *lines))[: len(told) or None] == told, what


def test_who_has_used_up_their_time_takes_nothing_more(desk: Any) -> None:
    at(desk, 53, SIX, "/f col")
    desk.room.wait(60)
    assert fit(desk)[0] == "6 waiting, 21 min to the end, less 2:00 for Colombo Process: 3:10 each"
    desk.room.wait(120)
    assert fit(desk)[0] == "6 waiting, 19 min to the end: 3:10 each"
    desk.room.wait(60)
    assert fit(desk)[0] == "6 waiting, 18 min to the end: 3:00 each"


def test_without_an_hour_planned_only_its_own_minutes_are_known(desk: Any) -> None:
    (session,) = [each for each in desk.room.meeting.sessions if each.id == "session-2"]
    desk.room.meeting = desk.room.meeting._replace(sessions=(session._replace(start=None),))
    assert fit(at(desk, 53, SIX)) == ["6 waiting, 22 min to the end: 3:40 each"]
    assert of(desk, "/extend 5") == "+5 min, without a planned time"


LIMITS = [
    (
        "2",
        [SIX],
        "6 waiting at 2:00: through at 11:50, 10 min before the end, 1 h 10 before the hard stop at 13:00",
    ),
    (
        "3:30",
        [SIX],
        "6 waiting at 3:30: through at 11:59, 1 min before the end, 1 h 01 before the hard stop at 13:00",
    ),
    (
        "5 min",
        [SIX],
        "6 waiting at 5:00: through at 12:08, 8 min after the end, 52 min before the hard stop at 13:00",
    ),
    (
        "20",
        [SIX],
        "6 waiting at 20:00: through at 13:38, 1 h 38 after the end, 38 min after the hard stop at 13:00",
    ),
    (
        "2",
        [SIX, "/f col"],
        "6 waiting at 2:00: through at 11:53, 7 min before the end, 1 h 07 before the hard stop at 13:00",
    ),
    ("2.5", [], "2:30 for each from now on; nobody waits yet"),
    ("0", [SIX], ""),
    ("soon", [SIX], ""),
]


@pytest.mark.parametrize(("limit", "lines", "told"), LIMITS)
def test_what_a_limit_would_do(desk: Any, limit: str, lines: list[str], told: str) -> None:
    at(desk, 53, *lines)
    assert of(desk, f"/limit {limit}") == told
    assert desk.walk.floor.limit is None


def test_a_limit_that_just_fits_is_not_called_too_long(desk: Any) -> None:
    """What `/fit` proposes is no third of a second too long for having been written in minutes."""
    at(desk, 53, SIX)
    assert fit(desk)[0].endswith(": 3:40 each")
    assert "after the end" not in of(desk, "/limit 3:40")


EXTENSIONS = [
    ("5", "ends 12:05, 55 min before the hard stop at 13:00, nothing after it moves"),
    ("15", "ends 12:15, 45 min before the hard stop at 13:00, Working Lunch begins 12:15, 5 min late"),
    ("60", "ends 13:00, 0 s before the hard stop at 13:00, Working Lunch begins 13:00, 50 min late"),
    ("75", "ends 13:15, 15 min past the hard stop at 13:00, Working Lunch begins 13:15, 1 h 05 late"),
    ("-10", "ends 11:50, 1 h 10 before the hard stop at 13:00, nothing after it moves"),
    ("", ""),
    ("999", ""),
    ("soon", ""),
]


@pytest.mark.parametrize(("minutes", "told"), EXTENSIONS, ids=[row[0] for row in EXTENSIONS])
def test_what_an_extension_would_do(desk: Any, minutes: str, told: str) -> None:
    at(desk, 53)
    assert of(desk, f"/extend {minutes}") == told
    assert desk.walk.clock.extended == 0


def test_a_shorter_session_brings_back_what_was_late(desk: Any) -> None:
    at(desk, 53, "/extend 20")
    told = "ends 12:15, 45 min before the hard stop at 13:00, Working Lunch begins 12:15, 5 min late"
    assert of(desk, "/extend -5") == told
    assert of(desk, "/extend -10").endswith("Working Lunch begins 12:10, on time")


def test_an_extension_pushes_the_next_and_the_hard_stop_stays(desk: Any) -> None:
    """Told when it is typed, too, beside what is written."""
    at(desk, 53)
    desk.says("/extend 15")
    assert desk.decision.notices == (
        "ends 12:15, 45 min before the hard stop at 13:00, Working Lunch begins 12:15, 5 min late",
    )


@pytest.mark.parametrize("line", ["/fit", "/fit 2", "/fit 3:40", "/fit +5", "/fit -5"])
def test_asking_applies_nothing(desk: Any, line: str) -> None:
    before = at(desk, 53, SIX).walk
    assert desk.type(line) == []
    assert isinstance(desk.decision, Show)
    assert desk.walk == before


def test_the_questions_share_what_is_left_to_the_nearest_end(desk: Any) -> None:
    at(desk, 53)
    found = fitting.shares(fitting.outlook(desk.sight()))
    assert sum(found.values()) == pytest.approx(22 * 60)
    desk.says("/extend 90")  # beyond the interpreters
    found = fitting.shares(fitting.outlook(desk.sight()))
    assert sum(found.values()) == pytest.approx(82 * 60)
    desk.says("/end")
    assert fitting.shares(fitting.outlook(desk.sight())) == {}


def test_on_another_day_the_hard_stop_is_that_days(desk: Any) -> None:
    desk.room.wait(86_400 * 365 * 3)  # 2022-04-04, a Monday
    assert fit(at(desk, 113, SIX))[1] == "6 waiting, 22 min to the hard stop at 13:00: 3:40 each"
