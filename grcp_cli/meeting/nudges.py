"""What is told quietly at the moment it helps: one sentence each, with the command that would mend it.

Told while somebody types, so what is cheap to see is looked at first, and no record is worked out whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import answered, leading, walkthrough
from .agenda import GENERAL
from .clock import PAUSED, RUNNING, TO_COME
from .reported import KEPT_BACK, counts
from .schedule import apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .agenda import Meeting, Question, Session
    from .clock import Clock, Moment
    from .entry import Entry, Source
    from .record import Record, Statement
    from .schedule import Slot
    from .walkthrough import Walk

OVERDUE = 300.0
"""Seconds after its planned start from which a session that has not begun is told."""


def after(
    entries: Iterable[Entry],
    meeting: Meeting,
    session: Session,
    record: Record,
    walk: Walk,
    source: Source,
    group: str = "",
) -> Iterator[str]:
    """What to tell once a line is saved.

    Args:
        entries: What the line wrote, in its order.
        meeting: The agenda.
        session: The session sat at.
        record: All files, these entries among them: a desk that has caught up.
        walk: Where the desk stands now.
        source: The desk's own file.
        group: The desk's own group, which is told what itself left open; empty for none.
    """
    by = f" by {meeting.name_of(group)}" if group else ""
    for entry in entries:
        if entry.kind == "goto":
            yield from _unled(entry, session, record, source, leading.left(record, session, source, walk, group))
            if left := _left(entry, session, record, walk, source, group):
                yield f"nothing was written under {left}{by}: /go {left} returns"
        elif entry.kind == "end" and walk.clock.ended is not None:  # a desk that only follows ends nothing
            if numbers := [each.number for each in answered.of_record(session, record, group).open]:
                still = f"/{numbers[0]} text still files it, /reopen goes on"
                yield f"nothing was written under {', '.join(numbers)}{by}: {still}"
        else:
            yield from counted(entry, meeting, session, record)
            yield from _written(entry, meeting, record, source)


def overdue(slot: Slot | None, clock: Clock, now: Moment) -> str:
    """What to tell of a session that should have begun; empty for nothing.

    Told from five minutes after the planned start until the planned end.

    Args:
        slot: When the session is planned, None where the agenda does not tell.
        clock: As the desk sees it.
        now: The machine's clocks.
    """
    if slot is None or clock.state != TO_COME or apart(slot.start, now.at) < OVERDUE or apart(now.at, slot.end) <= 0:
        return ""
    planned = f"{slot.start:%H:%M}"
    return f"planned for {planned}, not started: /start starts now, /start {planned} backdates"


def counted(entry: Entry, meeting: Meeting, session: Session, record: Record) -> Iterator[str]:
    """Tells how many of "up to five" a group has once an entry, or a change to one, may have made it another number.

    What is struck, internal, or was not brought forward does not count; nothing is ever discarded.
    """
    moved = _set(entry, "new_kind", "question", "group") or entry.kind in ("strike", "restore")
    if not moved and (entry.kind != "status" or entry.fields.get("status") not in ("proposed", *KEPT_BACK)):
        return
    stated = record.statement(entry.id if entry.captured else entry.target)
    if stated is None or stated.source.session != session.id or stated.internal or not stated.group:
        return
    question = session.question(stated.question)
    most = question.max_per_group if question else None
    if question is None or not most or stated.kind != question.captures:
        return
    filed = _filed(record, session, stated.question)
    count = sum(each.group == stated.group and each.kind == stated.kind and counts(each) for each in filed)
    name = meeting.name_of(stated.group)
    if count > most:
        yield f"{name} has {count} here, up to {most} were asked for; all are kept"
    else:
        yield f"{count} of up to {most} for {name}, {most - count or 'none'} left"


def _silent(question: Question, session: Session, record: Record, group: str) -> bool:
    """Whether a question is open; what answers it is looked at no further than need be."""
    if any(group in ("", each.group) for each in _filed(record, session, question.address)):
        return False
    hears = question.reports_back or question.selects_from
    return not (hears and answered.heard(question, *answered.elsewhere(session, record)))


def _left(entry: Entry, session: Session, record: Record, walk: Walk, source: Source, group: str) -> str:
    """The number of an open question gone away from while the clock started here is on; empty for none."""
    if entry.fields.get("follow") or walk.clock.state not in (RUNNING, PAUSED):
        return ""
    question = session.question(_stood(entry, record.files.get(source, [])))
    if question is None or question.subs or question.address == entry.fields.get("question"):
        return ""
    return question.number if _silent(question, session, record, group) else ""


def _unled(entry: Entry, session: Session, record: Record, source: Source, lead: Source | None) -> Iterator[str]:
    """Who goes away from the desk that they followed: nobody else keeps the time that they see now."""
    own = record.files.get(source, [])
    before = [each for each in own if each.id != entry.id]
    if lead is not None and walkthrough.replay(session, before).following:
        whose = lead.desk or "the session"
        yield f"no longer following {whose}: /follow returns; this desk's own clock is not started"


def _stood(entry: Entry, entries: list[Entry]) -> str:
    """Where a file stood before one of its entries, as the one before it tells; empty where none does."""
    passed = False
    for each in reversed(entries):
        if passed:
            filed = each.fields.get("question", "") if each.captured or each.kind == "goto" else ""
            if here := each.fields.get("here", filed):
                return str(here)
        passed = passed or each.id == entry.id
    return ""


def _written(entry: Entry, meeting: Meeting, record: Record, source: Source) -> Iterator[str]:
    """What an entry, or a change to one, leaves to be mended; told of no entry twice for the same."""
    made = entry.captured or entry.kind == "cluster"
    stated = record.statement(entry.id if made else entry.target)
    if stated is None or stated.struck or stated.kind == "paragraph":
        return
    if stated.kind == "action" and not stated.owner and _set(entry, "new_kind", "owner"):
        number = _called(stated, meeting, record, source)
        yield f"{number} has no owner: /owner {number} NAME [DATE]"
    picked = entry.kind == "star" and stated.kind == "note"
    if (picked or _set(entry, "text", "new_kind")) and (names := _names(stated, meeting, record)):
        number = _called(stated, meeting, record, source)
        yield f"{names} in {number}, which a final report refuses: /amend {number} TEXT or /allow {number}"


def _set(entry: Entry, *fields: str) -> bool:
    """Whether an entry is new, or an amendment that sets one of some fields."""
    changed = entry.kind == "amend" and any(field in entry.fields for field in fields)
    return entry.captured or entry.kind == "cluster" or changed


def _names(stated: Statement, meeting: Meeting, record: Record) -> str:
    """As `_named`, of an entry; most are notes, which stay behind and are not searched."""
    from .attribution import leaves

    return _named(stated.entry.id, meeting, record) if leaves(stated) else ""


def _named(entry_id: str, meeting: Meeting, record: Record) -> str:
    """Whom a text names although nobody may be named, in quotation marks; empty for nobody."""
    from .attribution import UNNAMED, namings

    if meeting.attribution not in UNNAMED:
        return ""
    return ", ".join(f"“{name}”" for each in namings(record, meeting, [entry_id]) for name in each.names)


def _called(stated: Statement, meeting: Meeting, record: Record, source: Source) -> str:
    from .draft_names import References

    return References(record, meeting, source).name(stated.entry.id)


def _filed(record: Record, session: Session, place: str) -> Iterator[Statement]:
    """What stands under one question of a session, from any desk; only what may stand there is worked out."""
    moved = {
        entry.target
        for entries in record.segments.values()
        for entry in entries
        if entry.kind == "amend" and "question" in entry.fields
    }
    for source, entries in record.segments.items():
        if source.session != session.id:
            continue
        for entry in entries:
            if entry.captured and (entry.fields.get("question", GENERAL) == place or entry.id in moved):
                stated = record.statement(entry.id)
                if stated is not None and not stated.struck and stated.question == place:
                    yield stated
