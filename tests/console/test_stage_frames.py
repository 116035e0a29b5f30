"""The stage as text, state by state, beside what was stored in `stage_frames/`.

`GRCP_WRITE_FRAMES=1 python -m pytest tests/console/test_stage_frames.py` writes the frames anew: read the difference
before keeping it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from frames import compare
from rich.cells import cell_len
from textual.strip import Strip

from grcp_cli.console.stage.app import Stage
from grcp_cli.console.stage.watch import Watch

FRAMES = Path(__file__).parent / "stage_frames"

FLOOR = ((0, "/start"), (300, "/q igad for Africa, colombo, bali, arcp, midsa"), (0, "/f"), (48, "/next"))
SCRIPTS = (
    (0, "/start"),
    (
        9,
        "/q العملية الاستشارية:, 各国协商机制:, 👩‍👩‍👧 Families:, Ἀθηνᾶ:, Cafe\u0301 nin\u0303o:, x\x1b[31m\u202ey:",
    ),
    (9, "/f"),
)
LUNCH = (
    ("africa", "rec: Name one focal point in each capital and publish the list"),
    ("africa", "rec: Share evaluations between secretariats before each annual meeting"),
    ("asia", "rec: 各国协商机制推动区域合作，并定期交流经验"),
    ("asia", "/off rec: Between ourselves"),
    ("europe", "rec: Les évaluations communes sont publiées dans les six langues, avec les réserves de chacun"),
    ("middle-east", "rec: العملية تشجع تبادل الخبرات"),
    ("middle-east", "rec: Struck since"),
    ("middle-east", "/strike 2"),
)
PLENARY = ((0, "/start"), (30, "/f africa"), (10, "/br africa2"), (10, "/confirm africa1"), (10, "/ok asia1"))


class State(NamedTuple):
    """What was typed when, the size, and what else makes the frame."""

    typed: tuple[tuple[float, str], ...]
    size: tuple[int, int]
    after: float = 0.0
    session: str = "session-2"
    board: bool = False
    rehearsal: bool = False


NARROW, WIDE = (80, 24), (200, 50)
STATES = {
    "not-started": State((), NARROW),
    "before": State((), NARROW, after=-600),
    "running": State(FLOOR[:1], NARROW, after=65),
    "floor": State(FLOOR, NARROW, after=5),
    "floor-wide": State(FLOOR, WIDE, after=5),
    "overtime": State(FLOOR, NARROW, after=75 * 60),
    "overtime-wide": State(FLOOR, WIDE, after=75 * 60),
    "hard-stop": State((*FLOOR, (0, "/extend 66")), NARROW),
    "nobody": State((*FLOOR, (5, "/yield"), (0, "/close")), NARROW, after=71 * 60),
    "paused": State((*FLOOR, (5, "/pause")), NARROW, after=90),
    "ended": State((*FLOOR, (4000, "/end")), NARROW, after=90),
    "ended-wide": State((*FLOOR, (4000, "/end")), WIDE, after=90),
    "message": State((*FLOOR, (0, "/say Take your seats")), NARROW),
    "message-long": State((*FLOOR, (0, "/say Déjeuner servi au jardin : merci d’être de retour à 14 h")), NARROW),
    "message-chinese": State((*FLOOR, (0, "/say 午餐在花园供应，请于下午两点返回")), NARROW),
    "message-wide": State((*FLOOR, (0, "/say Lunch is served in the garden. Please be back by 14:00")), WIDE),
    "scripts": State(SCRIPTS, (100, 24), after=60),
    "rehearsal": State(FLOOR, NARROW, rehearsal=True),
    "short": State(FLOOR, (60, 16)),
    "small": State(FLOOR, (40, 8)),
    "dark": State((*FLOOR, (0, "/blackout")), NARROW),
    "board": State(PLENARY, NARROW, session="session-4", board=True),
    "board-wide": State(PLENARY, WIDE, session="session-4", board=True),
    "board-message": State((*PLENARY, (0, "/say Africa has the floor")), NARROW, session="session-4", board=True),
    "board-empty": State((), NARROW, session="session-4", board=True),
}


@pytest.fixture(autouse=True)
def _as_the_meeting_has_it(table: Any) -> None:
    table.clock.speed = 1.0


def stage(table: Any, state: State) -> Stage:
    """The stage as it is set up once all was typed."""
    folder = table.folder / "rehearsal" if state.rehearsal else table.folder
    if state.board and state.typed:
        for desk, line in LUNCH:
            table.desk("working-lunch", desk, desk).say(line)
    if state.session == "session-4":
        table.clock.wait(3 * 3600 + 15 * 60)
    desk = table.desk(state.session)
    for seconds, line in state.typed:
        table.clock.wait(seconds)
        desk.say(line)
    table.clock.wait(state.after)
    session = table.meeting.session(state.session)
    if state.rehearsal:
        table.folder.rename(table.folder.with_name("aside"))
        table.folder.mkdir()
        table.folder.with_name("aside").rename(folder)
    watch = Watch(table.meeting, session, folder, table.clock, rehearsal=state.rehearsal, with_board=state.board)
    seen = watch.look()
    assert seen
    return Stage(watch, seen)


Does = Callable[[Stage, Any], Awaitable[None]]


async def nothing(_: Stage, __: Any) -> None:
    """Looks on."""


def strips(app: Stage, size: tuple[int, int], does: Does = nothing) -> list[Strip]:
    """What is drawn, line by line."""
    seen: list[Strip] = []

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await does(app, pilot)
            await pilot.pause()
            seen.extend(app.screen._compositor.render_strips())

    asyncio.run(run())
    return seen


def frame(table: Any, name: str) -> str:
    state = STATES[name]
    lines = [strip.text for strip in strips(stage(table, state), state.size)]
    assert len(lines) == state.size[1]
    assert all(cell_len(line) == state.size[0] for line in lines)
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("name", STATES)
def test_a_frame(table: Any, name: str) -> None:
    compare(FRAMES, name, frame(table, name))


@pytest.mark.parametrize("name", ["floor", "overtime-wide", "board"])
def test_without_colour_it_says_the_same(table: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert frame(table, name) == (FRAMES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "16"])
def test_every_theme_says_the_same(table: Any, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCP_THEME", theme)
    assert frame(table, "overtime") == (FRAMES / "overtime.txt").read_text(encoding="utf-8")


def test_no_frame_is_left_over() -> None:
    assert {path.stem for path in FRAMES.glob("*.txt")} == set(STATES)


def colours(found: list[Strip], text: str) -> set[str]:
    """The colours in which a text is drawn."""
    return {
        segment.style.color.name
        for strip in found
        for segment in strip
        if text in segment.text and segment.style and segment.style.color
    }


def test_overtime_is_orange_and_time_left_is_not(table: Any) -> None:
    over = strips(stage(table, STATES["overtime"]), NARROW)
    assert colours(over, "█") == colours(over, "! OVERTIME") == colours(over, "! TIME IS UP")
    assert colours(over, "█") <= {"#ffb454", "#feb454"}


def test_time_left_is_blue_and_a_pause_is_quiet(table: Any) -> None:
    assert colours(strips(stage(table, STATES["running"]), NARROW), "█") == {"#6cb4ff"}


def test_a_pause_is_quiet(table: Any) -> None:
    assert colours(strips(stage(table, STATES["paused"]), NARROW), "█") == {"#93a4b5"}


def black(found: list[Strip]) -> bool:
    return all(
        not segment.text.strip() and segment.style and segment.style.bgcolor and segment.style.bgcolor.name == "#000000"
        for strip in found
        for segment in strip
    )


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_blackout_is_black(table: Any, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCP_THEME", theme)
    assert black(strips(stage(table, STATES["dark"]), NARROW))


def test_b_makes_it_dark_and_light_again_whoever_made_it_so(table: Any) -> None:
    async def presses(app: Stage, pilot: Any) -> None:
        async def becomes(dark: bool) -> None:
            end = time.monotonic() + 20
            while app._sheet.dark is not dark:
                assert time.monotonic() < end
                await pilot.pause(0.01)

        for wanted in (True, False):
            await pilot.press("b")
            await becomes(wanted)
        table.desk().say("/blackout")
        app.see(app._watch.look())
        await becomes(True)
        await pilot.press("b")
        await becomes(False)
        table.desk().say("/blackout off")
        app.see(app._watch.look())
        await becomes(False)

    assert not black(strips(stage(table, STATES["floor"]), NARROW, presses))


def test_what_comes_is_shown_and_a_terminal_that_changes_is_filled(table: Any) -> None:
    texts: list[str] = []

    async def look(app: Stage, pilot: Any) -> None:
        table.desk().say("/f arcp")
        app.see(app._watch.look())
        await pilot.pause()
        texts.append("\n".join(strip.text for strip in app.screen._compositor.render_strips()))
        await pilot.resize_terminal(60, 16)
        await pilot.pause()
        texts.append("\n".join(strip.text for strip in app.screen._compositor.render_strips()))

    strips(stage(table, STATES["floor"]), NARROW, look)
    assert "\n ARCP  " in texts[0]
    assert "ARCP · 3:00" in texts[1]


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c"])
def test_a_key_leaves(table: Any, key: str) -> None:
    app = stage(table, STATES["floor"])

    async def presses(_: Stage, pilot: Any) -> None:
        await pilot.press(key)

    strips(app, NARROW, presses)
    assert app.return_code == 0


def test_the_time_turns_by_itself(table: Any) -> None:
    digits: list[str] = []

    async def waits(app: Stage, pilot: Any) -> None:
        for seconds in (0, 1, 1):
            table.clock.wait(seconds)
            await asyncio.sleep(1.1)
            await pilot.pause()
            digits.append("\n".join(strip.text for strip in app.screen._compositor.render_strips()))

    strips(stage(table, STATES["running"]), NARROW, waits)
    assert len(set(digits)) == 3
