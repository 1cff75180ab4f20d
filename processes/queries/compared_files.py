"""Finds two sets of process files to hold beside each other: proposals, releases, and versions of one process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer

from processes.diagrams.files import files_of_process
from processes.errors import DiagramNotFound, DraftNotFound, ReleaseNotFound
from processes.models import DiagramVersion, ProcessDraft, Release
from processes.queries.diagrams import unpack_files
from processes.queries.process_drafts import Transaction, files_of_draft, get_draft
from processes.queries.releases import files_of_release, get_release

TOKEN = re.compile(r"(utgava|forslag|version)-(\d{1,9})", re.ASCII)
MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One of two sets of files that are compared."""

    token: str
    """`utgava-3` (its number), `forslag-7` or `version-12` (their ids)."""
    files: dict[str, bytes]
    whole: Release | ProcessDraft | DiagramVersion
    """What the files belong to."""

    @property
    def draft(self) -> ProcessDraft | None:
        """The proposal, if it is one."""
        return self.whole if isinstance(self.whole, ProcessDraft) else None

    @property
    def process_key(self) -> str:
        """The process, if it is a version of one; otherwise empty."""
        return self.whole.process_key if isinstance(self.whole, DiagramVersion) else ""


def get_side(work: Transaction, token: str) -> Side:
    """The set of files. Raises ReleaseNotFound, DraftNotFound or DiagramNotFound; ReleaseNotFound for another word."""
    found = TOKEN.fullmatch(token)
    if found is None:
        raise ReleaseNotFound(token)
    kind, number = found[1], int(found[2])
    if kind == "utgava":
        release = get_release(work, number)
        return Side(token, files_of_release(release), release)
    if kind == "forslag":
        draft = get_draft(work, number)
        if draft.state == "discarded":
            raise DraftNotFound(token)
        return Side(token, files_of_draft(work, draft), draft)
    version = work.session.get(DiagramVersion, number)
    if version is None:
        raise DiagramNotFound(token)
    return Side(token, unpack_files(version.files), version)


def as_comparable(before: Side, after: Side) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of both; beside a version of one process, only what belongs to that process."""
    key = before.process_key or after.process_key
    if not key:
        return before.files, after.files
    return files_of_process(before.files, key), files_of_process(after.files, key)


def versions_of(work: Transaction, process_key: str) -> Sequence[DiagramVersion]:
    """The published versions of a process, the newest first; their files are left unread."""
    return work.session.scalars(
        select(DiagramVersion)
        .where(DiagramVersion.process_key == process_key)
        .options(defer(DiagramVersion.files))
        .order_by(DiagramVersion.published_at.desc(), DiagramVersion.id.desc())
        .limit(MOST_VERSIONS)
    ).all()
