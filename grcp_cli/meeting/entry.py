"""What can be written down or done: the blocks of a session file, without their bytes.

    Draft ──(id, at, n)──> Entry: captured · drafted · correction · standing · across groups · clock · floor

The kinds and their keys are those of the file format; a kind or key not known here is kept as it came.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CAPTURED = (
    "note",
    "achievement",
    "lesson",
    "practice",
    "recommendation",
    "partnership",
    "resource",
    "measure",
    "action",
    "agreement",
    "divergence",
    "reservation",
)
"""Kinds of what was said, in the order of the report."""

STATUSES = ("proposed", "agreed", "bracketed", "bis", "not-agreed", "deferred", "withdrawn")
_STATUS_WORDS = {"bis": "alternative (bis)", "not-agreed": "not agreed"}

AMENDABLE = ("text", "kind", "question", "speaker", "group", "tags", "owner", "due", "order", "sources", "targets")
"""Fields that an amendment may change; `order` and `sources` are a paragraph's, `targets` a common recommendation's.

In its block a new kind is `new_kind`."""

CLOCK = frozenset({"start", "pause", "resume", "extend", "goto", "end", "reopen", "anomaly"})
FLOOR = frozenset(
    {
        "queue",
        "withdraw",
        "reorder",
        "floor",
        "yield",
        "point-of-order",
        "reply",
        "close-list",
        "open-list",
        "message",
        "limit",
    }
)
CORRECTIONS = frozenset({"amend", "strike", "restore", "resolve"})
STANDING = frozenset({"status", "support", "oppose", "confirm", "star", "allow"})

WITHHELD = "withheld"
"""Stands in a bundle in the place of an internal entry, so that seals and numbers go on."""

_EVERYWHERE = frozenset({"id", "at", "n", "kind", "here", "question", "boot", "ticks", "internal"})
_CAPTURE = frozenset({"group", "speaker", "speaker_from", "floor", "behalf", "text", "tags", "owner", "due"})
_KEYS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CAPTURED, _CAPTURE),
    "paragraph": frozenset({"text", "order", "sources"}),
    "amend": frozenset({"target", "after", "seen", "text", "group", "speaker", "tags", "owner", "due", "order"})
    | {"sources", "targets", "new_kind"},
    "strike": frozenset({"target", "after", "seen"}),
    "restore": frozenset({"target", "after", "seen"}),
    "undo": frozenset({"target"}),
    "redo": frozenset({"target"}),
    "accept": frozenset({"target", "found"}),
    WITHHELD: frozenset({"label", "number", "stub"}),
    "resolve": frozenset({"target", "after", "seen", "chosen", "over", "fields"}),
    "status": frozenset({"target", "after", "seen", "status", "session"}),
    "support": frozenset({"target", "after", "seen", "who", "count", "off"}),
    "oppose": frozenset({"target", "after", "seen", "who", "count", "off"}),
    "confirm": frozenset({"target", "after", "seen"}),
    "star": frozenset({"target", "after", "seen"}),
    "allow": frozenset({"target", "after", "seen"}),
    "cluster": frozenset({"targets", "text", "support", "number"}),
    "uncluster": frozenset({"target", "after", "seen"}),
    "start": frozenset({"effective"}),
    "extend": frozenset({"minutes", "reason", "target"}),
    "goto": frozenset({"follow"}),
    "anomaly": frozenset({"seconds", "counted", "asleep", "step", "target"}),
    "queue": frozenset({"speakers", "behalf"}),
    "withdraw": frozenset({"speaker"}),
    "reorder": frozenset({"speaker", "position"}),
    "floor": frozenset({"speaker", "behalf", "effective"}),
    "point-of-order": frozenset({"speaker", "behalf"}),
    "reply": frozenset({"speaker", "behalf"}),
    "limit": frozenset({"minutes"}),
    "message": frozenset({"text", "blackout"}),
    **{kind: frozenset() for kind in ("pause", "resume", "end", "reopen", "yield", "close-list", "open-list")},
}
KINDS = frozenset(_KEYS)


def status_word(status: str) -> str:
    """A status as people read it; what this version does not know as it is written."""
    return _STATUS_WORDS.get(status, status)


BRANCH_SHOWN = 4
"""How many digits of a branch's seal are shown; any unambiguous beginning may be typed."""


class Source(NamedTuple):
    """The file an entry stands in.

    Attributes:
        session: Its id.
        desk: Its id, empty for the desk-less file.
        branch: Empty unless a desk's file was copied and both copies were written on. In the record, the seals at
            which a branch left what is shared, outermost first and joined by `/`; of a file in a folder, the one
            in its name.
    """

    session: str
    desk: str = ""
    branch: str = ""

    @property
    def label(self) -> str:
        """The seal of the first block of the branch, empty for what stands before any branching."""
        return self.branch.rpartition("/")[2]

    @property
    def name(self) -> str:
        """How the desk's file is called in a line: `africa`, of a branch `africa~9f2c`."""
        return f"{self.desk}~{self.label[:BRANCH_SHOWN]}" if self.branch else self.desk

    def holds(self, other: Source) -> bool:
        """Whether what stands in `other` stands in this file too: it is this one, or what was shared before it."""
        return self[:2] == other[:2] and f"{self.branch}/".startswith(f"{other.branch}/" if other.branch else "")


class Draft(NamedTuple):
    """An entry before it is on disk: the journal gives it id, place and number.

    Attributes:
        kind: One of the kinds above.
        fields: Its other keys, as they will be written; no value is None.
        salt: Random digits that go into a block which stays behind in a bundle, so that the seal, which does not,
            confirms nobody's guess of its words. Like the seal it is the block's and says nothing: no entry has it.
    """

    kind: str
    fields: Mapping[str, Any]
    salt: str = ""


class Entry(NamedTuple):
    """One block of a session file.

    Attributes:
        id: UUIDv7.
        at: Zoned instant, milliseconds.
        n: How many captured entries the file had up to here; a captured entry's own number.
        kind: A kind of `KINDS`, or one that this version does not know.
        fields: Every other key as stored.
        seal: Of its block, which stands for all blocks before it too; empty where there is none.
        found: What the seal should be by the block's bytes where these were changed by hand, empty where they were not.
    """

    id: str
    at: datetime
    n: int
    kind: str
    fields: Mapping[str, Any]
    seal: str = ""
    found: str = ""

    @property
    def captured(self) -> bool:
        """Whether this is something said, which has a number of its own."""
        return self.kind in CAPTURED

    @property
    def target(self) -> str:
        """The id of the entry that this one is about, empty for none."""
        return str(self.fields.get("target", ""))

    @property
    def accepts(self) -> tuple[str, str] | None:
        """Of an `accept` the entry that it lets stand as a hand changed it, and the hash found then; else None."""
        return (self.target, str(self.fields.get("found", ""))) if self.kind == "accept" else None

    @property
    def text(self) -> str:
        """What was written, empty for an act."""
        return str(self.fields.get("text", ""))

    @property
    def speaker(self) -> str:
        """A participant's id or a free name, empty for nobody."""
        return str(self.fields.get("speaker", ""))


def unknown(entry: Entry) -> tuple[str, ...]:
    """What this version does not know of an entry: its kind, or else some of its keys."""
    keys = _KEYS.get(entry.kind)
    if keys is None:
        return (f"kind {entry.kind}",)
    return tuple(f"key {key}" for key in entry.fields if key not in keys and key not in _EVERYWHERE)


def missing(entry: Entry) -> tuple[str, ...]:
    """The keys without which an entry of its kind says nothing."""
    needed: tuple[str, ...] = ()
    if entry.captured or entry.kind == "paragraph":
        needed = ("text",)
    elif "target" in _KEYS.get(entry.kind, ()) and entry.kind not in CLOCK:
        needed = ("target",)
    elif entry.kind == "cluster":
        needed = ("targets", "text")
    return tuple(key for key in needed if key not in entry.fields)


def as_data(entry: Entry) -> dict[str, Any]:
    """An entry for scripts: its keys as in the file, dates and instants as ISO 8601 texts."""
    fields = {key: plain(value) for key, value in entry.fields.items()}
    return {"id": entry.id, "at": plain(entry.at), "n": entry.n, "kind": entry.kind, **fields}


def stays_behind(said: Draft | Entry, is_internal: Callable[[str], bool]) -> bool:
    """Whether a bundle leaves something behind: it is internal, or corrects what is, or says how that stands.

    Args:
        said: What is written.
        is_internal: Whether the entry of an id is.
    """
    if internal(said):
        return True
    if said.kind == "cluster":
        return bool(targets := texts(said.fields.get("targets"))) and all(map(is_internal, targets))
    return said.kind in CORRECTIONS | STANDING and is_internal(str(said.fields.get("target", "")))


def internal(said: Draft | Entry) -> bool:
    """Whether something is kept out of every export by itself; where a hand wrote what is no truth value, it is."""
    return said.fields.get("internal") not in (None, False)


def texts(value: Any) -> tuple[str, ...]:
    """A list as stored, as texts; what a hand made of it otherwise is none."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def number(value: Any) -> float:
    """A number as stored; what a hand made of it otherwise is zero."""
    return float(value) if isinstance(value, int | float) else 0.0


def plain(value: Any) -> Any:
    """A value as JSON has it; an instant to the millisecond."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value
