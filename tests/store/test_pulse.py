"""A console's sign of life: what other programs learn of its clocks."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grcp_cli import machine
from grcp_cli.machine import Machine, Rehearsed
from grcp_cli.store import pulse
from grcp_cli.store.locks import Seat

AT = datetime(2019, 4, 5, 10, 45, tzinfo=ZoneInfo("Europe/Zurich"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plenary.toml"


def test_a_rehearsals_clock_is_known_to_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = 500.0
    monkeypatch.setattr(machine, "ticks", lambda: ticks)
    clocks = Rehearsed("Europe/Zurich", AT, 10)
    ticks += 6
    seat = Seat(path, "here")
    seat.seen(pulse.written(pulse.take(clocks)))
    ticks += 30
    found = pulse.read(path)
    assert found is not None
    assert found.age == 30
    now = found.now()
    assert now is not None
    assert now.at == datetime(2019, 4, 5, 10, 51, tzinfo=ZoneInfo("Europe/Zurich"))
    assert (now.boot, now.ticks) == (clocks.boot(), 360)
    seat.leave()
    assert pulse.read(path) == found, "who sat there last is still told"


def test_of_another_boot_only_what_was_seen_is_known(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = Seat(path, "here")
    seat.seen(pulse.written(pulse.take(Machine("Europe/Zurich"))))
    monkeypatch.setattr(machine, "boot", lambda: "another boot")
    found = pulse.read(path)
    assert found is not None
    assert found.age is None
    assert found.now() is None
    seat.leave()


@pytest.mark.parametrize("told", ["", "no json", "[]", "{}", '{"at": "noon"}', "\udcff"])
def test_what_cannot_be_read_is_none(path: Path, told: str) -> None:
    assert pulse.read(path) is None
    path.with_name("plenary.toml.seat").write_bytes(f"here\n{told}\n".encode("utf-8", "surrogateescape"))
    assert pulse.read(path) is None
