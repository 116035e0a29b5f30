"""From what was asked to bytes: the document composed, then every format drawn before any is written."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.report.document import Document
    from grcp_cli.report.formats import Format
    from grcp_cli.report.kit import Kit
    from grcp_cli.report.pen import Choices
    from grcp_cli.store.records import Loaded

REPORT, BRIEF, FORM = "report", "brief", "form"
"""Sorts of document; each but the first is composed by the function and module of its name."""


class UsageError(GrcpError):
    """Options that do not go together."""


class Basis(NamedTuple):
    """What a report is made from; `rehearsal` is whether the session files are a rehearsal's."""

    meeting: Meeting
    loaded: Loaded
    rehearsal: bool


class Composed(NamedTuple):
    """A document, what was asked of it, and what it was composed from; `only` are the sessions wanted, else all."""

    proceedings: Proceedings
    choices: Choices
    only: tuple[str, ...]
    document: Document


def composed(basis: Basis, choices: Choices, only: tuple[str, ...], sort: str = REPORT) -> Composed:
    """The document asked for.

    Args:
        basis: The agenda and all session files.
        choices: What was asked; the seals of the session files and the version are put in here.
        only: Ids of the sessions wanted, empty for all.
        sort: `report`, `brief` or `form`.
    """
    from grcp_cli.meeting.proceedings import proceed
    from grcp_cli.report.issue import heads

    meeting, loaded = basis.meeting, basis.loaded
    sealed = heads(loaded.record, meeting, choices.attribution)
    choices = choices._replace(heads=sealed, version=_version())
    proceedings = proceed(meeting, loaded.record, only)
    name = "compose" if sort == REPORT else sort
    compose = getattr(import_module(f"grcp_cli.report.{name}"), name)
    return Composed(proceedings, choices, only, compose(proceedings, choices))


def _version() -> str:
    """The version installed, by the name of its folder: to import what knows it takes longer than to compose."""
    for place in map(Path, sys.path):
        for found in place.glob("grcp-*.dist-info"):
            return found.name.removeprefix("grcp-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("grcp")


def when(as_of: str | None) -> str:
    """The instant of the latest entry, for a person: `11:32, 5 April 2019`; empty for none."""
    if not as_of:
        return ""
    from datetime import datetime

    from grcp_cli.report.language import ENGLISH

    moment = datetime.fromisoformat(as_of)
    return f"{moment:%H:%M}, {ENGLISH.day(moment)}"


class Drawing(NamedTuple):
    """One format to be drawn: its name as typed, and the template given for it, None for the usual one."""

    name: str
    format: Format
    own: Path | None = None


class Chosen(NamedTuple):
    """The formats to draw, each once, and the sort of document that they draw."""

    drawings: list[Drawing]
    sort: str


def chosen(names: Iterable[str], template: Path | None, *, brief: bool) -> list[Chosen]:
    """The formats wanted, by the document that they draw.

    The word `form` among them asks for sheets instead, as PDF where no other lays out pages; those that list draw the
    report all the same.

    Args:
        names: As typed, also several with commas between; the usual ones where there is none.
        template: A template of one's own, for the one of them whose kind it is.
        brief: Whether the page of the next morning is wanted.

    Raises:
        UnknownFormatError: There is no such format.
        UsageError: The template goes with none of them, or with several; or sheets are wanted and the page.
    """
    from grcp_cli.report.formats import FORMATS, SHEETS, named

    typed = [each.strip() for name in names for each in name.split(",") if each.strip()]
    sort = FORM if SHEETS in typed else BRIEF if brief else REPORT
    if sort == FORM and brief:
        raise UsageError("--brief and --format form do not go together", "choose one of them")
    wanted = [named(each) for each in typed if each != SHEETS]
    if sort == FORM and all(each.lists for each in wanted):
        wanted.insert(0, FORMATS["pdf"])
    wanted = wanted or [each for each in FORMATS.values() if each.usual]
    called = {each: name for name, each in FORMATS.items()}
    drawings = [Drawing(called[each], each) for each in dict.fromkeys(wanted)]
    if template is not None:
        whose = _whose(template, drawings)
        drawings = [each._replace(own=template) if each == whose else each for each in drawings]
    if sort != FORM:
        return [Chosen(drawings, sort)]
    laid, listed = ([each for each in drawings if each.format.lists == lists] for lists in (False, True))
    return [Chosen(laid, FORM), *([Chosen(listed, REPORT)] if listed else [])]


def _whose(template: Path, drawings: list[Drawing]) -> Drawing:
    """The format whose kind a template is, by what its name ends in: `.docx`, `.typ`, `.html.j2`, `.md.j2`."""
    kinds = {each: each.format.template.partition(".")[2] for each in drawings if each.format.template}
    if not kinds:
        raise UsageError("none of these formats has a template", "--template goes with docx, pdf, html and md")
    name = template.name.lower()
    fitting = [each for each, kind in kinds.items() if name.endswith(f".{kind}")]
    # One that says less, `mine.j2`, will do where only one of the formats could be meant.
    fitting = fitting or [each for each, kind in kinds.items() if template.suffix and kind.endswith(template.suffix)]
    if len(fitting) == 1:
        return fitting[0]
    endings = ", ".join(f"{each.name} .{kind}" for each, kind in kinds.items())
    if not fitting:
        raise UsageError(f"{template.name} is a template of none of these formats", f"they end so: {endings}")
    told = " or ".join(each.name for each in fitting)
    raise UsageError(f"{template.name} could be for {told}", f"choose one with --format, or name it so: {endings}")


def drawn(drawings: list[Drawing], document: Document, *, bars: bool) -> list[tuple[Drawing, bytes]]:
    """A document in every format; nothing is written yet.

    Raises:
        GrcpError: As the first format that fails says.
    """
    from grcp_cli.console import delivery

    made = []
    with delivery.bars([each.name for each in drawings], drawn=bars) as step:
        for each in drawings:
            step(each.name, done=False)
            kit = _kit(each, document)
            made.append((each, each.format.write(document, kit)))
            for notice in each.format.notices(document, kit):
                options.tell(notice)
            step(each.name, done=True)
    return made


def _kit(drawing: Drawing, document: Document) -> Kit:
    """What a format is drawn with: the template given, else as `places` finds it; nothing for a format without."""
    from grcp_cli.report.kit import Kit
    from grcp_cli.store import places
    from grcp_cli.store.durable import refused

    if not drawing.format.template:
        return Kit()
    path = drawing.own or places.template(drawing.format.template)
    fonts: tuple[str, ...] = ()
    if drawing.name == "pdf":
        from grcp_cli.report.glyphs import wished

        fonts = places.fonts(wished(document))
    try:
        return Kit(path.read_bytes(), str(path), fonts)
    except OSError as error:
        raise refused("read", path, error) from error
