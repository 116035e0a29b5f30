"""What may work across the regions: the groups' recommendations side by side, and which of them are alike.

    Sheet ── Column (a group) ── Regional (one recommendation)
      └───── Common (made of them by people, with the stance of every group)
    texts + scores ──propose()──> Proposal: at least two groups' recommendations, every two of them alike

Scores come in as data. Nothing here makes anything common: a proposal waits for a person.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .joining import parts, standing
from .linkage import linked
from .reported import kept_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .agenda import Meeting, Question, Session
    from .record import Record, Statement

SUPPORTS, OPPOSES = "supports", "opposes"

_MOST_WORDS = 12
_REFUSED = ("withdrawn", "not-agreed")
"""Statuses of what nobody would make common."""


class Alike(NamedTuple):
    """Two texts that are alike.

    Attributes:
        first: The place of one, from 0; `second` is a later one.
        score: From 1 to 100.
        words: Those that made the score, as they were typed.
    """

    first: int
    second: int
    score: int
    words: tuple[str, ...]


class Regional(NamedTuple):
    """One recommendation of the sheet; `common` are the ids of the common ones that it is part of."""

    stated: Statement
    common: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it stands alone, with its group."""
        return not self.common

    @property
    def open(self) -> bool:
        """Whether it may be proposed for a common one."""
        if self.stated.status in _REFUSED or kept_back(self.stated, self.stated.source.session):
            return False
        return self.alone and bool(self.stated.text.strip())


class Column(NamedTuple):
    """What one group recommends; `group` is its id, empty for what belongs to none."""

    group: str
    items: tuple[Regional, ...]


class Common(NamedTuple):
    """A common recommendation.

    Attributes:
        stated: As it now stands; `sources` are its members.
        members: Those on the sheet, in its order.
        stances: By group in the agenda's order: `SUPPORTS`, `OPPOSES`, or empty where nobody said.
        session: Id of the session that made it.
    """

    stated: Statement
    members: tuple[Regional, ...]
    stances: tuple[tuple[str, str], ...]
    session: str


class Sheet(NamedTuple):
    """The recommendations that a question selects from, and what was made of them.

    Attributes:
        columns: By group in the agenda's order, then of groups it does not know, then of none.
        silent: Ids of the groups asked that recommended nothing.
        commons: Those made in this session, and elsewhere of what is on the sheet.
    """

    question: Question
    columns: tuple[Column, ...]
    silent: tuple[str, ...]
    commons: tuple[Common, ...]

    @property
    def items(self) -> tuple[Regional, ...]:
        """Every recommendation, column by column."""
        return tuple(each for column in self.columns for each in column.items)

    @property
    def open(self) -> tuple[Regional, ...]:
        """Those that may be proposed for a common one."""
        return tuple(each for each in self.items if each.open)


class Proposal(NamedTuple):
    """Recommendations that are alike.

    Attributes:
        members: At least two, in the sheet's order.
        score: What every two of them score, on average.
        least: The least that any two of them score.
        words: What they share, as typed.
        central: The one that is most like the others.
    """

    members: tuple[Statement, ...]
    score: int
    least: int
    words: tuple[str, ...]
    central: Statement

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups whose recommendations they are."""
        return tuple(dict.fromkeys(each.group for each in self.members))


class Proposed(NamedTuple):
    """What is proposed, and alike ones that are not because one group alone made them."""

    across: tuple[Proposal, ...]
    within: tuple[Proposal, ...]


def selecting(session: Session) -> tuple[Question, ...]:
    """The questions of a session whose answer is a choice among another's."""
    return tuple(each for each in session.every_question if each.selects_from)


def sheet(meeting: Meeting, session: Session, question: Question, record: Record) -> Sheet:
    """The sheet of a question that selects from another.

    Args:
        meeting: The agenda.
        session: The session in which the choice is made.
        question: Its question.
        record: All files of the meeting.

    Returns:
        What stands under the question selected from, and of the same kind in this session; struck and internal
        entries are left out.
    """
    there, _, place = question.selects_from.partition("/")
    source = meeting.session(there)
    asked = source.question(place) if source else None
    kind = asked.captures if asked and asked.captures != "note" else "recommendation"
    made = parts(standing(record))
    order = {group.id: at for at, group in enumerate(meeting.groups)}
    columns: dict[str, list[Regional]] = {}
    for each in _stated(record, session.id, there, place, kind):
        columns.setdefault(each.group, []).append(Regional(each, made.get(each.entry.id, ())))
    groups = sorted(columns, key=lambda each: (not each, order.get(each, len(order)), each))
    listed = tuple(Column(group, tuple(columns[group])) for group in groups)
    silent = tuple(each for each in (source.groups if source else ()) if each not in columns)
    items = {each.stated.entry.id: each for column in listed for each in column.items}
    return Sheet(question, listed, silent, tuple(_commons(meeting, session.id, record, items)))


def _stated(record: Record, session: str, there: str, place: str, kind: str) -> Iterator[Statement]:
    for each in record.statements(there, [kind]) if there != session else ():
        if (each.question == place or each.question.startswith(f"{place}/")) and not (each.struck or each.internal):
            yield each
    for each in record.statements(session, [kind]):
        if not (each.struck or each.internal):
            yield each


def _commons(meeting: Meeting, session: str, record: Record, items: dict[str, Regional]) -> Iterator[Common]:
    for stated in standing(record):
        members = tuple(each for each in items.values() if each.stated.entry.id in stated.sources)
        made_in = stated.source.session
        if stated.internal or not (members or made_in == session):
            continue
        stances = tuple(
            (group.id, SUPPORTS if group.id in stated.support else OPPOSES if group.id in stated.oppose else "")
            for group in meeting.groups
        )
        yield Common(stated, members, stances, made_in)


def propose(stated: Sequence[Statement], scores: Iterable[Alike]) -> Proposed:
    """Which recommendations may be one, for people to decide.

    Every two of a proposal are alike, so none is there only because it is like another that is: there is no chaining.
    Recommendations of different groups find each other first, then those of one group join in.

    Args:
        stated: Recommendations, in the sheet's order.
        scores: The pairs of them that are alike, by place; what is not among them is not alike.
    """
    pairs = list(scores)
    owners = [each.group for each in stated]
    clusters = linked(len(stated), ((each.first, each.second, each.score) for each in pairs), owners)
    place = {at: number for number, cluster in enumerate(clusters) for at in cluster}
    within: list[list[Alike]] = [[] for _ in clusters]
    for pair in pairs:
        if (number := place.get(pair.first)) is not None and number == place.get(pair.second):
            within[number].append(pair)
    made = [_proposal(stated, cluster, within[number]) for number, cluster in enumerate(clusters)]
    order = {each.entry.id: at for at, each in enumerate(stated)}
    made.sort(key=lambda each: (-len(each.groups), -each.score, order[each.members[0].entry.id]))
    return Proposed(
        tuple(each for each in made if len(each.groups) > 1), tuple(each for each in made if len(each.groups) == 1)
    )


def _proposal(stated: Sequence[Statement], cluster: Sequence[int], pairs: Sequence[Alike]) -> Proposal:
    total: Counter[int] = Counter()
    for pair in pairs:
        total[pair.first] += pair.score
        total[pair.second] += pair.score
    central = max(cluster, key=lambda at: (total[at], -at))
    scores = [pair.score for pair in pairs]
    return Proposal(
        members=tuple(stated[at] for at in cluster),
        score=round(sum(scores) / len(scores)),
        least=min(scores),
        words=_words(pairs),
        central=stated[central],
    )


def _words(pairs: Sequence[Alike]) -> tuple[str, ...]:
    """The words that at least half of the pairs share, those of most pairs first."""
    counts: Counter[str] = Counter()
    typed: dict[str, str] = {}
    # The same words made many pairs: those are counted first.
    for words, many in Counter(pair.words for pair in pairs).items():
        for word in words:
            typed.setdefault(word.casefold(), word)
            counts[word.casefold()] += many
    often = [word for word, count in counts.most_common() if 2 * count >= len(pairs)]
    return tuple(typed[word] for word in often[:_MOST_WORDS])
