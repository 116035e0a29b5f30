"""Which answers come forward where a group has more than "up to five"."""

from typing import Any

import pytest

from grcp_cli.meeting.forward import Crowded, chosen, crowded
from grcp_cli.meeting.rows import rows


def found(room: Any, desk: Any, *, again: bool = False, group: str = "") -> list[Crowded]:
    listed = rows(room.record, "working-lunch")
    return crowded(room.meeting, desk.session, listed, desk.source, group, again=again)


@pytest.fixture
def africa(room: Any) -> Any:
    desk = room.desk("working-lunch", "africa", group="africa")
    for number in range(1, 8):
        desk.type(f"number {number}")
    return desk


def test_only_who_has_more_is_asked(room: Any, africa: Any) -> None:
    asia = room.desk("working-lunch", "asia", group="asia")
    for number in range(1, 6):
        asia.type(f"number {number}")
    (of,) = found(room, africa)
    assert (of.group, of.most, of.forward, len(of.items)) == ("africa", 5, 7, 7)
    assert found(room, asia, group="asia") == []
    asia.type("a sixth")
    assert [each.group for each in found(room, africa)] == ["africa", "asia"]


def test_what_is_struck_internal_or_withdrawn_is_no_choice(room: Any, africa: Any) -> None:
    for line in ("/strike 7", "/drop 6", "/off rec: between ourselves", "note: a note", "/2 a partnership"):
        africa.type(line)
    assert found(room, africa, again=True) == []


def test_what_was_chosen_is_what_stands_and_can_be_chosen_anew(room: Any, africa: Any) -> None:
    (of,) = found(room, africa)
    ids = [each.stated.entry.id for each in of.items]
    lines = list(chosen(of, ids[2:]))
    assert lines == ["/defer africa1", "/defer africa2"]
    before = len(africa.entries)
    for line in lines:
        africa.type(line)
    assert [(each.kind, each.fields["status"], each.fields["session"]) for each in africa.entries[before:]] == [
        ("status", "deferred", "working-lunch")
    ] * 2
    assert found(room, africa) == []
    (of,) = found(room, africa, again=True)
    assert [each.aside for each in of.items] == [True, True, *[False] * 5]
    assert list(chosen(of, ids[2:])) == []
    assert list(chosen(of, [ids[0], *ids[3:]])) == ["/propose africa1", "/defer africa3"]


def test_from_another_desk_they_are_called_by_their_labels(room: Any, africa: Any) -> None:
    plenary = room.desk("working-lunch")
    (of,) = found(room, plenary)
    assert [each.typed for each in of.items][-1] == "africa7"
    assert africa.stands(7).text == "number 7"
