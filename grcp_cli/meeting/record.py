"""The record: all entries of a meeting, all desks together, as they now stand.

    files ──> captures ──(corrections, standing: sorted, conflicts kept)──> Statement

Entries of several files are ordered by (largest `at` so far in that file, desk, position in the file); each counts
once, however many branches of a file hold it.
Corrections apply once all captures are read, so no order of reading changes the outcome.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from . import conflicts, membership
from .agenda import GENERAL
from .entry import AMENDABLE, Entry, Source, number, texts
from .gathered import Gathered, Placed
from .references import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .agenda import Meeting
    from .conflicts import Conflict


class Statement(NamedTuple):
    """A captured entry, paragraph or common recommendation as it now stands; fields as in the session file.

    Attributes:
        entry: As it was written.
        source: The file it was written in.
        sources: Ids of the entries that a paragraph rests on, or a common recommendation is made of.
        status: One of `STATUSES`, empty where none was given; `decided_in` names the session that did.
        support: Who supports it, ids or names, then counts; `oppose` likewise.
        latest: The id of the latest correction or standing of it, empty for none.
    """

    entry: Entry
    source: Source
    kind: str
    text: str
    question: str
    group: str
    speaker: str
    tags: tuple[str, ...]
    owner: str
    due: Any
    order: float
    sources: tuple[str, ...]
    struck: bool
    amended: bool
    status: str
    decided_in: str
    support: tuple[str, ...]
    oppose: tuple[str, ...]
    confirmed: bool
    starred: bool
    allowed: bool
    internal: bool
    latest: str
    conflicts: tuple[Conflict, ...]

    @property
    def amendments(self) -> list[str]:
        """What was amended, in words: of a common recommendation its members may be all that changed."""
        if not self.amended:
            return []
        moved = self.kind == "cluster" and set(self.sources) != set(texts(self.entry.fields.get("targets")))
        told = ["members changed"] if moved else []
        return told if moved and self.text == self.entry.text else ["amended", *told]


class Record(Gathered):
    """Every entry of a meeting's files as it now stands; answers as of what it was given."""

    def find(self, reference: str, own: Source, meeting: Meeting | None = None) -> str | None:
        """The id that a number or label means, as `references.meant`; None for none, or for several."""
        found = meant(reference, self, own, meeting)
        return found[0] if len(found) == 1 else None

    def statements(self, session: str, kinds: Iterable[str] | None = None) -> list[Statement]:
        """A session's captured entries as they stand, in record order; `kinds` chooses among them."""
        wanted = None if kinds is None else frozenset(kinds)
        placed = [each for each in self._captures.get(session, []) if each.entry.kind != "paragraph"]
        placed.sort(key=_key)
        stated = (self._statement(each) for each in placed if each.entry.id not in self._gone)
        return [each for each in stated if wanted is None or each.kind in wanted]

    def paragraphs(self, session: str) -> list[Statement]:
        """A session's drafted paragraphs as they stand, by their order within it."""
        placed = [each for each in self._captures.get(session, []) if each.entry.kind == "paragraph"]
        placed.sort(key=_key)
        stated = [self._statement(each) for each in placed if each.entry.id not in self._gone]
        return sorted(stated, key=lambda each: each.order)

    def clusters(self, session: str) -> list[Entry]:
        """The clusters of recommendations that stand in a session, in record order."""
        return [each.entry for each in self.commons(session) if not each.struck]

    def commons(self, session: str) -> list[Statement]:
        """The common recommendations of a session as they stand, in record order; those taken apart are none."""
        placed = [each for each in self._clusters if each.source.session == session and self._holds(each)]
        return [self._statement(each) for each in sorted(placed, key=_key)]

    def statement(self, entry_id: str) -> Statement | None:
        """One captured entry, paragraph or common recommendation as it stands; None where it is none or was undone."""
        placed = self._placed.get(entry_id)
        return self._statement(placed) if placed is not None and self._holds(placed) else None

    def _holds(self, placed: Placed) -> bool:
        """Whether something is said by an entry, and neither undone nor taken apart."""
        entry = placed.entry
        if entry.id in self._gone:
            return False
        if entry.kind == "cluster":
            apart = any(each.entry.kind == "uncluster" for each in self._standing_touches(entry.id))
            return not (apart and self._statement(placed).struck)
        return entry.captured or entry.kind == "paragraph"

    def newest(self, own: Source, containing: str = "") -> Statement | None:
        """The newest standing entry of one file whose present text contains a text, None for none."""
        for entry in reversed(self.files.get(own, [])):
            if entry.captured and entry.id not in self._gone:
                statement = self._statement(self._placed[entry.id])
                if not statement.struck and containing in statement.text:
                    return statement
        return None

    def latest(self, target: str) -> str:
        """The id of the latest correction or standing of an entry, empty for none."""
        touches = self._standing_touches(target)
        return touches[-1].entry.id if touches else ""

    def horizon(self, target: str) -> Mapping[str, Any]:
        """What a new correction or standing of an entry carries of those before it."""
        touches = self._standing_touches(target)
        return conflicts.carried([each.entry.id for each in touches], self.horizons(target)) if touches else {}

    def horizons(self, target: str) -> Mapping[str, frozenset[str]]:
        """What the writer of each correction of an entry had seen of the others; those that were undone count."""
        return conflicts.horizons(conflicts.causal(sorted(self._touches.get(target, ()), key=_key)))

    def conflicts(self, session: str) -> list[Conflict]:
        """What a person must decide in a session, in record order of the entries concerned."""
        stated = [*self.statements(session), *self.paragraphs(session), *self.commons(session)]
        return [conflict for each in stated for conflict in each.conflicts]

    @property
    def sessions(self) -> list[str]:
        """The ids of the sessions that have a file, in alphabetical order."""
        return sorted({source.session for source in self.files})

    def corrections(self, target: str) -> list[tuple[Entry, Mapping[str, Any]]]:
        """The standing corrections of an entry in the order they apply, each with the fields it sets, and to what."""
        return [(each.entry, self._outcomes(each)) for each in self._standing_touches(target)]

    def acts(self, session: str) -> Iterator[tuple[Source, Entry]]:
        """Everything in a session that is neither captured nor drafted, undone ones left out, by file."""
        for source, entries in sorted(self.segments.items()):
            if source.session == session:
                for entry in entries:
                    if not entry.captured and entry.kind != "paragraph" and entry.id not in self._gone:
                        yield source, entry

    def _standing_touches(self, target: str) -> list[Placed]:
        touches = self._touches.get(target)
        if not touches:
            return []
        return conflicts.causal(sorted((each for each in touches if each.entry.id not in self._gone), key=_key))

    def _statement(self, placed: Placed) -> Statement:
        entry, source, fields = placed.entry, placed.source, placed.entry.fields
        touches = self._standing_touches(entry.id)
        values: dict[str, Any] = {}
        if entry.kind == "cluster":
            fields, values = membership.opening(entry, map(self._outcomes, touches), self._group)
        for touch in touches:
            values.update(self._outcomes(touch))
        rivals = self._conflicts(entry.id, touches) if len(touches) > 1 else ()
        changed = {**fields, **values} if values else fields
        return Statement(
            entry=entry,
            source=source,
            kind=entry.kind if entry.kind == "cluster" else str(values.get("kind", entry.kind)),
            text=str(changed.get("text", "")),
            question=str(changed.get("question", GENERAL)),
            group=str(changed.get("group", "")),
            speaker=str(changed.get("speaker", "")),
            tags=texts(changed.get("tags")),
            owner=str(changed.get("owner", "")),
            due=changed.get("due"),
            order=number(changed.get("order")),
            sources=texts(changed.get("targets" if entry.kind == "cluster" else "sources")),
            # What a person is yet to decide about is not gone.
            struck=bool(values.get("struck", False)) and all(each.field != "struck" for each in rivals),
            amended=any(field in values for field in AMENDABLE),
            status=str(values.get("status", ("", ""))[0]),
            decided_in=str(values.get("status", ("", ""))[1]),
            support=_stance(values, "support"),
            oppose=_stance(values, "oppose"),
            confirmed=bool(values.get("confirmed", False)),
            starred=bool(values.get("starred", False)),
            allowed=bool(values.get("allowed", False)),
            internal=fields.get("internal") is True,
            latest=touches[-1].entry.id if touches else "",
            conflicts=rivals,
        )

    def _group(self, entry_id: str) -> str:
        """The group of an entry as it stands, empty for none."""
        entry = self.entry(entry_id)
        stated = self.statement(entry_id) if entry and entry.captured else None
        return stated.group if stated else ""

    def _conflicts(self, target: str, touches: Iterable[Placed]) -> tuple[Conflict, ...]:
        sets = [(each.entry, self._outcomes(each)) for each in touches]
        return conflicts.found(target, sets, lambda: self.horizons(target))

    def _outcomes(self, touch: Placed) -> Mapping[str, Any]:
        """The fields that one correction or standing sets, and to what."""
        entry, fields = touch.entry, touch.entry.fields
        match entry.kind:
            case "amend":
                changed = {field: fields[field] for field in AMENDABLE if field in fields}
                return changed if "new_kind" not in fields else {**changed, "kind": fields["new_kind"]}
            case "strike" | "restore" | "uncluster":
                return {"struck": entry.kind != "restore"}
            case "status":
                return {"status": (fields.get("status", ""), fields.get("session", touch.source.session))}
            case "support" | "oppose":
                if fields.get("who"):
                    return {f"stance {fields['who']}": "" if fields.get("off") is True else entry.kind}
                return {f"count {entry.kind}": str(fields.get("count", ""))}
            case "confirm" | "star" | "allow":
                return {{"confirm": "confirmed", "star": "starred", "allow": "allowed"}[entry.kind]: True}
            case "resolve":
                choice, *over = map(self._outcome, conflicts.named(entry))
                return conflicts.chosen(entry, choice, over)
        return {}

    def _outcome(self, correction: str) -> Mapping[str, Any]:
        """What one sets that a `resolve` names; nothing where that is one itself, as a hand may make them a circle."""
        placed = self._placed.get(correction)
        return self._outcomes(placed) if placed and placed.entry.kind != "resolve" else {}


_key = attrgetter("key")


def _stance(values: Mapping[str, Any], stance: str) -> tuple[str, ...]:
    """Who takes a stance, then the latest count of those who do."""
    named = [field.removeprefix("stance ") for field, value in values.items() if value == stance]
    count = values.get(f"count {stance}")
    return (*named, str(count)) if count else tuple(named)
