"""Where things are: flag, environment, working folder, built in; decided once, here."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError
from grcp_cli.meeting.names import nearest

from .agendas import AgendaFaults, load
from .durable import DiskError

if TYPE_CHECKING:
    from collections.abc import Iterable

BUILT_IN = "grcp8"
REHEARSAL = "rehearsal"
"""The folder within a meeting's records where rehearsals are kept apart."""
_PACKAGE = Path(__file__).resolve().parent.parent


class ChoiceError(GrcpError):
    """A choice that only a person can make, and no terminal to ask on.

    Attributes:
        choices: What there is to choose from.
    """

    def __init__(self, message: str, hint: str, choices: list[str]) -> None:
        super().__init__(message, hint)
        self.choices = choices


class NoAgendaError(GrcpError):
    """The agenda asked for is not there."""


class Chosen(NamedTuple):
    """Which agenda to use.

    Attributes:
        path: The file.
        notice: One line to tell about the choice, empty for nothing.
    """

    path: Path
    notice: str = ""


def built_in(folder: str) -> Path:
    """The folder of that name that grcp brings along: beside the package in a checkout, inside it in a wheel."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def agenda(asked: str | None) -> Chosen:
    """Which agenda file to use.

    Args:
        asked: `--agenda`: a path, a meeting's id or a file's stem; None where not given.

    Raises:
        ChoiceError: The working folder has several and nothing says which.
        NoAgendaError: What was asked for is not there.
    """
    wanted = asked or os.environ.get("GRCP_AGENDA", "")
    # A name that begins with a dot is no agenda: macOS leaves `._x.toml` beside x.toml on foreign disks.
    own = sorted(path for path in Path("agendas").glob("*.toml") if not path.name.startswith("."))
    if wanted:
        return Chosen(_named(wanted, own))
    if len(own) == 1:
        return Chosen(own[0])
    if own:
        names = [path.stem for path in own]
        raise ChoiceError("there are several agendas: " + ", ".join(names), f"choose one: --agenda {names[0]}", names)
    path = built_in("agendas") / f"{BUILT_IN}.toml"
    return Chosen(path, "no agenda here: using the built-in one of GRCP 8 (grcp agenda new makes your own)")


def _named(wanted: str, own: list[Path]) -> Path:
    path = Path(wanted)
    if path.is_file():
        return path
    known = [*own, *sorted(built_in("agendas").glob("*.toml"))]
    for candidate in known:
        if candidate.stem == wanted:
            return candidate
    for candidate in known:
        try:
            if load(candidate).id == wanted:
                return candidate
        except (AgendaFaults, DiskError):
            continue
    stems = tuple(dict.fromkeys(candidate.stem for candidate in known))
    near = nearest(wanted, stems)
    hint = f"did you mean {near}?" if near else "there are " + ", ".join(stems)
    raise NoAgendaError(f"there is no agenda {wanted}", hint)


def is_rehearsal(folder: Path, meeting: str) -> bool:
    """Whether a folder of session files is that of a meeting's rehearsals."""
    return folder.name == REHEARSAL and folder.parent.name == meeting


def records(asked: Path | None, meeting: str, *, rehearsal: bool) -> Path:
    """The folder of a meeting's session files: `--records`, else `GRCP_RECORDS`, else `records/`."""
    base = asked or Path(os.environ.get("GRCP_RECORDS") or "records")
    folder = base / meeting
    return folder / REHEARSAL if rehearsal else folder


def mirror(asked: Path | None) -> Path | None:
    """The folder of the mirror: `--mirror`, else `GRCP_MIRROR`, else none."""
    named = os.environ.get("GRCP_MIRROR")
    return asked or (Path(named) if named else None)


def report(folder: Path = Path("report"), *, rehearsal: bool) -> Path:
    """The folder that reports and issues are written to; rehearsals apart within."""
    return folder / REHEARSAL if rehearsal else folder


def template(name: str) -> Path:
    """The file of a template: the user's own `templates/` wins over the built-in."""
    own = Path("templates") / name
    return own if own.is_file() else built_in("templates") / name


def fonts(wished: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Where fonts are: one's own in `GRCP_FONTS` and `templates/fonts/`, then of each script the first that is here.

    Args:
        wished: For each script in a text, packages (a name) and files (a path) that have its letters, the best first.
    """
    own = [*os.environ.get("GRCP_FONTS", "").split(os.pathsep), str(Path("templates", "fonts"))]
    found = [each for each in own if each and Path(each).is_dir()]
    for candidates in wished:
        here = (place for each in candidates if (place := _font(each)))
        found += [place] if (place := next(here, "")) else []
    return tuple(dict.fromkeys(found))


def _font(name: str) -> str:
    """The file, or the folder of a package, empty where it is not here."""
    if "/" in name:
        return name if Path(name).is_file() else ""
    from importlib.util import find_spec

    package = find_spec(name)
    return next(iter(package.submodule_search_locations or ()), "") if package else ""


def unused(path: Path) -> Path:
    """The path itself where nothing is there, else one with a number before the ending."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    return next(each for each in itertools.chain((path,), numbered) if not each.exists())
