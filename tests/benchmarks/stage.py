"""How fast the stage is on a real pseudo-terminal, in an empty session and a full one. POSIX, and Linux's /proc.

    python tests/benchmarks/stage.py [second] [change] [idle] [frame] [--seconds SECONDS]

second  a second turns until the terminal has its digits     goal p99 40 ms
change  what a desk appends until the terminal has it        goal p99 250 ms
idle    both clocks running and nothing written              goal 1 % of a core
frame   start until the first full frame                     beside `python -c pass` of the same run
"""

import argparse
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyte
from console import FULL, fill, full_frame, percentiles
from terminal import COLUMNS, LINES, Terminal

from grcp_cli import machine
from grcp_cli.console.live.facts import countdown
from grcp_cli.console.stage.digits import big
from grcp_cli.meeting import walkthrough
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.store import agendas, places

CHANGES, FRAMES = 100, 9
SPEAKER = "Delegate"


class Hall:
    """A record whose clock runs, with somebody on the floor; a stage may be set up beside it."""

    def __init__(self, name: str, records: Path, meeting: Meeting, count: int) -> None:
        self.name = name
        self.desk = fill(records, meeting, count)
        self.desk.say("/resume")
        self.desk.say(f"/f {SPEAKER} 0:")
        self._arguments = ("-m", "grcp_cli", "stage", "session-2", "--records", str(records))

    def stage(self) -> Terminal:
        return Terminal(*self._arguments)

    def ready(self, terminal: Terminal) -> float:
        """When the first full frame was there."""
        return full_frame(terminal, SPEAKER, "no console")

    def turns(self, after: float) -> Iterator[tuple[str, float]]:
        """The session's digits and when they become true, in seconds of `time.perf_counter`."""
        self.desk.catch_up()
        clock = walkthrough.replay(self.desk.session, self.desk.entries).clock
        assert clock.since is not None
        offset = time.perf_counter() - machine.ticks()
        began = clock.since.ticks + offset
        left = self.desk.session.minutes * 60 - clock.used
        whole = math.floor(left - (after - began))
        for seconds in range(whole, whole - 10_000, -1):
            yield countdown(seconds), began + left - seconds


def second(halls: list[Hall], seconds: float) -> None:
    for hall in halls:
        late, lost = [], 0
        with hall.stage() as terminal:
            hall.ready(terminal)
            screen = pyte.Screen(COLUMNS, LINES)
            stream = pyte.ByteStream(screen)
            # A stage is drawn anew as a whole when it goes dark and light again: so the screen is known.
            terminal.quiet(0.05)
            terminal.type("bb")
            began = time.perf_counter()
            came = []
            while time.perf_counter() - began < seconds + 2:
                if data := terminal._more(0.05):
                    came.append((time.perf_counter(), data))
        turns = [turn for turn, _ in zip(hall.turns(began), range(int(seconds) + 2), strict=False)][1:]
        seen: dict[str, float] = {}
        waiting = [digits for digits, _ in turns]
        for at, data in came:
            stream.feed(data)
            shown = "\n".join(screen.display)
            for digits in waiting[:2]:
                if shows(shown, digits):
                    seen[digits] = at
                    waiting.remove(digits)
        late = [seen[digits] - at for digits, at in turns if digits in seen]
        lost = len(turns) - len(late)
        half, most = percentiles(late)
        early = min(late) * 1000
        print(
            f"second {hall.name:<14} p50 {half:6.1f} ms   p99 {most:6.1f} ms   earliest {early:.1f} ms   "
            f"of {len(late)}, {lost} never seen (goal 40)"
        )


def shows(screen: str, digits: str) -> bool:
    """Whether these digits stand on a screen, in any size."""
    lines = screen.split("\n")
    for high in range(5, LINES):
        rows = big(digits, COLUMNS - 2, high)
        for first in range(len(lines) - len(rows)):
            if rows and all(row in line for row, line in zip(rows, lines[first:], strict=False)):
                return True
    return False


def change(halls: list[Hall]) -> None:
    chance = random.Random(3)
    for hall in halls:
        shown, durable = [], []
        with hall.stage() as terminal:
            hall.ready(terminal)
            for number in range(1, CHANGES + 1):
                terminal.quiet(chance.random() * 0.2, most=0.3)
                name = f"{SPEAKER} {number}"
                began = time.perf_counter()
                hall.desk.say(f"/f {name}:")
                durable.append(time.perf_counter() - began)
                shown.append(terminal.until(name, patience=5).at - began)
        half, most = percentiles(shown)
        print(f"change {hall.name:<14} p50 {half:6.1f} ms   p99 {most:6.1f} ms   of {len(shown)} (goal 250)")
        half, most = percentiles(durable)
        print(f"change {hall.name:<14} p50 {half:6.1f} ms   p99 {most:6.1f} ms   of that the desk's own part")


def idle(halls: list[Hall], seconds: float) -> None:
    with ExitStack() as stack:
        stages = [(hall, stack.enter_context(hall.stage())) for hall in halls]
        for hall, terminal in stages:
            hall.ready(terminal)
        settle = time.perf_counter() + 2
        while time.perf_counter() < settle:
            for _, terminal in stages:
                terminal.quiet(0.1, most=0.2)
        began = time.perf_counter()
        before = [terminal.used() for _, terminal in stages]
        while time.perf_counter() - began < seconds:
            for _, terminal in stages:
                terminal.quiet(0.1, most=0.2)
        for (hall, terminal), used in zip(stages, before, strict=True):
            share = (terminal.used() - used) / (time.perf_counter() - began)
            print(f"idle   {hall.name:<14} {share:6.2%} of a core (goal 1 %)   {terminal.resident():.1f} MB")


def frame(halls: list[Hall]) -> None:
    times: dict[str, list[float]] = {"python -c pass": []}
    for _ in range(FRAMES):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times["python -c pass"].append(time.perf_counter() - began)
        for hall in halls:
            with hall.stage() as terminal:
                times.setdefault(hall.name, []).append(hall.ready(terminal) - terminal.began)
    for name, each in times.items():
        print(f"frame  {name:<14} {statistics.median(each) * 1000:6.0f} ms   fastest {min(each) * 1000:6.0f} ms")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", choices=("second", "change", "idle", "frame", []))
    asked.add_argument("--seconds", type=float, default=60.0)
    chosen = asked.parse_args()
    what = chosen.what or ["second", "change", "idle", "frame"]
    meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")
    with tempfile.TemporaryDirectory() as name:
        halls = [
            Hall("none", Path(name) / "none", meeting, 0),
            Hall(f"{FULL:,} entries", Path(name) / "full", meeting, FULL),
        ]
        if "second" in what:
            second(halls, chosen.seconds)
        if "change" in what:
            change(halls)
        if "idle" in what:
            idle(halls, chosen.seconds)
        if "frame" in what:
            frame(halls)


if __name__ == "__main__":
    main()
