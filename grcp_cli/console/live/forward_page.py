"""Which answers to bring forward, where a group has more than "up to five": a list with marks to set and take out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from grcp_cli.console.clean import drawn_line
from grcp_cli.meeting.forward import chosen

from .keys import ANYWHERE, EMPTY, for_screen, of_screen

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from grcp_cli.meeting.agenda import Meeting
    from grcp_cli.meeting.forward import Crowded

_KEYS = "↑ ↓ move · Space sets or takes out · Enter confirms · Esc decides later"


class ForwardPage(ModalScreen["tuple[str, ...] | None"]):
    """Dismissed with the lines that do what was chosen, or with None to decide later."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False, priority=True),
        Binding("down,j", "move(1)", show=False, priority=True),
        Binding("space,x", "mark", show=False, priority=True),
        Binding("enter", "confirm", show=False, priority=True),
        Binding("escape,q,ctrl+c", "dismiss(None)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ForwardPage { align: center middle; }
    ForwardPage > Vertical { width: 94%; max-width: 110; height: 94%; background: $panel; padding: 1 2; }
    ForwardPage VerticalScroll { height: 1fr; }
    ForwardPage Static { width: 100%; height: auto; }
    ForwardPage Horizontal { width: 100%; height: auto; }
    ForwardPage .mark { width: 6; }
    ForwardPage .text { width: 1fr; }
    ForwardPage .-at { background: $cursor-row; }
    """

    def __init__(self, of: Crowded, meeting: Meeting, state: str) -> None:
        """Sets out the page: those that were starred are set, else the first ones, or as was chosen before.

        Args:
            of: Who has more than was asked for, and of what.
            meeting: For names.
            state: The clock's, by which keys of the screen beneath are called.
        """
        super().__init__()
        self._of, self._meeting, self._state = of, meeting, state
        self._chosen = _proposed(of)
        self._at = 0
        self._told = ""

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical():
            yield Static(id="asked")
            with VerticalScroll() as page:
                page.can_focus = True
                for at, _ in enumerate(self._of.items):
                    with Horizontal(id=f"item{at}"):
                        yield Static(classes="mark")
                        yield Static(classes="text")

    def on_mount(self) -> None:
        """Shows it."""
        self._draw()

    def _draw(self) -> None:
        of = self._of
        has = f"{self._meeting.name_of(of.group)} has {len(of.items)} under {of.question.number}"
        head = Content.styled(drawn_line(f"{has}: which up to {of.most} come forward?"), "bold $primary")
        counted = f"{len(self._chosen)} of up to {of.most} chosen{self._told}"
        self.query_one("#asked", Static).update(
            Content("\n").join([head, Content.styled(_KEYS, "bold $accent"), Content(counted), Content("")])
        )
        for at, item in enumerate(of.items):
            mark = "[x]" if item.stated.entry.id in self._chosen else "[ ]"
            called = item.name if item.label else item.typed
            text = drawn_line(" ".join(item.stated.text.split()))
            star = " [starred]" if item.stated.starred else ""
            line = self.query_one(f"#item{at}")
            line.query_one(".mark", Static).update(Content(f"{'▸' if at == self._at else ' '} {mark}"))
            line.query_one(".text", Static).update(Content(f"{drawn_line(called)}: {text}{star}"))
            line.set_class(at == self._at, "-at")

    def on_key(self, event: events.Key) -> None:
        """Keys of the screen beneath say that they wait."""
        if found := of_screen(event.key, self._state, ANYWHERE, EMPTY):
            self._told = f" · {for_screen(found, 'Esc decides later')}"
            self._draw()

    def action_move(self, by: int) -> None:
        """Up or down."""
        self._at = min(len(self._of.items) - 1, max(0, self._at + by))
        self._told = ""
        self._draw()
        self.query_one(f"#item{self._at}").scroll_visible(animate=False)

    def action_mark(self) -> None:
        """Sets the mark or takes it out; not more than were asked for."""
        entry = self._of.items[self._at].stated.entry.id
        self._told = ""
        if entry in self._chosen:
            self._chosen.remove(entry)
        elif len(self._chosen) < self._of.most:
            self._chosen.add(entry)
        else:
            self._told = " · take one out first"
        self._draw()

    def action_confirm(self) -> None:
        """Leaves with what was chosen."""
        self.dismiss(tuple(chosen(self._of, self._chosen)))


def _proposed(of: Crowded) -> set[str]:
    """What is set at first."""
    ids = [each.stated.entry.id for each in of.items]
    stand = [each.stated.entry.id for each in of.items if not each.aside]
    if len(stand) <= of.most:
        return set(stand)
    starred = [each.stated.entry.id for each in of.items if each.stated.starred and not each.aside]
    first = [*starred, *(each for each in ids if each in stand and each not in starred)]
    return set(first[: of.most])
