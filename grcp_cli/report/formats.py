"""The formats there are: name -> writer, imported when used.

A format is one module of this room with `write(document, kit) -> bytes`, and its line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document import Document
    from .kit import Kit


class Format(NamedTuple):
    """One format.

    Attributes:
        module: Its module in this room.
        ending: What its files end with.
        template: The file in `templates/` that says how it looks, empty for none.
        usual: Whether it is made where no format is named.
        lists: Whether it lists what was recorded or is planned and lays out no pages: it has no sheets to write on.
    """

    module: str
    ending: str
    template: str = ""
    usual: bool = False
    lists: bool = False

    def write(self, document: Document, kit: Kit) -> bytes:
        """A document in this format.

        Args:
            document: What stands in it.
            kit: What it is drawn with.

        Raises:
            GrcpError: As the format's module says.
        """
        write: Callable[[Document, Kit], bytes] = import_module(f"{__package__}.{self.module}").write
        return write(document, kit)

    def notices(self, document: Document, kit: Kit) -> list[str]:
        """What a person should know of the document just written in this format, in sentences."""
        tell: Callable[[Document, Kit], list[str]] | None
        tell = getattr(import_module(f"{__package__}.{self.module}"), "notices", None)
        return tell(document, kit) if tell else []


FORMATS = {
    "docx": Format("docx", "docx", "report.docx", usual=True),
    "pdf": Format("pdf", "pdf", "report.typ", usual=True),
    "html": Format("html", "html", "report.html.j2", usual=True),
    "md": Format("markdown", "md", "report.md.j2", usual=True),
    "xlsx": Format("xlsx", "xlsx", usual=True, lists=True),
    "json": Format("as_json", "json", usual=True),
    "csv": Format("csv_file", "csv", lists=True),
    "ics": Format("ics", "ics", lists=True),
}
"""By the name that is typed; without one, the usual."""


SHEETS = "form"
"""What is typed as a format and asks for another document: sheets to be filled in by hand."""


class UnknownFormatError(GrcpError):
    """A format that there is not."""


def named(name: str) -> Format:
    """The format of a name.

    Raises:
        UnknownFormatError: There is none; those there are are named.
    """
    found = FORMATS.get(name.lower().removeprefix("."))
    if found is None:
        raise UnknownFormatError(f"there is no format {name}", "there are " + ", ".join((*FORMATS, SHEETS)))
    return found
