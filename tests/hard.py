"""What tests of several formats share: texts that try to be more than text, in every field that people fill in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from grcp_cli.store import agendas

if TYPE_CHECKING:
    from grcp_cli.meeting.agenda import Meeting

HARD = (
    "R&D <b>costs</b>",
    "</p></td></title></style><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "{{ 7 * 7 }} {% raw %} {# gone #}",
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "<r><t>x</t></r>",
    "_x0041_ &amp; &#65;",
    "../../etc/passwd",
    "javascript:alert(1) http://evil.example",
    "'); } @import 'http://evil.example'; {",
    "العملية (2019): تبادل, abc!",
    "各区域协商进程 🙂",
    "Évaluation « à huis clos » – œuvre",
    "first line\nsecond line; =1+1\n=2+2\n- three",
    "word " * 800,
    "a,b;c\td\"e'f",
    "#p7 &G &P &[Picture] &&",
)
"""Each is to stand in a document as it is, and to do nothing."""

_FIELDS = (
    *("Small Meeting", "Rivers & roads", "Tunis", "The meeting aims to:", "look back; and", "Water."),
    *(
        "North",
        "South",
        "United Nations",
        "Blue Process",
        "Zoé Ndiaye",
        "Opening",
        "to open.",
        "How to:",
        "share water?",
    ),
)
"""Texts of the agenda of the tests."""


def hard_agenda(agenda: str, text: str) -> Meeting:
    """The agenda with one text in every field that a person words."""
    # Aliases, ids and names that must differ stay so by what stands behind the text.
    for position, field in enumerate(_FIELDS):
        agenda = agenda.replace(
            json.dumps(field, ensure_ascii=False), json.dumps(f"{text} {position}", ensure_ascii=False)
        )
    return agendas.parse(agenda.encode(), "hard.toml")


def hard_record(pages: Any, text: str) -> None:
    """One entry of every sort, each with a text."""
    for kind in ("achievement", "practice", "lesson", "agreement", "divergence", "measure", "resource"):
        pages("opening", kind, text, question="q1/a", speaker=text)
    pages("opening", "note", text, question="q1/b", speaker=text)
    pages("opening", "action", text, question="q1/b", owner=text, due=text)
    first = pages("tables.north", "recommendation", text, question="q1", group="north")
    pages("tables.south", "recommendation", text, question="q1", group="south")
    pages("tables.south", "partnership", text, question="q2", group="south", tags=[text, "un"])
    pages("opening", "paragraph", text, question="q1/a", order=1.0, sources=["opening.1"])
    pages("back", "status", target=first, status="bracketed", session="back")
    pages("back", "cluster", text, targets=[first], support=["north", "south"])
    pages("opening", "support", target=first, who=text)
