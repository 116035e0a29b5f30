"""The lines around the input: what was understood, where a line would go, which keys there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.agenda import GENERAL

from .keys import below

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.walkthrough import Walk

_MOST = 4
"""Lines that what is told may take; the input below never moves for it."""
_PAPER = Console(width=200)
_FEW = 6


class Told(Static):
    """What was understood of the last line, what helps beside it, what a key asks, what Tab offers."""

    DEFAULT_CSS = "Told { height: auto; min-height: 1; max-height: 4; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._said: list[tuple[str, str]] = []
        self._notices: list[str] = []
        self._asked = ""
        self._offered = ""
        self._lines = 1

    def say(self, *said: str, notices: tuple[str, ...] = ()) -> None:
        """Tells what was understood, and what helps."""
        self._said = [(f"✓ {each}" if each.startswith("saved") else each, "$primary") for each in said]
        self._notices, self._asked = list(notices), ""
        self._draw()

    def refuse(self, reason: str, hint: str) -> None:
        """Tells why a line was not taken."""
        self._said = [(f"✗ {reason}", "bold $accent")]
        self._notices, self._asked = [hint] if hint else [], ""
        self._draw()

    def note(self, text: str) -> None:
        """Adds a sentence beside what was understood."""
        if text:
            self._notices = [*self._notices[-1:], text]
            self._draw()

    def ask(self, question: str) -> None:
        """Asks what Enter would answer."""
        self._asked = question
        self._draw()

    def offer(self, words: list[str], lines: int) -> None:
        """Shows what Tab would put in, or how many lines Enter would save."""
        if lines > 1:
            offered = f"{lines} lines: Enter saves each as an entry of its own, Esc makes them one line"
        else:
            more = f" … {len(words) - _FEW} more" if len(words) > _FEW else ""
            offered = f"Tab: {' · '.join(words[:_FEW])}{more}" if words else ""
        if offered != self._offered:
            self._offered = offered
            self._draw()

    def _draw(self) -> None:
        """The newest wish first: a question, an offer, then what was understood."""
        if self._asked:
            parts = [(self._asked, "bold $accent")]
        elif self._offered:
            parts = [(self._offered, "$quiet")]
        else:
            parts = [*self._said, *((f"→ {each}", "$accent") for each in self._notices)]
        width = max(20, self.content_size.width or self.app.size.width - 2)
        lines = [
            Content.styled(line.plain.rstrip(), style)
            for text, style in parts
            for line in Text(drawn_line(text)).wrap(_PAPER, width)
        ]
        if len(lines) > _MOST:
            last = Text(lines[_MOST - 1].plain)
            last.truncate(width - 2)
            lines[_MOST - 1 :] = [Content.styled(f"{last.plain} …", parts[-1][1])]
        grown = max(1, len(lines)) != self._lines
        self._lines = max(1, len(lines))
        self.update(Content("\n").join(lines), layout=grown)


class Prompt(Static):
    """Where an unaddressed line goes: the question, its kind, and whose words it is."""

    DEFAULT_CSS = "Prompt { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, meeting: Meeting, session: Session) -> None:
        super().__init__()
        self._meeting, self._session = meeting, session
        self._shown = ""

    def show(self, walk: Walk, holder: str | None, typed: str, effect: str) -> None:
        """Shows it.

        Args:
            walk: Where the desk stands.
            holder: Who had the floor at the line's first keystroke, None for a line not begun.
            typed: What stands in the line.
            effect: What that would do to the time, empty for nothing.
        """
        question = self._session.question(walk.here)
        number = question.number if question else walk.here
        kind = question.captures if question else "note"
        place = "the session in general" if walk.here == GENERAL else f"question {number}"
        speaker = walk.floor.speaker if holder is None else holder
        parts = [place, f"plain text is a {kind}"]
        if effect:
            parts = [effect]
        elif typed.startswith("/amend "):
            parts = [f"editing {typed.split(' ', 2)[1]}", "Enter saves, Esc leaves it as it was"]
        elif speaker:
            behalf = walk.floor.spoke_for(speaker)
            for_group = f" for {self._meeting.name_of(behalf)}" if behalf else ""
            parts.append(f"said by {self._meeting.name_of(speaker)}{for_group}")
        else:
            parts.append("nobody has the floor")
        told = drawn_line(" · ".join(parts))
        if told != self._shown:
            self._shown = told
            self.update(Content.styled(told, "bold"), layout=False)


class Below(Static):
    """The keys that matter now."""

    DEFAULT_CSS = "Below { height: 1; padding: 0 1; text-wrap: nowrap; }"

    def show(self, state: str, where: str) -> None:
        """Shows as many as fit."""
        keys = below(state, where, self.app.size.width - 2)
        parts = [part for each in keys for part in ((each.shown, "bold $primary"), (f" {each.short}   ", "$quiet"))]
        self.update(Content.assemble(*parts), layout=False)
