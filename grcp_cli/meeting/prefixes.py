"""The prefixes of a line given otherwise than by typing them: by the shell's options."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .agenda import GENERAL
from .decision import NOT_FOUND, Refuse
from .entry import CAPTURED
from .grammar import KIND_WORDS, Command, Line, Prose, near_miss, offered, tagged
from .names import BEFORE, NOBODY, Puzzle, Who, named, nearest

if TYPE_CHECKING:
    from .agenda import Meeting, Session


class Prefixes(NamedTuple):
    """What options say of a line; each empty where not given, and stronger than what is typed in it."""

    kind: str = ""
    question: str = ""
    speaker: str = ""
    tags: tuple[str, ...] = ()
    internal: bool = False


def prefixed(line: Line | None, given: Prefixes, meeting: Meeting, session: Session) -> Line | Refuse | None:
    """The line with what the options say; refused where they mean nothing or it is clock or floor.

    The shell has no seat: clock and floor belong to a console.
    """
    if isinstance(line, Command):
        from .commands import BY_NAME

        command = BY_NAME.get(line.name)
        if command and command.of in ("clock", "floor"):
            return Refuse(f"/{line.name} is clock or floor", f"a console does that: grcp run {session.id}")
    if given == Prefixes() or line is None:
        return line
    if not isinstance(line, Prose):
        return Refuse("options go with a text, not with a command or correction", "put the change in the line itself")
    return _applied(line, given, meeting, session)


def _applied(line: Prose, given: Prefixes, meeting: Meeting, session: Session) -> Prose | Refuse:
    if given.question:
        question = session.question(given.question.lower().removeprefix(f"{session.id}/"))
        if question is None and given.question != GENERAL:
            numbers = ", ".join(each.number for each in session.leaves)
            reason = f"there is no question {given.question} in {session.id}"
            return Refuse(reason, f"there are 0, {numbers}", NOT_FOUND)
        place = question.address if question else GENERAL
        text, tags, near = tagged(line.text, offered(session, place), meeting)
        near = near or near_miss(text, line)
        line = line._replace(place=place, text=text, tags=(*line.tags, *tags), near=near)
    if given.kind:
        kind = KIND_WORDS.get(given.kind)
        if kind is None:
            near = nearest(given.kind, tuple(KIND_WORDS))
            hint = f"did you mean {near}?" if near else "there are " + ", ".join(CAPTURED)
            return Refuse(f"there is no kind {given.kind}", hint)
        line = line._replace(kind=kind)
    if given.speaker:
        who = Who(given.speaker) if given.speaker in (NOBODY, BEFORE) else named(given.speaker, meeting)
        if isinstance(who, Puzzle):
            return Refuse(f"{who.typed} could be {', '.join(who.could_be)}", "give more of the name")
        line = line._replace(who=who)
    if given.tags:
        known = offered(session, line.place) or tuple(actor.id for actor in meeting.actors)
        wrong = [tag for tag in given.tags if tag not in known]
        if wrong:
            return Refuse(f"there is no tag {wrong[0]}", "there are " + ", ".join(known))
        line = line._replace(tags=tuple(dict.fromkeys((*line.tags, *given.tags))))
    return line._replace(internal=line.internal or given.internal)
