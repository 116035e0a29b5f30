"""Who has spoken how long, by speaker, group and kind; what a session came to beside what was planned."""

from typing import Any

from grcp_cli.meeting import held
from grcp_cli.meeting.balance import balance
from grcp_cli.meeting.schedule import planned


def floor_of(desk: Any) -> Any:
    return balance(desk.room.meeting, desk.walk.floor.charged(desk.walk.clock.elapsed(desk.room.now)))


def spoken(desk: Any) -> None:
    """Three minutes for Colombo Process, then a point of order, IGAD-RCP, a guest for Africa, and Colombo again."""
    desk.says("/start")
    for line, seconds in (
        ("/f col", 180),
        ("/order bali", 30),
        ("/yield", 60),
        ("/f igad", 120),
        ("/f Jane Doe for africa", 90),
        ("/f Guest", 20),
        ("/f col", 10),
    ):
        desk.says(line)
        desk.room.wait(seconds)


def test_the_balance(desk: Any) -> None:
    spoken(desk)
    found = floor_of(desk)
    assert [(each.of, len(each.turns), each.seconds) for each in found.groups] == [
        ("africa", 2, 210),
        ("asia", 2, 250),
        ("", 1, 20),
    ]
    assert [(each.of, each.seconds) for each in found.speakers] == [
        ("colombo-process", 250),
        ("igad-rcp", 120),
        ("Jane Doe", 90),
        ("Guest", 20),
    ]
    assert [(each.of, len(each.turns)) for each in found.kinds] == [("iscm", 3), ("guest", 2)]
    assert found.seconds == 480, "a point of order is charged to nobody"
    assert found.unheard == ("americas", "europe", "middle-east")


def test_nobody_spoke(desk: Any) -> None:
    found = floor_of(desk)
    assert found.seconds == 0
    assert found.groups == found.speakers == found.kinds == ()
    assert len(found.unheard) == 5


def test_as_held(desk: Any) -> None:
    room = desk.room
    spoken(desk)
    desk.says("/next")
    room.wait(60)
    desk.says("/extend 5 late start")
    desk.says("/0")
    room.wait(30)
    desk.says("/end")
    room.wait(3600)
    slot = planned(room.meeting)[desk.session.id]
    found = held.held(room.meeting, desk.session, room.record, slot)
    assert found is not None
    data = held.as_data(room.meeting, desk.session, found, slot)
    assert data["planned_start"] == "2019-04-05T10:45:00.000+02:00"
    assert (data["started"], data["ended"]) == ("2019-04-05T10:45:00.000+02:00", "2019-04-05T10:55:00.000+02:00")
    assert data["elapsed_seconds"] == 600
    assert data["extensions"] == ["late start"]
    assert [(each["question"], each["planned_seconds"], each["used_seconds"]) for each in data["questions"]] == [
        ("0", None, 30),
        ("q1/a", 1000, 510),
        ("q1/b", 1000, 60),
        ("q1/c", 1000, 0),
        ("q2", 1500, 0),
    ]
    keys = ("name", "kind", "used_seconds", "overrun_seconds")
    assert [tuple(each[key] for key in keys) for each in data["interventions"]] == [
        ("Bali Process", "point-of-order", 30, 0),
        ("Colombo Process", "intervention", 240, 60),
        ("IGAD-RCP", "intervention", 120, 0),
        ("Jane Doe", "intervention", 90, 0),
        ("Guest", "intervention", 20, 0),
        ("Colombo Process", "intervention", 100, 0),
    ]
    assert data["interventions"][3]["group"] == "africa"
    assert data["floor"]["unheard"] == ["americas", "europe", "middle-east"]


def test_nothing_held_has_every_key(desk: Any) -> None:
    slot = planned(desk.room.meeting)[desk.session.id]
    assert held.held(desk.room.meeting, desk.session, desk.room.record, slot) is None
    empty = held.as_data(desk.room.meeting, desk.session, None, slot)
    assert empty["started"] is empty["elapsed_seconds"] is None
    assert empty["questions"] == empty["interventions"] == []
    assert empty["floor"]["seconds"] == 0
