"""What the word before the cursor may become: commands, labels, names, questions and tags; prose is left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.commands import BY_NAME, COMMANDS
from grcp_cli.meeting.grammar import offered
from grcp_cli.meeting.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grcp_cli.meeting.agenda import Meeting, Session


class Completed(NamedTuple):
    """One way to go on: the word as it would stand, and how many characters before the cursor it takes the place of."""

    word: str
    instead_of: int


_NAMED = ("f", "q", "withdraw", "move", "order", "reply")
"""Commands that names follow."""
_ENTRY = re.compile(r"\[?(?:12|LABEL|africa3)\b")
"""How a command that an entry follows tells what it takes."""
_SEVERAL = ("join", "split")
"""Commands that several entries follow."""


def completions(
    before: str, meeting: Meeting, session: Session, here: str, labels: Callable[[], Iterable[str]] = tuple
) -> list[Completed]:
    """Every way to go on from the text before the cursor, in the order of agenda and help.

    Args:
        before: The text.
        meeting: For names.
        session: For questions.
        here: Address of the question at hand, for its tags.
        labels: What recommendations are typed as; asked for where one is expected.
    """
    if found := labelled(before, labels):
        return found
    if before.startswith("/") and " " not in before:
        names = [f"/{name}" for command in COMMANDS for name in command.names if name.isalpha()]
        return _beginning(names, before)
    name, _, rest = before[1:].partition(" ") if before.startswith("/") else ("", "", "")
    command = BY_NAME.get(name)
    first = command.names[0] if command else ""
    if first in _NAMED:
        typed = rest.rpartition(",")[2].lstrip()
        _, spoken_for, group = typed.rpartition(" for ")
        if spoken_for:
            return _from([each.name for each in meeting.groups if _begins((each.name, each.id), fold(group))], group)
        return _from(_known(typed, meeting), typed) if typed else []
    if first == "go":
        return _beginning([leaf.number for leaf in session.leaves], rest)
    start, at, typed = before.rpartition("@")
    if at and typed and (not start or start[-1].isspace()):
        return _from(_known(typed, meeting), typed)
    word = before.rsplit(" ", 1)[-1]
    return _beginning([f"#{tag}" for tag in offered(session, here)], word) if word.startswith("#") else []


def labelled(before: str, labels: Callable[[], Iterable[str]]) -> list[Completed]:
    """Every label that the word before the cursor may become: behind `/ok `, `/+`, `/join africa3 `, not in a text."""
    signed = before[:2] in ("/+", "/-")
    name, _, rest = (before[1], "", before[2:]) if signed else before[1:].partition(" ")
    command = BY_NAME.get(name) if before.startswith("/") else None
    typed = re.split("[ ,]", rest)[-1]
    first = not rest.removesuffix(typed).strip()
    if command is None or not typed or not _ENTRY.match(command.takes):
        return []
    if ":" in rest or not (first or command.names[0] in _SEVERAL):
        return []
    wanted = typed.lower()
    found = {each for each in labels() if wanted in (each[: len(wanted)], each.rpartition("/")[2][: len(wanted)])}
    return _from(sorted(found, key=lambda each: (len(each), each)), typed)


def _known(typed: str, meeting: Meeting) -> list[str]:
    """Names that are known by a beginning, an alias's too."""
    wanted = fold(typed)
    people = [each.name for each in meeting.participants if _begins((each.name, each.id, *each.aliases), wanted)]
    return people + [each.name for each in meeting.groups if _begins((each.name, each.id), wanted)]


def _begins(names: tuple[str, ...], wanted: str) -> bool:
    return any(fold(name).startswith(wanted) for name in names)


def _from(names: list[str], typed: str) -> list[Completed]:
    return [Completed(name, len(typed)) for name in names if name != typed]


def _beginning(names: list[str], typed: str) -> list[Completed]:
    return _from([name for name in names if name.startswith(typed.lower())], typed)
