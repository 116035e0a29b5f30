"""The pictures of the README show the screen as it is."""

import re

import pytest
from pictures import DOCS, PICTURES, ROOT, picture


def words(svg: str) -> list[str]:
    """What a picture says, without how it is drawn."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_not_stale(name: str) -> None:
    stored = words((DOCS / f"{name}.svg").read_text(encoding="utf-8"))
    assert len(stored) > 20
    assert words(picture(name)) == stored, "python tests/pictures.py makes them anew"


def test_every_picture_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"docs/{name}.svg" in readme for name in PICTURES)
