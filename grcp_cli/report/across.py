"""Common recommendations as lists: those that were found to work across groups, and apart from them all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.contested import stands

from .phrases import SET_ASIDE
from .wording import works_across

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grcp_cli.meeting.proceedings import Common

    from .pen import Pen


def works(pen: Pen, common: Sequence[Common]) -> None:
    """Those that work across groups, with a sentence before them; nothing for none."""
    if found := [each for each in common if each.works]:
        pen.paragraph(works_across(len(found), pen.language))
        pen.commons(found)


def write(pen: Pen, common: Sequence[Common]) -> None:
    """All of them: what was refused, withdrawn or deferred, or may have been, is introduced as that."""
    works(pen, common)
    for status, lead in SET_ASIDE.items():
        if found := [each for each in common if stands(each.stated) == status]:
            pen.paragraph(pen.tell(*lead, len(found)))
            pen.commons(found)
