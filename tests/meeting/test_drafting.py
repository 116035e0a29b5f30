"""A draft page there and back: what its writer changes is written, what others did stays, nothing is lost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting import drafted, drafting, walkthrough
from grcp_cli.meeting.agenda import Group, Meeting, Participant, Question, Session
from grcp_cli.meeting.clock import Moment
from grcp_cli.meeting.decision import Sight
from grcp_cli.meeting.draft_order import filled, rising
from grcp_cli.meeting.draft_page import escaped, flat, split, unescaped
from grcp_cli.meeting.entry import CAPTURED, Draft, Entry, Source
from grcp_cli.meeting.record import Record

SUBS = (Question("a", "q1/a", "1a", "Where?"), Question("b", "q1/b", "1b", "When? <!-- not a comment -->"))
SESSION = Session("talk", "A talk", "plenary", 60, questions=(Question("q1", "q1", "1", "What?", subs=SUBS),))
MEETING = Meeting(
    "trial",
    "Trial",
    date(2019, 4, 5),
    "Europe/Zurich",
    groups=(Group("africa", "Africa"),),
    participants=(Participant("igad-rcp", "IGAD-RCP", "africa"),),
    sessions=(SESSION, Session("lunch", "Lunch", "breakout", 60, groups=("africa",))),
)
START = datetime(2019, 4, 5, 10, 45, tzinfo=UTC)


class World:
    """A record in memory that several desks write in."""

    def __init__(self) -> None:
        self.record = Record()
        self.count = 0

    def add(self, kind: str, desk: str = "", session: str = "talk", **fields: object) -> str:
        self.count += 1
        source = Source(session, desk)
        n = sum(each.captured for each in self.record.files.get(source, ())) + (kind in CAPTURED)
        entry_id = f"01912f6e-0000-7000-8000-{self.count:012x}"
        entry = Entry(entry_id, START + timedelta(seconds=self.count), n, kind, fields)
        self.record.add(source, [entry])
        return entry_id

    def write(self, drafts: tuple[Draft, ...], desk: str = "") -> list[str]:
        return [self.add(draft.kind, desk, **draft.fields) for draft in drafts]

    def paragraph(self, text: str, question: str = "q1/a", order: float = 1, **fields: object) -> str:
        return self.add("paragraph", text=text, question=question, order=order, **fields)

    def sight(self, desk: str = "") -> Sight:
        walk = walkthrough.opening(SESSION)
        return Sight(MEETING, SESSION, Source("talk", desk), "", walk, Moment(START), record=self.record)

    def page(self, at: str = "", desk: str = "") -> str:
        return drafting.page(self.sight(desk), at)

    def read(self, page: str, at: str = "", desk: str = "") -> drafted.Reading:
        return drafted.read(page, self.sight(desk), at)

    def save(self, page: str, at: str = "", desk: str = "") -> drafted.Reading:
        reading = self.read(page, at, desk)
        self.write(reading.drafts, desk)
        return reading

    def texts(self, question: str = "q1/a") -> list[str]:
        standing = self.record.paragraphs("talk")
        return [each.text for each in standing if each.question == question and not each.struck]


@pytest.fixture
def world() -> World:
    return World()


def told(drafts: tuple[Draft, ...]) -> list[tuple[str, dict[str, object]]]:
    """Drafts without where the desk stands."""
    return [(each.kind, {name: value for name, value in each.fields.items() if name != "here"}) for each in drafts]


# The form of a page.

ODD = [
    "# a heading?",
    "\\# escaped",
    "## 1b",
    "<!-- a comment -->",
    "\\<!-- half",
    "--> the other half -->",
    "ends with a number [12]",
    "[3]",
    "\\[3]",
    "x \\\\[a]",
    "contested [in brackets]",
    "[1] [2] [africa1]",
    "<!-- ¶ 000000000001.-.00000000.00000000 -->",
    "<!-- page of elsewhere/talk -->",
    "<!-- shown at 1a: 000000000001.-.00000000.00000000 -->",
    "two\nlines\r\nand \r more\n\n# lines",
    "تسجيل الهجرة [١٢]",
    "移徙治理 🧭 e\u0301 \u202e bidi",
    "NUL \x00 VT \x0b LS \u2028 NEL \x85 end",
    "- a list\n- in two lines",
    "\ufeffwith a mark",
    "\\",
    "   ",
    "",
]
TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(codec="utf-8")),
    st.lists(st.sampled_from(["#", "<!--", "-->", "\\", "[", "]", "1", "~", " ", "\n", "\r", "a", "¶"])).map("".join),
)


@given(TEXTS)
@example("a" * 70 + "[")
def test_every_text_comes_back_from_its_escaped_form(text: str) -> None:
    assert unescaped(escaped(flat(text))) == flat(text)


@given(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=4), st.data())
@settings(max_examples=150)
def test_an_unchanged_page_changes_nothing(texts: list[str], notes: list[str], data: st.DataObject) -> None:
    world = World()
    places = st.sampled_from(["0", "q1", "q1/a", "q1/b", "q9/gone", "no id at all"])
    ids = [world.add("note", data.draw(st.sampled_from(["", "africa"])), text=each, question="q1/a") for each in notes]
    ids += ["unknown to the record", world.add("recommendation", "africa", text="r", group="africa")]
    for text in texts:
        sources = data.draw(st.lists(st.sampled_from(ids), max_size=3))
        world.paragraph(text, data.draw(places), data.draw(st.integers(0, 3)), sources=sources)
    page = data.draw(st.sampled_from(["plain", "crlf", "mark"]))
    shown = world.page()
    sent = {"plain": shown, "crlf": shown.replace("\n", "\r\n"), "mark": f"\ufeff{shown}"}[page]
    reading = world.read(sent)
    assert reading == drafted.Reading((), (), (), ())


@given(TEXTS.filter(lambda text: flat(text) != ""))
def test_what_is_written_on_a_page_is_shown_so_again(text: str) -> None:
    world = World()
    world.save(f"## 1a\n\n{escaped(flat(text))}\n")
    assert world.texts() == [flat(text)]
    assert world.read(world.page()).drafts == ()


@given(st.lists(st.sampled_from([*"#1a \n\\[]¶-<>!", "<!--", "-->", "[12]", "## 1a\n\n"])).map("".join))
def test_no_page_crashes_and_no_text_vanishes(page: str) -> None:
    world = World()
    reading = world.read(page)
    kept = " ".join([*(str(each.fields["text"]) for each in reading.drafts), *(each.reason for each in reading.faults)])
    words = [word for paragraph in split(page).paragraphs for word in re.findall(r"[1a]+", paragraph.text)[:1]]
    assert all(word in kept for word in words)


def test_a_page_shows_headings_paragraphs_and_entries_as_comments(world: World) -> None:
    first = world.add("note", text="a note <!-- x -->\nof two lines", question="q1/a", speaker="igad-rcp")
    world.add("recommendation", "africa", text="meet", question="q1/a", group="africa", internal=True)
    struck = world.add("note", text="gone", question="q1/a")
    world.add("strike", target=struck)
    world.add("status", target=first, status="agreed")
    world.paragraph("Prose.", sources=[first])
    lines = world.page().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("## 1a · "))
    assert lines[at + 3 : at + 7] == [
        "Prose. [1]",
        "",
        "<!-- 1 · note · IGAD-RCP · agreed: a note < !-- x -- > of two lines -->",
        "<!-- africa:1 · recommendation · Africa 1 (A talk) · internal: meet -->",
    ]
    assert lines[at + 8] == "## 1b · What? When? < !-- not a comment -- >"
    assert "gone" not in world.page()


# New paragraphs and their sources.


def test_entries_that_follow_on_one_another_are_cited_as_they_are_told(world: World) -> None:
    ids = [world.add("note", text=str(n)) for n in range(4)]
    theirs = [world.add("note", "africa", text=str(n)) for n in range(3)]
    reading = world.read(
        "## 1a\n\nProse. [1, 2-4]\n\nMore. [africa:1–3]\n\nFrom 2019 to 2020. [2019-2020]\n\nAges. [1-9]\n"
    )
    assert [draft.fields.get("sources", []) for draft in reading.drafts] == [ids, theirs, [], []]
    assert [draft.fields["text"][-11:] for draft in reading.drafts][2:] == ["[2019-2020]", "Ages. [1-9]"]
    world.write(reading.drafts)
    assert world.read(world.page()).drafts == ()


def test_paragraphs_are_saved_in_their_order_with_their_sources(world: World) -> None:
    one = world.add("note", text="one")
    two = world.add("recommendation", "africa", text="two", group="africa")
    reading = world.read(
        "## 1a · Where?\n\nFirst, wrapped\nby hand. [1]\n\nSecond. [africa:1, 1]\n## 1b\nThird [Africa 1، ١]\n"
    )
    assert told(reading.drafts) == [
        ("paragraph", {"question": "q1/a", "order": 1, "text": "First, wrapped by hand.", "sources": [one]}),
        ("paragraph", {"question": "q1/a", "order": 2, "text": "Second.", "sources": [two, one]}),
        ("paragraph", {"question": "q1/b", "order": 1, "text": "Third", "sources": [two, one]}),
    ]
    assert reading.faults == ()


def test_numbers_are_those_of_the_desk_that_writes(world: World) -> None:
    world.add("note", text="the session’s own")
    own = world.add("note", "africa", text="own")
    reading = world.read("## 1a\n\nText. [1]\n", desk="africa")
    assert reading.drafts[0].fields["sources"] == [own]


def test_a_page_keeps_its_numbers_whichever_desk_sends_it_back(world: World) -> None:
    one = world.add("note", text="the session’s own")
    world.add("note", "africa", text="another")
    world.paragraph("Old.", sources=[one])
    page = world.page()
    assert world.read(page, desk="africa").drafts == ()
    assert (
        told(world.read(page.replace("Old. [1]", "Old. [1 africa:1]"), desk="africa").drafts)[0][1]["sources"][0] == one
    )
    own = world.page(desk="africa")
    assert "Old. [:1]" in own
    assert world.read(own).drafts == ()


def test_an_unknown_source_is_told_with_its_line_and_the_rest_is_saved(world: World) -> None:
    reading = world.read("## 1a\n\nGood.\n\nBad. [12 africa7]\n")
    assert [each.fields["text"] for each in reading.drafts] == ["Good."]
    (fault,) = reading.faults
    assert fault.line == 5
    assert "there is no entry 12, africa7" in fault.reason


@pytest.mark.parametrize("bracket", ["[5 countries]", "[COVID-19]", "[sic]", "[in 2019 and later]", "[]", "\\[12]"])
def test_a_bracket_that_is_none_of_sources_is_text(world: World, bracket: str) -> None:
    world.add("note", text="one")
    reading = world.read(f"## 1a\n\nText {bracket}\n")
    assert told(reading.drafts) == [
        ("paragraph", {"question": "q1/a", "order": 1, "text": f"Text {bracket.removeprefix(chr(92))}"})
    ]
    assert reading.faults == ()


def test_a_bracket_half_of_sources_stays_text_and_is_told(world: World) -> None:
    world.add("note", text="one")
    reading = world.read("## 1a\n\nText [1 etc]\n")
    assert reading.drafts[0].fields["text"] == "Text [1 etc]"
    assert "etc is no entry" in reading.notices[0]


@pytest.mark.parametrize("heading", ["## 1a", "# 1A", "### q1/a · Where?", "## 1a. Where?", "##  1a: x", "## 1a – x"])
def test_headings_are_read_by_their_first_word(world: World, heading: str) -> None:
    world.save(f"{heading}\n\nText.\n")
    assert world.texts() == ["Text."]


def test_the_session_in_general_has_a_heading_of_its_own(world: World) -> None:
    world.save("## 0\n\nText.\n")
    assert world.texts("0") == ["Text."]


def test_text_without_a_question_is_told_with_its_line(world: World) -> None:
    reading = world.read("Lost.\n\n## 9z\n\nLost too.\n\n## 1a\n\nFound.\n")
    assert [each.fields["text"] for each in reading.drafts] == ["Found."]
    assert [(each.line, each.reason) for each in reading.faults] == [
        (1, "no heading stands above it: “Lost.”"),
        (3, "there is no question 9z here"),
        (5, "the heading above it, line 3, names no question: “Lost too.”"),
    ]


def test_text_before_any_heading_belongs_to_the_question_asked_for(world: World) -> None:
    reading = world.read("Text.\n", at="q1/b")
    assert told(reading.drafts) == [("paragraph", {"question": "q1/b", "order": 1, "text": "Text."})]


def test_too_long_a_text_is_refused(world: World) -> None:
    reading = world.read(f"## 1a\n\n{'x' * (1024 * 1024 + 1)}\n\nShort.\n")
    assert [each.fields["text"] for each in reading.drafts] == ["Short."]
    assert "more than 1 MiB" in reading.faults[0].reason


def test_sources_alone_are_no_paragraph(world: World) -> None:
    world.add("note", text="one")
    reading = world.read("## 1a\n\n[1]\n")
    assert reading.drafts == ()
    assert "no text" in reading.faults[0].reason


def test_a_comment_that_does_not_end_swallows_nothing(world: World) -> None:
    world.paragraph("Old.")
    page = world.page().replace(" Where?", " Where?\n\nNew <!-- to do")
    reading = world.save(page)
    assert world.texts() == ["New <!-- to do", "Old."]
    assert "half a comment" in reading.notices[0]


def test_remarks_end_paragraphs_and_are_no_text(world: World) -> None:
    world.save("## 1a\n\nOne\n<!-- a remark\n\nof three lines -->\nTwo <!-- inside --> more\n")
    assert world.texts() == ["One", "Two  more"]


# Changes.


def test_what_was_changed_is_amended(world: World) -> None:
    source = world.add("note", text="one")
    one = world.paragraph("Old text.", sources=[source])
    page = world.page().replace("Old text. [1]", "New text.")
    changes = {"target": one, "text": "New text.", "sources": []}
    assert told(world.read(page).drafts) == [("amend", changes)]


def test_a_correction_carries_the_latest_that_its_writer_saw(world: World) -> None:
    one = world.paragraph("Old.")
    seen = world.add("amend", target=one, text="Older.")
    page = world.page()
    world.add("amend", "africa", target=one, text="Newer.", after=seen)
    reading = world.read(page.replace("Older.", "Mine."))
    assert told(reading.drafts) == [("amend", {"target": one, "after": seen, "text": "Mine."})]


def test_two_drafts_at_once_meet_as_a_conflict(world: World) -> None:
    world.paragraph("Old.")
    page = world.page()
    assert world.save(page.replace("Old.", "Mine.")).clashes == ()
    reading = world.save(page.replace("Old.", "Theirs."), desk="africa")
    (conflict,) = world.record.conflicts("talk")
    assert [value for _, value in conflict.choices] == ["Mine.", "Theirs."]
    assert len(reading.clashes) == 1
    assert "<!-- in conflict · text · : Mine. -->" in world.page()


def test_two_who_change_different_things_do_not_meet(world: World) -> None:
    source = world.add("note", text="one")
    world.paragraph("Old.")
    page = world.page()
    world.save(page.replace("Old.", "Mine."))
    assert world.save(page.replace("Old.", "Old. [1]"), desk="africa").clashes == ()
    (stands,) = world.record.paragraphs("talk")
    assert (stands.text, stands.sources, stands.conflicts) == ("Mine.", (source,), ())


def test_what_others_wrote_meanwhile_stays(world: World) -> None:
    world.paragraph("Old.")
    page = world.page()
    world.paragraph("Newer than the page.", order=2)
    world.save(page.replace("Old.", ""))
    assert world.texts() == ["Newer than the page."]


def test_a_paragraph_taken_away_with_its_mark_is_struck(world: World) -> None:
    one, _ = world.paragraph("One."), world.paragraph("Two.", order=2)
    page = re.sub(r"<!-- ¶ \S+ -->\nOne\.\n", "", world.page())
    assert told(world.read(page).drafts) == [("strike", {"target": one})]


def test_what_was_changed_meanwhile_is_not_struck(world: World) -> None:
    one = world.paragraph("One.")
    page = world.page().replace("One.", "")
    world.add("amend", "africa", target=one, text="Better.")
    reading = world.save(page)
    assert world.texts() == ["Better."]
    assert "changed since" in reading.clashes[0]


def test_what_was_struck_meanwhile_and_changed_stands_in_conflict(world: World) -> None:
    one = world.paragraph("One.")
    page = world.page()
    world.add("strike", "africa", target=one)
    assert world.read(page).drafts == ()
    world.save(page.replace("One.", "Two."))
    assert world.texts() == ["Two."]
    assert [each.field for each in world.record.conflicts("talk")] == ["struck"]


def test_a_page_of_one_question_leaves_the_others_alone(world: World) -> None:
    world.paragraph("One.")
    world.paragraph("Two.", "q1/b")
    page = world.page("q1/b")
    assert "One." not in page
    world.save(page.replace("Two.", ""), at="q1/b")
    assert (world.texts("q1/a"), world.texts("q1/b")) == (["One."], [])


def test_a_question_whose_heading_is_gone_keeps_its_paragraphs(world: World) -> None:
    world.paragraph("One.")
    page = world.page()
    cut = page[: page.index("## 1a")] + page[page.index("## 1b") :]
    reading = world.read(cut)
    assert reading.drafts == ()
    assert "heading is not on the page" in reading.notices[0]


def test_nothing_is_struck_while_the_page_has_faults(world: World) -> None:
    world.paragraph("One.")
    page = re.sub(r"<!-- ¶ \S+ -->\nOne\.", "One, rewritten. [99]", world.page())
    reading = world.save(page)
    assert world.texts() == ["One."]
    assert reading.faults
    assert "not taken out" in reading.notices[0]


def test_an_emptied_page_changes_nothing(world: World) -> None:
    world.paragraph("One.")
    reading = world.read("  \r\n")
    assert reading.drafts == ()
    assert "empty" in reading.notices[0]


def test_a_lost_mark_is_made_up_for_by_the_exact_text(world: World) -> None:
    one = world.add("note", text="n")
    world.paragraph("One.", sources=[one])
    world.paragraph("Two.", order=2)
    page = re.sub(r"<!-- ¶ \S+ -->\n", "", world.page())
    assert world.read(page).drafts == ()
    assert told(world.read(page.replace("One. [1]", "One.")).drafts) == []


def test_a_page_sent_twice_is_saved_once(world: World) -> None:
    world.paragraph("One.")
    world.paragraph("Two.", order=2)
    page = world.page().replace("One.", "One, changed.\n\nBetween.").replace("Two.", "")
    page += "\n## 1b\n\nNew.\n"
    assert len(world.save(page).drafts) == 4
    assert world.read(page).drafts == ()
    assert world.texts() == ["One, changed.", "Between."]


def test_a_paragraph_split_in_two_keeps_its_place(world: World) -> None:
    world.paragraph("One. Two.")
    world.paragraph("Three.", order=2)
    world.save(world.page().replace("One. Two.", "One.\n\nTwo."))
    assert world.texts() == ["One.", "Two.", "Three."]


def test_moving_paragraphs_changes_their_order_alone(world: World) -> None:
    ids = [world.paragraph(f"{name}.", order=order) for order, name in enumerate("ABCD", 1)]
    page = world.page()
    mark = re.search(r"<!-- ¶ \S+ -->\nD\.\n\n", page)
    assert mark
    moved = page.replace(mark[0], "")
    at = moved.index("<!-- ¶")
    reading = world.save(moved[:at] + mark[0] + moved[at:])
    assert told(reading.drafts) == [("amend", {"target": ids[3], "order": 0})]
    assert world.texts() == ["D.", "A.", "B.", "C."]


def test_a_paragraph_moves_to_another_question_with_its_mark(world: World) -> None:
    one = world.paragraph("One.")
    page = world.page()
    mark = re.search(r"<!-- ¶ \S+ -->\nOne\.\n", page)
    assert mark
    moved = page.replace(mark[0], "").replace("## 1 · What?\n", f"## 1 · What?\n\n{mark[0]}")
    assert told(world.read(moved).drafts) == [("amend", {"target": one, "question": "q1"})]


def test_a_mark_copied_with_its_paragraph_counts_once(world: World) -> None:
    world.paragraph("One.")
    page = world.page()
    mark = re.search(r"<!-- ¶ \S+ -->\nOne\.\n", page)
    assert mark
    world.save(page.replace(mark[0], f"{mark[0]}\n{mark[0]}".replace("One.", "Copy.", 2).replace("Copy.", "One.", 1)))
    assert world.texts() == ["One.", "Copy."]


def test_a_mark_of_something_not_in_the_record_is_told(world: World) -> None:
    one = world.paragraph("One.")
    page = world.page()
    world.add("undo", target=one)
    reading = world.read(page)
    assert reading.drafts == ()
    assert "does not have" in reading.faults[0].reason


def test_a_page_of_another_session_is_refused(world: World) -> None:
    page = world.page().replace("page of trial/talk", "page of trial/lunch")
    with pytest.raises(drafted.PageError, match="trial/lunch"):
        world.read(page)


def test_a_question_gone_from_the_agenda_keeps_its_paragraphs(world: World) -> None:
    world.paragraph("One.", "q7/x")
    assert "## q7/x · no longer in the agenda" in world.page()
    world.save(world.page().replace("One.", "Two."))
    assert world.texts("q7/x") == ["Two."]


def test_unused_entries_are_those_no_paragraph_rests_on(world: World) -> None:
    used = world.add("note", text="used", question="q1/a")
    world.add("note", text="left", question="q1/a")
    world.add("note", text="internal", question="q1/a", internal=True)
    joined = world.add("recommendation", "africa", text="joined", question="q1/b", group="africa")
    world.add("note", "africa", text="left too", question="q1/b")
    cluster = world.add("cluster", text="together", targets=[joined])
    world.paragraph("One.", sources=[used, cluster])
    assert drafting.unused(world.sight()) == ["2", "africa:2"]
    assert drafting.unused(world.sight(), "q1/b") == ["africa:2"]


def test_many_unused_entries_are_told_in_runs() -> None:
    names = ["1", "2", "4", "5", "6", "africa:6", "africa:7", "africa:8", "talk.1", "~0000000000ab", "12"]
    assert drafting.runs(names) == "1, 2, 4-6, africa:6-8, talk.1, ~0000000000ab, 12"
    assert drafting.runs([]) == ""


# Orders.


@given(st.lists(st.one_of(st.none(), st.floats()), max_size=8), st.floats(allow_nan=False, allow_infinity=False))
def test_orders_that_are_made_rise(orders: list[float | None], last: float) -> None:
    made = filled(orders, last)
    assert len(made) == len(orders)
    if None in orders:
        assert made == sorted(set(made))
        assert all(isinstance(each, float) or abs(each) < 2**53 for each in made)


@pytest.mark.parametrize(
    ("orders", "made"),
    [
        ([None, None], [4, 5]),
        ([1, None, 2], [1, 1.5, 2]),
        ([None, 1.0], [0, 1]),
        ([7.0, None], [7, 8]),
        ([2.0, None, 2.0], [1, 2, 3]),
        ([2.0, 1.0], [2, 1]),
    ],
)
def test_orders_come_between_their_neighbours(orders: list[float | None], made: list[float]) -> None:
    assert filled(orders, 3) == made


@given(st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=7))
def test_what_was_not_moved_is_a_longest_rising_run(ranks: list[int | None]) -> None:
    kept = [ranks[at] for at in sorted(rising(ranks))]
    assert None not in kept
    values = [each for each in kept if each is not None]
    assert values == sorted(set(values))
    longest = 0
    for chosen in range(2 ** len(ranks)):
        run = [rank for at, rank in enumerate(ranks) if chosen >> at & 1]
        numbers = [each for each in run if each is not None]
        if len(numbers) == len(run) and numbers == sorted(set(numbers)):
            longest = max(longest, len(run))
    assert len(kept) == longest
