"""Every key and table of a TOML file is found where it stands."""

import time
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.store.toml_places import Path, spots

Places = dict[Path, tuple[int, int]]


def places(text: str) -> Places:
    found = {path: (spot.line, spot.column) for path, spot in spots(text).items()}
    assert found.pop(()) == (1, 1)
    return found


def test_keys_stand_below_their_headers() -> None:
    assert places('format = 1\n\n[meeting]\n  id = "m"\n\n[timing.limits]\nx=1') == {
        ("format",): (1, 1),
        ("meeting",): (3, 1),
        ("meeting", "id"): (4, 3),
        ("timing",): (6, 1),
        ("timing", "limits"): (6, 1),
        ("timing", "limits", "x"): (7, 1),
    }


def test_tables_of_an_array_are_counted_and_their_inner_tables_belong_to_the_last() -> None:
    text = """
[[session]]
id = "a"
[[session.question]]
id = "q1"
[[session.question.sub]]
id = "x"
[[session.question]]
[session.room]
floor = 2
[[session]]
[[session.question]]
id = "q9"
"""
    assert places(text) == {
        ("session",): (2, 1),
        ("session", 0): (2, 1),
        ("session", 0, "id"): (3, 1),
        ("session", 0, "question"): (4, 1),
        ("session", 0, "question", 0): (4, 1),
        ("session", 0, "question", 0, "id"): (5, 1),
        ("session", 0, "question", 0, "sub"): (6, 1),
        ("session", 0, "question", 0, "sub", 0): (6, 1),
        ("session", 0, "question", 0, "sub", 0, "id"): (7, 1),
        ("session", 0, "question", 1): (8, 1),
        ("session", 0, "room"): (9, 1),
        ("session", 0, "room", "floor"): (10, 1),
        ("session", 1): (11, 1),
        ("session", 1, "question"): (12, 1),
        ("session", 1, "question", 0): (12, 1),
        ("session", 1, "question", 0, "id"): (13, 1),
    }


def test_dotted_and_quoted_keys() -> None:
    text = """
a.b . "c.d" = 1
"x = [y]" = 2
'#' = 3
"\\u00e9" = 4
[ "p.q" . 'r"' ]
z = 5
[["[s]"]]
"""
    assert places(text) == {
        ("a",): (2, 1),
        ("a", "b"): (2, 1),
        ("a", "b", "c.d"): (2, 1),
        ("x = [y]",): (3, 1),
        ("#",): (4, 1),
        ("é",): (5, 1),
        ("p.q",): (6, 1),
        ("p.q", 'r"'): (6, 1),
        ("p.q", 'r"', "z"): (7, 1),
        ("[s]",): (8, 1),
        ("[s]", 0): (8, 1),
    }


def test_inline_tables_and_arrays() -> None:
    text = """
m = {id = "a", t = {u.v = [1, {w = 2}]}, d = 2027-03-14 09:00:00}
list = [
    "one", # [[session]]
    [2, 3],
    { k = "}" },
]
"""
    assert places(text) == {
        ("m",): (2, 1),
        ("m", "id"): (2, 6),
        ("m", "t"): (2, 16),
        ("m", "t", "u"): (2, 21),
        ("m", "t", "u", "v"): (2, 21),
        ("m", "t", "u", "v", 0): (2, 28),
        ("m", "t", "u", "v", 1): (2, 31),
        ("m", "t", "u", "v", 1, "w"): (2, 32),
        ("m", "d"): (2, 42),
        ("list",): (3, 1),
        ("list", 0): (4, 5),
        ("list", 1): (5, 5),
        ("list", 1, 0): (5, 6),
        ("list", 1, 1): (5, 9),
        ("list", 2): (6, 5),
        ("list", 2, "k"): (6, 7),
    }


@pytest.mark.parametrize(
    "value",
    [
        '"""\n[[session]]\nid = "no"\n"""',
        "'''\n[[session]]\n'''",
        '"""ends in quotes"""""',
        "'''ends in quotes'''''",
        '"""a \\""" b"""',
        '""""""',
        "''",
        '"\\\\"',
        '"""\\\n   [x]"""',
        '[\n# ]\n\']\', """]\n"""]',
        '"# no remark"',
        "1979-05-27T07:32:00Z # a remark = 1",
    ],
)
def test_nothing_within_a_value_is_taken_for_a_key(value: str) -> None:
    lines = value.count("\n")
    assert {path: spot for path, spot in places(f"a = {value}\nb = 1\n").items() if len(path) == 1} == {
        ("a",): (1, 1),
        ("b",): (2 + lines, 1),
    }


def test_columns_count_characters() -> None:
    assert places('m = {"😀é" = 1, b = 2}')["m", "b"] == (1, 16)


def test_a_file_without_anything_has_its_beginning() -> None:
    assert places("") == places("\n# only a remark\n") == {}


KEYS = st.text(min_size=1, max_size=6) | st.sampled_from(
    ["session", "id", "a.b", '"', "'", "[[x]]", "#", "=", "é", " "]
)
VALUES = st.recursive(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.sampled_from(['[[session]]\nid = "x"\n', '"""', "'''", "# no"]),
        st.integers(-(2**63), 2**63 - 1),
        st.booleans(),
        st.dates(),
        st.times(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=15,
)
TABLES = st.dictionaries(KEYS, VALUES | st.lists(st.dictionaries(KEYS, VALUES, max_size=3), min_size=1), max_size=5)


def paths(value: Any, above: Path = ()) -> Iterator[Path]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*above, step)
        yield from paths(inner, (*above, step))


def key_at(text: str, line: int, column: int) -> str:
    """What stands at a place, read by itself: the key or header there, unquoted."""
    here = text.split("\n")[line - 1][column - 1 :].lstrip("[")
    if here.startswith('"'):
        end = 1
        while here[end] != '"':
            end += 2 if here[end] == "\\" else 1
        return str(tomllib.loads(f"k = {here[: end + 1]}")["k"])
    return here.split(" ")[0].split("]")[0].split(".")[0]


def header_keys(line: str) -> list[str]:
    """The names in a header."""
    keys = []
    table: Any = tomllib.loads(line)
    while table:
        ((key, table),) = table.items()
        table = table[0] if isinstance(table, list) else table
        keys.append(key)
    return keys


@given(TABLES, st.booleans())
def test_every_key_of_any_file_has_its_place(table: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(table, multiline_strings=multiline).replace("\r\n", "\n")
    found = spots(text)
    for path in paths(table):
        spot = found[path]
        line = text.split("\n")[spot.line - 1]
        assert 1 <= spot.column <= len(line)
        if line.startswith("["):
            names = [step for step in path if isinstance(step, str)]
            assert header_keys(line)[: len(names)] == names
        elif isinstance(path[-1], str):
            assert key_at(text, *spot) == path[-1]


@pytest.mark.parametrize(
    "text",
    [
        '[[session]]\nid = "a"\ntitle = "Something as long as titles are"\nminutes = 75\n' * 3000,
        "a = [" + "1, " * 70_000 + "]",
        'a = """' + "x" * 200_000 + '"""',
        ".".join("a" * 70_000) + " = 1",
        "a = " + "[" * 100_000 + "]" * 100_000,
        "# " + "remark " * 30_000,
    ],
    ids=["tables", "array", "text", "dots", "brackets", "remark"],
)
def test_a_large_file_takes_no_longer_than_it_is_long(text: str) -> None:
    assert len(text) > 100_000
    began = time.process_time()
    spots(text)
    assert time.process_time() - began < 2
