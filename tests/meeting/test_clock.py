"""The clock against a naive counter of seconds; its four figures never mix."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import clock
from grcp_cli.meeting.clock import Clock, Moment, crossed, figures, moment_of, seconds_between
from grcp_cli.meeting.entry import Entry
from grcp_cli.meeting.schedule import Slot, lateness, later

GENEVA = ZoneInfo("Europe/Zurich")
MORNING = datetime(2019, 4, 5, 8, 45, tzinfo=UTC)
BASES = [
    MORNING,
    datetime(2019, 4, 5, 21, 50, tzinfo=UTC),  # ten to midnight in Geneva
    datetime(2019, 3, 31, 0, 30, tzinfo=UTC),  # half an hour before the clocks go forward
    datetime(2019, 10, 27, 0, 30, tzinfo=UTC),  # half an hour before they go back
    datetime(2019, 12, 31, 22, 50, tzinfo=UTC),
]


class Clocks:
    """The machine's clocks, moved by the test; `zoned` gives instants as the machine does, else as a file does."""

    def __init__(self, base: datetime, *, zoned: bool = True) -> None:
        self.at = base
        self.boots = 1
        self.ticks = 50.0
        self.zoned = zoned

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.ticks += seconds

    def shown(self, instant: datetime) -> datetime:
        local = instant.astimezone(GENEVA)
        return local if self.zoned else datetime.fromisoformat(local.isoformat())

    @property
    def now(self) -> Moment:
        return Moment(self.shown(self.at), f"boot-{self.boots}", self.ticks)

    def entry(self, kind: str, **fields: Any) -> Entry:
        now = self.now
        return Entry(kind, now.at, 0, kind, {"boot": now.boot, "ticks": now.ticks, **fields})


NEXT = {
    ("start", clock.TO_COME): clock.RUNNING,
    ("pause", clock.RUNNING): clock.PAUSED,
    ("resume", clock.PAUSED): clock.RUNNING,
    ("end", clock.RUNNING): clock.ENDED,
    ("end", clock.PAUSED): clock.ENDED,
    ("reopen", clock.ENDED): clock.RUNNING,
}


class Counted:
    """A session's clock, and beside it a counter that looks once a second and writes down what it sees."""

    def __init__(self, base: datetime, *, zoned: bool) -> None:
        self.clocks = Clocks(base, zoned=zoned)
        self.clock = Clock()
        self.state = clock.TO_COME
        self.elapsed = self.paused = self.extended = 0
        self.started: datetime | None = None

    def wait(self, seconds: int) -> None:
        self.clocks.wait(seconds)
        for _ in range(seconds):
            self.elapsed += self.state == clock.RUNNING
            self.paused += self.state == clock.PAUSED

    def step_wall_clock(self, seconds: int) -> None:
        self.clocks.at += timedelta(seconds=seconds)

    def reboot(self, seconds: int) -> None:
        self.wait(seconds)
        self.clocks.boots, self.clocks.ticks = self.clocks.boots + 1, 7.0

    def act(self, kind: str, **fields: Any) -> None:
        self.clock = clock.step(self.clock, self.clocks.entry(kind, **fields))
        self.state = NEXT.get((kind, self.state), self.state)

    def start(self, back: int) -> None:
        began = self.clocks.at - timedelta(seconds=back)
        if self.state == clock.TO_COME:
            self.elapsed, self.started = back, began
        self.act("start", **({"effective": self.clocks.shown(began)} if back else {}))

    def extend(self, minutes: int) -> None:
        self.extended += minutes
        self.act("extend", minutes=minutes)

    def away(self, seconds: int) -> None:
        self.wait(seconds)
        self.act("anomaly", seconds=seconds, counted=True)

    def away_uncounted(self, seconds: int) -> None:
        self.wait(seconds)
        self.act("anomaly", seconds=seconds, counted=False)
        if self.state == clock.RUNNING:
            self.elapsed, self.paused = self.elapsed - seconds, self.paused + seconds


WAITS = st.tuples(st.just("wait"), st.integers(0, 900))
ACTS = st.one_of(
    st.tuples(st.just("start"), st.integers(0, 600)),
    st.tuples(st.just("act"), st.sampled_from(["pause", "resume", "end", "reopen"])),
    st.tuples(st.just("extend"), st.integers(-9, 9)),
    st.tuples(st.sampled_from(["away", "away_uncounted"]), st.integers(1, 900)),
)
STEPS = st.tuples(st.just("step_wall_clock"), st.integers(-7200, 7200))
REBOOTS = st.tuples(st.just("reboot"), st.integers(1, 900))
# Steps of the wall clock within one boot, or reboots: a clock stepped between two boots nobody can tell.
TIMELINES = st.one_of(
    st.lists(st.one_of(WAITS, ACTS, STEPS), max_size=25), st.lists(st.one_of(WAITS, ACTS, REBOOTS), max_size=25)
)


@settings(max_examples=250, deadline=None)
@given(timeline=TIMELINES, base=st.sampled_from(BASES), zoned=st.booleans())
def test_the_clock_is_what_a_counter_of_seconds_shows(
    timeline: list[tuple[str, Any]], base: datetime, *, zoned: bool
) -> None:
    session = Counted(base, zoned=zoned)
    for what, amount in timeline:
        getattr(session, what)(amount)
        told = figures(session.clock, 60, Slot(base, base), session.clocks.now)
        overrun = max(0, session.elapsed - (60 + session.extended) * 60)
        late = (session.started - base).total_seconds() if session.started else None
        assert told.state == session.state
        assert (told.elapsed, told.paused, told.extended, told.overrun, told.late_start) == pytest.approx(
            (session.elapsed, session.paused, session.extended, overrun, late), abs=1e-6
        )


def folded(*acts: tuple[float, str, dict[str, Any]]) -> tuple[Clock, Clocks]:
    """A clock after acts, each so many seconds after the one before."""
    clocks, result = Clocks(MORNING), Clock()
    for seconds, kind, fields in acts:
        clocks.wait(seconds)
        result = clock.step(result, clocks.entry(kind, **fields))
    return result, clocks


def test_the_wall_clock_stepped_within_one_boot_takes_nothing_from_the_session() -> None:
    session, clocks = folded((0, "start", {}))
    clocks.wait(100)
    clocks.at += timedelta(seconds=90)
    assert session.elapsed(clocks.now) == 100
    clocks.at -= timedelta(days=1)
    assert session.elapsed(clocks.now) == 100


def test_across_boots_the_wall_clock_counts() -> None:
    session, clocks = folded((0, "start", {}))
    clocks.wait(100)
    clocks.boots, clocks.ticks = 2, 1.0
    assert session.elapsed(clocks.now) == 100
    clocks.at -= timedelta(days=1)
    assert session.elapsed(clocks.now) == 0  # never negative


def test_daylight_saving_gives_and_takes_nothing() -> None:
    for base in BASES:
        early = Moment(base.astimezone(GENEVA))
        assert seconds_between(early, Moment((base + timedelta(hours=1)).astimezone(GENEVA))) == 3600
        assert later(early.at, 3600).astimezone(UTC) == base + timedelta(hours=1)


def test_the_wrong_act_changes_nothing() -> None:
    session, clocks = folded((0, "pause", {}), (1, "resume", {}), (1, "end", {}), (1, "reopen", {}))
    assert session == Clock()
    session, clocks = folded((0, "start", {}), (60, "start", {"effective": MORNING}), (60, "resume", {}))
    assert (session.elapsed(clocks.now), session.started) == (120, MORNING)


def test_time_after_the_end_counts_for_nothing() -> None:
    session, clocks = folded((0, "start", {}), (60, "end", {}), (1000, "reopen", {}), (5, "pause", {}))
    assert (session.elapsed(clocks.now), session.stood(clocks.now)) == (65, 0)
    assert session.ended is None


def test_time_away_from_a_paused_clock_was_paused_already() -> None:
    session, clocks = folded((0, "start", {}), (60, "pause", {}), (100, "anomaly", {"seconds": 100, "counted": False}))
    assert (session.elapsed(clocks.now), session.stood(clocks.now)) == (60, 100)


@pytest.mark.parametrize(
    "fields",
    [
        {"effective": "10:47"},
        {"effective": datetime(2019, 4, 5, 10, 40)},  # noqa: DTZ001 - without a zone, as a hand may write it
        {"effective": MORNING + timedelta(hours=1)},
    ],
)
def test_a_backdating_that_cannot_be_is_none(fields: dict[str, Any]) -> None:
    session, clocks = folded((0, "start", fields))
    assert (session.started, session.elapsed(clocks.now)) == (MORNING, 0)


def test_keys_of_a_wrong_type_do_no_harm() -> None:
    session, clocks = folded(
        (0, "start", {"ticks": "none"}),
        (5, "extend", {"minutes": "five"}),
        (5, "anomaly", {"seconds": "some", "counted": False}),
    )
    assert (session.extended, session.elapsed(clocks.now)) == (0, 10)
    assert moment_of(Clocks(MORNING).entry("start", ticks="none")).boot == ""


def test_extensions_add_up_and_keep_their_reasons() -> None:
    session, clocks = folded(
        (0, "extend", {"minutes": 5, "reason": "late bus"}),
        (0, "start", {}),
        (60, "extend", {"minutes": -2}),
        (60, "extend", {"minutes": 3, "reason": "long list"}),
        (60, "extend", {"minutes": 9, "target": "a turn"}),  # a speaker's, not the session's
    )
    assert (session.extended, session.reasons) == (6, ("late bus", "long list"))
    told = figures(session, 10, None, clocks.now)
    assert (told.planned, told.extended, told.left, told.overrun) == (600, 6, 960 - 180, 0)


def test_the_projected_end() -> None:
    slot = Slot(MORNING, MORNING + timedelta(minutes=75))
    assert figures(Clock(), 75, slot, Clocks(MORNING).now).projected_end == slot.end
    assert figures(Clock(), 75, None, Clocks(MORNING).now).projected_end is None
    session, clocks = folded((600, "start", {}), (60, "pause", {}), (60, "resume", {}))
    told = figures(session, 75, slot, clocks.now)
    assert (told.late_start, told.projected_end) == (600, MORNING + timedelta(seconds=600 + 60 + 75 * 60))
    session, clocks = folded((0, "start", {}), (80 * 60, "extend", {"minutes": 1}))
    told = figures(session, 75, slot, clocks.now)
    assert (told.overrun, told.projected_end) == (240, clocks.at)
    session, clocks = folded((0, "start", {}), (60, "end", {}))
    clocks.wait(999)
    assert figures(session, 75, slot, clocks.now).projected_end == MORNING + timedelta(seconds=60)


def test_late_is_by_the_clock_on_whatever_day_it_is_held() -> None:
    plan = datetime(2019, 4, 5, 10, 45, tzinfo=GENEVA)
    assert lateness(plan, datetime(2019, 4, 5, 10, 43, tzinfo=GENEVA)) == -120
    assert lateness(plan, datetime(2026, 8, 1, 10, 47, tzinfo=GENEVA)) == 120
    winter = datetime(2026, 11, 23, 10, 47, tzinfo=GENEVA)
    assert lateness(plan, winter) == 120
    assert lateness(plan, winter.astimezone(UTC)) == 120
    late_evening = datetime(2019, 4, 5, 23, 50, tzinfo=GENEVA)
    assert lateness(late_evening, datetime(2020, 1, 2, 0, 10, tzinfo=GENEVA)) == 1200
    assert lateness(plan, datetime.min.replace(tzinfo=UTC)) < 0


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (301, 300, "5 min left"),
        (300, 299, ""),
        (121, 119, "2 min left"),
        (400, 100, "2 min left"),
        (1, 0, "time is up"),
        (100, -10, "time is up"),
        (0, -10, ""),
        (-299, -301, "5 min over"),
        (-301, -302, ""),
        (-599, -600.5, "10 min over"),
    ],
)
def test_thresholds(before: float, after: float, told: str) -> None:
    assert crossed(before, after, (5, 2)) == told
