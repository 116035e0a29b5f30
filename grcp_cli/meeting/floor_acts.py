"""What the commands of the floor decide: who speaks, who waits, for how long, and what the stage shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import fitting
from .acts import effective
from .decision import Decision, Refusal, Sight, Write, act, limit_said, limited, minutes_said
from .floor import INTERVENTION, allowed
from .speakers import Speaker, speaker, speakers
from .telling import duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from .entry import Draft


def _waits(text: str, sight: Sight) -> str:
    who = speaker(text, sight).id
    floor, name = sight.walk.floor, sight.meeting.name_of
    if who in floor.waiting:
        return who
    if who == floor.speaker:
        raise Refusal(f"{name(who)} has the floor and does not wait for it", "/yield ends what they say")
    names = ", ".join(map(name, floor.waiting)) or "nobody"
    raise Refusal(f"{name(who)} does not wait for the floor", f"waiting: {names}")


def _given(kind: str, who: Speaker, sight: Sight, **fields: object) -> Draft:
    behalf = {"behalf": who.behalf} if who.behalf else {}
    return act(kind, sight, speaker=who.id, **behalf, **fields)


def give_floor(rest: str, sight: Sight) -> Decision:
    """Gives the floor to a name, or to who waits first."""
    back = re.search(r"(?:^|\s)-\s?\d{1,3}$", rest)
    name = rest[: back.start()].strip() if back else rest
    floor = sight.walk.floor
    if not name and not floor.waiting:
        raise Refusal("nobody waits for the floor", "give it by name: /f NAME")
    who = speaker(name, sight) if name else Speaker(floor.waiting[0])
    if name:
        _not_twice(who, INTERVENTION, sight)
    if not who.behalf:
        who = who._replace(behalf=floor.behalf.get(who.id, ""))
    when = {"effective": effective(back[0].strip(), sight)} if back else {}
    return Write((_given("floor", who, sight, **when),))


def _not_twice(who: Speaker, kind: str, sight: Sight) -> None:
    """Refuses a turn that somebody has already."""
    turn = sight.walk.floor.turn
    if turn and (turn.speaker, turn.kind) == (who.id, kind):
        name = sight.meeting.name_of(who.id)
        raise Refusal(f"{name} has the floor already", "/more 1 gives a minute more, /yield ends what they say")


def held(kind: str) -> Callable[[str, Sight], Decision]:
    """A command that needs somebody on the floor."""

    def run(_: str, sight: Sight) -> Decision:
        if not sight.walk.floor.speaker:
            raise Refusal("nobody has the floor", "give it with /f NAME")
        return Write((act(kind, sight),))

    return run


def more(rest: str, sight: Sight) -> Decision:
    """Adds minutes to the present intervention, or takes them."""
    turn = sight.walk.floor.turn
    if turn is None:
        raise Refusal("nobody has the floor", "give it with /f NAME")
    minutes, _ = minutes_said(rest or "1", "/more 1")
    limit = allowed(turn, sight.session, sight.meeting)
    taken = turn.taken(sight.walk.clock.elapsed(sight.now))
    if minutes < 0 and limit is not None and limit + minutes * 60 <= taken:
        left = duration(max(0.0, limit - taken))
        raise Refusal(f"{-minutes} min less would leave nothing: {left} are left", "/yield ends what they say")
    return Write((act("extend", sight, target=turn.id, minutes=minutes),))


def queue(rest: str, sight: Sight) -> Decision:
    """Puts names on the speakers' list; who waits already keeps their place, and is told."""
    floor, name = sight.walk.floor, sight.meeting.name_of
    if not floor.open:
        raise Refusal("the list of speakers is closed", "/open opens it again")
    named = speakers(rest, sight)
    if not named:
        raise Refusal("who?", "/q NAME, NAME")
    new = [each for each in named if each.id not in floor.waiting]
    if not new:
        place = floor.waiting.index(named[0].id) + 1
        raise Refusal(f"{name(named[0].id)} waits already, at place {place}", "/move NAME N puts them elsewhere")
    behalf = [each.behalf for each in new]
    for_groups = {"behalf": behalf} if any(behalf) else {}
    draft = act("queue", sight, speakers=[each.id for each in new], **for_groups)
    again = tuple(f"{name(each.id)} waits already" for each in named if each not in new)
    return Write((draft,), again)


def withdraw(rest: str, sight: Sight) -> Decision:
    """Takes a name off the list."""
    return Write((act("withdraw", sight, speaker=_waits(rest, sight)),))


def move(rest: str, sight: Sight) -> Decision:
    """Moves a name on the list."""
    *name, place = rest.rsplit(maxsplit=1) or [""]
    if not name or not re.fullmatch(r"\d{1,3}", place):
        raise Refusal("who goes where?", "/move NAME 1 puts them first")
    who, last = _waits(name[0], sight), len(sight.walk.floor.waiting)
    return Write((act("reorder", sight, speaker=who, position=min(last, max(1, int(place)))),))


def interrupting(kind: str) -> Callable[[str, Sight], Decision]:
    """A command that gives the floor at once."""

    def run(rest: str, sight: Sight) -> Decision:
        who = speaker(rest, sight)
        _not_twice(who, kind, sight)
        return Write((_given(kind, who, sight),))

    return run


def list_of_speakers(kind: str, wanted: bool) -> Callable[[str, Sight], Decision]:
    """A command that opens or closes the list."""

    def run(_: str, sight: Sight) -> Decision:
        if sight.walk.floor.open is wanted:
            raise Refusal(f"the list of speakers is {'open' if wanted else 'closed'} already")
        return Write((act(kind, sight),))

    return run


def limit(rest: str, sight: Sight) -> Decision:
    """Gives everybody who is given the floor from now on so many minutes; `off` returns to the agenda's."""
    if rest.lower() == "off":
        if sight.walk.floor.limit is None:
            raise Refusal("the agenda's limits hold already", "/limit 2 gives everybody two minutes")
        return Write((act("limit", sight, minutes=0),))
    minutes = limit_said(rest)
    return Write((act("limit", sight, minutes=minutes),), (fitting.of_limit(fitting.outlook(sight), minutes),))


def say(rest: str, sight: Sight) -> Decision:
    """Puts a message on the stage, or takes it and a blackout off."""
    return Write((act("message", sight, text="" if rest.lower() == "off" else limited(rest)),))


def blackout(rest: str, sight: Sight) -> Decision:
    """Makes the stage dark, or light again."""
    if rest.lower() not in ("", "off"):
        raise Refusal("the stage is dark or not", "/blackout, then /blackout off")
    return Write((act("message", sight, text="", blackout=not rest),))
