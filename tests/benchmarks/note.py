"""How long `grcp note` takes as a whole process, beside `python -c pass`, in an empty session and a full one.

    python tests/benchmarks/note.py [ROUNDS]

Goals: at most 8 times `python -c pass`; with 5,000 entries within 10 % of none.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grcp_cli.machine import Machine
from grcp_cli.meeting.entry import Draft
from grcp_cli.store import agendas, places
from grcp_cli.store.desk import Desk

FULL = 5_000


def _process(*arguments: str) -> Callable[[], float]:
    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        return time.perf_counter() - began

    return once


def _fill(records: Path) -> None:
    meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")
    session = meeting.session("session-2")
    assert session is not None
    desk = Desk(meeting, session, places.records(records, meeting.id, rehearsal=False), Machine(meeting.timezone))
    text = "The region noted that members would welcome an exchange of practices, and said « très bien »"
    desk.write([Draft("note", {"question": "q1/a", "text": f"{text} {number}"}) for number in range(FULL)])


def main() -> None:
    """Runs the three in turn and prints medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        _fill(full)
        note = ("-m", "grcp_cli", "note", "session-2", "@col rec: One focal point", "--agenda", "grcp8", "--records")
        measured = {
            "python -c pass": _process("-c", "pass"),
            "note, new session": _process(*note, str(empty)),
            f"note, {FULL:,} entries": _process(*note, str(full)),
        }
        for once in measured.values():
            once()
        times: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(rounds):
            for name, once in measured.items():
                times[name].append(once())
    medians = {name: statistics.median(found) for name, found in times.items()}
    bare, new, filled = medians.values()
    for name, median in medians.items():
        print(f"{name:<22} {median * 1000:7.1f} ms   {median / bare:5.2f} x python -c pass")
    print(f"full against new       {filled / new:7.3f}")


if __name__ == "__main__":
    main()
