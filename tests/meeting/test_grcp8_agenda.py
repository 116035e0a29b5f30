"""The built-in GRCP 8 agenda says what its source says, all of it, and marks what it adds."""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

Table = dict[str, Any]

ROOT = Path(__file__).parents[2]
AGENDA_FILE = ROOT / "agendas" / "grcp8.toml"
SOURCE_FILE = ROOT / "tests" / "data" / "grcp8-annotated-agenda.txt"

# Whole lines of the source that carry its layout and no content, with how often each is printed.
FURNITURE = Counter(
    {
        "Meeting Objective": 1,
        "Issues to be addressed during GRCP 8": 1,
        "Session Objectives and Guiding questions for Discussions.": 1,
        "Objectives:": 3,
        "Objectives (Working Lunch and Session 4)": 1,
        "Guiding questions for Discussion": 1,
        "Guiding questions for Discussion:": 2,
        "Guiding questions for Discussions:": 1,
        "And": 1,
        "5": 1,
    }
)

KIND_WORDS = frozenset(
    [
        *(
            "note",
            "achievement",
            "lesson",
            "practice",
            "recommendation",
            "rec",
            "r",
            "partnership",
            "resource",
        ),
        *("measure", "action", "agreement", "agreed", "divergence", "diverge", "reservation", "reserve"),
    ]
)


@pytest.fixture(scope="module")
def agenda() -> Table:
    return tomllib.loads(AGENDA_FILE.read_text(encoding="utf-8"))


def source_lines() -> list[str]:
    return [line.strip() for line in SOURCE_FILE.read_text(encoding="utf-8").splitlines()]


def heading(session: Table) -> str:
    number = session.get("number")
    title: str = session["title"]
    return f"Session {number}. {title}" if number else title


def questions_as_printed(session: Table) -> Iterator[str]:
    for question in session["question"]:
        yield question["text"]
        for sub in question.get("sub", []):
            yield f"o {sub['text']}"


def agenda_as_printed(agenda: Table) -> Iterator[str]:
    """Yield every text of the agenda in the order, and with the marks, of the source.

    Sessions that share objectives are announced together, then each again above its questions.
    """
    meeting = agenda["meeting"]
    yield meeting["purpose"]
    for mark, aim in zip(("(i)", "(ii)"), meeting["aims"], strict=True):
        yield f"{mark} {aim}"
    yield from meeting["issues"]
    shared = {table["id"]: table["objectives"] for table in agenda["objective_set"]}
    for _, together in groupby(agenda["session"], lambda session: session.get("objectives_from", session["id"])):
        sessions = list(together)
        yield from map(heading, sessions)
        first = sessions[0]
        yield from first["objectives"] if "objectives" in first else shared[first["objectives_from"]]
        for session in sessions:
            if len(sessions) > 1:
                yield heading(session)
            yield from questions_as_printed(session)


def question(agenda: Table, address: str) -> Table:
    session_id, question_id = address.split("/")
    (session,) = (table for table in agenda["session"] if table["id"] == session_id)
    (found,) = (table for table in session["question"] if table["id"] == question_id)
    return dict(found)


def questions_with(agenda: Table, key: str) -> Table:
    return {
        f"{session['id']}/{asked['id']}": asked[key]
        for session in agenda["session"]
        for asked in session["question"]
        if key in asked
    }


def known_as(table: Table) -> set[str]:
    return {name.casefold() for name in (table["id"], table["name"], *table.get("aliases", []))}


def test_nothing_but_layout_is_set_aside() -> None:
    assert Counter(line for line in source_lines() if line in FURNITURE) == FURNITURE


def test_agenda_and_source_agree_word_for_word_and_neither_has_more(agenda: Table) -> None:
    printed = " ".join(line for line in source_lines() if line not in FURNITURE).split()
    planned = " ".join(agenda_as_printed(agenda)).split()

    diff = list(difflib.unified_diff(printed, planned, "source", "agenda", lineterm="", n=5))

    assert not diff, "\n".join(diff)


def test_white_space_in_texts_is_collapsed(agenda: Table) -> None:
    assert [text for text in agenda_as_printed(agenda) if text != " ".join(text.split())] == []


def test_title_and_theme_are_those_of_the_objective(agenda: Table) -> None:
    meeting = agenda["meeting"]
    assert meeting["purpose"].startswith(f"The {meeting['title']} “{meeting['theme']}” ({meeting['short_title']})")


def test_actors_are_those_of_the_last_question_of_session_4(agenda: Table) -> None:
    listed = question(agenda, "session-4/q4")["text"].partition("(")[2].partition(", etc.)")[0]
    assert [actor["name"] for actor in agenda["actor"]] == listed.split(", ")
    assert [actor["id"] for actor in agenda["actor"]] == [
        "un",
        "regional",
        "igo",
        "private",
        "academia",
        "civil",
    ]


def test_sessions_run_in_the_printed_order(agenda: Table) -> None:
    printed = [session["id"] for session in agenda["session"]]
    assert printed == ["session-1", "session-2", "working-lunch", "session-4", "session-3"]
    assert agenda["meeting"]["running_order"] == printed
    starts = [session["start"] for session in agenda["session"]]
    assert starts == sorted(starts)


def test_lunch_and_session_4_share_one_set_of_objectives(agenda: Table) -> None:
    sharing = {table["id"]: table["objectives_from"] for table in agenda["session"] if "objectives_from" in table}
    assert sharing == {"working-lunch": "synergies", "session-4": "synergies"}
    assert [table["id"] for table in agenda["objective_set"]] == ["synergies"]
    assert all(("objectives" in table) != ("objectives_from" in table) for table in agenda["session"])


def test_every_group_meets_at_lunch_only(agenda: Table) -> None:
    assert {table["id"]: table["groups"] for table in agenda["session"] if "groups" in table} == {
        "working-lunch": "all"
    }
    assert [table["id"] for table in agenda["session"] if table["kind"] == "breakout"] == ["working-lunch"]
    assert [table["id"] for table in agenda["group"]] == [
        "africa",
        "americas",
        "asia",
        "europe",
        "middle-east",
    ]


@pytest.mark.parametrize(
    ("key", "address", "words"),
    [
        ("max_per_group", "working-lunch/q1", "(up to five) recommendations"),
        ("expected_per_group", "session-4/q1", "What five recommendations"),
    ],
)
def test_five_is_a_limit_at_lunch_and_an_expectation_in_session_4(
    agenda: Table, key: str, address: str, words: str
) -> None:
    assert questions_with(agenda, key) == {address: 5}
    assert words in question(agenda, address)["text"]


def test_plenary_takes_up_what_the_groups_answered(agenda: Table) -> None:
    assert questions_with(agenda, "reports_back") == {
        "session-4/q1": "working-lunch/q1",
        "session-4/q3": "working-lunch/q2",
    }
    assert questions_with(agenda, "selects_from") == {"session-4/q2": "working-lunch/q1"}


def test_tags_are_offered_where_actors_are_asked_for(agenda: Table) -> None:
    assert questions_with(agenda, "tags") == dict.fromkeys(
        ["working-lunch/q2", "session-4/q3", "session-4/q4"], "actors"
    )


def test_each_name_means_one_participant_or_group(agenda: Table) -> None:
    meanings = Counter(name for table in agenda["group"] + agenda["participant"] for name in known_as(table))
    assert [name for name, count in meanings.items() if count > 1] == []
    assert KIND_WORDS.isdisjoint(meanings)
    assert [table["id"] for table in agenda["participant"] if any(n.startswith("col") for n in known_as(table))] == [
        "colombo-process"
    ]


def test_what_the_source_does_not_say_is_marked_where_it_stands() -> None:
    """A value is marked beside it or on the line above, a table by the last comment before it."""
    value = re.compile(r"(attribution|running_order|start|minutes|groups) = ")
    tables = {"[timing]", "[[group]]", "[[participant]]", "[[session]]"}
    seen: set[str] = set()
    unmarked: list[str] = []
    comment: list[str] = []
    before = ""
    for number, line in enumerate(AGENDA_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            comment = [*comment, line] if before.startswith("#") else [line]
        elif line in tables or value.match(line):
            seen.add(line.partition(" = ")[0])
            near = line in tables or before.startswith("#")
            said = f"{line.partition('#')[2]} {' '.join(comment) if near else ''}"
            if not re.search(r"\bours\b", said):
                unmarked.append(f"{AGENDA_FILE.name}:{number}: {line}")
        before = line

    assert unmarked == []
    assert seen == {*tables, "attribution", "running_order", "start", "minutes", "groups"}
