"""What a record holds that the agenda or this version does not know: kept and told, never dropped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .agenda import GENERAL
from .entry import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .agenda import Meeting
    from .record import Record


def strays(meeting: Meeting, record: Record) -> Iterator[str]:
    """One sentence for each: sessions and questions that are gone, kinds and keys not known."""
    known = {session.id: session for session in meeting.sessions}
    for session_id in sorted({source.session for source in record.files}):
        session = known.get(session_id)
        if session is None:
            yield f"{session_id} is no longer in the agenda; its record is kept"
            continue
        addresses = {GENERAL, *(each.address for each in session.every_question)}
        if not any(place not in addresses for place in _places(record, session_id)):
            continue  # how entries now stand need not be worked out
        gone = Counter(each.question for each in record.statements(session_id) if each.question not in addresses)
        for address, count in sorted(gone.items()):
            entries = "1 entry" if count == 1 else f"{count} entries"
            yield f"{session_id}: {entries} under {address}, which is no longer in the agenda; reported under Other"
    unknowns = Counter(word for entries in record.segments.values() for entry in entries for word in unknown(entry))
    for word, count in sorted(unknowns.items()):
        yield f"{count} × {word}: not known to this version, kept"


def _places(record: Record, session: str) -> Iterator[str]:
    """Every question that the entries of a session were ever filed under."""
    for source, entries in record.segments.items():
        for entry in entries:
            if (source.session == session and entry.captured) or entry.kind == "amend":
                yield str(entry.fields.get("question", GENERAL))
