"""What a killed session has left behind is cleared away, and nobody else's process with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import _stop_left_over

WAITS = """
import signal, sys
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
print("ready", flush=True)
sys.stdin.read()
"""
"""A program in the background of a shell would ignore the signal."""


@pytest.mark.parametrize("is_of_this_folder", [True, False])
def test_only_the_server_of_the_folder_is_stopped(tmp_path: Path, is_of_this_folder: bool) -> None:
    asked = [sys.executable, "-c", WAITS, *(["-D", str(tmp_path)] if is_of_this_folder else [])]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        (tmp_path / "postmaster.pid").write_text(f"{process.pid}\n{tmp_path}\n")
        _stop_left_over(tmp_path / "postmaster.pid")
        process.communicate()
        assert (process.returncode != 0) is is_of_this_folder
