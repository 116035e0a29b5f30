"""Makes the pictures of the README from a rehearsal: `python tests/pictures.py` writes `docs/*.svg`."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from grcp_cli.console.live.app import Live
from grcp_cli.console.live.wish import Wish
from grcp_cli.machine import Rehearsed
from grcp_cli.meeting.schedule import later, planned
from grcp_cli.store import agendas
from grcp_cli.store.desk import Desk
from grcp_cli.store.kept import Kept
from grcp_cli.store.places import records

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

HELD = (
    (0, "/start"),
    (1, "/q igad, colombo, bali, col"),
    (2, "/f"),
    (2, "Members report every quarter on what they changed at home"),
    (4, "r: Name one focal point in each capital and publish the list"),
    (6, "/f"),
    (7, "A joint survey of labour corridors led to two bilateral agreements"),
    (8, "practice:"),
    (9, "@rcm Puebla keeps its guidelines under review; sovereignty was never at issue"),
    (11, "/order arcp"),
    (11, "Asked whether the survey is public"),
    (12, "/yield"),
    (13, "/yield"),
    (14, "/next"),
    (15, "r: Share evaluations between secretariats before each annual meeting"),
    (16, "/ok"),
    (17, "Les évaluations restent confidentielles dans deux processus"),
    (18, "@arcp العملية تشجع تبادل الخبرات"),
    (19, "action: Circulate the template for evaluations"),
    (20, "/owner 9 Bali Process 2019-06-30"),
    (21, "/star 2"),
    (21, "/q rcm, prague for europe"),
    (21, "/f"),
)
"""Minutes after the planned start, and what was typed."""

TABLES = {
    "africa": (
        "Name one focal point in each capital and publish the list",
        "Share evaluations between secretariats before each annual meeting",
        "Keep one calendar of all processes",
        "Hold a joint meeting of chairs every year",
        "Train new secretariats together",
        "Meet in Nairobi",
        "/defer 6",
    ),
    "asia": ("Twin secretariats of neighbouring processes", "One calendar of meetings for everybody"),
    "middle-east": ("العملية تشجع تبادل الخبرات",),
}
"""What was recommended at the tables."""
HEARD = (
    (0, "/start"),
    (1, "/q igad, colombo, arcp"),
    (2, "/f"),
    (3, "/confirm africa1"),
    (3, "/ok africa1"),
    (4, "/br africa2"),
    (5, "@europe rec: Heard for the first time in plenary"),
)

Step = Callable[[Pilot[Wish]], Awaitable[None]]


async def _nothing(_: Pilot[Wish]) -> None:
    """The screen as the rehearsal left it."""


async def _begun(pilot: Pilot[Wish]) -> None:
    await pilot.press(*"@bali The template should be ")


async def _arrowed(pilot: Pilot[Wish]) -> None:
    await pilot.press("up", "up", "up")


async def _ended(pilot: Pilot[Wish]) -> None:
    await settled(pilot, "/end")


async def _heard(pilot: Pilot[Wish]) -> None:
    await pilot.press("up", "home", "down")


async def _read_back(pilot: Pilot[Wish]) -> None:
    await pilot.press("ctrl+o", "left")
    await settled(pilot, "/+africa2 asia")


PICTURES: dict[str, tuple[Step, tuple[int, int], str]] = {
    "running": (_begun, (104, 30), "grcp-dark"),
    "edit": (_arrowed, (104, 30), "grcp-light"),
    "closing": (_ended, (104, 30), "grcp-dark"),
    "board": (_heard, (104, 30), "grcp-dark"),
    "read-back": (_read_back, (104, 30), "grcp-light"),
}


async def settled(pilot: Pilot[Wish], line: str) -> None:
    """Types a line and waits until it is answered and shown."""
    app = pilot.app
    assert isinstance(app, Live)
    app.composer.say(line)
    while app.composer.sent:
        await pilot.pause(0.01)
    await pilot.pause()


async def _drawn(name: str, folder: Path) -> str:
    step, size, theme = PICTURES[name]
    meeting = agendas.load(ROOT / "agendas" / "grcp8.toml")
    plenary = step in (_heard, _read_back)
    session = meeting.session("session-4" if plenary else "session-2")
    assert session is not None
    start = planned(meeting)[session.id].start

    def clock(minutes: float) -> Rehearsed:
        return Rehearsed(meeting.timezone, later(start, minutes * 60), 0)

    rehearsed = records(folder, meeting.id, rehearsal=True)
    lunch = meeting.session("working-lunch")
    assert lunch is not None
    for group, lines in TABLES.items() if plenary else ():
        table = Desk(meeting, lunch, rehearsed, clock(-60), group, group)
        for line in lines:
            table.say(line)
    desk = Desk(meeting, session, rehearsed, clock(0))
    app = Live(desk, Kept(desk.path))
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        app.retheme()
        for minutes, line in HEARD if plenary else HELD:
            desk.machine = clock(minutes)
            await settled(pilot, line)
        desk.machine = clock(22)
        await step(pilot)
        app.show_time()
        await pilot.pause()
        drawn = app.export_screenshot(title=f"grcp run {session.id}")
    app.finish()
    return drawn


def picture(name: str) -> str:
    """One picture as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_drawn(name, Path(folder)))


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    for each in PICTURES:
        (DOCS / f"{each}.svg").write_text(picture(each), encoding="utf-8")
