"""The closing page of a session: what it came to, and what is left to do before it can be reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import answered, attribution, clock
from .draft_names import References
from .entry import CAPTURED
from .forward import crowded
from .proceedings import proceed
from .rows import rows
from .schedule import planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .agenda import Meeting, Session
    from .answered import Answered
    from .clock import Figures, Moment
    from .entry import Source
    from .forward import Crowded
    from .proceedings import Chapter, Proceedings
    from .record import Record
    from .walkthrough import Walk


class Unsettled(NamedTuple):
    """Something that a person must settle.

    Attributes:
        number: What it is about, as that is called from one's own file.
        what: The field in conflict, or the names that may not leave.
        mend: The command that would help.
    """

    number: str
    what: str
    mend: str


class Closing(NamedTuple):
    """What a session came to.

    Attributes:
        session: As planned.
        figures: Of the clock; pause, extension, overrun and late start are figures of their own.
        group: The desk's own group, whose entries alone answer its questions; empty for everybody's.
        answered: The questions, covered, heard and open.
        counts: Standing entries by kind, in the order of the report; `internal` are those of them that stay.
        proceedings: This session alone as it will be reported: `recommendations` are those that leave.
        ownerless: Actions without an owner, as they are called from one's own file.
        conflicts: Corrections that disagree, by entry and field.
        undrafted: Numbers of the questions where something stands and no paragraph rests on it.
        names: Texts that name somebody whom a final report may not.
        crowded: Groups that have more answers than they were asked for: which to bring forward is to be chosen.
    """

    session: Session
    figures: Figures
    group: str
    answered: Answered
    counts: Mapping[str, int]
    internal: Mapping[str, int]
    proceedings: Proceedings
    ownerless: tuple[str, ...]
    conflicts: tuple[Unsettled, ...]
    undrafted: tuple[str, ...]
    names: tuple[Unsettled, ...]
    crowded: tuple[Crowded, ...]


def closing(
    meeting: Meeting, session: Session, record: Record, walk: Walk, now: Moment, source: Source, group: str = ""
) -> Closing:
    """The closing page.

    Args:
        meeting: The agenda.
        session: The session that ended, or is about to.
        record: All files of the meeting.
        walk: Where the desk stands.
        now: The machine's clocks.
        source: The desk's own file: its entries are called by bare numbers.
        group: The desk's own group, whose answers and choice alone are asked for; empty for all groups'.
    """
    proceedings = proceed(meeting, record, (session.id,))
    chapter = proceedings.chapters[0]
    references = References(record, meeting, source)
    name = references.name
    standing = [each for each in record.statements(session.id) if not each.struck]
    kinds = Counter(each.kind for each in standing)
    slot = planned(meeting).get(session.id)
    return Closing(
        session=session,
        figures=clock.figures(walk.clock, session.minutes, slot, now),
        group=group,
        answered=answered.of_record(session, record, group),
        counts={kind: kinds[kind] for kind in CAPTURED if kinds[kind]},
        internal=Counter(each.kind for each in standing if each.internal),
        proceedings=proceedings,
        ownerless=tuple(name(each.entry.id) for each in chapter.statements if each.kind == "action" and not each.owner),
        conflicts=tuple(
            Unsettled(name(each.target), each.field, f"grcp record resolve {session.id}") for each in chapter.conflicts
        ),
        undrafted=tuple(
            answer.question.number if answer.question else answer.place
            for answer in chapter.answers
            if answer.undrafted
        ),
        names=tuple(_names(chapter, meeting, record, references)),
        crowded=tuple(crowded(meeting, session, rows(record, session.id), source, group)),
    )


def _names(chapter: Chapter, meeting: Meeting, record: Record, references: References) -> Iterator[Unsettled]:
    if meeting.attribution not in attribution.UNNAMED:
        return
    paragraphs = (each for answer in chapter.answers for each in answer.paragraphs)
    stated = (each for each in chapter.statements if attribution.leaves(each))
    leaving = [*(each.entry.id for each in (*stated, *paragraphs)), *(each.entry.id for each in chapter.common)]
    for naming in attribution.namings(record, meeting, leaving):
        entry = record.entry(naming.id)
        number = references.name(naming.id)
        if entry is None or entry.kind == "paragraph":
            number, mend = naming.where, f"grcp draft {chapter.session.id}"
        else:
            mend = f"/amend {number} TEXT or /allow {number}"
        yield Unsettled(number, ", ".join(naming.names), mend)
