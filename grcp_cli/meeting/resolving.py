"""Conflicts laid side by side for a person, and the act that says which correction holds.

Dispute ─┬─ the entry, and the fields in which its corrections differ
├─ before: what these fields were when the corrections were written
└─ Choice: what somebody would make of them, and who
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from . import conflicts
from .conflicts import wished
from .draft_names import References
from .entry import Draft, Entry, Source, plain, status_word, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .agenda import Meeting
    from .record import Record, Statement

    Corrections = Sequence[tuple[Entry, Mapping[str, Any]]]

NOW = "now"
"""What the choice is called that leaves everything as it stands."""


class By(NamedTuple):
    """One correction: where and by what it was written.

    Attributes:
        name: Its desk, or its session for the desk-less one.
        changes: Where it wants to stand what another struck: the fields that it sets, and to what.
    """

    entry: Entry
    source: Source
    name: str
    changes: Mapping[str, Any]


class Choice(NamedTuple):
    """What may be made of the fields in conflict.

    Attributes:
        by: Those who would, in the order of the record.
        values: The fields, and what they would become.
        now: Whether this is how it stands, by a later correction that decided nothing.
    """

    by: tuple[By, ...]
    values: Mapping[str, Any]
    now: bool = False


class Dispute(NamedTuple):
    """Corrections of one entry that contradict each other, in one field or in several at once.

    Attributes:
        target: The entry as it stands.
        name: How it is called from its session; `label` as it is typed, empty for none.
        fields: Those in conflict.
        before: What they, and those that `against` names, were when the corrections were written.
        choices: At least two.
    """

    target: Statement
    name: str
    label: str
    fields: tuple[str, ...]
    before: Mapping[str, Any]
    choices: tuple[Choice, ...]

    @property
    def against(self) -> tuple[str, ...]:
        """The fields that some would change of what others struck."""
        return tuple(dict.fromkeys(field for each in self.choices for by in each.by for field in by.changes))

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """What makes it the same when the record has grown: the entry and the corrections at odds."""
        odds = frozenset(by.entry.id for each in self.choices if not each.now for by in each.by)
        return self.target.entry.id, odds


def disputes(meeting: Meeting, record: Record, session: str) -> list[Dispute]:
    """The open conflicts of a session's entries, paragraphs and common recommendations, each in record order."""
    stated = [*record.statements(session), *record.paragraphs(session), *record.commons(session)]
    if not any(each.conflicts for each in stated):
        return []
    references = References(record, meeting, Source(session))
    return [dispute for each in stated if each.conflicts for dispute in _disputes(each, record, references)]


def of_entry(meeting: Meeting, record: Record, target: str) -> list[Dispute]:
    """The open conflicts of one entry, paragraph or common recommendation."""
    stated, source = record.statement(target), record.source(target)
    if stated is None or source is None or not stated.conflicts:
        return []
    return list(_disputes(stated, record, References(record, meeting, Source(source.session))))


def resolution(dispute: Dispute, choice: Choice, record: Record, here: str) -> Draft:
    """The act by which a choice holds: it names every correction at odds and no field besides those in conflict.

    Args:
        dispute: What is decided.
        choice: One of its choices.
        record: What the desk has seen.
        here: Where the desk stands that decides.
    """
    chosen = _holding(choice.by[0].entry)
    odds = [by.entry.id for each in dispute.choices for by in each.by]
    return Draft(
        "resolve",
        {
            "here": here,
            "target": dispute.target.entry.id,
            **record.horizon(dispute.target.entry.id),
            "chosen": chosen,
            "over": [each for each in dict.fromkeys(odds) if each != chosen],
            "fields": list(dispute.fields),
        },
    )


def named(dispute: Dispute, wanted: str) -> list[Choice]:
    """The choices that a word means: a correction's id, a desk, or `now`; one where it is plain."""
    if wanted == NOW:
        return [each for each in dispute.choices if each.now]
    exactly = [each for each in dispute.choices if any(wanted in (by.entry.id, by.name) for by in each.by)]
    return exactly or [each for each in dispute.choices if any(wanted == by.source.desk for by in each.by)]


def said(field: str, value: Any, meeting: Meeting) -> str:
    """What a field would become, for a person."""
    match field:
        case "struck":
            return "struck" if value else "standing"
        case "confirmed" | "starred" | "allowed":
            return "yes" if value else "no"
        case "status":
            session = meeting.session(str(value[1]))
            where = f", {session.label if session else value[1]}" if value[1] else ""
            return f"{status_word(str(value[0]))}{where}" if value[0] else "no status"
        case "speaker" | "owner" | "group":
            return meeting.name_of(str(value or "")) or "nobody"
        case "tags":
            return " ".join(f"#{each}" for each in texts(value)) or "no tags"
        case "sources":
            return f"{len(texts(value))} sources"
    if field.startswith("stance "):
        return {"support": "supports", "oppose": "opposes"}.get(str(value), "takes no side")
    return str("" if value is None else value) or "nothing"


def about(field: str, meeting: Meeting) -> str:
    """What a field is called, for a person."""
    what, _, who = field.partition(" ")
    return {"stance": f"where {meeting.name_of(who)} stands", "count": f"how many {who} it"}.get(what, field)


def as_data(dispute: Dispute) -> dict[str, Any]:
    """A conflict for scripts; every key is always there, absent is null."""
    target = dispute.target
    return {
        "session": target.source.session,
        "target": target.entry.id,
        "name": dispute.name,
        "label": dispute.label or None,
        "fields": list(dispute.fields),
        "before": {field: _plain(field, value) for field, value in dispute.before.items()},
        "choices": [
            {
                "now": each.now,
                "values": {field: _plain(field, value) for field, value in each.values.items()},
                "by": [
                    {
                        "id": by.entry.id,
                        "name": by.name,
                        "session": by.source.session,
                        "desk": by.source.desk or None,
                        "at": plain(by.entry.at),
                        "kind": by.entry.kind,
                        "changes": {field: _plain(field, value) for field, value in by.changes.items()},
                    }
                    for by in each.by
                ],
            }
            for each in dispute.choices
        ],
    }


def _plain(field: str, value: Any) -> Any:
    value = value[0] if field == "status" else value
    return None if value is None or value == "" else plain(value)


def _disputes(stated: Statement, record: Record, references: References) -> Iterator[Dispute]:
    """One where the same corrections differ in several fields: who decides, decides on them together."""
    fields: dict[tuple[str, ...], list[str]] = {}
    for conflict in stated.conflicts:
        fields.setdefault(tuple(entry_id for entry_id, _ in conflict.choices), []).append(conflict.field)
    corrections = record.corrections(stated.entry.id)
    horizons = record.horizons(stated.entry.id)
    label = record.label(stated.entry.id)
    for ids, disputed in fields.items():
        shared = frozenset.intersection(*(horizons[each] for each in ids))
        apart = {each: {each, *horizons[each]} - shared for each in ids}
        dispute = Dispute(
            stated,
            references.name(stated.entry.id),
            label.typed if label else "",
            tuple(disputed),
            {},
            tuple(_choices(stated, record, corrections, apart, disputed)),
        )
        yield dispute._replace(before=_before(stated, corrections, shared, (*disputed, *dispute.against)))


def _choices(
    stated: Statement, record: Record, corrections: Corrections, apart: Mapping[str, set[str]], fields: list[str]
) -> Iterator[Choice]:
    """What may be made of the fields; `apart` has the ids of what each rival and those before it alone did."""
    outcomes = {entry.id: (entry, outcome) for entry, outcome in corrections}
    alike: dict[str, list[By]] = {}
    for entry_id, own in apart.items():
        entry, outcome = outcomes[entry_id]
        by = _by(entry, record, stated.source.session)
        if outcome.keys().isdisjoint(fields):
            done = [each for entry, each in corrections if entry.id in own]
            by = by._replace(changes={field: value for each in done for field, value in each.items()})
        alike.setdefault(_compared(fields, wished(outcome)), []).append(by)
    for each in alike.values():
        outcome = wished(outcomes[each[0].entry.id][1])
        yield Choice(tuple(each), {field: outcome[field] for field in fields})
    setting = {field: [entry.id for entry, outcome in corrections if field in outcome][-1] for field in fields}
    if len(last := set(setting.values())) == 1:
        entry, outcome = outcomes[last.pop()]
        if _compared(fields, outcome) not in alike:
            by = _by(entry, record, stated.source.session)
            yield Choice((by,), {field: outcome[field] for field in fields}, now=True)


def _compared(fields: list[str], outcome: Mapping[str, Any]) -> str:
    """What an outcome comes to: a status is the same whichever session decided it."""
    return repr([outcome[field][0] if field == "status" else outcome[field] for field in fields])


def _by(entry: Entry, record: Record, session: str) -> By:
    source = record.source(entry.id) or Source(session)
    if not source.name:
        return By(entry, source, source.session, {})
    return By(entry, source, source.name if source.session == session else f"{source.session}/{source.name}", {})


def _before(
    stated: Statement, corrections: Corrections, shared: frozenset[str], fields: Iterable[str]
) -> Mapping[str, Any]:
    """What fields were where the rivals began: as written, then as what their writers had all seen made of them."""
    values: dict[str, Any] = {"kind": stated.entry.kind, "status": ("", ""), "struck": False, **stated.entry.fields}
    for entry, outcome in corrections:
        if entry.id in shared:
            values.update(outcome)
    return {field: values.get(field) for field in fields}


def _holding(entry: Entry) -> str:
    """The correction that holds where one is chosen: itself, or what an earlier choice had chosen."""
    return conflicts.named(entry)[0] if entry.kind == "resolve" else entry.id
