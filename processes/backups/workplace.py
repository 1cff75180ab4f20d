"""A hidden folder in which a backup is made or taken apart; what a killed program left in its own is cleared away."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PREFIX = ".kvarboende-backup-"


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """An empty folder in the folder `beside`, gone afterwards.

    A program that was killed could not take its own away, and in it lies a copy of the database: the next one does.
    Raises OSError when nothing can be written there.
    """
    with ExitStack() as held:
        with _locked(beside):  # or another one takes ours for abandoned before we have locked it
            _clear_away(beside)
            folder = Path(held.enter_context(TemporaryDirectory(prefix=PREFIX, dir=beside)))
            held.enter_context(_locked(folder))
        yield folder


def _clear_away(beside: Path) -> None:
    for left in beside.glob(f"{PREFIX}*"):
        try:
            with _locked(left, fcntl.LOCK_NB):
                shutil.rmtree(left)
        except OSError:  # somebody works in it, or it is not ours
            continue


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    """Hold the folder for this program alone; the lock ends with the program, however that ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(descriptor)
