"""Each thing that a file handed over can be, and what a disk that refuses leaves behind."""

import errno
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import Draft, Source
from grcp_cli.meeting.listing import session_data
from grcp_cli.store import blocks, bundle, journal, records
from grcp_cli.store.copies import Copy
from grcp_cli.store.desk import Desk
from grcp_cli.store.durable import DiskError
from grcp_cli.store.following import Following
from grcp_cli.store.incoming import look
from grcp_cli.store.journal import Held
from grcp_cli.store.merging import Plan
from grcp_cli.store.steps import WRITES, Step, act
from grcp_cli.store.withholding import carried, internal

Sit = Callable[..., Desk]


class Folders:
    """Laptops: each sits down at the table of Africa in a folder of its own; `home` is where it is merged into."""

    def __init__(self, sit: Sit, meeting: Meeting, tmp_path: Path) -> None:
        self.sit, self.meeting, self.base = sit, meeting, tmp_path
        self.home = tmp_path / "home" / "trial"

    def desk(self, laptop: str = "one") -> Desk:
        return self.sit("africa", self.base / laptop / "trial", "lunch")

    def path(self, laptop: str = "one") -> Path:
        return self.base / laptop / "trial" / "lunch.africa.toml"

    def copy(self, there: str, to: str) -> None:
        self.path(to).parent.mkdir(parents=True)
        self.path(to).write_bytes(self.path(there).read_bytes())

    def plan(self, *laptops: str | Path) -> list[Step]:
        paths = [each if isinstance(each, Path) else self.path(each) for each in laptops]
        return Plan(self.home, self.meeting, rehearsal=False).take_all(look(paths).files)

    def merge(self, *laptops: str | Path) -> list[str]:
        steps = self.plan(*laptops)
        assert all(act(step) for step in steps if step.what in WRITES)
        return [step.what for step in steps]

    @property
    def at_home(self) -> Path:
        return self.home / "lunch.africa.toml"

    def texts(self) -> list[str]:
        return [each.text for each in records.load(self.home, "trial").record.statements("lunch")]


@pytest.fixture
def folders(sit: Sit, meeting: Meeting, tmp_path: Path) -> Folders:
    return Folders(sit, meeting, tmp_path)


def forked(folders: Folders) -> None:
    """Two laptops that wrote on from three recommendations each."""
    for number in range(3):
        folders.desk().say(f"shared {number}")
    folders.copy("one", "two")
    folders.desk("one").say("by one")
    folders.desk("two").say("by two")


def test_new_then_the_same_then_longer_then_an_older_copy(folders: Folders) -> None:
    folders.desk().say("first")
    folders.copy("one", "old")
    assert folders.merge("one") == ["new"]
    assert folders.at_home.read_bytes() == folders.path().read_bytes()
    assert folders.merge("one") == ["same"]
    folders.desk().say("second")
    (step,) = folders.plan("one")
    assert (step.what, dict(step.counts.kinds), dict(step.counts.groups)) == (
        "longer",
        {"recommendation": 1},
        {"africa": 1},
    )
    assert folders.merge("one", "old") == ["longer", "older copy"]
    assert folders.at_home.read_bytes() == folders.path().read_bytes()
    assert folders.merge("old") == ["older copy"]
    assert folders.texts() == ["first", "second"]


def test_both_branches_are_kept_and_none_is_renamed(folders: Folders) -> None:
    forked(folders)
    assert folders.merge("one") == ["new"]
    local = folders.at_home.read_bytes()
    assert folders.merge("two") == ["branch"]
    seal = journal.read(folders.path("two")).entries[3].seal
    beside = folders.home / f"lunch.africa~{seal}.toml"
    assert (folders.at_home.read_bytes(), beside.read_bytes()) == (local, folders.path("two").read_bytes())
    assert folders.merge("one", "two") == ["same", "same"]
    # What goes on is appended to its own branch.
    folders.desk("two").say("by two again")
    assert folders.merge("two") == ["longer"]
    assert beside.read_bytes() == folders.path("two").read_bytes()
    record = records.load(folders.home, "trial").record
    one = journal.read(folders.path("one")).entries[3].seal
    assert sorted(each.text for each in record.statements("lunch")) == sorted(
        ["shared 0", "shared 1", "shared 2", "by one", "by two", "by two again"]
    )
    labels = {each.text: record.label(each.entry.id) for each in record.statements("lunch")}
    assert {text: label.typed for text, label in labels.items() if label} == {
        "shared 0": "africa1",
        "shared 1": "africa2",
        "shared 2": "africa3",
        "by one": f"africa4~{one[:4]}",
        "by two": f"africa4~{seal[:4]}",
        "by two again": f"africa5~{seal[:4]}",
    }


def test_a_branch_that_branches_again(folders: Folders) -> None:
    forked(folders)
    folders.copy("two", "three")
    folders.desk("two").say("by two again")
    folders.desk("three").say("by three")
    folders.merge("two", "one", "three")
    record = records.load(folders.home, "trial").record
    assert len(record.files) == 3
    assert len(record.statements("lunch")) == 7
    branches = {each.text: each.source.branch.count("/") for each in record.statements("lunch")}
    assert branches["by three"] == branches["by two again"] == 1
    # From the file of three, all that it holds goes by bare numbers.
    own = next(source for source, path in record.files.items() if path[-1].text == "by three")
    assert [record.entry(record.find(str(n), own) or "").text for n in range(1, 6)] == [  # type: ignore[union-attr]
        "shared 0",
        "shared 1",
        "shared 2",
        "by two",
        "by three",
    ]
    assert record.find("africa:5", Source("plenary")) is None


def test_a_live_console_copes_with_a_branch_that_appears(folders: Folders) -> None:
    forked(folders)
    desk = folders.desk("one")
    desk.catch_up()
    before = desk.record
    folders.home = folders.base / "one" / "trial"
    assert folders.merge("two") == ["branch"]
    came = desk.catch_up()
    assert [len(entries) for entries in came.values()] == [4]
    assert desk.record is not before
    assert desk.own.branch
    assert desk.own != desk.source
    assert desk.say("goes on").entries[0].n == 5  # type: ignore[union-attr]
    desk.catch_up()
    assert desk.record.find("5", desk.own)
    following = Following(folders.home, "trial")
    following.poll()
    desk.catch_up()
    assert following.record.segments == desk.record.segments


def test_a_live_console_is_told_what_a_merge_brought_and_nothing_again(folders: Folders) -> None:
    for line in ("shared", "/off SECRET"):
        folders.desk().say(line)
    folders.copy("one", "two")
    withheld(folders, "two")
    folders.copy("two", "three")
    desk = folders.desk("two")
    assert [entry.kind for _, entry in desk.news()] == ["recommendation", "withheld"]
    folders.home = folders.base / "two" / "trial"
    folders.desk("one").say("by one")
    assert folders.merge("one") == ["completes"]
    assert [entry.text for _, entry in desk.news()] == ["SECRET", "by one"]
    folders.desk("three").say("by three")
    assert folders.merge("three") == ["branch"]
    assert [entry.text for _, entry in desk.news()] == ["by three"]


def test_renamed_and_mangled_by_mail(folders: Folders) -> None:
    folders.desk().say("first")
    mailed = folders.base / "Re: the lunch (1).txt"
    mailed.write_bytes(folders.path().read_bytes().replace(b"\n", b"\r\n"))
    assert folders.merge(mailed) == ["new"]
    assert folders.at_home.read_bytes() == folders.path().read_bytes()
    folders.desk().say("second")
    assert folders.merge("one", mailed) == ["longer", "older copy"]
    assert folders.texts() == ["first", "second"]
    assert not journal.read(folders.at_home).edited


def test_a_torn_end_is_told_and_not_taken(folders: Folders) -> None:
    folders.desk().say("first")
    whole = folders.path().read_bytes()
    folders.path().write_bytes(whole + b'[[entry]]\nid = "half')
    (step,) = folders.plan("one")
    assert (step.what, step.data, len(step.notices)) == ("new", whole, 1)
    folders.merge("one")
    assert folders.at_home.read_bytes() == whole
    # And one of the folder's own is set aside before its file goes on.
    folders.at_home.write_bytes(whole + b'[[entry]]\nid = "mine')
    folders.path().write_bytes(whole)
    folders.desk().say("second")
    assert folders.merge("one") == ["longer"]
    assert folders.at_home.read_bytes() == folders.path().read_bytes()
    assert (folders.home / "lunch.africa.toml.torn").read_bytes() == b'[[entry]]\nid = "mine\n'


def test_changed_by_hand(folders: Folders) -> None:
    folders.desk().say("first")
    folders.desk().say("second")
    folders.copy("one", "edited")
    folders.path("edited").write_bytes(folders.path().read_bytes().replace(b'"first"', b'"FIRST"'))
    (step,) = folders.plan("edited")
    assert (step.what, len(step.faults)) == ("new", 1)
    folders.merge("one")
    (step,) = folders.plan("edited")
    assert (step.what, len(step.faults)) == ("changed by hand", 1)
    folders.desk("edited").say("third")
    assert [step.what for step in folders.plan("edited")] == ["changed by hand"]


def test_a_sound_copy_wins_in_any_order(folders: Folders) -> None:
    folders.desk().say("first")
    folders.copy("one", "edited")
    folders.path("edited").write_bytes(folders.path().read_bytes().replace(b'"first"', b'"FIRST"'))
    for order in (("edited", "one"), ("one", "edited")):
        steps = folders.plan(*order)
        assert [(step.what, step.given.name) for step in steps] == [
            ("new", str(folders.path())),
            ("changed by hand", str(folders.path("edited"))),
        ]
        assert str(folders.at_home) in steps[1].faults[0]


def test_a_change_that_was_accepted_overtakes_what_was_before_it(folders: Folders) -> None:
    folders.desk().say("first")
    folders.desk().say("second")
    folders.copy("one", "edited")
    path = folders.path("edited")
    path.write_bytes(path.read_bytes().replace(b'"first"', b'"FIRST"'))
    (edited,) = journal.read(path).edited
    folders.desk("edited").write([Draft("accept", {"target": edited.id, "found": edited.found})])
    for order in (("edited", "one"), ("one", "edited")):
        assert [step.what for step in folders.plan(*order)] == ["new", "older copy"]
    # Where the older one is there already, both are kept, and what was accepted holds.
    folders.merge("one")
    local = folders.at_home.read_bytes()
    assert folders.merge("edited") == ["accepted"]
    beside = folders.home / f"lunch.africa~{edited.found}.toml"
    assert (folders.at_home.read_bytes(), beside.read_bytes()) == (local, path.read_bytes())
    assert folders.merge("one", "edited") == ["same", "same"]
    assert folders.texts() == ["FIRST", "second"]
    assert not any(read.edited or read.faults for read in records.load(folders.home, "trial").journals.values())


def accepted(folders: Folders, laptop: str, was: bytes, becomes: bytes) -> None:
    """Changes a file by hand, and accepts it."""
    path = folders.path(laptop)
    path.write_bytes(path.read_bytes().replace(was, becomes))
    for edited in journal.read(path).edited:
        folders.desk(laptop).write([Draft("accept", {"target": edited.id, "found": edited.found})])


def test_what_was_accepted_is_the_same_on_every_laptop_whoever_wrote_on(folders: Folders) -> None:
    folders.desk().say("first")
    folders.desk().say("second")
    for laptop in ("edited", "other"):
        folders.copy("one", laptop)
    accepted(folders, "edited", b'"first"', b'"FIRST"')
    accepted(folders, "other", b'"second"', b'"SECOND"')
    folders.desk("edited").say("by edited")
    folders.desk("one").say("by one")
    told = set()
    for order in permutations(("one", "edited", "other")):
        folders.home = folders.base / "-".join(order) / "trial"
        for laptop in order:
            folders.merge(laptop)
        assert sorted(folders.texts()) == ["FIRST", "SECOND", "by edited", "by one"]
        record = records.load(folders.home, "trial").record
        told.add(json.dumps(session_data(folders.meeting, record, folders.meeting.sessions[1])))
        assert sorted(each.entry.n for each in record.statements("lunch")) == [1, 2, 3, 3]
    assert len(told) == 1


def test_two_who_accepted_different_changes_of_one_entry(folders: Folders) -> None:
    folders.desk().say("first")
    folders.copy("one", "edited")
    accepted(folders, "edited", b'"first"', b'"FIRST"')
    accepted(folders, "one", b'"first"', b'"1st"')
    told = set()
    for order in permutations(("one", "edited")):
        folders.home = folders.base / "-".join(order) / "trial"
        assert [folders.merge(laptop) for laptop in order] == [["new"], ["accepted"]]
        told.add(*folders.texts())
    assert told == {"1st"}


def test_a_console_sees_what_was_accepted_elsewhere(folders: Folders) -> None:
    folders.desk().say("first")
    folders.copy("one", "edited")
    desk = folders.desk()
    desk.catch_up()
    accepted(folders, "edited", b'"first"', b'"FIRST"')
    folders.home = folders.base / "one" / "trial"
    assert folders.merge("edited") == ["accepted"]
    desk.catch_up()
    assert [each.text for each in desk.record.statements("lunch")] == ["FIRST"]
    accepted(folders, "edited", b'"FIRST"', b'"First!"')
    assert folders.merge("edited") == ["accepted"]
    desk.catch_up()
    assert [each.text for each in desk.record.statements("lunch")] == ["First!"]


def test_a_change_whose_seals_are_spoilt_too_stays_with_a_person(folders: Folders) -> None:
    folders.desk().say("first")
    folders.desk().say("second")
    folders.copy("one", "edited")
    seal = journal.read(folders.path()).entries[0].seal.encode()
    accepted(folders, "edited", b'seal = "%b"' % seal, b'seal = "0123456789ab"')
    folders.merge("one")
    assert folders.merge("edited") == ["changed by hand"]
    assert folders.texts() == ["first", "second"]


@pytest.mark.parametrize("mangled", [b"\xef\xbb\xbf%b", b"%b"])
def test_a_byte_order_mark_and_crlf_are_left_behind(folders: Folders, mangled: bytes) -> None:
    folders.desk().say("first")
    mailed = folders.base / "mailed.txt"
    for what in ("new", "longer"):
        whole = folders.path().read_bytes()
        mailed.write_bytes(mangled % whole.replace(b"\n", b"\r\n"))
        assert folders.merge(mailed) == [what]
        assert folders.at_home.read_bytes() == whole
        folders.desk().say("second")
    read = journal.read(folders.at_home)
    assert (read.edited, read.faults) == ([], [])


def test_others_are_told_and_not_taken(folders: Folders) -> None:
    folders.desk().say("first")
    data = folders.path().read_bytes()
    for name, was, becomes, what in (
        ("other.toml", b'"trial"', b'"grcp-7"', "another meeting"),
        ("newer.toml", b"format = 1", b"format = 2", "unknown format"),
        ("tried.toml", b"\n\n", b"\nrehearsal = true\n\n", "a rehearsal"),
    ):
        path = folders.base / name
        path.write_bytes(data.replace(was, becomes, 1))
        assert folders.merge(path) == [what]
    assert not folders.home.exists()


def test_what_the_agenda_does_not_know_is_taken_and_told(folders: Folders) -> None:
    folders.sit("table-7", folders.base / "one" / "trial", "lunch").say("first")
    path = folders.base / "one" / "trial" / "lunch.table-7.toml"
    (step,) = folders.plan(path)
    assert (step.what, len(step.notices)) == ("new", 1)
    path.write_bytes(path.read_bytes().replace(b'"lunch"', b'"dinner"'))
    assert "no session dinner" in folders.plan(path)[0].notices[0]


def test_a_withheld_copy_is_the_same_file_and_is_completed(folders: Folders) -> None:
    desk = folders.desk()
    for line in ("/off SECRET of ours", "shown", "/amend 1 SECRET still", "/off rec: SECRET too", "last"):
        desk.say(line)
    desk.catch_up()
    record = desk.record
    hidden = internal(desk.entries)
    out = carried("x", folders.path().read_bytes(), hidden, record.owners)
    assert (out.withheld, b"SECRET" in out.data) == (2, False)
    sent = folders.base / "sent.toml"
    sent.write_bytes(out.data)
    read = journal.read(sent)
    assert (read.edited, read.faults, len(read.entries)) == ([], [], 5)
    # What comes behind is called as it is at home.
    alone = records.load(folders.home, "trial").record
    alone.add(Source("lunch", "africa"), read.entries)
    for entry in read.entries:
        if entry.captured:
            assert alone.label(entry.id) == record.label(entry.id)
    assert folders.merge(sent) == ["new"]
    assert folders.merge("one") == ["completes"]
    assert folders.at_home.read_bytes() == folders.path().read_bytes()
    assert folders.merge(sent) == ["same"]
    # One that was tampered with is told.
    sent.write_bytes(out.data.replace(b'kind = "withheld"\nlabel = "africa"', b'kind = "withheld"\nlabel = "asia"'))
    assert len(journal.read(sent).edited) == 2


def withheld(folders: Folders, laptop: str = "one") -> None:
    """Makes a file what a bundle makes of it."""
    path = folders.path(laptop)
    path.write_bytes(carried("x", path.read_bytes(), internal(journal.read(path).entries), {}).data)


def by_hand(path: Path, was: bytes, becomes: bytes) -> None:
    assert was in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(was, becomes))


def secret(folders: Folders, *laptops: str) -> None:
    """Laptops with copies of one file, an internal entry in the middle of it."""
    for line in ("first", "/off SECRET", "third"):
        folders.desk().say(line)
    for laptop in laptops:
        folders.copy("one", laptop)


def test_what_a_hand_changed_does_not_complete_what_is_withheld(folders: Folders) -> None:
    secret(folders, "full", "true")
    withheld(folders)
    folders.merge("one")
    before = folders.at_home.read_bytes()
    by_hand(folders.path("full"), b"SECRET", b"FORGED")
    (step,) = folders.plan("full")
    assert (step.what, len(step.faults)) == ("changed by hand", 1)
    assert folders.merge("full") == ["changed by hand"]
    assert (folders.at_home.read_bytes(), folders.texts()) == (before, ["first", "third"])
    # As it was written it comes in; and what a hand changed is told, and taken where there is no other.
    assert folders.merge("true", "one", "true") == ["completes", "same", "same"]
    assert folders.texts() == ["first", "SECRET", "third"]
    folders.home = folders.base / "alone" / "trial"
    (step,) = folders.plan("full")
    assert (step.what, len(step.faults)) == ("new", 1)


def test_once_it_was_accepted_it_completes_what_is_withheld(folders: Folders) -> None:
    secret(folders, "full", "true")
    withheld(folders)
    folders.merge("one")
    accepted(folders, "full", b"SECRET", b"CORRECTED")
    assert folders.merge("full") == ["completes"]
    assert folders.texts() == ["first", "CORRECTED", "third"]
    assert folders.merge("true", "one", "full") == ["same", "older copy", "older copy"]
    assert folders.texts() == ["first", "CORRECTED", "third"]


def test_what_is_withheld_leaves_what_a_hand_changed_here_and_goes_on_behind_it(folders: Folders) -> None:
    secret(folders, "sent")
    folders.merge("one")
    by_hand(folders.at_home, b"SECRET", b"CHANGED")
    withheld(folders, "sent")
    assert folders.merge("sent") == ["same"]
    folders.desk("sent").say("fourth")
    assert folders.merge("sent") == ["longer"]
    assert folders.texts() == ["first", "CHANGED", "third", "fourth"]


def test_a_branch_in_which_it_is_withheld_leaves_what_a_hand_changed(folders: Folders) -> None:
    secret(folders, "two", "three")
    folders.desk("one").say("by one")
    folders.desk("two").say("by two")
    withheld(folders, "two")
    folders.merge("one")
    by_hand(folders.at_home, b"SECRET", b"CHANGED")
    assert folders.merge("two") == ["branch"]
    assert sorted(folders.texts()) == ["CHANGED", "by one", "by two", "first", "third"]
    # What it was written as holds before that, once it comes.
    folders.desk("three").say("by three")
    assert folders.merge("three") == ["branch"]
    assert sorted(folders.texts()) == ["SECRET", "by one", "by three", "by two", "first", "third"]


def test_a_block_that_stands_for_another_and_was_tampered_with_completes_nothing(folders: Folders) -> None:
    secret(folders, "sent")
    withheld(folders)
    folders.merge("one")
    withheld(folders, "sent")
    by_hand(folders.path("sent"), b'kind = "withheld"\n', b'kind = "withheld"\nlabel = "asia"\n')
    assert folders.merge("sent") == ["changed by hand"]
    folders.home = folders.base / "other" / "trial"
    assert folders.merge("sent") == ["new"]
    assert folders.merge("one") == ["same"]


def test_whoever_guesses_what_is_withheld_cannot_tell_by_its_seal(folders: Folders) -> None:
    desk = folders.desk()
    for line in ("/off one", "… two", "s/one/three/", "/star", "/ok 1", "/off note: four", "shown", "/strike 3"):
        assert desk.say(line).entries, line  # type: ignore[union-attr]
    desk.catch_up()
    hidden = internal(desk.entries)
    copy = Copy(folders.path().read_bytes())
    salts = [re.findall(rb'^salt = "([0-9a-f]{16})"\n', chunk, re.MULTILINE) for chunk in copy.chunks]
    assert [bool(each) for each in salts] == [entry.id in hidden for entry in desk.entries] == [True] * 6 + [False] * 2
    assert len({salt for each in salts for salt in each}) == 6
    guessed = re.sub(rb'salt = "[0-9a-f]{16}"\n', b"", copy.chunks[0])
    assert blocks.read(guessed, copy.before(0), None).found != blocks.sealed_with(guessed)
    # It goes out with nothing, and is nothing that an entry says.
    assert b"salt" not in carried("x", folders.path().read_bytes(), hidden, {}).data
    read = journal.read(folders.path())
    assert (read.edited, read.faults) == ([], [])
    assert read.entries == desk.entries
    assert not any("salt" in each.fields for each in read.entries)


def test_a_file_from_before_salts_is_as_sound_and_is_withheld_as_well(folders: Folders) -> None:
    with Held(folders.path(), blocks.header("trial", "lunch", "africa")) as held:
        entry = held.append(Draft("note", {"text": "SECRET", "internal": True}), datetime.now(UTC), "old")
    folders.desk().say("new")
    data = folders.path().read_bytes()
    assert b"salt" not in data
    assert not journal.read(folders.path()).edited
    out = carried("x", data, internal([entry]), {})
    assert (out.withheld, b"SECRET" in out.data) == (1, False)


def test_a_block_that_cannot_be_read_is_not_sent_where_it_may_be_internal(folders: Folders) -> None:
    folders.desk().say("/off SECRET")
    data = folders.path().read_bytes().replace(b'kind = "recommendation"', b"kind = ")
    with pytest.raises(journal.RecordFault):
        carried("x", data, frozenset(), {})


def test_what_changed_since_it_was_decided_is_decided_anew(folders: Folders) -> None:
    forked(folders)
    folders.merge("one")
    (step,) = folders.plan("two")
    step.path.write_bytes(b"another")  # type: ignore[union-attr]
    assert not act(step)
    assert step.path.read_bytes() == b"another"  # type: ignore[union-attr]
    folders.desk().say("longer")
    (step,) = folders.plan("one")
    with folders.at_home.open("ab") as file:
        file.write(b"\n")
    assert not act(step)


@pytest.mark.parametrize("room", [0, 1, 40, 150])
@pytest.mark.parametrize("what", ["new", "longer", "branch", "completes"])
def test_a_full_disk_leaves_the_old_and_doing_it_again_finishes(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, room: int, what: str
) -> None:
    forked(folders)
    if what == "longer":
        folders.copy("one", "before")
        folders.merge("before")
        folders.desk().say("more")
    elif what == "branch":
        folders.merge("two")
    elif what == "completes":
        folders.desk().say("/off SECRET")
        desk = folders.desk()
        desk.catch_up()
        sent = folders.base / "sent.toml"
        sent.write_bytes(carried("x", folders.path().read_bytes(), internal(desk.entries), {}).data)
        folders.merge(sent)
    before = {path.name: path.read_bytes() for path in folders.home.glob("*.toml")}
    (step,) = folders.plan("one")
    assert step.what == what
    write, left = os.write, [room]

    def full(descriptor: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = write(descriptor, data[: left[0]])
        left[0] -= count
        return count

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(DiskError) as refused:
            act(step)
    assert refused.value.exit_code == 6
    assert {path.name: path.read_bytes() for path in folders.home.glob("*.toml")} == before
    assert folders.merge("one") == [what]
    assert folders.merge("one") == ["same"]


def test_a_bundle_is_the_same_bytes_and_read_with_suspicion(tmp_path: Path) -> None:
    files = [("agendas/a.toml", b"a"), ("records/a/b.toml", b"b" * 5000)]
    assert bundle.pack(files) == bundle.pack(files)
    path = tmp_path / "x.zip"
    path.write_bytes(bundle.pack(files))
    assert list(bundle.unpack(path)) == files
    for name in ("../x.toml", "/x.toml", "a/../../x.toml", "C:/x.toml", "a\\..\\x.toml", "a\x1b.toml"):
        path.write_bytes(bundle.pack([(name, b"x"), files[0]]))
        with pytest.raises(bundle.BundleError):
            list(bundle.unpack(path))


def test_a_damaged_bundle_at_any_byte_is_told_or_read(tmp_path: Path) -> None:
    whole = bundle.pack([("records/a/b.toml", blocks.header("a", "b", "") * 20)])
    path = tmp_path / "x.zip"
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        look([path, tmp_path]) if at % 2 else look([path])
        path.write_bytes(whole[:at])
        if at > 4:
            assert look([path]).told


def test_an_endless_beginning_is_not_read(tmp_path: Path) -> None:
    comments = b"# x\n" * 2**22
    for data in (comments, blocks.FIRST + b"\n" + comments + b'[[entry]]\nid = "x"\nseal = "0123456789ab"\n'):
        path = tmp_path / "x.zip"
        path.write_bytes(bundle.pack([("x.toml", data)]))
        found = look([path])
        assert (found.files, found.agendas, len(found.told)) == ([], [], 1)


def test_a_bundle_that_says_less_than_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)
    path = tmp_path / "x.zip"
    path.write_bytes(bundle.pack([("x.toml", b"x" * 2000)]))
    with pytest.raises(bundle.BundleError, match="more than any record"):
        list(bundle.unpack(path))
