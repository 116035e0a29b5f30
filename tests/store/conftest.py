"""A small meeting, clocks that a test turns, and a reader of seals that owes nothing to the code under test."""

import hashlib
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from grcp_cli.machine import Rehearsed, new_id
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import Draft, Entry
from grcp_cli.store import agendas, blocks, journal
from grcp_cli.store.desk import Desk
from grcp_cli.store.journal import Held, Journal

AGENDA = """
format = 1
[meeting]
id = "trial"
title = "Trial meeting"
date = 2019-04-05
timezone = "Europe/Zurich"
[[group]]
id = "africa"
name = "Africa"
[[group]]
id = "asia"
name = "Asia"
[[actor]]
id = "academia"
name = "Academia"
[[participant]]
id = "igad-rcp"
name = "IGAD-RCP"
group = "africa"
[[participant]]
id = "colombo-process"
name = "Colombo Process"
group = "asia"
[[session]]
id = "plenary"
title = "Plenary"
kind = "plenary"
start = 10:45:00
minutes = 60
[[session.question]]
id = "q1"
text = "What?"
[[session.question.sub]]
id = "a"
text = "Where?"
[[session.question.sub]]
id = "b"
text = "When?"
captures = "recommendation"
[[session.question]]
id = "q2"
text = "Who?"
captures = "measure"
tags = "actors"
[[session]]
id = "lunch"
title = "Lunch"
kind = "breakout"
minutes = 60
groups = "all"
[[session.question]]
id = "q1"
text = "What five?"
captures = "recommendation"
"""

HEADER = blocks.header("trial", "plenary", "")
ZONE = "Europe/Zurich"

ODD = [
    "plain",
    'quotes " and \\" and \'\'\' and """ and a backslash \\',
    "two\nlines and\r\nCRLF and\rCR and a tab\t.",
    "[[entry]]",
    'first\n[[entry]]\nid = "x"\nseal = "0123456789ab"\n\n[[entry]]\n',
    'seal = "0123456789ab"\n',
    "تسجيل الهجرة",
    "移徙治理",
    "🧭 e\u0301 \u202e bidi \u200d",
    "NUL \x00 BEL \x07 DEL \x7f ESC \x1b[31m NEL \x85 LS \u2028",
    "#",
    " ",
]
"""Texts that would break a file written carelessly."""


class Turned(Rehearsed):
    """Clocks that stand still until they are turned."""

    def __init__(self) -> None:
        super().__init__(ZONE, datetime(2019, 4, 5, 10, 45), speed=0)  # noqa: DTZ001 - in the meeting's zone
        self.turned = 0.0

    def ticks(self) -> float:
        return self.turned


@pytest.fixture(scope="session")
def meeting() -> Meeting:
    return agendas.parse(AGENDA.encode(), "trial.toml")


@pytest.fixture
def machine() -> Turned:
    return Turned()


@pytest.fixture
def sit(meeting: Meeting, machine: Turned, tmp_path: Path) -> Callable[..., Desk]:
    """Sits down at a desk of the plenary, or of another session, in a folder of the test's."""

    def sit(desk: str = "", folder: Path | None = None, session: str = "plenary") -> Desk:
        item = meeting.session(session)
        assert item is not None
        return Desk(meeting, item, folder or tmp_path / "trial", machine, desk, desk)

    return sit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the plenary's file is."""
    return tmp_path / "trial" / "plenary.toml"


@pytest.fixture
def header() -> bytes:
    return HEADER


@pytest.fixture
def odd() -> list[str]:
    return ODD


@pytest.fixture
def append() -> Callable[..., Entry]:
    """Appends one entry to a file of the plenary, with the header that such a file has."""

    def append(path: Path, text: str, kind: str = "note", **fields: object) -> Entry:
        with Held(path, HEADER) as held:
            return held.append(Draft(kind, {"text": text, **fields}), Turned().now(), new_id())

    return append


@pytest.fixture
def written() -> Callable[[list[str]], bytes]:
    """The bytes of a session file with these texts, made without a disk."""

    def written(texts: list[str]) -> bytes:
        data, before = HEADER, HEADER
        for number, text in enumerate(texts, 1):
            fields = {"question": "q1/a", "text": text, "tags": ["academia"]}
            block = blocks.block(new_id(), Turned().now(), number, Draft("note", fields), before)
            data, before = data + block, block.rstrip()[-13:-1]
        return data

    return written


@pytest.fixture
def seals() -> Callable[[bytes], list[tuple[str, str]]]:
    """Reads the seals of a file as the contract says they are made.

    Gives for each block the seal it carries and the one it should carry. Good for files that grcp wrote: a text
    never spans lines there.
    """

    def seals(data: bytes) -> list[tuple[str, str]]:
        head, *rest = data.replace(b"\r\n", b"\n").split(b"[[entry]]\n")
        # A text may contain the mark, but not a line that is nothing else: glue what was cut inside a line.
        chunks: list[bytes] = []
        for part in rest:
            before = chunks[-1] if chunks else head
            if before.endswith(b"\n"):
                chunks.append(b"[[entry]]\n" + part)
            else:
                chunks[-1] += b"[[entry]]\n" + part
        found, previous = [], head
        for chunk in chunks:
            at = chunk.rindex(b'\nseal = "') + 1
            carried = chunk[at + 8 : at + 20]
            assert chunk[at + 20 : at + 22] == b'"\n'
            should = hashlib.sha256(previous + chunk[:at]).hexdigest()[:12]
            found.append((carried.decode(), should))
            previous = carried
        return found

    return seals


@pytest.fixture
def sound(seals: Callable[[bytes], list[tuple[str, str]]]) -> Callable[[Path], Journal]:
    """A file as read, once it is seen to be whole: TOML, seals in a chain, numbers in order, nothing to tell."""

    def sound(path: Path) -> Journal:
        data = path.read_bytes()
        assert all(carried == should for carried, should in seals(data))
        read = journal.read(path)
        tables = tomllib.loads(data.decode("utf-8"))["entry"]
        assert [table["id"] for table in tables] == [entry.id for entry in read.entries]
        assert [table.get("text", "") for table in tables] == [entry.text for entry in read.entries]
        assert [entry.n for entry in read.entries] == list(range(1, len(tables) + 1))
        assert (read.edited, read.faults, read.torn) == ([], [], b"")
        return read

    return sound


@pytest.fixture
def starts() -> Callable[[bytes], list[int]]:
    """Where each block of a file written by grcp begins."""

    def starts(data: bytes) -> list[int]:
        return [at + 1 for at in range(len(data)) if data.startswith(b"\n[[entry]]\n", at)]

    return starts
