"""What is shown of an export: bars while it is made, then the files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from grcp_cli.console import delivery
from grcp_cli.console.delivery import Delivered


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (48_400, "48 kB"), (2_140_000, "2.1 MB")]
)
def test_sizes_are_told_for_people(count: int, told: str) -> None:
    assert delivery.size(count) == told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((412, 9, "draft", "11:32, 5 April 2019"), "412 of 8,500 words, 9 pages, draft as of 11:32, 5 April 2019"),
        ((8_500, 1, "final", ""), "8,500 of 8,500 words, 1 page, final"),
        ((9_000, 0, "adopted", ""), "9,000 words, 500 more than the usual 8,500, adopted"),
        ((0, 3, "", ""), "3 pages"),
    ],
)
def test_the_length_is_watched(told: tuple[int, int, str, str], said: str) -> None:
    assert delivery.length(*told) == said


def test_the_files_stand_in_a_table() -> None:
    files = [Delivered(Path("report", "grcp-8.pdf"), 106_853, 6), Delivered(Path("report", "a\x1b[31m.md"), 840)]
    console = Console(file=io.StringIO(), width=60)
    console.print(delivery.table(files, "412 of 8,500 words"))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert [line.split() for line in shown.replace("\\", "/").splitlines()] == [
        ["file", "size", "pages"],
        ["report/grcp-8.pdf", "107", "kB", "6"],
        ["report/a␛[31m.md", "840", "B"],
        ["412", "of", "8,500", "words"],
    ]


def test_bars_are_drawn_on_stderr_and_leave_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for drawn in (False, True):
        with delivery.bars(["docx", "pdf"], drawn=drawn) as step:
            step("docx", done=False)
            step("docx", done=True)
    assert capsys.readouterr().out == ""
