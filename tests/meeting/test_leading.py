"""Which file leads a session, and what the others see."""

from typing import Any

from grcp_cli.meeting import leading
from grcp_cli.meeting.entry import Draft, Source


def desks(room: Any, *ids: str) -> list[Any]:
    """Desks of a plenary, where several rapporteurs write."""
    return [room.desk("session-2", desk) for desk in ids]


def lead(room: Any, session: str = "session-2") -> str | None:
    source = leading.lead(room.record, session)
    return None if source is None else source.desk


def test_nobody_leads_before_a_start(room: Any) -> None:
    (africa,) = desks(room, "africa")
    africa.says("text")
    africa.says("/next")
    assert lead(room) is None
    assert africa.lead is None


def test_the_earliest_start_leads(room: Any) -> None:
    africa, asia = desks(room, "africa", "asia")
    asia.says("/start")
    room.wait(60)
    africa.type("/start")
    assert (lead(room), africa.lead, asia.lead) == ("asia", None, None)


def test_a_backdated_start_counts_from_when_it_took_effect(room: Any) -> None:
    africa, asia = desks(room, "africa", "asia")
    room.wait(600)
    africa.says("/start")
    room.wait(60)
    asia.says("/start -5")
    assert lead(room) == "asia"


def test_of_two_starts_at_once_the_desk_id_decides(room: Any) -> None:
    europe, asia = desks(room, "europe", "asia")
    europe.says("/start")
    asia.says("/start")
    assert lead(room) == "asia"


def test_the_desk_less_file_leads_once_it_has_started(room: Any) -> None:
    africa, plenary = desks(room, "africa", "")
    africa.says("/start")
    plenary.says("text")
    room.wait(600)
    assert (lead(room), plenary.lead) == ("africa", africa.source)
    plenary.says("/start")
    assert (lead(room), plenary.lead, africa.lead) == ("", None, None)
    plenary.says("/undo")
    assert lead(room) == "africa"


def test_a_desk_follows_clock_question_and_floor_until_it_goes_elsewhere(room: Any) -> None:
    plenary, africa = desks(room, "", "africa")
    africa.says("text before")
    plenary.says("/start")
    plenary.says("/2")
    plenary.says("/f col")
    room.wait(60)
    walk = africa.walk
    assert (walk.here, walk.floor.speaker, walk.clock.state) == ("q2", "colombo-process", "running")
    assert walk.clock.elapsed(room.now) == 60
    assert africa.says("text").fields["question"] == "q2"
    assert africa.walk.captured == 2
    africa.says("/1a")
    plenary.says("/0")
    assert (africa.walk.here, africa.lead) == ("q1/a", None)
    africa.says("/follow")
    assert (africa.walk.here, africa.lead) == ("0", plenary.source)


def test_at_a_table_of_its_own_a_group_follows_no_other_group(room: Any) -> None:
    africa, asia, second = (room.desk("working-lunch", desk, group) for desk, group in TABLES)
    africa.says("/start")
    assert (asia.lead, second.lead) == (None, africa.source)
    assert asia.walk.clock.state == "to come"
    room.desk("working-lunch").says("/start")
    assert asia.lead == Source("working-lunch")


TABLES = [("africa", "africa"), ("asia", "asia"), ("africa-2", "africa")]


def test_who_spoke_before_is_known_from_the_lead_too(room: Any) -> None:
    plenary, africa = desks(room, "", "africa")
    plenary.says("/start")
    plenary.says("/f col")
    plenary.says("/f bali")
    assert africa.says("@< text").speaker == "colombo-process"


def test_each_session_has_its_own_lead(room: Any) -> None:
    room.desk("session-2").says("/start")
    assert (lead(room), lead(room, "session-1")) == ("", None)


def test_a_start_made_by_hand_does_no_harm(room: Any) -> None:
    africa, asia = desks(room, "africa", "asia")
    africa.append(Draft("start", {"effective": "soon"}))
    room.wait(60)
    asia.append(Draft("start", {"effective": 5}))
    assert lead(room) == "africa"


def test_the_newest_message_of_any_desk_is_the_stages(room: Any) -> None:
    lead, other = room.desk(), room.desk(desk="second")
    assert leading.message(room.record, "session-2") is None
    lead.says("/start")
    lead.says("/say First")
    other.says("/say Second")  # at the same instant: the clock of a rehearsal may stand still
    room.wait(1)
    said = other.says("/blackout")
    assert leading.message(room.record, "session-2") == said
    room.step_wall_clock(-3600)
    last = other.says("/say off")
    assert leading.message(room.record, "session-2") == last
    other.says("/undo")
    assert leading.message(room.record, "session-2") == said
