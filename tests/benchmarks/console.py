"""How fast the live console is on a real pseudo-terminal, in an empty session and a full one. POSIX, and Linux's /proc.

    python tests/benchmarks/console.py [echo] [frame] [idle] [enter] [board] [--idle SECONDS]

echo    a key press until its letter comes back      goals p50 8 ms, p99 33 ms; full against none 0.8 to 1.2
frame   start until the first full frame             goals 1.6 of a bare Textual app; full against none 1.5
idle    the clock running and nobody typing          goals 1 % of a core, 60 MB resident
board   as echo, at a report-back board of 130 answers against a question without a board: goal 0.8 to 1.2
enter   Enter until the line is durable and shown    goal p99 50 ms
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from terminal import Terminal

from grcp_cli.machine import Machine
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import CAPTURED, Draft
from grcp_cli.store import agendas, durable, places
from grcp_cli.store.desk import Desk

FULL, BATCH = 5_000, 500
KEYS, ENTERS, FRAMES, ROUNDS = 300, 120, 9, 3
REST = 0.06
"""Seconds of quiet before a key: longer than what the key before still draws."""
NEWEST, EMPTY, BELOW = f"no.{FULL}", "nothing written yet", "F1"
TEXT = (
    "the members noted that regional dialogues would welcome an early exchange of calendars so that states can plan "
    "joint training on border management return reintegration data protection and lawful pathways before they meet"
)
WORDS = TEXT.split()
BARE = '''
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Digits, Static, TextArea

class Record(Widget):
    DEFAULT_CSS = "Record { width: 1fr; height: 1fr; padding: 0 1; }"
    def render_line(self, y):
        return Strip.blank(self.size.width, self.rich_style)

class Bare(App):
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "TextArea"
    CSS = """
    #masthead { height: 4; padding: 0 1; } #row { height: 1; } #title { width: 1fr; } #wall { width: auto; }
    #time { height: 3; } Digits { width: 22; } #facts { width: 1fr; }
    #panes { height: 1fr; } #questions { width: 38%; height: 1fr; padding: 0 1; }
    #bottom { height: auto; } TextArea { height: 2; border: none; }
    """
    def compose(self):
        with Vertical(id="masthead"):
            with Horizontal(id="row"):
                yield Static("title", id="title")
                yield Static("00:00:00", id="wall")
            with Horizontal(id="time"):
                yield Digits("12:00")
                yield Static("facts", id="facts")
        with Horizontal(id="panes"):
            yield Static("questions", id="questions")
            yield Record()
        with Vertical(id="bottom"):
            yield Static("told")
            yield Static("prompt")
            yield TextArea(compact=True)
            yield Static("F1 keys")

Bare().run()
'''


def fill(records: Path, meeting: Meeting, count: int) -> Desk:
    """A session begun, so many entries, and a pause: whoever comes back is asked nothing."""
    session = meeting.session("session-2")
    assert session is not None
    desk = Desk(meeting, session, places.records(records, meeting.id, rehearsal=False), Machine(meeting.timezone))
    chance = random.Random(5)
    speakers, questions = [each.id for each in meeting.participants], [each.address for each in session.leaves]
    desk.say("/start")
    for first in range(1, count + 1, BATCH):
        drafts = []
        for number in range(first, first + BATCH):
            text = " ".join([f"no.{number}", *chance.choices(WORDS, k=chance.randint(4, 29))])
            fields = {"question": chance.choice(questions), "speaker": chance.choice(speakers), "text": text}
            drafts.append(Draft(chance.choice(CAPTURED), fields))
        desk.write(drafts)
    desk.say("/pause")
    return desk


ANSWERED = 26
"""Answers of each of the five groups at the lunch, as many as of 26 groups with five each."""


def report(records: Path, meeting: Meeting, place: str) -> Path:
    """A lunch that answered, and a plenary that stands at a question."""
    folder = places.records(records, meeting.id, rehearsal=False)
    lunch, plenary = meeting.session("working-lunch"), meeting.session("session-4")
    assert lunch is not None
    assert plenary is not None
    chance = random.Random(7)
    for group in lunch.groups:
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(8, 29))) for _ in range(ANSWERED)]
        drafts = [Draft("recommendation", {"question": "q1", "group": group, "text": text}) for text in texts]
        Desk(meeting, lunch, folder, Machine(meeting.timezone), group, group).write(drafts)
    desk = Desk(meeting, plenary, folder, Machine(meeting.timezone))
    for line in ("/start", f"/go {place}", "/pause"):
        desk.say(line)
    return desk.path


class Place:
    """A record to sit down at, and what is seen of it first."""

    def __init__(self, name: str, path: Path, session: str, records: Path, newest: str, entries: int = 0) -> None:
        self.name = name
        self.path = path
        self.entries = entries
        self._arguments = ("-m", "grcp_cli", "run", session, "--records", str(records))
        self.newest = newest

    def sit(self) -> Terminal:
        return Terminal(*self._arguments)

    def ready(self, terminal: Terminal) -> float:
        """When the first full frame was there."""
        return full_frame(terminal, self.newest, BELOW)


def full_frame(terminal: Terminal, *marks: str) -> float:
    """When the last byte came of the burst that drew these."""
    shown = terminal.until(*marks).at
    rest = terminal.quiet(0.1)
    return rest.at if rest.text else shown


def percentiles(times: list[float]) -> tuple[float, float]:
    """Half and all but one in a hundred, in milliseconds."""
    ordered = sorted(times)
    return statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.99)] * 1000


def letters(terminal: Terminal, count: int) -> Iterator[float]:
    """Seconds to the echo of so many letters of ordinary words, typed at a person's pace."""
    chance = random.Random(count)
    while count > 0:
        line = ""
        for letter in " ".join(chance.choices(WORDS, k=8)):
            time.sleep(chance.random() * 0.05)
            terminal.quiet(REST, most=0.3)
            line += letter
            began = time.perf_counter()
            terminal.type(letter)
            # What a tick draws may hold a short text or a blank by chance.
            if len(line) > 3 and letter != " ":
                yield terminal.until(line[-20:].lstrip(), patience=2).at - began
                count -= 1
        terminal.type("\x15")


def echo(found: list[Place], what: str = "echo") -> None:
    times: dict[str, list[float]] = {place.name: [] for place in found}
    for _ in range(ROUNDS):
        for place in found:
            with place.sit() as terminal:
                place.ready(terminal)
                terminal.quiet(0.3, most=1.5)
                times[place.name] += letters(terminal, KEYS // ROUNDS)
                terminal.quiet(REST)
                terminal.type("\x15")
    told(times, what, "goals 8 and 33")


def told(times: dict[str, list[float]], what: str, goals: str) -> None:
    half = {}
    for name, each in times.items():
        half[name], most = percentiles(each)
        print(f"{what:<6} {name:<14} p50 {half[name]:6.1f} ms   p99 {most:6.1f} ms   of {len(each)} ({goals})")
    none, full = half.values()
    print(f"{what:<6} p50 {'board against none' if what == 'board' else 'full against none'} {full / none:.2f}")


def frame(found: list[Place], folder: Path) -> None:
    bare = folder / "bare.py"
    bare.write_text(BARE, encoding="utf-8")

    def first(place: Place) -> float:
        with place.sit() as terminal:
            return place.ready(terminal) - terminal.began

    def empty() -> float:
        with Terminal(str(bare)) as terminal:
            at = full_frame(terminal, BELOW)
            terminal.type("\x11")
            return at - terminal.began

    measured: dict[str, Callable[[], float]] = {"bare Textual": empty}
    measured |= {place.name: lambda place=place: first(place) for place in found}
    for once in measured.values():
        once()
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(FRAMES):
        for name, once in measured.items():
            times[name].append(once())
    for name, each in times.items():
        print(f"frame  {name:<14} {statistics.median(each) * 1000:6.0f} ms   fastest {min(each) * 1000:6.0f} ms")
    app, none, full = (statistics.median(each) for each in times.values())
    print(f"frame  none against bare {none / app:.2f} (goal 1.6)   full against none {full / none:.2f} (goal 1.5)")


def idle(found: list[Place], seconds: float) -> None:
    with ExitStack() as stack:
        sitting = [(place, stack.enter_context(place.sit())) for place in found]
        for place, terminal in sitting:
            place.ready(terminal)
            terminal.type("/resume\r")
            terminal.until("running")
        settle, before = time.perf_counter() + 2, []
        while time.perf_counter() < settle:
            for _, terminal in sitting:
                terminal.quiet(0.1, most=0.2)
        began = time.perf_counter()
        before = [terminal.used() for _, terminal in sitting]
        while time.perf_counter() - began < seconds:
            for _, terminal in sitting:
                terminal.quiet(0.1, most=0.2)
        for (place, terminal), used in zip(sitting, before, strict=True):
            share = (terminal.used() - used) / (time.perf_counter() - began)
            print(f"idle   {place.name:<14} {share:6.2%} of a core (goal 1 %)   {terminal.resident():.1f} MB (goal 60)")


def enter(found: list[Place], folder: Path) -> None:
    times: dict[str, list[float]] = {place.name: [] for place in found}
    number = 0
    for _ in range(ROUNDS):
        for place in found:
            with place.sit() as terminal:
                place.ready(terminal)
                terminal.quiet(0.3, most=1.5)
                for _ in range(ENTERS // ROUNDS):
                    number += 1
                    place.entries += 1
                    text = f"line{number} {' '.join(random.choices(WORDS, k=8))}"
                    terminal.type(text)
                    terminal.until(text[-12:])
                    terminal.quiet(REST, most=0.5)
                    began = time.perf_counter()
                    terminal.type("\r")
                    shown = terminal.until(f"saved {place.entries} ", f"line{number} ", patience=5)
                    times[place.name].append(shown.at - began)
                    place.newest = f"line{number} "
                    assert text.encode() in tail(place.path), "durable before visible"
    told(times, "enter", "goal p99 50")
    with (folder / "bare").open("ab", buffering=0) as file:
        syncs = []
        for _ in range(ENTERS):
            began = time.perf_counter()
            file.write(b"x" * 300)
            durable.sync(file.fileno())
            syncs.append(time.perf_counter() - began)
    print("enter  {:<14} p50 {:6.1f} ms   p99 {:6.1f} ms".format("write and sync", *percentiles(syncs)))


def tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 4096))
        return file.read()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", choices=("echo", "frame", "idle", "enter", "board", []))
    asked.add_argument("--idle", type=float, default=60.0, metavar="SECONDS")
    chosen = asked.parse_args()
    what = chosen.what or ["echo", "frame", "idle", "enter", "board"]
    meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = []
        for named, count, newest in (("none", 0, EMPTY), (f"{FULL:,} entries", FULL, NEWEST)):
            path = fill(folder / named, meeting, count).path
            found.append(Place(named, path, "session-2", folder / named, newest, count))
        boards = [
            Place(named, report(folder / named, meeting, number), "session-4", folder / named, newest)
            for named, number, newest in (("no board", "4", EMPTY), ("130 answers", "1", "130 reported back"))
        ]
        if "echo" in what:
            echo(found)
        if "frame" in what:
            frame(found, folder)
        if "idle" in what:
            idle(found, chosen.idle)
        if "enter" in what:
            enter(found, folder)
        if "board" in what:
            echo(boards, "board")


if __name__ == "__main__":
    main()
