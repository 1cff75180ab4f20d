"""Brings a proposal up to what has been published since it began; what both have changed, a person settles."""

from __future__ import annotations

from typing import Literal

from processes.actions.process_drafts import must_be_newest, open_draft, put_file, write_step
from processes.errors import DraftFileNotFound
from processes.models import Caseworker
from processes.queries.process_drafts import (
    base_files,
    changed_files,
    find_file,
    newest_release,
)
from processes.queries.releases import files_of_release
from processes.unit_of_work import UnitOfWork

Kept = Literal["mine", "published"]


def take_in_newest(work: UnitOfWork, *, draft_id: int, person: Caseworker) -> list[str]:
    """Lay the proposal over the release in use; answers the files that both have changed, to be settled.

    A file that is published as the proposal has it is no change any more. Raises as `save_file` does.
    """
    draft = open_draft(work, draft_id, person)
    newest = newest_release(work)
    if newest is None or newest.id == draft.base_id:
        return []
    before, now = base_files(work, draft), files_of_release(newest)
    for path, row in changed_files(work, draft).items():
        if row.content == now.get(path):
            work.session.delete(row)
        elif before.get(path) != now.get(path):
            row.is_unsettled = True
    draft.base_id = newest.id
    draft.revision += 1
    draft.base_revision = draft.revision
    draft.changed_at = work.now
    work.session.flush()
    write_step(work, draft, "updated", person, str(newest.number))
    return [path for path, row in changed_files(work, draft).items() if row.is_unsettled]


def settle_file(
    work: UnitOfWork, *, draft_id: int, path: str, keep: Kept, expected_revision: int, person: Caseworker
) -> int:
    """Say which is to hold of a file that was published in another shape meanwhile; answers its revision.

    Raises as `save_file` does, and DraftFileNotFound for a file that the proposal does not change.
    """
    draft = open_draft(work, draft_id, person)
    must_be_newest(work, draft, path, b"", expected_revision)
    row = find_file(work, draft, path)
    if row is None:
        raise DraftFileNotFound(path)
    row.is_unsettled = False
    content = row.content if keep == "mine" else base_files(work, draft).get(path)
    return put_file(work, draft, path, content, person, what="settled")
