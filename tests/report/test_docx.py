"""Word: what stands in it and how it is numbered, people's text stays text, and nothing tells who made it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml.ns import qn
from word import bookmarks, opened, parts, printed, said, text_of

from grcp_cli.report import docx
from grcp_cli.report.document import Bar, Chart, Document, Field, Heading, Item, Paragraph, Part, Row, Table
from grcp_cli.report.docx_tags import bookmark
from grcp_cli.report.kit import Kit
from grcp_cli.report.language import ENGLISH
from grcp_cli.report.terms import terms
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Document]


@pytest.fixture
def kit() -> Kit:
    return Kit(places.built_in("templates").joinpath("report.docx").read_bytes(), "templates/report.docx")


def document(*blocks: Any, title: str = "A meeting", **told: Any) -> Document:
    """A report of one chapter."""
    part = Part("one", "session", "I", told.pop("chapter", "One"), blocks)
    told = {"masthead": (), "status": "draft", "attribution": "none", "as_of": "", **told}
    return Document("m", title, told.pop("subtitle", ""), rehearsal=False, parts=(part,), terms=terms(ENGLISH), **told)


UUID = "01912f6e-7c8b-7def-8123-456789abcdef"

HARD = [
    "R&D <b>",
    "{{ 7*7 }} {% raw %} {# x #}",
    "{_{ 7*7 }_} {_% raw %_}",
    "{{r document }}{%p if %}{%tr endfor %}{%- x -%}",
    "</w:t></w:r></w:p>",
    "<w:t>&amp;&lt;&#x41;]]>",
    "a\\tb \\n \\a",
    "\ufffd\ufdd0\U0001fffe",
    "'\"“”‘’",
    "العربية 中文 🙂 Ελλάδα и русский",
]
FIELDS = {
    "title": lambda text: document(title=text),
    "subtitle": lambda text: document(subtitle=text),
    "masthead": lambda text: document(masthead=(Field(text, text),)),
    "chapter": lambda text: document(chapter=text),
    "heading": lambda text: document(Heading(3, text, "h"), Heading(4, text, "i"), Heading(5, text, "j")),
    "paragraph": lambda text: document(Paragraph(1, text, (), UUID), Paragraph(None, text), Paragraph(7, text)),
    "item": lambda text: document(
        *(Item(text, speaker=text, note=text, id=UUID, **more) for more in ({}, {"label": text}, {"mark": text})),
    ),
    "table": lambda text: document(Table((text, text), (Row((text, text), (), UUID),), text, (1,), "t")),
    "colophon": lambda text: document(colophon=(text, text)),
}


# What stands in it.


def test_all_that_should_be_there_is_and_nothing_else(make: Make, full: Any, kit: Kit) -> None:
    report = make(full, notes=True)
    assert printed(opened(docx.write(report, kit))) == said(report)


@pytest.mark.parametrize("level", ["none", "chatham", "group", "full"])
def test_every_entry_is_under_its_hidden_bookmark(make: Make, full: Any, kit: Kit, level: str) -> None:
    report = make(full, attribution=level, notes=True)
    data = docx.write(report, kit)
    found = bookmarks(opened(data))
    for entry_id in report.entries:
        assert full.record.statement(entry_id) is None or found[bookmark(entry_id)]
    bare = {re.sub(r"_\d+$", "", name[3:]) for name in found if name.startswith("_e_")}
    assert bare == {bookmark(entry_id)[3:] for entry_id in report.entries}
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in found)
    assert b"secret" not in parts(data)["word/document.xml"]
    assert b"mistake" not in parts(data)["word/document.xml"]


def test_an_entry_that_stands_twice_has_two_bookmarks(kit: Kit) -> None:
    report = document(*(Item(text, id=UUID) for text in ("once", "twice")), Paragraph(None, "other", (), "a.b"))
    found = bookmarks(opened(docx.write(report, kit)))
    assert found.pop("_Toc000000001") == "I. One"
    name = "_e_01912f6e7c8b7def8123456789abcdef"
    assert found == {name: "once", f"{name}_2": "twice", bookmark("a.b"): "other"}
    assert len(bookmark("a.b")) == 35


def test_headings_show_in_the_navigation_pane(make: Make, full: Any, kit: Kit) -> None:
    report = make(full)
    word = opened(docx.write(report, kit))
    told = [(each.style.name, each.text) for each in word.paragraphs if each.style.name.startswith("Heading")]
    expected = []
    for part in report.parts:
        expected.append(("Heading 1", f"{part.number}. {part.title}"))
        expected += [(f"Heading {each.level - 1}", each.text) for each in part.blocks if isinstance(each, Heading)]
    assert told == expected
    assert [each.text for each in word.paragraphs if each.style.name == "Title"] == [report.title]


def test_only_the_labels_of_recommendations_are_bold(make: Make, full: Any, kit: Kit) -> None:
    word = opened(docx.write(make(full), kit))
    bold = {each.name for each in word.styles if getattr(each, "font", None) is not None and each.font.bold}
    assert bold == {"Report Label"}
    runs = [run for each in word.paragraphs for run in each.runs if run.style.name == "Report Label"]
    assert {"North 1.", "Common 1."} <= {run.text for run in runs}
    assert not any(run.bold for each in word.paragraphs for run in each.runs)
    assert any("[drain]" in each.text for each in word.paragraphs)


def test_tables_repeat_their_head_and_keep_their_rows_whole(make: Make, full: Any, kit: Kit) -> None:
    report = make(full, attribution="full")
    word = opened(docx.write(report, kit))
    tables = [block for part in report.parts for block in part.blocks if isinstance(block, Table)]
    assert len(word.tables) == len(tables) > 4
    for drawn, table in zip(word.tables, tables, strict=True):
        rows = drawn._tbl.tr_lst
        assert [len(row.tc_lst) for row in rows] == [len(table.head)] * (len(table.rows) + 1)
        heads = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
        assert heads == [True] + [False] * len(table.rows)
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        widths = [int(each.get(qn("w:w"))) for each in drawn._tbl.tblGrid]
        assert sum(widths) == 11906 - 2 * 1304
        right = {at for at, cell in enumerate(drawn.rows[1].cells) if "Figure" in cell.paragraphs[0].style.name}
        assert right == set(table.numeric)


def test_a_chart_is_left_to_its_table(kit: Kit) -> None:
    chart = Chart("c", "Time", ("used",), (Bar("Session", (1.0,), ("1 min",)),))
    report = document(chart, Paragraph(1, "after"))
    assert printed(opened(docx.write(report, kit))) == said(report)


def test_every_page_has_the_stamp_and_its_number(make: Make, full: Any, kit: Kit) -> None:
    report = make(full, rehearsal=True)._replace(terms={"page": "Seite {number} von {total}"}, stamp="A & B")
    word = opened(docx.write(report, kit))
    section = word.sections[-1]
    assert not section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "A & B"
    foot = section.footer._element
    assert [each.get(qn("w:instr")).strip() for each in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert text_of(foot.find(qn("w:p"))).endswith("\tSeite 1 von 1")
    plain = opened(docx.write(report._replace(stamp=""), kit))
    assert plain.sections[-1].header.paragraphs[0].text == ""


def test_the_contents_are_links_with_paragraph_numbers(make: Make, full: Any, kit: Kit) -> None:
    report = make(full)
    word = opened(docx.write(report, kit))
    links = list(word.element.body.iter(qn("w:hyperlink")))
    found = bookmarks(word)
    headings = [f"{part.number}. {part.title}" for part in report.parts]
    assert [found[each.get(qn("w:anchor"))] for each in links] == headings
    marks = [each.get(qn("w:fldCharType")) for each in word.element.body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    settings = parts(docx.write(report, kit))["word/settings.xml"]
    assert b"updateFields" not in settings
    brief = opened(docx.write(report._replace(sort="brief"), kit))
    assert not list(brief.element.body.iter(qn("w:hyperlink"), qn("w:fldChar")))


def test_the_first_annex_and_each_sheet_begin_a_page(make: Make, full: Any, kit: Kit) -> None:
    def begun(report: Document) -> list[str]:
        word = opened(docx.write(report, kit))
        return [each.text for each in word.paragraphs if each.paragraph_format.page_break_before]

    report = make(full)
    assert begun(report) == ["Annex I. Agenda as held"]
    assert len(begun(report._replace(sort="form"))) == len(report.parts) - 1


# Numbers.


def test_numbers_are_words_own(make: Make, full: Any, kit: Kit) -> None:
    report = make(full)
    word = opened(docx.write(report, kit))
    numbered = [each for each in word.paragraphs if each.style.name in ("Report Paragraph", "Report Lead-in")]
    blocks = [block for part in report.parts for block in part.blocks]
    assert len(numbered) == sum(isinstance(each, Paragraph) and bool(each.number) for each in blocks)
    assert not [each for each in word.paragraphs if each.style.name.endswith("Typed")]


def marks(*marks: str) -> list[Item]:
    return [Item(f"item {mark}", mark) for mark in marks]


LETTERS = [f"({chr(ord('a') + at)})" for at in range(26)]


@pytest.mark.parametrize(
    ("blocks", "typed"),
    [
        ([Paragraph(1, "p"), *marks("(a)", "(b)"), Paragraph(2, "q:"), *marks("(a)")], 0),
        ([Paragraph(1, "p"), *marks("(i)", "(ii)", "(iii)"), Paragraph(2, "q"), *marks("(a)")], 0),
        ([Paragraph(1, "p"), *marks("(a)", "(i)", "(ii)", "(b)", "(i)"), Paragraph(2, "q"), *marks("(i)")], 0),
        ([Paragraph(1, "p"), *marks(*LETTERS, "(aa)"), Paragraph(2, "q"), *marks("(a)")], 0),
        ([Paragraph(1, "p"), *marks(*LETTERS, "(aa)", "(ab)", "(ac)"), Paragraph(2, "q"), *marks("(a)")], 2),
        ([Paragraph(14, "p"), *marks("(a)"), Paragraph(15, "q")], 3),
        ([Paragraph(1, "p"), Paragraph(3, "q"), *marks("(a)", "(c)"), Paragraph(2, "r")], 2),
        ([Paragraph(1, "p"), *marks("(a)"), Paragraph(None, "remark"), *marks("(a)", "(b)")], 1),
        ([Paragraph(1, "p"), *marks("(i)", "(a)", "Question 1:", "")], 2),
        ([*marks("(a)", "(i)"), Paragraph(1, "p")], 2),
    ],
)
def test_a_number_that_word_would_not_give_is_typed(kit: Kit, blocks: list[Any], typed: int) -> None:
    report = document(*blocks)
    word = opened(docx.write(report, kit))
    assert printed(word) == said(report)
    assert len([each for each in word.paragraphs if each.style.name.endswith("Typed")]) == typed


# What people wrote.


@pytest.mark.parametrize("text", HARD)
@pytest.mark.parametrize("field", FIELDS)
def test_hard_texts_survive_as_text(kit: Kit, field: str, text: str) -> None:
    report = FIELDS[field](text)._replace(stamp=text, running=text)
    word = opened(docx.write(report, kit))
    assert printed(word) == said(report)
    assert word.sections[-1].header.paragraphs[0].text == text
    assert word.sections[-1].footer.paragraphs[0].text.startswith(text)
    assert word.core_properties.title == report.title


def test_breaks_stay_where_people_made_them(kit: Kit) -> None:
    report = document(Paragraph(1, "one\ntwo & three\nfour"), Item("a\nb", label="L 1", note="c\nd"), chapter="x\ny")
    assert printed(opened(docx.write(report, kit))) == said(report)


def test_what_xml_cannot_hold_is_shown_as_missing(kit: Kit) -> None:
    word = opened(docx.write(document(Paragraph(1, "a\ud800b\x00c\uffffd"), title="t\x1b"), kit))
    assert printed(word)[-1] == "1. a\ufffdb\ufffdc\ufffdd"
    assert word.core_properties.title == "t\ufffd"


def test_long_texts_and_many(kit: Kit) -> None:
    long = "long words " * 400
    blocks = [Paragraph(1, long.strip()), Item(long.strip(), "(a)", id=UUID), Table(("h",), (Row((long.strip(),)),))]
    many = [Item("recommended", label=f"Africa {at}", id=f"r{at}", note="agreed") for at in range(2000)]
    report = document(*blocks, *many, title="t" * 1000)
    begun = time.perf_counter()
    data = docx.write(report, kit)
    assert time.perf_counter() - begun < 20
    word = opened(data)
    assert printed(word) == said(report)
    assert len(bookmarks(word)) == 2002
    assert word.core_properties.title == "t" * 255


# Languages and directions.

ARABIC = "أكد المشاركون أهمية IOM في عام 2019."


def test_a_text_from_right_to_left_turns_its_paragraph(kit: Kit) -> None:
    blocks = [
        Paragraph(1, ARABIC),
        Item(ARABIC, label="Arab States 1"),
        Item("English", label="عمان 1"),
        Paragraph(2, f"English, then {ARABIC}"),
        Table(("Name", "Text"), (Row(("Name", ARABIC)),)),
    ]
    word = opened(docx.write(document(*blocks, title=ARABIC, masthead=(Field("Place", "عمان"),)), kit))
    turned = {each.getparent().getparent() for each in word.element.body.iter(qn("w:bidi"))}
    assert all(each.getparent().tag == qn("w:pPr") for each in word.element.body.iter(qn("w:bidi")))
    texts = [text_of(each) for each in word.element.body.iter(qn("w:p")) if each in turned]
    assert texts == [ARABIC, ARABIC, f"Arab States 1. {ARABIC}", ARABIC]


def runs(word: Any, text: str) -> list[tuple[str, bool, dict[str, str]]]:
    """The runs of the paragraph that says just that: words, whether from the right, languages."""
    paragraph = next(each for each in word.element.body.iter(qn("w:p")) if text_of(each) == text)
    told = []
    for run in paragraph.iter(qn("w:r")):
        rpr = run.find(qn("w:rPr"))
        lang = None if rpr is None else rpr.find(qn("w:lang"))
        spoken = {} if lang is None else {key.rpartition("}")[2]: value for key, value in lang.items()}
        told.append((run.text, rpr is not None and rpr.find(qn("w:rtl")) is not None, spoken))
    return told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            ARABIC,
            [
                ("أكد المشاركون أهمية ", True, {"bidi": "ar-SA"}),
                ("IOM", False, {}),
                (" في عام 2019.", True, {"bidi": "ar-SA"}),
            ],
        ),
        (
            "In Oman (عمان، مسقط), on",
            [("In Oman (", False, {}), ("عمان، مسقط", True, {"bidi": "ar-SA"}), ("), on", False, {})],
        ),
        ("שלום", [("שלום", True, {"bidi": "he-IL"})]),
        ("Да, «нет» yes", [("Да, «нет", False, {"val": "ru-RU"}), ("» yes", False, {})]),
        ("与会者 agreed", [("与会者", False, {"eastAsia": "zh-CN"}), (" agreed", False, {})]),
        ("日本のプロセス", [("日本のプロセス", False, {"eastAsia": "ja-JP"})]),
        ("Zoé · ½ – 🙂", [("Zoé · ½ – 🙂", False, {})]),
    ],
)
def test_runs_of_another_script_tell_their_language(kit: Kit, text: str, told: Any) -> None:
    word = opened(docx.write(document(Paragraph(1, text)), kit))
    assert runs(word, text) == told


@pytest.mark.parametrize(("language", "told"), [("en", "en-GB"), ("fr", "fr-FR"), ("es", "es-ES"), ("pt", "pt")])
def test_the_language_of_the_report_is_told(kit: Kit, language: str, told: str) -> None:
    word = opened(docx.write(document(Paragraph(1, "p"), language=language), kit))
    (spoken,) = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert spoken.get(qn("w:val")) == told
    assert word.core_properties.language == language


# Who made it, and when.


def test_nothing_tells_who_made_it(make: Make, full: Any, kit: Kit) -> None:
    report = make(full)
    data = docx.write(report, kit)
    core = opened(data).core_properties
    told = (core.author, core.last_modified_by, core.comments, core.keywords, core.category, core.subject)
    assert set(told) == {""}
    assert (core.title, core.content_status) == (report.title, "draft")
    assert core.created == core.modified == datetime.fromisoformat(report.as_of).astimezone(UTC).replace(microsecond=0)
    assert "docProps/app.xml" not in parts(data)
    undated = opened(docx.write(report._replace(as_of=""), kit)).core_properties
    assert undated.created is None is undated.modified


def test_same_document_same_bytes_on_another_day(
    make: Make, full: Any, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = docx.write(make(full), kit)
    now = time.time() + 1e7
    monkeypatch.setattr("time.time", lambda: now)
    assert docx.write(make(full), kit) == first
