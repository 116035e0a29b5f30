"""What an agenda's tables become, and that every fault is told with the path of its key."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.meeting import plan, plan_rules
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.plan_check import Fault

Table = dict[str, Any]

WHOLE: Table = {
    "format": 1,
    "meeting": {
        "id": "pilot",
        "title": "Pilot meeting",
        "date": date(2027, 3, 14),
        "timezone": "Europe/Zurich",
        "running_order": ["second", "lunch", "first"],
    },
    "timing": {"hard_stops": [time(13), time(18)], "warn_minutes": [10, 1.5]},
    "group": [{"id": "africa", "name": "Africa"}, {"id": "asia", "name": "Asia"}],
    "actor": [{"id": "un", "name": "United Nations"}, {"id": "academia", "name": "Academia"}],
    "participant": [
        {"id": "arcp", "name": "ARCP", "group": "asia", "aliases": ["Arab Process"], "kind": "iscm"},
        {"id": "wb", "name": "World Bank", "represents": "development banks"},
    ],
    "objective_set": [{"id": "shared", "objectives": ["to agree", "to differ"]}],
    "session": [
        {
            "id": "first",
            "title": "First",
            "kind": "plenary",
            "minutes": 75,
            "number": 1,
            "objectives_from": "shared",
            "question": [
                {
                    "id": "q1",
                    "text": "How can they shape:",
                    "minutes": 50,
                    "captures": "practice",
                    "tags": "actors",
                    "sub": [
                        {"id": "a", "text": "policy?"},
                        {"id": "b", "text": "law?", "captures": "note", "tags": ["un"]},
                    ],
                },
                {"id": "q2", "text": "What works?", "reports_back": "lunch/q1", "expected_per_group": 5},
            ],
        },
        {
            "id": "second",
            "title": "Second",
            "kind": "panel",
            "minutes": 60,
            "start": time(9),
            "objectives": ["to hear"],
        },
        {
            "id": "lunch",
            "title": "Working Lunch: tables",
            "kind": "breakout",
            "minutes": 45,
            "groups": "all",
            "question": [{"id": "q1", "text": "What are up to five?", "max_per_group": 5}],
        },
    ],
}


def changed(change: Callable[[Table], object]) -> Table:
    """The whole agenda with one thing changed."""
    data = deepcopy(WHOLE)
    change(data)
    return data


def read(data: Table) -> Meeting:
    meeting, faults = plan.read(data)
    assert faults == []
    assert meeting is not None
    return meeting


def faults_of(change: Callable[[Table], object]) -> list[Fault]:
    meeting, faults = plan.read(changed(change))
    assert meeting is None
    return faults


def only_fault(change: Callable[[Table], object]) -> Fault:
    (fault,) = faults_of(change)
    assert fault.what
    assert fault.remedy
    return fault


def test_sessions_stand_in_running_order_and_keep_their_numbers() -> None:
    meeting = read(WHOLE)
    assert [session.id for session in meeting.sessions] == ["second", "lunch", "first"]
    assert [session.label for session in meeting.sessions] == ["Second", "Working Lunch", "Session 1"]
    assert [session.heading for session in meeting.sessions[:2]] == ["Second", "Working Lunch: tables"]
    assert meeting.sessions[2].heading.startswith("Session 1 · ")


def test_without_a_running_order_sessions_stand_as_written() -> None:
    meeting = read(changed(lambda data: data["meeting"].pop("running_order")))
    assert [session.id for session in meeting.sessions] == ["first", "second", "lunch"]


def test_shared_objectives_are_written_out() -> None:
    first = read(WHOLE).session("first")
    assert first
    assert first.objectives == ("to agree", "to differ")


def test_a_question_has_its_address_its_number_and_what_it_captures() -> None:
    first = read(WHOLE).session("first")
    assert first
    assert [(each.address, each.number, each.captures) for each in first.every_question] == [
        ("q1", "1", "practice"),
        ("q1/a", "1a", "practice"),
        ("q1/b", "1b", "note"),
        ("q2", "2", "note"),
    ]
    assert [each.address for each in first.leaves] == ["q1/a", "q1/b", "q2"]


def test_sub_questions_inherit_tags_unless_they_have_their_own() -> None:
    first = read(WHOLE).session("first")
    assert first
    assert [each.tags for each in first.every_question] == [("un", "academia"), ("un", "academia"), ("un",), ()]


def test_all_groups_become_their_ids() -> None:
    lunch = read(WHOLE).session("lunch")
    assert lunch
    assert lunch.groups == ("africa", "asia")


def test_what_is_not_said_has_its_usual_value() -> None:
    bare = {
        "format": 1,
        "meeting": WHOLE["meeting"] | {"running_order": ["second"]},
        "session": [WHOLE["session"][1]],
    }
    meeting = read(bare)
    assert meeting.attribution == "none"
    assert meeting.timing.warn_minutes == (5, 2)
    assert meeting.timing.hard_stops == ()
    assert meeting.groups == meeting.actors == meeting.participants == ()


@pytest.mark.parametrize(
    ("ids", "numbers"),
    [
        (["q1", "q2"], ["1", "2"]),
        (["q1", "q3"], ["1", "3"]),
        (["impact", "q2"], ["1", "2"]),
        (["q2", "structures"], ["1", "2"]),
    ],
)
def test_a_number_belongs_to_the_id_where_the_id_tells_one(ids: list[str], numbers: list[str]) -> None:
    def ask(data: Table) -> None:
        data["session"][1]["question"] = [{"id": each, "text": "What?"} for each in ids]

    second = read(changed(ask)).session("second")
    assert second
    assert [question.number for question in second.questions] == numbers


def first_question(data: Table) -> Table:
    table: Table = data["session"][0]["question"][0]
    return table


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data.update(colour="blue"), ("colour",)),
        (lambda data: data.pop("format"), ()),
        (lambda data: data.update(format=2), ("format",)),
        (lambda data: data["meeting"].update(titel="x"), ("meeting", "titel")),
        (lambda data: data["meeting"].pop("title"), ("meeting",)),
        (lambda data: data["meeting"].update(id="../x"), ("meeting", "id")),
        (lambda data: data["meeting"].update(id="nul"), ("meeting", "id")),
        (lambda data: data["meeting"].update(date=datetime(2027, 3, 14, 9, tzinfo=UTC)), ("meeting", "date")),
        (lambda data: data["meeting"].update(timezone="Mars"), ("meeting", "timezone")),
        (lambda data: data["timing"].update(intervention_minutes=True), ("timing", "intervention_minutes")),
        (lambda data: data["meeting"]["running_order"].append("x"), ("meeting", "running_order", 3)),
        (lambda data: data["meeting"]["running_order"].append("lunch"), ("meeting", "running_order", 3)),
        (lambda data: data["meeting"]["running_order"].pop(0), ("meeting", "running_order")),
        (lambda data: data["group"].append({"id": "asia", "name": "Asie"}), ("group", 2, "id")),
        (lambda data: data["group"].append({"id": "asie", "name": "ASIA"}), ("group", 2, "name")),
        (lambda data: data["participant"][0].update(group="europe"), ("participant", 0, "group")),
        (lambda data: data["participant"][0].update(kind="tribe"), ("participant", 0, "kind")),
        (lambda data: data["participant"][1].update(aliases=["x", "Agreed"]), ("participant", 1, "aliases", 1)),
        (lambda data: data["participant"][1].update(aliases=["árcp"]), ("participant", 1, "aliases", 0)),
        (lambda data: data["session"][0].update(objectives_from="none"), ("session", 0, "objectives_from")),
        (lambda data: data["session"][0].update(objectives=["x"]), ("session", 0, "objectives_from")),
        (lambda data: data["session"][0].update(minutes=49), ("session", 0, "minutes")),
        (lambda data: data["session"][2].update(groups=["asia", "moon"]), ("session", 2, "groups", 1)),
        (lambda data: data["session"].append(data["session"][1] | {"start": time(15)}), ("session", 3, "id")),
        (lambda data: first_question(data).update(captures="poem"), ("session", 0, "question", 0, "captures")),
        (
            lambda data: first_question(data).update(reports_back="lunch/q9"),
            ("session", 0, "question", 0, "reports_back"),
        ),
        (
            lambda data: first_question(data).update(selects_from="first/q1"),
            ("session", 0, "question", 0, "selects_from"),
        ),
        (lambda data: first_question(data)["sub"][0].update(minutes=51), ("session", 0, "question", 0, "minutes")),
        (lambda data: first_question(data)["sub"][1].update(id="a"), ("session", 0, "question", 0, "sub", 1, "id")),
        (lambda data: first_question(data)["sub"][1].update(text=" "), ("session", 0, "question", 0, "sub", 1, "text")),
        (lambda data: data["session"][0].update(start=time(18)), ("session", 0, "start")),
        (lambda data: data["session"][0].update(start=time(9, 59)), ("session", 0, "start")),
    ],
)
def test_a_fault_is_told_at_its_key(change: Callable[[Table], object], path: tuple[str | int, ...]) -> None:
    assert {fault.path for fault in faults_of(change)} == {path}


def test_every_fault_is_told_at_once() -> None:
    def spoil(data: Table) -> None:
        data["meeting"]["timezone"] = "Mars"
        data["group"][1]["id"] = "africa"
        data["session"][1]["kind"] = "chat"
        data["session"][2]["question"][0]["reports_back"] = "first/q9"

    paths = [fault.path for fault in faults_of(spoil)]
    assert paths[0] == ("meeting", "timezone")
    assert {("group", 1, "id"), ("session", 1, "kind"), ("session", 2, "question", 0, "reports_back")} <= set(paths)


def test_a_circle_is_told_wherever_it_may_be_opened() -> None:
    def close(data: Table) -> None:
        data["session"][2]["question"][0]["selects_from"] = "first/q2"

    told = faults_of(close)
    assert {fault.path for fault in told} == {
        ("session", 0, "question", 1, "reports_back"),
        ("session", 2, "question", 0, "selects_from"),
    }


def test_minutes_of_sub_questions_count_where_their_stem_has_none() -> None:
    def ask(data: Table) -> None:
        first_question(data).pop("minutes")
        for sub in first_question(data)["sub"]:
            sub["minutes"] = 38

    assert only_fault(ask).what == "its questions take 76 minutes, the session has 75"


def test_sessions_at_once_are_good_in_two_rooms() -> None:
    def beside(data: Table) -> None:
        data["session"][2] |= {"start": time(9), "room": "B"}
        data["session"][0] |= {"start": time(11)}

    assert read(changed(beside)).session("lunch")


def test_sessions_of_two_days_do_not_overlap() -> None:
    def later(data: Table) -> None:
        data["session"][2] |= {"start": time(9), "date": date(2027, 3, 15)}

    assert read(changed(later)).session("lunch")


def test_an_alias_may_resemble_a_kind_word() -> None:
    def rename(data: Table) -> None:
        data["participant"][1]["aliases"] = ["Recs", "Notes of the Bank"]

    assert read(changed(rename)).participants[1].aliases == ("Recs", "Notes of the Bank")


def test_a_bad_date_does_not_hide_what_is_wrong_with_the_times() -> None:
    def spoil(data: Table) -> None:
        data["meeting"]["date"] = "tomorrow"
        data["session"][0]["start"] = time(0, 10)
        data["session"][1]["start"] = time(0, 20)

    assert {fault.path for fault in faults_of(spoil)} == {("meeting", "date"), ("session", 0, "start")}


def test_a_near_miss_is_named() -> None:
    assert only_fault(lambda data: data["timing"].update(hard_stop=[time(9)])).remedy == "did you mean hard_stops?"


def test_long_bad_values_are_cut() -> None:
    told = only_fault(lambda data: data["session"][0].update(room=["x" * 500]))
    assert len(told.what) < 80


KEYS = sorted(
    {*plan_rules.MEETING, *plan_rules.SESSION, *plan_rules.QUESTION, *plan_rules.PARTICIPANT, "question", "sub"}
)
WORDS = st.sampled_from(
    ["a", "b", "q1", "q2", "a/q1", "b/q2", "all", "actors", "plenary", "note", "UTC", "Europe/Zurich", ""]
)
SCALARS = st.one_of(
    WORDS, st.text(max_size=5), st.integers(), st.floats(), st.booleans(), st.dates(), st.times(), st.datetimes()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)
QUESTIONS = st.lists(
    st.fixed_dictionaries({"id": WORDS, "text": WORDS}, optional={"reports_back": WORDS, "minutes": VALUES})
)
SESSIONS = st.lists(
    st.fixed_dictionaries(
        {"id": WORDS, "title": st.just("T"), "kind": st.just("plenary"), "minutes": st.integers(0, 2000)},
        optional={
            "start": st.times(),
            "date": st.dates(),
            "question": QUESTIONS,
            "groups": VALUES,
            "objectives_from": WORDS,
        },
    ),
    max_size=4,
)
MEETINGS = st.fixed_dictionaries(
    {"id": WORDS, "title": st.just("T"), "date": st.dates(), "timezone": WORDS},
    optional={"running_order": st.lists(WORDS, max_size=3), "place": VALUES},
)
AGENDAS = st.fixed_dictionaries(
    {"format": st.just(1), "meeting": MEETINGS | VALUES, "session": SESSIONS | VALUES},
    optional=dict.fromkeys(("timing", "group", "actor", "participant", "objective_set"), VALUES),
)


@given(AGENDAS)
def test_no_tables_break_the_reading(data: Table) -> None:
    meeting, faults = plan.read(data)
    assert (meeting is None) == bool(faults)
    for fault in faults:
        assert fault.what
        assert fault.remedy
        assert "\n" not in fault.what
