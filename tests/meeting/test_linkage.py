"""Complete linkage, against what it promises and against doing it the slow way."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.linkage import linked

Scores = dict[tuple[int, int], int]


def link(count: int, scores: Scores, owners: list[str] | None = None) -> list[tuple[int, ...]]:
    named = owners or [str(at) for at in range(count)]
    return linked(count, ((*pair, score) for pair, score in scores.items()), named)


def slowly(count: int, scores: Scores) -> list[tuple[int, ...]]:
    """Joins the two groups that are most alike, again and again."""
    groups = [(at,) for at in range(count)]
    while True:
        best = [
            (min(scores.get((min(a, b), max(a, b)), 0) for a in one for b in other), one, other)
            for one, other in combinations(groups, 2)
        ]
        score, one, other = max(best, default=(0, (), ()))
        if not score:
            return sorted(tuple(sorted(each)) for each in groups if len(each) > 1)
        groups = [each for each in groups if each not in (one, other)] + [one + other]


def test_nothing_is_linked_through_another() -> None:
    assert link(3, {(0, 1): 90, (1, 2): 80}) == [(0, 1)]
    assert link(4, {(0, 1): 60, (1, 2): 90, (2, 3): 60}) == [(1, 2)]


def test_a_tie_goes_to_what_comes_first() -> None:
    assert link(3, {(0, 1): 80, (1, 2): 80}) == [(0, 1)]
    assert link(4, {(0, 1): 80, (1, 2): 80, (2, 3): 80, (0, 3): 80}) == [(0, 1), (2, 3)]


def test_other_owners_come_first_then_ones_own_joins_in() -> None:
    owners = ["africa", "africa", "asia"]
    assert link(3, {(0, 1): 99, (0, 2): 60}, owners) == [(0, 2)]
    assert link(3, {(0, 1): 99, (0, 2): 60, (1, 2): 55}, owners) == [(0, 1, 2)]
    assert link(2, {(0, 1): 99}, ["africa", "africa"]) == [(0, 1)]


def test_nothing_and_one_alone() -> None:
    assert link(0, {}) == []
    assert link(1, {}) == []
    assert link(3, {}) == []


def test_all_that_is_alike_is_one() -> None:
    assert link(300, dict.fromkeys(combinations(range(300), 2), 77)) == [tuple(range(300))]


@st.composite
def different(draw: st.DrawFn) -> tuple[int, Scores]:
    """Scores of which no two are the same: there is one right answer."""
    count = draw(st.integers(2, 9))
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    values = draw(st.permutations(range(1, 101)))
    return count, dict(zip(chosen, values, strict=False))


@settings(max_examples=300, deadline=None)
@given(different())
def test_it_is_what_the_slow_way_finds(case: tuple[int, Scores]) -> None:
    count, scores = case
    assert link(count, scores) == slowly(count, scores)


@settings(max_examples=300, deadline=None)
@given(
    st.integers(2, 12).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.dictionaries(st.sampled_from(list(combinations(range(count), 2))), st.integers(1, 100)),
            st.lists(st.sampled_from("abc"), min_size=count, max_size=count),
        )
    )
)
def test_every_two_of_a_group_are_alike_and_no_two_groups_could_be_one(case: tuple[int, Scores, list[str]]) -> None:
    count, scores, owners = case
    groups = link(count, scores, owners)
    assert groups == link(count, dict(reversed(scores.items())), owners)
    members = [member for group in groups for member in group]
    assert len(members) == len(set(members))
    assert all(pair in scores for group in groups for pair in combinations(group, 2))
    alone = [(at,) for at in range(count) if at not in members]
    for one, other in combinations([*groups, *alone], 2):
        assert any((min(a, b), max(a, b)) not in scores for a in one for b in other)
