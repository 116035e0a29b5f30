"""The guiding questions as a tree, the one at hand marked, and what was written so far."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.agenda import GENERAL
from grcp_cli.meeting.answered import answered
from grcp_cli.meeting.entry import CAPTURED
from grcp_cli.report.wording import counted

from . import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from textual import events

    from grcp_cli.meeting.agenda import Session
    from grcp_cli.meeting.answered import Answered
    from grcp_cli.meeting.rows import Row
    from grcp_cli.meeting.walkthrough import Walk


_ALL = 99
"""Lines that no question needs."""
_PAPER = Console()
"""Only for its rules of wrapping."""


class Questions(Static):
    """Objectives folded away, questions with sign, words and share of time, counts by kind."""

    DEFAULT_CSS = """
    Questions { width: 38%; min-width: 28; max-width: 60; height: 1fr; padding: 0 1; background: $panel; }
    """

    class Chosen(Message):
        """A question was clicked on."""

        def __init__(self, number: str) -> None:
            super().__init__()
            self.number = number

    def __init__(self, session: Session, by: str) -> None:
        super().__init__()
        self._session = session
        self._by = f" by {by}" if by else ""
        self.unfolded = False
        self.only_open = False
        self._answered = answered(session, (), (), ())
        self._kinds: Counter[str] = Counter()
        self._walk: Walk | None = None
        self._spent = 0.0
        self._given: Mapping[str, float] = {}
        self._numbers: list[str] = []
        self._counted = 0
        self._many: Mapping[str, str] = {}
        self._looks: object = None

    def count(self, rows: Iterable[Row], answered: Answered, many: Mapping[str, str]) -> None:
        """Counts what stands; `many` says how many groups have of how many, by address."""
        self._many, self._answered = many, answered
        self._kinds = Counter(each.stated.kind for each in rows if not each.stated.struck)
        self._counted += 1

    def silent(self, noun: str = "") -> str:
        """How many questions are open, at a group's own desk by whom: `2 questions without an entry`."""
        count = len(self._answered.open)
        words = f"{count} {noun}{'' if count == 1 else 's'}" if noun else f"{count}"
        return f"{words} without an entry{self._by}"

    @property
    def any_silent(self) -> bool:
        """Whether a question is open."""
        return bool(self._answered.open)

    def show(self, walk: Walk, spent: float, given: Mapping[str, float]) -> None:
        """Shows where the desk stands; draws only where that looks different.

        Args:
            walk: Where it stands.
            spent: Seconds used at the question at hand.
            given: Seconds that the questions at hand and to come have as time goes, by address.
        """
        self._walk, self._spent, self._given = walk, spent, given
        shares = (facts.minutes(spent), *map(facts.minutes, given.values()))
        looks = walk.here, shares, self.content_size, self.unfolded, self.only_open, self._counted
        if looks == self._looks:
            return
        self._looks = looks
        lines = list(self._lines(max(20, self.content_size.width)))
        self._numbers = [number for _, number in lines]
        self.update(Content("\n").join(line for line, _ in lines), layout=False)

    def on_resize(self) -> None:
        """Wraps anew."""
        if self._walk is not None:
            self.show(self._walk, self._spent, self._given)

    def on_click(self, event: events.Click) -> None:
        """A question clicked on is gone to."""
        if event.y < len(self._numbers) and self._numbers[event.y]:
            self.post_message(self.Chosen(self._numbers[event.y]))

    def _lines(self, width: int) -> Iterator[tuple[Content, str]]:
        """Each line with the number of the question it is about, empty for none."""
        yield from self._objectives(width)
        session = self._session
        assert self._walk is not None
        places = list(facts.places(session, self._walk.here, self._answered, self._spent, self._given, self._many))
        if self._walk.here == GENERAL:
            yield Content.styled("▶ 0 the session in general", "bold $accent"), GENERAL
        if self.only_open:
            for part in _wrapped(f"only those without an entry{self._by} (F8)", width):
                yield Content.styled(part, "$accent"), ""
            silent = {each.number for each in self._answered.open}
            places = [each for each in places if each.number in silent]
        told = [counted(count, kind) for kind in CAPTURED if (count := self._kinds[kind])]
        behind = ["", *_wrapped(", ".join(told) or "nothing written yet", width)]
        above = 1 + (sum(len(_wrapped(each, width - 2)) for each in session.objectives) if self.unfolded else 0)
        rest = self.content_size.height - above - len(behind) - len(places)
        whole = sum(len(list(self._place(each, width, _ALL))) - 1 for each in places) <= rest
        for place in places:
            lines = list(self._place(place, width, _ALL if whole else max(2, rest) if place.here else 1))
            rest -= len(lines) - 1
            for line in lines:
                yield line, place.number
        for part in behind:
            yield Content.styled(part, "$quiet"), ""

    def _objectives(self, width: int) -> Iterator[tuple[Content, str]]:
        """The objectives, folded or not."""
        if self._session.objectives:
            sign, count = ("▾" if self.unfolded else "▸"), len(self._session.objectives)
            yield Content.styled(f"{sign} Objectives ({count}) · F9", "$quiet"), ""
            if self.unfolded:
                for objective in self._session.objectives:
                    for at, part in enumerate(_wrapped(objective, width - 2)):
                        yield Content(f"{'  ' if at else '- '}{part}"), ""

    def _place(self, place: facts.Place, width: int, most: int) -> Iterator[Content]:
        """A question in one line with its words cut, or in as many as it may take."""
        head = f"{'  ' * place.depth}{place.sign} {place.number} "
        hang = cell_len(head)
        style = "bold $accent" if place.here else ""
        if most > 1:
            words = _wrapped(place.text, width - hang)
            about = _wrapped(place.about, width - hang) if place.about else ()
            if len(words) + len(about) > most:
                words = _cut(words, max(1, most - len(about)), width - hang)
            for at, part in enumerate(words):
                yield Content.styled(f"{' ' * hang if at else head}{part}", style)
            for part in about:
                yield Content.styled(f"{' ' * hang}{part}", "$accent" if place.here else "$quiet")
            return
        room = max(4, width - hang - cell_len(place.about) - 1)
        words = _cut(_wrapped(place.text, room - 1), 1, room)
        gap = " " * max(1, width - hang - cell_len(words[0]) - cell_len(place.about))
        yield Content.assemble((head, style), (words[0], style), (f"{gap}{place.about}", "$quiet"))


def _cut(lines: tuple[str, ...], most: int, width: int) -> tuple[str, ...]:
    """So many lines, with a sign where there are more, none wider than so many cells."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and cell_len(last) >= width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


@functools.lru_cache(maxsize=256)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    lines = Text(drawn_line(text)).wrap(_PAPER, max(4, width))
    return tuple(line.plain.rstrip() for line in lines) or ("",)
