"""Starts our programs as a person would, and waits for what they print or do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 180
"""Seconds after which a test gives up waiting for something that happens soon when it works."""


class Program:
    """A program that runs; what it prints is collected."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line

    def prints(self, text: str) -> bool:
        """Does it print the text before PATIENCE ends, or before it ends itself?"""
        return (
            eventually(lambda: text in self.printed or self.process.poll() is not None)
            and text in self.printed
        )

    def ends_with(self) -> int:
        """Its exit status; it must end by itself."""
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status


def eventually(is_so: Callable[[], bool]) -> bool:
    """Does it become so before PATIENCE ends?"""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if is_so():
            return True
        time.sleep(0.02)
    return is_so()


@contextmanager
def started(*command: str | Path, settings: Mapping[str, str], folder: Path) -> Iterator[Program]:
    """The program with these settings and no others, in `folder`; stopped for good when the block ends.

    It may keep compiled code, as an installation's does, so that the next one need not compile all of it again.
    """
    left_out = ("KVARBOENDE_", "PYTHONDONTWRITEBYTECODE")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    process = subprocess.Popen(
        [str(part) for part in command],
        env={**ours, **settings, "PYTHONUNBUFFERED": "1"},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    program = Program(process)
    try:
        yield program
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
        program.ends_with()
        assert process.stdout is not None
        process.stdout.close()


def kvarboende(*arguments: str) -> tuple[str, ...]:
    """The command line of `kvarboende` with these arguments."""
    return (sys.executable, "-m", "app.cli", *arguments)
