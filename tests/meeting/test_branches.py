"""Branches of one desk's file: the record is the tree of their blocks, whichever file holds which."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from grcp_cli.meeting import corrections, leading, references
from grcp_cli.meeting.decision import Refuse
from grcp_cli.meeting.entry import Entry, Source
from grcp_cli.meeting.labels import Label, home, printed
from grcp_cli.meeting.record import Record

LUNCH = "working-lunch"
AT = datetime(2019, 4, 5, 10, 10, tzinfo=UTC)
AFRICA = Source(LUNCH, "africa")


def chain(*made: tuple[str, str, dict[str, Any]], n: int = 0, at: int = 0) -> list[Entry]:
    """Entries behind each other: id (which is its seal too), kind, fields."""
    entries = []
    for seconds, (entry_id, kind, fields) in enumerate(made, at):
        captured = Entry(entry_id, AT, 0, kind, {}).captured
        n += captured
        entries.append(Entry(entry_id, AT + timedelta(seconds=seconds), n, kind, fields, entry_id))
    return entries


def rec(entry_id: str) -> tuple[str, str, dict[str, Any]]:
    return entry_id, "recommendation", {"text": entry_id, "group": "africa", "question": "q1"}


SHARED = chain(rec("a1"), rec("a2"))
LEFT = [*SHARED, *chain(rec("b1"), n=2, at=10)]
RIGHT = [*SHARED, *chain(rec("c1"), rec("c2"), n=2, at=5)]


def read(*files: list[Entry]) -> Record:
    record = Record()
    for number, entries in enumerate(files):
        record.add(AFRICA if not number else AFRICA._replace(branch=f"{number:012}"), entries)
    return record


def test_what_is_shared_counts_once_and_each_file_is_whole() -> None:
    for files in permutations([LEFT, RIGHT, SHARED]):
        record = read(*files)
        assert [each.entry.id for each in record.statements(LUNCH)] == ["a1", "a2", "c1", "c2", "b1"]
        assert {source.branch: len(path) for source, path in record.files.items()} == {"b1": 3, "c1": 4}
        assert record.home(AFRICA).branch == ("" if files[0] is SHARED else files[0][2].id)


def test_numbers_of_ones_own_branch_are_bare_and_others_are_asked_for(room: Any) -> None:
    record = read(LEFT, RIGHT)
    own = AFRICA._replace(branch="b1")
    assert [record.find(each, own) for each in ("1", "3", "africa~c1:3", "africa~c1:4", "africa:4", "4")] == [
        "a1",
        "b1",
        "c1",
        "c2",
        "c2",
        None,
    ]
    asia = Source(LUNCH, "asia")
    assert references.meant("africa:3", record, asia) == ["b1", "c1"]
    assert references.meant("africa3", record, asia) == ["b1", "c1"]
    assert references.meant("africa3", record, own) == ["b1"]
    assert references.meant("africa3~c1", record, own) == ["c1"]
    assert references.meant("africa1", record, asia) == ["a1"]
    assert references.named("c1", record, room.meeting, own) == "africa~c1:3"
    desk = room.desk(LUNCH, "asia", "asia")
    room.record = record
    refused = desk.refused("/ok africa3")
    assert refused == Refuse("africa3 means 2 entries", "say which: africa~b1:3 or africa~c1:3", 5)
    assert desk.says("/ok africa3~c1").target == "c1"
    assert corrections._printed("Africa 3~c1", desk.sight()) == "c1"


def test_undone_only_where_every_branch_that_says_anything_says_so() -> None:
    def undo(entry_id: str, kind: str, target: str) -> tuple[str, str, dict[str, Any]]:
        return entry_id, kind, {"target": target}

    undone = [*LEFT, *chain(undo("u", "undo", "a1"), n=3, at=20)]
    redone = [*RIGHT, *chain(undo("v", "undo", "a1"), undo("w", "redo", "a1"), n=4, at=20)]
    for files in permutations([undone, RIGHT]):
        assert read(*files).undone("a1")
    for files in permutations([undone, redone]):
        assert not read(*files).undone("a1")
    both = [*SHARED, *chain(undo("x", "undo", "a1"), n=2, at=5)]
    again = [*both, *chain(undo("y", "redo", "a1"), n=2, at=6)]
    for files in permutations([again, [*both, *chain(rec("z"), n=2, at=7)]]):
        assert not read(*files).undone("a1")


def test_the_lead_is_the_branch_whose_clock_was_kept() -> None:
    begun = chain(("s", "start", {"ticks": 1.0, "boot": "b"}))
    kept = [*begun, *chain(("k", "pause", {}), ("e", "end", {}), at=9)]
    noted = [*begun, *chain(rec("a"), at=5)]
    for files in permutations([kept, noted]):
        assert leading.lead(read(*files), LUNCH) == AFRICA._replace(branch="k")


def test_keys_that_grow_piece_by_piece_make_the_same_record() -> None:
    record = Record()
    branched = [
        record.add(source, entries[at : at + 1])
        for at in range(4)
        for source, entries in ((AFRICA, LEFT), (AFRICA._replace(branch="f" * 12), RIGHT))
    ]
    assert any(branched)
    whole = read(RIGHT, LEFT)
    assert record.segments == whole.segments
    assert record.statements(LUNCH) == whole.statements(LUNCH)
    assert record.labelled() == whole.labelled()


@pytest.mark.parametrize(
    ("label", "session", "shown"),
    [
        (Label("africa", 1), LUNCH, "Africa 1"),
        (Label("africa", 1), "session-4", "Africa 1 (Session 4)"),
        (Label("common", 1), "session-4", "Common 1"),
        (Label("common", 1), "session-3", "Common 1 (Session 3)"),
        (Label("session-2", 4), "session-2", "Session 2.4"),
        (Label("africa", 3, "", "9f2c41d07a3b"), LUNCH, "Africa 3~9f2c"),
        (Label("africa", 3, "two", "9f2c41d07a3b"), "session-4", "Africa 3~9f2c (Session 4, two)"),
        (Label("europe", 1, "common"), "session-4", "Europe and the former Soviet Union 1 (Session 4, common)"),
    ],
)
def test_printed_labels_follow_from_the_agenda_alone(meeting: Any, label: Label, session: str, shown: str) -> None:
    assert printed(label, session, meeting) == shown


def test_where_owners_are_at_home(meeting: Any) -> None:
    assert [home(each, meeting) for each in ("africa", "common", "session-2")] == [LUNCH, "session-4", "session-2"]


def test_a_label_typed_bare_means_what_is_printed_bare(room: Any) -> None:
    lunch, plenary, third = room.desk(LUNCH, "africa", "africa"), room.desk("session-4"), room.desk("session-3")
    first = lunch.says("rec: at the lunch")
    third.says("/join working-lunch/africa:1: in the third")
    joined = plenary.says("/join africa1: in the fourth")
    assert third.refused("/split session-9/common1")
    for desk in (lunch, plenary, third):
        find = room.record.find
        assert find("africa1", desk.source, room.meeting) == first.id
        assert find("common1", desk.source, room.meeting) == joined.id
        assert find("session-4/common1", desk.source, room.meeting) == joined.id
        assert find("session-3/common1", desk.source, room.meeting) not in (joined.id, None)
