"""Asks for process files to be checked, and keeps what that showed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.diagrams.examination import Examination
from processes.models import Base, ExaminedFiles, PlayedScenario
from processes.queries.examinations import examination_hash, find_examined, pack_any
from processes.unit_of_work import UnitOfWork

JOB = "examinations"
KEPT = timedelta(days=90)
"""So long a result is kept that nobody has asked for; it can always be found out again."""


def ask_for_examination(work: UnitOfWork, files: Mapping[str, bytes]) -> ExaminedFiles:
    """Let a worker check these files (all of them, paths as in bpmn-diagrams), unless that is done or asked for.

    Nobody's rights are asked here: whoever calls knows the person and the proposal.
    """
    known = find_examined(work.session, files)
    if known is None:
        known = _wait_for(work, files)
    if known.examined_at is None:
        work.leave_for(JOB, work.now)
    known.asked_at = work.now
    return known


def _wait_for(work: UnitOfWork, files: Mapping[str, bytes]) -> ExaminedFiles:
    """The row that waits for a worker; somebody else may ask for the same at the same moment."""
    _add_unless_there(
        work,
        ExaminedFiles,
        content_hash=examination_hash(files),
        files=pack_any(files),
        asked_at=work.now,
        examined_at=None,
        result={},
    )
    found = find_examined(work.session, files)
    if found is None:
        raise LookupError("the row that was just written is gone")
    return found


def _add_unless_there(work: UnitOfWork, table: type[Base], **values: Any) -> None:
    insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
    work.session.execute(insert(table).values(**values).on_conflict_do_nothing())


def keep_examination(work: UnitOfWork, *, row_id: int, examination: Examination) -> None:
    """Write down what checking the files of the row showed; what it was asked of is no longer needed."""
    row = work.session.get(ExaminedFiles, row_id)
    if row is not None:
        row.result = examination.as_json()
        row.examined_at = work.now
        row.files = b""


def keep_played(
    work: UnitOfWork, *, scenario_hash: str, processes: list[str], files_hash: str, result: Mapping[str, Any]
) -> None:
    """Write down how a scenario went on these files, unless that is known."""
    _add_unless_there(
        work,
        PlayedScenario,
        scenario_hash=scenario_hash,
        processes=processes,
        files_hash=files_hash,
        result=dict(result),
        played_at=work.now,
    )


def forget_old_examinations(work: UnitOfWork) -> None:
    """Drop what nobody has asked for in a long time."""
    work.session.execute(delete(ExaminedFiles).where(ExaminedFiles.asked_at < work.now - KEPT))
    work.session.execute(delete(PlayedScenario).where(PlayedScenario.played_at < work.now - KEPT))
