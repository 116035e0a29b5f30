"""The matrix and what is missing, as lines or as a table; equal in the shell and in every console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.coverage import coverage
from grcp_cli.meeting.entry import status_word
from grcp_cli.meeting.labels import printed
from grcp_cli.meeting.matrix import matrix, partners, typed
from grcp_cli.meeting.telling import backing

from .clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from grcp_cli.meeting.agenda import Meeting, Question
    from grcp_cli.meeting.coverage import Gaps
    from grcp_cli.meeting.matrix import Line
    from grcp_cli.meeting.proceedings import Proceedings
    from grcp_cli.meeting.record import Statement


def lines(proceedings: Proceedings) -> Iterator[str]:
    """The matrix, a line a recommendation, complete in itself for whoever listens to it; then what is missing."""
    for line in _matrix(proceedings):
        yield drawn_line(line)
    for line in _beneath(proceedings):
        yield drawn_line(line)


def missing(proceedings: Proceedings) -> Iterator[str]:
    """What is missing, a line each; nothing of sessions that have no file."""
    found = coverage(proceedings)
    for gaps in found.sessions:
        for told in _gaps(gaps, proceedings):
            yield drawn_line(f"{gaps.chapter.session.id} · {told}")
    if found.unnamed:
        yield drawn_line(f"partners nobody mentioned: {', '.join(each.actor.name for each in found.unnamed)}")


def of_session(proceedings: Proceedings) -> Iterator[str]:
    """What is missing in a session that ended, for its closing page, which lists the open questions itself."""
    found = coverage(proceedings)
    for gaps in found.sessions:
        yield from _gaps(gaps._replace(over=True, unanswered=()), proceedings)
    if found.unnamed:
        yield f"partners nobody mentioned: {', '.join(each.actor.name for each in found.unnamed)}"


def drawn(proceedings: Proceedings, title: str) -> RenderableType:
    """The matrix as a table that fits the terminal, each group under its name; below it what is missing."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [Text(drawn_line(title), style="italic")]
    listed = matrix(proceedings)
    if listed:
        parts.append(_table(listed, proceedings))
    else:
        parts.append(Text("no recommendations yet"))
    parts += [Text(drawn_line(line)) for line in _beneath(proceedings)]
    return Group(*parts)


def _matrix(proceedings: Proceedings) -> Iterator[str]:
    listed = matrix(proceedings)
    if not listed:
        yield "no recommendations yet"
    for line in listed:
        told = [_called(line, proceedings), _with(line.statement, proceedings.meeting)]
        told += [_status(line.statement, proceedings.meeting), *backing(line.statement, proceedings.meeting)]
        told += [_joined(line, proceedings)]
        yield " · ".join(filter(None, told))


def _called(line: Line, proceedings: Proceedings) -> str:
    """The recommendation with its label as it is printed, which tells its group; the label as typed serves besides."""
    labelled = proceedings.labels.get(line.statement.entry.id)
    name = _named(proceedings, line.statement.entry.id) or "recommendation"
    typed_ = f" ({line.label})" if line.label else ""
    group = line.statement.group
    whose = f" · {proceedings.meeting.name_of(group)}" if labelled and group not in ("", labelled.label.owner) else ""
    return f"{name}{typed_}{whose}: {line.statement.text}"


def _named(proceedings: Proceedings, entry_id: str) -> str:
    """What a recommendation or common recommendation is called, empty for one without a label."""
    labelled = proceedings.labels.get(entry_id)
    return printed(labelled.label, labelled.session, proceedings.meeting) if labelled else ""


def _table(listed: list[Line], proceedings: Proceedings) -> Table:
    from rich.table import Table
    from rich.text import Text

    meeting = proceedings.meeting
    cells = [_cells(each, proceedings) for each in listed]
    titles = ("label", "recommendation", "with", "status", "support", "common")
    kept = [at for at in range(len(titles)) if any(row[at] for row in cells)]
    table = Table(box=None, pad_edge=False, expand=False)
    for at in kept:
        table.add_column(titles[at], overflow="fold", no_wrap=at == 0)
    before = None
    for line, row in zip(listed, cells, strict=True):
        group = line.statement.group
        if group != before:
            before = group
            name = meeting.name_of(group) or "of no group"
            table.add_row(Text(""), Text(drawn_line(name), style="bold"), *[Text("")] * (len(kept) - 2))
        table.add_row(*(Text(drawn_line(row[at])) for at in kept))
    return table


def _cells(line: Line, proceedings: Proceedings) -> tuple[str, ...]:
    each, meeting = line.statement, proceedings.meeting
    common = ", ".join(typed(proceedings, each.entry.id) for each in line.common)
    support = "; ".join(backing(each, meeting))
    return (line.label or "–", each.text, ", ".join(_actors(each, meeting)), _status(each, meeting), support, common)


def _beneath(proceedings: Proceedings) -> Iterator[str]:
    """Common recommendations, who named which partners, how many of how many, and what is missing."""
    meeting = proceedings.meeting
    for each in proceedings.common:
        shared = ", ".join(map(meeting.name_of, each.groups))
        against = ", ".join(map(meeting.name_of, each.against))
        made = ", ".join(filter(None, (_named(proceedings, target.entry.id) for target in each.targets)))
        status = _status(each.stated, meeting) if each.stated.status or each.stated.conflicts else ""
        name = f"{_named(proceedings, each.entry.id)} ({typed(proceedings, each.entry.id)})"
        told = [f"{name}: {each.stated.text}", status, shared]
        told += [against and f"opposed by {against}", made and f"from {made}"]
        yield " · ".join(filter(None, told))
    for partner in partners(proceedings):
        if partner.groups:
            yield f"with {partner.actor.name}: {_counted(partner.groups, meeting)}"
    for gaps in coverage(proceedings).sessions:
        for quota in gaps.quotas:
            most = f"{quota.of}" if quota.expected else f"up to {quota.of}"
            place = f"{gaps.chapter.session.id} · {most} asked for under {_questions([quota.question])}"
            yield f"{place}: {_counted(quota.groups, meeting)}"
    yield from missing(proceedings)


def _gaps(gaps: Gaps, proceedings: Proceedings) -> Iterator[str]:
    meeting = proceedings.meeting
    yet = "" if gaps.over else " yet"
    if gaps.no_file:
        yield f"no file yet: {', '.join(map(meeting.name_of, gaps.no_file))}"
    if gaps.unanswered:
        yield f"no answer{yet} to {_questions(gaps.unanswered)}"
    for groups in dict.fromkeys(each.groups for each in gaps.silent):
        places = _questions([each.question for each in gaps.silent if each.groups == groups])
        yield f"no answer{yet} to {places}: {', '.join(map(meeting.name_of, groups))}"
    if gaps.over:
        for quota in gaps.quotas:
            if quota.short:
                yield f"fewer than {quota.of} under {_questions([quota.question])}: {_counted(quota.short, meeting)}"
    if gaps.undecided:
        names = (_named(proceedings, each.entry.id) or each.entry.id for each in gaps.undecided)
        yield f"no status yet: {', '.join(names)}"


def _questions(asked: Sequence[Question]) -> str:
    """Questions as people number them: `question 1a`, `questions 2, 4`."""
    return f"question{'' if len(asked) == 1 else 's'} {', '.join(each.number for each in asked)}"


def _counted(groups: Iterable[tuple[str, int]], meeting: Meeting) -> str:
    return ", ".join(f"{meeting.name_of(group) or 'of no group'} ({n})" for group, n in groups)


def _actors(stated: Statement, meeting: Meeting) -> list[str]:
    names = {actor.id: actor.name for actor in meeting.actors}
    return [names.get(tag, tag) for tag in stated.tags]


def _with(stated: Statement, meeting: Meeting) -> str:
    actors = _actors(stated, meeting)
    return f"with {', '.join(actors)}" if actors else ""


def _status(stated: Statement, meeting: Meeting) -> str:
    """How it stands, which session said so, and whether corrections contradict each other in it."""
    conflict = ", in conflict" if stated.conflicts else ""
    if not stated.status:
        return ("read out" if stated.confirmed else "no status") + conflict
    session = meeting.session(stated.decided_in)
    return (
        f"{status_word(stated.status)}, {session.label if session else stated.decided_in}".removesuffix(", ") + conflict
    )


def _joined(line: Line, proceedings: Proceedings) -> str:
    names = ", ".join(_named(proceedings, each.entry.id) for each in line.common)
    return f"part of {names}" if names else ""
