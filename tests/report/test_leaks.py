"""No name leaves that may not: over everything a document holds, whatever was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grcp_cli.meeting.entry import CAPTURED, STATUSES
from grcp_cli.meeting.names import fold
from grcp_cli.meeting.proceedings import proceed
from grcp_cli.report.brief import brief
from grcp_cli.report.compose import compose
from grcp_cli.report.issue import heads
from grcp_cli.report.pen import Choices
from grcp_cli.store import agendas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.report.document import Document

    from .conftest import Pages

PEOPLE = ("Blue Process", "BP", "Green Dialogue", "Zoé Ndiaye", "A. Guest")
IDS = ("blue", "green", "zoe")
GROUPS = ("North", "South")
WHO = (*IDS, "A. Guest", "north", "south")
DESKS = ("", "north", "south", "blue", "bp", "green-dialogue", "table-b")


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text that a document holds, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings(key, path)
            yield from strings(each, f"{path}.{key}")
    elif hasattr(value, "_asdict"):
        named = getattr(value, "id", "")
        for key, each in value._asdict().items():
            if key != "entry" or each is not None:
                yield from strings(each, f"{path}[{named}].{key}" if named else f"{path}.{key}")
    elif isinstance(value, tuple | list):
        for each in value:
            yield from strings(each, path)


def found(document: Document, names: tuple[str, ...], *without: str) -> list[tuple[str, str]]:
    """Where a document names somebody, some of its parts and tables left out."""
    wanted = [fold(name) for name in names]
    return [
        (path, text)
        for path, text in strings(document)
        if any(name in f" {fold(text)} " for name in wanted) and not any(f"[{each}]" in path for each in without)
    ]


@st.composite
def recorded(draw: Callable[[st.SearchStrategy[Any]], Any]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Acts of a meeting: which file, what kind, which fields; a target is the position of what was captured before."""
    acts: list[tuple[str, str, Mapping[str, Any]]] = [("opening", "start", {})]
    who = st.sampled_from(WHO)
    for _ in range(draw(st.integers(1, 12))):
        session = draw(st.sampled_from(["opening", "tables", "back"]))
        desk = draw(st.sampled_from(DESKS))
        place = f"{session}.{desk}" if desk else session
        question = draw(st.sampled_from(["0", "q1", "q1/a", "q2", "q9"]))
        capture = draw(st.sampled_from(CAPTURED))
        fields = {"question": question, "speaker": draw(who), "text": draw(st.sampled_from(["one", "two words"]))}
        if draw(st.booleans()):
            fields["group"] = draw(st.sampled_from(["north", "south", "blue"]))
        acts.append((place, capture, fields))
        kind = draw(st.sampled_from(["support", "oppose", "status", "star", "confirm", "floor", "cluster", "amend"]))
        acts.append((place, kind, _act(draw, kind, who)))
    return acts


def _act(draw: Callable[[st.SearchStrategy[Any]], Any], kind: str, who: st.SearchStrategy[str]) -> dict[str, Any]:
    match kind:
        case "support" | "oppose":
            return {"target": "", "who": draw(who)}
        case "status":
            return {"target": "", "status": draw(st.sampled_from(STATUSES)), "session": "back"}
        case "floor":
            return {"speaker": draw(who), "behalf": draw(st.sampled_from(["", "north"]))}
        case "cluster":
            return {"targets": [""], "text": "all", "support": ["north", "south"]}
        case "amend":
            return {"target": "", "owner": draw(who)}
    return {"target": ""}


def written(pages: Pages, acts: list[tuple[str, str, Mapping[str, Any]]], *, branched: bool = False) -> Pages:
    """The acts in their files; ids say nothing, as in a real record. Where wanted, every desk's last is in a branch."""
    last = ""
    for number, (place, kind, fields) in enumerate(acts):
        told = {key: value for key, value in fields.items() if value}
        if "target" in fields:
            told["target"] = last
        if "targets" in fields:
            told["targets"] = [last]
        pages(place, kind, **told)
        session, _, desk = place.partition(".")
        listed = next(each for source, each in pages.files.items() if source[:2] == (session, desk))
        listed[-1] = listed[-1]._replace(id=f"e{number}", seal=f"{number:012x}")
        last = f"e{number}" if kind in CAPTURED else last
    for source, listed in list(pages.files.items()) if branched else ():
        *shared, left = listed
        right = left._replace(id=f"{left.id}b", seal=f"b{left.seal[1:]}")
        pages.files[source._replace(branch=right.seal)] = [*shared, right]
    return pages


def made(meeting: Meeting, pages: Pages, **choices: Any) -> list[Document]:
    record = pages.record
    asked = Choices(**{"notes": True, "heads": heads(record, meeting, choices["attribution"]), **choices})
    proceedings = proceed(meeting, record)
    return [compose(proceedings, asked), brief(proceedings, asked)]


@pytest.fixture(scope="module")
def planned() -> Meeting:
    from .conftest import AGENDA

    return agendas.parse(AGENDA.encode(), "small.toml")


quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@quick
@given(
    acts=recorded(),
    lang=st.sampled_from(["en", "fr", "es"]),
    status=st.sampled_from(["draft", "final"]),
    branched=st.booleans(),
)
def test_nobody_is_named_under_none_but_owners_of_actions(
    planned: Meeting, acts: Any, lang: str, status: str, branched: bool
) -> None:
    from .conftest import Pages

    pages = written(Pages(), acts, branched=branched)
    for document in made(planned, pages, attribution="none", lang=lang, status=status):
        owners = ("actions", *(entry for entry, own in _owned(acts) if own))
        assert found(document, (*PEOPLE, *map(" {} ".format, IDS)), "annex-participants", *owners) == []
        ids = {text for _, text in strings(document)}
        assert not ids & set(IDS)


@quick
@given(
    acts=recorded(),
    lang=st.sampled_from(["en", "fr", "es"]),
    status=st.sampled_from(["draft", "final"]),
    branched=st.booleans(),
)
def test_nobody_and_no_small_group_is_named_under_chatham(
    planned: Meeting, acts: Any, lang: str, status: str, branched: bool
) -> None:
    from .conftest import Pages

    pages = written(Pages(), acts, branched=branched)
    for document in made(planned, pages, attribution="chatham", lang=lang, status=status):
        assert found(document, (*PEOPLE, *GROUPS, *map(" {} ".format, IDS))) == []
        assert not {text for _, text in strings(document)} & {*IDS, "north", "south"}


@quick
@given(acts=recorded())
def test_nobody_is_named_under_group_but_owners_of_actions(planned: Meeting, acts: Any) -> None:
    from .conftest import Pages

    for document in made(planned, written(Pages(), acts), attribution="group"):
        owners = ("actions", *(entry for entry, own in _owned(acts) if own))
        assert found(document, PEOPLE, "annex-participants", *owners) == []


def _owned(acts: Any) -> Iterator[tuple[str, bool]]:
    """Which entries were given an owner: the page of the next morning tells it beside the action."""
    last = ""
    for number, (_, kind, fields) in enumerate(acts):
        last = f"e{number}" if kind in CAPTURED else last
        yield last, bool(fields.get("owner"))


def test_a_desk_that_names_somebody_is_an_asterisk(meeting: Meeting, pages: Pages) -> None:
    for place, seal in (("back", "aa"), ("opening.blue", "9f2c41d07a3b"), ("tables.south", "0d6e41d07a3b")):
        pages(place, "note", "n", seal=seal)
    told = {level: made(meeting, pages, attribution=level)[0].colophon[-1] for level in ("full", "none", "chatham")}
    assert "opening.blue.toml 9f2c41d07a3b, tables.south.toml" in told["full"]
    assert "opening.*.toml 9f2c41d07a3b, tables.south.toml" in told["none"]
    assert "back.toml aa, opening.*.toml 9f2c41d07a3b, tables.*.toml 0d6e41d07a3b." in told["chatham"]


def test_what_is_internal_is_nowhere(meeting: Meeting, pages: Pages) -> None:
    for kind in CAPTURED:
        secret = pages("opening", kind, f"secret {kind}", question="q1/a", internal=True)
        pages("opening", "star", target=secret)
        pages("opening", "status", target=secret, status="agreed")
    pages("opening", "paragraph", "secret paragraph", question="q1/a", internal=True)
    pages("back", "cluster", "secret cluster", targets=[secret], internal=True)
    for level in ("none", "chatham", "group", "full"):
        for document in made(meeting, pages, attribution=level):
            assert found(document, ("secret",)) == []
            assert "Nothing has been recorded yet" in str(document.parts) or document.sort == "brief"


def test_the_search_finds_what_is_there(meeting: Meeting, full: Pages) -> None:
    assert {level: bool(found(made(meeting, full, attribution=level)[0], PEOPLE)) for level in ("full", "chatham")} == {
        "full": True,
        "chatham": False,
    }
