"""The whole terminal as one sheet of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from .paper import BADGE, DARK, OVER, QUIET, STILL, STRONG, TEXT, TIME

if TYPE_CHECKING:
    from rich.style import Style

    from .paper import Line


class Sheet(Widget):
    """Shows lines, and draws anew only those that changed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"sheet--{name}" for name in (TEXT, STRONG, QUIET, TIME, STILL, OVER, BADGE, DARK)
    }
    DEFAULT_CSS = """
    Sheet { width: 1fr; height: 1fr; color: $foreground; background: $background; }
    Sheet > .sheet--text { color: $foreground; }
    Sheet > .sheet--strong { color: $foreground; text-style: bold; }
    Sheet > .sheet--quiet { color: $quiet; }
    Sheet > .sheet--time { color: $primary; }
    Sheet > .sheet--still { color: $quiet; }
    Sheet > .sheet--over { color: $accent; text-style: bold; }
    Sheet > .sheet--badge { color: $accent; text-style: bold reverse; }
    Sheet > .sheet--dark { background: #000000; }
    """

    class Fits(Message):
        """The sheet has another size."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._styles: dict[str, Style] = {}
        self.dark = False

    def show(self, lines: list[Line], *, dark: bool) -> None:
        """Shows these lines, one for each of the terminal's; none on a dark stage."""
        before, was_dark = self._lines, self.dark
        self._lines, self.dark = lines, dark
        if dark != was_dark or len(before) != len(lines):
            self.refresh()
            return
        changed = [at for at, line in enumerate(lines) if before[at] != line]
        if changed:
            self.refresh(*(Region(0, at, self.size.width, 1) for at in changed))

    def on_resize(self) -> None:
        """Tells that other lines are wanted."""
        self.post_message(self.Fits())

    def restyled(self) -> None:
        """Draws all anew, after a change of colours."""
        self._styles.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        under = self._style(DARK if self.dark else "")
        if self.dark or y >= len(self._lines):
            return Strip.blank(self.size.width, under)
        strip = Strip([Segment(text, self._style(name)) for text, name in self._lines[y]])
        return strip.adjust_cell_length(self.size.width, under)

    def _style(self, name: str) -> Style:
        """A style by name, the widget's own for none; kept, as working it out takes longer than drawing a line."""
        if name not in self._styles:
            own = self.rich_style
            self._styles[name] = own + self.get_component_rich_style(f"sheet--{name}") if name else own
        return self._styles[name]
