"""The played lunch: five tables with a laptop each, files carried about, Session 4, and the matrix read back.

Everything goes through the command line. What befalls the laptops: a pipe that ends, Ctrl-C, a kill while it writes, a
restored copy of the day before, a folder copied and written on at both ends, an entry corrected in two places at once,
and files that arrive in any order, some twice.
"""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

GRCP = [sys.executable, "-m", "grcp_cli"]
ENV = {**{key: value for key, value in os.environ.items() if not key.startswith("GRCP_")}, "GRCP_AGENDA": "grcp8"}
LUNCH = "working-lunch"
EUROPE = "Europe and the former Soviet Union"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills and interrupts as POSIX does")


def grcp(folder: Path, *arguments: str, given: str = "", exit_code: int = 0) -> str:
    """Types one command in a folder; what it printed."""
    done = subprocess.run(
        [*GRCP, *arguments], cwd=folder, env=ENV, input=given, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == exit_code, (arguments, done.stdout, done.stderr)
    return done.stdout


def records(folder: Path) -> Path:
    return folder / "records" / "grcp-8"


def take_in(folder: Path, handed: Path) -> None:
    """Takes in what somebody handed over."""
    grcp(folder, "record", "merge", str(handed))


# The tables.


class Talk:
    """`grcp run --plain` at a table, typed into line by line."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*GRCP, "run", *arguments, "--plain"],
            cwd=folder,
            env=ENV,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def type(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    def saved(self) -> Iterator[str]:
        """What is told as saved, as it comes."""
        assert self.process.stdout is not None
        yield from (line.rstrip("\n") for line in self.process.stdout if line.startswith("saved "))

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        exit_code = self.process.wait(30)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(BrokenPipeError):  # what was typed and never read
                assert pipe is not None
                pipe.close()
        return exit_code


def africa(folder: Path) -> None:
    """A pipe that ends, then a kill while a burst is being written: all that was called saved is there."""
    at = (LUNCH, "--desk", "africa", "--plain")
    grcp(folder, "run", *at, given="/start\nrec: Meet twice a year\nrec: Share the calendar\n")
    grcp(folder, "run", *at, given="/resume\nrec: Train border officials\n/2 Statistics #un\n")
    talk = Talk(folder, *at[:-1])
    talk.type(*(f"/1 note: burst {n}" for n in range(400)))
    saved = [line for line, _ in zip(talk.saved(), range(20), strict=False)]
    assert talk.stop(signal.SIGKILL) == -signal.SIGKILL
    grcp(folder, "note", LUNCH, "/1 note: we are back", "--desk", "africa")
    found = written(folder, "africa")
    burst = [text for text in found if text.startswith("burst")]
    assert burst == [f"burst {n}" for n in range(len(burst))]
    assert len(burst) >= len(saved) == 20
    assert found[-1] == "we are back"
    assert "NOT whole" not in grcp(folder, "record", "verify")


def americas(folder: Path) -> None:
    """Ctrl-C in the middle, and a sixth recommendation, which is kept."""
    talk = Talk(folder, LUNCH, "--desk", "americas")
    talk.type("/start", *(f"rec: Proposal {n}" for n in range(1, 5)))
    told = talk.saved()
    assert [next(told) for _ in range(4)][-1] == "saved 4 · recommendation · q1 · Americas and Caribbean"
    assert talk.stop(signal.SIGINT) == 0
    rest = "/resume\nrec: Proposal 5\nrec: Proposal 6\n/2 Joint desk #regional\n/end\n"
    grcp(folder, "run", LUNCH, "--desk", "americas", "--plain", given=rest)


def asia(folder: Path, at_noon: Path) -> None:
    """What is on the disk of `at_noon` is older than what was handed over already."""
    for line in ("rec: Train border officials jointly", "rec: One calendar for all"):
        grcp(folder, "note", LUNCH, line, "--desk", "asia")
    shutil.copytree(folder, at_noon)
    for line in ("rec: A roster of experts", "/2 Training #academia #un"):
        grcp(folder, "note", LUNCH, line, "--desk", "asia")


def europe(folder: Path, colleague: Path) -> None:
    """The folder is copied to a colleague, and both write on at the same desk."""
    for line in ("rec: Data protection first", "rec: Invite observers"):
        grcp(folder, "note", LUNCH, line, "--desk", "europe")
    shutil.copytree(folder, colleague)
    grcp(folder, "note", LUNCH, "rec: Publish the list", "--desk", "europe")
    grcp(colleague, "note", LUNCH, "rec: Shorter meetings", "--desk", "europe")
    grcp(folder, "note", LUNCH, "/2 Statistics offices #un", "--desk", "europe")


def middle_east(folder: Path, chair: Path) -> None:
    """The chair has the file early and corrects an entry that its table corrects too."""
    grcp(folder, "note", LUNCH, "rec: One focal point each", "--desk", "middle-east")
    take_in(chair, folder)
    grcp(chair, "note", "session-4", "/amend middle-east1 Two focal points each")
    grcp(folder, "note", LUNCH, "/amend 1 One focal point for each process", "--desk", "middle-east")


def written(folder: Path, desk: str) -> list[str]:
    """What a file holds, read as any TOML is."""
    text = (records(folder) / f"{LUNCH}.{desk}.toml").read_text(encoding="utf-8")
    return [each["text"] for each in tomllib.loads(text)["entry"] if "text" in each]


# Session 4.

PLENARY = """/start
/confirm africa3
/ok africa3
/br asia2
@europe rec: heard first here
/join africa3 asia1: Train border officials across the regions
/end
"""

PRINTED = [
    # group, label, text, partners, status, decided in, common recommendation
    ("Africa", "Africa 1", "Meet twice a year", "", "", "", ""),
    ("Africa", "Africa 2", "Share the calendar", "", "", "", ""),
    ("Africa", "Africa 3", "Train border officials", "", "agreed", "Session 4", "Common 1"),
    *(("Americas and Caribbean", f"Americas and Caribbean {n}", f"Proposal {n}", "", "", "", "") for n in range(1, 7)),
    *(
        ("Asia and the Pacific", f"Asia and the Pacific {n}", text, "", status, decided, common)
        for n, text, status, decided, common in (
            (1, "Train border officials jointly", "", "", "Common 1"),
            (2, "[One calendar for all]", "in brackets", "Session 4", ""),
            (3, "A roster of experts", "", "", ""),
        )
    ),
    (EUROPE, f"{EUROPE} 1", "Data protection first", "", "", "", ""),
    (EUROPE, f"{EUROPE} 2", "Invite observers", "", "", "", ""),
    # Of two branches each names the seal at which it left the other.
    (EUROPE, f"{EUROPE} 3~", "Publish the list", "", "", "", ""),
    (EUROPE, f"{EUROPE} 3~", "Shorter meetings", "", "", "", ""),
    (EUROPE, f"{EUROPE} 1 (Session 4)", "heard first here", "", "", "", ""),
    ("Middle East", "Middle East 1", "One focal point for each process", "", "", "", ""),
]


def unsealed(text: str) -> str:
    """A label without the seal of a branch, which no two runs share."""
    return re.sub(r"~[0-9a-f]{4,12}", "~", text)


@pytest.fixture
def tables(tmp_path: Path) -> Callable[[str], Path]:
    def table(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return folder

    return table


@pytest.mark.parametrize("seed", [8])
def test_the_lunch_is_played_to_the_exported_matrix(tables: Callable[[str], Path], seed: int) -> None:
    chair = tables("chair")
    names = ("africa", "americas", "asia", "europe", "middle-east")
    at = {name: tables(name) for name in names}
    at_noon, colleague = chair.parent / "asia-at-noon", chair.parent / "europe-colleague"
    africa(at["africa"])
    americas(at["americas"])
    asia(at["asia"], at_noon)
    europe(at["europe"], colleague)
    middle_east(at["middle-east"], chair)
    arriving = [*at.values(), at_noon, colleague, at["asia"], at_noon]
    random.Random(seed).shuffle(arriving)
    second = tables("second-chair")
    shutil.copytree(chair, second, dirs_exist_ok=True)
    for handed in arriving:
        take_in(chair, handed)
    for handed in reversed(arriving):
        take_in(second, handed)
    shown = [grcp(folder, "record", "show", LUNCH, "--json") for folder in (chair, second)]
    assert shown[0] == shown[1]
    _missing(chair)
    _plenary(chair)
    _resolved(chair)
    _matrix(chair)
    _exported(chair)


def _missing(chair: Path) -> None:
    """What the chair sees before Session 4 begins."""
    told = grcp(chair, "status").splitlines()
    assert f"{LUNCH} · no answer to q2: Middle East" in told
    assert "partners nobody mentioned: intergovernmental organizations, private sector, civil society" in told
    assert not [line for line in told if "no file yet" in line]
    assert any(line.startswith(f"{LUNCH} · ") and "1 in conflict" in line for line in told)


def _plenary(chair: Path) -> None:
    told = grcp(chair, "run", "session-4", "--plain", given=PLENARY).splitlines()
    for line in (
        "read out Africa 3 · Train border officials",
        "agreed Africa 3 · Train border officials",
        "bracketed Asia and the Pacific 2 · One calendar for all",
        f"saved 1 · recommendation · q1 · {EUROPE}",
    ):
        assert line in told
    undecided = next(line for line in told if line.startswith("missing · no status yet: "))
    assert "africa3" not in undecided
    assert "asia2" not in undecided
    assert "africa1, africa2, " in undecided


def _resolved(chair: Path) -> None:
    told = grcp(chair, "record", "resolve", exit_code=5)
    assert "in conflict: text of middle-east1 (middle-east:1)" in told
    assert "  before · One focal point each" in told
    assert "[-One-]{+Two+} focal [-point-] {+points+} each" in told
    assert "One focal point {+for+} each {+process+}" in told
    told = grcp(chair, "record", "resolve", LUNCH, "--choose", "middle-east1=middle-east")
    assert told.startswith("resolved middle-east1 (middle-east:1) · middle-east: One focal point for each process · ")
    assert grcp(chair, "record", "resolve") == "no conflicts\n"


def _matrix(chair: Path) -> None:
    """The same as in print, in the ids of scripts."""
    data = json.loads(grcp(chair, "status", "--json"))
    told = {each["text"]: each for each in data["matrix"]}
    assert len(data["matrix"]) == len(PRINTED)
    agreed = told["Train border officials"]
    assert (agreed["group"], agreed["label"], agreed["status"]) == ("africa", "africa3", "agreed")
    assert (agreed["decided_in"], agreed["confirmed"], agreed["common"]) == ("session-4", True, ["common1"])
    assert [each["text"] for each in data["matrix"] if each["status"] == "bracketed"] == ["One calendar for all"]
    assert [(each["groups"], each["from"]) for each in data["common"]] == [(["africa", "asia"], ["africa3", "asia1"])]
    coverage = {each["id"]: each for each in data["coverage"]["sessions"]}
    (counts,) = coverage[LUNCH]["counts"]
    assert counts["groups"] == {"africa": 3, "americas": 6, "asia": 3, "europe": 4, "middle-east": 1}
    (counts,) = coverage["session-4"]["counts"]
    assert counts["groups"] == {"africa": 3, "americas": 6, "asia": 3, "europe": 5, "middle-east": 1}
    assert data["coverage"]["unnamed"] == ["igo", "private", "civil"]
    assert {each["id"]: each["groups"] for each in data["coverage"]["actors"]}["un"] == {
        "africa": 1,
        "asia": 1,
        "europe": 1,
    }


def _exported(chair: Path) -> None:
    grcp(chair, "export", "--format", "xlsx", "--format", "json", "--notes")
    report = chair / "report"
    sheet = load_workbook(report / "grcp-8.xlsx")["Recommendations"]
    head, *rows = [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert head[:7] == ("Group", "Label", "Text", "Partners", "Status", "Decided in", "Common recommendation")
    assert [tuple(map(unsealed, row[:7])) for row in rows] == PRINTED
    document = json.loads((report / "grcp-8.json").read_text(encoding="utf-8"))
    tables = {block["id"]: block for part in document["parts"] for block in part["blocks"] if block["type"] == "table"}
    assert [tuple(map(unsealed, row["cells"])) for row in tables["recommendations-matrix-table"]["rows"]] == [
        (
            group,
            f"{label}: {text}",
            partners or "–",
            f"{status}, {decided}" if status else "–",
            common or "–",
        )
        for group, label, text, partners, status, decided, common in PRINTED
    ]
    assert [row["cells"] for row in tables["no-answer"]["rows"]] == [["Working Lunch", "2", "Middle East"]]
    assert [row["cells"][0] for row in tables["unnamed"]["rows"]] == [
        "intergovernmental organizations",
        "private sector",
        "civil society",
    ]
