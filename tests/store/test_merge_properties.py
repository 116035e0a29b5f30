"""Merging in any order, grouping and number of times makes one record, and loses nothing."""

import json
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import CAPTURED, WITHHELD, Draft, Source
from grcp_cli.meeting.listing import session_data
from grcp_cli.meeting.record import Record
from grcp_cli.store import blocks, records
from grcp_cli.store.copies import Copy
from grcp_cli.store.incoming import NothingThereError, look
from grcp_cli.store.merging import Plan
from grcp_cli.store.steps import WRITES, act
from grcp_cli.store.withholding import carried

CASES = 1000 if os.environ.get("CI") else 40
BEGAN = datetime(2019, 4, 5, 8, 45, tzinfo=UTC)
DESKS = [("plenary", ""), ("lunch", "africa"), ("lunch", "asia")]
KINDS = [
    "note",
    "recommendation",
    "recommendation",
    "amend",
    "became",
    "undo",
    "redo",
    "strike",
    "status",
    "resolve",
    "start",
    "pause",
    "off",
    "off",
]


class Block(NamedTuple):
    """A block before it is sealed: what it is, about which entry before it, and by how much its clock is off."""

    kind: str
    about: int
    skew: int


BLOCK = st.builds(Block, st.sampled_from(KINDS), st.integers(0, 9), st.sampled_from([0, 0, 0, 5, -400]))
CHAIN = st.lists(BLOCK, max_size=4)


class Way(NamedTuple):
    """One desk's file on one laptop: a shared beginning, its own continuation of that, and what became of it."""

    desk: int
    stem: int
    tail: list[Block]
    hand: int
    cut: int
    strip: bool
    crlf: bool
    name: int


WAYS = st.lists(
    st.builds(
        Way,
        desk=st.integers(0, 2),
        stem=st.integers(0, 5),
        tail=CHAIN,
        hand=st.sampled_from([0, 0, 0, 1, 2]),
        cut=st.sampled_from([0, 0, 0, 1, 2, 14, 15, 17, 60, 150, 400, 900]),
        strip=st.booleans(),
        crlf=st.sampled_from([False, False, False, True]),
        name=st.integers(0, 5),
    ),
    min_size=2,
    max_size=5,
)
STEMS = st.lists(st.lists(BLOCK, min_size=1, max_size=5), min_size=3, max_size=3)


class Writer:
    """Seals blocks; what two files share is made once and so is the same in both."""

    def __init__(self) -> None:
        self.ids = count(1)

    def chain(self, desk: int, planned: list[Block], before: list[bytes]) -> list[bytes]:
        """The blocks of a desk's file behind those before, the header first among them."""
        made = list(before)
        for each in planned:
            n, last = 0, made[0] if len(made) == 1 else made[-1][-15:-3].decode()
            written = [blocks.read(chunk, "", None).entry for chunk in made[1:]]
            ids = [entry.id for entry in written if entry]
            n = written[-1].n if written and written[-1] else 0
            draft = self.draft(each, desk, ids)
            n += draft.kind in CAPTURED
            at = BEGAN + timedelta(seconds=10 * len(made) + each.skew)
            made.append(blocks.block(f"id-{next(self.ids):04}", at, n, draft, last))
        return made

    def by_hand(self, made: list[bytes], times: int) -> list[bytes]:
        """A file whose first text was changed by hand, and accepted; so many times."""
        for _ in range(times):
            at = next((at for at, chunk in enumerate(made) if at and b'\ntext = "' in chunk), None)
            if at is None:
                return made
            changed = re.sub(rb'\ntext = "[^"]*"', b'\ntext = "hand %d"' % next(self.ids), made[at])
            block = blocks.read(changed, made[at - 1][-15:-3].decode() if at > 1 else made[0], None)
            last = blocks.read(made[-1], "", None).entry
            assert block.entry is not None
            assert last is not None
            accept = Draft("accept", {"target": block.entry.id, "found": block.found})
            made = [*made[:at], changed, *made[at + 1 :]]
            when = BEGAN + timedelta(seconds=10 * len(made))
            made.append(blocks.block(f"id-{next(self.ids):04}", when, last.n, accept, made[-1][-15:-3].decode()))
        return made

    def draft(self, planned: Block, desk: int, ids: list[str]) -> Draft:
        target = ids[planned.about % len(ids)] if ids else "nothing"
        group = {"group": DESKS[desk][1]} if DESKS[desk][1] else {}
        match planned.kind:
            case "amend" | "became":
                new = {"new_kind": "recommendation"} if planned.kind == "became" else {}
                return Draft("amend", {"target": target, "text": f"other {planned.about}", **new})
            case "undo" | "redo" | "strike":
                return Draft(planned.kind, {"target": target})
            case "status":
                return Draft("status", {"target": target, "status": ("agreed", "bracketed")[planned.about % 2]})
            case "resolve":
                over = [each for each in ids[-3:] if each != target]
                chosen, fields = over.pop() if over else target, ["struck", "text"][planned.about % 2 :]
                return Draft("resolve", {"target": target, "chosen": chosen, "over": over, "fields": fields})
            case "start" | "pause":
                return Draft(planned.kind, {"boot": "b", "ticks": 1.0 * planned.about})
            case "off":
                return Draft("note", {"question": "q1", "text": "SECRET", "internal": True, **group})
        return Draft(planned.kind, {"question": "q1", "text": f"text {planned.about}", **group})


NAMES = ["plenary.toml", "lunch.africa.toml", "renamed (1).toml", "lunch.asia~0123456789ab.toml", "mail.txt", "x.toml"]


def laptops(folder: Path, stems: list[list[Block]], ways: list[Way]) -> tuple[list[Path], set[tuple[str, bool]]]:
    """A folder for each file, and every whole block in any by its seal, with whether it is there in full anywhere."""
    writer = Writer()
    shared = [writer.chain(desk, stem, [blocks.header("trial", *DESKS[desk])]) for desk, stem in enumerate(stems)]
    made, seals = [], dict[str, bool]()
    for number, way in enumerate(ways):
        stem = shared[way.desk][: way.stem + 1]
        chain = writer.chain(way.desk, way.tail, stem)
        cut = 0 if way.hand else way.cut
        data = b"".join(writer.by_hand(chain, way.hand) if len(chain) > 1 else chain)
        if way.strip:
            entries = [block.entry for block, _ in Copy(data).read(0)]
            hidden = {each.id for each in entries if each and each.fields.get("internal")}
            hidden |= {each.id for each in entries if each and each.kind == "amend" and each.target in hidden}
            record = Record()
            record.add(Source(*DESKS[way.desk]), [each for each in entries if each])
            data = carried("x", data, frozenset(hidden), record.owners).data
            assert b"SECRET" not in data
        data = data[: len(data) - cut] if cut < len(data) else data
        data = data.replace(b"\n", b"\r\n") if way.crlf else data
        place = folder / f"laptop-{number}" / NAMES[way.name]
        place.parent.mkdir(parents=True)
        place.write_bytes(data)
        made.append(place.parent)
        for block, wrong in Copy(data).read(0):
            assert wrong is None or way.hand
            assert block.entry is not None
            seals[block.seal] = seals.get(block.seal, False) or block.entry.kind != WITHHELD
    return made, set(seals.items())


def merge(folder: Path, meeting: Meeting, *paths: Path) -> int:
    """Merges into a folder; how many files were written."""
    try:
        found = look(paths)
    except NothingThereError:
        return 0
    steps = Plan(folder, meeting, rehearsal=False).take_all(found.files)
    wrote = [act(step) for step in steps if step.what in WRITES]
    assert all(wrote)
    assert not any(step.faults for step in steps if step.what in WRITES)
    return len(wrote)


def shown(folder: Path, meeting: Meeting) -> str:
    """All that `record show --json` says."""
    loaded = records.load(folder, "trial")
    assert not loaded.strangers
    assert not any(read.edited or read.faults for read in loaded.journals.values())
    return json.dumps([session_data(meeting, loaded.record, each) for each in meeting.sessions])


def held(folder: Path) -> set[tuple[str, bool]]:
    """Every block of a folder by its seal, with whether it is there in full."""
    found: dict[str, bool] = {}
    for source, entries in records.load(folder, "trial").record.segments.items():
        for entry in entries:
            assert entry.seal not in found or source.session
            found[entry.seal] = entry.kind != WITHHELD
    return set(found.items())


@settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stems=STEMS, ways=WAYS, order=st.randoms(use_true_random=False))
def test_merging_is_commutative_associative_idempotent_and_loses_nothing(
    tmp_path: Path,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    stems: list[list[Block]],
    ways: list[Way],
    order: object,
) -> None:
    shuffle = order.shuffle  # type: ignore[attr-defined]
    monkeypatch.setattr(os, "fsync", lambda _: None)
    work = tmp_path / "work"
    shutil.rmtree(work, ignore_errors=True)
    made, seals = laptops(work, stems, ways)
    first = work / "all" / "trial"
    merge(first, meeting, *made)
    expected = shown(first, meeting)
    assert held(first) == seals
    # Again, and from what was merged: nothing.
    kept = {path.name: path.read_bytes() for path in first.glob("*.toml")}
    assert merge(first, meeting, *made, first) == 0
    assert {path.name: path.read_bytes() for path in first.glob("*.toml")} == kept
    # One after the other, in another order.
    second = work / "second" / "trial"
    shuffled = list(made)
    shuffle(shuffled)
    for each in shuffled:
        merge(second, meeting, each)
    assert shown(second, meeting) == expected
    # In two heaps, then one heap into the other, and the other way about.
    cut = len(shuffled) // 2
    left, right = work / "left" / "trial", work / "right" / "trial"
    merge(left, meeting, *shuffled[:cut])
    merge(right, meeting, *shuffled[cut:])
    shutil.copytree(left, work / "copy" / "trial") if left.is_dir() else None
    merge(left, meeting, right) if right.is_dir() else None
    assert shown(left, meeting) == expected
    merge(right, meeting, work / "copy") if (work / "copy").is_dir() else None
    assert shown(right, meeting) == expected
