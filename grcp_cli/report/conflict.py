"""How a draft tells what corrections that disagree would make of an entry; a final report has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.contested import fields, values

from .phrases import FIELDS
from .wording import clean, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.record import Statement

    from .language import Language


def stands(statement: Statement, language: Language) -> str:
    """How it may stand: `in conflict: agreed / not agreed / struck`."""

    def said(status: str) -> str:
        return standing(statement.kind, status, language) if status else language.say("no status")

    words = [said(str(status)) for status, _ in values(statement, "status")]
    if values(statement, "struck"):
        words = [*(words or [said(statement.status)]), language.say("struck")]
    told = " / ".join(dict.fromkeys(words))
    return language.say("in conflict: {what}", what=told)


def remarks(statement: Statement, language: Language) -> Iterator[str]:
    """What else of it is in conflict: other texts in full, of anything else only what it is."""
    for text in dict.fromkeys(" ".join(clean(str(each)).split()) for each in values(statement, "text")):
        if text != " ".join(clean(statement.text).split()):
            yield language.say("in conflict with “{text}”", text=text)
    if others := [language.say(FIELDS[each]) for each in fields(statement) if each in FIELDS]:
        yield language.say("in conflict: {what}", what=language.listed(others))
