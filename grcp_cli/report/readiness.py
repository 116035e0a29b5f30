"""What a report still lacks to be final: every reason at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting.attribution import UNNAMED, namings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.meeting.record import Record

    from .document import Document
    from .pen import Choices


class Reason(NamedTuple):
    """One thing in the way, and what would mend it."""

    told: str
    remedy: str


FINAL = ("final", "adopted")
"""Statuses of a report that has nothing left to decide."""


def names(document: Document, proceedings: Proceedings, choices: Choices, record: Record) -> list[Reason]:
    """The texts of a report that name somebody whom they should not."""
    if choices.attribution not in UNNAMED:
        return []
    found = namings(record, proceedings.meeting, document.entries)
    remedy = "/amend the text, or /allow the name once"
    return [Reason(f"{each.where} names {', '.join(each.names)}", remedy) for each in found]


def unfinished(proceedings: Proceedings, choices: Choices) -> Iterator[Reason]:
    """What is not recorded, decided or drafted yet."""
    if all(chapter.empty for chapter in proceedings.chapters):
        yield Reason("nothing has been recorded yet", "")
    for chapter in proceedings.chapters:
        session, count = chapter.session.id, len(chapter.conflicts)
        if count:
            told = f"{session}: {count} to be decided between corrections that disagree"
            yield Reason(told, f"grcp record resolve {session} shows both sides and asks")
        for answer in chapter.answers:
            if answer.undrafted and not choices.notes:
                remedy = "grcp draft writes the paragraphs, --notes sends the notes along"
                yield Reason(f"{session}/{answer.place} has no paragraphs", remedy)


def remedies(reasons: Iterable[Reason]) -> str:
    """What would mend all of them, each once."""
    return "; ".join(dict.fromkeys(each.remedy for each in reasons if each.remedy))
