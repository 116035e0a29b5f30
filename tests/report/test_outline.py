"""The whole small report as plain lines, as it is on each level of attribution and in each language.

After a wanted change write it anew with `(GOLDENS / f"{name}.txt").write_text(told)`, and read what that changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grcp_cli.report.document import Chart, Heading, Item, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grcp_cli.report.document import Block, Document

    Make = Callable[..., Document]

GOLDENS = Path(__file__).parent / "outlines"
CHOICES: dict[str, dict[str, Any]] = {
    "none": {"notes": True},
    "chatham": {"attribution": "chatham", "notes": True},
    "group": {"attribution": "group", "notes": True},
    "full": {"attribution": "full", "notes": True},
    "final": {"status": "final", "version": "1.0", "heads": (("opening.toml", "9f2c41d07a3b"),)},
    "fr": {"lang": "fr", "notes": True, "rehearsal": True},
    "es": {"lang": "es", "status": "adopted", "adopted": "2024-05-06", "by": "la Mesa", "revision": 1},
}


def outline(document: Document) -> str:
    """A document in lines, with all that a reader of some format may see."""
    return "\n".join([*_front(document), *_parts(document), *document.colophon, ""])


def _front(document: Document) -> Iterator[str]:
    yield f"{document.title} / {document.subtitle} [{document.stamp}]"
    yield from (f"{field.name} = {field.text}" for field in document.masthead)


def _parts(document: Document) -> Iterator[str]:
    for part in document.parts:
        yield f"\n== {part.number}. {part.title} ({part.id})"
        for block in part.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'-' * block.level} {block.text}"
    elif isinstance(block, Item):
        whose = f"{block.speaker}: " if block.speaker else ""
        yield f"    {block.label or block.mark or '-'} {whose}{block.text}{f' ({block.note})' if block.note else ''}"
    elif isinstance(block, Table):
        yield f"  | {block.caption}: {' | '.join(block.head)}"
        yield from (f"  | {' | '.join(row.cells)}" for row in block.rows)
    elif isinstance(block, Chart):
        yield f"  # {block.title}: {' | '.join(block.series)}"
        yield from (f"  # {bar.label}: {' | '.join(bar.words)}" for bar in block.bars)
    else:
        yield f"{block.number}. {block.text}" if block.number else f"   {block.text}"


@pytest.mark.parametrize("name", CHOICES)
def test_the_whole_report(make: Make, full: Any, name: str) -> None:
    told = outline(make(full, **CHOICES[name]))
    assert told == (GOLDENS / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_no_outline_of_nothing() -> None:
    assert {path.stem for path in GOLDENS.glob("*.txt")} == set(CHOICES)
