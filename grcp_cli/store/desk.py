"""A desk: one rapporteur's seat at one session, where typed lines become blocks on disk."""

from __future__ import annotations

import errno
import os
import threading
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import command, grammar, telling, walkthrough
from grcp_cli.meeting.clock import Moment
from grcp_cli.meeting.decision import Refuse, Show, Sight, Write
from grcp_cli.meeting.entry import Source, internal, stays_behind

from . import blocks
from .durable import refused
from .issues import Issues
from .journal import Held, RecordFault
from .places import is_rehearsal, report
from .records import files, session_file, stranger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from grcp_cli.machine import Machine
    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.entry import Draft, Entry
    from grcp_cli.meeting.record import Record
    from grcp_cli.meeting.walkthrough import Walk

    from .following import Following
    from .records import Loaded


class Saved(NamedTuple):
    """Entries that are on disk, and what else to tell."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


Outcome = Saved | Show | Refuse


class Desk:
    """One writer of one file.

    Attributes:
        meeting: The agenda.
        session: The session sat at.
        source: The desk's own file, by session and desk.
        path: Where that file is.
        group: The group its entries carry, empty for none.
        machine: Whose clocks it reads.
        rehearsal: Whether this is a rehearsal.
    """

    def __init__(
        self,
        meeting: Meeting,
        session: Session,
        folder: Path,
        machine: Machine,
        desk: str = "",
        group: str = "",
    ) -> None:
        self.meeting = meeting
        self.session = session
        self.source = Source(session.id, desk)
        self.path = session_file(folder, self.source)
        self.group = group
        self.machine = machine
        self.rehearsal = is_rehearsal(folder, meeting.id)
        self._folder = folder
        self._following: Following | None = None
        self._walk = walkthrough.opening(session)
        self._stood: tuple[Source | None, Walk] | None = None
        self._seen: Record | None = None
        self._wrote: set[str] = set()
        self._news: list[tuple[Source, Entry]] = []
        self._heard: set[tuple[str, str]] = set()
        # A console draws from one thread and reads from another.
        self._reading = threading.RLock()

    # What the desk sees.

    def now(self) -> Moment:
        """The machine's clocks."""
        return Moment(self.machine.now(), self.machine.boot(), self.machine.ticks())

    def catch_up(self) -> dict[Source, list[Entry]]:
        """Reads what came into any file of the meeting since the last time, and returns it.

        Raises:
            RecordFault: The desk's own file is another's.
            DiskError: The system refused.
        """
        with self._reading:
            if self._following is None:
                # The shell's `note` seldom needs the whole record and does not pay for it.
                from .following import Following

                self._following = Following(self._folder, self.meeting.id)
            came = self._following.poll()
            own = came.get(self.source, [])
            replaced = self._following.record is not self._seen
            if replaced:
                self._refuse_stranger()
            if replaced or any(map(walkthrough.rewrites, own)):
                self._walk = walkthrough.replay(self.session, self.entries)
            else:
                for entry in own:
                    self._walk = walkthrough.step(self._walk, entry)
            self._seen = self._following.record
            if came or replaced:
                self._stood = None
            self._hear(came)
            return came

    def _hear(self, came: dict[Source, list[Entry]]) -> None:
        """Takes for news what was not there before: a file that is replaced, or copied, comes again as a whole.

        The kind tells an entry that was withheld from what it is in full.
        """
        for source, new in came.items():
            for entry in new:
                if (heard := (entry.id, entry.kind)) not in self._heard:
                    self._heard.add(heard)
                    self._news.append((source, entry))

    def came(self) -> list[tuple[Source, Entry]]:
        """What is new in any file of the meeting since this was last asked, one's own too."""
        with self._reading:
            self.catch_up()
            came, self._news = self._news, []
        return came

    def news(self) -> list[tuple[Source, Entry]]:
        """As `came`, of this session and by others: on their desks, or beside this one in its file."""
        came = self.came()
        return [each for each in came if each[0].session == self.session.id and not self.wrote(each[1])]

    def wrote(self, entry: Entry) -> bool:
        """Whether this desk wrote an entry itself since it sat down."""
        return entry.id in self._wrote

    def _refuse_stranger(self) -> None:
        found = self._following.journal(self.source) if self._following else None
        if found is None or not self.path.exists():
            return
        if why := stranger(found, self.meeting.id, self.source, rehearsal=self.rehearsal):
            raise RecordFault(why, "choose another folder with --records, or put that file away")
        if found.header and found.header.get("format") != 1:
            told = f"{found.name} has format {found.header.get('format', 'missing')}, this version writes 1"
            raise RecordFault(told, "a newer grcp goes on with it; this one only reads it")

    @property
    def own(self) -> Source:
        """The desk's own file as the record has it: with the branch, where a copy of it was written on too."""
        return self._following.record.home(self.source) if self._following else self.source

    @property
    def entries(self) -> list[Entry]:
        """The desk's own file, as far as read."""
        return self._following.entries(self.source) if self._following else []

    @property
    def record(self) -> Record:
        """All files of the meeting, as far as read."""
        if self._following is None:
            self.catch_up()
        assert self._following is not None
        return self._following.record

    def loaded(self) -> Loaded:
        """All files of the meeting, as far as read."""
        self.catch_up()
        assert self._following is not None
        return self._following.loaded()

    @property
    def own_walk(self) -> Walk:
        """Where this desk's own file stands."""
        return self._walk

    @property
    def lead(self) -> Source | None:
        """The file that this desk follows, None when it goes its own way."""
        return self._stand()[0]

    @property
    def walk(self) -> Walk:
        """Where the desk stands; clock, floor and question are the lead's while it follows."""
        return self._stand()[1]

    def _stand(self) -> tuple[Source | None, Walk]:
        """The lead followed and the walk seen, worked out once for what has been read so far."""
        with self._reading:
            if self._stood is None:
                from grcp_cli.meeting import leading

                lead = leading.followed(self.record, self.session, self.own, self._walk, self.group)
                walk = self._walk if lead is None else leading.led(self._walk, self.record.files[lead], self.session)
                self._stood = lead, walk
            return self._stood

    def sight(self, holder: str | None = None) -> Sight:
        """What the desk sees now.

        Args:
            holder: Who had the floor at the line's first keystroke, None for who has it now.
        """
        walk = self.walk
        return Sight(
            meeting=self.meeting,
            session=self.session,
            source=self.own,
            group=self.group,
            walk=walk,
            now=self.now(),
            entries=self.entries,
            record=self.record,
            holder=walk.floor.speaker if holder is None else holder,
            lead=self.lead,
            issues=Issues(report(rehearsal=self.rehearsal), self.meeting.id),
            rehearsal=self.rehearsal,
        )

    def last_instant(self) -> datetime | None:
        """When the last entry of the desk's own file was made, None before the first."""
        self.catch_up()
        return max((entry.at for entry in self.entries), default=None)

    def told(self, entry: Entry) -> str:
        """One line saying what an entry of this desk was taken to be."""
        if not entry.captured:
            self.catch_up()
        record = self._following.record if self._following else None
        return telling.told(entry, self.meeting, self.session, record, self.own)

    # What the desk does.

    def say(self, line: str, holder: str | None = None) -> Outcome:
        """Takes one typed line; what is saved is on disk when this returns.

        Raises:
            DiskError: The system refused; nothing of the line was written.
        """
        self.catch_up()
        if not command.writes(typed := self._parsed(line, self.walk)):
            return self._decided(typed, self.sight(holder), None)
        with self._held() as held:
            self.catch_up()
            return self._decided(self._parsed(line, self.walk), self.sight(holder), held)

    def note(self, line: str, prepare: Callable[[grammar.Line | None], grammar.Line | Refuse | None]) -> Outcome:
        """Takes one line as `say` does, reading no more than the end of the file where that is enough.

        Args:
            line: As typed.
            prepare: Gets the line taken apart and gives it back, changed or not, or refuses it.
        """
        if not command.writes(typed := self._parsed(line, self._walk)):
            self.catch_up()
            return self._decided(typed, self.sight(), None)
        with self._held() as held:
            sight = self._glance(held)
            typed = self._parsed(line, sight.walk) if sight else None
            if sight is None or command.needs_record(typed):
                self.catch_up()
                sight = self.sight()
                typed = self._parsed(line, sight.walk)
            prepared = prepare(typed)
            return prepared if isinstance(prepared, Refuse) else self._decided(prepared, sight, held)

    def write(self, drafts: list[Draft]) -> list[Entry]:
        """Appends entries decided elsewhere, in one hold of the file."""
        with self._held() as held:
            if self._following is None and not held.own:
                self.catch_up()
            return self._append(drafts, held)

    def _glance(self, held: Held) -> Sight | None:
        """What the end of the file alone shows; None where it is not enough."""
        others = [found for found in files(self._folder) if found.source.session == self.session.id]
        if any(found.source != self.source for found in others) or not held.own:
            return None
        for tail in held.tails():
            walk = walkthrough.from_tail(self.session, tail.backward(), complete=tail.complete)
            if walk is not None:
                break
        else:
            return None
        holder = walk.floor.speaker
        moment = Moment(self.machine.now())
        return Sight(self.meeting, self.session, self.source, self.group, walk, moment, holder=holder)

    def _held(self) -> Held:
        if (self._wrote or self.entries) and not self.path.exists():
            # It would begin again at 1 beside the one that is gone.
            raise refused("write", self.path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
        header = blocks.header(self.meeting.id, self.session.id, self.source.desk, rehearsal=self.rehearsal)
        return Held(self.path, header)

    def _parsed(self, line: str, walk: Walk) -> grammar.Line | None:
        return grammar.parse(line, self.meeting, self.session, walk.here)

    def _decided(self, line: grammar.Line | None, sight: Sight, held: Held | None) -> Outcome:
        """Decides and writes; without the file held, for a line that only shows."""
        decision = command.decide(line, sight)
        if isinstance(decision, Write):
            assert held is not None or not decision.drafts, "what writes holds the file"
            entries = tuple(self._append(decision.drafts, held)) if held is not None else ()
            aside = (f"an append that did not finish was set aside in {self.path.name}.torn",)
            return Saved(entries, decision.notices + (aside if held is not None and held.set_aside else ()))
        return decision

    def _append(self, drafts: Iterable[Draft], held: Held) -> list[Entry]:
        """Appends what one line or page makes, all of it or nothing."""
        from grcp_cli.machine import new_id

        made = [(self._salted(draft), self.machine.now(), new_id()) for draft in drafts]
        entries = held.append_all(made) if made else []
        self._wrote.update(entry.id for entry in entries)
        return entries

    def _salted(self, draft: Draft) -> Draft:
        """What is to be written, with a salt where a bundle would leave it behind."""
        from grcp_cli.machine import new_salt

        return draft._replace(salt=new_salt()) if stays_behind(draft, self._is_internal) else draft

    def _is_internal(self, entry_id: str) -> bool:
        entry = self.record.entry(entry_id)
        return entry is not None and internal(entry)
