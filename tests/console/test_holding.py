"""What is pressed again, and what is only held down: by the pace of keys, and at the screens where a key asks first."""

from collections.abc import Callable
from typing import Any

import pytest

from grcp_cli.console.live import holding

from .test_synthesis_frames import filled, kinds, sit

AUTO_REPEAT = [0.0, 0.5, 0.53, 0.56, 0.59, 0.62, 0.65]
SLOW_REPEAT = [0.0, 1.0, 1.09, 1.18, 1.27]
NO_DELAY = [at * 0.03 for at in range(40)]


class Timer:
    def __init__(self, timers: list[tuple[float, "Timer"]], do: Callable[[], None]) -> None:
        self.timers, self.do = timers, do

    def stop(self) -> None:
        self.timers[:] = [each for each in self.timers if each[1] is not self]


class Keyboard:
    """Keys with the time of each; what was set to be done later is done when that time has come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.timers: list[tuple[float, Timer]] = []
        self.done: list[str] = []
        monkeypatch.setattr(holding, "ticks", lambda: self.now)
        self.presses = holding.Presses(self.wait)  # type: ignore[arg-type]

    def wait(self, seconds: float, do: Callable[[], None]) -> Timer:
        timer = Timer(self.timers, do)
        self.timers.append((self.now + seconds, timer))
        return timer

    def until(self, now: float) -> None:
        for at, timer in list(self.timers):
            if at <= now:
                timer.stop()
                timer.do()
        self.now = now

    def press(self, key: str, at: float) -> bool:
        self.until(100.0 + at)
        return self.presses.again(key, lambda: self.done.append(key))


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    return Keyboard(monkeypatch)


@pytest.mark.parametrize("repeats", [AUTO_REPEAT, SLOW_REPEAT, NO_DELAY])
def test_a_key_held_down_counts_once(keyboard: Keyboard, repeats: list[float]) -> None:
    for at in repeats:
        keyboard.press("s", at)
    keyboard.until(110.0)
    assert keyboard.done == ["s"]


@pytest.mark.parametrize("repeats", [AUTO_REPEAT, SLOW_REPEAT, NO_DELAY])
def test_held_down_it_never_confirms(keyboard: Keyboard, repeats: list[float]) -> None:
    keyboard.presses.first("s")
    for at in repeats[1:]:
        keyboard.press("s", at)
    keyboard.until(110.0)
    assert keyboard.done == []
    assert keyboard.press("s", 11.0)
    assert keyboard.done == ["s"]


def test_a_person_who_presses_again_is_believed_a_moment_later(keyboard: Keyboard) -> None:
    keyboard.presses.first("s")
    assert keyboard.press("s", 0.45)
    assert keyboard.done == []
    keyboard.until(100.0 + 0.45 + holding.PACE)
    assert keyboard.done == ["s"]


def test_another_key_shows_that_the_one_before_was_let_go_of(keyboard: Keyboard) -> None:
    for key, at in (("a", 0.0), ("a", 0.5), ("b", 0.55), ("a", 0.6)):
        assert keyboard.press(key, at)
    assert keyboard.done == ["a", "a", "b", "a"]


def test_what_is_left_in_between_is_not_done(keyboard: Keyboard) -> None:
    keyboard.presses.first("s")
    keyboard.press("s", 0.5)
    keyboard.presses.drop()
    keyboard.until(110.0)
    assert keyboard.done == []


# At the screens.


@pytest.fixture
def paced(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Keys come as fast as a held one sends them, for as long as the test says."""

    def begin(apart: float = 60.0) -> None:
        monkeypatch.setattr(holding, "APART", apart)

    return begin


@pytest.mark.parametrize(("key", "line"), [("s", "/strike 2"), ("w", "/drop 2")])
def test_a_held_key_strikes_nothing(table: Any, paced: Callable[..., None], key: str, line: str) -> None:
    async def hold(person: Any) -> None:
        await person.says("first", "rec: second")
        await person.press("up")
        paced()
        for _ in range(12):
            await person.type(key)
        await person.settled()
        assert person.kinds == ["note", "recommendation"]
        assert f"({line})? let go of {key}, then press it again" in person.told
        paced(0.0)
        await person.press(key)
        assert len(person.kinds) == 3

    table.sit(hold, (120, 30))


def test_a_held_key_ends_nothing_and_enter_still_does(table: Any, paced: Callable[..., None]) -> None:
    async def hold(person: Any) -> None:
        await person.says("/start")
        paced()
        for _ in range(12):
            await person.press("f10")
        assert person.kinds == ["start"]
        assert "let go of F10" in person.told
        await person.press("escape", "enter")
        assert person.kinds == ["start"]
        await person.press("f10", "enter")
        assert person.kinds == ["start", "end"]

    table.sit(hold)


def test_a_held_key_takes_nothing_apart_at_the_table(table: Any, paced: Callable[..., None]) -> None:
    filled(table)

    async def hold(person: Any) -> None:
        await person.says("/join africa1 asia1: One network")
        paced()
        await person.press(*["s"] * 12)
        assert "let go of s" in person.told

    assert kinds(sit(table, hold)) == ["cluster"]


@pytest.mark.parametrize(("key", "kind"), [("a", "status"), ("c", "confirm"), ("asterisk", "star")])
def test_a_held_key_decides_once_at_an_entry(table: Any, paced: Callable[..., None], key: str, kind: str) -> None:
    async def hold(person: Any) -> None:
        await person.says("rec: first", "rec: second")
        await person.press("up")
        paced()
        await person.press(*[key] * 12)
        assert "one key each" in person.told
        await person.press("up", key)  # another entry is another decision
        assert person.kinds[2:] == [kind, kind]
        paced(0.0)
        await person.press(key)
        assert "already" in person.told
        assert len(person.kinds) == 4

    table.sit(hold, (120, 30))


def test_what_stands_so_is_decided_anew_only_after_something_else(table: Any) -> None:
    async def decide(person: Any) -> None:
        await person.says("rec: first")
        await person.press("up", "a", "a")
        assert "agreed already" in person.told
        await person.press("b", "a")
        assert person.kinds[1:] == ["status", "status", "status"]
        await person.press("w")
        await person.press("w", "w")
        assert "withdrawn already" in person.told
        person.beside("/propose 1")
        await person.until(lambda: len(person.kinds) == 6)
        await person.press("a")

    assert [entry.get("status") for entry in table.sit(decide, (120, 30))[1:]] == [
        "agreed", "bracketed", "agreed", "withdrawn", "proposed", "agreed",
    ]  # fmt: skip


def test_a_held_key_decides_once_at_the_table(table: Any, paced: Callable[..., None]) -> None:
    filled(table)

    async def hold(person: Any) -> None:
        await person.says("/join africa1 asia1: One network")
        paced()
        await person.press(*["a"] * 12)
        assert "one key each" in person.told
        await person.press("down", "up", *["1"] * 12)
        paced(0.0)
        await person.press("a")
        assert "agreed already · Common 1" in person.told
        await person.press("tab")
        paced()
        await person.press(*["x"] * 12)
        assert "one key each" in person.told

    assert kinds(sit(table, hold)) == ["cluster", "status", "oppose"]
