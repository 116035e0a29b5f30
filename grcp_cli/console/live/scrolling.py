"""Which lines of a list are in view: rows of several lines each, looked at only where they are seen or passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Top(NamedTuple):
    """What stands at the top of the view: a row, and which of its lines."""

    row: int
    line: int = 0


BEGINNING = Top(0)


class Scrolling:
    """The view of a list: it shows nothing beyond either end while there is something else to show."""

    def __init__(self, height: Callable[[int], int], count: Callable[[], int], room: Callable[[], int]) -> None:
        """Begins at the end, and stays there as the list grows.

        Args:
            height: Lines of the row at a place.
            count: How many rows there are.
            room: Lines of the view.
        """
        self._height, self._count, self._room = height, count, room
        self._top: Top | None = None

    @property
    def follows(self) -> bool:
        """Whether the end is in view and stays so as the list grows."""
        return self._top is None

    @property
    def top(self) -> Top:
        """What stands at the top now."""
        if not self._count():
            return BEGINNING
        return self._ending(self._count() - 1) if self._top is None else min(self._top, self._lowest)

    @property
    def seen(self) -> range:
        """The rows in view, the first and the last perhaps in part."""
        at, line = self.top
        behind, room = at, self._room() + line
        while behind < self._count() and room > 0:
            room -= self._height(behind)
            behind += 1
        return range(at, behind)

    @property
    def below(self) -> int:
        """How many rows do not end in view, while that is not the end."""
        if self.follows:
            return 0
        at, line = self.top
        room = self._room() + line
        while at < self._count() and (room := room - self._height(at)) >= 0:
            at += 1
        return self._count() - at

    def follow(self) -> None:
        """To the end, and on with it."""
        self._top = None

    def begin(self) -> None:
        """To the beginning."""
        self._top = BEGINNING

    def end(self) -> None:
        """To the end, as it is now."""
        self._top = self._lowest

    def put(self, top: Top) -> None:
        """Lets something stand at the top, as far as what is behind it fills the view."""
        self._top = top

    def by(self, lines: int, *, follows: bool) -> None:
        """Further by so many lines; whether the end is followed once it is reached."""
        if not self._count():
            return
        at, line = self.top
        line += lines
        while line < 0 and at:
            at -= 1
            line += self._height(at)
        while at < self._count() - 1 and line >= self._height(at):
            line -= self._height(at)
            at += 1
        top, lowest = Top(at, max(0, line)), self._lowest
        # A last row taller than the view is read on to its end, and not from its beginning again.
        self._top = None if follows and top >= lowest == self._ending(self._count() - 1) else min(top, lowest)

    def page(self, by: int, *, follows: bool) -> None:
        """Further by about what is seen."""
        self.by(by * max(1, self._room() - 1), follows=follows)

    def bring(self, at: int) -> None:
        """Brings a row into view, whole where there is room for it."""
        if Top(at) < self.top:
            self._top = Top(at)
        elif (ending := self._ending(at)) > self.top:
            self._top = ending

    @property
    def _lowest(self) -> Top:
        """As far down as the view goes."""
        last = self._count() - 1
        if last < 0:
            return BEGINNING
        over = self._height(last) - self._room()
        return Top(last, over) if over > 0 else self._ending(last)

    def _ending(self, at: int) -> Top:
        """The top of the view that a row ends; one taller than the view is read from its beginning."""
        room = self._room() - self._height(at)
        if room < 0:
            return Top(at)
        while at and room > 0:
            at -= 1
            room -= self._height(at)
        return Top(at, max(0, -room))
