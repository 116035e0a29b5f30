"""An agenda file becomes a `Meeting`, or every fault it has with its place."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

import tomli

from grcp_cli.errors import GrcpError
from grcp_cli.meeting import plan

from .durable import refused

if TYPE_CHECKING:
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting

    from .toml_places import Spot

_LONG_NUMBER = r"[0-9][0-9_]{4299,}"
"""What Python refuses to read as a number (`sys.get_int_max_str_digits`)."""
_PLACE = r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)"


class Told(NamedTuple):
    """One fault with its place in the file."""

    line: int
    column: int
    what: str
    remedy: str


class AgendaFaults(GrcpError):  # noqa: N818 - several, as people say
    """An agenda that cannot be used: every fault at once.

    Attributes:
        name: The file as it was named.
        faults: In the order of their places.
    """

    exit_code = 3

    def __init__(self, name: str, faults: list[Told]) -> None:
        told = [f"{name}:{each.line}:{each.column}: {each.what} — {each.remedy}" for each in faults]
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"{count} in {name}", *(" ⏎ ".join(line.splitlines()) for line in told)]))
        self.name = name
        self.faults = faults


def load(path: Path) -> Meeting:
    """The meeting of an agenda file.

    Raises:
        AgendaFaults: The file is not TOML or not a valid agenda.
        DiskError: The system refused to read it.
    """
    return parse(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of an agenda file.

    Raises:
        DiskError: The system refused to read it.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused("read", path, error) from error


def parse(data: bytes, name: str) -> Meeting:
    """The meeting that the bytes of an agenda describe; `name` is what the file is called in messages.

    Raises:
        AgendaFaults: The bytes are not TOML or not a valid agenda.
    """
    text = decoded(data, name)
    if not text.strip():
        raise AgendaFaults(name, [Told(1, 1, "the file is empty", "grcp agenda new writes one by asking")])
    try:
        table = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise AgendaFaults(name, [_unparsed(error, text)]) from error
    meeting, faults = plan.read(table)
    if meeting is not None:
        return meeting
    from .toml_places import spots

    places = spots(text)
    told = [Told(*_spot(fault.path, places), fault.what, fault.remedy) for fault in faults]
    raise AgendaFaults(name, sorted(dict.fromkeys(told), key=lambda each: (each.line, each.column)))


def decoded(data: bytes, name: str) -> str:
    """The text of an agenda file: UTF-8 with LF; a byte order mark and CRLF are another system's ways and do no harm.

    Raises:
        AgendaFaults: The bytes are not UTF-8.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        looks = "UTF-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "Latin-1"
        byte = f"byte 0x{data[error.start]:02X}"
        fault = Told(line, column, f"{byte} is not UTF-8", f"save the file as UTF-8; it looks like {looks}")
        raise AgendaFaults(name, [fault]) from error


def _unparsed(error: Exception, text: str) -> Told:
    offset = len(text.rstrip("\n"))
    match = re.search(_PLACE, str(error))
    what = re.sub(_PLACE, "", str(error)).strip().rstrip(".")
    if not isinstance(error, tomli.TOMLDecodeError):
        number = re.search(_LONG_NUMBER, text)
        offset = number.start() if number else 0
        what = "a number is too long" if number else "nested too deeply"
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    return Told(line, column, f"not TOML: {what}", "mend it here or just before")


def _spot(path: tuple[str | int, ...], places: dict[tuple[str | int, ...], Spot]) -> Spot:
    """The place of a fault: its key's, else that of the nearest table around it."""
    while path not in places:
        path = path[:-1]
    return places[path]
