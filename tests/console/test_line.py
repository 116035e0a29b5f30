"""The walkthrough in plain lines, as a real process: pipes in, pipes out, signals, crashes."""

import contextlib
import json
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from pathlib import Path
from typing import Self

import pytest

from grcp_cli.store import durable

GRCP = [sys.executable, "-m", "grcp_cli"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


def grcp(folder: Path, *arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GRCP, *arguments],
        cwd=folder,
        input=lines,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def status(folder: Path, session: str, *arguments: str) -> dict[str, object]:
    done = grcp(folder, "status", "--json", *arguments)
    return next(each for each in json.loads(done.stdout)["sessions"] if each["id"] == session)


def entries(path: Path) -> list[dict[str, object]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["entry"]


class Console:
    """A `run --plain` that goes on while the test looks at it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*GRCP, "run", *arguments, "--plain"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def type(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def wait_for(self, beginning: str) -> str:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                continue
            if line.startswith(beginning):
                return line
        pytest.fail(f"{beginning!r} never came")

    def close(self) -> int:
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join(10)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            with contextlib.suppress(BrokenPipeError):
                stream.close()


def test_the_end_of_input_pauses_and_the_session_goes_on_later(tmp_path: Path) -> None:
    done = grcp(tmp_path, "run", "session-1", lines="/start\nfirst\n/next\n")
    assert done.returncode == 0
    assert "saved 1 · achievement · q1\n" in done.stdout
    assert done.stdout.endswith("clock · paused\n")
    found = status(tmp_path, "session-1")
    assert (found["state"], found["attended"]) == ("paused", False)

    again = grcp(tmp_path, "run", "session-1", lines="second\n/resume\n/end\n")
    assert "1 entry in this file\n" in again.stdout
    assert "saved 2 · lesson · q2\n" in again.stdout
    assert status(tmp_path, "session-1")["state"] == "ended"


def test_an_ended_session_is_reopened_only_when_said_so(tmp_path: Path) -> None:
    grcp(tmp_path, "run", "session-1", lines="/start\n/end\n")
    refused = grcp(tmp_path, "run", "session-1", lines="late\n")
    assert refused.returncode == 5
    assert "--reopen" in refused.stderr
    noted = grcp(tmp_path, "note", "session-1", "after the end")
    assert (noted.returncode, noted.stdout) == (0, "saved 1 · achievement · q1\n")
    assert status(tmp_path, "session-1")["state"] == "ended"
    assert grcp(tmp_path, "run", "session-1", "--reopen", lines="late\n").returncode == 0
    assert status(tmp_path, "session-1")["state"] == "paused"


def test_nothing_typed_leaves_nothing_behind(tmp_path: Path) -> None:
    done = grcp(tmp_path, "run", "session-2", lines="\n   \n")
    assert done.returncode == 0
    assert not (tmp_path / "records" / "grcp-8" / "session-2.toml").exists()


def test_refusals_go_to_stderr_and_it_goes_on(tmp_path: Path) -> None:
    done = grcp(tmp_path, "run", "session-1", lines="/nxt\n@zzz hello\ns/a/b/\nkept\n")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("saved")] == ["saved 1 · achievement · q1"]
    assert "did you mean /next?" in done.stderr
    assert "  > @zzz hello\n" in done.stderr


def test_a_rehearsal_is_kept_apart_and_marked(tmp_path: Path) -> None:
    held = ("--at", "2019-04-05T10:47", "--speed", "0")
    done = grcp(tmp_path, "run", "session-2", *held, lines="/start\na line\n/end\n")
    assert "REHEARSAL" in done.stdout
    assert "clock · started 10:47\n" in done.stdout
    assert not (tmp_path / "records" / "grcp-8" / "session-2.toml").exists()
    written = entries(tmp_path / "records" / "grcp-8" / "rehearsal" / "session-2.toml")
    assert {str(entry["at"]) for entry in written} == {"2019-04-05 10:47:00+02:00"}
    found = status(tmp_path, "session-2", "--rehearsal")
    assert (found["state"], found["elapsed_seconds"], found["late_start_seconds"]) == ("ended", 0.0, 120.0)
    assert status(tmp_path, "session-2")["state"] == "to come"


def test_a_session_that_should_have_begun_is_told_once(tmp_path: Path) -> None:
    with Console(tmp_path, "session-2", "--at", "2019-04-05T10:52", "--speed", "0") as console:
        console.wait_for("time ·")
        time.sleep(2.5)
        console.type("a note")
        console.wait_for("saved 1")
        assert console.close() == 0
        assert console.process.stderr
        told = console.process.stderr.read()
    assert told.splitlines()[1:] == ["planned for 10:45, not started: /start starts now, /start 10:45 backdates"]


def test_the_end_tells_what_the_session_came_to_and_lines_are_still_taken(tmp_path: Path) -> None:
    done = grcp(tmp_path, "run", "session-1", lines="/start\nfirst\n/next\n/end\n/2 late\n")
    _, after = done.stdout.split("clock · ended\n")
    *page, saved = after.splitlines()
    assert page[0].startswith("closing · Session 1 · ")
    assert "questions · 1 of 2 covered · open: 2" in page
    assert page[-1] == "next · grcp draft session-1 writes the paragraphs, grcp export makes the report"
    assert saved == "saved 2 · lesson · q2 · after the end"
    assert done.stderr.splitlines()[1:] == [
        "nothing was written under 2: /2 text still files it, /reopen goes on"  # not of 1, and not when it was left
    ]


def test_a_desk_that_follows_closes_nothing(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as lead:
        lead.type("/start")
        lead.wait_for("clock · started")
        done = grcp(tmp_path, "run", "session-1", "--desk", "second", lines="/next\n/end\n")
        assert "closing" not in done.stdout
        assert "nothing was written" not in done.stderr
        assert lead.close() == 0


def test_speed_makes_time_go_faster(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1", "--at", "2019-04-05T09:15", "--speed", "1800") as console:
        console.type("/start")
        console.wait_for("clock · started 09:")
        console.wait_for("time · time is up")
        assert console.close() == 0
    assert status(tmp_path, "session-1", "--rehearsal")["overrun_seconds"] > 0


def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    done = grcp(tmp_path, "run", "session-1", "--at", "half past ten")
    assert (done.returncode, done.stdout) == (2, "")
    assert "2019-04-05T10:45" in done.stderr


def test_a_second_console_on_a_desk_is_refused_and_a_note_is_not(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as console:
        console.type("/start")
        console.wait_for("clock · started")
        assert status(tmp_path, "session-1")["attended"] is True
        second = grcp(tmp_path, "run", "session-1", lines="mine\n")
        assert second.returncode == 6
        assert "in use" in second.stderr
        assert f"process {console.process.pid}" in second.stderr
        assert grcp(tmp_path, "note", "session-1", "beside").stdout == "saved 1 · achievement · q1\n"
        console.type("mine")
        assert console.wait_for("saved") == "saved 2 · achievement · q1"
        assert console.close() == 0


def test_what_another_desk_writes_is_shown_as_theirs_and_its_clock_followed(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as lead, Console(tmp_path, "session-1", "--desk", "second") as other:
        lead.type("/start")
        lead.wait_for("clock · started")
        lead.type("/next")
        lead.wait_for("at 2")
        other.wait_for("at 2")
        lead.type("from the lead")
        assert other.wait_for("session-1 · saved") == "session-1 · saved 1 · lesson · q2: from the lead"
        other.type("from beside")
        assert other.wait_for("saved") == "saved 1 · lesson · q2"
        assert lead.wait_for("second · saved") == "second · saved 1 · lesson · q2: from beside"
        other.type("/pause")
        other.type("still here")
        assert other.wait_for("saved") == "saved 2 · lesson · q2"
        assert other.close() == 0
        assert lead.close() == 0
    found = status(tmp_path, "session-1")
    assert [desk["id"] for desk in found["desks"]] == [None, "second"]


@POSIX
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_pauses(tmp_path: Path, sent: signal.Signals) -> None:
    with Console(tmp_path, "session-1") as console:
        console.type("/start")
        console.wait_for("clock · started")
        console.process.send_signal(sent)
        assert console.process.wait(20) == 0
    assert status(tmp_path, "session-1")["state"] == "paused"


@POSIX
def test_a_crash_leaves_a_running_clock_and_the_time_away_is_a_pause(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as console:
        console.type("/start -10")
        console.wait_for("clock · started")
        console.process.kill()
        console.process.wait()
    found = status(tmp_path, "session-1")
    assert (found["state"], found["attended"]) == ("running", False)
    time.sleep(1.2)
    done = grcp(tmp_path, "run", "session-1", lines="back\n")
    assert "counts as a pause" in done.stdout
    found = status(tmp_path, "session-1")
    assert 600 <= found["elapsed_seconds"] < 602
    assert found["paused_seconds"] >= 1.2


@POSIX
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(8)
    acknowledged: list[str] = []
    for round_number in range(6):
        with Console(tmp_path, "session-1") as console:
            console.wait_for("time ·")

            def feed(console: Console = console, round_number: int = round_number) -> None:
                try:
                    for number in range(2000):
                        console.type(f"note: line {round_number}-{number}")
                except (BrokenPipeError, OSError):
                    return

            threading.Thread(target=feed, daemon=True).start()
            time.sleep(chance.uniform(0.05, 0.5))
            console.process.kill()
            console.process.wait()
            console.reader.join(10)
            while not console.lines.empty():
                line = console.lines.get()
                if line.startswith("saved "):
                    acknowledged.append(line.split()[1])
    grcp(tmp_path, "note", "session-1", "afterwards")
    written = entries(tmp_path / "records" / "grcp-8" / "session-1.toml")
    numbers = [str(entry["n"]) for entry in written if entry["kind"] == "note"]
    assert len(acknowledged) > 20
    assert set(acknowledged) <= set(numbers)
    assert len(numbers) == len(set(numbers))
    assert grcp(tmp_path, "record", "verify").returncode == 0


def test_twenty_processes_add_beside_a_live_console(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as console:
        console.type("/start")
        console.wait_for("clock · started")
        notes = [
            subprocess.Popen(
                [*GRCP, "note", "session-1", f"note: from process {number}"],
                cwd=tmp_path,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            for number in range(20)
        ]
        for number in range(10):
            console.type(f"note: from the console {number}")
        said = [note.communicate(timeout=60)[0] for note in notes]
        for _ in range(10):
            console.wait_for("saved")
        assert console.close() == 0
    everything = entries(tmp_path / "records" / "grcp-8" / "session-1.toml")
    written = [entry for entry in everything if entry["kind"] == "note"]
    assert sorted(str(entry["text"]) for entry in written) == sorted(
        [f"from process {number}" for number in range(20)] + [f"from the console {number}" for number in range(10)]
    )
    assert [entry["n"] for entry in written] == list(range(1, 31))
    assert len({line.split()[1] for line in said}) == 20


def test_a_disk_that_refuses_keeps_the_line(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "grcp-8").write_text("a file where the folder should be", encoding="utf-8")
    done = grcp(tmp_path, "run", "session-1", lines="a line that must not be lost\n")
    assert done.returncode == 6
    assert grcp(tmp_path, "note", "session-1", "x").returncode == 6


def test_a_file_that_an_editor_spoilt_keeps_lines_until_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "records" / "grcp-8" / "session-1.toml"
    with Console(tmp_path, "session-1") as console:
        console.type("note: first")
        console.wait_for("saved 1")
        sound = path.read_bytes()
        durable.replace(path, sound.decode().encode("utf-16"))
        console.type("note: second")
        console.type("note: third")
        time.sleep(1.5)
        durable.replace(path, sound)
        console.type("note: fourth")
        console.wait_for("saved 4")
        assert console.close() == 0
    assert [entry["text"] for entry in entries(path)] == ["first", "second", "third", "fourth"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a limit on the size of files")
def test_a_full_disk_keeps_the_lines_and_saves_them_once_there_is_room(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys, threading, time\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600, resource.RLIM_INFINITY))\n"
        "def room():\n"
        "    time.sleep(1.5)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "threading.Thread(target=room, daemon=True).start()\n"
        "sys.argv = ['grcp', 'run', 'session-1', '--plain']\n"
        "from grcp_cli.__main__ import main\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin
    for number in range(5):
        process.stdin.write(f"note: number {number} {'x' * 60}\n")
        process.stdin.flush()
    time.sleep(3)
    out, err = process.communicate("note: the last\n", timeout=30)
    assert process.returncode == 0, err
    assert "not saved: cannot write" in err
    written = entries(tmp_path / "records" / "grcp-8" / "session-1.toml")
    assert [str(entry["text"]).split(" x")[0] for entry in written] == [*(f"number {n}" for n in range(5)), "the last"]
    assert out.count("saved ") == 6


def test_a_text_of_a_mebibyte_is_stored_and_a_longer_one_refused(tmp_path: Path) -> None:
    whole = "é" * (512 * 1024)
    done = grcp(tmp_path, "run", "session-1", lines=f"{whole}\n{whole}x\nshort\n")
    assert done.returncode == 0
    assert "more than 1 MiB" in done.stderr
    written = entries(tmp_path / "records" / "grcp-8" / "session-1.toml")
    assert [entry["text"] for entry in written] == [whole, "short"]


def test_bytes_that_are_no_text_are_told_and_replaced(tmp_path: Path) -> None:
    done = subprocess.run(
        [*GRCP, "run", "session-1"],
        cwd=tmp_path,
        input=b"\xef\xbb\xbfcaf\xe9 noir\r\nplain\r\n",
        capture_output=True,
        check=True,
    )
    assert "were not text" in done.stderr.decode()
    written = entries(tmp_path / "records" / "grcp-8" / "session-1.toml")
    assert [entry["text"] for entry in written] == ["caf\ufffd noir", "plain"]


def test_what_steers_a_terminal_is_stored_and_not_drawn(tmp_path: Path) -> None:
    done = grcp(tmp_path, "run", "session-1", lines="@Ev\x1b[2Jil: red \x1b[31m \u202eback\n/list\n")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout + done.stderr
    written = entries(tmp_path / "records" / "grcp-8" / "session-1.toml")
    assert written[0]["text"] == "red \x1b[31m \u202eback"


def test_what_others_append_to_ones_own_file_is_shown(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as console:
        console.type("mine")
        console.wait_for("saved 1")
        grcp(tmp_path, "note", "session-1", "from a shell")
        assert console.wait_for("beside") == "beside · saved 2 · achievement · q1: from a shell"
        grcp(tmp_path, "note", "session-1", "/strike 1")
        assert console.wait_for("beside") == "beside · struck 1 · mine"
        assert console.close() == 0


def test_a_folder_that_vanished_gives_every_line_back(tmp_path: Path) -> None:
    with Console(tmp_path, "session-1") as console:
        console.type("/start")
        console.wait_for("clock · started")
        shutil.rmtree(tmp_path / "records")
        for line in ("one", "two"):
            console.type(line)
        assert console.close() == 6
        assert console.process.stderr
        told = console.process.stderr.read()
    assert "these lines are not saved:\none\ntwo\n" in told
    assert "Traceback" not in told


def test_a_desk_follows_again_to_where_the_lead_stands(tmp_path: Path) -> None:
    with Console(tmp_path, "session-2") as lead, Console(tmp_path, "session-2", "--desk", "second") as other:
        lead.type("/start")
        lead.type("/go 1b")
        other.wait_for("at 1b")
        other.type("/go 2")
        other.wait_for("at 2")
        other.type("/follow")
        other.wait_for("at 1b")
        other.type("a note")
        assert other.wait_for("saved") == "saved 1 · note · q1/b"
        assert other.close() == 0
        assert lead.close() == 0
    verified = grcp(tmp_path, "record", "verify")
    assert verified.returncode == 0
    assert "not known" not in verified.stdout + verified.stderr


def test_an_indented_file_is_read_and_never_taken_for_torn(tmp_path: Path) -> None:
    grcp(tmp_path, "note", "session-1", "-", lines="one\ntwo\n")
    path = tmp_path / "records" / "grcp-8" / "session-1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[[entry]]", " [[entry]]"), encoding="utf-8")
    assert grcp(tmp_path, "record", "verify").returncode == 3
    assert grcp(tmp_path, "note", "session-1", "three").stdout == "saved 3 · achievement · q1\n"
    assert not path.with_name("session-1.toml.torn").exists()
    assert [entry["text"] for entry in entries(path)] == ["one", "two", "three"]


@POSIX
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_is_no_bug(tmp_path: Path, closed: str) -> None:
    command = f"'{sys.executable}' -m grcp_cli note session-1 text --agenda grcp8 {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert len(entries(tmp_path / "records" / "grcp-8" / "session-1.toml")) == 1


@pytest.mark.parametrize("wrong", [("--speed", "nan"), ("--speed", "inf"), ("--at", "0001-01-01T00:00")])
def test_a_clock_that_cannot_be_is_refused(tmp_path: Path, wrong: tuple[str, str]) -> None:
    done = grcp(tmp_path, "run", "session-1", *wrong)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
