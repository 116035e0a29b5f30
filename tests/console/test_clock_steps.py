"""The machine's clocks beneath a running session: the wall clock set, the machine asleep, the program killed.

The real program, with clocks that only it sees moved (`shifted_clocks.c`); then the console's vigil with clocks held.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Self

import pytest
from programs import EVERY

from grcp_cli.console.vigil import Vigil
from grcp_cli.store.durable import DiskError

GRCP = [sys.executable, "-m", "grcp_cli"]
SHIM = Path(__file__).parent.parent / "shifted_clocks.c"
A_DAY = 86_400.0
_LONGEST = 20.0


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The preload, compiled."""
    if sys.platform != "linux":
        pytest.skip("clocks are shifted beneath a process as Linux loads it")
    compiler = shutil.which("cc")
    if not compiler and not EVERY:
        pytest.skip("needs cc, which is not on this machine")
    assert compiler, "the gate installs it"
    if not sysconfig.get_config_var("HAVE_SEM_CLOCKWAIT"):
        pytest.skip("this Python waits by the wall clock, and would wait for as long as it is set")
    made = tmp_path_factory.mktemp("shim") / "shifted_clocks.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(SHIM), "-ldl"], check=True)
    return made


class Machine:
    """A machine whose clocks the test sets; what runs there sees them so."""

    def __init__(self, shim: Path, folder: Path) -> None:
        self.folder = folder
        self.wall = self.slept = 0.0
        self._shifts = folder / "shifts"
        self.environment = {
            **os.environ,
            "LD_PRELOAD": str(shim),
            "CLOCK_SHIFTS": str(self._shifts),
            "GRCP_AGENDA": "grcp8",
            "PYTHONUTF8": "1",
        }
        self._write()

    def set_wall_clock(self, seconds: float) -> None:
        self.wall += seconds
        self._write()

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self._write()

    def _write(self) -> None:
        new = self.folder / "shifts.new"
        new.write_text(f"{self.wall} {self.slept}\n", encoding="utf-8")
        new.replace(self._shifts)

    def now(self) -> float:
        """The wall clock as what runs there sees it."""
        return time.time() + self.wall + self.slept

    def told(self, *arguments: str) -> Any:
        """What a command answers with `--json`."""
        done = subprocess.run(
            [*GRCP, *arguments, "--json"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return json.loads(done.stdout)

    @property
    def status(self) -> dict[str, Any]:
        (session,) = (each for each in self.told("status")["sessions"] if each["id"] == "session-2")
        return session

    @property
    def entries(self) -> list[dict[str, Any]]:
        path = self.folder / "records" / "grcp-8" / "session-2.toml"
        return tomllib.loads(path.read_text(encoding="utf-8"))["entry"]

    def run(self) -> "Run":
        return Run(self)


class Run:
    """`grcp run session-2 --plain` with lines through a pipe, and what it says so far."""

    def __init__(self, machine: Machine) -> None:
        self.process = subprocess.Popen(
            [*GRCP, "run", "session-2", "--plain"],
            cwd=machine.folder,
            env=machine.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.said: list[str] = []
        self.complained: list[str] = []
        for stream, lines in ((self.process.stdout, self.said), (self.process.stderr, self.complained)):
            threading.Thread(target=self._listen, args=(stream, lines), daemon=True).start()

    @staticmethod
    def _listen(stream: IO[bytes], lines: list[str]) -> None:
        with stream:
            for line in stream:
                lines.append(line.decode().rstrip("\n"))

    def says(self, line: str, answer: str) -> None:
        """Types a line and waits for its answer."""
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()
        self.hears(self.said, answer)

    def hears(self, lines: list[str], text: str) -> str:
        """Waits for a line that holds a text."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            if found := [line for line in list(lines) if text in line]:
                return found[-1]
            time.sleep(0.01)
        pytest.fail(f"{text!r} never came\n{self.said}\n{self.complained}")

    def hang_up(self) -> int:
        """Ends the input, and waits for the program to end."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(_LONGEST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.close()


@pytest.fixture
def machine(shim: Path, tmp_path: Path) -> Machine:
    return Machine(shim, tmp_path)


def anomalies(machine: Machine) -> list[dict[str, Any]]:
    kept = ("seconds", "counted", "asleep", "step", "target")
    return [
        {key: entry[key] for key in kept if key in entry} for entry in machine.entries if entry["kind"] == "anomaly"
    ]


# The wall clock is set.


@pytest.mark.parametrize(
    ("step", "told"),
    [(90.0, "2 min forward"), (-90.0, "2 min back"), (A_DAY, "24 h 00 forward"), (-A_DAY, "24 h 00 back")],
    ids=["90 s on", "90 s back", "a day on", "a day back"],
)
def test_a_step_of_the_wall_clock(machine: Machine, step: float, told: str) -> None:
    with machine.run() as run:
        began = time.monotonic()
        run.says("/start", "clock · started")
        run.says("one", "saved 1")
        machine.set_wall_clock(step)
        sentence = f"the computer's clock was set {told}; the session's time goes on as it was"
        assert run.hears(run.complained, "was set") == sentence
        run.says("two", "saved 2")
        status, now, passed = machine.status, machine.now(), time.monotonic() - began
        assert status["state"] == "running"
        assert 0 < status["elapsed_seconds"] <= passed
        assert (status["paused_seconds"], status["overrun_seconds"]) == (0, 0)
        ends = datetime.fromisoformat(status["projected_end"]).timestamp()
        assert ends == pytest.approx(now + 75 * 60 - status["elapsed_seconds"], abs=1)
        assert [line for line in run.complained if "clock was set" in line] == [sentence]
        assert run.hang_up() == 0
    (found,) = anomalies(machine)
    assert found == {"step": pytest.approx(step, abs=0.1)}
    assert [entry["kind"] for entry in machine.entries] == ["start", "note", "anomaly", "note", "pause"]
    assert [entry["text"] for entry in machine.told("record", "show", "session-2")["entries"]] == ["one", "two"]
    assert machine.told("record", "verify")["whole"]


# The machine sleeps.


def test_a_sleep_of_four_minutes_is_asked_about_and_counts_when_somebody_says_so(machine: Machine) -> None:
    with machine.run() as run:
        run.says("/start", "clock · started")
        run.process.send_signal(signal.SIGSTOP)
        machine.sleep(240)
        run.process.send_signal(signal.SIGCONT)
        assert run.hears(run.complained, "away") == "away 4 min, asleep: count it? /count does, else it is a pause"
        before = machine.status
        assert before["paused_seconds"] == pytest.approx(240, abs=1.5)
        assert before["elapsed_seconds"] < 5
        assert not [line for line in run.complained if "clock was set" in line]
        run.says("/count", "clock · away 4 min, counted")
        after = machine.status
        assert after["paused_seconds"] == 0
        assert after["elapsed_seconds"] == pytest.approx(240, abs=5)
        assert run.hang_up() == 0
    asleep, counted = anomalies(machine)
    assert asleep == {"seconds": pytest.approx(240, abs=1.5), "counted": False, "asleep": True}
    assert counted["counted"] is True
    assert counted["seconds"] == asleep["seconds"]


def test_a_program_stopped_for_a_moment_tells_nothing_and_loses_nothing(machine: Machine) -> None:
    with machine.run() as run:
        began = time.monotonic()
        run.says("/start", "clock · started")
        started = time.monotonic()
        run.process.send_signal(signal.SIGSTOP)
        time.sleep(1.5)
        run.process.send_signal(signal.SIGCONT)
        run.says("a note", "saved 1")
        least = time.monotonic() - started
        assert least <= machine.status["elapsed_seconds"] + 0.1 <= time.monotonic() - began + 0.1
        assert run.hang_up() == 0
    assert anomalies(machine) == []


def test_who_hangs_up_at_once_after_a_sleep_leaves_no_sleep_counted(machine: Machine) -> None:
    """A lid closed on a session far away: the line is gone when it is opened."""
    with machine.run() as run:
        run.says("/start", "clock · started")
        machine.sleep(240)
        assert run.hang_up() == 0
    assert [entry["kind"] for entry in machine.entries] == ["start", "anomaly", "pause"]
    assert machine.status["elapsed_seconds"] < 5


# The program is killed.


def killed(machine: Machine, *lines: tuple[str, str]) -> dict[str, Any]:
    """How the session stands once its console was killed in the middle."""
    with machine.run() as run:
        for line, answer in lines:
            run.says(line, answer)
        time.sleep(0.1)
        run.process.kill()
        run.process.wait()
    return machine.status


def test_killed_while_running_the_time_away_is_a_pause_whatever_the_wall_clock_did(machine: Machine) -> None:
    left = killed(machine, ("/start", "clock · started"), ("one", "saved 1"))
    assert (left["state"], left["attended"]) == ("running", False)
    machine.set_wall_clock(-A_DAY)
    machine.sleep(240)
    with machine.run() as run:
        run.hears(run.said, "away 4 min, counts as a pause")
        status = machine.status
        assert (status["state"], status["attended"]) == ("running", True)
        assert status["paused_seconds"] == pytest.approx(240, abs=3)
        assert status["elapsed_seconds"] < 5
        run.says("/count", "clock · away 4 min, counted")
        assert machine.status["elapsed_seconds"] == pytest.approx(240, abs=8)
        assert run.hang_up() == 0


STOPPED = [
    ("to come", [("one", "saved 1")], "note"),
    ("paused", [("/start", "clock · started"), ("/pause", "clock · paused")], "pause"),
    ("ended", [("/start", "clock · started"), ("/end", "clock · ended")], "end"),
]


@pytest.mark.parametrize(("state", "lines", "last"), STOPPED, ids=[row[0] for row in STOPPED])
def test_killed_while_it_did_not_run_nothing_is_asked(
    machine: Machine, state: str, lines: list[tuple[str, str]], last: str
) -> None:
    left = killed(machine, *lines)
    assert left["state"] == state
    machine.sleep(240)
    with machine.run() as run:
        code = run.hang_up()
    assert code == (5 if state == "ended" else 0)
    assert machine.entries[-1]["kind"] == last
    status = machine.status
    assert status["state"] == state
    assert status["elapsed_seconds"] == left["elapsed_seconds"]
    assert status["paused_seconds"] == pytest.approx(240 if state == "paused" else 0, abs=3)


# An hour that does not exist.


def rehearsed(folder: Path, at: str, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GRCP, "run", "session-2", "--plain", "--at", at, "--speed", "0"],
        cwd=folder,
        env={**os.environ, "GRCP_AGENDA": "grcp8"},
        input=f"{line}\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_start_in_the_hour_that_is_left_out_is_refused(tmp_path: Path) -> None:
    done = rehearsed(tmp_path, "2019-03-31T03:10", "/start 02:30")
    assert done.stderr.splitlines() == [
        "not saved: 02:30 is no time of this day: the clocks are put forward over it",
        "  say another",
        "  > /start 02:30",
    ]
    assert not (tmp_path / "records" / "grcp-8" / "rehearsal" / "session-2.toml").exists()
    done = rehearsed(tmp_path, "2019-03-31T03:10", "/start 01:50")
    assert "clock · started 01:50" in done.stdout
    (start, _) = tomllib.loads(
        (tmp_path / "records" / "grcp-8" / "rehearsal" / "session-2.toml").read_text(encoding="utf-8")
    )["entry"]
    assert start["at"] - start["effective"] == timedelta(minutes=20)


# The vigil itself.


class Watched:
    """A desk whose clocks the test moves, each for itself, and somebody who watches over them."""

    def __init__(self, table: Any) -> None:
        held = table.clock
        self.slept = self.stepped = 0.0
        held.speed = 1.0
        held.awake = lambda: held.ticks() - self.slept
        now = held.now
        held.now = lambda: now() + timedelta(seconds=self.stepped)
        self.clock = held
        self.desk = table.desk()
        self.vigil = Vigil(self.desk)

    def after(self, seconds: float, slept: float = 0.0, stepped: float = 0.0) -> list[str]:
        """What is told when so many seconds have passed, some of them asleep, and the wall clock was set."""
        self.clock.wait(seconds)
        self.slept += slept
        self.stepped += stepped
        return list(self.vigil.look())

    def says(self, line: str) -> None:
        self.desk.say(line)
        self.desk.catch_up()

    @property
    def written(self) -> list[dict[str, Any]]:
        self.desk.catch_up()
        return [dict(entry.fields) for entry in self.desk.entries if entry.kind == "anomaly"]


@pytest.fixture
def watched(table: Any) -> Watched:
    return Watched(table)


COUNT = "count it? /count does, else it is a pause"
ON = "the session's time goes on as it was"
LOOKS = [
    ("nothing", (1, 0, 0), []),
    ("a look that comes late", (29, 0, 0), []),
    ("a program that stood still", (30, 0, 0), [f"away 30 s, this program stood still: {COUNT}"]),
    ("a nap too short to tell", (6, 4, 0), []),
    ("a sleep", (241, 240, 0), [f"away 4 min, asleep: {COUNT}"]),
    ("a sleep of a night", (36_000, 35_999, 0), [f"away 10 h 00, asleep: {COUNT}"]),
    ("a nudge of the wall clock", (1, 0, 0.9), []),
    ("a step on", (1, 0, 90), [f"the computer's clock was set 2 min forward; {ON}"]),
    ("a step back", (1, 0, -90), [f"the computer's clock was set 2 min back; {ON}"]),
    (
        "a sleep and a step",
        (241, 240, 3),
        [f"away 4 min, asleep: {COUNT}", f"the computer's clock was set 3 s forward; {ON}"],
    ),
]


@pytest.mark.parametrize(("what", "happened", "told"), LOOKS, ids=[row[0] for row in LOOKS])
def test_what_is_told_between_two_looks(
    watched: Watched, what: str, happened: tuple[float, float, float], told: list[str]
) -> None:
    watched.says("/start")
    assert watched.after(*happened) == told, what
    assert len(watched.written) == len(told)
    assert watched.after(1) == []  # once


STILL = [
    ("to come", [], "/start"),
    ("paused", ["/start", "/pause"], "/resume"),
    ("ended", ["/start", "/end"], "/reopen"),
]


@pytest.mark.parametrize(("state", "lines", "goes_on"), STILL, ids=[row[0] for row in STILL])
def test_where_no_time_runs_nothing_is_told(watched: Watched, state: str, lines: list[str], goes_on: str) -> None:
    for line in lines:
        watched.says(line)
    assert watched.desk.own_walk.clock.state == state
    assert watched.after(241, 240, 90) == []
    watched.says(goes_on)
    assert watched.after(1) == []  # nor when it runs again
    assert watched.written == []


def test_in_a_rehearsal_thresholds_are_as_fast_as_its_clock(watched: Watched) -> None:
    watched.clock.speed = 60.0
    watched.says("/start")
    assert watched.after(60 * 29) == []
    assert watched.after(60 * 30) == [f"away 30 min, this program stood still: {COUNT}"]
    watched.clock.speed = 0.0
    assert watched.after(3600) == []


def test_a_disk_that_refuses_is_asked_again_at_the_next_look(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    watched.says("/start")
    with monkeypatch.context() as patched:
        patched.setattr(watched.desk, "write", _refuse)
        assert watched.after(241, 240) == []
    assert watched.after(1) == [f"away 4 min, asleep: {COUNT}"]
    assert watched.written[0]["seconds"] == 242


def _refuse(*_: object) -> None:
    raise DiskError("no space")
