"""Charts: every value told in words, nothing a plain renderer would not know, readable without colour."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from grcp_cli.report import charts
from grcp_cli.report.charts import svg
from grcp_cli.report.document import Bar, Chart

SVG = "{http://www.w3.org/2000/svg}"
LONG = "The contribution of consultative processes to migration governance at national, regional and global levels "

TIME = Chart(
    "time",
    "Time planned & used",
    ("Planned", "Used"),
    (
        Bar("Session 1: Opening", (60, 75), ("1 h", "1 h 15")),
        Bar(LONG * 3, (30, 0), ("30 min", "–")),
        Bar("العملية (2019): أفريقيا", (45, 12.5), ("45 min", "12 min")),
    ),
)


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(svg(chart))


def texts(chart: Chart) -> list[str]:
    return [each.text or "" for each in drawn(chart).iter(f"{SVG}text")]


def one(label: str = "A", value: float = 1, word: str = "1") -> Chart:
    return Chart("one", "One", ("n",), (Bar(label, (value,), (word,)),))


def test_it_says_what_it_is() -> None:
    picture = drawn(TIME)
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "Time planned & used"
    assert picture[0].tag == f"{SVG}title"
    assert picture[0].text == "Time planned & used"


def test_every_value_stands_in_words_beside_its_bar() -> None:
    told = texts(TIME)
    assert told[:2] == ["Planned", "Used"]
    assert [each for each in told if each in ("1 h", "1 h 15", "30 min", "–", "45 min", "12 min")] == [
        *("1 h", "1 h 15", "30 min", "–", "45 min", "12 min")
    ]


def test_bars_are_as_long_as_their_values() -> None:
    bars = [float(each.get("width", 0)) for each in drawn(TIME).iter(f"{SVG}rect")][2:]
    planned, used, *_ = bars
    assert used / planned == pytest.approx(75 / 60, rel=0.01)
    assert len(bars) == 5, "nothing is drawn for nothing"


def test_nothing_stands_outside_of_the_picture() -> None:
    picture = drawn(TIME)
    wide, high = float(picture.get("width", 0)), float(picture.get("height", 0))
    assert picture.get("viewBox") == f"0 0 {wide:g} {high:g}"
    for each in picture.iter(f"{SVG}rect"):
        assert float(each.get("x", 0)) + float(each.get("width", 0)) <= wide
        assert float(each.get("y", 0)) + float(each.get("height", 0)) <= high
    assert all(float(each.get("y", 0)) <= high for each in picture.iter(f"{SVG}text"))


def test_series_differ_without_colour() -> None:
    shapes = [each for each in drawn(TIME) if each.tag in (f"{SVG}rect", f"{SVG}path")]
    striped = [shapes[at + 1].get("stroke-dasharray") for at in range(4) if shapes[at].tag == f"{SVG}rect"]
    assert len(set(striped)) == 2


def test_of_many_series_each_bar_says_which_it_is() -> None:
    chart = Chart(
        "many",
        "Many",
        ("agreed", "open", "lost"),
        (Bar("A", (2, 0, 1), ("2", "0", "1")), Bar("B", (0, 0, 0), ("0", "0", "0"))),
    )
    assert texts(chart) == ["A", "2 · agreed", "1 · lost", "B", "0"]


def test_looks_are_seen_on_white_and_on_black() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for colour, _ in charts._LOOKS:
        assert 1.05 / (light(colour) + 0.05) >= 3
        assert (light(colour) + 0.05) / 0.058 >= 3
    assert all(before != after for before, after in pairwise(charts._LOOKS))
    assert len(set(charts._LOOKS)) == len(charts._LOOKS)


@pytest.mark.parametrize(
    "label", ["R&D <b>", "</text><script>alert(1)</script>", "]]>", "{{ 7 * 7 }}", '" onload="x', "&amp;", "🙂 中文"]
)
def test_hard_labels_are_text(label: str) -> None:
    chart = Chart("c", label, (label, "b"), (Bar(label, (1, 2), (label, "2")),))
    assert [each.split() for each in texts(chart)] == [each.split() for each in (label, "b", label, label, "2")]
    assert {each.tag.removeprefix(SVG) for each in drawn(chart).iter()} <= {"svg", "title", "text", "rect", "path"}


def test_long_labels_are_broken_and_cut() -> None:
    first, second = [each for each in texts(TIME) if each[:-1].strip() in LONG * 3 and len(each) > 30]
    assert (LONG * 3).startswith(f"{first} {second[:-1]}")
    assert second.endswith("…")
    assert texts(one("x" * 4000))[1].endswith("…")
    assert "…" in texts(one(word="w" * 4000))[1]


def test_marks_stay_with_their_letters() -> None:
    cut = texts(one("e\u0301" * 300))
    assert all(not each.startswith("\u0301") for each in cut)
    assert cut[1].rstrip("…").endswith("\u0301")


def test_right_to_left_is_isolated_without_attributes() -> None:
    (label,) = [each for each in texts(TIME) if "2019" in each]
    assert label == "\u2067العملية (2019): أفريقيا\u2069"
    assert "direction" not in svg(TIME)


def test_only_what_every_renderer_knows() -> None:
    picture = svg(TIME)
    assert not re.search(r"foreignObject|style=|class=|href|url\(|var\(|<a |id=", picture)
    assert 'font-family="sans-serif"' in picture


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_what_cannot_be_drawn_is_still_told(value: float) -> None:
    assert texts(one(value=value, word="none")) == ["A", "none"]
    assert not list(drawn(one(value=value)).iter(f"{SVG}rect"))


def test_an_empty_chart_and_an_empty_label() -> None:
    assert drawn(Chart("c", "Empty", ("n",), ())).get("height") == "1"
    assert texts(one(label="")) == ["1"]


def test_same_chart_same_bytes() -> None:
    assert svg(TIME) == svg(TIME)


def test_characters_that_xml_cannot_hold_go() -> None:
    assert texts(one("a\ufffeb\x0bc\nd\ud800")) == ["ab c d?", "1"]
