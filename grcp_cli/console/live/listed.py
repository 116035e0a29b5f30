"""What the record pane lists: the session's entries as they stand, all of them or those that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.rows import Rows
from grcp_cli.meeting.sieve import Sieve

if TYPE_CHECKING:
    from grcp_cli.console.clerk import Seen
    from grcp_cli.meeting.agenda import Session

    from .record_pane import RecordPane


class Listed:
    """Follows the record for its pane.

    Attributes:
        rows: Every row of the session.
    """

    def __init__(self, session: Session, pane: RecordPane) -> None:
        self._session = session
        self._pane = pane
        self._sieve = Sieve()
        self.rows = Rows()

    def take(self, seen: Seen) -> bool:
        """Takes in what the desk sees; whether it was anything new."""
        if seen.rows is not None:
            self.rows = Rows(seen.rows)
        self.rows.take(seen.changes)
        new = seen.rows is not None or bool(seen.changes)
        if new:
            self.show()
        return new

    def show(self) -> None:
        """Shows what passes."""
        told = self._sieve.told(self._session)
        listed = self.rows.listed
        rows = [each for each in listed if self._sieve.passes(each.stated)] if told else listed
        self._pane.show(rows, told, len(listed))

    def only(self, sieve: Sieve) -> None:
        """Shows only what passes."""
        self._sieve = sieve
        self.show()

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return self._sieve == Sieve()
