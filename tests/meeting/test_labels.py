"""Labels of one session are told apart by the record alone, and each leads back to what it was given to."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import references
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.decision import Refuse
from grcp_cli.meeting.drafted import read
from grcp_cli.meeting.entry import WITHHELD, Draft, Entry, Source
from grcp_cli.meeting.labels import Label, printed, told_apart, typed
from grcp_cli.meeting.listing import session_data
from grcp_cli.meeting.record import Record

from .conftest import Desk, Room

PLENARY, COMMON = Source("session-4"), Source("session-4", "common")


def sealed(room: Room) -> dict[Source, list[Entry]]:
    """The files of a room as on disk: every block with a seal."""
    return {
        source: [each._replace(seal=sha256(each.id.encode()).hexdigest()[:12]) for each in entries]
        for source, entries in room.record.files.items()
    }


def apart(meeting: Meeting, *lines: str) -> list[dict[Source, list[Entry]]]:
    """Two copies of one folder: in one the plenary's own file types the lines, in the other the desk `common`."""
    copies = []
    for name, desk in (("p", ""), ("s", "common")):
        room = Room(meeting, "id")
        for group in ("africa", "asia"):
            room.desk("working-lunch", group, group).says(f"rec: {group} says so")
        room.name = name
        for line in lines:
            room.desk("session-4", desk).type(line)
        copies.append(sealed(room))
    return copies


def together(*copies: dict[Source, list[Entry]]) -> Record:
    record = Record()
    for copy in copies:
        for source, entries in copy.items():
            record.add(source, entries[len(record.files.get(source, ())) :])
    return record


@pytest.fixture
def met(room: Room) -> Room:
    """A room to which both copies of a record came: each had made a first common recommendation of its own."""
    room.name = "later"
    room.record = together(*apart(room.meeting, "/join africa1 asia1: Together"))
    return room


def test_alone_it_has_the_bare_name(meeting: Meeting) -> None:
    for copy in apart(meeting, "/join africa1 asia1: Together"):
        assert [each.typed for each in together(copy).labelled().values()] == ["africa1", "asia1", "common1"]


def test_two_of_one_name_are_told_apart_on_both_laptops_alike(meeting: Meeting) -> None:
    copies = apart(meeting, "/join africa1 asia1: Together")
    for order in permutations(copies):
        record = together(*order)
        told = session_data(meeting, record, Desk(Room(meeting), PLENARY, "").session)["clusters"]
        assert [(each["id"], each["label"]) for each in told] == [
            ("p-0003", "common1~3ad8"),
            ("s-0003", "common1~03d3"),
        ]


def test_the_bare_name_is_refused_at_every_desk_and_each_may_be_named(met: Room) -> None:
    hint = "say which: common1~3ad8 or common1~03d3"
    for source in (PLENARY, COMMON, Source("session-4", "other"), Source("session-3")):
        desk = Desk(met, source, "")
        for line in ("/ok common1", "/no Common 1", "/split common1", "/join common1 africa1", "/+common1 asia"):
            refused = desk.refused(line)
            assert (refused.reason, refused.hint, refused.exit_code) == ("common1 means 2 entries", hint, 5)
    desk = Desk(met, COMMON, "")
    assert desk.says("/ok common1~3ad8").target == "p-0003"
    assert desk.told(desk.wrote[0]) == "agreed Common 1~3ad8 · Together"
    assert desk.says("/br Common 1~03d3").target == "s-0003"
    assert desk.says("/defer session-4/common1~03d3").target == "s-0003"


def test_it_keeps_its_digits_when_the_other_goes_and_the_next_has_the_next_number(met: Room) -> None:
    desk = Desk(met, COMMON, "")
    desk.type("/split common1~3ad8")
    desk.type("/join africa1: Once more")
    record = met.record
    assert [str(label.typed) for each in record.commons("session-4") if (label := record.label(each.entry.id))] == [
        "common1~03d3",
        "common2",
    ]
    Desk(met, COMMON, "").append(Draft("undo", {"target": "s-0003"}))
    label = record.label("s-0003")
    assert label
    assert label.typed == "common1~03d3"


def test_a_mistyped_one_is_told_with_the_nearest(met: Room) -> None:
    refused = Desk(met, COMMON, "").refused("/ok common1~4")
    assert refused == Refuse("there is no entry common1~4", "did you mean common1~3ad8 or common1~03d3?", 4)


def test_a_draft_names_one_of_them_or_is_asked_which(met: Room) -> None:
    sight = Desk(met, COMMON, "").sight()
    for cited, entries in (("Common 1~03d3", ["s-0003"]), ("common1~3ad8", ["p-0003"])):
        reading = read(f"Both agreed. [{cited}]\n", sight, "q2")
        assert [each.fields["sources"] for each in reading.drafts] == [entries]
    (fault,) = read("Both agreed. [Common 1]\n", sight, "q2").faults
    assert fault.reason.startswith("common1 means 2 entries")
    assert fault.hint == "say which: common1~3ad8 or common1~03d3"


def test_recommendations_of_the_plenary_and_of_a_desk_called_as_it_follow_the_same_rule(room: Room) -> None:
    room.desk("session-2").says("rec: one")
    room.desk("session-2", "session-2").says("rec: two")
    room.desk("session-2", "africa").says("rec: three")
    labels = room.record.labelled()
    assert [each.typed for each in labels.values()] == [
        "session-2.1~id-0001",
        "session-2.1~id-0002",
        "session-2.1@africa",
    ]
    assert printed(labels["id-0001"], "session-2", room.meeting) == "Session 2.1~id-0001"
    assert room.desk("session-2").refused("/ok session-2.1").exit_code == 5


def test_digits_are_as_many_as_it_takes() -> None:
    one, branch = Label("common", 1), Label("common", 1, "", "9f2c41d07a3b")
    found = told_apart({"a": (one, "9f2c41aaaaaa"), "b": (branch, "000000000000"), "c": (one, "123456789abc")})
    assert {each: label.typed for each, label in found.items()} == {
        "a": "common1~9f2c41a",
        "b": "common1~9f2c41d",
        "c": "common1~1234567",
    }


def test_what_was_not_sent_along_tells_apart_as_well(meeting: Meeting) -> None:
    copies = apart(meeting, "/join africa1 asia1: Together")
    whole = together(*copies)
    sent = {
        source: [
            each._replace(kind=WITHHELD, fields={"label": "common"}) if each.id == "p-0003" else each
            for each in entries
        ]
        for source, entries in copies[0].items()
    }
    record = together(sent, copies[1])
    assert record.label("s-0003") == whole.label("s-0003")
    assert record.unsent == {"p-0003": whole.label("p-0003")}


AT = datetime(2019, 4, 5, 10, 10, tzinfo=UTC)
SOURCES = [
    PLENARY,
    COMMON,
    Source("session-4", "common", "0" * 12),
    Source("session-4", "africa"),
    Source("session-4", "session-4"),
    Source("session-3"),
    Source("working-lunch", "africa"),
    Source("working-lunch"),
]
PLANNED = st.tuples(
    st.sampled_from(["cluster", "cluster", "recommendation", "became", "note", "undo", "uncluster", WITHHELD]),
    st.integers(0, 3),
    st.sampled_from(["", "africa", "common"]),
)
FILES = st.dictionaries(
    st.sampled_from(SOURCES), st.lists(PLANNED, min_size=1, max_size=5), min_size=2, max_size=len(SOURCES)
)
NUMBERED = {"cluster": "common", "recommendation": "", "note": ""}


def written(files: dict[Source, list[tuple[str, int, str]]]) -> dict[Source, list[Entry]]:
    """The files, with seals that begin alike."""
    made: dict[Source, list[Entry]] = {}
    ids: list[str] = []
    for at, (source, planned) in enumerate(files.items()):
        n = 0
        for each, (kind, about, group) in enumerate(planned):
            entry_id = f"{at}-{each}"
            fields: dict[str, Any] = {"group": group} if group else {}
            target = ids[-1 - about] if about < len(ids) else entry_id
            match kind:
                case "cluster":
                    fields = {"targets": [target], "text": "", "number": about}
                case "became":
                    fields = {"target": target, "new_kind": "recommendation"}
                case "undo" | "uncluster":
                    fields = {"target": target}
                case "withheld":
                    fields = {"label": group or "common", "number": about}
            seal = f"{'abcd'[about]}bcdef{at}{each}"
            of = "amend" if kind == "became" else kind
            entry = Entry(entry_id, AT + timedelta(seconds=each), n, of, fields, seal)
            n += entry.captured
            made.setdefault(source, []).append(entry._replace(n=n))
            ids.append(entry_id)
    return made


@settings(max_examples=200, deadline=None)
@given(FILES, st.randoms(use_true_random=False))
def test_labels_of_a_session_are_distinct_and_lead_back_in_any_order(meeting: Meeting, planned: Any, luck: Any) -> None:
    files = written(planned)
    record = Record()
    record.add_all(files)
    labels = record.labelled()
    names = [
        (source.session, label.typed)
        for entry_id, label in (*labels.items(), *record.unsent.items())
        if (source := record.source(entry_id))
    ]
    assert len(names) == len(set(names))
    for entry_id, label in labels.items():
        source = record.source(entry_id)
        assert source
        word = typed(label, source.session, meeting)
        for own in (source, PLENARY, COMMON, Source("session-2", "asia")):
            found = references.meant(word, record, own, meeting)
            assert found == [entry_id] if not record.undone(entry_id) else entry_id not in found
        found = references.meant(f"{source.session}/{label.bare}", record, Source("session-2"), meeting)
        alike = [each for each in labels if (at := record.source(each)) and at.session == source.session]
        assert sorted(found) == sorted(
            each for each in alike if labels[each].bare == label.bare and not record.undone(each)
        )
    pieces = [(source, list(entries)) for source, entries in files.items()]
    other = Record()
    while pieces:
        source, entries = luck.choice(pieces)
        other.add(source, [entries.pop(0)])
        pieces = [each for each in pieces if each[1]]
    assert other.labelled() == labels
    assert other.unsent == record.unsent
