"""The report-back board in the record pane: what was answered elsewhere, live, and the record's keys upon it."""

from typing import Any

import pytest

from grcp_cli.store.desk import Desk

TEXTS = ("Name one focal point", "Share evaluations", "Meet every year")


MISSING = (
    "still missing · Americas and Caribbean (no file yet), Europe and the former Soviet Union (no file yet), "
    "Middle East"
)


@pytest.fixture
def lunch(table: Any) -> dict[str, Desk]:
    """Two tables that answered; the third has not begun, the others have no file."""
    desks = {each: table.desk("working-lunch", each, each) for each in ("africa", "asia", "middle-east")}
    for text in TEXTS:
        desks["africa"].say(text)
    desks["asia"].say("Twin secretariats")
    desks["asia"].say("/2 Joint training #academia")
    desks["middle-east"].say("/start")
    table.clock.wait(3 * 3600 + 15 * 60)
    return desks


def status(table: Any, label: str) -> tuple[str, str]:
    desk = table.desk("session-4")
    desk.catch_up()
    stated = desk.record.statement(desk.record.find(label, desk.source))
    return stated.status, stated.decided_in


@pytest.mark.usefixtures("lunch")
def test_it_shows_what_each_region_answered_and_who_is_missing(table: Any) -> None:
    async def look(person: Any) -> None:
        assert person.rows == [*TEXTS, "Twin secretariats"]
        assert person.headings == [
            "Africa · 3 of 5 · not heard yet",
            "Americas and Caribbean · 0 of 5 · no file yet · not heard yet",
            "Asia and the Pacific · 1 of 5 · not heard yet",
            "Europe and the former Soviet Union · 0 of 5 · no file yet · not heard yet",
            "Middle East · 0 of 5 · not heard yet",
            MISSING,
        ]
        await person.says("/start", "/q igad, arcp", "/f")
        assert person.headings[0] == "Africa · 3 of 5 · has the floor"
        assert person.headings[4] == "Middle East · 0 of 5 · waits for the floor"
        assert "africa 3/5" in person.screen

    table.sit(look, (120, 30), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_the_records_keys_act_on_an_answer_by_its_label(table: Any) -> None:
    async def decide(person: Any) -> None:
        await person.press("up", "a", "down", "b", "down", "c")
        assert "✓ Africa 1: Name one focal point [agreed in Session 4]" in person.screen
        assert "□ Africa 2: [Share evaluations] [bracketed in Session 4]" in person.screen
        assert "○ Africa 3: Meet every year [read out]" in person.screen
        await person.press("enter")
        assert person.line == "Meet every year"
        await person.type(", in spring")
        await person.press("enter")
        assert "Meet every year, in spring" in person.rows

    entries = table.sit(decide, (120, 30), session="session-4")
    assert [entry["kind"] for entry in entries] == ["status", "status", "confirm", "amend"]
    assert status(table, "africa1") == ("agreed", "session-4")


@pytest.mark.usefixtures("lunch")
def test_what_is_first_heard_here_stands_under_its_region(table: Any) -> None:
    async def hear(person: Any) -> None:
        await person.says("@middle-east rec: One calendar", "note: a note of the debate", "@africa rec: A fourth")
        assert person.rows == [*TEXTS, "A fourth", "Twin secretariats", "One calendar", "a note of the debate"]
        assert "Middle East · 1 of 5 · not heard yet" in person.headings
        assert person.headings[-1] == "written here"
        assert "Africa 1 (Session 4), typed" in person.screen  # what was just written is in view
        await person.says("/ok africa1")
        assert person.entries[-1]["kind"] == "status"

    table.sit(hear, (80, 24), session="session-4")
    assert status(table, "working-lunch/africa:1")[0] == "agreed"


@pytest.mark.usefixtures("lunch")
def test_what_others_write_meanwhile_appears(table: Any, lunch: dict[str, Desk]) -> None:
    async def see(person: Any) -> None:
        lunch["africa"].say("A fourth")
        await person.until(lambda: "A fourth" in person.rows)
        person.beside("From Europe at last", "europe", "working-lunch", "europe")
        await person.until(lambda: "Europe and the former Soviet Union · 1 of 5 · not heard yet" in person.headings)
        person.beside("/br asia1", "second", "session-4")
        await person.until(lambda: "[Twin secretariats]" in person.screen)
        lunch["africa"].say("/strike 2")
        await person.until(lambda: TEXTS[1] not in person.rows)
        lunch["africa"].say("/defer 3")
        await person.until(lambda: "1 not brought forward" in person.screen)
        assert "» Africa 3: Meet every year" in person.screen

    table.sit(see, (120, 40), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_partnerships_come_with_their_types_of_partner(table: Any) -> None:
    async def look(person: Any) -> None:
        await person.says("/start", "/go 3")
        assert person.rows == ["Joint training"]
        assert "working-lunch/asia:3" not in person.rows
        assert "[with academia]" in person.screen
        assert person.headings[-1].startswith("nobody mentioned · UN Regional Commissions, ")
        await person.press("up", "a")
        assert "agreed working-lunch/asia:2" in person.told

    table.sit(look, (120, 40), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_elsewhere_and_sifted_the_record_is_as_ever(table: Any) -> None:
    async def go(person: Any) -> None:
        await person.says("/start", "a recommendation of the plenary")
        await person.says("/list rec")
        assert person.rows == ["a recommendation of the plenary"]
        assert person.headings == []
        await person.press("escape")
        assert len(person.rows) == 5
        await person.says("/go 4")
        assert (person.rows, person.headings) == (["a recommendation of the plenary"], [])
        assert "Record · 1 entry" in person.screen

    table.sit(go, (100, 30), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_arrows_go_from_answer_to_answer_and_past_headings(table: Any) -> None:
    async def go(person: Any) -> None:
        seen = []
        await person.press("up", "home")
        for _ in range(4):
            seen.append(person.app._record.cursor.name)
            await person.press("down")
        assert seen == ["Africa 1", "Africa 2", "Africa 3", "Asia and the Pacific 1"]
        assert person.app.focused is person.app.composer.line
        await person.press("up", "end", "up", "up", "up", "up", "up")
        assert person.app._record.cursor.name == "Africa 1"
        await person.press("s")
        await person.press("s")
        await person.until(lambda: TEXTS[0] not in person.rows)

    table.sit(go, (80, 16), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_no_key_works_the_board_out_anew(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from grcp_cli.console.live import listed

    async def type_(person: Any) -> None:
        worked = []
        really = listed.reported
        monkeypatch.setattr(listed, "reported", lambda *given: worked.append(1) or really(*given))
        await person.type("a long line that somebody types while the board is shown")
        person.app.look()
        assert worked == []
        await person.press("enter")
        assert worked

    table.sit(type_, session="session-4")


def test_up_to_five_counts_down_at_a_table(table: Any) -> None:
    async def write(person: Any) -> None:
        assert "0 of up to 5" in person.screen
        for number in range(1, 6):
            await person.says(f"number {number}")
        assert "5 of up to 5 for Africa, none left" in person.told
        assert "5 of up to 5" in person.screen
        await person.says("a sixth")
        assert "Africa has 6 here, up to 5 were asked for; all are kept" in person.told
        await person.says("/strike 6")
        assert "5 of up to 5 for Africa, none left" in person.told

    table.sit(write, (100, 30), session="working-lunch", desk="africa", group="africa")


# Which to bring forward.


async def many(person: Any) -> None:
    for number in range(1, 8):
        await person.says(f"number {number}")
    await person.says("/start", "/star 7", "/end")
    await person.sees("f choose which to bring forward")


def statuses(entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(entry["status"], entry["session"]) for entry in entries if entry["kind"] == "status"]


def test_the_closing_page_asks_which_to_bring_forward(table: Any) -> None:
    async def choose(person: Any) -> None:
        await many(person)
        await person.press("f")
        await person.sees("Africa has 7 under 1: which up to 5 come forward?")
        assert "5 of up to 5 chosen" in person.screen
        assert "[x] Africa 7: number 7 [starred]" in person.screen
        assert "[ ] Africa 5" in person.screen
        await person.press("down", "down", "down", "down", "space")
        assert "take one out first" in person.screen
        await person.press("up", "space", "down", "space", "enter")
        await person.settled()
        assert "5 of up to 5 for Africa, none left" in person.told
        await person.until(lambda: "up to 5 were asked for" not in person.screen)
        assert "closing · Working Lunch" in person.screen
        assert "deferred 4 · number 4" in person.screen
        assert "deferred 6 · number 6" in person.screen
        await person.press("f", "enter")
        await person.sees("it stands so already")
        assert "closing · Working Lunch" in person.screen
        await person.press("escape")
        assert "5 of up to 5" in person.screen

    entries = table.sit(choose, (100, 30), session="working-lunch", desk="africa", group="africa")
    assert statuses(entries) == [("deferred", "working-lunch")] * 2
    desk = table.desk("session-4")
    desk.catch_up()
    stated = {each.text: each.status for each in desk.record.statements("working-lunch")}
    assert [text for text, given in stated.items() if given == "deferred"] == ["number 4", "number 6"]


def test_it_can_be_decided_later_and_anew(table: Any) -> None:
    async def choose(person: Any) -> None:
        await many(person)
        await person.press("f")
        await person.sees("which up to 5")
        await person.press("escape")
        assert statuses(person.entries) == []
        assert "closing · Working Lunch" in person.screen
        await person.press("escape")
        await person.says("/forward")
        await person.sees("which up to 5")
        await person.press("enter")
        await person.settled()
        assert len(statuses(person.entries)) == 2
        await person.says("/forward")
        await person.sees("which up to 5")
        await person.press("enter")
        await person.settled()
        assert "it stands so already" in person.told

    entries = table.sit(choose, (80, 24), session="working-lunch", desk="africa", group="africa")
    assert len(statuses(entries)) == 2


def test_where_no_group_has_more_nothing_is_asked(table: Any) -> None:
    async def close(person: Any) -> None:
        await person.says("/start", "one", "/forward")
        assert "no group has more than was asked for" in person.told
        await person.says("/end")
        await person.sees("closing")
        assert "bring forward" not in person.screen
        await person.press("f")
        await person.sees("no group has more than was asked for")
        await person.type("a")
        assert "closing · Working Lunch" in person.screen
        assert person.line == ""

    table.sit(close, session="working-lunch", desk="africa", group="africa")


def test_what_is_told_above_a_long_list_stays_in_sight(table: Any) -> None:
    async def choose(person: Any) -> None:
        for number in range(1, 8):
            await person.says(f"number {number} " + "and so on " * 40)
        await person.says("/start", "/end")
        await person.sees("closing · Working Lunch")
        await person.press("end", "f")
        await person.sees("5 of up to 5 chosen")
        await person.press(*["down"] * 6, "space")
        await person.sees("take one out first")
        assert "▸ [ ] Africa 7" in person.screen
        await person.press("enter")
        await person.sees("deferred 7 · number 7")
        await person.press("end", "f", "enter")
        await person.sees("it stands so already")

    table.sit(choose, (80, 24), session="working-lunch", desk="africa", group="africa")
