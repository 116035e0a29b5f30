"""The keys that matter now, at the bottom of the table's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from . import keys

if TYPE_CHECKING:
    from .wording import Wording


class Below(Static):
    """Those of the line while one types, else those of the row one points at."""

    def __init__(self) -> None:
        super().__init__(id="below")

    def of_line(self, line: Wording) -> None:
        """Shows the keys of the line."""
        self._show(keys.WORDING if line.lead else keys.TYPING)

    def of_row(self, kind: str) -> None:
        """Shows the keys of a row of a kind, as many as fit."""
        self._show(keys.below(kind, self.app.size.width - 2))

    def _show(self, told: tuple[tuple[str, str], ...]) -> None:
        parts = [part for name, tells in told for part in ((name, "bold $primary"), (f" {tells}   ", "$quiet"))]
        self.update(Content.assemble(*parts))
