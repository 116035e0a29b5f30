"""What is typed and not yet saved outlives its process, and is offered whole or not at all."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.store import durable, kept, records
from grcp_cli.store.durable import DiskError
from grcp_cli.store.kept import Kept

lines_typed = st.lists(st.text(max_size=80), max_size=5)
anything = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def typed(path: Path) -> Kept:
    return Kept(path)


class Full:
    """A disk with room only in what a file already holds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._write = os.write
        monkeypatch.setattr(os, "write", self.write)

    def write(self, descriptor: int, data: bytes) -> int:
        room = os.fstat(descriptor).st_size - os.lseek(descriptor, 0, os.SEEK_CUR)
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._write(descriptor, data[:room])


def test_there_is_no_file_before_something_is_kept(path: Path, typed: Kept) -> None:
    assert typed.load() == ()
    typed.keep(())
    typed.close()
    assert not path.parent.exists()


def test_lines_are_there_for_who_comes_next(path: Path, typed: Kept, odd: list[str]) -> None:
    typed.keep(["refused by the disk", "half a li"])
    assert typed.path == path.with_name("plenary.toml.typed")
    assert Kept(path).load() == ("refused by the disk", "half a li")
    typed.keep(odd)
    typed.close()
    assert Kept(path).load() == tuple(odd)


def test_nothing_kept_leaves_no_file(path: Path, typed: Kept) -> None:
    typed.keep(["a line"])
    typed.keep(())
    assert Kept(path).load() == ()
    typed.close()
    assert list(path.parent.iterdir()) == []


def test_lines_left_and_not_asked_for_stay(path: Path, typed: Kept) -> None:
    typed.keep(["from before"])
    typed.close()
    Kept(path).close()
    assert Kept(path).load() == ("from before",)


def test_it_may_be_kept_again_behind_a_close(path: Path, typed: Kept) -> None:
    typed.keep(["one"])
    typed.close()
    typed.keep(["two"])
    assert Kept(path).load() == ("two",)
    typed.close()


def test_half_a_surrogate_pair_is_replaced(path: Path, typed: Kept) -> None:
    typed.keep(["a\ud83e b", "\ud83e\udded"])
    assert Kept(path).load() == ("a\ufffd b", "\U0001f9ed")
    typed.close()


@anything
@given(states=st.lists(lines_typed, min_size=1, max_size=6))
def test_the_newest_state_is_the_one_offered(path: Path, states: list[list[str]]) -> None:
    keeping = Kept(path)
    for state in states:
        keeping.keep(state)
        assert Kept(path).load() == tuple(state)
    keeping.close()
    assert keeping.path.exists() == bool(states[-1])
    keeping.path.unlink(missing_ok=True)


def test_lines_longer_than_the_room_made_for_them(path: Path, typed: Kept) -> None:
    for size in (10, 20_000, 1024 * 1024, 70_000, 3):
        typed.keep(["x" * size, "end"])
        assert Kept(path).load() == ("x" * size, "end")
    typed.keep(())
    assert typed.path.stat().st_size == kept._RESERVED
    typed.close()


def test_what_was_erased_in_the_line_is_erased_on_disk(typed: Kept) -> None:
    typed.keep(["the minister is a "])
    typed.keep(["the"])
    typed.keep(["thank you"])
    assert b"minister" not in typed.path.read_bytes()
    typed.close()


def test_it_is_no_session_file(path: Path, typed: Kept) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    typed.keep(["a line"])
    assert [found.path for found in records.files(path.parent)] == [path]
    typed.close()


# Damage.


def test_a_cut_file_offers_one_whole_state_or_none(path: Path, typed: Kept) -> None:
    typed.keep(["one"])
    typed.keep(["two"])
    typed.close()
    data = typed.path.read_bytes()
    for end in (*range(120), *range(kept._SLOT - 5, kept._SLOT + 120), len(data)):
        typed.path.write_bytes(data[:end])
        assert Kept(path).load() in {(), ("one",), ("two",)}
    assert Kept(path).load() == ("two",)


@anything
@given(at=st.integers(0, 2 * kept._SLOT - 1), put=st.binary(min_size=1, max_size=200))
def test_bytes_that_came_between_are_noticed(path: Path, at: int, put: bytes) -> None:
    keeping = Kept(path)
    keeping.keep(["one " * 9, "1"])
    keeping.keep(["two " * 9, "2"])
    keeping.close()
    data = keeping.path.read_bytes()
    keeping.path.write_bytes(data[:at] + put + data[at + len(put) :])
    assert Kept(path).load() in {(), ("one " * 9, "1"), ("two " * 9, "2")}
    keeping.path.unlink()


def test_a_state_mixed_of_two_is_not_offered(path: Path, typed: Kept) -> None:
    typed.keep(["a" * 9000])
    typed.close()
    first = typed.path.read_bytes()
    again = Kept(path)
    again.keep(())
    again.keep(["b" * 9000])
    again.close()
    second = typed.path.read_bytes()
    typed.path.write_bytes(first[:4096] + second[4096:])
    assert Kept(path).load() == ()


@pytest.mark.parametrize("data", [b"", b"\0" * 40_000, b"something else\n" * 3000, b"f" * 32 + b" 1 2\n[]"])
def test_a_file_of_something_else_offers_nothing_and_is_overwritten(path: Path, typed: Kept, data: bytes) -> None:
    path.parent.mkdir()
    typed.path.write_bytes(data)
    assert typed.load() == ()
    typed.close()
    assert typed.path.exists() == bool(data.strip(b"\0"))
    typed.keep(["a line"])
    assert Kept(path).load() == ("a line",)
    typed.close()


def test_a_folder_in_the_way_offers_nothing_and_is_told(typed: Kept) -> None:
    typed.path.mkdir(parents=True)
    assert typed.load() == ()
    with pytest.raises(DiskError) as told:
        typed.keep(["a line"])
    assert told.value.exit_code == 6
    typed.close()


# A full disk.


def test_a_disk_that_fills_up_later_still_keeps_the_line(
    path: Path, typed: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed.keep(["t"])
    Full(monkeypatch)
    line = "typed while the disk is full " * 20
    for end in range(len(line)):
        typed.keep(["refused", line[:end]])
    assert Kept(path).load() == ("refused", line[:-1])
    with pytest.raises(DiskError, match="cannot write") as told:
        typed.keep(["x" * 20_000])
    assert told.value.hint == "the disk is full: make room, then do it again"
    assert Kept(path).load() == ("refused", line[:-1])
    typed.keep(["short again"])
    typed.close()
    assert Kept(path).load() == ("short again",)


def test_a_disk_that_was_full_before_is_told_and_asked_again(
    path: Path, typed: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    with monkeypatch.context() as patched:
        Full(patched)
        for _ in range(2):
            with pytest.raises(DiskError, match="cannot write"):
                typed.keep(["a line"])
    assert Kept(path).load() == ()
    typed.keep(["a line"])
    assert Kept(path).load() == ("a line",)
    typed.close()


def test_a_failed_write_leaves_what_was_kept(path: Path, typed: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    typed.keep(["one"])
    typed.keep(["two"])
    write = os.write

    def half(descriptor: int, data: bytes) -> int:
        if len(data) < kept._SLOT:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return write(descriptor, data[:20])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", half)
        with pytest.raises(DiskError):
            typed.keep(["three"])
    assert Kept(path).load() == ("two",)
    typed.keep(["four"])
    assert Kept(path).load() == ("four",)
    typed.close()


def test_only_the_first_line_waits_for_the_disk(typed: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(durable, "sync", synced.append)
    for number in range(50):
        typed.keep(["x" * number])
    assert len(synced) == 1
    typed.close()


# A process killed.

_TYPING = """
import sys
from os import write
from pathlib import Path
from grcp_cli.store.kept import Kept

kept, number = Kept(Path(sys.argv[1])), 0
while True:
    number += 1
    kept.keep([f"line {number}", "x" * (number * 37 % 9000)])
    write(1, f"{number}\\n".encode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_what_was_kept_outlives_a_killed_process(path: Path) -> None:
    chance = random.Random(5)
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", _TYPING, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            told = process.stdout.read().split(b"\n")[:-1]
        last = int(told[-1]) if told else 1
        line, rest = Kept(path).load()
        number = int(line.removeprefix("line "))
        assert number in {last, last + 1}
        assert rest == "x" * (number * 37 % 9000)


def test_one_keystroke_costs_next_to_nothing(typed: Kept) -> None:
    took: list[float] = []
    for number in range(500):
        began = time.perf_counter()
        typed.keep(["x" * (number % 200)])
        took.append(time.perf_counter() - began)
    assert sorted(took)[250] < 0.001
    typed.close()


def test_two_desks_keep_their_own(path: Path) -> None:
    desks: dict[str, Kept] = {name: Kept(path.with_name(name)) for name in ("lunch.africa.toml", "lunch.asia.toml")}
    for name, keeping in desks.items():
        keeping.keep([name])
    assert {name: keeping.load() for name, keeping in desks.items()} == {name: (name,) for name in desks}
    for keeping in desks.values():
        keeping.close()


def test_a_close_waits_for_a_keep_on_another_thread(path: Path, typed: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    typed.keep(["one"])
    begun, go_on, write = Event(), Event(), os.write

    def slow(descriptor: int, data: bytes) -> int:
        begun.set()
        go_on.wait(10)
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", slow)
    running = [Thread(target=typed.keep, args=(["two"],)), Thread(target=typed.close)]
    running[0].start()
    begun.wait(10)
    running[1].start()
    go_on.set()
    for thread in running:
        thread.join(10)
    assert Kept(path).load() == ("two",)
