"""Paragraphs of what was circulated, as addresses: `p34@draft-1` serves wherever an entry's number does.

What is listed under a paragraph with a letter has an address too: `p34a@draft-1`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grcp_cli.errors import GrcpError

from .decision import CHOICE, NOT_FOUND, Printed, Refusal, Sight, record_of
from .draft_names import References
from .names import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .record import Statement

_ADDRESS = re.compile(r"p([0-9]{1,6})([a-z]{0,3})@([a-z0-9][a-z0-9-]{0,63})", re.IGNORECASE)


def is_address(reference: str) -> bool:
    """Whether a reference has the form of a paragraph's address."""
    return _ADDRESS.fullmatch(reference) is not None


def paragraph(reference: str, sight: Sight) -> Printed:
    """The paragraph that an address means.

    Raises:
        Refusal: There is no such issue, or it has no such paragraph.
    """
    match = _ADDRESS.fullmatch(reference)
    assert match is not None, "asked only of what is an address"
    number, letter, name = int(match[1]), match[2].casefold(), match[3].casefold()
    try:
        printed = sight.issues.get(name)
        known = tuple(sight.issues) if printed is None else ()
    except GrcpError as error:
        raise Refusal(str(error), error.hint, error.exit_code) from error
    if printed is None:
        near = nearest(name, known)
        there = f"there {'is' if len(known) == 1 else 'are'} {', '.join(known)}"
        hint = there if known else f"grcp export --issue {name} keeps what is circulated"
        hint = f"did you mean {near}?" if near else hint
        raise Refusal(f"there is no issue {name} of {sight.meeting.id}", hint, NOT_FOUND)
    if number not in printed:
        raise Refusal(f"{name} has no paragraph {number}", _range(printed), NOT_FOUND)
    return _item(printed[number], f"paragraph {number} of {name}", letter) if letter else printed[number]


def _item(whole: Printed, called: str, letter: str) -> Printed:
    """One thing listed under a paragraph, as if it were one that rests on this entry alone.

    Raises:
        Refusal: Nothing is listed there with that letter.
    """
    if letter in whole.items:
        entry_id = whole.items[letter]
        return Printed("", (entry_id,) if entry_id else ())
    known = [f"({each})" for each in whole.items if each.isalpha()]
    hint = f"it has {' to '.join(dict.fromkeys((known[0], known[-1])))}" if known else "its number alone is its address"
    raise Refusal(f"{called} lists nothing as ({letter})", hint, NOT_FOUND)


def cited(word: str, sight: Sight) -> tuple[str, ...]:
    """The entries that a cited paragraph rests on, none where the word means no paragraph."""
    if not is_address(word):
        return ()
    try:
        return paragraph(word, sight).entries
    except Refusal:
        return ()


def _range(printed: Mapping[int, Printed]) -> str:
    return f"it has {min(printed)} to {max(printed)}" if printed else "it has no numbered paragraphs"


def statement(reference: str, sight: Sight) -> Statement:
    """What an address means in the record: the drafted paragraph, else the one entry that the paragraph rests on.

    Raises:
        Refusal: There is none, or there are several.
    """
    printed = paragraph(reference, sight)
    record = record_of(sight)
    entries = (printed.id,) if printed.id else printed.entries
    if not entries:
        told = f"{reference} is the report’s own wording and rests on no entry"
        raise Refusal(told, "it follows from the agenda and the record", NOT_FOUND)
    if len(entries) > 1:
        names = References(record, sight.meeting, sight.source)
        told = ", ".join(names.name(each) for each in entries)
        raise Refusal(f"{reference} rests on {len(entries)} entries: {told}", "name one of them", CHOICE)
    found = record.statement(entries[0])
    if found is None:
        label = record.label(entries[0])
        told = f"{reference} was {label.typed}, taken apart" if label else f"what {reference} was is undone"
        raise Refusal(f"{told} since", "", NOT_FOUND)
    return found
