"""What a person hands over to be merged: files, bundles and folders, looked through by what is in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from grcp_cli.errors import GrcpError
from grcp_cli.meeting.agenda import is_id

from . import blocks, bundle
from .durable import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEPTH = 8
"""Folders within folders that are looked into."""
_MOST = 20_000
"""Files that are looked at in one folder with all below it."""
_BESIDE = (".lock", ".seat", ".typed", ".torn", ".before")
_PEEK = 64
_LONGEST = 4 * 1024 * 1024
"""Bytes of an agenda or of what stands before the first block; comments enough would keep the reader busy for hours."""
_NAME = "name a bundle, a session file or a folder"


class NothingThereError(GrcpError):
    """Nothing to merge where it was said to be."""

    exit_code = 4


class Given(NamedTuple):
    """A file that was handed over.

    Attributes:
        name: Where it is, for a person; within a bundle, the bundle and its name there.
        data: Its bytes.
        header: A session file's header, None for an agenda.
        named: Whether a person named this very file.
    """

    name: str
    data: bytes
    header: dict[str, Any] | None
    named: bool = False


class Told(NamedTuple):
    """What is no session file, and why, in a sentence; `fault` where a person should see to it."""

    name: str
    what: str
    fault: bool


class OddError(GrcpError):
    """Something that is neither a file nor a folder."""


class Incoming(NamedTuple):
    """All that was handed over; `missing` are the places where nothing is."""

    files: list[Given]
    agendas: list[Given]
    told: list[Told]
    missing: list[str]


def look(paths: Iterable[Path]) -> Incoming:
    """Looks through files, bundles and folders.

    Raises:
        NothingThereError: All paths lead nowhere, or there is nothing of a record in any.
        OddError: A path leads to what is neither a file nor a folder.
        DiskError: The system refused.
    """
    found = Incoming([], [], [], [])
    listed = list(paths)
    if odd := next((each for each in listed if each.exists() and not (each.is_file() or each.is_dir())), None):
        raise OddError(f"{odd} is neither a file nor a folder", _NAME)
    for path in listed:
        if not path.exists():
            found.missing.append(str(path))
            continue
        for each in _files(path) if path.is_dir() else [path]:
            try:
                _take(each, found, named=each is path)
            except OSError as error:
                raise refused("read", each, error) from error
    if not any((found.files, found.agendas, found.told)):
        if found.missing:
            verb = "is" if len(found.missing) == 1 else "are"
            raise NothingThereError(f"{', '.join(found.missing)} {verb} not there", _NAME)
        raise NothingThereError(f"there is no session file in {', '.join(map(str, listed))}", _NAME)
    return found


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their names; hidden ones and those beside a record left out."""
    seen = 0
    for place, folders, names in os.walk(folder):
        deep = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if not each.startswith(".") and deep < _DEPTH)
        for name in sorted(names):
            seen += 1
            if seen > _MOST:
                raise NothingThereError(f"{folder} holds more than {_MOST} files", "name the folder of the records")
            # A pipe or a device would be waited for, or never end.
            if not name.startswith(".") and not name.endswith(_BESIDE) and (path := Path(place, name)).is_file():
                yield path


def _take(path: Path, found: Incoming, *, named: bool) -> None:
    """Takes one file for what its bytes say; one that was not named and says nothing of a record is passed over."""
    with path.open("rb") as file:
        start = file.read(_PEEK)
        zipped = start.startswith(bundle.MAGIC) or (path.suffix.casefold() == ".zip" and named)
        toml = named or path.suffix.casefold() == ".toml" or _begins(start)
        if not zipped and not toml:
            return
        size = os.fstat(file.fileno()).st_size
        if not zipped and size > bundle.MOST_BYTES:
            found.told.append(Told(str(path), "is larger than any record", fault=True))
            return
        data = b"" if zipped else start + file.read()
    if not zipped:
        _sort(Given(str(path), data, None, named), found, named=named)
        return
    inside = Incoming([], [], [], [])
    try:
        for name, each in bundle.unpack(path):
            _sort(Given(f"{path}:{name}", each, None), inside, named=False)
    except bundle.BundleError as error:
        # Of one that is damaged nothing is taken: the rest of it is no better.
        what = str(error).removeprefix(f"{path} ")
        found.told.append(Told(str(path), f"{what}; {error.hint}", fault=True))
        return
    if named and not any(inside):
        found.told.append(Told(str(path), "holds no session file", fault=True))
    for all_found, of_bundle in zip(found, inside, strict=True):
        all_found.extend(of_bundle)  # type: ignore[attr-defined]


def _begins(start: bytes) -> bool:
    return start.removeprefix(blocks.BOM).startswith(blocks.FIRST)


def _sort(given: Given, found: Incoming, *, named: bool) -> None:
    """Puts a file where it belongs: session file, agenda, or neither."""
    data = given.data.removeprefix(blocks.BOM)
    head, chunks, torn = blocks.cut(data)
    header = _toml(head if chunks else torn[: (torn + blocks.MARK).find(blocks.MARK)])
    if header is not None and isinstance(header.get("meeting"), str):
        session, desk = header.get("session"), header.get("desk", "")
        if isinstance(session, str) and isinstance(desk, str) and is_id(session) and (not desk or is_id(desk)):
            found.files.append(given._replace(header=header))
            return
    if not chunks and isinstance((_toml(data) or {}).get("meeting"), dict):
        found.agendas.append(given)
        return
    if _begins(data):
        found.told.append(Told(given.name, "is a session file whose beginning cannot be read", fault=True))
    elif named or given.name.casefold().endswith(".toml"):
        found.told.append(Told(given.name, "is no session file", fault=named))


def _toml(data: bytes) -> dict[str, Any] | None:
    if len(data) > _LONGEST:
        return None
    try:
        return tomli.loads(blocks.plain(data).decode())
    except (ValueError, RecursionError):
        return None
