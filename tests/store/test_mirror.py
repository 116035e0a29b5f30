"""The mirror holds the record's whole blocks byte for byte, whatever happened to it meanwhile."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import Entry
from grcp_cli.store import blocks, durable
from grcp_cli.store.desk import Desk
from grcp_cli.store.durable import DiskError
from grcp_cli.store.locks import AppendLock
from grcp_cli.store.mirror import Mirror, MirrorError

Append = Callable[..., Entry]
Sit = Callable[..., Desk]
Written = Callable[[list[str]], bytes]

POSIX = pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="permissions as POSIX has them")
OTHER = "plenary.toml there is not the beginning of this record, so nothing is written there: choose another folder"
MORE = (
    "plenary.toml there holds more than the record here, so nothing is written there: "
    "bring that back first, or choose another folder"
)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def mirror(path: Path, stick: Path) -> Mirror:
    return Mirror(path, stick)


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def sealed(path: Path) -> bytes:
    data = path.read_bytes()
    return data[: len(data) - len(blocks.cut(data)[2])]


# The copy.


def test_every_block_is_there_too(path: Path, stick: Path, mirror: Mirror, append: Append, odd: list[str]) -> None:
    assert mirror.catch_up() == ""
    assert list(stick.iterdir()) == []
    for text in odd:
        append(path, text)
        assert mirror.catch_up() == ""
        assert mirror.copy.read_bytes() == path.read_bytes()
    assert mirror.copy == stick / "trial" / "plenary.toml"


def test_a_rehearsal_lies_as_deep_as_in_the_records(sit: Sit, stick: Path, tmp_path: Path) -> None:
    desk = sit(folder=tmp_path / "trial" / "rehearsal")
    desk.say("tried")
    mirror = Mirror(desk.path, stick, rehearsal=desk.rehearsal)
    assert mirror.catch_up() == ""
    assert (stick / "trial" / "rehearsal" / "plenary.toml").read_bytes() == desk.path.read_bytes()


def test_two_desks_are_two_copies(sit: Sit, stick: Path) -> None:
    desks = [sit("africa"), sit("asia")]
    mirrors = [Mirror(desk.path, stick) for desk in desks]
    for number in range(3):
        for desk, mirror in zip(desks, mirrors, strict=True):
            desk.say(f"{desk.group} {number}")
            assert mirror.catch_up() == ""
    for desk, name in zip(desks, ("plenary.africa.toml", "plenary.asia.toml"), strict=True):
        assert (stick / "trial" / name).read_bytes() == desk.path.read_bytes()


def test_two_mirrors_of_one_file_do_not_write_twice(path: Path, stick: Path, append: Append) -> None:
    mirrors = [Mirror(path, stick) for _ in range(3)]
    for number in range(6):
        append(path, f"{number}")
        for mirror in mirrors[number % 3 :]:
            assert mirror.catch_up() == ""
        assert mirrors[2].copy.read_bytes() == path.read_bytes()
    for mirror in mirrors:
        assert mirror.catch_up() == ""


def test_with_nothing_new_nothing_is_opened(
    path: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "one")
    assert mirror.catch_up() == ""

    def refused(*_: object) -> int:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        patched.setattr(Path, "open", refused)
        assert mirror.catch_up() == ""


def test_the_copy_is_on_disk_when_told_so(
    path: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "one")
    synced: list[int] = []
    monkeypatch.setattr(durable, "sync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    assert mirror.catch_up() == ""
    assert synced == [path.stat().st_size]


def test_an_unfinished_append_is_not_copied(path: Path, mirror: Mirror, append: Append) -> None:
    append(path, "one")
    whole = path.read_bytes()
    path.write_bytes(whole + b'[[entry]]\nid = "x"\n')
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == whole
    append(path, "two")
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()


def test_a_record_torn_at_every_byte_is_followed_on(path: Path, mirror: Mirror, append: Append) -> None:
    append(path, "one")
    append(path, "two")
    data = path.read_bytes()
    for end in range(len(data), 0, -1):
        shutil.rmtree(mirror.copy.parent, ignore_errors=True)
        path.write_bytes(data[:end])
        assert mirror.catch_up() == ""
        if sealed(path):
            assert mirror.copy.read_bytes() == sealed(path)
        else:
            assert not mirror.copy.exists()
        append(path, "and on")
        assert mirror.catch_up() == "", end
        assert mirror.copy.read_bytes() == path.read_bytes()


def test_an_append_in_flight_may_still_be_taken_back(
    path: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "one")
    looked: list[str] = []

    def failing(_: int) -> None:
        monkeypatch.undo()
        looked.append(path.read_text(encoding="utf-8"))
        # Written, not yet on disk: another program looks at the record at this very moment.
        monkeypatch.setattr("grcp_cli.store.locks._PATIENCE", 0.05)
        with pytest.raises(DiskError, match="locked by another program"):
            mirror.catch_up()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(durable, "sync", failing)
    with pytest.raises(DiskError):
        append(path, "taken back")
    assert "taken back" in looked[0]
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()
    assert b"taken back" not in mirror.copy.read_bytes()


# A copy that is not as it was left.


def test_a_copy_cut_at_every_byte_is_made_whole(path: Path, stick: Path, append: Append, odd: list[str]) -> None:
    for text in odd[:4]:
        append(path, text)
    data = path.read_bytes()
    mirror = Mirror(path, stick)
    for end in range(len(data) + 1):
        put(mirror.copy, data[:end])
        assert mirror.catch_up() == ""
        assert mirror.copy.read_bytes() == data


def test_zeros_that_a_crash_left_are_taken_back(path: Path, stick: Path, written: Written) -> None:
    data = written(["one", "two"])
    put(path, data)
    for end in range(0, len(data), 7):
        mirror = Mirror(path, stick)
        put(mirror.copy, data[:end] + b"\0" * 300)
        assert mirror.catch_up() == ""
        assert mirror.copy.read_bytes() == data


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"one", b"ONE"),
        lambda data: data[:-40] + b"something else",
        lambda data: data[:0] + b"not a record at all\n",
        lambda data: data.replace(b"\n", b"\r\n"),
    ],
)
def test_a_copy_of_something_else_is_left_alone_and_told(
    path: Path, mirror: Mirror, append: Append, change: Callable[[bytes], bytes]
) -> None:
    append(path, "one")
    append(path, "two")
    other = change(path.read_bytes())
    put(mirror.copy, other)
    for _ in range(2):
        assert mirror.catch_up() == OTHER
        append(path, "more")
    assert mirror.copy.read_bytes() == other
    mirror.copy.unlink()
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()


def test_a_copy_with_more_is_not_shortened(path: Path, mirror: Mirror, written: Written) -> None:
    data = written(["one", "two", "three"])
    put(mirror.copy, data)
    assert mirror.catch_up() == MORE
    put(path, written(["one"]))
    assert mirror.catch_up() == OTHER
    put(path, data[: data.index(b"[[entry]]", data.index(b"[[entry]]") + 1)])
    assert mirror.catch_up() == MORE
    assert mirror.copy.read_bytes() == data


def test_a_copy_changed_under_way_is_noticed(path: Path, mirror: Mirror, append: Append) -> None:
    append(path, "one")
    assert mirror.catch_up() == ""
    data = mirror.copy.read_bytes()
    mirror.copy.write_bytes(data.replace(b"one", b"1"))
    assert mirror.catch_up() == OTHER
    mirror.copy.write_bytes(data)
    assert mirror.catch_up() == ""


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_record_edited_by_hand_is_no_longer_the_copys(
    path: Path, mirror: Mirror, append: Append, line_end: bytes
) -> None:
    append(path, "one")
    append(path, "two")
    assert mirror.catch_up() == ""
    copy = mirror.copy.read_bytes()
    edited = path.read_bytes().replace(b"one", b"eno").replace(b"\n", line_end)
    with path.open("r+b") as file:  # in place: the same file, and for LF the same length
        file.write(edited)
    append(path, "three")
    assert mirror.catch_up() == OTHER
    assert mirror.copy.read_bytes() == copy


def test_a_record_with_crlf_from_the_start_is_copied_as_it_is(path: Path, mirror: Mirror, append: Append) -> None:
    append(path, "one")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert mirror.catch_up() == ""
    append(path, "two")
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("append"), st.integers(0, 300)),
            st.tuples(st.just("tear"), st.binary(max_size=30)),
            st.tuples(st.just("cut"), st.integers(0, 900)),
            st.tuples(st.just("zeros"), st.integers(0, 50)),
            st.tuples(st.just("look"), st.none()),
            st.tuples(st.just("again"), st.none()),
            st.tuples(st.just("gone"), st.none()),
        ),
        max_size=14,
    )
)
def test_caught_up_the_copy_is_the_sealed_record(
    path: Path, stick: Path, append: Append, steps: list[tuple[str, object]]
) -> None:
    shutil.rmtree(path.parent, ignore_errors=True)
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    append(path, "first")
    mirror = Mirror(path, stick)
    for what, how in steps:
        match what, how:
            case "append", int(size):
                append(path, "x" * size)
            case "tear", bytes(rest):
                # Behind the mark nothing can pass for the end of a block.
                path.write_bytes(
                    (sealed(path) or blocks.header("trial", "plenary", ""))
                    + b"[[entry]]\n"
                    + rest.replace(b"seal", b"")
                )
            case "cut", int(end) if mirror.copy.exists():
                mirror.copy.write_bytes(mirror.copy.read_bytes()[:end])
            case "zeros", int(count) if mirror.copy.exists():
                mirror.copy.write_bytes(mirror.copy.read_bytes() + b"\0" * count)
            case "again", None:
                mirror = Mirror(path, stick)
            case "gone", None:
                stick.rename(stick.with_name("away"))
                assert mirror.catch_up() == "the folder is not there"
                stick.with_name("away").rename(stick)
            case "look", None:
                assert mirror.catch_up() == ""
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == sealed(path)


# Loss and return.


def test_a_stick_that_is_gone_is_told_and_never_made(path: Path, stick: Path, mirror: Mirror, append: Append) -> None:
    append(path, "one")
    assert mirror.catch_up() == ""
    away = stick.rename(stick.with_name("away"))
    for text in ("two", "three"):
        append(path, text)
        assert mirror.catch_up() == "the folder is not there"
        assert not stick.exists()
    away.rename(stick)
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()


def test_a_folder_that_never_was_is_told(path: Path, tmp_path: Path, append: Append) -> None:
    mirror = Mirror(path, tmp_path / "nowhere")
    assert mirror.catch_up() == "the folder is not there"
    append(path, "one")
    assert mirror.catch_up() == "the folder is not there"


def test_another_disk_in_its_place_gets_nothing(
    path: Path, stick: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "one")
    assert mirror.catch_up() == ""
    copied = mirror.copy.read_bytes()
    shutil.rmtree(stick / "trial")
    found = Path.stat

    def moved(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        real = found(self, follow_symlinks=follow_symlinks)
        fields = list(real)
        fields[2] += 1 if self.is_relative_to(stick) else 0
        return os.stat_result(fields, {"st_mtime_ns": real.st_mtime_ns})

    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", moved)
        assert mirror.catch_up() == "another disk is there, without the copy"
        assert list(stick.iterdir()) == []
        put(mirror.copy, copied)
        append(path, "two")
        assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()


def test_a_full_stick_is_told_keeps_what_it_has_and_goes_on(
    path: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "one")
    assert mirror.catch_up() == ""
    before = mirror.copy.read_bytes()
    append(path, "two")
    write = os.write
    room = 10

    def full(descriptor: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = write(descriptor, data[:room])
        room -= count
        return count

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        assert mirror.catch_up() == "the disk there is full"
    assert mirror.copy.read_bytes() == before
    assert mirror.catch_up() == ""
    assert mirror.copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EIO, "the disk there failed"),
        (errno.EROFS, "the disk there is read-only"),
        (errno.ESTALE, os.strerror(errno.ESTALE)),
    ],
)
def test_what_the_system_says_is_told(
    path: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    append(path, "one")
    with monkeypatch.context() as patched:

        def failing(_: int) -> None:
            raise OSError(number, os.strerror(number))

        patched.setattr(durable, "sync", failing)
        assert mirror.catch_up() == told
    assert mirror.catch_up() == ""


@POSIX
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to_is_told(path: Path, stick: Path, mirror: Mirror, append: Append) -> None:
    append(path, "one")
    stick.chmod(0o500)
    try:
        assert mirror.catch_up() == "you may not write there"
    finally:
        stick.chmod(0o700)
    assert mirror.catch_up() == ""


def test_a_copy_that_another_program_holds_is_told(
    path: Path, mirror: Mirror, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, "one")
    assert mirror.catch_up() == ""
    append(path, "two")
    monkeypatch.setattr("grcp_cli.store.locks._PATIENCE", 0.05)
    with AppendLock(mirror.copy):
        assert mirror.catch_up() == "another program holds the copy"
    assert mirror.catch_up() == ""


def test_a_record_that_cannot_be_read_is_no_fault_of_the_mirror(path: Path, mirror: Mirror) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DiskError, match="cannot read"):
        mirror.catch_up()


# What may not be a mirror.


@pytest.mark.parametrize("there", [True, False])
def test_the_records_folder_itself_is_refused(path: Path, tmp_path: Path, there: bool) -> None:
    if there:
        path.parent.mkdir()
    for folder in (tmp_path, tmp_path / "trial" / ".."):
        with pytest.raises(MirrorError, match="is the records folder itself") as told:
            Mirror(path, folder)
        assert told.value.exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="links as POSIX has them")
def test_another_name_of_the_records_folder_is_refused(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(MirrorError):
        Mirror(path, tmp_path / "link")
