"""The pen: writes blocks one after the other and numbers the paragraphs in one sequence.

Whatever people wrote goes through it, so that attribution and cleaning happen in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import attribution

from .document import Block, Heading, Item, Paragraph, Part, Row, Table
from .wording import STATUSES, bracketed, clean, due, lead_in, letter, roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grcp_cli.meeting.proceedings import Common, Proceedings
    from grcp_cli.meeting.record import Statement

NOTHING = "–"
"""What a table's cell shows for nothing."""


class Choices(NamedTuple):
    """What was asked of a report.

    Attributes:
        attribution: `none | chatham | group | full`.
        status: `draft` or `final`.
        notes: Whether raw notes leave, as an annex.
        rehearsal: Whether the record is a rehearsal's.
    """

    attribution: str
    status: str = "draft"
    notes: bool = False
    rehearsal: bool = False


class Pen:
    """Writes the report of some proceedings, as asked.

    Attributes:
        proceedings: What it is about.
        choices: What was asked.
        parts: What is finished.
    """

    def __init__(self, proceedings: Proceedings, choices: Choices) -> None:
        self.proceedings = proceedings
        self.meeting = proceedings.meeting
        self.choices = choices
        self.parts: list[Part] = []
        self._blocks: list[Block] = []
        self._number = 0
        self._chapters = 0
        self._annexes = 0
        self._joined: dict[str, list[str]] = {}
        for common in proceedings.common:
            for target in common.targets:
                self._joined.setdefault(target.entry.id, []).append(self.label(common.entry.id))

    # Parts.

    def part(self, part_id: str, role: str, title: str, session: str = "") -> None:
        """Finishes what was written so far as a part of its own."""
        if role == "annex":
            self._annexes += 1
            number = f"Annex {roman(self._annexes)}"
        else:
            self._chapters += 1
            number = roman(self._chapters)
        self.parts.append(Part(part_id, role, number, clean(title), tuple(self._blocks), session))
        self._blocks = []

    # Blocks.

    def heading(self, level: int, text: str, heading_id: str) -> None:
        """A heading inside the part."""
        self._blocks.append(Heading(level, clean(text), heading_id))

    def paragraph(self, text: str, sources: Iterable[str] = ()) -> None:
        """A numbered paragraph that the report words itself."""
        self._number += 1
        self._blocks.append(Paragraph(self._number, clean(text), tuple(dict.fromkeys(sources))))

    def drafted(self, statement: Statement) -> None:
        """A paragraph as drafted."""
        self._number += 1
        text = self._text(statement)
        self._blocks.append(Paragraph(self._number, text, statement.sources, statement.entry.id))

    def remark(self, text: str) -> None:
        """A sentence of the report's own that is not counted."""
        self._blocks.append(Paragraph(None, clean(text)))

    def planned(self, lines: Iterable[str], marks: Sequence[str] = ()) -> None:
        """Lines of the agenda as a list under the paragraph before."""
        for position, line in enumerate(lines):
            mark = marks[position] if position < len(marks) else letter(position)
            self._blocks.append(Item(clean(line), mark))

    def table(self, head: tuple[str, ...], rows: Iterable[Row], caption: str = "", numeric: Sequence[int] = ()) -> None:
        """A table; none where there are no rows."""
        listed = tuple(row._replace(cells=tuple(map(clean, row.cells))) for row in rows)
        if listed:
            self._blocks.append(Table(tuple(map(clean, head)), listed, caption, tuple(numeric)))

    def statements(
        self, stated: Iterable[Statement], *, marks: bool = True, kinds: bool = False, group: str = ""
    ) -> None:
        """Entries as a list.

        Args:
            stated: Which.
            marks: Whether they are lettered, so that a reader can refer to them; otherwise bullets.
            kinds: Whether each says what kind it is.
            group: Whose list this is, so that its name need not be said again.
        """
        for position, statement in enumerate(stated):
            label = self.label(statement.entry.id) if statement.kind == "recommendation" else ""
            kind = (statement.kind.replace("-", " "),) if kinds and statement.kind != "note" and not label else ()
            item = Item(
                self._text(statement),
                mark=letter(position) if marks and not label else "",
                label=label,
                speaker=clean(self._whose(statement, known=bool(label) or bool(group))),
                note="; ".join((*kind, *self._standing(statement))),
                id=statement.entry.id,
                sources=(statement.entry.id,),
                kind=statement.kind,
                session=statement.source.session,
                question=statement.question,
                group=attribution.author(statement, self.meeting),
                status=statement.status,
                decided_in=statement.decided_in,
            )
            self._blocks.append(item)

    def introduced(self, kind: str, stated: Sequence[Statement], behind: str = "", group: str = "") -> None:
        """A list of one kind, all of one group if so said, with a numbered sentence before it; nothing for none."""
        if stated:
            behind = f" by {self.meeting.name_of(group)}" if group else behind
            self.paragraph(lead_in(kind, len(stated), behind))
            self.statements(stated, group=group)

    def commons(self, common: Iterable[Common]) -> None:
        """Common recommendations, each with who shares it."""
        for each in common:
            shared = ", ".join(self.meeting.name_of(group) for group in each.groups)
            parts = ", ".join(filter(None, (self.label(target.entry.id) for target in each.targets)))
            item = Item(
                clean(each.entry.text),
                label=self.label(each.entry.id),
                note="; ".join(filter(None, (shared, f"from {parts}" if parts else ""))),
                id=each.entry.id,
                sources=(each.entry.id, *(target.entry.id for target in each.targets)),
                kind="cluster",
                session=each.session,
            )
            self._blocks.append(item)

    def actions(self, stated: Iterable[Statement]) -> None:
        """Actions as a table: what, who, until when."""
        rows = []
        for position, each in enumerate(stated):
            owner = attribution.owner(each, self.choices.attribution, self.meeting) or NOTHING
            where = self.proceedings.session(each.source.session)
            standing = "; ".join(self._standing(each))
            text = f"{self._text(each)} ({standing})" if standing else self._text(each)
            row = (letter(position), text, owner, due(each.due) or NOTHING, where)
            rows.append(Row(row, (each.entry.id,), each.entry.id))
        self.table(("", "Action", "Owner", "Due", "From"), rows)

    # Words of people.

    def label(self, entry_id: str) -> str:
        """What a recommendation or cluster is called, empty for anything else."""
        return clean(self.proceedings.labels.get(entry_id, ""))

    def _whose(self, statement: Statement, *, known: bool) -> str:
        """The name before somebody's words; a group's own name is left out where it is known already."""
        group = self.meeting.name_of(attribution.author(statement, self.meeting))
        speaker = attribution.speaker(statement, self.choices.attribution, self.meeting) or group
        return "" if known and speaker == group else speaker

    def _text(self, statement: Statement) -> str:
        text = clean(statement.text)
        return bracketed(text) if statement.status == "bracketed" else text

    def status(self, statement: Statement) -> str:
        """How an entry stands: `agreed, Session 4`; empty where nobody said."""
        if not statement.status:
            return "read out" if statement.confirmed else ""
        word = STATUSES[statement.status]
        where = self.proceedings.session(statement.decided_in) if statement.decided_in else ""
        return f"{word}, {where}" if where else word

    def _standing(self, statement: Statement) -> list[str]:
        level = self.choices.attribution
        told = [self.status(statement)]
        if support := attribution.support(statement, level, self.meeting):
            told.append(f"supported by {clean(support)}")
        if against := attribution.opposition(statement, level, self.meeting):
            told.append(f"opposed by {clean(against)}")
        actors = {actor.id: actor.name for actor in self.meeting.actors}
        if statement.tags:
            told.append("with " + ", ".join(clean(actors.get(tag, tag)) for tag in statement.tags))
        if joined := self._joined.get(statement.entry.id):
            told.append("part of " + ", ".join(joined))
        return [each for each in told if each]
