"""The table in plain lines, and as data for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.entry import status_word
from grcp_cli.meeting.synthesis import OPPOSES, SUPPORTS
from grcp_cli.report.language import ENGLISH

from .table import accepting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grcp_cli.meeting.agenda import Meeting, Session
    from grcp_cli.meeting.record import Statement
    from grcp_cli.meeting.synthesis import Common, Proposal, Regional

    from .table import View


def opening(view: View, meeting: Meeting, session: Session, *, rehearsal: bool) -> Iterator[str]:
    """What the table is about, and how much is on it."""
    question = view.sheet.question
    parts = [meeting.short_title or meeting.title, session.heading]
    yield drawn_line(" · ".join(["REHEARSAL", *parts] if rehearsal else parts))
    yield drawn_line(f"{question.number} · {question.text}")
    yield counts(view, meeting)


def counts(view: View, meeting: Meeting) -> str:
    """How much is on the table, in one line."""
    sheet, proposed = view.sheet, view.proposed
    items = sheet.items
    groups = sum(bool(column.group) for column in sheet.columns)
    told = [f"{_many(len(items), 'recommendation')} of {_many(groups, 'group')}"]
    told += [f"{_many(len(proposed.across), 'proposal')}", f"{len(sheet.commons)} common"]
    told.append(f"{sum(each.alone for each in items)} alone")
    if sheet.silent:
        told.append(f"nothing yet from {ENGLISH.listed(meeting.name_of(each) for each in sheet.silent)}")
    return drawn_line(" · ".join(told))


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def sheet(view: View, meeting: Meeting, session: Session) -> Iterator[str]:
    """The recommendations by group, then the common ones."""
    for column in view.sheet.columns:
        yield ""
        name = meeting.name_of(column.group) if column.group else session.label
        yield drawn_line(f"{name} · {len(column.items)}")
        for each in column.items:
            yield drawn_line(f"  {view.names[each.stated.entry.id]} · {stands(each, view)} · {text_of(each.stated)}")
    if view.sheet.commons:
        yield ""
        yield f"Common · {len(view.sheet.commons)}"
    for common in view.sheet.commons:
        yield drawn_line(f"  {view.names[common.stated.entry.id]} · {text_of(common.stated)}{_marked(common)}")
        yield drawn_line(f"    {made_of(common, view)} · {stances(common, meeting)}")


def proposals(view: View, meeting: Meeting) -> Iterator[str]:
    """What is proposed, numbered, each with its score, its words, its members, and the line that accepts it."""
    yield ""
    yield f"Proposals · {len(view.proposed.across)}" if view.proposed.across else "nothing is proposed"
    for number, each in enumerate(view.proposed.across, 1):
        yield drawn_line(f"{number} · {scored(each)}")
        for member in each.members:
            yield drawn_line(f"  {_named(member, view)} · {text_of(member)}")
        yield drawn_line(f"  {accepting(each, view)}")
    for each in view.proposed.within:
        names = ENGLISH.listed(view.names[member.entry.id] for member in each.members)
        group = meeting.name_of(each.members[0].group) or "no group"
        yield drawn_line(f"not proposed · {names} are alike ({each.score}) and all of {group}")


def scored(proposal: Proposal) -> str:
    """A proposal's score and the words that made it."""
    least = f", least {proposal.least}" if proposal.least != proposal.score else ""
    return f"alike {proposal.score}{least} · {', '.join(proposal.words)}"


def stands(item: Regional, view: View) -> str:
    """How a recommendation stands: status, and which common one it is part of."""
    stated = item.stated
    told = [status_word(stated.status)] if stated.status else []
    commons = {each.stated.entry.id: each for each in view.sheet.commons}
    for common_id in item.common:
        alone = common_id in commons and len(commons[common_id].stated.sources) == 1
        name = view.names.get(common_id, "a common one")
        told.append(f"{name}, alone" if alone else f"part of {name}")
    if not item.common:
        told.append("stands alone")
    return ", ".join(told)


def text_of(stated: Statement) -> str:
    """What a recommendation says, in one line, in brackets where it is bracketed."""
    text = " ".join(stated.text.split())
    return f"[{text}]" if stated.status == "bracketed" else text


def status_of(stated: Statement) -> str:
    """The status of a recommendation in brackets, empty for none."""
    return f"[{status_word(stated.status)}]" if stated.status else ""


def _named(stated: Statement, view: View) -> str:
    """What a recommendation is called, with its status."""
    return " ".join(filter(None, (view.names[stated.entry.id], status_of(stated))))


def _marked(common: Common) -> str:
    told = [status_word(common.stated.status)] if common.stated.status else []
    told += [flag for flag in ("starred", "confirmed") if getattr(common.stated, flag)]
    told += [f"conflict on {conflict.field}" for conflict in common.stated.conflicts]
    return "".join(f" [{each}]" for each in told)


def made_of(common: Common, view: View) -> str:
    """What a common recommendation is made of."""
    names = [_named(each.stated, view) for each in common.members]
    missing = len(common.stated.sources) - len(names)
    names += [f"{missing} that no longer stand{'s' if missing == 1 else ''}"] if missing else []
    alone = " alone" if len(common.stated.sources) == 1 else ""
    return f"from {ENGLISH.listed(names)}{alone}" if names else "from nothing that stands"


def stances(common: Common, meeting: Meeting) -> str:
    """Which groups support a common recommendation, and which oppose it."""
    told = []
    for stance, word in ((SUPPORTS, "supported by"), (OPPOSES, "opposed by")):
        if names := [meeting.name_of(group) for group, said in common.stances if said == stance]:
            told.append(f"{word} {ENGLISH.listed(names)}")
    return ", ".join(told) or "supported by no group"


def data(view: View, meeting: Meeting, session: Session) -> dict[str, Any]:
    """The table for scripts; no key is ever missing, what is absent is null."""
    sheet_, question = view.sheet, view.sheet.question
    return {
        "meeting": meeting.id,
        "session": session.id,
        "question": f"{session.id}/{question.address}",
        "selects_from": question.selects_from,
        "columns": [
            {
                "group": column.group or None,
                "name": meeting.name_of(column.group) if column.group else session.label,
                "recommendations": [
                    {
                        **_entry(each.stated, view),
                        "alone": each.alone,
                        "common": [view.typed.get(common, common) for common in each.common],
                    }
                    for each in column.items
                ],
            }
            for column in sheet_.columns
        ],
        "silent": list(sheet_.silent),
        "commons": [
            {
                **_entry(common.stated, view),
                "session": common.session,
                "decided_in": common.stated.decided_in or None,
                "targets": list(common.stated.sources),
                "members": [_entry(each.stated, view) for each in common.members],
                "support": list(common.stated.support),
                "oppose": list(common.stated.oppose),
                "stances": {group: stance or None for group, stance in common.stances},
            }
            for common in sheet_.commons
        ],
        "proposals": [
            {"number": number, **_proposal(each, view), "line": accepting(each, view)}
            for number, each in enumerate(view.proposed.across, 1)
        ],
        "within": [_proposal(each, view) for each in view.proposed.within],
    }


def _entry(stated: Statement, view: View) -> dict[str, Any]:
    entry_id = stated.entry.id
    named = {"id": entry_id, "label": view.typed[entry_id], "name": view.names[entry_id]}
    return {**named, "group": stated.group or None, "text": stated.text, "status": stated.status or None}


def _proposal(proposal: Proposal, view: View) -> dict[str, Any]:
    return {
        "score": proposal.score,
        "least": proposal.least,
        "words": list(proposal.words),
        "groups": list(proposal.groups),
        "central": proposal.central.entry.id,
        "members": [_entry(each, view) for each in proposal.members],
    }
