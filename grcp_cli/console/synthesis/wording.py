"""The table's line: while something is worded only its text stands there, and the command is kept aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grcp_cli.console.live.line import Line

from .completing import completions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from .table import View

_LEAD = re.compile(r"/(?:amend(?P<one>\s+\S+)\s+|join(?P<several>(?:\s+[^\s:]+)+):\s+)")


def apart(line: str, known: Collection[str]) -> tuple[str, str]:
    """A line's command and the text that it words; no command where it words nothing that is known.

    Args:
        line: As it would be taken.
        known: What entries are called where they are typed.
    """
    found = _LEAD.match(line)
    if found is None or not line[found.end() :].strip() or "\n" in line:
        return "", line
    named = (found["one"] or found["several"]).split()
    return (line[: found.end()], line[found.end() :]) if all(each in known for each in named) else ("", line)


class Wording(Line):
    """Where lines are typed, and what is common is worded.

    Attributes:
        lead: The command of what is being worded, empty while a line is typed as it is.
    """

    def __init__(self, view: Callable[[], View | None]) -> None:
        super().__init__(lambda before: [] if self.lead else completions(before, view()))
        self._view = view
        self.lead = ""

    def put(self, text: str) -> None:
        """As for any line; the command of one that words something is put aside."""
        view = self._view()
        self.lead, words = apart(text, view.typed.values() if view else ())
        super().put(words)

    @property
    def whole(self) -> str:
        """What stands in the line with its command, empty where nothing stands there."""
        return self._with_lead(self.text) if self.text.strip() else self.text

    def _with_lead(self, text: str) -> str:
        return self.lead + " ".join(text.split("\n")).strip() if self.lead else text

    def taken(self, text: str) -> list[str]:
        """The lines of what Enter took off the line; a wording is one, with its command."""
        whole, self.lead = self._with_lead(text), ""
        return whole.split("\n")

    @property
    def begun(self) -> list[str]:
        """What is to be kept of it, until it is entered."""
        return [self.whole] if self.text else []

    @property
    def hint(self) -> str:
        """What Enter will do with a wording, empty where there is none."""
        return f"{self.lead.rstrip()} … Enter saves this text, Esc leaves it as it was" if self.lead else ""

    def action_earlier(self) -> None:
        """The line typed before; a wording is not written over by it."""
        if not self.lead or self._back:
            super().action_earlier()
