"""The document: order, numbering, wording, and nothing that must not leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report import as_json, wording
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Heading, Item, Paragraph, Table
from grcp_cli.report.formats import FORMATS
from grcp_cli.report.kit import Kit
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.pen import Choices
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document, Part

    Make = Callable[..., Document]

LEVELS = ("none", "chatham", "group", "full")


def part(document: Document, part_id: str) -> Part:
    return next(each for each in document.parts if each.id == part_id)


def items(document: Document, part_id: str) -> list[Item]:
    return [block for block in part(document, part_id).blocks if isinstance(block, Item)]


def everything(document: Document) -> str:
    return as_json.write(document, Kit()).decode()


def formats(document: Document) -> Iterator[str]:
    """The formats that are plain text; the others are read back by their own tests."""
    for found in (FORMATS["md"], FORMATS["json"]):
        template = places.built_in("templates") / found.template
        yield found.write(document, Kit(template.read_bytes() if found.template else b"")).decode()


def test_the_order_of_a_report(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    assert [each.id for each in document.parts] == [
        *("summary", "organization", "opening", "tables", "back", "recommendations", "way-forward"),
        *("annex-agenda", "annex-participants", "annex-speaking-time", "annex-unanswered", "annex-notes"),
    ]
    assert [each.number for each in document.parts][:3] == ["I", "II", "III"]
    assert document.parts[-1].number == "Annex V"
    headings = [block.text for block in part(document, "opening").blocks if isinstance(block, Heading)]
    assert [each for each in headings if not each.startswith(("Question", "Notes", "Other"))] == [
        *("Discussion", "The session in general", "Effective practices, lessons and achievements"),
        *("Agreement and divergence", "The session in general", "Recommendations"),
    ]


@pytest.mark.parametrize("choices", [{}, {"notes": True}, {"attribution": "chatham"}, {"status": "final"}])
def test_paragraphs_are_numbered_in_one_sequence(make: Make, full: Any, choices: dict[str, Any]) -> None:
    document = make(full, **choices)
    blocks = [block for part in document.parts for block in part.blocks]
    numbers = [block.number for block in blocks if isinstance(block, Paragraph) and block.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 15


def test_notes_do_not_move_the_numbers(make: Make, full: Any) -> None:
    plain, noted = make(full), make(full, notes=True)
    assert noted.parts[: len(plain.parts)] == plain.parts


@pytest.mark.parametrize("level", LEVELS)
def test_everything_that_stands_is_in_every_format(make: Make, full: Any, level: str) -> None:
    standing = [
        "rivers cross borders",
        "joint gauges",
        "meet yearly",
        "who pays",
        "send the list",
        "map the wells",
        "start early",
        "Water was shared.",
        "dig",
        "drain",
        "dredge",
        "joint survey",
        "dig and dredge",
    ]
    document = make(full, notes=True, attribution=level)
    for text in formats(document):
        assert [each for each in standing if each not in text] == []
    assert "R&D <b>costs</b>" in everything(document)
    told = set(document.entries)
    record = full.record
    for session in ("opening", "tables", "back"):
        stated = [*record.statements(session), *record.paragraphs(session)]
        assert {each.entry.id for each in stated if not each.struck and not each.internal} <= told
        assert {common.id for common in record.clusters(session)} <= told


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("status", ["draft", "final"])
def test_what_was_struck_undone_or_internal_never_leaves(make: Make, full: Any, level: str, status: str) -> None:
    document = make(full, notes=True, attribution=level, status=status)
    gone = [each.id for each in full.files["opening", "", ""] if "secret" in each.text or "mistake" in each.text]
    assert len(gone) == 3
    for text in formats(document):
        assert "secret" not in text
        assert "mistake" not in text
        assert not [each for each in gone if f'"{each}"' in text]


def test_raw_notes_leave_only_with_notes(make: Make, full: Any) -> None:
    assert "rivers cross borders" not in everything(make(full))
    assert "R&D" in everything(make(full))
    final = everything(make(full, status="final"))
    assert "R&D" not in final
    assert "Notes, not yet drafted" not in final
    assert "R&D" in everything(make(full, status="final", notes=True))


def names_in(document: Document, *, participants: bool) -> list[str]:
    """Names of participants in all that a document holds, its list of participants and the owners apart."""
    data = json.loads(everything(document))
    data["parts"] = [each for each in data["parts"] if each["id"] != "annex-participants" or participants]
    for each in data["parts"]:
        if each["id"] == "way-forward":
            each["blocks"] = [block for block in each["blocks"] if block["type"] != "table"]
    text = json.dumps(data, ensure_ascii=False)
    return [name for name in ("Blue Process", "Green Dialogue", "Zoé", '"blue"', '"green"', '"zoe"') if name in text]


def test_no_speaker_is_named_unless_all_are(make: Make, full: Any) -> None:
    for level in ("none", "chatham", "group"):
        assert names_in(make(full, notes=True, attribution=level), participants=False) == []
    assert names_in(make(full, notes=True, attribution="full"), participants=False) != []


def test_chatham_names_nobody_at_all(make: Make, full: Any) -> None:
    document = make(full, notes=True, attribution="chatham")
    assert names_in(document, participants=True) == []
    assert not {"annex-participants", "annex-speaking-time"} & {each.id for each in document.parts}
    table = next(block for block in part(document, "way-forward").blocks if isinstance(block, Table))
    assert table.rows[0].cells[2] == "–"


def test_group_level_names_groups(make: Make, full: Any) -> None:
    notes = items(make(full, notes=True, attribution="group"), "annex-notes")
    assert [(each.speaker, each.text) for each in notes] == [
        ("North", "rivers cross borders"),
        ("South", "R&D <b>costs</b>"),
    ]


def test_speaking_time(make: Make, full: Any) -> None:
    def rows(level: str) -> list[tuple[str, ...]]:
        blocks = part(make(full, attribution=level), "annex-speaking-time").blocks
        return [row.cells for row in [block for block in blocks if isinstance(block, Table)][-1].rows]

    assert rows("none") == [("North", "1", "1 min", "50%"), ("South", "1", "1 min", "50%")]
    assert [row[0] for row in rows("full")] == ["Blue Process", "Green Dialogue"]


def test_recommendations_with_label_status_and_who_decided(make: Make, full: Any) -> None:
    listed = items(make(full), "recommendations")
    assert [(each.label, each.text, each.note) for each in listed] == [
        ("North 1", "dig", "agreed, Session 2; part of Common 1"),
        ("North 2", "[drain]", "in brackets, Session 2"),
        ("South 1", "dredge", "part of Common 1"),
        ("Session 1.1", "map the wells", "supported by one group and most participants"),
        ("Common 1", "dig and dredge", "North, South; from North 1, South 1"),
    ]
    tables = [block for block in part(make(full), "recommendations").blocks if isinstance(block, Table)]
    counts, matrix, every = tables
    assert (counts.head, [row.cells for row in counts.rows]) == (
        ("Group", "Proposed", "Agreed", "In brackets", "All"),
        [("North", "0", "1", "1", "2"), ("South", "1", "0", "0", "1"), ("of no group", "1", "0", "0", "1")],
    )
    assert (matrix.head, matrix.rows[0].cells) == (("", "North", "South"), ("Common 1", "North 1", "South 1"))
    assert every.head == ("Group", "Recommendation", "Partners", "Status", "Support", "Common recommendation")
    assert [row.cells for row in every.rows] == [
        ("North", "North 1: dig", "–", "agreed, Session 2", "–", "Common 1"),
        ("North", "North 2: [drain]", "–", "in brackets, Session 2", "–", "–"),
        ("South", "South 1: dredge", "–", "–", "–", "Common 1"),
        ("of no group", "Session 1.1: map the wells", "–", "–", "supported by one group and most participants", "–"),
    ]


def test_what_was_decided_on_has_a_heading_where_nothing_was_recommended(make: Make, pages: Any) -> None:
    there = pages("opening", "recommendation", "dig", question="q1/a")
    pages("back", "status", target=there, status="agreed", session="back")
    told = [block.text for block in part(make(pages), "back").blocks if isinstance(block, Heading | Paragraph)]
    decided = "Recommendations decided on in this session — agreed: Session 1.1."
    assert told[-2:] == ["Recommendations", decided]


def test_reported_back_by_label(make: Make, full: Any) -> None:
    told = [block.text for block in part(make(full), "back").blocks if isinstance(block, Paragraph)]
    assert told[:4] == [
        "Reported back from Tables: North 1, North 2 and South 1.",
        "Recommendations found to work across groups: Common 1.",
        "The following recommendation was found to work across groups:",
        "Recommendations decided on in this session — agreed: North 1; in brackets: North 2.",
    ]


def test_summary_is_drawn_from_what_was_captured(make: Make, full: Any) -> None:
    told = [block.text for block in part(make(full), "summary").blocks]
    assert told == [
        "4 recommendations were made: 2 proposed, 1 agreed and 1 in brackets.",
        "The following recommendation was agreed:",
        "dig",
        "The following recommendation was found to work across groups:",
        "dig and dredge",
        "The following agreement was recorded:",
        "meet yearly",
        (
            "The report further contains "
            "1 lesson learnt, 1 effective practice, 1 partnership, 1 action and 1 divergence of views."
        ),
        "All 6 guiding questions were answered.",
    ]


def test_other_is_reported_with_its_kind(make: Make, full: Any) -> None:
    blocks = part(make(full), "opening").blocks
    position = next(i for i, block in enumerate(blocks) if getattr(block, "text", "") == "Other")
    assert blocks[position + 1].text == "Recorded under q9, which is no longer in the agenda:"
    assert (blocks[position + 2].text, blocks[position + 2].note) == ("start early", "lesson learnt")


def test_a_session_no_longer_in_the_agenda_is_reported_whole(make: Make, full: Any) -> None:
    full("gone", "lesson", "go slowly", question="q1")
    full("gone", "note", "and carefully", question="q1")
    document = make(full)
    assert document.parts[5].id == "gone"
    assert [each.text for each in items(document, "gone")] == ["and carefully", "go slowly"]


def test_values_put_in_by_hand_stop_nothing(make: Make, pages: Any) -> None:
    note = pages("opening", "note", "one", question="q1/a")
    pages("opening", "amend", target=note, new_kind="hologram", tags=7, sources="x")
    pages("opening", "status", target=note, status="adored")
    pages("opening", "cluster", "two", targets=7, support=7)
    pages("opening", "action", "three", question="q1/a", due=[1], owner=7)
    pages("opening", "paragraph", "four", question=5, order="x", sources=[7])
    told = everything(make(pages, notes=True))
    assert [text for text in ("one", "two", "three", "four") if text not in told] == []
    assert "adored" not in told


def test_a_break_has_no_chapter(meeting: Meeting, pages: Any) -> None:
    coffee = meeting.sessions[0]._replace(id="coffee", kind="break", number=None, questions=(), objectives=())
    broken = meeting._replace(sessions=(*meeting.sessions, coffee))
    document = compose(proceed(broken, pages.record), Choices("none"))
    assert "coffee" not in [each.id for each in document.parts]
    assert len(part(document, "annex-agenda").blocks[0].rows) == 4


def test_every_block_tells_what_it_comes_from(make: Make, full: Any) -> None:
    record = full.record
    for each in make(full, notes=True).parts:
        for block in each.blocks:
            if isinstance(block, Item) and block.kind:
                assert block.sources
            rows = block.rows if isinstance(block, Table) else ()
            for source in [*getattr(block, "sources", ()), *(source for row in rows for source in row.sources)]:
                assert record.entry(source) is not None


def test_a_report_of_the_agenda_alone(make: Make, pages: Any) -> None:
    document = make(pages)
    told = everything(document)
    assert "Nothing has been recorded yet; this is the meeting as planned." in told
    assert "The meeting is to be held in Tunis on 1 March 2024" in told
    assert "Question 1b:" in told
    assert document.as_of == ""
    for text in formats(document):
        assert "Small Meeting" in text


def test_an_extract_says_so(make: Make, full: Any) -> None:
    document = make(full, "opening")
    assert ("Extract", "Session 1") in document.masthead
    assert "dredge" not in everything(document)


def test_a_rehearsal_is_stamped(make: Make, full: Any) -> None:
    document = make(full, rehearsal=True)
    assert document.title == "Rehearsal: Small Meeting"
    assert document.masthead[0].name == "Rehearsal"
    assert document.rehearsal


def test_control_characters_and_embedded_directions_do_not_reach_paper(make: Make, pages: Any) -> None:
    pages("opening", "note", "a\x1b[31mb\x00\u202ec\u2066d\r\n\n  e\tf ", question="q1/a")
    (note,) = items(make(pages), "opening")[1:]
    assert note.text == "a[31mbcd\ne f"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (wording.letter(0), "(a)"),
        (wording.letter(25), "(z)"),
        (wording.letter(26), "(aa)"),
        (wording.roman(14), "XIV"),
        (wording.bracketed("text"), "[text]"),
        (wording.bracketed("[text]"), "[text]"),
        (wording.bracketed("[one] or [two]"), "[[one] or [two]]"),
        (ENGLISH.listed([]), ""),
        (ENGLISH.listed(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_wording(said: str, told: Any) -> None:
    assert said == told
