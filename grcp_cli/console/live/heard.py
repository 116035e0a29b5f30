"""What other threads tell the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from grcp_cli.console.clerk import Seen
    from grcp_cli.console.writer import Answer, Failed


class FromClerk(Message):
    """Something the clerk tells."""

    def __init__(self, told: Seen | Answer | Failed) -> None:
        super().__init__()
        self.told = told


class Notice(Message):
    """A sentence from another thread."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
