"""Where fonts are looked for: one's own first, then what each script asks for; nothing is searched."""

from __future__ import annotations

import os
from pathlib import Path

import fontpkg_noto_sans_arabic
import pytest

from grcp_cli.store import places


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRCP_FONTS", raising=False)
    return tmp_path


def test_a_script_gets_the_first_that_is_here(folder: Path) -> None:
    file = folder / "NotoSansThai.ttf"
    file.write_bytes(b"")
    wished = [("no_such_package", "fontpkg_noto_sans_arabic", "fontpkg_noto_sans_arabic"), ("/none.ttf", str(file)), ()]
    found = places.fonts(wished)
    assert found == (str(Path(fontpkg_noto_sans_arabic.__file__).parent), str(file))


def test_ones_own_come_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two", "templates/fonts"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setenv("GRCP_FONTS", os.pathsep.join(["one", "gone", "two", "one"]))
    assert places.fonts([]) == ("one", "two", str(Path("templates", "fonts")))
