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
from functools import cached_property
from typing import TYPE_CHECKING

from grcp_cli.meeting.entry import Source

from . import durable
from .copies import Compared, Copy, clean, compare, completed, grown_apart
from .mending import marked
from .records import files, session_file
from .steps import (
    ACCEPTED,
    BY_HAND,
    COMPLETES,
    EMPTY,
    FORK,
    FORMAT,
    LONGER,
    MENDS,
    NEW,
    OLDER,
    OTHER,
    REAL,
    REHEARSED,
    SAME,
    Counts,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting

    from .incoming import Given


class _Here:
    """A file of the folder as it is, or will be once the steps before are done."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data = path, data

    @cached_property
    def copy(self) -> Copy:
        """Its blocks, taken apart once and only where the bytes alone do not tell."""
        return Copy(self.data)


class _Coming:
    """A file that was handed over, and the desk that it says it is of."""

    def __init__(self, given: Given) -> None:
        header = given.header or {}
        self.given, self.source = given, Source(header["session"], header.get("desk", ""))

    @cached_property
    def copy(self) -> Copy:
        """Its blocks, as those of what is here."""
        return Copy(self.given.data)

    @property
    def branch(self) -> bool:
        """Whether it is called as a branch."""
        return "~" in self.given.name.replace("\\", "/").rpartition("/")[2]

    @property
    def torn(self) -> tuple[str, ...]:
        """What a person should know of its end."""
        told = "its end was cut off while it was written; all before that is taken"
        return (told,) if self.copy.torn.strip() else ()


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
        coming = [_Coming(each) for each in given]
        copies = Counter(each.source for each in coming)

        def rank(each: _Coming) -> tuple[bool, bool, int, bool]:
            if copies[each.source] == 1:
                return False, each.branch, 0, False
            changed = each.copy.changed
            return bool(changed.open), each.branch, -len(each.copy.chunks), bool(changed.by_hand)

        coming.sort(key=rank)
        # Each is let go of once it is decided on: its blocks take as much memory again as its bytes.
        while coming:
            each = coming.pop(0)
            self.steps.append(self._refused(each.given) or self._decided(each))
        return self.steps

    def _refused(self, given: Given) -> Step | None:
        """What is no file of this meeting's record; None for what is."""
        header = given.header or {}
        if header.get("format") != 1:
            told = f"has format {header.get('format', 'missing')}, this version reads 1: a newer grcp takes it"
            return Step(given, FORMAT, faults=(told,))
        if header["meeting"] != self._meeting.id:
            told = f"is a record of the meeting {header['meeting']}, not {self._meeting.id}"
            return Step(given, OTHER, faults=(f"{told}: to take it, name the agenda of that meeting with --agenda",))
        if (header.get("rehearsal") is True) != self._rehearsal:
            what, why = (
                (REAL, "is no rehearsal's, and is merged without --rehearsal")
                if self._rehearsal
                else (REHEARSED, "is a rehearsal's; --rehearsal takes it")
            )
            return Step(given, what, faults=(why,) if given.named else ())
        return None

    def _decided(self, coming: _Coming) -> Step:
        given, source = coming.given, coming.source
        here = self._of(source)
        for each in here:
            if each.data == given.data and not marked(each.data):
                return Step(given, SAME, source, each.path)
        if not coming.copy.chunks:
            return Step(given, EMPTY, source, faults=("holds no whole block",))
        known = [(each, compare(coming.copy, each.copy)) for each in here]
        if not known:
            return self._new(coming, session_file(self._folder, source), NEW, 0)
        for each, compared in known:
            if step := self._nothing(coming, each, compared):
                return step
        nearest, compared = max(known, key=lambda each: (not (each[1].fewer and each[1].more), each[1].shared))
        at = compared.shared
        if compared.by_hand:
            return self._beside(coming, nearest, at) or Step(
                given, BY_HAND, source, nearest.path, faults=_by_hand(coming.copy, nearest, at)
            )
        if compared.fewer and compared.more:
            return self._new(coming, self._free(coming, at), FORK, at)
        return self._more(coming, nearest, compared)

    def _nothing(self, coming: _Coming, here: _Here, compared: Compared) -> Step | None:
        """What is a copy of a file that is here, or of its beginning; None for what has more than it."""
        known = OLDER if compared.fewer else SAME
        if compared.more or compared.completes:
            if not (compared.by_hand and here.copy.overtakes(coming.copy)):
                return None
            known = OLDER
        elif marked(here.data):
            return self._more(coming, here, compared)
        return Step(coming.given, known, coming.source, here.path, notices=coming.torn)

    def _new(self, coming: _Coming, path: Path, what: str, shared: int) -> Step:
        """A file that is put beside those that are there, byte for byte as far as it is whole."""
        given, source, copy = coming.given, coming.source, coming.copy
        data = clean(given.data) if not coming.torn else copy.head + b"".join(copy.chunks)
        counts, faults = _read(copy, shared)
        self._here[source].append(_Here(path, data))
        notices = (*coming.torn, *self._strays(source, counts))
        return Step(given, what, source, path, None, data, counts, shared, notices, faults)

    def _beside(self, coming: _Coming, nearest: _Here, at: int) -> Step | None:
        """A copy that differs by what was changed by hand, put beside what is here; None where nobody accepted that."""
        if coming.copy.changed.open or nearest.copy.changed.open:
            return None
        apart = [grown_apart(coming.copy, each.copy) for each in self._here[coming.source]]
        common = [each for each in apart if each is not None]
        return self._new(coming, self._free(coming, at), ACCEPTED, max(common)) if len(common) == len(apart) else None

    def _free(self, coming: _Coming, at: int) -> Path:
        """What a branch is called: by the first block that is its own, by one behind that where a file is called so."""
        copy, source = coming.copy, coming.source
        taken = {each.path for each in self._here[source]}
        seals = (copy.found(each) for each in range(at, len(copy.chunks)))
        paths = (session_file(self._folder, source._replace(branch=each)) for each in seals)
        first = next(paths)
        return first if first not in taken else next((each for each in paths if each not in taken), first)

    def _more(self, coming: _Coming, here: _Here, compared: Compared) -> Step:
        """What goes on from a file that is there, or has what is withheld in it."""
        given, source, copy, there = coming.given, coming.source, coming.copy, here.copy
        tail = b"".join(copy.chunks[compared.shared :])
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
        notices = (*coming.torn, *self._strays(source, counts))
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


def _by_hand(copy: Copy, here: _Here, at: int) -> tuple[str, ...]:
    """Which of two files was changed by hand, and what a person can do to have the one or the other."""
    there = here.copy
    changed, at_home = copy.edited(at), there.edited(at)
    away = f"put {here.path} away and merge again"
    if at_home and not changed:
        how = f"is as it was written where {here.path} was changed by hand"
        return (f"{how}, and was not taken: {away} to have it so, or grcp record repair lets the change stand",)
    how = "in both" if changed and at_home else "in this one" if changed else "in one of them"
    told = f"differs from {here.path} by what was changed by hand {how}, and was not taken"
    if copy.changed.open or there.changed.open:
        return (f"{told}: where the change is right, grcp record repair lets it stand and be merged",)
    return (f"{told}: where the change is right, {away}",)


def _gap(data: bytes) -> bytes:
    """What lacks between whole blocks and the next."""
    return b"" if data.endswith(b"\n\n") else b"\n" if data.endswith(b"\n") else b"\n\n"


def _differ(one: bytes, other: bytes) -> bool:
    return one.rstrip() != other.rstrip()


def _read(copy: Copy, at: int) -> tuple[Counts, tuple[str, ...]]:
    """What the blocks of a copy from one on hold, and what is wrong with them."""
    entries, changed, faults = copy.content(at)
    told = f"{len(changed.open)} of its blocks changed by hand; taken as they are, record verify tells which"
    return Counts.of(entries), (*((told,) if changed.open else ()), *faults)
