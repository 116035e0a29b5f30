"""`grcp synthesize` as a process: on a pseudo-terminal beside desks that write, and in plain lines."""

import os
import signal
import subprocess
import tomllib
from pathlib import Path

import pytest
from terminals import GRCP, POSIX, Terminal, environment

from .test_stage_terminal import Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    for group, text in (("africa", "Joint training for border officials"), ("asia", "Train border officials jointly")):
        room.desk("working-lunch", group).say(f"rec: {text}")
    return room


def kinds(room: Room) -> list[str]:
    path = room.records / "session-4.common.toml"
    return [entry["kind"] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["entry"]]


@POSIX
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
def test_a_person_decides_while_the_session_goes_on(room: Room, size: tuple[int, int]) -> None:
    run = room.desk("session-4")
    run.say("/start")
    with Terminal(room.folder, "synthesize", "session-4", size=size) as table:
        table.wait_for("Proposals · 1", "border", "officials", "accept")
        table.type("\r")
        table.wait_for("/join africa1 asia1: ")
        table.type("\r")
        table.wait_for("Common · 1", "joined · Common 1")
        table.type("4")
        table.wait_for("4 Europe and the former Soviet Union ✓")
        room.desk("working-lunch", "europe").say("rec: One calendar")
        table.wait_for("3 groups")
        run.say("/br common1")
        table.wait_for("[bracketed in Session 4]")
        table.type("\x1a")
        table.wait_for("undone")
        table.type("q")
        assert table.end() == 0
    assert kinds(room) == ["cluster", "support", "undo"]
    run.catch_up()
    assert run.walk.clock.state == "running"


@POSIX
def test_two_do_not_sit_at_one_desk(room: Room) -> None:
    with Terminal(room.folder, "synthesize", "session-4") as table:
        table.wait_for("Proposals · 1")
        second = subprocess.run(
            [*GRCP, "synthesize", "session-4"],
            cwd=room.folder,
            env=environment(),
            input="",
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=30,
        )
        assert second.returncode == 6
        assert "Traceback" not in second.stderr
        table.type("\x03")
        assert table.end() == 0


@POSIX
@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "closed"])
def test_it_leaves_in_peace(room: Room, how: str) -> None:
    with Terminal(room.folder, "synthesize", "session-4") as table:
        table.wait_for("Proposals · 1")
        table.type("/join africa1 asia1: half a sen")
        table.wait_for("half a sen")
        if how == "closed":
            table.hang_up()
            assert table.process.wait(20) == 0
        else:
            table.process.send_signal(getattr(signal, how))
            assert table.end() == 0
    with Terminal(room.folder, "synthesize", "session-4") as table:
        table.wait_for("half a sen")
        table.type("\r")
        table.wait_for("Common · 1")
        table.type("\x03")
        assert table.end() == 0


@POSIX
def test_a_rehearsal_and_a_question_that_is_chosen(room: Room) -> None:
    with Terminal(room.folder, "synthesize", "--rehearsal") as table:
        table.wait_for("nothing is proposed", "REHEARSAL")
        table.type("q")
        assert table.end() == 0


def test_plain_lines_while_another_desk_writes(room: Room) -> None:
    process = subprocess.Popen(
        [*GRCP, "synthesize", "session-4", "--plain"],
        cwd=room.folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    said: list[str] = []

    def until(text: str) -> None:
        assert process.stdout
        while not said or text not in said[-1]:
            line = process.stdout.readline()
            assert line, said
            said.append(line.rstrip("\n"))

    with process:
        until("/accept 1 or /join accepts")
        room.desk("working-lunch", "europe").say("rec: Border officials are trained together")
        until("europe · saved 1 · recommendation · q1 · Europe")
        process.stdin.write("/proposals\n")
        process.stdin.flush()
        until("/join africa1 asia1")
        process.stdin.write("/accept 1: Trained together\n")
        process.stdin.flush()
        until("joined · Common 1 · Trained together")
        room.desk("session-4").say("/ok common1")
        until("session-4 · agreed Common 1")
        rest, told = process.communicate("/bad\n", timeout=30)
    assert process.returncode == 2
    assert "there is no command /bad" in told
    assert rest == ""


@POSIX
def test_ctrl_c_ends_plain_lines(room: Room) -> None:
    process = subprocess.Popen(
        [*GRCP, "synthesize", "session-4"],
        cwd=room.folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    with process:
        for line in process.stdout:
            if line.startswith("/accept 1 or"):
                break
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@POSIX
def test_a_pipe_that_closes_is_silent(room: Room) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*GRCP, "synthesize", "session-4", "--propose"],
        cwd=room.folder,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=30,
    )
    os.close(writing)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
