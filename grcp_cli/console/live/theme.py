"""How it looks: blue and orange, which nearly everybody tells apart, and never colour alone."""

from __future__ import annotations

import os

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="grcp-dark",
    primary="#6cb4ff",
    secondary="#9fb3c8",
    accent="#ffb454",
    warning="#ffb454",
    error="#ff9e64",
    success="#6cb4ff",
    foreground="#e4e9f0",
    background="#10161d",
    surface="#10161d",
    panel="#1b2530",
    boost="#1b2530",
    dark=True,
    variables={"quiet": "#93a4b5", "cursor-row": "#26415c"},
)
LIGHT = Theme(
    name="grcp-light",
    primary="#0b5cad",
    secondary="#43566b",
    accent="#a14b00",
    warning="#a14b00",
    error="#a14b00",
    success="#0b5cad",
    foreground="#14202c",
    background="#fbfcfd",
    surface="#fbfcfd",
    panel="#e8eef4",
    boost="#e8eef4",
    dark=False,
    variables={"quiet": "#55677a", "cursor-row": "#c9def2"},
)
SIXTEEN = Theme(
    name="grcp-16",
    primary="ansi_bright_blue",
    secondary="ansi_default",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_yellow",
    success="ansi_bright_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    ansi=True,
    variables={**BUILTIN_THEMES["ansi-dark"].variables, "quiet": "ansi_default", "cursor-row": "ansi_blue"},
)
"""The terminal's own sixteen colours on its own background."""

THEMES = (DARK, LIGHT, SIXTEEN)
CHOICES = {"dark": DARK.name, "light": LIGHT.name, "16": SIXTEEN.name}


def chosen(color_system: str | None) -> str:
    """The theme by `GRCP_THEME` (dark, light or 16), else by what the terminal tells of itself."""
    if "NO_COLOR" in os.environ:
        return SIXTEEN.name  # of which nothing is left but the terminal's own two
    asked = CHOICES.get(os.environ.get("GRCP_THEME", "").strip().lower())
    if asked:
        return asked
    if color_system in ("standard", "windows"):
        return SIXTEEN.name
    # rxvt and others: the last number is the background's, of the sixteen colours.
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name


def other(name: str) -> str:
    """The theme to change to."""
    return DARK.name if name == LIGHT.name else LIGHT.name


LAYOUT = """
    Screen { layout: vertical; background: $background; }
    #panes { height: 1fr; }
    .-narrow Questions { display: none; }
    .-short Masthead { height: 2; }
    .-short #time, .-short #facts { height: 1; }
    .-short Digits { display: none; }
    .-short Composer Line { height: 1; }
    .-tall Composer Line { height: 3; }
    .-wide .-spoken #turn { display: block; }
    .-short Below { display: none; }
    """
"""What stands where, and what gives way on a narrow, a short and a tall terminal."""
