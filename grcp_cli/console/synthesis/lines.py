"""The table in plain lines: sheet and proposals first, then one line in and one line out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.console.clean import say
from grcp_cli.console.talk import Talk, converse
from grcp_cli.meeting.decision import Refuse

from . import sheet_lines
from .taking import WORDS, meant, unchanged

if TYPE_CHECKING:
    from grcp_cli.meeting.decision import Show

    from .table import Table


class Choice(Talk):
    """The table in lines: what lies on it is told when asked for, and what others write between lines."""

    def __init__(self, table: Table) -> None:
        super().__init__(table.desk)
        self._table = table
        table.news()
        self._view = table.look()

    def open(self) -> None:
        """Says what is on the table."""
        desk = self.desk
        for each in sheet_lines.opening(self._view, desk.meeting, desk.session, rehearsal=desk.rehearsal):
            say(each)
        self._sheet()
        self._proposals()
        say("/accept 1 or /join accepts, /split takes apart, /help lists the rest")

    def _put(self, text: str) -> None:
        asked = text.strip()
        if asked in ("/sheet", "/proposals"):
            self._view = self._table.look()
            (self._sheet if asked == "/sheet" else self._proposals)()
        elif told := unchanged(text, self.desk):
            say(told)
        else:
            match meant(text, self._view, self.desk):
                case Refuse() as refuse:
                    self._refuse(text, refuse)
                case line:
                    super()._put(line)

    def _shows(self, show: Show) -> None:
        if show.what == "help":
            for word, tells in WORDS:
                say(f"{word:<27} {tells}")
        super()._shows(show)

    def _sheet(self) -> None:
        for each in sheet_lines.sheet(self._view, self.desk.meeting, self.desk.session):
            say(each)

    def _proposals(self) -> None:
        for each in sheet_lines.proposals(self._view, self.desk.meeting):
            say(each)

    def _look(self) -> None:
        # A proposal's number stays what it was until proposals are shown again.
        for told in self._table.news().told:
            say(told)


def run(table: Table) -> int:
    """Reads lines from stdin until its end or `/quit`.

    Returns:
        How many lines were not taken.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: At the end some lines could still not be saved; they are in the message.
    """
    talk = Choice(table)
    talk.open()
    converse(talk)
    return talk.refused
