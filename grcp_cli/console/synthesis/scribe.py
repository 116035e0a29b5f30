"""The scribe: writes, reads and works out proposals for the screen on a thread of its own, so that no key waits."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console.clerk import Answer, Failed
from grcp_cli.console.inbox import Inbox
from grcp_cli.errors import GrcpError
from grcp_cli.meeting import nudges
from grcp_cli.meeting.decision import Refuse, Show
from grcp_cli.store.durable import DiskError

from .taking import meant, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.store.desk import Outcome

    from .table import Table, View

_LOOK = 0.5
"""Seconds between looks at what others wrote."""


class Laid(NamedTuple):
    """What lies on the table, after something changed; `told` are lines about what others did."""

    view: View
    told: tuple[str, ...] = ()


class _Line(NamedTuple):
    text: str
    view: View | None


class Scribe:
    """Takes lines for a desk and tells what is on the table; `tell` is called on the scribe's thread."""

    def __init__(self, table: Table, tell: Callable[[Laid | Answer | Failed], None]) -> None:
        self._table = table
        self._desk = table.desk
        self._tell = tell
        self._inbox = Inbox(table.desk)
        self._lines: queue.SimpleQueue[_Line | None] = queue.SimpleQueue()
        self._blind = ""
        self._stood_for: dict[str, str] = {}
        self._left = table.left
        self._thread = threading.Thread(target=self._work, daemon=True)

    def begin(self) -> View:
        """Reads the record as it stands, then begins to work."""
        self._table.news()
        view = self._table.look()
        self._thread.start()
        return view

    def take(self, text: str, view: View) -> None:
        """Takes one line, typed before such a view; what became of it is told."""
        self._lines.put(_Line(text, view))

    def leave(self, entries: frozenset[str]) -> None:
        """Proposes none of these any more."""
        self._table.left = entries
        self._lines.put(_Line("", None))

    def retry(self) -> None:
        """Tries again what the disk refused."""
        self._lines.put(_Line("", None))

    def finish(self) -> None:
        """Takes the lines still waiting, then stops.

        Raises:
            Unsaved: Some could not be saved to the end.
        """
        self._lines.put(None)
        self._thread.join()
        self._inbox.finish()

    @property
    def unsaved(self) -> list[str]:
        """The lines that the disk still refuses."""
        return self._inbox.lines

    def _work(self) -> None:
        while True:
            try:
                line = self._lines.get(timeout=_LOOK)
            except queue.Empty:
                self._look()
                continue
            if line is None:
                return
            if line.text and line.view is not None and (told := unchanged(line.text, self._desk)):
                self._tell(Answer(line.text, (told,)))
            elif line.text and line.view is not None:
                match meant(line.text, line.view, self._desk):
                    case Refuse(reason, hint):
                        self._tell(Answer(line.text, refused=f"not saved: {reason}", hint=hint))
                    case text:
                        self._stood_for[text] = line.text
                        self._inbox.put(text)
            for text, outcome in self._inbox.saved():
                # What is called saved can be seen: the table is told first.
                self._look()
                self._tell(self._answer(text, outcome)._replace(line=self._stood_for.get(text, text)))
            self._look()

    def _look(self) -> None:
        """Tells what is new on the table; what cannot be read is told once."""
        failed = ""
        try:
            news = self._table.news()
            if news.any or self._left != self._table.left:
                self._left = self._table.left
                self._tell(Laid(self._table.look(), news.told))
        except GrcpError as error:
            failed = f"the record cannot be read: {error}"
        if failed != self._blind:
            self._blind = failed
            self._tell(Failed(failed))

    def _answer(self, text: str, outcome: Outcome | DiskError) -> Answer:
        desk = self._desk
        match outcome:
            case DiskError():
                return Answer(text, refused=f"not saved yet: {outcome}", hint=outcome.hint, waiting=True)
            case Refuse(reason, hint):
                return Answer(text, refused=f"not saved: {reason}", hint=hint)
            case Show():
                from grcp_cli.console import shown

                said = () if outcome.what in ("quit", "help") else tuple(shown.lines(outcome, desk.sight()))
                return Answer(text, said, show=outcome)
        try:
            said = tuple(desk.told(entry) for entry in outcome.entries)
            after = nudges.after(outcome.entries, desk.meeting, desk.session, desk.record, desk.walk, desk.own)
            return Answer(text, said, outcome.entries, (*outcome.notices, *after))
        except GrcpError as error:
            return Answer(text, ("saved",), outcome.entries, (f"the record cannot be read: {error}",))
