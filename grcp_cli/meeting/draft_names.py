"""How a draft page calls questions and entries, there and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import references
from .agenda import GENERAL
from .draft_page import key
from .entry import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .agenda import Meeting, Session
    from .entry import Source
    from .record import Record

_WORD = re.compile(r"[a-z0-9/-]*[a-z0-9]")
_RUN = re.compile(r"((?:[a-z0-9-]+/)?(?:[a-z0-9-]*(?:~[0-9a-f]+)?:)?)(\d{1,9})[-–](\d{1,9})")
_FORMED = re.compile(r"(?:[a-z0-9-]+/)?(?:[a-z0-9-]*(?:~[0-9a-f]+)?:)?\d+|~[0-9a-f]{12}|p\d+[a-z]{0,3}@[a-z0-9-]+")


def _nothing(_: str) -> tuple[str, ...]:
    return ()


class Places:
    """The questions of a session by the words that mean them: number or address, also of one gone from the agenda."""

    def __init__(self, session: Session, record: Record) -> None:
        self.session = session
        self._addresses: dict[str, str] = {}
        known = [each.address for each in session.every_question]
        for question in session.every_question:
            for word in (question.number, question.address):
                self._addresses.setdefault(word.casefold(), question.address)
        stated = [*record.statements(session.id), *record.paragraphs(session.id)]
        gone = sorted({each.question for each in stated} - {*known, GENERAL})
        for address in (GENERAL, *gone):
            word = address if _WORD.fullmatch(address) else f"~{key(address)}"
            self._addresses.setdefault(word, address)
            self._addresses.setdefault(f"~{key(address)}", address)
        self.all = (GENERAL, *known, *gone)

    def address(self, word: str) -> str | None:
        """What a heading's word means, None for nothing."""
        return self._addresses.get(word.casefold())

    def word(self, address: str) -> str:
        """What to write for an address so that `address` finds it again."""
        question = self.session.question(address)
        for word in (question.number if question else address, address):
            if self.address(word) == address:
                return word
        return f"~{key(address)}"

    def within(self, at: str) -> tuple[str, ...]:
        """The addresses that a page shows: one question with its subs, or for an empty `at` all of them."""
        if not at:
            return self.all
        question = self.session.question(at)
        return (at, *(each.address for each in question.subs)) if question else (at,)

    @property
    def words(self) -> str:
        """What headings may begin with, for a message."""
        return ", ".join((GENERAL, *(each.number for each in self.session.every_question)))


class References:
    """How entries are named from one's own file, there and back."""

    def __init__(
        self, record: Record, meeting: Meeting, own: Source, issued: Callable[[str], tuple[str, ...]] = _nothing
    ) -> None:
        """Names from `own`; `issued` tells what a paragraph that was circulated, `p34@draft-1`, rests on."""
        self._record = record
        self._meeting = meeting
        self._own = own
        self._issued = issued
        owners = {"common", *(each.id for each in meeting.groups), *(each.id for each in meeting.sessions)}
        self._label = re.compile(
            rf"(?:{'|'.join(map(re.escape, sorted(owners)))})\.?\d+(?:@[a-z0-9-]+)?(?:~[0-9a-z-]+)?"
        )
        names = references.written_out(record, meeting)
        # The longest first: “Africa 3” is the beginning of “Africa 3 (Session 4)”.
        self._printed = {name: names[name] for name in sorted(names, key=len, reverse=True) if " " in name}
        self._keys: dict[str, str] = {}

    def name(self, entry_id: str) -> str:
        """The number or label of an entry; a key where neither leads back to it."""
        return references.named(entry_id, self._record, self._meeting, self._own) or f"~{key(entry_id)}"

    def read(self, text: str) -> tuple[list[str], list[str], bool]:
        """What stands in a bracket, as entries.

        Returns:
            The ids named, the words that name none, and whether every word has the form of a reference; a bracket
            in which some have not is text.
        """
        # Digits of any script count: who writes Arabic may number so.
        text = " ".join(re.sub(r"\d", lambda digit: str(int(digit[0])), text.casefold()).split())
        for name, meant in self._printed.items():
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", meant, text)
        found, missed, formed = list[str](), list[str](), True
        words = re.split(r"[\s,;،、]+", text.strip(" ,;\t"))
        for word in (each for spelled in words for each in self._run(spelled)):
            keyed = word.startswith("~") and ":" not in word
            entry_id = self._by_key(word[1:]) if keyed else self._find(word)
            if named := (entry_id,) if entry_id else self._issued(word):
                found += named
            else:
                missed.append(word)
                formed = formed and bool(_FORMED.fullmatch(word) or self._label.fullmatch(word))
        return found, missed, formed

    def several(self, words: Iterable[str]) -> tuple[str, str] | None:
        """What to tell of the first word that means several entries, None where none does."""
        for word in words:
            if len(found := references.meant(word, self._record, self._own, self._meeting)) > 1:
                return references.several(word, found, self._record, self._meeting, self._own)
        return None

    def _run(self, word: str) -> list[str]:
        """Entries that follow on one another, `3-7` or `africa:3-7`, as far as they are there; else the word itself."""
        match = _RUN.fullmatch(word)
        if not match or not all(self._find(f"{match[1]}{match[end]}") for end in (2, 3)):
            return [word]
        between = (f"{match[1]}{n}" for n in range(int(match[2]), int(match[3]) + 1))
        return [each for each in between if self._find(each)] or [word]

    def _find(self, word: str) -> str | None:
        return self._record.find(word, self._own, self._meeting)

    def _by_key(self, wanted: str) -> str | None:
        if not self._keys:
            for entries in self._record.segments.values():
                for entry in entries:
                    self._keys.setdefault(key(entry.id), entry.id)
                    for source in texts(entry.fields.get("sources")):
                        self._keys.setdefault(key(source), source)
        return self._keys.get(wanted)
