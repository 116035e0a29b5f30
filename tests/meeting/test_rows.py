"""Rows that follow the record are what rows read from it anew would be."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import Source
from grcp_cli.meeting.record import Record
from grcp_cli.meeting.rows import Change, Rows, changes, row, rows

LUNCH = "working-lunch"
SEATS = [(LUNCH, "africa"), (LUNCH, "asia"), ("session-4", "")]
LINES = st.sampled_from(
    [
        *["Meet once a year", "Share a roster", "lesson: one", "r:", "lesson:", "… more", "s/a/o/", "/undo", "/redo"],
        *["/undo", "/amend africa:1 other words", "/amend asia:1 yet others", "/strike africa1", "/restore africa1"],
        *["/strike asia:1", "/ok africa1", "/no asia1", "/set africa:1 lesson:", "/set africa:1 rec:", "/set 1 /2"],
        *["/+africa1 col", "/star africa1", "/confirm asia1", "/owner africa:1 col", "/join africa1 asia1: Together"],
        *["/split common1", "/start", "/next", "/off hush", "/q igad", "/f", "first\nsecond"],
    ]
)
STEPS = st.lists(st.tuples(st.integers(0, 2), LINES, st.integers(0, 90)), min_size=3, max_size=25)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, data=st.data())
def test_rows_that_follow_are_those_read_anew(new_room: Any, steps: list[Any], data: st.DataObject) -> None:
    room = new_room()
    seats = [room.desk(session, desk, desk) for session, desk in SEATS]
    known = Rows(rows(room.record, LUNCH))
    for seat, line, seconds in steps:
        came = seats[seat].type(line)
        room.wait(seconds)
        known.take(changes(room.record, LUNCH, came))
        fresh = rows(room.record, LUNCH)
        assert known.listed == fresh
        for each in fresh:
            assert known.get(each.stated.entry.id) == each
    # And as somebody sees it who reads the files later, in pieces, the desks after one another.
    record, late = Record(), Rows()
    left = {source: list(entries) for source, entries in room.record.files.items()}
    while any(left.values()):
        source = data.draw(st.sampled_from([source for source, entries in left.items() if entries]))
        count = data.draw(st.integers(1, len(left[source])))
        came, left[source] = left[source][:count], left[source][count:]
        record.add(source, came)
        late.take(changes(record, LUNCH, came))
        assert late.listed == rows(record, LUNCH)
    assert late.listed == known.listed


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_rows_stand_in_the_records_order_each_once(new_room: Any, steps: list[Any]) -> None:
    room = new_room()
    seats = [room.desk(session, desk, desk) for session, desk in SEATS]
    for seat, line, seconds in steps:
        seats[seat].type(line)
        room.wait(seconds)
    found = rows(room.record, LUNCH)
    assert all(before.key < after.key for before, after in pairwise(found))
    assert {each.stated.source.session for each in found} <= {LUNCH}
    assert all((each.label is not None) == (each.stated.kind == "recommendation") for each in found)


def test_what_changes_nothing_seen_changes_no_row(desk: Any) -> None:
    wrote = [desk.says("/start"), desk.says("/next"), desk.says("/q igad")]
    assert changes(desk.room.record, "session-2", wrote) == []


def test_each_row_changes_once(desk: Any) -> None:
    wrote = [desk.says("one"), desk.says("/star 1"), desk.says("/amend 1 other")]
    (change,) = changes(desk.room.record, "session-2", wrote)
    assert (change.id, change.row.stated.text) == (wrote[0].id, "other")
    assert changes(desk.room.record, "session-1", wrote) == []


def test_a_row_undone_is_taken_out_and_comes_back_in_its_place(desk: Any) -> None:
    first, second = desk.says("one"), desk.says("two")
    known = Rows(rows(desk.room.record, "session-2"))
    known.take(changes(desk.room.record, "session-2", [desk.says("/undo")]))
    assert [each.stated.text for each in known.listed] == ["one"]
    assert known.get(second.id) is None
    known.take(changes(desk.room.record, "session-2", [desk.says("/redo")]))
    assert [each.stated.text for each in known.listed] == ["one", "two"]
    assert known.get(first.id) == known.listed[0]


def test_what_is_no_captured_entry_is_no_row(desk: Any) -> None:
    started = desk.says("/start")
    assert row(desk.room.record, started.id) is None
    assert row(desk.room.record, "nowhere") is None
    known = Rows()
    known.take([Change("nowhere", None)])
    assert known.listed == []


def test_a_struck_row_stays(desk: Any) -> None:
    entry = desk.says("one")
    desk.says("/strike 1")
    (found,) = rows(desk.room.record, "session-2")
    assert (found.stated.entry.id, found.stated.struck) == (entry.id, True)
    assert found.stated.source == Source("session-2")
