"""The summary, drawn from what was captured: counts, what was recommended and agreed; not a word of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.contested import stands
from grcp_cli.meeting.entry import CAPTURED

from . import across
from .phrases import STATUSES
from .wording import counted, recommended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grcp_cli.meeting.record import Statement

    from .pen import Pen


def write(pen: Pen) -> None:
    """Writes the summary as a part of the report."""
    proceedings = pen.proceedings
    stated = [each for chapter in proceedings.chapters for each in chapter.statements]
    nothing = all(chapter.empty for chapter in proceedings.chapters)
    if nothing:
        pen.paragraph(pen.say("Nothing has been recorded yet; this is the meeting as planned."))
    made = proceedings.recommendations
    if made:
        pen.paragraph(_made(pen, made), (each.entry.id for each in made))
    agreed = [each for each in made if stands(each) == "agreed"]
    if agreed:
        pen.paragraph(
            pen.tell(
                "The following recommendation was agreed:", "The following recommendations were agreed:", len(agreed)
            )
        )
        pen.statements(agreed)
    across.works(pen, proceedings.common)
    pen.introduced("agreement", [each for each in stated if each.kind == "agreement"])
    told = {each.entry.id for each in agreed}
    headlines = [each for each in stated if each.starred and each.kind != "agreement" and each.entry.id not in told]
    if headlines:
        pen.paragraph(pen.say("Attention is drawn to the following:"))
        pen.statements(headlines)
    _further(pen, stated)
    if not nothing:
        _coverage(pen)
    pen.part("summary", "summary", pen.say("Summary"))


def _made(pen: Pen, made: Sequence[Statement]) -> str:
    """How many recommendations there are, and how they stand."""
    by_status = [(status, sum(stands(each) == status for each in made)) for status in STATUSES]
    how = pen.language.listed(f"{n} {recommended(status, n, pen.language)}" for status, n in by_status if n)
    groups = len({each.group for each in made if each.group})
    if groups > 1 and all(each.group for each in made):
        return pen.tell(
            "{n} recommendation was made by {groups} groups: {how}.",
            "{n} recommendations were made by {groups} groups: {how}.",
            len(made),
            groups=groups,
            how=how,
        )
    return pen.tell("{n} recommendation was made: {how}.", "{n} recommendations were made: {how}.", len(made), how=how)


def _further(pen: Pen, stated: Sequence[Statement]) -> None:
    """What else the report has, by kind."""
    others = [kind for kind in CAPTURED if kind not in ("note", "recommendation", "agreement")]
    own = {kind: [each for each in stated if each.kind == kind] for kind in others}
    told = [counted(len(each), kind, pen.language) for kind, each in own.items() if each]
    if told:
        sources = [each.entry.id for kind in others for each in own[kind]]
        pen.paragraph(pen.say("The report further contains {things}.", things=pen.language.listed(told)), sources)


def _coverage(pen: Pen) -> None:
    """How many of the guiding questions were answered."""
    chapters = pen.proceedings.chapters
    total = sum(len(chapter.session.leaves) for chapter in chapters)
    answered = total - sum(len(chapter.unanswered) for chapter in chapters)
    if not total:
        return
    if answered == total:
        told = pen.tell("The guiding question was answered.", "All {n} guiding questions were answered.", total)
    elif answered:
        told = pen.tell(
            "Of {total} guiding questions {n} was answered; the others are listed in an annex.",
            "Of {total} guiding questions {n} were answered; the others are listed in an annex.",
            answered,
            total=total,
        )
    else:
        told = pen.tell(
            "The guiding question was left unanswered.", "None of the {n} guiding questions was answered.", total
        )
    pen.paragraph(told)
