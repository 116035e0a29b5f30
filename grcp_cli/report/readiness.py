"""What a report still lacks to be final: every reason at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from grcp_cli.meeting import drafting
from grcp_cli.meeting.attribution import UNNAMED, namings
from grcp_cli.meeting.proceedings import called

from .document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

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


def names(
    document: Document,
    proceedings: Proceedings,
    choices: Choices,
    record: Record,
    issued: Callable[[], Mapping[str, str]] = dict,
) -> list[Reason]:
    """The texts of a report that name somebody whom they should not.

    Args:
        document: The report.
        proceedings: What it is made from.
        choices: What was asked of it.
        record: All files.
        issued: Asked for the addresses of paragraphs that were circulated, by id, where one is needed.
    """
    if choices.attribution not in UNNAMED:
        return []
    found = list(namings(record, proceedings.meeting, document.entries))
    numbers = _numbers(document)
    addresses = issued() if any(each.id in numbers for each in found) else {}
    reasons = []
    for each in found:
        told, remedy = f"{each.where} names {', '.join(each.names)}", "/amend the text, or /allow the name once"
        if address := addresses.get(each.id):
            told = f"{told} ({address})"
        elif number := numbers.get(each.id):
            told = f"{told} (paragraph {number})"
            remedy = f"grcp draft rewrites a paragraph; kept with --issue NAME it is p{number}@NAME for /allow"
        reasons.append(Reason(told, remedy))
    return reasons


def _numbers(document: Document) -> dict[str, int]:
    """The number of each drafted paragraph, by its id."""
    blocks = (block for part in document.parts for block in part.blocks)
    return {each.id: each.number for each in blocks if isinstance(each, Paragraph) and each.id and each.number}


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


_OPEN = {
    "bracketed": "{n} in brackets",
    "bis": "{n} as an alternative",
    "proposed": "{n} only proposed",
    "deferred": "{n} deferred",
}
"""How a recommendation may stand that nobody has decided on for good, the gravest first."""


def left_open(proceedings: Proceedings) -> Iterator[str]:
    """What a final report leaves open without being wrong: undecided recommendations, sessions with nothing in them."""
    counts = Counter(each.status or "proposed" for each in proceedings.recommendations)
    told = [phrase.format(n=counts[status]) for status, phrase in _OPEN.items() if counts[status]]
    if told:
        first, _, how = told[0].partition(" ")
        noun = "recommendation" if first == "1" else "recommendations"
        yield ", ".join([f"{first} {noun} {how}", *told[1:]])
    silent = [each.session.label for each in proceedings.chapters if each.empty and each.session.questions]
    if silent:
        yield f"nothing recorded in {', '.join(silent)}"


def confided(document: Document, record: Record) -> Iterator[str]:
    """The paragraphs of a report that rest on internal entries, which do not leave themselves."""
    paragraphs = (stated for each in _numbers(document) if (stated := record.statement(each)))
    for stated, found in drafting.confided(record, paragraphs):
        names = [_called(each, record) for each in found]
        yield f"{stated.source.session}: {drafting.told_confided(stated, names)}"


def _called(entry_id: str, record: Record) -> str:
    entry, source = record.entry(entry_id), record.source(entry_id)
    return called(source, entry) if source and entry else entry_id


def remedies(reasons: Iterable[Reason]) -> str:
    """What would mend all of them, each once."""
    return "; ".join(dict.fromkeys(each.remedy for each in reasons if each.remedy))
