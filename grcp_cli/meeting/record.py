"""The record: all entries of a meeting, all desks together, as they now stand.

    files ──> captures ──(corrections, standing: sorted, conflicts kept)──> Statement

Entries of several files are ordered by (largest `at` so far in that file, desk, position in the file).
Corrections apply once all captures are read, so no order of reading changes the outcome.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from . import conflicts
from .agenda import GENERAL
from .entry import AMENDABLE, CORRECTIONS, STANDING, Entry, Source, number, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from .conflicts import Conflict

    Key = tuple[datetime, str, str, int]


class Placed(NamedTuple):
    """An entry with its place in the order of all."""

    high: datetime
    source: Source
    position: int
    entry: Entry

    @property
    def key(self) -> Key:
        """What the record is ordered by."""
        return self.high, self.source.desk, self.source.session, self.position


class Label(NamedTuple):
    """How a recommendation or cluster is called for ever: the owner's id and the number among its own.

    Attributes:
        owner: A group's or session's id, or `common` for a cluster.
        number: From 1, in the order of the file it was written in.
        desk: The desk, where it is neither the owner nor the desk-less one.
    """

    owner: str
    number: int
    desk: str = ""

    @property
    def typed(self) -> str:
        """As it is typed: `africa3`."""
        joint = "." if self.owner[-1:].isdigit() else ""
        return f"{self.owner}{joint}{self.number}" + (f"@{self.desk}" if self.desk else "")


class Statement(NamedTuple):
    """A captured entry or paragraph as it now stands; fields as in the session file.

    Attributes:
        entry: As it was written.
        source: The file it was written in.
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


_TOUCHING = CORRECTIONS | STANDING
_REFERENCE = re.compile(r"(?:(?P<session>[a-z0-9-]+)/)?(?:(?P<desk>[a-z0-9-]*):)?(?P<number>[0-9]{1,9})")


class Record:
    """Every entry of a meeting's files; grows by `add`, answers as of what it was given."""

    def __init__(self) -> None:
        self.files: dict[Source, list[Entry]] = {}
        self.labels: dict[str, Label] = {}
        self._claims: dict[str, tuple[Key, Label]] = {}
        self._claimed: set[tuple[str, Source]] = set()
        self._placed: dict[str, Placed] = {}
        self._captures: dict[str, list[Placed]] = {}
        self._clusters: list[Placed] = []
        self._touches: dict[str, list[Placed]] = {}
        self._gone: set[str] = set()
        self._high: dict[Source, datetime] = {}
        self._numbered: dict[tuple[Source, int], str] = {}
        self._counts: dict[tuple[str, Source], int] = {}

    def add(self, source: Source, entries: Iterable[Entry]) -> None:
        """Takes in more entries of one file, in the order of the file."""
        listed = self.files.setdefault(source, [])
        for entry in entries:
            high = max(self._high.get(source, entry.at), entry.at)
            self._high[source] = high
            placed = Placed(high, source, len(listed), entry)
            listed.append(entry)
            self._placed[entry.id] = placed
            kind = entry.kind
            if entry.captured:
                self._captures.setdefault(source.session, []).append(placed)
                self._numbered[source, entry.n] = entry.id
                if kind == "recommendation":
                    self._label(entry.id, str(entry.fields.get("group", "")) or source.session, source)
            elif kind in _TOUCHING:
                self._touches.setdefault(entry.target, []).append(placed)
                if entry.fields.get("new_kind") == "recommendation":
                    self._became(entry.target, placed)
            elif kind == "undo":
                self._gone.add(entry.target)
            elif kind == "redo":
                self._gone.discard(entry.target)
            elif kind == "paragraph":
                self._captures.setdefault(source.session, []).append(placed)
            elif kind == "cluster":
                self._clusters.append(placed)
                self._label(entry.id, "common", source)

    def _became(self, target: str, by: Placed) -> None:
        """An entry that became a recommendation is labelled in the file that says so; the first to say so holds."""
        source = by.source
        placed = self._placed.get(target)
        at_home = placed is not None and placed.source == source
        if (target, source) in self._claimed or (at_home and target in self.labels):
            return
        owner = str(placed.entry.fields.get("group", "")) if placed and at_home else ""
        claim = by.key, self._numbering(owner or source.session, source)
        self._claimed.add((target, source))
        self._claims[target] = min(claim, self._claims.get(target, claim))

    def _label(self, entry_id: str, owner: str, source: Source) -> None:
        self.labels[entry_id] = self._numbering(owner, source)

    def _numbering(self, owner: str, source: Source) -> Label:
        number = self._counts.get((owner, source), 0) + 1
        self._counts[owner, source] = number
        return Label(owner, number, "" if source.desk in ("", owner) else source.desk)

    def label(self, entry_id: str) -> Label | None:
        """What a recommendation or cluster is called, None for anything else."""
        claim = self._claims.get(entry_id)
        return self.labels.get(entry_id) or (claim[1] if claim else None)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, undone ones too, None where there is none."""
        placed = self._placed.get(entry_id)
        return placed.entry if placed else None

    def source(self, entry_id: str) -> Source | None:
        """The file an entry stands in."""
        placed = self._placed.get(entry_id)
        return placed.source if placed else None

    def key(self, entry_id: str) -> Key | None:
        """An entry's place in the order of all, None where there is none."""
        placed = self._placed.get(entry_id)
        return placed.key if placed else None

    def find(self, reference: str, own: Source) -> str | None:
        """The id that a number or label means: `12`, `africa:12`, `working-lunch/africa:12`, `africa3`."""
        wanted = reference.casefold()
        match = _REFERENCE.fullmatch(wanted)
        if match and (match["desk"] is not None or match["session"] is None):
            desk, session = match["desk"], match["session"]
            source = Source(session or own.session, own.desk if desk is None else desk)
            found = self._numbered.get((source, int(match["number"])))
            if found is None and desk and not session:
                found = self._numbered.get((Source(desk), int(match["number"])))
            if found is None and desk and not session:
                sources = {each for each in self.files if each.desk == desk}
                if len(sources) == 1:  # the only desk of that name, in another session
                    found = self._numbered.get((sources.pop(), int(match["number"])))
            if found is not None:
                return None if found in self._gone else found
        return self._labelled(wanted, own)

    def _labelled(self, wanted: str, own: Source) -> str | None:
        """The entry of a label as typed; of several that sessions gave, one's own session's, then the first."""
        claims = {entry_id: label for entry_id, (_, label) in self._claims.items() if entry_id not in self.labels}
        found = [
            (placed.source.session != own.session, placed.key, entry_id)
            for entry_id, label in (self.labels | claims).items()
            if label.typed == wanted and entry_id not in self._gone and (placed := self._placed.get(entry_id))
        ]
        return min(found)[-1] if found else None

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
        """The clusters of recommendations agreed on in a session, in record order."""
        split = {
            entry.target
            for entries in self.files.values()
            for entry in entries
            if entry.kind == "uncluster" and entry.id not in self._gone
        }
        gone = self._gone | split
        found = [each for each in self._clusters if each.source.session == session and each.entry.id not in gone]
        return [each.entry for each in sorted(found, key=_key)]

    def statement(self, entry_id: str) -> Statement | None:
        """One captured entry or paragraph as it stands, None where it is none or was undone."""
        placed = self._placed.get(entry_id)
        if placed is None or entry_id in self._gone:
            return None
        if not placed.entry.captured and placed.entry.kind != "paragraph":
            return None
        return self._statement(placed)

    def newest(self, own: Source, containing: str = "") -> Statement | None:
        """The newest standing entry of one file whose present text contains a text, None for none."""
        for entry in reversed(self.files.get(own, [])):
            if entry.captured and entry.id not in self._gone:
                statement = self._statement(self._placed[entry.id])
                if not statement.struck and containing in statement.text:
                    return statement
        return None

    def latest(self, target: str) -> str:
        """The id of the latest correction or standing of an entry: what a new one carries as `after`."""
        touches = self._standing_touches(target)
        return touches[-1].entry.id if touches else ""

    def conflicts(self, session: str) -> list[Conflict]:
        """What a person must decide in a session, in record order of the entries concerned."""
        stated = [*self.statements(session), *self.paragraphs(session)]
        return [conflict for each in stated for conflict in each.conflicts]

    def corrections(self, target: str) -> list[tuple[Entry, Mapping[str, Any]]]:
        """The standing corrections of an entry in the order they apply, each with the fields it sets, and to what."""
        return [(each.entry, self._outcomes(each)) for each in self._standing_touches(target)]

    def acts(self, session: str) -> Iterator[tuple[Source, Entry]]:
        """Everything in a session that is neither captured nor drafted, undone ones left out, by file."""
        for source, entries in sorted(self.files.items()):
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
        for touch in touches:
            values.update(self._outcomes(touch))
        changed = {**fields, **values} if values else fields
        return Statement(
            entry=entry,
            source=source,
            kind=str(values.get("kind", entry.kind)),
            text=str(changed.get("text", "")),
            question=str(changed.get("question", GENERAL)),
            group=str(changed.get("group", "")),
            speaker=str(changed.get("speaker", "")),
            tags=texts(changed.get("tags")),
            owner=str(changed.get("owner", "")),
            due=changed.get("due"),
            order=number(changed.get("order")),
            sources=texts(changed.get("sources")),
            struck=bool(values.get("struck", False)),
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
            conflicts=self._conflicts(entry.id, touches) if len(touches) > 1 else (),
        )

    def _conflicts(self, target: str, touches: Iterable[Placed]) -> tuple[Conflict, ...]:
        return conflicts.found(target, [(each.entry, self._outcomes(each)) for each in touches])

    def _outcomes(self, touch: Placed) -> Mapping[str, Any]:
        """The fields that one correction or standing sets, and to what."""
        entry, fields = touch.entry, touch.entry.fields
        match entry.kind:
            case "amend":
                changed = {field: fields[field] for field in AMENDABLE if field in fields}
                return changed if "new_kind" not in fields else {**changed, "kind": fields["new_kind"]}
            case "strike" | "restore":
                return {"struck": entry.kind == "strike"}
            case "status":
                return {"status": (fields.get("status", ""), fields.get("session", touch.source.session))}
            case "support" | "oppose":
                if fields.get("who"):
                    return {f"stance {fields['who']}": entry.kind}
                return {f"count {entry.kind}": str(fields.get("count", ""))}
            case "confirm" | "star" | "allow":
                return {{"confirm": "confirmed", "star": "starred", "allow": "allowed"}[entry.kind]: True}
            case "resolve":
                choice = self._placed.get(str(fields.get("chosen", "")))
                return (
                    conflicts.chosen(entry, self._outcomes(choice)) if choice and choice.entry.kind != "resolve" else {}
                )
        return {}


_key = attrgetter("key")


def _stance(values: Mapping[str, Any], stance: str) -> tuple[str, ...]:
    """Who takes a stance, then the latest count of those who do."""
    named = [field.removeprefix("stance ") for field, value in values.items() if value == stance]
    count = values.get(f"count {stance}")
    return (*named, str(count)) if count else tuple(named)
