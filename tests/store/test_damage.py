"""Session files that were damaged, or changed by hand: what is whole is read, what is not is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import Entry
from grcp_cli.store import journal
from grcp_cli.store.journal import Journal, RecordFault

Append = Callable[..., Entry]
Written = Callable[[list[str]], bytes]
Seals = Callable[[bytes], list[tuple[str, str]]]
Sound = Callable[[Path], Journal]
Starts = Callable[[bytes], list[int]]


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def spoken(entries: list[Entry]) -> list[str]:
    return [entry.text for entry in entries]


# Damaged.


def said(entries: list[Entry]) -> list[Entry]:
    """Entries without what tells that their blocks were changed."""
    return [each._replace(found="") for each in entries]


def test_any_flipped_bit_is_told_and_costs_no_other_block(path: Path, written: Written, starts: Starts) -> None:
    typed = ["first", 'two\n[[entry]] "q"', "移徙", "last"]
    data = written(typed)
    begin = [*starts(data), len(data)]
    put(path, data)
    entries = journal.read(path).entries
    for place in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[place] ^= 1 << bit
            put(path, bytes(flipped))
            read = journal.read(path)
            where = f"byte {place} bit {bit}: {flipped[max(0, place - 20) : place + 20]!r}"
            assert read.edited or read.faults or read.torn, where
            # The block that holds the byte, or whose mark stands right behind it.
            hit = {at for at in range(4) if begin[at] - 1 <= place < begin[at + 1]}
            kept = said(read.entries)
            for at, entry in enumerate(entries):
                assert at in hit or entry in kept, f"{where}, block {at}"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_done_to_a_file_reading_and_appending_do_not_fail(
    path: Path, append: Append, written: Written, odd: list[str], data: st.DataObject
) -> None:
    whole = written(odd[:4])
    at = data.draw(st.integers(0, len(whole)))
    to = data.draw(st.integers(at, min(len(whole), at + 200)))
    put(path, whole[:at] + data.draw(st.binary(max_size=30)) + whole[to:])
    before = journal.read(path)
    try:
        added = append(path, "and on")
    except RecordFault:
        assert not before.entries
    else:
        after = journal.read(path)
        assert after.entries == [*before.entries, added]
        assert after.torn == b""
    finally:
        path.with_name("plenary.toml.torn").unlink(missing_ok=True)


# Changed by hand.


@pytest.fixture
def four(path: Path, append: Append) -> list[Entry]:
    return [append(path, text) for text in ("one", "two", "three", "four")]


def change(path: Path, old: str, new: str) -> Journal:
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())
    return journal.read(path)


def edited(read: Journal) -> list[str]:
    return [each.id for each in read.edited]


def lines_of(path: Path, entry: Entry) -> str:
    """A block as it stands in its file, its empty line included."""
    text = path.read_bytes().decode()
    start = text.index(f'[[entry]]\nid = "{entry.id}"')
    end = text.find("\n[[entry]]", start) + 1
    return text[start : end or len(text)]


def test_a_changed_text_is_read_and_told(path: Path, four: list[Entry]) -> None:
    read = change(path, '"two"', '"two, as it was meant"')
    assert spoken(read.entries) == ["one", "two, as it was meant", "three", "four"]
    assert edited(read) == [four[1].id]


def test_a_text_put_in_as_several_lines(path: Path, four: list[Entry]) -> None:
    by_hand = '"""\nfirst line\nseal = "0123456789ab"\n\nlast line"""'
    read = change(path, '"two"', by_hand)
    assert spoken(read.entries) == ["one", 'first line\nseal = "0123456789ab"\n\nlast line', "three", "four"]
    assert edited(read) == [four[1].id]


def test_a_removed_block_is_told_where_it_was(path: Path, four: list[Entry]) -> None:
    read = change(path, lines_of(path, four[1]), "")
    assert spoken(read.entries) == ["one", "three", "four"]
    assert edited(read) == [four[2].id]


def test_a_removed_first_block(path: Path, four: list[Entry]) -> None:
    read = change(path, lines_of(path, four[0]), "")
    assert spoken(read.entries) == ["two", "three", "four"]
    assert edited(read) == [four[1].id]


def test_a_doubled_block_is_told_once(path: Path, four: list[Entry]) -> None:
    block = lines_of(path, four[1])
    read = change(path, block, block + block)
    assert spoken(read.entries) == ["one", "two", "two", "three", "four"]
    assert edited(read) == [four[1].id]


def test_blocks_in_another_order(path: Path, four: list[Entry]) -> None:
    two, three = lines_of(path, four[1]), lines_of(path, four[2])
    read = change(path, two + three, three + two)
    assert spoken(read.entries) == ["one", "three", "two", "four"]
    assert edited(read) == [four[2].id, four[1].id, four[3].id]


def test_a_changed_header_is_told_with_the_first_block(path: Path, four: list[Entry]) -> None:
    read = change(path, 'session = "plenary"', 'session = "plenary" # ours')
    assert spoken(read.entries) == ["one", "two", "three", "four"]
    assert edited(read) == [four[0].id]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1", "format = 2", "has format 2, this version reads 1"),
        ("format = 1\n", "", "has format missing"),
        ("format = 1", "format is 1", "has a header that is not TOML"),
    ],
)
def test_a_header_that_is_none_is_told_and_all_is_read(
    path: Path, four: list[Entry], old: str, new: str, told: str
) -> None:
    read = change(path, old, new)
    assert len(read.entries) == len(four)
    assert any(told in fault for fault in read.faults)


def test_a_removed_seal_line_is_told_and_the_chain_holds(path: Path, four: list[Entry]) -> None:
    block = lines_of(path, four[1])
    line = block[block.index('seal = "') :]
    read = change(path, line, "\n")
    assert spoken(read.entries) == ["one", "two", "three", "four"]
    assert edited(read) == [four[1].id]


def test_a_last_block_without_its_seal_line_is_torn(path: Path, four: list[Entry], append: Append) -> None:
    block = lines_of(path, four[3])
    read = change(path, block[block.index('seal = "') :], "")
    assert spoken(read.entries) == ["one", "two", "three"]
    assert b"four" in read.torn
    append(path, "five")
    assert [entry.n for entry in journal.read(path).entries] == [1, 2, 3, 4]
    assert b"four" in path.with_name("plenary.toml.torn").read_bytes()


def test_a_remark_between_blocks_is_told(path: Path, four: list[Entry]) -> None:
    block = lines_of(path, four[1])
    read = change(path, block, block + "# read by the secretariat\n\n")
    assert spoken(read.entries) == ["one", "two", "three", "four"]
    assert edited(read) == [four[1].id]


def test_two_blocks_that_are_no_toml_are_told_each(path: Path, four: list[Entry]) -> None:
    change(path, '"two"', '"two')
    read = change(path, '"three"', '"three')
    assert spoken(read.entries) == ["one", "four"]
    assert edited(read) == ["block-2", "block-3"]
    assert [fault.split(":")[0] for fault in read.faults] == ["block 2 is not TOML", "block 3 is not TOML"]
    assert len(four) == 4


@pytest.mark.parametrize("which", [1, 3])
def test_a_damaged_mark_costs_neither_block(path: Path, four: list[Entry], append: Append, which: int) -> None:
    mark = f'[[entry]]\nid = "{four[which].id}"'
    read = change(path, mark, mark.replace("entry", "entyr"))
    assert said(read.entries) == four
    assert edited(read) == [four[which].id]
    assert read.faults == [f"block {which + 1} lacks its [[entry]]"]
    added = append(path, "five")
    assert added.n == 5
    assert said(journal.read(path).entries) == [*four, added]


def test_a_number_taken_out_of_the_last_block_is_made_good(path: Path, four: list[Entry], append: Append) -> None:
    block = lines_of(path, four[3])
    change(path, block, block.replace("n = 4\n", ""))
    added = append(path, "five")
    assert added.n > 3
    assert spoken(journal.read(path).entries) == ["one", "two", "three", "four", "five"]


def test_line_ends_of_another_system_do_no_harm(path: Path, four: list[Entry], append: Append, sound: Sound) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert journal.read(path).entries == four
    added = append(path, "five")
    assert sound(path).entries == [*four, added]


def test_a_byte_order_mark_is_told_and_all_is_read(path: Path, four: list[Entry], append: Append) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    added = append(path, "five")
    read = journal.read(path)
    assert read.entries == [*four, added]
    assert read.edited == []
    assert read.faults == [
        "begins with a byte order mark, which another program put there; grcp record repair takes it out"
    ]
    assert read.header["meeting"] == "trial"


def test_an_accepted_change_is_told_no_more(path: Path, four: list[Entry], append: Append) -> None:
    read = change(path, '"two"', '"two, as it was meant"')
    (told,) = read.edited
    append(path, "", kind="accept", target=told.id, found=told.found)
    assert journal.read(path).edited == []
    again = change(path, "as it was meant", "as it was not meant")
    assert edited(again) == [four[1].id]
    assert again.edited[0].found != told.found


def test_what_is_accepted_elsewhere_is_another_matter(path: Path, four: list[Entry], append: Append) -> None:
    read = change(path, '"two"', '"2"')
    append(path, "", kind="accept", target=four[0].id, found=read.edited[0].found)
    append(path, "", kind="accept", target=four[1].id, found="0" * 12)
    assert edited(journal.read(path)) == [four[1].id]
