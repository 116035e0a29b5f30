"""What groups answered elsewhere and a session hears, confirms or chooses from: by group, and who is missing.

    rows of there and here ──(kind, question, group)──> Reported: a part each group, the rest, what is missing

The stage, the console's board and the mode that reads back all show this.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .balance import group_of
from .labels import printed, typed
from .references import called
from .rows import Row, rows
from .rows import row as row_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from .agenda import Meeting, Question, Session
    from .entry import Source
    from .floor import Floor
    from .gathered import Key
    from .labels import Label
    from .record import Record, Statement

KEPT_BACK = ("deferred", "withdrawn")
"""Statuses by which a group takes an answer of its own back before it is reported."""


class Asked(NamedTuple):
    """What answers are about.

    Attributes:
        question: The question here, None where the session has none of the kind.
        origin: Address of the question whose answers are heard here, empty for none.
        kind: The kind of entry that answers it.
        groups: Ids of the groups that answer.
        most: How many each was asked for, 0 where nothing says.
        up_to: Whether that is a limit ("up to five") and not what is expected ("what five").
        tags: Ids of the types of partner that it asks about.
    """

    question: Question | None
    origin: str
    kind: str
    groups: tuple[str, ...]
    most: int
    up_to: bool
    tags: tuple[str, ...]

    @property
    def home(self) -> str:
        """The session where the groups answered, empty for none other."""
        return self.origin.partition("/")[0]


class Item(NamedTuple):
    """One answer: a row of the record with what it is called here.

    Attributes:
        key: Its place in the record.
        stated: As it now stands.
        label: What it is called for ever, None for a kind without labels.
        name: What is shown: its label, with the session where another has that label too; else its number.
        typed: What is typed for it.
        aside: Whether its own group did not bring it forward.
        members: What a common recommendation is made of and may be shown, as it was joined.
    """

    key: Key
    stated: Statement
    label: Label | None
    name: str
    typed: str
    aside: bool = False
    members: tuple[Item, ...] = ()


class Part(NamedTuple):
    """What one group answers; the group is empty for those of none."""

    group: str
    items: tuple[Item, ...]
    aside: tuple[Item, ...]


class Reported(NamedTuple):
    """The answers by group.

    Attributes:
        asked: What they are about.
        parts: A part for each group asked, with or without answers, in the agenda's order; then for others.
        common: What the session found to work across groups, where recommendations are heard.
        rest: What else was written in the session, in record order.
        unfiled: Ids of the groups asked of whose desk there is no file.
        unmentioned: Ids of the types of partner asked about that no answer names.
    """

    asked: Asked
    parts: tuple[Part, ...]
    common: tuple[Item, ...]
    rest: tuple[Row, ...]
    unfiled: tuple[str, ...]
    unmentioned: tuple[str, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Ids of the groups asked that have no answer."""
        return tuple(each.group for each in self.parts if not each.items and each.group in self.asked.groups)


def origins(session: Session) -> tuple[str, ...]:
    """The other sessions whose answers a session hears or chooses from."""
    found = (each.reports_back or each.selects_from for each in session.every_question)
    return tuple(dict.fromkeys(home for each in found if (home := each.partition("/")[0]) not in ("", session.id)))


def hears(session: Session, here: str) -> bool:
    """Whether the question at an address hears or chooses from what groups answered elsewhere."""
    question = session.question(here)
    return question is not None and bool(question.reports_back or question.selects_from)


def asked(meeting: Meeting, session: Session, here: str) -> Asked:
    """What is heard at the question at hand, else at the first that hears anything, else the session's own answers."""
    at_hand = session.question(here)
    places = (*((at_hand,) if at_hand else ()), *session.every_question)
    for question in places:
        if origin := question.reports_back or question.selects_from:
            there = meeting.session(origin.partition("/")[0])
            source = there.question(origin.partition("/")[2]) if there else None
            kind = source.captures if source and source.captures != "note" else "recommendation"
            tags = question.tags or (source.tags if source else ())
            return Asked(question, origin, kind, there.groups if there else (), *_most(question, source), tags)
    own = at_hand if at_hand and at_hand.captures in _READ_OUT else None
    own = own or next((each for each in places if each.captures == _READ_OUT[0]), None)
    kind = own.captures if own else _READ_OUT[0]
    return Asked(own, "", kind, session.groups, *_most(own), own.tags if own else ())


_READ_OUT = ("recommendation", "partnership")
"""Kinds that are read out and decided on one by one."""


def _most(*questions: Question | None) -> tuple[int, bool]:
    for question in questions:
        if question and question.expected_per_group:
            return question.expected_per_group, False
        if question and question.max_per_group:
            return question.max_per_group, True
    return 0, False


def reported(
    meeting: Meeting,
    session: Session,
    about: Asked,
    listed: Iterable[Row],
    own: Source,
    files: Collection[Source],
    commons: tuple[Item, ...] = (),
) -> Reported:
    """The answers by group.

    Args:
        meeting: The agenda.
        session: The session that hears them.
        about: What they are about.
        listed: Rows of the session and of those it hears from, each session's in record order.
        own: The file of whoever looks: its entries are called by bare numbers.
        files: The files there are.
        commons: What the session found to work across groups.

    Returns:
        What stands under the question heard from, and of the same kind here; struck and internal entries of elsewhere
        are left out, of here they are among the rest.
    """
    listed = list(listed)
    heard: dict[str, list[Item]] = {group: [] for group in about.groups}
    rest: list[Row] = []
    place = about.origin.partition("/")[2]
    here = [each for each in listed if each.stated.source.session == session.id]
    there = [each for each in listed if each.stated.source.session == about.home != session.id]
    for row in (*(each for each in there if each.stated.question == place), *here):
        stated = row.stated
        if stated.kind == about.kind and not stated.struck and not stated.internal:
            heard.setdefault(stated.group, []).append(
                item(row, own, meeting, aside=kept_back(stated, about.home or session.id))
            )
        elif stated.source.session == session.id:
            rest.append(row)
    home = about.home or session.id
    filed = {each.desk for each in files if each.session == home}
    filed.update(row.stated.group for row in (there or here) if row.stated.source.session == home)
    mentioned = {tag for items in heard.values() for item in items for tag in item.stated.tags}
    return Reported(
        asked=about,
        parts=tuple(_part(group, heard[group]) for group in _order(meeting, heard)),
        common=commons if about.kind == _READ_OUT[0] else (),
        rest=tuple(rest),
        unfiled=tuple(group for group in about.groups if group not in filed),
        unmentioned=tuple(tag for tag in about.tags if tag not in mentioned),
    )


def from_record(meeting: Meeting, session: Session, here: str, record: Record, own: Source) -> Reported:
    """As `reported`, of all files as far as read, at the question of an address."""
    about = asked(meeting, session, here)
    listed = [row for each in dict.fromkeys((about.home, session.id)) if each for row in rows(record, each)]
    return reported(meeting, session, about, listed, own, record.files, commons(record, session.id, own, meeting))


def _part(group: str, items: list[Item]) -> Part:
    return Part(group, tuple(each for each in items if not each.aside), tuple(each for each in items if each.aside))


def _order(meeting: Meeting, groups: Iterable[str]) -> list[str]:
    """Groups in the agenda's order, those it does not know behind them, none last."""
    order = [group.id for group in meeting.groups]
    return sorted(groups, key=lambda group: (not group, order.index(group) if group in order else len(order)))


def item(row: Row, own: Source, meeting: Meeting, *, aside: bool = False) -> Item:
    """A row with what it is called: by its label, else by its number."""
    stated, label = row.stated, row.label
    source = stated.source
    if label is None:
        shown = f"{source.name}:{stated.entry.n}" if source.name else str(stated.entry.n)
        return Item(row.key, stated, None, shown, called(stated.entry, source, own), aside)
    name = printed(label, source.session, meeting)
    return Item(row.key, stated, label, name, typed(label, source.session, meeting), aside)


def kept_back(stated: Statement, home: str) -> bool:
    """Whether a group itself did not bring an answer forward: deferred or withdrawn where it was written."""
    return stated.status in KEPT_BACK and stated.decided_in == home == stated.source.session


def in_turn(found: Reported) -> Iterator[Item]:
    """The answers one by one, as they are read out: by group, then what works across groups."""
    for part in found.parts:
        yield from part.items
    yield from found.common


def tallies(session: Session, stated: Iterable[Statement]) -> Mapping[tuple[str, str], int]:
    """How many answers count towards "up to five", by question and group; only of questions with such a limit."""
    limited = {each.address: each.captures for each in session.every_question if each.max_per_group}
    return Counter(
        (each.question, each.group)
        for each in stated
        if limited.get(each.question) == each.kind and each.group and counts(each)
    )


def counts(stated: Statement) -> bool:
    """Whether an answer counts towards "up to five" where it was written."""
    return not (stated.struck or stated.internal or kept_back(stated, stated.source.session))


HAS_FLOOR, WAITS, HEARD, UNHEARD = "has the floor", "waits for the floor", "heard", "not heard yet"


def presence(meeting: Meeting, floor: Floor, group: str) -> str:
    """How a group's delegation is seen in the room, as the floor tells."""
    if floor.turn and group_of(floor.turn, meeting) == group:
        return HAS_FLOOR
    if any((floor.behalf.get(each) or meeting.group_of(each)) == group for each in floor.waiting):
        return WAITS
    turns = (*floor.turns, *floor.interrupted)
    return HEARD if any(group_of(each, meeting) == group for each in turns) else UNHEARD


def commons(record: Record, session: str, own: Source, meeting: Meeting) -> tuple[Item, ...]:
    """What a session found to work across groups, as it stands, with what each is made of."""
    found = []
    for stated in record.commons(session):
        key = record.key(stated.entry.id)
        if key is None or stated.struck or stated.internal:
            continue
        made = filter(None, (row_of(record, each) for each in stated.sources))
        members = tuple(item(each, own, meeting) for each in made if not (each.stated.struck or each.stated.internal))
        found.append(item(Row(key, stated, record.label(stated.entry.id)), own, meeting)._replace(members=members))
    return tuple(found)
