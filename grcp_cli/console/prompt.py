"""The walkthrough on a terminal: a prompt that tells session, question and time while one types."""

from __future__ import annotations

import shutil
import sys
import threading
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.text import Text

from grcp_cli.meeting import clock
from grcp_cli.meeting.commands import COMMANDS
from grcp_cli.meeting.grammar import offered

from . import opening
from .clean import drawn, drawn_line
from .line import Talk, Typed, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyPressEvent

    from grcp_cli.store.desk import Desk

_TICK = 0.5
_HANG = "   "
_PAPER = Console()
"""Only for its rules of wrapping; nothing is printed through it."""
_WIDE = 60


class Known(Completer):
    """Completes commands, names behind `@` and tags behind `#`; prose is left alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """What the word before the cursor may become."""
        del complete_event
        before = document.text_before_cursor
        word = before.rsplit(" ", 1)[-1]
        if before.startswith("/") and " " not in before:
            names = [f"/{name}" for command in COMMANDS for name in command.names]
        elif word.startswith("@"):
            meeting = self._desk.meeting
            names = [f"@{each.name}" for each in meeting.participants] + [f"@{each.name}" for each in meeting.groups]
        elif word.startswith("#"):
            names = [f"#{tag}" for tag in offered(self._desk.session, self._desk.walk.here)]
        else:
            return
        for name in names:
            if name.casefold().startswith(word.casefold()):
                yield Completion(name, start_position=-len(word))


class Prompt:
    """One desk's prompt."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._talk = Talk(desk, _say, _complain)
        self._holder: str | None = None
        self._lock = threading.Lock()
        self._session: PromptSession[str] = PromptSession(
            history=InMemoryHistory(),
            completer=Known(desk),
            complete_while_typing=False,
            refresh_interval=_TICK,
            key_bindings=_keys(),
        )
        self._session.default_buffer.on_text_changed += self._typed

    def _typed(self, buffer: Buffer) -> None:
        """Keeps who had the floor when the line was begun: its words are theirs."""
        if not buffer.text:
            self._holder = None
        elif self._holder is None:
            self._holder = self._desk.walk.floor.speaker

    def message(self) -> FormattedText:
        """Session, question and the time left, then who has the floor."""
        desk = self._desk
        walk, now = desk.walk, opening.figures(desk)
        question = desk.session.question(walk.here)
        number = question.number if question else walk.here
        kind = question.captures if question else "note"
        parts = [desk.session.label, number, kind, _clock(now)]
        if desk.source.desk:
            parts.insert(1, desk.source.desk)
        if desk.rehearsal:
            parts.insert(0, "REHEARSAL")
        speaker = walk.floor.speaker if self._holder is None else self._holder
        if speaker:
            parts.append(desk.meeting.name_of(speaker)[:_WIDE])
        style = "bold" if now.left > 0 else "bold reverse"
        return FormattedText([(style, drawn_line(" · ".join(parts))), ("", "\n> ")])

    def run(self) -> None:
        """Reads lines until `/quit`, Ctrl-D or Ctrl-C.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            Unsaved: Lines could not be saved to the end.
        """
        for line in opening.lines(self._desk):
            _say(line)
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), daemon=True)
        with patch_stdout():
            watch.start()
            try:
                while not self._talk.done:
                    self._holder = None
                    try:
                        text = self._session.prompt(self.message)
                    except EOFError:
                        break
                    with self._lock:
                        for line in text.split("\n"):  # several where they were pasted
                            self._talk.take(Typed(line, replaced=False), holder=self._holder)
            finally:
                done.set()
                watch.join()
                self._talk.finish()

    def _watch(self, done: threading.Event) -> None:
        """Tells the time and what others write while one types."""
        while not done.wait(1.0):
            with self._lock:
                self._talk.look()


def _keys() -> KeyBindings:
    """Ctrl-C puts a line begun aside, where Up finds it; only on an empty line does it leave."""
    keys = KeyBindings()

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        line = event.current_buffer
        if line.text:
            line.append_to_history()
            line.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt)

    return keys


def _wrapped(line: str) -> Iterator[str]:
    """A line broken between words at the terminal's width; what goes on is indented under its beginning."""
    bare = line.lstrip(" ")
    first = line[: len(line) - len(bare)]
    width = max(20, shutil.get_terminal_size().columns - len(first) - len(_HANG))
    for position, part in enumerate(Text(bare).wrap(_PAPER, width) or [Text()]):
        yield f"{first}{_HANG if position else ''}{part.plain.rstrip()}"


def _say(line: str) -> None:
    for part in _wrapped(line):
        say(part)


def _complain(what: str, hint: str, line: str) -> None:
    """A refusal or warning; the line itself stands just above, and Up brings it back."""
    told = [what, f"  {hint}" if hint else "", "  (Up brings the line back)" if line else ""]
    parts = [part for each in told if each for part in _wrapped(drawn(each))]
    sys.stderr.write("\n".join(parts) + "\n")
    sys.stderr.flush()


def _clock(now: clock.Figures) -> str:
    if now.state == clock.TO_COME:
        return "not started"
    minutes, seconds = divmod(round(abs(now.left)), 60)
    word = "left" if now.left >= 0 else "OVER"
    state = "" if now.state == clock.RUNNING else f" ({now.state})"
    return f"{minutes}:{seconds:02} {word}{state}"


def run(desk: Desk) -> None:
    """As `Prompt.run`."""
    Prompt(desk).run()
