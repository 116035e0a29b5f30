"""Questions to a person on a terminal, before and after a live session."""

from __future__ import annotations


def choose(question: str, choices: list[str]) -> str:
    """One of several.

    Raises:
        KeyboardInterrupt: The person broke off.
    """
    import questionary

    return str(questionary.select(question, choices=choices).unsafe_ask())


def confirm(question: str, *, default: bool) -> bool:
    """Yes or no.

    Raises:
        KeyboardInterrupt: The person broke off.
    """
    import questionary

    return bool(questionary.confirm(question, default=default).unsafe_ask())
