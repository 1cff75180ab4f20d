"""A disk that is soon full: a file system of its own in memory, which only root may make."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoSmallDisk(RuntimeError):
    """This computer does not let us make a file system; disks that are full can be tried on SQLite only."""


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A folder on a disk of this size, gone when the block ends. Raises NoSmallDisk."""
    folder = Path(tempfile.mkdtemp(prefix="kvarboende-disk-"))
    options = f"size={megabytes}m,mode=755"
    command = ["mount", "-t", "tmpfs", "-o", options, "kvarboende", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as refused:
        folder.rmdir()
        raise NoSmallDisk("a full disk under PostgreSQL needs root, who may mount") from refused
    try:
        yield folder
    finally:
        command = ["umount", "-l", str(folder)]
        subprocess.run(command, check=True)
        folder.rmdir()
