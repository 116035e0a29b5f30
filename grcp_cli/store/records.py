"""All session files of a meeting, read as one record."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.agenda import is_id
from grcp_cli.meeting.entry import WITHHELD, Source

from . import journal
from .durable import DiskError, refused
from .places import REHEARSAL, is_rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from grcp_cli.meeting.entry import Entry
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
    return [Found(source, folder / name) for name in _names(folder) if (source := _source(name))]


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as listed:
            return sorted(each.name for each in listed if each.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise refused("read", folder, error) from error


def _source(name: str) -> Source | None:
    """What a file's name says it is, None where no session file is called so."""
    match = _NAME.fullmatch(name)
    if match and is_id(match[1]) and (match[2] is None or is_id(match[2])):
        return Source(match[1], match[2] or "", match[3] or "")
    return None


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


def misnamed(folder: Path, meeting: str, journals: Iterable[Journal]) -> Iterator[str]:
    """What is a session file by its header and not by its name, as sync tools and downloads make, in sentences.

    Args:
        folder: The meeting's.
        meeting: Its id.
        journals: Those that are called as they should be; what one of them holds already is not told.

    Raises:
        DiskError: The system refused to list the folder; a file that cannot be read is none of ours.
    """
    names = [each for each in _names(folder) if each.casefold().endswith(".toml") and not each.startswith(".")]
    astray = [each for each in names if not _source(each)]
    held = {_block(entry) for read in journals for entry in read.entries} if astray else set()
    rehearsal = is_rehearsal(folder, meeting)
    for path in (folder / each for each in astray):
        with contextlib.suppress(FileNotFoundError, DiskError):
            read = journal.read(path)
            told = [read.header.get(key, "") for key in ("meeting", "session", "desk")]
            if not all(isinstance(each, str) for each in told) or not all(told[:2]):
                continue
            if why := stranger(read, meeting, Source(*told[1:]), rehearsal=rehearsal):
                yield why
            elif read.edited or any(not held & {_block(each), (each.seal, False)} for each in read.entries):
                how = f'grcp record merge {"--rehearsal " if rehearsal else ""}"{path}" takes it in'
                yield f"{path.name} is called as no session file is, and left out; {how}"


def _block(entry: Entry) -> tuple[str, bool]:
    """What a block is known by: its seal, and whether it only stands for another that was withheld."""
    return entry.seal, entry.kind == WITHHELD


class Loaded(NamedTuple):
    """A meeting's files as read.

    Attributes:
        record: All of them as one; files of another meeting, or called otherwise, are left out.
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
    strangers += misnamed(folder, meeting, journals.values())
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
