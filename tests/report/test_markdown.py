"""Markdown: people's text stays text, the page is tidy, and a template's faults are told with their line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grcp_cli.report import markdown
from grcp_cli.report.kit import Kit, TemplateError
from grcp_cli.report.markdown import cell, line, lines
from grcp_cli.report.wording import clean
from grcp_cli.store import places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]

GOLDEN = Path(__file__).parent / "golden.md"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.fixture
def template() -> str:
    return places.built_in("templates").joinpath("report.md.j2").read_text(encoding="utf-8")


def plain(tokens: Sequence[Token]) -> tuple[str, set[str]]:
    """What a reader sees, and every kind of inline thing there is."""
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    text = "".join(breaks.get(child.type, child.content) for child in inline)
    return text, {child.type for child in inline}


HARD = [
    "R&D <b>",
    "*bold* _it_ ~~gone~~ `code` ``",
    "# heading",
    "- item",
    "+ item",
    "1. one",
    "1) one",
    "(a) one",
    "a. one",
    "===",
    "---",
    "- - -",
    "> quote",
    "[a](http://b) ![i](j) [^1] [x]: y",
    "<http://evil.example>",
    "a | b",
    "| --- |",
    "&copy; &#35; &",
    "\\",
    "\\*",
    "```",
    "~~~",
    "::: warning",
    "% title",
    "$x$ H~2~O x^2^ @cite {#id}",
    "    code",
    "<!-- gone -->",
    "<script>alert(1)</script>",
    "— – … “”",
    "العربية 中文 🙂",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_survive_as_text(text: str) -> None:
    for page, begin in ((f"3\\. {line(text)}", "3. "), (f"- {line(text)}", ""), (f"(a) {line(text)}", "(a) ")):
        told, kinds = plain(MARKDOWN.parse(page))
        assert told == begin + " ".join(text.split())
        assert kinds <= {"text", "text_special"}
    tokens = MARKDOWN.parse(f"| a |\n| --- |\n| {cell(text)} |\n")
    assert plain(tokens)[0] == "a" + " ".join(text.split())


@given(st.text(st.sampled_from("*_#-+.()[]<>&;|\\`~=:!1a \n")))
@example("a\n===")
@example("a\n- b")
@example("a\n    b")
@example("1.\n2.")
def test_no_text_becomes_more_than_text(text: str) -> None:
    text = clean(text)
    told, kinds = plain(MARKDOWN.parse(f"1\\. {lines(text)}\n\n- {lines(text, 2)}\n\n## {line(text)}\n"))
    rows = [" ".join(each.split()) for each in text.split("\n")]
    shown = "\n".join(each for each in rows if each)
    assert told == "1. " * bool(shown) + "1." * (not shown) + shown + shown + " ".join(text.split())
    assert kinds <= {"text", "text_special", "hardbreak"}
    blocks = {token.type for token in MARKDOWN.parse(f"1\\. {lines(text)}")}
    assert blocks == {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize("text", ["see https://a.example/x", "www.a.example", "WWW.a.example"])
def test_addresses_are_not_linked(text: str) -> None:
    assert line(text) == text.replace("://", "\\://").replace("www.", "www\\.").replace("WWW.", "WWW\\.")


def test_the_page_as_it_is_circulated(make: Make, full: Any, template: str) -> None:
    """The whole page; after a wanted change write it anew with `GOLDEN.write_bytes(page)`."""
    page = markdown.write(make(full, notes=True), Kit(template.encode()))
    assert page.decode() == GOLDEN.read_text(encoding="utf-8")


def test_the_page_is_tidy(make: Make, full: Any, template: str) -> None:
    page = markdown.write(make(full, notes=True), Kit(template.encode())).decode()
    assert "\n\n\n" not in page
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert not [each for each in page.split("\n") if each != each.rstrip()]
    tokens = MARKDOWN.parse(page)
    assert sum(token.type == "table_open" for token in tokens) == 10
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    assert all(child.type != "html_inline" for token in tokens for child in token.children or [])


def test_same_document_same_bytes(make: Make, full: Any, template: str) -> None:
    assert markdown.write(make(full), Kit(template.encode())) == markdown.write(make(full), Kit(template.encode()))


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("one\n{% if %}", "in line 2: Expected an expression"),
        ("one\n\n{{ document.nothing }}", "in line 3: .*has no attribute 'nothing'"),
        ("{{ document.parts | tumble }}", "in line 1: No filter named 'tumble'"),
        ("{{ document.__class__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "in line 1: division by zero"),
        ("{% include 'other' %}", "in line 1"),
    ],
)
def test_faults_of_a_template_are_told(make: Make, pages: Any, template: str, told: Any) -> None:
    with pytest.raises(TemplateError, match=told) as caught:
        markdown.write(make(pages), Kit(template.encode()))
    assert caught.value.exit_code == 3


def test_what_people_wrote_is_no_template(make: Make, pages: Any, template: str) -> None:
    pages("opening", "note", "{{ 7 * 7 }} {% raw %}", question="q1/a")
    assert r"\{\{ 7 \* 7 \}\} \{% raw %\}" in markdown.write(make(pages), Kit(template.encode())).decode()
