"""The record of a session for scripts: a function of the entries alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import held
from .entry import as_data, plain, texts
from .schedule import planned

if TYPE_CHECKING:
    from .agenda import Meeting, Session
    from .conflicts import Conflict
    from .entry import Source
    from .record import Record, Statement


def session_data(meeting: Meeting, record: Record, item: Session) -> dict[str, Any]:
    """A session as `record show --json` tells it; every key is always there, absent is null.

    Args:
        meeting: The agenda, for what was planned.
        record: All files of the meeting.
        item: The session.
    """
    session, slot = item.id, planned(meeting).get(item.id)
    return {
        "session": session,
        "held": held.as_data(meeting, item, held.held(meeting, item, record, slot), slot),
        "entries": [_statement(record, each) for each in record.statements(session)],
        "paragraphs": [_statement(record, each) for each in record.paragraphs(session)],
        "clusters": [
            {
                "id": each.id,
                "label": _label(record, each.id),
                "text": each.text,
                "targets": list(texts(each.fields.get("targets"))),
                "support": list(texts(each.fields.get("support"))),
            }
            for each in record.clusters(session)
        ],
        "acts": [{"desk": source.desk or None, **as_data(entry)} for source, entry in record.acts(session)],
        "conflicts": [_conflict(record, each) for each in record.conflicts(session)],
    }


def _statement(record: Record, stated: Statement) -> dict[str, Any]:
    return {
        "id": stated.entry.id,
        "n": stated.entry.n if stated.entry.captured else None,
        "desk": stated.source.desk or None,
        "label": _label(record, stated.entry.id),
        "at": plain(stated.entry.at),
        "kind": stated.kind,
        "question": stated.question,
        "group": stated.group or None,
        "speaker": stated.speaker or None,
        "speaker_from": plain(stated.entry.fields.get("speaker_from")),
        "text": stated.text,
        "tags": list(stated.tags),
        "owner": stated.owner or None,
        "due": plain(stated.due),
        "order": stated.order if stated.kind == "paragraph" else None,
        "sources": list(stated.sources),
        "status": stated.status or None,
        "decided_in": stated.decided_in or None,
        "support": list(stated.support),
        "oppose": list(stated.oppose),
        "struck": stated.struck,
        "amended": stated.amended,
        "confirmed": stated.confirmed,
        "starred": stated.starred,
        "allowed": stated.allowed,
        "internal": stated.internal,
    }


def _label(record: Record, entry_id: str) -> str | None:
    label = record.label(entry_id)
    return label.typed if label else None


def _conflict(record: Record, conflict: Conflict) -> dict[str, Any]:
    def desk(source: Source | None) -> str | None:
        return source.desk or None if source else None

    return {
        "target": conflict.target,
        "field": conflict.field,
        "choices": [
            {"id": entry_id, "desk": desk(record.source(entry_id)), "value": plain(value)}
            for entry_id, value in conflict.choices
        ],
    }
