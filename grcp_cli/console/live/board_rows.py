"""How the board's lines are drawn in the record pane: a group's heading, and what it answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from grcp_cli.console import report_back
from grcp_cli.console.clean import drawn_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style

    from grcp_cli.console.report_back import Heading
    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.reported import Item


def heading(each: Heading, styles: Mapping[str, Style]) -> Text:
    """A group with how many it has and how its delegation is seen, or what is still missing."""
    text = Text(f" {'!' if each.missing else ' '} ", styles["mark"])
    text.append(each.name, styles["who"])
    if each.about:
        text.append(f" · {each.about}", styles["mark" if each.missing else "meta"])
    return text


def answer(each: Item, meeting: Meeting, styles: Mapping[str, Style], *, pointed: bool) -> Text:
    """Sign, label, what it says, and how it stands in words."""
    sign = report_back.SIGNS.get(each.stated.status, "?")
    text = Text(f"{'▸' if pointed else ' '}{sign} ", styles["mark" if each.stated.status else "meta"])
    text.append(f"{drawn_line(report_back.called(each))}: ", styles["meta" if each.aside else "who"])
    text.append(report_back.text(each.stated), styles["meta" if each.aside else "text"])
    told, backing = report_back.told(each, meeting), report_back.backing(each.stated, meeting)
    for mark in (*told, *report_back.made_of(each), *report_back.marks(each.stated), *backing):
        text.append(f" [{mark}]", styles["mark"])
    return text
