"""The file that a backup is: how it is written and read, and how one that is cut off or damaged is told."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from processes.backups.contents import Contents
from processes.errors import BackupRefused

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
AT_A_TIME = 1024 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading a damaged file raises; the last when it seems to be encrypted, or compressed in an unknown way."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    engine: str
    """sqlite or postgresql"""
    made_at: datetime
    contents: Contents
    sha256: str
    """Of the member `database`."""
    format: int = FORMAT

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Raises BackupRefused for what this version did not write."""
        try:
            told = json.loads(text)
            if told["format"] != FORMAT:
                raise BackupRefused(
                    f"The backup has format {told['format']}: use a newer version of Kvarboende."
                )
            made_at = datetime.fromisoformat(told["made_at"])
            return cls(
                str(told["engine"]), made_at, Contents.from_json(told["contents"]), str(told["sha256"])
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BackupRefused("The backup's manifest cannot be read: the file is damaged.") from error

    def as_json(self) -> bytes:
        """As it stands in the file."""
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, indent=1).encode()


class Summed:
    """A file that is written or read and of which the sum is taken on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The sum of what has gone through."""
        return self._sum.hexdigest()

    def write(self, part: bytes) -> int:
        """Write and count in."""
        self._sum.update(part)
        return self._file.write(part)

    def read(self, size: int = -1) -> bytes:
        """Read and count in."""
        part = self._file.read(size)
        self._sum.update(part)
        return part


def copy(source: Any, target: Any) -> None:
    """Everything that is left in one file, into another."""
    while part := source.read(AT_A_TIME):
        target.write(part)


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The backup and what it says of itself. Raises BackupRefused when it is none, or not all of one."""
    if not file.is_file():
        raise BackupRefused(f"There is no file {file}.")
    try:
        with _unpacking(file) as archive:
            _must_be_ours(archive)
            yield archive, Manifest.from_json(archive.read(MANIFEST))
    except DAMAGED as error:
        raise BackupRefused(f"{file} is no backup, or is cut off or damaged: take another one.") from error


def _unpacking(file: Path) -> zipfile.ZipFile:
    try:
        file.open("rb").close()
    except OSError as error:
        raise BackupRefused(f"{file} cannot be read: {error.strerror}.") from error
    try:
        return zipfile.ZipFile(file)
    except OSError as error:  # its list of members would begin before the file does
        raise zipfile.BadZipFile from error


def _must_be_ours(archive: zipfile.ZipFile) -> None:
    """The two members, packed as they were written and within the file. Raises BadZipFile."""
    members = archive.infolist()
    if {DATABASE, MANIFEST} != {one.filename for one in members}:
        raise BackupRefused(f"{archive.filename} is no backup of Kvarboende.")
    if any(one.header_offset < 0 or one.compress_type != zipfile.ZIP_DEFLATED for one in members):
        raise zipfile.BadZipFile


def check(archive: zipfile.ZipFile, manifest: Manifest, into: IO[bytes] | None = None) -> None:
    """Read the database in it to the end, and write it where asked for. Raises BackupRefused if it is not as it was."""
    with archive.open(DATABASE) as member:
        summed = Summed(member)
        while part := summed.read(AT_A_TIME):
            if into is not None:
                into.write(part)
    if summed.sha256 != manifest.sha256:
        raise BackupRefused("The backup is damaged: its database is not the one that was written.")
