"""Board, read-back and the choice of what to bring forward as text, beside what was stored in `board_frames/`.

`GRCP_WRITE_FRAMES=1 python -m pytest tests/console/test_board_frames.py` writes the frames anew: read the difference
before keeping it.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from frames import compare, whole

pytestmark = pytest.mark.usefixtures("still", "numbered_ids")

FRAMES = Path(__file__).parent / "board_frames"

TABLES = {
    "africa": (
        "Name one focal point in each capital, and publish the list on the websites of all secretariats",
        "Share evaluations before each annual meeting",
        "Hold a joint meeting of chairs every year",
        "Keep one calendar of all processes",
        "Train new secretariats together",
        "Meet in Nairobi",
        "/defer 6",
        "/2 Joint research #academia #un",
    ),
    "asia": ("Twin the secretariats of the Colombo Process and of PIDC", "各国协商机制推动区域合作，并定期交流经验"),
    "middle-east": ("العملية تشجع تبادل الخبرات", "/2 Round tables of employers #private"),
}
LUNCH = {"session": "working-lunch", "desk": "africa", "group": "africa"}


async def heard(person: Any) -> None:
    """The plenary began, Africa speaks, and some of what it says is decided."""
    await person.says("/start", "/q igad, colombo, arcp", "/f")
    person.clock.wait(60)
    await person.says("/confirm africa1", "/ok africa1", "/br africa2", "/+africa2 asia, europe")


async def board(person: Any) -> None:
    await heard(person)
    await person.press("up", "home", "down")


async def written_here(person: Any) -> None:
    await heard(person)
    await person.says("@europe rec: Heard here for the first time", "note: The chair thanks all tables")


async def partnerships(person: Any) -> None:
    await person.says("/start", "/go 3")


async def across(person: Any) -> None:
    await heard(person)
    await person.says("/go 2", "/join africa1 asia1: Name focal points, and twin secretariats", "/ok common1")
    await person.says("/join africa3")
    await person.press("up", "up")


async def read_back(person: Any) -> None:
    await heard(person)
    await person.press("ctrl+o", "left", "2")


async def editing(person: Any) -> None:
    await read_back(person)
    await person.press("e")
    await person.type(", in time")


async def many(person: Any) -> None:
    await person.says("A seventh, said at the end", "/propose 6", "/start", "/end")
    await person.sees("closing")


async def forward(person: Any) -> None:
    await many(person)
    await person.press("f")
    await person.sees("come forward?")
    await person.press("down", "down", "space")


STATES: dict[str, tuple[Callable[[Any], Awaitable[None]], tuple[int, int]]] = {
    "board": (board, (80, 24)),
    "board-narrow": (board, (60, 24)),
    "board-medium": (board, (120, 30)),
    "board-wide": (board, (200, 50)),
    "written-here": (written_here, (120, 30)),
    "partnerships": (partnerships, (120, 30)),
    "across": (across, (80, 24)),
    "across-wide": (across, (200, 50)),
    "read-back": (read_back, (80, 24)),
    "read-back-short": (read_back, (80, 16)),
    "read-back-medium": (read_back, (120, 30)),
    "read-back-wide": (read_back, (200, 50)),
    "editing": (editing, (80, 24)),
    "closing": (many, (80, 24)),
    "forward": (forward, (80, 24)),
    "forward-wide": (forward, (200, 50)),
}


def frame(table: Any, name: str) -> str:
    """One state's screen, each line as wide as the terminal and no wider."""
    does, size = STATES[name]
    seen: list[str] = []

    async def state(person: Any) -> None:
        await does(person)
        person.app.show_time()
        await person.pilot.pause()
        seen.append(person.screen)

    for group, lines in TABLES.items():
        desk = table.desk("working-lunch", group, group)
        for line in lines:
            table.clock.wait(60)
            desk.say(line)
    at_lunch = does in (many, forward)
    table.clock.seconds = (85 if at_lunch else 195) * 60
    table.sit(state, size=size, **(LUNCH if at_lunch else {"session": "session-4"}))
    return whole(seen[0], size)


@pytest.mark.parametrize("name", STATES)
def test_a_frame(table: Any, name: str) -> None:
    compare(FRAMES, name, frame(table, name))


@pytest.mark.parametrize("name", ["board", "read-back", "forward"])
def test_without_colour_it_says_the_same(table: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert frame(table, name) == (FRAMES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "16"])
def test_every_theme_says_the_same(table: Any, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCP_THEME", theme)
    assert frame(table, "read-back") == (FRAMES / "read-back.txt").read_text(encoding="utf-8")


def test_no_frame_is_left_over() -> None:
    assert {path.stem for path in FRAMES.glob("*.txt")} == set(STATES)
