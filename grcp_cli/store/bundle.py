"""A bundle to carry: a zip of agenda and session files, packed so that the same record makes the same bytes.

What comes from elsewhere is read with suspicion: no name is ever used as a path, and no file is read beyond a limit.
"""

from __future__ import annotations

import errno
import io
import lzma
import struct
import zlib
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAGIC = b"PK\x03\x04"
MOST_FILES = 10_000
MOST_BYTES = 256 * 1024 * 1024
"""Of one file; a session file of 100,000 entries has some 30 MB."""
MOST_IN_ALL = 1024 * 1024 * 1024
_ENCRYPTED = 0x1
_DAMAGED = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    struct.error,
)
"""What a damaged zip makes of its reader; or a place to look at that there cannot be, which the system refuses."""
_STAMP = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


class BundleError(GrcpError):
    """A bundle that cannot be read, or had better not be."""

    exit_code = 3


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of files by their names in it, in their order; equal files make equal bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as bundle:
        for name, data in files:
            info = ZipInfo(name, _STAMP)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
            bundle.writestr(info, data)
    return packed.getvalue()


def unpack(path: Path) -> Iterator[tuple[str, bytes]]:
    """The TOML files of a bundle, each with its name there; whatever else is in it is left alone.

    Raises:
        BundleError: It is damaged, protected, too large, or holds a name that leads out of it.
        OSError: As the system refused.
    """
    try:
        with ZipFile(path) as bundle:
            yield from _unpacked(bundle, path)
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        hint = "ask for it again: it was damaged on its way"
        raise BundleError(f"{path} cannot be unpacked: {error}", hint) from error


def _unpacked(bundle: ZipFile, path: Path) -> Iterator[tuple[str, bytes]]:
    infos = [each for each in bundle.infolist() if not each.is_dir()]
    if len(infos) > MOST_FILES:
        raise BundleError(f"{path} holds {len(infos)} files, which no bundle of grcp does", "nothing of it was taken")
    for info in infos:
        if not _stays(info.filename):
            told = f"{path} holds a file named {info.filename}, which leads out of it"
            raise BundleError(told, "nothing of it was taken; ask who sent it")
    wanted = [each for each in infos if each.filename.casefold().endswith(".toml")]
    if sum(each.file_size for each in wanted) > MOST_IN_ALL or any(each.file_size > MOST_BYTES for each in wanted):
        raise BundleError(f"{path} would unpack to more than any record holds", "nothing of it was taken")
    for info in wanted:
        if info.flag_bits & _ENCRYPTED:
            raise BundleError(f"{path} is protected by a password", "unpack it yourself, and merge the folder")
        with bundle.open(info) as file:
            # No more than it says, and never more than the limit: what it says may be a lie.
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise BundleError(f"{path} would unpack to more than any record holds", "nothing of it was taken")
        yield info.filename, data


def _stays(name: str) -> bool:
    """Whether a name within a bundle leads to a place inside it, on any system."""
    parts = name.replace("\\", "/").split("/")
    return bool(parts[0]) and ".." not in parts and ":" not in name and all(map(str.isprintable, parts))
