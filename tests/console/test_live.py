"""The live screen by its keys, with clocks that the test moves."""

import asyncio
import errno
import os
import re
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key

from grcp_cli.console.inbox import Unsaved
from grcp_cli.console.live import app as live_app
from grcp_cli.console.live import facts, holding
from grcp_cli.console.live.help import keys
from grcp_cli.console.live.keys import ANYWHERE, BEGIN, KEYS, RECORD, Key, below, meant
from grcp_cli.console.live.masthead import Masthead
from grcp_cli.console.live.page import Page
from grcp_cli.console.live.questions import Questions
from grcp_cli.console.live.wish import Wish
from grcp_cli.console.writer import Writer
from grcp_cli.meeting import clock
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.commands import BY_NAME, COMMANDS
from grcp_cli.meeting.grammar import Command, parse
from grcp_cli.store import desk as desks
from grcp_cli.store import durable
from grcp_cli.store.kept import Kept

from .conftest import written

# Keys and commands are one grammar.


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.shown}{key.line.split()[0]}")
def test_every_key_types_a_line_of_the_grammar(key: Key, meeting: Meeting) -> None:
    session = meeting.session("session-2")
    assert session
    line = key.line.replace("{n}", "12").replace("{text}", "what it says")
    typed = parse(line, meeting, session, "q1/a")
    assert isinstance(typed, Command)
    assert BY_NAME[typed.name.rstrip("12")] in COMMANDS


def test_every_key_is_in_the_help() -> None:
    told = "\n".join(line for where in dict.fromkeys(each.where for each in KEYS) for line in keys(where))
    for key in KEYS:
        assert f"{key.shown} " in told
        assert key.short in told


@pytest.mark.parametrize("state", [clock.TO_COME, clock.RUNNING, clock.PAUSED, clock.ENDED])
def test_one_key_means_one_thing(state: str) -> None:
    for key in KEYS:
        same = [each for each in KEYS if (each.key, each.where) == (key.key, key.where) and each.serves(state)]
        assert len(same) <= 1
        assert meant(key.key, state, key.where) in (*same, None)
    for width in (0, 20, 60, 200):
        assert sum(len(each.shown) + len(each.short) + 4 for each in below(state, ANYWHERE, width)) <= width


def test_the_session_by_its_keys(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        assert "clock · started 10:45" in person.told
        await person.sees("running")
        await person.press("f3", "f3", "f2")
        assert "question 1b" in person.prompt
        await person.says("/q igad, colombo")
        await person.sees("2 waiting: IGAD-RCP, Colombo Process")
        await person.press("f5")
        assert "said by IGAD-RCP" in person.prompt
        await person.press("f5")
        assert "said by Colombo Process" in person.prompt
        await person.press("f6")
        assert "nobody has the floor" in person.prompt
        await person.press("f7")
        assert "ends 12:05, 55 min before the hard stop" in person.told, "the effect is shown before it is applied"
        await person.press("enter")
        await person.press("f4")
        await person.sees("paused")
        await person.press("f4")
        await person.sees("running")
        await person.press("f10")
        assert "end" not in person.kinds, "it asks first"
        assert "4 questions without an entry" in person.told
        await person.press("enter")
        await person.sees("closing")

    written = table.sit(does)
    kinds = [entry["kind"] for entry in written]
    assert kinds == [
        *["start", "goto", "goto", "goto", "queue", "floor", "floor", "yield", "extend", "pause", "resume", "end"],
    ]
    assert [entry["question"] for entry in written if entry["kind"] == "goto"] == ["q1/b", "q1/c", "q1/b"]


def test_a_key_that_cannot_be_done_is_told_and_writes_nothing(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f6")
        assert "not saved" in person.told
        await person.press("f5")
        assert "not saved" in person.told

    assert table.sit(does) == []


def test_ending_asks_and_is_taken_back(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4", "f10")
        assert "/end" in person.told
        await person.press("escape")
        assert "/end" not in person.told
        await person.press("enter")
        await person.press("f10")
        await person.type("a line after all")
        await person.press("enter")
        assert person.kinds == ["start", "note"]

    table.sit(does)


def test_f10_twice_ends_while_a_line_is_begun(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.type("half a line")
        await person.press("f10", "f10")
        assert person.kinds == ["start", "end"]
        assert person.line == "half a line"

    table.sit(does)


def test_leaving_asks_and_pauses(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4", "ctrl+c")
        assert "leave" in person.told
        assert person.app.return_value is None
        await person.pilot.press("ctrl+c")
        await person.until(lambda: person.app.return_value is not None)

    assert [entry["kind"] for entry in table.sit(does)] == ["start", "pause"]
    assert table.wish is Wish.NOTHING


@pytest.mark.parametrize("key", ["escape", "f1"])
def test_help_closes_by_what_it_says(table: Any, key: str) -> None:
    async def does(person: Any) -> None:
        await person.press("f1")
        await person.sees("Help")
        await person.press(key)
        assert len(person.app.screen_stack) == 1

    table.sit(does)


def test_help_about_a_word(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/help floor")
        assert isinstance(person.app.screen, Page)
        assert "/f " in person.screen
        assert "/strike" not in person.screen
        await person.press("enter")
        assert len(person.app.screen_stack) == 1

    table.sit(does)


# Typing.


def test_what_is_typed_is_on_disk_and_shown(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.type("members report each year")
        assert person.entries == []
        await person.press("enter")
        assert person.entries[0]["text"] == "members report each year"
        assert "saved 1 · note · q1/a" in person.told
        assert person.rows == ["members report each year"]
        assert person.line == ""

    table.sit(does)


def test_a_refused_line_comes_back_to_be_mended(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("@zzz hello")
        assert "not saved: @zzz is not in the agenda" in person.told
        assert person.line == "@zzz hello"
        await person.press("home", "delete", "delete", "delete", "delete")
        await person.type("@igad")
        await person.press("enter")
        assert [(entry["speaker"], entry["text"]) for entry in person.entries] == [("igad-rcp", "hello")]

    table.sit(does)


def test_a_refusal_leaves_the_line_begun_since(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.paste("/nxt")
        await person.pilot.press("enter", *"ab")
        await person.settled()
        if person.line == "ab":  # else the refusal was quicker than the next key
            assert "Ctrl-P brings the line back" in person.told
            await person.press("ctrl+p")
            assert person.line == "/nxt"
            await person.press("ctrl+n")
            assert person.line == "ab"

    assert table.sit(does) == []


def test_lines_pasted_are_entries_after_one_enter(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.paste("one\nrec: two\n\n@igad three")
        assert person.entries == []
        assert "3 lines" in person.told
        await person.press("enter")

    kinds = [(entry["kind"], entry["text"], entry.get("speaker")) for entry in table.sit(does)]
    assert kinds == [("note", "one", None), ("recommendation", "two", None), ("note", "three", "igad-rcp")]


def test_lines_pasted_become_one_line_by_esc(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.paste("one\ntwo")
        await person.press("escape")
        assert person.line == "one two"
        await person.press("enter")

    assert [entry["text"] for entry in table.sit(does)] == ["one two"]


def test_tab_completes_commands_names_questions_and_tags(table: Any) -> None:
    async def does(person: Any) -> None:
        async def tabbed(typed: str, times: int = 1) -> str:
            person.app.composer.line.put("")
            await person.type(typed)
            await person.pilot.press(*["tab"] * times)
            await person.pilot.pause()
            return person.line

        assert await tabbed("/ext") == "/extend "
        assert await tabbed("@colo") == "@Colombo Process "
        assert await tabbed("@pueb") == "@RCM "
        assert await tabbed("/go 2") == "/go 2"
        assert await tabbed("rec: @bu") == "rec: @Budapest Process "
        first, second = await tabbed("/q p"), await tabbed("/q p", 2)
        assert first != second
        assert second.startswith("/q ")
        assert await tabbed("plain words") == "plain words"

    table.sit(does)


def test_tags_complete_where_the_agenda_offers_them(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/go 2")
        await person.type("works well #aca")
        await person.pilot.press("tab")
        await person.pilot.pause()
        assert person.line == "works well #academia "
        await person.press("enter")

    written = table.sit(does, session="working-lunch", desk="africa", group="africa")
    assert written[-1]["tags"] == ["academia"]


def test_lines_typed_before_come_back(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("one", "two", "two")
        await person.type("beg")
        await person.press("ctrl+p")
        assert person.line == "two"
        await person.press("ctrl+p")
        assert person.line == "one"
        await person.press("ctrl+p")
        assert person.line == "one"
        await person.press("ctrl+n", "ctrl+n")
        assert person.line == "beg"

    table.sit(does)


def test_undo_and_redo_of_the_last_act(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("one", "two")
        await person.press("ctrl+z")
        assert person.rows == ["one"]
        assert "/redo" in person.told
        await person.press("ctrl+y")
        assert person.rows == ["one", "two"]

    assert [entry["kind"] for entry in table.sit(does)] == ["note", "note", "undo", "redo"]


def test_keys_of_an_empty_line_belong_to_the_line_once_it_is_begun(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("one")
        await person.type("two three")
        await person.press("ctrl+z")
        assert person.kinds == ["note"]

    table.sit(does)


def test_whose_words_a_line_is_was_settled_by_its_first_letter(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/f bali")
        await person.type("what Bali said")
        person.beside("/f colombo")
        await person.until(lambda: "Colombo Process" in person.told)
        assert "said by Bali Process" in person.prompt
        await person.press("enter")
        assert "said by Colombo Process" in person.prompt
        await person.says("what Colombo said")

    said = [(entry["speaker"], entry["text"]) for entry in table.sit(does) if "text" in entry]
    assert said == [("bali-process", "what Bali said"), ("colombo-process", "what Colombo said")]


def test_nothing_moves_the_line_being_typed(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.type("a line that is being typed")
        await person.pilot.press("left", "left", "left")
        cursor = person.app.composer.line.cursor_location
        for at in range(3):
            person.beside(f"from beside {at}")
            await person.wait(61)
        await person.until(lambda: len(person.rows) == 3)
        for size in ((60, 24), (80, 16), (200, 50), (40, 12), (80, 24)):
            await person.pilot.resize_terminal(*size)
            await person.wait(1)
            assert person.line == "a line that is being typed"
            assert person.app.composer.line.cursor_location == cursor
            assert person.app.focused is person.app.composer.line
        await person.type("XY")
        assert person.line == "a line that is being tyXYped"
        await person.press("enter")

    assert [entry["text"] for entry in table.sit(does) if "text" in entry][-1] == "a line that is being tyXYped"


def test_letters_typed_while_lines_are_saved_are_all_there(table: Any) -> None:
    async def does(person: Any) -> None:
        for at in range(10):
            # Enter and the next line come in one read, as they do over a slow connection.
            for letter in f"line {at}":
                person.app.post_message(events.Key(_character_to_key(letter), letter))
            person.app.post_message(events.Key("enter", "\r"))
        await person.until(lambda: len(person.rows) == 10, "ten rows")

    assert [entry["text"] for entry in table.sit(does)] == [f"line {at}" for at in range(10)]


def test_what_has_no_shape_of_its_own_is_typed_all_the_same(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.type("می‌خواهم a b 👩‍👧")
        await person.press("enter")

    assert table.sit(does)[0]["text"] == "می‌خواهم a b 👩‍👧"


def test_a_key_that_has_nothing_to_do_leaves_the_line_alone(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f5")
        assert "nobody waits" in person.told
        assert not person.line

    table.sit(does)


def test_help_scrolls(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f1")
        await person.sees("Keys, wherever one is")
        await person.pilot.press("end")
        await person.until(lambda: "Keys, wherever one is" not in person.screen, "another part of the page")

    table.sit(does)


# The record.


def test_while_an_entry_is_edited_only_its_text_is_in_the_line(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first", "second")
        await person.press("up", "enter", "ctrl+p")
        assert person.line == "second"
        await person.press("ctrl+u", "enter")
        assert "nothing would be left of the text" in person.told
        await person.type("/1 more")
        await person.press("enter")
        assert person.rows == ["first", "/1 more"]
        await person.press("up", "enter", "ctrl+u")
        await person.type("/star 1")
        await person.press("enter")
        assert person.kinds == ["note", "note", "amend", "star"]

    written = table.sit(does)
    assert written[2]["text"] == "/1 more"


def test_an_entry_is_edited_in_place(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first", "second", "third")
        await person.press("up", "up")
        await person.pilot.press("enter")
        await person.pilot.pause()
        assert person.line == "second"
        assert "editing 2" in person.prompt
        await person.type(" thoughts")
        await person.press("enter")
        assert person.rows == ["first", "second thoughts", "third"]
        assert person.line == ""

    written = table.sit(does)
    assert written[-1]["kind"] == "amend"
    assert (written[-1]["target"], written[-1]["text"]) == (written[1]["id"], "second thoughts")
    assert written[1]["text"] == "second"


def test_editing_is_left_by_esc_and_the_line_begun_comes_back(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first")
        await person.press("up", "enter", "escape")
        assert person.line == ""
        await person.type("half a li")
        await person.press("ctrl+p")
        await person.press("ctrl+n")
        assert person.line == "half a li"

    assert len(table.sit(does)) == 1


def test_striking_asks_first(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first", "second")
        await person.press("up", "s")
        assert "/strike 2" in person.told
        assert person.kinds == ["note", "note"]
        await person.press("escape")
        await person.press("s", "s")
        assert person.kinds == ["note", "note", "strike"]
        await person.press("r")
        assert person.kinds[-1] == "restore"

    table.sit(does)


def test_what_is_asked_of_one_entry_is_not_done_to_another(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first", "second")
        await person.press("up", "s", "up", "s")
        assert "/strike 1" in person.told
        assert "strike" not in person.kinds
        await person.press("s")

    written = table.sit(does)
    assert [entry["target"] for entry in written if entry["kind"] == "strike"] == [written[0]["id"]]


AT_AN_ENTRY = {
    "*": {"kind": "star"},
    "a": {"kind": "status", "status": "agreed"},
    "b": {"kind": "status", "status": "bracketed"},
    "i": {"kind": "status", "status": "bis"},
    "n": {"kind": "status", "status": "not-agreed"},
    "d": {"kind": "status", "status": "deferred"},
    "p": {"kind": "status", "status": "proposed"},
    "c": {"kind": "confirm"},
    "l": {"kind": "allow"},
    "ww": {"kind": "status", "status": "withdrawn"},
}


def test_keys_at_an_entry(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("rec: first", "second")
        await person.press("up", "up")
        for key, became in AT_AN_ENTRY.items():
            for letter in key:
                await person.type(letter)
                await person.settled()
            last = person.entries[-1]
            assert became.items() <= last.items()
            assert last["target"] == person.entries[0]["id"]

    assert len(table.sit(does)) == 2 + len(AT_AN_ENTRY)


@pytest.mark.parametrize(
    ("key", "begins", "typed", "became"),
    [
        ("o", "/owner 1 ", "col", {"kind": "amend", "owner": "colombo-process"}),
        ("+", "/+1 ", "igad", {"kind": "support"}),
        ("-", "/-1 ", "igad", {"kind": "oppose"}),
        ("e", "/set 1 ", "/2 rec:", {"kind": "amend", "question": "q2", "new_kind": "recommendation"}),
    ],
)
def test_a_key_at_an_entry_begins_a_line(table: Any, key: str, begins: str, typed: str, became: dict[str, str]) -> None:
    async def does(person: Any) -> None:
        await person.says("action: to do")
        await person.press("up")
        await person.type(key)
        assert person.line == begins
        await person.type(typed)
        await person.press("enter")

    first, last = table.sit(does)
    assert became.items() <= last.items()
    assert last["target"] == first["id"]


def test_an_entry_is_edited_however_its_text_is_typed(table: Any) -> None:
    async def does(person: Any) -> None:
        async def edit() -> None:
            await person.press("up")
            await person.press("enter")
            assert "editing 1" in person.prompt

        await person.says("first")
        await edit()
        await person.press("home")
        await person.type("the ")
        assert "editing 1" in person.prompt
        await person.press("enter")
        assert person.rows == ["the first"]
        await edit()
        await person.press("ctrl+u")
        assert (person.line, "editing 1" in person.prompt) == ("", True)
        await person.type("all anew")
        assert person.app.composer.unsent == ["/amend 1 all anew"]
        await person.press("enter")
        assert person.rows == ["all anew"]
        await edit()
        await person.press("escape")
        assert (person.line, "editing" in person.prompt) == ("", False)
        await person.says("a second")
        await edit_and_say(person)
        assert person.rows == ["all anew", "a second"]

    async def edit_and_say(person: Any) -> None:
        await person.press("up")
        await person.press("enter")
        await person.press("ctrl+u")
        await person.type("/star 1")
        await person.press("enter")

    written = table.sit(does)
    assert [entry["kind"] for entry in written] == ["note", "amend", "amend", "note", "star"]


def test_a_line_begun_comes_back_after_the_one_a_key_began(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first")
        await person.type("half a line")
        line = person.app.composer
        key = next(each for each in KEYS if each.how == BEGIN and each.where == RECORD)
        line.press(key, "/amend 1 other")
        await person.pilot.pause()
        assert person.line == "/amend 1 other"
        await person.press("enter")
        assert person.line == "half a line"
        await person.press("enter")

    assert [entry["kind"] for entry in table.sit(does)] == ["note", "amend", "note"]


def test_filters(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("alpha beta", "r: gamma", "/1b delta", "/star 1")
        for line, shown in (
            ("/list rec", ["gamma"]),
            ("/list 1b", ["delta"]),
            ("/list 1", ["alpha beta", "gamma", "delta"]),
            ("/list starred", ["alpha beta"]),
            ("/find BETA alpha", ["alpha beta"]),
            ("/find nowhere", []),
        ):
            await person.says(line)
            assert person.rows == shown
        await person.sees("nothing found")
        await person.says("another beside the filter")
        assert person.rows == []
        await person.press("escape")
        assert person.rows == ["alpha beta", "gamma", "delta", "another beside the filter"]

    table.sit(does)


def test_a_group_sees_which_questions_it_left_open_itself(table: Any) -> None:
    async def does(person: Any) -> None:
        person.beside("/2 Training", "asia", "working-lunch", "asia")
        await person.says("/start", "One calendar")
        await person.sees("1 of up to 5")
        await person.press("f8")
        await person.sees("1 without an entry by Africa")
        assert "· 2 What" in person.screen
        await person.press("f8", "f10")
        assert "1 question without an entry by Africa?" in person.told
        await person.press("enter")
        await person.sees("1 of 2 covered by Africa · open: 2")
        await person.press("escape")
        await person.says("/2 Late")
        assert "saved 2 · partnership · q2 · Africa · after the end" in person.told

    table.sit(does, (120, 30), session="working-lunch", desk="africa", group="africa")


def test_only_open_questions(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("a note", "/go 2")
        await person.press("f8")
        await person.sees("3 without an entry")
        assert "✓ 1a" not in person.screen
        await person.press("f8")
        await person.sees("✓ 1a")
        await person.press("f8", "escape")
        await person.sees("✓ 1a")

    table.sit(does)


def test_who_looks_back_goes_on_seeing_what_they_look_at(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.paste("\n".join(f"entry {at:02}" for at in range(60)))
        await person.press("enter")
        await person.sees("entry 59")
        await person.press("pageup", "pageup")
        seen = re.findall(r"entry \d+", person.screen)[:6]
        person.beside("from beside")
        await person.until(lambda: len(person.rows) == 61)
        await person.sees("newer")
        assert re.findall(r"entry \d+", person.screen)[:6] == seen
        await person.press("pagedown", "pagedown", "pagedown")
        await person.sees("from beside")

    table.sit(does)


def test_an_entry_arrowed_to_stays_while_others_come(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first", "second", "third")
        await person.press("up", "up")
        person.beside("from another desk", "second")
        await person.until(lambda: len(person.rows) == 4)
        await person.type("*")
        await person.settled()

    written = table.sit(does)
    assert (written[-1]["kind"], written[-1]["target"]) == ("star", written[1]["id"])


def test_the_record_is_left_downward_and_what_is_pasted_goes_into_the_line(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first", "second")
        await person.press("up", "up", "down", "down")
        assert person.app.focused is person.app.composer.line
        await person.press("up")
        await person.paste("pasted")
        assert person.line == "pasted"
        assert person.app.focused is person.app.composer.line

    table.sit(does)


def test_the_record_is_left_by_itself_so_that_prose_is_no_command(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def does(person: Any) -> None:
        await person.says("first")
        await person.press("up")
        monkeypatch.setattr(live_app, "_IDLE", 0.0)
        await person.until(lambda: person.app.focused is person.app.composer.line)
        await person.type("same again")
        assert person.line == "same again"

    assert len(table.sit(does)) == 1


def test_a_question_clicked_on_is_gone_to(table: Any) -> None:
    async def does(person: Any) -> None:
        row = next(at for at, line in enumerate(person.screen.splitlines()) if "· 2 How" in line)
        await person.pilot.click(offset=(5, row))
        await person.settled()
        assert "question 2" in person.prompt

    assert [entry["kind"] for entry in table.sit(does)] == ["goto"]


# Other desks.


def test_two_desks(table: Any) -> None:
    async def does(person: Any) -> None:
        person.beside("/start")
        person.beside("/go 1b")
        person.beside("r: theirs")
        await person.until(lambda: "theirs" in person.rows)
        assert "following the session" in person.screen
        assert "running" in person.screen
        assert "question 1b" in person.prompt
        await person.says("mine")
        assert "saved 1 · note · q1/b" in person.told
        assert person.rows == ["theirs", "mine"]
        await person.press("up", "up")
        await person.type("*")
        await person.settled()
        assert person.entries[-1]["kind"] == "star"
        person.beside("/amend 1 changed by them")
        await person.until(lambda: "changed by them" in person.rows)

    table.sit(does, desk="second", size=(120, 30))
    assert table.desk().record.statements("session-2")[0].starred


def test_what_others_do_in_this_file_is_shown(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("mine")
        person.beside("from a shell")
        await person.until(lambda: "beside · saved 2" in person.told)
        person.beside("/strike 1")
        await person.until(lambda: "beside · struck 1" in person.told)
        person.beside("/undo")
        person.beside("/undo")
        await person.until(lambda: person.rows == ["mine"])

    table.sit(does)


# What is told at the moment it helps.


def test_a_start_overdue_is_told_once_and_backdated(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.wait(299)
        assert "planned for" not in person.told
        await person.wait(1)
        assert "planned for 10:45, not started" in person.told
        await person.says("a note")
        await person.wait(60)
        assert "planned for" not in person.told
        await person.says("/start 10:45")
        await person.sees("running")
        assert "1:08:59" in person.screen or "6 min" in person.screen

    written = table.sit(does, size=(60, 24))
    assert written[1]["effective"].strftime("%H:%M") == "10:45"


def test_time_is_told_before_the_end_and_overtime_shown(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.wait(1)
        await person.wait(70 * 60)
        assert "time · 5 min left" in person.told
        await person.wait(30)
        await person.says("a note")
        assert "time ·" not in person.told
        await person.wait(5 * 60)
        await person.sees("OVERTIME")

    table.sit(does)


def test_leaving_a_question_without_an_entry_is_told(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4", "f3")
        assert "1a" in person.told
        assert "→" in person.told

    table.sit(does)


# The closing page.


@pytest.mark.parametrize(("key", "wish"), [("d", Wish.DRAFT), ("x", Wish.EXPORT), ("q", Wish.NOTHING)])
def test_from_the_closing_page(table: Any, key: str, wish: Wish) -> None:
    async def does(person: Any) -> None:
        await person.says("/start", "r: Meet once a year", "/end")
        await person.sees("closing")
        assert "1 of 4" in person.screen
        await person.pilot.press(key)
        await person.until(lambda: person.app.return_value is not None)

    table.sit(does)
    assert table.wish is wish


def test_the_closing_page_shows_recommendations_and_what_is_open(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/start", "r: Meet once a year", "/end")
        await person.sees("Meet once a year")
        page = person.screen
        assert "planned" in page
        assert "open: 1b, 1c, 2" in page
        await person.press("r")
        await person.until(lambda: person.kinds[-1] == "reopen")

    table.sit(does, size=(100, 40))


def test_after_the_end_the_closing_page_comes_again(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/start", "/end")
        await person.sees("closing")
        await person.press("escape")
        assert "F10 closing page" in person.screen
        await person.press("f10")
        await person.sees("closing · Session 2")
        await person.press("escape")
        await person.says("/end")
        assert "the clock is ended" in person.told
        assert "/closing shows what it came to" in person.told

    assert [entry["kind"] for entry in table.sit(does)] == ["start", "end"]


def test_the_closing_page_can_be_seen_before_the_end(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/start", "/closing")
        await person.sees("closing · Session 2")
        assert "r go on" not in person.screen
        await person.press("r")
        await person.sees("the session has not ended")
        await person.press("escape")
        assert len(person.app.screen_stack) == 1

    assert [entry["kind"] for entry in table.sit(does)] == ["start", "pause"]


def test_the_closing_page_is_left_for_the_record(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("/start", "/end")
        await person.sees("closing")
        await person.press("escape")
        assert len(person.app.screen_stack) == 1
        assert person.app.return_value is None

    table.sit(does)


# It survives.


def test_the_line_begun_is_kept_and_offered(table: Any) -> None:
    async def leaves(person: Any) -> None:
        await person.type("half a line é中")
        person.app.leave()

    async def returns(person: Any) -> None:
        assert person.line == "half a line é中"
        assert "back in the line" in person.told
        await person.press("enter")

    assert table.sit(leaves) == []
    typed = table.desk().path.with_name("session-2.toml.typed")
    assert Kept(table.desk().path).load() == ("half a line é中",)
    assert [entry["text"] for entry in table.sit(returns)] == ["half a line é中"]
    assert not typed.exists()


def test_the_line_is_kept_while_it_is_typed(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.type("half a li")
        await person.until(lambda: Kept(person.desk.path).load() == ("half a li",))
        await person.press("enter")
        await person.until(lambda: Kept(person.desk.path).load() == ())

    table.sit(does)


def test_whoever_comes_back_is_told_where_it_stood(table: Any) -> None:
    async def leaves(person: Any) -> None:
        await person.press("f4", "f3")

    async def returns(person: Any) -> None:
        assert "paused" in person.told
        assert "7 min" in person.told
        assert "1b" in person.prompt
        await person.press("f4")
        await person.sees("running")

    table.sit(leaves)
    table.clock.wait(7 * 60)
    assert [entry["kind"] for entry in table.sit(returns)] == ["start", "goto", "pause", "resume", "pause"]


class Full:
    """A disk on which nothing more fits in session files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        self._append = desks.Held.append_all
        monkeypatch.setattr(live_app, "_RETRY", 0.05)
        full = self

        def append_all(held: Any, made: Any) -> Any:
            if full.full:
                error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                raise desks.refused("write", held._path if hasattr(held, "_path") else "the disk", error)
            return full._append(held, made)

        monkeypatch.setattr(desks.Held, "append_all", append_all)


def test_a_full_disk_keeps_lines_and_saves_them_later(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Full(monkeypatch)

    async def does(person: Any) -> None:
        await person.paste("first")
        await person.pilot.press("enter")
        await person.until(lambda: "not saved yet" in person.told)
        assert person.entries == []
        await person.paste("second")
        await person.pilot.press("enter")
        await person.until(lambda: Kept(person.desk.path).load() == ("first", "second"))
        disk.full = False
        await person.until(lambda: len(person.entries) == 2)
        await person.until(lambda: person.rows == ["first", "second"])
        await person.settled()
        assert "not saved yet" not in person.told

    assert [entry["text"] for entry in table.sit(does)] == ["first", "second"]


def test_a_disk_full_to_the_end_gives_every_line_back(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Full(monkeypatch)

    async def does(person: Any) -> None:
        await person.says("first", "second")
        await person.type("third, half")
        person.app.leave()

    with pytest.raises(Unsaved, match="first\nsecond"):
        table.sit(does)
    assert Kept(table.desk().path).load() == ("first", "second", "third, half")
    disk.full = False

    async def returns(person: Any) -> None:
        assert person.line == "first\nsecond\nthird, half"
        await person.press("enter")

    assert [entry["text"] for entry in table.sit(returns)] == ["first", "second", "third, half"]


def test_a_file_that_an_editor_spoilt_keeps_lines_until_it_is_mended(
    table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_app, "_RETRY", 0.05)

    async def does(person: Any) -> None:
        await person.says("first")
        path = person.desk.path
        sound = path.read_bytes()
        durable.replace(path, sound.decode().encode("utf-16"))
        for line in ("second", "third"):
            await person.paste(line)
            await person.pilot.press("enter")
        await person.until(lambda: Kept(path).load() == ("second", "third"))
        await person.until(lambda: "not saved yet" in person.told)
        durable.replace(path, sound)
        await person.until(lambda: person.rows == ["first", "second", "third"])
        await person.settled()

    assert [entry["text"] for entry in table.sit(does)] == ["first", "second", "third"]


def test_a_bug_behind_the_screen_is_told_at_once_and_loses_no_line(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> Any:
        raise ZeroDivisionError("somewhere")

    async def does(person: Any) -> None:
        await person.says("first")
        monkeypatch.setattr(Writer, "_answer", breaks)
        for line in ("second", "third"):
            await person.paste(line)
            await person.pilot.press("enter")
        await person.until(lambda: "nothing more is saved" in person.told)
        await person.paste("fourth")
        await person.pilot.press("enter")
        await person.until(lambda: "fourth" in person.app.composer.sent)
        monkeypatch.undo()

    with pytest.raises(ZeroDivisionError):
        table.sit(does)
    saved = [entry["text"] for entry in written(table.desk().path)]
    assert [*saved, *Kept(table.desk().path).load()] == ["first", "second", "third", "fourth"]


def test_a_terminal_of_sixteen_colours(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCP_THEME", "16")

    async def does(person: Any) -> None:
        await person.press("f4")
        assert "running" in person.screen

    table.sit(does)


# Small and large terminals.


def test_the_questions_give_way_on_a_narrow_terminal(table: Any) -> None:
    async def does(person: Any) -> None:
        for width, shown in ((60, False), (80, True), (50, False), (200, True)):
            await person.pilot.resize_terminal(width, 24)
            await person.settled()
            assert person.app.query_one(Questions).display is shown

    table.sit(does)


@pytest.mark.parametrize(("size", "masthead", "line"), [((80, 16), 2, 1), ((80, 50), 4, 3)])
def test_time_and_line_take_what_the_terminal_has(table: Any, size: tuple[int, int], masthead: int, line: int) -> None:
    async def does(person: Any) -> None:
        assert person.app.query_one(Masthead).size.height == masthead
        assert person.app.composer.line.size.height == line

    table.sit(does, size=size)


# What is typed is nowhere but where it belongs, and never lost.


def test_what_is_pasted_on_a_page_goes_into_no_line_beneath(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f1")
        await person.paste("pasted while reading the help")
        await person.press("escape")
        assert person.line == ""
        assert person.app.focused is person.app.composer.line

    assert table.sit(does) == []


# Pages on top.


@pytest.mark.parametrize("page", ["/help", "/board", "/speakers", "/matrix"])
def test_what_is_typed_on_a_page_goes_into_the_line_and_loses_no_letter(table: Any, page: str) -> None:
    async def does(person: Any) -> None:
        await person.says(page)
        assert isinstance(person.app.screen, Page)
        await person.type("The quarterly calls are agreed")
        assert len(person.app.screen_stack) == 1
        assert person.line == "The quarterly calls are agreed"
        await person.press("enter")
        await person.press("up", "f1")
        await person.type(" quiet")  # not at the entry arrowed to, where letters are keys
        assert person.line == " quiet"

    (entry,) = table.sit(does, session="session-4")
    assert entry["text"] == "The quarterly calls are agreed"


def test_a_line_begun_goes_on_after_a_page(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.type("half a l")
        await person.press("f1")
        await person.type("ine")
        assert person.line == "half a line"
        await person.press("f1", "enter")  # Enter closes the page and takes no line
        assert person.line == "half a line"

    assert table.sit(does) == []


def test_esc_makes_an_edited_text_one_line_and_it_is_edited_still(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first words")
        await person.press("up", "enter")
        await person.paste(" more\nand more")
        assert "an entry of its own" not in person.told
        await person.press("escape")
        assert (person.line, "editing 1" in person.prompt) == ("first words more and more", True)
        await person.press("enter")
        assert person.rows == ["first words more and more"]

    assert [entry["kind"] for entry in table.sit(does)] == ["note", "amend"]


def test_esc_makes_a_command_over_an_edited_text_one_line_and_no_text(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first words")
        await person.press("up", "enter", "ctrl+u")
        await person.paste("/find first\nwords")
        await person.press("escape")
        assert person.app.composer.unsent == ["/find first words"]

    table.sit(does)


def test_lines_typed_before_never_write_over_an_edited_text(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.says("first words", "second words")
        await person.press("ctrl+p", "ctrl+p")
        assert person.line == "first words"
        await person.press("ctrl+u", "up", "enter", "ctrl+p", "ctrl+n")
        assert (person.line, "editing 2" in person.prompt) == ("second words", True)

    table.sit(does)


def test_a_line_is_kept_or_saved_whenever_the_screen_leaves_behind_enter(table: Any) -> None:
    for steps in range(6):

        async def does(person: Any, steps: int = steps) -> None:
            await person.paste(f"line {steps}")
            person.app.composer.line.post_message(events.Key("enter", None))
            for _ in range(steps):
                await asyncio.sleep(0)
            person.app.leave()

        kept = Kept(table.desk().path)
        saved = [entry["text"] for entry in table.sit(does)]
        assert (f"line {steps}" in saved) != (f"line {steps}" in kept.load()), "once, and once only"
        kept.path.unlink(missing_ok=True)


def test_ctrl_c_hammered_leaves(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def does(person: Any) -> None:
        monkeypatch.setattr(holding, "APART", 60.0)
        await person.press("f4", "ctrl+c")
        person._send("ctrl+c", None)
        await person.until(lambda: person.app.return_value is not None)

    assert [entry["kind"] for entry in table.sit(does)] == ["start", "pause"]


def test_esc_and_letters_at_once_are_a_page_closed_and_a_line(table: Any) -> None:
    async def does(person: Any) -> None:
        for page in ("/help", "/closing"):
            await person.says(page)
            person.app.post_message(events.Key("escape", None))
            await person.type("export quickly")
            assert person.line == "export quickly"
            await person.press("ctrl+u")

    assert table.sit(does) == []


@pytest.mark.parametrize(("key", "shown"), [("q", "q"), ("d", "d"), ("x", "x"), ("ctrl+c", "Ctrl-C")])
def test_the_closing_page_of_a_session_that_goes_on_asks_before_it_leaves(table: Any, key: str, shown: str) -> None:
    async def does(person: Any) -> None:
        await person.says("/start", "/closing")
        await person.press(key)
        assert f"a running clock pauses? {shown} again does it, Esc leaves it" in person.screen
        await person.press("escape")
        assert "again does it" not in person.screen
        assert person.app.return_value is None
        assert len(person.app.screen_stack) > 1
        await person.press(key, "r", key)  # what was asked is over when something else is pressed
        assert person.app.return_value is None
        await person.pilot.press(key)
        await person.until(lambda: person.app.return_value is not None)

    assert [entry["kind"] for entry in table.sit(does, (120, 30))] == ["start", "pause"]


def test_who_follows_no_longer_is_told_and_f4_asks_first(table: Any) -> None:
    table.desk("session-2", "africa").say("/start")

    async def does(person: Any) -> None:
        assert "running" in person.screen
        await person.press("f3")
        assert "no longer following africa: /follow returns; this desk's own clock is not started" in person.told
        await person.press("f3")
        assert "no longer following" not in person.told
        await person.press("f4")
        assert "start a clock of this desk's own (/start), beside africa's? Enter does it" in person.told
        await person.press("escape")
        await person.says("/follow")
        assert "running" in person.screen
        await person.press("f2", "f4", "enter")
        assert person.kinds[-1] == "start"

    table.sit(does, (120, 30), desk="second")


def test_a_long_answer_says_that_it_goes_on(table: Any) -> None:
    async def does(person: Any) -> None:
        person.app.composer.told.say("a sentence that goes on and on, " * 20)
        *_, last = person.told.split("\n")
        assert last.endswith(" …")
        assert len(person.told.split("\n")) == 4

    table.sit(does)


def test_keys_below_an_entry_are_those_for_recommendations_first() -> None:
    assert [each.key for each in below(clock.RUNNING, RECORD, 80)] == ["enter", "a", "b", "n", "c", "i"]
    everywhere = {each.key for each in KEYS if each.where == RECORD}
    assert {each.key for each in below(clock.RUNNING, RECORD, 1000)} == everywhere


def test_a_narrow_screen_names_the_desk(table: Any) -> None:
    async def does(person: Any) -> None:
        assert person.screen.split("\n")[0].lstrip().startswith("desk table-3 · Africa · Working Lunch")

    table.sit(does, session="working-lunch", desk="table-3", group="africa")


def test_figures_of_time_are_told_whole_or_not_at_all() -> None:
    assert facts.fitting(["45 min used", "planned end 12:00", "late"], 20) == "45 min used · late"
    assert facts.fitting(["45 min used of 75 min"], 5) == "45 min used of 75 min"


def test_an_ended_session_is_looked_at_and_added_to(table: Any) -> None:
    desk = table.desk()
    for line in ("/start", "first", "/end"):
        desk.say(line)

    async def does(person: Any) -> None:
        assert "F10 closing page, F4 goes on" in person.told
        await person.press("f10")
        await person.sees("closing · Session 2")
        await person.press("escape")
        await person.says("a line after the end")

    assert [entry["kind"] for entry in table.sit(does)] == ["start", "note", "end", "note"]
