"""What is shown of the record and the grammar, as lines; equal in every console and the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import telling
from grcp_cli.meeting.grammar import KIND_WORDS
from grcp_cli.meeting.names import fold

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.decision import Show
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.record import Record, Statement


def lines(show: Show, meeting: Meeting, session: Session, record: Record, own: Source) -> list[str]:
    """The lines that answer `/find`, `/list` and `/help`; `/quit` has none."""
    if show.what == "quit":
        return []
    if show.what == "help":
        return [line for line in _help() if show.argument.lower() in line.lower()] or ["nothing about that"]
    stated = record.statements(session.id)
    if show.what == "list":
        kind = KIND_WORDS.get(show.argument.rstrip(":").lower(), show.argument)
        stated = [each for each in stated if not kind or each.kind == kind]
    else:
        words = fold(show.argument).split()
        stated = [each for each in stated if all(word in fold(each.text) for word in words)]
    listed = [statement(each, meeting, session, record, own) for each in stated]
    return listed or ["nothing found" if show.what == "find" else "nothing yet"]


def statement(stated: Statement, meeting: Meeting, session: Session, record: Record, own: Source) -> str:
    """An entry as it stands, in one line: `12 · 1b · recommendation · Colombo Process: text [agreed]`."""
    question = session.question(stated.question)
    parts = [number(stated, own), question.number if question else stated.question, stated.kind]
    if stated.kind == "recommendation" and (label := record.label(stated.entry.id)):
        parts.append(telling.label_name(label, meeting))
    if stated.speaker:
        parts.append(meeting.name_of(stated.speaker))
    marks = [stated.status] if stated.status else []
    flags = ("struck", "amended", "starred", "confirmed", "internal")
    marks += [flag for flag in flags if getattr(stated, flag)]
    if stated.owner or stated.due:
        marks.append("owner " + " ".join(filter(None, (meeting.name_of(stated.owner), str(stated.due or "")))))
    for word, whose in (("supported", stated.support), ("opposed", stated.oppose)):
        if whose:
            marks.append(f"{word} by {', '.join(map(meeting.name_of, whose))}")
    marks += [f"conflict on {conflict.field}" for conflict in stated.conflicts]
    behind = "".join(f" #{tag}" for tag in stated.tags) + "".join(f" [{mark}]" for mark in marks)
    return drawn_line(f"{' · '.join(parts)}: {stated.text}{behind}")


def number(stated: Statement, own: Source) -> str:
    """How an entry is called from one's own file."""
    source = stated.source
    if source == own:
        return str(stated.entry.n)
    session = "" if source.session == own.session else f"{source.session}/"
    return f"{session}{source.desk}:{stated.entry.n}"


def _help() -> Iterator[str]:
    from grcp_cli.meeting.commands import COMMANDS, usage

    yield from (
        "text                        saved under the current question, as its kind",
        "/1b text                    under question 1b, without going there",
        "@col text                   said by; @Any Name: text, @- nobody, @< who spoke before",
        "rec: text  (or r:)          note: achievement: lesson: practice: partnership: resource:",
        "                            measure: action: agreed: diverge: reserve:",
        "r:   @col   #tag            alone: applied to the entry before",
        "... text                    continues the entry before",
        "s/old/new/                  corrects the newest entry that contains old",
        "\\text                       literally, whatever it begins with",
    )
    for command in COMMANDS:
        names = " ".join(f"/{name}" for name in command.names[1:])
        also = f"  (also {names})" if names else ""
        yield f"{usage(command):<27} {command.tells}{also}"
