"""A small meeting with a record that holds one of everything a report must deal with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting.entry import CAPTURED, Draft, Entry
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.meeting.record import Record, Source
from grcp_cli.report.compose import compose
from grcp_cli.report.pen import Choices
from grcp_cli.store import agendas, blocks
from grcp_cli.store.journal import Held
from grcp_cli.store.records import session_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document

AGENDA = """
format = 1
[meeting]
id = "small"
title = "Small Meeting"
theme = "Rivers & roads"
date = 2024-03-01
place = "Tunis"
timezone = "Africa/Tunis"
purpose = "The meeting aims to:"
aims = ["look back; and", "look ahead."]
issues = ["Water.", "Roads."]
symbol = "SM/1"
running_order = ["opening", "tables", "back"]
[[group]]
id = "north"
name = "North"
[[group]]
id = "south"
name = "South"
[[actor]]
id = "un"
name = "United Nations"
[[participant]]
id = "blue"
name = "Blue Process"
aliases = ["BP"]
group = "north"
[[participant]]
id = "green"
name = "Green Dialogue"
group = "south"
[[participant]]
id = "zoe"
name = "Zoé Ndiaye"
[[session]]
id = "opening"
number = 1
title = "Opening"
kind = "plenary"
start = 09:00:00
minutes = 60
objectives = ["to open."]
[[session.question]]
id = "q1"
text = "How to:"
[[session.question.sub]]
id = "a"
text = "share water?"
[[session.question.sub]]
id = "b"
text = "build roads?"
[[session]]
id = "tables"
title = "Tables: Ideas"
kind = "breakout"
minutes = 30
groups = "all"
[[session.question]]
id = "q1"
text = "What do you recommend?"
captures = "recommendation"
[[session.question]]
id = "q2"
text = "With whom?"
captures = "partnership"
tags = "actors"
[[session]]
id = "back"
number = 2
title = "Back in plenary"
kind = "plenary"
minutes = 30
[[session.question]]
id = "q1"
text = "What did the tables recommend?"
reports_back = "tables/q1"
[[session.question]]
id = "q2"
text = "What works for all?"
selects_from = "tables/q1"
"""

BEGAN = datetime.fromisoformat("2024-03-01T09:00:00.000+01:00")


class Pages:
    """Writes entries into the files of a meeting, a minute apart; an entry's id is `session.desk.position`."""

    def __init__(self) -> None:
        self.files: dict[Source, list[Entry]] = {}
        self.minutes = 0

    def __call__(self, place: str, kind: str, text: str = "", seal: str = "", **fields: Any) -> str:
        session, _, desk = place.partition(".")
        listed = self.files.setdefault(Source(session, desk), [])
        self.minutes += 1
        n = sum(each.captured for each in listed) + (kind in CAPTURED)
        if text:
            fields["text"] = text
        entry = Entry(f"{place}.{len(listed) + 1}", BEGAN + timedelta(minutes=self.minutes), n, kind, fields, seal)
        listed.append(entry)
        return entry.id

    @property
    def record(self) -> Record:
        record = Record()
        for source, entries in self.files.items():
            record.add(source, entries)
        return record

    def save(self, folder: Path) -> None:
        """Writes the session files as the program itself does."""
        for source, entries in self.files.items():
            with Held(session_file(folder, source), blocks.header("small", *source[:2])) as held:
                for entry in entries:
                    held.append(Draft(entry.kind, entry.fields), entry.at, entry.id)


@pytest.fixture
def meeting() -> Meeting:
    return agendas.parse(AGENDA.encode(), "small.toml")


@pytest.fixture
def agenda_text() -> str:
    return AGENDA


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def full(pages: Pages) -> Pages:
    """A whole small meeting; what must not leave has the word `secret`, what was struck `mistake`."""
    pages("opening", "start")
    drafted = [
        pages("opening", "note", "rivers cross borders", question="q1/a", speaker="blue"),
        pages("opening", "practice", "joint gauges", question="q1/a", speaker="blue"),
    ]
    pages("opening", "note", "R&D <b>costs</b>", question="q1/b", speaker="green")
    pages("opening", "floor", speaker="blue")
    pages("opening", "floor", speaker="green")
    pages("opening", "yield")
    agreed = pages("opening", "agreement", "meet yearly", question="q1/b")
    pages("opening", "star", target=agreed)
    pages("opening", "divergence", "who pays", question="0")
    pages("opening", "note", "a secret", question="q1/b", internal=True)
    struck = pages("opening", "note", "a mistake", question="q1/b")
    pages("opening", "strike", target=struck)
    undone = pages("opening", "note", "another mistake", question="q1/b")
    pages("opening", "undo", target=undone)
    action = pages("opening", "action", "send the list", question="q1/b", due=BEGAN.date())
    pages("opening", "amend", target=action, owner="green")
    rec = pages("opening", "recommendation", "map the wells", question="q1/a")
    for who in ("blue", "green", "zoe", "north"):
        pages("opening", "support", target=rec, who=who)
    pages("opening", "lesson", "start early", question="q9")
    pages("opening", "paragraph", "Water was shared.", question="q1/a", order=1.0, sources=[*drafted, struck])
    pages("opening", "pause")
    pages("opening", "resume")
    pages("opening", "end")
    north = [pages("tables.north", "recommendation", text, question="q1", group="north") for text in ("dig", "drain")]
    south = pages("tables.south", "recommendation", "dredge", question="q1", group="south")
    pages("tables.south", "partnership", "joint survey", question="q2", group="south", tags=["un"])
    pages("back", "start")
    pages("back", "status", target=north[0], status="agreed", session="back")
    pages("back", "status", target=north[1], status="bracketed", session="back")
    pages("back", "cluster", "dig and dredge", targets=[north[0], south], support=["north", "south"])
    return pages


@pytest.fixture
def make(meeting: Meeting) -> Callable[..., Document]:
    def made(pages: Pages, *only: str, **choices: Any) -> Document:
        return compose(proceed(meeting, pages.record, only), Choices(**{"attribution": "none", **choices}))

    return made
