"""What stands is in the proceedings, once and in its place; what was taken back is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grcp_cli.meeting.floor import POINT_OF_ORDER
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.naming import labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.record import Statement


def texts(statements: Iterable[Statement]) -> list[str]:
    return [each.text for each in statements]


def test_running_order_and_what_stands(meeting: Meeting, full: Any) -> None:
    proceedings = proceed(meeting, full.record)
    assert [chapter.session.id for chapter in proceedings.chapters] == ["opening", "tables", "back"]
    opening = proceedings.chapters[0]
    assert texts(opening.of("note")) == ["rivers cross borders", "R&D <b>costs</b>"]
    assert texts(proceedings.recommendations) == ["map the wells", "dig", "drain", "dredge"]
    assert texts(proceedings.actions) == ["send the list"]


def test_a_paragraph_keeps_only_the_sources_that_stand(meeting: Meeting, full: Any) -> None:
    answer = next(each for each in proceed(meeting, full.record).chapters[0].answers if each.place == "q1/a")
    assert [each.sources for each in answer.paragraphs] == [("opening.2", "opening.3")]
    assert texts(answer.loose) == ["map the wells"]


def test_a_question_no_longer_in_the_agenda_is_other_and_told(meeting: Meeting, full: Any) -> None:
    proceedings = proceed(meeting, full.record)
    other = [each for each in proceedings.chapters[0].answers if each.other]
    assert [(each.place, texts(each.statements)) for each in other] == [("q9", ["start early"])]
    assert "opening: 1 entry under q9, no longer in the agenda: see Other" in proceedings.notices


def test_a_session_no_longer_in_the_agenda_comes_last_and_is_told(meeting: Meeting, full: Any) -> None:
    full("gone", "note", "still here", question="q1")
    proceedings = proceed(meeting, full.record)
    last = proceedings.chapters[-1]
    assert (last.session.id, last.known, texts(last.statements)) == ("gone", False, ["still here"])
    assert any("gone is no longer in the agenda" in notice for notice in proceedings.notices)


def test_kinds_that_are_not_known_are_counted(meeting: Meeting, pages: Any) -> None:
    pages("opening", "hologram")
    pages("opening", "hologram")
    notices = proceed(meeting, pages.record).notices
    assert notices == ("2 entries of kind hologram, which this version does not know, not in the report",)


def test_common_recommendations(meeting: Meeting, full: Any) -> None:
    common = proceed(meeting, full.record).common
    assert [(each.entry.text, texts(each.targets), each.groups) for each in common] == [
        ("dig and dredge", ["dig", "dredge"], ("north", "south"))
    ]


def test_a_common_recommendation_of_nothing_that_stands_is_left_out(meeting: Meeting, pages: Any) -> None:
    target = pages("tables.north", "recommendation", "dig", question="q1", group="north")
    pages("back", "cluster", "dig", targets=[target], support=["north"])
    pages("tables.north", "strike", target=target)
    assert proceed(meeting, pages.record).common == ()


def test_what_is_reported_back_and_decided(meeting: Meeting, full: Any) -> None:
    back = proceed(meeting, full.record).chapters[2]
    reported = next(each for each in back.answers if each.place == "q1").reported
    assert texts(reported) == ["dig", "drain", "dredge"]
    assert [(each.text, each.status) for each in back.decided] == [("dig", "agreed"), ("drain", "bracketed")]


def test_labels_are_never_alike(meeting: Meeting, full: Any) -> None:
    again = full("back.north", "recommendation", "dam", question="q1", group="north")
    found = labels(proceed(meeting, full.record), ENGLISH)
    assert found[again] == "North 1 (Session 2)"
    assert len(set(found.values())) == len(found)
    assert labels(proceed(meeting, full.record, ["back"]), ENGLISH) == found


def test_time_as_held_is_the_leads(meeting: Meeting, full: Any) -> None:
    held = proceed(meeting, full.record).chapters[0].held
    assert held is not None
    assert (held.figures.late_start, held.figures.paused, held.figures.state) == (60, 60, "ended")
    assert held.acts == ("opening.1", full.files["opening", "", ""][-1].id)
    # A turn lasts from being given to the next act of the floor.
    assert [(each.turn.speaker, each.turn.seconds) for each in held.taken if each.turn.kind != POINT_OF_ORDER] == [
        ("blue", 60),
        ("green", 60),
    ]


def test_points_of_order_are_not_charged(meeting: Meeting, pages: Any) -> None:
    for kind, who in (("start", ""), ("floor", "blue"), ("point-of-order", "green"), ("yield", ""), ("end", "")):
        pages("opening", kind, **({"speaker": who} if who else {}))
    held = proceed(meeting, pages.record).chapters[0].held
    assert held is not None
    assert [(each.turn.speaker, each.turn.seconds) for each in held.taken if each.turn.kind != POINT_OF_ORDER] == [
        ("blue", 120)
    ]


def test_as_of_is_the_last_that_leaves(meeting: Meeting, pages: Any) -> None:
    pages("opening", "note", "one", question="q1/a")
    last = pages("opening", "note", "two", question="q1/a")
    pages("opening", "note", "secret", question="q1/a", internal=True)
    at = pages.record.entry(last).at
    assert proceed(meeting, pages.record).as_of == at
    pages("opening", "amend", target=last, text="two, mended")
    assert proceed(meeting, pages.record).as_of > at


def test_nothing_recorded(meeting: Meeting, pages: Any) -> None:
    proceedings = proceed(meeting, pages.record)
    assert proceedings.as_of is None
    assert all(chapter.empty for chapter in proceedings.chapters)
    assert proceedings.notices == ()


def test_silent_questions_actions_without_owner_and_conflicts_are_told(meeting: Meeting, pages: Any) -> None:
    note = pages("opening", "note", "one", question="q1/a")
    pages("opening", "action", "two", question="q1/a")
    pages("opening", "amend", target=note, text="uno")
    pages("opening.second", "amend", target=note, text="eins")
    assert proceed(meeting, pages.record).notices == (
        "opening: 1 conflict to be decided",
        "opening: nothing was written down under 1b",
        "opening 2: an action without an owner",
    )
