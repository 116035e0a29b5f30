"""Word templates of one's own: faults are told with their place, their makers stay unnamed; LibreOffice is asked."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from make_report_docx import made
from programs import needs
from pypdf import PdfReader
from word import bookmarks, changed, opened, parts, printed, said

from grcp_cli.report import docx
from grcp_cli.report.document import Item, Paragraph
from grcp_cli.report.kit import Kit, TemplateError
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]

OFFICE = shutil.which("soffice")
needs_office = needs(OFFICE, "LibreOffice (libreoffice-writer)")


@pytest.fixture
def template() -> bytes:
    return places.built_in("templates").joinpath("report.docx").read_bytes()


def test_the_built_in_template_is_as_its_script_makes_it(template: bytes) -> None:
    assert parts(template) == parts(made()), "python tests/make_report_docx.py makes it anew"


# Faults.


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ document.title }}", "{{ document.titel }}", "in the text at “{{ document.titel }}.*no attribute 'titel'"),
        ("{{ part.number }}. ", "{{ prat.number }}. ", "in the text at “.*{{ prat.number }}.*'prat' is undefined"),
        ("{{ block.text }}", "{{ block.text | tumble }}", "in the text.*No filter named 'tumble'"),
        ("block is lettered", "block is lettred", "in the text.*No test named 'lettred'"),
        ("{%p if document.subtitle %}", "{%p if %}", "in the text.*Expected an expression"),
        ("{%p if document.subtitle %}", "one", "in the text.*unknown tag 'endif'"),
        ("{{ document.title }}", "{{ document.__class__ }}", "unsafe"),
        ("{{ document.title }}", "{{ document._replace(title='x') }}", "unsafe"),
        ("{{ document.title }}", "{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ document.title }}", "{% include '/etc/passwd' %}", "in the text"),
        ("{{ document.title }}", "{{ 1 / 0 }}", "in the text at “{{ 1 / 0 }}.*”: division by zero"),
        ("{{ document.title }}", "{% for x in range(10**9) %}{% endfor %}", "in the text.*Range too big"),
        ("{{ document.title }}", "{{ '&lt;w:p>' | safe }}", "what it makes is no Word document"),
        ("{{r contents_end }}", "", "contents_begin and contents_end go together"),
        ("{{ document.title }}", "{{r document.parts[0] | link | upper | link }}", "in the text"),
    ],
)
def test_a_fault_is_told_with_its_place(make: Make, full: Any, template: bytes, old: str, new: str, told: str) -> None:
    assert old in parts(template)["word/document.xml"].decode()
    broken = changed(template, lambda xml: xml.replace(old, new))
    with pytest.raises(TemplateError, match=told) as caught:
        docx.write(make(full), Kit(broken, "templates/report.docx"))
    assert str(caught.value).startswith("templates/report.docx cannot be used")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(("part", "where"), [("header1", "the header"), ("footer1", "the footer")])
def test_a_fault_in_a_header_or_footer(make: Make, full: Any, template: bytes, part: str, where: str) -> None:
    broken = changed(template, lambda xml: xml.replace("document.", "document.x."), f"word/{part}.xml")
    with pytest.raises(TemplateError, match=f"in {where} at “.*no attribute 'x'"):
        docx.write(make(full), Kit(broken, "t"))


def test_what_is_no_word_document(make: Make, full: Any, template: bytes) -> None:
    no_text = changed(template, lambda _: "<w:document", "word/document.xml")
    plain = changed(template, lambda xml: xml.replace(".main+xml", "+xml"), "[Content_Types].xml")
    for data in (b"", b"text", template[:3000], template[100:], no_text, plain, no_text[:-1]):
        with pytest.raises(TemplateError, match=r"templates/mine\.docx is no Word document") as caught:
            docx.write(make(full), Kit(data, "templates/mine.docx"))
        assert caught.value.exit_code == 3


def test_a_damaged_template_is_told_whatever_is_damaged(make: Make, full: Any, template: bytes) -> None:
    report, chance = make(full), random.Random(4)
    for _ in range(60):
        damaged = bytearray(template)
        damaged[chance.randrange(len(template))] ^= 1 << chance.randrange(8)
        with contextlib.suppress(TemplateError):
            docx.write(report, Kit(bytes(damaged), "t"))


def test_tracked_changes_are_refused(make: Make, full: Any, template: bytes) -> None:
    tracked = changed(template, lambda xml: xml.replace("<w:r>", '<w:ins w:id="1" w:author="Zebedee"><w:r>', 1))
    tracked = changed(tracked, lambda xml: xml.replace("</w:r>", "</w:r></w:ins>", 1))
    with pytest.raises(TemplateError, match="has tracked changes"):
        docx.write(make(full), Kit(tracked, "t"))


# Templates of one's own.


def test_a_template_restyled_and_shortened(make: Make, full: Any, template: bytes) -> None:
    own = changed(template, lambda xml: xml.replace('w:val="1F3864"', 'w:val="AA0000"'), "word/styles.xml")
    own = changed(own, lambda xml: xml.replace("{%p for part in document.parts %}", "{%p for part in [] %}"))
    word = opened(docx.write(make(full), Kit(own, "t")))
    assert str(word.styles["Heading 1"].font.color.rgb) == "AA0000"
    assert not [each for each in word.paragraphs if each.style.name == "Heading 1"]


def test_a_template_that_leaves_a_chapter_out_keeps_the_numbers(make: Make, full: Any, template: bytes) -> None:
    loop = '{%p for part in document.parts if part.role != "summary" %}'
    own = changed(template, lambda xml: xml.replace("{%p for part in document.parts %}", loop))
    report = make(full)
    word = opened(docx.write(report, Kit(own, "t")))
    assert printed(word) == said(report._replace(parts=report.parts[1:]))


def test_nothing_of_those_who_made_the_template_leaves(make: Make, full: Any, template: bytes) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    types = "application/vnd.openxmlformats-officedocument"
    app = f'<Properties xmlns="{office}/extended-properties"><Company>Zebedee Ltd</Company></Properties>'
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="0" w:author="Zebedee"><w:p/></w:comment></w:comments>'
    )
    signed = changed(
        template,
        lambda xml: xml.replace("<w:r>", '<w:commentRangeStart w:id="0"/><w:r>', 1).replace(
            "</w:r>", '</w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', 1
        ),
        **{"word/comments.xml": comments, "docProps/app.xml": app},
    )
    signed = changed(
        signed,
        lambda xml: xml.replace(
            "</Types>",
            f'<Override PartName="/word/comments.xml" ContentType="{types}.wordprocessingml.comments+xml"/>'
            f'<Override PartName="/docProps/app.xml" ContentType="{types}.extended-properties+xml"/></Types>',
        ),
        "[Content_Types].xml",
    )
    link = f'<Relationship Id="rId%s" Type="{office}/relationships/%s" Target="%s"/></Relationships>'
    for name, told in (
        ("word/_rels/document.xml.rels", ("9", "comments", "comments.xml")),
        ("_rels/.rels", ("9", "extended-properties", "docProps/app.xml")),
    ):
        signed = changed(signed, lambda xml, told=told: xml.replace("</Relationships>", link % told), name)
    signed = changed(
        signed, lambda xml: xml.replace("<dc:title>", "<dc:creator>Zebedee</dc:creator><dc:title>"), "docProps/core.xml"
    )
    assert opened(signed).core_properties.author == "Zebedee"
    written = parts(docx.write(make(full), Kit(signed, "t")))
    assert not {"docProps/app.xml", "word/comments.xml"} & set(written)
    assert not [name for name, data in written.items() if b"Zebedee" in data or b"comment" in data]


# Another program is asked.


def office(source: Path, to: str, folder: Path) -> Path:
    assert OFFICE is not None
    profile = (folder / "profile").as_uri()
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{to}"


def shown(data: bytes, folder: Path) -> tuple[str, int]:
    """What LibreOffice prints, in one line, and on how many pages."""
    source = folder / "report.docx"
    source.write_bytes(data)
    pages = PdfReader(office(source, "pdf", folder)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


@needs_office
def test_the_numbers_are_printed_as_the_report_has_them(make: Make, full: Any, template: bytes, tmp_path: Path) -> None:
    report = make(full, notes=True)
    parted = [
        *(Item(f"lettered {at}", f"({chr(ord('a') + at)})") for at in range(3)),
        *(Item(f"counted {mark}", mark) for mark in ("(i)", "(ii)")),
    ]
    last = max(block.number or 0 for part in report.parts for block in part.blocks if isinstance(block, Paragraph))
    more = report.parts[-1]._replace(id="x", blocks=(Paragraph(last + 1, "At the end:"), *parted))
    report = report._replace(parts=(*report.parts, more))
    text, pages = shown(docx.write(report, Kit(template, "t")), tmp_path)
    for part in report.parts:
        assert f"{part.number}. {part.title}" in text
        for block in part.blocks:
            if isinstance(block, Paragraph) and block.number:
                assert f"{block.number}. {block.text}" in text
            if isinstance(block, Item) and block.mark:
                assert f"{block.mark} {block.text}" in text
    assert text.count(report.stamp) >= pages > 2
    assert f"Page {pages} of {pages}" in text
    assert "R&D <b>costs</b>" in text
    assert not re.search(r"\{[{%#]|[}%#]\}", text)


@needs_office
def test_a_template_saved_by_another_program_serves(make: Make, full: Any, template: bytes, tmp_path: Path) -> None:
    source = tmp_path / "in" / "mine.docx"
    source.parent.mkdir()
    source.write_bytes(template)
    saved = office(source, "docx", tmp_path).read_bytes()
    assert saved != template
    report = make(full, notes=True)
    data = docx.write(report, Kit(saved, "mine.docx"))
    assert len(set(parts(data))) == len(parts(data))
    assert set(bookmarks(opened(data))) == set(bookmarks(opened(docx.write(report, Kit(template, "t")))))
    text, _ = shown(data, tmp_path)
    assert "1. 4 recommendations were made" in text
