"""One line, one thing: every form of a typed line, and the prose that must stay prose."""

import time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import command, grammar
from grcp_cli.meeting.agenda import Meeting, Session
from grcp_cli.meeting.commands import BY_NAME
from grcp_cli.meeting.decision import Refuse, Show, Sight, Write
from grcp_cli.meeting.entry import CAPTURED, Source
from grcp_cli.meeting.grammar import KIND_WORDS, Command, Continued, Prose, Substitution, Unclear
from grcp_cli.meeting.names import BEFORE, NOBODY, Who
from grcp_cli.meeting.walkthrough import Walk

COLOMBO = {"speaker": "colombo-process"}


def session_of(meeting: Meeting, session_id: str) -> Session:
    session = meeting.session(session_id)
    assert session is not None
    return session


# What a line writes at session 2, where the walkthrough stands at q1/a.
WRITES = [
    ("text", "note", {"text": "text"}),
    ("  text \t", "note", {"text": "text"}),
    ("rec: text", "recommendation", {"text": "text"}),
    ("r: text", "recommendation", {"text": "text"}),
    ("r:\ttext", "recommendation", {"text": "text"}),
    ("note: text", "note", {"text": "text"}),
    ("achievement: text", "achievement", {"text": "text"}),
    ("lesson: text", "lesson", {"text": "text"}),
    ("practice: text", "practice", {"text": "text"}),
    ("partnership: text", "partnership", {"text": "text"}),
    ("resource: text", "resource", {"text": "text"}),
    ("measure: text", "measure", {"text": "text"}),
    ("action: text", "action", {"text": "text"}),
    ("agreed: text", "agreement", {"text": "text"}),
    ("diverge: text", "divergence", {"text": "text"}),
    ("reserve: text", "reservation", {"text": "text"}),
    ("@col text", "note", {**COLOMBO, "text": "text"}),
    ("@COL text", "note", {**COLOMBO, "text": "text"}),
    ("@col: text", "note", {**COLOMBO, "text": "text"}),
    ("@Colombo Process text", "note", {**COLOMBO, "text": "text"}),
    ("@colombo process: text", "note", {**COLOMBO, "text": "text"}),
    ("@colombo-process text", "note", {**COLOMBO, "text": "text"}),
    ("@Puebla text", "note", {"speaker": "rcm", "text": "text"}),
    ("@5+5 Dialogue text", "note", {"speaker": "5-5-dialogue", "text": "text"}),
    ("@ACP–EU Dialogue text", "note", {"speaker": "acp-eu-dialogue", "text": "text"}),
    ("@Any Name: text", "note", {"speaker": "Any Name", "text": "text"}),
    ("@Zoë Ångström : text", "note", {"speaker": "Zoë Ångström", "text": "text"}),
    ("@张伟: 文本", "note", {"speaker": "张伟", "text": "文本"}),
    ("@africa text", "note", {"group": "africa", "speaker": "africa", "text": "text"}),
    ("@Asia and the Pacific text", "note", {"group": "asia", "speaker": "asia", "text": "text"}),
    ("@- text", "note", {"text": "text"}),
    ("@col rec: text", "recommendation", {**COLOMBO, "text": "text"}),
    ("@Any Name: rec: text", "recommendation", {"speaker": "Any Name", "text": "text"}),
    ("/1b text", "note", {"question": "q1/b", "here": "q1/a", "text": "text"}),
    ("/1B text", "note", {"question": "q1/b", "here": "q1/a", "text": "text"}),
    ("/1 text", "note", {"question": "q1", "here": "q1/a", "text": "text"}),
    ("/0 text", "note", {"question": "0", "here": "q1/a", "text": "text"}),
    ("/2 text", "measure", {"question": "q2", "here": "q1/a", "text": "text"}),
    ("/2 note: text", "note", {"question": "q2", "here": "q1/a", "text": "text"}),
    ("/1a text", "note", {"text": "text"}),
    ("/1b @col rec: text", "recommendation", {"question": "q1/b", "here": "q1/a", **COLOMBO, "text": "text"}),
    ("… text", "note", {"text": "… text"}),  # there is no entry before to continue
    ("/off text", "note", {"text": "text", "internal": True}),
    ("/off /1b @col rec: text", "recommendation", {"question": "q1/b", "here": "q1/a", **COLOMBO, "text": "text"}),
    # The order of the parts is fixed: what comes later is text.
    ("rec: @col text", "recommendation", {"text": "@col text"}),
    ("rec: note: text", "recommendation", {"text": "note: text"}),
    ("@col /1b text", "note", {**COLOMBO, "text": "/1b text"}),
    ("/1b /next", "note", {"question": "q1/b", "here": "q1/a", "text": "/next"}),
]


@pytest.mark.parametrize(("line", "kind", "fields"), WRITES, ids=[row[0] for row in WRITES])
def test_a_line_writes(desk: Any, line: str, kind: str, fields: dict[str, Any]) -> None:
    internal = {"internal": True} if line.startswith("/off") else {}
    assert desk.writes(line) == {"question": "q1/a", "kind": kind, **fields, **internal}


PROSE = [
    "March: a proposal was tabled",
    "ARCP: meets yearly",
    "ARCP : meets yearly",
    "/etc/hosts",
    "/24/7 support",
    "//srv",
    "// srv",
    "/ next",
    "/été next",
    "/१ text",
    "@ 10:30",
    "at 10:30 @col spoke",
    "#tag in the middle",
    "text #tag in the middle",
    "text #academia",  # nothing is declared at session 2's first question
    "#academia",
    "https://example.org/a#b",
    "s/he said",
    "s/he said/she said",
    "s/one/two/ and so on",
    "is/was/will be/",
    "1. first",
    "- a dash",
    "+1 for that",
    "[2019-04-05] text",
    "2019-04-05 10:30 text",
    "rec:text",
    "rec :text",
    "recommendations: three",
    "text rec: text",
    "....",
    "...and so on",
    "…and so on",
    "\\text",
    "\\",
    "\\\\server\\share",
    "\\March: a proposal",
    "C:\\Users",
    "q: what?",
    '"quoted"',
    "text = 'x'",
    "= 1 + 1",
    "[[entry]]",
    "R&D <b>…",
    "اقتراح: نص",
    "会议记录",
    "🙂 emoji",
    "two\nlines",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_stays_prose(desk: Any, line: str) -> None:
    assert desk.writes(line) == {"kind": "note", "question": "q1/a", "text": line}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("\\/next", "/next"),
        ("\\/1b text", "/1b text"),
        ("\\/1z text", "/1z text"),
        ("\\/and-or text", "/and-or text"),
        ("\\+ text", "\\+ text"),
        ("\\@col text", "@col text"),
        ("\\@nobody text", "@nobody text"),
        ("\\@ 10:30", "\\@ 10:30"),
        ("\\rec: text", "rec: text"),
        ("\\r:", "r:"),
        ("\\… text", "… text"),
        ("\\@", "@"),
        ("\\#", "#"),
        ("\\/", "/"),
        ("\\…", "…"),
        ("\\...", "..."),
        ("\\... text", "... text"),
        ("\\...text", "\\...text"),
        ("\\s/old/new/", "s/old/new/"),
        ("\\s/old", "\\s/old"),
        ("\\\\/next", "\\/next"),
        ("\\\\\\@col text", "\\\\@col text"),
        ("\\ /next", "/next"),
        ("\\/etc/hosts", "\\/etc/hosts"),
        ("\\text", "\\text"),
        ("@col \\rec: text", "rec: text"),
        ("@col \\@bal text", "\\@bal text"),  # a second @ is text anyway
        ("@col \\/next", "\\/next"),
        ("rec: \\@col text", "\\@col text"),
        ("/1b \\@col text", "@col text"),
    ],
)
def test_the_backslash_goes_only_where_the_rest_would_be_special(desk: Any, line: str, text: str) -> None:
    assert desk.writes(line)["text"] == text


TAGGED = [
    ("text #academia", "text", ["academia"]),
    ("text #academia #private", "text", ["academia", "private"]),
    ("text #private #academia #private", "text", ["private", "academia"]),
    ("text #Academia", "text", ["academia"]),
    ("text #civil-society", "text", ["civil"]),  # by the partner's name
    ("text \n #un", "text", ["un"]),
    ("@col rec: text #un", "text", ["un"]),
    ("text #academia and more", "text #academia and more", None),
    ("text#academia", "text#academia", None),
    ("text ##academia", "text ##academia", None),
    ("text #", "text #", None),
    ("text #academia, #private", "text #academia,", ["private"]),
    ("text #2030", "text #2030", None),
    ("#2030", "#2030", None),
    ("text #2030 #un", "text #2030", ["un"]),
    ("text #un #2030", "text #un #2030", None),
    ("\\text #un", "text #un", None),  # literal, all of it
    ("\\text #2030", "\\text #2030", None),
    ("/1 text #un", "text #un", None),  # no tags are declared there
]


@pytest.mark.parametrize(("line", "text", "tags"), TAGGED, ids=[row[0] for row in TAGGED])
def test_tags_stand_at_the_end_where_they_are_declared(room: Any, line: str, text: str, tags: list[str] | None) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    written = desk.writes(line)
    assert (written["text"], written.get("tags")) == (text, tags)


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("Rec: text", "for a recommendation write rec: in small letters"),
        ("rec:text", "rec: in small letters with a space behind it"),
        ("recomendation: text", "write recommendation:"),
        ("agred: text", "write agreed:"),
        ("s/old/new", "ends with its third slash"),
        ("s/old/new/g", "ends with its third slash"),
        ("S/old/new/", "begins with a small s"),
        ("/s/old/new/", "begins with a small s"),
        ("/q1/b text", "/1b text"),
        ("…text", "with a space behind it"),
        ("… text", "there is no entry before to continue"),
    ],
)
def test_a_near_miss_is_saved_and_told(desk: Any, line: str, near: str) -> None:
    assert desk.writes(line)["text"] == line
    (notice,) = desk.decision.notices
    assert notice.startswith("saved as typed; ")
    assert near in notice


@pytest.mark.parametrize("text", ["1", "africa:12", "africa3", "Africa 3", "session-4/common1", "session-2.1"])
def test_a_number_kept_inside_is_saved_and_told(desk: Any, text: str) -> None:
    assert desk.writes(f"/off {text}")["text"] == text
    (notice,) = desk.decision.notices
    assert notice.startswith("saved as typed; /off takes a text, and no entry that is there can be made internal: ")
    assert f"/strike {text} keeps that one out of the report" in notice


@pytest.mark.parametrize("text", ["session-2", "covid19", "rec: 1", "1 and 2", "Africa", "in Africa 3"])
def test_what_is_no_number_kept_inside_is_told_nothing_about(desk: Any, text: str) -> None:
    desk.says(f"/off {text}")
    assert desk.decision.notices == ()


def test_a_near_miss_of_a_tag_is_saved_and_told(room: Any) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    assert desk.writes("text #academy")["text"] == "text #academy"
    assert "#academy is none of the tags here" in desk.decision.notices[0]
    assert "#academia" in desk.decision.notices[0]


STAY = [
    ("#academia Conjoint research", "#academia"),
    ("Ports with #private firms", "#private"),
    ("Round tables (#civil)", "#civil"),
    ("#academia, et le secteur privé", "#academia"),
    ("text #academia, #private", "#academia"),
    ("with #Civil-Society, #academia and #academia again", "#Civil-Society #academia"),
]


@pytest.mark.parametrize(("line", "stay"), STAY, ids=[row[0] for row in STAY])
def test_a_declared_tag_that_is_not_at_the_end_is_text_and_told(room: Any, line: str, stay: str) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    assert desk.says(line).text == line.removesuffix(" #private")
    stays = "stay" if " " in stay else "stays"
    told = f"saved as typed; {stay} {stays} in the text: tags stand at its end, by themselves"
    assert desk.decision.notices == (told,)


def test_what_an_unknown_tag_keeps_from_the_end_is_told_with_it(room: Any) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    assert "tags" not in desk.writes("Labs #academia #foo")
    (told,) = desk.decision.notices
    assert told.startswith("saved as typed; #academia #foo stay in the text: tags stand at its end, and #foo is none;")


@pytest.mark.parametrize(
    "line", ["text#academia", "text ##academia", "https://example.org/a#un", "#2030 and #sdg-17 too"]
)
def test_what_is_no_declared_tag_is_told_nothing_about(room: Any, line: str) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    assert desk.says(line).text == line
    assert desk.decision.notices == ()


def test_a_word_too_long_for_a_tag_is_none_of_them(room: Any) -> None:
    desk = room.desk("session-4")
    desk.says("/go 3")
    for line in (f"text #{'x' * 300}", f"#un #{'x' * 300}"):
        assert desk.says(line).text == line
        assert not any("xxx" in told for told in desk.decision.notices)


@pytest.mark.parametrize(
    "line", ["March: a proposal was tabled", "ARCP: meets yearly", "1. first", "text", "s/he said"]
)
def test_plain_prose_is_told_nothing_about(desk: Any, line: str) -> None:
    desk.says(line)
    assert desk.decision.notices == ()


REFUSED = [
    ("/nxt", 2, "there is no command /nxt", "did you mean /next?"),
    ("/and-or text", 2, "there is no command /and-or", "\\/and-or"),
    ("/xyzzy", 2, "there is no command /xyzzy", "/help"),
    ("@Colmbo text", 2, "@Colmbo is not in the agenda", "did you mean Colombo Process?"),
    ("@nobody text", 2, "@nobody is not in the agenda", "@Any Name: text"),
    ("@a text", 2, "@a could be", "more of the name"),
    ("@mid text", 2, "@mid could be MIDSA, MIDWA, MIDCAS, MIDCOM", "more of the name"),
    ("@Jane Doe rec: text", 2, "@Jane Doe is not in the agenda", "@Jane Doe: rec:"),
    ("@< text", 2, "nobody did", "@NAME text"),
    ("/1z text", 4, "there is no question 1z in Session 2", "there are 0, 1a, 1b, 1c, 2"),
    ("/9", 4, "there is no question 9 in Session 2", "there are 0, 1a"),
    ("s/old/new/", 2, "no standing entry of this file contains “old”", "\\"),
    ("s//new/", 2, "nothing to look for", "s/old/new/"),
    ("r:", 4, "there is no entry before", "write the text first"),
    ("/off", 2, "there is no text", "/off text"),
    ("/off @Colmbo text", 2, "@Colmbo is not in the agenda", "did you mean Colombo Process?"),
    ("/off /9 text", 4, "there is no question 9", "there are 0"),
    ("@", 2, "@ alone says nothing", "\\@"),
    (" # ", 2, "# alone says nothing", "text #NAME"),
    ("/", 2, "/ alone says nothing", "/help"),
    ("…", 2, "… alone says nothing", "\\…"),
    ("...", 2, "... alone says nothing", "... text continues"),
    ("/off @", 2, "@ alone says nothing", "@NAME"),
    ("/endafter", 2, "there is no command /endafter", "did you mean /end?"),
    ("/listing", 2, "there is no command /listing", "did you mean /list "),
    ("/next text that would be lost", 2, "nothing goes behind /next", "\\/next"),
]


@pytest.mark.parametrize(("line", "code", "reason", "hint"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refusal_says_why_and_what_would_help(desk: Any, line: str, code: int, reason: str, hint: str) -> None:
    refuse = desk.refused(line)
    assert (refuse.exit_code, reason in refuse.reason, hint in refuse.hint) == (code, True, True), refuse
    assert desk.entries == []


@pytest.mark.parametrize("line", ["", "   ", "\t", "\n"])
def test_an_empty_line_does_nothing(desk: Any, line: str) -> None:
    assert desk.type(line) == []
    assert desk.decision == Write(())


@pytest.mark.parametrize(
    ("line", "show"),
    [
        ("/find two words", Show("find", "two words")),
        ("/list", Show("list", "")),
        ("/list rec", Show("list", "rec")),
        ("/help", Show("help", "")),
        ("/quit", Show("quit", "")),
        ("/QUIT", Show("quit", "")),
    ],
)
def test_what_only_shows_writes_nothing(desk: Any, line: str, show: Show) -> None:
    assert desk.type(line) == []
    assert desk.decision == show


def test_forms_that_are_not_prose(meeting: Meeting) -> None:
    def parsed(line: str) -> object:
        return grammar.parse(line, meeting, session_of(meeting, "session-2"), "q1/a")

    assert parsed("/1b") == Command("go", "1b")
    assert parsed("/1B") == Command("go", "1b")
    assert parsed("/0") == Command("go", "0")
    assert parsed("/+12 col") == Command("+12", "col")
    assert parsed("/Next") == Command("next", "")
    assert parsed("... text") == Continued("text", "... text")
    assert parsed("…   text") == Continued("text", "…   text")
    assert parsed("s/a b/c d/") == Substitution("a b", "c d")
    assert parsed("s/a//") == Substitution("a", "")
    assert parsed("s/and\\/or/and/") == Substitution("and/or", "and")
    assert parsed("s/a\\b/a\\/b/") == Substitution("a\\b", "a/b")
    assert isinstance(parsed("@nobody text"), Unclear)


# Hypothesis

FRAGMENTS = st.one_of(
    st.sampled_from("/\\@#:…-<é中\n\x00\u202e"),
    st.sampled_from([f"/{name} " for name in BY_NAME]),
    st.sampled_from(["...", "s/", "rec:", "r: ", "@col ", "@Any Name: ", "/1b ", "/+1 ", "#un", "@<", " -1", "10:47"]),
    st.sampled_from(["12", "africa:3", "working-lunch/africa:1", "africa1", "1" * 5000]),
)
PIECES = st.one_of(FRAGMENTS, st.just(" "), st.text(max_size=6))
TEXT = st.lists(PIECES, max_size=8).map("".join)
PLACES = ["0", "q1", "q2", "q3", "q4"]


@settings(max_examples=300, deadline=None)
@given(
    text=TEXT,
    place=st.sampled_from(["", *PLACES]),
    here=st.sampled_from(PLACES),
    who=st.sampled_from([None, "colombo-process", "africa", "igad-rcp", NOBODY, BEFORE, "Jane Doe", "张伟"]),
    kind=st.sampled_from(["", *CAPTURED]),
    tags=st.lists(st.sampled_from(["un", "academia", "civil"]), unique=True, max_size=2),
)
def test_what_is_rendered_parses_to_itself(
    meeting: Meeting, text: str, place: str, here: str, who: str | None, kind: str, tags: list[str]
) -> None:
    session = session_of(meeting, "session-4")
    assume(text.strip() or who or kind or tags)
    offers = grammar.offered(session, place or here)
    group = "africa" if who == "africa" else ""
    known = who is not None and (who in (NOBODY, BEFORE, "africa") or meeting.participant(who) is not None)
    said = Prose(
        text=text.strip(),
        place=place,
        who=Who(who, group, known) if who else None,
        kind=kind,
        tags=tuple(tag for tag in tags if tag in offers),
    )
    assume(said.text or said.who or said.kind or said.tags)
    rendered = grammar.render(said, meeting, session, here)
    parsed = grammar.parse(rendered, meeting, session, here)
    # A literal text is literal to its end: behind a backslash there are no tags.
    literal = isinstance(parsed, Prose) and parsed.text.endswith(tuple(f"#{tag}" for tag in said.tags))
    if not (said.tags and literal):
        assert isinstance(parsed, Prose)
        assert parsed._replace(near="") == said


@settings(max_examples=400, deadline=None)
@given(lines=st.lists(st.one_of(TEXT, st.text(max_size=40)), max_size=6), desk_id=st.sampled_from(["", "africa"]))
def test_no_line_crashes(new_room: Any, lines: list[str], desk_id: str) -> None:
    desk = new_room().desk("session-4", desk_id)
    desk.type("/start")
    desk.type("rec: The first entry, which others refer to #un")
    for line in lines:
        desk.type(line)
        assert isinstance(desk.decision, Write | Show | Refuse)


@settings(max_examples=200, deadline=None)
@given(line=st.one_of(TEXT, st.text(max_size=40)))
def test_no_line_crashes_where_only_the_tail_was_read(new_room: Any, line: str) -> None:
    room = new_room()
    session = session_of(room.meeting, "session-4")
    sight = Sight(room.meeting, session, Source(session.id), "", Walk(here="q3"), room.now)
    typed = grammar.parse(line, room.meeting, session, "q3")
    if not command.needs_record(typed):
        assert isinstance(command.decide(typed, sight), Write | Show | Refuse)


LONG = [
    "\\",
    "\\ ",
    "@col \\",
    "note: \\",
    "/1 \\",
    "/",
    "s/a",
    "\\/",
    "#",
    "#un ",
    " #un",
    "@",
    "@ ",
    ":",
    "a:",
    "a ",
    "…",
    "... ",
    "é",
    "1",
    "-1 ",
    ",",
    "\n",
]
HEADS = ["", "x", "@", "@x ", "/f ", "/q ", "/move a", "/f a ", "/extend 5", "/amend 1 ", "/+1 ", "/start ", "s/", "/"]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("unit", LONG)
def test_a_long_line_takes_time_by_its_length_alone(room: Any, head: str, unit: str) -> None:
    """64 KiB here; what is quadratic takes minutes at 1 MiB and is seen at this size already."""
    desk = room.desk("session-4")
    desk.says("/go 3")
    desk.says("rec: text")
    line = f"{head}{unit * (65536 // len(unit))}b"
    began = time.process_time()
    desk.type(line)
    assert time.process_time() - began < 0.5


def test_texts_up_to_one_mebibyte_are_taken_and_longer_ones_refused(desk: Any) -> None:
    assert desk.says("é" * (512 * 1024)).text == "é" * (512 * 1024)
    for line in ("é" * (512 * 1024) + "x", "/amend 1 " + "x" * (1024 * 1024 + 1), "/extend 5 " + "x" * 1024 * 1024):
        refuse = desk.refused(line)
        assert (refuse.exit_code, "more than 1 MiB" in refuse.reason) == (2, True)


def test_kind_words_are_those_of_the_grammar() -> None:
    shown = "rec r note achievement lesson practice partnership resource measure action agreed diverge reserve"
    assert set(shown.split()) | set(CAPTURED) == set(KIND_WORDS)
    assert set(KIND_WORDS.values()) == set(CAPTURED)
