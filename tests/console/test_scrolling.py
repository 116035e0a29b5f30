"""Which lines of a list are in view: never half empty, and what is brought into view is there."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from grcp_cli.console.live.scrolling import BEGINNING, Scrolling, Top

HEIGHTS = st.lists(st.integers(1, 12), max_size=30)
ROOM = st.integers(1, 20)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["by", "page"]), st.integers(-40, 40)),
        st.tuples(st.just("bring"), st.integers(0, 29)),
        st.tuples(st.sampled_from(["begin", "end", "follow"]), st.just(0)),
    ),
    max_size=12,
)


def view(heights: list[int], room: int) -> Scrolling:
    return Scrolling(heights.__getitem__, lambda: len(heights), lambda: room)


def lines(heights: list[int], room: int, scrolling: Scrolling) -> list[tuple[int, int]]:
    """The row and line of each line in view."""
    every = [(row, line) for row in scrolling.seen for line in range(heights[row])]
    return every[scrolling.top.line :][:room]


def moved(scrolling: Scrolling, heights: list[int], moves: list[tuple[str, int]], *, follows: bool = True) -> None:
    for what, by in moves:
        if what in ("by", "page"):
            getattr(scrolling, what)(by, follows=follows)
        elif what == "bring":
            if by < len(heights):
                scrolling.bring(by)
        else:
            getattr(scrolling, what)()


@given(heights=HEIGHTS, room=ROOM, moves=MOVES, follows=st.booleans())
def test_it_is_never_half_empty(heights: list[int], room: int, moves: list[Any], follows: bool) -> None:
    scrolling = view(heights, room)
    moved(scrolling, heights, moves, follows=follows)
    assert len(lines(heights, room, scrolling)) == min(room, sum(heights))


@given(heights=HEIGHTS.filter(bool), room=ROOM, moves=MOVES, row=st.integers(0, 29))
def test_what_is_brought_is_in_view(heights: list[int], room: int, moves: list[Any], row: int) -> None:
    scrolling = view(heights, room)
    moved(scrolling, heights, moves)
    row %= len(heights)
    scrolling.bring(row)
    seen = lines(heights, room, scrolling)
    wanted = [(row, line) for line in range(heights[row])]
    assert set(wanted) <= set(seen) or seen[: len(wanted)] == wanted[:room]


@given(heights=HEIGHTS.filter(bool), room=ROOM, moves=MOVES)
def test_pages_lead_to_either_end_and_miss_nothing(heights: list[int], room: int, moves: list[Any]) -> None:
    scrolling = view(heights, room)
    moved(scrolling, heights, moves)
    for _ in range(sum(heights) + 1):
        scrolling.page(-1, follows=False)
    assert scrolling.top == BEGINNING
    seen = lines(heights, room, scrolling)
    while (top := scrolling.top) and (scrolling.page(1, follows=False), scrolling.top)[1] != top:
        seen += lines(heights, room, scrolling)
    assert set(seen) == {(row, line) for row, height in enumerate(heights) for line in range(height)}
    assert scrolling.below == 0


def test_the_end_is_followed_until_one_looks_back() -> None:
    heights = [1] * 10
    scrolling = view(heights, 4)
    heights.append(1)
    assert scrolling.seen == range(7, 11)
    scrolling.by(-2, follows=True)
    heights.append(1)
    assert (scrolling.seen, scrolling.below) == (range(5, 9), 3)
    scrolling.page(1, follows=True)
    scrolling.page(1, follows=True)
    heights.append(1)
    assert scrolling.seen == range(9, 13)


def test_the_last_one_taller_than_the_view_is_read_from_its_beginning_and_to_its_end() -> None:
    heights = [1, 9]
    scrolling = view(heights, 4)
    assert scrolling.top == Top(1)
    for _ in range(3):
        scrolling.page(1, follows=True)
    assert lines(heights, 4, scrolling)[-1] == (1, 8)


def test_rows_that_go_leave_no_gap() -> None:
    heights = [2] * 10
    scrolling = view(heights, 6)
    scrolling.put(Top(6))
    del heights[5:]
    assert scrolling.seen == range(2, 5)
    heights.clear()
    assert (scrolling.seen, scrolling.below) == (range(0), 0)
