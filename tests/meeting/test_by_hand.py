"""What a seal that does not fit tells: that an entry was changed, or that something before it is gone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.meeting.by_hand import change, gap
from grcp_cli.meeting.entry import CAPTURED, KINDS, WITHHELD, Entry, Source
from grcp_cli.meeting.record import Record

AT = datetime(2019, 4, 5, 8, 45, tzinfo=UTC)


def entries(*written: tuple[int, str]) -> list[Entry]:
    return [Entry(f"id-{place}", AT, n, kind, {}) for place, (n, kind) in enumerate(written)]


def gaps(*written: tuple[int, str]) -> list[str]:
    listed = entries(*written)
    return [gap(before, entry, listed) for before, entry in zip([None, *listed[:-1]], listed, strict=True)]


def test_numbers_that_go_on_tell_nothing() -> None:
    assert gaps((0, "start"), (1, "note"), (1, "status"), (2, WITHHELD), (2, WITHHELD), (3, "note")) == [""] * 6
    assert gaps((0, "of tomorrow"), (1, "of tomorrow"), (2, "note")) == ["", "", ""]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ([(1, "note"), (3, "note")], "something between 1 and 3 is missing or was changed: 2 is not there"),
        ([(1, "note"), (9, "note")], "something between 1 and 9 is missing or was changed: 2 to 8 are not there"),
        ([(2, "note")], "something between the beginning and 2 is missing or was changed: 1 is not there"),
        (
            [(1, "note"), (2, "status")],
            "something between 1 and what follows is missing or was changed: 2 is not there",
        ),
        (
            [(3, "note"), (1, "note"), (6, "note")],
            "something between 1 and 6 is missing or was changed: some of 2 to 5 are not there",
        ),
        ([(1, "note"), (2, "note"), (2, "note")], "something between 2 and 2 was moved or put in twice"),
        ([(2, "note"), (1, "note"), (3, "note")], "something between 1 and 3 was moved or put in twice"),
        ([(5, "note"), (4, "pause")], "something between 5 and what follows was moved or put in twice"),
    ],
)
def test_the_place_of_what_is_gone_is_told(written: list[tuple[int, str]], told: str) -> None:
    assert gaps(*written)[-1] == told


@given(st.integers(), st.integers(), st.sampled_from((*CAPTURED, *KINDS, "of tomorrow")))
def test_no_number_is_too_much(before: int, n: int, kind: str) -> None:
    assert gaps((before, "note"), (n, kind))[1] is not None


def test_every_kind_is_told_with_what_it_does(new_room: Any) -> None:
    desk = new_room("own").desk("working-lunch", "africa", "africa")
    lines = ["rec: One network", "/ok 1", "/amend 1 Two networks", "/+1 igad", "/undo"]
    for line in lines:
        desk.type(line)
    written = [each._replace(found="0" * 12) for each in desk.room.record.files[desk.source]]
    record = Record()
    record.add(desk.source, written)
    told = [
        change(each.id, each.found, written, desk.source, desk.room.meeting, record).partition(" · ")[2]
        for each in written
    ]
    assert told == [
        "1 recommendation: One network",
        "agreed Africa 1 · Two networks",
        "amended Africa 1 · Two networks",
        "support Africa 1 · IGAD-RCP · Two networks",
        "undone · support Africa 1 · IGAD-RCP · Two networks",
    ]


def test_what_cannot_be_read_or_named(new_room: Any) -> None:
    meeting, source, (one,) = new_room("own").meeting, Source("of-old"), entries((1, "status"))
    one = one._replace(found="0" * 12, fields={"target": "id-9"})
    assert change("block-2", "f" * 12, [one], source, meeting, Record()) == (
        "changed by hand: block-2 · a block that cannot be read"
    )
    assert change(one.id, one.found, [one], source, meeting, Record()) == (
        "something between the beginning and what follows is missing or was changed: 1 is not there · id-0"
        " · 1 status: id-9"
    )
