"""A column for each group, side by side: as many as there is room for, the one pointed at among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal

from grcp_cli.console.clean import drawn_line

from .pane import Pane
from .rows import column

if TYPE_CHECKING:
    from collections.abc import Collection

    from grcp_cli.meeting.agenda import Meeting, Session

    from .table import View

_NARROWEST = 36
"""Cells that a column needs to be read."""


class Columns(Horizontal):
    """The groups' recommendations."""

    def __init__(self, meeting: Meeting, session: Session) -> None:
        super().__init__()
        self._meeting, self._session = meeting, session
        self._panes: list[Pane] = []
        self._groups: list[str] = []
        self._at = 0

    @property
    def current(self) -> Pane | None:
        """The column pointed at, None where there is none."""
        return self._panes[self._at] if self._panes else None

    async def lay(self, view: View, marked: Collection[str]) -> None:
        """Shows the columns of a sheet."""
        groups = [each.group for each in view.sheet.columns]
        if groups != self._groups:
            held = self._groups[self._at] if self._groups else ""
            focused = any(each.has_focus for each in self._panes)
            await self.remove_children()
            self._panes, self._groups = [Pane() for _ in groups], groups
            self._at = groups.index(held) if held in groups else 0
            await self.mount_all(self._panes)
            if focused and self.current:
                self.current.focus()
        for at, (pane, each) in enumerate(zip(self._panes, view.sheet.columns, strict=True)):
            name = self._meeting.name_of(each.group) if each.group else self._session.label
            which = f" ({at + 1} of {len(groups)}, ← →)" if len(groups) > 1 else ""
            pane.show(column(each, view, marked), drawn_line(f"{name} · {len(each.items)}{which}"))
        self.fit()

    def turn(self, by: int) -> None:
        """Points at the next column, or the one before."""
        if self._panes:
            self._at = (self._at + by) % len(self._panes)
            self.fit()
            self._panes[self._at].focus()

    def fit(self) -> None:
        """Shows as many columns as there is room for."""
        many = max(1, self.app.size.width // _NARROWEST)
        first = max(0, min(self._at - many // 2, len(self._panes) - many))
        for at, pane in enumerate(self._panes):
            pane.display = first <= at < first + many

    @on(Pane.Pointed)
    def _pointed(self, event: Pane.Pointed) -> None:
        """A column was clicked on, or came to the focus."""
        del event
        for at, pane in enumerate(self._panes):
            if pane.has_focus:
                self._at = at
