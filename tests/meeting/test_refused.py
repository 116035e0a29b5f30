"""Lines that are refused (`tests/errors/run-*.txt`, the last line of each): nothing is written, nothing changes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grcp_cli.meeting.decision import Refuse

TALKS = sorted((Path(__file__).parents[1] / "errors").glob("run-*.txt"))


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_what_is_refused_changes_nothing(path: Path, room: Any) -> None:
    room.at = datetime(2019, 4, 5, 7, 15, tzinfo=UTC)  # 09:15 in Geneva
    desk = room.desk("session-1")
    *before, line = path.read_text(encoding="utf-8").splitlines()
    for each in before:
        desk.type(each)
        assert not isinstance(desk.decision, Refuse)
    entries, walk = list(desk.entries), desk.walk
    assert desk.refused(line).reason
    assert (desk.entries, desk.walk) == (entries, walk)
