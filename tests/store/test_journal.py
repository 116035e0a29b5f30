"""The session file: what was sealed is read back whatever happened behind it, and what was changed is told."""

import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import Draft, Entry
from grcp_cli.store import blocks, journal
from grcp_cli.store.journal import Follower, Held, Journal, RecordFault

Append = Callable[..., Entry]
Written = Callable[[list[str]], bytes]
Seals = Callable[[bytes], list[tuple[str, str]]]
Sound = Callable[[Path], Journal]
Starts = Callable[[bytes], list[int]]

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def spoken(entries: list[Entry]) -> list[str]:
    return [entry.text for entry in entries]


# Written and read.


def test_what_is_appended_is_read_back(path: Path, append: Append, odd: list[str], sound: Sound) -> None:
    entries = [append(path, text) for text in odd]
    assert sound(path).entries == entries
    assert sound(path).header == {"format": 1, "meeting": "trial", "session": "plenary"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(texts, min_size=1, max_size=4))
def test_any_texts_come_back(path: Path, append: Append, sound: Sound, typed: list[str]) -> None:
    path.unlink(missing_ok=True)
    for text in typed:
        append(path, text)
    assert spoken(sound(path).entries) == typed


def test_acts_take_no_number(path: Path, append: Append) -> None:
    append(path, "one")
    append(path, "", kind="pause", boot="b", ticks=1.5)
    append(path, "", kind="strike", target="x")
    append(path, "two", kind="recommendation")
    assert [entry.n for entry in journal.read(path).entries] == [1, 1, 1, 2]


def test_kinds_and_keys_of_a_later_version_are_kept(path: Path, append: Append, seals: Seals) -> None:
    append(path, "one", kind="forecast", mood="calm", since=3)
    append(path, "two")
    read = journal.read(path)
    assert read.entries[0].kind == "forecast"
    assert read.entries[0].fields == {"text": "one", "mood": "calm", "since": 3}
    assert (read.edited, read.faults) == ([], [])
    assert all(carried == should for carried, should in seals(path.read_bytes()))


def test_several_in_one_hold(path: Path, header: bytes, machine: journal.Any, sound: Sound) -> None:
    with Held(path, header) as held:
        for number in range(5):
            held.append(Draft("note", {"text": f"{number}"}), machine.now(), f"id-{number}")
    assert spoken(sound(path).entries) == ["0", "1", "2", "3", "4"]


def test_a_text_of_a_mebibyte_between_others(path: Path, append: Append, sound: Sound) -> None:
    long = ("[[entry]]" * 8 + '\nseal = "0123456789ab"\n') * 11000
    typed = ["before", long[: 1024 * 1024], "between", long[3 : 1024 * 1024], "after"]
    for text in typed:
        append(path, text)
    assert spoken(sound(path).entries) == typed


# Cut short.


def test_every_prefix_gives_what_was_sealed_before_the_cut(
    path: Path, written: Written, starts: Starts, odd: list[str]
) -> None:
    data = written(odd)
    begin = [*starts(data), len(data)]
    assert len(begin) == len(odd) + 1
    # A block is whole with its seal line; the line's own end and the empty line behind it may be missing.
    ends = [data.rindex(b'"\n', 0, start) + 1 for start in begin[1:]]
    put(path, b"")
    for cut in range(len(data) + 1):
        put(path, data[:cut])
        read = journal.read(path)
        whole = sum(end <= cut for end in ends)
        assert spoken(read.entries) == odd[:whole], cut
        assert (read.edited, read.faults) == ([], []), cut
        kept = begin[whole] if whole else 0
        assert read.torn == data[kept:cut].strip(blocks.BLANK), cut


def test_after_every_prefix_the_next_append_goes_on(
    path: Path, append: Append, written: Written, sound: Sound, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two thousand appends: what fsync does is tested elsewhere.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    typed = ["first [[entry]]", 'seal = "0123456789ab"\n移徙 \x00']
    data = written(typed)
    torn_aside = path.with_name("plenary.toml.torn")
    for cut in range(len(data) + 1):
        put(path, data[:cut])
        before = journal.read(path)
        added = append(path, "and on")
        after = sound(path)
        assert after.entries == [*before.entries, added], cut
        left = torn_aside.read_bytes() if torn_aside.exists() else b""
        assert left.strip(blocks.BLANK) == before.torn, cut
        torn_aside.unlink(missing_ok=True)


@pytest.mark.parametrize("cut", [1, 20, 21, 22, 23, 24, 30, 64 * 1024, 512 * 1024, 1024 * 1024])
def test_a_long_text_cut_short(path: Path, append: Append, sound: Sound, cut: int) -> None:
    append(path, "before")
    append(path, "[[entry]]" * 116508)
    data = path.read_bytes()
    put(path, data[:-cut])
    before = journal.read(path)
    assert spoken(before.entries)[:1] == ["before"]
    assert len(before.entries) == (2 if cut < 3 else 1)
    append(path, "after")
    assert spoken(sound(path).entries) == [*spoken(before.entries), "after"]
    aside = path.with_name("plenary.toml.torn")
    assert (aside.read_bytes().strip() if aside.exists() else b"") == before.torn


def test_two_torn_appends_are_both_set_aside(path: Path, append: Append, sound: Sound) -> None:
    for torn in (b"[[entry]]\nid = ", b'[[entry]]\nid = "2"\ntext = "half'):
        append(path, "whole")
        with path.open("ab") as file:
            file.write(torn)
    append(path, "whole")
    assert len(sound(path).entries) == 3
    assert path.with_name("plenary.toml.torn").read_bytes() == (
        b'[[entry]]\nid = \n[[entry]]\nid = "2"\ntext = "half\n'
    )


def test_zeros_left_by_a_crash_of_the_system_are_set_aside(path: Path, append: Append, sound: Sound) -> None:
    put(path, b"\0" * 300)
    append(path, "one")
    with path.open("ab") as file:
        file.write(b"\0" * 5000)
    assert spoken(journal.read(path).entries) == ["one"]
    append(path, "two")
    assert spoken(sound(path).entries) == ["one", "two"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_file_without_a_block_is_never_taken_for_a_torn_one(
    path: Path, append: Append, written: Written, encoding: str
) -> None:
    data = written(["saved", "by", "another program"]).decode().encode(encoding)
    put(path, data)
    assert any("another encoding" in fault for fault in journal.read(path).faults)
    with pytest.raises(RecordFault, match="another encoding"):
        append(path, "more")
    assert path.read_bytes() == data
    assert not path.with_name("plenary.toml.torn").exists()


# Followed.


def test_a_follower_sees_each_entry_once(path: Path, append: Append) -> None:
    follower = Follower(path)
    assert follower.poll() == ([], False)
    seen = []
    for number in range(10):
        added = [append(path, f"{number}-{each}") for each in range(number % 3)]
        new, replaced = follower.poll()
        assert (new, replaced) == (added, False)
        seen += new
    assert seen == follower.entries == journal.read(path).entries


def test_a_follower_waits_for_the_seal(path: Path, written: Written, odd: list[str]) -> None:
    data = written(odd)
    put(path, b"")
    follower, seen = Follower(path), []
    with path.open("ab", buffering=0) as file:
        for at in range(0, len(data), 7):
            file.write(data[at : at + 7])
            new, replaced = follower.poll()
            assert not replaced
            seen += new
    assert spoken(seen) == odd


def test_a_follower_passes_over_what_was_torn(path: Path, append: Append) -> None:
    append(path, "one")
    follower = Follower(path)
    follower.poll()
    with path.open("ab") as file:
        file.write(b"[[entry]]\nid = ")
    assert follower.poll() == ([], False)
    assert follower.journal.torn == b"[[entry]]\nid ="
    two = append(path, "two")
    assert follower.poll() == ([two], False)
    assert follower.journal.torn == b""


@pytest.mark.parametrize("renamed", [True, False])
@pytest.mark.parametrize("other", [["other"], ["seen", "but", "longer", "than it was"], ["same"]])
def test_a_replaced_file_is_seen_as_one(path: Path, written: Written, renamed: bool, other: list[str]) -> None:
    put(path, written(["seen"]))
    follower = Follower(path)
    assert spoken(follower.poll()[0]) == ["seen"]
    if renamed:
        beside = path.with_name("beside")
        beside.write_bytes(written(other))
        beside.replace(path)
    else:
        put(path, written(other))
    new, replaced = follower.poll()
    assert (spoken(new), replaced) == (other, True)
    assert follower.poll() == ([], False)


def test_an_append_taken_back_leaves_no_ghost(path: Path, append: Append) -> None:
    one = append(path, "one")
    short = path.read_bytes()
    append(path, "ghost")
    follower = Follower(path)
    follower.poll()
    put(path, short)
    real = append(path, "real!")
    new, replaced = follower.poll()
    assert (new, replaced) == ([one, real], True)


def test_a_file_gone_and_come_back(path: Path, append: Append) -> None:
    one = append(path, "one")
    follower = Follower(path)
    follower.poll()
    away = path.with_name("away")
    path.rename(away)
    assert follower.poll() == ([], False)
    assert follower.entries == [one]
    away.rename(path)
    two = append(path, "two")
    assert follower.poll() == ([two], False)


# The tail.


def test_the_tail_tells_what_the_whole_tells(path: Path, append: Append, header: bytes) -> None:
    chance = random.Random(5)
    for _ in range(40):
        append(path, "x" * chance.choice([3, 300, 30_000, 70_000]), kind=chance.choice(["note", "pause"]))
        with Held(path, header) as held:
            tail = held.tail
        whole = journal.read(path).entries
        newest_first = list(tail.backward())
        assert newest_first == whole[::-1][: len(newest_first)]
        assert tail.n == whole[-1].n
        assert tail.whole == path.stat().st_size
        assert tail.complete == (len(newest_first) == len(whole))


def test_a_file_given_another_header_is_not_its_own(path: Path, append: Append, header: bytes) -> None:
    with Held(path, header) as held:
        assert held.own
    append(path, "one")
    with Held(path, header) as held:
        assert held.own
    with Held(path, blocks.header("another", "plenary", "")) as held:
        assert not held.own


def test_reading_takes_nothing_and_leaves_nothing(path: Path, append: Append) -> None:
    append(path, "one")
    with path.open("ab") as file:
        file.write(b"[[entry]]\nid = ")
    path.with_name("plenary.toml.lock").unlink()
    before = path.read_bytes(), path.stat().st_mtime_ns
    journal.read(path)
    Follower(path).poll()
    assert sorted(each.name for each in path.parent.iterdir()) == ["plenary.toml"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_an_instant_is_kept_to_the_millisecond(path: Path, header: bytes, machine: journal.Any) -> None:
    at = machine.now() + timedelta(milliseconds=7)
    with Held(path, header) as held:
        added = held.append(Draft("note", {"text": "x"}), at, "id")
    assert added.at == at == journal.read(path).entries[0].at
    assert b"at = 2019-04-05T10:45:00.007+02:00\n" in path.read_bytes()
