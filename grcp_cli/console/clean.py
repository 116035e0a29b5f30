"""Text as it may be drawn: without what would steer a terminal or turn the reading order about.

What is stored stays as typed; only what is shown goes through here.
"""

from __future__ import annotations

import sys

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_OTHERS = dict.fromkeys((0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�")
_DRAWN = {**_PICTURES, **_OTHERS}
_LINE = {**_DRAWN, ord("\n"): " ⏎ ", ord("\t"): " "}
_ESCAPED = {code: f"\\u{code:04x}" for code in _OTHERS}


def drawn(text: str) -> str:
    """A text for a terminal: control characters and bidi overrides made visible, lines and tabs kept."""
    return text.translate(_DRAWN)


def drawn_line(text: str) -> str:
    """As `drawn`, in one line whatever was typed."""
    return text.translate(_LINE)


def json_text(data: object) -> str:
    """Data as JSON for a pipe or a terminal: readable in every script, what steers a terminal escaped."""
    import json

    return json.dumps(data, ensure_ascii=False, indent=2).translate(_ESCAPED)


def json_line(data: object) -> str:
    """As `json_text`, in one line."""
    import json

    return json.dumps(data, ensure_ascii=False).translate(_ESCAPED)


def complain(what: str, hint: str = "", line: str = "") -> None:
    """A refusal or warning on stderr: what, what would help, and the line it is about, each on a line."""
    told = [drawn(what)]
    if hint:
        told.append(f"  {drawn(hint)}")
    if line:
        told.append(f"  > {drawn_line(line)}")
    sys.stderr.write("\n".join(told) + "\n")
    sys.stderr.flush()


def say(line: str) -> None:
    """One line on stdout, out at once: what waits in a buffer is not said."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
