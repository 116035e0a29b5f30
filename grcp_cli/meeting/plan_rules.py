"""The keys of an agenda file: which there are, what each may hold, which must be there (`format = 1`).

A check takes a value and returns what to write instead, or nothing where the value is good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from .agenda import is_id
from .entry import CAPTURED

SESSION_KINDS = ("plenary", "panel", "breakout", "meal", "ceremony", "break")
PARTICIPANT_KINDS = ("state", "iscm", "organization", "observer", "guest")
ATTRIBUTIONS = ("none", "chatham", "group", "full")


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "a text in quotation marks"


def _ident(value: Any) -> str:
    if isinstance(value, str) and is_id(value):
        return ""
    return "an id: small letters, digits and hyphens, at most 64, no name that Windows reserves"


def _one_of(*choices: str) -> Callable[[Any], str]:
    return lambda value: "" if value in choices else "one of " + ", ".join(choices)


_LARGEST = 10_080
"""No limit, number or length of a meeting is larger: the minutes of a week."""
_YEARS = range(1900, 3000)
"""Years whose instants can be reckoned with in any zone."""


def _number(value: Any) -> str:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _LARGEST
    return "" if good else f"a number greater than zero, at most {_LARGEST}"


def _whole(value: Any) -> str:
    return "" if type(value) is int and 0 < value <= _LARGEST else "a whole number greater than zero"


def _date(value: Any) -> str:
    good = type(value) is date and value.year in _YEARS
    return "" if good else "a date such as 2019-04-05, without quotation marks"


def _time(value: Any) -> str:
    return "" if type(value) is time else "a time such as 10:45:00, without quotation marks"


def _zone(value: Any) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, TypeError, OSError):
        return 'a time zone such as "Europe/Zurich"'
    return ""


def _list_of(check: Callable[[Any], str]) -> Callable[[Any], str]:
    def whole(value: Any) -> str:
        good = isinstance(value, list) and not any(check(item) for item in value)
        return "" if good else f"a list in square brackets, each {check(None)}"

    return whole


def _word_or_ids(word: str) -> Callable[[Any], str]:
    ids = _list_of(_ident)
    return lambda value: "" if value == word or not ids(value) else f'"{word}", or {ids(None)}'


_OPTIONAL, _REQUIRED = False, True
Rule = tuple[Callable[[Any], str], bool]
_TEXT: Rule = (_text, _OPTIONAL)
_TEXTS: Rule = (_list_of(_text), _OPTIONAL)
_IDS: Rule = (_list_of(_ident), _OPTIONAL)

MEETING: Mapping[str, Rule] = {
    "id": (_ident, _REQUIRED),
    "title": (_text, _REQUIRED),
    "date": (_date, _REQUIRED),
    "timezone": (_zone, _REQUIRED),
    "aims": _TEXTS,
    "issues": _TEXTS,
    "attribution": (_one_of(*ATTRIBUTIONS), _OPTIONAL),
    "running_order": _IDS,
    **dict.fromkeys(("short_title", "theme", "place", "purpose", "body", "symbol"), _TEXT),
    **dict.fromkeys(("distribution", "original_language"), _TEXT),
}
TIMING: Mapping[str, Rule] = {
    "warn_minutes": (_list_of(_number), _OPTIONAL),
    "warn_intervention_seconds": (_list_of(_number), _OPTIONAL),
    "intervention_minutes": (_number, _OPTIONAL),
    "panellist_minutes": (_number, _OPTIONAL),
    "report_back_minutes": (_number, _OPTIONAL),
    "hard_stops": (_list_of(_time), _OPTIONAL),
}
NAMED: Mapping[str, Rule] = {"id": (_ident, _REQUIRED), "name": (_text, _REQUIRED)}
PARTICIPANT: Mapping[str, Rule] = {
    **NAMED,
    "group": (_ident, _OPTIONAL),
    "aliases": _TEXTS,
    "kind": (_one_of(*PARTICIPANT_KINDS), _OPTIONAL),
    "represents": _TEXT,
}
OBJECTIVE_SET: Mapping[str, Rule] = {"id": (_ident, _REQUIRED), "objectives": (_list_of(_text), _REQUIRED)}
SESSION: Mapping[str, Rule] = {
    "id": (_ident, _REQUIRED),
    "title": (_text, _REQUIRED),
    "kind": (_one_of(*SESSION_KINDS), _REQUIRED),
    "minutes": (_number, _REQUIRED),
    "number": (_whole, _OPTIONAL),
    "start": (_time, _OPTIONAL),
    "date": (_date, _OPTIONAL),
    "room": _TEXT,
    "moderator": _TEXT,
    "panellists": _TEXTS,
    "rapporteurs": _TEXTS,
    "objectives": _TEXTS,
    "objectives_from": (_ident, _OPTIONAL),
    "groups": (_word_or_ids("all"), _OPTIONAL),
}
SUB: Mapping[str, Rule] = {
    "id": (_ident, _REQUIRED),
    "text": (_text, _REQUIRED),
    "minutes": (_number, _OPTIONAL),
    "captures": (_one_of(*CAPTURED), _OPTIONAL),
    "tags": (_word_or_ids("actors"), _OPTIONAL),
}
QUESTION: Mapping[str, Rule] = {
    **SUB,
    "max_per_group": (_whole, _OPTIONAL),
    "expected_per_group": (_whole, _OPTIONAL),
    "reports_back": _TEXT,
    "selects_from": _TEXT,
}
