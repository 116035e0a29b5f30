"""What the disk refuses is told, harms nothing, and can be done again; what was acknowledged outlives the process."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from grcp_cli.meeting.entry import Entry
from grcp_cli.store import durable, journal
from grcp_cli.store.durable import DiskError

Append = Callable[..., Entry]
Seals = Callable[[bytes], list[tuple[str, str]]]


class Disk:
    """A disk that fails as told, once: after so many bytes written, or when asked to sync."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._write, self._fsync = os.write, os.fsync
        self.room: int | None = None
        self.most = 1 << 30
        self.sync_fails = False
        self.error: BaseException = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        monkeypatch.setattr(os, "write", self.write)
        monkeypatch.setattr(os, "fsync", self.fsync)

    def write(self, descriptor: int, data: bytes) -> int:
        if self.room is None:
            return self._write(descriptor, data[: self.most])
        if self.room == 0:
            self.room = None
            raise self.error
        count = self._write(descriptor, data[: min(self.room, self.most)])
        self.room -= count
        return count

    def fsync(self, descriptor: int) -> None:
        if self.sync_fails:
            self.sync_fails = False
            raise self.error
        self._fsync(descriptor)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def spoken(path: Path) -> list[str]:
    return [entry.text for entry in journal.read(path).entries]


def chained(path: Path, seals: Seals) -> None:
    data = path.read_bytes()
    assert all(carried == should for carried, should in seals(data))
    tomllib.loads(data.decode())


# The disk refuses.


@pytest.mark.parametrize("room", [0, 1, 30, 150, 230])
@pytest.mark.parametrize("first", [True, False])
def test_a_full_disk_leaves_the_file_as_it_was(
    path: Path, append: Append, disk: Disk, seals: Seals, room: int, first: bool
) -> None:
    if not first:
        append(path, "saved")
    before = path.read_bytes() if path.exists() else b""
    disk.room = room
    with pytest.raises(DiskError) as refused:
        append(path, "refused" * 30)
    assert refused.value.exit_code == 6
    assert "make room" in refused.value.hint
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before
    append(path, "refused" * 30)
    assert spoken(path) == (["refused" * 30] if first else ["saved", "refused" * 30])
    assert journal.read(path).torn == b""
    chained(path, seals)
    assert not path.with_name("plenary.toml.torn").exists()


@pytest.mark.parametrize("first", [True, False])
def test_what_could_not_be_synced_is_not_there_twice(
    path: Path, append: Append, disk: Disk, seals: Seals, first: bool
) -> None:
    if not first:
        append(path, "saved")
    before = path.read_bytes() if path.exists() else b""
    disk.sync_fails, disk.error = True, OSError(errno.EIO, os.strerror(errno.EIO))
    with pytest.raises(DiskError) as refused:
        append(path, "refused")
    assert refused.value.exit_code == 6
    assert (path.read_bytes() if path.exists() else b"") == before
    append(path, "refused")
    assert spoken(path) == (["refused"] if first else ["saved", "refused"])
    chained(path, seals)


def test_a_disk_that_takes_little_at_a_time_gets_all(path: Path, append: Append, disk: Disk, seals: Seals) -> None:
    disk.most = 7
    append(path, "one")
    append(path, "two " * 100)
    assert spoken(path) == ["one", "two " * 100]
    chained(path, seals)


@pytest.mark.parametrize("syncing", [True, False])
def test_an_interrupted_append_is_taken_back(path: Path, append: Append, disk: Disk, syncing: bool) -> None:
    append(path, "saved")
    before = path.read_bytes()
    disk.error = KeyboardInterrupt()
    disk.sync_fails, disk.room = syncing, None if syncing else 40
    with pytest.raises(KeyboardInterrupt):
        append(path, "interrupted")
    assert path.read_bytes() == before


def test_torn_bytes_stay_until_they_are_set_aside(path: Path, append: Append, disk: Disk, seals: Seals) -> None:
    append(path, "saved")
    with path.open("ab") as file:
        file.write(b"[[entry]]\nid = ")
    before = path.read_bytes()
    disk.room = 5
    with pytest.raises(DiskError):
        append(path, "more")
    assert path.read_bytes() == before
    append(path, "more")
    assert spoken(path) == ["saved", "more"]
    assert path.with_name("plenary.toml.torn").read_bytes() == b"[[entry]]\nid = \n"
    chained(path, seals)


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.EROFS, "read-only"),
        (errno.EACCES, "ask for permission"),
        (errno.EIO, "the disk failed"),
        (errno.EFBIG, "nothing written before is harmed"),
    ],
)
def test_each_refusal_says_what_would_help(
    path: Path, append: Append, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    append(path, "saved")

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        with pytest.raises(DiskError) as refused:
            append(path, "refused")
    assert hint in refused.value.hint
    assert os.strerror(number) in str(refused.value)
    assert spoken(path) == ["saved"]


def test_a_file_where_the_folder_should_be(tmp_path: Path, append: Append) -> None:
    in_the_way = tmp_path / "trial"
    in_the_way.write_text("not a folder", encoding="utf-8")
    with pytest.raises(DiskError) as refused:
        append(in_the_way / "plenary.toml", "refused")
    assert refused.value.exit_code == 6
    assert in_the_way.read_text(encoding="utf-8") == "not a folder"


def test_a_folder_where_the_file_should_be(path: Path, append: Append) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DiskError):
        append(path, "refused")
    with pytest.raises(DiskError):
        journal.read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_limit_of_the_system_itself(path: Path, append: Append, seals: Seals) -> None:
    # The kernel writes what still fits and refuses the rest: a real short write and a real refusal.
    append(path, "saved")
    size = path.stat().st_size
    script = """
import resource, sys
from pathlib import Path
from grcp_cli.errors import GrcpError
from grcp_cli.machine import Machine, new_id
from grcp_cli.meeting.entry import Draft
from grcp_cli.store import blocks
from grcp_cli.store.journal import Held
path, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
try:
    with Held(path, blocks.header("trial", "plenary", "")) as held:
        held.append(Draft("note", {"text": "refused"}), Machine("Europe/Zurich").now(), new_id())
except GrcpError as error:
    print(type(error).__name__, error.exit_code)
"""
    for limit in (size, size + 1, size + 100):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path), str(limit)], capture_output=True, text=True, check=True
        )
        assert done.stdout == "DiskError 6\n"
        assert path.stat().st_size == size
    append(path, "more")
    assert spoken(path) == ["saved", "more"]
    chained(path, seals)


# The folder.


def test_folders_are_made_as_deep_as_needed(tmp_path: Path) -> None:
    durable.make_folder(tmp_path / "a" / "b" / "c")
    durable.make_folder(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are synced with their files")
def test_a_file_system_without_sync_of_folders_is_no_obstacle(
    tmp_path: Path, path: Path, append: Append, disk: Disk
) -> None:
    disk.sync_fails, disk.error = True, OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    durable.sync_folder(tmp_path)
    disk.sync_fails, disk.error = True, OSError(errno.EIO, os.strerror(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        durable.sync_folder(tmp_path)
    append(path, "one")


@pytest.mark.skipif(sys.platform == "win32", reason="folders are synced with their files")
def test_the_name_of_a_new_file_is_synced_before_its_bytes(
    path: Path, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        found = os.fstat(descriptor)
        asked.append(("folder" if stat.S_ISDIR(found.st_mode) else "file", found.st_size))
        fsync(descriptor)

    path.parent.mkdir()
    monkeypatch.setattr(os, "fsync", watched)
    append(path, "one")
    assert [what for what, _ in asked] == ["folder", "file"]
    assert asked[-1][1] == path.stat().st_size
    append(path, "two")
    assert [what for what, _ in asked] == ["folder", "file", "file"]
    assert asked[-1][1] == path.stat().st_size


# Replacing a whole file.


def test_replace_puts_all_of_it_in_place(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "report" / "grcp-8.md"
    durable.replace(path, b"first")
    disk.most = 3
    durable.replace(path, "второй".encode())
    assert path.read_bytes() == "второй".encode()
    assert [each.name for each in path.parent.iterdir()] == ["grcp-8.md"]


@pytest.mark.parametrize("syncing", [True, False])
def test_replace_refused_leaves_the_old_file(tmp_path: Path, disk: Disk, syncing: bool) -> None:
    path = tmp_path / "grcp-8.md"
    path.write_bytes(b"old")
    disk.sync_fails, disk.room = syncing, None if syncing else 4
    with pytest.raises(DiskError) as refused:
        durable.replace(path, b"new, and longer")
    assert refused.value.exit_code == 6
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["grcp-8.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_replace_keeps_who_may_read(tmp_path: Path) -> None:
    path = tmp_path / "agenda.toml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    durable.replace(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640
    mask = os.umask(0o027)
    try:
        durable.replace(tmp_path / "other.toml", b"new")
    finally:
        os.umask(mask)
    assert (tmp_path / "other.toml").stat().st_mode & 0o777 == 0o640


# The process dies.

_APPENDING = """
import os, sys
from pathlib import Path
from grcp_cli.machine import Machine, new_id
from grcp_cli.meeting.entry import Draft
from grcp_cli.store import blocks
from grcp_cli.store.journal import Held
write = os.write
os.write = lambda descriptor, data: write(descriptor, data[:23])
machine, path = Machine("Europe/Zurich"), Path(sys.argv[1])
while True:
    with Held(path, blocks.header("trial", "plenary", "")) as held:
        entry = held.append(Draft("note", {"text": "x" * 400}), machine.now(), new_id())
    write(1, f"{entry.id}\\n".encode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_what_was_acknowledged_outlives_a_killed_process(path: Path, append: Append, seals: Seals) -> None:
    # Written in small pieces, so that the kill often falls inside a block.
    chance = random.Random(8)
    acknowledged: list[str] = []
    torn = 0
    for _ in range(10):
        with subprocess.Popen([sys.executable, "-c", _APPENDING, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            acknowledged.append(process.stdout.readline().decode().strip())
            time.sleep(chance.uniform(0, 0.03))
            process.send_signal(signal.SIGKILL)
            acknowledged += process.stdout.read().decode().split("\n")[:-1]
        read = journal.read(path)
        torn += bool(read.torn)
        ids = [entry.id for entry in read.entries]
        assert [each for each in ids if each in set(acknowledged)] == acknowledged
        assert (read.edited, read.faults) == ([], [])
    last = append(path, "and on")
    read = journal.read(path)
    assert read.entries[-1] == last
    assert [entry.n for entry in read.entries] == list(range(1, len(read.entries) + 1))
    assert read.torn == b""
    assert (torn > 0) <= path.with_name("plenary.toml.torn").exists()
    chained(path, seals)
