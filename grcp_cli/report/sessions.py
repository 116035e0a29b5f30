"""The chapter of one session: objectives, discussion, practices, agreement and divergence, recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.agenda import GENERAL
from grcp_cli.meeting.entry import CAPTURED, STATUSES

from .wording import STATUSES as SAID
from .wording import counted, listed, works_across

if TYPE_CHECKING:
    from grcp_cli.meeting.proceedings import Answer, Chapter

    from .pen import Pen

SECTIONS = (
    ("practices", "Effective practices, lessons and achievements", ("practice", "lesson", "achievement")),
    ("partnerships", "Partnerships, resources and measuring", ("partnership", "resource", "measure")),
    ("agreement", "Agreement and divergence", ("agreement", "divergence", "reservation")),
    ("recommendations", "Recommendations", ("recommendation",)),
)
"""What a chapter lists after the discussion: id, heading, kinds in order."""

UNDRAFTED = "Notes, not yet drafted"


def chapter(pen: Pen, told: Chapter) -> None:
    """Writes one session as a part of the report."""
    session = told.session
    if told.empty and not session.questions and not session.objectives:
        return  # A coffee break: the annex tells when it was.
    if not told.known:
        pen.remark("This session is no longer in the agenda.")
    _people(pen, told)
    if session.objectives:
        were = "objective of the session was" if len(session.objectives) == 1 else "objectives of the session were"
        pen.paragraph(f"The {were}:")
        pen.planned(session.objectives)
    if told.empty:
        _unheld(pen, told)
    else:
        _discussion(pen, told)
        for section, title, kinds in SECTIONS:
            _section(pen, told, section, title, kinds)
    title = f"Session {session.number}: {session.title}" if session.number is not None else session.title
    pen.part(session.id, "session", title, session.id)


def _people(pen: Pen, told: Chapter) -> None:
    session = told.session
    if pen.choices.attribution == "chatham":
        return
    name = pen.meeting.name_of
    parts = [f"moderated by {name(session.moderator)}"] if session.moderator else []
    if session.panellists:
        parts.append(f"with {listed(map(name, session.panellists))} on the panel")
    if parts:
        pen.paragraph(f"The session was {' '.join(parts)}.")


def _unheld(pen: Pen, told: Chapter) -> None:
    if told.session.questions:
        pen.paragraph("The guiding questions were:")
        for question in told.session.questions:
            asked = (question, *question.subs)
            pen.planned([each.text for each in asked], [f"Question {each.number}:" for each in asked])
    pen.remark(
        "Nothing was recorded in this session." if told.held else "Nothing has been recorded in this session yet."
    )


def _discussion(pen: Pen, told: Chapter) -> None:
    if not told.session.questions and not any(each.statements or each.paragraphs for each in told.answers):
        return
    pen.heading(3, "Discussion", f"{told.session.id}-discussion")
    for answer in told.answers:
        if answer.question is not None:
            pen.heading(4, f"Question {answer.question.number}: {answer.question.text}", _anchor(told, answer))
            _answered(pen, told, answer)
        elif answer.place == GENERAL and (answer.paragraphs or answer.statements):
            pen.heading(4, "The session in general", _anchor(told, answer))
            _answered(pen, told, answer)
    _other(pen, told)
    if told.decided:
        _decided(pen, told)


def _anchor(told: Chapter, answer: Answer) -> str:
    return f"{told.session.id}-{answer.place.replace('/', '-')}"


def _answered(pen: Pen, told: Chapter, answer: Answer) -> None:
    """The paragraphs of a question; where there is none, its notes, or where they are to be found."""
    _reported(pen, told, answer)
    for paragraph in answer.paragraphs:
        pen.drafted(paragraph)
    if answer.paragraphs:
        return
    notes = [each for each in answer.loose if each.kind == "note"]
    listed_below = _below(answer)
    if notes and pen.choices.status == "draft":
        pen.heading(5, UNDRAFTED, f"{_anchor(told, answer)}-notes")
        pen.statements(notes, marks=False)
    elif notes:
        pen.remark("What was said is in the annex of notes.")
    if listed_below:
        pen.remark(listed_below)
    elif answer.statements and not answer.loose:
        pen.remark("This is covered in the other paragraphs of the session.")
    elif not answer.statements and not answer.reported and answer.question and not answer.question.subs:
        pen.remark("Nothing was recorded under this question.")


def _reported(pen: Pen, told: Chapter, answer: Answer) -> None:
    """What another session's question gave, and this one shows or chooses from: by label, else by number."""
    question = answer.question
    if question is None or not answer.reported:
        return
    if question.selects_from:
        names = [pen.label(common.entry.id) for common in told.common]
        chosen = listed(names) if names else "none were recorded"
        sources = [common.entry.id for common in told.common]
        pen.paragraph(f"Recommendations found to work across groups: {chosen}.", sources)
        return
    recommended = [each for each in answer.reported if each.kind == "recommendation"]
    labels = [pen.label(each.entry.id) for each in recommended if pen.label(each.entry.id)]
    unlabelled = [kind for kind in CAPTURED if kind not in ("note", "recommendation")]
    counts = {kind: sum(each.kind == kind for each in answer.reported) for kind in unlabelled}
    others = [counted(count, kind) for kind, count in counts.items() if count]
    where = pen.proceedings.session(answer.reported[0].source.session)
    if labels or others:
        sources = [each.entry.id for each in answer.reported if each.kind != "note"]
        pen.paragraph(f"Reported back from {where}: {listed((*labels, *others))}.", sources)


def _below(answer: Answer) -> str:
    """What of a question is listed further down, in a sentence."""
    counts = {kind: sum(each.kind == kind for each in answer.statements) for kind in CAPTURED if kind != "note"}
    told = [counted(count, kind) for kind, count in counts.items() if count]
    return f"Recorded here, and listed below: {listed(told)}." if told else ""


def _other(pen: Pen, told: Chapter) -> None:
    """What was recorded under questions that the agenda has no more."""
    others = [answer for answer in told.answers if answer.other]
    if not others:
        return
    pen.heading(4, "Other", f"{told.session.id}-other")
    for answer in others:
        pen.remark(f"Recorded under {answer.place}, which is no longer in the agenda:")
        for paragraph in answer.paragraphs:
            pen.drafted(paragraph)
        typed = [each for each in answer.statements if each.kind != "note"]
        notes = [each for each in answer.loose if each.kind == "note"]
        if notes and not answer.paragraphs and pen.choices.status == "draft":
            pen.heading(5, UNDRAFTED, f"{_anchor(told, answer)}-notes")
            pen.statements(notes, marks=False)
        pen.statements(typed, marks=False, kinds=True)


def _decided(pen: Pen, told: Chapter) -> None:
    """What this session decided on recommendations of others, by their labels."""
    labelled = [each for each in told.decided if pen.label(each.entry.id)]
    parts = []
    for status in STATUSES:
        names = [pen.label(each.entry.id) for each in labelled if each.status == status]
        if names:
            parts.append(f"{SAID[status]}: {listed(names)}")
    if parts:
        said = "; ".join(parts)
        pen.paragraph(f"Recommendations decided on in this session — {said}.", [each.entry.id for each in labelled])


def _section(pen: Pen, told: Chapter, section: str, title: str, kinds: tuple[str, ...]) -> None:
    stated = told.of(*kinds)
    common = told.common if section == "recommendations" else ()
    if not stated and not common:
        return
    pen.heading(3, title, f"{told.session.id}-{section}")
    for kind in kinds:
        own = [each for each in stated if each.kind == kind]
        groups = told.session.groups
        for group in groups:
            pen.introduced(kind, [each for each in own if each.group == group], group=group)
        pen.introduced(kind, [each for each in own if each.group not in groups])
    if common:
        pen.paragraph(works_across(len(common)))
        pen.commons(common)
