"""The proceedings: agenda joined with record, ready to be read aloud or laid out.

    Proceedings ── Chapter (a session, in running order) ─┬─ Answer (a question: paragraphs, statements)
                                                          ├─ Common (made here of several recommendations)
                                                          └─ Held (its time and floor, from the lead's file)

Only what stands is in it, or may: what was struck, undone or kept internal never gets this far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .agenda import GENERAL, Session
from .contested import fields, works
from .entry import CAPTURED, KINDS, STATUSES
from .held import Held, held
from .schedule import planned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from .agenda import Meeting, Question
    from .conflicts import Conflict
    from .entry import Entry, Source
    from .labels import Label
    from .record import Record, Statement
    from .schedule import Slot


class Answer(NamedTuple):
    """What stands under one question, or in the session in general.

    Attributes:
        place: The address as recorded.
        question: None for the session in general, and for a question no longer in the agenda.
        paragraphs: Drafted, in their order.
        statements: Captured, in record order.
        loose: Those of `statements` that no paragraph of the session rests on.
        reported: What stands under the question that this one reports back or selects from.
    """

    place: str
    question: Question | None
    paragraphs: tuple[Statement, ...] = ()
    statements: tuple[Statement, ...] = ()
    loose: tuple[Statement, ...] = ()
    reported: tuple[Statement, ...] = ()

    @property
    def undrafted(self) -> bool:
        """Whether something stands here that the discussion leaves out."""
        return not self.paragraphs and bool(self.loose)

    @property
    def other(self) -> bool:
        """Whether the agenda has no such question any more."""
        return self.question is None and self.place != GENERAL


class Common(NamedTuple):
    """A recommendation made of several, or lifted out of one.

    Attributes:
        entry: The cluster.
        stated: It as it now stands.
        session: Id of the session in which it was made.
        targets: What it was made of, as far as it still stands.
        groups: Ids of the groups that share it, in the agenda's order.
        against: Ids of those that oppose it, likewise.
    """

    entry: Entry
    stated: Statement
    session: str
    targets: tuple[Statement, ...]
    groups: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether it is held to work across groups: neither refused, withdrawn nor deferred, and in no conflict."""
        return works(self.stated)


class Chapter(NamedTuple):
    """One session.

    Attributes:
        known: Whether the agenda (still) has it.
        answers: The session in general, every question in reading order, those no longer in the agenda.
        common: Made here.
        decided: Statements of other sessions whose status was decided here.
        held: None where no clock was started.
        slot: When it was planned, None where the agenda does not tell.
        conflicts: What a person must still decide.
        begun: Whether there is a file of it.
        filed: Ids of the groups that have one: by their desk, or by what was written for them.
    """

    session: Session
    known: bool
    answers: tuple[Answer, ...]
    common: tuple[Common, ...]
    decided: tuple[Statement, ...]
    held: Held | None
    slot: Slot | None
    conflicts: tuple[Conflict, ...]
    begun: bool
    filed: tuple[str, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything captured that stands."""
        return tuple(each for answer in self.answers for each in answer.statements)

    @property
    def empty(self) -> bool:
        """Whether nothing was written down here."""
        return not (self.common or self.decided or any(each.paragraphs or each.statements for each in self.answers))

    @property
    def unanswered(self) -> tuple[Answer, ...]:
        """The questions under which nothing stands, reported back or chosen; a stem is answered by its parts."""
        return tuple(
            answer
            for answer in self.answers
            if answer.question
            and not answer.question.subs
            and not (answer.statements or answer.paragraphs)
            and not (any(each.works for each in self.common) if answer.question.selects_from else answer.reported)
        )

    def of(self, *kinds: str) -> tuple[Statement, ...]:
        """The standing statements of these kinds under questions that the agenda has, in reading order."""
        return tuple(
            each for answer in self.answers if not answer.other for each in answer.statements if each.kind in kinds
        )


class Labelled(NamedTuple):
    """What a recommendation is called, and the id of the session that called it so: another may have done the same."""

    label: Label
    session: str


class Proceedings(NamedTuple):
    """What a report is made from.

    Attributes:
        chapters: In running order; sessions no longer in the agenda come last.
        labels: What recommendations are called, by id, in running order.
        as_of: When the latest of all that is in here was written or corrected, None for nothing.
        notices: What a person should know, in sentences.
    """

    meeting: Meeting
    chapters: tuple[Chapter, ...]
    labels: Mapping[str, Labelled]
    as_of: datetime | None
    notices: tuple[str, ...]

    @property
    def recommendations(self) -> tuple[Statement, ...]:
        """All of them, whatever their status, in running order."""
        return self._all("recommendation")

    @property
    def actions(self) -> tuple[Statement, ...]:
        """All of them, in running order."""
        return self._all("action")

    @property
    def common(self) -> tuple[Common, ...]:
        """All common recommendations, in running order."""
        return tuple(each for chapter in self.chapters for each in chapter.common)

    def _all(self, kind: str) -> tuple[Statement, ...]:
        return tuple(each for chapter in self.chapters for each in chapter.statements if each.kind == kind)


def proceed(meeting: Meeting, record: Record, only: Collection[str] = ()) -> Proceedings:
    """Joins an agenda with a record; nothing in the outcome depends on when it is asked for.

    Args:
        meeting: The agenda.
        record: All files of the meeting.
        only: Ids of the sessions wanted; all where empty.
    """
    slots = planned(meeting)
    strays = sorted({source.session for source in record.files} - {each.id for each in meeting.sessions})
    sessions = [*meeting.sessions, *(Session(each, each, "plenary", 0) for each in strays)]
    standing = {each.id: _standing(record.statements(each.id)) for each in sessions}
    # Side by side as the agenda lists the groups: tables at work at once write in any order.
    order = {group.id: position for position, group in enumerate(meeting.groups)}
    everything = [
        statement
        for session, stated in zip(sessions, standing.values(), strict=True)
        for statement in (
            sorted(stated, key=lambda each: order.get(each.group, len(order))) if session.groups else stated
        )
    ]
    chapters = tuple(
        _chapter(session, meeting, record, everything, slots.get(session.id))
        for session in sessions
        if not only or session.id in only
    )
    notices = tuple(_notices(chapters, record, only))
    return Proceedings(meeting, chapters, _labels(sessions, record), _as_of(chapters, record), notices)


def _standing(stated: Iterable[Statement]) -> tuple[Statement, ...]:
    """What may leave, also where it is in conflict whether it was struck.

    A kind or status given by hand that this version does not know counts as note or none.
    """
    known = (*CAPTURED, "paragraph", "cluster")
    return tuple(
        each._replace(
            kind=each.kind if each.kind in known else "note",
            status=each.status if each.status in STATUSES else "",
        )
        for each in stated
        if not each.internal and (not each.struck or "struck" in fields(each))
    )


def _chapter(
    session: Session, meeting: Meeting, record: Record, everything: list[Statement], slot: Slot | None
) -> Chapter:
    own = [each for each in everything if each.source.session == session.id]
    made = [each for source in record.sessions for each in _standing(record.commons(source))]
    ids = {each.entry.id for each in (*everything, *made)}
    # A paragraph may rest on what was struck or kept internal since: those ids do not leave.
    paragraphs = tuple(
        each._replace(sources=tuple(source for source in each.sources if source in ids))
        for each in _standing(record.paragraphs(session.id))
    )
    return Chapter(
        session=session,
        known=meeting.session(session.id) is not None,
        answers=tuple(_answers(session, own, paragraphs, everything)),
        common=tuple(_commons(session, meeting, record, everything)),
        decided=tuple(each for each in (*everything, *made) if each.decided_in == session.id != each.source.session),
        held=held(meeting, session, record, slot),
        slot=slot,
        conflicts=tuple(
            conflict
            for each in (*record.statements(session.id), *record.paragraphs(session.id), *record.commons(session.id))
            if not each.internal
            for conflict in each.conflicts
        ),
        begun=any(source.session == session.id for source in record.files),
        filed=tuple(_filed(session, record)),
    )


def _filed(session: Session, record: Record) -> Iterator[str]:
    """The groups of a breakout whose rapporteur has a file, also where its desk is called otherwise."""
    if session.groups:
        files = {source: entries for source, entries in record.files.items() if source.session == session.id}
        written = {source.desk for source in files}
        written.update(str(each.fields.get("group", "")) for entries in files.values() for each in entries)
        yield from (group for group in session.groups if group in written)


def _answers(
    session: Session, own: list[Statement], paragraphs: tuple[Statement, ...], everything: list[Statement]
) -> Iterator[Answer]:
    used = {source for paragraph in paragraphs for source in paragraph.sources}
    places = [GENERAL, *(question.address for question in session.every_question)]
    gone = dict.fromkeys(each.question for each in (*own, *paragraphs) if each.question not in places)
    for place in (*places, *gone):
        question = session.question(place)
        origin = (question.reports_back or question.selects_from) if question else ""
        statements = tuple(each for each in own if each.question == place)
        yield Answer(
            place,
            question,
            paragraphs=tuple(each for each in paragraphs if each.question == place),
            statements=statements,
            loose=tuple(each for each in statements if each.entry.id not in used),
            reported=tuple(each for each in everything if f"{each.source.session}/{each.question}" == origin),
        )


def _commons(session: Session, meeting: Meeting, record: Record, everything: list[Statement]) -> Iterator[Common]:
    standing = {each.entry.id: each for each in everything}
    for stated in _standing(record.commons(session.id)):
        targets = tuple(standing[each] for each in stated.sources if each in standing)
        if stated.sources and not targets:
            continue
        groups = tuple(group.id for group in meeting.groups if group.id in stated.support)
        against = tuple(group.id for group in meeting.groups if group.id in stated.oppose)
        yield Common(stated.entry, stated, session.id, targets, groups, against)


def _labels(sessions: list[Session], record: Record) -> dict[str, Labelled]:
    """Of every session, wanted or not: a label is the same in an extract."""
    return {
        entry_id: Labelled(label, session.id)
        for session in sessions
        for entry_id in (
            *(each.entry.id for each in record.statements(session.id)),
            *(each.id for each in record.clusters(session.id)),
        )
        if (label := record.label(entry_id))
    }


def _as_of(chapters: tuple[Chapter, ...], record: Record) -> datetime | None:
    moments = []
    for chapter in chapters:
        paragraphs = [each for answer in chapter.answers for each in answer.paragraphs]
        for statement in (*chapter.statements, *paragraphs, *(common.stated for common in chapter.common)):
            latest = record.entry(statement.latest) or statement.entry
            moments.append(max(statement.entry.at, latest.at))
        if chapter.held:
            moments += [each for each in (chapter.held.clock.started, chapter.held.clock.ended) if each]
    return max(moments, default=None)


def _notices(chapters: tuple[Chapter, ...], record: Record, only: Collection[str]) -> Iterator[str]:
    for chapter in chapters:
        session = chapter.session
        if not chapter.known:
            yield f"{session.id} is no longer in the agenda; what was written there stands at the end"
        for answer in chapter.answers:
            if answer.other and chapter.known:
                entries = _count(len(answer.statements) + len(answer.paragraphs), "entry", "entries")
                yield f"{session.id}: {entries} under {answer.place}, no longer in the agenda: see Other"
        if chapter.conflicts:
            yield f"{session.id}: {_count(len(chapter.conflicts), 'conflict', 'conflicts')} to be decided"
        yield from _unanswered(chapter)
        yield from _without_owner(chapter)
    yield from _unknown(record, only)


def _unanswered(chapter: Chapter) -> Iterator[str]:
    silent = [answer.question.number for answer in chapter.unanswered if answer.question]
    if silent and not chapter.empty:
        yield f"{chapter.session.id}: nothing was written down under {', '.join(silent)}"


def _without_owner(chapter: Chapter) -> Iterator[str]:
    for each in chapter.statements:
        if each.kind == "action" and not each.owner:
            yield f"{called(each.source, each.entry)}: an action without an owner"


def _unknown(record: Record, only: Collection[str]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for source, entries in record.segments.items():
        for entry in entries:
            if entry.kind not in KINDS and (not only or source.session in only):
                counts[entry.kind] = counts.get(entry.kind, 0) + 1
    for kind, count in sorted(counts.items()):
        yield f"{_count(count, 'entry', 'entries')} of kind {kind}, which this version does not know, not in the report"


def _count(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def called(source: Source, entry: Entry) -> str:
    """How a person finds an entry: `session-2 12`, `working-lunch africa:12`."""
    if not entry.captured:
        return f"{source.session} {entry.kind}"
    return f"{source.session} {source.name}:{entry.n}" if source.name else f"{source.session} {entry.n}"
