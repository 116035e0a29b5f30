"""The chapter of one session: objectives, discussion, practices, agreement and divergence, recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grcp_cli.meeting.agenda import GENERAL
from grcp_cli.meeting.contested import stands
from grcp_cli.meeting.entry import CAPTURED

from . import across
from .language import word
from .naming import session_named, titled
from .phrases import STATUSES
from .wording import counted, recommended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grcp_cli.meeting.proceedings import Answer, Chapter
    from grcp_cli.meeting.record import Statement

    from .pen import Pen

SECTIONS = (
    ("practices", word("Effective practices, lessons and achievements"), ("practice", "lesson", "achievement")),
    ("partnerships", word("Partnerships, resources and measuring"), ("partnership", "resource", "measure")),
    ("agreement", word("Agreement and divergence"), ("agreement", "divergence", "reservation")),
    ("recommendations", word("Recommendations"), ("recommendation",)),
)
"""What a chapter lists after the discussion: id, heading, kinds in order."""

BY_QUESTION = ("agreement",)
"""Which of them stand under the questions that they belong to."""

UNDRAFTED = word("Notes, not yet drafted")


def chapter(pen: Pen, told: Chapter) -> None:
    """Writes one session as a part of the report."""
    session = told.session
    if told.empty and not session.questions and not session.objectives:
        return  # A coffee break: the annex tells when it was.
    if not told.known:
        pen.remark(pen.say("This session is no longer in the agenda."))
    _people(pen, told)
    if session.objectives:
        count = len(session.objectives)
        pen.paragraph(pen.tell("The objective of the session was:", "The objectives of the session were:", count))
        pen.planned(session.objectives)
    if told.empty:
        _unheld(pen, told)
    else:
        _discussion(pen, told)
        for section, title, kinds in SECTIONS:
            _section(pen, told, section, title, kinds)
        _decided(pen, told)
    pen.part(session.id, "session", titled(session, pen.language), session.id)


def _people(pen: Pen, told: Chapter) -> None:
    session, name = told.session, pen.meeting.name_of
    if pen.choices.attribution == "chatham":
        return
    panel = pen.language.listed(map(name, session.panellists))
    if session.moderator and panel:
        moderator = name(session.moderator)
        pen.paragraph(
            pen.say(
                "The session was moderated by {moderator} with {panel} on the panel.", moderator=moderator, panel=panel
            )
        )
    elif session.moderator:
        pen.paragraph(pen.say("The session was moderated by {moderator}.", moderator=name(session.moderator)))
    elif panel:
        pen.paragraph(pen.say("The session was held with {panel} on the panel.", panel=panel))


def _unheld(pen: Pen, told: Chapter) -> None:
    if told.session.questions:
        pen.paragraph(pen.say("The guiding questions were:"))
        for question in told.session.questions:
            asked = (question, *question.subs)
            marks = [pen.say("Question {number}:", number=each.number) for each in asked]
            pen.planned([each.text for each in asked], marks)
    held, to_come = (
        pen.say("Nothing was recorded in this session."),
        pen.say("Nothing has been recorded in this session yet."),
    )
    # What is final waits for nothing any more.
    pen.remark(held if told.held or pen.choices.status != "draft" else to_come)


def _discussion(pen: Pen, told: Chapter) -> None:
    if not told.session.questions and not any(each.statements or each.paragraphs for each in told.answers):
        return
    pen.heading(3, pen.say("Discussion"), f"{told.session.id}-discussion")
    for answer in told.answers:
        if answer.question is not None or (answer.place == GENERAL and (answer.paragraphs or answer.statements)):
            pen.heading(4, _asked(pen, answer), _anchor(told, answer))
            _answered(pen, told, answer)
    _other(pen, told)


def _asked(pen: Pen, answer: Answer, stem: str = "") -> str:
    """The heading of a question, or of the session in general; with its stem where that does not stand above."""
    if answer.question is None:
        return pen.say("The session in general")
    text = f"{stem} {answer.question.text}".strip()
    return pen.say("Question {number}: {text}", number=answer.question.number, text=text)


def _anchor(told: Chapter, answer: Answer, section: str = "") -> str:
    return "-".join(filter(None, (told.session.id, section, answer.place.replace("/", "-"))))


def _answered(pen: Pen, told: Chapter, answer: Answer) -> None:
    """The paragraphs of a question; where there is none, its notes, or where they are to be found."""
    _reported(pen, told, answer)
    for paragraph in answer.paragraphs:
        pen.drafted(paragraph)
    if answer.paragraphs:
        return
    notes = [each for each in answer.loose if each.kind == "note"]
    listed_below = _below(pen, answer)
    if notes and pen.choices.status == "draft":
        pen.heading(5, pen.say(UNDRAFTED), f"{_anchor(told, answer)}-notes")
        pen.statements(notes, marks=False)
    elif notes and pen.choices.notes:
        pen.remark(pen.say("What was said is in the annex of notes."))
    if listed_below:
        pen.remark(listed_below)
    elif answer.statements and not answer.loose:
        pen.remark(pen.say("This is covered in the other paragraphs of the session."))
    elif answer in told.unanswered and not answer.reported:
        pen.remark(pen.say("Nothing was recorded under this question."))


def _reported(pen: Pen, told: Chapter, answer: Answer) -> None:
    """What another session's question gave, and this one shows or chooses from: by label, else by number."""
    question = answer.question
    if question is None or not answer.reported:
        return
    if question.selects_from:
        works = [common for common in told.common if common.works]
        names = [pen.label(common.entry.id) for common in works]
        chosen = pen.language.listed(names) or pen.say("none were recorded")
        sources = [common.entry.id for common in works]
        pen.paragraph(pen.say("Recommendations found to work across groups: {labels}.", labels=chosen), sources)
        return
    recommended_there = [each for each in answer.reported if each.kind == "recommendation"]
    labels = [pen.label(each.entry.id) for each in recommended_there if pen.label(each.entry.id)]
    things = [*labels, *_counts(pen, answer.reported, "recommendation")]
    if things:
        where = session_named(pen.meeting, answer.reported[0].source.session, pen.language)
        sources = [each.entry.id for each in answer.reported if each.kind != "note"]
        told_back = pen.language.listed(things)
        pen.paragraph(pen.say("Reported back from {session}: {things}.", session=where, things=told_back), sources)


def _counts(pen: Pen, stated: Sequence[Statement], *without: str) -> list[str]:
    """How many there are of each kind, notes left out."""
    counts = {kind: sum(each.kind == kind for each in stated) for kind in CAPTURED if kind not in ("note", *without)}
    return [counted(count, kind, pen.language) for kind, count in counts.items() if count]


def _below(pen: Pen, answer: Answer) -> str:
    """What of a question is listed further down, in a sentence."""
    told = _counts(pen, answer.statements)
    return pen.say("Recorded here, and listed below: {things}.", things=pen.language.listed(told)) if told else ""


def _other(pen: Pen, told: Chapter) -> None:
    """What was recorded under questions that the agenda has no more."""
    others = [answer for answer in told.answers if answer.other]
    if not others:
        return
    pen.heading(4, pen.say("Other"), f"{told.session.id}-other")
    for answer in others:
        pen.remark(pen.say("Recorded under {place}, which is no longer in the agenda:", place=answer.place))
        for paragraph in answer.paragraphs:
            pen.drafted(paragraph)
        typed = [each for each in answer.statements if each.kind != "note"]
        notes = [each for each in answer.loose if each.kind == "note"]
        if notes and not answer.paragraphs and pen.choices.status == "draft":
            pen.heading(5, pen.say(UNDRAFTED), f"{_anchor(told, answer)}-notes")
            pen.statements(notes, marks=False)
        pen.statements(typed, marks=False, kinds=True)


def _decided(pen: Pen, told: Chapter) -> None:
    """What this session decided on recommendations of others, by their labels, among its own if there are any."""
    labelled = [each for each in told.decided if pen.label(each.entry.id)]
    parts = []
    for status in STATUSES:
        names = [pen.label(each.entry.id) for each in labelled if stands(each) == status]
        if names:
            how = recommended(status, len(names), pen.language)
            parts.append(pen.say("{status}: {labels}", status=how, labels=pen.language.listed(names)))
    if parts:
        if not (told.of("recommendation") or told.common):
            pen.heading(3, pen.say("Recommendations"), f"{told.session.id}-recommendations")
        said = pen.say(
            "Recommendations decided on in this session — {decisions}.", decisions=pen.language.beside(parts)
        )
        pen.paragraph(said, [each.entry.id for each in labelled])


def _section(pen: Pen, told: Chapter, section: str, title: str, kinds: tuple[str, ...]) -> None:
    stated = told.of(*kinds)
    common = told.common if section == "recommendations" else ()
    if not stated and not common:
        return
    pen.heading(3, pen.say(title), f"{told.session.id}-{section}")
    if section in BY_QUESTION:
        _by_question(pen, told, section, kinds)
    else:
        _by_kind(pen, told, stated, kinds)
    across.write(pen, common)


def _by_question(pen: Pen, told: Chapter, section: str, kinds: tuple[str, ...]) -> None:
    stems = {sub.address: question.text for question in told.session.questions for sub in question.subs}
    for answer in told.answers:
        own = [each for each in answer.statements if each.kind in kinds and not answer.other]
        if own:
            pen.heading(4, _asked(pen, answer, stems.get(answer.place, "")), _anchor(told, answer, section))
            _by_kind(pen, told, own, kinds)


def _by_kind(pen: Pen, told: Chapter, stated: Sequence[Statement], kinds: tuple[str, ...]) -> None:
    """Kind by kind, each group's own first where the session has groups."""
    groups = told.session.groups
    for kind in kinds:
        own = [each for each in stated if each.kind == kind]
        for group in groups:
            pen.introduced(kind, [each for each in own if each.group == group], group)
        pen.introduced(kind, [each for each in own if each.group not in groups])
