"""Several desks' files become one record, whatever the order they are read in."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import Draft, Entry, Source
from grcp_cli.meeting.labels import Label
from grcp_cli.meeting.record import Record, Statement

LUNCH = "working-lunch"
SESSIONS = (LUNCH, "session-4")


class Table:
    """A desk whose machine has seen no more of the other files than it was last carried."""

    def __init__(self, new_room: Any, session: str, desk: str, skew: float) -> None:
        self.room = new_room(f"{session}-{desk}")
        self.room.wait(skew)
        self.desk = self.room.desk(session, desk, desk)

    def carry(self, source: Source, entries: list[Entry]) -> None:
        """Gets what is new of another file."""
        seen = len(self.room.record.files.get(source, []))
        self.room.record.add(source, entries[seen:])


Said = tuple[int, str, str, int]
"""At which seat, whether something is said or files are carried there, what is said, and seconds until the next."""

SEATS = [(LUNCH, "africa"), (LUNCH, "asia"), ("session-4", "")]
LINES = st.sampled_from(
    [
        *["Meet once a year", "Share a roster", "lesson: one", "r:", "lesson:", "… more", "s/a/o/", "/undo", "/redo"],
        *["/amend africa:1 other words", "/amend asia:1 yet others", f"/amend {LUNCH}/africa:1 from elsewhere"],
        *[
            "/strike africa1",
            "/restore africa1",
            "/strike asia:1",
            "/ok africa1",
            "/br africa1",
            "/ok asia1",
            "/no asia1",
        ],
        *["/set africa:1 rec:", "/set asia:2 rec:", "/set asia:2 lesson:", f"/set {LUNCH}/asia:2 rec:", "/set 1 /2"],
        *["/+africa1 col", "/-africa1 col", "/+asia1 5", "/star africa1", "/confirm asia1", "/owner africa:1 col"],
        *["/join africa1 asia1: Together", "/split common1", "/allow africa:1", "/start", "/next", "/off hush"],
    ]
)
STEP = st.tuples(st.integers(0, 2), st.sampled_from(["say", "say", "say", "carry"]), LINES, st.integers(0, 90))
STEPS = st.lists(STEP, min_size=5, max_size=30)
SKEWS = st.sampled_from([(0.0, 0.0, 0.0), (0.0, -600.0, 600.0), (3600.0, 0.0, -3600.0)])


def played(new_room: Any, steps: list[Said], skews: tuple[float, ...]) -> dict[Source, list[Entry]]:
    """The files of a meeting at whose desks these things were typed, and carried about now and then."""
    tables = [Table(new_room, session, desk, skew) for (session, desk), skew in zip(SEATS, skews, strict=True)]
    for table in tables:
        table.desk.says("rec: The first of all")
    for seat, what, line, seconds in steps:
        table = tables[seat]
        if what == "say":
            table.desk.type(line)
        else:
            for other in tables:
                if other is not table:
                    table.carry(other.desk.source, other.desk.entries)
        for each in tables:
            each.room.wait(seconds)
    return {table.desk.source: list(table.desk.entries) for table in tables}


def shown(record: Record) -> Any:
    """All that a record says, comparable."""
    ids = [entry.id for entries in record.files.values() for entry in entries]
    return (
        [(record.statements(session), record.paragraphs(session), record.clusters(session)) for session in SESSIONS],
        [record.conflicts(session) for session in SESSIONS],
        sorted((entry_id, record.label(entry_id)) for entry_id in ids),
        [
            record.find(reference, Source(LUNCH, "asia"))
            for reference in ("1", "africa:1", "africa1", "asia1", "common1")
        ],
        [list(record.acts(session)) for session in SESSIONS],
    )


def read(files: list[tuple[Source, list[Entry]]]) -> Record:
    record = Record()
    for source, entries in files:
        record.add(source, entries)
    return record


@settings(max_examples=100, deadline=None)
@given(steps=STEPS, skews=SKEWS, data=st.data())
def test_files_read_in_any_order_make_one_record(
    new_room: Any, steps: list[Said], skews: tuple[float, ...], data: st.DataObject
) -> None:
    files = played(new_room, steps, skews)
    first, *others = [shown(read(list(order))) for order in permutations(files.items())]
    assert all(other == first for other in others)
    # And in pieces, as a console that follows growing files reads them.
    record, left = Record(), {source: list(entries) for source, entries in files.items()}
    while any(left.values()):
        source = data.draw(st.sampled_from([source for source, entries in left.items() if entries]))
        count = data.draw(st.integers(1, len(left[source])))
        record.add(source, left[source][:count])
        del left[source][:count]
    assert shown(record) == first


@settings(max_examples=100, deadline=None)
@given(steps=STEPS)
def test_labels_and_numbers_never_change(new_room: Any, steps: list[Said]) -> None:
    """Read as it was written, at every moment of the meeting; the machines' clocks agree."""
    files = played(new_room, steps, (0.0, 0.0, 0.0))
    placed = [(source, position) for source, found in files.items() for position in range(len(found))]
    placed.sort(key=lambda each: (files[each[0]][each[1]].at, each))
    record, labels, numbers = Record(), {}, {}
    for source, position in placed:
        entry = files[source][position]
        record.add(source, [entry])
        for entry_id, label in labels.items():
            assert record.label(entry_id) == label
        for reference, entry_id in numbers.items():
            assert record.find(reference, Source("")) in (entry_id, None)  # None while undone
        if label := record.label(entry.target or entry.id):
            labels[entry.target or entry.id] = label
        if entry.captured:
            numbers[f"{source.session}/{source.desk}:{entry.n}"] = entry.id


# A few desks by hand

AT = datetime(2019, 4, 5, 8, 45, tzinfo=UTC)


class Hand:
    """A file written by hand: entries with ids and instants of one's own."""

    def __init__(self, record: Record, session: str = LUNCH, desk: str = "") -> None:
        self.record = record
        self.source = Source(session, desk)
        self.n = 0

    def write(self, entry_id: str, kind: str, seconds: float = 0, **fields: Any) -> Entry:
        captured = Entry(entry_id, AT, 0, kind, {}).captured
        self.n += captured
        entry = Entry(entry_id, AT + timedelta(seconds=seconds), self.n, kind, fields)
        self.record.add(self.source, [entry])
        return entry


@pytest.fixture
def record() -> Record:
    return Record()


def only(record: Record, session: str = LUNCH) -> Statement:
    (statement,) = record.statements(session)
    return statement


def test_the_order_is_by_the_largest_instant_so_far(record: Record) -> None:
    """A clock stepped back does not turn a file's own order about."""
    asia, africa = Hand(record, desk="asia"), Hand(record, desk="africa")
    asia.write("a1", "note", 100, text="one")
    asia.write("a2", "note", 40, text="two, its clock set back by a minute")
    asia.write("a3", "note", 70, text="three")
    asia.write("a4", "note", 130, text="four")
    africa.write("b1", "note", 100, text="at the same moment as one: the desk decides")
    africa.write("b2", "note", 101, text="after three")
    africa.write("b3", "note", 130, text="as four")
    assert [each.entry.id for each in record.statements(LUNCH)] == ["b1", "a1", "a2", "a3", "b2", "b3", "a4"]


def test_two_who_did_not_see_each_other_conflict_until_a_person_resolves_it(record: Record) -> None:
    africa, asia, plenary = Hand(record, desk="africa"), Hand(record, desk="asia"), Hand(record)
    africa.write("a", "note", text="as written")
    africa.write("b", "amend", 10, target="a", text="by Africa")
    assert record.conflicts(LUNCH) == []
    asia.write("c", "amend", 20, target="a", text="by Asia")
    (conflict,) = record.conflicts(LUNCH)
    assert (conflict.target, conflict.field) == ("a", "text")
    assert conflict.choices == (("b", "by Africa"), ("c", "by Asia"))
    assert only(record).text == "by Asia"
    assert only(record).latest == "c"
    # A third correction, even one that saw them, does not decide between the two.
    plenary.write("d", "amend", 30, target="a", after="c", text="by the plenary")
    assert (len(record.conflicts(LUNCH)), only(record).text) == (1, "by the plenary")
    plenary.write("e", "resolve", 40, target="a", after="d", chosen="b", over=["c"])
    assert (record.conflicts(LUNCH), only(record).text) == ([], "by Africa")
    plenary.write("f", "amend", 50, target="a", after="e", text="at last")
    assert (record.conflicts(LUNCH), only(record).text) == ([], "at last")
    plenary.write("g", "undo", 60, target="f")
    plenary.write("h", "undo", 70, target="e")
    assert (len(record.conflicts(LUNCH)), only(record).text) == (1, "by the plenary")


def test_what_agrees_or_is_about_something_else_is_no_conflict(record: Record) -> None:
    africa, asia = Hand(record, desk="africa"), Hand(record, desk="asia")
    africa.write("a", "note", text="as written")
    africa.write("b", "amend", 10, target="a", text="the same")
    asia.write("c", "amend", 20, target="a", text="the same", new_kind="lesson")
    asia.write("d", "star", 30, target="a")
    africa.write("e", "status", 40, target="a", status="agreed", session=LUNCH)
    asia.write("f", "status", 50, target="a", status="agreed", session="session-4")
    asia.write("g", "support", 60, target="a", who="col")
    africa.write("h", "oppose", 60, target="a", who="bali")
    assert record.conflicts(LUNCH) == []
    stated = only(record)
    assert (stated.text, stated.kind, stated.starred, stated.status) == ("the same", "lesson", True, "agreed")
    assert (stated.support, stated.oppose) == (("col",), ("bali",))


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (("strike", {}), ("restore", {}), "struck"),
        (("status", {"status": "agreed"}), ("status", {"status": "bracketed"}), "status"),
        (("support", {"who": "col"}), ("oppose", {"who": "col"}), "stance col"),
        (("amend", {"new_kind": "lesson"}), ("amend", {"new_kind": "practice"}), "kind"),
        (("amend", {"tags": ["un"]}), ("amend", {"tags": ["igo"]}), "tags"),
        (("amend", {"owner": "col"}), ("amend", {"owner": "bali"}), "owner"),
    ],
)
def test_what_conflicts(record: Record, one: Any, other: Any, field: str) -> None:
    africa, asia = Hand(record, desk="africa"), Hand(record, desk="asia")
    africa.write("a", "note", text="as written")
    africa.write("s", "strike", 1, target="a")
    africa.write("b", one[0], 10, target="a", after="s", **one[1])
    asia.write("c", other[0], 20, target="a", after="s", **other[1])
    assert [(each.field, [entry_id for entry_id, _ in each.choices]) for each in record.conflicts(LUNCH)] == [
        (field, ["b", "c"])
    ]


def test_what_a_writer_had_seen_comes_first_whatever_the_clocks_say(record: Record) -> None:
    africa, asia = Hand(record, desk="africa"), Hand(record, desk="asia")
    africa.write("a", "note", text="as written")
    asia.write("b", "amend", 3600, target="a", text="by Asia, whose clock is an hour fast")
    africa.write("c", "amend", 60, target="a", after="b", text="by Africa, which saw that")
    assert (only(record).text, only(record).latest) == ("by Africa, which saw that", "c")
    asia.write("d", "amend", 3700, target="a", text="by Asia, which did not")
    africa.write("e", "resolve", 90, target="a", after="d", chosen="b", over=["d"])
    assert (record.conflicts(LUNCH), only(record).text) == ([], "by Asia, whose clock is an hour fast")


def test_a_circle_made_by_hand_does_no_harm(record: Record) -> None:
    africa = Hand(record, desk="africa")
    africa.write("a", "note", text="as written")
    africa.write("b", "amend", 1, target="a", after="c", text="one")
    africa.write("c", "amend", 2, target="a", after="b", text="two")
    africa.write("d", "amend", 3, target="a", after="d", text="three")
    africa.write("e", "resolve", 4, target="a", after="d", chosen="e", over=5)
    africa.write("f", "resolve", 5, target="a", chosen="nowhere")
    assert only(record).text == "three"


def test_struck_restored_and_undone(record: Record) -> None:
    africa = Hand(record, desk="africa")
    africa.write("a", "note", text="as written")
    africa.write("b", "strike", 1, target="a")
    assert (only(record).struck, record.newest(africa.source)) == (True, None)
    africa.write("c", "restore", 2, target="a", after="b")
    assert not only(record).struck
    africa.write("d", "undo", 3, target="c")
    assert only(record).struck
    africa.write("e", "redo", 4, target="c")
    assert not only(record).struck
    africa.write("f", "undo", 5, target="a")
    assert record.statements(LUNCH) == []
    assert (record.statement("a"), record.find("1", africa.source)) == (None, None)
    entry = record.entry("a")
    assert entry is not None
    assert entry.text == "as written"


def test_a_correction_may_come_before_what_it_corrects(record: Record) -> None:
    asia, africa = Hand(record, desk="asia"), Hand(record, desk="africa")
    asia.write("b", "amend", 10, target="a", text="by Asia")
    assert record.statements(LUNCH) == []
    africa.write("a", "note", text="as written")
    assert only(record).text == "by Asia"
    assert only(record).amended


def test_labels_by_group_session_and_desk(record: Record) -> None:
    africa, second = Hand(record, desk="africa"), Hand(record, desk="africa-2")
    plenary = Hand(record, "session-4")
    for number in (1, 2):
        africa.write(f"a{number}", "recommendation", number, text="x", group="africa")
        second.write(f"s{number}", "recommendation", number, text="x", group="africa")
        plenary.write(f"p{number}", "recommendation", number, text="x")
    africa.write("n", "note", 5, text="x", group="africa")
    africa.write("b", "amend", 6, target="n", new_kind="recommendation")
    plenary.write("c", "cluster", 7, targets=["a1"], text="x", support=["africa"])
    typed = {
        "africa1": "a1",
        "africa2": "a2",
        "africa3": "n",
        "africa1@africa-2": "s1",
        "session-4.2": "p2",
        "common1": "c",
    }
    for reference, entry_id in typed.items():
        label = record.label(entry_id)
        assert label is not None
        assert label.typed == reference
        for own in (africa.source, plenary.source):
            assert record.find(reference, own) == entry_id
    assert record.label("b") is None


def test_a_label_stays_when_the_entry_becomes_something_else(record: Record) -> None:
    africa, asia = Hand(record, desk="africa"), Hand(record, desk="asia")
    for number in (1, 2, 3):
        africa.write(f"a{number}", "recommendation", number, text="x", group="africa")
    africa.write("b", "amend", 10, target="a1", new_kind="lesson")
    africa.write("c", "undo", 11, target="a2")
    africa.write("d", "strike", 12, target="a3")
    africa.write("e", "amend", 13, target="a3", group="europe")
    asia.write("f", "amend", 14, target="a3", new_kind="recommendation")
    africa.write("g", "recommendation", 15, text="x", group="africa")
    assert [record.label(each) for each in ("a1", "a2", "a3", "g")] == [
        Label("africa", number) for number in (1, 2, 3, 4)
    ]


def test_the_first_to_make_it_a_recommendation_labels_it(record: Record) -> None:
    africa, asia = Hand(record, desk="africa"), Hand(record, desk="asia")
    africa.write("a", "lesson", text="x", group="africa")
    asia.write("b", "amend", 10, target="a", new_kind="recommendation")
    first = record.label("a")
    assert first is not None
    africa.write("c", "amend", 20, target="a", after="b", new_kind="lesson")
    africa.write("d", "amend", 30, target="a", after="c", new_kind="recommendation")
    assert record.label("a") == first


def test_claims_on_a_label_do_not_depend_on_the_order_of_reading() -> None:
    written = Record()
    africa, asia, europe = (Hand(written, desk=desk) for desk in ("africa", "asia", "europe"))
    africa.write("a", "lesson", text="x", group="africa")
    africa.write("r", "recommendation", text="x", group="africa")
    europe.write("b", "amend", 60, target="a", new_kind="recommendation")
    asia.write("c", "amend", 20, target="r", new_kind="recommendation")
    asia.write("d", "amend", 30, target="a", new_kind="recommendation")
    asia.write("e", "amend", 40, target="a", after="d", new_kind="recommendation")
    africa.write("f", "amend", 50, target="a", new_kind="recommendation")
    for order in permutations(written.files.items()):
        labels = [read(list(order)).label(entry_id) for entry_id in ("a", "r")]
        assert labels == [Label(LUNCH, 2, "asia"), Label("africa", 1)]


def test_one_label_in_two_sessions_means_ones_own_then_the_first(record: Record) -> None:
    plenary, africa = Hand(record, "session-4"), Hand(record, desk="africa")
    plenary.write("p", "recommendation", 100, text="x", group="africa")
    africa.write("a", "recommendation", 1, text="x", group="africa")
    assert record.find("africa1", africa.source) == "a"
    assert record.find("africa1", plenary.source) == "p"
    assert record.find("africa1", Source("session-2")) == "a"


@pytest.mark.parametrize(
    "reference",
    ["", "0", "2", "africa:2", "nowhere:1", "session-9/africa:1", "africa9", "africa", ":", "a:b:1", "1.5", "-1", "١"],
)
def test_what_refers_to_nothing(record: Record, reference: str) -> None:
    africa = Hand(record, desk="africa")
    africa.write("a", "recommendation", text="x", group="africa")
    assert record.find(reference, africa.source) is None


def test_an_action_has_an_owner_and_a_day(desk: Any) -> None:
    desk.says("action: write to all")
    desk.says("/owner 1 The Secretariat 2019-06-30")
    assert (desk.stands(1).owner, str(desk.stands(1).due)) == ("The Secretariat", "2019-06-30")
    desk.says("/owner 1 2019-07-31")
    assert (desk.stands(1).owner, str(desk.stands(1).due)) == ("The Secretariat", "2019-07-31")


def test_an_attribution_taken_back_and_a_group_given(desk: Any) -> None:
    desk.says("@col text")
    desk.says("@-")
    assert desk.stands(1).speaker == ""
    desk.says("@africa")
    assert (desk.stands(1).speaker, desk.stands(1).group) == ("africa", "africa")


def test_paragraphs_stand_in_their_order(desk: Any) -> None:
    for order, text in ((2.0, "second"), (1.0, "first")):
        desk.append(Draft("paragraph", {"question": "q1/a", "order": order, "text": text, "sources": ["id-1"]}))
    paragraphs = desk.room.record.paragraphs("session-2")
    assert [each.text for each in paragraphs] == ["first", "second"]
    assert paragraphs[0].sources == ("id-1",)
    assert desk.room.record.statements("session-2") == []


@pytest.mark.parametrize("value", [None, 5, "text", ["x", 5], {"a": 1}, True])
@pytest.mark.parametrize(
    "kind", ["note", "amend", "status", "support", "resolve", "cluster", "undo", "paragraph", "new"]
)
def test_keys_of_a_wrong_type_do_no_harm(record: Record, kind: str, value: Any) -> None:
    africa = Hand(record, desk="africa")
    africa.write("a", "note", text="as written", tags=value, group=value, speaker=value, due=value, internal=value)
    keys = ["target", "text", "tags", "sources", "order", "new_kind", "who", "count", "chosen", "over", "targets"]
    africa.write("b", kind, 1, **dict.fromkeys(keys, value))
    africa.write("c", kind, 2, **{**dict.fromkeys(keys, value), "target": "a"})
    for stated in (*record.statements(LUNCH), *record.paragraphs(LUNCH)):
        assert isinstance(stated.text, str)
        assert all(isinstance(tag, str) for tag in stated.tags)
    assert isinstance(record.clusters(LUNCH), list)
    assert isinstance(record.conflicts(LUNCH), list)
