"""Reads a folder of diagrams: which processes there are, and which files each of them needs to run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from processes.errors import DiagramRefused
from processes.rules.events import EVENTS

LARGEST_FILE = 2_000_000
"""Bytes in one file."""
MOST_FILES = 5_000
LONGEST_PATH = 200
SAFE_PATH = re.compile(r"[^\W_][\w+-]*(?:\.[\w+-]+)*(?:/[^\W_][\w+-]*(?:\.[\w+-]+)*)*")
"""Words with points inside them, between slashes: nothing that climbs, hides or begins anew at the root."""
CALLED = re.compile(rb'\bcalledElement="([^"]+)"')
RUN_FROM = (".bpmn", ".dmn")
DUE_TIMES = "forfallotider/forfallotider.dmn"
"""The table that says when each step is due, where the diagram's own rule is not to hold."""
URGENCY = "underrattelse/bradska.dmn"
"""The table that says how urgent a notice is; the table of due times asks it."""
SHARED = (DUE_TIMES, URGENCY)
"""Tables that belong to every process with a diagram, and so to each published version of it."""
PARTS = ("forms", "letters")
"""Folders of a process whose files belong to a published version; scenarios and the README do not."""


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path in it with forward slashes.

    Raises DiagramRefused for a file that is a link (it could show any file of the computer), that has a name no
    diagram has, or that is too large, and for a folder with too many files.
    """
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise DiagramRefused(f"{name} is a link; a folder of diagrams holds its files itself")
        if not path.is_file() or path.name.startswith("."):
            continue
        if not is_safe_path(name):
            raise DiagramRefused(f"{name!r} is no name for a file of a diagram")
        if path.stat().st_size > LARGEST_FILE or len(files) == MOST_FILES:
            raise DiagramRefused(
                f"{name}: a folder holds at most {MOST_FILES} files of {LARGEST_FILE} bytes each"
            )
        files[name] = path.read_bytes()
    return files


def is_safe_path(name: str) -> bool:
    """Whether the name, with forward slashes, stays inside the folder and is written with ordinary signs only."""
    return len(name) <= LONGEST_PATH and SAFE_PATH.fullmatch(name) is not None


def process_keys(files: Mapping[str, bytes]) -> list[str]:
    """The folders that hold a process: those with a diagram of their own name, or with forms only."""
    folders = {path.split("/", 1)[0] for path in files if "/" in path}
    return sorted(key for key in folders if _own_diagram(key) in files or _has_forms(files, key))


def startable_keys(files: Mapping[str, bytes]) -> list[str]:
    """The folders that are published: everything but processes that only serve as a part of another."""
    called = {
        name.decode(errors="replace")
        for path in files
        if path.endswith(".bpmn")
        for name in CALLED.findall(files[path])
    }
    started = {event.starts for event in EVENTS.values()}
    return [key for key in process_keys(files) if key not in called or key in started]


def files_of_process(files: Mapping[str, bytes], key: str) -> dict[str, bytes]:
    """Everything that the process needs to run: its own files and those of every process that it calls."""
    wanted: dict[str, bytes] = {}
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        wanted |= {path: content for path, content in files.items() if _belongs(path, folder)}
        diagram = files.get(_own_diagram(folder), b"")
        waiting += [called.decode(errors="replace") for called in CALLED.findall(diagram)]
    if _own_diagram(key) in files:
        wanted |= {path: files[path] for path in SHARED if path in files}
    return dict(sorted(wanted.items()))


def _own_diagram(key: str) -> str:
    return f"{key}/{key}.bpmn"


def _has_forms(files: Mapping[str, bytes], key: str) -> bool:
    return any(path.startswith(f"{key}/forms/") for path in files)


def _belongs(path: str, folder: str) -> bool:
    parts = path.split("/")
    if parts[0] != folder:
        return False
    if len(parts) == 2:
        return parts[1].endswith(RUN_FROM)
    return parts[1] in PARTS
