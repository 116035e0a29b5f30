"""The page of the next morning: what is on it, what is counted instead, and that it is one page."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.brief import brief
from grcp_cli.report.document import Item, Paragraph
from grcp_cli.report.formats import FORMATS
from grcp_cli.report.kit import Kit
from grcp_cli.report.pen import Choices
from grcp_cli.store import agendas, places

from .conftest import Pages

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document


def page(meeting: Meeting, pages: Pages, **choices: Any) -> Document:
    return brief(proceed(meeting, pages.record), Choices(**{"attribution": "none", **choices}))


def told(document: Document) -> dict[str, list[str]]:
    return {part.id: [block.text for block in part.blocks] for part in document.parts}


def test_what_stands_on_it(meeting: Meeting, full: Any) -> None:
    document = page(meeting, full, notes=True)
    assert told(document) == {
        "headlines": ["meet yearly"],
        "agreed": ["dig", "dig and dredge"],
        "actions": ["send the list"],
        "open": ["who pays", "[drain]"],
    }
    notes = {block.text: block.note for part in document.parts for block in part.blocks if isinstance(block, Item)}
    assert notes == {
        "meet yearly": "agreement; Session 1",
        "dig": "agreed, Session 2",
        "dig and dredge": "North, South; from North 1, South 1",
        "send the list": "Green Dialogue; 1 March 2024",
        "who pays": "divergence of views; Session 1",
        "[drain]": "in brackets, Session 2",
    }


def test_it_says_how_it_stands_and_whence_it_comes(meeting: Meeting, full: Any) -> None:
    document = page(meeting, full, version="1", heads=(("opening.toml", "aa"),))
    assert (document.sort, document.stamp) == ("brief", "DRAFT")
    assert [field.name for field in document.masthead] == ["Status", "Date", "Place"]
    assert document.colophon == (
        "Made with grcp 1 from the agenda and the record as of 1 March 2024, 09:35 (Africa/Tunis).",
        "Views are given without the names of those who spoke.",
    )


def test_no_paragraph_is_numbered(meeting: Meeting, full: Any) -> None:
    """A number means a paragraph of the whole report."""
    numbers = [
        block.number for part in page(meeting, full).parts for block in part.blocks if isinstance(block, Paragraph)
    ]
    assert not [number for number in numbers if number]


def test_at_most_three_headlines_a_session(meeting: Meeting, pages: Pages) -> None:
    for session in ("opening", "back"):
        for number in range(5):
            starred = pages(session, "note", f"{session} {number}", question="q1/a")
            pages(session, "star", target=starred)
    document = page(meeting, pages)
    assert told(document) == {
        "headlines": [*(f"opening {n}" for n in range(3)), *(f"back {n}" for n in range(3))],
        "left-out": ["4 headlines: Session 1 (2) and Session 2 (2)"],
    }


def test_a_starred_action_keeps_its_owner_and_what_was_withdrawn_is_left(meeting: Meeting, pages: Pages) -> None:
    action = pages("opening", "action", "send it", question="q1/a", owner="north", due="soon")
    gone = pages("opening", "recommendation", "never", question="q1/a")
    for each in (action, gone):
        pages("opening", "star", target=each)
    pages("opening", "status", target=gone, status="withdrawn")
    (part,) = page(meeting, pages).parts
    assert [(block.text, block.note) for block in part.blocks] == [("send it", "North; soon")]


def test_nothing_to_show(meeting: Meeting, pages: Pages) -> None:
    assert told(page(meeting, pages)) == {"summary": ["Nothing has been starred, agreed, assigned or left open yet."]}


def test_sections_take_turns_and_what_found_no_room_is_counted(meeting: Meeting, pages: Pages) -> None:
    for number in range(200):
        pages("opening", "action", f"action {number}", question="q1/a")
        pages("back", "divergence", f"point {number}", question="q1")
    document = page(meeting, pages)
    shown = told(document)
    assert abs(len(shown["actions"]) - len(shown["open"])) <= 1
    assert len(shown["actions"]) > 8
    assert shown["left-out"] == [
        f"{200 - len(shown['actions'])} actions: Session 1 ({200 - len(shown['actions'])})",
        f"{200 - len(shown['open'])} points without consensus: Session 2 ({200 - len(shown['open'])})",
    ]


def test_a_text_that_is_too_long_is_counted_never_cut(meeting: Meeting, pages: Pages) -> None:
    pages("opening", "action", "word " * 2000, question="q1/a")
    pages("opening", "action", "short", question="q1/a")
    assert told(page(meeting, pages)) == {"actions": ["short"], "left-out": ["1 action: Session 1 (1)"]}


WORDS = ("migration", "governance", "of", "regions", "partners", "States", "mechanisms", "secretariat", "data")


def crowded(meeting: Meeting, seed: int, longest: int) -> Pages:
    """A meeting with far more than a page has room for."""
    chance, pages = random.Random(seed), Pages()
    for session in meeting.sessions:
        for _ in range(40):
            kind = chance.choice(["note", "recommendation", "action", "agreement", "divergence", "reservation"])
            fields = {"group": chance.choice(meeting.groups).id} if kind == "recommendation" else {}
            text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, longest)))
            entry = pages(session.id, kind, text, question=chance.choice(session.leaves).address, **fields)
            if kind == "recommendation":
                pages("session-4", "status", target=entry, status=chance.choice(["agreed", "bracketed", "bis"]))
            if chance.random() < 0.2:
                pages(session.id, "star", target=entry)
    return pages


@pytest.mark.parametrize(
    ("seed", "longest", "choices"),
    [
        (1, 40, {"attribution": "full", "rehearsal": True}),
        (2, 8, {"lang": "fr"}),
        (3, 90, {"lang": "es", "attribution": "chatham"}),
        (4, 3, {"attribution": "full", "rehearsal": True, "lang": "fr"}),
    ],
)
def test_it_is_one_side_of_a4(seed: int, longest: int, choices: dict[str, Any]) -> None:
    from pypdf import PdfReader

    grcp8 = agendas.parse(places.built_in("agendas").joinpath("grcp8.toml").read_bytes(), "grcp8.toml")
    document = page(grcp8, crowded(grcp8, seed, longest), **choices)
    assert document.parts[-1].id == "left-out"
    assert sum(len(part.blocks) for part in document.parts) > 6
    pdf = FORMATS["pdf"]
    template = places.built_in("templates") / pdf.template
    drawn = PdfReader(io.BytesIO(pdf.write(document, Kit(template.read_bytes(), str(template)))))
    assert len(drawn.pages) == 1
