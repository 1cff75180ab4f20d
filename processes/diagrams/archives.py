"""Opens a zip file of process files from anybody without trusting it, and packs process files into one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from processes.diagrams.files import LARGEST_FILE

MOST_FILES: Final = 1_000
"""Files in one zip file."""
MOST_BYTES: Final = 20_000_000
"""All files in one zip file together, unpacked."""
ROOT: Final = "bpmn-diagrams"
"""The folder that the files may lie in."""
EPOCH: Final = (2000, 1, 1, 0, 0, 0)
"""The same for every file, so that the same files give the same zip file."""
_PIECE: Final = 65_536


class ArchiveRefused(Exception):
    """The zip file cannot be taken; the message is a Swedish sentence for the person who sent it."""


def open_archive(content: bytes) -> dict[str, bytes]:
    """Every file in the zip file by its path, without folders, hidden files and a folder around everything.

    Raises ArchiveRefused for what is no zip file, is locked, or is larger unpacked than it says or may be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
            _refuse_what_is_too_much(wanted)
            files: dict[str, bytes] = {}
            left = MOST_BYTES
            for one in wanted:
                if one.filename in files:
                    raise ArchiveRefused(f"Zip-filen har två filer som heter {one.filename[:100]}.")
                files[one.filename] = _unpacked(archive, one, left)
                left -= len(files[one.filename])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as broken:
        raise ArchiveRefused("Filen är ingen zip-fil som går att öppna.") from broken
    return _without_root(files)


def pack_archive(files: Mapping[str, bytes]) -> bytes:
    """A zip file with these files in a folder `bpmn-diagrams`; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{ROOT}/{path}", EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _refuse_what_is_too_much(wanted: list[zipfile.ZipInfo]) -> None:
    if not wanted:
        raise ArchiveRefused("Zip-filen är tom.")
    if len(wanted) > MOST_FILES:
        raise ArchiveRefused(f"Zip-filen har fler än {MOST_FILES} filer.")
    if any(one.flag_bits & 0x1 for one in wanted):
        raise ArchiveRefused("Zip-filen är låst med ett lösenord.")
    if sum(one.file_size for one in wanted) > MOST_BYTES:
        raise ArchiveRefused(f"Zip-filen är större än {MOST_BYTES // 1_000_000} MB uppackad.")


def _unpacked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> bytes:
    """The file, read piece by piece and no further than allowed: what the zip file says of its size may be a lie."""
    content = bytearray()
    with archive.open(one) as opened:
        while piece := opened.read(_PIECE):
            content += piece
            if len(content) > min(left, LARGEST_FILE):
                raise ArchiveRefused(
                    f"{one.filename[:100]} är större än {LARGEST_FILE // 1_000_000} MB uppackad."
                )
    return bytes(content)


def _is_hidden(name: str) -> bool:
    """Files that a computer adds by itself: .DS_Store, __MACOSX and their kind."""
    return any(part.startswith((".", "__")) for part in name.split("/") if part not in {"..", "."})


def _without_root(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same with paths that begin at a process's folder, if a folder lies around them all."""
    first = {path.split("/", 1)[0] for path in files}
    if first == {ROOT} or (len(first) == 1 and all(path.count("/") > 1 for path in files) and _wraps(files)):
        return {path.split("/", 1)[1]: content for path, content in files.items() if "/" in path}
    return files


def _wraps(files: dict[str, bytes]) -> bool:
    """Is the only folder one around processes, and not a process itself?"""
    return any(path.endswith(".bpmn") and path.count("/") == 2 for path in files)
