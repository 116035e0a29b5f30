"""The recommendations as they are read out: by group, with label, brackets and status; only what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting import telling
from grcp_cli.meeting.entry import STATUSES
from grcp_cli.meeting.labels import printed
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.wording import bracketed, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.agenda import Meeting, Question, Session
    from grcp_cli.meeting.record import Record, Statement


class Item(NamedTuple):
    """One recommendation: its id, what it is called, how it stands in words, what it says."""

    id: str
    label: str
    status: str
    text: str


class Column(NamedTuple):
    """What one group recommends; `many` tells how many of how many, in words."""

    name: str
    many: str
    items: tuple[Item, ...]


class Board(NamedTuple):
    """The recommendations of a session.

    Attributes:
        title: The question they answer, empty where there is none.
        columns: By group in the agenda's order, then those of no group, then what works across groups.
        silent: Names of the groups asked that have none.
        last: Id of the item last written or acted on, empty for none.
    """

    title: str
    columns: tuple[Column, ...]
    silent: tuple[str, ...]
    last: str


class _Asked(NamedTuple):
    """What the board is about.

    Attributes:
        question: The question here, None where the session has none of the kind.
        origin: Address of the question whose answers are read out here, empty for none.
        kind: The kind of entry that answers it.
        groups: Ids of the groups that answer.
        most: How many each was asked for, in words; empty where nothing says.
    """

    question: Question | None
    origin: str
    kind: str
    groups: tuple[str, ...]
    most: str


def board(meeting: Meeting, session: Session, record: Record, here: str) -> Board:
    """The board of a session: what is reported back to the question at hand, else to the first that hears reports.

    Args:
        meeting: The agenda.
        session: The session.
        record: All files of the meeting.
        here: Address of the question at hand.

    Returns:
        What was written under the question reported back from, and of the same kind here; where nothing is reported
        back, the session's own recommendations. Struck and internal entries are left out.
    """
    asked = _asked(meeting, session, here)
    stated = list(_stated(session, record, asked))
    names = _Names(meeting, session, record)
    found: dict[str, list[Item]] = {}
    for each in stated:
        found.setdefault(each.group, []).append(names.item(each))
    order = [group.id for group in meeting.groups]
    groups = sorted(found, key=lambda group: (not group, order.index(group) if group in order else len(order)))
    columns = [
        Column(
            drawn_line(meeting.name_of(group) if group else session.label),
            f"{len(found[group])}{asked.most if group else ''}",
            tuple(found[group]),
        )
        for group in groups
    ]
    common = tuple(names.commons({each.entry.id for each in stated}))
    if common:
        columns.append(Column("Across groups", str(len(common)), common))
    acted = {each.entry.id: each.latest or each.entry.id for each in stated}
    acted |= {each.id: record.latest(each.id) or each.id for each in common}
    keys = {item: key for item, act in acted.items() if (key := record.key(act))}
    return Board(
        title=drawn_line(telling.place(asked.question.address, session)) if asked.question else "",
        columns=tuple(columns),
        silent=tuple(drawn_line(meeting.name_of(group)) for group in asked.groups if group not in found),
        last=max(keys, key=keys.__getitem__, default=""),
    )


def _asked(meeting: Meeting, session: Session, here: str) -> _Asked:
    at_hand = session.question(here)
    places = (*((at_hand,) if at_hand else ()), *session.every_question)
    for question in places:
        if origin := question.reports_back or question.selects_from:
            there = meeting.session(origin.partition("/")[0])
            source = there.question(origin.partition("/")[2]) if there else None
            kind = source.captures if source and source.captures != "note" else "recommendation"
            return _Asked(question, origin, kind, there.groups if there else (), _most(question, source))
    recommends = next((each for each in places if each.captures == "recommendation"), None)
    return _Asked(recommends, "", "recommendation", session.groups, _most(recommends))


def _most(*questions: Question | None) -> str:
    """How many each group was asked for, behind how many it has."""
    for question in questions:
        if question and question.expected_per_group:
            return f" of {question.expected_per_group}"
        if question and question.max_per_group:
            return f" of up to {question.max_per_group}"
    return ""


def _stated(session: Session, record: Record, asked: _Asked) -> Iterator[Statement]:
    """What stands: what was written there, then here."""
    there, _, place = asked.origin.partition("/")
    for each in record.statements(there, [asked.kind]) if there not in ("", session.id) else ():
        if each.question == place and _stands(each):
            yield each
    for each in record.statements(session.id, [asked.kind]):
        if _stands(each):
            yield each


def _stands(stated: Statement) -> bool:
    return not stated.struck and not stated.internal


class _Names:
    """What is called how."""

    def __init__(self, meeting: Meeting, session: Session, record: Record) -> None:
        self._meeting = meeting
        self._session = session
        self._record = record
        self._names: dict[str, str] = {}

    def item(self, stated: Statement) -> Item:
        """A recommendation as it is shown."""
        entry = stated.entry
        called = f"{stated.source.name}:{entry.n}" if stated.source.name else str(entry.n)
        return Item(
            entry.id,
            self._name(entry.id, called),
            " · ".join(filter(None, _words(stated))),
            _bracketed(stated),
        )

    def commons(self, shown: Iterable[str]) -> Iterator[Item]:
        """What this session found to work across groups, with what it rests on; nothing that is not shown itself."""
        there = set(shown)
        for stated in self._record.commons(self._session.id):
            names = [self._names[each] for each in stated.sources if each in there]
            if stated.struck or stated.internal or (stated.sources and not names):
                continue
            rests = f"from {ENGLISH.listed(names)}" if names else ""
            words = " · ".join(filter(None, (*_words(stated), rests)))
            yield Item(stated.entry.id, self._name(stated.entry.id, ""), words, _bracketed(stated))

    def _name(self, entry_id: str, otherwise: str) -> str:
        label = self._record.label(entry_id)
        source = self._record.source(entry_id)
        name = drawn_line(printed(label, source.session, self._meeting)) if label and source else otherwise
        self._names[entry_id] = name
        return name


def _words(stated: Statement) -> tuple[str, str]:
    """How a recommendation stands."""
    status = standing("recommendation", stated.status, ENGLISH) if stated.status in STATUSES else ""
    return status, "read out" if stated.confirmed else ""


def _bracketed(stated: Statement) -> str:
    text = _one_line(stated.text)
    return bracketed(text) if stated.status == "bracketed" else text


def _one_line(text: str) -> str:
    return drawn_line(" ".join(text.split()))
