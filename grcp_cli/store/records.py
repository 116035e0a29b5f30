"""All session files of a meeting, read as one record."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.agenda import is_id
from grcp_cli.meeting.entry import Source

from . import journal
from .durable import refused
from .places import REHEARSAL, is_rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grcp_cli.meeting.record import Record

    from .journal import Journal

_NAME = re.compile(r"([a-z0-9][a-z0-9-]*)(?:\.([a-z0-9][a-z0-9-]*))?(?:~([0-9a-f]{12}))?\.toml")


class Found(NamedTuple):
    """A session file found in a meeting's folder."""

    source: Source
    path: Path


def session_file(folder: Path, source: Source) -> Path:
    """Where a desk's file of a session is: `session-2.toml`, `working-lunch.africa.toml`, of a branch with `~SEAL`."""
    ending = f".{source.desk}" if source.desk else ""
    branch = f"~{source.branch}" if source.branch else ""
    return folder / f"{source.session}{ending}{branch}.toml"


def files(folder: Path) -> list[Found]:
    """The session files in a meeting's folder by name; anything else there is left alone.

    Raises:
        DiskError: The system refused.
    """
    try:
        with os.scandir(folder) as listed:
            names = sorted(each.name for each in listed if each.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise refused("read", folder, error) from error
    found = []
    for name in names:
        match = _NAME.fullmatch(name)
        if match and is_id(match[1]) and (match[2] is None or is_id(match[2])):
            found.append(Found(Source(match[1], match[2] or "", match[3] or ""), folder / name))
    return found


def meetings(base: Path) -> set[str]:
    """The ids of the meetings that a records folder holds files of, rehearsals too.

    Raises:
        DiskError: The system refused.
    """
    try:
        folders = [each for each in base.iterdir() if each.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except OSError as error:
        raise refused("read", base, error) from error
    return {each.name for each in folders if files(each) or files(each / REHEARSAL)}


def stranger(read: Journal, meeting: str, source: Source, *, rehearsal: bool) -> str:
    """Why a file is not what its place says, in a sentence; empty when it is, or tells nothing of itself.

    Args:
        read: The file.
        meeting: The id of the meeting in whose folder it lies.
        source: What its name says.
        rehearsal: Whether it lies among rehearsals; elsewhere a rehearsal's file is never taken for the real record.
    """
    header = read.header
    if not header:
        return ""
    told = (header.get("meeting", meeting), header.get("session", source.session), header.get("desk", ""))
    if told[0] != meeting:
        return f"{read.name} is a record of the meeting {told[0]}, not {meeting}"
    if told[1:] != source[:2]:
        of = f"{told[1]}{f', desk {told[2]}' if told[2] else ''}"
        return f"{read.name} says it is the record of {of}"
    if header.get("rehearsal") is True and not rehearsal:
        return f"{read.name} is a rehearsal's record"
    return ""


class Loaded(NamedTuple):
    """A meeting's files as read.

    Attributes:
        record: All of them as one; files of another meeting are left out.
        journals: Each file, by source.
        strangers: Files left out, and why.
    """

    record: Record
    journals: dict[Source, Journal]
    strangers: list[str]


def load(folder: Path, meeting: str) -> Loaded:
    """Reads every session file of a meeting.

    Raises:
        DiskError: The system refused.
    """
    from grcp_cli.meeting.record import Record

    record, journals, strangers = Record(), {}, []
    rehearsal = is_rehearsal(folder, meeting)
    for source, path in files(folder):
        try:
            read = journal.read(path)
        except FileNotFoundError:
            continue
        if why := stranger(read, meeting, source, rehearsal=rehearsal):
            strangers.append(why)
            continue
        journals[source] = read
    record.add_all({source: read.entries for source, read in journals.items()})
    return Loaded(record, journals, strangers)


def notices(loaded: Loaded) -> Iterator[str]:
    """What a person should know of the files read: torn ends, hand edits, faults, strangers."""
    for read in loaded.journals.values():
        if read.torn:
            yield f"{read.name}: an append did not finish; what was saved before it is all there"
        if read.edited:
            yield f"{read.name}: {len(read.edited)} changed by hand; grcp record verify tells which"
        for fault in read.faults:
            yield f"{read.name} {fault}"
    yield from loaded.strangers
