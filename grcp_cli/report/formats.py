"""The formats there are: name -> writer, imported when used.

A format is one module of this room with `write(document, template) -> bytes`, and its line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.errors import GrcpError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document import Document


class Format(NamedTuple):
    """One format.

    Attributes:
        module: Its module in this room.
        ending: What its files end with.
        template: The file in `templates/` that says how it looks, empty for none.
    """

    module: str
    ending: str
    template: str = ""

    def write(self, document: Document, template: str) -> bytes:
        """A document in this format.

        Args:
            document: What stands in it.
            template: The text of the template, empty for a format without.

        Raises:
            GrcpError: As the format's module says.
        """
        write: Callable[[Document, str], bytes] = import_module(f"{__package__}.{self.module}").write
        return write(document, template)


FORMATS = {
    "md": Format("markdown", "md", "report.md.j2"),
    "json": Format("as_json", "json"),
}
"""By the name that is typed; without one, all of them."""


class UnknownFormatError(GrcpError):
    """A format that there is not."""


def named(name: str) -> Format:
    """The format of a name.

    Raises:
        UnknownFormatError: There is none; those there are are named.
    """
    found = FORMATS.get(name.lower().removeprefix("."))
    if found is None:
        raise UnknownFormatError(f"there is no format {name}", "there are " + ", ".join(FORMATS))
    return found
