"""From what an agenda file says to a `Meeting`, with every fault told at once.

Each key alone is judged by `plan_rules.py`, what must hold between them by `plan_check.py`.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from .agenda import Actor, Group, Meeting, Participant, Question, Session, Timing
from .names import nearest
from .plan_check import Fault, Path, check
from .plan_rules import MEETING, NAMED, OBJECTIVE_SET, PARTICIPANT, QUESTION, SESSION, SUB, TIMING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = 1


class _Reader:
    """Takes tables apart and keeps what it found wrong on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: Path, what: str, remedy: str) -> None:
        self.faults.append(Fault(path, what, remedy))

    def table(self, table: Any, path: Path, rules: Mapping[str, Rule], inner: tuple[str, ...] = ()) -> dict[str, Any]:
        """The good values of one table; a bad one is told and left out."""
        if not isinstance(table, dict):
            self.fault(path, f"{_said(path)} is no table", f"write {_header(path)} on a line of its own")
            return {}
        good = {}
        for key, value in table.items():
            if key in inner:
                continue
            if key not in rules:
                self.fault((*path, key), f"unknown key {_key(key)}", _meant(key, (*rules, *inner)))
            elif wanted := rules[key][0](value):
                self.fault((*path, key), f"{key} = {_shown(value)} is not valid", f"write {wanted}")
            else:
                good[key] = tuple(value) if isinstance(value, list) else value
        for key, (_, required) in rules.items():
            if required and key not in table:
                self.fault(path, f"{_said(path)} has no {key}", f"add {key} = …")
        return good

    def tables(self, data: Mapping[str, Any], key: str, path: Path = ()) -> Iterator[tuple[Path, Any]]:
        """The tables of `[[key]]` with their paths."""
        found = data.get(key, [])
        if not isinstance(found, list):
            self.fault((*path, key), f"{key} is no list of tables", f"write {_header((*path, key, 0))} above each")
            return
        for position, table in enumerate(found):
            yield (*path, key, position), table

    def distinct(self, seen: dict[str, Path], name: str, path: Path) -> None:
        """Tells an id that stood before among its kind."""
        if name and name in seen:
            self.fault((*path, "id"), f'the id "{name}" is used twice', "give one of them another id")
        seen.setdefault(name, path)


_SHOWN = 40
"""How much of a bad value a message repeats."""
_HUGE = 10**18
"""Numbers beyond are not written out: Python itself refuses to from 4,300 digits on."""


def _said(path: Path) -> str:
    """A place in words: `session 2, question 1`."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        else:
            words.append(step)
    return ", ".join(words)


def _header(path: Path) -> str:
    """The header that stands above a table in the file: `[[session.question]]`."""
    name = ".".join(step for step in path if isinstance(step, str))
    return f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]"


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() else _shown(key)


def _shown(value: Any) -> str:
    """A bad value much as the file has it, in one line and not all of a long one."""
    match value:
        case str():
            shown = '"' + value.replace("\n", "\\n") + '"'
        case bool():
            shown = str(value).lower()
        case date() | time():
            shown = value.isoformat()
        case int() if abs(value) > _HUGE:
            shown = "a huge number"
        case list():
            plain = all(not isinstance(item, list | dict) for item in value)
            shown = f"[{', '.join(_shown(item) for item in value)}]" if plain else "[…]"
        case dict():
            shown = "{…}"
        case _:
            shown = str(value)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def _meant(word: str, choices: tuple[str, ...]) -> str:
    near = nearest(word, choices)
    return f"did you mean {near}?" if near else "take it out; known are " + ", ".join(sorted(choices))


def read(data: Mapping[str, Any]) -> tuple[Meeting | None, list[Fault]]:
    """A meeting from the tables of an agenda file.

    Args:
        data: The file as a TOML parser gives it.

    Returns:
        The meeting and no fault, or None and every fault there is, in the order found.
    """
    reader = _Reader()
    for key in data:
        if key not in _TOP:
            reader.fault((key,), f"unknown key {_key(key)}", _meant(key, _TOP))
    if "format" not in data:
        reader.fault((), "there is no format", f"write format = {FORMAT} at the top")
    elif type(data["format"]) is not int or data["format"] != FORMAT:
        remedy = f"write format = {FORMAT}, the only one that this version reads"
        reader.fault(("format",), f"format = {_shown(data['format'])} is not known", remedy)
    if "meeting" not in data:
        reader.fault((), "there is no [meeting]", "add [meeting] with id, title, date and timezone")
    meeting = reader.table(data.get("meeting", {}), ("meeting",), MEETING) if "meeting" in data else {}
    timing = reader.table(data.get("timing", {}), ("timing",), TIMING)
    groups = tuple(_named(reader, data, "group", Group))
    actors = tuple(_named(reader, data, "actor", Actor))
    participants = tuple(_participants(reader, data))
    sets = _objective_sets(reader, data)
    sessions = list(_sessions(reader, data, sets, groups, actors))
    order = meeting.pop("running_order", ())
    rank = {session_id: position for position, session_id in reversed(list(enumerate(order)))}
    ranked = sorted(enumerate(sessions), key=lambda each: rank.get(each[1].id, len(order)))
    whole = Meeting(
        **{"id": "", "title": "", "date": _ANY_DAY, "timezone": "UTC", **meeting},
        timing=Timing(**timing),
        groups=groups,
        actors=actors,
        participants=participants,
        sessions=tuple(session for _, session in ranked),
    )
    if not data.get("session"):
        reader.fault((), "there is no [[session]]", "add at least one [[session]] with id, title, kind and minutes")
    reader.faults += check(whole, order, [position for position, _ in ranked])
    return (None if reader.faults else whole), reader.faults


_ANY_DAY = date(2000, 1, 1)
"""Stands for a date that was not valid, so that the times of day can be checked all the same."""
_TOP = ("format", "meeting", "timing", "group", "actor", "participant", "objective_set", "session")


def _named(reader: _Reader, data: Mapping[str, Any], key: str, kind: type[Group | Actor]) -> Iterator[Any]:
    seen: dict[str, Path] = {}
    for path, table in reader.tables(data, key):
        good = reader.table(table, path, NAMED)
        reader.distinct(seen, good.get("id", ""), path)
        yield kind(**{"id": "", "name": "", **good})


def _participants(reader: _Reader, data: Mapping[str, Any]) -> Iterator[Participant]:
    seen: dict[str, Path] = {}
    for path, table in reader.tables(data, "participant"):
        good = reader.table(table, path, PARTICIPANT)
        reader.distinct(seen, good.get("id", ""), path)
        yield Participant(**{"id": "", "name": "", **good})


def _objective_sets(reader: _Reader, data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    seen: dict[str, Path] = {}
    sets = {}
    for path, table in reader.tables(data, "objective_set"):
        good = reader.table(table, path, OBJECTIVE_SET)
        reader.distinct(seen, good.get("id", ""), path)
        sets[good.get("id", "")] = good.get("objectives", ())
    return sets


def _sessions(
    reader: _Reader,
    data: Mapping[str, Any],
    sets: Mapping[str, tuple[str, ...]],
    groups: tuple[Group, ...],
    actors: tuple[Actor, ...],
) -> Iterator[Session]:
    seen: dict[str, Path] = {}
    for path, table in reader.tables(data, "session"):
        session = _session(reader, path, table, sets, groups, actors)
        reader.distinct(seen, session.id, path)
        yield session


def _session(
    reader: _Reader,
    path: Path,
    table: Any,
    sets: Mapping[str, tuple[str, ...]],
    groups: tuple[Group, ...],
    actors: tuple[Actor, ...],
) -> Session:
    good = reader.table(table, path, SESSION, inner=("question",))
    if shared := good.pop("objectives_from", ""):
        if shared not in sets:
            reader.fault(
                (*path, "objectives_from"),
                f'there is no objective set "{shared}"',
                f'add [[objective_set]] with id = "{shared}"',
            )
        elif "objectives" in good:
            reader.fault(
                (*path, "objectives_from"),
                "objectives and objectives_from are both given",
                "keep one of the two",
            )
        good["objectives"] = sets.get(shared, ())
    if good.get("groups") == "all":
        good["groups"] = tuple(group.id for group in groups)
    raw = list(reader.tables(table, "question", path)) if isinstance(table, dict) else []
    good["questions"] = _questions(reader, raw, actors)
    return Session(**{"id": "", "title": "", "kind": "", "minutes": 0, **good})


def _questions(reader: _Reader, tables: list[tuple[Path, Any]], actors: tuple[Actor, ...]) -> tuple[Question, ...]:
    ids = [table.get("id") if isinstance(table, dict) else None for _, table in tables]
    numbers = _numbers(ids)
    seen: dict[str, Path] = {}
    questions = []
    for (path, table), number in zip(tables, numbers, strict=True):
        good = _tagged(reader.table(table, path, QUESTION, inner=("sub",)), actors)
        reader.distinct(seen, good.get("id", ""), path)
        question = Question(**{"id": "", "text": "", **good, "address": good.get("id", ""), "number": number})
        subs: dict[str, Path] = {}
        children = []
        raw = list(reader.tables(table, "sub", path)) if isinstance(table, dict) else []
        for position, (sub_path, sub_table) in enumerate(raw):
            sub = _tagged(reader.table(sub_table, sub_path, SUB), actors)
            reader.distinct(subs, sub.get("id", ""), sub_path)
            inherited = {"captures": question.captures, "tags": question.tags}
            sub_id = sub.get("id", "")
            letter = sub_id if sub_id.isalpha() else chr(ord("a") + position % 26)
            place = {"address": f"{question.id}/{sub_id}", "number": f"{number}{letter}"}
            whole: dict[str, Any] = {"id": "", "text": "", **inherited, **sub, **place}
            children.append(Question(**whole))
        questions.append(question._replace(subs=tuple(children)))
    return tuple(questions)


def _numbers(ids: list[Any]) -> list[str]:
    """What is printed and typed for each question: the digits of `q1`, `q2` …, else its position.

    An id is never a position: when q2 is taken out, 3 goes on meaning q3.
    """
    digits = [str(each)[1:] for each in ids]
    if all(str(each)[:1] == "q" and number.isdecimal() for each, number in zip(ids, digits, strict=True)):
        return digits
    return [str(position + 1) for position in range(len(ids))]


def _tagged(good: dict[str, Any], actors: tuple[Actor, ...]) -> dict[str, Any]:
    if good.get("tags") == "actors":
        good["tags"] = tuple(actor.id for actor in actors)
    return good
