"""What must hold between the parts of an agenda, once each part alone is well formed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .agenda import GENERAL
from .grammar import KIND_WORDS
from .names import fold
from .schedule import exists, planned

if TYPE_CHECKING:
    from datetime import time

    from .agenda import Meeting, Question, Session
    from .schedule import Slot

Path = tuple[str | int, ...]
"""Where in the file: keys and positions, `("session", 1, "question", 0, "text")`."""


class Fault(NamedTuple):
    """One thing wrong with an agenda: where, what, and what would mend it."""

    path: Path
    what: str
    remedy: str


Tell = Callable[[Path, str, str], None]
Sessions = list[tuple[Path, "Session"]]


def check(meeting: Meeting, order: Sequence[str], positions: Sequence[int]) -> list[Fault]:
    """Every fault between parts.

    Args:
        meeting: What could be read; ids that were not valid are empty.
        order: The running order as the file gives it, empty where it gives none.
        positions: Where in the file each session of the meeting stands, from 0.
    """
    faults: list[Fault] = []

    def tell(path: Path, what: str, remedy: str) -> None:
        faults.append(Fault(path, what, remedy))

    if order:
        _order(meeting, order, tell)
    _people(meeting, tell)
    sessions: Sessions = [(("session", at), each) for at, each in zip(positions, meeting.sessions, strict=True)]
    for path, session in sessions:
        _session(meeting, session, path, tell)
        _labels(session, path, tell)
    _times(meeting, sessions, tell)
    _cycles(sessions, tell)
    return faults


def _order(meeting: Meeting, order: Sequence[str], tell: Tell) -> None:
    path: Path = ("meeting", "running_order")
    for position, session_id in enumerate(order):
        if meeting.session(session_id) is None:
            tell((*path, position), f'running_order names "{session_id}", which is no session', "take it out or add it")
        elif session_id in order[:position]:
            tell((*path, position), f'running_order names "{session_id}" twice', "name every session once")
    for session in meeting.sessions:
        if session.id and session.id not in order:
            tell(path, f'running_order leaves out "{session.id}"', "name every session once")


def _people(meeting: Meeting, tell: Tell) -> None:
    """Each name, alias and id by which someone is called must mean one of them."""
    owners: dict[str, str] = {}

    def own(name: str, owner: str, path: Path) -> None:
        if name and owners.setdefault(fold(name), owner) != owner:
            tell(path, f'"{name}" also names {owners[fold(name)]}', "give each a name of its own")

    for position, group in enumerate(meeting.groups):
        for key in ("id", "name"):
            own(getattr(group, key), f"the group {group.id}", ("group", position, key))
    for position, person in enumerate(meeting.participants):
        path: Path = ("participant", position)
        if person.group and meeting.group(person.group) is None:
            tell((*path, "group"), f'there is no group "{person.group}"', "add the group or take it out")
        for key in ("id", "name"):
            own(getattr(person, key), f"the participant {person.id}", (*path, key))
        for place, alias in enumerate(person.aliases):
            if alias.casefold() in KIND_WORDS:
                what = f'the alias "{alias}" is a word that begins a kind of entry'
                tell((*path, "aliases", place), what, "choose another alias")
            own(alias, f"the participant {person.id}", (*path, "aliases", place))


def _session(meeting: Meeting, session: Session, path: Path, tell: Tell) -> None:
    for position, group in enumerate(session.groups):
        if meeting.group(group) is None:
            what = f'there is no group "{group}"'
            tell((*path, "groups", position), what, "add the [[group]] or take it out")
    total = 0.0
    for position, question in enumerate(session.questions):
        inner = sum(sub.minutes or 0 for sub in question.subs)
        total += question.minutes or inner
        if question.minutes and inner > question.minutes:
            tell(
                (*path, "question", position, "minutes"),
                f"its sub-questions take {inner:g} minutes, the question has {question.minutes:g}",
                "shorten the sub-questions or lengthen the question",
            )
        for key, address in _links(question):
            if not _exists(meeting, address):
                tell(
                    (*path, "question", position, key),
                    f'{key} = "{address}" points at no question',
                    "write session/question, for example working-lunch/q1",
                )
    if session.minutes and total > session.minutes:
        tell(
            (*path, "minutes"),
            f"its questions take {total:g} minutes, the session has {session.minutes:g}",
            "shorten the questions or lengthen the session",
        )


def _labels(session: Session, path: Path, tell: Tell) -> None:
    """What is typed for a question, its id or its number, must mean one question."""
    owners = {GENERAL: "the session in general"}

    def own(question: Question, place: Path) -> None:
        for label in dict.fromkeys((question.address, question.number)):
            owner = f"question {question.address}"
            if question.id and owners.setdefault(label, owner) != owner:
                what = f"/{label} would mean both {owners[label]} and {owner}"
                tell((*place, "id"), what, "give the question another id, such as q1, q2 or, for a sub-question, a, b")

    for position, question in enumerate(session.questions):
        own(question, (*path, "question", position))
        for inner, sub in enumerate(question.subs):
            own(sub, (*path, "question", position, "sub", inner))


def _links(question: Question) -> Iterator[tuple[str, str]]:
    for key in ("reports_back", "selects_from"):
        if address := getattr(question, key):
            yield key, address


def _exists(meeting: Meeting, address: str) -> bool:
    session_id, _, place = address.partition("/")
    session = meeting.session(session_id)
    return session is not None and any(each.address == place for each in session.every_question)


def _times(meeting: Meeting, sessions: Sessions, tell: Tell) -> None:
    plan = planned(meeting)
    timed = [(plan[each.id], path, each) for path, each in sessions if each.id in plan]
    last: time | None = max(meeting.timing.hard_stops, default=None)
    for position, (slot, path, session) in enumerate(timed):
        place = (*path, "start") if session.start else path
        if session.start and not exists(slot.start):
            what = f"{session.id} starts at {session.start:%H:%M}, an hour that does not exist on {slot.start:%d.%m.%Y}"
            tell(place, f"{what}: the clocks are put forward over it", "start earlier or later")
        if last is not None and slot.start.time() >= last:
            tell(
                place,
                f"{session.id} starts at {slot.start:%H:%M}, the last hard stop is at {last:%H:%M}",
                "start earlier or add a later hard stop",
            )
        for other_slot, _, other in timed[:position]:
            shared = slot.start < other_slot.end and other_slot.start < slot.end
            if shared and session.room == other.room and session.id != other.id:
                tell(
                    place,
                    f"{session.id} ({_span(slot)}) overlaps {other.id} ({_span(other_slot)}) in one room",
                    "move one of them or give it another room",
                )


def _span(slot: Slot) -> str:
    return f"{slot.start:%H:%M}–{slot.end:%H:%M}"


def _cycles(sessions: Sessions, tell: Tell) -> None:
    links: dict[str, list[tuple[Path, str, str]]] = {}
    for path, session in sessions:
        for position, question in enumerate(session.questions):
            for key, address in _links(question):
                origin = f"{session.id}/{question.address}"
                links.setdefault(origin, []).append(((*path, "question", position), key, address))
    for origin in links:
        seen: set[str] = set()
        ahead = [origin]
        while ahead:
            for path, key, address in links.get(ahead.pop(), []):
                if address == origin:
                    tell((*path, key), f"{key} comes back to {origin} in a circle", "take one link out")
                elif address not in seen:
                    seen.add(address)
                    ahead.append(address)
