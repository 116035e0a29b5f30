"""`grcp template`: how reports look, to be made one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from grcp_cli.errors import GrcpError

from . import options

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    help="Example: grcp template copy report.docx\n\nThe templates that reports are drawn with, to make them your own.",
)


_SPOKEN = {"word": "docx", "typst": "pdf", "markdown": "md"}
"""Formats by what people call them."""


class NoTemplateError(GrcpError):
    """No such template is built in."""


class ThereAlreadyError(GrcpError):
    """A file would be overwritten that may be somebody's work."""

    exit_code = 5


class Template(NamedTuple):
    """One template: its name, the formats drawn with it, the file in use and whether that is one's own."""

    name: str
    formats: tuple[str, ...]
    path: Path
    own: bool


@app.command("list", short_help="which there are, and where each comes from")
def list_(as_json: options.Json = False, plain: options.Plain = False) -> None:
    """Example: grcp template list

    Every template, the formats drawn with it, and the file in use: one of the same name in the working folder's
    templates/ wins over the built-in one.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console.clean import drawn_line, json_text

    found = list(_templates())
    if as_json:
        typer.echo(json_text({"templates": [{**each._asdict(), "path": str(each.path)} for each in found]}))
        return
    for each in found:
        where = str(each.path) if each.own else "built in"
        drawn = f"for {', '.join(each.formats)}" if each.formats else "only with grcp export --template"
        typer.echo(drawn_line(f"{each.name} · {drawn} · {where}"))


@app.command(short_help="put them into templates/, to be changed")
def copy(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]…", help="Templates, formats or endings, such as docx; else all."),
    ] = None,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder to copy into.")] = Path("templates"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
    plain: options.Plain = False,
) -> None:
    """Example: grcp template copy report.docx

    Copies built-in templates into the working folder's templates/, where grcp export finds them first. What is there
    already is not overwritten without --force.
    """
    del plain  # there is nothing to make plainer
    from grcp_cli.console.clean import drawn_line
    from grcp_cli.store import durable, places

    built_in = places.built_in("templates")
    chosen = list(dict.fromkeys(_named(each) for each in names)) if names else list(_built_in())
    there = [to / each for each in chosen if (to / each).exists()]
    if there and not force:
        told = ", ".join(map(str, there))
        raise ThereAlreadyError(f"already there: {told}", "--force overwrites, --to DIR copies elsewhere")
    files = []
    for each in chosen:
        try:
            files.append((to / each, (built_in / each).read_bytes()))
        except OSError as error:
            raise durable.refused("read", built_in / each, error) from error
    durable.replace_all(files)
    for path, _ in files:
        typer.echo(drawn_line(str(path)))
    options.tell(_next(to, chosen))


def _next(to: Path, chosen: list[str]) -> str:
    """What to do with what was copied."""
    word = any(each.endswith(".docx") for each in chosen)
    text = any(not each.endswith(".docx") for each in chosen)
    told = ["a Word file is changed in Word, by its styles"] if word else []
    told += ["a text file in any editor, as the comments in it say"] if text else []
    opened = "; ".join(told)
    if to.resolve() == Path("templates").resolve():
        return f"{opened}\ngrcp export draws with them from now on; to go back, take the file away"
    return f"{opened}\ngrcp export --template {to / chosen[0]} draws with it"


def _named(wanted: str) -> str:
    """The built-in template of a name, of a format's name, of an ending, or of what draws it.

    Raises:
        NoTemplateError: There is none; those there are are named.
    """
    from grcp_cli.meeting.names import nearest
    from grcp_cli.report.formats import FORMATS

    known = _built_in()
    name = Path(wanted).name.lower()
    bare = name.removeprefix(".")
    if (drawn := FORMATS.get(_SPOKEN.get(bare, bare))) and drawn.template:
        return drawn.template
    if len(ending := [each for each in known if each.endswith(f".{bare}")]) == 1:
        return ending[0]
    if name not in known:
        near = nearest(name, tuple(known))
        raise NoTemplateError(
            f"there is no template {wanted}", f"did you mean {near}?" if near else "there are " + ", ".join(known)
        )
    return name


def _built_in() -> dict[str, tuple[str, ...]]:
    """The names of the built-in templates, each with the formats drawn with it."""
    from grcp_cli.report.formats import FORMATS
    from grcp_cli.store import places

    folder = places.built_in("templates")
    found: dict[str, list[str]] = {}
    for format_name, each in FORMATS.items():
        if each.template and (folder / each.template).is_file():
            found.setdefault(each.template, []).append(format_name)
    return {name: tuple(formats) for name, formats in found.items()}


def _templates() -> Iterator[Template]:
    """Every template, built in or one's own."""
    from grcp_cli.store import places

    known = _built_in()
    for name, formats in known.items():
        path = places.template(name)
        yield Template(name, formats, path, own=path.parent == Path("templates"))
    for path in sorted(Path("templates").glob("*")):
        if path.is_file() and path.name not in known and not path.name.startswith("."):
            yield Template(path.name, (), path, own=True)
