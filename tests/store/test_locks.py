"""One console a desk, one append at a time; both locks end with their process, however it ends."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grcp_cli.meeting.entry import Entry
from grcp_cli.store import locks
from grcp_cli.store.durable import DiskError
from grcp_cli.store.locks import AppendLock, Seat, TakenError

_HOLDING = """
import sys, time
from pathlib import Path
from grcp_cli.store.locks import AppendLock, Seat
path = Path(sys.argv[2])
if sys.argv[1] == "seat":
    held = Seat(path, "elsewhere, process 7, Amina Ба")
else:
    AppendLock(path).__enter__()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str, Path], subprocess.Popen[bytes]]]:
    """Another process that holds a lock until it is ended."""
    begun: list[subprocess.Popen[bytes]] = []

    def elsewhere(what: str, path: Path) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", _HOLDING, what, str(path)], stdout=subprocess.PIPE)
        begun.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        return process

    yield elsewhere
    for process in begun:
        process.kill()
        process.communicate()


def test_a_second_console_is_refused_and_told_who_sits_there(
    path: Path, elsewhere: Callable[[str, Path], subprocess.Popen[bytes]]
) -> None:
    path.parent.mkdir()
    elsewhere("seat", path)
    with pytest.raises(TakenError) as taken:
        Seat(path, "here")
    assert taken.value.exit_code == 6
    assert "elsewhere, process 7, Amina Ба" in str(taken.value)
    assert "grcp note" in taken.value.hint
    assert "--desk" in taken.value.hint
    assert locks.held_by(path) == "elsewhere, process 7, Amina Ба"


def test_a_seat_is_free_when_its_process_dies(
    path: Path, elsewhere: Callable[[str, Path], subprocess.Popen[bytes]]
) -> None:
    path.parent.mkdir()
    process = elsewhere("seat", path)
    process.kill()
    process.wait()
    assert locks.held_by(path) == ""
    seat = Seat(path, "here")
    assert locks.held_by(path) == "here"
    seat.leave()
    assert locks.held_by(path) == ""


def test_seats_of_other_desks_are_free(path: Path) -> None:
    one = Seat(path, "one")
    other = Seat(path.with_name("plenary.africa.toml"), "other")
    assert (locks.held_by(path), locks.held_by(path.with_name("plenary.africa.toml"))) == ("one", "other")
    one.leave()
    other.leave()


def test_a_shorter_name_leaves_nothing_of_a_longer_one(path: Path) -> None:
    Seat(path, "somebody with a very long name").leave()
    seat = Seat(path, "me")
    assert locks.held_by(path) == "me"
    seat.leave()


def test_whoever_asks_never_takes_the_seat(path: Path) -> None:
    Seat(path, "before").leave()
    stop, said = threading.Event(), set[str]()

    def ask() -> None:
        while not stop.is_set():
            said.add(locks.held_by(path))

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    try:
        # While nobody sits there, two who ask at once do not take each other for somebody who does.
        time.sleep(0.1)
        assert said == {""}
        for _ in range(30):
            Seat(path, "here").leave()
    finally:
        stop.set()
        for asker in askers:
            asker.join()
    assert said <= {"", "before", "here", "another console"}


def test_asking_changes_nothing(path: Path) -> None:
    assert locks.held_by(path) == ""
    assert locks.pulse(path) == ""
    assert not path.parent.exists()
    Seat(path, "here").leave()
    name = path.with_name("plenary.toml.seat")
    before = name.stat().st_mtime_ns, name.read_bytes()
    assert locks.held_by(path) == ""
    assert locks.pulse(path) == ""
    assert (name.stat().st_mtime_ns, name.read_bytes()) == before


def test_sitting_is_seen(path: Path) -> None:
    seat = Seat(path, "here")
    name = path.with_name("plenary.toml.seat")
    seat.seen("a long sign of life")
    seat.seen("alive")
    assert locks.pulse(path) == "alive"
    assert locks.held_by(path) == "here"
    assert name.read_bytes() == b"here\nalive\n"
    name.unlink()
    seat.seen("alive")
    seat.leave()


def test_a_seat_that_the_disk_refuses(tmp_path: Path) -> None:
    (tmp_path / "trial").write_bytes(b"")
    with pytest.raises(DiskError):
        Seat(tmp_path / "trial" / "plenary.toml", "here")


def test_a_console_does_not_keep_a_note_from_being_added(path: Path, append: Callable[..., Entry]) -> None:
    seat = Seat(path, "here")
    assert append(path, "from the shell").n == 1
    seat.leave()


def test_an_append_waits_for_another_process(
    path: Path, append: Callable[..., Entry], elsewhere: Callable[[str, Path], subprocess.Popen[bytes]]
) -> None:
    path.parent.mkdir()
    process = elsewhere("append", path)
    done = threading.Event()

    def add() -> None:
        append(path, "waited")
        done.set()

    adding = threading.Thread(target=add)
    adding.start()
    assert not done.wait(0.15)
    assert not path.exists()
    process.kill()
    adding.join(10)
    assert done.is_set()
    assert path.stat().st_size > 0


def test_a_lock_is_free_after_a_failure_inside(path: Path) -> None:
    path.parent.mkdir()
    with pytest.raises(ZeroDivisionError), AppendLock(path):
        raise ZeroDivisionError
    with AppendLock(path):
        assert path.with_name("plenary.toml.lock").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP is POSIX")
def test_a_stopped_process_keeps_its_seat(
    path: Path, elsewhere: Callable[[str, Path], subprocess.Popen[bytes]]
) -> None:
    path.parent.mkdir()
    process = elsewhere("seat", path)
    process.send_signal(signal.SIGSTOP)
    try:
        assert locks.held_by(path).startswith("elsewhere")
    finally:
        process.send_signal(signal.SIGCONT)


# Windows, as far as another system can show it.

_AS_ON_WINDOWS = """
import fcntl, os, sys, types, datetime, hashlib, logging, pathlib, subprocess, tempfile, tomllib, zoneinfo
import tomli, tomli_w, uuid_utils

def locking(descriptor, mode, count):
    assert (mode, count, os.lseek(descriptor, 0, os.SEEK_CUR)) == (2, 1, 1 << 30)
    flock(descriptor, fcntl_.LOCK_EX | fcntl_.LOCK_NB)

fcntl_, flock = fcntl, fcntl.flock
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=locking)
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    sys.modules[name] = None
del os.fork, os.getuid, os.geteuid
sys.platform = "win32"

from grcp_cli.machine import Machine, new_id
from grcp_cli.meeting.entry import Draft
from grcp_cli.store import blocks, durable, journal, locks, records
path = pathlib.Path(sys.argv[1])
now, header = Machine("Europe/Zurich").now(), blocks.header("trial", "plenary", "")
assert locks.held_by(path) == ""
seat = locks.Seat(path, "here")
assert locks.held_by(path) == "here"
try:
    locks.Seat(path, "there")
except locks.TakenError as error:
    print(error)
for text in ("one", "two"):
    with journal.Held(path, header) as held:
        held.append(Draft("note", {"text": text}), now, new_id())
seat.leave()
assert locks.held_by(path) == ""
locks._PATIENCE = 0.05
with locks.AppendLock(path):
    try:
        with locks.AppendLock(path):
            pass
    except locks.BusyError as error:
        print(error.exit_code)
durable.replace(path.with_name("report.md"), b"whole")
print([entry.text for entry in journal.read(path).entries])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there the tests themselves show it")
def test_the_way_taken_on_windows_calls_nothing_that_is_not_there(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _AS_ON_WINDOWS, str(path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"{path} is in use: here", "6", "['one', 'two']"]
