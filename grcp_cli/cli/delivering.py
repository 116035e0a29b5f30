"""What was drawn is put in place: an issue in a folder of its own for ever, anything else where the last one was."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from grcp_cli.errors import GrcpError

from . import making, options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grcp_cli.console.delivery import Delivered

    from .making import Composed, Drawing


class Order(NamedTuple):
    """A document, the formats that draw it, and what its files are called before their endings."""

    made: Composed
    drawings: list[Drawing]
    stem: str


class FrozenError(GrcpError):
    """A final report that another would replace."""

    exit_code = 5


def issued(order: Order, place: Path, name: str, *, bars: bool) -> list[Delivered]:
    """Keeps what is circulated, with the map of what it says.

    Raises:
        IssuedError: There is an issue of that name.
        DiskError: The system refused; nothing is there.
    """
    from grcp_cli.store import issues

    issues.refuse_issued(place, name)
    files = _files(order, bars=bars)
    files.append((issues.MAP, _map(order.made, files, name)))
    return _delivered(issues.keep(place, name, files), files)


def put(orders: Sequence[Order], place: Path, *, bars: bool) -> list[Delivered]:
    """Puts the files in place, all or none; a final report's with its map, by which a later one is measured.

    Raises:
        FrozenError: A final report stands there, and another would replace it.
        DiskError: The system refused; what was there before is as it was.
    """
    from grcp_cli.store import durable

    files = [each for order in orders for each in _wanted(order, place, bars=bars)]
    paths = [place / each for each, _ in files]
    try:
        durable.replace_all([(path, data) for path, (_, data) in zip(paths, files, strict=True)])
    except durable.DiskError as error:
        raise durable.DiskError(str(error), _elsewhere(error.hint)) from error
    return _delivered(paths, files)


def _wanted(order: Order, place: Path, *, bars: bool) -> list[tuple[str, bytes]]:
    """The files of one document, with the map of a final one.

    Raises:
        FrozenError: A final report stands there, and this would replace it.
    """
    from grcp_cli.report.readiness import FINAL
    from grcp_cli.store import issues

    made, path = order.made, place / order.stem
    name = f"{order.stem}.{issues.MAP}"
    standing = issues.read_map(place / name)
    if standing is not None:
        _refuse_another(made, standing, path)
    files = _files(order, bars=bars)
    if standing is not None:
        _refuse_changed(made, standing, files, path)
    if made.choices.status in FINAL:
        files.append((name, _map(made, files, "", standing)))
    return files


def show(files: Sequence[Delivered], made: Composed, *, drawn: bool) -> None:
    """The files on stdout, how long the report is on stderr; on a terminal both as a table."""
    from grcp_cli.console import delivery
    from grcp_cli.console.clean import drawn_line

    document = made.document
    pages = max(each.pages for each in files)
    words = document.words if document.sort == making.REPORT else 0
    status = document.status if document.sort != making.FORM else ""
    length = delivery.length(words, pages, status, making.when(document.as_of))
    if drawn:
        from rich.console import Console

        Console(highlight=False).print(delivery.table(files, length))
        return
    for each in files:
        typer.echo(drawn_line(str(each.path)))
    options.tell(length)


def _files(order: Order, *, bars: bool) -> list[tuple[str, bytes]]:
    drawn = making.drawn(order.drawings, order.made.document, bars=bars)
    return [(f"{order.stem}.{each.format.ending}", data) for each, data in drawn]


def _map(
    made: Composed, files: Sequence[tuple[str, bytes]], name: str, standing: Mapping[str, Any] | None = None
) -> bytes:
    """The map as bytes; files of the one that stands which are not made anew stay in it."""
    import json

    from grcp_cli.report.issue import map_of

    data = map_of(made.document, made.choices, made.only, files, name)
    new = {each["name"] for each in data["files"]}
    data["files"] += [each for each in (standing or {}).get("files", ()) if each["name"] not in new]
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _refuse_another(made: Composed, standing: Mapping[str, Any], path: Path) -> None:
    """Refuses what would take a final report's place and is none, or says something else.

    Raises:
        FrozenError: So it is.
    """
    from grcp_cli.report import changes, issue

    asked, status = issue.asked(standing), made.choices.status
    was = asked.choices.status
    beside = f"--rev {_free(made, path)} puts it beside, --to DIR into another folder"
    if status == "draft" or (was, status) == ("adopted", "final"):
        raise FrozenError(f"{path} is {was}, and this {status} would replace it", beside)
    then, now = issue.from_data(standing), issue.text(made.document)
    found = changes.compare(then, now)
    if found or changes.elsewhere(then, now, found):
        elsewhere = "" if path.parts[0] == "report" else f" --to {path.parent}"
        raise FrozenError(
            f"{path} is {was} already, and the record has changed since",
            f"{beside}; grcp export --compare {path.name}{elsewhere} tells what changed",
        )


def _free(made: Composed, path: Path) -> int:
    """The next revision of which nothing lies beside a report yet."""
    stem = path.name.removesuffix(f"-rev{made.choices.revision}")
    return next(
        number for number in count(made.choices.revision + 1) if not any(path.parent.glob(f"{stem}-rev{number}.*"))
    )


def _refuse_changed(
    made: Composed, standing: Mapping[str, Any], files: Sequence[tuple[str, bytes]], report: Path
) -> None:
    """Refuses to replace a final document by a different one; adopting replaces what was final, as it was made.

    Raises:
        FrozenError: One would be.
    """
    from grcp_cli.report.issue import asked

    was = asked(standing).choices.status
    sealed = {each["name"]: each["sha256"] for each in standing["files"]}
    for name, data in files:
        path = report.with_name(name)
        if not path.is_file() or (found := path.read_bytes()) == data:
            continue
        if was != made.choices.status and sealed.get(name) == hashlib.sha256(found).hexdigest():
            continue
        beside = f"--rev {_free(made, report)} puts this one beside it, --to DIR into another folder"
        raise FrozenError(f"{path} is {was} already, and this one differs", beside)


def _delivered(paths: Sequence[Path], files: Sequence[tuple[str, bytes]]) -> list[Delivered]:
    from grcp_cli.console.delivery import Delivered

    made = [(path, data) for path, (_, data) in zip(paths, files, strict=True)]
    return [Delivered(path, len(data), _pages(data) if path.suffix == ".pdf" else 0) for path, data in made]


def _pages(data: bytes) -> int:
    from grcp_cli.report.pages import pages

    return pages(data)


def _elsewhere(hint: str) -> str:
    """What the system's refusal asks for, said of an export."""
    named = hint.replace("--records", "--to")
    return named if "--to" in named or "make room" in named else "choose another folder with --to"
