"""What the stage shows, in words, signs and digits: no disk, no terminal, clocks that the test moves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from grcp_cli.console.letters import spelled
from grcp_cli.console.stage.clock_page import clock_page
from grcp_cli.console.stage.digits import big
from grcp_cli.console.stage.pace import until_next
from grcp_cli.console.stage.paper import cells, cut, wrapped
from grcp_cli.console.stage.scene import Scene, freshness, scene
from grcp_cli.meeting import leading, walkthrough
from grcp_cli.meeting.fitting import Outlook


class Hall:
    """A desk that writes in a folder, and the scene of its session as its file stands."""

    def __init__(self, table: Any, session: str = "session-2") -> None:
        self.table = table
        self.desk = table.desk(session)
        self.meeting = table.meeting

    def says(self, *lines: str) -> None:
        for line in lines:
            self.desk.say(line)

    def wait(self, seconds: float) -> None:
        self.table.clock.wait(seconds)

    @property
    def outlook(self) -> Outlook:
        self.desk.catch_up()
        clocks = leading.clocks(self.meeting, self.desk.record)
        walk = walkthrough.replay(self.desk.session, self.desk.entries)
        return Outlook(self.meeting, self.desk.session, walk, clocks, self.desk.now())

    @property
    def scene(self) -> Scene:
        return scene(self.outlook, "● live", rehearsal=False)


@pytest.fixture
def hall(table: Any) -> Hall:
    return Hall(table)


def test_before_the_start_it_counts_down_to_it(hall: Hall) -> None:
    hall.wait(-600.4)
    shown = hall.scene
    assert shown.time.digits == "10:01"
    assert shown.time.words == "○ not started · time until 10:45"
    assert shown.plan == "planned 10:45–12:00"
    assert shown.place.startswith("1a · How an ISCM")
    assert not shown.shares


def test_a_start_that_is_overdue_is_told_until_the_planned_end(hall: Hall) -> None:
    hall.wait(6 * 60)
    assert (hall.scene.time.digits, hall.scene.time.words) == ("1:15:00", "○ not started · 6 min late")
    hall.wait(3 * 3600)
    assert hall.scene.time.words == "○ not started"


def test_on_another_day_nothing_is_counted_down(hall: Hall) -> None:
    hall.wait(-3 * 24 * 3600)
    assert hall.scene.time.digits == "1:15:00"
    assert hall.scene.plan == "planned 5 April 2019, 10:45–12:00"


def test_a_session_awaited_while_another_runs_is_expected_later(table: Any, hall: Hall) -> None:
    table.clock.wait(-300)
    table.desk("session-1").say("/start")
    assert hall.scene.plan == "planned 10:45–12:00 · expected at 11:55"
    assert not hall.scene.past


def test_running_paused_over_and_ended(hall: Hall) -> None:
    hall.says("/start")
    hall.wait(0.5)
    assert (hall.scene.time.digits, hall.scene.time.words) == ("1:15:00", "▶ running")
    assert hall.scene.plan == "ends 12:00 as planned"
    hall.wait(71 * 60)
    assert hall.scene.time.words == "▶ running · last 5 min"
    hall.says("/pause")
    hall.wait(120)
    assert (hall.scene.time.digits, hall.scene.time.words) == ("4:00", "‖ paused")
    assert hall.scene.plan == "ends 12:02, 2 min late · planned end 12:00"
    hall.says("/resume")
    hall.wait(240.5)
    assert (hall.scene.time.digits, hall.scene.time.words, hall.scene.time.over) == ("+0:01", "! OVERTIME", True)
    hall.wait(190)
    assert (hall.scene.time.digits, hall.scene.time.words) == ("+3:11", "! OVERTIME · 3 min over")
    hall.says("/pause")
    assert (hall.scene.time.words, hall.scene.time.over) == ("‖ paused · 3 min over", True)
    hall.says("/end")
    assert (hall.scene.time.digits, hall.scene.time.words) == ("1:18:11", "■ ended · time used · 3 min over")
    assert hall.scene.plan == "ended 12:05, 5 min late · planned end 12:00"
    assert not hall.scene.place


def test_an_end_past_the_hard_stop_is_told(hall: Hall) -> None:
    hall.says("/start")
    assert not hall.scene.past
    hall.says("/extend 66")
    assert hall.scene.past == "! 6 min past the hard stop at 13:00"


def test_who_speaks_for_whom_and_how_long(hall: Hall) -> None:
    hall.says("/start", "/q igad for Africa, colombo, Zoë Ñandú:", "/f")
    hall.wait(10.2)
    speaker = hall.scene.speaker
    assert speaker
    assert (speaker.name, speaker.about, speaker.time.digits, speaker.time.words) == (
        "IGAD-RCP",
        "for Africa",
        "2:50",
        "left of 3:00",
    )
    assert hall.scene.waiting == ("Colombo Process", "Zoë Ñandú")
    hall.wait(150)
    assert hall.scene.speaker
    assert hall.scene.speaker.time.words == "left of 3:00 · last 30 s"
    hall.wait(80)
    assert hall.scene.speaker
    assert (hall.scene.speaker.time.digits, hall.scene.speaker.time.words) == ("+1:00", "! TIME IS UP · 1 min over")
    hall.says("/order arcp", "/close")
    assert hall.scene.speaker
    assert hall.scene.speaker.about == "(point of order) · then IGAD-RCP goes on"
    assert hall.scene.closed
    hall.says("/yield", "/yield")
    assert hall.scene.speaker is None
    assert hall.scene.shares


def test_a_moderator_is_not_limited(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall.desk, "session", hall.desk.session._replace(moderator="ARCP"))
    hall.says("/start", "/f arcp")
    hall.wait(65.9)
    assert hall.scene.speaker
    assert (hall.scene.speaker.time.digits, hall.scene.speaker.time.words) == ("1:05", "so far, no limit")
    assert until_next(hall.outlook, 1.0) == pytest.approx(0.1 + 0.001, abs=1e-6)


def test_message_and_blackout(hall: Hall) -> None:
    hall.says("/say Lunch at\u202e 13:00 \x1b[31m")
    assert hall.scene.message == "Lunch at� 13:00 ␛[31m"
    hall.says("/blackout")
    assert (hall.scene.message, hall.scene.dark) == ("", True)
    hall.says("/blackout off")
    assert not hall.scene.dark


def test_what_was_typed_steers_nothing(hall: Hall) -> None:
    hall.says("/start", "/f Eve\x1b[2J\u202e:", "/q Mallory\u2066:")
    shown = hall.scene
    assert shown.speaker
    assert shown.speaker.name == "Eve␛[2J�"
    assert shown.waiting == ("Mallory�",)


def test_the_clock_is_looked_at_when_a_second_turns(hall: Hall) -> None:
    assert until_next(hall.outlook, 0) == 1.0
    hall.wait(-0.25)
    assert until_next(hall.outlook, 1.0) == pytest.approx(0.251)  # a countdown to the start
    hall.wait(0.25)
    hall.says("/start")
    hall.wait(0.4)
    hall.says("/f igad")
    hall.wait(0.3)
    assert until_next(hall.outlook, 1.0) == pytest.approx(0.301)  # the session's second comes before the speaker's
    hall.wait(0.31)
    assert until_next(hall.outlook, 1.0) == pytest.approx(0.391)
    assert until_next(hall.outlook, 60.0) == pytest.approx(0.051)
    hall.says("/pause")
    hall.wait(58.5)
    assert until_next(hall.outlook, 1.0) == pytest.approx(0.491, abs=1e-3)  # the wall clock's minute


@pytest.mark.parametrize(
    ("age", "meanwhile", "held", "told"),
    [
        (1.0, "counting on", True, "● live"),
        (5.9, "", True, "● live"),
        (40.2, "counting on", True, "! no sign of the console for 40 s; counting on"),
        (None, "counting on", True, "! no sign of the console; counting on"),
        (None, "counting on", False, "○ no console; counting on"),
        (None, "", False, "○ no console"),
    ],
)
def test_how_fresh_it_is(age: float | None, meanwhile: str, held: bool, told: str) -> None:
    assert freshness(age, meanwhile, held=held) == told


# Digits and letters.


@pytest.mark.parametrize("text", ["42:15", "1:15:00", "+3:10", "+1:23:45", "0:07"])
@pytest.mark.parametrize(("width", "height"), [(78, 8), (78, 15), (198, 26), (30, 5), (26, 40)])
def test_digits_fit_and_can_be_told_apart(text: str, width: int, height: int) -> None:
    rows = big(text, width, height)
    if not rows:
        assert width < 30
        return
    assert 5 <= len(rows) <= height
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) <= width
    drawn = {digit: tuple(big(digit, 20, len(rows))) for digit in "0123456789"}
    assert len(set(drawn.values())) == 10


def test_digits_fill_the_screen() -> None:
    assert len(big("42:15", 78, 15)[0]) > 65
    assert len(big("42:15", 78, 15)) == 15
    assert len(big("42:15", 198, 30)[0]) > 170


def test_no_room_gives_no_digits() -> None:
    assert big("42:15", 10, 20) == []
    assert big("42:15", 78, 4) == []


def test_letters_are_as_large_as_they_fit() -> None:
    rows = spelled("Back at 14:00", 78, 20)
    assert len(rows) >= 9
    assert max(map(len, rows)) <= 78
    assert len(spelled("Back at 14:00", 198, 46)) > 30


@pytest.mark.parametrize("text", ["Reprise à 14 h – merci", "¿Señor Ñandú?", "Обед в 13:00, Йод", "Œuvre: “naïve”…"])
def test_letters_with_marks_and_of_two_scripts(text: str) -> None:
    assert spelled(text, 78, 20)


@pytest.mark.parametrize("text", ["午餐", "الغداء", "Lunch 🍽", "a\u0488"])
def test_what_has_no_big_letters_is_left_to_the_terminal(text: str) -> None:
    assert spelled(text, 78, 20) == []


def test_marks_change_the_letter() -> None:
    assert spelled("a", 20, 10) != spelled("à", 20, 10) != spelled("á", 20, 10)
    assert spelled("c", 20, 10) != spelled("ç", 20, 10)


# Pages.


def test_every_size_gives_exactly_its_lines(hall: Hall) -> None:
    hall.says("/start", "/q igad for Africa, colombo, 各国协商机制:, العملية:", "/f")
    talking = hall.scene
    hall.wait(90 * 60)
    hall.says("/pause")
    over = hall.scene
    hall.says("/say Please be back by 14:00")
    message = hall.scene
    hall.says("/say " + "长" * 3000)
    for shown in (talking, over, message, hall.scene):
        for width in (*range(1, 90, 7), 120, 200):
            for height in (1, 2, 3, 5, 8, 13, 17, 20, 24, 30, 36, 50):
                lines = clock_page(shown, width, height)
                assert len(lines) == height
                assert all(cells(line) <= width for line in lines)


def test_more_names_than_fit_are_counted(hall: Hall) -> None:
    hall.says("/start", "/q " + ", ".join(f"Delegation number {at}:" for at in range(1, 10)), "/f")
    page = "".join(text.strip() for line in clock_page(hall.scene, 80, 24) for text, style in line if style == "quiet")
    assert page.startswith("next: Delegation number 2, Delegation number")
    assert "5 more" in page


def test_a_text_is_cut_between_letters() -> None:
    assert cut("各国协商", 5) == "各国…"
    assert cell_len(cut("各国协商", 4)) <= 4
    assert cut("abc", 3) == "abc"
    assert cut("x" * 10**6, 10) == "x" * 9 + "…"
    assert wrapped("one two three four", 9, 2) == ["one two", "three fo…"]


def test_the_wall_clock_is_the_meetings(hall: Hall) -> None:
    assert hall.scene.wall == "10:45"
    assert hall.outlook.now.at == datetime(2019, 4, 5, 10, 45, tzinfo=ZoneInfo("Europe/Zurich"))
