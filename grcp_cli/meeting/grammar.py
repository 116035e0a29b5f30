"""What a rapporteur types, taken apart: `[/1b] [@WHO] [kind:] text #tags`, or a command.

Prose is never interpreted: only the forms listed here mean anything, all else is text as typed.
What a line then does is decided in `command.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .agenda import GENERAL
from .entry import CAPTURED
from .names import BEFORE, NOBODY, Puzzle, Who, attributed, slug

if TYPE_CHECKING:
    from collections.abc import Collection

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
_PLACE = r"/([0-9]{1,9}[A-Za-z0-9-]{0,64})(?:\s+|$)"
_COMMAND = r"/([A-Za-z-]+|[+-]\S*)(?:\s+|$)"
_PART = r"((?:\\/|[^/\\]|\\(?!/))*)"
_SUBSTITUTE = f"s/{_PART}/{_PART}/"
_CONTINUE = r"(?:…|\.\.\.)\s+"
_LONGEST_TAG = 200
"""Letters beyond which a word is not looked at as a tag."""
_TAG = r"(?<![\w#])#([\w-]+)"
_BEGUN = {
    "@": "@NAME text says whose words they are",
    "#": "text #NAME names a type of partner, where they are asked for",
    "/": "/help lists the commands",
    "…": "… text continues the entry before",
    "...": "... text continues the entry before",
}
"""Marks that begin something and alone say nothing, each with what it begins."""


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
    """More of the last captured entry; `typed` is the whole line."""

    text: str
    typed: str


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
    missing: bool = False
    """Whether it names something that is not there."""


Line = Prose | Continued | Substitution | Command | Unclear


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
    if text[0] == "\\":
        bare = _bare(text)
        if _formed(bare, meeting, session) or _prefixed(bare, Prose(""), meeting, session, here):
            return Prose(text[1:].strip())
    return _formed(text, meeting, session) or _prose(text, meeting, session, here)


def _formed(text: str, meeting: Meeting, session: Session) -> Line | None:
    """What a line is by its beginning, where that makes it more than prose."""
    if text in _BEGUN:
        return Unclear(f"{text} alone says nothing", rf"{_BEGUN[text]}; as a text of its own it is written \{text}")
    if text.startswith("/"):
        if place := re.match(_PLACE, text):
            return _addressed(text, place, meeting, session)
        if command := re.match(_COMMAND, text):
            return Command(command[1].lower(), text[command.end() :].strip())
    if text.startswith("s/") and (match := re.fullmatch(_SUBSTITUTE, text)):
        return Substitution(match[1].replace("\\/", "/"), match[2].replace("\\/", "/"))
    if text.startswith(("…", "...")) and (match := re.match(_CONTINUE, text)):
        return Continued(text[match.end() :], text)
    return None


def _bare(text: str) -> str:
    """What follows the backslashes: one before something special is itself special, so all are looked through."""
    match = re.match(r"[\\\s]*", text)
    return text[match.end() :] if match else text


def _prefixed(text: str, behind: Prose, meeting: Meeting, session: Session, here: str) -> bool:
    """Whether a text behind what was read of a line would be taken for more than itself."""
    if not behind.kind:
        if _kind(text)[0]:
            return True
        if behind.who is None and text.startswith("@") and attributed(text[1:], meeting):
            return True
    return tagged(text, offered(session, here), meeting)[1] != ()


def _kind(text: str) -> tuple[str, str]:
    """The kind that a text begins with, and what is behind it; no kind and the whole text where there is none."""
    word, colon, behind = text.partition(":")
    if colon and word in KIND_WORDS and (not behind or behind[0].isspace()):
        return KIND_WORDS[word], behind.lstrip()
    return "", text


def _addressed(text: str, match: re.Match[str], meeting: Meeting, session: Session) -> Line:
    number = match[1].lower()
    question = session.question(number)
    if question is None and number != GENERAL:
        numbers = ", ".join([GENERAL, *(each.number for each in session.leaves)])
        reason = f"there is no question {number} in {session.label}"
        return Unclear(reason, rf"there are {numbers}; text that begins so is written \/{number}", missing=True)
    address = question.address if question else GENERAL
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
    kind, text = _kind(text)
    prose = prose._replace(kind=kind)
    if text.startswith("\\") and _prefixed(_bare(text), prose, meeting, session, here):
        return prose._replace(text=text[1:].strip())
    text, tags, near = tagged(text, offered(session, here), meeting)
    return prose._replace(text=text, tags=tags, near=near or near_miss(text, prose))


def _puzzled(puzzle: Puzzle) -> Unclear:
    names = ", ".join(puzzle.could_be)
    if puzzle.ambiguous:
        return Unclear(f"@{puzzle.typed} could be {names}", "type more of the name")
    meant = f"did you mean {names}? " if names else ""
    other = f"someone else is written @Any Name: text, text that begins so \\@{puzzle.typed}"
    return Unclear(f"@{puzzle.typed} is not in the agenda", meant + other)


def offered(session: Session, place: str) -> tuple[str, ...]:
    """The tags that the agenda declares at a question, ids in its order."""
    question: Question | None = session.question(place)
    return question.tags if question else ()


def tagged(text: str, ids: tuple[str, ...], meeting: Meeting) -> tuple[str, tuple[str, ...], str]:
    """Takes the declared tags off the end; one elsewhere, and what is like one but is none, stays text and is told."""
    if not ids:
        last = _last_word(text, len(text))
        elsewhere = last.casefold() in {f"#{actor.id}" for actor in meeting.actors}
        return text, (), f"{last} stays in the text: no tags are asked for here" if elsewhere else ""
    known = {tag: tag for tag in ids}
    for actor in meeting.actors:
        if actor.id in known:
            known.setdefault(slug(actor.name), actor.id)
    tags: list[str] = []
    unknown, end = "", len(text)
    while (last := _last_word(text, end)).startswith("#"):
        tag = known.get(last[1:].casefold())
        if tag is None:
            unknown = "" if "#" in last[1:] or last == "#" or _left_in(last, known) else last
            break
        tags.append(tag)
        end -= len(last)
        while end and text[end - 1].isspace():
            end -= 1
    return text[:end], tuple(dict.fromkeys(reversed(tags))), _near_tag(_left_in(text[:end], known), unknown, ids)


def _left_in(text: str, known: Collection[str]) -> list[str]:
    """The declared tags that stand in a text, as typed, each once."""
    found = re.finditer(_TAG, text) if "#" in text else ()
    return list(dict.fromkeys(match[0] for match in found if match[1].casefold() in known))


def _last_word(text: str, end: int) -> str:
    """The last word of `text[:end]`, empty for one too long to be a tag; no more than that is looked at."""
    start = end
    while start and not text[start - 1].isspace():
        start -= 1
        if end - start > _LONGEST_TAG:
            return ""
    return text[start:end]


def _near_tag(left: list[str], unknown: str, ids: tuple[str, ...]) -> str:
    """Which tags stay in the text and why; empty for none."""
    there = "there are #" + " #".join(ids)
    if unknown and not left:
        return f"{unknown} is none of the tags here and stays in the text; {there}"
    stay = f"{' '.join(left)} {unknown}".strip()
    if unknown:
        return f"{stay} stay in the text: tags stand at its end, and {unknown} is none; {there}"
    return (
        f"{stay} stay{'s' if len(left) == 1 else ''} in the text: tags stand at its end, by themselves" if left else ""
    )


def near_miss(text: str, prose: Prose) -> str:
    """What a text begins with that is almost a kind word, almost a correction or almost a place."""
    bare = text.removeprefix("/")
    if bare.startswith(("s/", "S/")) and bare.count("/") >= 2:  # noqa: PLR2004 - s/old/new
        return "a correction begins with a small s and ends with its third slash: s/old/new/"
    if text.startswith("/q") and text[2:3].isdecimal():
        return "a question is written by its number: /1b text"
    if text.startswith(("…", "...")) and text.lstrip("….")[:1].isalnum():
        return "the entry before is continued by … with a space behind it"
    if prose.kind and not prose.who and text.startswith("@") and text[1:2].isalpha():
        return f"who comes before the kind: @NAME {prose.kind}: text"
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
    if prose.place:
        question = session.question(prose.place)
        parts.append(f"/{question.number if question else '0'}")
    if prose.who:
        mark = "" if prose.who.known or prose.who.speaker in (NOBODY, BEFORE) else ":"
        parts.append(f"@{prose.who.speaker}{mark}")
    if prose.kind:
        parts.append(f"{prose.kind}:")
    text = " ".join([prose.text, *(f"#{tag}" for tag in prose.tags)])
    read = parse(" ".join([*parts, text]), meeting, session, here)
    if not isinstance(read, Prose) or read._replace(near=prose.near) != prose:
        text = "\\" + text
    return " ".join([*parts, text])
