"""What the commands of clock and floor decide."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from . import clock, fitting, leading, walkthrough
from .agenda import GENERAL
from .decision import NOT_FOUND, Decision, Refusal, Show, Sight, Write, act, minutes_said, record_of
from .entry import number
from .schedule import HALF_A_DAY, apart, exists, later

if TYPE_CHECKING:
    from collections.abc import Callable


def start(rest: str, sight: Sight) -> Decision:
    """Starts the clock, backdated if so said."""
    kept = sight.walk.clock
    state = kept.state
    if state != clock.TO_COME and sight.lead is None:
        began = kept.started if state == clock.RUNNING else kept.since and kept.since.at
        when = f" since {began:%H:%M}" if began else ""
        help_by = {clock.PAUSED: "/resume goes on", clock.ENDED: "/reopen goes on"}.get(state, "")
        raise Refusal(f"the session's clock is {state}{when}", help_by)
    backdated = effective(rest, sight)
    return Write((act("start", sight, **({"effective": backdated} if backdated else {})),))


def effective(rest: str, sight: Sight) -> datetime | None:
    """`10:47` today in the meeting's zone, or `-2` for two minutes ago; nothing for now."""
    now = sight.now.at
    if not rest:
        return None
    if match := re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?::(\d{2}))?", rest):
        hour, minute, second = (int(part or 0) for part in match.groups())
        if hour < 24 and minute < 60 and second < 60:  # noqa: PLR2004 - a clock's
            return _latest(now, time(hour, minute, second))
    if match := re.fullmatch(r"-\s?(\d{1,4})(?:\s?min)?", rest):
        if int(match[1]) * 60 > _AN_EVENING:
            raise Refusal(f"{match[1]} minutes ago is too far back", f"at most {_AN_EVENING // 60}")
        return later(now, -60 * int(match[1]))
    raise Refusal(f"“{rest}” is no time", "write 10:47, or -2 for two minutes ago")


_AN_EVENING = 6 * 3600
"""Seconds; what lies further back is sooner a typing error than a late start."""


def _latest(now: datetime, wanted: time) -> datetime:
    """When a clock last showed this: today, or just after midnight in the evening before."""
    for days, most in ((0, 2 * HALF_A_DAY), (1, _AN_EVENING)):
        if not days and not exists(datetime.combine(now.date(), wanted, now.tzinfo)):
            raise Refusal(f"{wanted:%H:%M} is no time of this day: the clocks are put forward over it", "say another")
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
    """Adds minutes to the session, or takes them; never so many that it would have ended already."""
    minutes, reason = minutes_said(rest, "/extend 5 [reason]")
    given = sight.session.minutes + sight.walk.clock.extended
    if minutes < 0 and given + minutes <= sight.walk.clock.elapsed(sight.now) / 60:
        left = given - sight.walk.clock.elapsed(sight.now) / 60
        hint = "/end ends it" if sight.walk.clock.state in (clock.RUNNING, clock.PAUSED) else ""
        raise Refusal(f"{-minutes} min less would leave nothing: {max(0, int(left))} min are left", hint)
    effect = fitting.of_extension(fitting.outlook(sight), minutes)
    return Write((act("extend", sight, minutes=minutes, **({"reason": reason} if reason else {})),), (effect,))


def fit(rest: str, _: Sight) -> Decision:
    """How the time left fits, or what a limit or an extension would do to it; nothing is applied."""
    fitting.wished(rest)
    return Show("fit", rest)


def end(rest: str, sight: Sight) -> Decision:
    """Ends the session, and tells who did not get to speak."""
    ended = sight.walk.clock.state == clock.ENDED
    otherwise = "/closing shows what it came to, /reopen goes on" if ended else "/start comes first"
    decision = in_state("end", "running | paused", otherwise)(rest, sight)
    left = sight.walk.floor.unfinished(sight.meeting)
    return decision._replace(notices=(left,)) if left and isinstance(decision, Write) else decision


def count(_: str, sight: Sight) -> Decision:
    """Counts the time away that was asked about: it stood as a pause until now."""
    entries = list(sight.entries)
    gone = walkthrough.undone(entries)
    for each in reversed(entries):
        if each.kind == "anomaly" and each.fields.get("counted") is False and each.id not in gone:
            seconds = number(each.fields.get("seconds", 0))
            return Write((act("anomaly", sight, target=each.id, seconds=seconds, counted=True),))
    raise Refusal("there is no time away to count", "it is asked about when the machine slept or nobody sat here")


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
