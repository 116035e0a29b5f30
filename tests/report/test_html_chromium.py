"""The page in a real browser: drawn, printed with its stamp on every sheet, and no wider than a phone."""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import subprocess
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from programs import needs
from pypdf import PdfReader

from grcp_cli.report import html
from grcp_cli.report.kit import Kit
from grcp_cli.store import places

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)

pytestmark = needs(CHROMIUM, "Chromium")

FRAME = """<!DOCTYPE html><meta charset="utf-8">
<body><iframe style="width:360px;height:800px;border:0"></iframe>
<script>
const frame = document.querySelector("iframe");
frame.srcdoc = PAGE;
frame.onload = () => { document.title = "wide " + frame.contentDocument.documentElement.scrollWidth; };
</script>"""


@pytest.fixture
def drawn(make: Any, full: Any, tmp_path: Path) -> Path:
    for number in range(60):
        full("tables.north", "recommendation", f"recommendation {number} – توصية", question="q1", group="north")
        full("opening", "action", f"do {number}", question="q1/b")
    kit = Kit(places.built_in("templates").joinpath("report.html.j2").read_bytes())
    path = tmp_path / "report.html"
    path.write_bytes(html.write(make(full, notes=True), kit))
    return path


def chromium(folder: Path, *arguments: str) -> str:
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [CHROMIUM or "", *quiet, profile, *arguments],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Width, height and the unfiltered bytes of a PNG: enough to tell whether anything is on it."""
    wide, high = struct.unpack(">II", picture[16:24])
    at, data = 8, b""
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + size]
        at += 12 + size
    return wide, high, zlib.decompress(data)


def test_it_is_drawn(drawn: Path, tmp_path: Path) -> None:
    chromium(tmp_path, "--screenshot=page.png", "--window-size=900,1200", drawn.as_uri())
    wide, high, data = pixels((tmp_path / "page.png").read_bytes())
    assert (wide, high) == (900, 1200)
    lines = [data[at : at + len(data) // high] for at in range(0, len(data), len(data) // high)]
    written = sum(any(line[1:]) for line in lines)  # a filtered line of one colour is zeros
    assert written > high / 3


def test_the_stamp_is_on_every_printed_page(drawn: Path, tmp_path: Path) -> None:
    chromium(tmp_path, "--no-pdf-header-footer", "--print-to-pdf=page.pdf", drawn.as_uri())
    pages = PdfReader(io.BytesIO((tmp_path / "page.pdf").read_bytes())).pages
    assert len(pages) > 4
    texts = [page.extract_text() for page in pages]
    assert all("DRAFT" in text for text in texts)
    assert sum("Owner" in text for text in texts) > 1, "the head of a table is repeated"


def test_a_phone_need_not_scroll_sideways(drawn: Path, tmp_path: Path) -> None:
    text = json.dumps(drawn.read_text(encoding="utf-8")).replace("</", "<\\/")
    (tmp_path / "frame.html").write_text(FRAME.replace("PAGE", text), encoding="utf-8")
    shown = chromium(tmp_path, "--virtual-time-budget=5000", "--dump-dom", (tmp_path / "frame.html").as_uri())
    assert "<title>wide 360</title>" in shown
