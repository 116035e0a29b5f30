"""Every transcript beside this file is typed and compared, each in a folder of its own."""

import shutil
from pathlib import Path

import pytest
from transcript import check, steps

HERE = Path(__file__).parent / "transcripts"

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="transcripts are typed into sh")


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path) -> None:
    read = steps(path.read_text(encoding="utf-8"))
    assert read, "a transcript types something"
    for step in read:
        check(step, tmp_path)
