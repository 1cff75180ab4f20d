"""Finds proposals to change the processes, and what all files would be if one of them were published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import zstandard
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, defer, joinedload

from processes.engine import version_of
from processes.errors import DraftFileNotFound, DraftNotFound
from processes.models import Caseworker, DiagramVersion, DraftFile, DraftSave, ProcessDraft, Release
from processes.models.releases import SENT
from processes.queries.diagrams import unpack_files

MOST_FINISHED = 50
"""So many published and discarded proposals are listed, the newest."""
MOST_SAVES = 300


class Transaction(Protocol):
    """What these questions need of a transaction."""

    @property
    def session(self) -> Session: ...


def get_draft(work: Transaction, draft_id: int) -> ProcessDraft:
    """The proposal. Raises DraftNotFound."""
    draft = work.session.get(ProcessDraft, draft_id)
    if draft is None:
        raise DraftNotFound(str(draft_id))
    return draft


def get_draft_for_update(work: Transaction, draft_id: int) -> ProcessDraft:
    """The proposal, which nobody else can change until the transaction ends. Raises DraftNotFound."""
    work.session.flush()
    draft = work.session.scalars(
        select(ProcessDraft)
        .where(ProcessDraft.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if draft is None:
        raise DraftNotFound(str(draft_id))
    return draft


def unfinished_drafts(work: Transaction) -> Sequence[ProcessDraft]:
    """Proposals that are being changed or wait for somebody, the last changed first."""
    return _listed(work, finished=False)


def count_to_approve(caseworker: Caseworker) -> ScalarSelect[int]:
    """Asks how many proposals somebody else has sent for approval."""
    wanted = select(func.count()).select_from(ProcessDraft)
    return wanted.where(
        ProcessDraft.state == SENT, ProcessDraft.sent_by_id != caseworker.id
    ).scalar_subquery()


def finished_drafts(work: Transaction) -> Sequence[ProcessDraft]:
    """Proposals that have been published or discarded, the last changed first."""
    return _listed(work, finished=True)


def _listed(work: Transaction, *, finished: bool) -> Sequence[ProcessDraft]:
    is_finished = ProcessDraft.state.in_(("published", "discarded"))
    without_files = joinedload(ProcessDraft.release).defer(Release.files)
    wanted = (
        select(ProcessDraft)
        .where(is_finished if finished else ~is_finished)
        .options(joinedload(ProcessDraft.created_by), joinedload(ProcessDraft.sent_by), without_files)
        .order_by(ProcessDraft.changed_at.desc(), ProcessDraft.id.desc())
    )
    return work.session.scalars(wanted.limit(MOST_FINISHED) if finished else wanted).all()


def find_draft_of(work: Transaction, release: Release) -> ProcessDraft | None:
    """The proposal that became the release."""
    return work.session.scalars(select(ProcessDraft).where(ProcessDraft.release_id == release.id)).first()


def changed_files(work: Transaction, draft: ProcessDraft) -> Mapping[str, DraftFile]:
    """The files that the proposal changes, adds or takes away, by path."""
    rows = work.session.scalars(
        select(DraftFile)
        .where(DraftFile.draft_id == draft.id)
        .options(joinedload(DraftFile.saved_by))
        .order_by(DraftFile.path)
    )
    return {row.path: row for row in rows}


def changed_paths(work: Transaction, draft: ProcessDraft) -> list[str]:
    """Paths of the files that the proposal changes, adds or takes away."""
    return sorted(
        work.session.scalars(select(DraftFile.path).where(DraftFile.draft_id == draft.id)),
    )


def files_of_draft(work: Transaction, draft: ProcessDraft) -> dict[str, bytes]:
    """Every file as it would be if the proposal were published: those of its base, overlaid by its own."""
    files = base_files(work, draft)
    for path, row in changed_files(work, draft).items():
        if row.content is None:
            files.pop(path, None)
        else:
            files[path] = row.content
    return dict(sorted(files.items()))


def base_files(work: Transaction, draft: ProcessDraft) -> dict[str, bytes]:
    """Every file of the release that the proposal is laid over."""
    return unpack_files(work.session.get_one(Release, draft.base_id).files)


def file_of_draft(work: Transaction, draft: ProcessDraft, path: str) -> bytes:
    """One file as the proposal has it. Raises DraftFileNotFound."""
    row = find_file(work, draft, path)
    content = base_files(work, draft).get(path) if row is None else row.content
    if content is None:
        raise DraftFileNotFound(path)
    return content


def find_file(work: Transaction, draft: ProcessDraft, path: str) -> DraftFile | None:
    """The file, if the proposal changes it."""
    return work.session.scalars(
        select(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.path == path)
    ).one_or_none()


def revision_of(work: Transaction, draft: ProcessDraft, path: str) -> int:
    """What a save of the file must name as `expected_revision`, whether the file is changed yet or not."""
    row = find_file(work, draft, path)
    return draft.base_revision if row is None else row.revision


def published_files(work: Transaction) -> dict[str, bytes]:
    """Every file that new cases use now, scenarios and READMEs too."""
    release = newest_release(work)
    return unpack_files(release.files) if release is not None else files_of_versions(work)


def newest_release(work: Transaction) -> Release | None:
    """The release that new cases use."""
    return work.session.scalars(
        select(Release).where(Release.took_effect_at.is_not(None)).order_by(Release.number.desc()).limit(1)
    ).first()


def files_of_versions(work: Transaction) -> dict[str, bytes]:
    """The files of every current version, for a database in which nothing was released as a whole yet."""
    packed = work.session.scalars(select(DiagramVersion.files).where(DiagramVersion.is_current))
    return {path: content for one in packed for path, content in unpack_files(one).items()}


def content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and contents of all files, in hexadecimal."""
    return version_of(files)


def saves_of(work: Transaction, draft: ProcessDraft, path: str | None = None) -> Sequence[DraftSave]:
    """What was done with the proposal, or with one of its files, the last first; contents are left unread."""
    wanted = select(DraftSave).where(DraftSave.draft_id == draft.id)
    if path is not None:
        wanted = wanted.where(DraftSave.path == path)
    return work.session.scalars(
        wanted.options(joinedload(DraftSave.by), defer(DraftSave.content))
        .order_by(DraftSave.id.desc())
        .limit(MOST_SAVES)
    ).all()


def get_save(work: Transaction, draft: ProcessDraft, save_id: int) -> DraftSave:
    """One save of a file in the proposal. Raises DraftFileNotFound."""
    save = work.session.get(DraftSave, save_id)
    if save is None or save.draft_id != draft.id or save.path == "":
        raise DraftFileNotFound(str(save_id))
    return save


def content_of(save: DraftSave) -> bytes | None:
    """The file as it was saved; None where it was taken away."""
    return None if save.content is None else zstandard.decompress(save.content)
