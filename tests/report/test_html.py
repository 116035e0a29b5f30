"""The page: well built for eye and ear, complete, needs nothing, and what people wrote stays text."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hard import HARD, hard_agenda, hard_record
from lxml import html as parser

from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report import html
from grcp_cli.report.charts import captioned
from grcp_cli.report.compose import compose
from grcp_cli.report.document import Chart, Field, Heading, Item, Paragraph, Part, Row, Table
from grcp_cli.report.kit import Kit, TemplateError
from grcp_cli.report.pen import Choices
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable

    from grcp_cli.report.document import Block, Document

    Make = Callable[..., Document]

KIT = Kit(places.built_in("templates").joinpath("report.html.j2").read_bytes(), "templates/report.html.j2")


def page(document: Document) -> Any:
    return parser.document_fromstring(html.write(document, KIT).decode())


def told(element: Any) -> str:
    """What a reader sees of an element, a line each break."""
    element = deepcopy(element)
    for each in element.iter("br"):
        each.tail = "\n" + (each.tail or "")
    return str(element.text_content())


def with_blocks(document: Document, *blocks: Block) -> Document:
    """The document with one part, of these blocks."""
    return document._replace(parts=(Part("one", "session", "I", "One", blocks),))


def test_landmarks(make: Make, full: Any) -> None:
    found = page(make(full))
    assert [each.tag for each in found.body] == ["a", "header", "nav", "main", "footer"]
    skip, _, contents, main, _ = found.body
    assert skip.get("href") == "#report"
    assert main.get("id") == "report"
    assert found.get_element_by_id(contents.get("aria-labelledby")).text_content() == "Contents"
    assert found.get("lang") == "en"
    assert found.get("dir") == "ltr"
    assert found.findtext(".//title") == "Small Meeting · DRAFT"


def test_headings_leave_no_level_out(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    levels = [int(each.tag[1]) for each in page(document).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    deep = page(with_blocks(document, Heading(5, "deep", "deep"), Heading(4, "less", "less")))
    assert [each.tag for each in deep.xpath("//main//h2|//main//h3|//main//h4|//main//h5")] == ["h2", "h3", "h4"]


def test_anchors(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    found = page(document)
    ids = found.xpath("//@id")
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    assert all(each and not re.search(r"\s", each) for each in ids)
    numbers = [block.number for part in document.parts for block in part.blocks if isinstance(block, Paragraph)]
    assert [each for each in ids if re.fullmatch(r"p\d+", each)] == [f"p{number}" for number in numbers if number]
    assert {each[1:] for each in found.xpath("//a/@href")} <= set(ids)
    assert [each.get("href")[1:] for each in found.xpath("//nav//a")] == [part.id for part in document.parts]


def test_every_entry_has_its_place_and_none_else(make: Make, full: Any) -> None:
    document = make(full, notes=True)
    found = page(document)
    assert set(document.entries) <= set(found.xpath("//@id"))
    assert {each for each in found.xpath("//@id") if re.search(r"\.\d+$", each)} == set(document.entries)
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Item | Paragraph) and block.id:
                assert " ".join(block.text.split()) in " ".join(
                    found.get_element_by_id(block.id).text_content().split()
                )
    assert not re.search("secret|mistake", parser.tostring(found, encoding="unicode"))


def test_ids_that_clash_are_told_apart(make: Make, pages: Any) -> None:
    document = make(pages)
    blocks = (Item("a", id="p1"), Paragraph(1, "b", id="one"), Heading(3, "c", "contents"), Item("d", id="a b"))
    found = page(with_blocks(document, *blocks))
    assert found.get_element_by_id("p1").get("class") == "paragraph"
    assert found.get_element_by_id("p1-2").text_content() == "a"
    assert found.get_element_by_id("one-2").text_content() == "b"
    assert found.get_element_by_id("contents-2").text_content() == "c"
    assert found.get_element_by_id("a-b").text_content() == "d"


def test_it_needs_nothing_and_runs_nothing(make: Make, full: Any) -> None:
    found = page(make(full))
    assert not found.xpath("//script|//link|//img|//iframe|//object|//embed|//base|//form|//video|//audio")
    assert not found.xpath("//@src|//@srcset|//@style|//@*[starts-with(name(), 'on')]")
    assert all(each.startswith("#") for each in found.xpath("//@href"))
    style = found.findtext(".//style")
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("العملية (2019)", "ar", "rtl"),
        ("各区域协商进程", "zh", None),
        ("Обмен опытом", "ru", None),
        ("Évaluation “à huis clos” – 2019", None, None),
        ("plain", None, None),
    ],
)
def test_language_and_direction_of_every_text(
    make: Make, pages: Any, text: str, language: str | None, direction: str | None
) -> None:
    blocks = (
        Heading(3, text, "heading"),
        Paragraph(1, text, id="paragraph"),
        Paragraph(None, text, id="remark"),
        Item(text, label="A 1", speaker=text, note="agreed", id="item"),
        Table((text,), (Row((text,)),), id="t"),
    )
    document = with_blocks(make(pages), *blocks)._replace(title=text, subtitle=text, masthead=(Field("Body", text),))
    found = page(document)
    holders = [*found.xpath("//h1|//p[@class='subtitle']|//dd|//h3|//main//p|//th|//main//bdi|//main//span")]
    said = [each for each in holders if each.text_content().removesuffix(":") == text]
    assert len(said) == 10
    assert {(each.get("lang"), each.get("dir")) for each in said} == {(language, direction)}
    assert found.get_element_by_id("item").get("dir") == direction
    assert found.get_element_by_id("p1").get("dir") == direction


def test_page_in_another_language(make: Make, full: Any) -> None:
    assert page(make(full)._replace(language="fr")).get("lang") == "fr"


def test_stamp_stands_at_the_top_and_on_every_page(make: Make, full: Any) -> None:
    found = page(make(full))
    assert found.xpath("//header/p[@class='stamp']/text()") == ["DRAFT"]
    printed = found.findtext(".//style").split("@media print", 1)[1]
    assert re.search(r"\.stamp \{ position: fixed;", printed)
    final = page(make(full)._replace(stamp=""))
    assert not final.xpath("//*[@class='stamp']")
    assert final.findtext(".//title") == "Small Meeting"


def test_tables(make: Make, full: Any) -> None:
    document = make(full, attribution="full")
    tables = [block for part in document.parts for block in captioned(part.blocks) if isinstance(block, Table)]
    drawn = page(document).xpath("//table")
    assert len(drawn) == len(tables)
    for table, found in zip(tables, drawn, strict=True):
        assert (found.findtext("caption") or "") == table.caption
        assert [told(each) for each in found.xpath("./thead/tr/*")] == list(table.head)
        assert all(each.get("scope") == "col" for each in found.xpath("./thead/tr/th"))
        rows = found.xpath("./tbody/tr")
        assert [[told(each) for each in row] for row in rows] == [list(row.cells) for row in table.rows]
        assert all(row[0].get("scope") == "row" for row in rows)
        for row in found.xpath(".//tr"):
            figures = {at for at, cell in enumerate(row) if cell.get("class") == "figure"}
            assert figures == set(table.numeric) - {0}
    assert all(each.get("aria-label") for each in page(document).xpath("//div[@class='scroll']"))


def test_charts_stand_before_their_table(make: Make, full: Any) -> None:
    document = make(full)
    chart = Chart("time", "Time & use", ("n",), ())
    found = page(with_blocks(document, chart, Table(("a",), (Row(("b",)),), id="t")))
    (figure,) = found.xpath("//figure")
    assert figure.findtext("figcaption") == "Time & use"
    assert figure.xpath("./*[local-name()='svg']/@role") == ["img"]
    assert figure.getnext().xpath("./table")
    drawn = [block.title for part in document.parts for block in part.blocks if isinstance(block, Chart)]
    assert drawn
    assert page(document).xpath("//figcaption/text()") == drawn


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_stay_text(pages: Any, agenda_text: str, text: str) -> None:
    hard_record(pages, text)
    meeting = hard_agenda(agenda_text, text)
    document = compose(proceed(meeting, pages.record, ()), Choices("full", notes=True))
    plain = page(compose(proceed(hard_agenda(agenda_text, "x"), pages.record, ()), Choices("full", notes=True)))
    found = page(document)
    tags = {each.tag for each in found.iter() if isinstance(each.tag, str)}
    assert tags - {"br"} <= {each.tag for each in plain.iter() if isinstance(each.tag, str)}
    assert not found.xpath("//@src|//@style|//@*[starts-with(name(), 'on')]")
    assert all(each.startswith("#") for each in found.xpath("//@href"))
    assert found.findtext(".//style").count("{") == plain.findtext(".//style").count("{")
    (drafted,) = [
        block for part in document.parts for block in part.blocks if isinstance(block, Paragraph) and block.id
    ]
    assert told(found.get_element_by_id(drafted.id)) == drafted.text
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Item) and block.id:
                assert block.text in told(found.get_element_by_id(block.id))


def test_breaks_that_people_made_are_kept(make: Make, pages: Any) -> None:
    found = page(with_blocks(make(pages), Paragraph(1, "a\nb", id="x")))
    assert [each.tag for each in found.get_element_by_id("x")] == ["br"]


def test_texts_in_the_style_are_strings_of_css(make: Make, pages: Any) -> None:
    style = page(make(pages)._replace(running='"; } </style> \\ é\n')).findtext(".//style")
    assert r'"\22 \3b  \7d  \3c \2f style\3e  \5c  é\a "' in style
    assert '"Page " counter(page) " of " counter(pages)' in style


def test_contents_tell_the_paragraphs_of_each_chapter(make: Make, full: Any) -> None:
    first, second, *_, last = page(make(full)).xpath("//nav//li")
    assert re.fullmatch(r"I\. Summary¶ 1–\d+", first.text_content())
    assert re.fullmatch(r"II\. Organization of the meeting¶ \d+–\d+", second.text_content())
    assert "¶" not in last.text_content()


@pytest.mark.parametrize("sort", ["brief", "form"])
def test_short_documents_have_no_contents(make: Make, full: Any, sort: str) -> None:
    found = page(make(full)._replace(sort=sort))
    assert not found.xpath("//nav")
    assert {each[1:] for each in found.xpath("//a/@href")} <= set(found.xpath("//@id"))
    assert len(found.xpath("//section[contains(@class, 'sheet')]")) == (sort == "form") * len(found.xpath("//section"))


def test_nothing_recorded(make: Make, pages: Any) -> None:
    found = page(make(pages))
    assert found.xpath("//h2")
    empty = page(make(pages)._replace(parts=(), masthead=(), colophon=(), subtitle="", stamp=""))
    assert [each.tag for each in empty.body] == ["a", "header", "main", "footer"]


def test_two_thousand_recommendations(make: Make, pages: Any) -> None:
    for number in range(2000):
        pages("tables.north", "recommendation", f"recommendation {number}", question="q1", group="north")
    document = make(pages)
    found = page(document)
    assert set(document.entries) <= set(found.xpath("//@id"))
    assert len(document.entries) == 2000


def test_same_document_same_bytes(make: Make, full: Any) -> None:
    assert html.write(make(full), KIT) == html.write(make(full), KIT)
    crlf = Kit(KIT.template.replace(b"\n", b"\r\n"), KIT.name)
    assert html.write(make(full), crlf) == html.write(make(full), KIT)


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("one\n{% if %}", "templates/mine.html.j2 cannot be used in line 2: Expected an expression"),
        ("one\n\n{{ document.nothing }}", "in line 3: .*has no attribute 'nothing'"),
        ("{{ terms.nothing }}", "in line 1: .*has no attribute 'nothing'"),
        ("{{ nothing }}", "in line 1: 'nothing' is undefined"),
        ("{{ 'a' | tumble }}", "in line 1: No filter named 'tumble'"),
        ("{{ document.__class__ }}", "unsafe"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "in line 1: division by zero"),
        ("{% include '/etc/passwd' %}", "in line 1"),
        ("{{ document.parts | drawn }}", "in line 1"),
    ],
)
def test_faults_of_a_template_are_told(make: Make, pages: Any, template: str, fault: str) -> None:
    with pytest.raises(TemplateError, match=fault) as caught:
        html.write(make(pages), Kit(template.encode(), "templates/mine.html.j2"))
    assert caught.value.exit_code == 3
    assert caught.value.hint


def test_a_template_escapes_by_itself(make: Make, pages: Any) -> None:
    document = make(pages)._replace(title="<b>")
    assert html.write(document, Kit(b"{{ document.title }}")) == b"&lt;b&gt;"
