"""An hour as people type it, in plain lines and at the live screen: the same session file."""

import random
from pathlib import Path
from typing import Any, NamedTuple

from grcp_cli.console import seat
from grcp_cli.console.line import Walkthrough
from grcp_cli.console.talk import Typed
from grcp_cli.store import journal

WORDS = (
    "members",
    "report",
    "every",
    "quarter",
    "on",
    "what",
    "changed",
    "at home",
    "and",
    "share",
    "it",
    "with capitals",
)
KEYS = {"/start": "f4", "/pause": "f4", "/resume": "f4", "/next": "f3", "/back": "f2", "/f": "f5", "/yield": "f6"}
KEYS |= {"/extend 5": "f7", "/undo": "ctrl+z", "/redo": "ctrl+y"}
"""Lines that a key types."""


class Said(NamedTuple):
    """Seconds since what was said before, and lines: several were pasted; `more` is added to the newest entry."""

    seconds: float
    lines: tuple[str, ...]
    more: str = ""


def hour(chance: random.Random) -> list[Said]:
    """About 1.7 lines a minute for an hour, some in bursts of three, with corrections, pauses and the floor."""

    def prose() -> str:
        before = chance.choice(
            ["", "", "", "", "r: ", "lesson: ", "@bali ", "@- ", "/1b ", "@Someone Else: ", "/2 rec: "]
        )
        return (
            before + " ".join(chance.choices(WORDS, k=chance.randint(4, 24))) + chance.choice(["", "", " é中 🎉", "."])
        )

    acts = ["/next", "/back", "/f colombo", "/yield", "/undo", "/redo", "/star", "/ok", "s/report/tell/", "practice:"]
    acts += ["/pause", "/resume", "/extend 5", "/q igad, bali", "/f", "/order arcp", "… and more", "/nxt", "@zzz who?"]
    said = [Said(0, ("/start",))]
    passed = 0.0
    while passed < 3600:
        what = chance.random()
        if what < 0.5:
            said.append(Said(chance.uniform(10, 60), (prose(),)))
        elif what < 0.6:
            said += [Said(at and 4.0, (prose(),)) for at in range(3)]
        elif what < 0.65:
            said.append(Said(20, tuple(prose() for _ in range(chance.randint(2, 5)))))
        elif what < 0.72:
            said.append(Said(20, (), " and that is all"))
        else:
            said.append(Said(chance.uniform(1, 50), (chance.choice(acts),)))
        passed += said[-1].seconds + 8
    said += [Said(30, ("/pause",)), Said(300, ("/resume",))]
    return [*said, Said(30, ("/end",)), Said(60, ("one thing more, after the end",))]


def plain(table: Any, said: list[Said]) -> Path:
    """The hour in plain lines."""
    desk = table.desk()
    with seat.Seated(desk):
        talk = Walkthrough(desk)
        for each in said:
            table.clock.wait(each.seconds)
            for line in each.lines:
                talk.take(Typed(line, False))
            if each.more:
                newest = desk.record.statements("session-2")[-1]
                talk.take(Typed(f"/amend {newest.entry.n} {newest.text}{each.more}", False))
        talk.finish()
        seat.pause(desk)
    return desk.path


def live(table: Any, said: list[Said]) -> Path:
    """The hour at the screen, by keys where there are some."""

    async def does(person: Any) -> None:
        for each in said:
            table.clock.wait(each.seconds)
            line = each.lines[0] if each.lines else ""
            if line in KEYS and not (KEYS[line] == "f4" and not _fits(line, person)):
                await person.press(KEYS[line])
                if KEYS[line] == "f7":
                    await person.press("f7")  # it asks first
            elif each.lines:
                await person.paste("\n".join(each.lines))
                await person.press("enter")
            if each.more:
                await person.press("up", "enter")
                await person.paste(each.more)
                await person.press("enter")
            # What was refused stands there to be mended, and is given up.
            person.app.composer.line.put("")
            if len(person.app.screen_stack) > 1:
                person.app.pop_screen()
            await person.pilot.pause()

    table.sit(does)
    return table.desk().path


def _fits(line: str, person: Any) -> bool:
    """Whether F4 types this line as the clock stands."""
    wanted = {"/start": "to come", "/pause": "running", "/resume": "paused"}[line]
    return person.desk.own_walk.clock.state == wanted


def blocks(path: Path) -> list[tuple[str, int, dict[str, Any]]]:
    """What a file says, apart from times, ids, seals, boots and ticks; a target is the place of what it names."""
    entries = journal.read(path).entries
    places = {entry.id: at for at, entry in enumerate(entries)}
    told = []
    for entry in entries:
        fields = {key: value for key, value in entry.fields.items() if key not in ("boot", "ticks", "seal")}
        for key in ("target", "after"):
            if key in fields:
                fields[key] = places[fields[key]]
        told.append((entry.kind, entry.n, fields))
    return told


def test_an_hour_makes_the_same_file(meeting: Any, tmp_path: Path, table: Any) -> None:
    said = hour(random.Random(1))
    lines = sum(len(each.lines) or 1 for each in said)
    assert 90 <= lines <= 160
    other = type(table)(meeting, tmp_path / "plain")
    expected = blocks(plain(other, said))
    found = blocks(live(table, said))
    assert found == expected
    assert {"amend", "pause", "resume", "floor", "goto", "undo", "end"} <= {kind for kind, _, _ in found}
    assert sum(1 for kind, _, _ in found if kind in ("note", "lesson", "recommendation", "practice")) > 60
