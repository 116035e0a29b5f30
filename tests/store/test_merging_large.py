"""A file of 100,000 entries, handed over: taken in whole, told, and known again."""

from datetime import UTC, datetime
from pathlib import Path

from grcp_cli.cli.merging import lines
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import Draft
from grcp_cli.store import blocks
from grcp_cli.store.copies import Copy
from grcp_cli.store.incoming import look
from grcp_cli.store.merging import Plan
from grcp_cli.store.steps import LONGER, act

ENTRIES = 100_000


def test_a_file_of_100_000_entries_is_taken_in_whole_and_told(tmp_path: Path, meeting: Meeting) -> None:
    sent, home = tmp_path / "sent.toml", tmp_path / "trial"
    at, made = datetime(2019, 4, 5, 8, 45, tzinfo=UTC), [blocks.header("trial", "plenary", "")]
    for n in range(1, ENTRIES + 1):
        before = made[-1][-15:-3].decode() if n > 1 else made[0]
        made.append(blocks.block(f"id-{n}", at, n, Draft("note", {"text": "x"}), before))
    sent.write_bytes(b"".join(made))
    (step,) = Plan(home, meeting, rehearsal=False).take_all(look([sent]).files)
    assert list(lines([step])) == [f"new · plenary.toml · {ENTRIES} notes · from {sent}"]
    assert (step.faults, step.notices) == ((), ())
    assert act(step)
    taken = home / "plenary.toml"
    assert taken.read_bytes() == sent.read_bytes()
    assert len(Copy(taken.read_bytes()).chunks) == ENTRIES
    # Known again, and only what came since is new.
    sent.write_bytes(
        b"".join([*made, blocks.block("id-0", at, n + 1, Draft("note", {"text": "last"}), made[-1][-15:-3])])
    )
    (step,) = Plan(home, meeting, rehearsal=False).take_all(look([sent]).files)
    assert (step.what, dict(step.counts.kinds)) == (LONGER, {"note": 1})
