"""What the commands of clock and floor decide."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from . import clock, leading, walkthrough
from .agenda import GENERAL
from .decision import NOT_FOUND, Decision, Refusal, Sight, Write, act, limited, record_of
from .names import NAME_LIMIT, Puzzle, named
from .schedule import HALF_A_DAY, apart, later

if TYPE_CHECKING:
    from collections.abc import Callable


def start(rest: str, sight: Sight) -> Decision:
    """Starts the clock, backdated if so said."""
    state = sight.walk.clock.state
    if state != clock.TO_COME and sight.lead is None:
        began = sight.walk.clock.started
        when = f" since {began:%H:%M}" if began else ""
        help_by = {clock.PAUSED: "/resume goes on", clock.ENDED: "/reopen goes on"}.get(state, "")
        raise Refusal(f"the session's clock is {state}{when}", help_by)
    effective = _effective(rest, sight)
    return Write((act("start", sight, **({"effective": effective} if effective else {})),))


def _effective(rest: str, sight: Sight) -> datetime | None:
    """`10:47` today in the meeting's zone, or `-2` for two minutes ago; nothing for now."""
    now = sight.now.at
    if not rest:
        return None
    if match := re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?::(\d{2}))?", rest):
        hour, minute, second = (int(part or 0) for part in match.groups())
        if hour < 24 and minute < 60 and second < 60:  # noqa: PLR2004 - a clock's
            return _latest(now, time(hour, minute, second))
    if match := re.fullmatch(r"-\s?(\d{1,3})(?:\s?min)?", rest):
        return later(now, -60 * int(match[1]))
    raise Refusal(f"“{rest}” is no time", "write 10:47, or -2 for two minutes ago")


_AN_EVENING = 6 * 3600
"""Seconds; what lies further back is sooner a typing error than a late start."""


def _latest(now: datetime, wanted: time) -> datetime:
    """When a clock last showed this: today, or just after midnight in the evening before."""
    for days, most in ((0, 2 * HALF_A_DAY), (1, _AN_EVENING)):
        for fold in (1, 0):  # the hour that an autumn night has twice: its second pass is the nearer
            found = datetime.combine(now.date() - timedelta(days), wanted, now.tzinfo).replace(fold=fold)
            if 0 <= apart(found, now) <= most:
                return found
    raise Refusal(f"{wanted:%H:%M} is still to come; it is {now:%H:%M}", "give a time that has passed")


def in_state(kind: str, wanted: str, otherwise: str) -> Callable[[str, Sight], Decision]:
    """A command that only fits one state of the clock."""

    def run(_: str, sight: Sight) -> Decision:
        state = sight.walk.clock.state
        if state not in wanted.split(" | "):
            raise Refusal(f"the clock is {_SAID[state]}", otherwise)
        return Write((act(kind, sight),))

    return run


_SAID = {clock.TO_COME: "not started", clock.RUNNING: "running", clock.PAUSED: "paused", clock.ENDED: "ended"}


def extend(rest: str, sight: Sight) -> Decision:
    """Adds minutes to the session, or takes them."""
    minutes, reason = _minutes(rest, "/extend 5 [reason]")
    return Write((act("extend", sight, minutes=minutes, **({"reason": reason} if reason else {})),))


def _minutes(rest: str, example: str) -> tuple[int, str]:
    match = re.fullmatch(r"([+-]?\d{1,3})(?:\s*min)?(?:\s+(.*))?", rest, re.DOTALL)
    if match is None or int(match[1]) == 0:
        raise Refusal("how many minutes?", f"for example {example}")
    return int(match[1]), (match[2] or "").strip()


def go(rest: str, sight: Sight) -> Decision:
    """Goes to a question by number or address."""
    question = sight.session.question(rest.lower())
    if question is None and rest != GENERAL:
        numbers = ", ".join(each.number for each in sight.session.leaves)
        raise Refusal(f"there is no question {rest or '…'} here", f"there are 0, {numbers}", NOT_FOUND)
    return _goto(question.address if question else GENERAL, sight)


def _goto(place: str, sight: Sight) -> Decision:
    return Write((act("goto", sight, question=place),))


def step_by(by: int) -> Callable[[str, Sight], Decision]:
    """A command that goes so many questions on."""

    def run(_: str, sight: Sight) -> Decision:
        places = [GENERAL, *(leaf.address for leaf in sight.session.leaves)]
        question = sight.session.question(sight.walk.here)
        here = sight.walk.here if question is None or not question.subs else question.subs[0].address
        position = places.index(here) if here in places else 0
        if here != sight.walk.here and by > 0:
            position -= 1  # from a stem the next is its first sub-question
        if not 0 <= position + by < len(places):
            end = "last" if by > 0 else "first"
            raise Refusal(f"this is the {end} question", "/go 1 goes to another, /end ends the session")
        return _goto(places[position + by], sight)

    return run


def follow(_: str, sight: Sight) -> Decision:
    """Follows the lead again, to where it stands now."""
    record = record_of(sight)
    leads = leading.lead(record, sight.session.id, leading.others(sight.session, sight.group))
    if leads is None or leads == sight.source or (sight.walk.clock.started and sight.lead is None):
        raise Refusal("there is nobody to follow", "a desk follows the one that started the session's clock")
    there = walkthrough.replay(sight.session, record.files[leads])
    return Write((act("goto", sight, question=there.here, follow=True),))


def person(text: str, sight: Sight) -> str:
    """Whom a name means; a guest by that name where the agenda knows none."""
    if not text.strip():
        raise Refusal("who?", "give a name, an alias or its beginning")
    if len(text) > NAME_LIMIT:
        raise Refusal("this is too long for a name", f"a name has at most {NAME_LIMIT} letters")
    who = named(text.removeprefix("@"), sight.meeting)
    if isinstance(who, Puzzle):
        raise Refusal(f"{who.typed} could be {', '.join(who.could_be)}", "type more of the name")
    return who.speaker


def people(text: str, sight: Sight) -> list[str]:
    """Whom several names mean, each once; they stand between commas of any script, or semicolons."""
    names = (name.strip() for name in re.split("[,;،、，]", text))
    return list(dict.fromkeys(person(name, sight) for name in names if name))


def _waiting(text: str, sight: Sight) -> str:
    speaker = person(text, sight)
    waiting = sight.walk.floor.waiting
    if speaker not in waiting:
        names = ", ".join(map(sight.meeting.name_of, waiting)) or "nobody"
        raise Refusal(f"{sight.meeting.name_of(speaker)} does not wait for the floor", f"waiting: {names}")
    return speaker


def give_floor(rest: str, sight: Sight) -> Decision:
    """Gives the floor to a name, or to who waits first."""
    back = re.search(r"(?:^|\s)-\s?\d{1,3}$", rest)
    name = rest[: back.start()].strip() if back else rest
    waiting = sight.walk.floor.waiting
    if not name and not waiting:
        raise Refusal("nobody waits for the floor", "give it by name: /f NAME")
    effective = {"effective": _effective(back[0].strip(), sight)} if back else {}
    return Write((act("floor", sight, speaker=person(name, sight) if name else waiting[0], **effective),))


def held(kind: str) -> Callable[[str, Sight], Decision]:
    """A command that needs somebody on the floor."""

    def run(_: str, sight: Sight) -> Decision:
        if not sight.walk.floor.speaker:
            raise Refusal("nobody has the floor", "give it with /f NAME")
        return Write((act(kind, sight),))

    return run


def more(rest: str, sight: Sight) -> Decision:
    """Adds minutes to the present intervention."""
    turn = sight.walk.floor.turn
    if turn is None:
        raise Refusal("nobody has the floor", "give it with /f NAME")
    minutes, _ = _minutes(rest or "1", "/more 1")
    return Write((act("extend", sight, target=turn.id, minutes=minutes),))


def queue(rest: str, sight: Sight) -> Decision:
    """Puts names on the speakers' list."""
    if not sight.walk.floor.open:
        raise Refusal("the list of speakers is closed", "/open opens it again")
    speakers = people(rest, sight)
    if not speakers:
        raise Refusal("who?", "/q NAME, NAME")
    return Write((act("queue", sight, speakers=speakers),))


def withdraw(rest: str, sight: Sight) -> Decision:
    """Takes a name off the list."""
    return Write((act("withdraw", sight, speaker=_waiting(rest, sight)),))


def move(rest: str, sight: Sight) -> Decision:
    """Moves a name on the list."""
    *name, place = rest.rsplit(maxsplit=1) or [""]
    if not name or not re.fullmatch(r"\d{1,3}", place):
        raise Refusal("who goes where?", "/move NAME 1 puts them first")
    return Write((act("reorder", sight, speaker=_waiting(name[0], sight), position=max(1, int(place))),))


def interrupting(kind: str) -> Callable[[str, Sight], Decision]:
    """A command that gives the floor at once."""
    return lambda rest, sight: Write((act(kind, sight, speaker=person(rest, sight)),))


def list_of_speakers(kind: str, wanted: bool) -> Callable[[str, Sight], Decision]:
    """A command that opens or closes the list."""

    def run(_: str, sight: Sight) -> Decision:
        if sight.walk.floor.open is wanted:
            raise Refusal(f"the list of speakers is {'open' if wanted else 'closed'} already")
        return Write((act(kind, sight),))

    return run


def say(rest: str, sight: Sight) -> Decision:
    """Puts a message on the stage, or takes it off."""
    return Write((act("message", sight, text="" if rest.lower() == "off" else limited(rest)),))
