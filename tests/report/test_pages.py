"""How many pages a PDF has, as its own tree of pages says."""

from __future__ import annotations

import io

import pytest
import typst
from pypdf import PdfReader

from grcp_cli.report.pages import pages


@pytest.mark.parametrize("count", [1, 2, 40])
def test_pages_of_a_pdf(count: int) -> None:
    text = "\n#pagebreak()\n".join(f"page {number}" for number in range(count))
    data = typst.compile(text.encode(), format="pdf", font_paths=typst.Fonts(include_system_fonts=False))
    assert isinstance(data, bytes)
    assert pages(data) == len(PdfReader(io.BytesIO(data)).pages) == count


@pytest.mark.parametrize("data", [b"", b"no PDF", b"<< /ObjStm stream\nnot packed endstream"])
def test_what_is_no_pdf_has_none(data: bytes) -> None:
    assert pages(data) == 0


def test_a_packed_tree_is_found() -> None:
    import zlib

    packed = zlib.compress(b"<< /Count 7 /Kids [] /Type /Pages >>")
    assert pages(b"<< /Type /ObjStm >> stream\n" + packed + b"\nendstream") == 7
