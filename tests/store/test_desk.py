"""A desk: what is told as saved is on disk, once, and the same whichever way the line came in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.machine import Rehearsed
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.decision import Refuse, Show
from grcp_cli.meeting.entry import Draft, Entry
from grcp_cli.meeting.grammar import Line
from grcp_cli.meeting.record import Source
from grcp_cli.store import journal
from grcp_cli.store.desk import Desk, Outcome, Saved
from grcp_cli.store.durable import DiskError
from grcp_cli.store.journal import Follower, RecordFault
from grcp_cli.store.locks import Seat

Sit = Callable[..., Desk]
Seals = Callable[[bytes], list[tuple[str, str]]]


def as_typed(line: Line | None) -> Line | None:
    return line


def saved(outcome: Outcome) -> Entry:
    assert isinstance(outcome, Saved)
    (entry,) = outcome.entries
    return entry


# One line.


def test_a_saved_line_is_on_disk(sit: Sit, path: Path) -> None:
    entry = saved(sit().say("@igad rec: Meet twice a year"))
    assert journal.read(path).entries == [entry]
    assert entry.fields == {"question": "q1/a", "speaker": "igad-rcp", "text": "Meet twice a year"}


def test_a_line_that_is_refused_or_shown_leaves_no_file(sit: Sit, path: Path) -> None:
    assert isinstance(sit().say("/stat"), Refuse)
    assert isinstance(sit().note("@nobody-known said", as_typed), Refuse)
    assert isinstance(sit().say("/help"), Show)
    assert sit().say("  ") == Saved(())
    assert not path.exists()


def test_a_refusal_of_the_disk_keeps_what_was_saved(sit: Sit, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit()
    desk.say("one")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(DiskError):
            desk.say("two")
    assert saved(desk.say("two")).n == 2
    assert [entry.text for entry in journal.read(path).entries] == ["one", "two"]
    assert [entry.text for entry in desk.entries] == ["one"]
    desk.catch_up()
    assert [entry.text for entry in desk.entries] == ["one", "two"]


@pytest.mark.parametrize("fresh", [True, False])
def test_a_folder_gone_is_told_and_nothing_begins_anew(sit: Sit, path: Path, fresh: bool) -> None:
    desk = sit()
    desk.say("one")
    if fresh:
        desk = sit()
        desk.catch_up()
    away = path.parent.with_name("away")
    path.parent.rename(away)
    for take in (desk.say, lambda line: desk.note(line, as_typed)):
        with pytest.raises(DiskError) as refused:
            take("two")
        assert refused.value.exit_code == 6
        assert "bring it back" in refused.value.hint
        assert not path.parent.exists()
    away.rename(path.parent)
    assert saved(desk.say("two")).n == 2


def test_the_shell_gone_on_without_its_folder(sit: Sit, path: Path) -> None:
    desk = sit()
    desk.note("one", as_typed)
    shutil.rmtree(path.parent)
    with pytest.raises(DiskError):
        desk.note("two", as_typed)


@pytest.mark.parametrize("way", ["say", "note", "write"])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('meeting = "trial"', 'meeting = "grcp-7"', "is a record of the meeting grcp-7, not trial"),
        ('session = "plenary"', 'session = "lunch"', "says it is the record of lunch"),
        ('session = "plenary"', 'session = "plenary"\ndesk = "asia"', "says it is the record of plenary, desk asia"),
    ],
)
def test_a_record_of_another_is_never_written_to(sit: Sit, path: Path, way: str, old: str, new: str, told: str) -> None:
    sit().say("one")
    data = path.read_bytes().replace(old.encode(), new.encode())
    path.write_bytes(data)
    desk = sit()
    does: dict[str, Callable[[], object]] = {
        "say": lambda: desk.say("two"),
        "note": lambda: desk.note("two", as_typed),
        "write": lambda: desk.write([Draft("note", {"text": "two"})]),
    }
    with pytest.raises(RecordFault, match=told) as fault:
        does[way]()
    assert fault.value.exit_code == 3
    assert path.read_bytes() == data


def test_a_file_replaced_by_another_meetings_under_a_console(sit: Sit, path: Path) -> None:
    desk = sit()
    desk.say("one")
    desk.say("two")
    data = path.read_bytes().replace(b'"trial"', b'"grcp-7"')
    path.write_bytes(data)
    for _ in range(2):
        with pytest.raises(RecordFault, match="grcp-7"):
            desk.say("three")
    assert path.read_bytes() == data


def test_a_console_shows_what_others_append(sit: Sit) -> None:
    console, shell = sit(), sit()
    console.say("/f igad")
    console.catch_up()
    entry = saved(shell.note("from the shell", as_typed))
    assert entry.speaker == "igad-rcp"
    assert console.catch_up() == {Source("plenary"): [entry]}
    assert saved(console.say("from the console")).n == 2


def test_a_console_works_on_after_its_file_was_edited(sit: Sit, path: Path) -> None:
    console = sit()
    console.say("/go 2")
    console.say("one")
    path.write_text(path.read_text(encoding="utf-8").replace('"one"', '"one, put better"'), encoding="utf-8")
    entry = saved(console.say("two"))
    assert (entry.n, entry.fields["question"]) == (2, "q2")
    console.catch_up()
    assert [each.text for each in console.entries] == ["", "one, put better", "two"]


# The shell's short way and the console's are one.

LINES = [
    "a note",
    "rec: a recommendation",
    "@igad said",
    "@- nobody said",
    "@Some One: said",
    "@asia said by the group",
    "@< who spoke before said",
    "/1a filed elsewhere",
    "/2 @colombo filed and said #academia",
    "/0 in general",
    "/off kept inside",
    *("/go 2", "/1b", "/next", "/back", "/go 0", "/follow"),
    *("/start", "/pause", "/resume", "/end", "/reopen", "/extend 5"),
    *("/f igad", "/f Some One", "/f", "/yield", "/order colombo", "/reply igad", "/more 1"),
    *("/q igad, colombo", "/withdraw igad", "/close", "/open", "/say soon"),
    *("/undo", "/undo", "/undo", "/redo", "/strike", "/restore 1", "/ok 1", "… and more", "s/a/an/", "r:", "/drop"),
]
ACT_KEYS = {"boot", "ticks"}


def compared(path: Path) -> list[tuple[str, int, dict[str, object]]]:
    """The entries of a file; those they are about by their places."""
    entries = journal.read(path).entries if path.exists() else []
    places = {entry.id: place for place, entry in enumerate(entries)}
    return [
        (
            entry.kind,
            entry.n,
            {key: places.get(str(value), value) for key, value in entry.fields.items() if key not in ACT_KEYS},
        )
        for entry in entries
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(st.sampled_from(LINES), st.booleans()), min_size=2, max_size=30),
    reach=st.sampled_from([(300, 300), (300, 900), (900, 2000), (4096, 65536)]),
)
def test_note_and_say_write_the_same(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[tuple[str, bool]], reach: tuple[int, int]
) -> None:
    said, mixed = tmp_path / "said", tmp_path / "mixed"
    shutil.rmtree(said, ignore_errors=True)
    shutil.rmtree(mixed, ignore_errors=True)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: None)
        patched.setattr(journal, "NEAR", reach[0])
        patched.setattr(journal, "FAR", reach[1])
        console, other = sit(folder=said), sit(folder=mixed)
        for line, noted in lines:
            outcome = console.say(line)
            # Each note of the shell is a process of its own, which has read nothing.
            again = sit(folder=mixed).note(line, as_typed) if noted else other.say(line)
            assert type(outcome) is type(again)
    assert compared(said / "plenary.toml") == compared(mixed / "plenary.toml")


def test_a_note_reads_the_tail_alone(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit()
    desk.say("/go 2")
    desk.say("one")

    def refuse(_: object) -> None:
        raise AssertionError("the whole record was read")

    monkeypatch.setattr(Desk, "catch_up", refuse)
    assert saved(sit().note("two", as_typed)).fields["question"] == "q2"
    assert saved(sit().note("@igad rec: three", as_typed)).n == 3


def test_what_is_prepared_is_what_is_written(sit: Sit) -> None:
    def recommendation(line: Line | None) -> Line | Refuse | None:
        assert line is not None
        return line._replace(kind="recommendation")  # type: ignore[union-attr, call-arg]

    assert saved(sit().note("two", recommendation)).kind == "recommendation"
    refused = sit().note("two", lambda _: Refuse("not today"))
    assert refused == Refuse("not today")


# Many at once.

_NOTING = """
import sys
from pathlib import Path
from grcp_cli.machine import Machine
from grcp_cli.store import agendas
from grcp_cli.store.desk import Desk
meeting = agendas.load(Path(sys.argv[1]))
desk = Desk(meeting, meeting.session("plenary"), Path(sys.argv[2]), Machine(meeting.timezone))
for number in range(3):
    outcome = desk.note(f"{sys.argv[3]}-{number} \\U0001f9ed", lambda line: line)
    print(outcome.entries[0].id, flush=True)
"""


def test_twenty_at_once_beside_a_live_console(
    sit: Sit, path: Path, tmp_path: Path, seals: Seals, request: pytest.FixtureRequest
) -> None:
    conftest = request.config.pluginmanager.getplugin(str(Path(__file__).with_name("conftest.py")))
    assert conftest is not None
    agenda = tmp_path / "trial-agenda.toml"
    agenda.write_text(conftest.AGENDA, encoding="utf-8")
    console = sit()
    seat = Seat(path, "the console")
    console.say("/f igad")
    follower = Follower(path)
    followed, shown, typed = [], list[Entry](), 0
    command = [sys.executable, "-c", _NOTING, str(agenda), str(path.parent)]
    processes = [
        subprocess.Popen([*command, f"shell-{number}"], stdout=subprocess.PIPE, text=True) for number in range(20)
    ]
    while any(process.poll() is None for process in processes):
        new, replaced = follower.poll()
        assert not replaced
        followed += new
        shown += console.catch_up().get(console.source, [])
        if typed < 15:
            saved(console.say(f"console-{typed}"))
            typed += 1
    acknowledged = {line for process in processes for line in process.communicate()[0].split()}
    assert [process.returncode for process in processes] == [0] * 20
    followed += follower.poll()[0]
    console.catch_up()
    read = journal.read(path)
    captured = [entry for entry in read.entries if entry.captured]
    assert len(captured) == 60 + typed
    assert [entry.n for entry in captured] == list(range(1, len(captured) + 1))
    assert acknowledged <= {entry.id for entry in captured}
    assert len(acknowledged) == 60
    assert {entry.speaker for entry in captured} == {"igad-rcp"}
    assert followed == console.entries == read.entries
    assert len({entry.id for entry in shown}) == len(shown)
    assert (read.edited, read.faults, read.torn) == ([], [], b"")
    assert all(carried == should for carried, should in seals(path.read_bytes()))
    for number in range(20):
        own = [entry.text for entry in captured if entry.text.startswith(f"shell-{number}-")]
        assert own == [f"shell-{number}-{each} \U0001f9ed" for each in range(3)]
    seat.leave()


def test_a_rehearsal_is_known_by_its_folder(meeting: Meeting, tmp_path: Path, machine: Rehearsed) -> None:
    item = meeting.sessions[0]
    assert Desk(meeting, item, tmp_path / "trial" / "rehearsal", machine).rehearsal
    assert not Desk(meeting, item, tmp_path / "trial", machine).rehearsal
