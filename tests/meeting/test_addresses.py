"""`p34@draft-1` wherever an entry's number is: what it means, and what is told where it means nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from grcp_cli.errors import GrcpError
from grcp_cli.meeting import addresses, command, drafted, grammar, walkthrough
from grcp_cli.meeting.agenda import Group, Meeting, Participant, Question, Session
from grcp_cli.meeting.clock import Moment
from grcp_cli.meeting.decision import Printed, Refuse, Sight, Write
from grcp_cli.meeting.entry import CAPTURED, Entry, Source
from grcp_cli.meeting.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSION = Session("talk", "A talk", "plenary", 60, questions=(Question("q1", "q1", "1", "What?"),))
MEETING = Meeting(
    "trial",
    "Trial",
    date(2019, 4, 5),
    "Europe/Zurich",
    groups=(Group("p", "Pacific"),),
    participants=(Participant("col", "Colombo Process"),),
    sessions=(SESSION,),
)
START = datetime(2019, 4, 5, 10, 45, tzinfo=UTC)
WRITTEN = (
    ("note", {"text": "one"}),
    ("recommendation", {"text": "two"}),
    ("paragraph", {"text": "Prose.", "question": "q1", "order": 1.0, "sources": ["1", "2"]}),
    ("cluster", {"text": "both", "targets": ["1", "2"]}),
    ("note", {"text": "undone"}),
    ("undo", {"target": "5"}),
)


class Unreadable(dict[str, dict[int, Printed]]):
    """Issues whose map somebody changed."""

    def get(self, *_: object) -> None:
        raise MapSpoiltError("map.json is not as grcp wrote it", "bring it back")


class MapSpoiltError(GrcpError):
    exit_code = 3


ISSUES = {
    "draft-1": {
        1: Printed("", (), {"i": ""}),
        2: Printed("", ("1", "2"), {"a": "1", "b": "2"}),
        3: Printed("3", ("1", "2")),
        4: Printed("", ("2",)),
        5: Printed("", ("4",)),
        6: Printed("", ("5",)),
    },
    "empty": {},
}


@pytest.fixture
def sight() -> Sight:
    record, n = Record(), 0
    for position, (kind, fields) in enumerate(WRITTEN, 1):
        n += kind in CAPTURED
        entry = Entry(str(position), START + timedelta(seconds=position), n, kind, MappingProxyType(fields))
        record.add(Source("talk"), [entry])
    walk = walkthrough.opening(SESSION)
    entries = record.files[Source("talk")]
    return Sight(
        MEETING, SESSION, Source("talk"), "", walk, Moment(START), entries=entries, record=record, issues=ISSUES
    )


def decided(line: str, sight: Sight) -> Write | Refuse:
    decision = command.decide(grammar.parse(line, MEETING, SESSION, "q1"), sight)
    assert isinstance(decision, Write | Refuse)
    return decision


@pytest.mark.parametrize(
    ("line", "kind", "target"),
    [
        ("/amend p3@draft-1 Better prose.", "amend", "3"),
        ("/strike P3@Draft-1", "strike", "3"),
        ("/amend p4@draft-1 two and more", "amend", "2"),
        ("/ok p4@draft-1", "status", "2"),
        ("/ok p5@draft-1", "status", "4"),
        ("/ok p2b@draft-1", "status", "2"),
        ("/+p4@draft-1 col", "support", "2"),
        ("/star p4@draft-1", "star", "2"),
        ("/owner p4@draft-1 col 2019-06-30", "amend", "2"),
        ("/set p4@draft-1 @col note:", "amend", "2"),
    ],
)
def test_an_address_stands_where_a_number_does(sight: Sight, line: str, kind: str, target: str) -> None:
    decision = decided(line, sight)
    assert isinstance(decision, Write), decision
    assert (decision.drafts[0].kind, decision.drafts[0].fields["target"]) == (kind, target)


def test_a_common_recommendation_is_joined_of_addresses(sight: Sight) -> None:
    decision = decided("/join p4@draft-1 1: together", sight)
    assert isinstance(decision, Write)
    assert decision.drafts[0].fields["targets"] == ["2", "1"]


@pytest.mark.parametrize(
    ("line", "told", "hint", "exit_code"),
    [
        ("/ok p1@draft-1", "p1@draft-1 is the report’s own wording and rests on no entry", "it follows", 4),
        ("/ok p2@draft-1", "p2@draft-1 rests on 2 entries: 1, 2", "name one of them", 5),
        ("/ok p1i@draft-1", "p1i@draft-1 is the report’s own wording and rests on no entry", "it follows", 4),
        ("/ok p1a@draft-1", "paragraph 1 of draft-1 lists nothing as (a)", "it has (i)", 4),
        ("/ok p2c@draft-1", "paragraph 2 of draft-1 lists nothing as (c)", "it has (a) to (b)", 4),
        ("/ok p4a@draft-1", "paragraph 4 of draft-1 lists nothing as (a)", "its number alone", 4),
        ("/ok p6@draft-1", "what p6@draft-1 was is undone since", "", 4),
        ("/ok p7@draft-1", "draft-1 has no paragraph 7", "it has 1 to 6", 4),
        ("/ok p7@empty", "empty has no paragraph 7", "it has no numbered paragraphs", 4),
        ("/ok p7@draft-2", "there is no issue draft-2 of trial", "did you mean draft-1?", 4),
        ("/ok p7@elsewhere", "there is no issue elsewhere of trial", "there are draft-1, empty", 4),
        ("/ok p7@../x", "there is no entry p7@../x", "/list", 4),
    ],
)
def test_what_means_nothing_is_told(sight: Sight, line: str, told: str, hint: str, exit_code: int) -> None:
    refused = decided(line, sight)
    assert isinstance(refused, Refuse)
    assert refused.reason == told
    assert refused.hint.startswith(hint)
    assert refused.exit_code == exit_code


def test_without_any_issue_it_is_told_how_to_keep_one(sight: Sight) -> None:
    refused = decided("/ok p1@draft-1", sight._replace(issues={}))
    assert isinstance(refused, Refuse)
    assert refused.hint == "grcp export --issue draft-1 keeps what is circulated"


def test_a_map_that_cannot_be_read_is_told(sight: Sight) -> None:
    spoilt = sight._replace(issues=Unreadable())
    refused = decided("/ok p1@draft-1", spoilt)
    assert isinstance(refused, Refuse)
    assert refused == Refuse("map.json is not as grcp wrote it", "bring it back", 3)
    assert addresses.cited("p1@draft-1", spoilt) == ()


def test_nothing_is_read_of_issues_where_no_address_is_typed(sight: Sight) -> None:
    unread = sight._replace(issues=Unreadable())
    assert isinstance(decided("/ok 2", unread), Write)
    assert isinstance(decided("p34@draft-1 was better", unread), Write)


def test_a_label_of_that_form_wins(sight: Sight) -> None:
    entry = Entry("7", START, 1, "recommendation", {"text": "three", "group": "p"})
    assert sight.record is not None
    sight.record.add(Source("talk", "draft-1"), [entry])
    decision = decided("/ok p1@draft-1", sight)
    assert isinstance(decision, Write)
    assert decision.drafts[0].fields["target"] == "7"


def cites(page: str, sight: Sight) -> Iterator[tuple[str, ...]]:
    reading = drafted.read(page, sight, "")
    assert not reading.faults, reading.faults
    return (tuple(draft.fields.get("sources", ())) for draft in reading.drafts)


def test_a_draft_may_cite_what_a_paragraph_rested_on(sight: Sight) -> None:
    page = "## 1\n\nNew prose. [p3@draft-1]\n\nMore. [p4@draft-1]\n\nItem. [p2a@draft-1]\n"
    assert list(cites(page, sight)) == [("1", "2"), ("2",), ("1",)]


def test_a_citation_that_means_nothing_is_told(sight: Sight) -> None:
    reading = drafted.read("## 1\n\nNew prose. [p99@draft-1]\n", sight, "")
    assert [fault.reason.partition(":")[0] for fault in reading.faults] == ["there is no entry p99@draft-1"]
