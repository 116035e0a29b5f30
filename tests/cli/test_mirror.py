"""The mirror beside the real program: lost and back while somebody types, killed, and a share that is dead."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

GRCP = [sys.executable, "-m", "grcp_cli"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and pipes as POSIX has them")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GRCP_RECORDS", raising=False)
    monkeypatch.setenv("GRCP_AGENDA", "grcp8")
    monkeypatch.chdir(tmp_path)
    Path("stick").mkdir()
    return tmp_path


RECORD, COPY = Path("records/grcp-8/session-2.toml"), Path("stick/grcp-8/session-2.toml")


class Console:
    """A `run --plain --mirror stick` that goes on while the test looks at it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [*GRCP, "run", "session-2", "--plain", "--mirror", "stick"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
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
            with contextlib.suppress(queue.Empty):
                line = self.lines.get(timeout=0.2)
                if line.startswith(beginning):
                    return line
        pytest.fail(f"{beginning!r} never came")

    def rest(self) -> list[str]:
        assert self.process.stdin
        self.process.stdin.close()
        assert self.process.wait(20) == 0
        self.reader.join(10)
        found = []
        while not self.lines.empty():
            found.append(self.lines.get())
        return found


@pytest.fixture
def console() -> Iterator[Console]:
    console = Console()
    yield console
    if console.process.poll() is None:
        console.process.kill()
    console.process.wait()
    console.reader.join(10)
    for stream in (console.process.stdin, console.process.stdout):
        assert stream
        with contextlib.suppress(BrokenPipeError):
            stream.close()


def until_whole() -> None:
    end = time.monotonic() + 20
    while not COPY.exists() or COPY.read_bytes() != RECORD.read_bytes():
        assert time.monotonic() < end, "the copy never was whole"
        time.sleep(0.05)


def test_a_stick_pulled_out_and_put_back_while_somebody_types(console: Console) -> None:
    console.type("one")
    console.wait_for("saved 1 ")
    until_whole()
    Path("stick").rename("away")
    told = console.wait_for("the mirror in stick is lost: ")
    assert told == "the mirror in stick is lost: the folder is not there; the record itself is safe"
    console.type("two")
    console.wait_for("saved 2 ")
    assert not Path("stick").exists()
    Path("away").rename("stick")
    console.wait_for("the mirror in stick is whole again")
    until_whole()
    console.type("/start")
    console.type("three")
    rest = console.rest()
    assert rest[-1] == "clock · paused"
    assert not [line for line in rest if line.startswith("the mirror")]
    assert COPY.read_bytes() == RECORD.read_bytes()


def test_what_others_write_beside_the_console_is_copied_too(console: Console) -> None:
    console.type("one")
    console.wait_for("saved 1 ")
    for number in range(3):
        extra = ["--mirror", "stick"] if number % 2 else []
        subprocess.run([*GRCP, "note", "session-2", f"beside {number}", *extra], check=True, capture_output=True)
    until_whole()
    assert COPY.read_bytes().count(b"[[entry]]") == 4
    console.rest()


@POSIX
def test_after_a_kill_the_next_one_catches_up(console: Console) -> None:
    for number in range(1, 30):
        console.type(f"line {number}")
    console.wait_for("saved 29 ")
    console.process.send_signal(signal.SIGKILL)
    console.process.wait()
    if COPY.exists():
        assert RECORD.read_bytes().startswith(COPY.read_bytes())
    done = subprocess.run(
        [*GRCP, "note", "session-2", "after", "--mirror", "stick"], check=True, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout, done.stderr) == ("saved 30 · note · q1/a\n", "")
    assert COPY.read_bytes() == RECORD.read_bytes()


@POSIX
def test_a_share_that_never_answers_holds_the_end_up_for_a_moment_only() -> None:
    COPY.parent.mkdir()
    os.mkfifo(COPY)  # reading it waits for ever, as a share does whose server is gone
    began = time.monotonic()
    done = subprocess.run(
        [*GRCP, "note", "session-2", "one", "--mirror", "stick"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=20,
    )
    assert time.monotonic() - began < 10
    assert (done.returncode, done.stdout) == (0, "saved 1 · note · q1/a\n")
    assert done.stderr == "the mirror in stick is behind: it does not answer; the record itself is safe\n"


def test_without_a_mirror_nothing_of_it_is_read() -> None:
    code = (
        "import sys\nfrom grcp_cli.cli.app import app\n"
        "sys.argv = ['grcp', 'note', 'session-2', 'one']\n"
        "try:\n    app()\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if 'mirror' in name])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines() == ["saved 1 · note · q1/a", "[]"]
