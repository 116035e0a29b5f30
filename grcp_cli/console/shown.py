"""What is shown of the record and the grammar, as lines; equal in every console and the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting import fitting
from grcp_cli.meeting.decision import record_of
from grcp_cli.meeting.entry import status_word
from grcp_cli.meeting.labels import printed
from grcp_cli.meeting.references import called
from grcp_cli.meeting.sieve import sieve

from . import times
from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.decision import Show, Sight
    from grcp_cli.meeting.entry import Source
    from grcp_cli.meeting.record import Record, Statement


def lines(show: Show, sight: Sight) -> list[str]:
    """The lines that answer what only shows something; `/quit` has none.

    Args:
        show: What is asked for.
        sight: What the desk sees, with the record.
    """
    if show.what == "quit":
        return []
    if show.what == "help":
        return [line for line in help_lines() if show.argument.lower() in line.lower()] or ["nothing about that"]
    if show.what == "fit":
        return _fit(show.argument, sight)
    if show.what in ("board", "readback"):
        from . import report_back

        return list(report_back.lines(sight) if show.what == "board" else report_back.read_back(sight))
    if show.what == "forward":
        from . import forwarding

        return list(forwarding.seen(sight))
    if show.what == "closing":
        from . import closing

        return list(closing.seen(sight))
    if show.what == "speakers":
        told = times.speakers(sight.meeting, sight.session, sight.walk, sight.now)
        return [drawn_line(line) for line in (*told, *fitting.fit(fitting.outlook(sight)))]
    if show.what == "matrix":
        from grcp_cli.meeting.proceedings import proceed

        from . import matrix

        return list(matrix.lines(proceed(sight.meeting, record_of(sight))))
    meeting, session, record, own = sight.meeting, sight.session, record_of(sight), sight.source
    asked = sieve(show, session)
    stated = record.statements(session.id)
    if asked.open:
        filed = {each.question for each in stated if not each.struck}
        silent = [leaf for leaf in session.leaves if leaf.address not in filed]
        return [drawn_line(f"{leaf.number}  {leaf.text}") for leaf in silent] or ["every question has an entry"]
    listed = [statement(each, meeting, session, record, own) for each in stated if asked.passes(each)]
    return listed or ["nothing found" if stated else "nothing yet"]


def _fit(rest: str, sight: Sight) -> list[str]:
    outlook = fitting.outlook(sight)
    wish, minutes = fitting.wished(rest)
    if not wish:
        return [drawn_line(line) for line in fitting.fit(outlook)] or ["the session has ended"]
    effect = fitting.of_extension(outlook, minutes) if wish == "/extend" else fitting.of_limit(outlook, minutes)
    return [drawn_line(effect), f"{wish} {rest.lstrip('+')} does it"]


def statement(stated: Statement, meeting: Meeting, session: Session, record: Record, own: Source) -> str:
    """An entry as it stands, in one line: `12 · 1b · recommendation · Colombo Process: text [agreed]`."""
    question = session.question(stated.question)
    parts = [called(stated.entry, stated.source, own), question.number if question else stated.question, stated.kind]
    if stated.kind == "recommendation" and (label := record.label(stated.entry.id)):
        parts.append(printed(label, stated.source.session, meeting))
    if stated.speaker:
        parts.append(meeting.name_of(stated.speaker))
    behind = "".join(f" #{tag}" for tag in stated.tags) + "".join(f" [{mark}]" for mark in marks(stated, meeting))
    return drawn_line(f"{' · '.join(parts)}: {stated.text}{behind}")


_FLAGS = {
    "starred": "starred",
    "confirmed": "read out",
    "internal": "internal",
}


def marks(stated: Statement, meeting: Meeting) -> list[str]:
    """How an entry stands, in words: status and who decided it, struck, amended, who supports it."""
    session = meeting.session(stated.decided_in)
    told = (
        [f"{status_word(stated.status)} in {session.label if session else stated.decided_in}"] if stated.status else []
    )
    told += ["struck"] if stated.struck else []
    told += stated.amendments
    told += [word for flag, word in _FLAGS.items() if getattr(stated, flag)]
    if stated.owner or stated.due:
        told.append("owner " + " ".join(filter(None, (meeting.name_of(stated.owner), str(stated.due or "")))))
    for word, whose in (("supported", stated.support), ("opposed", stated.oppose)):
        if whose:
            told.append(f"{word} by {', '.join(map(meeting.name_of, whose))}")
    return told + [f"conflict on {conflict.field}" for conflict in stated.conflicts]


def common(stated: Statement, meeting: Meeting, record: Record) -> str:
    """A common recommendation as it stands, in one line: `Common 1: text [agreed] [supported by Africa]`."""
    label = record.label(stated.entry.id)
    behind = "".join(f" [{mark}]" for mark in marks(stated, meeting))
    name = printed(label, stated.source.session, meeting) if label else "common"
    return drawn_line(f"{name}: {stated.text}{behind}")


def help_lines() -> Iterator[str]:
    """Everything that may be typed, a line each."""
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
        "12  africa:12  session-4:12  an entry by its number: one's own, another desk's, another session's",
        "africa3  p34@draft-1        by its label, by a paragraph of what was circulated; p34a@draft-1: its item (a)",
    )
    for command in COMMANDS:
        names = " ".join(f"/{name}" for name in command.names[1:])
        also = f"  (also {names})" if names else ""
        yield f"{usage(command):<27} {command.tells}{also}"
