"""A person at the live screen: clocks that the test holds, keys, and the text of what is drawn."""

import asyncio
import time
import tomllib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from grcp_cli import machine
from grcp_cli.console import seat
from grcp_cli.console.live import holding
from grcp_cli.console.live.app import Live
from grcp_cli.console.live.dial import Dial
from grcp_cli.console.live.record_pane import RecordPane
from grcp_cli.console.live.told import Prompt, Told
from grcp_cli.console.live.wish import Wish
from grcp_cli.console.report_back import Heading
from grcp_cli.machine import Machine
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.store import agendas
from grcp_cli.store.desk import Desk
from grcp_cli.store.kept import Kept

AGENDA = Path(__file__).parents[2] / "agendas" / "grcp8.toml"
BEGAN = datetime(2019, 4, 5, 10, 45, tzinfo=ZoneInfo("Europe/Zurich"))
"""When session 2 is planned to start."""
_LONGEST = 20.0


class Held(Machine):
    """Clocks that stand still until the test moves them."""

    def __init__(self) -> None:
        super().__init__("Europe/Zurich")
        self.speed = 0.0
        self.seconds = 0.0

    def wait(self, seconds: float) -> None:
        self.seconds += seconds

    def now(self) -> datetime:
        return BEGAN + timedelta(seconds=self.seconds)

    def ticks(self) -> float:
        return 1000.0 + self.seconds

    def boot(self) -> str:
        return "boot-1"


def drawn(app: Live) -> str:
    """The text of the screen, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def written(path: Path) -> list[dict[str, Any]]:
    """The blocks of a session file."""
    return tomllib.loads(path.read_text(encoding="utf-8")).get("entry", []) if path.exists() else []


class Person:
    """Somebody who sits at a desk's screen."""

    def __init__(self, desk: Desk, app: Live, pilot: Pilot[Wish], clock: Held) -> None:
        self.desk = desk
        self.app = app
        self.pilot = pilot
        self.clock = clock

    @property
    def line(self) -> str:
        return self.app.composer.line.text

    @property
    def screen(self) -> str:
        return drawn(self.app)

    @property
    def told(self) -> str:
        return self._said(Told)

    @property
    def prompt(self) -> str:
        return self._said(Prompt)

    def _said(self, kind: type[Told | Prompt]) -> str:
        return str(self.app.screen_stack[0].query_one(kind).content)

    @property
    def rows(self) -> list[str]:
        """The texts in the record pane, as filtered."""
        return [row.stated.text for row in self._listed() if not isinstance(row, Heading)]

    @property
    def headings(self) -> list[str]:
        """The headings in the record pane, where it shows the board."""
        return [row.text for row in self._listed() if isinstance(row, Heading)]

    def _listed(self) -> Sequence[Any]:
        return self.app.screen_stack[0].query_one(RecordPane)._rows

    @property
    def entries(self) -> list[dict[str, Any]]:
        return written(self.desk.path)

    @property
    def kinds(self) -> list[str]:
        return [entry["kind"] for entry in self.entries]

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Waits for something that other threads bring about."""
        end = time.monotonic() + _LONGEST
        while not holds():
            assert time.monotonic() < end, f"{what} never came to be; the screen:\n{self.screen}"
            await self.pilot.pause(0.01)

    async def sees(self, text: str) -> None:
        await self.until(lambda: text in self.screen, repr(text))

    async def press(self, *keys: str) -> None:
        """Presses keys one after the other, each once what the one before did is done and shown."""
        for key in keys:
            self._send(key, None)
            await self.settled()

    async def settled(self) -> None:
        """Waits until every line that was sent is answered, or told as waiting for the disk, and shown."""
        await self._handled()
        await self.until(lambda: not self.app.composer.sent or "not saved yet" in self.told, "an answer")
        await self._handled()
        await self.pilot.pause()

    async def _handled(self) -> None:
        """Waits until what was sent to the screen went through every widget, and back to the app."""
        for _ in range(3):
            handled = asyncio.Event()
            self.app.call_later(handled.set)
            await handled.wait()
            if self.app.is_running and self.app.screen.is_running:
                await self.pilot._wait_for_screen()

    def _send(self, key: str, letter: str | None) -> None:
        self.app.post_message(events.Key(key, letter))

    async def type(self, text: str) -> None:
        """Presses the keys of a text as fast as they come, without a look at the screen between."""
        for letter in text:
            self._send(_character_to_key(letter), letter)
        await self._handled()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self._handled()

    async def says(self, *lines: str) -> None:
        """Types lines, each with Enter, until each is answered."""
        for line in lines:
            await self.paste(line)
            await self.press("enter")

    async def wait(self, seconds: float) -> None:
        """Time passes, and the screen looks at the clock as it does each second."""
        self.clock.wait(seconds)
        self.app.look()
        await self.pilot.pause()

    def beside(self, line: str, desk: str = "", session: str = "session-2", group: str = "") -> None:
        """Somebody else writes a line, at another desk or in the same file."""
        meeting = self.desk.meeting
        item = meeting.session(session)
        assert item
        Desk(meeting, item, self.desk.path.parent, self.clock, desk, group).say(line)


Does = Callable[[Person], Awaitable[None]]


class Table:
    """Where sessions are sat at, one after the other; each leaves its files for the next."""

    def __init__(self, meeting: Meeting, folder: Path) -> None:
        self.meeting = meeting
        self.folder = folder / "grcp-8"
        self.clock = Held()
        self.wish: Wish | None = None

    def desk(self, session: str = "session-2", desk: str = "", group: str = "") -> Desk:
        item = self.meeting.session(session)
        assert item
        return Desk(self.meeting, item, self.folder, self.clock, desk, group)

    def sit(self, does: Does, size: tuple[int, int] = (80, 24), *greeting: str, **sitting: str) -> list[dict[str, Any]]:
        """Has a person do something at the screen; the blocks of the file once they left."""
        desk = self.desk(**sitting)

        async def run() -> Live:
            desk.catch_up()
            app = Live(desk, Kept(desk.path), greeting)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await does(Person(desk, app, pilot, self.clock))
            return app

        app = asyncio.run(run())
        self.wish = app.return_value
        app.finish()
        seat.pause(desk)
        return written(desk.path)


@pytest.fixture
def numbered_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """New ids are the same in every run."""
    made = iter(range(1_000_000))
    monkeypatch.setattr(machine, "new_id", lambda: f"01912f6e-0000-7000-8000-{next(made):012x}")


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen looks at the clock only when told to: a busy machine shows what an idle one does."""
    monkeypatch.setattr(Dial, "until_next", lambda *_: 3600.0)


@pytest.fixture(scope="session")
def meeting() -> Meeting:
    return agendas.load(AGENDA)


@pytest.fixture
def table(meeting: Meeting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    for name in ("NO_COLOR", "GRCP_THEME", "COLORFGBG", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GRCP_THEME", "dark")
    # A person presses again after a while; here no time passes between two keys.
    monkeypatch.setattr(holding, "APART", 0.0)
    monkeypatch.setattr(holding, "FIRST", 0.0)
    return Table(meeting, tmp_path / "records")
