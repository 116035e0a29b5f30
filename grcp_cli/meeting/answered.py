"""Which questions of a session are covered, which heard something all the same, and which are open.

    covered: a standing captured entry of the session is filed under it (at a group's own desk: one of the group's)
    heard:   not covered, but what it reports back stands elsewhere, or common recommendations answer its choice
    open:    neither

Every screen, page and script counts by this.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .contested import works
from .reported import counts, origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .agenda import Question, Session
    from .record import Record, Statement


class Answered(NamedTuple):
    """The questions of a session, sub-questions in place of their stems; in all three together each is once.

    Attributes:
        filed: How many standing captured entries there are, by address.
        told: How many answers each question heard, by address; only of those that hear or choose.
        covered: Those with an entry.
        heard: Those without, that heard answers.
        open: The others.
    """

    filed: Mapping[str, int]
    told: Mapping[str, int]
    covered: tuple[Question, ...]
    heard: tuple[Question, ...]
    open: tuple[Question, ...]


def answered(
    session: Session,
    here: Iterable[Statement],
    there: Iterable[Statement],
    commons: Iterable[Statement],
    group: str = "",
) -> Answered:
    """How the questions of a session stand.

    Args:
        session: Whose questions.
        here: What was captured in it.
        there: What was captured in the sessions that it hears.
        commons: Its common recommendations.
        group: The group whose entries alone count, empty for everybody's.
    """
    there, commons = list(there), list(commons)
    filed = Counter(each.question for each in here if not each.struck and group in ("", each.group))
    told = {leaf.address: heard(leaf, there, commons) for leaf in session.leaves}
    return Answered(
        filed,
        told,
        tuple(leaf for leaf in session.leaves if filed[leaf.address]),
        tuple(leaf for leaf in session.leaves if not filed[leaf.address] and told[leaf.address]),
        tuple(leaf for leaf in session.leaves if not (filed[leaf.address] or told[leaf.address])),
    )


def of_record(session: Session, record: Record, group: str = "") -> Answered:
    """As `answered`, of all files."""
    return answered(session, record.statements(session.id), *elsewhere(session, record), group)


def elsewhere(session: Session, record: Record) -> tuple[list[Statement], list[Statement]]:
    """What the questions of a session may hear: entries of other sessions, and its common recommendations."""
    return [each for home in origins(session) for each in record.statements(home)], record.commons(session.id)


def heard(question: Question, there: Iterable[Statement], commons: Iterable[Statement]) -> int:
    """How many answers a question heard that were not written under it: those reported back, or those chosen.

    What a group did not bring forward is not reported back; what was withdrawn or refused was not chosen.
    """
    if question.selects_from:
        return sum(works(each) and not (each.struck or each.internal) for each in commons)
    if not question.reports_back:
        return 0
    origin = (each for each in there if f"{each.source.session}/{each.question}" == question.reports_back)
    return sum(counts(each) for each in origin)
