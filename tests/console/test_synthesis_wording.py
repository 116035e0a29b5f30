"""What is worded, typed and pressed at the table's screen, and how its columns follow the window."""

import re
from typing import Any

from textual import events
from textual.keys import _character_to_key

from .test_synthesis_frames import Person, filled, kinds, sit


def test_only_the_text_is_in_the_line_while_a_common_one_is_worded(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.says("/join africa1 asia1: One network")
        await person.press("enter")
        assert person.app.line.text == "One network"
        assert "/amend common1 … Enter saves this text" in person.told
        await person.press("enter")
        assert "unchanged · Common 1" in person.told
        await person.press("enter", "home", *"/2 ", "enter")
        await person.sees("Common 1 /2 One network")
        await person.press("enter", *["backspace"] * 20, "enter")
        assert "nothing would be left of the text" in person.told
        await person.press("ctrl+p", *"New")
        assert person.app.line.text == "New"
        await person.press("enter")
        await person.sees("Common 1 New")
        await person.press("enter", "x", "escape")
        assert "left as it was" in person.told
        assert person.app.line.whole == ""
        await person.press("/")
        assert person.app.line.text == "/"

    entries = sit(table, does)
    assert kinds(entries) == ["cluster", "amend", "amend"]
    assert [entry["text"] for entry in entries] == ["One network", "/2 One network", "New"]


def test_a_wording_begun_comes_back_whole(table: Any) -> None:
    filled(table)

    async def begins(person: Person) -> None:
        await person.says("/join africa1 asia1: One network")
        await person.press("enter", *" of all")
        await person.pilot.pause(0.05)
        person.app.action_leave()

    async def finds(person: Person) -> None:
        assert (person.app.line.lead, person.app.line.text) == ("/amend common1 ", "One network of all")
        await person.press("home", *"Ho ", "enter")

    sit(table, begins)
    assert [entry["text"] for entry in sit(table, finds)] == ["One network", "Ho One network of all"]


def test_members_that_move_change_no_words(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.says("/join africa1 asia1: One network")
        await person.says("/join common1 europe1")
        assert "[amended]" not in person.screen
        await person.says("/amend common1 Another")
        await person.sees("[amended]")

    sit(table, does, (120, 40))


def test_a_key_that_means_nothing_says_so(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("s")
        assert "s does nothing at a proposal; it means split at a common one" in person.told
        await person.press("z")
        assert person.told.strip() == "✗ z does nothing at a proposal"
        await person.press("tab", "enter")
        assert "Enter does nothing at a recommendation" in person.told

    assert sit(table, does) == []


def test_columns_follow_the_window(table: Any) -> None:
    filled(table)

    def columns(person: Person) -> int:
        return len(re.findall(r" · \d", person.screen.split("\n")[2]))

    async def does(person: Person) -> None:
        for width, fits in ((200, 4), (80, 2), (120, 3), (60, 1)):
            await person.pilot.resize_terminal(width, 24)
            await person.until(lambda fits=fits: columns(person) == fits, f"{fits} columns")  # type: ignore[misc]

    sit(table, does)


def test_plain_text_is_about_the_question_of_the_table(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        table.desk("session-4").say("/3")
        await person.says("A roster of trainers")
        await person.says("/1 another place")
        await person.says("/off not for the room")
        await person.says("\\/1 is no place")

    entries = sit(table, does)
    assert [(entry["question"], entry["text"]) for entry in entries] == [
        ("q2", "A roster of trainers"),
        ("q1", "another place"),
        ("q2", "not for the room"),
        ("q2", "/1 is no place"),
    ]


def test_a_status_stands_beside_members(table: Any) -> None:
    filled(table)
    table.desk("session-4").say("/br africa1")
    table.desk("working-lunch", "asia", "asia").say("/defer 2")

    async def does(person: Person) -> None:
        proposed = person.screen.split("Proposed and common")[1]
        assert "Asia and the Pacific 2" not in proposed
        assert "[bracketed]" in proposed
        await person.says("/accept 1")
        await person.sees("Common 1 ")
        assert [row.note for row in person.app._made.rows if row.kind == "part"] == ["[bracketed]", ""]

    sit(table, does, (200, 50))


async def types(person: Person, text: str) -> None:
    """The keys of a text as fast as they come."""
    for letter in text:
        person.app.post_message(events.Key(_character_to_key(letter), letter))
    await person._handled()


def test_leaving_proposals_never_decides_on_a_common_one(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.says("/join africa3: One at sea")
        await person.says("/ok common1")
        person.app._made.point(next(row.key for row in person.app._made.rows if row.kind == "proposal"))
        await person.press("d")
        assert "d does nothing at a proposal; it means deferred at a common one" in person.told
        for _ in range(8):
            await person.press("x")
            await person.until(lambda: not person.app._scribe._lines.qsize(), "taken")
        await person.sees("nothing is proposed")
        assert person.app._made.row is None
        assert "▸Proposals · 0" in person.screen
        await person.press("d", "s")
        assert "s does nothing at a heading" in person.told
        await person.press("down", "d")
        assert "deferred Common 1" in person.told

    assert [entry.get("status") for entry in sit(table, does, (100, 50))] == [None, "agreed", "deferred"]


def test_the_slash_that_the_key_typed_is_typed_once(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await types(person, "//join africa3: Rescue at sea")
        assert person.app.line.text == "/join africa3: Rescue at sea"
        await person.press("enter")
        await types(person, "/")
        await person.press("backspace")
        await types(person, "//srv is text")
        assert person.app.line.text == "//srv is text"

    assert [entry["kind"] for entry in sit(table, does)] == ["cluster"]


def test_what_is_typed_on_a_page_goes_into_a_line_that_is_begun(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("f1")
        await types(person, "aq")  # at the rows letters are keys, and those of a page none
        assert len(person.app.screen_stack) > 1
        await person.press("escape")
        await types(person, "/quite")
        await person.press("f1")
        await types(person, " so")
        assert person.app.line.text == "/quite so"

    assert sit(table, does) == []
