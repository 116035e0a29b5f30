"""The input: a line that wraps, completes and is never moved by anything but its own keys."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from grcp_cli.console.clean import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text
    from textual import events

    from grcp_cli.console.completing import Completed

    Completer = Callable[[str], list[Completed]]

_UNSEEN = ("Cf", "Zs")
"""What is typed and has no shape of its own: joiners of Persian and emoji, spaces that do not break."""
_COMMAND = re.compile(r"/[A-Za-z+-]")


class Line(TextArea):
    """Where lines are typed; several, where they were pasted.

    Where the text of an entry is edited, only that stands in the line: the command before it is out of reach, so that
    whoever clears the line, or types before it, still edits.

    Attributes:
        lead: The command before a text that is edited, empty for a line as it is typed.
        entered: What Enter took off the line and nobody has taken over yet, with its command, oldest first.
        returned: A command that was refused and came back; a `/` typed behind it begins another.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("ctrl+p,alt+up", "earlier", show=False),
        Binding("ctrl+n,alt+down", "later", show=False),
    ]

    class Entered(Message):
        """Enter was pressed on a text, which means these lines."""

        def __init__(self, text: str, lines: list[str]) -> None:
            super().__init__()
            self.text = text
            self.lines = lines

    class Up(Message):
        """An arrow up in an empty line."""

    class Confirmed(Message):
        """Enter in an empty line."""

    def __init__(self, completer: Completer) -> None:
        super().__init__(compact=True, show_line_numbers=False, highlight_cursor_line=False, tab_behavior="focus")
        self._completer = completer
        self._offered: list[Completed] = []
        self._offer = 0
        self._completing = False
        self.lead = ""
        self._led = ""
        self.entered: list[str] = []
        self.returned = ""
        self._typed: list[str] = []
        self._back = 0
        self._begun = ""
        self.match_cursor_bracket = False
        self.cursor_blink = False

    def put(self, text: str, lead: str = "") -> None:
        """Puts a text in place of what stands there, the cursor behind it, and the command whose text it is."""
        self.lead, self._led = lead, text
        self._back = 0
        self.load_text(text)
        self.move_cursor(self.document.end)

    @property
    def whole(self) -> str:
        """What stands in the line with its command, empty where nothing stands there."""
        return "\n".join(self._lines()) if self.text else ""

    @property
    def edits(self) -> bool:
        """Whether an entry's text is edited: not any more where a command took its place."""
        return bool(self.lead) and (not _COMMAND.match(self.text) or bool(_COMMAND.match(self._led)))

    def _lines(self) -> list[str]:
        """The lines that are meant; a text that is edited is one."""
        lines = self.text.split("\n")
        return [self.lead + " ".join(lines).strip()] if self.edits else lines

    def remember(self, text: str) -> None:
        """Keeps a line for Ctrl-P."""
        if text and self._typed[-1:] != [text]:
            self._typed.append(text)

    def get_line(self, line_index: int) -> Text:
        """A line as it may be drawn; what is stored stays as typed."""
        text = super().get_line(line_index)
        if not text.plain.isprintable():
            text.plain = drawn(text.plain)
        return text

    @property
    def before(self) -> str:
        """The text before the cursor, in its line."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def update_suggestion(self) -> None:
        """Shows in grey how the word may go on, where that is what Tab would make of it."""
        self.suggestion = ""
        if self._completing:
            return
        row, column = self.cursor_location
        at_end = row == self.document.line_count - 1 and column == len(self.document.get_line(row))
        self._offered, self._offer = (self._completer(self.before) if at_end and not self.edits else []), 0
        if self._offered:
            word, instead = self._offered[0]
            typed = self.before[len(self.before) - instead :] if instead else ""
            if word.startswith(typed):
                self.suggestion = word[len(typed) :]

    def action_complete(self) -> None:
        """Puts in what is offered; pressed again, the next."""
        if not self._offered:
            return
        word, instead = self._offered[self._offer % len(self._offered)]
        if self._offer:
            instead = len(self._offered[(self._offer - 1) % len(self._offered)].word) + 1
        row, column = self.cursor_location
        self._completing = True
        try:
            self.replace(f"{word} ", (row, column - instead), (row, column))
        finally:
            self._completing = False
        self._offer += 1

    @property
    def offered(self) -> list[str]:
        """What the word before the cursor may become."""
        return [each.word for each in self._offered]

    def action_earlier(self) -> None:
        """The line typed before; a text that is edited is not written over by it."""
        if (self._back or not self.lead) and self._back < len(self._typed):
            if not self._back:
                self._begun = self.text
            self._recall(self._back + 1)

    def action_later(self) -> None:
        """Back to what was begun."""
        if self._back:
            self._recall(self._back - 1)

    def _recall(self, back: int) -> None:
        self.put(self._typed[-back] if back else self._begun)
        self._back = back

    def action_cursor_up(self, select: bool = False) -> None:
        """In an empty line, to the record."""
        if self.text or self.lead:
            super().action_cursor_up(select)
        else:
            self.post_message(self.Up())

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            if self.text.strip():
                self.entered.append(self.whole)
                self.post_message(self.Entered(self.text, self._lines()))
                # In the same step: the next key may have come already, and belongs to the next line.
                self.put("")
            else:
                self.post_message(self.Confirmed())
            return
        if event.character == "/" and self.returned and self.text == self.returned:
            self.load_text("")
        self.returned = ""
        if event.character and not event.is_printable and unicodedata.category(event.character) in _UNSEEN:
            event.stop()
            event.prevent_default()
            self.insert(event.character)
            return
        await super()._on_key(event)
