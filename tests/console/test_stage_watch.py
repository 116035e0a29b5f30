"""What the watch sees of a folder that others write in: cheaply, and whatever happens to the folder."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from grcp_cli.console.seat import Seated
from grcp_cli.console.stage import watch as watching
from grcp_cli.console.stage.scene import scene
from grcp_cli.console.stage.watch import Watch
from grcp_cli.machine import Machine, Rehearsed
from grcp_cli.store.desk import Desk
from grcp_cli.store.following import Following

NO_POSIX = pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="permissions as POSIX has them")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads and looks at the seat at every look."""
    monkeypatch.setattr(watching, "_WHOLE", 0.0)
    monkeypatch.setattr(watching, "_SEAT", 0.0)


def watch(table: Any, session: str = "session-2", **how: Any) -> Watch:
    item = table.meeting.session(session)
    return Watch(table.meeting, item, table.folder, table.clock, **how)


def until(looks: Watch, wanted: Any) -> Any:
    late = time.monotonic() + 10
    while time.monotonic() < late:
        if (seen := looks.look()) and wanted(seen):
            return seen
        time.sleep(0.01)
    return pytest.fail("it was never seen")


def test_nothing_there_is_nothing_begun(table: Any) -> None:
    looks = watch(table)
    seen = looks.look()
    assert seen
    assert (seen.walk.clock.state, seen.trouble, seen.last) == ("to come", "", None)
    assert looks.look() is None
    assert looks.fresh(seen) == "○ no console"
    assert not table.folder.exists()


def test_what_others_append_is_seen(table: Any) -> None:
    looks, desk = watch(table), table.desk()
    assert looks.look()
    desk.say("/start")
    desk.say("/f igad for Africa")
    seen = until(looks, lambda seen: seen.walk.floor.speaker)
    assert seen.walk.clock.state == "running"
    assert (seen.walk.floor.speaker, seen.walk.floor.turn.behalf) == ("igad-rcp", "africa")
    assert looks.fresh(seen) == "○ no console; the clock stands still"  # the test's clocks do


def test_nothing_is_read_or_worked_out_where_nothing_changed(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    table.desk().say("/start")
    looks = watch(table)
    assert looks.look()
    monkeypatch.setattr(watching, "_WHOLE", 1000.0)
    looks.look()  # looks from now on at the file that it found

    def never(_: Following) -> None:
        pytest.fail("it was read")

    monkeypatch.setattr(Following, "poll", never)
    assert [looks.look() for _ in range(50)] == [None] * 50


@pytest.mark.usefixtures("at_once")
def test_a_poll_that_brings_nothing_works_nothing_out(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    table.desk().say("/start")
    looks = watch(table)
    assert looks.look()
    monkeypatch.setattr(Watch, "_work_out", lambda *_: pytest.fail("it was worked out"))
    assert [looks.look() for _ in range(50)] == [None] * 50


def test_the_lead_is_shown_and_before_it_who_writes(table: Any) -> None:
    table.desk().say("/say Welcome")
    looks = watch(table)
    seen = looks.look()
    assert seen
    assert seen.walk.floor.message == "Welcome"
    other = table.desk("session-2", "second")
    other.say("/start")
    assert until(looks, lambda seen: seen.walk.clock.started)
    table.clock.wait(5)
    table.desk().say("/start")
    seen = until(looks, lambda seen: seen.walk.floor.message == "Welcome")
    assert seen.walk.clock.started == table.clock.now()


def test_a_folder_that_goes_is_told_and_comes_back(table: Any) -> None:
    desk = table.desk()
    desk.say("/start")
    looks = watch(table)
    seen = looks.look()
    aside = table.folder.with_name("aside")
    table.folder.rename(aside)
    gone = until(looks, lambda seen: seen.trouble)
    assert gone == seen._replace(trouble=f"{table.folder} is gone")
    assert looks.fresh(gone).startswith("! ")
    assert looks.look() is None
    aside.rename(table.folder)
    assert until(looks, lambda seen: not seen.trouble) == seen
    desk.say("/pause")
    assert until(looks, lambda seen: seen.walk.clock.state == "paused")


def test_a_file_that_is_replaced_is_read_anew(table: Any) -> None:
    desk = table.desk()
    desk.say("/start")
    looks = watch(table)
    assert looks.look()
    desk.path.unlink()
    assert until(looks, lambda seen: seen.trouble).trouble == f"{desk.path} is gone"
    table.desk().say("/say Anew")
    seen = until(looks, lambda seen: not seen.trouble)
    assert (seen.walk.clock.state, seen.walk.floor.message) == ("to come", "Anew")


@pytest.mark.usefixtures("at_once")
def test_what_the_system_refuses_is_told_and_nothing_is_missed(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = table.desk("session-1"), table.desk()
    second.say("/start")
    looks = watch(table)
    seen = looks.look()
    assert seen
    opened = Path.open

    def refuses(path: Path, *arguments: Any, **more: Any) -> Any:
        if path == second.path:
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **more)

    first.say("/start")  # will be read before the other file refuses
    monkeypatch.setattr(Path, "open", refuses)
    trouble = until(looks, lambda seen: seen.trouble)
    assert set(trouble.clocks) == {"session-2"}
    assert trouble.trouble == f"cannot read {second.path}: Permission denied"
    assert trouble.walk == seen.walk
    monkeypatch.setattr(Path, "open", opened)
    again = until(looks, lambda seen: not seen.trouble)
    assert set(again.clocks) == {"session-1", "session-2"}


@NO_POSIX
@pytest.mark.usefixtures("at_once")
def test_a_folder_that_may_not_be_entered_is_told(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    table.desk().say("/start")
    looks = watch(table)
    assert looks.look()
    scandir = os.scandir

    def refuses(path: Any) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuses)
    assert until(looks, lambda seen: seen.trouble).trouble == f"cannot read {table.folder}: Permission denied"
    monkeypatch.setattr(os, "scandir", scandir)
    assert until(looks, lambda seen: not seen.trouble)


def test_what_is_gone_while_it_could_not_be_read_is_not_taken_for_not_begun(
    table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_WHOLE", 0.0)
    table.desk().say("/start")
    looks = watch(table)
    assert looks.look()
    looks._following = None  # as after a refusal
    table.folder.rename(table.folder.with_name("aside"))
    gone = until(looks, lambda seen: seen.trouble)
    assert gone.walk.clock.state == "running"


@pytest.mark.usefixtures("at_once")
def test_who_sits_there_makes_it_live(table: Any) -> None:
    desk = table.desk()
    looks = watch(table)
    with Seated(desk):
        until_seat(looks)
        seen = looks.look() or looks._seen
        assert seen
        assert looks.fresh(seen) == "● live"
    looks.look()
    assert looks.fresh(seen) == "○ no console"


def until_seat(looks: Watch) -> None:
    late = time.monotonic() + 10
    while looks._seat.pulse is None and time.monotonic() < late:
        looks.look()
        time.sleep(0.01)


@pytest.mark.usefixtures("at_once")
def test_a_rehearsal_goes_by_its_consoles_clocks(table: Any) -> None:
    folder = table.folder / "rehearsal"
    session = table.meeting.session("session-2")
    clocks = Rehearsed("Europe/Zurich", table.clock.now(), 60.0)
    desk = Desk(table.meeting, session, folder, clocks)
    looks = Watch(table.meeting, session, folder, Machine("Europe/Zurich"), rehearsal=True)
    with Seated(desk):
        desk.say("/start")
        seen = until(looks, lambda seen: seen.walk.clock.started)
        until_seat(looks)
        assert looks.speed == 60.0
        before = looks.outlook(seen).figures.elapsed
        time.sleep(0.2)
        passed = looks.outlook(seen).figures.elapsed - before
        assert 10 < passed < 60
        assert looks.outlook(seen).now.at.year == 2019
        assert abs((looks.outlook(seen).now.at - clocks.now()).total_seconds()) < 3
    looks.look()
    assert looks.speed == 0.0
    assert looks.outlook(seen).figures.elapsed == 0.0  # its newest entry, held still
    assert looks.fresh(seen) == "○ no console; the clock stands still"
    assert scene(looks.outlook(seen), "", rehearsal=True).wall == "10:45"


def test_the_board_is_worked_out_only_where_it_is_asked_for(table: Any) -> None:
    table.desk("session-4").say("rec: One calendar")
    plain, asked = watch(table, "session-4").look(), watch(table, "session-4", with_board=True).look()
    assert plain
    assert plain.board is None
    assert asked
    assert asked.board
    assert asked.board.columns[0].items[0].text == "One calendar"


def test_it_leaves_no_trace(table: Any) -> None:
    table.desk().say("/start")
    before = {path: path.stat().st_mtime_ns for path in table.folder.rglob("*")}
    looks = watch(table, with_board=True)
    for _ in range(5):
        looks.look()
    assert {path: path.stat().st_mtime_ns for path in table.folder.rglob("*")} == before
