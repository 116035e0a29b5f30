"""The closing page: figures kept apart, and what it says against what the report then holds."""

from typing import Any

import pytest

from grcp_cli.console import closing as page
from grcp_cli.meeting.attribution import leaves
from grcp_cli.meeting.closing import Closing, Unsettled, closing
from grcp_cli.meeting.entry import CAPTURED, STATUSES, Draft
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Item
from grcp_cli.report.pen import Choices


def closed(desk: Any, *lines: str) -> Closing:
    """The page of a desk once these lines were typed."""
    for line in lines:
        desk.type(line)
    room = desk.room
    return closing(room.meeting, desk.session, room.record, desk.walk, room.now, desk.source)


def told(closing: Closing) -> list[str]:
    return list(page.lines(closing))


def test_pause_extension_overrun_and_late_start_are_four_figures(desk: Any) -> None:
    room = desk.room
    room.wait(6 * 60)
    desk.type("/start")
    room.wait(30 * 60)
    desk.type("/pause")
    room.wait(10 * 60)
    desk.type("/resume")
    desk.type("/extend 5 late start")
    room.wait(53 * 60)
    ended = closed(desk, "/end")
    figures = ended.figures
    assert (figures.planned, figures.elapsed, figures.paused) == (75 * 60, 83 * 60, 600)
    assert (figures.extended, figures.overrun, figures.late_start) == (5, 180, 360)
    assert told(ended)[1] == (
        "time · 1 h 23 used of 1 h 15 planned · extended +5 min · paused 10 min · 3 min over · started 6 min late"
    )


def test_a_session_with_nothing_in_it(desk: Any) -> None:
    assert told(closed(desk, "/start", "/end"))[1:] == [
        "time · 0 s used of 1 h 15 planned",
        "questions · 0 of 4 covered · open: 1a, 1b, 1c, 2",
        "written · nothing",
        "next · grcp export makes the report",
    ]


def test_what_is_covered_and_counted_is_what_stands_at_any_desk(room: Any, desk: Any) -> None:
    room.desk(desk="second").type("/2 measure: from beside")
    ended = closed(desk, "/start", "/1b x", "y", "/strike 2", "rec: z", "/set 3 /1c", "/end")
    assert [each.number for each in ended.answered.covered] == ["1b", "1c", "2"]
    assert [each.number for each in ended.answered.open] == ["1a"]
    assert ended.counts == {"note": 1, "recommendation": 1, "measure": 1}
    assert told(ended)[3] == "written · 1 note, 1 recommendation, 1 way of measuring"


def test_what_is_left_to_do_is_told_with_what_mends_it(room: Any, desk: Any) -> None:
    second = room.desk(desk="second")
    ended = closed(
        desk,
        *("/start", "a note on Colombo Process", "action: write", "rec: ask the Colombo Process", "lesson: learnt"),
        *("/join 3: ask the Rabat Process", "/owner 2 igad", "action: pay", "/2 measure: count", "/end"),
    )
    assert ended.ownerless == ("5",)
    assert ended.undrafted == ("1a", "2")
    assert ended.conflicts == ()
    assert ended.names == (
        Unsettled("3", "Colombo Process", "/amend 3 TEXT or /allow 3"),
        Unsettled(
            "session-2/common1",
            "Rabat Process",
            "/amend session-2/common1 TEXT or /allow session-2/common1",
        ),
    )
    first = room.record.entry(room.record.find("4", desk.source))
    for writer, text in ((desk, "one"), (second, "two")):
        writer.append(Draft("amend", {"target": first.id, "text": text}))
    assert closed(desk).conflicts == (Unsettled("4", "text", "grcp record resolve session-2"),)
    lines = told(closed(desk))
    assert "open · 5 has no owner: /owner 5 NAME [DATE]" in lines
    assert "open · 4 is in conflict on text: grcp record resolve session-2" in lines
    allow = "/amend session-2/common1 TEXT or /allow session-2/common1"
    assert f"open · session-2/common1 names Rabat Process: {allow}" in lines
    assert "open · no paragraphs under 1a, 2" in lines
    assert lines[-1] == "next · grcp draft session-2 writes the paragraphs, grcp export makes the report"


def test_a_paragraph_settles_its_question_and_is_searched_for_names(desk: Any) -> None:
    desk.type("a note")
    target = desk.stands(1).entry.id
    desk.append(Draft("paragraph", {"question": "q1/a", "text": "Bali Process", "order": 1, "sources": [target]}))
    ended = closed(desk, "/start", "/end")
    assert ended.undrafted == ()
    assert ended.names == (Unsettled("session-2 paragraph under q1/a", "Bali Process", "grcp draft session-2"),)


def test_recommendations_are_as_the_report_has_them(room: Any, desk: Any) -> None:
    lines = (
        "rec: one",
        "rec: two",
        "rec: three",
        "rec: four",
        "/off rec: five",
        "/br 1",
        "/no 2",
        "/+2 5",
        "/strike 3",
    )
    ended = closed(desk, "/start", *lines, "/join 1 4: one and four", "/confirm 4", "/end")
    document = compose(proceed(room.meeting, room.record), Choices(room.meeting.attribution))
    (part,) = (each for each in document.parts if each.role == "recommendations")
    items = [block for block in part.blocks if isinstance(block, Item)]
    assert [f"  {each.label}: {each.text} ({each.note})" for each in items] == [
        "  Session 2.1: [one] (in brackets, Session 2; part of Common 1 (Session 2))",
        "  Session 2.2: two (not agreed, Session 2; supported by several participants)",
        "  Session 2.4: four (read out; part of Common 1 (Session 2))",
        "  Common 1 (Session 2): one and four (from Session 2.1, Session 2.4)",
    ]
    assert told(ended)[3] == "written · 4 recommendations (1 internal)"
    at = told(ended).index("recommendations · 4")
    assert told(ended)[at + 1 : at + 5] == [f"  {each.label}: {each.text} ({each.note})" for each in items]


def test_a_rehearsal_says_so_in_what_to_type_next(desk: Any) -> None:
    *_, last = page.lines(closed(desk, "/start", "x", "/end"), rehearsal=True)
    assert last.count("--rehearsal") == 2


def test_lines_are_drawn_whole_and_never_begin_as_a_captured_line_does(desk: Any) -> None:
    ended = closed(desk, "/start", "rec: saved 1 \x1b[31mred\nand more", "/end")
    lines = told(ended)
    assert not any(line.startswith("saved") or "\x1b" in line or "\n" in line for line in lines)
    assert "  Session 2.1: saved 1 [31mred ⏎ and more" in lines


@pytest.mark.parametrize("status", ["", *STATUSES])
@pytest.mark.parametrize("starred", [False, True], ids=["", "starred"])
def test_what_is_said_to_leave_is_what_a_final_report_holds(room: Any, desk: Any, status: str, starred: bool) -> None:
    for kind in CAPTURED:
        entry = desk.append(Draft(kind, {"question": "q1/a", "text": f"a {kind}"}))
        if status:
            desk.append(Draft("status", {"target": entry.id, "status": status, "session": "session-2"}))
        if starred:
            desk.append(Draft("star", {"target": entry.id}))
    hidden = desk.append(Draft("lesson", {"question": "q1/a", "text": "hidden", "internal": True}))
    document = compose(proceed(room.meeting, room.record), Choices("none", "final"))
    stated = room.record.statements("session-2")
    assert {each.entry.id for each in stated if leaves(each)} == set(document.entries)
    assert hidden.id not in document.entries


def test_which_to_bring_forward_is_asked_of_ones_own_group_and_in_plenary_of_all(room: Any) -> None:
    for group in ("africa", "asia"):
        table = room.desk("working-lunch", group, group=group)
        for number in range(1, 7):
            table.type(f"{group} {number}")
    own = closing(room.meeting, table.session, room.record, table.walk, room.now, table.source, table.group)
    (asked,) = own.crowded
    assert (asked.group, asked.forward) == ("asia", 6)
    ended = closed(room.desk("working-lunch"), "/start", "/end")
    assert [each.group for each in ended.crowded] == ["africa", "asia"]
    assert [line for line in told(ended) if line.startswith("forward")] == [
        f"forward · {name} has 6 under 1, up to 5 were asked for: /forward lists them, "
        f"/defer {group}6 leaves it behind, /propose {group}6 brings it forward again"
        for group, name in (("africa", "Africa"), ("asia", "Asia and the Pacific"))
    ]
    assert closed(room.desk("working-lunch"), "/defer africa1", "/defer asia2").crowded == ()
