"""What a person wants next of the command line, once the screen is left."""

from __future__ import annotations

from enum import Enum


class Wish(Enum):
    """The console never drafts or exports: it says what is wanted, and `run` grants it."""

    NOTHING = "nothing"
    DRAFT = "draft"
    EXPORT = "export"
