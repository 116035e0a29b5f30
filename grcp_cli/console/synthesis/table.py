"""The table at which the choice is made: the sheet as it stands, what is proposed, and how all of it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.console.answering import by_other
from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting import labels, synthesis, telling
from grcp_cli.meeting.draft_names import References
from grcp_cli.meeting.entry import CLOCK, FLOOR
from grcp_cli.similarity import alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.meeting.agenda import Question
    from grcp_cli.meeting.entry import Entry
    from grcp_cli.meeting.record import Record, Statement
    from grcp_cli.meeting.synthesis import Alike, Proposal, Proposed, Sheet
    from grcp_cli.similarity import Scorer
    from grcp_cli.store.desk import Desk


class View(NamedTuple):
    """What is on the table.

    Attributes:
        sheet: The recommendations side by side, and what was made of them.
        proposed: Which of those that stand alone are alike.
        names: What each entry on the sheet is called, by id: `Africa 3`.
        typed: How each is typed: `africa3`.
    """

    sheet: Sheet
    proposed: Proposed
    names: dict[str, str]
    typed: dict[str, str]


class News(NamedTuple):
    """What came into the files: whether anything did, and lines about what others wrote."""

    any: bool
    told: tuple[str, ...]


class Table:
    """Looks at the record for one question; scores are worked out again only when a text came, went or changed.

    Attributes:
        left: Ids of the recommendations that stay with their group, for as long as this is shown: not proposed.
    """

    def __init__(self, desk: Desk, question: Question, scorer: Scorer = alike) -> None:
        self.desk = desk
        self.question = question
        self._scorer = scorer
        self._record: Record | None = None
        self.left: frozenset[str] = frozenset()
        self._scored: tuple[tuple[str, ...], list[Alike]] = ((), [])

    def look(self) -> View:
        """What is on the table now.

        Raises:
            RecordFault: The desk's own file is another's.
            DiskError: The system refused.
        """
        desk = self.desk
        desk.catch_up()
        sheet = synthesis.sheet(desk.meeting, desk.session, self.question, desk.record)
        stated = [each.stated for each in sheet.open if each.stated.entry.id not in self.left]
        texts = tuple(each.text for each in stated)
        if texts != self._scored[0]:
            self._scored = texts, self._scorer(texts)
        proposed = synthesis.propose(stated, self._scored[1])
        ids = [each.stated.entry.id for each in sheet.items]
        ids += [each.stated.entry.id for each in sheet.commons]
        references = References(desk.record, desk.meeting, desk.own)
        return View(
            sheet,
            proposed,
            {each: self._name(each) for each in ids},
            {each: self._typed(each, references) for each in ids},
        )

    def _name(self, entry_id: str) -> str:
        return drawn_line(telling.name_of(entry_id, self.desk.meeting, self.desk.record, self.desk.own))

    def _typed(self, entry_id: str, references: References) -> str:
        """The label wherever it leads back, as that is what people say; else a number."""
        desk, record = self.desk, self.desk.record
        label, source = record.label(entry_id), record.source(entry_id)
        typed = labels.typed(label, source.session, desk.meeting) if label and source else ""
        return typed if typed and record.find(typed, desk.own, desk.meeting) == entry_id else references.name(entry_id)

    def news(self) -> News:
        """What came since this was last asked."""
        desk, there = self.desk, self.question.selects_from.partition("/")[0]
        came = desk.came()
        sessions = (desk.session.id, there)
        others = [each for each in came if each[0].session in sessions and not desk.wrote(each[1])]
        replaced = desk.record is not self._record
        self._record = desk.record
        return News(bool(came) or replaced, tuple(by_other(desk, *each) for each in others if _concerns(each[1])))


def _concerns(entry: Entry) -> bool:
    """Whether an entry is about what lies on the table: clock and floor are told elsewhere."""
    return entry.kind not in CLOCK and entry.kind not in FLOOR


def join_line(members: Iterable[Statement], text: str, view: View) -> str:
    """The line that makes some recommendations one: `/join africa3 asia1: text`."""
    names = " ".join(view.typed[each.entry.id] for each in members)
    return f"/join {names}: {' '.join(text.split())}"


def accepting(proposal: Proposal, view: View) -> str:
    """The line that accepts a proposal, in the words of its most central text."""
    return join_line(proposal.members, proposal.central.text, view)
