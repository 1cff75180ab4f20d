"""Finds the corrections and objections that stand beside what was recorded in a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.models import CorrectionNote

About = tuple[str, int]
"""What a note stands beside: event, task or person, and its id."""


def notes_in(session: Session, case_id: int) -> Mapping[About, Sequence[CorrectionNote]]:
    """Every note of the case by what it stands beside, the oldest first."""
    found: dict[About, list[CorrectionNote]] = {}
    rows = select(CorrectionNote).where(CorrectionNote.case_id == case_id).order_by(CorrectionNote.id)
    for note in session.scalars(rows.options(joinedload(CorrectionNote.by))).unique():
        found.setdefault((note.about_kind, note.about_id), []).append(note)
    return found
