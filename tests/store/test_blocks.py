"""A block says what was written, is TOML whatever was typed, and is sealed as the contract says."""

import math
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import CAPTURED, Draft, Entry
from grcp_cli.store import blocks

AT = datetime(2019, 4, 5, 10, 47, 12, 345000, tzinfo=ZoneInfo("Europe/Zurich"))
HEADER = blocks.header("trial", "plenary", "africa")

texts = st.text(st.characters(exclude_categories=("Cs",)))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(timezones=zones).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))
scalars = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.dates(),
    instants,
    st.times().map(lambda at: at.replace(microsecond=0)),
)
values = st.one_of(scalars, st.lists(scalars, max_size=4))
keys = st.from_regex(r"\A[a-z][a-z_-]{0,8}\Z").filter(lambda key: key not in {"id", "at", "n", "kind", "seal"})


def read_back(draft: Draft) -> Entry:
    data = blocks.block("018f", AT, 7, draft, HEADER)
    whole = tomllib.loads((HEADER + data).decode())
    head, chunks, torn = blocks.cut(HEADER + data)
    assert (head, chunks, torn) == (HEADER, [data], b"")
    block = blocks.read(chunks[0], HEADER, None)
    assert block.fault == ""
    assert block.seal == block.found
    assert block.entry is not None
    (table,) = whole["entry"]
    assert {key: table[key] for key in block.entry.fields} == block.entry.fields
    return block.entry


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_any_text_comes_back_as_typed(text: str) -> None:
    entry = read_back(Draft("note", {"question": "q1", "text": text}))
    assert entry._replace(seal="") == Entry("018f", AT, 7, "note", {"question": "q1", "text": text})


@settings(max_examples=300, deadline=None)
@given(kind=st.one_of(st.sampled_from(CAPTURED), texts), fields=st.dictionaries(keys, values, max_size=6))
def test_any_value_of_any_key_comes_back(kind: str, fields: dict[str, Any]) -> None:
    entry = read_back(Draft(kind, fields))
    assert entry.kind == kind
    assert entry.fields == fields
    assert list(entry.fields) == list(fields)


def test_odd_texts(odd: list[str]) -> None:
    for text in odd:
        assert read_back(Draft("note", {"text": text})).text == text


def test_numbers_that_are_none() -> None:
    fields = read_back(Draft("note", {"least": -math.inf, "none": math.inf})).fields
    assert fields == {"least": -math.inf, "none": math.inf}


def test_a_text_of_a_mebibyte_keeps_to_one_line() -> None:
    text = '[[entry]]\nseal = "0123456789ab"\n' * 32768
    data = blocks.block("018f", AT, 1, Draft("note", {"text": text}), HEADER)
    assert data.count(b"\n") == 8
    entry = blocks.read(data, HEADER, None).entry
    assert entry is not None
    assert entry.text == text


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    data = blocks.block("018f", AT, 1, Draft("note", {"text": "a\udcffb"}), HEADER)
    entry = blocks.read(data, HEADER, None).entry
    assert entry is not None
    assert entry.text == "a\ufffdb"


def test_the_form_is_the_contracts() -> None:
    data = blocks.block("01912f6e", AT, 12, Draft("recommendation", {"question": "q1/a", "tags": ["un"]}), HEADER)
    assert HEADER.decode() == (
        "# Append-only. Written by grcp; every block is sealed.\n"
        'format = 1\nmeeting = "trial"\nsession = "plenary"\ndesk = "africa"\n\n'
    )
    lines = data.decode().splitlines()
    assert lines[:-2] == [
        "[[entry]]",
        'id = "01912f6e"',
        "at = 2019-04-05T10:47:12.345+02:00",
        "n = 12",
        'kind = "recommendation"',
        'question = "q1/a"',
        'tags = ["un"]',
    ]
    assert lines[-2].startswith('seal = "')
    assert lines[-1] == ""


def test_seals_chain_as_the_contract_says(
    written: Callable[[list[str]], bytes], seals: Callable[[bytes], list[tuple[str, str]]], odd: list[str]
) -> None:
    found = seals(written(odd))
    assert len(found) == len(odd)
    assert all(carried == should for carried, should in found)
    assert len({carried for carried, _ in found}) == len(odd)


@pytest.mark.parametrize("zone", ["Europe/Zurich", "Africa/Monrovia", "America/La_Paz"])
def test_an_instant_of_a_zone_with_seconds_in_its_offset_is_toml(zone: str) -> None:
    # Local mean time: +00:34:08 in Zurich until 1894; TOML knows hours and minutes.
    at = datetime(1880, 1, 1, 12, tzinfo=ZoneInfo(zone))
    assert tomllib.loads(f"at = {blocks.stamp(at)}")["at"] == at


def test_times_and_dates_stand_as_themselves() -> None:
    entry = read_back(Draft("action", {"due": date(2019, 6, 1), "when": time(9, 30), "since": AT.astimezone(UTC)}))
    assert entry.fields == {"due": date(2019, 6, 1), "when": time(9, 30), "since": AT}


# Blocks made or mended by hand.


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"", "has no valid id, at, kind, n"),
        (b'id = "x"\nat = 2019-04-05T10:47:12.345+02:00\nkind = "note"', "has no valid n"),
        (b'id = 5\nat = 2019-04-05\nkind = "note"\nn = true', "has no valid id, at, n"),
        (b'id = "x"\nat = 2019-04-05T10:47:12\nkind = 1\nn = 3', "has no valid at, kind"),
        (b"what is this", "is not TOML"),
        (b"n = " + b"9" * 5000, "is not TOML"),
        (b"x = " + b"[" * 5000, "is not TOML"),
        (b"x = \xff", "is not UTF-8"),
        (b"at = 2019-02-31T10:00:00Z", "is not TOML"),
        (b'id = "x"\n[[ entry ]]\nid = "y"', "holds 2 entries"),
    ],
)
def test_a_block_of_bad_form_is_told_and_never_raises(line: bytes, told: str) -> None:
    previous = Entry("p", AT, 4, "note", {})
    block = blocks.read(b"[[entry]]\n" + line + b'\ntext = "kept"\nseal = "0123456789ab"\n', b"", previous)
    assert told in block.fault
    assert block.seal == "0123456789ab" != block.found
    if block.entry is not None:
        assert block.entry.n in (3, 4)
        assert block.entry.at.tzinfo is not None


def test_a_seal_that_is_none_is_no_field() -> None:
    block = blocks.read(b'[[entry]]\nid = "x"\nseal = "not a seal"\n', b"", None)
    assert block.entry is not None
    assert "seal" not in block.entry.fields
    assert block.seal == ""
