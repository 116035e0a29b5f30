"""What was circulated, each issue in a folder of its own: its documents and `map.json`, which tells what they said."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grcp_cli.errors import GrcpError

from .durable import make_folder, refused, replace_all, sync_folder, umask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grcp_cli.meeting.decision import Printed


MAP = "map.json"


class MapFault(GrcpError):  # noqa: N818 - a fault in a map, as people say
    """A map that cannot be read."""

    exit_code = 3


class IssuedError(GrcpError):
    """An issue of that name was circulated already."""

    exit_code = 5


class NoIssueError(GrcpError):
    """No issue of that name was kept."""

    exit_code = 4


def map_of(folder: Path, name: str) -> dict[str, Any]:
    """The map of an issue.

    Raises:
        NoIssueError: There is none; those there are are named.
        MapFault: It cannot be read.
        DiskError: The system refused.
    """
    found = find_map(folder, name)
    if found is None:
        known = names(folder)
        there = f"there {'is' if len(known) == 1 else 'are'} {', '.join(known)}"
        hint = there if known else f"grcp export --issue {name} keeps one"
        raise NoIssueError(f"there is no issue {name} in {folder}", hint)
    return found


def find_map(folder: Path, name: str) -> dict[str, Any] | None:
    """The map of an issue or of a final report, None where there is none of that name.

    Raises:
        MapFault: It cannot be read.
        DiskError: The system refused.
    """
    found = read_map(folder / name / MAP)
    return read_map(folder / f"{name}.{MAP}") if found is None else found


def read_map(path: Path) -> dict[str, Any] | None:
    """A map, None where there is none.

    Raises:
        MapFault: It cannot be read.
        DiskError: The system refused.
    """
    import json

    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise refused("read", path, error) from error
    except ValueError as error:
        raise MapFault(f"{path} is not as grcp wrote it: {error}", "bring back the one that was kept") from error
    if not isinstance(found, dict):
        raise MapFault(f"{path} is not as grcp wrote it", "bring back the one that was kept")
    return found


def names(folder: Path) -> list[str]:
    """The issues kept in a folder, and its final reports, by name."""
    issued = [each.parent.name for each in folder.glob(f"*/{MAP}")]
    return sorted([*issued, *(each.name.removesuffix(f".{MAP}") for each in folder.glob(f"*.{MAP}"))])


def maps(folder: Path) -> dict[str, dict[str, Any]]:
    """The maps in a folder itself, by name: that of an issue, or those of final reports.

    Raises:
        MapFault: One cannot be read.
        DiskError: The system refused.
    """
    paths = {folder.resolve().name: folder / MAP}
    paths.update({path.name.removesuffix(f".{MAP}"): path for path in sorted(folder.glob(f"*.{MAP}"))})
    return {name: found for name, path in paths.items() if (found := read_map(path)) is not None}


def keep(folder: Path, name: str, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Keeps an issue: all its files at once, in a folder that is never written to again.

    Returns:
        Where the files are.

    Raises:
        IssuedError: There is one of that name already.
        DiskError: The system refused; nothing is there.
    """
    place = folder / name
    refuse_issued(folder, name)
    try:
        make_folder(folder)
        made = Path(tempfile.mkdtemp(dir=folder, prefix=f".{name}.", suffix=".new"))
    except OSError as error:
        raise refused("write", place, error) from error
    try:
        replace_all([(made / each, data) for each, data in files])
        made.chmod(0o777 & ~umask())
        _appear(made, place)
        sync_folder(folder)
    except OSError as error:
        refuse_issued(folder, name)  # by another, meanwhile
        raise refused("write", place, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return [place / each for each, _ in files]


def _appear(made: Path, place: Path) -> None:
    """Gives the folder its name; one that is there already, even empty, is another's."""
    place.mkdir()
    try:
        made.rename(place)
    except OSError:
        place.rmdir()  # Windows renames onto nothing only
        made.rename(place)


def refuse_issued(folder: Path, name: str) -> None:
    """Refuses to keep what was kept before.

    Raises:
        IssuedError: There is one of that name already.
    """
    if os.path.lexists(folder / name):
        told = f"{folder / name} is there already, and what was circulated is never overwritten"
        raise IssuedError(told, f"choose another name; grcp export --compare {name} tells what changed since")


def changed(folder: Path, listed: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Which files of a map are gone or no longer as they were made, in sentences."""
    for each in listed:
        path = folder / str(each["name"])
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            yield f"{path.name} is gone"
            continue
        except OSError as error:
            raise refused("read", path, error) from error
        if found != each["sha256"]:
            yield f"{path.name} was changed after it was made"


def grown(then: Sequence[Mapping[str, Any]], now: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Which session files are no longer as a map knows them, in sentences."""
    known, found = {(str(each["file"]), str(each["seal"])) for each in then}, set(now)
    was, new = ({name for name, _ in heads} for heads in (known - found, found - known))
    for name in sorted(was | new):
        gone, came = name not in new, name not in was
        yield f"{name} {'is gone' if gone else 'was not there yet' if came else 'was written to since'}"


class Issues(Mapping[str, "Mapping[int, Printed]"]):
    """The issues of one meeting, each read when it is asked for."""

    def __init__(self, folder: Path, meeting: str) -> None:
        self._folder = folder
        self._meeting = meeting

    def __getitem__(self, name: str) -> Mapping[int, Printed]:
        found = find_map(self._folder, name)
        if found is None or found.get("meeting") != self._meeting:
            raise KeyError(name)
        try:
            return {each["number"]: _printed(each) for each in found["paragraphs"] if each["number"] is not None}
        except (AttributeError, KeyError, TypeError) as error:
            path = self._folder / name / MAP
            raise MapFault(f"{path} is not as grcp wrote it: {error}", "bring back the one that was kept") from error

    def __iter__(self) -> Iterator[str]:
        return iter(names(self._folder))

    def __len__(self) -> int:
        return len(names(self._folder))


def _printed(said: Mapping[str, Any]) -> Printed:
    """A numbered paragraph as a map has it; what is listed under it goes by its letter, `(a)`."""
    from grcp_cli.meeting.decision import Printed

    items: dict[str, str] = {}
    for line in said["lines"]:
        items.setdefault(line["mark"].strip("()"), line["id"] or "")
    return Printed(said["id"] or "", tuple(said["sources"] if said["id"] else said["entries"]), items)


def addresses(folder: Path, meeting: str) -> dict[str, str]:
    """Where drafted paragraphs stand in what was circulated, by id: `p34@draft-1`; an issue that is spoilt has none."""
    issued, found = Issues(folder, meeting), dict[str, str]()
    for name in issued:
        with contextlib.suppress(GrcpError, KeyError):
            found.update({said.id: f"p{number}@{name}" for number, said in issued[name].items() if said.id})
    return found
