"""All session files of a meeting as one record; what is no session file of it is left alone, and told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grcp_cli.meeting.entry import Entry
from grcp_cli.meeting.record import Source
from grcp_cli.store import records
from grcp_cli.store.desk import Desk
from grcp_cli.store.durable import DiskError
from grcp_cli.store.following import Following
from grcp_cli.store.withholding import carried, internal

Append = Callable[..., Entry]
Sit = Callable[..., Desk]


def texts(entries: list[Entry]) -> list[str]:
    return [entry.text for entry in entries]


def test_a_file_is_where_its_desk_says(tmp_path: Path) -> None:
    assert records.session_file(tmp_path, Source("session-2")) == tmp_path / "session-2.toml"
    assert records.session_file(tmp_path, Source("working-lunch", "africa")) == tmp_path / "working-lunch.africa.toml"


def test_only_session_files_are_found(tmp_path: Path) -> None:
    for name in (
        "session-2.toml",
        "working-lunch.africa.toml",
        "working-lunch.toml",
        *("session-2.toml.lock", "session-2.toml.seat", "session-2.toml.torn", "session-2.toml.new"),
        *("Session-2.toml", "sitzung_2.toml", "séance.toml", "a.b.c.toml", ".toml", "-x.toml", "notes.txt"),
        *("con.toml", "session-2.nul.toml", "session-2 (copy).toml", "session-2.toml~", ".session-2.toml.x.new"),
        "x" * 65 + ".toml",
    ):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "session-4.toml").mkdir()
    (tmp_path / "rehearsal").mkdir()
    assert [(each.source, each.path.name) for each in records.files(tmp_path)] == [
        (Source("session-2"), "session-2.toml"),
        (Source("working-lunch", "africa"), "working-lunch.africa.toml"),
        (Source("working-lunch"), "working-lunch.toml"),
    ]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert records.files(tmp_path / "none") == []
    (tmp_path / "file").write_bytes(b"")
    assert records.files(tmp_path / "file") == []
    assert records.load(tmp_path / "none", "trial").record.files == {}


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(DiskError) as refused:
        records.files(tmp_path)
    assert refused.value.exit_code == 6


def test_several_desks_are_one_record(tmp_path: Path, sit: Sit) -> None:
    for desk in ("africa", "asia", ""):
        sit(desk, session="lunch").say(f"from {desk or 'the chair'}")
    loaded = records.load(tmp_path / "trial", "trial")
    assert set(loaded.record.files) == {Source("lunch", "africa"), Source("lunch", "asia"), Source("lunch")}
    assert [each.text for each in loaded.record.statements("lunch")] == ["from the chair", "from africa", "from asia"]
    assert list(records.notices(loaded)) == []


def test_a_record_of_another_meeting_is_told_and_left_out(tmp_path: Path, sit: Sit) -> None:
    sit().say("ours")
    folder = tmp_path / "trial"
    text = (folder / "plenary.toml").read_text(encoding="utf-8")
    (folder / "lunch.toml").write_text(text.replace('"trial"', '"grcp-7"'), encoding="utf-8")
    (folder / "plenary.asia.toml").write_text(text, encoding="utf-8")
    (folder / "lunch.asia.toml").write_text(text.replace('"plenary"', '"lunch"\ndesk = "africa"'), encoding="utf-8")
    loaded = records.load(folder, "trial")
    assert list(loaded.journals) == [Source("plenary")]
    assert loaded.strangers == [
        "lunch.asia.toml says it is the record of lunch, desk africa",
        "lunch.toml is a record of the meeting grcp-7, not trial",
        "plenary.asia.toml says it is the record of plenary",
    ]
    assert set(loaded.strangers) <= set(records.notices(loaded))


def test_a_copy_called_otherwise_is_told_until_it_is_taken_in(tmp_path: Path, sit: Sit) -> None:
    desk = sit()
    desk.say("one")
    folder, path = tmp_path / "trial", tmp_path / "trial" / "plenary.toml"
    older = path.read_bytes()
    desk.say("two")
    data = path.read_bytes()
    path.unlink()
    copy = folder / "plenary (1).toml"
    copy.write_bytes(data)
    (folder / "Notes.toml").write_text('[meeting]\nid = "trial"\n', encoding="utf-8")
    (folder / "._plenary.toml").write_bytes(data)
    told = f'plenary (1).toml is called as no session file is, and left out; grcp record merge "{copy}" takes it in'
    assert records.load(folder, "trial").strangers == [told]
    following = Following(folder, "trial")
    following.poll()
    assert following.loaded().strangers == [told]
    path.write_bytes(older)
    assert records.load(folder, "trial").strangers == [told]
    path.write_bytes(data)
    assert records.load(folder, "trial").strangers == []
    copy.write_bytes(data.replace(b'"one"', b'"won"'))
    assert records.load(folder, "trial").strangers == [told]
    copy.write_bytes(data.replace(b'"trial"', b'"grcp-7"'))
    assert records.load(folder, "trial").strangers == ["plenary (1).toml is a record of the meeting grcp-7, not trial"]


def test_a_copy_called_otherwise_that_has_what_was_withheld(tmp_path: Path, sit: Sit) -> None:
    desk = sit()
    desk.say("/off hidden")
    desk.say("shown")
    folder, path = tmp_path / "trial", tmp_path / "trial" / "plenary.toml"
    whole = path.read_bytes()
    entries = records.load(folder, "trial").record.files[Source("plenary")]
    withheld = carried(path.name, whole, internal(entries), {}).data
    assert withheld != whole
    copy = folder / "PLENARY.old.toml"
    for here, beside, told in ((whole, withheld, 0), (withheld, withheld, 0), (withheld, whole, 1)):
        path.write_bytes(here)
        copy.write_bytes(beside)
        assert len(records.load(folder, "trial").strangers) == told


def test_what_a_person_should_know_is_told(tmp_path: Path, sit: Sit) -> None:
    desk = sit()
    desk.say("one")
    desk.say("two")
    path = tmp_path / "trial" / "plenary.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"one"', '"ONE"') + "[[entry]]\n", encoding="utf-8")
    told = list(records.notices(records.load(tmp_path / "trial", "trial")))
    assert told == [
        "plenary.toml: an append did not finish; what was saved before it is all there",
        "plenary.toml: 1 changed by hand; grcp record verify tells which",
    ]


def test_a_file_gone_while_it_is_looked_for(tmp_path: Path, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    sit().say("one")
    folder = tmp_path / "trial"
    found = [*records.files(folder), records.Found(Source("lunch"), folder / "lunch.toml")]
    monkeypatch.setattr(records, "files", lambda _: found)
    assert list(records.load(folder, "trial").journals) == [Source("plenary")]


# Followed.


def test_files_are_followed_as_they_come(tmp_path: Path, sit: Sit) -> None:
    following = Following(tmp_path / "trial", "trial")
    assert following.poll() == {}
    desk, other = sit(), sit("africa", session="lunch")
    desk.say("one")
    assert {source: texts(new) for source, new in following.poll().items()} == {Source("plenary"): ["one"]}
    desk.say("two")
    other.say("three")
    came = following.poll()
    assert texts(came[Source("plenary")]) == ["two"]
    assert texts(came[Source("lunch", "africa")]) == ["three"]
    assert following.poll() == {}
    assert texts(following.entries(Source("plenary"))) == ["one", "two"]
    assert following.entries(Source("lunch")) == []
    assert following.record.files == records.load(tmp_path / "trial", "trial").record.files


def test_a_replaced_file_counts_once(tmp_path: Path, sit: Sit) -> None:
    sit().say("one")
    sit("africa", session="lunch").say("three")
    folder = tmp_path / "trial"
    stray = (folder / "plenary.toml").read_text(encoding="utf-8").replace('"trial"', '"grcp-7"')
    (folder / "lunch.toml").write_text(stray, encoding="utf-8")
    following = Following(folder, "trial")
    following.poll()
    before = following.record
    (folder / "plenary.toml").unlink()
    assert following.poll() == {}
    sit().say("another")
    following.poll()
    assert following.record is not before
    assert set(following.record.files) == {Source("plenary"), Source("lunch", "africa")}
    assert [each.text for each in following.record.statements("plenary")] == ["another"]
