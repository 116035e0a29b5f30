"""What every failure that a person can mend has in common."""

from __future__ import annotations


class GrcpError(Exception):
    """A failure that a person can understand and mend.

    Each failure's own class stands beside the code that raises it and sets `exit_code`:
    2 wrong usage, 3 faults in an agenda or record, 4 no such session, question or entry,
    5 a choice that a person must make, 6 the system refused.

    Attributes:
        exit_code: What the process ends with.
        hint: What would mend it, one sentence, or empty.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
