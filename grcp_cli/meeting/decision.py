"""What deciding on a typed line needs and gives: `Sight` in, `Write | Show | Refuse` out."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from .entry import CLOCK, FLOOR, Draft, Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .agenda import Meeting, Session
    from .clock import Moment
    from .entry import Source
    from .record import Record, Statement
    from .walkthrough import Walk

TEXT_LIMIT = 1024 * 1024
"""Bytes of UTF-8 that one text may have."""

NOT_FOUND, WRONG, CHOICE = 4, 2, 5


class Printed(NamedTuple):
    """One numbered paragraph of a report as it was circulated.

    Attributes:
        id: Of the drafted paragraph, empty where the report worded it itself.
        entries: Ids of the entries that it rests on or lists.
        items: What is listed under it with a letter: the entry's id by the letter, empty for a line of the agenda.
    """

    id: str
    entries: tuple[str, ...] = ()
    items: Mapping[str, str] = MappingProxyType({})


class Sight(NamedTuple):
    """What a desk sees when a line is typed.

    Attributes:
        meeting: The agenda.
        session: The session walked through.
        source: The desk's own file.
        group: The group its entries carry, empty for none.
        walk: Where the desk stands; clock, floor and question are the lead's while it follows.
        now: The machine's clocks.
        entries: The desk's own file, empty where only its tail was read.
        record: Every file of the meeting, None where only the tail was read.
        holder: Who had the floor at the line's first keystroke.
        lead: The file whose clock, floor and question the desk follows, None when it goes its own way.
        issues: What was circulated: by name, then by number of paragraph.
        rehearsal: Whether it is rehearsed.
    """

    meeting: Meeting
    session: Session
    source: Source
    group: str
    walk: Walk
    now: Moment
    entries: tuple[Entry, ...] | list[Entry] = ()
    record: Record | None = None
    holder: str = ""
    lead: Source | None = None
    issues: Mapping[str, Mapping[int, Printed]] = MappingProxyType({})
    rehearsal: bool = False


class Write(NamedTuple):
    """Entries to append, and what to tell besides what they say themselves."""

    drafts: tuple[Draft, ...]
    notices: tuple[str, ...] = ()


class Show(NamedTuple):
    """Something to show; nothing is written."""

    what: str
    argument: str = ""


class Refuse(NamedTuple):
    """A line not taken: why, what would help, and the exit code where it is the only line."""

    reason: str
    hint: str = ""
    exit_code: int = WRONG


Decision = Write | Show | Refuse


class Refusal(Exception):  # noqa: N818 - a way out of the functions that decide, never out of `command.decide`
    """Carries a `Refuse` out of a command."""

    def __init__(self, reason: str, hint: str = "", exit_code: int = WRONG) -> None:
        super().__init__(reason)
        self.refuse = Refuse(reason, hint, exit_code)


def amend(statement: Statement, sight: Sight, **changes: Any) -> Decision:
    """An amendment of what changes; a new kind is `new_kind`."""
    if "text" in changes and not changes["text"].strip():
        raise Refusal("nothing would be left of the text", "/strike takes an entry out")
    return Write((about("amend", statement.entry.id, sight, **changes),))


def about(kind: str, target: str, sight: Sight, **fields: Any) -> Draft:
    """A correction or standing: it carries what the desk has seen of those of its target."""
    return act(kind, sight, target=target, **record_of(sight).horizon(target), **fields)


def act(kind: str, sight: Sight, **fields: Any) -> Draft:
    """An act as the desk would write it now: where it stands, and the clocks where they matter."""
    whole: dict[str, Any] = {} if kind == "goto" else {"here": sight.walk.here}
    whole.update(fields)
    if kind in CLOCK or kind in FLOOR:
        whole["boot"] = sight.now.boot
        # To the microsecond: an hour's pauses together must not drift.
        whole["ticks"] = round(sight.now.ticks, 6)
    return Draft(kind, whole)


MOST_MINUTES = 240
"""What is longer at once is sooner a typing error than an extension."""


def minutes_said(rest: str, example: str) -> tuple[int, str]:
    """Minutes to add or take, and what follows them."""
    match = re.fullmatch(r"([+-]?\d{1,4})(?:\s*min)?(?:\s+(.*))?", rest, re.DOTALL)
    if match is None or int(match[1]) == 0:
        raise Refusal("how many minutes?", f"for example {example}")
    if abs(int(match[1])) > MOST_MINUTES:
        raise Refusal(f"{match[1]} min is too much at once", f"at most {MOST_MINUTES}")
    return int(match[1]), (match[2] or "").strip()


def limit_said(rest: str) -> float:
    """Minutes of an intervention: `2`, `2.5` or `3:40`."""
    match = re.fullmatch(r"(\d{1,4})(?:[.,](\d)|:([0-5]\d))?(?:\s*min)?", rest)
    minutes = float(f"{match[1]}.{match[2] or 0}") + int(match[3] or 0) / 60 if match else 0.0
    if match is None or not minutes:
        raise Refusal("how long may everybody speak?", "/limit 2, /limit 3:40, or /limit off for the agenda's limits")
    if minutes > MOST_MINUTES:
        raise Refusal(f"{match[1]} min is too long for an intervention", f"at most {MOST_MINUTES}")
    return round(minutes, 4)


def limited(text: str) -> str:
    """The text, refused when it is longer than may be stored."""
    size = len(text.encode("utf-8", "replace"))
    if size > TEXT_LIMIT:
        shown = f"{size / 1024 / 1024:.1f} MiB"
        raise Refusal(f"the text has {shown}, more than 1 MiB", "split it, or attach the document elsewhere")
    return text


def record_of(sight: Sight) -> Record:
    """The record, which `needs_record` saw to."""
    assert sight.record is not None, "this line needs the record"
    return sight.record


def before(sight: Sight) -> Statement:
    """The desk's last standing captured entry."""
    found = record_of(sight).newest(sight.source)
    if found is None:
        raise Refusal("there is no entry before", "write the text first", NOT_FOUND)
    return found


def short(text: str, width: int = 40) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= width else text[: width - 1] + "…"
