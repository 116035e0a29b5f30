"""What was understood, in one line: `saved 12 · recommendation · q1/b · Colombo Process`."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from . import labels
from .agenda import GENERAL
from .clock import effective
from .entry import STATUSES, number, status_word, texts
from .references import called
from .schedule import NOTICED

if TYPE_CHECKING:
    from collections.abc import Collection

    from .agenda import Meeting, Session
    from .entry import Entry, Source
    from .record import Record, Statement

_CLOCK = {"pause": "paused", "resume": "running", "end": "ended", "reopen": "running again"}
_FLOOR = {"withdraw": "withdrawn", "point-of-order": "point of order", "reply": "right of reply"}
_LIST = {"close-list": "closed", "open-list": "open"}
_MARKS = {"strike": "struck", "restore": "restored", "confirm": "read out", "star": "starred", "allow": "allowed"}


_ECHO = 60
"""How many characters of an entry are repeated when something is done to it."""


def told(  # noqa: C901, PLR0912 - one case a kind
    entry: Entry, meeting: Meeting, session: Session, record: Record | None, own: Source
) -> str:
    """One line saying what an entry was taken to be; only a captured one begins with `saved`.

    Args:
        entry: What is now on disk.
        meeting: For names.
        session: For the numbers of questions.
        record: For what a correction is about; None where only the tail was read.
        own: The file of whoever reads the line: its entries are called by bare numbers.
    """
    if entry.captured:
        return saved(entry, meeting)
    about = _number(entry.target, record, meeting, own)
    words = _words(entry.target, record)
    kind, fields = entry.kind, entry.fields
    if kind in _CLOCK:
        return f"clock · {_CLOCK[kind]}"
    if kind in _MARKS:
        return f"{_MARKS[kind]} {about}{words}"
    if kind in _LIST:
        return f"speakers' list · {_LIST[kind]}"
    match kind:
        case "start":
            return f"clock · started {effective(entry):%H:%M}"
        case "extend":
            who = "the speaker has" if entry.target else "clock ·"
            return f"{who} {_signed(fields.get('minutes', 0))} min" + _behind(str(fields.get("reason", "")))
        case "anomaly":
            return f"clock · {_anomaly(entry)}"
        case "goto":
            return f"at {place(str(fields.get('question', GENERAL)), session)}"
        case "floor" | "reply" | "point-of-order" | "withdraw":
            behalf = str(fields.get("behalf", ""))
            return f"floor · {_person(entry.speaker, meeting)}{_for(behalf, meeting)}" + _behind(_FLOOR.get(kind, ""))
        case "limit":
            minutes = number(fields.get("minutes", 0))
            limit = f"{minutes_and_seconds(minutes * 60)} from now on" if minutes else "the agenda's limits hold again"
            return f"floor · {limit}"
        case "yield":
            return "floor · yielded"
        case "queue":
            names = [_person(each, meeting) for each in texts(fields.get("speakers"))]
            groups = texts(fields.get("behalf"))
            told = [f"{name}{_for(group, meeting)}" for name, group in zip_longest(names, groups, fillvalue="")]
            return f"speakers' list · {', '.join(told)}"
        case "reorder":
            return f"speakers' list · {meeting.name_of(entry.speaker)} to place {fields.get('position', 1)}"
        case "message":
            if fields.get("blackout") is True:
                return "stage · dark, /blackout off lights it"
            if fields.get("blackout") is False:
                return "stage · light again"
            return f"stage · {entry.text}" if entry.text else "stage · message off"
        case "status":
            status = str(fields.get("status", ""))
            return (
                f"{status_word(status)} {about}{words}" if status in STATUSES else f"status · {status} {about}{words}"
            )
        case "support" | "oppose":
            whose = meeting.name_of(str(fields.get("who", ""))) or str(fields.get("count", ""))
            off = " no longer" if fields.get("off") is True else ""
            return f"{kind} {about} · {whose}{off}{words}"
        case "cluster":
            return _joined(entry, meeting, record, own)
        case "uncluster":
            return f"split {about}{words}"
        case "undo" | "redo":
            return f"{'undone' if kind == 'undo' else 'redone'} · {_reversed(entry, meeting, session, record, own)}"
        case "amend":
            made = f"made of {_members(entry, meeting, record, own)}" if "targets" in fields else ""
            return (
                f"amended {about}"
                + _behind(made)
                + _behind(_amended(entry, meeting, _stands_in(entry.target, meeting, record) or session))
                + _was(entry, record, own)
            )
        case "resolve":
            return f"resolved {about}"
        case "accept":
            return f"accepted as changed by hand · {entry.target}"
        case "withheld":
            return "withheld · an internal entry that was not sent along"
        case "paragraph":
            return f"paragraph · {fields.get('question', GENERAL)} · {entry.text}"
    return f"kept · {kind}, which this version does not know"


def saved(entry: Entry, meeting: Meeting) -> str:
    """The line of a captured entry."""
    fields = entry.fields
    parts = [f"saved {entry.n}", entry.kind, str(fields.get("question", GENERAL))]
    if entry.speaker:
        parts.append(meeting.name_of(entry.speaker))
    if (group := str(fields.get("group", ""))) and group != entry.speaker:
        parts.append(meeting.name_of(group))
    parts += [f"#{tag}" for tag in texts(fields.get("tags"))]
    if fields.get("internal") is True:
        parts.append("internal")
    return " · ".join(parts)


def place(address: str, session: Session) -> str:
    """A question for a person: its number and text; the session in general where there is none."""
    question = session.question(address)
    if question is None:
        return f"{GENERAL} · the session in general" if address == GENERAL else f"{address} · no longer in the agenda"
    stem = session.question(address.partition("/")[0]) if "/" in address else None
    return f"{question.number} · {f'{stem.text} ' if stem else ''}{question.text}"


def duration(seconds: float) -> str:
    """Seconds as people say them: `42 s`, `4 min`, `1 h 05`."""
    whole = round(abs(seconds))
    if whole < 60:  # noqa: PLR2004 - seconds
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02}"  # noqa: PLR2004 - minutes


def early_or_late(seconds: float) -> str:
    """How far off its time something is, `6 min late`; empty where nobody would notice."""
    return "" if abs(seconds) < NOTICED else f"{duration(seconds)} {'late' if seconds > 0 else 'early'}"


def minutes_and_seconds(seconds: float) -> str:
    """Seconds as a speaker's time is said: `3:40`."""
    whole = round(abs(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def _signed(minutes: object) -> str:
    return f"{minutes:+g}" if isinstance(minutes, int | float) else str(minutes)


def _behind(text: str) -> str:
    return f" · {text}" if text else ""


def _number(target: str, record: Record | None, meeting: Meeting, own: Source) -> str:
    """How an entry is called from one's own file: `12`, `Africa 3`, `session-4:12`, `session-4/q1/a paragraph`."""
    entry = record.entry(target) if record and target else None
    source = record.source(target) if record else None
    if record is None or entry is None or source is None:
        return ""
    if (label := record.label(target)) and not (entry.captured and own.holds(source)):
        return labels.printed(label, source.session, meeting)
    if entry.captured:
        return called(entry, source, own)
    elsewhere = f"{source.session}/{entry.fields.get('question', GENERAL)} " if source.session != own.session else ""
    return f"{elsewhere}{entry.kind}"


def _words(target: str, record: Record | None) -> str:
    """The beginning of what an entry says now, so that a wrong number is seen at once; empty for none."""
    found = record.statement(target) if record and target else None
    return _behind(_begun(found.text if found else ""))


def _was(entry: Entry, record: Record | None, own: Source) -> str:
    """The text that an amendment took away, where that stands in another session and is not before one's eyes."""
    target, source = (record.entry(entry.target), record.source(entry.target)) if record else (None, None)
    if record is None or target is None or source is None:
        return ""
    if source.session == own.session or "text" not in entry.fields:
        return ""
    seen, before = {entry.id}, record.entry(str(entry.fields.get("after", "")))
    while before and before.id not in seen and not (before.kind == "amend" and "text" in before.fields):
        seen.add(before.id)
        before = record.entry(str(before.fields.get("after", "")))
    return _behind(f"was: {_begun((before or target).text)}")


def _begun(text: str) -> str:
    return text if len(text) <= _ECHO else f"{text[: _ECHO - 1]}…"


def _joined(cluster: Entry, meeting: Meeting, record: Record | None, own: Source) -> str:
    """What a common recommendation was made of, each with how it begins; one alone as it is."""
    label = record.label(cluster.id) if record else None
    source = record.source(cluster.id) if record else None
    name = labels.printed(label, source.session, meeting) if label and source else ""
    targets = texts(cluster.fields.get("targets"))
    alone = record.statement(targets[0]) if record and len(targets) == 1 else None
    if alone is not None and alone.text == cluster.text:
        return f"joined · {name} · {name_of(alone.entry.id, meeting, record, own)} alone, as worded · {cluster.text}"
    only = " alone" if len(targets) == 1 else ""
    joined = [f"{name_of(each, meeting, record, own)}{only}{_words(each, record)}" for each in targets]
    return f"joined · {name} · {cluster.text} · from {', '.join(joined)}"


def _members(amendment: Entry, meeting: Meeting, record: Record | None, own: Source) -> str:
    """What an amendment makes a common recommendation of."""
    targets = texts(amendment.fields.get("targets"))
    return ", ".join(name_of(each, meeting, record, own) for each in targets) or "nothing"


def name_of(entry_id: str, meeting: Meeting, record: Record | None, own: Source) -> str:
    """How an entry is told to a person: `Africa 3`, else its number from one's own file."""
    label = record.label(entry_id) if record else None
    source = record.source(entry_id) if record else None
    if label is None or source is None:
        return _number(entry_id, record, meeting, own)
    return labels.printed(label, source.session, meeting)


def backing(stated: Statement, meeting: Meeting, without: Collection[str] = ()) -> list[str]:
    """Who supports an entry and who opposes it, some left out; a count is of participants."""
    found = []
    for word, whose in (("supported", stated.support), ("opposed", stated.oppose)):
        if names := [_backer(each, meeting) for each in whose if each not in without]:
            found.append(f"{word} by {', '.join(names)}")
    return found


def _backer(who: str, meeting: Meeting) -> str:
    return f"{who} participant{'' if who == '1' else 's'}" if who.isdecimal() else meeting.name_of(who)


def _person(speaker: str, meeting: Meeting) -> str:
    """A name, marked where the agenda does not know it: a guest, or a slip of the keyboard."""
    known = meeting.participant(speaker) or meeting.group(speaker)
    return known.name if known else f"{speaker} (not in the agenda)"


def _for(behalf: str, meeting: Meeting) -> str:
    """The group spoken for, behind a name; empty for none."""
    return f" for {meeting.name_of(behalf)}" if behalf else ""


def _anomaly(entry: Entry) -> str:
    """What happened to the machine's clocks, and what becomes of the time."""
    fields = entry.fields
    if step := number(fields.get("step", 0)):
        way = "forward" if step > 0 else "back"
        return f"the computer's clock was set {duration(step)} {way}; the session's time goes on as it was"
    why = ", asleep" if fields.get("asleep") is True else ""
    counted = "counted" if fields.get("counted") else "counts as a pause"
    return f"away {duration(number(fields.get('seconds', 0)))}{why}, {counted}"


def _reversed(entry: Entry, meeting: Meeting, session: Session, record: Record | None, own: Source) -> str:
    target = record.entry(entry.target) if record else None
    return told(target, meeting, session, record, own) if target else entry.target


def _stands_in(target: str, meeting: Meeting, record: Record | None) -> Session | None:
    """The session that an entry was written in."""
    source = record.source(target) if record else None
    return meeting.session(source.session) if source else None


def _amended(entry: Entry, meeting: Meeting, session: Session) -> str:
    fields = entry.fields
    parts = []
    if "new_kind" in fields:
        parts.append(str(fields["new_kind"]))
    if "question" in fields:
        parts.append(place(str(fields["question"]), session))
    for key in ("speaker", "owner"):
        if key in fields:
            parts.append(meeting.name_of(str(fields[key])) or "nobody")
    if "due" in fields:
        parts.append(str(fields["due"]))
    parts += [f"#{tag}" for tag in texts(fields.get("tags"))]
    if "text" in fields:
        parts.append(entry.text)
    return " · ".join(parts)
