"""The nasty moments of a session's time, one a row: what happened, and every figure exactly."""

import random
import re
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from grcp_cli.meeting import clock, overview
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.clock import Clock, Moment
from grcp_cli.meeting.decision import act
from grcp_cli.meeting.schedule import planned

ZURICH, AUCKLAND, KATHMANDU = "Europe/Zurich", "Pacific/Auckland", "Asia/Kathmandu"
MORNING = "2019-04-05T10:45+02:00"


class Row(NamedTuple):
    """One session of 60 minutes.

    Attributes:
        name: What is nasty about it.
        zone: The meeting's zone.
        opened: When its desk was opened; it is planned to begin then, unless `planned` says otherwise.
        happened: Lines typed, `+10:00` that pass (minutes and seconds), and what befell the machine.
        state: What the clock is then; the rest in minutes and seconds, but `extended` in minutes.
        ends: When it will end or did, on the meeting's wall clock.
    """

    name: str
    zone: str
    opened: str
    happened: str
    state: str
    elapsed: str
    paused: str
    ends: str
    extended: float = 0
    overrun: str = "0:00"
    late: str | None = "0:00"
    planned: str = ""


ROWS = [
    # The wall clock is set, and the session's time goes on as it was.
    Row("set 90 s on", ZURICH, MORNING, "/start +10:00 wall+1:30 +10:00", "running", "20:00", "0:00", "11:46:30"),
    Row("set 90 s back", ZURICH, MORNING, "/start +10:00 wall-1:30 +10:00", "running", "20:00", "0:00", "11:43:30"),
    Row("set a day on", ZURICH, MORNING, "/start +10:00 wall+1440:00 +10:00", "running", "20:00", "0:00", "6 11:45"),
    Row("set a day back", ZURICH, MORNING, "/start +10:00 wall-1440:00 +10:00", "running", "20:00", "0:00", "4 11:45"),
    Row(
        "set at once after the start", ZURICH, MORNING, "/start wall-1:30 +1:00", "running", "1:00", "0:00", "11:43:30"
    ),
    Row(
        *("set before the start", ZURICH, MORNING, "wall+1:30 /start +1:00", "running", "1:00", "0:00", "11:46:30"),
        late="1:30",
    ),
    Row(
        *("set while paused", ZURICH, MORNING, "/start +10:00 /pause +1:00 wall+1440:00 +4:00 /resume +5:00"),
        *("running", "15:00", "5:00", "11:50"),
    ),
    Row(
        *("set on and back again", ZURICH, MORNING, "/start +10:00 wall+60:00 +1:00 wall-60:00 +1:00"),
        *("running", "12:00", "0:00", "11:45"),
    ),
    Row("set, then ended", ZURICH, MORNING, "/start +10:00 wall+1:30 /end +9:00", "ended", "10:00", "0:00", "10:56:30"),
    # The machine sleeps: a pause, unless somebody says that it counts.
    Row("asleep, unanswered", ZURICH, MORNING, "/start +10:00 sleep4:00 +1:00", "running", "11:00", "4:00", "11:49"),
    Row(
        "asleep, counted", ZURICH, MORNING, "/start +10:00 sleep4:00 /count +1:00", "running", "15:00", "0:00", "11:45"
    ),
    Row(
        *("asleep, counted late", ZURICH, MORNING, "/start +10:00 sleep4:00 +6:00 /pause +1:00 /count"),
        *("paused", "20:00", "1:00", "11:46"),
    ),
    Row(
        *("asleep, counted after the end", ZURICH, MORNING, "/start +10:00 sleep4:00 /end +1:00 /count +1:00"),
        *("ended", "14:00", "0:00", "10:59"),
    ),
    Row(
        *("asleep, counted, and not after all", ZURICH, MORNING, "/start +10:00 sleep4:00 /count /undo +1:00"),
        *("running", "11:00", "4:00", "11:49"),
    ),
    Row(
        *("asleep twice, the second counted", ZURICH, MORNING, "/start sleep4:00 +1:00 sleep2:00 /count"),
        *("running", "3:00", "4:00", "11:49"),
    ),
    Row(
        *("asleep twice, both counted", ZURICH, MORNING, "/start sleep4:00 +1:00 sleep2:00 /count /count"),
        *("running", "7:00", "0:00", "11:45"),
    ),
    Row("asleep while paused", ZURICH, MORNING, "/start +1:00 /pause sleep4:00", "paused", "1:00", "4:00", "11:49"),
    Row("asleep and set", ZURICH, MORNING, "/start +10:00 wall+1:30 sleep4:00", "running", "10:00", "4:00", "11:50:30"),
    Row(
        *("asleep into overtime, not counted", ZURICH, MORNING, "/start +58:00 sleep4:00"),
        *("running", "58:00", "4:00", "11:49"),
    ),
    Row(
        *("asleep into overtime, counted", ZURICH, MORNING, "/start +58:00 sleep4:00 /count"),
        *("running", "62:00", "0:00", "11:47"),
        overrun="2:00",
    ),
    # The program is killed in each state, and somebody comes back.
    Row(
        *("killed before the start", ZURICH, MORNING, "gone4:00", "to come", "0:00", "0:00", "11:45"),
        late=None,
    ),
    Row("killed running", ZURICH, MORNING, "/start +10:00 gone4:00 +5:00", "running", "15:00", "4:00", "11:49"),
    Row(
        *("killed running, it counts", ZURICH, MORNING, "/start +10:00 was-here4:00 +5:00"),
        *("running", "19:00", "0:00", "11:45"),
    ),
    Row(
        *("killed running, counted later", ZURICH, MORNING, "/start +10:00 gone4:00 +5:00 /count"),
        *("running", "19:00", "0:00", "11:45"),
    ),
    Row("killed paused", ZURICH, MORNING, "/start +10:00 /pause +1:00 gone4:00", "paused", "10:00", "5:00", "11:50"),
    Row("killed ended", ZURICH, MORNING, "/start +10:00 /end gone4:00", "ended", "10:00", "0:00", "10:55"),
    Row(
        *("killed ended, reopened", ZURICH, MORNING, "/start +10:00 /end gone4:00 /reopen +5:00"),
        *("running", "15:00", "0:00", "11:49"),
    ),
    Row("restarted running", ZURICH, MORNING, "/start +10:00 restart4:00 +1:00", "running", "11:00", "4:00", "11:49"),
    Row(
        *("restarted paused", ZURICH, MORNING, "/start +10:00 /pause restart4:00 /resume +1:00"),
        *("running", "11:00", "4:00", "11:49"),
    ),
    Row(
        *("killed and the clock set meanwhile", ZURICH, MORNING, "/start +10:00 wall-1440:00 gone4:00"),
        *("running", "10:00", "4:00", "11:49"),
    ),
    # Late, early, backdated, longer, shorter, over.
    Row(
        *("late and backdated", ZURICH, "2019-04-05T10:52+02:00", "/start~-2 +10:00", "running", "12:00", "0:00"),
        *("11:50",),
        late="5:00",
        planned="2019-04-05T10:45",
    ),
    Row(
        *("early, by the clock", ZURICH, "2019-04-05T10:44+02:00", "/start~10:43 +10:00", "running", "11:00", "0:00"),
        *("11:43",),
        late="-2:00",
        planned="2019-04-05T10:45",
    ),
    Row(
        *("longer, then shorter, then over", ZURICH, MORNING, "/start /extend~10~late~bus +50:00 /extend~-15 +10:00"),
        *("running", "60:00", "0:00", "11:45"),
        extended=-5,
        overrun="5:00",
    ),
    Row(
        *("all four at once", ZURICH, "2019-04-05T10:48+02:00", "/start +30:00 /pause +7:00 /resume /extend~5 +40:00"),
        *("running", "70:00", "7:00", "12:05"),
        extended=5,
        overrun="5:00",
        late="3:00",
        planned="2019-04-05T10:45",
    ),
    # Midnight, and the day after.
    Row(
        *("over midnight", ZURICH, "2019-04-05T23:50+02:00", "/start +20:00 /pause +5:00", "paused", "20:00", "5:00"),
        *("6 00:55",),
    ),
    Row(
        *("begun before midnight, told after it", ZURICH, "2019-04-06T00:10+02:00", "/start~23:50", "running", "20:00"),
        *("0:00", "6 00:50"),
        planned="2019-04-05T23:50",
    ),
    Row(
        *("resumed the next day", ZURICH, "2019-04-05T17:30+02:00", "/start +20:00 /pause +930:00 /resume +10:00"),
        *("running", "30:00", "930:00", "6 10:00"),
    ),
    Row(
        *("restarted overnight", ZURICH, "2019-04-05T17:30+02:00", "/start +20:00 /pause restart930:00 /resume +1:00"),
        *("running", "21:00", "930:00", "6 10:00"),
    ),
    Row(
        *("left running overnight", ZURICH, "2019-04-05T17:30+02:00", "/start +20:00 restart930:00 +10:00"),
        *("running", "30:00", "930:00", "6 10:00"),
    ),
    # Hours that are left out, and hours that come twice.
    Row(
        *("summer comes, Zurich", ZURICH, "2019-03-31T01:50+01:00", "/start +20:00", "running", "20:00", "0:00"),
        *("31 03:50",),
    ),
    Row(
        *("summer comes while paused", ZURICH, "2019-03-31T01:50+01:00", "/start +5:00 /pause +10:00 /resume"),
        *("running", "5:00", "10:00", "31 04:00"),
    ),
    Row(
        *("late over the hour left out", ZURICH, "2019-03-31T03:05+02:00", "/start~-2 +1:00", "running", "3:00"),
        *("0:00", "31 04:03"),
        late="33:00",
        planned="2019-03-31T01:30",
    ),
    Row(
        *("summer goes, Zurich", ZURICH, "2019-10-27T02:50+02:00", "/start +20:00", "running", "20:00", "0:00"),
        *("27 02:50",),
    ),
    Row(
        *("through both passes of the hour", ZURICH, "2019-10-27T02:00+02:00", "/start +90:00 /pause +45:00 /end"),
        *("ended", "90:00", "45:00", "27 03:15"),
        overrun="30:00",
    ),
    Row(
        *(
            "backdated into the first pass",
            ZURICH,
            "2019-10-27T02:05+01:00",
            "/start~02:50",
            "running",
            "15:00",
            "0:00",
        ),
        *("27 02:50",),
        late="20:00",
        planned="2019-10-27T02:30",
    ),
    Row(
        *("killed between the passes", ZURICH, "2019-10-27T02:40+02:00", "/start +10:00 restart30:00 +5:00"),
        *("running", "15:00", "30:00", "27 03:10"),
    ),
    Row(
        *("summer comes, Auckland", AUCKLAND, "2019-09-29T01:50+12:00", "/start +20:00", "running", "20:00", "0:00"),
        *("29 03:50",),
    ),
    Row(
        *("summer goes, Auckland", AUCKLAND, "2019-04-07T02:50+13:00", "/start +20:00 sleep4:00", "running", "20:00"),
        *("4:00", "7 02:54"),
    ),
    Row(
        *("a zone of three quarters", KATHMANDU, "2019-04-05T23:58+05:45", "/start~23:55 +4:00 wall+1:30", "running"),
        *("7:00", "0:00", "6 00:56:30"),
        late="-3:00",
    ),
]


def seconds(told: str) -> int:
    """`4:00` as seconds."""
    minutes, rest = told.lstrip("+-").split(":")
    return (60 * int(minutes) + int(rest)) * (-1 if told.startswith("-") else 1)


def happens(what: str, desk: Any) -> None:
    """One step of a row."""
    match = re.fullmatch(r"([a-z-]*?)([+-]?\d+:\d\d)", what)
    if match is None:
        desk.says(what.replace("~", " "))
        return
    name, long = match[1], seconds(match[2])
    running = desk.walk.clock.state == clock.RUNNING
    if name == "wall":
        desk.room.step_wall_clock(long)
        if running:
            desk.append(act("anomaly", desk.sight(), step=long))
        return
    (desk.room.reboot if name == "restart" else desk.room.wait)(long)
    if name and running:
        asleep = {"asleep": True} if name == "sleep" else {}
        desk.append(act("anomaly", desk.sight(), seconds=long, counted=name == "was-here", **asleep))


def opened(row: Row, meeting: Meeting, new_room: Any) -> Any:
    """The desk of a row's session, before anything happened."""
    at = datetime.fromisoformat(row.opened)
    plan = datetime.fromisoformat(row.planned) if row.planned else at.astimezone(ZoneInfo(row.zone))
    session = meeting.session("session-2")
    assert session is not None
    session = session._replace(start=plan.time(), minutes=60)
    room = new_room()
    room.meeting = meeting._replace(timezone=row.zone, date=plan.date(), sessions=(session,))
    room.at = at
    return room.desk("session-2")


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_every_figure(row: Row, meeting: Meeting, new_room: Any) -> None:
    desk = opened(row, meeting, new_room)
    room = desk.room
    for what in row.happened.split():
        happens(what, desk)
    slot = planned(room.meeting)["session-2"]
    told = clock.figures(desk.walk.clock, 60, slot, room.now)
    assert (told.state, told.elapsed, told.paused) == (row.state, seconds(row.elapsed), seconds(row.paused))
    assert (told.extended, told.overrun) == (row.extended, seconds(row.overrun))
    assert told.late_start == (None if row.late is None else seconds(row.late))
    assert told.projected_end is not None
    day, _, hour = row.ends.rpartition(" ")
    ends = told.projected_end.astimezone(ZoneInfo(row.zone))
    assert (ends.time(), day or str(ends.day)) == (time.fromisoformat(hour), str(ends.day))
    (stands,) = overview.overview(room.meeting, room.record, room.now, lambda _: False)
    assert stands.figures == told


# Ten thousand pauses.


@pytest.mark.parametrize("uptime", [3.0, 86_400.0 * 400], ids=["just booted", "up for a year"])
def test_ten_thousand_pauses_are_exact_to_the_microsecond(desk: Any, uptime: float) -> None:
    chance, micro, room = random.Random(5), timedelta(microseconds=1), desk.room
    ran = stood = passed = 0
    began, sight, result = room.at, desk.sight(), Clock()
    for kind in ["start", *["pause", "resume"] * 10_000, "end"]:
        room.at, room.ticks = began + passed * micro, uptime + passed / 1e6
        result = clock.step(result, desk.append(act(kind, sight._replace(now=room.now))))
        micros = chance.randrange(400_000)
        passed += micros
        ran += micros if result.state == clock.RUNNING else 0
        stood += micros if result.state == clock.PAUSED else 0
    now = Moment(room.now.at, room.boot, uptime + passed / 1e6)
    assert (round(result.elapsed(now) * 1e6), round(result.stood(now) * 1e6)) == (ran, stood)
