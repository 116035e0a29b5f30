"""Which entries of a session are looked at: by kind, question, words and stars, as `/list` and `/find` say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .agenda import GENERAL
from .grammar import KIND_WORDS
from .names import fold

if TYPE_CHECKING:
    from .agenda import Session
    from .decision import Show
    from .record import Statement

STARRED, OPEN = "starred", "open"


class Sieve(NamedTuple):
    """What an entry must be to be shown; all of it, and nothing where nothing is said.

    Attributes:
        kind: Its kind, empty for any.
        question: The address of its question, empty for any; a stem lets its sub-questions through.
        starred: Whether only headlines pass.
        words: Folded words that its text has.
        open: Whether the questions without an entry are meant, and no entries.
    """

    kind: str = ""
    question: str = ""
    starred: bool = False
    words: tuple[str, ...] = ()
    open: bool = False

    def passes(self, stated: Statement) -> bool:
        """Whether an entry is shown."""
        if self.kind and stated.kind != self.kind:
            return False
        if self.question and stated.question != self.question and not stated.question.startswith(f"{self.question}/"):
            return False
        if self.starred and not stated.starred:
            return False
        text = fold(stated.text) if self.words else ""
        return all(word in text for word in self.words)

    def told(self, session: Session) -> str:
        """What passes, in words; empty for everything."""
        question = session.question(self.question)
        number = question.number if question else self.question
        parts = [self.kind, f"question {number}" if number else "", STARRED if self.starred else ""]
        parts += ["questions without an entry"] if self.open else []
        if self.words:
            parts.append(f"with “{' '.join(self.words)}”")
        return ", ".join(filter(None, parts))


def sieve(show: Show, session: Session) -> Sieve:
    """What `/find words` and `/list [kind] [1b] [starred] [open] [words]` ask for."""
    if show.what == "find":
        return Sieve(words=tuple(fold(show.argument).split()))
    asked = Sieve()
    for word in show.argument.split():
        bare = word.rstrip(":").lower()
        question = session.question(bare.removeprefix("/"))
        if bare in KIND_WORDS:
            asked = asked._replace(kind=KIND_WORDS[bare])
        elif question or bare == GENERAL:
            asked = asked._replace(question=question.address if question else GENERAL)
        elif bare in (STARRED, "star", "*"):
            asked = asked._replace(starred=True)
        elif bare == OPEN:
            asked = asked._replace(open=True)
        else:
            asked = asked._replace(words=(*asked.words, *fold(word).split()))
    return asked
