"""The scribe: writes for the table's screen, and works out what lies on the table."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console.writer import Answer, Failed, Writer
from grcp_cli.meeting.decision import Refuse

from .table import View
from .taking import meant, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.errors import GrcpError
    from grcp_cli.meeting.decision import Show
    from grcp_cli.store.desk import Outcome

    from .table import Table


class Laid(NamedTuple):
    """What lies on the table, after something changed; `told` are lines about what others did."""

    view: View
    told: tuple[str, ...] = ()


class Scribe(Writer[View, Laid]):
    """Takes lines for a desk, each typed before some view of the table, and tells what lies there now."""

    def __init__(self, table: Table, tell: Callable[[Laid | Answer | Failed], None]) -> None:
        super().__init__(table.desk, tell)
        self._table = table
        self._stood_for: defaultdict[str, deque[str]] = defaultdict(deque)
        self._left = table.left

    def begin(self) -> View:
        """Reads the record as it stands, then begins to work."""
        self._table.news()
        view = self._table.look()
        self._thread.start()
        return view

    def leave(self, entries: frozenset[str]) -> None:
        """Proposes none of these any more."""
        self._table.left = entries
        self.retry()

    def _put(self, text: str, beside: View | None) -> None:
        assert beside is not None, "a line comes with its view"
        if told := unchanged(text, self._desk):
            self._tell(Answer(text, (told,)))
            return
        match meant(text, beside, self._desk):
            case Refuse(reason, hint):
                self._tell(Answer(text, refused=f"not saved: {reason}", hint=hint))
            case line:
                self._stood_for[line].append(text)
                self._inbox.put(line)

    def _seen(self) -> Laid | None:
        news = self._table.news()
        if not news.any and self._left == self._table.left:
            return None
        self._left = self._table.left
        return Laid(self._table.look(), news.told)

    def _answer(self, text: str, outcome: Outcome | GrcpError) -> Answer:
        answer = super()._answer(text, outcome)
        typed = self._stood_for[text][0] if answer.waiting else self._stood_for[text].popleft()
        return answer._replace(line=typed)

    def _shown(self, text: str, show: Show) -> Answer:
        return Answer(text, show=show) if show.what in ("quit", "help") else super()._shown(text, show)
