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
        assert "Africa 3/5" in person.screen

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
        await person.says("/4 note: a word on partners")
        assert person.headings[-2:] == ["written here", "written at other questions"]
        assert person.rows[-2:] == ["a note of the debate", "a word on partners"]

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


# Looking about, and the row that was touched last.


@pytest.fixture
def full(table: Any) -> None:
    """Every table answered, more than a screen holds."""
    for group in ("africa", "americas", "asia", "europe", "middle-east"):
        desk = table.desk("working-lunch", group, group)
        for number in range(1, 6):
            desk.say(f"{group} says its number {number}, in words that need more than one line of the board")
    table.clock.wait(3 * 3600 + 15 * 60)


def pane(person: Any) -> list[str]:
    """The lines of the board on the screen, below its title, as far as they are full."""
    region = person.app._record.region
    shown = [line[region.x :] for line in person.screen.split("\n")[region.y + 1 : region.bottom]]
    while shown and not shown[-1].strip():
        shown.pop()
    return shown


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("size", [(80, 24), (120, 30), (60, 16)])
def test_the_board_is_never_half_empty(table: Any, size: tuple[int, int]) -> None:
    async def look(person: Any) -> None:
        top, room = pane(person), person.app._record.size.height - 1
        assert len(top) == room
        await person.press("pageup")
        assert pane(person) == top
        await person.press("end")
        assert len(pane(person)) == room
        assert "says its number 5" in " ".join(" ".join(pane(person)).split())
        assert "below (End)" not in person.screen
        bottom = pane(person)
        await person.press("pagedown")
        assert pane(person) == bottom
        await person.press("pageup")
        assert pane(person) != bottom
        assert "below (End)" in person.screen
        await person.press("home")
        assert pane(person) == top

    table.sit(look, size, session="session-4")


@pytest.mark.usefixtures("full")
def test_home_and_end_are_the_lines_own_while_it_is_begun(table: Any) -> None:
    async def type_(person: Any) -> None:
        top = pane(person)
        await person.type("ab")
        await person.press("home")
        await person.type("x")
        await person.press("end")
        await person.type("y")
        assert person.line == "xaby"
        assert pane(person) == top

    table.sit(type_, (80, 24), session="session-4")


def pointed(person: Any) -> str:
    found = person.app._record.cursor
    assert found is None or any("▸" in line for line in pane(person)), "what is arrowed to is in view"
    return str(found.name) if found else ""


@pytest.mark.usefixtures("full")
def test_up_returns_to_the_row_touched_last(table: Any) -> None:
    async def go(person: Any) -> None:
        await person.press("up")
        assert pointed(person) == "Africa 1"
        await person.press(*["down"] * 6)
        assert pointed(person) == "Americas and Caribbean 2"
        await person.press("a", "escape", "up")
        assert pointed(person) == "Americas and Caribbean 2"
        await person.press("escape", "end", "up")
        assert pointed(person) == "Americas and Caribbean 2"
        await person.says("/br europe4")
        await person.press("pageup", "pageup", "up")
        assert pointed(person) == "Europe and the former Soviet Union 4"
        await person.press("escape")
        person.beside("/ok africa1", "second", "session-4")
        await person.sees("agreed")
        await person.press("up")
        assert pointed(person) == "Europe and the former Soviet Union 4"
        await person.says("/go 4", "/go 1")
        await person.press("up")
        assert pointed(person) == "Europe and the former Soviet Union 4"

    table.sit(go, (80, 24), session="session-4")


@pytest.mark.usefixtures("full")
def test_what_is_arrowed_to_goes_along_with_pages_and_ends(table: Any) -> None:
    async def go(person: Any) -> None:
        await person.press("up", "end")
        assert pointed(person) == "Middle East 5"
        await person.press("home")
        assert pointed(person) == "Africa 1"
        assert "Africa · 5 of 5" in pane(person)[0]
        seen = [pointed(person)]
        for _ in range(12):
            await person.press("pagedown")
            seen.append(pointed(person))
        assert seen[1] not in ("Africa 1", "Middle East 5")
        assert seen[-1] == "Middle East 5"
        await person.press(*["pageup"] * 12)
        assert pointed(person) == "Africa 1"
        await person.pilot.resize_terminal(60, 20)
        await person.settled()
        assert pointed(person) == "Africa 1"

    table.sit(go, (80, 24), session="session-4")


@pytest.mark.usefixtures("full")
def test_others_move_nothing_that_is_looked_at(table: Any) -> None:
    async def go(person: Any) -> None:
        await person.press("end", "pageup")
        before = pane(person)[:4]
        person.beside("Africa's sixth", "africa", "working-lunch", "africa")
        await person.until(lambda: "Africa's sixth" in person.rows)
        await person.settled()
        assert pane(person)[:4] == before

    table.sit(go, (80, 24), session="session-4")


# What works across groups.


def across(person: Any) -> list[str]:
    """What stands on the board under the heading of what is common."""
    listed = person._listed()
    at = next((at for at, each in enumerate(listed) if getattr(each, "id", "") == "across"), len(listed))
    return (
        [listed[at].text, *(each.name for each in listed[at + 1 :] if hasattr(each, "name"))]
        if at < len(listed)
        else []
    )


@pytest.mark.usefixtures("lunch")
def test_what_works_across_groups_stands_where_it_is_asked(table: Any) -> None:
    async def choose(person: Any) -> None:
        assert across(person) == []
        await person.says("/start", "/go 2")
        assert across(person)[0] == "Across groups · none yet"
        await person.says("/join africa1 asia1: One network of focal points")
        assert across(person)[:2] == ["Across groups · 1", "Common 1"]
        text = " ".join(" ".join(pane(person)).split())
        assert "Common 1: One network of focal points [from Africa 1 and Asia and the Pacific 1]" in text
        await person.press("up")
        assert pointed(person) == "Common 1"
        await person.press("a")
        assert "agreed Common 1" in person.told
        await person.press("enter")
        assert person.line == "One network of focal points"
        await person.type(", by spring")
        await person.press("enter")
        assert "One network of focal points, by spring" in person.rows
        await person.says("/br common1", "/join common1 africa2")
        assert "[amended]" in person.screen
        text = " ".join(" ".join(pane(person)).split())
        assert "□ Common 1: [One network of focal points, by spring]" in text
        assert "from Africa 1, Asia and the Pacific 1 and Africa 2" in text
        await person.says("/go 1")
        assert across(person)[:2] == ["Across groups · 1", "Common 1"]
        await person.says("/go 3")
        assert across(person) == []
        await person.says("/go 2", "/split common1")
        assert across(person)[0] == "Across groups · none yet"

    entries = table.sit(choose, (120, 30), session="session-4")
    kinds = [entry["kind"] for entry in entries if entry["kind"] not in ("goto", "start", "pause")]
    assert kinds == ["cluster", "status", "amend", "status", "amend", "uncluster"]


@pytest.mark.usefixtures("full")
def test_what_is_made_common_is_brought_into_view(table: Any) -> None:
    async def make(person: Any) -> None:
        await person.says("/go 2", "/join africa1 asia1: One network")
        assert "Common 1: One network" in person.screen
        await person.says("/join common1 europe1")
        assert "[amended]" not in person.screen  # its words are the same
        await person.press("up")
        assert pointed(person) == "Common 1"

    table.sit(make, (80, 24), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_what_is_made_common_at_another_desk_appears(table: Any, lunch: dict[str, Desk]) -> None:
    async def see(person: Any) -> None:
        await person.says("/go 2")
        person.beside("/join africa1 asia1: One network", "common", "session-4")
        await person.until(lambda: "One network" in person.rows)
        person.beside("/amend common1 One wider network", "common", "session-4")
        await person.until(lambda: "One wider network" in person.rows)
        person.beside("/ok common1", "common", "session-4")
        await person.sees("✓ Common 1")
        lunch["africa"].say("/strike 1")
        await person.until(lambda: "[from Asia and the Pacific 1]" in " ".join(" ".join(pane(person)).split()))
        person.beside("/split common1", "common", "session-4")
        await person.until(lambda: across(person)[0] == "Across groups · none yet")

    table.sit(see, (120, 40), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_tab_completes_labels(table: Any) -> None:
    async def complete(person: Any) -> None:
        await person.says("/go 2", "/join africa1 asia1: One network", "@africa rec: heard here")
        await person.type("/ok afr")
        assert "Tab: africa1 · africa2 · africa3 · session-4/africa1" in person.told
        await person.press("tab")
        assert person.line == "/ok africa1 "
        await person.press("tab", "tab", "tab")
        assert person.line == "/ok session-4/africa1 "
        await person.press("enter")
        assert "agreed 1 · heard here" in person.told
        await person.type("/amend com")
        await person.press("tab")
        await person.type("Two networks")
        await person.press("enter")
        assert "Two networks" in person.rows
        await person.type("/join common1 afr")
        await person.press("tab", "tab", "enter")
        assert "from Africa 1, Asia and the Pacific 1 and Africa 2" in " ".join(" ".join(pane(person)).split())
        await person.type("/+com")
        await person.press("tab")
        await person.type("europe")
        await person.press("enter")
        assert "support Common 1" in person.told

    table.sit(complete, (120, 30), session="session-4")


def test_keys_of_the_screen_do_or_tell_something_on_the_pages_of_the_end(table: Any) -> None:
    async def press(person: Any) -> None:
        await many(person)
        await person.press("f10")
        await person.sees("closing · Working Lunch")
        await person.press("f3")
        await person.sees("F3 (next question) is for the screen: Esc goes back to it")
        await person.press("f1")
        await person.sees("Help")
        await person.press("escape")
        await person.sees("closing · Working Lunch")
        await person.press("f")
        await person.sees("5 of up to 5 chosen")
        await person.press("f4")
        await person.sees("5 of up to 5 chosen · F4 (go on) is for the screen: Esc decides later")
        await person.press("down")
        assert "F4" not in person.screen

    entries = table.sit(press, (100, 30), session="working-lunch", desk="africa", group="africa")
    assert entries[-1]["kind"] == "end"


def test_a_line_of_the_closing_page_that_goes_on_is_told_from_the_next(table: Any) -> None:
    async def close(person: Any) -> None:
        await person.says("rec: " + "and so on " * 20, "/start", "/end")
        await person.sees("recommendations · 1")
        lines = person.screen.splitlines()
        at = next(at for at, line in enumerate(lines) if " Africa 1: and so" in line)
        goes_on = len(lines[at + 1]) - len(lines[at + 1].lstrip())
        assert goes_on == lines[at].index("Africa 1") + 2

    table.sit(close, (80, 40), session="working-lunch", desk="africa", group="africa")


def test_another_questions_board_begins_at_its_top(table: Any, lunch: dict[str, Desk]) -> None:
    for number in range(30):
        lunch["asia"].say(f"/2 Partnership {number}")

    async def turn(person: Any) -> None:
        await person.says("/start", *(f"a point of the plenary {number}" for number in range(12)))
        await person.press("end")
        assert "Africa · 3 of 5" not in person.screen
        await person.says("/go 3")
        assert person.screen.count("Partnership") > 5
        await person.press("pagedown", "pagedown")
        assert "working-lunch/asia:2" not in person.screen
        await person.says("/go 1")
        assert "Africa · 3 of 5" in person.screen
        assert "a point of the plenary 11" not in person.screen

    table.sit(turn, (100, 30), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_on_a_narrow_screen_the_board_counts_who_is_missing(table: Any) -> None:
    async def look(person: Any) -> None:
        assert "3 missing · 4 reported back" in person.screen
        await person.pilot.resize_terminal(200, 30)
        await person.sees("4 reported back · still missing: Americas and Caribbean (no file yet), Europe")

    table.sit(look, (80, 24), session="session-4")


@pytest.mark.usefixtures("lunch")
def test_keys_that_come_in_one_piece_act_where_one_pointed(table: Any) -> None:
    async def press(person: Any) -> None:
        await person.press("up", "home")
        first = pointed(person)
        for key in ("a", "down", "b", "down", "n"):
            person._send(key, key if len(key) == 1 else None)
        await person.settled()
        assert pointed(person) != first

    entries = table.sit(press, session="session-4")
    decided = [(entry["status"], entry["target"]) for entry in entries if entry["kind"] == "status"]
    assert [status for status, _ in decided] == ["agreed", "bracketed", "not-agreed"]
    assert len({target for _, target in decided}) == 3
