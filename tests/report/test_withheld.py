"""Small groups under the Chatham House Rule: which they are, and that what they wrote stands without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting.agenda import Group, Participant
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.meeting.withheld import small_groups, withhold
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Item, Table
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.naming import labels
from grcp_cli.report.pen import Choices
from grcp_cli.store import agendas, places

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting


def sized(meeting: Meeting, **sizes: int) -> Meeting:
    """The meeting with groups of so many participants."""
    people = [Participant(f"{group}{n}", f"{group} {n}", group) for group, size in sizes.items() for n in range(size)]
    groups = tuple(Group(group, group.title()) for group in sizes)
    return meeting._replace(groups=groups, participants=tuple(people))


@pytest.mark.parametrize(
    ("sizes", "small"),
    [
        ({"north": 3, "south": 4}, set()),
        ({"north": 2, "south": 4, "west": 1}, {"north", "west"}),
        # One alone could be told by elimination: the next smallest goes with it.
        ({"north": 2, "south": 4, "west": 3}, {"north", "west"}),
        ({"north": 2}, {"north"}),
        ({"north": 0, "south": 3, "west": 4}, {"north", "south"}),
        # Nothing says how large they are.
        ({"north": 0, "south": 0}, set()),
        ({}, set()),
    ],
)
def test_small_groups_have_fewer_than_three(meeting: Meeting, sizes: dict[str, int], small: set[str]) -> None:
    assert small_groups(sized(meeting, **sizes)) == small


def test_small_groups_of_the_built_in_agenda() -> None:
    grcp8 = agendas.parse(places.built_in("agendas").joinpath("grcp8.toml").read_bytes(), "grcp8.toml")
    assert small_groups(grcp8) == {"asia", "middle-east"}


@pytest.fixture
def large(meeting: Meeting) -> Meeting:
    """The meeting with three participants from the north and one from the south."""
    north = [Participant(f"n{n}", f"Northern {n}", "north") for n in range(3)]
    west = [Participant(f"w{n}", f"Western {n}", "west") for n in range(2)]
    groups = (*meeting.groups, Group("west", "West"))
    return meeting._replace(groups=groups, participants=(*meeting.participants, *north, *west))


def test_what_a_small_group_recommended_is_called_after_its_session(large: Meeting, full: Any) -> None:
    proceedings = proceed(large, full.record)
    before, after = labels(proceedings, ENGLISH), labels(withhold(proceedings, "chatham"), ENGLISH)
    moved = {before[each]: after[each] for each in before if before[each] != after[each]}
    assert moved == {"South 1": "Tables 1"}
    assert list(before) == list(after)
    for level in ("none", "group", "full"):
        assert labels(withhold(proceedings, level), ENGLISH) == before


def test_a_report_under_chatham_names_large_groups_only(large: Meeting, full: Any) -> None:
    document = compose(proceed(large, full.record), Choices("chatham", notes=True))
    blocks = [block for part in document.parts for block in part.blocks]
    common = next(block for block in blocks if isinstance(block, Item) and block.kind == "cluster")
    assert (common.note, common.groups) == ("North; from North 1, Tables 1", ("north",))
    counts = next(block for block in blocks if isinstance(block, Table) and block.id == "recommendations-by-group")
    assert [row.cells[0] for row in counts.rows] == ["North", "of no group"]
    matrix = next(block for block in blocks if isinstance(block, Table) and block.id == "matrix")
    assert (matrix.head, matrix.rows[0].cells) == (("", "North"), ("Common 1", "North 1"))
    assert document.groups == {"north": "North"}
    assert "South" not in str(document)
    assert any("fewer than three participants" in line for line in document.colophon)


def test_opposition_of_a_small_group_is_withheld_as_its_support_is(large: Meeting, full: Any) -> None:
    common = full("back", "cluster", "drain", targets=["tables.north.2"], support=["north"])
    for who in ("south", "west"):
        full("back", "oppose", target=common, who=who)

    def told(level: str) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
        blocks = [b for part in compose(proceed(large, full.record), Choices(level)).parts for b in part.blocks]
        item = next(b for b in blocks if isinstance(b, Item) and b.id == common)
        table = next(b for b in blocks if isinstance(b, Table) and b.id == "matrix")
        return item.note, item.against, [table.head, table.rows[1].cells]

    note = "North; opposed by South, West; from North 2"
    for level in ("none", "group", "full"):
        shown = [("", "North", "South", "West"), ("Common 2", "North 2", "✗", "✗")]
        assert told(level) == (note, ("south", "west"), shown)
    assert told("chatham") == ("North; from North 2", (), [("", "North"), ("Common 2", "North 2")])


def test_an_action_of_a_small_group_has_no_owner(large: Meeting, pages: Any) -> None:
    for owner in ("north", "south", "blue"):
        pages("opening", "action", "do", question="q1/a", owner=owner)

    def owners(level: str) -> list[str]:
        blocks = [
            block for part in compose(proceed(large, pages.record), Choices(level)).parts for block in part.blocks
        ]
        table = next(block for block in blocks if isinstance(block, Table) and block.id == "actions")
        return [row.cells[2] for row in table.rows]

    assert owners("chatham") == ["North", "–", "–"]
    assert owners("none") == ["North", "South", "Blue Process"]


def test_labels_of_desks_that_name_somebody_give_the_name_up(meeting: Meeting, pages: Any) -> None:
    one = pages("opening.blue", "recommendation", "one", question="q1/a")
    two = pages("opening.blue", "recommendation", "two", question="q1/a")
    own = pages("opening", "recommendation", "three", question="q1/a")
    told = {
        level: [labels(withhold(proceed(meeting, pages.record), level), ENGLISH)[each] for each in (one, two, own)]
        for level in ("full", "none")
    }
    assert told["full"] == ["Session 1.1 (blue)", "Session 1.2 (blue)", "Session 1.1"]
    assert told["none"] == ["Session 1.2", "Session 1.3", "Session 1.1"]
