"""What the scribe's thread tells the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from grcp_cli.console.writer import Answer, Failed

    from .scribe import Laid


class FromScribe(Message):
    """Something the scribe tells."""

    def __init__(self, told: Laid | Answer | Failed) -> None:
        super().__init__()
        self.told = told
