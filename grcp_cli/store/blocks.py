"""A session file's bytes: blocks, their seals, and where a write was torn.

    header  [[entry]] … seal = "…"   [[entry]] … seal = "…"   [[entry]] … (torn)

A block is the bytes from `[[entry]]` to before its last key, `seal`: 12 hex digits of SHA-256 over the seal
of the block before (for the first the header's bytes) and the block's bytes; CRLF hashes as LF.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple

import tomli

from grcp_cli.meeting.entry import WITHHELD, Draft, Entry

BOM = b"\xef\xbb\xbf"
"""What some editors put before a text; grcp never does."""
MARK = b"[[entry]]"
_NEXT = b"\n" + MARK
FIRST = b"# Append-only. Written by grcp; every block is sealed."
_NUMBER = re.compile(rb'\[\[entry\]\]\nid = "[^"\n]*"\nat = [^\n]*\nn = (\d{1,18})\n')
_ODD = re.compile(r'["\\\x00-\x1f\x7f]')
_MINUTE = timedelta(minutes=1)
BLANK = b" \t\r\n"
_SEAL_LINE = b'\nseal = "'
_UNREADABLE = (ValueError, RecursionError)
"""What reading TOML raises: bad form, bad UTF-8, a number too long, nesting too deep."""
_SEAL = re.compile(rb'^seal = "([0-9a-f]{12})"[ \t\r]*(?:\n|\Z)', re.MULTILINE)


class Block(NamedTuple):
    """One block as found.

    Attributes:
        entry: What it says, None where it is not TOML.
        seal: The seal it carries, empty for none.
        found: What the seal should be by its bytes.
        fault: What is wrong with its form, empty for nothing.
    """

    entry: Entry | None
    seal: str
    found: str
    fault: str


def stamp(instant: datetime) -> str:
    """An instant as it stands in the file: zoned, milliseconds; an offset with seconds is cut to TOML's minutes."""
    offset = instant.utcoffset()
    if offset is not None and offset % _MINUTE:
        instant = instant.astimezone(timezone(offset // _MINUTE * _MINUTE))
    return instant.isoformat(timespec="milliseconds")


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value) if _ODD.search(value) else f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    raise TypeError(f"an entry holds no {type(value).__name__}")


def _quoted(text: str) -> str:
    """A text with quotes, backslashes or control characters, on one line."""
    import tomli_w

    return tomli_w.dumps({"x": text})[4:-1]


def header(meeting: str, session: str, desk: str, *, rehearsal: bool = False) -> bytes:
    """The header that goes out with the first block; a rehearsal's says so, wherever its file is carried."""
    lines = [
        FIRST.decode(),
        "format = 1",
        f'meeting = "{meeting}"',
        f'session = "{session}"',
    ]
    if desk:
        lines.append(f'desk = "{desk}"')
    if rehearsal:
        lines.append("rehearsal = true")
    return ("\n".join(lines) + "\n\n").encode()


def block(entry_id: str, at: datetime, n: int, draft: Draft, before: str | bytes) -> bytes:
    """A sealed block, ready to append.

    Args:
        entry_id: UUIDv7.
        at: Zoned instant.
        n: Captured entries up to here, this one included.
        draft: What it says.
        before: The seal of the block before, or the header's bytes for the first.
    """
    lines = [f'[[entry]]\nid = "{entry_id}"\nat = {stamp(at)}\nn = {n}\nkind = {_value(draft.kind)}\n']
    for key, value in draft.fields.items():
        lines.append(f"{key} = {_value(value)}\n")
    if draft.salt:
        lines.append(f"salt = {_value(draft.salt)}\n")
    body = _encoded("".join(lines))
    return body + f'seal = "{seal(before, body)}"\n\n'.encode()


def _encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which is no text, becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def stub(entry: Entry, before: str | bytes, label: str) -> bytes:
    """The block that stands for an internal one in a bundle: when it was and how many, and none of its words.

    It carries the seal of the block it stands for, behind which the chain goes on, and as `stub` one over itself.

    Args:
        entry: The internal entry, with its seal.
        before: The seal of the block before, or the header's bytes for the first.
        label: Whose next label it gave, so that those behind it stay as they are; empty for nobody's. Where the entry
            says the number of its label, so does the block.
    """
    lines = f"[[entry]]\nid = {_value(entry.id)}\nat = {stamp(entry.at)}\nn = {entry.n}\nkind = {_value(WITHHELD)}\n"
    number = f"number = {_value(entry.fields['number'])}\n" if "number" in entry.fields else ""
    body = _encoded(lines + (f"label = {_value(label)}\n{number}" if label else ""))
    told = seal(before, body + entry.seal.encode())
    return body + f'stub = "{told}"\nseal = "{entry.seal}"\n\n'.encode()


def stub_seal(before: str | bytes, body: bytes, carried: str) -> str:
    """What the `stub` of a block that stands for another should be by its bytes."""
    return seal(before, body[: body.rfind(b"stub = ")] + carried.encode())


def seal(before: str | bytes, body: bytes) -> str:
    """The seal of a block's bytes behind the seal before it."""
    first = before.encode() if isinstance(before, str) else before
    return hashlib.sha256(first + body).hexdigest()[:12]


def cut(data: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Cuts a file into header, whole blocks and what is torn.

    A last block is whole only with a complete seal line; bytes behind that line that begin no block are torn
    too. The three parts joined are the file again.
    """
    starts = _marks(data)
    if not starts:
        return b"", [], data
    chunks = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    last = chunks[-1]
    at = last.rfind(_SEAL_LINE)
    while at >= 0 and not (sealed := _SEAL.match(last, at + 1)):
        at = last.rfind(_SEAL_LINE, 0, at)
    if at < 0 or sealed is None:
        return (data[: starts[0]], chunks[:-1], last) if len(chunks) > 1 else (b"", [], data)
    whole, rest = last[: sealed.end()], last[sealed.end() :]
    if not rest.strip(BLANK):
        whole, rest = last, b""
    return data[: starts[0]], [*chunks[:-1], whole], rest


_INDENTED = re.compile(rb"^[ \t]+\[\[[ \t]*entry[ \t]*\]\]", re.MULTILINE)


def _marks(data: bytes) -> list[int]:
    """Where the lines are that begin a block; `find` is some twenty times as fast as a pattern of lines."""
    starts = [0] if data.startswith(MARK) else []
    at = data.find(_NEXT)
    while at >= 0:
        starts.append(at + 1)
        at = data.find(_NEXT, at + 1)
    # Another program may have indented the whole file; grcp never does.
    return starts or [match.start() for match in _INDENTED.finditer(data)]


def number(chunk: bytes) -> int | None:
    """A block's `n` where it stands as grcp writes it; None where only reading the block tells."""
    match = _NUMBER.match(chunk)
    return int(match[1]) if match else None


def begun(data: bytes) -> bool:
    """Whether bytes without a whole block can be what an unfinished first append left: a beginning, or zeros."""
    left = data.removeprefix(BOM).strip(BLANK + b"\0")
    return not left or left.startswith(FIRST) or FIRST.startswith(left)


def plain(data: bytes) -> bytes:
    """Bytes as they are hashed: CRLF as LF."""
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def parts(chunk: bytes) -> list[bytes]:
    """A chunk as the blocks it holds: one, unless a mark inside it was damaged.

    What stands behind a seal line, ends in one itself and is no part of the text before it was a block too.
    """
    found: list[bytes] = []
    chunk = plain(chunk)
    while (first := chunk.find(_SEAL_LINE)) != chunk.rfind(_SEAL_LINE):
        match = _SEAL.match(chunk, first + 1)
        if match is None or not _SEAL.search(chunk, match.end()) or not _is_toml(_marked(chunk[: match.end()])):
            break
        found.append(chunk[: match.end()])
        chunk = chunk[match.end() :].lstrip(b"\n")
    return [*found, chunk]


def _marked(chunk: bytes) -> bytes:
    """A chunk with the mark it should begin with in place of its first line."""
    return chunk if chunk.startswith(MARK) else MARK + chunk[chunk.find(b"\n") :]


def _is_toml(data: bytes) -> bool:
    try:
        tomli.loads(data.decode())
    except _UNREADABLE:
        return False
    return True


def sealed_with(chunk: bytes) -> str:
    """The seal that a whole block carries, empty for none."""
    at = chunk.rfind(_SEAL_LINE)
    match = _SEAL.match(chunk, at + 1) if at >= 0 else None
    return match[1].decode() if match else ""


def read(chunk: bytes, before: str | bytes, previous: Entry | None) -> Block:
    """Reads one whole block.

    Args:
        chunk: From `[[entry]]` to the next block.
        before: The seal of the block before, or the header's bytes.
        previous: The entry before: what a hand-made block leaves out is taken on from it.
    """
    chunk = plain(chunk)
    at = chunk.rfind(_SEAL_LINE)
    match = _SEAL.match(chunk, at + 1) if at >= 0 else None
    # Without a seal line the block's bytes end with its last line: the chain goes on behind it.
    body = chunk.rstrip(BLANK) + b"\n" if match is None else chunk[: at + 1]
    carried = match[1].decode() if match else ""
    if match is not None and (behind := chunk[match.end() :]).strip():
        body += behind
    found = seal(before, body)
    try:
        tables = tomli.loads(_marked(body).decode())["entry"]
    except _UNREADABLE as error:
        what = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"is not TOML: {error}"
        return Block(None, carried, found, what)
    if tables[0].get("kind") == WITHHELD and tables[0].get("stub") == stub_seal(before, body, carried):
        found = carried  # the seal is that of the block it stands for
    faults = [] if chunk.startswith(MARK) else ["lacks its [[entry]]"]
    if len(tables) > 1:
        faults.append(f"holds {len(tables)} entries, of which the first is read")
    return _formed(tables[0], carried, found, previous, faults)


def _formed(table: dict[str, Any], carried: str, found: str, previous: Entry | None, told: list[str]) -> Block:
    """The entry of a parsed block; a key of a wrong type is told and made good, never dropped with its text."""
    for key in ("seal", "salt"):
        table.pop(key, None)
    faults = []
    entry_id = table.pop("id", None)
    if not isinstance(entry_id, str) or not entry_id:
        faults.append("id")
        entry_id = f"unnamed-{found}"
    at = table.pop("at", None)
    if not isinstance(at, datetime) or at.tzinfo is None:
        faults.append("at")
        at = previous.at if previous else datetime.min.replace(tzinfo=UTC)
    kind = table.pop("kind", None)
    if not isinstance(kind, str):
        faults.append("kind")
        kind = ""
    n = table.pop("n", None)
    if not isinstance(n, int) or isinstance(n, bool):
        faults.append("n")
        n = previous.n if previous else 0
    if faults:
        told.append(f"has no valid {', '.join(faults)}")
    changed = found if carried != found else ""
    return Block(Entry(entry_id, at, n, kind, table, carried or found, changed), carried, found, " and ".join(told))
