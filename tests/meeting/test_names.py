"""Whom a name means."""

from typing import Any

import pytest

from grcp_cli.meeting.agenda import Group, Meeting, Participant
from grcp_cli.meeting.names import NAME_LIMIT, Puzzle, Who, attributed, fold, named, nearest, slug


def test_the_longest_known_name_wins(meeting: Meeting) -> None:
    crowded = meeting._replace(
        participants=(
            Participant("bali", "Bali"),
            Participant("bali-process", "Bali Process"),
            Participant("bali-office", "Bali Process Regional Support Office"),
        )
    )
    assert attributed("Bali Process Regional Support Office text", crowded) == (Who("bali-office"), "text")
    assert attributed("Bali Process Regional text", crowded) == (Who("bali-process"), "Regional text")
    assert attributed("bali text", crowded) == (Who("bali"), "text")
    assert attributed("Bali, text", crowded) == (Who("bali"), "text")


@pytest.mark.parametrize(
    ("typed", "who", "rest"),
    [
        ("igad text", Who("igad-rcp"), "text"),
        ("IGAD-RCP: text", Who("igad-rcp"), "text"),
        ("comesa text", Who("midcom"), "text"),
        ("middle-east text", Who("middle-east", "middle-east"), "text"),
        ("Americas and Caribbean: text", Who("americas", "americas"), "text"),
        ("am text", Who("americas", "americas"), "text"),  # id and name of one are no two
        ("- text", Who("-"), "text"),
        ("< text", Who("<"), "text"),
        ("Jane Doe:", Who("Jane Doe", known=False), ""),
        ("Jane Doe: two words", Who("Jane Doe", known=False), "two words"),
        ("col", Who("colombo-process"), ""),
        ("col  two\nlines", Who("colombo-process"), "two\nlines"),
    ],
)
def test_who_and_what_follows(meeting: Meeting, typed: str, who: Who, rest: str) -> None:
    assert attributed(typed, meeting) == (who, rest)


@pytest.mark.parametrize("typed", ["", " 10:30", "\ttext"])
def test_an_at_sign_alone_is_no_attribution(meeting: Meeting, typed: str) -> None:
    assert attributed(typed, meeting) is None


def test_accents_and_case_do_not_matter(meeting: Meeting) -> None:
    accented = meeting._replace(participants=(Participant("cote", "Côte d’Ivoire", aliases=("CÔTE",)),))
    assert attributed("cote text", accented) == (Who("cote"), "text")
    assert attributed("CÔTE D’IVOIRE text", accented) == (Who("cote"), "text")
    assert fold("Straße É") == "strasse e"


def test_names_of_every_script(meeting: Meeting) -> None:
    scripts = meeting._replace(
        participants=(Participant("lebanon", "لبنان"), Participant("china", "中国")), groups=(Group("west", "西亚"),)
    )
    assert attributed("لبنان نص", scripts) == (Who("lebanon"), "نص")
    assert attributed("中国 文本", scripts) == (Who("china"), "文本")
    assert attributed("西 文本", scripts) == (Who("west", "west"), "文本")


def test_an_unknown_or_ambiguous_name_is_a_puzzle(meeting: Meeting) -> None:
    unknown = attributed("Colmbo text", meeting)
    assert unknown == (Puzzle("Colmbo", ("Colombo Process",), ambiguous=False), "text")
    ambiguous = attributed("b text", meeting)
    assert ambiguous == (Puzzle("b", ("Budapest Process", "Bali Process"), ambiguous=True), "text")
    # A free name is no way round an ambiguous beginning.
    several = attributed("mid Office: text", meeting)
    assert several is not None
    assert isinstance(several[0], Puzzle)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("col", Who("colombo-process")),
        ("  Colombo   Process ", Who("colombo-process")),
        ("africa", Who("africa", "africa")),
        ("The Chair", Who("The Chair", known=False)),
        ("Mr  X", Who("Mr X", known=False)),
        ("mid", Puzzle("mid", ("MIDSA", "MIDWA", "MIDCAS", "MIDCOM", "Middle East"), ambiguous=True)),
    ],
)
def test_a_whole_text_is_a_name_or_a_guest(meeting: Meeting, text: str, who: Any) -> None:
    assert named(text, meeting) == who


def test_no_more_of_a_word_is_looked_at_than_a_name_has(meeting: Meeting) -> None:
    puzzle = attributed("x" * 100_000, meeting)
    assert puzzle is not None
    assert puzzle[0] == Puzzle("x" * NAME_LIMIT, (), ambiguous=False)


def test_slugs_and_near_words() -> None:
    assert slug("Regional economic & political organizations") == "regional-economic-political-organizations"
    assert slug("Société civile") == "societe-civile"
    assert nearest("nxt", ("next", "back")) == "next"
    assert nearest("zzz", ("next", "back")) == ""
