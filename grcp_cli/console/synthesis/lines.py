"""The table in plain lines: sheet and proposals first, then one line in and one line out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.console import line, shown
from grcp_cli.console.clean import complain, drawn_line
from grcp_cli.console.inbox import Inbox
from grcp_cli.meeting import nudges
from grcp_cli.meeting.decision import Refuse, Show
from grcp_cli.store.durable import DiskError

from . import sheet_lines
from .taking import WORDS, meant, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.console.line import Typed
    from grcp_cli.store.desk import Outcome, Saved

    from .table import Table


class Talk:
    """The table's side of the conversation: takes lines, answers each, tells what others wrote."""

    def __init__(self, table: Table, say: Callable[[str], None], complain: Callable[[str, str, str], None]) -> None:
        self._table = table
        self._desk = table.desk
        self._say = say
        self._complain = complain
        self._inbox = Inbox(table.desk)
        self._blind = False
        self.done = False
        table.news()
        self._view = table.look()

    def open(self) -> None:
        """Says what is on the table."""
        desk = self._desk
        for each in sheet_lines.opening(self._view, desk.meeting, desk.session, rehearsal=desk.rehearsal):
            self._say(each)
        self._sheet()
        self._proposals()
        self._say("/accept 1 or /join accepts, /split takes apart, /help lists the rest")

    def take(self, typed: Typed) -> None:
        """Takes one line; what the disk refused before goes first."""
        if typed.replaced:
            self._complain("some bytes were not text and became \ufffd", "", "")
        asked = typed.text.strip()
        if asked in ("/sheet", "/proposals"):
            self._view = self._table.look()
            (self._sheet if asked == "/sheet" else self._proposals)()
            return
        if told := unchanged(typed.text, self._desk):
            self._say(told)
            return
        match meant(typed.text, self._view, self._desk):
            case Refuse(reason, hint):
                self._complain(f"not saved: {reason}", hint, typed.text)
            case text:
                self._inbox.put(text)
                self._save()

    def _save(self) -> None:
        for text, outcome in self._inbox.saved():
            if isinstance(outcome, DiskError):
                self._complain(f"not saved: {outcome}", outcome.hint, text)
                return
            try:
                self._answer(text, outcome)
            except DiskError as error:
                self._complain(f"saved, but the record cannot be read: {error}", error.hint, "")

    def _answer(self, text: str, outcome: Outcome) -> None:
        match outcome:
            case Refuse(reason, hint):
                self._complain(f"not saved: {reason}", hint, text)
            case Show("quit"):
                self.done = True
            case Show():
                if outcome.what == "help":
                    for word, tells in WORDS:
                        self._say(f"{word:<27} {tells}")
                for each in shown.lines(outcome, self._desk.sight()):
                    self._say(each)
            case _:
                self._saved(outcome)

    def _saved(self, saved: Saved) -> None:
        desk = self._desk
        for entry in saved.entries:
            self._say(drawn_line(desk.told(entry)))
        for notice in saved.notices:
            self._complain(notice, "", "")
        desk.catch_up()
        for nudge in nudges.after(saved.entries, desk.meeting, desk.session, desk.record, desk.walk, desk.own):
            self._complain(nudge, "", "")

    def _sheet(self) -> None:
        for each in sheet_lines.sheet(self._view, self._desk.meeting, self._desk.session):
            self._say(each)

    def _proposals(self) -> None:
        for each in sheet_lines.proposals(self._view, self._desk.meeting):
            self._say(each)

    def look(self) -> None:
        """Tells what others wrote since; a proposal's number stays what it was until proposals are shown again."""
        try:
            for told in self._table.news().told:
                self._say(told)
            self._blind = False
        except DiskError as error:
            if not self._blind:
                self._complain(f"what others write cannot be read: {error}", error.hint, "")
            self._blind = True

    def finish(self) -> None:
        """As `Inbox.finish`."""
        self._save()
        self._inbox.finish()


def run(table: Table) -> None:
    """Reads lines from stdin until its end or `/quit`.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: At the end some lines could still not be saved; they are in the message.
    """
    talk = Talk(table, line.say, complain)
    talk.open()
    line.converse(talk)
