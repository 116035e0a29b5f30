"""Read-back: one answer a page, decided with one key, shown as saved once it is."""

from typing import Any

import pytest

from grcp_cli.console.live import holding
from grcp_cli.store import journal
from grcp_cli.store.desk import Desk
from grcp_cli.store.durable import DiskError

APART, FIRST = holding.APART, holding.FIRST
"""As on a keyboard; the screens of tests are held to neither."""


@pytest.fixture(autouse=True)
def lunch(table: Any) -> dict[str, Desk]:
    desks = {each: table.desk("working-lunch", each, each) for each in ("africa", "asia")}
    for text in ("one", "two", "three"):
        desks["africa"].say(text)
    desks["asia"].say("four")
    desks["asia"].say("/2 Joint training #academia")
    table.clock.wait(3 * 3600 + 15 * 60)
    return desks


def page(person: Any) -> Any:
    return person.app._pages.reading


def at(person: Any) -> str:
    return str(page(person).item.name)


def said(person: Any) -> str:
    return str(page(person)._below.content)


def shortened(person: Any) -> list[str]:
    return [line for line in person.screen.splitlines() if line.endswith("…")]


def stated(table: Any) -> dict[str, Any]:
    desk = table.desk("session-4")
    desk.catch_up()
    return {each.text: each for each in desk.record.statements("working-lunch")}


def test_each_is_decided_with_one_key_and_the_next_is_shown(table: Any) -> None:
    async def decide(person: Any) -> None:
        await person.says("/start")
        await person.press("ctrl+o")
        await person.sees("Read back · 1 of 4")
        assert "1:15:00 left · ▶ running · ends 15:15" in person.screen
        for key, word, then in (
            ("a", "Africa 1 · agreed", "Africa 2"),
            ("b", "Africa 2 · [bracketed]", "Africa 3"),
            ("c", "Africa 3 · read out", "Africa 3"),
            ("a", "Africa 3 · agreed", "Asia and the Pacific 1"),
            ("w", "Asia and the Pacific 1 · withdrawn", "Asia and the Pacific 1"),
        ):
            await person.press(key)
            assert said(person).splitlines()[0] == f"✓ {word} · saved"
            assert at(person) == then
        assert said(person).endswith("that was the last one: Esc leaves")
        await person.press("right")
        assert "this is the last one" in said(person)
        await person.press("left", "left", "left", "left")
        assert "this is the first one" in said(person)
        assert "✓ agreed in Session 4" in person.screen
        await person.press("escape")
        assert page(person) is None

    entries = table.sit(decide, session="session-4")
    decided = ("status", "confirm")
    assert [entry.get("status", "read out") for entry in entries if entry["kind"] in decided] == [
        "agreed",
        "bracketed",
        "read out",
        "agreed",
        "withdrawn",
    ]
    assert {each.decided_in for each in stated(table).values()} == {"session-4", ""}


def test_what_is_read_out_stays_to_be_decided_on(table: Any) -> None:
    async def read_out(person: Any) -> None:
        await person.says("/readback")
        assert "○ not decided" in person.screen
        await person.press("c")
        await person.sees("○ not decided · read out")
        await person.press("a")
        assert at(person) == "Africa 2"

    table.sit(read_out, session="session-4")
    assert (stated(table)["one"].status, stated(table)["one"].confirmed) == ("agreed", True)
    assert stated(table)["two"].status == ""


def test_what_was_decided_is_undone_where_it_was(table: Any) -> None:
    async def undo(person: Any) -> None:
        await person.says("/readback")
        await person.press("u")
        assert "nothing was decided on these pages yet" in said(person)
        await person.press("n", "i", "u")
        assert at(person) == "Africa 2"
        assert said(person) == "✓ undone: Africa 2 · bis · saved"
        await person.press("u")
        assert at(person) == "Africa 1"
        await person.press("u")
        assert "nothing was decided" in said(person)

    entries = table.sit(undo, session="session-4")
    assert [entry["kind"] for entry in entries] == ["status", "status", "undo", "undo"]
    assert stated(table)["one"].status == ""


def test_regions_support_oppose_or_neither(table: Any) -> None:
    async def toggle(person: Any) -> None:
        await person.says("/readback")
        await person.press("2", "3", "3")
        assert at(person) == "Africa 1"
        assert "2 Americas and Caribbean + supports" in person.screen
        assert "3 Asia and the Pacific − opposes" in person.screen
        await person.press("3")
        assert said(person) == "✓ Africa 1 · Asia and the Pacific neither supports nor opposes it · saved"
        await person.press("9")
        assert "9 means nothing here" in said(person)
        person.beside("/-africa1 europe", "second", "session-4")
        await person.sees("4 Europe and the former Soviet Union − opposes")
        await person.press("4")
        assert said(person) == "✓ Africa 1 · Europe and the former Soviet Union neither supports nor opposes it · saved"
        await person.press("4")
        await person.sees("4 Europe and the former Soviet Union + supports")

    table.sit(toggle, (100, 30), session="session-4")
    found = stated(table)["one"]
    assert (set(found.support), found.oppose) == ({"americas", "europe"}, ())


def test_the_text_is_edited_in_place(table: Any) -> None:
    async def edit(person: Any) -> None:
        await person.says("/readback")
        await person.press("e")
        await person.type(" and a half; n w q are letters here")
        kept = person.app.composer.unsent
        assert kept == ["/amend africa1 one and a half; n w q are letters here"]
        await person.press("enter")
        assert said(person) == "✓ Africa 1 · amended · saved"
        assert at(person) == "Africa 1"
        assert person.app.composer.unsent == []
        await person.press("e")
        await person.type("not to be kept")
        await person.press("escape")
        assert page(person) is not None
        await person.press("e", "enter")
        await person.press("e", "f10")
        assert said(person) == "F10 (end) waits: Enter saves the text, Esc leaves it as it was"
        page(person)._line.put("")
        await person.press("enter")
        assert "nothing would be left" in said(person)
        await person.press("escape", "escape")
        assert page(person) is None

    entries = table.sit(edit, session="session-4")
    assert [entry.get("text") for entry in entries] == ["one and a half; n w q are letters here"]


def test_a_key_held_down_decides_once(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hold(person: Any) -> None:
        await person.says("/readback")
        monkeypatch.setattr(holding, "APART", 60.0)
        for _ in range(20):
            await person.type("a")
        await person.settled()
        await person.type("a")
        assert "one key each" in said(person)
        assert at(person) == "Africa 2"

    entries = table.sit(hold, session="session-4")
    assert [entry["kind"] for entry in entries] == ["status"]


def test_what_the_disk_refuses_is_not_told_as_saved(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fill(person: Any) -> None:
        await person.says("/readback")
        really = journal.Held.append_all

        def full(*_: object) -> object:
            raise DiskError("there is no room", "make room")

        monkeypatch.setattr(journal.Held, "append_all", full)
        await person.type("a")
        await person.until(lambda: "not saved yet" in said(person))
        assert at(person) == "Africa 1"
        await person.type("b")  # nothing is decided while something is on its way
        monkeypatch.setattr(journal.Held, "append_all", really)
        person.app._clerk.retry()
        await person.until(lambda: "agreed · saved" in said(person))
        assert at(person) == "Africa 2"

    entries = table.sit(fill, session="session-4")
    assert [entry["status"] for entry in entries if entry["kind"] == "status"] == ["agreed"]


def test_others_and_the_time_are_told_there_too(table: Any, lunch: dict[str, Desk]) -> None:
    async def look(person: Any) -> None:
        await person.says("/start", "/readback")
        await person.wait(0)
        await person.wait(70 * 60)
        await person.sees("5 min left")
        assert "5:00 left · ▶ running" in person.screen
        await person.wait(10 * 60)
        assert "+5:00 over · ! OVERTIME" in person.screen
        person.beside("/ok africa1", "second", "session-4")
        await person.sees("✓ agreed in Session 4")
        assert at(person) == "Africa 1"
        lunch["asia"].say("five")
        await person.sees("Read back · 1 of 5")
        lunch["africa"].say("/strike 1")
        await person.until(lambda: at(person) == "Africa 2")

    table.sit(look, session="session-4")


def test_partnerships_at_their_question(table: Any) -> None:
    async def look(person: Any) -> None:
        await person.says("/start", "/go 3", "/readback")
        await person.sees("Read back · 1 of 1")
        assert "with academia" in person.screen
        person.beside("/go 4", "", "session-4")
        await person.press("a")
        assert said(person).startswith("✓ Asia and the Pacific · partnership · agreed · saved")

    table.sit(look, session="session-4")


def test_with_nothing_to_read_back_it_says_so(table: Any) -> None:
    async def look(person: Any) -> None:
        await person.says("a note", "/readback")
        assert "there is nothing to read back yet" in person.told
        await person.says("rec: one")
        await person.press("ctrl+o")
        await person.sees("Session 2.1")
        assert page(person) is not None

    table.sit(look)


def test_a_long_text_scrolls_and_hostile_ones_are_cleaned(table: Any, lunch: dict[str, Desk]) -> None:
    lunch["africa"].say("/amend 1 " + "word " * 600 + "\x1b[31m the \u202eend")

    async def look(person: Any) -> None:
        await person.says("/readback")
        assert "the �end" not in person.screen
        await person.press(*["pagedown"] * 8)
        assert "␛[31m the �end" in person.screen
        await person.press("right", "left")
        assert "the �end" not in person.screen

    table.sit(look, session="session-4")


def test_what_is_typed_for_an_answer_is_not_for_the_room(table: Any) -> None:
    async def look(person: Any) -> None:
        await person.says("@middle-east rec: Heard here", "/readback")
        await person.press("left", *["right"] * 4)
        assert at(person) == "Middle East 1 (Session 4)"
        await person.sees("Middle East 1 (Session 4)")
        assert "typed" not in person.screen
        await person.press("a")
        assert said(person).splitlines() == [
            "✓ Middle East 1 (Session 4) · agreed · saved",
            "that was the last one; 4 not decided yet: Esc leaves",
        ]

    table.sit(look, session="session-4")


def test_a_common_recommendation_shows_what_it_is_made_of(table: Any, lunch: dict[str, Desk]) -> None:
    async def look(person: Any) -> None:
        await person.says("/join africa1 africa2 asia1: All of it together", "/readback")
        await person.press(*["right"] * 4)
        await person.sees("made of")
        assert [
            line.strip() for line in person.screen.splitlines() if line.strip().endswith(("one", "two", "four"))
        ] == [
            "Africa 1: one",
            "Africa 2: two",
            "Asia and the Pacific 1: four",
        ]
        lunch["asia"].say("/amend 1 four, as it should be")
        await person.sees("Asia and the Pacific 1: four, as it should be")
        lunch["africa"].say("/amend 2 two " + "and more " * 200)
        await person.until(lambda: any(line.startswith("  Africa 2: two") for line in shortened(person)))
        assert "Asia and the Pacific 1: four, as it should be" in person.screen
        await person.press("left")
        assert "made of" not in person.screen

    table.sit(look, session="session-4")


def test_what_is_joined_meanwhile_is_read_back_too(table: Any) -> None:
    async def look(person: Any) -> None:
        await person.says("/readback")
        await person.sees("Read back · 1 of 4")
        person.beside("/join africa1 asia1: Together", "second", "session-4")
        await person.sees("Read back · 1 of 5")

    table.sit(look, session="session-4")


def test_time_and_floor_go_on_while_it_is_read(table: Any) -> None:
    async def go_on(person: Any) -> None:
        await person.says("/q igad", "/readback")
        await person.press("f4")
        assert said(person) == "✓ clock · started 14:00 · saved"
        await person.press("f5")
        assert said(person) == "✓ floor · IGAD-RCP · saved"
        await person.sees("▶ IGAD-RCP")
        await person.press("f6", "f5")
        assert said(person).startswith("✗ not saved: ")
        await person.press("a", "f4")
        assert at(person) == "Africa 2"
        await person.sees("‖ paused")
        await person.press("u")
        assert said(person) == "✓ undone: clock · paused · saved"
        await person.sees("▶ running")

    entries = table.sit(go_on, session="session-4")
    assert [entry["kind"] for entry in entries] == [
        *("queue", "start", "floor", "yield", "status", "pause", "undo", "pause")
    ]


@pytest.mark.parametrize(
    ("key", "told"), [("f10", "F10 (end)"), ("f7", "F7 (5 min more)"), ("f1", "F1 (help)"), ("ctrl+z", "Ctrl-Z (undo)")]
)
def test_other_keys_of_the_screen_say_that_one_leaves_first(table: Any, key: str, told: str) -> None:
    async def press(person: Any) -> None:
        await person.says("/start", "/readback")
        await person.press(key)
        assert said(person) == f"{told} is for the screen: Esc leaves read-back first"
        assert page(person) is not None

    assert [entry["kind"] for entry in table.sit(press, session="session-4")] == ["start", "pause"]


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c", "ctrl+o"])
def test_it_is_left(table: Any, key: str) -> None:
    async def leave(person: Any) -> None:
        await person.says("/readback")
        await person.press(key)
        assert page(person) is None

    table.sit(leave, session="session-4")


def test_what_another_wrote_into_the_same_file_is_undone_as_such(table: Any) -> None:
    async def undo(person: Any) -> None:
        await person.says("/readback")
        await person.press("a")
        person.beside("note: from the shell", "", "session-4")
        await person.until(lambda: len(person.entries) == 2)
        await person.press("u")
        assert said(person) == "✓ undone · saved 1 · note · q1"
        await person.press("u")
        assert said(person) == "✓ undone: Africa 1 · agreed · saved"
        assert at(person) == "Africa 1"

    table.sit(undo, session="session-4")
    assert stated(table)["one"].status == ""


def test_what_was_told_of_one_is_not_told_beside_another(table: Any) -> None:
    async def turn(person: Any) -> None:
        await person.says("/readback")
        await person.press("a")
        assert said(person) == "✓ Africa 1 · agreed · saved"
        await person.press("right")
        assert said(person) == ""

    table.sit(turn, session="session-4")


def test_that_a_text_goes_on_below_is_told_in_words(table: Any, lunch: dict[str, Desk]) -> None:
    lunch["africa"].say("/amend 1 " + "word " * 300)

    async def look(person: Any) -> None:
        await person.says("/readback")
        await person.sees("○ not decided · amended   ▼ more")
        await person.press(*["pagedown"] * 4)
        await person.until(lambda: "▼ more" not in person.screen)
        await person.press("right", "left")
        await person.sees("▼ more")
        await person.press("right")
        await person.until(lambda: "▼ more" not in person.screen)

    table.sit(look, session="session-4")


@pytest.mark.parametrize("size", [(80, 16), (80, 24), (200, 50)])
def test_a_long_text_is_edited_in_as_much_room_as_there_is(table: Any, size: tuple[int, int]) -> None:
    async def edit(person: Any) -> None:
        await person.says("/readback")
        room = page(person).query_one("VerticalScroll").size.height
        await person.press("e")
        assert page(person)._line.size.height >= max(3, room - 3)

    table.sit(edit, size, session="session-4")


def test_light_or_dark_there_too(table: Any) -> None:
    async def turn(person: Any) -> None:
        await person.says("/readback")
        before = person.app.theme
        await person.press("ctrl+t")
        assert person.app.theme != before
        assert page(person) is not None

    table.sit(turn, session="session-4")


def test_what_is_amended_stays_at_hand_when_another_strikes_it(table: Any, lunch: dict[str, Desk]) -> None:
    async def amend(person: Any) -> None:
        await person.says("/readback")
        await person.press("e")
        await person.type(" and a half")
        lunch["africa"].say("/strike 1")
        await person.until(lambda: "Africa 1 was struck or taken back meanwhile: Enter saves the text" in said(person))
        assert at(person) == "Africa 1"
        assert person.app.composer.unsent == ["/amend africa1 one and a half"]
        await person.press("enter")
        assert said(person) == "✓ Africa 1 · amended though it was struck or taken back · saved"
        assert at(person) == "Africa 2"

    table.sit(amend, session="session-4")
    assert (stated(table)["one and a half"].struck, stated(table)["two"].text) == (True, "two")


def test_what_went_while_it_was_amended_is_left_as_it_was(table: Any, lunch: dict[str, Desk]) -> None:
    async def amend(person: Any) -> None:
        await person.says("/readback")
        await person.press("e")
        await person.type("!")
        for each in ("africa", "asia"):
            for number in ("1", "2", "3") if each == "africa" else ("1",):
                lunch[each].say(f"/strike {number}")
        await person.until(lambda: "struck" in said(person))
        await person.press("escape")
        await person.until(lambda: page(person) is None)
        assert person.app.composer.unsent == []

    assert table.sit(amend, session="session-4") == []


def test_what_is_pasted_while_a_text_is_amended_is_one_line_and_only_there(table: Any) -> None:
    async def amend(person: Any) -> None:
        await person.says("/readback")
        await person.press("e")
        await person.paste("\nsecond line\nthird")
        assert person.app.composer.unsent == ["/amend africa1 one second line third"]
        await person.press("enter", "escape")
        assert person.line == ""

    (entry,) = table.sit(amend, session="session-4")
    assert entry["text"] == "one second line third"


def test_a_text_that_begins_like_a_command_is_a_text_here(table: Any) -> None:
    async def amend(person: Any) -> None:
        await person.says("/readback")
        await person.press("e", "ctrl+u")
        await person.type("/star 1")
        await person.press("enter")
        assert said(person) == "✓ Africa 1 · amended · saved"

    (entry,) = table.sit(amend, session="session-4")
    assert (entry["kind"], entry["text"]) == ("amend", "/star 1")


def test_what_the_disk_refused_of_an_amended_text_is_kept_once(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def amend(person: Any) -> None:
        await person.says("/readback")
        await person.press("e")
        await person.type("!")
        really = journal.Held.append_all

        def full(*_: object) -> object:
            raise DiskError("there is no room", "make room")

        monkeypatch.setattr(journal.Held, "append_all", full)
        await person.press("enter")
        await person.until(lambda: "not saved yet" in said(person))
        composer = person.app.composer
        assert [*composer.sent, *composer.unsent] == ["/amend africa1 one!"]
        monkeypatch.setattr(journal.Held, "append_all", really)
        person.app._clerk.retry()
        await person.until(lambda: "amended · saved" in said(person))

    assert [entry["text"] for entry in table.sit(amend, session="session-4")] == ["one!"]


@pytest.mark.parametrize("key", ["w", "d"])
def test_at_its_own_table_none_is_skipped_when_one_is_taken_back(table: Any, key: str) -> None:
    async def take_back(person: Any) -> None:
        await person.says("/readback")
        await person.press(key)
        assert at(person) == "Africa 2"
        await person.press("u")
        assert at(person) == "Africa 1"
        await person.press("right", "right", "right", key)
        assert at(person) == "Africa 3"
        assert "that was the last one; 3 not decided yet: Esc leaves" in said(person)

    table.sit(take_back, session="working-lunch", desk="africa", group="africa")


class Paced:
    """Keys as a person presses them, half a second apart: whether one repeats is known a moment later."""

    def __init__(self, person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.person, self.now = person, 100.0
        monkeypatch.setattr(holding, "APART", APART)
        monkeypatch.setattr(holding, "FIRST", FIRST)
        monkeypatch.setattr(holding, "ticks", lambda: self.now)

    async def press(self, *keys: str) -> None:
        """Presses keys back to back, the first half a second after those before."""
        self.now += 0.6
        for key in keys:
            self.person._send(key, key if len(key) == 1 else None)
        await self.person.settled()


def test_who_turns_on_at_once_skips_none(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def decide(person: Any) -> None:
        await person.says("/readback")
        keys = Paced(person, monkeypatch)
        await keys.press("a")
        assert at(person) == "Africa 2"
        await keys.press("a", "right")
        assert at(person) == "Africa 3"
        assert said(person) == "✓ Africa 2 · agreed · saved"

    entries = table.sit(decide, session="session-4")
    assert [entry["status"] for entry in entries] == ["agreed", "agreed"]


@pytest.mark.parametrize("before", ["", "a"])
def test_who_leaves_at_once_has_decided(table: Any, monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    async def decide(person: Any) -> None:
        await person.says("/readback")
        keys = Paced(person, monkeypatch)
        for key in before:
            await keys.press(key)
        await keys.press("a", "escape")
        await person.until(lambda: page(person) is None and not person.app.composer.sent)

    entries = table.sit(decide, session="session-4")
    assert [entry["status"] for entry in entries] == ["agreed"] * (len(before) + 1)


def test_enter_and_esc_back_to_back_save_the_text(table: Any) -> None:
    async def amend(person: Any) -> None:
        await person.says("/readback")
        await person.press("e")
        await person.type("!")
        person._send("enter", None)
        person._send("escape", None)
        await person.settled()

    assert [entry["text"] for entry in table.sit(amend, session="session-4")] == ["one!"]
