"""The walkthrough in plain lines: for pipes, screen readers and poor terminals.

One line in, one line out; what is told by the clock comes between.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import clock
from grcp_cli.meeting.clock import crossed
from grcp_cli.meeting.decision import Refuse, Show
from grcp_cli.store.durable import DiskError

from . import opening, shown
from .clean import complain, drawn_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grcp_cli.store.desk import Desk, Saved

_LOOK = 1.0
"""Seconds between looks at the clock and at what others wrote."""


_MOVES = frozenset({"goto", "start", "resume", "undo", "redo", "extend", "reopen"})
"""Acts after which the question and its time are told."""
_TURNS = frozenset({"yield"})
"""Acts after which the floor may have gone back to who was interrupted."""


class Typed(NamedTuple):
    """One line as it came, and whether some of its bytes were not text."""

    text: str
    replaced: bool


class Unsaved(DiskError):  # noqa: N818 - what they are
    """Lines that could not be saved to the end."""


class Talk:
    """A desk's side of the conversation: takes lines, answers each, tells the time."""

    def __init__(self, desk: Desk, say: Callable[[str], None]) -> None:
        self.desk = desk
        self._say = say
        self.unsaved: list[tuple[Typed, str | None]] = []
        self.done = False
        self._left: float | None = None

    def take(self, typed: Typed, holder: str | None = None) -> str:
        """Takes one line; what the disk refused before goes first.

        Args:
            typed: The line.
            holder: Who had the floor at its first keystroke, None for who has it now.

        Returns:
            The line where it was refused and waits to be mended, else nothing.
        """
        if typed.replaced:
            complain("some bytes were not text and became \ufffd")
        self.unsaved.append((typed, holder))
        kept = ""
        while self.unsaved:
            try:
                kept = self._answer(*self.unsaved[0])
            except DiskError as error:
                complain(f"not saved: {error}", error.hint, self.unsaved[0][0].text)
                return ""
            del self.unsaved[0]
        return kept

    def _answer(self, typed: Typed, holder: str | None) -> str:
        outcome = self.desk.say(typed.text, holder)
        match outcome:
            case Refuse(reason, hint):
                complain(f"not saved: {reason}", hint, typed.text)
                return typed.text
            case Show("quit"):
                self.done = True
            case Show():
                desk = self.desk
                for line in shown.lines(outcome, desk.meeting, desk.session, desk.record, desk.source):
                    self._say(line)
            case _:
                self._saved(outcome)
        return ""

    def _saved(self, saved: Saved) -> None:
        for entry in saved.entries:
            self._say(drawn_line(self.desk.told(entry)))
        for notice in saved.notices:
            complain(notice)
        kinds = {entry.kind for entry in saved.entries}
        if kinds & _MOVES:
            for line in opening.here(self.desk, named="goto" in kinds):
                self._say(line)
        elif kinds & _TURNS and (speaker := self.desk.walk.floor.speaker):
            self._say(drawn_line(f"floor · {self.desk.meeting.name_of(speaker)}"))

    def look(self) -> None:
        """Tells what others wrote since, and the time where a threshold was crossed."""
        desk = self.desk
        here = desk.walk.here
        for source, entries in desk.catch_up().items():
            if source.session == desk.session.id:
                for entry in entries:
                    if source != desk.source and entry.captured:
                        self._say(drawn_line(f"{source.desk or source.session} · {desk.told(entry)}"))
        if desk.walk.here != here:
            for line in opening.here(desk):
                self._say(line)
        now = opening.figures(desk)
        if now.state == clock.RUNNING:
            before = now.left if self._left is None else self._left
            if told := crossed(before, now.left, desk.meeting.timing.warn_minutes):
                self._say(f"time · {told}")
        self._left = now.left if now.state == clock.RUNNING else None


def run(desk: Desk) -> None:
    """Reads lines from stdin until its end or `/quit`.

    Raises:
        KeyboardInterrupt: Ctrl-C, or a signal to leave.
        Unsaved: At the end some lines could still not be saved; they are in the message.
    """
    for line in opening.lines(desk):
        say(line)
    talk = Talk(desk, say)
    talk.look()
    lines: queue.SimpleQueue[Typed | None] = queue.SimpleQueue()
    threading.Thread(target=_feed, args=(lines,), daemon=True).start()
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
    if talk.unsaved:
        kept = "\n".join(typed.text for typed, _ in talk.unsaved)
        raise Unsaved(f"these lines are not saved:\n{kept}", "make room, then type them again")


def _feed(lines: queue.SimpleQueue[Typed | None]) -> None:
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
