"""Whom a command names: somebody of the agenda, or a guest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .decision import Refusal
from .names import NAME_LIMIT, Puzzle, Who, alike, named

if TYPE_CHECKING:
    from .decision import Sight

_COMMAS = "[,;،、，]"
"""What stands between names, in any script."""


class Speaker(NamedTuple):
    """Who is meant: a participant's or group's id or a guest's name, and the group spoken for, empty for none."""

    id: str
    behalf: str = ""


def person(text: str, sight: Sight) -> str:
    """Whom a name means, as stored.

    A name that is nearly one of the agenda's is refused, unless a colon behind it says that it is a guest's.
    """
    text = text.strip().removeprefix("@")
    name = text.rstrip(":").strip()
    if not name:
        raise Refusal("who?", "give a name, an alias or its beginning")
    if "/" in name:
        raise Refusal(f"“{name}” is no name", "a name has no /; two commands are two lines")
    if len(name) > NAME_LIMIT:
        raise Refusal("this is too long for a name", f"a name has at most {NAME_LIMIT} letters")
    who = _sure(named(name, sight.meeting))
    heard = sight.walk.floor.heard
    if who.known or text.endswith(":") or who.speaker in heard:
        return who.speaker
    if near := alike(who.speaker, sight.meeting, heard):
        hint = f"did you mean {' or '.join(near)}? A guest's name has a colon behind it: {who.speaker}:"
        raise Refusal(f"{who.speaker} is not in the agenda", hint)
    return who.speaker


def speaker(text: str, sight: Sight) -> Speaker:
    """Who shall speak; `NAME for GROUP` speaks on behalf of a group."""
    if match := re.fullmatch(r"(.+?)\s+for\s+(\S.*)", text.strip()):
        group = named(match[2], sight.meeting)
        if isinstance(group, Puzzle) or group.group:
            return Speaker(person(match[1], sight), _sure(group).group)
        known = named(match[1], sight.meeting)
        if not isinstance(known, Puzzle) and known.known:
            names = ", ".join(each.name for each in sight.meeting.groups)
            raise Refusal(f"{match[2]} is no group of the agenda", f"there are {names}" if names else "there are none")
    return Speaker(person(text, sight))


def people(text: str, sight: Sight) -> list[str]:
    """Whom several names mean, each once; they stand between commas of any script, or semicolons."""
    return list(dict.fromkeys(person(name, sight) for name in re.split(_COMMAS, text) if name.strip()))


def speakers(text: str, sight: Sight) -> list[Speaker]:
    """As `people`, each of them perhaps for a group."""
    found: dict[str, Speaker] = {}
    for name in re.split(_COMMAS, text):
        if name.strip():
            who = speaker(name, sight)
            found.setdefault(who.id, who)
    return list(found.values())


def _sure(who: Who | Puzzle) -> Who:
    if isinstance(who, Puzzle):
        raise Refusal(f"{who.typed} could be {', '.join(who.could_be)}", "type more of the name")
    return who
