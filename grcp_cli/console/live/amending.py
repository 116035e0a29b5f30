"""The text of an answer, amended in place where it is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .line import Line

if TYPE_CHECKING:
    from grcp_cli.meeting.reported import Item


class Amending(Line):
    """Where one answer's text stands while it is amended: what is typed there is text, whatever it begins with.

    Attributes:
        item: The answer as it was when that began, None while none is amended: it stays that one, whatever others
            do to it meanwhile.
    """

    DEFAULT_CSS = """
    Amending { height: 1fr; min-height: 3; border: none; padding: 1 2; background: $panel; display: none; }
    """

    def __init__(self) -> None:
        super().__init__(lambda _: [])
        self.item: Item | None = None

    def begin(self, item: Item) -> None:
        """Puts in the text of an answer."""
        self.item = item
        self.put(item.stated.text)
        self.focus()

    def over(self) -> None:
        """Nothing is amended any more."""
        self.item = None
        self.put("")

    def put(self, text: str, lead: str = "") -> None:
        """As for any line; it is always the text of the answer that is amended."""
        super().put(text, f"/amend {self.item.typed} " if self.item else lead)

    @property
    def edits(self) -> bool:
        """Whether an answer's text is amended."""
        return self.item is not None

    @property
    def begun(self) -> str:
        """What is to be kept until it is saved, empty where the text is as it was."""
        return self.whole if self.item and not self.same(self.text) else ""

    def same(self, text: str) -> bool:
        """Whether that is what the answer says already."""
        return self.item is not None and text.strip() == self.item.stated.text
