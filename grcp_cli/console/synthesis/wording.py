"""The table's line: a command that words something known is kept aside, also where it is typed or comes back."""

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
    """Where lines are typed, and what is common is worded."""

    def __init__(self, view: Callable[[], View | None]) -> None:
        super().__init__(lambda before: completions(before, view()))
        self._view = view

    def put(self, text: str, lead: str = "") -> None:
        """As for any line; the command of one that words something is put aside."""
        view = self._view()
        aside, words = apart(lead + text, view.typed.values() if view else ())
        super().put(words, aside)

    @property
    def hint(self) -> str:
        """What Enter will do with a wording, empty where there is none."""
        return f"{self.lead.rstrip()} … Enter saves this text, Esc leaves it as it was" if self.lead else ""
