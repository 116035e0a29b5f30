"""What a format gets besides the document: all of it as data or as places to read from, none of it searched for."""

from __future__ import annotations

from typing import NamedTuple

from grcp_cli.errors import GrcpError


class TemplateError(GrcpError):
    """A template that cannot be used: which, where in it, and what is missing."""

    exit_code = 3


class Kit(NamedTuple):
    """What a format draws with.

    Attributes:
        template: The template's bytes, empty for a format without.
        name: How a person finds the template, for messages: `templates/report.typ`.
        fonts: Folders and single files of fonts, those looked in first first.
    """

    template: bytes = b""
    name: str = ""
    fonts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The template as text.

        Raises:
            TemplateError: It is not UTF-8.
        """
        try:
            return self.template.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise TemplateError(f"{self.name or 'the template'} is not UTF-8", "save it as UTF-8") from error
