"""Where output goes that nobody takes: a closed pipe is silent, a full device is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

GRCP = [sys.executable, "-m", "grcp_cli"]


@pytest.mark.skipif(os.name == "nt", reason="pipes as POSIX has them")
@pytest.mark.parametrize("command", [["agenda", "show"], ["status", "--json"], ["run", "session-1", "--plain"]])
def test_a_closed_pipe_is_silent(tmp_path: Path, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*GRCP, *command, "--agenda", "grcp8"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*GRCP, "status", "--json", "--agenda", "grcp8"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 6
    assert done.stderr.decode().startswith("grcp: the system refused: ")
    assert b"Traceback" not in done.stderr
