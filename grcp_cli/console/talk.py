"""A conversation in lines: what comes in on stdin, and what became of each line."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError
from grcp_cli.meeting.decision import Refuse, Show

from . import shown
from .answering import nudged, of_own
from .clean import complain, drawn_line, say
from .inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.store.desk import Desk, Outcome, Saved

_LOOK = 1.0
"""Seconds between looks at the clock and at what others wrote."""


class Typed(NamedTuple):
    """One line as it came, and whether some of its bytes were not text."""

    text: str
    replaced: bool


class Talk:
    """A desk's side of the conversation: takes lines and answers each.

    Attributes:
        desk: Whose lines they are.
        done: Whether it wants no more lines.
        refused: How many lines were not taken.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.done = False
        self.refused = 0
        self._inbox = Inbox(desk)
        self._blind = False

    def take(self, typed: Typed) -> None:
        """Takes one line; what the disk refused before goes first."""
        if typed.replaced:
            complain("some bytes were not text and became \ufffd")
        self._put(typed.text)
        self._save()

    def look(self) -> None:
        """Tells what happened meanwhile; what cannot be read is told once."""
        try:
            self._look()
            self._blind = False
        except GrcpError as error:
            if not self._blind:
                complain(f"what others write cannot be read: {error}", error.hint)
            self._blind = True

    def finish(self) -> None:
        """As `Inbox.finish`, what waits being tried once more."""
        self._save()
        self._inbox.finish()

    def _save(self) -> None:
        for text, outcome in self._inbox.saved():
            if isinstance(outcome, GrcpError):
                complain(f"not saved: {outcome}", outcome.hint, text)
                return
            # From here on the line is on disk: what fails now is only the telling.
            try:
                self._answer(text, outcome)
            except GrcpError as error:
                complain(f"saved, but the record cannot be read: {error}", error.hint)

    def _answer(self, text: str, outcome: Outcome) -> None:
        match outcome:
            case Refuse():
                self._refuse(text, outcome)
            case Show("quit"):
                self.done = True
            case Show():
                self._shows(outcome)
            case _:
                self._saved(outcome)

    def _refuse(self, text: str, refuse: Refuse) -> None:
        self.refused += 1
        complain(f"not saved: {refuse.reason}", refuse.hint, text)

    # What each conversation does in its own way.

    def _put(self, text: str) -> None:
        """Has a line saved, or answers it."""
        self._inbox.put(text)

    def _look(self) -> None:
        """Tells what others wrote since."""
        raise NotImplementedError

    def _shows(self, show: Show) -> None:
        """Tells what a line asks to see."""
        for line in shown.lines(show, self.desk.sight()):
            say(line)

    def _saved(self, saved: Saved) -> None:
        """Tells what a line brought that is on disk."""
        desk = self.desk
        for told in of_own(desk, saved):
            say(drawn_line(told))
        for notice in saved.notices:
            complain(notice)
        desk.catch_up()
        for nudge in nudged(desk, saved):
            complain(nudge)


def converse(talk: Talk) -> None:
    """Hands over every line of stdin, and a look in between, until its end or until no more are wanted.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: As `Talk.finish`.
    """
    lines: queue.SimpleQueue[Typed | None] = queue.SimpleQueue()
    threading.Thread(target=_feed, args=(lines,), daemon=True).start()
    try:
        while not talk.done:
            try:
                typed = lines.get(timeout=_LOOK)
            except queue.Empty:
                talk.look()
                continue
            if typed is None:
                break
            talk.take(typed)
            if lines.empty():
                talk.look()
    finally:
        talk.finish()


def _feed(lines: queue.SimpleQueue[Typed | None]) -> None:
    """Puts every line of stdin into a queue, then None."""
    try:
        for typed in _from_terminal() if sys.stdin.isatty() else _from_pipe():
            lines.put(typed)
    finally:
        lines.put(None)


def _from_terminal() -> Iterator[Typed]:
    """Lines of a terminal. With readline a line may be longer than the 4,095 bytes of the system's own editing."""
    with contextlib.suppress(ImportError):  # Windows, whose console edits lines itself
        import readline  # noqa: F401 - input() uses it once it is there
    while True:
        try:
            text = input()
        except EOFError:
            return
        yield Typed(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), replaced=False)


def _from_pipe() -> Iterator[Typed]:
    """Lines of a pipe or file, read beneath Python's buffers, which a thread may not hold at the end."""
    rest = b""
    while part := os.read(sys.stdin.fileno(), 65536):
        *whole, rest = (rest + part).split(b"\n")
        for raw in whole:
            yield _typed(raw)
    if rest:
        yield _typed(rest)


def _typed(raw: bytes) -> Typed:
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    return Typed(text, replaced="\ufffd" in text and "\ufffd".encode() not in raw)
