"""The table's screen: what each key does, and the screen as text beside what was stored in `synthesis_frames/`.

`GRCP_WRITE_FRAMES=1 python -m pytest tests/console/test_synthesis_frames.py` writes the frames anew.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from frames import compare, whole
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from grcp_cli.console.live.told import Told
from grcp_cli.console.synthesis.app import Choosing
from grcp_cli.console.synthesis.table import Table
from grcp_cli.meeting.entry import Draft
from grcp_cli.meeting.synthesis import selecting
from grcp_cli.store import durable
from grcp_cli.store.kept import Kept

from .conftest import drawn, written

FRAMES = Path(__file__).parent / "synthesis_frames"
_LONGEST = 10.0

SAID = {
    "africa": (
        "Establish a network of focal points in each ISCM to exchange information on migration data",
        "Hold an annual meeting of the Chairs and Secretariats",
        "Rescue at sea should be coordinated",
    ),
    "americas": ("Promote standards of ethical recruitment that protect migrant workers’ rights",),
    "asia": (
        "Set up a focal point network among ISCMs for the exchange of migration data and information",
        "Protect the rights of migrant workers through ethical recruitment standards",
        "Chairs and Secretariats of the processes should meet annually",
        "建立各区域协商进程之间的信息交流平台",
        "Chairs and Secretariats shall not meet annually",
    ),
    "europe": ("One calendar of meetings for all ISCMs", "One calendar of the meetings of every ISCM"),
}


class Person:
    """Somebody who decides at the table's screen."""

    def __init__(self, room: Any, app: Choosing, pilot: Pilot[None]) -> None:
        self.room = room
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> str:
        return drawn(self.app)  # type: ignore[arg-type]

    @property
    def told(self) -> str:
        return str(self.app.screen_stack[0].query_one(Told).content)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return written(self.room.folder / "session-4.common.toml")

    async def until(self, holds: Callable[[], object], what: str) -> None:
        end = time.monotonic() + _LONGEST
        while not holds():
            assert time.monotonic() < end, f"{what} never came to be; the screen:\n{self.screen}"
            await self.pilot.pause(0.01)

    async def sees(self, text: str) -> None:
        await self.until(lambda: text in self.screen, repr(text))

    async def press(self, *keys: str) -> None:
        """Presses keys, each once what the one before did is answered and shown."""
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(events.Key(_character_to_key(key) if character else key, character))
            await self._handled()
            await self.until(lambda: not self.app.sending.sent or "not saved yet" in self.told, "an answer")
            await self._handled()
            await self.pilot.pause()

    async def _handled(self) -> None:
        for _ in range(3):
            handled = asyncio.Event()
            self.app.call_later(handled.set)
            await asyncio.wait_for(handled.wait(), _LONGEST)
            if self.app.is_running and self.app.screen.is_running:
                await self.pilot._wait_for_screen()

    async def says(self, line: str) -> None:
        await self.press("/")
        self.app.line.put(line)
        await self.press("enter")


Does = Callable[[Person], Awaitable[None]]


def filled(room: Any) -> None:
    for group, texts in SAID.items():
        desk = room.desk("working-lunch", group, group)
        desk.write([Draft("recommendation", {"question": "q1", "group": group, "text": text}) for text in texts])


def sit(room: Any, does: Does, size: tuple[int, int] = (80, 24)) -> list[dict[str, Any]]:
    """Has a person do something at the table; the blocks of the file once they left."""
    desk = room.desk("session-4", "common")
    (question,) = selecting(desk.session)

    async def run() -> Choosing:
        app = Choosing(Table(desk, question), Kept(desk.path))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await does(Person(room, app, pilot))
        return app

    asyncio.run(run()).finish()
    return written(desk.path)


async def opened(_: Person) -> None:
    """As it is first seen."""


async def wording(person: Person) -> None:
    await person.press("enter")


async def accepted(person: Person) -> None:
    await person.press("enter", "enter", "4", "1", "b")


async def column(person: Person) -> None:
    await person.press("tab", "right", "right", "down", "space", "down")


async def helped(person: Person) -> None:
    await person.press("f1")
    await person.sees("Help")


async def asked(person: Person) -> None:
    await person.press("enter", "enter", "s")


async def refused(person: Person) -> None:
    await person.says("/join africa9 asia1: text")


async def others(person: Person) -> None:
    person.room.desk("working-lunch", "middle-east", "middle-east").say("rec: One calendar of all meetings")
    await person.sees("5 groups")


async def empty(_: Person) -> None:
    """Nothing was recommended yet."""


STATES: dict[str, tuple[Does, tuple[int, int]]] = {
    "opened": (opened, (80, 24)),
    "wide": (accepted, (200, 50)),
    "narrow": (accepted, (60, 24)),
    "short": (accepted, (80, 16)),
    "wording": (wording, (80, 24)),
    "accepted": (accepted, (80, 24)),
    "column": (column, (80, 24)),
    "help": (helped, (80, 24)),
    "asked": (asked, (80, 24)),
    "refused": (refused, (80, 24)),
    "others": (others, (120, 24)),
    "empty": (empty, (80, 24)),
}


def frame(room: Any, name: str) -> str:
    """One state's screen, each line as wide as the terminal and no wider."""
    does, size = STATES[name]
    if does is not empty:
        filled(room)
    seen: list[str] = []

    async def state(person: Person) -> None:
        await does(person)
        await person.pilot.pause()
        seen.append(person.screen)

    sit(room, state, size)
    return whole(seen[0], size)


@pytest.mark.parametrize("name", STATES)
def test_a_frame(table: Any, name: str) -> None:
    compare(FRAMES, name, frame(table, name))


@pytest.mark.parametrize("name", ["accepted", "wide", "column"])
def test_without_colour_it_says_the_same(table: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert frame(table, name) == (FRAMES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "16"])
def test_every_theme_says_the_same(table: Any, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRCP_THEME", theme)
    assert frame(table, "accepted") == (FRAMES / "accepted.txt").read_text(encoding="utf-8")


def test_no_frame_is_left_over() -> None:
    assert {path.stem for path in FRAMES.glob("*.txt")} == set(STATES)


# What the keys do.


def kinds(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["kind"] for entry in entries]


def test_a_proposal_is_accepted_worded_supported_and_undone(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("enter")
        assert person.app.line.lead == "/join americas1 asia2: "
        assert person.app.line.text.startswith("Promote")
        person.app.line.put("/join americas1 asia2: Recruit fairly")
        await person.press("enter")
        await person.sees("Common 1 Recruit fairly")
        await person.press("4")
        await person.sees("4 Europe and the former Soviet Union ✓")
        await person.press("4")
        await person.sees("4 Europe and the former Soviet Union ✗")
        await person.press("4")
        await person.sees("4 Europe and the former Soviet Union ·")
        await person.press("a", "asterisk")
        await person.press("ctrl+z")
        assert "undone" in person.told

    entries = sit(table, does)
    assert kinds(entries) == ["cluster", "support", "oppose", "support", "status", "star", "undo"]
    assert entries[0]["support"] == ["americas", "asia"]
    assert entries[3]["off"] is True


def test_a_member_is_left_out_and_the_rest_proposed_again(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("down", "x")
        await person.until(
            lambda: "may be proposed" not in person.told and "left with their group" in person.told, "told"
        )
        await person.until(lambda: "Caribbean 1 Promote" not in person.screen.split("Proposed and common")[1], "gone")
        await person.press("tab", "right", "x")
        await person.until(lambda: "Caribbean 1 Promote" in person.screen.split("Proposed and common")[1], "back")

    assert sit(table, does, (100, 40)) == []


def test_one_stands_alone_as_common_another_is_moved_in_and_taken_out(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("tab", "end", "c")
        assert "Africa 3 alone, as worded" in person.told
        await person.press("tab", "right", "m")
        assert person.app.line.text == "/join common1 americas1"
        await person.press("enter")
        await person.sees("made of Africa 3, Americas and Caribbean 1")
        person.app._made.point(next(row.key for row in person.app._made.rows if row.kind == "part"))
        person.app._made.focus()
        await person.press("x")
        await person.sees("made of Americas and Caribbean 1")
        await person.press("up", "s")
        assert "s again does it" in person.told
        await person.press("s")
        await person.sees("split Common 1")

    assert kinds(sit(table, does, (120, 40))) == ["cluster", "amend", "amend", "uncluster"]


def test_what_is_gathered_is_joined(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("tab", "j")
        assert "nothing is gathered" in person.told
        await person.press("end", "space", "right", "space", "j")
        assert person.app.line.whole == "/join africa3 americas1: Rescue at sea should be coordinated"
        await person.press("enter")
        await person.sees("Common 1 Rescue at sea")

    (entry,) = sit(table, does)
    assert (entry["kind"], entry["support"]) == ("cluster", ["africa", "americas"])


def test_no_clock_is_kept_here(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.says("/start")
        assert "clock and floor are not kept here" in person.told
        await person.press("escape")
        await person.says("/accept 9")
        assert "there is no proposal 9" in person.told
        await person.press("escape")
        await person.says("/accept 1: In our own words")
        await person.sees("Common 1 In our own words")

    assert kinds(sit(table, does)) == ["cluster"]


def test_a_full_disk_keeps_the_line_and_takes_it_later(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(table)
    full = [True]
    monkeypatch.setattr("grcp_cli.store.journal.Held.append_all", _refusing(full))
    monkeypatch.setattr("grcp_cli.console.synthesis.app._RETRY", 0.05)

    async def does(person: Person) -> None:
        await person.press("enter", "enter")
        await person.sees("not saved yet")
        full[0] = False
        await person.sees("Common 1 ")

    assert kinds(sit(table, does)) == ["cluster"]


def _refusing(full: list[bool]) -> Any:
    from grcp_cli.store.journal import Held

    append = Held.append_all

    def refusing(self: Held, *arguments: Any) -> Any:
        if full[0]:
            raise durable.DiskError("no space left", "make room")
        return append(self, *arguments)

    return refusing


def test_a_line_begun_is_there_again(table: Any) -> None:
    filled(table)

    async def begins(person: Person) -> None:
        await person.press("/")
        person.app.line.put("/join africa1 asia1: half a sen")
        await person.pilot.pause(0.05)
        person.app.action_leave()

    async def finds(person: Person) -> None:
        assert person.app.line.text == "half a sen"
        assert "/join africa1 asia1: … Enter saves this text" in person.told
        await person.press("enter")

    sit(table, begins)
    assert kinds(sit(table, finds)) == ["cluster"]


def test_two_thousand_are_arrowed_through(table: Any) -> None:
    desk = table.desk("working-lunch", "africa", "africa")
    texts = [f"Recommendation number {at} of a kind that is {at * 7919} like no other" for at in range(2000)]
    desk.write([Draft("recommendation", {"question": "q1", "group": "africa", "text": text}) for text in texts])

    async def does(person: Person) -> None:
        await person.press("tab", "end")
        await person.sees("Africa 2000 ")
        await person.press("home", "pagedown", "down", "up")
        await person.sees("Africa 5 ")

    sit(table, does)


def test_what_is_pasted_on_a_page_goes_into_no_line_beneath(table: Any) -> None:
    filled(table)

    async def does(person: Person) -> None:
        await person.press("f1")
        person.app.post_message(events.Paste("pasted while reading the help"))
        await person.pilot.pause()
        await person.press("escape")
        assert person.app.line.text == ""
        assert person.app.focused is person.app._made

    assert sit(table, does) == []


def test_a_line_is_kept_or_saved_whenever_the_screen_leaves_behind_enter(table: Any) -> None:
    filled(table)
    for steps in range(6):

        async def does(person: Person, steps: int = steps) -> None:
            await person.press("/")
            person.app.line.put(f"note: line {steps}")
            person.app.line.post_message(events.Key("enter", None))
            for _ in range(steps):
                await asyncio.sleep(0)
            person.app.action_leave()

        kept = Kept(table.desk("session-4", "common").path)
        saved = [entry.get("text") for entry in sit(table, does)]
        assert (f"line {steps}" in saved) != (f"note: line {steps}" in kept.load()), "once, and once only"
        kept.path.unlink(missing_ok=True)
