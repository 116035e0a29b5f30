"""How alike texts are: pairs as people make them, every script, and nothing that depends on other texts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.synthesis import Alike
from grcp_cli.similarity import FLOOR, Scorer, alike, words

PAIRS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "alike.toml").read_text(encoding="utf-8")
)["pair"]


def score(one: str, other: str, floor: int = 1) -> int:
    found = alike([one, other], floor)
    return found[0].score if found else 0


def test_there_are_thirty_pairs_and_none_is_there_twice() -> None:
    assert len(PAIRS) >= 30
    assert len({(each["one"], each["other"]) for each in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['why']}: {pair['one'][:30]}")
def test_a_pair_is_told_as_people_would_or_is_known_to_be_missed(pair: dict[str, Any]) -> None:
    told = score(pair["one"], pair["other"]) >= FLOOR
    missed = pair.get("missed", False)
    assert told is (pair["alike"] is not missed), "a better scorer? then take `missed` away"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['why']}: {pair['one'][:30]}")
def test_the_words_are_as_they_were_typed(pair: dict[str, Any]) -> None:
    for found in alike([pair["one"], pair["other"]], 1):
        assert found.words
        assert all(word in pair["one"] for word in found.words)


def test_a_figure_that_differs_is_none_of_the_words() -> None:
    (found,) = alike(["Meet 2 times a year in Geneva", "Meet 3 times a year in Geneva"])
    assert found.words == ("Meet", "times", "year", "Geneva")


def test_a_scorer_is_a_function_from_texts_to_scores() -> None:
    scorer: Scorer = alike
    (found,) = scorer(["One calendar for all", "nothing of that", "A calendar for all"])
    assert found[:2] == (0, 2)
    assert found.words == ("calendar",)
    assert isinstance(found, Alike)


@pytest.mark.parametrize("text", ["", " ", "the of and", "!?", "🌍🤝", "\u0301", "\x00\x1b[", "ـ", "ۖ"])
def test_a_text_without_words_is_like_nothing(text: str) -> None:
    assert alike([text, text, "A network of focal points"], 1) == []


def test_chinese_and_japanese_are_read_by_pairs_and_told_in_runs() -> None:
    assert [word.stem for word in words("信息交流")] == ["信息", "息交", "交流"]
    assert [word.stem for word in words("第3届 会")] == ["第", "3", "届", "会"]
    (found,) = alike(["建立信息交流平台", "信息交流平台由秘书处管理"])
    assert found.words == ("信息交流平台",)


def test_arabic_is_read_without_diacritics_and_article() -> None:
    assert [word.stem for word in words("البيانات")] == [word.stem for word in words("بَيَانَات")]


def test_a_decomposed_letter_is_the_same_letter() -> None:
    assert score("Coopération régionale", "Coope\u0301ration re\u0301gionale") == 100


def test_a_score_depends_on_the_two_alone() -> None:
    texts = [text for pair in PAIRS for text in (pair["one"], pair["other"])]
    for found in alike(texts, 1):
        assert score(texts[found.first], texts[found.second]) == found.score


def test_each_pair_comes_once_and_in_order() -> None:
    texts = [text for pair in PAIRS for text in (pair["one"], pair["other"])]
    found = alike(texts, 1)
    places = [(each.first, each.second) for each in found]
    assert places == sorted(set(places))
    assert all(first < second for first, second in places)
    assert found == alike(texts, 1)


def test_the_floor_leaves_out_what_is_below_and_nothing_else() -> None:
    texts = [text for pair in PAIRS for text in (pair["one"], pair["other"])]
    every = alike(texts, 1)
    for floor in (1, 30, 50, 75, 100):
        assert alike(texts, floor) == [each for each in every if each.score >= floor]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=2, max_size=5))
def test_any_text_is_scored(texts: list[str]) -> None:
    for found in alike(texts, 1):
        assert 1 <= found.score <= 100
        assert all(word in texts[found.first] for word in found.words)
        assert score(texts[found.second], texts[found.first]) in range(found.score - 1, found.score + 2)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_the_same_text_is_wholly_alike(text: str) -> None:
    assert score(text, text) == (100 if words(text) else 0)
