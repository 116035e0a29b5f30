"""What time costs and how exactly it is kept; figures and ratios of one run, none of them fails a test run. POSIX.

    python tests/benchmarks/time.py [status] [pauses] [seconds] [--for SECONDS]

status   a day of 5 sessions, 400 interventions and 3,000 entries replayed to `grcp status --json`
             the whole process, beside `python -c pass` and `grcp --version`          goal 0.6 s
             load and overview in one process against tomllib on the same files       goal 2
pauses   10,000 of them: what the clock says less what passed                         goal 0 µs
seconds  the live console: from the turn of a second until it is drawn                goal p99 40 ms
"""

import argparse
import gc
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyte
from terminal import COLUMNS, LINES, Terminal

from grcp_cli.machine import Machine, new_id
from grcp_cli.meeting import clock
from grcp_cli.meeting.agenda import Meeting, Session
from grcp_cli.meeting.clock import Clock, Moment
from grcp_cli.meeting.entry import CAPTURED, Draft, Entry
from grcp_cli.meeting.overview import as_data, overview
from grcp_cli.meeting.schedule import planned
from grcp_cli.store import agendas, blocks, places
from grcp_cli.store.records import load

ENTRIES, INTERVENTIONS, PAUSES, ROUNDS = 3_000, 400, 10_000, 15
ZURICH = ZoneInfo("Europe/Zurich")
TEXT = (
    "the members noted that regional dialogues would welcome an early exchange of calendars so that states can plan "
    "joint training on border management return reintegration data protection and lawful pathways before they meet"
)
WORDS = TEXT.split()


# A day.


def spoken(session: Session, meeting: Meeting, chance: random.Random, count: int) -> Iterator[Draft]:
    """What is done and said in a session, in so many entries: one in eight gives the floor."""
    speakers = [each.id for each in meeting.participants]
    questions = [leaf.address for leaf in session.leaves]
    turns = INTERVENTIONS // len(meeting.sessions)
    kinds = ["floor"] * turns + ["queue"] * (turns // 4) + ["amend", "status", "support"] * 12
    kinds += ["goto"] * (len(questions) - 1) + ["pause", "resume", "extend", "point-of-order", "yield"]
    kinds += chance.choices(CAPTURED, k=count - 2 - len(kinds))
    chance.shuffle(kinds)
    here = questions[0]
    yield Draft("start", {"here": here})
    for kind in kinds:
        who = {"speaker": chance.choice(speakers)}
        text = " ".join(chance.choices(WORDS, k=chance.randint(4, 29)))
        match kind:
            case "goto":
                here = chance.choice(questions)
                yield Draft(kind, {"question": here})
            case "floor" | "point-of-order":
                yield Draft(kind, {"here": here, **who})
            case "queue":
                yield Draft(kind, {"here": here, "speakers": chance.sample(speakers, 3)})
            case "extend":
                yield Draft(kind, {"here": here, "minutes": 5, "reason": text})
            case "pause" | "resume" | "yield":
                yield Draft(kind, {"here": here})
            case "amend":
                yield Draft(kind, {"here": here, "target": "", "text": text})
            case "status":
                yield Draft(kind, {"here": here, "target": "", "status": "agreed", "session": session.id})
            case "support":
                yield Draft(kind, {"here": here, "target": "", "who": who["speaker"]})
            case _:
                yield Draft(kind, {"question": here, **who, "text": text})
    yield Draft("end", {"here": here})


def written(folder: Path, meeting: Meeting) -> list[Path]:
    """The files of a day, sealed as the journal does it."""
    folder.mkdir(parents=True)
    chance, found = random.Random(5), []
    slots = planned(meeting)
    for session in meeting.sessions:
        before = blocks.header(meeting.id, session.id, "")
        parts, n, last, at, ticks = [before], 0, "", slots[session.id].start, 1000.0
        for draft in spoken(session, meeting, chance, ENTRIES // len(meeting.sessions)):
            fields, entry = dict(draft.fields), new_id()
            if draft.kind in CAPTURED:
                n, last = n + 1, entry
            else:
                fields |= {"boot": "boot-1", "ticks": round(ticks, 6)}
            if "target" in fields:
                fields["target"] = last
            parts.append(blocks.block(entry, at, n, Draft(draft.kind, fields), before))
            before = parts[-1][-15:-3]
            passed = chance.uniform(1, 14)
            at, ticks = at + timedelta(seconds=passed), ticks + passed
        found.append(folder / f"{session.id}.toml")
        found[-1].write_bytes(b"".join(parts))
    return found


def process(*arguments: str) -> Callable[[], float]:
    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        return time.perf_counter() - began

    return once


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def status(meeting: Meeting, base: Path) -> None:
    folder = base / meeting.id
    files = written(folder, meeting)
    grcp = ("-m", "grcp_cli")
    asked = ("status", "--json", "--agenda", "grcp8", "--records")
    measured = {
        "python -c pass": process("-c", "pass"),
        "grcp --version": process(*grcp, "--version"),
        "status, nothing yet": process(*grcp, *asked, str(base / "nothing")),
        "status, the day": process(*grcp, *asked, str(base)),
    }
    times: dict[str, list[float]] = {name: [] for name in measured}
    for round_ in range(ROUNDS + 1):
        for name, once in measured.items():
            found = once()
            if round_:
                times[name].append(found)
    gc.disable()  # as the command does
    machine = Machine(meeting.timezone)
    now = Moment(machine.now(), machine.boot(), machine.ticks())

    def ours() -> object:
        record = load(folder, meeting.id).record
        return as_data(meeting, overview(meeting, record, now, lambda _: False))

    def theirs() -> object:
        return [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]

    told = json.loads(json.dumps(ours()))["sessions"]
    turns = sum(len(each["held"]["interventions"]) for each in told)
    size = sum(path.stat().st_size for path in files)
    print(f"status  {len(files)} files, {ENTRIES:,} entries, {turns} turns on the floor, {size / 1e6:.2f} MB")
    for name, each in times.items():
        print(f"status  {name:<20} {statistics.median(each) * 1000:6.0f} ms   fastest {min(each) * 1000:6.0f} ms")
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(each) for each in zip(*pairs, strict=True))
    reading = statistics.median(seconds(lambda: load(folder, meeting.id)) for _ in range(ROUNDS))
    print(f"status  in one process       {mine * 1000:6.0f} ms   of which load {reading * 1000:.0f} ms")
    print(f"status  tomllib              {other * 1000:6.0f} ms   ratio {mine / other:.2f} (goal 2)")
    print(f"status  the day, whole process {statistics.median(times['status, the day']):.3f} s (goal 0.6 s)")


# Pauses.


def pauses() -> None:
    for name, uptime in (("just booted", 3.0), ("up for a year", 365 * 86_400.0)):
        chance, at = random.Random(5), datetime(2019, 4, 5, 9, 15, tzinfo=ZURICH)
        result, passed, ran, stood = Clock(), 0, 0, 0
        for kind in ["start", *["pause", "resume"] * PAUSES]:
            ticks = round(uptime + passed / 1e6, 6)
            now = (at + timedelta(microseconds=passed)).replace(microsecond=0)
            result = clock.step(result, Entry("", now, 0, kind, {"boot": "b", "ticks": ticks}))
            micros = chance.randrange(400_000)
            passed += micros
            ran += micros * (result.state == clock.RUNNING)
            stood += micros * (result.state == clock.PAUSED)
        now = Moment(at, "b", uptime + passed / 1e6)
        off = result.elapsed(now) * 1e6 - ran, result.stood(now) * 1e6 - stood
        print(f"pauses  {PAUSES:,}, {name:<14} run {off[0]:+.3f} µs, paused {off[1]:+.3f} µs of {passed / 1e6:.0f} s")


# Seconds.


def half_and_most(times: list[float]) -> str:
    ordered = sorted(times)
    most = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {statistics.median(ordered) * 1000:5.1f} ms   p99 {most * 1000:5.1f} ms   of {len(ordered)}"


def turning(base: Path, long: float) -> None:
    """Looks at the masthead of a running session: the wall clock's seconds, and the big digits'."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    walls, digits = [], []
    with Terminal("-m", "grcp_cli", "run", "session-2", "--records", str(base / "live")) as terminal:
        terminal.until("F1")
        terminal.type("/start\r")
        terminal.until("running")
        began = time.monotonic()
        path = base / "live" / "grcp-8" / "session-2.toml"
        start = float(tomllib.loads(path.read_text(encoding="utf-8"))["entry"][0]["ticks"])
        wall = big = ""
        while time.monotonic() - began < long + 2:
            data = terminal._more(0.5)
            at, ticks = time.time(), time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
            stream.feed(data)
            settled = time.monotonic() - began > 2
            shown = re.search(r"\d\d:\d\d:\d\d", screen.display[0])
            if shown and shown[0] != wall:
                if wall and settled:
                    walls.append(behind(shown[0], at))
                wall = shown[0]
            drawn = "\n".join(line[:24] for line in screen.display[1:4])
            if drawn != big:
                if big and settled:
                    digits.append((ticks - start) % 1.0)
                big = drawn
    for name, each in (("wall clock", walls), ("the big digits", digits)):
        print(f"seconds {name:<15} {half_and_most(each)} in {long:.0f} s (goal p99 40 ms)")


def behind(shown: str, at: float) -> float:
    """Seconds from when a wall clock turned to what is shown until it was."""
    now = datetime.fromtimestamp(at, ZURICH)
    true = now.hour * 3600 + now.minute * 60 + now.second + now.microsecond / 1e6
    hours, minutes, rest = map(int, shown.split(":"))
    return (true - (hours * 3600 + minutes * 60 + rest) + 43_200) % 86_400 - 43_200


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", choices=("status", "pauses", "seconds", []))
    asked.add_argument("--for", dest="long", type=float, default=60.0, metavar="SECONDS")
    chosen = asked.parse_args()
    what = chosen.what or ["status", "pauses", "seconds"]
    meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        if "status" in what:
            status(meeting, base)
        if "pauses" in what:
            pauses()
        if "seconds" in what:
            turning(base, chosen.long)


if __name__ == "__main__":
    main()
