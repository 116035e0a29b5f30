"""The walkthrough in plain lines: for pipes, screen readers and poor terminals.

One line in, one line out; what is told by the clock comes between.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING, NamedTuple, Protocol

from grcp_cli.meeting import clock, nudges, schedule
from grcp_cli.meeting.decision import Refuse, Show
from grcp_cli.store.durable import DiskError

from . import opening, shown
from .clean import complain, drawn_line
from .inbox import Inbox
from .odds import Odds
from .timekeeping import Timekeeping
from .vigil import Vigil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grcp_cli.store.desk import Desk, Outcome, Saved


class Typed(NamedTuple):
    """One line as it came, and whether some of its bytes were not text."""

    text: str
    replaced: bool


_LOOK = 1.0
"""Seconds between looks at the clock and at what others wrote."""


_MOVES = frozenset({"goto", "start", "resume", "undo", "redo", "extend", "reopen"})
"""Acts after which the question and its time are told."""
_TURNS = frozenset({"yield"})
"""Acts after which the floor may have gone back to who was interrupted."""


class Talk:
    """A desk's side of the conversation: takes lines, answers each, tells the time."""

    def __init__(self, desk: Desk, say: Callable[[str], None], complain: Callable[[str, str, str], None]) -> None:
        self.desk = desk
        desk.news()
        self._say = say
        self._complain = complain
        self._inbox = Inbox(desk)
        self.done = False
        self._times = Timekeeping(desk.meeting, desk.session)
        self._vigil = Vigil(desk)
        self._odds = Odds(desk)
        self._odds.look(())
        self._blind = False
        self._overdue = False
        self._stood = desk.walk.here

    def take(self, typed: Typed, holder: str | None = None) -> None:
        """Takes one line; what the disk refused before goes first.

        Args:
            typed: The line.
            holder: Who had the floor at its first keystroke, None for who has it now.
        """
        self._watch()
        if typed.replaced:
            self._complain("some bytes were not text and became \ufffd", "", "")
        self._inbox.put(typed.text, holder)
        for text, outcome in self._inbox.saved():
            if isinstance(outcome, DiskError):
                self._complain(f"not saved: {outcome}", outcome.hint, text)
                return
            # From here on the line is on disk: what fails now is only the telling.
            try:
                self._answer(text, outcome)
            except DiskError as error:
                self._complain(f"saved, but the record cannot be read: {error}", error.hint, "")

    def finish(self) -> None:
        """As `Inbox.finish`; a sleep just woken from is not counted by the pause that follows."""
        self._watch()
        self._inbox.finish()

    def _answer(self, text: str, outcome: Outcome) -> None:
        match outcome:
            case Refuse(reason, hint):
                self._complain(f"not saved: {reason}", hint, text)
            case Show("quit"):
                self.done = True
            case Show():
                desk = self.desk
                for line in shown.lines(outcome, desk.sight()):
                    self._say(line)
            case _:
                self._saved(outcome)

    def _saved(self, saved: Saved) -> None:
        desk = self.desk
        for entry in saved.entries:
            self._say(drawn_line(desk.told(entry)))
        for notice in saved.notices:
            self._complain(notice, "", "")
        desk.catch_up()
        for nudge in nudges.after(saved.entries, desk.meeting, desk.session, desk.record, desk.walk, desk.own):
            self._complain(nudge, "", "")
        kinds = {entry.kind for entry in saved.entries}
        if kinds & _MOVES:
            for line in opening.here(desk, named="goto" in kinds):
                self._say(line)
            self._arrive()
        elif kinds & _TURNS and (speaker := desk.walk.floor.speaker):
            self._say(drawn_line(f"floor · {desk.meeting.name_of(speaker)}"))
        if "end" in kinds and desk.walk.clock.state == clock.ENDED:
            self._close()

    def _arrive(self) -> None:
        """The board, on coming to a question that hears what groups answered elsewhere."""
        before, self._stood = self._stood, self.desk.walk.here
        if before != self._stood:
            for line in opening.board(self.desk):
                self._say(line)

    def _close(self) -> None:
        """The closing page, which loads what makes reports and is seldom wanted."""
        from . import closing

        for line in closing.seen(self.desk.sight()):
            self._say(line)

    def _watch(self) -> None:
        """Tells what happened to the machine's clocks; a disk that refuses is asked again at the next look."""
        with contextlib.suppress(DiskError):
            for told in self._vigil.look():
                self._complain(told, "", "")

    def look(self) -> None:
        """Tells what others wrote since, and the time where a threshold was crossed."""
        self._watch()
        try:
            self._look()
            self._blind = False
        except DiskError as error:
            if not self._blind:
                self._complain(f"what others write cannot be read: {error}", error.hint, "")
            self._blind = True

    def _look(self) -> None:
        desk = self.desk
        here = desk.walk.here
        came = desk.came()
        for source, entry in came:
            if source.session != desk.session.id or desk.wrote(entry):
                continue
            if entry.captured or source == desk.source:
                whose = "beside" if source == desk.source else source.name or source.session
                self._say(drawn_line(f"{whose} · {desk.told(entry)}{f': {entry.text}' if entry.captured else ''}"))
        for told in self._odds.look(came):
            self._complain(told, "", "")
        if desk.walk.here != here:
            for line in opening.here(desk):
                self._say(line)
            self._arrive()
        for told in self._times.look(desk.walk, opening.figures(desk)):
            self._say(drawn_line(told))
        self._remind()

    def _remind(self) -> None:
        """Tells once that the session should have begun."""
        desk = self.desk
        slot = schedule.planned(desk.meeting).get(desk.session.id)
        if not self._overdue and (told := nudges.overdue(slot, desk.walk.clock, desk.now())):
            self._complain(told, "", "")
            self._overdue = True


def run(desk: Desk) -> None:
    """Reads lines from stdin until its end or `/quit`.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: At the end some lines could still not be saved; they are in the message.
    """
    # First: what others write while the opening is told is news.
    talk = Talk(desk, say, complain)
    for line in (*opening.lines(desk), *opening.board(desk)):
        say(line)
    talk.look()
    converse(talk)


class Talking(Protocol):
    """One side of a conversation in lines.

    Attributes:
        done: Whether it wants no more lines.
    """

    done: bool

    def take(self, typed: Typed) -> None:
        """Takes one line."""

    def look(self) -> None:
        """Tells what happened meanwhile."""

    def finish(self) -> None:
        """Saves what waits.

        Raises:
            Unsaved: Some lines could not be saved to the end.
        """


def converse(talk: Talking) -> None:
    """Hands over every line of stdin, and a look in between, until its end or until no more are wanted.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: As `Talking.finish`.
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


def say(line: str) -> None:
    """One line on stdout, out at once: what waits in a buffer is not said."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
