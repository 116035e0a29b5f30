"""The meeting as planned.

    Meeting ─┬─ Timing
             ├─ Group · Actor · Participant
             └─ Session ── Question ── Question (a sub-question)

Everything is immutable. `plan.py` makes a `Meeting` from what an agenda file says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, time

GENERAL = "0"
"""The address of the session in general, where no guiding question is meant."""

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789"}
)
"""Names that Windows keeps for devices, with or without an ending: no file may be called so."""


def is_id(text: str) -> bool:
    """Whether `text` may name a meeting, session, question, group or desk, and so a file."""
    return ID.fullmatch(text) is not None and text not in RESERVED


class Timing(NamedTuple):
    """Limits and warnings; minutes unless the name says otherwise."""

    warn_minutes: tuple[float, ...] = (5, 2)
    warn_intervention_seconds: tuple[float, ...] = (30,)
    intervention_minutes: float = 3
    panellist_minutes: float = 10
    report_back_minutes: float = 2
    hard_stops: tuple[time, ...] = ()


class Group(NamedTuple):
    """A Region, or any other breakout group."""

    id: str
    name: str


class Actor(NamedTuple):
    """A type of partner."""

    id: str
    name: str


class Participant(NamedTuple):
    """Whoever may take the floor and is known beforehand; `group` is empty for those of none."""

    id: str
    name: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    represents: str = ""


class Question(NamedTuple):
    """A guiding question or a sub-question; with sub-questions, the text is their stem.

    Attributes:
        address: Within the session: `q1`, or `q1/a` for a sub-question.
        number: What is printed and typed: `1`, or `1a`.
        minutes: Its share of the session, or None.
        captures: The kind that plain text becomes here.
        max_per_group: "Up to five": warns, never discards.
        expected_per_group: "What five".
        reports_back: `session/question` whose answers are shown and confirmed here, or empty.
        selects_from: `session/question` among whose answers a choice is made here, or empty.
        tags: The tags offered here, ids of actors as a rule.
    """

    id: str
    address: str
    number: str
    text: str
    minutes: float | None = None
    captures: str = "note"
    max_per_group: int | None = None
    expected_per_group: int | None = None
    reports_back: str = ""
    selects_from: str = ""
    tags: tuple[str, ...] = ()
    subs: tuple[Question, ...] = ()


class Session(NamedTuple):
    """One item of the agenda; `groups` are the ids of the breakout groups, empty for a plenary."""

    id: str
    title: str
    kind: str
    minutes: float
    number: int | None = None
    start: time | None = None
    date: date | None = None
    room: str = ""
    moderator: str = ""
    panellists: tuple[str, ...] = ()
    rapporteurs: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def leaves(self) -> tuple[Question, ...]:
        """What the walkthrough visits and coverage counts: questions without subs, and subs."""
        return tuple(leaf for question in self.questions for leaf in (question.subs or (question,)))

    @property
    def every_question(self) -> tuple[Question, ...]:
        """Questions and sub-questions in reading order, stems included."""
        return tuple(each for question in self.questions for each in (question, *question.subs))

    def question(self, place: str) -> Question | None:
        """The question at an address (`q1/a`) or number (`1a`), None where there is none."""
        for question in self.every_question:
            if place in (question.address, question.number):
                return question
        return None

    def share(self, place: str) -> float | None:
        """Minutes meant for a question: its own, or an equal part of its stem's; None where nothing says."""
        for question in self.questions:
            for sub in question.subs:
                if sub.address == place:
                    return sub.minutes or (question.minutes / len(question.subs) if question.minutes else None)
            if question.address == place:
                return question.minutes
        return None

    @property
    def label(self) -> str:
        """How people name the session in a line: `Session 2`, or its title without a number."""
        return f"Session {self.number}" if self.number is not None else self.title.partition(":")[0]

    @property
    def heading(self) -> str:
        """How people name the session with what it is about: `Session 2 · Synergies`, or its title alone."""
        return f"{self.label} · {self.title}" if self.number is not None else self.title


class Meeting(NamedTuple):
    """One agenda; `sessions` stand in running order."""

    id: str
    title: str
    date: date
    timezone: str
    short_title: str = ""
    theme: str = ""
    place: str = ""
    purpose: str = ""
    aims: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    attribution: str = "none"
    body: str = ""
    symbol: str = ""
    distribution: str = ""
    original_language: str = "en"
    timing: Timing = Timing()
    groups: tuple[Group, ...] = ()
    actors: tuple[Actor, ...] = ()
    participants: tuple[Participant, ...] = ()
    sessions: tuple[Session, ...] = ()

    def session(self, session_id: str) -> Session | None:
        """The session of that id, None where there is none."""
        return next((session for session in self.sessions if session.id == session_id), None)

    def group(self, group_id: str) -> Group | None:
        """The group of that id, None where there is none."""
        return next((group for group in self.groups if group.id == group_id), None)

    def participant(self, speaker: str) -> Participant | None:
        """The participant of that id, None for one that the agenda does not know."""
        return next((each for each in self.participants if each.id == speaker), None)

    def name_of(self, speaker: str) -> str:
        """The name to show for a speaker as stored: a participant's or group's, else the text itself."""
        known = self.participant(speaker) or self.group(speaker)
        return known.name if known else speaker

    def group_of(self, speaker: str) -> str:
        """The group that a speaker as stored belongs to, empty where none is known."""
        known = self.participant(speaker)
        if known:
            return known.group
        return speaker if self.group(speaker) else ""
