"""The pen: writes blocks one after the other and numbers the paragraphs in one sequence.

Whatever people wrote goes through it, so that attribution and cleaning happen in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.meeting import attribution
from grcp_cli.meeting.contested import CONTESTED, fields, stands
from grcp_cli.meeting.withheld import withhold

from . import conflict, naming
from .document import Bar, Block, Chart, Heading, Item, Paragraph, Part, Row, Table
from .language import Language
from .phrases import KINDS, LEADS, LEADS_BY
from .wording import backed, bracketed, clean, due, letter, opposed, roman, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grcp_cli.meeting.agenda import Session
    from grcp_cli.meeting.proceedings import Common, Proceedings
    from grcp_cli.meeting.record import Statement

NOTHING = "–"
"""What a table's cell shows for nothing."""


class Choices(NamedTuple):
    """What was asked of a report.

    Attributes:
        attribution: `none | chatham | group | full`.
        status: `draft`, `final` or `adopted`.
        notes: Whether raw notes leave, as an annex.
        rehearsal: Whether the record is a rehearsal's.
        lang: The language of the report's own words, one of `language.TAGS`.
        revision: 0 until something was changed after it was final.
        adopted: When it was adopted, ISO 8601, and `by` whom; empty unless `status` is `adopted`.
        heads: The session files that it was made from, by name as it may leave, each with its last seal.
        version: Of grcp.
    """

    attribution: str
    status: str = "draft"
    notes: bool = False
    rehearsal: bool = False
    lang: str = "en"
    revision: int = 0
    adopted: str = ""
    by: str = ""
    heads: tuple[tuple[str, str], ...] = ()
    version: str = ""


class Pen:
    """Writes the report of some proceedings, as asked.

    Attributes:
        proceedings: What it is about, without what may not leave.
        choices: What was asked.
        language: Of the report's own words.
        say: A sentence in that language; `tell` is one that depends on how many there are.
        parts: What is finished.
    """

    def __init__(self, proceedings: Proceedings, choices: Choices) -> None:
        self.proceedings = proceedings = withhold(proceedings, choices.attribution)
        self.meeting = proceedings.meeting
        self.choices = choices
        self.language = Language(choices.lang)
        self.say = self.language.say
        self.tell = self.language.tell
        self.parts: list[Part] = []
        self._blocks: list[Block] = []
        self._number = 0
        self._chapters = 0
        self._annexes = 0
        self._labels = {each: clean(label) for each, label in naming.labels(proceedings, self.language).items()}
        self._actors = {actor.id: actor.name for actor in self.meeting.actors}
        self._joined: dict[str, list[str]] = {}
        for common in proceedings.common:
            for target in common.targets:
                self._joined.setdefault(target.entry.id, []).append(self.label(common.entry.id))

    # Parts.

    def part(self, part_id: str, role: str, title: str, session: str = "") -> None:
        """Finishes what was written so far as a part of its own."""
        if role == "annex":
            self._annexes += 1
            number = self.say("Annex {number}", number=roman(self._annexes))
        else:
            self._chapters += 1
            number = roman(self._chapters)
        self.parts.append(Part(part_id, role, number, clean(title), tuple(self._blocks), session))
        self._blocks = []

    # Blocks.

    def add(self, block: Block) -> None:
        """A block as it is."""
        self._blocks.append(block)

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
        how = self.position(statement) if statement.conflicts else ""
        text = f"{self.text(statement)} [{how}]" if how else self.text(statement)
        sources, entry_id = statement.sources, statement.entry.id
        self._blocks.append(Paragraph(self._number, text, sources, entry_id, statement.question))

    def remark(self, text: str) -> None:
        """A sentence of the report's own that is not counted."""
        self._blocks.append(Paragraph(None, clean(text)))

    def planned(self, lines: Iterable[str], marks: Sequence[str] = ()) -> None:
        """Lines of the agenda as a list under the paragraph before."""
        for position, line in enumerate(lines):
            mark = marks[position] if position < len(marks) else letter(position)
            self._blocks.append(Item(clean(line), mark))

    def table(
        self, table_id: str, head: tuple[str, ...], rows: Iterable[Row], caption: str = "", numeric: Sequence[int] = ()
    ) -> None:
        """A table; none where there are no rows."""
        listed = tuple(row._replace(cells=tuple(map(clean, row.cells))) for row in rows)
        if listed:
            self._blocks.append(Table(tuple(map(clean, head)), listed, caption, tuple(numeric), table_id))

    def chart(self, chart_id: str, title: str, series: Sequence[str], bars: Iterable[Bar]) -> None:
        """A chart; none where there is nothing to draw."""
        drawn = tuple(bar._replace(label=clean(bar.label)) for bar in bars)
        if any(any(bar.values) for bar in drawn):
            self._blocks.append(Chart(chart_id, title, tuple(series), drawn))

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
            labelled = bool(self.label(statement.entry.id)) and statement.kind == "recommendation"
            kind = self.tell(*KINDS[statement.kind], 1) if kinds and statement.kind != "note" and not labelled else ""
            note = self.language.beside((kind, *self.standing(statement)))
            self.add(self.item(statement, letter(position) if marks and not labelled else "", note, group))

    def introduced(self, kind: str, stated: Sequence[Statement], group: str = "") -> None:
        """A list of one kind, all of one group if so said, with a numbered sentence before it; nothing for none."""
        if stated:
            lead = LEADS_BY[kind] if group else LEADS[kind]
            self.paragraph(self.tell(*lead, len(stated), group=self.meeting.name_of(group)))
            self.statements(stated, group=group)

    def commons(self, common: Iterable[Common]) -> None:
        """Common recommendations, each with who shares it."""
        for each in common:
            self.add(self.common(each, self.origin(each)))

    def actions(self, stated: Iterable[Statement]) -> None:
        """Actions as a table: what, who, until when."""
        rows = []
        for position, each in enumerate(stated):
            how = self.language.beside(self.standing(each))
            text = f"{self.text(each)} ({how})" if how else self.text(each)
            where = naming.session_named(self.meeting, each.source.session, self.language)
            row = (letter(position), text, self.owner(each) or NOTHING, self.due(each) or NOTHING, where)
            rows.append(Row(row, (each.entry.id,), each.entry.id, self.item(each, note=how)))
        head = ("", self.say("Action"), self.say("Owner"), self.say("Due"), self.say("From"))
        self.table("actions", head, rows)

    # Entries.

    def item(self, statement: Statement, mark: str = "", note: str = "", group: str = "") -> Item:
        """One entry of a list; a recommendation goes by its label.

        Args:
            statement: Which.
            mark: Before it.
            note: Behind it.
            group: Whose list it is in.
        """
        label = self.label(statement.entry.id) if statement.kind == "recommendation" else ""
        support, oppose = self._sides(statement)
        return Item(
            self.text(statement),
            mark=mark,
            label=label,
            speaker=clean(self._whose(statement, known=bool(label) or bool(group))),
            note=note,
            id=statement.entry.id,
            sources=(statement.entry.id,),
            kind=statement.kind,
            session=statement.source.session,
            question=statement.question,
            group=attribution.author(statement, self.meeting),
            **_settled(statement),
            tags=tuple(self.partners(statement)),
            clusters=tuple(self._joined.get(statement.entry.id, ())),
            support=support,
            oppose=oppose,
        )

    def common(self, common: Common, note: str = "") -> Item:
        """A common recommendation with the groups that share it and those that oppose it, and a note behind that."""
        # Names of groups may have an “and” in them.
        shared, against = (
            ", ".join(clean(self.meeting.name_of(group)) for group in groups)
            for groups in (common.groups, common.against)
        )
        # Groups answer for what they recommend together: they are named whatever the attribution, on either side.
        stated = common.stated._replace(
            support=tuple(each for each in common.stated.support if not self.meeting.group(each)),
            oppose=tuple(each for each in common.stated.oppose if not self.meeting.group(each)),
        )
        support, oppose = self._sides(stated)
        opposing = self.say("opposed by {whom}", whom=against) if against else ""
        return Item(
            self.text(stated),
            label=self.label(common.entry.id),
            note=self.language.beside((shared, opposing, *self.standing(stated), note)),
            id=common.entry.id,
            sources=(common.entry.id, *(target.entry.id for target in common.targets)),
            kind="cluster",
            session=common.session,
            **_settled(stated),
            tags=tuple(self.partners(stated)),
            groups=common.groups,
            against=common.against,
            support=", ".join(filter(None, (shared, support))),
            oppose=", ".join(filter(None, (against, oppose))),
        )

    def origin(self, common: Common) -> str:
        """What a common recommendation was made of: `from Africa 3, Asia 1`; empty where that has no labels."""
        parts = ", ".join(filter(None, (self.label(target.entry.id) for target in common.targets)))
        return self.say("from {labels}", labels=parts) if parts else ""

    # Names and words of people.

    def called(self, session: Session) -> str:
        """How a session is named in a line: `Session 2`."""
        return naming.called(session, self.language)

    def label(self, entry_id: str) -> str:
        """What a recommendation or cluster is called, empty for anything else."""
        return self._labels.get(entry_id, "")

    def text(self, statement: Statement) -> str:
        """What somebody said, in square brackets where it is bracketed."""
        text = clean(statement.text)
        return bracketed(text) if stands(statement) == "bracketed" else text

    def owner(self, statement: Statement) -> str:
        """Who does an action, empty for nobody."""
        return clean(attribution.owner(statement, self.choices.attribution, self.meeting))

    def due(self, statement: Statement) -> str:
        """When an action is due, empty for never."""
        return due(statement.due, self.language)

    def status(self, statement: Statement) -> str:
        """How an entry stands: `agreed, Session 4`, `in conflict: agreed / bracketed`; empty where nobody said."""
        if stands(statement) == CONTESTED:
            return conflict.stands(statement, self.language)
        if not statement.status:
            return self.say("read out") if statement.confirmed else ""
        word = standing(statement.kind, statement.status, self.language)
        if not statement.decided_in:
            return word
        where = naming.session_named(self.meeting, statement.decided_in, self.language)
        return self.say("{status}, {session}", status=word, session=where)

    def position(self, statement: Statement) -> str:
        """How an entry stands, and what else of it is in conflict."""
        return self.language.beside((self.status(statement), *conflict.remarks(statement, self.language)))

    def standing(self, statement: Statement) -> Iterator[str]:
        """All that is known of how an entry stands, in remarks."""
        yield self.status(statement)
        yield from self.sides(statement)
        if partners := list(self.partners(statement)):
            yield self.say("with {partners}", partners=", ".join(partners))
        if joined := self._joined.get(statement.entry.id):
            yield self.say("part of {labels}", labels=", ".join(joined))
        yield from conflict.remarks(statement, self.language)

    def sides(self, statement: Statement) -> Iterator[str]:
        """Who supports an entry and who opposes it, in remarks."""
        support, oppose = self._sides(statement)
        if support:
            yield self.say("supported by {whom}", whom=support)
        if oppose:
            yield self.say("opposed by {whom}", whom=oppose)

    def _sides(self, statement: Statement) -> tuple[str, str]:
        """Who supports an entry and who opposes it, as far as that may be told; empty for nobody."""
        level, meeting = self.choices.attribution, self.meeting
        return (
            backed(attribution.support(statement, level, meeting), meeting, self.language),
            opposed(attribution.opposition(statement, level, meeting), self.language),
        )

    def _whose(self, statement: Statement, *, known: bool) -> str:
        """The name before somebody's words; a group's own name is left out where it is known already."""
        group = self.meeting.name_of(attribution.author(statement, self.meeting))
        speaker = attribution.speaker(statement, self.choices.attribution, self.meeting) or group
        return "" if known and speaker == group else speaker

    def partners(self, statement: Statement) -> Iterator[str]:
        """The names of the types of partner that an entry is tagged with."""
        yield from (clean(self._actors.get(tag, tag)) for tag in statement.tags)


def _settled(statement: Statement) -> dict[str, Any]:
    """How an entry stands for formats that list entries: nothing that is in conflict, and what is."""
    contested = stands(statement) == CONTESTED
    return {
        "status": "" if contested else statement.status,
        "decided_in": "" if contested else statement.decided_in,
        "conflicts": fields(statement),
    }
