"""Publishes a whole set of files at once, for those who keep the processes in files, as the workshop would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from processes.actions.approvals import approve_draft, publish_draft, send_for_approval
from processes.actions.draft_uploads import take_files
from processes.actions.examinations import ask_for_examination, keep_examination
from processes.actions.process_drafts import create_draft
from processes.diagrams.examination import Examination
from processes.models import Caseworker, Release
from processes.models.releases import SENT
from processes.queries.process_drafts import files_of_draft
from processes.unit_of_work import UnitOfWork


def publish_files(
    work: UnitOfWork,
    files: Mapping[str, bytes],
    *,
    title: str,
    note: str,
    reservation: str,
    examination: Examination,
    proposed_by: Caseworker,
    approved_by: Caseworker | None,
    takes_effect_at: datetime | None,
) -> Release:
    """Make these files, and no others, the next release; `examination` is what checking exactly them showed.

    Raises as `send_for_approval`, `approve_draft` and `publish_draft` do, and DraftFileRefused.
    """
    draft = create_draft(work, title=title, purpose="", person=proposed_by)
    take_files(
        work, draft_id=draft.id, files=files, seen_revision=0, missing="remove_all", person=proposed_by
    )
    row = ask_for_examination(work, files_of_draft(work, draft))
    keep_examination(work, row_id=row.id, examination=examination)
    send_for_approval(work, draft_id=draft.id, note=note, reservation=reservation, person=proposed_by)
    if approved_by is not None and draft.state == SENT:
        approve_draft(work, draft_id=draft.id, person=approved_by)
    return publish_draft(work, draft_id=draft.id, person=proposed_by, takes_effect_at=takes_effect_at)
