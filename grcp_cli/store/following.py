"""A meeting's files followed as they grow, for a console and the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.record import Record

from .journal import Follower
from .places import is_rehearsal
from .records import Loaded, files, misnamed, stranger

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.meeting.entry import Entry, Source

    from .journal import Journal


class Following:
    """A meeting's files followed as they grow, as one record."""

    def __init__(self, folder: Path, meeting: str) -> None:
        self.folder = folder
        self.meeting = meeting
        self._rehearsal = is_rehearsal(folder, meeting)
        self.record = Record()
        self._followers: dict[Source, Follower] = {}

    @property
    def paths(self) -> list[Path]:
        """Every file followed."""
        return [each.path for each in self._followers.values()]

    def entries(self, source: Source) -> list[Entry]:
        """Everything in one file so far."""
        follower = self._followers.get(source)
        return follower.entries if follower else []

    def journal(self, source: Source) -> Journal | None:
        """One file as far as read, None for one that was not there."""
        follower = self._followers.get(source)
        return follower.journal if follower else None

    def loaded(self) -> Loaded:
        """The files as far as read."""
        journals, strangers = {}, []
        for source, follower in self._followers.items():
            read = follower.journal
            if why := self._stranger(read, source):
                strangers.append(why)
            else:
                journals[source] = read
        strangers += misnamed(self.folder, self.meeting, journals.values())
        return Loaded(self.record, journals, strangers)

    def _stranger(self, read: Journal, source: Source) -> str:
        return stranger(read, self.meeting, source, rehearsal=self._rehearsal)

    def poll(self) -> dict[Source, list[Entry]]:
        """What came since the last time, by file."""
        for source, path in files(self.folder):
            if source not in self._followers:
                self._followers[source] = Follower(path)
        came, replaced = {}, False
        try:
            for source, follower in self._followers.items():
                new, again = follower.poll()
                replaced = replaced or again
                if new and not self._stranger(follower.journal, source):
                    came[source] = new
        finally:
            # Where one file cannot be read, what was read of the others is not read again.
            self._take(came, replaced=replaced)
        return came

    def _take(self, came: dict[Source, list[Entry]], *, replaced: bool) -> None:
        if replaced:
            self.record = self._whole()
            return
        branched = False
        for source, new in came.items():
            branched = self.record.add(source, new) or branched
        if branched:
            # What branched is called otherwise from now on: whoever keeps what they were told asks again.
            self.record = self._whole()

    def _whole(self) -> Record:
        record = Record()
        record.add_all(
            {
                source: follower.entries
                for source, follower in self._followers.items()
                if follower.entries and not self._stranger(follower.journal, source)
            }
        )
        return record
