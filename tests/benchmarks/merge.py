"""How long merging 26 desks takes, and merging them again, beside reading and verifying them, as whole processes.

    python tests/benchmarks/merge.py [ROUNDS]

Goals: merging at most 2.5 times `record verify`; a second merge of the same at most 1.1 times it.
"""

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

DESKS, ENTRIES = 26, 2_000


def _fill(records: Path) -> None:
    meeting = agendas.load(places.built_in("agendas") / "grcp8.toml")
    session = meeting.session("session-2")
    assert session is not None
    folder = places.records(records, meeting.id, rehearsal=False)
    text = "The region noted that members would welcome an exchange of practices, and said « très bien »"
    for number in range(DESKS):
        desk = Desk(meeting, session, folder, Machine(meeting.timezone), f"desk-{number}")
        drafts = [Draft("note", {"question": "q1/a", "text": f"{text} {number} {at}"}) for at in range(ENTRIES)]
        desk.write(drafts)


def _grcp(*arguments: str | Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "grcp_cli", "record", *map(str, arguments), "--agenda", "grcp8"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Runs the three in turn and prints medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    times: dict[str, list[float]] = {"record verify": [], "merge": [], "merge again": []}
    with tempfile.TemporaryDirectory() as folder:
        sent, taken = Path(folder) / "sent", Path(folder) / "taken"
        _fill(sent)
        for _ in range(rounds):
            shutil.rmtree(taken, ignore_errors=True)
            times["record verify"].append(_grcp("verify", "--records", sent))
            times["merge"].append(_grcp("merge", sent, "--records", taken))
            times["merge again"].append(_grcp("merge", sent, "--records", taken))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"{name:<14} {median:6.2f} s   {median / medians['record verify']:5.2f} x record verify")


if __name__ == "__main__":
    main()
