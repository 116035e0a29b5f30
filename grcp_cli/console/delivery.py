"""What is shown of an export: a bar a format while it is made, then the files with their sizes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import RenderableType

WORDS = 8_500
"""How long such a report may be, in words: the United Nations' limit for documents of the Secretariat."""


class Delivered(NamedTuple):
    """A file written, with its size in bytes, and how many pages it has where that is known."""

    path: Path
    size: int
    pages: int = 0


class Step(Protocol):
    """Is told of a format that it is begun, or done."""

    def __call__(self, name: str, *, done: bool) -> None:
        """Takes the name of the format."""


def _unseen(name: str, *, done: bool) -> None:
    del name, done


@contextlib.contextmanager
def bars(names: Sequence[str], *, drawn: bool) -> Iterator[Step]:
    """Shows on stderr which formats are being made; what it gives is told each that is begun, and done."""
    if not drawn:
        yield _unseen
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {name: progress.add_task(name, start=False, total=1) for name in names}

        def step(name: str, *, done: bool) -> None:
            if done:
                progress.update(tasks[name], total=1, completed=1)
            else:
                progress.start_task(tasks[name])
                progress.update(tasks[name], total=None)

        yield step


def table(files: Sequence[Delivered], length: str) -> RenderableType:
    """The files for a terminal, and how long the report is."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, expand=False)
    shown.add_column("file", overflow="fold", style="bold")
    shown.add_column("size", justify="right", no_wrap=True)
    shown.add_column("pages", justify="right", no_wrap=True)
    for each in files:
        pages = str(each.pages) if each.pages else ""
        shown.add_row(Text(drawn_line(str(each.path))), Text(size(each.size)), Text(pages))
    return Group(shown, Text(drawn_line(length)))


def length(words: int, pages: int, status: str, as_of: str) -> str:
    """How long a report is and how it stands: `412 of 8,500 words, 9 pages, draft as of 11:32, 5 April 2019`.

    Args:
        words: 0 where the number says nothing.
        pages: 0 where that is not known.
        status: `draft`, `final` or `adopted`, empty where that says nothing.
        as_of: The instant of the latest entry, empty for none.
    """
    told = [_words(words)] if words else []
    if pages:
        told.append(f"{pages} page{'' if pages == 1 else 's'}")
    told.append(f"{status} as of {as_of}" if as_of else status)
    return ", ".join(filter(None, told))


def _words(count: int) -> str:
    if count > WORDS:
        return f"{count:,} words, {count - WORDS:,} more than the usual {WORDS:,}"
    return f"{count:,} of {WORDS:,} words"


def size(count: int) -> str:
    """A number of bytes for a person: `840 B`, `48 kB`, `2.1 MB`."""
    if count < 1_000:  # noqa: PLR2004 - as disks are sold
        return f"{count} B"
    return f"{count / 1_000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"  # noqa: PLR2004
