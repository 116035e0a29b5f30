"""One answer on the page that reads back: large, whole, and in as much room as there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from grcp_cli.console.letters import spelled

from .amending import Amending
from .one_answer import called, members, standing, support, text

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.reported import Item

_TALL, _BIG = 36, 5
"""Lines from which the label is spelled in big letters, and how many those take."""


class AnswerPane(Vertical):
    """What an answer is called, says and is made of, how it stands; or its text to be amended.

    Attributes:
        line: Where the text is amended.
    """

    DEFAULT_CSS = """
    AnswerPane { height: 1fr; }
    AnswerPane > Static { width: 100%; height: auto; padding: 0 2; }
    AnswerPane #label { padding: 1 2 0 2; text-style: bold; color: $primary; }
    AnswerPane VerticalScroll { height: 1fr; padding: 1 2; scrollbar-gutter: stable; }
    AnswerPane VerticalScroll Static { width: 100%; max-width: 100; height: auto; text-style: bold; }
    AnswerPane VerticalScroll #members { text-style: none; margin-top: 1; }
    AnswerPane #standing { color: $accent; text-style: bold; }
    AnswerPane.-amends Amending { display: block; }
    AnswerPane.-amends VerticalScroll { display: none; }
    """

    def __init__(self, meeting: Meeting, item: Item) -> None:
        super().__init__()
        self._meeting, self._item = meeting, item
        self.line = Amending()
        self._label, self._text, self._members = Static(id="label"), Static(id="text"), Static(id="members")
        self._standing, self._groups = Static(id="standing"), Static(id="groups")

    def compose(self) -> ComposeResult:
        """The pane from top to bottom."""
        yield self._label
        with VerticalScroll() as scroll:
            scroll.can_focus = True
            yield self._text
            yield self._members
        yield self.line
        yield self._standing
        yield self._groups

    def on_mount(self) -> None:
        """Follows how far down one reads."""
        self.watch(self._scroll, "scroll_y", self._draw_standing, init=False)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def show(self, item: Item) -> None:
        """Shows an answer as it stands."""
        self._item = item
        self._draw_label()
        self._text.update(text(item))
        self._groups.update(support(item, self._meeting, max(20, self.app.size.width - 4)))
        self._members.display = bool(item.members)
        self._draw_standing()
        # How much room the text leaves is known once everything else has its place.
        self.call_after_refresh(self._draw_members)

    def home(self) -> None:
        """To where the text begins."""
        self._scroll.scroll_home(animate=False)

    def amend(self) -> None:
        """Has its text amended in its place."""
        self.add_class("-amends")
        self.line.begin(self._item)

    def amended(self) -> None:
        """Shows it again."""
        self.line.over()
        self.remove_class("-amends")
        self._scroll.focus()

    def _draw_label(self) -> None:
        """The label, in big letters where there is room for them and they are known."""
        name, size = called(self._item, self._meeting), self.app.size
        big = spelled(name, size.width - 4, _BIG) if size.height >= _TALL else []
        self._label.update(Content("\n").join(big) if big else name)

    def _draw_members(self) -> None:
        """What it is made of, as far as there is room."""
        room, width = self._scroll.content_size.height, self._text.size.width
        if self._item.members and width:
            self._members.update(members(self._item, width, room - self._text.size.height - 2))
        self.call_after_refresh(self._draw_standing)

    def _draw_standing(self) -> None:
        """How it stands, and whether more of it is out of sight: a bar alone is no word."""
        more = "   ▼ more" if self._scroll.scroll_offset.y < self._scroll.max_scroll_y else ""
        self._standing.update(standing(self._item, self._meeting) + Content.styled(more, "$primary"))
