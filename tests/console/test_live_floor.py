"""The facilitator's half of the live screen: two clocks, the list, what a limit or an extension would do, time away."""

from typing import Any

from grcp_cli.console.live.floor_strip import FloorStrip
from grcp_cli.console.live.masthead import Masthead


def strip(person: Any) -> str:
    return str(person.app.screen_stack[0].query_one(FloorStrip).content)


def test_the_floor_has_a_clock_of_its_own(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        assert not person.app.query_one(FloorStrip).display
        await person.says("/q igad, kenya for africa, bali")
        await person.sees("the floor is free · 3 waiting: IGAD-RCP, kenya for Africa, Bali Process")
        await person.press("f5")
        await person.wait(60)
        assert strip(person).startswith("▶ IGAD-RCP 2:00 left of 3:00 · 2 waiting: kenya for Africa")
        await person.wait(100)
        assert strip(person).startswith("△ IGAD-RCP 0:20 left of 3:00")
        assert "! floor · IGAD-RCP · 30 s left" in person.told
        await person.wait(20)
        assert "! floor · IGAD-RCP · time is up" in person.told
        await person.wait(70)
        assert strip(person).startswith("! IGAD-RCP +1:10 over the 3:00")
        assert "! floor · IGAD-RCP · 1 min over" in person.told
        await person.says("/more 3")
        assert strip(person).startswith("▶ IGAD-RCP 1:50 left of 6:00")

    kinds = [entry["kind"] for entry in table.sit(does)]
    assert kinds == ["start", "queue", "floor", "extend", "pause"], "nobody was cut off"


def test_an_interruption_is_not_charged(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.says("/f igad")
        await person.wait(30)
        await person.says("/order bali")
        await person.wait(45)
        assert strip(person).startswith("▶ Bali Process (point of order) 2:15 left of 3:00")
        await person.press("f6")
        assert strip(person).startswith("▶ IGAD-RCP 2:30 left of 3:00")
        await person.press("f4")
        await person.wait(60)
        assert strip(person).startswith("‖ IGAD-RCP 2:30 left of 3:00")

    table.sit(does)


def test_what_is_typed_is_theirs_for_whom_they_speak(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.says("/f kenya for africa")
        assert "said by kenya for Africa" in person.prompt
        await person.says("rec: share data", "@bali something else")

    first, second = (entry for entry in table.sit(does) if "text" in entry)
    assert (first["speaker"], first["group"], first["speaker_from"]) == ("kenya", "africa", "floor")
    assert (second["speaker"], second["floor"], second.get("group")) == ("bali-process", "kenya", None)


def test_the_effect_is_shown_while_it_is_typed(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.says("/q igad, bali, col")
        await person.type("/limit 2")
        assert person.prompt.startswith("3 waiting at 2:00: through at 10:51, 1 h 09 before the end")
        await person.type("0")
        assert person.prompt.startswith("3 waiting at 20:00: through at 11:45")
        person.app.composer.line.put("")
        await person.type("/extend 30")
        assert (
            "ends 12:30, 30 min before the hard stop at 13:00, Working Lunch begins 12:30, 20 min late" in person.prompt
        )
        person.app.composer.line.put("/extend soon")
        await person.press("end")
        assert "question 1a" in person.prompt

    assert [entry["kind"] for entry in table.sit(does)] == ["start", "queue", "pause"], "nothing was applied"


def test_the_floor_on_a_page(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.says("/f igad", "/q bali")
        await person.wait(60)
        await person.press("ctrl+r")
        await person.sees("floor · IGAD-RCP · 1:00 of 3:00")
        await person.sees("by group · Africa 1 intervention, 1:00")
        await person.sees("not heard yet · Americas and Caribbean")
        await person.sees("1 waiting, 1 h 14 to the end, less 2:00 for IGAD-RCP")
        await person.press("escape")
        await person.says("/fit")
        assert "1 waiting, 1 h 14 to the end" in person.told

    table.sit(does)


def test_a_second_clock_in_big_digits_where_there_is_room(table: Any) -> None:
    async def does(person: Any) -> None:
        turn = person.app.query_one(Masthead).query_one("#turn")
        await person.press("f4")
        assert not turn.display
        await person.says("/f igad")
        await person.wait(60)
        assert turn.display
        assert turn.value == "2:00"
        await person.pilot.resize_terminal(80, 24)
        await person.pilot.pause()
        assert not turn.display

    table.sit(does, size=(130, 40))


def test_shares_are_divided_anew(table: Any) -> None:
    async def does(person: Any) -> None:
        await person.press("f4")
        await person.wait(60 * 60)
        await person.press("f3")
        await person.sees("25→6 min")

    table.sit(does, size=(130, 40))


def test_time_away_is_asked_about_and_counted(table: Any) -> None:
    table.clock.speed = 1.0
    table.clock.awake = lambda: 0.0

    async def does(person: Any) -> None:
        await person.press("f4")
        person.clock.wait(240)
        await person.until(lambda: "away 4 min, asleep: count it? /count does, else it is a pause" in person.told)
        assert "ends 12:04" in person.screen
        await person.says("/count")
        await person.sees("4 min used of 1 h 15")
        assert "away 4 min, counted" in person.told

    asleep, counted = (entry for entry in table.sit(does) if entry["kind"] == "anomaly")
    assert (asleep["seconds"], asleep["counted"], asleep["asleep"]) == (240, False, True)
    assert (counted["target"], counted["counted"]) == (asleep["id"], True)
