"""What the journal costs: ratios measured in one run; none of them fails a test run.

    python tests/benchmarks/journal.py

append      one `Held.append` against a bare write and fsync of the same bytes       goal 1.5
load        read, verify and fold 10,000 entries against tomllib on the same file    goal 1.2
            and 100,000 entries: cost per entry against that of 10,000               goal linear, 1.0
"""

import gc
import os
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from grcp_cli.machine import Machine, new_id
from grcp_cli.meeting import walkthrough
from grcp_cli.meeting.agenda import Session
from grcp_cli.meeting.entry import Draft, Source
from grcp_cli.meeting.record import Record
from grcp_cli.store import agendas, blocks, durable, journal
from grcp_cli.store.journal import Held

AGENDA = Path(__file__).parents[2] / "agendas" / "grcp8.toml"
SOURCE = Source("session-2")
HEADER = blocks.header("grcp-8", "session-2", "")
APPENDS, ROUNDS = 400, 5
SAID = (
    "Mechanisms should exchange their calendars early, so that members can plan; “meet less, prepare more” – São Tomé."
)
KINDS = ("note", "recommendation", "lesson", "action", "agreement")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def draft(number: int) -> Draft:
    fields = {"question": f"q{number % 2 + 1}", "speaker": "colombo-process", "text": f"{SAID} {number}"}
    return Draft(KINDS[number % len(KINDS)], fields)


def appending(folder: Path) -> None:
    """Interleaved, so that whatever else the disk does falls on both alike."""
    machine, path, size = Machine("Europe/Zurich"), folder / "session-2.toml", 0
    ours, bare, raw = [], [], []

    def held(number: int) -> None:
        with Held(path, HEADER) as held:
            held.append(draft(number), machine.now(), new_id())

    held(0)
    opened = os.open(folder / "bare.toml", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def plain(data: bytes) -> None:
        os.write(opened, data)
        durable.sync(opened)

    def closed(data: bytes) -> None:
        again = os.open(folder / "closed.toml", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(again, data)
        durable.sync(again)
        os.close(again)

    for number in range(1, APPENDS + 1):
        size = path.stat().st_size
        ours.append(seconds(lambda number=number: held(number)))
        data = path.read_bytes()[size:]
        bare.append(seconds(lambda data=data: plain(data)))
        raw.append(seconds(lambda data=data: closed(data)))
    os.close(opened)
    middle = [statistics.median(each) * 1000 for each in (ours, bare, raw)]
    print(
        f"append        {middle[0]:.3f} ms   write + fsync {middle[1]:.3f} ms, with open and close {middle[2]:.3f} ms"
    )
    ratio = f"ratio {middle[0] / middle[1]:.2f} (goal 1.5)"
    print(f"              {ratio}, to one with open and close {middle[0] / middle[2]:.2f}")


def written(path: Path, count: int) -> None:
    """A file of so many blocks, one in twenty an act or a correction."""
    machine, before, parts, n, last = Machine("Europe/Zurich"), HEADER, [HEADER], 0, ""
    for number in range(count):
        entry_id, said = new_id(), draft(number)
        if number % 20 == 10:
            said = Draft("status", {"here": "q1", "target": last, "status": "agreed", "session": "session-2"})
        elif number % 20 == 15:
            said = Draft("floor", {"here": "q1", "speaker": "igad-rcp", "boot": "b", "ticks": number / 10})
        else:
            n, last = n + 1, entry_id
        block = blocks.block(entry_id, machine.now(), n, said, before)
        parts.append(block)
        before = block[-15:-3]
    path.write_bytes(b"".join(parts))


def load(path: Path, session: Session) -> None:
    """As a command does that needs all of it."""
    read = journal.read(path)
    assert not read.edited
    record = Record()
    record.add(SOURCE, read.entries)
    walkthrough.replay(session, read.entries)
    record.statements("session-2")


def loading(folder: Path, session: Session) -> None:
    each = {}
    for count in (10_000, 100_000):
        path = folder / f"{count}.toml"
        written(path, count)
        ours, theirs = [], []
        for _ in range(ROUNDS if count == 10_000 else 2):
            gc.collect()
            ours.append(seconds(lambda path=path: load(path, session)))
            theirs.append(seconds(lambda path=path: tomllib.loads(path.read_text(encoding="utf-8"))))
        mine, other = statistics.median(ours), statistics.median(theirs)
        each[count] = mine / count
        print(f"load {count:>7,}  {mine:.3f} s   tomllib {other:.3f} s   ratio {mine / other:.2f} (goal 1.2)")
    print(f"              an entry of 100,000 costs {each[100_000] / each[10_000]:.2f} of one of 10,000 (goal 1.0)")


def main() -> None:
    session = agendas.load(AGENDA).session("session-2")
    assert session is not None
    with tempfile.TemporaryDirectory(dir=".") as folder:
        appending(Path(folder))
        loading(Path(folder), session)


if __name__ == "__main__":
    main()
