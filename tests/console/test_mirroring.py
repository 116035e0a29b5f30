"""The mirror beside a session: told once when lost, once when back, and never in the way of the end."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grcp_cli.console import mirroring
from grcp_cli.console.mirroring import Mirroring
from grcp_cli.store.durable import DiskError
from grcp_cli.store.mirror import Mirror

LOST = "the mirror in stick is lost: the folder is not there; the record itself is safe"
BACK = "the mirror in stick is whole again"


class Told(Mirror):
    """A mirror that says what a test has it say."""

    def __init__(self) -> None:
        super().__init__(Path("records/trial/plenary.toml"), Path("stick"))
        self.wrong: str | DiskError = ""
        self.looks = 0
        self.dead = threading.Event()
        self.dead.set()

    def catch_up(self) -> str:
        self.dead.wait(20)
        self.looks += 1
        if isinstance(self.wrong, DiskError):
            raise self.wrong
        return self.wrong


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def after(mirror: Told, keeping: Mirroring) -> None:
    """Waits for a look that began after this was called."""
    looks = mirror.looks
    keeping.poke()
    until(lambda: mirror.looks > looks)
    keeping.poke()
    until(lambda: mirror.looks > looks + 1)


def test_loss_and_return_are_told_once_each() -> None:
    mirror, told = Told(), list[str]()
    with Mirroring(mirror, told.append) as keeping:
        after(mirror, keeping)
        assert (told, keeping.lost) == ([], "")
        mirror.wrong = "the folder is not there"
        after(mirror, keeping)
        after(mirror, keeping)
        assert keeping.lost == "the folder is not there"
        assert told == [LOST]
        mirror.wrong = "the disk there is full"
        after(mirror, keeping)
        assert keeping.lost == "the disk there is full"
        mirror.wrong = ""
        after(mirror, keeping)
        assert keeping.lost == ""
    assert told == [LOST, BACK]


def test_it_looks_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirroring, "_LOOK", 0.02)
    mirror = Told()
    with Mirroring(mirror, lambda _: None):
        until(lambda: mirror.looks > 5)


def test_who_is_told_may_change() -> None:
    mirror, first, second = Told(), list[str](), list[str]()
    with Mirroring(mirror, first.append) as keeping:
        after(mirror, keeping)
        keeping.tell = second.append
        mirror.wrong = "the folder is not there"
    assert (first, second) == ([], [LOST])


def test_the_end_looks_one_last_time() -> None:
    mirror, told = Told(), list[str]()
    with Mirroring(mirror, told.append) as keeping:
        after(mirror, keeping)
        looks = mirror.looks
    assert mirror.looks > looks
    assert told == []


def test_a_share_that_does_not_answer_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirroring, "_PATIENCE", 0.1)
    mirror, told = Told(), list[str]()
    mirror.dead.clear()
    began = time.monotonic()
    with Mirroring(mirror, told.append) as keeping:
        keeping.poke()
    assert time.monotonic() - began < 5
    assert told == ["the mirror in stick is behind: it does not answer; the record itself is safe"]
    mirror.dead.set()


def test_a_record_that_cannot_be_read_is_not_called_safe() -> None:
    mirror, told = Told(), list[str]()
    mirror.wrong = DiskError("cannot read plenary.toml: Input/output error")
    mirroring.once(mirror, told.append)
    assert told == ["the mirror in stick is lost: cannot read plenary.toml: Input/output error"]
