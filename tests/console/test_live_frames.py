"""The screen as text, state by state, beside what was stored in `frames/`.

`GRCP_WRITE_FRAMES=1 python -m pytest tests/console/test_live_frames.py` writes the frames anew: read the difference
before keeping it. Clocks, ids and sizes are fixed; a cell that two letters share, or one letter two cells, is drawn
as a terminal would.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from frames import compare, whole

from grcp_cli.meeting.entry import Draft
from grcp_cli.store.desk import Desk

pytestmark = pytest.mark.usefixtures("still", "numbered_ids")

FRAMES = Path(__file__).parent / "frames"

HELD = (
    (0, "/start"),
    (60, "/q igad, colombo, bali"),
    (60, "/f"),
    (60, "Members report every quarter on what they changed at home"),
    (60, "r: Name one focal point in each capital and publish the list"),
    (60, "/star 2"),
    (30, "/f"),
    (60, "/next"),
    (60, "A joint survey of labour corridors led to two bilateral agreements"),
    (60, "/strike 3"),
    (60, "action: Circulate the template"),
    (60, "/owner 4 Bali Process 2019-06-30"),
    (60, "s/template/template for evaluations/"),
)
"""Seconds after what was typed before, and what was typed."""

SCRIPTS = (
    (0, "العملية تشجع تبادل الخبرات"),
    (0, "各国协商机制推动区域合作，并定期交流经验"),
    (0, "👩‍👩‍👧 families 🇨🇭 and ❤️ signs"),
    (0, "Cafe\u0301 nin\u0303o a\u0323\u0308 combined"),
    (0, "@Ἀθηνᾶ Ωμέγα: Ἑλληνικά · Кириллица · हिन्दी"),
    (0, "steers \x1b[31m the \u202eterminal"),
)


async def typed(person: Any, said: tuple[tuple[int, str], ...] = HELD) -> None:
    """The last is typed at the screen; what was before is there already, as after a return."""
    seconds, line = said[-1]
    person.clock.wait(seconds)
    await person.says(line)


async def nothing(_: Any) -> None:
    """Not started."""


async def running(person: Any) -> None:
    await typed(person)
    await person.type("@bali the next thing being ty")


async def overtime(person: Any) -> None:
    await typed(person)
    await person.wait(1)
    await person.wait(75 * 60)


async def paused(person: Any) -> None:
    await typed(person)
    await person.press("f4")
    await person.wait(90)


async def closing(person: Any) -> None:
    await typed(person)
    await person.says("/end")
    await person.sees("closing")


async def ended(person: Any) -> None:
    await typed(person)
    await person.says("/end")
    await person.sees("closing")
    person.app.pop_screen()


async def scripts(person: Any) -> None:
    await typed(person, SCRIPTS)
    await person.paste("各国 العملية Cafe\u0301")


async def many(person: Any) -> None:
    await person.until(lambda: len(person.rows) == 5000)


async def looking_back(person: Any) -> None:
    await many(person)
    await person.press("pageup", "pageup", "pageup")


async def helped(person: Any) -> None:
    await person.press("f1")
    await person.sees("Help")


async def filtered(person: Any) -> None:
    await typed(person)
    await person.says("/list rec")


async def arrowed(person: Any) -> None:
    await typed(person)
    await person.press("up", "up")


async def edited(person: Any) -> None:
    await arrowed(person)
    await person.press("enter")


async def others(person: Any) -> None:
    await typed(person, HELD[:5])
    person.beside("r: From the other desk", "second")
    await person.until(lambda: "From the other desk" in person.rows)
    person.beside("/amend 1 As the other desk would have it", "second")
    await person.until(lambda: "As the other desk would have it" in person.rows)


async def refused(person: Any) -> None:
    await typed(person, HELD[:5])
    await person.says("@zzz who was that")


async def asked(person: Any) -> None:
    await typed(person)
    await person.press("f10")
    if "Enter" not in person.told:
        pytest.fail(person.told)


async def pasted(person: Any) -> None:
    await person.paste("one line\nr: another\n@igad a third")


async def objectives(person: Any) -> None:
    await person.press("f9")


STATES: dict[str, tuple[Callable[[Any], Awaitable[None]], tuple[int, int]]] = {
    "not-started": (nothing, (80, 24)),
    "objectives": (objectives, (80, 24)),
    "running": (running, (80, 24)),
    "overtime": (overtime, (80, 24)),
    "paused": (paused, (80, 24)),
    "closing": (closing, (80, 24)),
    "ended": (ended, (80, 24)),
    "narrow": (running, (60, 24)),
    "short": (running, (80, 16)),
    "wide": (running, (200, 50)),
    "scripts": (scripts, (100, 24)),
    "many": (many, (80, 24)),
    "looking-back": (looking_back, (80, 24)),
    "help": (helped, (80, 24)),
    "filter": (filtered, (80, 24)),
    "arrowed": (arrowed, (80, 24)),
    "edited": (edited, (80, 24)),
    "others": (others, (120, 24)),
    "refused": (refused, (80, 24)),
    "asked": (asked, (80, 24)),
    "pasted": (pasted, (80, 24)),
}


BEFORE = {
    **dict.fromkeys((nothing, objectives, pasted, helped, many, looking_back), HELD[:0]),
    scripts: SCRIPTS,
    others: HELD[:5],
    refused: HELD[:5],
}
"""What was typed until then where it is not all."""


def frame(table: Any, name: str) -> str:
    """One state's screen, each line as wide as the terminal and no wider."""
    does, size = STATES[name]
    seen: list[str] = []

    async def state(person: Any) -> None:
        await does(person)
        person.app.show_time()
        await person.pilot.pause()
        seen.append(person.screen)

    desk = table.desk()
    for seconds, line in BEFORE.get(does, HELD)[:-1]:
        table.clock.wait(seconds)
        desk.say(line)
    if does in (many, looking_back):
        _fill(desk, 5000)
    table.sit(state, size=size)
    return whole(seen[0], size)


def _fill(desk: Desk, count: int) -> None:
    """So many entries in one write, as a session of many hours leaves them."""
    desk.catch_up()
    rest = count - len(desk.entries)
    kinds = ("note", "recommendation", "lesson")
    desk.write(
        [Draft(kinds[at % 3], {"question": "q1/a", "text": f"What was said for the {at}th time"}) for at in range(rest)]
    )


@pytest.mark.parametrize("name", STATES)
def test_a_frame(table: Any, name: str) -> None:
    compare(FRAMES, name, frame(table, name))


@pytest.mark.parametrize("name", ["running", "overtime", "arrowed"])
def test_without_colour_and_in_any_theme_it_says_the_same(
    table: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert frame(table, name) == (FRAMES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "16"])
def test_every_theme_says_the_same(table: Any, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCP_THEME", theme)
    assert frame(table, "running") == (FRAMES / "running.txt").read_text(encoding="utf-8")


def test_no_frame_is_left_over() -> None:
    assert {path.stem for path in FRAMES.glob("*.txt")} == set(STATES)
