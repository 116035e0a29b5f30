"""Conflicts side by side, and the choice that ends exactly what it names, in whatever order the files come."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import Entry, Source
from grcp_cli.meeting.record import Record
from grcp_cli.meeting.resolving import NOW, Dispute, about, as_data, disputes, named, of_entry, resolution, said
from grcp_cli.store import agendas

LUNCH = "working-lunch"
AT = datetime(2019, 4, 5, 10, 15, tzinfo=UTC)
MEETING = agendas.parse((Path(__file__).parents[2] / "agendas" / "grcp8.toml").read_bytes(), "grcp8.toml")
AFRICA, ASIA, EUROPE, PLENARY = (Source(LUNCH, desk) for desk in ("africa", "asia", "europe", ""))

Files = dict[Source, list[Entry]]


@pytest.fixture
def meeting() -> Meeting:
    return MEETING


def record(files: Files) -> Record:
    found = Record()
    for source, entries in files.items():
        found.add(source, entries)
    return found


def write(files: Files, source: Source, entry_id: str, kind: str, minute: float = 0, **fields: Any) -> Entry:
    listed = files.setdefault(source, [])
    n = sum(each.captured for each in listed) + Entry("", AT, 0, kind, {}).captured
    entry = Entry(entry_id, AT + timedelta(minutes=minute), n, kind, fields)
    listed.append(entry)
    return entry


def decide(files: Files, source: Source, entry_id: str, side: str, at: int = 0, minute: float = 60) -> None:
    """Writes what the command would write of the conflict at a place of the list."""
    dispute = disputes(MEETING, record(files), LUNCH)[at]
    (choice,) = named(dispute, side)
    draft = resolution(dispute, choice, record(files), "q1")
    write(files, source, entry_id, draft.kind, minute, **draft.fields)


def opened(files: Files) -> list[Dispute]:
    return disputes(MEETING, record(files), LUNCH)


@pytest.fixture
def files() -> Files:
    found: Files = {}
    write(found, AFRICA, "a", "recommendation", text="Meet once a year", question="q1", group="africa")
    write(found, AFRICA, "b", "amend", 10, target="a", text="Meet twice a year")
    return found


def test_who_when_what_and_what_was_there_before(files: Files, meeting: Meeting) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="Meet twice a year in Asia")
    write(files, Source("session-4"), "d", "amend", 30, target="a", after="b", text="Meet three times a year")
    (dispute,) = opened(files)
    assert (dispute.name, dispute.label, dispute.fields) == ("africa:1", "africa1", ("text",))
    assert dispute.before == {"text": "Meet twice a year"}
    assert [([by.name for by in each.by], each.values["text"]) for each in dispute.choices] == [
        (["asia"], "Meet twice a year in Asia"),
        (["session-4"], "Meet three times a year"),
    ]
    data = as_data(dispute)
    assert data["choices"][1]["by"] == [
        {
            "id": "d",
            "name": "session-4",
            "session": "session-4",
            "desk": None,
            "at": "2019-04-05T10:45:00.000+00:00",
            "kind": "amend",
            "changes": {},
        }
    ]
    assert of_entry(meeting, record(files), "a") == [dispute]
    assert of_entry(meeting, record(files), "nothing") == []


def test_those_who_agree_are_one_choice(files: Files) -> None:
    for source, entry_id, text in ((ASIA, "c", "the same"), (EUROPE, "d", "another"), (PLENARY, "e", "the same")):
        write(files, source, entry_id, "amend", 20, target="a", after="b", text=text)
    (dispute,) = opened(files)
    assert [[by.name for by in each.by] for each in dispute.choices] == [[LUNCH, "asia"], ["europe"]]
    decide(files, PLENARY, "r", "asia")
    assert opened(files) == []
    assert record(files).statement("a").text == "the same"  # type: ignore[union-attr]


def test_several_fields_of_the_same_two_are_decided_together(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", owner="col", due="2019-06-01")
    write(files, EUROPE, "d", "amend", 21, target="a", after="b", owner="prague-process", due="2019-07-01")
    (dispute,) = opened(files)
    assert dispute.fields == ("owner", "due")
    decide(files, PLENARY, "r", "europe")
    stated = record(files).statement("a")
    assert stated is not None
    assert (opened(files), stated.owner, stated.due) == ([], "prague-process", "2019-07-01")


def test_a_choice_about_one_field_leaves_the_others_alone(files: Files) -> None:
    """Three corrections at once: two differ in the text, two in the speaker; each pair is decided by itself."""
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia", speaker="col")
    write(files, EUROPE, "d", "amend", 21, target="a", after="b", speaker="prague-process")
    write(files, PLENARY, "e", "amend", 22, target="a", after="b", text="by the plenary")
    assert [each.fields for each in opened(files)] == [("text",), ("speaker",)]
    decide(files, PLENARY, "r", "europe", at=1)
    decide(files, PLENARY, "s", "asia", minute=61)
    stated = record(files).statement("a")
    assert stated is not None
    assert (opened(files), stated.text, stated.speaker) == ([], "by Asia", "prague-process")


def test_a_later_correction_does_not_decide_but_may_be_chosen(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, EUROPE, "d", "amend", 21, target="a", after="b", text="by Europe")
    write(files, EUROPE, "e", "amend", 22, target="a", after="d", seen=["c"], text="by Europe, which saw both")
    (dispute,) = opened(files)
    assert [(each.now, each.values["text"]) for each in dispute.choices][-1] == (True, "by Europe, which saw both")
    decide(files, PLENARY, "r", NOW)
    assert opened(files) == []
    assert record(files).statement("a").text == "by Europe, which saw both"  # type: ignore[union-attr]


def test_each_side_stands_by_its_latest_word(files: Files) -> None:
    write(files, ASIA, "c", "status", 20, target="a", after="b", status="bracketed")
    write(files, ASIA, "d", "status", 22, target="a", after="c", status="agreed")
    write(files, EUROPE, "e", "star", 19, target="a", after="b")
    write(files, EUROPE, "f", "status", 21, target="a", after="e", status="not-agreed")
    (dispute,) = opened(files)
    assert [(each.by[0].entry.id, each.values["status"][0], each.now) for each in dispute.choices] == [
        ("f", "not-agreed", False),
        ("d", "agreed", False),
    ]
    assert dispute.before == {"status": ("", "")}
    decide(files, PLENARY, "r", "asia")
    assert opened(files) == []
    # Who had not seen the decision, and says the same, opens nothing again; who says something else does.
    write(files, EUROPE, "g", "status", 23, target="a", after="f", status="agreed")
    assert opened(files) == []
    write(files, EUROPE, "h", "status", 24, target="a", after="g", status="withdrawn")
    assert [[by.entry.id for by in each.by] for each in opened(files)[0].choices] == [["h"], ["r"]]


def test_what_a_desk_has_seen_of_several_is_carried_along(files: Files) -> None:
    write(files, ASIA, "c", "status", 20, target="a", after="b", status="agreed")
    write(files, EUROPE, "d", "star", 21, target="a", after="b")
    assert record(files).horizon("a") == {"after": "d", "seen": ["c"]}
    write(files, PLENARY, "e", "status", 22, target="a", status="bracketed", **record(files).horizon("a"))
    assert opened(files) == []
    assert record(files).horizon("a") == {"after": "e"}
    assert record(files).horizon("b") == {}


def test_a_rival_that_comes_after_the_choice_opens_it_again(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, PLENARY, "d", "amend", 21, target="a", after="b", text="by the plenary")
    decide(files, PLENARY, "r", "asia")
    assert opened(files) == []
    write(files, EUROPE, "e", "amend", 15, target="a", after="b", text="by Europe")
    (dispute,) = opened(files)
    assert [each.by[0].name for each in dispute.choices] == ["europe", LUNCH]
    decide(files, PLENARY, "s", "europe", minute=70)
    assert opened(files) == []
    assert record(files).statement("a").text == "by Europe"  # type: ignore[union-attr]


def test_two_who_decided_differently_are_in_conflict_themselves(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, EUROPE, "d", "amend", 21, target="a", after="b", text="by Europe")
    elsewhere = {source: list(entries) for source, entries in files.items()}
    decide(files, PLENARY, "r", "asia")
    decide(elsewhere, Source(LUNCH, "chair"), "s", "europe")
    files |= {source: entries for source, entries in elsewhere.items() if source not in files}
    (dispute,) = opened(files)
    assert {each.by[0].entry.kind for each in dispute.choices} == {"resolve"}
    decide(files, PLENARY, "t", "chair", minute=90)
    assert opened(files) == []
    assert record(files).statement("a").text == "by Europe"  # type: ignore[union-attr]


def test_two_who_decided_alike_are_not(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, EUROPE, "d", "amend", 21, target="a", after="b", text="by Europe")
    elsewhere = {source: list(entries) for source, entries in files.items()}
    decide(files, PLENARY, "r", "asia")
    decide(elsewhere, Source(LUNCH, "chair"), "s", "asia")
    files |= {source: entries for source, entries in elsewhere.items() if source not in files}
    assert opened(files) == []


def test_an_undone_choice_opens_it_again(files: Files) -> None:
    write(files, ASIA, "c", "strike", 20, target="a", after="b")
    write(files, EUROPE, "d", "restore", 21, target="a", after="b")
    decide(files, PLENARY, "r", "asia")
    assert opened(files) == []
    write(files, PLENARY, "u", "undo", 61, target="r")
    assert len(opened(files)) == 1


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("amend", {"text": "Meet thrice a year"}, {"text": "Meet thrice a year"}),
        ("status", {"status": "agreed", "session": "session-4"}, {"status": ("agreed", "session-4")}),
        ("support", {"who": "rcm"}, {"stance rcm": "support"}),
        ("confirm", {}, {"confirmed": True}),
    ],
)
@pytest.mark.parametrize("minute", [15, 25])
def test_a_strike_is_at_odds_with_whatever_wants_the_entry_to_stand(
    files: Files, kind: str, fields: dict[str, Any], told: dict[str, Any], minute: int
) -> None:
    write(files, ASIA, "c", kind, minute, target="a", after="b", **fields)
    write(files, EUROPE, "d", "strike", 20, target="a", after="b")
    (dispute,) = opened(files)
    assert (dispute.fields, dispute.against) == (("struck",), tuple(told))
    sides = {by.name: (each.values, by.changes) for each in dispute.choices for by in each.by}
    assert sides == {"asia": ({"struck": False}, told), "europe": ({"struck": True}, {})}
    assert not record(files).statement("a").struck  # type: ignore[union-attr]  # until a person decides
    for side, struck in (("asia", False), ("europe", True)):
        decided = {source: list(entries) for source, entries in files.items()}
        decide(decided, PLENARY, "r", side)
        stated = record(decided).statement("a")
        assert stated is not None
        assert (opened(decided), stated.struck) == ([], struck)
        assert stated.text == fields.get("text", "Meet twice a year")


def test_all_that_a_side_did_would_stand(files: Files) -> None:
    write(files, ASIA, "c", "support", 20, target="a", after="b", who="rcm")
    write(files, ASIA, "d", "amend", 21, target="a", after="c", text="Meet thrice a year")
    write(files, ASIA, "e", "star", 22, target="a", after="d")
    write(files, EUROPE, "f", "strike", 20, target="a", after="b")
    (dispute,) = opened(files)
    assert dispute.against == ("stance rcm", "text", "starred")
    assert dispute.before["text"] == "Meet twice a year"


def test_what_one_takes_apart_and_another_decides_on_stays_until_a_person_decides(files: Files) -> None:
    write(files, PLENARY, "x", "cluster", 15, targets=["a"], text="Meet")
    write(files, ASIA, "c", "uncluster", 20, target="x")
    write(files, EUROPE, "d", "status", 21, target="x", status="agreed")
    (common,) = record(files).commons(LUNCH)
    assert (common.struck, common.status) == (False, "agreed")
    for side, left in (("asia", 0), ("europe", 1)):
        decided = {source: list(entries) for source, entries in files.items()}
        decide(decided, PLENARY, "r", side)
        assert len(record(decided).commons(LUNCH)) == left
        assert opened(decided) == []


def test_a_strike_that_was_seen_or_saw_is_at_odds_with_nothing(files: Files) -> None:
    write(files, ASIA, "c", "status", 20, target="a", after="b", status="agreed")
    write(files, EUROPE, "d", "strike", 21, target="a", after="c")
    write(files, ASIA, "e", "star", 22, target="a", after="d")
    assert opened(files) == []


def test_a_strike_is_not_at_odds_with_where_a_paragraph_has_its_place(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", order=1.5)
    write(files, EUROPE, "d", "strike", 21, target="a", after="b")
    assert opened(files) == []


def test_texts_that_differ_are_decided_apart_from_whether_the_entry_stands(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, EUROPE, "d", "strike", 21, target="a", after="b")
    write(files, PLENARY, "e", "amend", 22, target="a", after="b", text="by the plenary")
    assert [each.fields for each in opened(files)] == [("struck",), ("text",)]
    decide(files, PLENARY, "r", "europe")
    decide(files, PLENARY, "s", "asia", minute=61)
    stated = record(files).statement("a")
    assert stated is not None
    assert (opened(files), stated.text, stated.struck) == ([], "by Asia", True)


@pytest.mark.parametrize(
    ("chosen", "text", "struck"),
    [("c", "by Asia", False), ("d", "by the plenary", True), ("e", "by the plenary", False)],
)
def test_one_that_names_no_fields_ends_all_of_what_it_names(files: Files, chosen: str, text: str, struck: bool) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, EUROPE, "d", "strike", 21, target="a", after="b")
    write(files, PLENARY, "e", "amend", 22, target="a", after="b", text="by the plenary")
    over = [each for each in ("c", "d", "e") if each != chosen]
    write(files, PLENARY, "r", "resolve", 60, target="a", after="e", chosen=chosen, over=over)
    for order in permutations(files):
        stated = record({source: files[source] for source in order}).statement("a")
        assert stated is not None
        assert (stated.conflicts, stated.text, stated.struck) == ((), text, struck)
    # What it does not name stays open, and what nobody chose decides nothing.
    files[PLENARY].pop()
    write(files, PLENARY, "r", "resolve", 60, target="a", after="e", chosen="c", over=["e"])
    assert [each.fields for each in opened(files)] == [("struck",)]
    files[PLENARY].pop()
    write(files, PLENARY, "r", "resolve", 60, target="a", after="e", chosen="nowhere", over=["c", "d", "e"])
    assert [each.fields for each in opened(files)] == [("struck",), ("text",)]


def test_one_that_names_no_fields_leaves_struck_what_was_not_to_be_decided(files: Files) -> None:
    write(files, ASIA, "c", "amend", 20, target="a", after="b", text="by Asia")
    write(files, EUROPE, "d", "amend", 21, target="a", after="b", text="by Europe")
    write(files, PLENARY, "e", "strike", 30, target="a", after="d")
    write(files, PLENARY, "r", "resolve", 60, target="a", after="e", chosen="c", over=["d"])
    stated = record(files).statement("a")
    assert stated is not None
    assert (stated.conflicts, stated.text, stated.struck) == ((), "by Asia", True)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("confirmed", True, "yes"),
        ("struck", True, "struck"),
        ("struck", False, "standing"),
        ("status", ("agreed", "session-4"), "agreed, Session 4"),
        ("status", ("", ""), "no status"),
        ("speaker", "colombo-process", "Colombo Process"),
        ("owner", "", "nobody"),
        ("tags", ["un"], "#un"),
        ("tags", None, "no tags"),
        ("sources", ["a", "b"], "2 sources"),
        ("stance rcm", "oppose", "opposes"),
        ("stance rcm", None, "takes no side"),
        ("due", None, "nothing"),
        ("order", 1.5, "1.5"),
    ],
)
def test_a_value_in_words(field: str, value: Any, told: str) -> None:
    assert said(field, value, MEETING) == told


def test_a_field_in_words() -> None:
    assert about("stance rcm", MEETING) == "where RCM stands"
    assert about("count support", MEETING) == "how many support it"
    assert about("text", MEETING) == "text"


# Properties

DESKS = ("africa", "asia", "europe", "")
STRUCK = {"struck": True}
"""What a correction sets that strikes; no other field goes with it."""
FIELDS = st.just(STRUCK) | st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["one", "two", "three"]),
        "owner": st.sampled_from(["rcm", "arcp"]),
        "speaker": st.sampled_from(["rcm", "arcp"]),
    },
).filter(bool)
RIVALS = st.lists(st.tuples(FIELDS, st.integers(0, 2), st.integers(1, 50)), min_size=2, max_size=4)
"""For each desk: what its correction sets, which of two earlier ones it had seen, and when."""


def played(rivals: list[tuple[dict[str, Any], int, int]]) -> Files:
    found: Files = {}
    write(found, Source(LUNCH, "middle-east"), "e", "action", text="zero", question="q1")
    write(found, Source(LUNCH, "middle-east"), "e1", "amend", 0.5, target="e", text="a half")
    for (fields, seen, minute), desk in zip(rivals, DESKS, strict=False):
        after = {"after": "e1"} if seen else {}
        kind, changed = ("strike", {}) if fields == STRUCK else ("amend", fields)
        write(found, Source(LUNCH, desk), f"by-{desk or 'none'}", kind, minute, target="e", **after, **changed)
    return found


def told(found: list[Dispute]) -> Any:
    return [(each.fields, each.before, each.key, [(c.values, c.now) for c in each.choices]) for each in found]


@settings(deadline=None)
@given(rivals=RIVALS)
def test_conflicts_are_symmetrical(rivals: list[tuple[dict[str, Any], int, int]]) -> None:
    """Whichever file is read first, the same are at odds; and where two are, they set one field differently.

    Or one of them strikes what the other changes.
    """
    files = played(rivals)
    first = opened(files)
    for order in permutations(files.items()):
        assert told(opened(dict(order))) == told(first)
    for dispute in first:
        for field in dispute.fields:
            values = {str(each.values[field]) for each in dispute.choices if not each.now}
            assert len(values) > 1 or len(dispute.fields) > 1
    # A pair is at odds exactly where both saw the same and set one field to different things.
    pairs = {
        frozenset((one, other)) for each in first for one in _at_odds(each) for other in _at_odds(each) if one != other
    }
    entries = [each for listed in files.values() for each in listed if each.id.startswith("by-")]
    for one in entries:
        for other in entries:
            same = one.fields.get("after") == other.fields.get("after")
            differ = any(
                other.fields[field] != one.fields[field]
                for field in ("text", "owner", "speaker")
                if field in one.fields and field in other.fields
            )
            differ = differ or (one.kind == "strike") != (other.kind == "strike")
            if one is not other and same and differ:
                assert frozenset((one.id, other.id)) in pairs


def _at_odds(dispute: Dispute) -> list[str]:
    return [by.entry.id for each in dispute.choices if not each.now for by in each.by]


@settings(deadline=None)
@given(rivals=RIVALS, data=st.data())
def test_a_choice_ends_exactly_what_it_names(
    rivals: list[tuple[dict[str, Any], int, int]], data: st.DataObject
) -> None:
    files = played(rivals)
    while found := opened(files):
        dispute = data.draw(st.sampled_from(found))
        choice = data.draw(st.sampled_from(dispute.choices))
        before = record(files).statement("e")
        draft = resolution(dispute, choice, record(files), "q1")
        at = len(files.get(PLENARY, []))
        write(files, PLENARY, f"resolve-{at}", draft.kind, 60 + at, **draft.fields)
        left = opened(files)
        assert [each.key for each in left] == [each.key for each in found if each is not dispute]
        now = record(files).statement("e")
        assert before is not None
        assert now is not None
        for field in ("text", "owner", "speaker", "struck"):
            wanted = choice.values[field] if field in dispute.fields else getattr(before, field)
            assert getattr(now, field) == wanted
        for order in permutations(files.items()):
            assert told(opened(dict(order))) == told(left)
            assert record(dict(order)).statement("e") == now
