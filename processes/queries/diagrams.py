"""Finds published diagrams: the current version of a process for a new case, and the one that a running case is on."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
import zstandard
from sqlalchemy import JSON, Select, func, select
from sqlalchemy.orm import Session, defer

from processes.diagrams.files import DUE_TIMES, URGENCY
from processes.engine import Bundle, DecisionTable, parse_bundle, read_table
from processes.engine.drawing import Drawing
from processes.engine.reading import read_files
from processes.errors import DiagramNotFound
from processes.forms import Form, load_form
from processes.models import DiagramVersion
from processes.queries.once import once_a_page


@dataclass(frozen=True)
class Published:
    """A published version, ready to run: the parsed diagrams with their forms and letters."""

    process_key: str
    parsed: Bundle | None
    """None for a folder that holds forms only."""
    files: Mapping[str, bytes]
    forms: Mapping[str, Form]
    """By user-task id."""
    letters: Mapping[str, str]
    """Text templates by letter key."""
    due_times: DecisionTable | None = None
    """When each step is due, where its diagram is not to decide; None for a version from before there was a table."""
    urgency: DecisionTable | None = None
    """How urgent a notice is."""

    @property
    def bundle(self) -> Bundle:
        """The parsed diagrams; raises DiagramNotFound for a folder without one."""
        if self.parsed is None:
            raise DiagramNotFound(self.process_key)
        return self.parsed

    @cached_property
    def drawings(self) -> Mapping[str, Drawing]:
        """What is drawn, arrows and all: the process and every process it calls, by key."""
        return read_files(self.files, self.process_key).drawings


@dataclass
class DiagramShelf:
    """The published versions that this process has opened; each is parsed once."""

    _by_version: dict[tuple[str, str], Published] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, session: Session, process_key: str, version: str) -> Published:
        """The version of the process; raises DiagramNotFound."""
        found = self._by_version.get((process_key, version))
        if found is not None:
            return found
        row = session.scalars(
            select(DiagramVersion).where(
                DiagramVersion.process_key == process_key, DiagramVersion.version == version
            )
        ).first()
        if row is None:
            raise DiagramNotFound(f"{process_key} {version}")
        opened = open_version(process_key, unpack_files(row.files))
        with self._lock:
            return self._by_version.setdefault((process_key, version), opened)


@once_a_page
def current_version(session: Session, process_key: str) -> str:
    """The version that new cases use; raises DiagramNotFound."""
    version = session.scalar(
        select(DiagramVersion.version).where(
            DiagramVersion.process_key == process_key, DiagramVersion.is_current
        )
    )
    if version is None:
        raise DiagramNotFound(process_key)
    return version


def current_versions(session: Session) -> dict[str, str]:
    """The versions that new cases use, of every process by its key."""
    current = select(DiagramVersion.process_key, DiagramVersion.version).where(DiagramVersion.is_current)
    with session.no_autoflush:
        return {row.process_key: row.version for row in session.execute(current)}


def versions_with_it(dialect: str) -> Select[Any]:
    """The same, to be asked for beside other questions: one list of pairs, or nothing where nothing is published."""
    postgresql = dialect == "postgresql"
    pair = (func.json_build_array if postgresql else func.json_array)(
        DiagramVersion.process_key, DiagramVersion.version
    )
    pairs = (func.json_agg if postgresql else func.json_group_array)(pair, type_=JSON)
    return select(pairs).where(DiagramVersion.is_current)


def open_version(process_key: str, files: Mapping[str, bytes]) -> Published:
    """Parse the files of a process; raises DiagramRefused."""
    forms = {}
    letters = {}
    for path, content in files.items():
        folder, name = path.rsplit("/", 1)
        stem = name.rsplit(".", 1)[0]
        if folder.endswith("/forms"):
            forms[stem] = load_form(content)
        elif folder.endswith("/letters"):
            letters[stem] = content.decode()
    parsed = parse_bundle(process_key, files) if f"{process_key}/{process_key}.bpmn" in files else None
    due_times, urgency = (_table(files, path) if parsed else None for path in (DUE_TIMES, URGENCY))
    return Published(process_key, parsed, files, forms, letters, due_times, urgency)


def _table(files: Mapping[str, bytes], path: str) -> DecisionTable | None:
    return read_table(files[path]) if path in files else None


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """The files as one compressed text."""
    texts = {path: content.decode() for path, content in sorted(files.items())}
    return zstandard.compress(orjson.dumps(texts), 9)


def unpack_files(packed: bytes) -> dict[str, bytes]:
    """The files that `pack_files` packed."""
    texts: dict[str, str] = orjson.loads(zstandard.decompress(packed))
    return {path: text.encode() for path, text in texts.items()}


@once_a_page
def process_titles(session: Session) -> dict[str, str]:
    """The published title of each process by its key."""
    found = select(DiagramVersion.process_key, DiagramVersion.title).where(DiagramVersion.is_current)
    return {row.process_key: row.title for row in session.execute(found)}


def current_diagrams(session: Session) -> Sequence[DiagramVersion]:
    """The processes that new cases use, by title; their files are left unread."""
    return session.scalars(
        select(DiagramVersion)
        .where(DiagramVersion.is_current)
        .options(defer(DiagramVersion.files))
        .order_by(DiagramVersion.title)
    ).all()
