"""A byte order mark and CRLF in a file of the folder: nothing is lost or forks by them, and they are undone."""

import errno
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import Source
from grcp_cli.store import journal, records
from grcp_cli.store.desk import Desk
from grcp_cli.store.durable import DiskError
from grcp_cli.store.incoming import look
from grcp_cli.store.mending import mend
from grcp_cli.store.merging import Plan
from grcp_cli.store.steps import WRITES, act

BOM = b"\xef\xbb\xbf"
Sit = Callable[..., Desk]


def saved_elsewhere(data: bytes) -> bytes:
    """Bytes as an editor on Windows may leave them."""
    return BOM + data.replace(b"\n", b"\r\n")


def merge(folder: Path, meeting: Meeting, *paths: Path) -> list[str]:
    steps = Plan(folder, meeting, rehearsal=False).take_all(look(paths).files)
    assert all(act(step) for step in steps if step.what in WRITES)
    return [step.what for step in steps]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Where a sound copy comes from."""
    (tmp_path / "sent").mkdir()
    return tmp_path / "sent" / "plenary.toml"


def test_writing_goes_on_behind_a_mark_and_it_is_told(sit: Sit, path: Path) -> None:
    sit().say("first")
    path.write_bytes(saved_elsewhere(path.read_bytes()))
    seated = sit()
    assert seated.say("second").entries[0].n == 2  # type: ignore[union-attr]
    assert sit().note("third", lambda line: line).entries[0].n == 3  # type: ignore[union-attr]
    seated.catch_up()
    loaded = records.load(path.parent, "trial")
    assert [each.text for each in loaded.record.statements("plenary")] == ["first", "second", "third"]
    assert len(seated.entries) == 3
    assert [("repair" in each) for each in loaded.journals[Source("plenary")].faults] == [True]
    assert loaded.journals[Source("plenary")].edited == []


def test_a_mark_is_taken_out_and_the_file_as_it_was_is_kept(
    sit: Sit, path: Path, sound: Callable[[Path], journal.Journal]
) -> None:
    seated = sit()
    for text in ("first", "deuxième — 第二 🧭"):
        seated.say(text)
    whole = path.read_bytes()
    path.write_bytes(saved_elsewhere(whole))
    seated.catch_up()
    assert mend(path)
    assert path.read_bytes() == whole
    assert path.with_name("plenary.toml.before").read_bytes() == saved_elsewhere(whole)
    assert len(sound(path).entries) == 2
    assert not mend(path)
    # Whoever sits there sees the same, once, and goes on.
    assert seated.say("third").entries[0].n == 3  # type: ignore[union-attr]
    seated.catch_up()
    assert [each.text for each in seated.record.statements("plenary")] == ["first", "deuxième — 第二 🧭", "third"]


def test_what_is_there_already_is_no_news_when_the_file_is_replaced(sit: Sit, path: Path) -> None:
    for text in ("first", "second"):
        sit().say(text)
    seated = sit()
    assert [entry.text for _, entry in seated.news()] == ["first", "second"]
    path.write_bytes(saved_elsewhere(path.read_bytes()))
    assert seated.news() == []
    assert mend(path)
    sit().say("third")
    assert [entry.text for _, entry in seated.news()] == ["third"]
    assert [each.text for each in seated.entries] == ["first", "second", "third"]
    assert seated.walk.floor == sit().walk.floor


def test_lines_that_end_in_crlf_alone_are_whole_and_stay(sit: Sit, path: Path) -> None:
    sit().say("first")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert not mend(path)
    assert path.read_bytes() == before
    sit().say("second")
    assert path.read_bytes().startswith(before)
    read = journal.read(path)
    assert ([each.n for each in read.entries], read.edited, read.faults) == ([1, 2], [], [])
    assert len(tomllib.loads(path.read_bytes().decode())["entry"]) == 2


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("here_has_more", [False, True])
def test_a_sound_copy_that_comes_mends_what_is_here(
    sit: Sit, path: Path, sent: Path, meeting: Meeting, more: bool, here_has_more: bool
) -> None:
    sit().say("first")
    sent.write_bytes(path.read_bytes())
    marked = saved_elsewhere(path.read_bytes())
    path.write_bytes(marked)
    expected = sent.read_bytes()
    if more:
        sit("", sent.parent).say("second")
        expected = sent.read_bytes()
    elif here_has_more:
        sit().say("second")
        marked = path.read_bytes()
        expected = marked.removeprefix(BOM).replace(b"\r\n", b"\n")
    assert merge(path.parent, meeting, sent) == ["mends"]
    assert path.read_bytes() == expected
    assert path.with_name("plenary.toml.before").read_bytes() == marked
    assert merge(path.parent, meeting, sent) == ["older copy" if here_has_more and not more else "same"]
    assert merge(path.parent, meeting, path.parent) == ["same"]


def test_a_torn_end_stays_with_a_copy_and_is_set_aside_by_a_longer_one(
    sit: Sit, path: Path, sent: Path, meeting: Meeting
) -> None:
    sit().say("first")
    whole = path.read_bytes()
    sent.write_bytes(whole)
    path.write_bytes(BOM + whole + b'[[entry]]\nid = "half')
    assert merge(path.parent, meeting, sent) == ["mends"]
    assert path.read_bytes() == whole + b'[[entry]]\nid = "half'
    path.write_bytes(BOM + whole + b'[[entry]]\nid = "half')
    sit("", sent.parent).say("second")
    assert merge(path.parent, meeting, sent) == ["mends"]
    assert path.read_bytes() == sent.read_bytes()
    assert path.with_name("plenary.toml.before").read_bytes().count(b'id = "half\n') == 2


@pytest.mark.parametrize("room", [0, 40, 400, 900])
def test_a_full_disk_leaves_the_mark_and_all_that_is_behind_it(
    sit: Sit, path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    for text in ("first", "second", "third"):
        sit().say(text)
    marked = saved_elsewhere(path.read_bytes())
    path.write_bytes(marked)
    write, left = os.write, [room]

    def full(descriptor: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = write(descriptor, data[: left[0]])
        left[0] -= count
        return count

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(DiskError):
            mend(path)
    assert path.read_bytes() == marked
    assert mend(path)
    assert not journal.read(path).faults


def test_what_a_first_append_left_behind_a_mark_is_set_aside(sit: Sit, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(BOM + b"# Append-only. Written by grcp; every bl")
    assert sit().say("first").entries[0].n == 1  # type: ignore[union-attr]
    assert not journal.read(path).faults
