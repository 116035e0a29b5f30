"""A line that makes several entries is saved whole or not at all, so that it can be saved again."""

import errno
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from grcp_cli.store.desk import Desk, Saved
from grcp_cli.store.durable import DiskError

Sit = Callable[..., Desk]


def test_a_disk_that_fills_within_a_line_keeps_nothing_of_it(
    sit: Sit, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sit()
    desk.say("a text")
    before = path.read_bytes()
    real = os.write

    def half(descriptor: int, data: bytes) -> int:
        if len(data) > 300:
            return real(descriptor, data[:300])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", half)
        with pytest.raises(DiskError):
            desk.say("/+1 Anna, Berta, Clara")
    assert path.read_bytes() == before
    again = desk.say("/+1 Anna, Berta, Clara")
    assert isinstance(again, Saved)
    written = tomllib.loads(path.read_text(encoding="utf-8"))["entry"]
    assert [entry.get("who") for entry in written] == [None, "Anna", "Berta", "Clara"]


def test_several_entries_take_one_wait_for_the_disk(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit()
    desk.say("a text")
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    outcome = desk.say("/+1 Anna, Berta, Clara")
    assert isinstance(outcome, Saved)
    assert (len(outcome.entries), len(waited)) == (3, 1)
