"""Makes an agenda by asking for it, from the meeting's title to the last guiding question."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from grcp_cli.meeting.agenda import is_id
from grcp_cli.meeting.names import fold, nearest, slug
from grcp_cli.meeting.plan_rules import SESSION_KINDS

from . import ask

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBERED = ("plenary", "panel", "breakout")
"""Kinds of session that the printed agenda counts."""
_MINUTES = {"meal": 60, "ceremony": 15, "break": 15}
_USUAL = 75
_DAY = 24 * 60
_MOST_DAYS = 31

Table = dict[str, Any]


class Known(NamedTuple):
    """What is known before anything is asked.

    Attributes:
        today: The date proposed.
        zone: The time zone proposed.
        id: The id proposed, empty to make one from the title.
        taken: Says why an id cannot be had, or nothing.
    """

    today: date
    zone: str
    id: str
    taken: Callable[[str], str]


def interview(known: Known) -> Table:
    """Asks for a whole agenda.

    Returns:
        The agenda as an agenda file's tables.

    Raises:
        KeyboardInterrupt: The person broke off.
    """
    ask.say("Enter takes what stands there and goes on. Ctrl-U clears it; Ctrl-C leaves and writes nothing.")
    meeting, days = _meeting(known)
    groups = _groups(ask.text("Breakout groups, with commas between (Enter: none)", check=_distinct))
    sessions: list[Table] = []
    while session := _session(sessions, meeting["date"], days, grouped=bool(groups)):
        sessions.append(session)
        ask.say(f"  {_summary(session)}")
    return {"meeting": meeting, "group": groups, "session": sessions}


def _meeting(known: Known) -> tuple[Table, int]:
    """The meeting's table, and how many days it takes."""
    title = _line("Title of the meeting", check=_needed)
    short = _line("Short title, such as GRCP 9 (Enter: none)")
    proposed = known.id or slug(short or title)[:64].strip("-")
    meeting = {
        "id": _line("Its id, which names its files", proposed, lambda typed: _id(typed) or known.taken(typed)),
        "title": title,
        "short_title": short,
        "date": date.fromisoformat(_line("First day", known.today.isoformat(), _date)),
    }
    days = int(_line("How many days", "1", _whole_to(_MOST_DAYS)))
    meeting["place"] = _line("Place (Enter: none)")
    meeting["timezone"] = _line("Time zone", known.zone, _zone)
    return {key: value for key, value in meeting.items() if value}, days


def _groups(typed: str) -> list[Table]:
    groups: list[Table] = []
    for name in _names(typed):
        made = slug(name)[:60].strip("-")
        wanted = made if is_id(made) else f"group-{len(groups) + 1}"
        groups.append({"id": _free(wanted, groups), "name": name})
    return groups


def _session(before: list[Table], first: date, days: int, *, grouped: bool) -> Table:
    """The next session's table, empty when there is none."""
    ask.say("")
    title = _line(
        f"Session {len(before) + 1}: title" + (" (Enter: no more)" if before else ""), check=_needs(not before)
    )
    if not title:
        return {}
    kind = ask.choose("  What it is", list(SESSION_KINDS))
    numbers = [session["number"] for session in before if "number" in session]
    session: Table = {"id": slug(title)[:60].strip("-")}
    if kind in _NUMBERED:
        session["number"] = len(numbers) + 1
        session["id"] = f"session-{session['number']}"
    session["id"] = _free(session["id"] if is_id(session["id"]) else kind, before)
    session |= {"title": title, "kind": kind}
    last = before[-1].get("date", first) if before else first
    day = last
    if days > 1:
        passed = (last - first).days + 1
        typed = _line(f"  Day ({passed} to {days})", str(passed), _whole_to(days, passed))
        day = first + timedelta(days=int(typed) - 1)
    if day != first:
        session["date"] = day
    # Behind a session that goes on past midnight nothing is left of the day to be held to.
    earliest = _end(before[-1]) % _DAY if before and day == last else 0
    proposed = _clock(earliest) if earliest else "09:00"
    session["start"] = _time_of(_line("  Starts at", proposed, lambda typed: _start(typed, earliest)))
    session["minutes"] = int(_line("  Minutes", str(_MINUTES.get(kind, _USUAL)), _whole_to(_DAY)))
    if kind == "breakout" and grouped:
        session["groups"] = "all"
    if kind != "break" and (questions := _questions()):
        session["question"] = questions
    return session


def _questions() -> list[Table]:
    """Guiding questions until an empty line; several may be pasted at once, one to a line."""
    questions: list[Table] = []
    while True:
        number = len(questions) + 1
        behind = f" (- text: a sub-question of {number - 1}; Enter: no more)" if questions else " (Enter: none)"
        typed = ask.text(f"  Guiding question {number}{behind}")
        if not typed:
            return questions
        for line in filter(None, map(_one_line, typed.splitlines())):
            if line.startswith("- ") and questions and line[2:].strip():
                subs = questions[-1].setdefault("sub", [])
                subs.append({"id": _letters(len(subs)), "text": line[2:].strip()})
            else:
                questions.append({"id": f"q{len(questions) + 1}", "text": line})


def _letters(position: int) -> str:
    """The id of a sub-question: a, b, up to z, then aa, ab and so on."""
    more, letter = divmod(position, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + letter)


def _summary(session: Table) -> str:
    count = len(session.get("question", ()))
    questions = f" · {count} guiding question{'' if count == 1 else 's'}" if count else ""
    return f"{session['id']} · {session['start']:%H:%M}–{_clock(_end(session))}{questions}"


def _line(question: str, default: str = "", check: Callable[[str], str] | None = None) -> str:
    """One line, whatever was pasted."""
    return _one_line(ask.text(question, default, check))


def _one_line(typed: str) -> str:
    return " ".join(typed.split())


def _names(typed: str) -> list[str]:
    return [name for part in typed.replace("\n", ",").split(",") if (name := _one_line(part))]


def _free(wanted: str, tables: list[Table]) -> str:
    """An id that none of the tables has: the one wanted, else with a number behind."""
    used = {table["id"] for table in tables}
    numbered = (f"{wanted}-{number}" for number in range(2, len(used) + 3))
    return next(each for each in (wanted, *numbered) if each not in used)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _end(session: Table) -> int:
    """The minute of the day at which a session ends."""
    return _minute(session["start"]) + int(session["minutes"])


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _time_of(typed: str) -> time:
    return datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone


# What is wrong with an answer, or nothing.


def _needed(typed: str) -> str:
    return "" if typed else "this cannot be left empty"


def _needs(needed: bool) -> Callable[[str], str]:
    return _needed if needed else lambda _: ""


def _id(typed: str) -> str:
    return "" if is_id(typed) else "small letters, digits and hyphens, such as grcp-9"


def _date(typed: str) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = date.min
    # Python also takes 20270314 and 2027-W10-7: what stands there afterwards should be what was typed.
    return "" if day.isoformat() == typed and day.year > 1900 else "year-month-day, such as 2027-03-14"  # noqa: PLR2004


def _zone(typed: str) -> str:
    from zoneinfo import available_timezones

    zones = available_timezones()
    near = nearest(typed, tuple(zones))
    return "" if typed in zones else f"did you mean {near}?" if near else "continent/city, such as Europe/Zurich"


def _whole_to(most: int, least: int = 1) -> Callable[[str], str]:
    def check(typed: str) -> str:
        good = typed.isdecimal() and typed.isascii() and least <= int(typed[:9]) <= most
        return "" if good else f"a whole number from {least} to {most}"

    return check


def _start(typed: str, earliest: int) -> str:
    try:
        at = _minute(_time_of(typed))
    except ValueError:
        return "hours:minutes, such as 10:45"
    if at < earliest:
        return f"the session before ends at {_clock(earliest)}"
    return ""


def _distinct(typed: str) -> str:
    names = [fold(name) for name in _names(typed)]
    return "" if len(set(names)) == len(names) else "each group needs a name of its own"
