"""PDF: everything is in it as text and in order, tagged; what people wrote stays text; faults and letters are told."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from programs import needs
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from grcp_cli.report import glyphs, pdf, pdf_data
from grcp_cli.report.document import Bar, Chart, Document, Field, Heading, Item, Paragraph, Part, Row, Table
from grcp_cli.report.kit import Kit, TemplateError
from grcp_cli.report.wording import clean
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BytesIO
    from pathlib import Path

    Make = Callable[..., Document]

TEMPLATE = places.built_in("templates") / "report.typ"


def kit(document: Document) -> Kit:
    return Kit(TEMPLATE.read_bytes(), "templates/report.typ", places.fonts(glyphs.wished(document)))


def without(document: Document) -> Kit:
    """Only the fonts that come with Typst."""
    return kit(document)._replace(fonts=())


def read(data: bytes) -> PdfReader:
    return PdfReader(_file(data))


def _file(data: bytes) -> BytesIO:
    from io import BytesIO

    return BytesIO(data)


def text_of(data: bytes) -> str:
    """What a reader finds, without the pages' heads and feet; spaces are where a line or a cell ends."""
    pages = [page.extract_text() for page in read(data).pages]
    return " ".join("\n".join(pages).split())


def packed(text: str) -> str:
    return "".join(text.split())


def report(*blocks: Any, **fields: Any) -> Document:
    parts = (Part("one", "session", "I", "The only chapter", blocks),)
    told = {"title": "Small Meeting", "subtitle": "", "masthead": (Field("Status", "Draft"),), "parts": parts}
    told |= {"status": "draft", "attribution": "none", "rehearsal": False, "as_of": "2024-03-01T10:00:00.000+01:00"}
    return Document(meeting="small", **{**told, **fields})


def drawn(*blocks: Any, **fields: Any) -> bytes:
    document = report(*blocks, **fields)
    return pdf.write(document, kit(document))


def everywhere(text: str) -> Document:
    """A document in which a text stands in every place that people may have filled."""
    table = Table((text, "Figures"), (Row((text, "1")),), text, (1,), "t")
    return report(
        Heading(3, text, "h"),
        Paragraph(1, text),
        Item(text, mark="(a)", speaker=text, note=text),
        Item(text, label=text),
        Item(text),
        Paragraph(None, text),
        table,
        title=text,
        subtitle=text,
        masthead=(Field(text, text),),
        stamp=text,
        running=text,
        colophon=(text,),
    )


PLACES = 17
"""How often it stands there."""


# What stands in it.


def test_every_entry_is_in_it_and_in_order(make: Make, full: Any) -> None:
    document = make(full, notes=True, attribution="full")
    data = pdf.write(document, kit(document))
    found = packed(text_of(data))
    position = 0
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Chart):
                continue
            texts = [block.text] if not isinstance(block, Table) else [cell for row in block.rows for cell in row.cells]
            number = f"{block.number}." if isinstance(block, Paragraph) and block.number else ""
            for text in texts:
                begin = found.find(packed(number + text), position)
                assert begin >= 0, text
                position = begin
    assert "secret" not in found
    assert "mistake" not in found


def test_same_document_same_bytes(make: Make, full: Any) -> None:
    document = make(full)
    one = pdf.write(document, kit(document))
    pdf._latest.clear()
    assert pdf.write(document, kit(document)) == one
    created = (read(one).metadata or {})["/CreationDate"]
    assert created.startswith("D:20240301")


def test_nothing_recorded_has_no_date_of_today() -> None:
    assert (read(drawn(as_of="")).metadata or {})["/CreationDate"].startswith("D:1970")


def test_stamp_and_running_head_are_on_every_page() -> None:
    data = drawn(*[Paragraph(n, "word " * 200) for n in range(1, 15)], stamp="REHEARSAL", running="SM/1")
    pages = [page.extract_text() for page in read(data).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "REHEARSAL" in page
        assert "SM/1" in page
        assert f"Page {number} of {len(pages)}" in page


def test_words_of_its_own_are_the_documents() -> None:
    terms = {"page": "{number}/{total}", "contents": "Sommaire", "colon": "\u00a0:"}
    data = drawn(Paragraph(1, "mot " * 3000), Item("oui", speaker="Zoé"), language="fr", terms=terms)
    found = text_of(data)
    assert "Sommaire" in found
    assert f"1/{len(read(data).pages)}" in found
    assert "Zoé : oui" in found.replace("\u00a0", " ")


def test_contents_only_where_it_is_long_and_a_report() -> None:
    long = [Paragraph(1, "word " * 3000)]
    assert "Contents" in text_of(drawn(*long))
    assert "Contents" not in text_of(drawn(*long, sort="brief"))
    assert "Contents" not in text_of(drawn(Paragraph(1, "short")))


def test_table_heads_are_repeated_and_figures_stand_at_the_end() -> None:
    rows = tuple(Row((f"row {n}", str(n))) for n in range(120))
    pages = [page.extract_text() for page in read(drawn(Table(("What", "How many"), rows, "All", (1,), "t"))).pages]
    assert len(pages) > 2
    assert all("How many" in page for page in pages)


def test_a_small_table_stays_whole() -> None:
    rows = tuple(Row((f"cell {n}",)) for n in range(8))
    for lines in range(30, 50, 4):
        data = drawn(Paragraph(1, "\n".join("line" for _ in range(lines))), Table(("Small",), rows, "", (), "t"))
        holders = [page for page in (each.extract_text() for each in read(data).pages) if "cell" in page]
        assert len(holders) == 1


def test_a_wide_table_becomes_several_with_its_first_column() -> None:
    groups = [f"Group {n}" for n in range(1, 14)]
    rows = tuple(Row((f"Common {n}", *(f"{n}-{each}" for each in range(1, 14)))) for n in range(1, 4))
    data = drawn(Table(("", *groups), rows, "Who shares what", (13,), "matrix"))
    found = text_of(data)
    assert [each["/S"] for each in tags(data)].count("/Table") == 3
    assert found.count("Common 2") == 3
    assert all(f"2-{each}" in found for each in range(1, 14))
    assert found.count("Who shares what") == 1


def test_columns_are_as_wide_as_they_need() -> None:
    rows = (Row(("(a)", "word " * 40, "Blue Process", "5 May 2024")), Row(("(b)", "short", "–", "–")))
    assert [each is None for each in pdf_data._widths(Table(("", "Action", "Owner", "Due"), rows))] == [
        True,
        False,
        True,
        True,
    ]
    sheet = Table(("No.", "Recommendation", "UN"), (Row(("1", "\u00a0\n\u00a0", "")),))
    assert [each is None for each in pdf_data._widths(sheet)] == [True, False, True]
    figures = Table(("Who", "Interventions"), (Row(("A", "1")),), numeric=(1,))
    assert [each is None for each in pdf_data._widths(figures)] == [False, True]


def test_each_sheet_of_a_form_has_a_page() -> None:
    sheet = Table(("No.", "Recommendation"), (Row(("1", "\u00a0\n\u00a0")),), id="t")
    parts = tuple(Part(name, "session", number, name, (sheet,)) for name, number in (("North", "I"), ("South", "II")))
    assert len(read(drawn(parts=parts, sort="form")).pages) == 2


def test_charts_are_drawn_and_told() -> None:
    chart = Chart("c", "Time by group", ("used",), (Bar("North", (3.0,), ("3 min",)), Bar("South", (1.0,), ("1 min",))))
    figures = [each for each in tags(drawn(chart)) if "/Alt" in each]
    assert [each["/Alt"] for each in figures] == ["Time by group"]


# What machines read: tags, outline, language.


def tags(data: bytes) -> list[DictionaryObject]:
    """All elements of the structure, in reading order."""
    return list(_under(read(data).trailer["/Root"]["/StructTreeRoot"]))


def _under(node: Any) -> Iterator[DictionaryObject]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            yield from _under(element)


def test_is_tagged_for_pdf_ua(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    reader = read(pdf.write(document, kit(document)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode().replace(" ", "")
    assert (reader.metadata or {})["/Title"] == document.title
    assert not {"/Author", "/Subject", "/Keywords"} & set(reader.metadata or {})
    kinds = [each["/S"] for each in tags(pdf.write(document, kit(document)))]
    for kind in ("/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH", "/TD"):
        assert kind in kinds, kind


def test_headings_are_bookmarks() -> None:
    blocks = (Heading(3, "Discussion", "d"), Heading(4, "Question 1", "q"), Heading(3, "Later", "l"))
    outline = read(drawn(*blocks)).outline
    titles = [each if isinstance(each, list) else each.title for each in outline]
    assert titles[0] == "I. The only chapter"
    assert [each.title for each in titles[1] if not isinstance(each, list)] == ["Discussion", "Later"]


def test_levels_that_are_left_out_are_no_fault() -> None:
    found = text_of(drawn(Heading(5, "Deep", "d"), Heading(3, "High", "h"), Heading(5, "Deep again", "a")))
    assert "Deep again" in found


def test_texts_carry_their_language_and_direction() -> None:
    languages = {each.get("/Lang") for each in tags(drawn(Paragraph(1, ARABIC), Paragraph(2, "Привет, мир")))}
    assert {"ar", "ru"} <= languages


# What people wrote.

ARABIC = "أوصت المجموعة بتعزيز التعاون (GRCP 8) مع تخصيص 12 شهرا"
FRENCH = "L’« accès » à l’œuvre : déjà-vu, çà et là — 1\u202f234 €"
CHINESE = "与会者强调了区域磋商机制之间合作的重要性。"

HARD = [
    "R&D <b>",
    '#eval("1 / 0")',
    '#import "@preview/cetz:0.2.2"',
    '#read("/etc/passwd")',
    "#panic() #let x = 1",
    "$ x^2 $ @label <label> *bold* _it_ `raw` ```",
    "= heading",
    "- item",
    "+ item",
    "/ term: text",
    "// gone",
    "/* gone */",
    "\\ \\u{41} \\#",
    '"); panic("',
    "]) #panic()",
    "{{ 7 * 7 }} {% raw %}",
    '{"type": "x"}',
    "https://a.example/x?y=z",
    "=1+1",
    "~ --- ... '",
    "ffi fl “quotes” „so“",
    FRENCH,
    "Ελληνικά и кириллица: Ұлттық",
    "Tiếng Việt, Yorùbá ẹ, Hausa ɗ",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_stay_text_everywhere(text: str) -> None:
    document = everywhere(text)
    found = packed(text_of(pdf.write(document, kit(document))))
    assert found.count(packed(text)) >= PLACES
    assert pdf.notices(document, kit(document)) == []


def test_arabic_can_be_found_and_is_set_from_right_to_left() -> None:
    document = everywhere(ARABIC)
    data = pdf.write(document, kit(document))
    found = text_of(data)
    for word in ("أوصت", "المجموعة", "التعاون", "تخصيص", "GRCP 8", "12"):
        assert word in found
    assert pdf.notices(document, kit(document)) == []
    right = read(drawn(Paragraph(1, "توصيات GRCP"))).pages[0]
    places_of: list[float] = []
    right.extract_text(visitor_text=lambda text, *at: places_of.append(at[0][4]) if "GRCP" in text else None)
    assert places_of
    assert min(places_of) > 300  # points: a short line stands at the right edge


@pytest.mark.parametrize("text", ["word " * 800, "x" * 4000, "ab/" * 1300, "\n".join(["line"] * 200), "汉" * 4000])
def test_long_texts_are_whole(text: str) -> None:
    text = clean(text)
    document = everywhere(text)._replace(title="Small Meeting", stamp="", running="SM/1")
    shown = glyphs.spelled(text, "汉")
    found = packed(text_of(pdf.write(document, without(document))).replace("SM/1", " "))
    if len(set(text)) == 1:  # the feet of pages stand between
        assert found.count(text[0]) >= 4000 * 10 or found.count("U+6C49") >= 4000 * 10
    else:
        assert packed(shown)[:60] in found


def test_long_words_stay_on_the_page() -> None:
    page = read(drawn(Paragraph(1, "x" * 400), Table(("a", "b"), (Row(("y" * 200, "z")),), "", (), "t"))).pages[0]
    lines = [line for line in page.extract_text().split("\n") if set(line.strip()) <= set("xyz1. ")]
    assert len(lines) > 6


def test_breaks_that_people_typed_are_kept() -> None:
    lines = read(drawn(Paragraph(1, "first\nsecond"), Item("third\nfourth", mark="(a)"))).pages[0].extract_text()
    assert "second" in [line.strip() for line in lines.split("\n")]
    assert "fourth" in [line.strip() for line in lines.split("\n")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
@example("\ud800")
@example("\uffff\ufffe\U0010ffff")
@example("e\u20dd\u0301\u0301")
@example("👩‍👩‍👧 🇨🇭 ⚠\ufe0f ❤ 1\ufe0f\u20e3")
@example("\u200d\u200f\u2028\u00ad\ufeff")
@example("ก็่ क्षि ﷺ")
@example('"\\"')
def test_no_text_stops_it(text: str) -> None:
    text = clean(text)
    document = report(Paragraph(1, text), Item(text, label=text, note=text), Heading(3, text or "-", "h"))
    for own in (kit(document), without(document)):
        pdf.write(document, own)
        pdf.notices(document, own)


# Letters that no font has.


def test_a_letter_that_no_font_has_is_told_and_printed_as_its_code() -> None:
    document = report(Paragraph(1, f"They said {CHINESE}"), Paragraph(2, "An emoji 🙂 here"), Item("ไทย and 🙂 again"))
    found = text_of(pdf.write(document, without(document)))
    assert "[U+4E0E U+4F1A U+8005" in found
    assert "An emoji [U+1F642] here" in found
    emoji, east, thai = sorted(pdf.notices(document, without(document)))
    assert "Chinese or Japanese characters in “They said 与会者" in east
    assert "pip install noto-cjk-sans-otc" in east
    assert "1 emoji character in 2 texts, first in “An emoji 🙂 here”" in emoji
    assert "printed as codes like [U+1F642]" in emoji
    assert "pip install fontpkg-noto-sans-thai" in thai


def test_a_sign_over_a_usual_letter_leaves_the_letter() -> None:
    found = text_of(pdf.write(document := report(Paragraph(1, "here e\u20dd there")), without(document)))
    assert "here e[U+20DD] there" in found


def test_emoji_that_are_joined_are_one_code() -> None:
    assert glyphs.spelled("a 👩\u200d👧\ufe0f b", "👩👧") == "a [U+1F469 U+1F467] b"
    assert glyphs.spelled("a\U000e0041b", "\U000e0041") == "ab"
    assert glyphs.spelled("a]^-\\", "^") == "a][U+005E]-\\"


def test_fonts_are_wished_for_by_what_is_written() -> None:
    assert glyphs.wished(report(Paragraph(1, FRENCH + "Ελληνικά Привет עברית"))) == ()
    (arabic,) = glyphs.wished(report(Paragraph(1, ARABIC)))
    assert arabic == ("fontpkg_amiri", "fontpkg_noto_sans_arabic")
    (korean,) = glyphs.wished(report(stamp="한국어"))
    assert "C:/Windows/Fonts/malgun.ttf" in korean
    names = [each.name for each in glyphs.SCRIPTS]
    assert len(set(names)) == len(names)
    assert all(first <= last for each in glyphs.SCRIPTS for first, last in each.ranges)


@needs(places.fonts([glyphs._EAST]), "a font with Chinese letters (fonts-noto-cjk)")
def test_chinese_where_there_is_a_font() -> None:
    document = everywhere(CHINESE)
    assert packed(text_of(pdf.write(document, kit(document)))).count(CHINESE) >= PLACES
    assert pdf.notices(document, kit(document)) == []


def test_one_font_file_will_do_as_well_as_a_folder(tmp_path: Path) -> None:
    document = report(Paragraph(1, ARABIC))
    (folder,) = places.fonts(glyphs.wished(document))
    from pathlib import Path

    file = next(Path(folder).rglob("*Regular.ttf"))
    one = pdf.write(document, kit(document)._replace(fonts=(str(file),)))
    assert "المجموعة" in text_of(one)
    shutil.copy(file, tmp_path)
    assert pdf.write(document, kit(document)._replace(fonts=(str(tmp_path),))) == one


# Templates.

OK = "#set document(title: [T])\n= x\n"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("#let x = y", "in line 1: unknown variable: y"),
        (OK + "#json(bytes(sys.inputs.document)).nothing", 'in line 3: dictionary does not contain key "nothing"'),
        (OK + "#(", "in line 3: unclosed delimiter"),
        (OK + "#let f(x) = x.a\n\n#f(1)", "in line 3: cannot access fields on type integer"),
        ("\n\n#panic[no]", "in line 3: panicked with"),
        ("= x", "missing document title"),
        (OK + '#text(font: "Libertinus Serif", fallback: false)[汉]', "in line 3: .*汉"),
        ('#read("/etc/passwd")', "in line 1: file not found"),
        ('#read("../../../../etc/passwd")', "in line 1: path .* would escape the project root"),
        ('#image("logo.png")', "in line 1: file not found"),
        ('#plugin("x.wasm")', "in line 1: file not found"),
        ('\n#import "@preview/cetz:0.2.2"', "in line 2: the word “import” may not stand"),
        ("#{ 1 -import x }", "the word “import”"),
        ('#include "x.typ"', "the word “include”"),
        ('#eval("1")', "the word “eval”"),
        ('#dictionary(std).at("ev" + "al")("1")', "the word “std”"),
        ("/*\n// */ #import x", "in line 2: the word “import”"),
        ('#raw("\n// "); #import x', "in line 2: the word “import”"),
        ("`\n// ` #import x", "in line 2: the word “import”"),
        ("// a\u2028#import x", "in line 2: the word “import”"),
        ("#let f(x) = f(x)\n#f(1)", "maximum function call depth exceeded"),
    ],
)
def test_faults_of_a_template_are_told(template: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told) as caught:
        pdf.write(report(), Kit(template.encode(), "templates/report.typ"))
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith("templates/report.typ cannot be used")
    assert "searched" not in str(caught.value)
    assert "--root" not in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("before", "fault"),
    [
        ("// How a report looks", "#nonesuch"),
        ("#set document(", "#report.nonesuch"),
        ("#let items(it)", "#report.nonesuch"),
        ("  let bodies = it.items", "  it.nonesuch"),
        ("  say(it.text)\n  if it.note", "  it.nonesuch"),
        ("", "#report.nonesuch"),
    ],
)
def test_a_fault_of_a_long_template_is_told_with_its_own_line(make: Make, full: Any, before: str, fault: str) -> None:
    built_in = TEMPLATE.read_text(encoding="utf-8")
    at = built_in.index(before) if before else len(built_in)
    faulty = f"{built_in[:at]}{fault}\n{built_in[at:]}"
    line = faulty[:at].count("\n") + 1
    with pytest.raises(TemplateError, match=rf"in line {line}: .*nonesuch"):
        pdf.write(make(full), Kit(faulty.encode(), "templates/report.typ"))


def test_a_template_may_speak_of_what_it_may_not_do() -> None:
    assert pdf.write(report(), Kit(f"{OK}  // We import nothing, and include nothing.\n".encode()))


def test_a_template_sees_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for path in ("secret.txt", "/secret.txt", str(tmp_path / "secret.txt")):
        with pytest.raises(TemplateError, match="file not found"):
            pdf.write(report(), Kit(f'{OK}#read("{path}")'.replace("\\", "/").encode()))


def test_a_template_that_is_not_utf_8() -> None:
    with pytest.raises(TemplateError, match="is not UTF-8"):
        pdf.write(report(), Kit(b"\xe9", "mine.typ"))


def test_the_built_in_template_stands_alone() -> None:
    assert not [line for line in TEMPLATE.read_text(encoding="utf-8").splitlines() if len(line) > 120]


def test_no_place_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(pdf.PlaceError, match="no place for temporary files: No such file") as caught:
        pdf.write(report(), kit(report()))
    assert caught.value.exit_code == 6


# How it looks.


@needs(shutil.which("pdftoppm"), "pdftoppm (poppler-utils)")
def test_pages_can_be_drawn_and_are_not_empty(make: Make, full: Any, tmp_path: Path) -> None:
    document = make(full, notes=True)
    (tmp_path / "report.pdf").write_bytes(pdf.write(document, kit(document)))
    command = ["pdftoppm", "-r", "40", "-gray", "report.pdf", "page"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    pages = sorted(tmp_path.glob("page*.pgm"))
    assert len(pages) == len(read((tmp_path / "report.pdf").read_bytes()).pages)
    for page in pages:
        grey = page.read_bytes().split(b"255\n", 1)[1]
        dark = sum(each < 128 for each in grey)
        assert 0.001 < dark / len(grey) < 0.2


def test_two_thousand_recommendations(make: Make, pages: Any) -> None:
    for number in range(2000):
        pages("tables.north", "recommendation", f"recommendation {number}", question="q1", group="north")
    document = make(pages)
    found = text_of(pdf.write(document, kit(document)))
    assert "recommendation 1999" in found
