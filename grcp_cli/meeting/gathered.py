"""The entries of all files of a meeting, each once and in its place: what a record is worked out from.

files of one desk ──(the tree of their blocks)──> segments ──> entries by what they are about, labels, numbers
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import branches
from .entry import CORRECTIONS, STANDING, WITHHELD, Source
from .labels import COMMON, Label, told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from .entry import Entry

    Key = tuple[datetime, str, str, str, int]


class Placed(NamedTuple):
    """An entry with its place in the order of all; `source` is its segment's."""

    high: datetime
    source: Source
    position: int
    entry: Entry

    @property
    def key(self) -> Key:
        """What the record is ordered by; a branch's entries stay together behind what they go on from."""
        return self.high, self.source.desk, self.source.session, self.source.branch, self.position


_TOUCHING = CORRECTIONS | STANDING | {"uncluster"}


class Gathered:
    """Every entry of a meeting's files; grows by `add`.

    Attributes:
        files: Each desk's file from its first entry to its last; of one that branched, each branch with what was
            shared before it. By the desk, with the branch: never by what a file is called in its folder.
        segments: The same, each entry once; what was shared before a branching stands by itself.
        labels: Of recommendations and clusters, by their ids, as their files gave them; `label` tells them apart, and
            knows those too that became one.
        owners: Of the labels given, by the id of the block that gave it.
    """

    def __init__(self) -> None:
        self._families: dict[Source, dict[Source, list[Entry]]] = {}
        self._begin()

    def _begin(self) -> None:
        self.files: dict[Source, list[Entry]] = {}
        self.segments: dict[Source, list[Entry]] = {}
        self.labels: dict[str, Label] = {}
        self.owners: dict[str, str] = {}
        self._unsent: dict[str, Label] = {}
        self._apart: dict[str, Label] | None = None
        self._homes: dict[Source, Source] = {}
        self._claims: dict[str, tuple[Key, Label]] = {}
        self._claimed: set[tuple[str, Source]] = set()
        self._placed: dict[str, Placed] = {}
        self._captures: dict[str, list[Placed]] = {}
        self._clusters: list[Placed] = []
        self._touches: dict[str, list[Placed]] = {}
        self._said: dict[str, dict[Source, bool]] = {}
        self._gone: set[str] = set()
        self._high: dict[Source, datetime] = {}
        self._numbered: dict[tuple[Source, int], str] = {}
        self._counts: dict[Source, dict[str, int]] = {}

    def add(self, source: Source, entries: Iterable[Entry]) -> bool:
        """Takes in more entries of one file, in the order of the file.

        Args:
            source: What the file is called in its folder.
            entries: What comes behind those that were added before.

        Returns:
            Whether a branching came to light, so that entries added before are called otherwise now.
        """
        new = list(entries)
        family = self._families.setdefault(source._replace(branch=""), {})
        listed = family.setdefault(source, [])
        before = len(listed)
        listed += new
        if len(family) == 1:
            self._alone(source, listed)
            self._take(self._homes[source], before, new)
            return False
        home = self._homes.get(source)
        # What is accepted may be a version of a block before it that another file has.
        if home in self.files and before == len(self.files[home]) and not any(each.accepts for each in new):
            self.files[home] += new
            self.segments[home] += new
            self._take(home, before, new)
            return False
        self._again()
        return True

    def add_all(self, files: Mapping[Source, Iterable[Entry]]) -> None:
        """Takes in several files at once."""
        for source, entries in files.items():
            self._families.setdefault(source._replace(branch=""), {}).setdefault(source, []).extend(entries)
        self._again()

    def home(self, source: Source) -> Source:
        """The desk, with the branch, that a file of a folder is in `files`; as it is called where it is not there."""
        return self._homes.get(source, source)

    def _alone(self, source: Source, entries: list[Entry]) -> None:
        """A desk of one file: its only branch."""
        home = source._replace(branch="")
        self._homes[source], self.files[home], self.segments[home] = home, entries, entries

    def _again(self) -> None:
        self._begin()
        for family in self._families.values():
            if len(family) == 1:
                ((source, entries),) = family.items()
                self._alone(source, entries)
                self._take(self._homes[source], 0, entries)
                continue
            paths: dict[str, list[Entry]] = {}
            for source, start, entries, ended, leaf in branches.segments(family):
                parent = source._replace(branch=source.branch.rpartition("/")[0])
                path = paths[source.branch] = [*(paths[parent.branch] if source.branch else ()), *entries]
                self._homes.update(dict.fromkeys(ended, source))
                self.segments[source] = entries
                if leaf:
                    self.files[source] = path
                if source.branch:
                    self._counts[source] = dict(self._counts.get(parent, {}))
                    if parent in self._high:
                        self._high[source] = self._high[parent]
                self._take(source, start, entries)

    def _take(self, source: Source, start: int, entries: Iterable[Entry]) -> None:
        """Puts more entries of one segment in their places; `start` is the position of the first."""
        self._apart = None
        for position, entry in enumerate(entries, start):
            high = max(self._high.get(source, entry.at), entry.at)
            self._high[source] = high
            placed = Placed(high, source, position, entry)
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
            elif kind in ("undo", "redo"):
                self._reverse(entry.target, source, undone=kind == "undo")
            elif kind == "paragraph":
                self._captures.setdefault(source.session, []).append(placed)
            elif kind == "cluster":
                self._clusters.append(placed)
                self._label(entry.id, COMMON, source, _said(entry))
            elif kind == WITHHELD and (owner := str(entry.fields.get("label", ""))):
                # What comes behind is called as where it is not withheld.
                self._unsent[entry.id] = self._numbering(owner, source, entry.id, _said(entry))

    def _reverse(self, target: str, source: Source, *, undone: bool) -> None:
        """What is undone is gone; in several branches, where each that says anything last says so."""
        said = self._said.setdefault(target, {})
        said[source] = undone
        last = [word for each, word in said.items() if not any(each != other and other.holds(each) for other in said)]
        (self._gone.add if all(last) else self._gone.discard)(target)

    def _became(self, target: str, by: Placed) -> None:
        """An entry that became a recommendation is labelled in the file that says so; the first to say so holds."""
        source = by.source
        placed = self._placed.get(target)
        at_home = placed is not None and source.holds(placed.source)
        claimed = any((target, each) in self._claimed for each in _lineage(source))
        if claimed or (at_home and target in self.labels):
            return
        owner = str(placed.entry.fields.get("group", "")) if placed and at_home else ""
        claim = by.key, self._numbering(owner or source.session, source, by.entry.id)
        self._claimed.add((target, source))
        self._claims[target] = min(claim, self._claims.get(target, claim))

    def _label(self, entry_id: str, owner: str, source: Source, number: int = 0) -> None:
        self.labels[entry_id] = self._numbering(owner, source, entry_id, number)

    def _numbering(self, owner: str, source: Source, by: str, number: int = 0) -> Label:
        """The next of its owner's labels in a file; one that says its number has that."""
        self.owners[by] = owner
        counts = self._counts.setdefault(source, {})
        number = number or counts.get(owner, 0) + 1
        counts[owner] = max(number, counts.get(owner, 0))
        return Label(owner, number, "" if source.desk in ("", owner) else source.desk, source.label)

    def label(self, entry_id: str) -> Label | None:
        """What a recommendation or cluster is called, None for anything else."""
        return None if entry_id in self._unsent else self._told_apart().get(entry_id)

    def labelled(self) -> dict[str, Label]:
        """Every label by the id of what it was given to; no two of a session are the same."""
        return {entry_id: label for entry_id, label in self._told_apart().items() if entry_id not in self._unsent}

    @property
    def unsent(self) -> dict[str, Label]:
        """Labels of what is internal and was not sent along, by their ids."""
        return {entry_id: self._told_apart()[entry_id] for entry_id in self._unsent}

    def _told_apart(self) -> dict[str, Label]:
        """Every label; what is undone, taken apart or was not sent keeps its own, so that no other's changes."""
        if self._apart is None:
            claims = {entry_id: label for entry_id, (_, label) in self._claims.items()}
            self._apart = claims | self.labels | self._unsent
            alike: dict[tuple[str, str], dict[str, tuple[Label, str]]] = {}
            for entry_id, label in self._apart.items():
                if placed := self._placed.get(entry_id):
                    among = alike.setdefault((placed.source.session, label.bare), {})
                    among[entry_id] = label, branches.block(placed.entry)
            for among in alike.values():
                if len(among) > 1:
                    self._apart |= told_apart(among)
        return self._apart

    def numbered(self, source: Source, number: int) -> str | None:
        """The id of the captured entry of a number in a segment, None for none."""
        return self._numbered.get((source, number))

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, undone ones too, None where there is none."""
        placed = self._placed.get(entry_id)
        return placed.entry if placed else None

    def undone(self, entry_id: str) -> bool:
        """Whether an entry stands undone."""
        return entry_id in self._gone

    def source(self, entry_id: str) -> Source | None:
        """The desk an entry stands in, with the branch, None where there is none."""
        placed = self._placed.get(entry_id)
        return placed.source if placed else None

    def key(self, entry_id: str) -> Key | None:
        """An entry's place in the order of all, None where there is none."""
        placed = self._placed.get(entry_id)
        return placed.key if placed else None


def _said(entry: Entry) -> int:
    """The number that an entry says its label has, 0 where it says none."""
    said = entry.fields.get("number")
    return said if isinstance(said, int) and said > 0 else 0


def _lineage(source: Source) -> Iterable[Source]:
    """A segment, and those that it goes on from."""
    while source.branch:
        yield source
        source = source._replace(branch=source.branch.rpartition("/")[0])
    yield source
