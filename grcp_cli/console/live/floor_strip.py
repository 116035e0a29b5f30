"""The floor in one line: who speaks and how long still, who is next, who has not been heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from grcp_cli.console import times
from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.balance import balance
from grcp_cli.meeting.clock import ENDED

from . import facts

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.walkthrough import Walk


class FloorStrip(Static):
    """Shown while somebody has the floor or waits for it; each second changes only its digits."""

    DEFAULT_CSS = """
    FloorStrip { height: 1; padding: 0 1; background: $panel; display: none; text-wrap: nowrap; }
    FloorStrip.-taken { display: block; }
    """

    def __init__(self, meeting: Meeting, session: Session) -> None:
        super().__init__()
        self._meeting, self._session = meeting, session
        self._shown = ""

    def show(self, walk: Walk, elapsed: float) -> None:
        """Shows the floor when the session has run for so many seconds; draws only what changed."""
        floor = walk.floor
        self.set_class(bool(floor.turn or floor.waiting) and walk.clock.state != ENDED, "-taken")
        now = facts.speaking(self._meeting, self._session, walk, elapsed)
        head = f"{now.sign} {now.who} {now.time} {now.words}" if now else "the floor is free"
        parts = [part for part in (self._next(walk), "" if floor.open else "list closed", self._unheard(walk)) if part]
        told = self._fitted(drawn_line(head), [drawn_line(part) for part in parts])
        if told == self._shown:
            return
        self._shown = told
        style = "bold $accent" if now and now.warned else "bold $primary" if now else "$quiet"
        self.update(Content.assemble((told[: len(head)], style), told[len(head) :]), layout=False)

    def _next(self, walk: Walk) -> str:
        waiting = list(times.waiting(self._meeting, walk.floor))
        return f"{len(waiting)} waiting: {', '.join(waiting)}" if waiting else ""

    def _unheard(self, walk: Walk) -> str:
        """Whom to think of: a suggestion, told only once somebody of a group has spoken."""
        found = balance(self._meeting, (*walk.floor.turns, *((walk.floor.turn,) if walk.floor.turn else ())))
        names = ", ".join(map(self._meeting.name_of, found.unheard))
        return f"not heard yet: {names}" if names and any(share.of for share in found.groups) else ""

    def _fitted(self, head: str, parts: list[str]) -> str:
        """As many parts as there is room for, the last of them cut."""
        room = max(20, self.size.width - 2)
        told = head
        for part in parts:
            longer = f"{told} · {part}"
            if cell_len(longer) > room:
                cut = longer
                while cell_len(cut) >= room:
                    cut = cut[:-1]
                return f"{cut}…" if len(cut) > len(told) + 4 else told
            told = longer
        return told
