"""How long merging takes, and merging the same again, beside reading and verifying it, as whole processes.

    python tests/benchmarks/merge.py [ROUNDS]          26 desks of 2,000 entries
    python tests/benchmarks/merge.py large [ROUNDS]    one file of 100,000, and what memory it takes at most

Goals: merging at most 2.5 times `record verify`; a second merge of the same at most 1.1 times it; of the large file no
more than twice the memory.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grcp_cli.machine import Machine
from grcp_cli.meeting.entry import Draft
from grcp_cli.store import agendas, places
from grcp_cli.store.desk import Desk

MANY, LARGE = (26, 2_000), (1, 100_000)
"""How many desks, and entries of each."""


def _fill(records: Path, desks: int, entries: int) -> None:
    meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")
    session = meeting.session("session-2")
    assert session is not None
    folder = places.records(records, meeting.id, rehearsal=False)
    text = "The region noted that members would welcome an exchange of practices, and said « très bien »"
    for number in range(desks):
        desk = Desk(meeting, session, folder, Machine(meeting.timezone), f"desk-{number}")
        drafts = [Draft("note", {"question": "q1/a", "text": f"{text} {number} {at}"}) for at in range(entries)]
        desk.write(drafts)


def _grcp(*arguments: str | Path) -> tuple[float, float]:
    """Seconds and MiB that a command took; no memory where the system does not tell."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "grcp_cli", "record", *map(str, arguments), "--agenda", "grcp8"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        usage = os.wait4(process.pid, 0)[2] if hasattr(os, "wait4") else None
        process.returncode = 0 if usage else process.wait()
    took = time.perf_counter() - began
    # Linux counts in KiB, macOS in bytes (getrusage(2)).
    return took, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024) if usage else 0.0


def main() -> None:
    """Runs the three in turn and prints medians and ratios."""
    large = "large" in sys.argv[1:]
    rounds = int(next((each for each in sys.argv[1:] if each.isdigit()), "3" if large else "5"))
    took: dict[str, list[tuple[float, float]]] = {"record verify": [], "merge": [], "merge again": []}
    with tempfile.TemporaryDirectory() as folder:
        sent, taken = Path(folder) / "sent", Path(folder) / "taken"
        _fill(sent, *(LARGE if large else MANY))
        for _ in range(rounds):
            shutil.rmtree(taken, ignore_errors=True)
            took["record verify"].append(_grcp("verify", "--records", sent))
            took["merge"].append(_grcp("merge", sent, "--records", taken))
            took["merge again"].append(_grcp("merge", sent, "--records", taken))
            size = sum(each.stat().st_size for each in taken.rglob("*.toml"))
            assert size == sum(each.stat().st_size for each in sent.rglob("*.toml"))
    medians = {name: statistics.median(seconds for seconds, _ in found) for name, found in took.items()}
    peaks = {name: max(peak for _, peak in found) for name, found in took.items()}
    print(f"{size / 1024 / 1024:.1f} MiB of session files")
    for name, median in medians.items():
        memory = f"   {peaks[name]:4.0f} MiB, {peaks[name] / (peaks['record verify'] or 1):.2f} x" if large else ""
        print(f"{name:<14} {median:6.2f} s   {median / medians['record verify']:5.2f} x record verify{memory}")


if __name__ == "__main__":
    main()
