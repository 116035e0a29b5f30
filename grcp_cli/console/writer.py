"""Lines for a screen are taken, saved and answered on a thread of their own, so that no key waits for the disk."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from grcp_cli.errors import GrcpError
from grcp_cli.meeting.decision import Refuse, Show

from . import shown
from .answering import nudged, of_own
from .inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.meeting.entry import Entry
    from grcp_cli.meeting.forward import Crowded
    from grcp_cli.store.desk import Desk, Outcome

_LOOK = 0.5
"""Seconds between looks at what others wrote."""


class Answer(NamedTuple):
    """What became of one line.

    Attributes:
        line: As typed.
        said: What was understood; empty when refused or not saved.
        entries: What is on disk of it now.
        notices: What else to tell.
        refused: Why it was not taken, empty when it was.
        hint: What would help.
        waiting: Whether it waits for the disk: it is tried again before the next line.
        show: What it asks to see.
        crowded: Groups that have more answers than were asked for, where the line asks which to bring forward.
    """

    line: str
    said: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    notices: tuple[str, ...] = ()
    refused: str = ""
    hint: str = ""
    waiting: bool = False
    show: Show | None = None
    crowded: tuple[Crowded, ...] = ()


class Failed(NamedTuple):
    """Something happened that is about no line; an empty text takes it back."""

    told: str


Beside = TypeVar("Beside")
News = TypeVar("News")


class Writer(Generic[Beside, News]):
    """Takes lines for a desk, each with what goes `Beside` it, and tells answers and `News`.

    What was seen is told first: what is called saved can be seen. `tell` is called on the writer's thread.
    """

    def __init__(self, desk: Desk, tell: Callable[[News | Answer | Failed], None]) -> None:
        self._desk = desk
        self._tell = tell
        self._inbox = Inbox(desk)
        self._lines: queue.SimpleQueue[tuple[str, Beside | None] | None] = queue.SimpleQueue()
        self._blind = ""
        self._bug: Exception | None = None
        self._thread = threading.Thread(target=self._works, daemon=True)

    def take(self, text: str, beside: Beside) -> None:
        """Takes one line; what became of it is told."""
        self._lines.put((text, beside))

    def retry(self) -> None:
        """Tries again what the disk refused."""
        self._lines.put(("", None))

    def finish(self) -> None:
        """Takes the lines still waiting, then stops.

        Raises:
            Unsaved: Some could not be saved to the end.
            Exception: A bug that ended the writing; what it left unsaved is among `unsaved`.
        """
        self._lines.put(None)
        self._thread.join()
        if self._bug is not None:
            while line := self._lines.get():
                if line[0]:
                    self._inbox.put(line[0])
            raise self._bug
        self._inbox.finish()

    @property
    def unsaved(self) -> list[str]:
        """The lines that could not be saved yet."""
        return self._inbox.lines

    def _works(self) -> None:
        """As `_work`; a bug is told at once, for nothing typed behind it is saved."""
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - raised again by who waits for the end
            self._bug = error
            self._tell(Failed(f"nothing more is saved ({error!r}): leave and come back, what is typed is kept"))

    def _work(self) -> None:
        while True:
            try:
                line = self._lines.get(timeout=_LOOK)
            except queue.Empty:
                self._look()
                continue
            self._woken()
            if line is None:
                return
            text, beside = line
            if text:
                self._put(text, beside)
            for taken, outcome in self._inbox.saved():
                # Both at once: one frame shows them.
                news = self._news()
                for told in (*news, self._answer(taken, outcome)):
                    self._tell(told)
            if not text:
                self._look()

    def _look(self) -> None:
        self._woken()
        for told in self._news():
            self._tell(told)

    def _news(self) -> list[News | Failed]:
        """What is new to tell; what cannot be read is told once."""
        told: list[News | Failed] = []
        try:
            seen, failed = self._seen(), ""
        except GrcpError as error:
            seen, failed = None, f"the record cannot be read: {error}"
        if failed != self._blind:
            self._blind = failed
            told.append(Failed(failed))
        if seen is not None:
            told.append(seen)
        return told

    def _answer(self, text: str, outcome: Outcome | GrcpError) -> Answer:
        match outcome:
            case GrcpError():
                return Answer(text, refused=f"not saved yet: {outcome}", hint=outcome.hint, waiting=True)
            case Refuse(reason, hint):
                return Answer(text, refused=f"not saved: {reason}", hint=hint)
            case Show():
                return self._shown(text, outcome)
        desk = self._desk
        try:
            return Answer(
                text, tuple(of_own(desk, outcome)), outcome.entries, (*outcome.notices, *nudged(desk, outcome))
            )
        except GrcpError as error:
            return Answer(text, ("saved",), outcome.entries, (f"the record cannot be read: {error}",))

    # What each screen does in its own way.

    def _woken(self) -> None:
        """Something comes, or nothing came for a while."""

    def _put(self, text: str, beside: Beside | None) -> None:
        """Has a line saved, or answers it."""
        raise NotImplementedError

    def _seen(self) -> News | None:
        """What is new to see, None for nothing."""
        raise NotImplementedError

    def _shown(self, text: str, show: Show) -> Answer:
        """What a line asks to see."""
        return Answer(text, tuple(shown.lines(show, self._desk.sight())), show=show)
