"""What `grcp record pack` does: agenda and records in one file to carry."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grcp_cli.store.records import Loaded


class NothingWrittenError(GrcpError):
    """Nothing to pack."""

    exit_code = 4


class OtherFileError(GrcpError):
    """Another file is there already."""

    exit_code = 5


class NoFolderError(GrcpError):
    """The folder that it should be written to is not there."""

    exit_code = 6


class OddPlaceError(GrcpError):
    """Something that is neither a file nor a folder is in its place."""


class Packed(NamedTuple):
    """A bundle.

    Attributes:
        name: What it is called unless a person says otherwise.
        data: Its bytes.
        files: What is in it by its names.
        withheld: How many internal entries were left out.
    """

    name: str
    data: bytes
    files: dict[str, bytes]
    withheld: int


def packed(agenda: Path, meeting: str, loaded: Loaded, wanted: Sequence[str], *, internal: bool) -> Packed:
    """Packs the agenda and the session files; the sessions wanted, all where there is none.

    Raises:
        NothingWrittenError: Nothing was written there yet.
        GrcpError: The system refused, or a block is damaged.
    """
    from grcp_cli.store import bundle
    from grcp_cli.store.durable import refused
    from grcp_cli.store.withholding import carried
    from grcp_cli.store.withholding import internal as internal_ids

    journals = {source: read for source, read in loaded.journals.items() if not wanted or source.session in wanted}
    if not any(read.entries for read in journals.values()):
        where = f" in {', '.join(wanted)}" if wanted else ""
        raise NothingWrittenError(f"nothing is written down{where} yet", "grcp run, or grcp note, writes")
    entries = (entry for read in loaded.journals.values() for entry in read.entries)
    hidden = None if internal else internal_ids(entries)
    files, count = [], 0
    try:
        files.append((f"agendas/{meeting}.toml", agenda.read_bytes()))
        for read in journals.values():
            if read.entries:
                data = read.path.read_bytes()
                out = carried(read.name, data, hidden, loaded.record.owners)
                count += out.withheld
                below = "rehearsal/" if read.header.get("rehearsal") is True else ""
                files.append((f"records/{meeting}/{below}{read.name}", out.data))
    except OSError as error:
        raise refused("read", agenda, error) from error
    data = bundle.pack(files)
    of = [source.name.replace("~", "-") or source.session for source in journals] if len(journals) == 1 else wanted
    digest = hashlib.sha256(data).hexdigest()[:8]
    return Packed("-".join((meeting, *of, digest)) + ".zip", data, dict(files), count)


def put(pack: Packed, output: str | None) -> tuple[Path, bool]:
    """Writes a bundle where it is wanted, or under its own name; whether it was written, or was there already.

    An older bundle, all of whose files this one has and goes on from, is replaced.

    Raises:
        OtherFileError: Another file is there.
        NoFolderError: The folder is not there.
        OddPlaceError: What is there can hold no bundle.
        DiskError: The system refused.
    """
    from grcp_cli.store import durable

    path = Path(output or pack.name)
    folder = path if output and output.endswith((os.sep, os.altsep or os.sep)) else path.parent
    if not folder.is_dir():
        raise NoFolderError(f"the folder {folder} is not there", "make it, or name another with -o")
    if path.is_dir():
        path /= pack.name
    if path.exists() and not path.is_file():
        raise OddPlaceError(f"{path} is neither a file nor a folder", "name one with -o; -o - writes down a pipe")
    try:
        there = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise durable.refused("read", path, error) from error
    if there is not None and there != pack.data and not _older(path, pack):
        raise OtherFileError(f"{path} is there and is another file", "name another with -o, or put that one away")
    if there != pack.data:
        durable.replace(path, pack.data)
    return path, there != pack.data


def _older(path: Path, pack: Packed) -> bool:
    """Whether a file is a bundle that holds nothing but older copies of what is packed now."""
    from grcp_cli.store import bundle

    try:
        held = list(bundle.unpack(path))
    except bundle.BundleError:
        return False
    return bool(held) and all(name in pack.files and pack.files[name].startswith(data) for name, data in held)


def as_data(pack: Packed, path: Path, meeting: str, *, written: bool) -> dict[str, Any]:
    """A bundle for scripts."""
    return {
        "meeting": meeting,
        "bundle": str(path),
        "written": written,
        "files": list(pack.files),
        "withheld": pack.withheld,
    }


def tell(pack: Packed) -> None:
    """Tells what was left out."""
    if pack.withheld:
        entries = "1 internal entry" if pack.withheld == 1 else f"{pack.withheld} internal entries"
        options.tell(f"{entries} left out; --internal takes them along")


def to_stdout(pack: Packed) -> None:
    """The bundle's bytes, down a pipe."""
    sys.stdout.buffer.write(pack.data)
    sys.stdout.buffer.flush()
