"""Files of colleagues taken into a meeting's folder: decided first, told, and only then done.

    copy of what is here, or its beginning → nothing     longer → its new blocks are appended     unknown → put in place
    both were written on since they were one → put beside it as a branch, `working-lunch.africa~9f2c41d07a3b.toml`
    copy of what is here, where another program put a byte order mark before that → the mark is taken out
    a change made by hand in one was accepted → likewise; of the block that was changed the record has what was accepted

A file is known by its header, never by its name. Nothing here is renamed, shortened or replaced by anything that lacks
a block of it, so that merging may be repeated, broken off, and done in any order.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.entry import WITHHELD, Source

from . import durable
from .copies import Compared, Copy, clean, compare, completed, grown_apart
from .journal import Held
from .locks import AppendLock
from .mending import marked, put
from .records import files, session_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.entry import Entry

    from .incoming import Given
    from .journal import Edited

NEW, LONGER, FORK, COMPLETES, ACCEPTED, MENDS = "new", "longer", "branch", "completes", "accepted", "mends"
SAME, OLDER = "same", "older copy"
OTHER, REHEARSED, REAL, BY_HAND, FORMAT, EMPTY = (
    "another meeting",
    "a rehearsal",
    "no rehearsal",
    "changed by hand",
    "unknown format",
    "no whole block",
)
WRITES = (NEW, LONGER, FORK, COMPLETES, ACCEPTED, MENDS)


class Counts(NamedTuple):
    """What blocks hold.

    Attributes:
        kinds: Captured entries by kind; `groups` by the group they carry.
        internal: How many of these are internal.
        acts: All else.
        withheld: How many stand for an internal entry that was not sent along.
        completed: How many such are there now in full.
    """

    kinds: Mapping[str, int] = {}
    groups: Mapping[str, int] = {}
    internal: int = 0
    acts: int = 0
    withheld: int = 0
    completed: int = 0


class Step(NamedTuple):
    """What is to be done with one file that was handed over.

    Attributes:
        given: The file.
        what: One of the words above; `WRITES` are those with which something is written.
        source: The desk that it is of, None for what is not taken.
        path: Where it goes, or what it is a copy of.
        base: What is there now, None for nothing.
        data: What is to be there as a whole, or for `LONGER` behind it.
        counts: Of what is new.
        shared: Blocks that it has in common with what is there.
        notices: What a person should know besides, in sentences.
        faults: What they should see to, in sentences.
    """

    given: Given
    what: str
    source: Source | None = None
    path: Path | None = None
    base: bytes | None = None
    data: bytes = b""
    counts: Counts = Counts()
    shared: int = 0
    notices: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


class _Here(NamedTuple):
    """A file of the folder as it is, or will be once the steps before are done."""

    path: Path
    data: bytes


class Plan:
    """Decides on files one after the other; what was decided on those before is taken for done.

    Attributes:
        steps: What is to be done.
    """

    def __init__(self, folder: Path, meeting: Meeting, *, rehearsal: bool) -> None:
        """Looks at the files of a meeting's folder.

        Raises:
            DiskError: The system refused.
        """
        self.steps: list[Step] = []
        self._folder, self._meeting, self._rehearsal = folder, meeting, rehearsal
        self._found = files(folder)
        self._here: dict[Source, list[_Here]] = {}

    def anew(self) -> Plan:
        """A plan for the folder as it is now."""
        return Plan(self._folder, self._meeting, rehearsal=self._rehearsal)

    def take_all(self, given: Iterable[Given]) -> list[Step]:
        """Decides on files: the sound and the longest first, so that no order lets a change made by hand keep them out.

        Those that are called as branches are behind the others, so that a desk's own name goes to none of them.

        Raises:
            DiskError: The system refused.
        """
        listed = list(given)
        copies = Counter(_desk(each) for each in listed)

        def rank(each: Given) -> tuple[bool, bool, int, bool]:
            branch = "~" in each.name.replace("\\", "/").rpartition("/")[2]
            if copies[_desk(each)] == 1:
                return False, branch, 0, False
            copy = Copy.of(each.data)
            edited, doubtful = copy.changed()
            return doubtful, branch, -len(copy.chunks), edited

        for each in sorted(listed, key=rank):
            self.take(each)
        return self.steps

    def take(self, given: Given) -> None:
        """Decides on one file."""
        refusal = self._refusal(given)
        self.steps.append(Step(given, refusal[0], faults=refusal[1]) if refusal else self._decided(given))

    def _refusal(self, given: Given) -> tuple[str, tuple[str, ...]] | None:
        header = given.header or {}
        if header.get("format") != 1:
            told = f"has format {header.get('format', 'missing')}, this version reads 1: a newer grcp takes it"
            return FORMAT, (told,)
        if header["meeting"] != self._meeting.id:
            told = f"is a record of the meeting {header['meeting']}, not {self._meeting.id}"
            return OTHER, (f"{told}: to take it, name the agenda of that meeting with --agenda",)
        if (header.get("rehearsal") is True) != self._rehearsal:
            what, why = (
                (REAL, "is no rehearsal's, and is merged without --rehearsal")
                if self._rehearsal
                else (REHEARSED, "is a rehearsal's; --rehearsal takes it")
            )
            return what, (why,) if given.named else ()
        return None

    def _decided(self, given: Given) -> Step:
        header = given.header or {}
        source = Source(header["session"], header.get("desk", ""))
        here = self._of(source)
        for each in here:
            if each.data == given.data and not marked(each.data):
                return Step(given, SAME, source, each.path)
        copy = Copy.of(given.data)
        torn = ("its end was cut off while it was written; all before that is taken",) if copy.torn.strip() else ()
        if not copy.chunks:
            return Step(given, EMPTY, source, faults=("holds no whole block",))
        known = [(each, compare(copy, Copy.of(each.data))) for each in here]
        if not known:
            return self._new(given, copy, source, session_file(self._folder, source), NEW, 0, torn)
        for each, compared in known:
            if step := self._nothing(given, copy, source, each, compared, torn):
                return step
        nearest, compared = max(known, key=lambda each: (not (each[1].fewer and each[1].more), each[1].shared))
        if compared.by_hand:
            beside = self._beside(given, copy, source, nearest, compared.shared, torn)
            refused = Step(given, BY_HAND, source, nearest.path, faults=_by_hand(copy, nearest, compared.shared))
            return beside or refused
        if compared.fewer and compared.more:
            return self._new(
                given, copy, source, self._free(source, copy, compared.shared), FORK, compared.shared, torn
            )
        return self._more(given, copy, source, nearest, compared, torn)

    def _nothing(
        self, given: Given, copy: Copy, source: Source, here: _Here, compared: Compared, torn: tuple[str, ...]
    ) -> Step | None:
        """What is a copy of a file that is here, or of its beginning; None for what has more than it."""
        if compared.more or compared.completes:
            older = compared.by_hand and Copy.of(here.data).overtakes(copy)
            return Step(given, OLDER, source, here.path, notices=torn) if older else None
        if marked(here.data):
            return self._more(given, copy, source, here, compared, torn)
        return Step(given, OLDER if compared.fewer else SAME, source, here.path, notices=torn)

    def _new(
        self, given: Given, copy: Copy, source: Source, path: Path, what: str, shared: int, torn: tuple[str, ...]
    ) -> Step:
        """A file that is put beside those that are there, byte for byte as far as it is whole."""
        data = clean(given.data) if not copy.torn.strip() else copy.head + b"".join(copy.chunks)
        counts, faults = _read(copy, shared)
        step = Step(
            given, what, source, path, None, data, counts, shared, (*torn, *self._strays(source, counts)), faults
        )
        self._here[source].append(_Here(path, data))
        return step

    def _beside(
        self, given: Given, copy: Copy, source: Source, nearest: _Here, at: int, torn: tuple[str, ...]
    ) -> Step | None:
        """A copy that differs by what was changed by hand, put beside what is here; None where nobody accepted that."""
        there = Copy.of(nearest.data)
        common = grown_apart(copy, there)
        apart = [grown_apart(copy, Copy.of(each.data)) for each in self._here[source]]
        if copy.changed()[1] or there.changed()[1] or common is None or None in apart:
            return None
        return self._new(given, copy, source, self._free(source, copy, at), ACCEPTED, common, torn)

    def _free(self, source: Source, copy: Copy, at: int) -> Path:
        """What a branch is called: by the first block that is its own, by one behind that where a file is called so."""
        taken = {each.path for each in self._here[source]}
        seals = (copy.found(each) for each in range(at, len(copy.chunks)))
        paths = [session_file(self._folder, source._replace(branch=each)) for each in seals]
        return next((each for each in paths if each not in taken), paths[0])

    def _more(
        self, given: Given, copy: Copy, source: Source, here: _Here, compared: Compared, torn: tuple[str, ...]
    ) -> Step:
        """What goes on from a file that is there, or has what is withheld in it."""
        there, tail = Copy.of(here.data), b"".join(copy.chunks[compared.shared :])
        counts, faults = _read(copy, compared.shared)
        if compared.completes:
            what = COMPLETES
            shared = completed(copy, there, compared.shared)
            counts = counts._replace(completed=sum(map(_differ, shared, there.chunks)))
            rest = tail or b"".join(there.chunks[compared.shared :])
            whole = data = there.head + b"".join(shared) + rest + there.torn
        elif marked(here.data):
            what, sound = MENDS, there.head + b"".join(there.chunks)
            whole = data = sound + _gap(sound) + tail if tail else clean(here.data)
        else:
            what = LONGER
            sound = here.data[: len(here.data) - len(there.torn)] if there.torn else here.data
            data = _gap(sound) + tail
            whole = sound + data
        listed = self._here[source]
        listed[listed.index(here)] = _Here(here.path, whole)
        notices = (*torn, *self._strays(source, counts))
        if marked(here.data):
            name = here.path.name
            notices += (f"the byte order mark is taken out of {name}; the file as it was is {name}.before",)
        return Step(given, what, source, here.path, here.data, data, counts, compared.shared, notices, faults)

    def _of(self, source: Source) -> list[_Here]:
        """The files of a desk as they are in the folder, its branches too; each is read once."""
        if source not in self._here:
            found = self._here[source] = []
            for each in self._found:
                if each.source[:2] == source[:2]:
                    try:
                        data = each.path.read_bytes()
                    except FileNotFoundError:
                        continue
                    except OSError as error:
                        raise durable.refused("read", each.path, error) from error
                    found.append(_Here(each.path, data))
        return self._here[source]

    def _strays(self, source: Source, counts: Counts) -> list[str]:
        """What the agenda does not know of a file that is taken."""
        session = self._meeting.session(source.session)
        if session is None:
            return [f"the agenda has no session {source.session}; what was written there is kept"]
        # A desk that wrote nothing of its own only decided: so does `record resolve`.
        if session.groups and source.desk not in session.groups and (counts.kinds or counts.withheld):
            groups = ", ".join(counts.groups) or "none"
            desk = source.desk or "without a name"
            return [f"the desk {desk} is no group of {source.session}; the groups of its entries: {groups}"]
        return []


def act(step: Step) -> bool:
    """Does what was decided, on disk when this returns.

    Returns:
        False where the folder has changed since, so that it must be decided anew.

    Raises:
        DiskError: The system refused; what was there is as it was.
    """
    path = step.path
    assert path is not None, "only what has a place is written"
    if step.what == LONGER:
        with Held(path, b"") as held:
            if _bytes(path) != step.base:
                return False
            held.extend(step.data)
        return True
    try:
        durable.make_folder(path.parent)
        with AppendLock(path):
            if _bytes(path) != step.base:
                return False
            if step.base and marked(step.base):
                put(path, step.base, step.data)
            else:
                durable.replace(path, step.data)
    except OSError as error:
        raise durable.refused("write", path, error) from error
    return True


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _desk(given: Given) -> tuple[str, str]:
    header = given.header or {}
    return header["session"], header.get("desk", "")


def _by_hand(copy: Copy, here: _Here, at: int) -> tuple[str, ...]:
    """Which of two files was changed by hand, and what a person can do to have the one or the other."""
    there = Copy.of(here.data)
    changed, at_home = copy.edited(at), there.edited(at)
    away = f"put {here.path} away and merge again"
    if at_home and not changed:
        how = f"is as it was written where {here.path} was changed by hand"
        return (f"{how}, and was not taken: {away} to have it so, or grcp record repair lets the change stand",)
    how = "in both" if changed and at_home else "in this one" if changed else "in one of them"
    told = f"differs from {here.path} by what was changed by hand {how}, and was not taken"
    if copy.changed()[1] or there.changed()[1]:
        return (f"{told}: where the change is right, grcp record repair lets it stand and be merged",)
    return (f"{told}: where the change is right, {away}",)


def _gap(data: bytes) -> bytes:
    """What lacks between whole blocks and the next."""
    return b"" if data.endswith(b"\n\n") else b"\n" if data.endswith(b"\n") else b"\n\n"


def _differ(one: bytes, other: bytes) -> bool:
    return one.rstrip() != other.rstrip()


def _read(copy: Copy, at: int) -> tuple[Counts, tuple[str, ...]]:
    """What the blocks of a copy from one on hold, and what is wrong with them."""
    entries: list[Entry] = []
    edited: list[Edited] = []
    faults: list[str] = []
    accepted: set[tuple[str, str]] = set()
    for number, (block, wrong) in enumerate(copy.read(at), at + 1):
        if wrong:
            edited.append(wrong)
        if block.fault:
            faults.append(f"block {number} {block.fault}")
        if block.entry:
            entries.append(block.entry)
            if block.entry.kind == "accept":
                accepted.add((block.entry.target, str(block.entry.fields.get("found", ""))))
    changed = sum(each not in accepted for each in edited)
    if changed:
        faults.insert(0, f"{changed} of its blocks changed by hand; taken as they are, record verify tells which")
    captured = [each for each in entries if each.captured]
    return (
        Counts(
            dict(Counter(each.kind for each in captured)),
            dict(Counter(str(each.fields["group"]) for each in captured if each.fields.get("group"))),
            sum(each.fields.get("internal") is True for each in captured),
            sum(not each.captured and each.kind != WITHHELD for each in entries),
            sum(each.kind == WITHHELD for each in entries),
        ),
        tuple(faults),
    )
