r"""The form of a draft page: Markdown in which paragraphs carry a mark, and what means something can be escaped.

    ## 1a · What has been achieved?          a heading says which question is meant by its first word

    <!-- ¶ 8a7c6e112233.-.9f2c41d0.e3b0c442 -->     the mark of the paragraph below it
    Members exchange data every quarter. [12 15]

Comments are for reading; only marks and the last lines of the page say something. A backslash takes the meaning
from `#` at a paragraph's start, from `<!--` anywhere and from `[12]` at the end; one that stands there in the text
itself gets another, so that every text comes back as it was.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}([0-9a-f]{12})")
_COMMENT = re.compile(r"(?<!\\)<!--((?:(?!<!--).)*?)-->", re.DOTALL)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*)|$)", re.DOTALL)
_MARK = re.compile(r"([0-9a-f]{12})\.([0-9a-f]{12}|-)\.([0-9a-f]{8})\.([0-9a-f]{8})")
_OF = re.compile(r"\s*page of (\S+)\s*")
_SHOWN = re.compile(r"\s*shown at (\S+):(.*)", re.DOTALL)
_OPEN = "<!--"
UNSEEN = "-"
"""In a mark: no correction of the paragraph was there yet."""


class Mark(NamedTuple):
    """What a page says of a paragraph it shows, so that a change can be told from what changed meanwhile.

    Attributes:
        key: Of the paragraph's id.
        after: Key of the latest correction the page shows it with, `-` for none.
        text: Digest of the text shown; `sources` of the sources.
    """

    key: str
    after: str
    text: str
    sources: str

    def __str__(self) -> str:
        return ".".join(self)

    @classmethod
    def of(cls, entry_id: str, after: str, text: str, sources: Iterable[str]) -> Mark:
        """The mark of a paragraph with that id, latest correction, text and sources."""
        return cls(key(entry_id), key(after) if after else UNSEEN, digest(text), digest("\n".join(sources)))


class Heading(NamedTuple):
    """A heading: its line, from 1, and its first word, in small letters."""

    line: int
    word: str


class Written(NamedTuple):
    """A paragraph as it stands on the page, escapes included.

    Attributes:
        line: Where it begins, from 1.
        heading: What it stands under, None for nothing.
        text: Its lines joined by spaces.
        mark: What stands above it, None for a new one.
    """

    line: int
    heading: Heading | None
    text: str
    mark: Mark | None


class Sheet(NamedTuple):
    """A page taken apart.

    Attributes:
        of: Meeting, session and desk it was made for, `grcp-8/lunch.africa`; empty where it does not say.
        headings: In the order of the page.
        paragraphs: Likewise.
        shown: What it showed when it was made: pairs of a heading's word and marks in their order.
    """

    of: str
    headings: tuple[Heading, ...]
    paragraphs: tuple[Written, ...]
    shown: tuple[tuple[str, tuple[Mark, ...]], ...]


def key(entry_id: str) -> str:
    """Twelve hex digits for an id: the random end of a UUIDv7, a digest of any other."""
    match = _UUID.fullmatch(entry_id)
    return match[1] if match else hashlib.sha256(entry_id.encode("utf-8", "replace")).hexdigest()[:12]


def digest(text: str) -> str:
    """Eight hex digits that change with a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def flat(text: str) -> str:
    """A paragraph's text as a page gives it back: one line, whatever line breaks it has."""
    parts = (line.strip() for line in _plain(text).split("\n"))
    return " ".join(part for part in parts if part)


def remark(text: str) -> str:
    """A comment in one line; what would end it sooner is pulled apart."""
    return f"<!-- {unmarked(' '.join(text.split()))} -->"


def unmarked(text: str) -> str:
    """A text for reading only, that neither begins nor ends a comment."""
    return text.replace(_OPEN, "< !--").replace("-->", "-- >")


def escaped(text: str) -> str:
    """A flat text as it stands on the page."""
    if text.lstrip("\\").startswith("#"):
        text = f"\\{text}"
    text = re.sub(r"(?<!\\)(\\*<!--)", r"\\\1", text)
    at = _bracket(text)
    if at is not None and (text[:at].endswith("\\") or re.search(r"[\d~]", text[at:])):
        text = f"{text[:at]}\\{text[at:]}"
    return text


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    at = _bracket(text)
    if at is not None and text[:at].endswith("\\"):
        text = text[: at - 1] + text[at:]
    text = re.sub(r"(?<!\\)\\(\\*<!--)", r"\1", text)
    return text[1:] if text.startswith("\\") and text.lstrip("\\").startswith("#") else text


def cited(text: str) -> tuple[str, str]:
    """A paragraph's text and what stands in the bracket at its end, empty where that names no sources."""
    at = _bracket(text)
    if at is None or text[:at].endswith("\\") or not re.search(r"[\d~]", text[at:]):
        return text, ""
    return text[:at].rstrip(), text[at + 1 : -1]


def unclosed(text: str) -> bool:
    """Whether a comment begins in a paragraph's text and does not end."""
    return re.search(r"(?<!\\)<!--", text) is not None


def _bracket(text: str) -> int | None:
    """Where the bracket that ends a text begins."""
    at = text.rfind("[")
    return at if at >= 0 and text.endswith("]") and text.find("]", at) == len(text) - 1 else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split(page: str) -> Sheet:
    """Takes a page apart; no text is left out of its paragraphs but comments."""
    reading = _Splitting()
    for number, line, comments in _lines(_plain(page.removeprefix("\ufeff"))):
        reading.take(number, line, comments)
    reading.end()
    return Sheet(reading.of, tuple(reading.headings), tuple(reading.paragraphs), tuple(reading.shown))


class _Splitting:
    """A page being taken apart, line by line."""

    def __init__(self) -> None:
        self.of = ""
        self.headings: list[Heading] = []
        self.paragraphs: list[Written] = []
        self.shown: list[tuple[str, tuple[Mark, ...]]] = []
        self._mark: Mark | None = None
        self._first = 0
        self._text: list[str] = []

    def take(self, number: int, line: str, comments: list[str]) -> None:
        for comment in comments:
            self._comment(comment)
        if not line.strip():
            self.end()
        elif match := _HEADING.fullmatch(line):
            self.end()
            self._mark = None
            word = next(iter((match[1] or "").split()), "")
            self.headings.append(Heading(number, word.rstrip(".:;,)·-–—").casefold()))
        else:
            self._first = self._first or number
            self._text.append(line.strip())

    def _comment(self, comment: str) -> None:
        if comment.strip().startswith("¶") and (mark := _MARK.fullmatch(comment.strip(" \t\n¶"))):
            self.end()
            self._mark = Mark(*mark.groups())
        elif match := _OF.fullmatch(comment):
            self.of = match[1]
        elif match := _SHOWN.fullmatch(comment):
            marks = (Mark(*each.groups()) for each in _MARK.finditer(match[2]))
            self.shown.append((match[1].casefold(), tuple(marks)))

    def end(self) -> None:
        """Ends the paragraph begun, if there is one."""
        if self._text:
            heading = self.headings[-1] if self.headings else None
            self.paragraphs.append(Written(self._first, heading, " ".join(self._text), self._mark))
            self._mark = None
        self._first, self._text = 0, []


def _lines(page: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each line with its number, without comments, and the comments that begin in it.

    A comment that runs over several lines ends the line it begins in.
    """
    number, line, comments = 1, "", list[str]()
    for index, piece in enumerate(_COMMENT.split(page)):
        if index % 2:
            comments.append(piece)
            if count := piece.count("\n"):
                yield number, line, comments
                number, line, comments = number + count, "", []
            continue
        first, *rest = piece.split("\n")
        line += first
        for part in rest:
            yield number, line, comments
            number, line, comments = number + 1, part, []
    yield number, line, comments
