"""What a rapporteur types, taken apart: `[/1b] [@WHO] [kind:] text #tags`, or a command.

Prose is never interpreted: only the forms listed here mean anything, all else is text as typed.
What a line then does is decided in `command.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .entry import CAPTURED
from .names import BEFORE, NOBODY, Puzzle, Who, attributed, slug

if TYPE_CHECKING:
    from collections.abc import Callable

    from .agenda import Meeting, Question, Session

KIND_WORDS = {
    **{kind: kind for kind in CAPTURED},
    "rec": "recommendation",
    "r": "recommendation",
    "agreed": "agreement",
    "diverge": "divergence",
    "reserve": "reservation",
}
"""What may stand before a colon, and the kind it makes."""

# Patterns are compiled when a line first needs them: the shell's `note` starts anew for every line.
_PLACE = r"/(\d+[a-z0-9-]*)(?:\s+|$)"
_COMMAND = r"/([A-Za-z-]+|[+-]\S*)(?:\s+|$)"
_PART = r"((?:\\/|[^/\\]|\\(?!/))*)"
_SUBSTITUTE = f"s/{_PART}/{_PART}/"
_CONTINUE = r"(?:…|\.\.\.(?!\.))\s*(?=\S)"


class Prose(NamedTuple):
    """Something to write down, or with an empty text something to change in the entry before.

    Attributes:
        text: What was said, without prefixes and tags.
        place: Address or number of a question, as typed; empty where not typed.
        who: Who said it, None where not typed.
        kind: The kind, empty where not typed.
        tags: Ids of tags.
        near: What almost was a prefix or tag, in words; empty for nothing.
        internal: Kept out of every export.
    """

    text: str
    place: str = ""
    who: Who | None = None
    kind: str = ""
    tags: tuple[str, ...] = ()
    near: str = ""
    internal: bool = False


class Continued(NamedTuple):
    """More of the last captured entry."""

    text: str


class Substitution(NamedTuple):
    """`s/old/new/`."""

    old: str
    new: str


class Command(NamedTuple):
    """`/name rest`; the name as typed, in small letters."""

    name: str
    rest: str


class Unclear(NamedTuple):
    """A line whose meaning cannot be told: why, and what would help."""

    reason: str
    hint: str


Line = Prose | Continued | Substitution | Command | Unclear
if TYPE_CHECKING:
    _Reading = Callable[[str, Meeting, Session, str], Line | None]


def parse(line: str, meeting: Meeting, session: Session, here: str) -> Line | None:
    """Takes one line apart.

    Args:
        line: As typed, or several lines pasted as one.
        meeting: Whose names and tags are known.
        session: Whose questions may be addressed.
        here: The question at which an unaddressed line is filed.

    Returns:
        What the line is, or None for an empty one.
    """
    text = line.strip()
    if not text:
        return None
    if text[0] == "\\" and _special(text, parse, meeting, session, here):
        return Prose(text[1:].strip())
    if text[0] == "/":
        if place := re.match(_PLACE, text):
            return _addressed(text, place, meeting, session)
        if command := re.match(_COMMAND, text):
            return Command(command[1].lower(), text[command.end() :].strip())
    if text.startswith("s/") and (match := re.fullmatch(_SUBSTITUTE, text)):
        return Substitution(match[1].replace("\\/", "/"), match[2].replace("\\/", "/"))
    if text.startswith(("…", "...")) and (match := re.match(_CONTINUE, text)):
        return Continued(text[match.end() :])
    return _prose(text, meeting, session, here)


def _special(text: str, read: _Reading, meeting: Meeting, session: Session, here: str) -> bool:
    """Whether what follows the backslashes would be taken for more than itself.

    Each backslash before something special is itself special, so all of them are looked through at once.
    """
    bare = text.lstrip("\\ \t\r\n").strip()
    found = read(bare, meeting, session, here)
    return found is not None and found != Prose(bare, near=getattr(found, "near", ""))


def _addressed(text: str, match: re.Match[str], meeting: Meeting, session: Session) -> Line:
    number = match[1]
    question = session.question(number)
    if question is None and number != "0":
        numbers = ", ".join(each.number for each in session.leaves)
        return Unclear(f"there is no question {number} in {session.label}", f"there are 0, {numbers}")
    address = question.address if question else "0"
    rest = text[match.end() :]
    if not rest:
        return Command("go", number)
    read = _prose(rest, meeting, session, address)
    return read._replace(place=address) if isinstance(read, Prose) else read


def _prose(text: str, meeting: Meeting, session: Session, here: str) -> Line:
    prose = Prose(text)
    if text.startswith("@") and (read := attributed(text[1:], meeting)):
        who, rest = read
        if isinstance(who, Puzzle):
            return _puzzled(who)
        last = who.speaker.split()[-1] if who.speaker.split() else ""
        if not who.known and last in KIND_WORDS and " " in who.speaker:
            name = who.speaker[: -len(last)].strip()
            return Unclear(f"@{name} is not in the agenda", f"write @{name}: {last}: …")
        prose, text = prose._replace(who=who), rest
    word, colon, behind = text.partition(":")
    if colon and word in KIND_WORDS and (not behind or behind[0].isspace()):
        prose, text = prose._replace(kind=KIND_WORDS[word]), behind.lstrip()
    if text.startswith("\\") and _special(text, _prose, meeting, session, here):
        return prose._replace(text=text[1:].strip())
    text, tags, near = _tagged(text, offered(session, here), meeting)
    return prose._replace(text=text, tags=tags, near=near or _near(text, prose))


def _puzzled(puzzle: Puzzle) -> Unclear:
    names = ", ".join(puzzle.could_be)
    if puzzle.ambiguous:
        return Unclear(f"@{puzzle.typed} could be {names}", "type more of the name")
    meant = f"did you mean {names}? " if names else ""
    other = f"someone else is written @Any Name: text, text that begins so \\@{puzzle.typed}"
    return Unclear(f"@{puzzle.typed} is nobody in the agenda", meant + other)


def offered(session: Session, place: str) -> tuple[str, ...]:
    """The tags that the agenda declares at a question, ids in its order."""
    question: Question | None = session.question(place)
    return question.tags if question else ()


def _tagged(text: str, ids: tuple[str, ...], meeting: Meeting) -> tuple[str, tuple[str, ...], str]:
    """Takes the declared tags off the end; what is like one but is none stays text and is told."""
    known = {tag: tag for tag in ids}
    for actor in meeting.actors:
        if actor.id in known:
            known.setdefault(slug(actor.name), actor.id)
    tags: list[str] = []
    while ids and text:
        *_, last = text.rsplit(maxsplit=1)
        if not last.startswith("#") or "#" in last[1:] or last == "#":
            break
        tag = known.get(last[1:].casefold())
        if tag is None:
            return text, tuple(dict.fromkeys(reversed(tags))), _near_tag(last[1:], ids)
        tags.append(tag)
        text = text[: -len(last)].rstrip()
    return text, tuple(dict.fromkeys(reversed(tags))), ""


def _near_tag(typed: str, ids: tuple[str, ...]) -> str:
    return f"#{typed} is none of the tags here and stays in the text; there are #" + " #".join(ids)


def _near(text: str, prose: Prose) -> str:
    """What a text begins with that is almost a kind word, almost a correction or almost a place."""
    if text.startswith("s/") and text.count("/") == 2:  # noqa: PLR2004 - s/old/new
        return "a correction ends with a third slash: s/old/new/"
    if text.startswith("/q") and text[2:3].isdecimal():
        return "a question is written by its number: /1b text"
    head, colon, _ = text[:20].partition(":")
    word = head.rstrip().casefold()
    if not colon or prose.kind or not word.isalpha():
        return ""
    if word in KIND_WORDS:
        return f"for a {KIND_WORDS[word]} write {word}: in small letters with a space behind it"
    if len(word) > 2 and (kind := _near_word(word)):  # noqa: PLR2004 - shorter words are near everything
        return f"for a {KIND_WORDS[kind]} write {kind}:"
    return ""


def _near_word(word: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, [each for each in KIND_WORDS if each != "r"], 1, 0.8)), "")


def render(prose: Prose, meeting: Meeting, session: Session, here: str) -> str:
    """A line that parses to this prose: the reverse of `parse` for what has a text."""
    parts = []
    place = prose.place or here
    if prose.place:
        question = session.question(prose.place)
        parts.append(f"/{question.number if question else '0'}")
    if prose.who:
        mark = "" if prose.who.known or prose.who.speaker in (NOBODY, BEFORE) else ":"
        parts.append(f"@{prose.who.speaker}{mark}")
    if prose.kind:
        parts.append(f"{prose.kind}:")
    text = " ".join([prose.text, *(f"#{tag}" for tag in prose.tags)])
    bare = Prose(prose.text, tags=prose.tags)
    read = _prose(text, meeting, session, place) if parts else parse(text, meeting, session, place)
    if read is None or read != bare._replace(near=getattr(read, "near", "")):
        text = "\\" + text
    return " ".join([*parts, text])
