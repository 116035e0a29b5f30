"""The stage as a process: on a pseudo-terminal beside a desk that writes, and in plain lines."""

import contextlib
import os
import queue
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

import pytest
from terminals import GRCP, LONGEST, POSIX, Terminal, environment

from grcp_cli.console.live.facts import countdown
from grcp_cli.console.stage.digits import big
from grcp_cli.machine import Machine
from grcp_cli.store import agendas, places
from grcp_cli.store.desk import Desk


@pytest.fixture
def room(tmp_path: Path) -> "Room":
    return Room(tmp_path)


class Room:
    """A folder with records, desks that write in it by the machine's own clocks, and stages beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = folder / "records" / "grcp-8"
        self.meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")

    def desk(self, session: str = "session-2", desk: str = "") -> Desk:
        item = self.meeting.session(session)
        assert item
        return Desk(self.meeting, item, self.records, Machine(self.meeting.timezone), desk, desk)

    def stage(self, *arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        return Terminal(self.folder, "stage", *arguments, size=size)

    def lines(self, *arguments: str) -> "Lines":
        return Lines(self.folder, *arguments)

    def trace(self) -> dict[str, tuple[int, int]]:
        """Everything there is under the folder, with size and time of change."""
        found = {str(path): path.stat() for path in self.folder.rglob("*")}
        return {name: (each.st_size, each.st_mtime_ns) for name, each in found.items()}


class Lines:
    """A `stage --plain` that goes on while the test looks at it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*GRCP, "stage", *arguments, "--plain"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(),
        )
        self.said: list[str] = []
        self.told: list[str] = []
        self._came: queue.SimpleQueue[None] = queue.SimpleQueue()
        pipes = ((self.process.stdout, self.said), (self.process.stderr, self.told))
        self._readers = [threading.Thread(target=self._read, args=each, daemon=True) for each in pipes]
        for reader in self._readers:
            reader.start()

    def _read(self, pipe: Any, into: list[str]) -> None:
        with pipe:
            for line in pipe:
                into.append(line.rstrip("\n"))
                self._came.put(None)

    def end(self) -> int:
        """Waits until it has ended and everything it said was heard."""
        code = self.process.wait(LONGEST)
        for reader in self._readers:
            reader.join(LONGEST)
        return code

    def wait_for(self, beginning: str, among: list[str] | None = None) -> str:
        """The newest line that begins so, once it is there."""
        lines, until = self.said if among is None else among, time.monotonic() + LONGEST
        while not (found := [line for line in lines if line.startswith(beginning)]):
            assert time.monotonic() < until, f"{beginning!r} never came:\n{self.said}\n{self.told}"
            with contextlib.suppress(queue.Empty):
                self._came.get(timeout=0.1)
        return found[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.end()


def shows(screen: str, digits: str, width: int) -> bool:
    """Whether these digits stand on a screen of so many columns, in any size."""
    lines = [line.ljust(width) for line in screen.split("\n")]
    for high in range(5, len(lines)):
        rows = big(digits, width - 2, high)
        starts = [at for at, line in enumerate(lines[: len(lines) - len(rows)]) if rows and rows[0] in line]
        if any(all(row in line for row, line in zip(rows, lines[at:], strict=False)) for at in starts):
            return True
    return False


@POSIX
def test_it_shows_what_a_desk_writes(room: Room) -> None:
    desk = room.desk()
    with room.stage("session-2") as stage:
        stage.wait_for("○ not started", "○ no console")
        desk.say("/start")
        stage.wait_for("▶ running", "1a · How an ISCM")
        desk.say("/q igad for Africa, colombo")
        desk.say("/f")
        stage.wait_for("IGAD-RCP", "for Africa", "next: Colombo Process")
        desk.say("/next")
        stage.wait_for("1b · How an ISCM")
        desk.say("/say 各国协商机制")
        stage.wait(lambda shown: "各" in shown and "IGAD-RCP" not in shown, "the message")
        desk.say("/say off")
        stage.wait_for("IGAD-RCP")
        desk.say("/blackout")
        stage.wait(lambda shown: not shown.strip(), "darkness")
        desk.say("/blackout off")
        stage.wait_for("IGAD-RCP")
        desk.say("/pause")
        stage.wait_for("‖ paused")
        desk.say("/end")
        stage.wait_for("■ ended")
        stage.type("b")
        stage.wait(lambda shown: not shown.strip(), "darkness here")
        stage.type("q")
        assert stage.end() == 0


@POSIX
def test_the_time_goes_on_by_itself(room: Room) -> None:
    desk = room.desk()
    desk.say("/start")
    with room.stage("session-2") as stage:
        stage.wait_for("▶ running", "counting on")
        desk.catch_up()
        began = 75 * 60 - desk.walk.clock.elapsed(desk.now())
        # Whatever second a busy machine lets one see, it is one of those that come, and the later the smaller.
        coming = [countdown(began - second) for second in range(60)]
        seen: list[str] = []
        while len(seen) < 3:
            rest = coming[coming.index(seen[-1]) + 1 :] if seen else coming
            stage.wait(lambda shown, rest=rest: any(shows(shown, each, 80) for each in rest[:30]), rest[0])
            seen.append(next(each for each in rest if shows(stage.shown(), each, 80)))
        desk.catch_up()
        passed = began - (75 * 60 - desk.walk.clock.elapsed(desk.now()))
        assert abs(coming.index(seen[-1]) - passed) < 3
        stage.type("\x1b")
        assert stage.end() == 0


@POSIX
def test_it_fills_a_large_terminal(room: Room) -> None:
    desk = room.desk()
    desk.say("/start")
    with room.stage("session-2", size=(200, 50)) as stage:
        stage.wait_for("ends ")
        stage.wait(lambda shown: shown.count("█") > 1500, "digits that fill it")
        stage.type("\x03")
        assert stage.end() == 0


@POSIX
def test_it_leaves_no_trace_and_needs_no_right_to_write(room: Room) -> None:
    room.desk().say("/start")
    before = room.trace()
    room.records.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with room.stage("session-2") as stage:
            stage.wait_for("▶ running")
            stage.type("q")
            assert stage.end() == 0
    finally:
        room.records.chmod(stat.S_IRWXU)
    assert room.trace() == before


@POSIX
def test_a_folder_that_goes_is_told_and_comes_back(room: Room) -> None:
    desk = room.desk()
    desk.say("/start")
    aside = room.records.with_name("aside")
    with room.stage("session-2") as stage:
        stage.wait_for("▶ running")
        room.records.rename(aside)
        stage.wait_for("is gone; counting on", "▶ running")
        aside.rename(room.records)
        stage.wait_for("no console; counting on")
        desk.say("/pause")
        stage.wait_for("‖ paused")
        stage.type("q")
        assert stage.end() == 0


@POSIX
@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "SIGINT", "closed"])
def test_it_leaves_in_peace(room: Room, how: str) -> None:
    with room.stage("session-2") as stage:
        stage.wait_for("○ not started")
        if how == "closed":
            stage.hang_up()
            assert stage.process.wait(LONGEST) == 0
        else:
            stage.process.send_signal(getattr(signal, how))
            assert stage.end() == 0


@POSIX
def test_a_session_is_chosen_where_none_is_named(room: Room) -> None:
    with room.stage() as stage:
        stage.wait_for("Which session?")
        stage.type("\x1b[B\r")
        stage.wait_for("GRCP 8 · Session 2", "○ not started")
        stage.type("q")
        assert stage.end() == 0


@POSIX
def test_a_poor_terminal_gets_plain_lines(room: Room) -> None:
    with Terminal(room.folder, "stage", "session-2", TERM="dumb") as stage:
        stage.wait_for("time · 1 h 15 left (not started)")
        stage.process.send_signal(signal.SIGINT)
        assert stage.end() == 0


@POSIX
def test_a_rehearsal_runs_at_its_consoles_speed(room: Room) -> None:
    console = ["run", "session-2", "--rehearsal", "--at", "2019-04-05T10:44", "--speed", "60"]
    with Terminal(room.folder, *console, size=(100, 30)) as run:
        run.wait_for("F1 help")
        with room.stage("session-2", "--rehearsal") as stage:
            stage.beside = run
            stage.wait_for("REHEARSAL", "● live")
            run.type("/start\r")
            stage.wait_for("▶ running")
            run.type("/f igad\r")
            stage.wait_for("IGAD-RCP")
            stage.wait_for("! TIME IS UP")  # three minutes of it are three seconds
            run.process.kill()
            run.process.wait()
            stage.wait_for("○ no console; the clock stands still")
            stage.type("q")
            assert stage.end() == 0


@POSIX
def test_the_board_follows_what_is_done(room: Room) -> None:
    for group in ("africa", "asia"):
        room.desk("working-lunch", group).say(f"rec: What {group} recommends")
    desk = room.desk("session-4")
    with room.stage("session-4", "--board", size=(120, 24)) as stage:
        stage.wait_for("Africa · 1 of 5", "What africa recommends", "Asia and the Pacific · 1 of 5", "nothing yet from")
        desk.say("/br africa1")
        stage.wait_for("▸ Africa 1 · in brackets", "[What africa recommends]")
        desk.say("/off rec: Not for the room")
        desk.say("rec: From the floor")
        stage.wait_for("▸ Session 4.2", "From the floor")
        assert "Not for the room" not in stage.shown()
        stage.type("q")
        assert stage.end() == 0


# Plain lines.


def test_plain_lines_tell_every_change_and_end_with_the_session(room: Room) -> None:
    desk = room.desk()
    with room.lines("session-2") as stage:
        stage.wait_for("at 1a · How an ISCM")
        stage.wait_for("no console", stage.told)
        assert stage.said[0].startswith("GRCP 8 · Session 2 · ISCMs’ Contribution")
        assert stage.said[1].startswith("time · 1 h 15 left (not started)")
        desk.say("/start")
        stage.wait_for("time · 1 h 15 left (running)")
        desk.say("/q igad for Africa, colombo")
        desk.say("/f")
        stage.wait_for("floor · IGAD-RCP for Africa · 0:0")
        stage.wait_for("next · Colombo Process")
        desk.say("/say Lunch at\x1b[2J 13:00")
        stage.wait_for("message · Lunch at␛[2J 13:00")
        desk.say("/blackout")
        stage.wait_for("stage · dark")
        desk.say("/blackout off")
        stage.wait_for("stage · light")
        desk.say("/next")
        stage.wait_for("at 1b · ")
        desk.say("/extend 5 questions")
        stage.wait_for("time · 1 h 20 left (running)")
        desk.say("/yield")
        stage.wait_for("floor · nobody")
        desk.say("/end")
        assert stage.end() == 0
        assert stage.said[-1].startswith("time · ")
        assert "used (ended)" in stage.said[-1]


def test_plain_lines_tell_thresholds(room: Room) -> None:
    desk = room.desk()
    desk.say("/start")
    desk.say("/extend -74")
    desk.say("/limit 0:02")
    desk.say("/f igad")
    with room.lines("session-2") as stage:
        assert "of 0:02" in stage.wait_for("floor · IGAD-RCP · 0:0")
        stage.wait_for("floor · IGAD-RCP · time is up")


def test_a_board_in_plain_lines(room: Room) -> None:
    room.desk("working-lunch", "africa").say("rec: One focal point")
    desk = room.desk("session-4")
    with room.lines("session-4", "--board") as stage:
        stage.wait_for("nothing yet from Americas")
        assert stage.said[:3] == [
            "1 · What five recommendations on increasing synergies among the ISCMs were identified by each Region?",
            "Africa · 1 of 5",
            "  Africa 1 · One focal point",
        ]
        desk.say("/br africa1")
        stage.wait_for("Africa 1 · in brackets · [One focal point]")
        desk.say("/strike africa1")
        stage.wait_for("Africa 1 · taken off")
        desk.say("/start")
        desk.say("/go 3")
        stage.wait_for("3 · What type of partnerships")
        desk.say("/end")
        assert stage.end() == 0


@POSIX
def test_plain_lines_end_with_ctrl_c(room: Room) -> None:
    with room.lines("session-2") as stage:
        stage.wait_for("at 1a · ")
        stage.process.send_signal(signal.SIGINT)
        assert stage.end() == 0


def test_a_rehearsal_says_so(room: Room) -> None:
    with room.lines("session-2", "--rehearsal") as stage:
        stage.wait_for("time · ")
        assert stage.said[0].endswith(" · REHEARSAL")


@POSIX
def test_a_pipe_that_closes_is_silent(room: Room) -> None:
    room.desk().say("/start")
    room.desk().say("/end")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*GRCP, "stage", "session-2"],
        cwd=room.folder,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
        timeout=LONGEST,
    )
    os.close(writing)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_plain_lines_load_nothing_heavy(room: Room) -> None:
    room.desk().say("/start")
    room.desk().say("/end")
    code = (
        "import sys\n"
        "sys.argv = ['grcp', 'stage', 'session-2']\n"
        "from grcp_cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code, done.code\n"
        "print('MODULES', *sorted(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=room.folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {each.partition(".")[0] for each in done.stdout.rpartition("MODULES ")[2].split()}
    assert not loaded & {"textual", "rich", "questionary", "prompt_toolkit", "jinja2", "asyncio"}
