"""Stored screens: compared, or with `GRCP_WRITE_FRAMES=1` written anew."""

import os
from pathlib import Path

from rich.cells import cell_len

_WRITES = bool(os.environ.get("GRCP_WRITE_FRAMES"))


def whole(screen: str, size: tuple[int, int]) -> str:
    """A screen as it is stored, each line as wide as the terminal and no wider."""
    width, height = size
    lines = screen.split("\n")
    assert len(lines) == height
    assert all(cell_len(line) <= width for line in lines)
    return f"{screen}\n"


def compare(folder: Path, name: str, found: str) -> None:
    path = folder / f"{name}.txt"
    if _WRITES:
        folder.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
