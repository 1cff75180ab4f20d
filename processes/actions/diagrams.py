"""Publishes the diagrams that came with the program, without ever writing over what process owners have published.

A folder that has not changed since it was last published changes nothing. When process owners have published since,
a folder with something new becomes a proposal that they look through, and nothing is published by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from processes.actions.process_drafts import begin_draft, put_file
from processes.actions.releases import release_files
from processes.actions.versions import lock_versions, make_current, store_version
from processes.diagrams.check import problems_in
from processes.diagrams.files import read_folder
from processes.diagrams.names import known_names
from processes.diagrams.problems import errors
from processes.engine import version_of
from processes.errors import DiagramRefused
from processes.models import ProcessDraft, Release
from processes.operations import OPERATIONS
from processes.queries.diagrams import current_versions
from processes.queries.process_drafts import content_hash, find_file, newest_release
from processes.queries.releases import files_of_release, find_release_from_folder, find_waiting_release
from processes.unit_of_work import UnitOfWork

NOTE = "Diagrammen som följde med programmet."
UPGRADE = "Nya diagram med uppgraderingen"
WHY = (
    "Programmet har uppgraderats och hade nya diagram med sig, medan ni har publicerat egna ändringar. "
    "Gå igenom det nya, prova och publicera det, eller kasta förslaget."
)


def publish_folder(work: UnitOfWork, folder: Path) -> list[str]:
    """Publish every process in the folder whose files have changed; answers the keys of those that had.

    Raises DiagramRefused with everything that is wrong in the folder, if anything is; then nothing is published.
    """
    files = read_folder(folder)
    lock_versions(work)
    newest, from_folder = newest_release(work), find_release_from_folder(work)
    if from_folder is not None and from_folder.content_hash == content_hash(files):
        return []
    if newest is not None and (newest is not from_folder or find_waiting_release(work) is not None):
        _lay_out(work, newest, from_folder, files)
        return []
    release = release_files(work, files, origin="folder", note=NOTE)
    if release.versions:
        _refuse_what_is_wrong(files)
    return [one.process_key for one in release.versions if one.version is not None]


def publish(work: UnitOfWork, process_key: str, files: Mapping[str, bytes]) -> bool:
    """Publish these files as the process's current version; False if they are that. Raises DiagramRefused."""
    lock_versions(work)
    if current_versions(work.session).get(process_key) == version_of(files):
        return False
    make_current(work, process_key, store_version(work, process_key, files))
    return True


def _refuse_what_is_wrong(files: Mapping[str, bytes]) -> None:
    wrong = errors(problems_in(files, known_names(OPERATIONS)))
    if wrong:
        raise DiagramRefused("\n".join(str(problem) for problem in wrong))


def _lay_out(
    work: UnitOfWork, newest: Release, from_folder: Release | None, files: Mapping[str, bytes]
) -> None:
    """Make a proposal of what is new in the folder, once; what both have changed must be settled in it."""
    digest = content_hash(files)
    if work.session.scalar(select(ProcessDraft.id).where(ProcessDraft.source_hash == digest)) is not None:
        return
    draft = begin_draft(work, base=newest, title=UPGRADE, purpose=WHY, person=None, source_hash=digest)
    theirs = files_of_release(from_folder) if from_folder is not None else {}
    ours = files_of_release(newest)
    for path in sorted(files.keys() | theirs.keys()):
        if files.get(path) == theirs.get(path) or files.get(path) == ours.get(path):
            continue
        put_file(work, draft, path, files.get(path), None, what="saved")
        row = find_file(work, draft, path)
        if row is not None and ours.get(path) != theirs.get(path):
            row.is_unsettled = True
    work.session.flush()
